"""A folder of files of which some are ours: written whole, and nothing else is touched.

What this program wrote stands in a list beside it. It is written before the files are, so that an
interrupted build knows its own files again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from monitor.errors import StoreError, UsageError

#: What this program wrote: name -> what it was made of, and its size.
LIST = "site-files.json"
#: Every name that this program gives: nothing else in the list is believed.
_OURS = re.compile(
    r"(?:(?:cases|sheets|entries|search|feeds|calendars)/)?[a-z0-9][a-z0-9-]{0,150}"
    r"\.(?:html|json|js|css|svg|atom|ics)"
)
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Written:
    """What a file was made of, by a digest, and its bytes; 0 for one that is to come."""

    key: str
    size: int


@dataclass(slots=True)
class SiteFolder:
    """One build at a time. Raises StoreError where something cannot be written."""

    folder: Path
    known: dict[str, Written] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    written: int = 0
    removed: int = 0

    @contextlib.contextmanager
    def opened(self) -> Iterator[None]:
        """With the folder to ourselves. Raises StoreError where another build is at work there."""
        with _named(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            place = os.open(self.folder, os.O_RDONLY)
        try:
            _lock(place, self.folder)
            self.known, self.kept = self._read(), set()
            yield
        finally:
            os.close(place)

    def claim(self, names: Collection[str]) -> None:
        """Say that these will be ours. Raises UsageError where somebody else's stand there."""
        new = sorted({*names} - set(self.known))
        if links := sorted({Path(one).parts[0] for one in names if self._is_led_away(one)}):
            raise UsageError(
                f"{', '.join(links)} in {self.folder} leads to another folder: name an empty "
                "folder, or take the link away"
            )
        theirs = [name for name in new if os.path.lexists(self.folder / name)]
        if theirs:
            raise UsageError(
                f"{', '.join(theirs[:_NAMED])} in {self.folder} is not of this program: name an "
                "empty folder, or move what stands there"
            )
        if new:
            self.known |= dict.fromkeys(new, Written("", 0))
            self.save()

    def has(self, name: str, key: str) -> bool:
        """Whether this file stands there as it is to be; then it stays."""
        self.kept.add(name)
        return self._stands(name) and self.known[name].key == key

    def put(self, name: str, content: bytes, key: str = "") -> None:
        """Write a file whole, beside its place, and put it there; not one that stands there."""
        self.kept.add(name)
        place = self.folder / name
        self.known[name] = Written(key or digest(content), len(content))
        if _size(place) == len(content) and place.read_bytes() == content:
            return
        with _named(place):
            place.parent.mkdir(exist_ok=True)
            _put(place, content)
        self.written += 1

    def keep(self, names: Iterable[str]) -> bool:
        """Whether all of these stand there as they were written; then they stay."""
        wanted = set(names)
        if not all(self._stands(name) for name in wanted):
            return False
        self.kept |= wanted
        return True

    def _is_led_away(self, name: str) -> bool:
        """Whether a link of somebody would lead to a file in a folder that is not ours."""
        parent = (self.folder / name).parent
        return parent != self.folder and parent.is_symlink()

    def _stands(self, name: str) -> bool:
        known = self.known.get(name)
        return known is not None and _size(self.folder / name) == known.size

    def finish(self) -> None:
        """Remove what is no longer of the site."""
        for name in sorted(set(self.known) - self.kept):
            with _named(self.folder / name):
                if not self._is_led_away(name):
                    (self.folder / name).unlink(missing_ok=True)
            del self.known[name]
            self.removed += 1
        self.save()

    def save(self) -> None:
        """Write the list of what is ours."""
        rows = {name: [one.key, one.size] for name, one in sorted(self.known.items())}
        content = json.dumps({"written_by": "docket-monitor", "files": rows}, indent=0).encode()
        place = self.folder / LIST
        if _size(place) == len(content) and place.read_bytes() == content:
            return
        with _named(place):
            _put(place, content)

    def _read(self) -> dict[str, Written]:
        """Nothing where there is no list. Raises StoreError for one that cannot be read."""
        place = self.folder / LIST
        if not place.exists():
            return {}
        try:
            rows = json.loads(place.read_bytes())["files"].items()
            return {
                name: Written(str(key), int(size))
                for name, (key, size) in rows
                if _OURS.fullmatch(name)
            }
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as exc:
            raise StoreError(
                f"{place} cannot be read, which says what files are of this program: name an "
                "empty folder"
            ) from exc


def digest(*parts: bytes) -> str:
    """A short name of what a file is made of."""
    found = hashlib.blake2b(digest_size=8)
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()


def _size(place: Path) -> int:
    """Of a file; -1 for none, and for what is a link."""
    return place.stat().st_size if place.is_file() and not place.is_symlink() else -1


def _put(place: Path, content: bytes) -> None:
    """Write a file whole beside its place, under a name that nobody else has, and put it there."""
    number, beside = tempfile.mkstemp(
        prefix=f".{place.name[:100]}.", suffix=".new", dir=place.parent
    )
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        Path(beside).chmod(0o644)
        Path(beside).replace(place)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _lock(place: int, folder: Path) -> None:
    try:
        import fcntl
    except ImportError:  # no such thing on Windows
        return
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as exc:
        raise StoreError(f"{folder} is being written already: by the daemon, perhaps") from exc


@contextlib.contextmanager
def _named(place: Path) -> Iterator[None]:
    """An error of the disk in words that name the place."""
    try:
        yield
    except OSError as exc:
        raise StoreError(f"cannot write {place}: {exc.strerror}") from exc
