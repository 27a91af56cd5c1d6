"""`docket-monitor export --bundle`: a stranger checks it with sha256sum and a page of Python."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.bundle import verify
from monitor.errors import StoreError, UsageError
from monitor.store import schema
from tests.show.test_cli import call, parsed
from tests.story import CTR, Story, telling

PACK_OF_TWO = """\
pack: story
cases:
  - id: ctr-v-irs
    label: CTR v. IRS
    dockets: [{{court: dcd, number: "1:25-cv-00457"}}]
  - id: doe-v-roe
    label: DOE v. ROE
    dockets: [{{court: dcd, number: "1:25-cv-09999"}}]
court_feeds: [{{court: dcd, url: "{url}/dcd/feed"}}]
"""


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    async with telling(tmp_path, database_url, has_token=True) as told:
        await told.app.close()
        await told.begin_with(PACK_OF_TWO.format(url=told.url))
        await told.polls()
        told.files(10, "Order", entry=10, text="ORDER denying 7 Motion “as moot”")
        told.files(
            11, "Motion", entry=5, number="1:25-cv-09999", text="MOTION of nobody's business"
        )
        await told.polls()
        told.files(12, "Notice", entry=12)
        await told.polls()
        yield told


@pytest.fixture
def bundle(story: Story) -> Path:
    call(story, "export", "--bundle", "ctr-v-irs", "--to", str(story.folder / "bundle"))
    return story.folder / "bundle"


def files_of(folder: Path) -> dict[str, bytes]:
    found = (one for one in folder.rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in found}


def json_lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """As a stranger does it: with this Python, and nothing of this program."""
    return subprocess.run(
        [sys.executable, "-I", "verify.py"], cwd=folder, capture_output=True, text=True, check=False
    )


async def test_a_stranger_finds_it_whole(story: Story, bundle: Path) -> None:
    summed = subprocess.run(  # noqa: ASYNC221
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=bundle, capture_output=True, check=False
    )
    assert summed.returncode == 0, summed
    done = checked(bundle)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    script = (bundle / "verify.py").read_text()
    assert len(script.splitlines()) <= 30


async def test_it_holds_the_case_and_nothing_of_another(story: Story, bundle: Path) -> None:
    history = parsed(story, "history", "--case", "ctr-v-irs")
    entries = json_lines(bundle / "entries.jsonl")
    assert {one["entry_id"] for one in entries} == {one["entry_id"] for one in history}
    texts = {one["entry_id"]: one["text"] for one in history}
    assert {one["entry_id"]: one["text"] for one in entries} == texts
    words = {name: raw for name, raw in files_of(bundle).items() if "/" not in name}
    assert not [name for name, raw in words.items() if b"09999" in raw or b"nobody" in raw]
    manifest = json.loads(words["bundle.json"])
    assert manifest["changes_in_log"] == parsed(story, "verify")["count"]
    assert manifest["head"] == parsed(story, "verify")["head"]
    assert manifest["changes"] < manifest["changes_in_log"]


async def test_no_recipient_and_no_secret_is_in_it(story: Story, bundle: Path) -> None:
    assert parsed(story, "deliveries", "list")
    for raw in files_of(bundle).values():
        for secret in (b"desk@example.org", b"/hook", b"whsec_", b"test-token", b"monitor@"):
            assert secret not in raw


async def test_bodies_are_what_the_court_sent(story: Story, bundle: Path) -> None:
    polls = json_lines(bundle / "polls.jsonl")
    kept = {one["body_hash"] for one in polls if one["is_kept"]}
    assert kept
    assert {one.name for one in (bundle / "bodies").iterdir()} == kept
    for name in kept:
        raw = (bundle / "bodies" / name).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == name
    assert any(b"<rss" in (bundle / "bodies" / name).read_bytes() for name in kept)


async def test_what_is_forgotten_is_said(story: Story) -> None:
    with story.app.store.begin() as unit:
        unit.connection.execute(sa.delete(schema.bodies))
    call(story, "export", "--bundle", "ctr-v-irs", "--to", str(story.folder / "b"))
    assert {one["is_kept"] for one in json_lines(story.folder / "b" / "polls.jsonl")} == {False}
    assert checked(story.folder / "b").returncode == 0


async def test_the_same_record_makes_the_same_bytes(story: Story, bundle: Path) -> None:
    for name in ("1.zip", "2.zip"):
        call(story, "export", "--bundle", "ctr-v-irs", "--to", str(story.folder / name))
    first, second = (story.folder / "1.zip").read_bytes(), (story.folder / "2.zip").read_bytes()
    assert first == second
    with zipfile.ZipFile(story.folder / "1.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files_of(bundle)


async def test_every_flipped_byte_is_named(story: Story, bundle: Path) -> None:
    chance = random.Random(5)
    files = files_of(bundle)
    for name, raw in files.items():
        for place in {0, len(raw) - 1, *(chance.randrange(len(raw)) for _ in range(12))}:
            spoilt = bytearray(raw)
            spoilt[place] ^= 1 << chance.randrange(8)
            (bundle / name).write_bytes(spoilt)
            fault = verify.first_fault(bundle)
            assert name in fault or name == "SHA256SUMS", (name, place)
            assert fault, (name, place)
        (bundle / name).write_bytes(raw)
    assert verify.first_fault(bundle) == ""


async def test_a_spoilt_file_is_named_by_the_process(story: Story, bundle: Path) -> None:
    (bundle / "entries.jsonl").write_bytes((bundle / "entries.jsonl").read_bytes() + b"\n")
    done = checked(bundle)
    assert done.returncode == 1
    assert "SPOILT: entries.jsonl" in done.stderr


async def test_what_is_added_or_gone_is_named(story: Story, bundle: Path) -> None:
    (bundle / "more.txt").write_text("")
    assert "more.txt" in verify.first_fault(bundle)
    (bundle / "more.txt").unlink()
    (bundle / "polls.jsonl").unlink()
    assert "polls.jsonl" in verify.first_fault(bundle)


async def test_who_writes_the_sums_anew_is_found_by_the_chain(story: Story, bundle: Path) -> None:
    rows = (bundle / "changes.tsv").read_text()
    assert "ORDER denying" in rows
    forged = rows.replace("ORDER denying", "ORDER granting", 1)
    (bundle / "changes.tsv").write_text(forged)
    sign_anew(bundle)
    assert verify.first_fault(bundle).startswith("changes.tsv: change ")
    (bundle / "changes.tsv").write_text(rows)
    chain = (bundle / "chain.tsv").read_text()
    (bundle / "chain.tsv").write_text("".join(chain.splitlines(keepends=True)[:-1]))
    sign_anew(bundle)
    assert verify.first_fault(bundle)


def sign_anew(folder: Path) -> None:
    """Whoever can change a file can write its hash anew, too."""
    lines = sorted(
        f"{hashlib.sha256(raw).hexdigest()}  {name}\n"
        for name, raw in files_of(folder).items()
        if name != "SHA256SUMS"
    )
    (folder / "SHA256SUMS").write_text("".join(lines))


async def test_a_broken_log_makes_no_bundle(story: Story) -> None:
    with story.app.store.begin() as unit:
        unit.connection.execute(sa.update(schema.changes).values(kind="entry_revised"))
    for place in ("b", "b.zip"):
        with pytest.raises(StoreError, match="would prove nothing"):
            call(story, "export", "--bundle", "ctr-v-irs", "--to", str(story.folder / place))
    left = {one.name for one in story.folder.iterdir()}
    assert not [name for name in left if name.startswith(("b", ".b"))]


async def test_questions_without_sense_are_refused(story: Story, bundle: Path) -> None:
    place = str(story.folder / "x.zip")
    for asked, said in (
        (["--bundle", "ctr-v-irs"], "--to"),
        (["--bundle", "ctr-v-ir", "--to", place], "did you mean"),
        (["--bundle", "ctr-v-irs", "--to", place, "--kind", "order"], "whole case"),
        (["--bundle", "ctr-v-irs", "--to", str(bundle)], "is there already"),
    ):
        with pytest.raises(UsageError, match=said):
            call(story, "export", *asked)
    shutil.copyfile(bundle / "README.md", place)
    with pytest.raises(UsageError, match="--force"):
        call(story, "export", "--bundle", "ctr-v-irs", "--to", place)
    assert CTR in (bundle / "dockets.jsonl").read_text()
