"""Every command that prints JSON prints JSON alone, and every command explains itself."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from monitor.model.push import Push
from monitor.show.cli.main import cli, command_names
from tests.feeds import feed, item
from tests.show.test_history_command import shown
from tests.story import CTR, Story, telling

#: What each command is called with here; `{}` is the story's folder.
DOCUMENTS: dict[str, list[str]] = {
    "body": ["BODY"],
    "calendar": ["--past"],
    "check": ["--send-test"],
    "courts": ["maryland"],
    "coverage": ["--since", "2026-03-04"],
    "deliveries list": [],
    "login list": [],
    "deliveries resend": ["SENT"],
    "deliveries retry": ["--all-dead"],
    "deliveries show": ["DELIVERY"],
    "doctor": [],
    "explain": [f"dcd/{CTR}#10"],
    "history": [],
    "poll": ["court:dcd", "news:press"],
    "prune": ["--older-than", "2y"],
    "pushed list": [],
    "pushed retry": ["cl:webhook:k"],
    "pushed show": ["cl:webhook:k"],
    "quota": [],
    "recipients list": [],
    "replay": ["{}/bodies", "--court", "dcd", "--everything"],
    "rules lint": [],
    "rules test": ["--since", "3650d"],
    "search": ['kind:order "as moot"'],
    "show": [f"dcd/{CTR}#10"],
    "sources": [],
    "status": [],
    "silence list": [],
    "timeline": ["ctr-v-irs"],
    "test-alert": ["desk", "--like", "digest"],
    "token list": [],
    "verify": [],
    "watch list": [],
    "watch show": [f"ctr-v-irs/dcd/{CTR}"],
    "who": [f"dcd/{CTR}#10"],
}
#: These print JSON Lines, and say so.
LINES: dict[str, list[str]] = {
    "classify": ["{}/items.jsonl"],
    "news match": ["{}/items.jsonl"],
}
#: These do something, and print what they did; in this order each can be done.
DEEDS: dict[str, list[str]] = {
    "backup": ["{}/copy.db"],
    "site": ["{}/site"],
    "restore": ["{}/copy.db", "--database", "sqlite:///{}/restored.db"],
    "export": ["--bundle", "ctr-v-irs", "--to", "{}/bundle.zip"],
    "import": ["{}/bundle.zip", "--database", "sqlite:///{}/restored.db"],
    "init": ["{}/new"],
    "recipients off": ["desk", "--reason", "on leave"],
    "recipients on": ["desk"],
    "token add": ["bot", "--scope", "history", "--expires", "90d"],
    "token revoke": ["bot"],
    "silence add": ["--case", "ctr-v-irs", "--for", "1d", "--reason", "moving"],
    "watch add": ["cadc", "26-5006"],
    "watch pause": ["cadc-26-5006/cadc/26-5006"],
    "watch resume": ["cadc-26-5006/cadc/26-5006"],
    "watch remove": ["cadc-26-5006/cadc/26-5006"],
    "demo": ["--seconds", "1"],
}
#: A proposed appeal is answered in a story of its own (test_watch_commands).
ANSWERS = {"watch confirm", "watch refuse", "silence end", "ack"}
#: It reads a password from its standard input (test_access_commands).
ASKS = {"login add", "login remove"}
#: It prints its log, and nothing else.
LOGS = {"run", "serve"}
ITEMS = [
    {"id": "a", "text": "ORDER denying 7 Motion", "title": "Center for Taxpayer Rights wins"},
    {"id": "b", "text": "", "short_text": "Order", "title": "Weather", "published_at": "never"},
    {"id": 3, "text": "«MOTION»\r\n\u2028 to stay", "title": "A\r\nB", "court": "dcd"},
]


def leaves(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name, inner in sorted(command.commands.items()):
            yield from leaves(inner, f"{path} {name}")
    else:
        yield path, command


def every_command() -> dict[str, click.Command]:
    assert isinstance(cli, click.Group)
    context = click.Context(cli)
    found: dict[str, click.Command] = {}
    for name in command_names():
        command = cli.get_command(context, name)
        assert command is not None
        found.update(leaves(command, name))
    return found


def has_json(command: click.Command) -> bool:
    return any("--json" in option.opts for option in command.params)


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with telling(
        tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True, has_press=True
    ) as told:
        told.files(10, "Order", entry=10, text="ORDER denying 7 Motion “as moot”")
        told.files(11, "Notice of Appeal to DC Circuit Court", entry=11)
        told.court.modes["/hook"] = "500"
        await told.polls()
        told.court.modes.clear()
        with told.app.store.begin() as unit:
            unit.pushes.add([Push("cl:webhook:k", "cl:webhook", told.now, b"poison")])
        (tmp_path / "bodies").mkdir()
        (tmp_path / "bodies" / "20260302T123000Z.xml").write_bytes(feed(item()))
        (tmp_path / "items.jsonl").write_text("\n".join(map(json.dumps, ITEMS)) + "\n\n")
        yield told


def printed(story: Story, command: str, args: list[str]) -> str:
    """What stands on standard output, whatever is said beside it."""
    if args in (["DELIVERY"], ["SENT"]):
        only = ["--state", "sent"] if args == ["SENT"] else []
        (first, *_) = json.loads(shown(story, "deliveries", "list", *only, "--json").stdout)
        args = [first["delivery_id"]]
    if args == ["BODY"]:
        (first, *_) = json.loads(shown(story, "show", f"dcd/{CTR}#10", "--raw", "--json").stdout)
        args = [first["bodies"][0]["body_hash"]]
    filled = [arg.format(story.folder) if "{}" in arg else arg for arg in args]
    done = shown(story, *command.split(), *filled, "--json")
    # This story plays last March: `doctor` finds a daemon that does not run.
    assert done.exit_code == (command == "doctor"), done.output
    return done.stdout


def values(found: Any, key: str = "") -> Iterator[tuple[str, object]]:
    """Every single value with the key that it stands under."""
    if isinstance(found, dict):
        for name, inner in found.items():
            yield from values(inner, name)
    elif isinstance(found, list):
        for inner in found:
            yield from values(inner, key)
    else:
        yield key, found


MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
PYTHON = re.compile(
    r"<[\w.]+ object at |datetime\.|\b(?:None|True|False)\b|^[A-Z]\w+\.[A-Z_]+$|\w+\(\w+="
)


def strict(text: str) -> Any:
    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    return json.loads(text, parse_constant=refuse)


def proves_clean(found: Any) -> None:
    for key, value in values(found):
        if key.endswith("_at") or key in {"at", "since", "until"}:
            assert value is None or MOMENT.match(str(value)), (key, value)
        if isinstance(value, str) and MOMENT.match(value):
            assert value.endswith("Z"), (key, value)
            assert datetime.fromisoformat(value).utcoffset() == timedelta(), (key, value)
        if isinstance(value, str):
            assert not PYTHON.search(value), (key, value)


# --- the table ---


def test_no_command_is_forgotten_here() -> None:
    found = every_command()
    assert set(found) == set(DOCUMENTS) | set(LINES) | set(DEEDS) | ANSWERS | ASKS | LOGS


@pytest.mark.parametrize("name", sorted(every_command()))
def test_every_command_has_a_form_for_machines(name: str) -> None:
    assert has_json(every_command()[name])


async def test_what_was_done_is_one_document(story: Story) -> None:
    for command, args in DEEDS.items():
        found = strict(printed(story, command, args))
        assert isinstance(found, dict)
        proves_clean(found)


async def test_a_secret_for_machines_is_one_document(story: Story) -> None:
    assert strict(printed(story, "init", ["--secret"]))["secret"].startswith("whsec_")


@pytest.mark.parametrize("command", sorted(DOCUMENTS))
async def test_a_command_prints_one_document(story: Story, command: str) -> None:
    found = strict(printed(story, command, DOCUMENTS[command]))
    assert isinstance(found, dict | list)
    proves_clean(found)


@pytest.mark.parametrize("command", sorted(LINES))
async def test_a_command_prints_a_line_for_each_line(story: Story, command: str) -> None:
    lines = printed(story, command, LINES[command]).split("\n")
    assert lines.pop() == ""
    found = [strict(line) for line in lines]
    assert [row["id"] for row in found] == ["a", "b", "3"]
    proves_clean(found)


@pytest.mark.parametrize("command", ["history", "deliveries list", "watch list"])
async def test_nothing_found_is_an_empty_list(story: Story, command: str) -> None:
    more = {
        "history": ["no-such-word"],
        "deliveries list": ["--state", "dead"],
        "watch list": [],
    }[command]
    if command == "watch list":
        (story.folder / "pack.yaml").write_text("pack: story\n")
        shown(story, "watch", "pause", f"ctr-v-irs/dcd/{CTR}")
    assert strict(printed(story, command, more)) == []


async def test_asking_changes_no_answer(story: Story) -> None:
    for command in ("history", "status", "show", "explain", "watch list", "deliveries list"):
        first = printed(story, command, DOCUMENTS[command])
        assert printed(story, command, DOCUMENTS[command]) == first


async def test_simulated_days_are_one_document(story: Story) -> None:
    proves_clean(strict(printed(story, "quota", ["--simulate", "1"])))


async def test_a_page_is_one_document(story: Story) -> None:
    found = strict(printed(story, "history", ["--paged", "--limit", "1"]))
    assert set(found) == {"entries", "next_cursor"}
    proves_clean(found)


async def test_what_is_said_beside_it_stands_on_standard_error(story: Story) -> None:
    done = shown(story, "replay", f"{story.folder}/bodies", "--court", "dcd", "--everything")
    assert done.exit_code == 0
    assert "entries: 1" in done.stdout
    assert "Reading" not in done.stdout


# --- help ---


@pytest.mark.parametrize("name", sorted([*every_command(), *command_names()]))
def test_help_has_an_example_and_fits_eighty_columns(name: str) -> None:
    runner = CliRunner(env={"COLUMNS": "80"})
    done = runner.invoke(cli, [*name.split(), "--help"])
    assert done.exit_code == 0
    assert "Example" in done.output
    said = " ".join(done.output.partition("Example")[2].split())
    assert "docket-monitor" in said
    assert name.rpartition(" ")[2] in said
    assert [line for line in done.output.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("name", sorted(every_command()))
def test_an_example_names_only_options_that_there_are(name: str) -> None:
    command = every_command()[name]
    known = {opt for option in command.params for opt in option.opts} | {"--config"}
    assert set(re.findall(r"--[a-z-]+", command.epilog or "")) <= known


def test_every_command_is_listed_with_a_sentence() -> None:
    done = CliRunner(env={"COLUMNS": "80"}).invoke(cli, ["--help"])
    for name in command_names():
        assert re.search(rf"^  {name} +\S", done.output, re.MULTILINE), name
