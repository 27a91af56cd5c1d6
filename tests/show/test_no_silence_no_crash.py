"""Answers that must not read as silence, and questions that must not crash."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from monitor.errors import MonitorError, UsageError
from monitor.show.cli.main import cli
from monitor.store.database import open_store
from tests.feeds import NOON, feed, item
from tests.show.test_cli import call, parsed
from tests.show.test_errors import logged
from tests.show.test_history_command import OBEYED, shown
from tests.story import CTR, Story, telling

WATCH = f"ctr-v-irs/dcd/{CTR}"


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    now = datetime.now(UTC)
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True, now=now) as told:
        yield told


def replayed(folder: Path, *bodies: tuple[datetime, bytes]) -> list[str]:
    for at, body in bodies:
        (folder / f"{at:%Y%m%dT%H%M%SZ}.xml").write_bytes(body)
    database = ["--database", f"sqlite:///{folder}/r.db"]
    done = CliRunner().invoke(
        cli, ["replay", str(folder), "--court", "dcd", "--everything", *database]
    )
    assert done.exit_code == 0, done.output
    return database


def asked(database: list[str], *args: str) -> Any:
    return json.loads(CliRunner().invoke(cli, ["history", "--json", *args, *database]).stdout)


def test_an_order_without_a_date_is_found_until_a_later_day(tmp_path: Path) -> None:
    """The day on which it was first seen stands for the day of filing."""
    undated = re.sub(r"<pubDate>.*?</pubDate>\n", "", item("Order on Motion to Stay", seq=11))
    database = replayed(tmp_path, (NOON + timedelta(minutes=30), feed(undated)))
    assert len(asked(database, "--since", "2026-03-02")) == 1
    assert len(asked(database, "--since", "2026-03-02", "--until", "2026-03-10")) == 1


def test_pages_of_an_earlier_day_leave_nothing_out(tmp_path: Path) -> None:
    """An entry that bore no number then, and bears one now, ends a page."""
    first = [item(seq=10, entry=None), item("Motion", seq=11, entry=5)]
    later = [item(seq=10, entry=7), item("Motion", seq=11, entry=5)]
    database = replayed(
        tmp_path,
        (NOON + timedelta(minutes=30), feed(*first)),
        (NOON + timedelta(hours=20), feed(*later, built=NOON + timedelta(hours=20))),
    )
    then = ["--as-of", "2026-03-02", "--paged", "--limit", "1"]
    whole = asked(database, "--as-of", "2026-03-02")
    assert len(whole) == 2
    page = asked(database, *then)
    assert page["next_cursor"], "one of two was shown, and it is said to be the last"
    rest = asked(database, *then, "--cursor", page["next_cursor"])
    found = [*page["entries"], *rest["entries"]]
    assert [e["headline"] for e in found] == [e["headline"] for e in whole]


@pytest.mark.parametrize("form", [[], ["--json"]])
async def test_coverage_says_that_a_watch_is_paused(story: Story, form: list[str]) -> None:
    """A pause is a hole in what silence is worth: it is not "Nothing is watched"."""
    call(story, "watch", "pause", WATCH)
    said = call(story, "coverage", "ctr-v-irs", *form)
    assert "Nothing is watched" not in said
    assert "00457" in said


async def test_an_unknown_docket_number_does_not_read_as_silence(story: Story) -> None:
    for number in ("25-cv-00475", "!!!"):
        with pytest.raises(UsageError, match="docket"):
            call(story, "history", "--docket", number)


async def test_an_unknown_recipient_does_not_read_as_nothing_lost(story: Story) -> None:
    with pytest.raises(UsageError, match="did you mean “desk”"):
        call(story, "deliveries", "list", "--state", "dead", "--recipient", "dsk")


def test_sources_without_any_source_are_not_healthy(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/m.db"
    open_store(url).close()
    said = CliRunner().invoke(cli, ["sources", "--unhealthy", "--database", url]).output
    assert "All sources are healthy" not in said


def dumped(place: str) -> str:
    return base64.urlsafe_b64encode(place.encode()).decode()


@pytest.mark.parametrize(
    "place",
    [
        '[null, null, Infinity, "x"]',
        '[null, null, 1000000000000000000000000000000, "x"]',
        '["2026-01-01", "2026-01-01T00:00:00", 1, "x"]',
        '["2026-01-01", "0001-01-01T00:00:00+14:00", 1, "x"]',
        '[null, null, null, "\\ud800"]',
        "[" * 100_000,
    ],
    ids=["infinite", "huge", "naive", "before all time", "half a letter", "deep"],
)
async def test_a_cursor_of_strange_values_is_refused(story: Story, place: str) -> None:
    with pytest.raises(UsageError, match="is no cursor"):
        call(story, "history", "--cursor", dumped(place))


@pytest.mark.parametrize(
    "args",
    [
        ["history", "--as-of", "9999-12-31"],
        ["history", "--limit", "99999999999999999999"],
        ["deliveries", "list", "--limit", "99999999999999999999"],
        ["show", "dcd/25-cv-457#99999999999999999999"],
        ["explain", "dcd/25-cv-457#99999999999999999999"],
        ["history", "\udcff"],
        ["show", "\udcff"],
        ["history", "--database", "postgresql://u:geheim@h:port/d"],
    ],
    ids=lambda args: ascii(" ".join(args)),
)
async def test_an_odd_value_is_answered_or_refused_without_a_traceback(
    story: Story, args: list[str]
) -> None:
    done = shown(story, *args)
    assert done.exception is None or isinstance(done.exception, SystemExit | MonitorError)


async def test_a_case_keeps_its_name_when_a_docket_joins_it(story: Story) -> None:
    call(story, "watch", "add", "cadc", "26-5006", "--case", "ctr-v-irs")
    (case,) = parsed(story, "status")
    assert case["case_label"] == "CTR v. IRS"


async def test_a_watch_that_its_pack_no_longer_names_is_not_said_to_be_active(
    story: Story,
) -> None:
    (story.folder / "pack.yaml").write_text("pack: story\n")
    call(story, "watch", "pause", WATCH)  # brings pack and database into agreement
    try:
        said = call(story, "watch", "resume", WATCH)
    except MonitorError:
        return
    (watch,) = parsed(story, "watch", "list", "--all")
    assert ("is active now" in said) == (watch["state"] == "active")


async def test_a_password_is_not_repeated(story: Story) -> None:
    for args in (
        ["watch", "pause", WATCH, "--database", "postgresql://u:geheim@h/d"],
        ["history", "--database", "postgresql//u:geheim@h/d"],
    ):
        with pytest.raises(MonitorError) as error:
            call(story, *args)
        assert "geheim" not in str(error.value)


@pytest.mark.parametrize(
    "args", [["init", "f/sub"], ["demo", "--keep", "f/x"], ["demo", "--keep", "f"]], ids=" ".join
)
def test_a_folder_that_cannot_be_made_is_one_clear_line(
    tmp_path: Path, args: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "f").touch()
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, args)
    assert isinstance(done.exception, SystemExit | MonitorError)


def test_an_older_database_is_not_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    open_store(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0004'")
    connection.close()
    done = CliRunner().invoke(cli, ["history", "--database", f"sqlite:///{path}"])
    assert isinstance(done.exception, MonitorError)
    assert "no monitor database" not in str(done.exception)


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\x1b[1A x", "a \x9b2J", "\u202eevil"])
def test_fetched_text_does_not_steer_the_terminal_of_the_log(hostile: str) -> None:
    assert not OBEYED.search(logged(as_json=False, reason=hostile))


def test_a_traceback_forges_no_line_of_the_log() -> None:
    bug = ValueError("x\n2026-01-01T00:00:00Z INFO delivered")
    line = logged(as_json=False, exc_info=(ValueError, bug, None))
    assert not any(one.startswith("2026-01-01") for one in line.splitlines())
