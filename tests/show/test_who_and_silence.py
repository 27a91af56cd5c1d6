"""Who is told of an entry; and muting by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from monitor.errors import UsageError
from tests.show.test_cli import call, parsed
from tests.story import CTR, Story, telling

ORDERS = "routes: [{name: orders, to: [desk], kinds: [order]}, {name: all, to: [hook]}]"


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    now = datetime.now(UTC)
    database = f"sqlite:///{tmp_path}/m.db"
    async with telling(tmp_path, database, now=now, routes=ORDERS) as one:
        yield one


async def test_who_was_told_by_which_route_and_why_another_was_not(story: Story) -> None:
    story.files(10, "Order", entry=10)
    story.files(11, "Notice", entry=11)
    await story.polls()
    found = parsed(story, "who", f"dcd/{CTR}#10")
    assert {(one["recipient"], one["state"], *one["rules"]) for one in found["told"]} == {
        ("desk", "told", "orders"),
        ("hook", "told", "all"),
    }
    assert found["not_told"] == []
    said = call(story, "who", f"dcd/{CTR}#11")
    assert "hook: told" in said
    assert "desk: not told (orders: it takes the kinds order" in " ".join(said.split())


async def test_what_waits_says_why(story: Story) -> None:
    story.court.modes["/hook"] = "500"
    story.files(10, "Order", entry=10)
    await story.polls()
    (waits,) = [
        one for one in parsed(story, "who", f"dcd/{CTR}#10")["told"] if one["recipient"] == "hook"
    ]
    assert (waits["state"], "500" in waits["why"]) == ("will be told", True)


async def test_a_silence_is_made_listed_and_ended_by_hand(story: Story) -> None:
    call(story, "silence", "add", "--case", "ctr-v-irs", "--for", "2d", "--reason", "we know")
    ((silence),) = parsed(story, "silence", "list")
    story.files(11, "Notice", entry=11)
    assert await story.polls() == []
    waits = parsed(story, "who", f"dcd/{CTR}#11")["told"]
    assert [one["state"] for one in waits] == ["will be told"]
    assert f"silenced by {silence['silence_id']}" in waits[0]["rules"][0]
    assert "sent at once" in call(story, "silence", "end", silence["silence_id"])
    assert [hook["topic"] for hook in await story.polls()][:1] == ["filed"]
    assert parsed(story, "silence", "list") == []
    assert len(parsed(story, "silence", "list", "--all")) == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--case", "ctr-v-irs"], "a silence has an end"),
        (["--case", "ctr-v-irs", "--for", "1d", "--until", "2030-01-01"], "and not both"),
        (["--for", "1d"], "name what is muted"),
        (["--case", "ctr-v-ris", "--for", "1d"], "did you mean “ctr-v-irs”"),
        (["--kind", "oder", "--for", "1d"], "did you mean “order”"),
        (["--topic", "gap_openend", "--for", "1d"], "did you mean “gap_opened”"),
        (["--kind", "order", "--recipient", "dsk", "--for", "1d"], "did you mean “desk”"),
        (["--docket", f"dcd/{CTR}9", "--for", "1d"], "is watched; did you mean"),
        (["--case", "ctr-v-irs", "--for", "1000d"], "within 90 days"),
        (["--case", "ctr-v-irs", "--until", "2020-01-01"], "not in the past"),
    ],
)
async def test_a_silence_that_makes_no_sense_is_an_error(
    story: Story, args: list[str], words: str
) -> None:
    with pytest.raises((UsageError, click.ClickException)) as caught:
        call(story, "silence", "add", "--reason", "x", *args)
    assert words in str(caught.value)
    assert parsed(story, "silence", "list") == []


async def test_ending_what_is_not_on_is_an_error(story: Story) -> None:
    with pytest.raises(UsageError, match="`silence list` names them"):
        call(story, "silence", "end", "s-nothing")
