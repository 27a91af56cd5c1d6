"""Seven orders after an outage, and rules that ask for orders: all seven are told, in one bundle."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.show.test_cli import call, parsed
from tests.story import CTR, Story, headlines, telling, topics

CONFIG = Path(__file__).parents[2] / "config" / "monitor.yaml"
HOURS = 60


def sample_routes() -> str:
    """The routes that stand as comments in the sample configuration, switched on."""
    block = CONFIG.read_text().split("\nroutes:\n")[1].split("#\n")[0]
    own = re.sub(r"(?m)^.*\buse:.*\n", "", block)
    return "routes:\n" + re.sub(r"(?m)^#", "", own).replace("newsroom", "hook")


def to_hook(story: Story) -> list[dict[str, Any]]:
    return [document["data"] for document in story.documents]


def file_seven_orders(story: Story) -> list[str]:
    named = [f"Order on Motion {n}" for n in range(7)]
    for n, event in enumerate(named, 10):
        story.files(n, event, entry=n, minutes_ago=-30)
    return named


async def test_the_sample_routes_are_those_with_kinds_and_topics() -> None:
    assert "topics: [filed, amended]" in sample_routes()
    assert "kinds: [order," in sample_routes()


async def test_seven_orders_after_an_outage_are_told_in_one_bundle_with_one_verdict(
    tmp_path: Path, database_url: str
) -> None:
    async with telling(tmp_path, database_url, routes=sample_routes(), grace="90s") as story:
        before, mails = len(story.documents), len(story.mails)
        filed = file_seven_orders(story)
        await story.polls(3 * HOURS)
        (bundle,) = to_hook(story)[before:]
        orders = [alert for alert in bundle["alerts"] if alert["topic"] == "filed"]
        assert sorted(headlines(orders)) == filed
        assert topics(bundle["alerts"]).count("caught_up") == 1
        assert bundle["rules"] == ["rulings"]
        (mail,) = story.mails[mails:]
        body = mail.get_body(("plain",))
        assert body is not None
        assert all(event in body.get_content() for event in filed)
        assert await story.polls() == []
        assert len(story.mails) == mails + 1


async def test_who_asks_for_other_kinds_gets_none_of_the_orders_but_the_verdict(
    tmp_path: Path, database_url: str
) -> None:
    routes = "routes: [{name: motions, to: [hook], kinds: [motion]}]"
    async with telling(tmp_path, database_url, routes=routes) as story:
        file_seven_orders(story)
        assert topics(await story.polls(3 * HOURS)) == ["caught_up"]
        said = call(story, "explain", "dcd/1:25-cv-00457#10")
        assert "it takes the kinds motion, this is order" in said


async def test_each_entry_of_a_bundle_says_who_was_told_of_it(
    tmp_path: Path, database_url: str
) -> None:
    async with telling(tmp_path, database_url, routes=sample_routes()) as story:
        file_seven_orders(story)
        await story.polls(3 * HOURS)
        told = {
            (row["recipient"], row["delivery_id"])
            for number in range(10, 17)
            for row in parsed(story, "show", f"dcd/{CTR}#{number}")["deliveries"]
        }
        assert {recipient for recipient, _ in told} == {"desk", "hook"}
        assert len(told) == 2  # one bundle each


@pytest.mark.parametrize("filings", [1, 5, 6, 30])
async def test_however_many_orders_come_in_each_is_told_once(tmp_path: Path, filings: int) -> None:
    url = f"sqlite:///{tmp_path}/m.db"
    async with telling(tmp_path, url, routes=sample_routes()) as story:
        for n in range(10, 10 + filings):
            story.files(n, f"Order {n}", entry=n, minutes_ago=-30)
        told = await story.polls(3 * HOURS)
        orders = headlines([alert for alert in told if alert["topic"] == "filed"])
        assert sorted(orders) == sorted(f"Order {n}" for n in range(10, 10 + filings))
        assert topics(told).count("caught_up") == 1


async def test_an_amendment_answers_the_bundle_in_which_its_order_was_told(
    tmp_path: Path, database_url: str
) -> None:
    async with telling(tmp_path, database_url, routes=sample_routes()) as story:
        file_seven_orders(story)
        await story.polls(3 * HOURS)
        bundle, mail = to_hook(story)[-1], story.mails[-1]
        story.files(12, "Order Vacating", entry=12, minutes_ago=10)
        (amended,) = await story.polls()
        assert amended["amends"] in {alert["alert_id"] for alert in bundle["alerts"]}
        assert to_hook(story)[-1]["answers"] == bundle["delivery_id"]
        assert story.mails[-1]["In-Reply-To"] == mail["Message-ID"]


async def test_whoever_takes_one_alert_at_a_time_gets_seven_and_a_verdict(
    tmp_path: Path, database_url: str
) -> None:
    """Version 1 of the document has no place for a bundle."""
    async with telling(tmp_path, database_url, hook_version=1) as story:
        before = len(story.court.received)
        filed = file_seven_orders(story)
        await story.polls(3 * HOURS)
        data = [document["data"] for document in story.documents[before:]]
        assert [d["topic"] for d in data].count("away") == 1
        orders = [d["entries"][0]["headline"] for d in data if d["topic"] == "filed"]
        assert sorted(orders) == filed
