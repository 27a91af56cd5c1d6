"""`docket-monitor timeline`: drawn where it fits, a list elsewhere, the typed answer for machines."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.show.cli.timeline_drawn import SIGNS, fits
from tests.show.test_cli import call, parsed
from tests.show.test_errors import MAIN
from tests.show.test_history_command import HOSTILE, OBEYED, shown
from tests.show.test_terminal import poison
from tests.story import CTR, Story, telling

APPEAL = "26-5006"
TIMELINE = {
    "dockets": [
        {"court": "dcd", "number": CTR, "name": "CENTER FOR TAXPAYER RIGHTS v. IRS"},
        {"court": "cadc", "number": APPEAL, "name": "Center for Taxpayer Rights v. IRS"},
    ],
    "entries": [{"court": "dcd", "number": CTR, "event": "Complaint", "entry": 1}],
    "news": [],
}


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with telling(
        tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True, timeline=TIMELINE
    ) as told:
        told.files(10, "Order", entry=10, text="ORDER granting 7 Motion to Stay")
        told.files(11, "Notice of Appeal to DC Circuit Court", entry=11)
        told.files(12, "Preliminary Injunction", entry=12)
        told.files(13, "Order", entry=13, text=HOSTILE)
        await told.polls()
        told.files(
            20, "Clerk's Order Filed", number=APPEAL, court="cadc", text=f"USCA Case from {CTR}"
        )
        (told.folder / "pack.yaml").write_text(
            (told.folder / "pack.yaml")
            .read_text()
            .replace(
                'number: "1:25-cv-00457"}]',
                f'number: "{CTR}"}}, {{court: cadc, number: "{APPEAL}"}}]',
            )
        )
        await told.app.close()
        await told.begin_as_written()
        await told.polls()
        yield told


def on_a_terminal(story: Story, columns: int, *args: str, **env: str) -> str:
    """What a real terminal of so many columns is sent."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "NO_COLOR", "TERM"}}
    config = ["--config", f"{story.folder}/monitor.yaml"]
    with subprocess.Popen(
        [*MAIN, *config, "timeline", "ctr-v-irs", *args],
        stdin=theirs,
        stdout=theirs,
        env={**kept, "TERM": "xterm", "PYTHONIOENCODING": "utf-8", **env},
    ) as running:
        os.close(theirs)
        sent = b""
        while piece := _read(ours):
            sent += piece
        assert running.wait() == 0
    os.close(ours)
    return sent.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # the other end is closed
        return b""


def without_styles(sent: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", sent)


def cells(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in line)


@pytest.mark.parametrize("columns", [40, 80, 200])
async def test_it_fits_the_terminal_and_is_drawn_where_there_is_room(
    story: Story, columns: int
) -> None:
    sent = on_a_terminal(story, columns)
    said = without_styles(sent)
    assert not OBEYED.search(said)
    # A list breaks no word: one of 120 signs is longer than a line.
    assert [line for line in said.splitlines() if cells(line) > columns and "漢" not in line] == []
    assert ("◆" in said) == (columns >= 80)
    words = " ".join(said.replace("│", " ").split())
    assert "Order: GRANTED (order, #10)" in words
    assert "today" in words


async def test_each_sign_says_what_color_says(story: Story) -> None:
    sent = on_a_terminal(story, 120)
    assert "\x1b[33m" in sent
    rows = without_styles(sent).splitlines()
    (granted,) = (row for row in rows if "#10" in row)
    assert SIGNS["up"] in granted
    (appeal,) = (row for row in rows if "#11" in row)
    assert SIGNS["appeal"] in appeal
    (doubt,) = (row for row in rows if "#12" in row)
    assert SIGNS["doubt"] in doubt
    assert "UNCERTAIN: read it" in doubt


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
async def test_whoever_wants_no_color_gets_the_same_words(
    story: Story, env: dict[str, str]
) -> None:
    plain = on_a_terminal(story, 100, **env)
    assert "\x1b" not in plain
    assert plain == without_styles(on_a_terminal(story, 100))


async def test_a_list_is_for_readers_of_screens_and_old_terminals(story: Story) -> None:
    for said in (
        on_a_terminal(story, 200, "--plain"),
        on_a_terminal(story, 200, PYTHONIOENCODING="latin-1"),
        shown(story, "timeline", "ctr-v-irs").stdout,
    ):
        assert "\x1b" not in said
        assert not any(sign in said for sign in "│◆▲░")
        assert "D.D.C. 25-cv-457: Order: GRANTED (order, #10)" in " ".join(said.split())


async def test_hostile_words_reach_no_terminal_even_when_stored(story: Story) -> None:
    poison(story.database)
    for columns in (80, 200):
        said = without_styles(on_a_terminal(story, columns))
        assert not OBEYED.search(said)
        assert "FORGED LINE" not in said.splitlines()
        assert "#10" in said


async def test_words_that_look_like_markup_are_words(story: Story) -> None:
    story.files(14, "Order [bold red]x[/] [link=https://evil.test]y :fire:", entry=14, text="ORDER")
    await story.polls()
    said = on_a_terminal(story, 200)
    assert "[bold red]x[/]" in said
    assert ":fire:" in said
    assert "\x1b]8" not in said


async def test_machines_get_the_typed_answer(story: Story) -> None:
    found = parsed(story, "timeline", "ctr-v-irs")
    assert set(found) == {"board", "lanes", "stories", "stated"}
    assert found["lanes"][0]["court_id"] == "dcd"
    assert {"granted"} <= {mark["ruling"] for mark in found["lanes"][0]["marks"]}


async def test_days_bound_it(story: Story) -> None:
    def marks(*args: str) -> int:
        return sum(
            len(lane["marks"]) for lane in parsed(story, "timeline", "ctr-v-irs", *args)["lanes"]
        )

    assert marks() > 0
    assert marks("--since", "3650d") == marks()
    assert marks("--since", "2026-03-05") == marks("--until", "2026-03-03") == 0
    assert "Nothing of this case was seen by then" in call(
        story, "timeline", "ctr-v-irs", "--until", "2020-01-01"
    )
    refused = shown(story, "timeline", "ctr-v-irs", "--since", "today", "--until", "2w")
    assert "nothing lies between" in str(refused.exception)


async def test_a_misspelt_case_is_asked_back(story: Story) -> None:
    assert "did you mean “ctr-v-irs”" in str(shown(story, "timeline", "ctr-v-isr").exception)


def test_the_drawing_needs_room_and_its_signs() -> None:
    assert fits(80, 2, "utf-8")
    assert not fits(40, 1, "utf-8")
    assert not fits(80, 30, "utf-8")
    assert not fits(200, 1, "ascii")


async def test_rich_is_loaded_for_a_drawing_only(story: Story) -> None:
    code = (
        "import sys; from click.testing import CliRunner; from monitor.show.cli.main import cli;"
        f"done = CliRunner().invoke(cli, ['--config', {str(story.folder / 'monitor.yaml')!r},"
        " 'timeline', 'ctr-v-irs']); assert done.exit_code == 0, done.output;"
        "print('rich' in sys.modules)"
    )
    done = await asyncio.to_thread(
        subprocess.run, [MAIN[0], "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
    assert json.dumps(done.stderr) == '""'
