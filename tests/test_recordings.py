"""Recorded feeds, whoever recorded them: a clear word about the culprit, in bounded time and memory."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import resource
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.errors import UsageError
from monitor.recordings import MOST_BODY, MOST_BYTES, MOST_FILES, recorded_bodies

NAME = "20260304T150000Z.xml"
LATER = "20260304T153000Z.xml"
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "tar": bytes,
    "tar.gz": gzip.compress,
    "tar.bz2": bz2.compress,
    "tar.xz": lzma.compress,
}


def tar(*members: tarfile.TarInfo | tuple[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as out:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                out.addfile(member)
            else:
                info = tarfile.TarInfo(member[0])
                info.size = len(member[1])
                out.addfile(info, io.BytesIO(member[1]))
    return whole.getvalue()


def of_type(kind: bytes, name: str = NAME) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, "/etc/passwd"
    return info


def of_size(size: int, name: str = NAME, kind: bytes = tarfile.REGTYPE) -> bytes:
    """A header that promises so much, and nothing behind it."""
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.GNU_FORMAT)


WHOLE = tar((LATER, b"later"), ("notes.txt", b"x"), (f"./dcd/{NAME}", b"first"))


@pytest.mark.parametrize("form", PACKERS)
def test_an_archive_gives_its_bodies_in_the_order_of_their_times(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"feeds.{form}"
    path.write_bytes(PACKERS[form](WHOLE))
    assert [one.body for one in recorded_bodies(path)] == [b"first", b"later"]


def test_a_folder_gives_those_below_it_too(tmp_path: Path) -> None:
    (tmp_path / "dcd").mkdir()
    (tmp_path / "dcd" / NAME).write_bytes(b"first")
    (tmp_path / LATER).write_bytes(b"later")
    (tmp_path / "notes.txt").symlink_to("/etc/passwd")
    assert [one.body for one in recorded_bodies(tmp_path)] == [b"first", b"later"]


# --- archives that are none, or worse ---


def zipped() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as out:
        out.writestr(NAME, b"x")
    return whole.getvalue()


TIMES = ["00010101T000000Z", "99991231T235959Z", "20261301T000000Z", "20260304T250000Z",
         "20260230T120000Z", "00000000T000000Z", "18000101T000000Z"]  # fmt: skip
ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {
    **{f"a body of {at}": (lambda at=at: tar((f"{at}.xml", b"x")), at) for at in TIMES},  # type: ignore[misc]
    "a link": (lambda: tar(of_type(tarfile.SYMTYPE)), NAME),
    "a second name": (lambda: tar(of_type(tarfile.LNKTYPE)), NAME),
    "a device": (lambda: tar(of_type(tarfile.CHRTYPE)), NAME),
    "a pipe": (lambda: tar(of_type(tarfile.FIFOTYPE)), NAME),
    "a folder named like a body": (lambda: tar(of_type(tarfile.DIRTYPE)), NAME),
    "an absolute path": (lambda: tar((f"/etc/{NAME}", b"x")), "/etc/"),
    "a path out of it": (lambda: tar((f"x/../../{NAME}", b"x")), "../.."),
    "a path out of it, of no body": (lambda: tar(("../x", b"x"), (NAME, b"x")), "../x"),
    "a body of 1 TB": (lambda: of_size(2**40), NAME),
    "a file of 1 TB": (lambda: of_size(2**40, "notes.txt"), "feeds"),
    "a name of 1 TB": (lambda: of_size(2**40, "x", tarfile.GNUTYPE_LONGNAME), "feeds"),
    "a header of 1 TB": (lambda: of_size(2**40, "x", tarfile.XHDTYPE), "feeds"),
    "a name of 500 MB": (lambda: of_size(500_000_000, "x", tarfile.GNUTYPE_LONGNAME), "feeds"),
    "a header of 500 MB": (lambda: of_size(500_000_000, "x", tarfile.XHDTYPE), "feeds"),
    "sparse and of 1 TB": (lambda: of_size(2**40, NAME, tarfile.GNUTYPE_SPARSE), ""),
    "cut off in a body": (lambda: tar((NAME, b"x" * 5_000))[:3_000], "feeds"),
    "cut off in a header": (lambda: tar((NAME, b"x"), (LATER, b"x"))[:1_100], "feeds"),
    "cut off between bodies": (lambda: tar((NAME, b"x"), (LATER, b"x"))[:1_024], "feeds"),
    "a broken header": (lambda: tar((NAME, b"x")) [:1_024] + b"y" * 2_048, "feeds"),
    "noise": (lambda: b"\xffnoise" * 500, "feeds"),
    "words": (lambda: b"<rss></rss>", "feeds"),
    "zip": (zipped, "feeds"),
    "nothing": (lambda: b"", "feeds"),
    "no bodies": (lambda: tar(("notes.txt", b"x")), "feeds"),
    "empty": (tar, "feeds"),
}  # fmt: skip


@pytest.mark.parametrize("form", PACKERS)
@pytest.mark.parametrize(("made", "said"), ARCHIVES.values(), ids=ARCHIVES)
def test_a_bad_archive_is_refused_by_a_word_about_the_culprit(
    tmp_path: Path, form: str, made: Callable[[], bytes], said: str
) -> None:
    path = tmp_path / "feeds"
    path.write_bytes(PACKERS[form](made()))
    with pytest.raises(UsageError) as error:
        recorded_bodies(path)
    assert said in str(error.value)


@pytest.mark.parametrize("form", [form for form in PACKERS if form != "tar"])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.99])
def test_a_packed_archive_that_is_cut_or_changed_is_refused(
    tmp_path: Path, form: str, share: float
) -> None:
    packed = PACKERS[form](tar((NAME, os.urandom(20_000)), (LATER, b"x")))
    at = 8 + int((len(packed) - 16) * share)
    for broken in (packed[:at], packed[:at] + b"\x00\xff\x00\xff" + packed[at + 4 :]):
        path = tmp_path / "feeds"
        path.write_bytes(broken)
        with pytest.raises(UsageError, match="feeds"):
            recorded_bodies(path)


def test_many_empty_members_are_refused_in_a_moment(tmp_path: Path) -> None:
    path = tmp_path / "feeds.tar"
    header = tarfile.TarInfo("x").tobuf()
    path.write_bytes(header * (MOST_FILES * 4) + bytes(1_024))
    with pytest.raises(UsageError, match=r"feeds\.tar holds more than"):
        recorded_bodies(path)


def test_a_sparse_archive_of_a_terabyte_is_refused_in_a_moment(tmp_path: Path) -> None:
    path = tmp_path / "feeds.tar"
    path.write_bytes(of_size(2**40, "notes.txt"))
    os.truncate(path, 2**40 + 2_048)
    with pytest.raises(UsageError, match=r"feeds\.tar"):
        recorded_bodies(path)


BOMB = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
from pathlib import Path
from monitor.errors import UsageError
from monitor.recordings import recorded_bodies
try:
    recorded_bodies(Path(sys.argv[1]))
except UsageError as error:
    print(error)
"""


