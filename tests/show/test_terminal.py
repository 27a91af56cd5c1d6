"""The terminal is obeyed by nobody but us: hostile words, full disks, readers who leave, old signs."""

from __future__ import annotations

import ast
import json
import os
import pty
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

import monitor
from monitor.model.push import Push
from monitor.show.cli.main import cli, command_names
from monitor.show.cli.terminal import harmless
from monitor.show.json_out import json_text
from monitor.store import schema
from tests.show.test_cli import call, parsed
from tests.show.test_errors import MAIN
from tests.show.test_history_command import OBEYED, shown
from tests.show.test_json_everywhere import DOCUMENTS, strict
from tests.story import CTR, Story, telling

ENCODINGS = ["utf-8", "latin-1", "ascii", "cp1252"]
HOSTILE = "\x1b[2J\x1b]0;t\x07\x9b31m\u202eevil\u2066\u200f\ufeff\u2028 x\nFORGED LINE\r\nrest“ñ…”"
WORDS = st.text(st.characters() | st.sampled_from(HOSTILE))


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with telling(
        tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True, has_press=True
    ) as told:
        told.files(10, "Order", entry=10, text="ORDER denying 7 Motion")
        told.files(11, "Notice of Appeal to DC Circuit Court", entry=11)
        told.court.modes["/hook"] = "500"
        await told.polls()
        told.court.modes.clear()
        with told.app.store.begin() as unit:
            unit.pushes.add([Push("cl:webhook:k", "cl:webhook", told.now, HOSTILE.encode())])
        yield told


# --- words ---


@given(WORDS, st.sampled_from(ENCODINGS))
@example(HOSTILE, "ascii")
def test_no_text_makes_a_terminal_obey_or_fail(text: str, encoding: str) -> None:
    said = harmless(text, encoding)
    assert not OBEYED.search(said)
    assert said.encode(encoding).decode(encoding) == said
    assert harmless(said, encoding) == said


@given(st.dictionaries(WORDS, WORDS, max_size=2), st.sampled_from(ENCODINGS))
@example({"a": HOSTILE}, "latin-1")
def test_machines_get_every_value_whatever_the_terminal_shows(
    value: dict[str, str], encoding: str
) -> None:
    whole = {_storable(key): _storable(inner) for key, inner in value.items()}
    said = json_text(whole, encoding=encoding)
    assert harmless(said, encoding) == said
    assert json.loads(said) == whole


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def poison(database: str) -> None:
    """Old answers, captions, labels, errors and notes, as a program without a defence kept them."""
    named = {"name", "case_label", "note", "publisher", "assigned_to"}
    with sa.create_engine(database).begin() as connection:
        for table in schema.metadata.sorted_tables:
            for column in table.columns:
                is_text = isinstance(column.type, sa.Text) or column.name in named
                if is_text and not column.primary_key and column.name != "url":
                    worse = sa.update(table).values({column: column + HOSTILE})
                    connection.execute(worse.where(column != ""))
        escaped = json.dumps(f"CTR{HOSTILE} v. IRS")[1:-1]
        words = sa.text("UPDATE alerts SET body = replace(body, 'CTR v. IRS', :worse)")
        connection.execute(words, {"worse": escaped})


READING = sorted(
    set(DOCUMENTS)
    - {
        "check",
        "replay",
        "poll",
        "deliveries retry",
        "deliveries resend",
        "pushed retry",
        "test-alert",
        "doctor",
        "body",
    }
)


@pytest.mark.parametrize("command", READING)
async def test_whatever_is_stored_a_terminal_gets_words(story: Story, command: str) -> None:
    args = DOCUMENTS[command]
    if args == ["DELIVERY"]:
        args = [parsed(story, "deliveries", "list")[0]["delivery_id"]]
    poison(story.database)
    said = shown(story, *command.split(), *args)
    assert said.exit_code == 0, said.output
    assert not OBEYED.search(said.output)
    assert "FORGED LINE" not in said.output.splitlines()
    found = shown(story, *command.split(), *args, "--json").stdout
    assert not OBEYED.search(found)
    strict(found)


async def test_a_label_is_stored_as_it_is_and_shown_as_words(story: Story) -> None:
    for form in ([], ["--json"]):
        call(story, "watch", "add", "cadc", "26-5006", "--label", HOSTILE, *form)
        assert not OBEYED.search(shown(story, "watch", "list").output)
        call(story, "watch", "remove", "cadc-26-5006/cadc/26-5006", *form)


async def test_an_error_shows_words_too(story: Story) -> None:
    config = ["--config", f"{story.folder}/monitor.yaml"]
    done = run(*config, "show", HOSTILE, capture_output=True)
    assert done.returncode == 1
    assert done.stderr.startswith(b"docket-monitor: no entry is called")
    assert not OBEYED.search(done.stderr.decode())


def test_nobody_prints_past_the_defence() -> None:
    """Neither `print` nor a stream by name: `click.echo` goes through it, and the log strips."""
    house = Path(monitor.__file__).parent / "show" / "cli"
    past = [
        f"{file.name}:{node.lineno}"
        for file in house.rglob("*.py")
        # What a court sent is handed on byte for byte, and never to a terminal.
        if file.name not in {"terminal.py", "body.py"}
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if (isinstance(node, ast.Name) and node.id == "print")
        or (isinstance(node, ast.Attribute) and node.attr in {"__stdout__", "__stderr__", "buffer"})
    ]
    assert past == []


# --- terminals ---


def run(*args: str, encoding: str = "utf-8", **more: Any) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONIOENCODING": encoding, "COLUMNS": "80"}
    return subprocess.run([*MAIN, *args], env=env, check=False, **more)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("form", [[], ["--json"]])
