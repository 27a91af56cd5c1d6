"""`docket-monitor check`: every mistake with its line, and nobody left untold unawares."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from monitor.show.cli.main import cli
from monitor.store.database import open_store
from tests.show.test_cli import call, parsed
from tests.show.test_history_command import shown
from tests.story import Story, telling

SECRET = "whsec_ZG9ja2V0LW1vbml0b3ItdGVzdC1zZWNyZXQ="
MONITOR = """\
database: sqlite:///monitor.db
packs: [pack.yaml]
courtlistener: {token: {file: token}}
email: {host: mail.example.org, from: monitor@example.org}
recipients:
  - {name: desk, email: desk@example.org}
  - {name: hook, webhook: "https://hooks.example.org/x", secret: {file: secret}}
routes:
  - {name: everything, to: [desk, hook]}
"""
PACK = """\
pack: ours
cases:
  - id: doe-v-roe
    label: Doe v. Roe
    dockets: [{court: dcd, number: "1:25-cv-00457"}]
  - id: poe-v-loe
    label: Poe v. Loe
    dockets: [{court: ca9, number: "26-1234"}]
"""


def check(
    folder: Path, *args: str, monitor: str = MONITOR, pack: str = PACK, secret: str = SECRET
) -> Result:
    (folder / "monitor.yaml").write_text(monitor)
    (folder / "pack.yaml").write_text(pack)
    (folder / "secret").write_text(secret)
    (folder / "token").write_text("a-token-that-nobody-may-see")
    runner = CliRunner(env={"COLUMNS": "80"})
    return runner.invoke(cli, ["--config", str(folder / "monitor.yaml"), "check", *args])


def report(folder: Path, **texts: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(check(folder, "--json", **texts).stdout)
    return found


def edited(old: str, new: str, text: str = MONITOR) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_a_sound_configuration_says_what_it_would_do(tmp_path: Path) -> None:
    done = check(tmp_path)
    assert done.exit_code == 0
    assert done.stderr == ""
    assert "2 dockets" in done.stdout
    assert "watches dcd 1:25-cv-00457 for Doe v. Roe" in done.stdout
    assert "route everything leads to desk, hook" in done.stdout
    assert report(tmp_path) == {"ok": True, "problems": [], "tests": {}}
    assert not (tmp_path / "monitor.db").exists()


# --- errors ---

BROKEN = {
    "a misspelt key": (
        edited("packs: [", "pakcs: ["),
        PACK,
        ("monitor.yaml", 2, "pakcs", "did you mean “packs”"),
    ),
    "a misspelt recipient": (
        edited("to: [desk, hook]", "to: [desk, hok]"),
        PACK,
        ("monitor.yaml", 9, "routes.0.to.1", "did you mean “hook”"),
    ),
    "a misspelt case": (
        edited("to: [desk, hook]", "to: [desk, hook], cases: [doe-v-roo]"),
        PACK,
        ("monitor.yaml", 9, "routes.0.cases.0", "did you mean “doe-v-roe”"),
    ),
    "a misspelt kind": (
        edited("to: [desk, hook]", "to: [desk, hook], kinds: [ordre]"),
        PACK,
        ("monitor.yaml", 9, "routes.0.kinds.0", "did you mean “order”"),
    ),
    "a misspelt topic": (
        edited("to: [desk, hook]", "to: [desk, hook], topics: [file]"),
        PACK,
        ("monitor.yaml", 9, "routes.0.topics.0", "did you mean “filed”"),
    ),
    "a pack that is not there": (
        edited("pack.yaml", "other.yaml"),
        PACK,
        ("monitor.yaml", 2, "packs.0", "there is no file"),
    ),
    "mail without a server": (
        edited("email: {host: mail.example.org, from: monitor@example.org}\n", ""),
        PACK,
        ("monitor.yaml", 5, "recipients.0.email", "add an `email:` section"),
    ),
    "a route to nobody": (
        edited("to: [desk, hook]", "to: []"),
        PACK,
        ("monitor.yaml", 9, "routes.0.to", ""),
    ),
    "two recipients of one name": (
        edited("name: hook,", "name: desk,"),
        PACK,
        ("monitor.yaml", 7, "recipients.1.name", "used twice"),
    ),
    "a misspelt court": (
        MONITOR,
        edited("court: dcd", "court: dcdd", PACK),
        ("pack.yaml", 5, "cases.0.dockets.0.court", "did you mean “dcd”"),
    ),
    "a number of another kind of court": (
        MONITOR,
        edited("1:25-cv-00457", "26-5006", PACK),
        ("pack.yaml", 5, "cases.0.dockets.0", "is no number of dcd"),
    ),
    "a case that is there twice": (
        MONITOR,
        edited("poe-v-loe", "doe-v-roe", PACK),
        ("pack.yaml", 6, "cases.1.id", "is defined already"),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_error_names_its_file_line_key_and_remedy(tmp_path: Path, name: str) -> None:
    monitor, pack, (file, line, key, said) = BROKEN[name]
    done = check(tmp_path, monitor=monitor, pack=pack)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert f"{tmp_path / file}:{line}: {key}: " in done.stderr
    assert said in done.stderr
    found = report(tmp_path, monitor=monitor, pack=pack)
    assert found["ok"] is False
    place = {"file": str(tmp_path / file), "line": line, "key": key, "is_warning": False}
    assert [p for p in found["problems"] if place.items() <= p.items() and said in p["message"]]


def test_all_errors_are_named_at_once(tmp_path: Path) -> None:
    monitor = edited("to: [desk, hook]", "to: [dsk, hok]")
    done = check(tmp_path, monitor=monitor, secret="short")
    assert "3 errors: nothing was started." in done.stderr
    assert len(report(tmp_path, monitor=monitor, secret="short")["problems"]) == 3


def test_broken_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    found = report(tmp_path, monitor="database: x\nroutes: [\n", pack="pack: [\n")
    (problem,) = found["problems"]
    assert problem["message"].startswith("not YAML")
    found = report(tmp_path, pack="pack: ours\ncases: [\n")
    assert {p["file"] for p in found["problems"]} == {str(tmp_path / "pack.yaml")}


def test_no_secret_is_ever_printed(tmp_path: Path) -> None:
    unusable = "whsec_geheim-but-not-base64!"
    for done in (
        check(tmp_path),
        check(tmp_path, "--json"),
        check(tmp_path, secret=unusable),
        check(tmp_path, "--json", secret=unusable),
    ):
        assert not re.search("whsec_|geheim|ZG9ja2V0|a-token-that", done.output)


# --- warnings ---

WARNED = {
    "a recipient whom no route leads to": (
        edited("to: [desk, hook]", "to: [desk]"),
        "no route leads to 'hook'",
    ),
    "a webhook without a secret": (edited(", secret: {file: secret}", ""), "has no secret"),
    "no token": (edited("{file: token}", "{file: tokn}"), "courtlistener.token"),
    "kinds of court acts that nobody hears of": (
        edited("to: [desk, hook]", "to: [desk, hook], kinds: [order]"),
        "no route takes the kinds judgment, opinion of Doe v. Roe",
    ),
    "a case that `watch add` may have made": (
        MONITOR + "  - {name: more, to: [desk], cases: [mad-1-26-cv-00001]}\n",
        "right, if `watch add` made it",
    ),
    "nobody to tell": (
        MONITOR[: MONITOR.index("recipients:")],
        "nobody is told anything",
    ),
    "nothing to watch": (edited("packs: [pack.yaml]\n", ""), "no case pack is named"),
}


@pytest.mark.parametrize("name", WARNED)
def test_a_warning_is_said_and_is_no_failure(tmp_path: Path, name: str) -> None:
    monitor, said = WARNED[name]
    done = check(tmp_path, monitor=monitor)
    assert done.exit_code == 0, done.output
    assert said in " ".join(done.stdout.split())
    found = report(tmp_path, monitor=monitor)
    assert found["ok"] is True
    warned = [problem for problem in found["problems"] if said in str(problem)]
    assert warned
    assert all(problem["is_warning"] for problem in warned)


def test_a_docket_that_nothing_covers_is_named(tmp_path: Path) -> None:
    without_token = edited("{file: token}", "{file: tokn}")
    (line,) = (
        line
        for line in check(tmp_path, monitor=without_token).stdout.splitlines()
        if "26-1234" in line
    )
    assert "NOTHING covers it" in line
    assert "NOTHING covers it" not in check(tmp_path).stdout


# --- cases that lead to nobody ---

UNLED = {
    "no routes at all": MONITOR[: MONITOR.index("routes:")],
    "routes of other cases": edited("to: [desk, hook]", "to: [desk, hook], cases: [poe-v-loe]"),
    "routes of other topics": edited("to: [desk, hook]", "to: [desk, hook], topics: [gap, news]"),
    "routes of no court act": edited("to: [desk, hook]", "to: [desk, hook], kinds: [motion]"),
}


@pytest.mark.parametrize("name", UNLED)
def test_a_case_that_leads_to_nobody_is_an_error_and_the_rule_it_names_mends_it(
    tmp_path: Path, name: str
) -> None:
    done = check(tmp_path, monitor=UNLED[name])
    assert done.exit_code == 1
    assert "would not tell everybody" in done.stdout
    assert "no route leads what the court does in Doe v. Roe" in " ".join(done.stderr.split())
    found = report(tmp_path, monitor=UNLED[name])
    errors = [problem for problem in found["problems"] if not problem["is_warning"]]
    rules = [re.search(r"- \{name:.*\}", problem["message"]) for problem in errors]
    written = "".join(f"  {rule[0]}\n" for rule in rules if rule)
    mended = UNLED[name] + ("" if "routes:" in UNLED[name] else "routes:\n") + written
    assert check(tmp_path, monitor=mended).exit_code == 0


def test_a_pack_that_is_off_leads_nowhere_and_need_not(tmp_path: Path) -> None:
    off = edited("pack: ours\n", "pack: ours\nenabled: false\n", PACK)
    done = check(tmp_path, monitor=UNLED["no routes at all"], pack=off)
    assert done.exit_code == 0
    assert "0 dockets" in done.stdout


# --- test alerts ---


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True) as told:
        yield told


async def test_a_test_reaches_everybody_and_leaves_no_trace(story: Story) -> None:
    before = parsed(story, "deliveries", "list")
    mails, hooks = len(story.mails), len(story.documents)
    found = parsed(story, "check", "--send-test")
    assert found == {"ok": True, "problems": [], "tests": {"desk": "", "hook": ""}}
    assert (len(story.mails), len(story.documents)) == (mails + 1, hooks + 1)
    (alert,) = story.documents[-1]["data"]["alerts"]
    assert alert["topic"] == "test"
    assert "check --send-test" in alert["why"]
    assert parsed(story, "deliveries", "list") == before


@pytest.mark.parametrize("mode", ["404", "410", "500"])
async def test_a_refused_test_is_a_failure_and_stops_no_other(story: Story, mode: str) -> None:
    story.court.modes["/hook"] = mode
    said = shown(story, "check", "--send-test", "--json")
    found = json.loads(said.stdout)
    assert said.exit_code == 1
    assert found["ok"] is False
    assert found["tests"]["desk"] == ""
    assert f"HTTP {mode}" in found["tests"]["hook"]


async def test_a_receiver_that_may_not_be_talked_to_is_named(story: Story) -> None:
    path = story.folder / "monitor.yaml"
    text = re.sub(r'webhook: "[^"]*"', 'webhook: "https://10.0.0.1/hook"', path.read_text())
    path.write_text(text.replace("allow_private_addresses: true", "allow_private_addresses: false"))
    said = shown(story, "check", "--send-test")
    assert said.exit_code == 1
    assert "recipients.1.webhook: 10.0.0.1 is no public address" in said.stderr


async def test_two_tests_are_two_messages(story: Story) -> None:
    """A receiver that honors the key must not take the second for the first."""
    call(story, "check", "--send-test")
    call(story, "check", "--send-test")
    first, second = (document["data"]["delivery_id"] for document in story.documents[-2:])
    assert first != second


# --- databases that run would refuse ---


def _other_file(folder: Path) -> None:
    (folder / "monitor.db").write_bytes(b"Dear Sir or Madam,\n" * 500)


def _newer(folder: Path) -> None:
    open_store(f"sqlite:///{folder}/monitor.db").close()
    with sqlite3.connect(folder / "monitor.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def _folder(folder: Path) -> None:
    (folder / "monitor.db").mkdir()


UNUSABLE = {
    "another file": (_other_file, "sqlite:///monitor.db", "something else"),
    "a newer database": (_newer, "sqlite:///monitor.db", "install a newer"),
    "a folder": (_folder, "sqlite:///monitor.db", "check that the folder"),
    "no room for a folder": (_other_file, "sqlite:///monitor.db/x.db", "cannot be made"),
    "a server that is down": (_other_file, "postgresql://u:geheim@127.0.0.1:1/d", "server runs"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_database_that_run_would_refuse_is_an_error(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare, url, said = UNUSABLE[name]
    prepare(tmp_path)
    before = {one.name for one in tmp_path.iterdir()}
    for monitor, args in (
        (edited("sqlite:///monitor.db", url), ()),
        (edited("sqlite:///monitor.db", url), ("--send-test",)),
    ):
        done = check(tmp_path, *args, monitor=monitor)
        assert done.exit_code == 1
        assert f"{tmp_path}/monitor.yaml:1: database: " in done.stderr
        assert said in done.stderr
        assert "geheim" not in done.output
    assert {one.name for one in tmp_path.iterdir()} - before <= {
        *("monitor.yaml", "pack.yaml", "secret", "token", "monitor.db-wal", "monitor.db-shm")
    }
    monkeypatch.setenv("DOCKET_MONITOR_DATABASE", url.replace("///", f"///{tmp_path}/"))
    done = check(tmp_path)
    assert done.exit_code == 1
    assert "--database or DOCKET_MONITOR_DATABASE: " in done.stderr
