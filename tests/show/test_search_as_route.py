"""A saved search as a route: the same filings or more, and every difference by name."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from monitor.history.record import reading
from monitor.history.search_trial import SearchAsRoute, as_route
from monitor.history.search_words import read_query
from monitor.settings.load import load_settings
from tests.make import DAY
from tests.show.test_cli import call
from tests.show.test_history_command import shown
from tests.story import CTR, Story, telling

ROUTES = "routes: [{name: everything, to: [desk]}]"


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    async with telling(tmp_path, database_url, has_token=True, routes=ROUTES) as told:
        told.files(10, "Order", entry=10, text="ORDER denying 7 Motion to Stay Pending Appeal")
        told.files(11, "Motion for Leave", entry=11, text="MOTION for Leave to File")
        told.files(12, "Preliminary Injunction", entry=12)
        told.files(13, "Order", entry=13, text="ORDER setting a hearing")
        await told.polls()
        yield told


def tried(story: Story, said: str, to: tuple[str, ...] = ("hook",)) -> SearchAsRoute:
    config = load_settings(story.folder / "monitor.yaml", needs_secrets=False).config
    with reading(story.app.store) as record:
        query = read_query(said, story.now)
        return as_route(record, query, config, "saved", to, story.now - 30 * DAY)


def told(found: SearchAsRoute) -> set[str]:
    return {a.headline for day in found.days for a in day.alerts if a.topic == "filed"}


async def test_an_order_and_what_may_be_one_is_told(story: Story) -> None:
    found = tried(story, "kind:order court:dcd")
    assert found.yaml == (
        "routes:\n  - name: saved\n    to: [hook]\n    courts: [dcd]\n    kinds: [order]\n"
    )
    assert (found.wider, found.narrower, found.missed) == ((), (), ())
    assert {"Order", "Preliminary Injunction"} <= told(found)
    assert "Motion for Leave" not in told(found)


async def test_what_is_left_out_is_left_out_of_the_route(story: Story) -> None:
    found = tried(story, "kind:order -hearing")
    assert "words:\n      none: [hearing]" in found.yaml
    assert found.missed == ()


async def test_a_phrase_across_a_name_and_a_text_leaves_nothing_out(story: Story) -> None:
    story.files(14, "Order", entry=14, text="granting in part the motion. SIGNED")
    await story.polls()
    found = tried(story, 'kind:order -"order granting"')
    assert 'none: ["order granting"]' in found.yaml
    assert found.missed == ()


async def test_what_a_route_judges_once_for_all_dockets_is_named(story: Story) -> None:
    for said in ("-kind:motion", "-is:dispositive", "kind:order -is:uncertain"):
        assert any("is judged once" in part for part in tried(story, said).narrower)


async def test_words_only_of_the_caption_are_missed_and_every_one_is_named(story: Story) -> None:
    """A route looks into the filing, the search into its caption, too: an order would be missed."""
    found = tried(story, "kind:order taxpayer")
    assert any("also in its caption" in part for part in found.narrower)
    assert "Order" in {alert.headline.split(":")[0] for alert in found.missed}
    said = " ".join(
        call(
            story, "search", "kind:order taxpayer", "--as-route", "saved", "--to", "hook",
            "--tried-since", "3650d",
        ).split()
    )  # fmt: skip
    assert "The route may take LESS than the search. taxpayer:" in said
    assert "MISSED: the search finds" in said


WIDER = {
    "kind:order number:10": "number:10: no route asks for that",
    "kind:order is:withdrawn": "is:withdrawn: no route asks for that",
    "kind:order source:court:dcd": "would be missed",
    "kind:order seen:7d": "a route takes what comes",
    "kind:order -court:cadc": "-court:cadc: a route cannot leave that out",
    "kind:order kind:motion": "a route asks for kinds once",
    "-kind:motion kind:order": "-kind:motion: a route cannot leave that out",
    "-hearing in:news": "a route cannot leave that out",
    "in:news hearing": "asks news for no words",
}


@pytest.mark.parametrize("said", WIDER)
async def test_what_a_route_cannot_ask_is_named_and_left_out(story: Story, said: str) -> None:
    (part,) = tried(story, said).wider
    assert WIDER[said] in part


REFUSED = {
    "number:10": "it would take everything",
    "kind:order OR stay": "a route cannot say kind:order OR stay",
    "25-cv-457": "write docket:",
    "kind:order docket:25-cv-475": "did you mean",
}


@pytest.mark.parametrize("said", REFUSED)
async def test_what_no_route_can_say_is_an_error(story: Story, said: str) -> None:
    done = shown(story, "search", said, "--as-route", "saved", "--to", "desk")
    assert done.exit_code == 2
    assert REFUSED[said] in " ".join((done.output + str(done.exception)).split())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--as-route", "saved"], "say whom the route tells: --to"),
        (["--to", "desk"], "name the route with --as-route"),
        (["--as-route", "saved", "--to", "desc"], "did you mean “desk”"),
        (["--as-route", "everything", "--to", "desk"], "called 'everything' already"),
        (["--as-route", "No Name", "--to", "desk"], "small letters, digits and hyphens"),
    ],
)
async def test_a_route_has_a_name_and_somebody_to_tell(
    story: Story, more: list[str], said: str
) -> None:
    done = shown(story, "search", "kind:order", *more)
    assert done.exit_code != 0
    assert said in " ".join((done.output + str(done.exception)).split())


EVERY_KEY = (
    f"kind:order OR kind:opinion ruling:denied court:dcd docket:{CTR} case:ctr-v-irs party:taxpayer "
    'is:dispositive -is:uncertain "as \\ #moot" sta* -"a: b" appeal OR stay'
)


async def test_the_configuration_reads_the_route_as_it_is_printed(story: Story) -> None:
    found = tried(story, EVERY_KEY)
    file = story.folder / "monitor.yaml"
    file.write_text(file.read_text().replace(ROUTES, found.yaml))
    (route,) = load_settings(file, needs_secrets=False).config.routes
    assert (route.kinds, route.rulings, route.courts) == (
        ("order", "opinion"),
        ("denied",),
        ("dcd",),
    )
    assert (route.cases, route.parties, route.dispositive) == (("ctr-v-irs",), ("taxpayer",), True)
    assert [(one.court, one.number) for one in route.dockets] == [("dcd", CTR)]
    assert route.certainty == "certain"
    assert route.words.all == ("as \\ #moot", "sta*")
    assert (route.words.any, route.words.none) == (("appeal", "stay"), ("a: b",))


async def test_in_a_tree_it_takes_nothing_from_others(story: Story) -> None:
    file = story.folder / "monitor.yaml"
    file.write_text(file.read_text() + "\notherwise: [hook]\n")
    assert "continue: true" in tried(story, "kind:order").yaml


async def test_machines_get_the_answer_whole(story: Story) -> None:
    done = shown(story, "search", "kind:order", "--as-route", "x", "--to", "desk", "--json")
    found: dict[str, Any] = json.loads(done.stdout)
    assert set(found) == {
        *("yaml", "wider", "narrower", "since", "alerts", "days", "missed", "without_alert")
    }
