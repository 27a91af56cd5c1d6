"""README keeps its word: each of its commands is run, in a folder laid out as it says."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.show.cli.main import command_names
from tests.feeds import feed, item
from tests.story import TIMELINE, telling

REPO = Path(__file__).parents[2]
README = (REPO / "README.md").read_text("utf-8")
_FENCES = re.findall(r"^```\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
_SPANS = re.findall(
    r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", README, flags=re.MULTILINE | re.DOTALL)
)
#: They name a command, and are no line to be typed.
_NAMED = {"docket-monitor explain"}


def documented() -> list[str]:
    """Every command line of the README, without the program's name."""
    lines = [
        line.partition("#")[0].strip() if " #" in line else line
        for fence in _FENCES
        for line in fence.splitlines()
    ]
    lines += [span for span in _SPANS if span not in _NAMED]
    found = (line.removeprefix("docket-monitor ") for line in lines)
    return list(
        dict.fromkeys(
            line
            for line in found
            if line.split()[0] in command_names()
            and (" " in line or f"docket-monitor {line}" in lines)
        )
    )


LINES = documented()


@pytest.fixture
async def folder(tmp_path: Path) -> AsyncIterator[Path]:
    """As `init config` lays it out and somebody filled it in, after a first day of the daemon."""
    config = tmp_path / "config"
    config.mkdir()
    likely = {"court": "cadc", "number": "26-5006", "name": "Center for Taxpayer Rights v. Bessent"}
    timeline = TIMELINE | {"dockets": [*TIMELINE["dockets"], likely]}
    database = f"sqlite:///{config}/m.db"
    async with telling(
        config, database, timeline=timeline, has_token=True, has_press=True
    ) as story:
        story.files(
            113, "Order on Motion to Stay", entry=113, text="ORDER denying 7 Motion to Stay"
        )
        story.files(114, "Notice of Appeal to DC Circuit Court", entry=114)
        await story.polls()
        story.files(30, "Clerk's Order Filed", court="cadc", number="26-5006")
        await story.polls()
        (tmp_path / "FOLDER").mkdir()
        (tmp_path / "FOLDER" / "20260302T123000Z.xml").write_bytes(feed(item()))
        news = {"id": "a", "title": "Center for Taxpayer Rights wins"}
        (tmp_path / "items.jsonl").write_text(json.dumps(news) + "\n")
        yield tmp_path


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    known = {k: v for k, v in os.environ.items() if not k.startswith("DOCKET_MONITOR")}
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor", *shlex.split(line)],
        cwd=folder,
        env=known | {"PYTHONPATH": str(REPO)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        # The daemon runs until somebody stops it.
        out, err = process.communicate(timeout=6 if line.split(maxsplit=1)[0] == "run" else 120)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    return subprocess.CompletedProcess(line, process.returncode, out, err)


def test_the_readme_names_many_commands() -> None:
    assert {"init config", "check --send-test", "run", "watch list", "quota --simulate 30"} <= set(
        LINES
    )
    assert "deliveries resend" in " ".join(LINES)
    assert len(LINES) > 20


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(3))
async def test_each_line_of_the_readme_works(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, part: int
) -> None:
    """Each in a copy of its own, so that none needs what another did."""
    wrong = {}
    for line in (one for one in LINES[part::3] if not one.startswith(("demo", "serve"))):
        copy = tmp_path_factory.mktemp("copy") / "work"
        shutil.copytree(folder, copy)
        path = copy / "config" / "monitor.yaml"
        path.write_text(re.sub(r"sqlite:///\S+/m\.db", "sqlite:///m.db", path.read_text()))
        if line.startswith("init"):
            shutil.rmtree(copy / "config")
        if line.endswith(" ID"):
            sent = await asyncio.to_thread(run, "deliveries list --state sent --json", copy)
            line = line.replace(" ID", f" {json.loads(sent.stdout)[0]['delivery_id']}")  # noqa: PLW2901
        if line.startswith("import"):  # what the line before it in the README made
            await asyncio.to_thread(run, "export --bundle ctr-v-irs --to case.zip", copy)
        done = await asyncio.to_thread(run, line, copy)
        # This story plays last March: `doctor` says that nobody reads what is due.
        is_wrong = done.returncode not in ({1} if line == "doctor" else {0})
        if is_wrong or "Traceback" in done.stderr:
            wrong[line] = f"{done.returncode}: {done.stdout[-300:]} {done.stderr[-500:]}"
    assert wrong == {}


@pytest.mark.parametrize("target", re.findall(r"\bmake ([a-z]+)\b", " ".join([*_FENCES, *_SPANS])))
def test_every_target_that_the_readme_names_is_one(target: str) -> None:
    done = subprocess.run(
        ["make", "-n", target], cwd=REPO, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "path", [span for span in _SPANS if re.fullmatch(r"(?:docs|deploy|config)/\S+", span)]
)
def test_every_file_that_the_readme_names_is_there(path: str) -> None:
    assert (REPO / path).exists()
