"""The files of a bundle that a stranger made, a folder or a zip: nothing is taken on trust.

Nothing is unpacked: a name is only compared with the names that a bundle has, so that none of them
leads anywhere. What is read is counted, so that no small file fills a disk or the memory.
"""

from __future__ import annotations

import contextlib
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from monitor.errors import UsageError

_NAME = re.compile(
    r"README\.md|verify\.py|SHA256SUMS|bundle\.json|(?:chain|changes)\.tsv"
    r"|(?:dockets|sources|entries|sightings|polls)\.jsonl|bodies/[0-9a-f]{64}"
)
_NEEDED = frozenset(
    {"SHA256SUMS", "bundle.json", "chain.tsv", "changes.tsv", "dockets.jsonl", "sources.jsonl"}
    | {"entries.jsonl", "sightings.jsonl", "polls.jsonl"}
)
#: Feeds pack to a twentieth; a bomb to a thousandth.
_LEAST_ROOM, _TIMES, _MOST_BYTES = 64_000_000, 200, 20_000_000_000
_MOST_FILES = 200_000
#: Of one line: the longest text of a docket has some hundred kilobytes.
_LONGEST_LINE = 4_000_000
_SHOWN = 80
_AT_ONCE = 1 << 20


class Files(Protocol):
    """Files by their names."""

    def names(self) -> frozenset[str]: ...

    def open(self, name: str) -> IO[bytes]: ...


@dataclass(frozen=True, slots=True)
class _Folder:
    path: Path

    def names(self) -> frozenset[str]:
        return frozenset(self._names(self.path, ""))

    def _names(self, folder: Path, before: str) -> Iterator[str]:
        for count, one in enumerate(folder.iterdir()):
            name, mode = before + one.name, one.lstat().st_mode
            if name == "bodies" and stat.S_ISDIR(mode):
                yield from self._names(one, "bodies/")
            elif not stat.S_ISREG(mode) or count > _MOST_FILES:
                raise UsageError(f"{_said(name)} in the bundle is no plain file")
            else:
                yield name

    def open(self, name: str) -> IO[bytes]:
        return (self.path / name).open("rb")


@dataclass(frozen=True, slots=True)
class _Zip:
    archive: zipfile.ZipFile
    room: int

    def names(self) -> frozenset[str]:
        infos = [one for one in self.archive.infolist() if one.filename != "bodies/"]
        if len(infos) > _MOST_FILES:
            raise UsageError(f"the bundle has {len(infos):,} files: none of ours has so many")
        seen: set[str] = set()
        for one in infos:
            kind = stat.S_IFMT(one.external_attr >> 16)
            if one.filename in seen or kind not in {0, stat.S_IFREG} or one.flag_bits & 1:
                what = "stands there twice" if one.filename in seen else "is no plain file"
                raise UsageError(f"{_said(one.filename)} in the bundle {what}")
            seen.add(one.filename)
        if sum(one.file_size for one in infos) > self.room:
            raise UsageError("the bundle would unpack to far more than any of ours: a zip bomb?")
        return frozenset(seen)

    def open(self, name: str) -> IO[bytes]:
        return self.archive.open(name)


@contextlib.contextmanager
def opened(place: Path) -> Iterator[Files]:
    """The files of a bundle. Raises UsageError for what is none, naming what is wrong with it."""
    try:
        if place.is_dir():
            yield _checked(_Folder(place))
            return
        with zipfile.ZipFile(place) as archive:
            size = place.stat().st_size
            yield _checked(_Zip(archive, min(_LEAST_ROOM + _TIMES * size, _MOST_BYTES)))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as exc:
        raise UsageError(f"{place} is no whole bundle: {exc}") from exc
    except OSError as exc:
        raise UsageError(f"{place} cannot be read: {exc.strerror or exc}") from exc


def _checked(files: Files) -> Files:
    names = files.names()
    for name in sorted(names):
        if not _NAME.fullmatch(name):
            raise UsageError(f"{_said(name)} is no file of a bundle: it is refused as a whole")
    for name in sorted(_NEEDED - names):
        raise UsageError(f"it is no bundle of a case: {name} is missing")
    return files


def pieces(files: Files, name: str) -> Iterator[bytes]:
    """A file in pieces."""
    with files.open(name) as file:
        while piece := file.read(_AT_ONCE):
            yield piece


def lines(files: Files, name: str) -> Iterator[tuple[str, bytes]]:
    """Each line, and where it stands. Raises UsageError for one that is too long."""
    with files.open(name) as file:
        number = 0
        while line := file.readline(_LONGEST_LINE):
            number += 1
            if not line.endswith(b"\n"):
                raise UsageError(f"{name}, line {number}: it is longer than any of ours, or cut")
            yield f"{name}, line {number}", line[:-1]


def _said(name: str) -> str:
    return repr(name[:_SHOWN])