async def test_an_old_terminal_is_told_in_signs_that_it_has(
    story: Story, encoding: str, form: list[str]
) -> None:
    poison(story.database)
    database = ["--database", story.database]
    done = run("show", f"dcd/{CTR}#10", *form, *database, encoding=encoding, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode(encoding)
    assert "ORDER denying" in said
    if form:
        assert json.loads(said)["text"].endswith("rest“ñ…”")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("where", ["out", "both", "error"])
@pytest.mark.parametrize("args", [["--help"], ["history"], ["history", "--json"], ["none"]])
async def test_a_full_disk_is_a_sentence_and_an_exit_code(
    story: Story, args: list[str], where: str, unbuffered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    more = ["--database", story.database] if args[0] == "history" else []
    full = os.open("/dev/full", os.O_WRONLY)
    out = full if where != "error" else subprocess.DEVNULL
    err = full if where != "out" else subprocess.PIPE
    done = run(*args, *more, stdout=out, stderr=err)
    os.close(full)
    is_wrong = args == ["none"]
    assert done.returncode == (
        0 if where == "error" and not is_wrong else 2 if is_wrong and where == "out" else 1
    )
    if where == "out" and not is_wrong:
        assert done.stderr == b"docket-monitor: cannot write the answer: No space left on device\n"


@pytest.mark.parametrize("args", [["--help"], ["history"], ["history", "--json"]])
async def test_a_reader_who_leaves_is_no_error(story: Story, args: list[str]) -> None:
    more = ["--database", story.database] if args[0] == "history" else []
    reading, writing = os.pipe()
    os.close(reading)
    done = run(*args, *more, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_an_error_fits_a_persons_terminal() -> None:
    ours, theirs = pty.openpty()
    run("--config", "no/such/folder/monitor.yaml", "history", stderr=theirs)
    os.close(theirs)
    said = os.read(ours, 4_096).decode()
    os.close(ours)
    assert max(map(len, said.splitlines())) <= 80
    assert " ".join(said.split()).startswith("docket-monitor: no/such")


@pytest.mark.parametrize("name", command_names())
@pytest.mark.parametrize("charset", ["latin-1", "ascii"])
def test_help_is_read_on_an_old_terminal(name: str, charset: str) -> None:
    done = CliRunner(charset=charset).invoke(cli, [name, "--help"])
    assert done.exit_code == 0, done.output
    assert "Example" in done.output


# --- logs ---


def test_a_command_that_answers_logs_nothing_beside_it(tmp_path: Path) -> None:
    """Neither a bare "polled" nor what a migration says: its answer names what failed."""
    (tmp_path / "monitor.yaml").write_text(
        "packs: [pack.yaml]\nfetch: {allow_private_addresses: true}\n"
    )
    (tmp_path / "pack.yaml").write_text(
        'pack: p\ncases: [{id: a, label: A, dockets: [{court: dcd, number: "1:25-cv-00457"}]}]\n'
        'court_feeds: [{court: dcd, url: "https://127.0.0.1:9/feed"}]\n'
    )
    done = run("--config", f"{tmp_path}/monitor.yaml", "poll", "court:dcd", capture_output=True)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"court:dcd: FAILED: All connection attempts failed" in b" ".join(done.stdout.split())


def test_the_daemon_does_not_tell_of_migrations(tmp_path: Path) -> None:
    (tmp_path / "monitor.yaml").write_text("packs: []\n")
    done = run("--config", f"{tmp_path}/monitor.yaml", "run", "--once", capture_output=True)
    assert b"Context impl" not in done.stderr
    assert b"upgrade" not in done.stderr


# --- how many ---

#: What is counted; said of one they would be wrong.
_NOUNS = r"attempts items entries dockets sources alerts filings bodies mails webhooks texts days times errors gaps readings watches recipients deliveries warnings".split()  # noqa: SIM905
_ROOMS = ("show", "render", "dispatch.py", "sources", "deliver", "settings", "replay.py")


def test_no_sentence_says_one_attempts() -> None:
    """A number before a noun is put there by `counted`."""
    house = Path(monitor.__file__).parent
    careless = [
        f"{file.relative_to(house)}:{node.lineno}: …{after.value}"
        for file in house.rglob("*.py")
        if file.relative_to(house).parts[0] in _ROOMS
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        for before, after in zip(node.values, node.values[1:], strict=False)
        if isinstance(before, ast.FormattedValue)
        and isinstance(after, ast.Constant)
        and isinstance(after.value, str)
        and after.value.startswith(" ")
        and (after.value.split() or [""])[0].strip(".,:;)") in _NOUNS
    ]
    assert careless == []
    assert not [
        f for f in house.rglob("*.py") if "(s)" in f.read_text("utf-8") and "show" in f.parts
    ]


@pytest.mark.parametrize("args", [["classify", "--json"], ["classify", "--json", "-"]])
def test_machines_are_read_in_utf_8_whatever_the_terminal(args: list[str]) -> None:
    row = json.dumps({"id": "ñ“", "text": "ORDER"}, ensure_ascii=False).encode()
    done = run(*args, encoding="latin-1", input=row, capture_output=True)
    assert json.loads(done.stdout)["id"] == "ñ“"


def test_a_disk_that_was_full_once_ends_no_log() -> None:
    """The log does not go through the stream that remembers why nothing could be written."""
    code = (
        "import logging, sys\n"
        "from monitor.show.cli.terminal import guarded_terminal\n"
        "from monitor.show.logs import start_logging\n"
        "with guarded_terminal():\n"
        "    start_logging()\n"
        "    sys.stderr.failure = OSError(28, 'full')\n"
        "    logging.getLogger('x').info('still told')\n"
        "    sys.stderr.failure = None\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "still told" in done.stderr
