"""Writing a bundle: the same record makes the same bytes, and nothing stands there half."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from importlib import resources
from pathlib import Path
from typing import BinaryIO, Protocol

from pydantic_core import to_json

from monitor.errors import StoreError, UsageError
from monitor.history import evidence
from monitor.history.record import Record
from monitor.history.verify import Verification, verify
from monitor.model.evidence import EvidencePoll, Manifest

FORMAT, VERSION = "docket-monitor bundle", 1
#: As zip knows no earlier one: when a bundle was made is not in it.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class Folder(Protocol):
    """Where the files of a bundle go, one after the other."""

    def new(self, name: str) -> contextlib.AbstractContextManager[BinaryIO]: ...


@dataclass(frozen=True, slots=True)
class DiskFolder:
    """A folder on disk."""

    path: Path

    @contextlib.contextmanager
    def new(self, name: str) -> Iterator[BinaryIO]:
        place = self.path / name
        place.parent.mkdir(exist_ok=True)
        with place.open("xb") as file:
            yield file


@dataclass(frozen=True, slots=True)
class ZipFolder:
    """A zip file."""

    archive: zipfile.ZipFile

    @contextlib.contextmanager
    def new(self, name: str) -> Iterator[BinaryIO]:
        info = zipfile.ZipInfo(name, _NO_TIME)
        info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0, 3
        info.external_attr = 0o100644 << 16
        with self.archive.open(info, "w", force_zip64=True) as file:
            yield file  # type: ignore[misc]


@dataclass(slots=True)
class _Sums:
    """The hash of each file, taken while it is written, and how many lines it has."""

    folder: Folder
    hashes: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, pieces: Iterable[bytes]) -> int:
        digest, count = hashlib.sha256(), 0
        with self.folder.new(name) as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                count += 1
        self.hashes[name] = digest.hexdigest()
        return count

    def close(self) -> None:
        """`SHA256SUMS`, as `sha256sum` writes it."""
        lines = (f"{digest}  {name}\n" for name, digest in sorted(self.hashes.items()))
        with self.folder.new("SHA256SUMS") as file:
            file.write("".join(lines).encode())


def write_bundle(
    record: Record,
    case_id: str,
    folder: Folder,
    progress: Callable[[int], None] = lambda _count: None,
) -> Manifest:
    """Everything that the record holds of a case, of one moment. In constant memory but for names.

    Raises StoreError where the change log is broken: a bundle of it would prove nothing.
    """
    found = verify(record, progress=progress)
    if found.broken is not None:
        broken = f"at change {found.broken.change_id}: see `docket-monitor verify`"
        raise StoreError(f"the change log is broken {broken}; a bundle of it would prove nothing")
    sums = _Sums(folder)
    for name in ("README.md", "verify.py"):
        sums.write(name, [_shipped(name)])
    manifest = _write_record(record, case_id, sums, found)
    sums.write("bundle.json", [to_json(asdict(manifest), indent=2) + b"\n"])
    sums.close()
    return manifest


def _write_record(record: Record, case_id: str, sums: _Sums, found: Verification) -> Manifest:
    sums.write("dockets.jsonl", map(_line, evidence.dockets(record, case_id)))
    sums.write("sources.jsonl", map(_line, evidence.sources(record, case_id)))
    entries = sums.write("entries.jsonl", map(_line, evidence.entries(record, case_id)))
    sightings = sums.write("sightings.jsonl", map(_line, evidence.sightings(record, case_id)))
    rows = (f"{one.hash}\t{one.row}\n" for one in evidence.changes(record, case_id))
    changes = sums.write("changes.tsv", (row.encode() for row in rows))
    origin: list[str] = []
    sums.write("chain.tsv", _chain(record, origin))
    kept: set[str] = set()
    sums.write("polls.jsonl", map(_line, _noting(evidence.polls(record, case_id), kept)))
    for name in sorted(kept):
        sums.write(f"bodies/{name}", [evidence.body(record, name)])
    return Manifest(
        format=FORMAT,
        version=VERSION,
        case_id=case_id,
        case_label=evidence.label_of(record, case_id),
        origin="".join(origin),
        changes_in_log=found.count,
        head=found.head,
        changes=changes,
        entries=entries,
        sightings=sightings,
        bodies=len(kept),
    )


def _line(value: object) -> bytes:
    return to_json(value) + b"\n"


def _chain(record: Record, origin: list[str]) -> Iterator[bytes]:
    for number, digest in evidence.chain(record):
        if not origin:
            origin.append(digest)
        yield f"{number}\t{digest}\n".encode()


def _noting(polls: Iterable[EvidencePoll], kept: set[str]) -> Iterator[EvidencePoll]:
    """The hashes of the bodies that are there still, noted in passing."""
    for poll in polls:
        if poll.is_kept:
            kept.add(poll.body_hash)
        yield poll


def _shipped(name: str) -> bytes:
    package = resources.files("monitor.bundle")
    place = package / name if name.endswith(".py") else package / "templates" / name
    return place.read_bytes()


# --- places ---


@contextlib.contextmanager
def zip_in(file: BinaryIO) -> Iterator[ZipFolder]:
    """A zip written to this file."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        yield ZipFolder(archive)


@contextlib.contextmanager
def new_folder(place: Path) -> Iterator[DiskFolder]:
    """A folder that is put in its place in one step; nothing is left of a failure.

    Raises UsageError where something is there, StoreError where it cannot be written.
    """
    if os.path.lexists(place):
        raise UsageError(f"{place} is there already: name a new folder, or a FILE.zip")
    part = ""
    try:
        part = tempfile.mkdtemp(prefix=f".{place.name[:100]}.", suffix=".part", dir=place.parent)
        yield DiskFolder(Path(part))
        Path(part).chmod(0o755)
        Path(part).rename(place)
    except OSError as exc:
        raise StoreError(f"{place} cannot be written: {exc.strerror or exc}") from exc
    finally:
        if part:
            shutil.rmtree(part, ignore_errors=True)