@pytest.mark.parametrize("name", [NAME, "notes.txt"])
@pytest.mark.parametrize("kind", [tarfile.REGTYPE, tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME])
def test_a_bomb_takes_neither_memory_nor_time(tmp_path: Path, name: str, kind: bytes) -> None:
    path = tmp_path / "feeds.tar.gz"
    zeros = bytes(10_000_000)
    with gzip.open(path, "wb", compresslevel=1) as out:
        out.write(of_size(20_000_000_000, name, kind))
        for _ in range(30):
            out.write(zeros)
    done = subprocess.run(
        [sys.executable, "-c", BOMB, str(path)],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert "feeds" in done.stdout or NAME in done.stdout


# --- folders ---


ODD: dict[str, Callable[[Path], None]] = {
    "a link": lambda path: path.symlink_to("/etc/passwd"),
    "a link to nothing": lambda path: path.symlink_to("/nowhere"),
    "a link to itself": lambda path: path.symlink_to(path),
    "a link to a folder": lambda path: path.symlink_to("/etc"),
    "a folder": lambda path: path.mkdir(),
    "a pipe": os.mkfifo,
}


@pytest.mark.parametrize("made", ODD.values(), ids=ODD)
def test_what_is_no_file_in_a_folder_is_named_and_not_followed(
    tmp_path: Path, made: Callable[[Path], None]
) -> None:
    made(tmp_path / NAME)
    with pytest.raises(UsageError, match=NAME):
        recorded_bodies(tmp_path)


def test_a_link_to_another_folder_is_not_entered(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / NAME).write_bytes(b"secret")
    here = tmp_path / "here"
    here.mkdir()
    (here / "linked").symlink_to(tmp_path / "other")
    (here / "round").symlink_to(here)
    (here / LATER).write_bytes(b"x")
    assert [one.body for one in recorded_bodies(here)] == [b"x"]


@pytest.mark.parametrize("at", TIMES)
def test_an_impossible_time_in_a_folder_is_named(tmp_path: Path, at: str) -> None:
    (tmp_path / f"{at}.xml").write_bytes(b"x")
    with pytest.raises(UsageError, match=at):
        recorded_bodies(tmp_path)


def test_a_file_of_a_terabyte_is_not_read(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"")
    os.truncate(tmp_path / NAME, 2**40)
    with pytest.raises(UsageError, match=NAME):
        recorded_bodies(tmp_path)


def test_bodies_that_are_too_many_together_are_not_read(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    info = tarfile.TarInfo(NAME)
    info.size = MOST_BODY
    with gzip.open(tmp_path / "feeds", "wb", compresslevel=1) as out:
        for _ in range(MOST_BYTES // MOST_BODY + 2):
            out.write(info.tobuf())
            out.write(bytes(MOST_BODY))
        out.write(bytes(1_024))
    with pytest.raises(UsageError, match="feeds"):
        recorded_bodies(tmp_path / "feeds")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert (after - before) * 1_024 < 1.5 * MOST_BYTES


@pytest.mark.parametrize("path", ["/dev/null", "/dev/zero", "/nowhere"])
def test_what_is_neither_is_refused(path: str) -> None:
    with pytest.raises(UsageError, match=path):
        recorded_bodies(Path(path))
