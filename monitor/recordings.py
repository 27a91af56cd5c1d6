"""Recorded bodies of feeds, in a folder or a tar archive: read with bounds, whoever made them.

An archive may be a bomb, cut off, or name what is no file; nothing of it is unpacked to disk.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import re
import stat
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from monitor.errors import UsageError

_STAMP = re.compile(r"([0-9]{8}T[0-9]{6})Z\.(?:xml|json)$")
#: Nobody recorded a feed before there were any, and dates are reckoned with for some years on.
_YEARS = range(1995, 2100)
#: A body may weigh what a fetch may bring; all together must fit into memory.
MOST_BODY, MOST_BYTES = 32_000_000, 1_000_000_000
MOST_FILES = 50_000
_BROKEN = (tarfile.TarError, OSError, EOFError, lzma.LZMAError, zlib.error, ValueError)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One body of a feed, and when it was fetched."""

    at: datetime
    body: bytes


def recorded_bodies(path: Path) -> Iterator[Recorded]:
    """The bodies of a folder or a tar archive, in the order of their times.

    Raises UsageError, which names the culprit, where there are none, or one that is no file, is
    too long, or bears an impossible time; and for an archive that is cut off or corrupt.
    """
    if path.is_dir():
        found = _gathered(path, _files(path))
    elif path.is_file():
        with _opened(path) as tar:
            found = _gathered(path, _members(path, tar))
    else:
        raise UsageError(f"{path} is neither a folder nor a tar archive of <UTC time>.xml files")
    if not found:
        raise UsageError(f"{path} holds no file named like 20221206T172754Z.xml")
    return iter(sorted(found, key=lambda recorded: recorded.at))


@dataclass(frozen=True, slots=True)
class _File:
    """Something in a folder or an archive, not read yet. `size` is None for what is no file."""

    name: str
    size: int | None
    read: Callable[[], bytes]


def _gathered(path: Path, files: Iterator[_File]) -> list[Recorded]:
    found, weight = list[Recorded](), 0
    for count, file in enumerate(files, 1):
        if count > MOST_FILES:
            raise UsageError(f"{path} holds more than {MOST_FILES:,} files: replay it in parts")
        if at := _time_of(file.name):
            weight += _weight(file)
            if weight > MOST_BYTES:
                raise UsageError(f"{path} holds more than {MOST_BYTES:,} bytes: replay it in parts")
            found.append(Recorded(at, file.read()))
    return found


def _weight(file: _File) -> int:
    if file.size is None:
        raise UsageError(f"{file.name!r} is no file but a link, a folder or a device: remove it")
    if file.size > MOST_BODY:
        raise UsageError(
            f"{file.name!r} is longer than {MOST_BODY:,} bytes: it is no body of a feed"
        )
    return file.size


def _time_of(name: str) -> datetime | None:
    """When it was fetched; None for what is not named like a body."""
    match = _STAMP.search(name)
    if not match:
        return None
    try:
        at = datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        at = None
    if at is None or at.year not in _YEARS:
        raise UsageError(f"{name!r} names no time at which a feed can have been fetched: rename it")
    return at


# --- a folder ---


def _files(folder: Path) -> Iterator[_File]:
    """What lies in a folder and below it. Links are not followed: they may lead anywhere."""
    for place, folders, names in os.walk(folder, onerror=_unreadable, followlinks=False):
        for name in sorted((*folders, *names)):
            file = Path(place, name)
            status = file.lstat()
            is_file = stat.S_ISREG(status.st_mode)
            yield _File(str(file), status.st_size if is_file else None, _reader(file))


def _reader(file: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with file.open("rb") as stream:
                return stream.read(MOST_BODY)
        except OSError as exc:
            _unreadable(exc)
            raise

    return read


def _unreadable(error: OSError) -> None:
    raise UsageError(f"{error.filename} cannot be read: {error.strerror}") from error


# --- an archive ---


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    """The archive, for reading within bounds. Raises UsageError for whatever is wrong with it."""
    try:
        with _unpacked(path) as unpacked:
            stream = _Bounded(unpacked, path)
            with tarfile.open(fileobj=stream, mode="r:") as tar:  # type: ignore[call-overload]
                yield tar
                _check_end(stream, tar.offset)
    except _BROKEN as exc:
        reason = str(exc) or type(exc).__name__
        raise UsageError(
            f"{path} is no tar archive, or it is cut off or corrupt ({reason}): copy it again"
        ) from exc


def _unpacked(path: Path) -> io.BufferedIOBase:
    with path.open("rb") as stream:
        begin = stream.read(6)
    if begin.startswith(b"\xfd7zXZ"):
        return lzma.LZMAFile(path)
    if begin.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(path)
    return bz2.BZ2File(path) if begin.startswith(b"BZh") else path.open("rb")


class _Bounded:
    """A stream that goes no farther than it may, and gives no more at once.

    `tarfile` believes the sizes that an archive prints: of a header, of a name, of what to skip.
    """

    def __init__(self, stream: io.BufferedIOBase, path: Path) -> None:
        self._stream, self._path = stream, path

    def read(self, size: int = -1) -> bytes:
        self._check(size < 0 or size > MOST_BODY or self.tell() + size > MOST_BYTES)
        return self._stream.read(size)

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        self._check(whence != os.SEEK_SET or place > MOST_BYTES)
        return self._stream.seek(place)

    def tell(self) -> int:
        return self._stream.tell()

    def _check(self, is_beyond: bool) -> None:
        if is_beyond:
            raise UsageError(
                f"{self._path} unpacks to more than {MOST_BYTES:,} bytes, or one of its files to "
                f"more than {MOST_BODY:,}: it is no recording of feeds, or a long one"
            )


def _members(path: Path, tar: tarfile.TarFile) -> Iterator[_File]:
    for member in tar:
        name = PurePosixPath(member.name)
        if name.is_absolute() or ".." in name.parts:
            raise UsageError(f"{path} holds {member.name!r}, which leads out of it: make it anew")
        yield _File(member.name, member.size if member.isreg() else None, _extractor(tar, member))


def _extractor(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        stream = tar.extractfile(member)
        return stream.read() if stream else b""

    return read


def _check_end(stream: _Bounded, place: int) -> None:
    """`tarfile` takes whatever it cannot read for the end: an archive says where it ends."""
    stream.seek(place)
    if stream.read(tarfile.BLOCKSIZE) != bytes(tarfile.BLOCKSIZE):
        raise tarfile.ReadError("its end is missing")
    while stream.read(1_000_000):  # what it was packed with checks its sum behind the end
        pass
