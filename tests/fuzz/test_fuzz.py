"""A bad item spoils itself only: whatever it holds, the order beside it is read, stored and told.

Bodies are made from a kind and a number, which a failure names; `made(kind, number)` makes the
body again. `make fuzz` tries many more of them than the suite does.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime

import pytest

from monitor.decide.policy import Policy
from monitor.errors import ParseError
from monitor.model import alert as alerts
from monitor.model.alert import Alert
from monitor.model.outcome import PollOutcome
from monitor.model.reading import Reading
from monitor.model.source import SourceState
from monitor.model.watch import NewsTerms
from monitor.poll import MOST_REQUESTS, Poller, claim_due
from monitor.ports import Fetched, Fetcher, Request
from monitor.sources.news_feed import reader as news_reader
from monitor.sources.registry import every_reader, polled_readers
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.fuzz.bodies import KINDS, STEP, Body, Kind, made, mark
from tests.make import MINUTE

#: Some codecs warn of what they are asked to decode.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

#: How many bodies are read, and how many go through each database.
READ = int(os.environ.get("MONITOR_FUZZ_READ", "3200"))
STORED = int(os.environ.get("MONITOR_FUZZ_STORED", "320"))
#: Where they begin: other numbers are other bodies.
FIRST = int(os.environ.get("MONITOR_FUZZ_FIRST", "1"))
#: So many tests share the bodies, for the processes that run them.
_SHARES = 4
POLICY = Policy(
    news_terms=(
        NewsTerms("ctr-v-irs", "CTR v. IRS", names=("Center for Taxpayer Rights v. IRS",)),
    ),
    has_api=True,
)


@pytest.fixture(autouse=True)
def _not_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process for each of a hundred thousand feeds would take a day; see `test_apart`."""
    monkeypatch.setattr(news_reader, "apart", lambda work, *args: work(*args))


def read(kind: Kind, body: Body, state: SourceState) -> Reading | ParseError:
    """What the reader of this kind makes of a body, asking for as many answers as it wants."""
    reader, traits = every_reader()[kind.source.traits.kind], kind.source.traits
    asked = (
        None
        if traits.is_pushed
        else polled_readers()[traits.kind].first_request(kind.source, state)
    )
    bodies: list[Fetched] = []
    for _ in range(MOST_REQUESTS):
        bodies.append(Fetched(body.answer(asked.url if asked else "")))
        try:
            step = reader.read(kind.source, state, kind.watchlist, tuple(bodies))
        except ParseError as exc:
            return exc
        if isinstance(step, Reading):
            return step
        assert isinstance(step, Request)
        asked = step
    return ParseError("it wants more requests than one poll may make")


@pytest.mark.parametrize("share", range(_SHARES))
@pytest.mark.parametrize("name", KINDS)
def test_a_bad_item_costs_the_reading_of_no_other(name: str, share: int) -> None:
    kind, failed = KINDS[name], []
    for number in range(FIRST + share, FIRST + READ // len(KINDS), _SHARES):
        body = made(name, number)
        try:
            found = read(kind, body, SourceState(NOON))
            if body.is_spared:
                assert isinstance(found, Reading), f"refused: {found}"
                assert kind.shows(found, number), "the good one beside it was not read"
        except Exception as exc:
            failed.append((number, f"{type(exc).__name__}: {str(exc)[:300]}"))
    assert failed == [], f"{len(failed)} bodies of {name!r}"


# --- through the databases ---


class Nobody:
    """Fetches nothing: the bodies are here."""


def poller(store: SqlStore, now: datetime) -> Poller:
    nobody: Fetcher = Nobody()  # type: ignore[assignment]
    return Poller(nobody, polled_readers(), store, POLICY, lambda: now, lambda: 0.5)


def poll(
    store: SqlStore, kind: Kind, body: Body, number: int
) -> tuple[PollOutcome, Reading | None]:
    """One poll with the real parts, but for the net."""
    now = NOON + number * STEP + MINUTE
    with store.begin() as unit:
        (claim,) = claim_due(unit, now, 1, 60, [kind.source.source_id])
    claim = replace(claim, priority=None)
    answer = read(kind, body, claim.state)
    outcome = poller(store, now).conclude(claim, answer, kind.watchlist)
    return outcome, answer if isinstance(answer, Reading) else None


def told_entries(told: tuple[Alert, ...]) -> set[str]:
    """The entries that these alerts tell."""
    found: set[str] = set()
    for one in told:
        if isinstance(one, alerts.Filed):
            found |= {entry.entry_id for entry in one.entries}
        elif isinstance(one, alerts.Amended):
            found.add(one.entry.entry_id)
    return found


def check_told(kind: Kind, body: Body, number: int, outcome: PollOutcome) -> None:
    if not body.is_spared:
        return
    assert not outcome.failed
    found = outcome.consequences
    if kind.source.traits.shows_filings:
        ours = {
            stored.entry_id
            for stored in found.sightings
            if mark(number) in {stored.sighting.event_name, stored.sighting.text}
        }
        assert ours, "the good order was not stored"
        assert ours & told_entries(found.alerts), "the good order was not told"
    elif kind.is_told:
        assert any(story.item.title == mark(number) for story in found.stories)


def begin(store: SqlStore, kind: Kind) -> None:
    """The source is read for the first time, with nothing bad in it."""
    with store.begin() as unit:
        unit.sources.put([kind.source], NOON)
        for watch in kind.watches:
            unit.watches.put(watch)


@pytest.mark.parametrize("name", KINDS)
def test_a_bad_item_costs_the_telling_of_no_other(name: str, store: SqlStore) -> None:
    kind, failed = KINDS[name], []
    begin(store, kind)
    for number in range(FIRST, FIRST + STORED // len(KINDS)):
        body = made(name, number)
        try:
            outcome, _ = poll(store, kind, body, number)
            if number > FIRST:
                check_told(kind, body, number, outcome)
        except Exception as exc:
            failed.append((number, f"{type(exc).__name__}: {str(exc)[:300]}"))
    assert failed == [], f"{len(failed)} bodies of {name!r}"
