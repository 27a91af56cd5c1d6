"""The commands, as people and machines call them."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from monitor.errors import UsageError
from monitor.show.cli.main import cli, command_names
from tests.story import CTR, Story, headlines, telling


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with telling(
        tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True, has_press=True
    ) as told:
        told.files(10, "~Util - Set Deadlines", "Order", entry=10, text="ORDER granting the motion")
        await told.polls()
        yield told


def call(story: Story, *args: str, code: int = 0) -> str:
    config = str(story.folder / "monitor.yaml")
    # The commands run loops of their own: they need a thread without one.
    with ThreadPoolExecutor(1) as pool:
        result = pool.submit(CliRunner().invoke, cli, ["--config", config, *args]).result()
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


def parsed(story: Story, *args: str) -> Any:
    return json.loads(call(story, *args, "--json"))


async def test_history_lists_what_machines_need(story: Story) -> None:
    order, complaint = parsed(story, "history")
    assert order["event_names"] == ["Order", "~Util - Set Deadlines"]
    assert order["kind"] == "order"
    assert (order["court_id"], order["docket_number"]) == ("dcd", "1:25-cv-00457")
    assert "dcd:seq:800000:10" in order["source_keys"]
    assert complaint["entry_number"] == 1
    assert [e["entry_number"] for e in parsed(story, "history", "--kind", "order")] == [10]
    assert [e["entry_number"] for e in parsed(story, "history", "complaint")] == [1]
    assert len(parsed(story, "history", "--docket", "25-cv-457")) == 2


async def test_history_between_days(story: Story) -> None:
    assert len(parsed(story, "history", "--since", "2026-03-04", "--until", "2026-03-04")) == 2
    assert parsed(story, "history", "--since", "2026-03-05") == []
    assert parsed(story, "history", "--until", "2026-03-03") == []
    call(story, "history", "--since", "someday", code=2)


async def test_status_explain_and_coverage_speak_of_the_order(story: Story) -> None:
    (case,) = parsed(story, "status")
    assert case["dockets"][0]["latest"]["words"] == "Order: GRANTED"
    said = call(story, "explain", "dcd/1:25-cv-00457#10")
    assert "route everything: matches" in said
    assert "told: filed, amended to desk" in said
    (statement,) = parsed(story, "coverage", "--since", "2026-03-04")
    assert len(statement["orders"]) == 1
    assert {row["source_id"] for row in statement["seen_by"]} >= {"court:dcd"}
    assert statement["not_visible"]
    assert "as seen by" in call(story, "coverage", "--since", "2026-03-04")


async def test_history_as_of_a_day_undoes_what_came_later(story: Story) -> None:
    story.files(10, "Order Vacating", entry=10, minutes_ago=10)
    await story.polls(60 * 24)
    now = parsed(story, "history", "--docket", "25-cv-457")
    then = parsed(story, "history", "--docket", "25-cv-457", "--as-of", "2026-03-04")
    assert "Order Vacating" in now[0]["event_names"]
    assert "Order Vacating" not in then[0]["event_names"]


async def test_an_empty_history_says_what_to_do(story: Story) -> None:
    assert "docket-monitor sources" in call(story, "history", "nothing-like-this")


async def test_show_tells_everything_of_an_entry(story: Story) -> None:
    said = call(story, "show", "dcd/1:25-cv-00457#10")
    assert "Seen by" in said
    assert "filed, amended to desk" in said
    whole = parsed(story, "show", "dcd/1:25-cv-00457#10")
    assert {row["source_id"] for row in whole["sightings"]} >= {"court:dcd"}
    assert {row["recipient"] for row in whole["deliveries"]} == {"desk", "hook"}


async def test_sources_and_watches_and_deliveries(story: Story) -> None:
    assert {row["source_id"] for row in parsed(story, "sources")} >= {"court:dcd", "news:press"}
    assert "court:dcd" in call(story, "sources")
    (watch,) = parsed(story, "watch", "list")
    assert "Covered by" in call(story, "watch", "show", watch["watch_id"])
    call(story, "watch", "pause", watch["watch_id"])
    assert "PAUSED" in call(story, "watch", "list")
    story.files(11, "Motion", entry=11)
    assert await story.polls() == []
    call(story, "watch", "resume", watch["watch_id"])
    rows = parsed(story, "deliveries", "list")
    assert {row["state"] for row in rows} == {"sent"}
    assert "Why" not in call(story, "deliveries", "show", rows[0]["delivery_id"])
    # The story's clock stands in the past: to the command nobody has read anything for long.
    assert "is the daemon running?" in call(story, "sources", "--unhealthy")
    assert parsed(story, "sources")[0]["is_overdue"]


async def test_a_docket_is_added_by_number_or_by_its_page(story: Story) -> None:
    call(story, "watch", "add", "dcd", "1:25-cv-09999", "--label", "Doe")
    assert "D.D.C. 1:25-cv-09999" in call(
        story, "watch", "add", "https://www.courtlistener.com/docket/900001/doe-v-roe/"
    )
    watches = parsed(story, "watch", "list")
    assert len(watches) == 2  # the page and the number are one docket
    added = next(w["watch_id"] for w in watches if w["docket_number"] == "1:25-cv-09999")
    call(story, "watch", "remove", added)
    assert len(parsed(story, "watch", "list")) == 1


async def test_a_resumed_watch_is_read_again_after_a_restart(story: Story) -> None:
    (watch,) = parsed(story, "watch", "list")
    call(story, "watch", "pause", watch["watch_id"])
    await story.restart()
    call(story, "watch", "resume", watch["watch_id"])
    await story.restart()
    story.files(11, "Order", entry=11)
    assert headlines(await story.polls(30)) == ["Order"]


@pytest.mark.parametrize("number", ["25-457", "26-", "-12-3", "2\uff15-51", "12-34 OR 1=1"])
async def test_an_impossible_number_is_not_watched(story: Story, number: str) -> None:
    config = str(story.folder / "monitor.yaml")
    with ThreadPoolExecutor(1) as pool:
        args = ["--config", config, "watch", "add", "--", "dcd", number]
        result = pool.submit(CliRunner().invoke, cli, args).result()
    assert result.exit_code == 1
    assert "is no docket number of D.D.C." in str(result.exception)


async def test_a_misspelt_case_does_not_read_as_silence(story: Story) -> None:
    with pytest.raises(UsageError, match="did you mean “ctr-v-irs”"):
        call(story, "history", "--case", "ctr-vs-irs")


async def test_check_says_ok_and_sends_a_test(story: Story) -> None:
    said = call(story, "check", "--send-test")
    assert "test to desk: accepted" in said
    assert "test to hook: accepted" in said
    story.court.modes["/hook"] = "410"
    assert "FAILED: HTTP 410" in call(story, "check", "--send-test", code=1)


def test_init_writes_a_configuration_that_check_accepts(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    runner = CliRunner()
    assert runner.invoke(cli, ["init", str(folder)]).exit_code == 0
    done = runner.invoke(cli, ["--config", str(folder / "monitor.yaml"), "check"])
    assert done.exit_code == 0, done.output
    assert "5 dockets" in done.output
    behind = runner.invoke(cli, ["check", "--config", str(folder / "monitor.yaml")])
    assert behind.output == done.output
    assert runner.invoke(cli, ["init", "--secret"]).output.startswith("whsec_")


@pytest.mark.parametrize("command", command_names())
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = CliRunner().invoke(cli, [command, "--help"])
    assert result.exit_code == 0
    assert (
        f"docket-monitor {'--config config/monitor.yaml ' if command == 'run' else ''}{command}"
        in result.output
    )


def test_a_kept_demo_is_not_run_over(tmp_path: Path) -> None:
    (tmp_path / "demo.db").touch()
    result = CliRunner().invoke(cli, ["demo", "--keep", str(tmp_path)])
    assert isinstance(result.exception, UsageError)
    assert "name another folder" in str(result.exception)


HEAVY = (
    "httpx",
    "feedparser",
    "apscheduler",
    "alembic",
    "jinja2",
    "aiosmtplib",
    "pydantic",
)


@pytest.mark.parametrize(
    "args", [["history"], ["sources"], ["deliveries", "list"], ["watch", "list"]]
)
async def test_reading_commands_import_only_what_they_need(story: Story, args: list[str]) -> None:
    await story.app.close()
    code = (
        "import sys\nfrom monitor.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('LOADED', *sorted(m for m in sys.modules if '.' not in m), file=sys.stderr)"
    )
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", code, *args, "--database", f"sqlite:///{story.folder}/m.db"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stderr.rpartition("LOADED")[2].split())
    # What a delivery tells stands in its alerts, which the codec reads.
    needed = {"pydantic"} if args[0] == "deliveries" else set()
    assert loaded & set(HEAVY) == needed
    await story.begin()


async def test_what_would_be_told_twice_or_is_not_there_is_refused(story: Story) -> None:
    def refused(*args: str) -> str:
        with pytest.raises(UsageError) as error:
            call(story, *args)
        return str(error.value)

    assert "watched already" in refused("watch", "add", "dcd", CTR)
    assert "no case is called" in refused("watch", "add", "cadc", "26-5006", "--case", "nope")
    assert "with its office" in refused("watch", "add", "mad", "25-cv-00457")
    assert "no case is called" in refused("status", "nope")
    assert "has not come yet" in refused("coverage", "--since", "2099-01-01")


async def test_an_empty_answer_says_what_there_is(story: Story) -> None:
    said = call(story, "history", "--kind", "judgment")
    assert "Of other kinds there are" in said
    assert "1 order" in said


def test_lines_that_are_no_text_or_no_json_are_named(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    for content, expected in (
        (b"\xff\xfe{", "UTF-8"),
        (b'{"id": 1}\n{oops', "line 2: no JSON"),
        (b"", "nothing to classify"),
        (b"[]", "no JSON object"),
    ):
        bad.write_bytes(content)
        result = CliRunner().invoke(cli, ["classify", str(bad)])
        assert isinstance(result.exception, UsageError)
        assert expected in str(result.exception)


def test_the_list_of_commands_says_what_each_says_of_itself() -> None:
    """It is read without loading the commands: that would take half a second."""
    said = " ".join(CliRunner().invoke(cli, ["--help"]).output.split())
    for name in command_names():
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        first = " ".join((command.help or "").split()[:4])
        assert f" {name} {first}" in said
