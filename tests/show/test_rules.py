"""`docket-monitor rules`: what routes would have done over the past, and what can never happen."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.show.cli.main import cli
from tests.show.test_cli import call, parsed
from tests.story import CTR, Story, telling

EVERYTHING = "routes: [{name: everything, to: [desk]}]"
TREE = """\
otherwise: [hook]
routes:
  - name: orders
    to: [desk]
    kinds: [order, opinion, judgment]
  - {name: judgments, to: [hook], kinds: [judgment]}
"""


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with telling(
        tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True, routes=EVERYTHING
    ) as told:
        told.files(10, "Order", entry=10, text="ORDER denying 7 Motion to Dismiss")
        told.files(11, "Motion for Leave", entry=11, text="MOTION for Leave to File")
        await told.polls()
        yield told


def other(story: Story, routes: str) -> str:
    """The configuration of the story with other routes."""
    running = story.folder / "monitor.yaml"
    path = running.with_name("other.yaml")
    path.write_text(running.read_text().replace(EVERYTHING, routes))
    return str(path)


async def test_what_each_recipient_would_have_got_day_by_day(story: Story) -> None:
    found = parsed(story, "rules", "test", "--since", "3650d")
    told = [a for day in found["days"] if day["recipient"] == "desk" for a in day["alerts"]]
    assert {a["path"] for a in told} == {"everything"}
    assert {"order", "motion"} <= {a["kind"] for a in told}
    assert (found["to_nobody"], found["differences"]) == ([], [])


async def test_another_file_is_compared_with_the_running_one(story: Story) -> None:
    found = parsed(story, "rules", "test", "--since", "3650d", "--file", other(story, TREE))
    orders = [d for d in found["days"] if d["recipient"] == "desk"]
    assert {a["path"] for day in orders for a in day["alerts"] if a["kind"] == "order"} == {
        "otherwise > orders"
    }
    new = {(d["recipient"], d["is_new"], d["alert"]["kind"]) for d in found["differences"]}
    assert {("hook", True, "motion"), ("desk", False, "motion")} <= new
    said = " ".join(
        call(story, "rules", "test", "--since", "3650d", "--file", other(story, TREE)).split()
    )
    assert "hook would get, and does not now" in said
    assert "desk gets now, and would not" in said


async def test_what_no_route_takes_is_named(story: Story) -> None:
    narrow = "routes: [{name: judgments, to: [desk], kinds: [judgment], topics: [filed]}]"
    found = parsed(story, "rules", "test", "--since", "3650d", "--file", other(story, narrow))
    assert {"order", "motion"} <= {alert["kind"] for alert in found["to_nobody"]}


def replace_routes(story: Story, routes: str) -> None:
    (story.folder / "monitor.yaml").write_text(Path(other(story, routes)).read_text())


async def test_routes_that_can_never_match_are_named_and_the_command_says_so(story: Story) -> None:
    replace_routes(story, TREE)
    said = " ".join(call(story, "rules", "lint", code=1).split())
    assert "otherwise > judgments: it is never asked: orders stands before it" in said


async def test_routes_without_faults_are_left_alone(story: Story) -> None:
    replace_routes(story, "routes: [{name: everything, to: [desk, hook]}]")
    assert "Every route can match" in call(story, "rules", "lint")


async def test_who_is_never_told_and_what_is_told_to_nobody_are_named(story: Story) -> None:
    said = " ".join(call(story, "rules", "lint", code=1).split())
    assert "hook: no route leads to this recipient" in said
    assert "desk:" not in said


async def test_whoever_is_told_what_nobody_acknowledged_is_told(story: Story) -> None:
    later = "acknowledge: {within: 10m, then: [hook]}"
    replace_routes(story, f"routes: [{{name: all, to: [desk], {later}}}]")
    assert "Every route can match" in call(story, "rules", "lint")


async def test_a_case_whose_orders_are_told_to_nobody_is_named(story: Story) -> None:
    replace_routes(story, "routes: [{name: news, to: [desk, hook], topics: [story]}]")
    lines = {one["path"]: one["words"] for one in parsed_lint(story)}
    assert "no route leads what the court does in CTR v. IRS to anybody" in lines["ctr-v-irs"]


def parsed_lint(story: Story) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(call(story, "rules", "lint", "--json", code=1))
    return found


def test_a_length_that_is_none_is_refused() -> None:
    result = CliRunner().invoke(cli, ["rules", "test", "--since", "tomorrow"])
    assert result.exit_code != 0
    assert "is no day" in result.output


async def test_explain_names_every_route_of_a_tree(story: Story) -> None:
    replace_routes(story, TREE)
    verdicts = parsed(story, "explain", f"dcd/{CTR}#10")["verdicts"]
    assert [(v["rule"], bool(v["refused_because"])) for v in verdicts] == [
        ("otherwise", False),
        ("otherwise > orders", False),
        ("otherwise > judgments", True),
    ]
