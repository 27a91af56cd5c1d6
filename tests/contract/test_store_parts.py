"""Entries, stories, watches, sources and quota: what one transaction keeps, the next one finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.classify.entry import judged
from monitor.model.change import GapClosed, GapOpened
from monitor.model.docket import DocketEntry, Document, Judgement, Sighting
from monitor.model.follow import Follow, FollowState
from monitor.model.news import Match, NewsItem
from monitor.model.outcome import (
    Consequences,
    PollOutcome,
    StoredSighting,
    StoredStory,
    Unreadable,
)
from monitor.model.quota import FREE_ACCOUNT, LookUp, Priority, Purpose
from monitor.model.source import NEVER, ShownItem, Source, Window
from monitor.model.watch import WatchState
from monitor.poll import claim_due
from monitor.sources.courtlistener import ENTRIES, WEBHOOK
from monitor.store import schema
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.make import DAY, DENIED, DOCKET_ID, HOUR, MINUTE, NUMBER, docket, entry, source, watch

COURT, OTHER = source(), source("court:dcd2")
CL = source(f"cl:entries:{DOCKET_ID}", ENTRIES, docket_number=NUMBER)
GAP = GapOpened(COURT.source_id, NOON - 30 * HOUR, NOON - 6 * HOUR, "longer than a day")
HOSTILE = "A&B \u202e<i>v.</i>\r\nSubject: x\x1b[1m \U0001f4dc"


def save(store: SqlStore, found: Consequences, by: Source = COURT, **more: Any) -> None:
    """What a poll of this source found, a moment after all that was saved before."""
    at: datetime = more.pop("at", NOON)
    with store.begin() as unit:
        unit.sources.put([COURT, OTHER, CL], NOON)
        (claim,) = claim_due(unit, at, 1, 60, [by.source_id])
        unit.save(PollOutcome(by.source_id, claim.lease, at, claim.state, found, **more))


def keep(store: SqlStore, *entries: DocketEntry) -> None:
    save(store, Consequences(dockets=(docket(),), entries=entries))


def by_id(store: SqlStore, *names: str) -> list[DocketEntry]:
    with store.begin() as unit:
        return unit.entries.by_id(names)


def seen(key: str = "k1", number: str = NUMBER, **more: Any) -> Sighting:
    values: dict[str, Any] = {"event_name": "Order", "entry_keys": (key,)} | more
    return Sighting(values.pop("by", COURT.source_id), key, "dcd", number, **values)


# --- entries ---


def test_an_entry_comes_out_as_it_was_put_in(store: SqlStore) -> None:
    paper = Document("04500000010", "48", 2, HOSTILE, "https://x/1", True, True)
    whole = entry(
        text=HOSTILE * 5_000,
        events=("Order", HOSTILE),
        url="https://x/2",
        documents=(paper,),
        keys=("dcd:seq:1:10",),
        possible_duplicate_of="e7",
        is_withdrawn=True,
    )
    keep(store, whole)
    assert by_id(store, "e1", "unknown") == [whole]


@pytest.mark.parametrize("judgement", [DENIED, replace(DENIED, is_dispositive=None), None])
def test_a_judgement_is_kept_with_its_entry(store: SqlStore, judgement: Judgement | None) -> None:
    keep(store, replace(entry(), judgement=judgement))
    (stored,) = by_id(store, "e1")
    assert stored.judgement == judgement


def test_an_entry_that_is_judged_otherwise_is_the_same_entry() -> None:
    assert replace(entry(), judgement=DENIED) == entry()


def test_the_judgement_is_the_one_of_the_words_that_stand_there_now(store: SqlStore) -> None:
    keep(store, judged(entry()))
    keep(store, judged(entry(text="ORDER denying 7 Motion to Stay.")))
    (stored,) = by_id(store, "e1")
    assert stored.judgement is not None
    assert stored.judgement.ruling.value == "denied"


def test_a_rebuilt_entry_loses_the_keys_and_papers_that_went_to_another(store: SqlStore) -> None:
    paper = Document("04500000010", "48")
    both = entry(keys=("k1", "k2"), documents=(paper,))
    keep(store, both)
    apart = (replace(both, keys=("k1",), documents=()), entry("e2", keys=("k2",)))
    save(store, Consequences(entries=apart, rebuilt=("e1",)))
    assert by_id(store, "e1", "e2") == list(apart)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(4)))
def test_entries_come_in_the_order_of_their_ids_however_they_were_saved(
    store: SqlStore, order: Sequence[int]
) -> None:
    for number in order:
        keep(store, entry(f"e{number}"))
    names = [f"e{number}" for number in order]
    assert [one.entry_id for one in by_id(store, *names)] == ["e0", "e1", "e2", "e3"]


def test_what_a_source_showed_is_known_of_it_and_of_no_other(store: SqlStore) -> None:
    keep(store, entry())
    shown = StoredSighting(seen(), "e1", "hash", NOON)
    save(store, Consequences(sightings=(shown,)))
    with store.begin() as unit:
        found = unit.entries.known(COURT.source_id, ["k1", "k2"])
        assert {key: (one.entry_id, one.words_hash) for key, one in found.items()} == {
            "k1": ("e1", "hash")
        }
        assert unit.entries.known(OTHER.source_id, ["k1"]) == {}


def test_a_view_keeps_the_moment_when_it_was_first_seen(store: SqlStore) -> None:
    keep(store, entry())
    early = StoredSighting(seen(text="old"), "e1", "1", NOON)
    late = StoredSighting(seen(text="new"), "e1", "2", NOON + HOUR)
    save(store, Consequences(sightings=(early, replace(early, words_hash="twice"))))
    save(store, Consequences(sightings=(late,)))
    with store.begin() as unit:
        (found,) = unit.entries.sightings_of(unit.entries.by_id(["e1"]))
    assert (found.seen_at, found.words_hash, found.sighting.text) == (NOON, "2", "new")


@pytest.mark.parametrize(
    ("sighting", "is_like"),
    [
        (seen("k1"), True),
        (seen("k9"), False),
        (seen("k9", entry_number=10), True),
        (seen("k9", entry_number=11), False),
        (seen("k9", documents=(Document("04500000010"),)), True),
        (seen("k9", date_filed=date(2026, 3, 5)), True),
        (seen("k9", date_filed=date(2026, 3, 9)), False),
        (seen("k9", "1:25-cv-00999", entry_number=10), False),
    ],
    ids=["key", "other key", "number", "other number", "paper", "near", "far", "other docket"],
)
def test_the_entries_that_a_sighting_may_be_of_are_found(
    store: SqlStore, sighting: Sighting, is_like: bool
) -> None:
    keep(store, entry(keys=("k1",), documents=(Document("04500000010"),)))
    with store.begin() as unit:
        assert [one.entry_id for one in unit.entries.like([sighting])] == ["e1"] * is_like


def test_questions_about_nothing_and_about_thousands_are_answered(store: SqlStore) -> None:
    keep(store, *(entry(f"e{n}", keys=(f"k{n}",)) for n in range(900)))
    with store.begin() as unit:
        assert unit.entries.like([]) == unit.entries.by_id([]) == []
        assert unit.entries.dockets([]) == {}
        assert len(unit.entries.like([seen(f"k{n}") for n in range(2_000)])) == 900


def test_recent_are_entries_of_watched_dockets_that_stand(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.watches.put(watch())
    there = docket("1:25-cv-00999")
    entries = (
        entry("new"),
        entry("old", date_filed=date(2026, 2, 1)),
        entry("undated", date_filed=None),
        entry("joined", merged_into="new"),
        entry("elsewhere", docket_id=there.docket_id),
    )
    save(store, Consequences(dockets=(docket(), there), entries=entries))
    with store.begin() as unit:
        assert [one.entry_id for one in unit.entries.recent(date(2026, 3, 1))] == ["new"]


def test_what_could_not_be_read_is_kept_raw_and_once(store: SqlStore) -> None:
    lost = Unreadable(COURT.source_id, HOSTILE * 100, "no title")
    for _ in range(2):
        save(store, Consequences(unreadable=(lost, replace(lost, raw="<item/>"))))
    t = schema.unreadable
    with store.begin() as unit:
        raws = unit.connection.execute(sa.select(t.c.raw)).scalars()
        assert sorted(raws) == sorted([lost.raw, "<item/>"])


def test_a_moment_without_a_zone_is_refused(store: SqlStore) -> None:
    naive = entry(first_seen_at=NOON.replace(tzinfo=None))
    with pytest.raises(sa.exc.StatementError, match="without a zone"):
        keep(store, naive)
    assert by_id(store, "e1") == []


def test_a_moment_of_another_zone_is_the_same_moment(store: SqlStore) -> None:
    eastern = NOON.astimezone(ZoneInfo("America/New_York"))
    keep(store, entry(first_seen_at=eastern, published_at=eastern))
    (stored,) = by_id(store, "e1")
    assert stored.first_seen_at == NOON
    assert stored.first_seen_at.utcoffset() == timedelta(0)


# --- stories ---


def story(key: str = "s1", **more: Any) -> StoredStory:
    item = NewsItem(COURT.source_id, key, HOSTILE, "Words.", "https://x/1", "Press", NOON)
    values: dict[str, Any] = {"seen_at": NOON, "story_id": key, "entry_id": "e1"} | more
    return StoredStory(item, (Match("ctr-v-irs", ("tax", "clinic"), 0.75),), **values)


def test_a_story_is_kept_as_it_was_first_seen(store: SqlStore) -> None:
    first = story()
    save(store, Consequences(stories=(first,)))
    save(store, Consequences(stories=(story(seen_at=NOON + DAY, entry_id=""),)))
    with store.begin() as unit:
        assert unit.stories.recent(NOON) == [first]
        assert unit.stories.recent(NOON + MINUTE) == []
        assert unit.stories.known(COURT.source_id, ["s1", "s2"]) == {"s1": first.item}
        assert unit.stories.known(OTHER.source_id, ["s1"]) == {}


# --- watches ---


def test_a_removed_watch_is_gone_from_the_list_and_known_all_the_same(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.watches.put(watch())
        unit.watches.put(watch("w2", number="1:25-cv-00999"))
        assert unit.watches.set_state("w", WatchState.REMOVED)
        assert not unit.watches.set_state("nobody's", WatchState.REMOVED)
        assert [one.watch_id for one in unit.watches.all()] == ["w2"]
        assert [one.watch_id for one in unit.watches.every()] == ["w", "w2"]
        assert unit.watches.states()["w"] == (WatchState.REMOVED, "config")


@pytest.mark.parametrize("leads", [(), ("desk",), ("desk", "hook")])
def test_to_whom_a_watch_leads_is_kept_and_nobody_is_not_unknown(
    store: SqlStore, leads: tuple[str, ...]
) -> None:
    with store.begin() as unit:
        unit.watches.put(watch())
        assert [one.leads_to for one in unit.watches.all()] == [None]
        unit.watches.set_leads({"w": leads})
        unit.watches.put(watch())  # as every start of the program does
        assert [one.leads_to for one in unit.watches.all()] == [leads]


def test_what_courtlistener_calls_a_docket_is_known_to_its_watch_once_it_was_read(
    store: SqlStore,
) -> None:
    with store.begin() as unit:
        unit.watches.put(watch())
    save(store, Consequences(dockets=(replace(docket(), cl_docket_id=7_000_000_000),)))
    with store.begin() as unit:
        assert [one.cl_docket_id for one in unit.watches.all()] == [7_000_000_000]


def test_a_first_reading_is_remembered_until_the_watch_begins_anew(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.watches.put(watch())
    for _ in range(2):
        save(store, Consequences(baselines=("w",), told_watches=("w",)))
    with store.begin() as unit:
        assert unit.watches.baselines(COURT.source_id) == {"w"}
        assert unit.watches.baselines(OTHER.source_id) == frozenset()
        assert [one.told_at for one in unit.watches.all()] == [NOON]
        unit.watches.forget_baselines("w", NOON + DAY)
        assert unit.watches.baselines(COURT.source_id) == frozenset()
        assert [(w.since, w.told_at) for w in unit.watches.all()] == [(NOON + DAY, None)]


def follow(state: FollowState, number: str = "", **more: Any) -> Follow:
    values: dict[str, Any] = {"entry_id": "e1", "reason": HOSTILE, "at": NOON} | more
    return Follow(
        DOCKET_ID, "cadc", number, state, case_id="ctr-v-irs", case_label="CTR v. IRS", **values
    )


def follows(store: SqlStore, *told: Follow) -> list[tuple[str, str]]:
    with store.begin() as unit:
        for one in told:
            unit.watches.settle_follow(one)
        return sorted((one.appeal_number, one.state.value) for one in unit.watches.follows())


def test_a_bound_appeal_settles_what_was_pending_and_proposed_below(store: SqlStore) -> None:
    waiting = follow(FollowState.PENDING), follow(FollowState.PROPOSED, "26-5001")
    elsewhere = replace(waiting[0], court_id="cafc")
    found = follows(store, *waiting, elsewhere, follow(FollowState.BOUND, "26-5006"))
    assert found == [("", "pending"), ("26-5006", "bound")]


def test_an_appeal_that_a_person_refused_stays_refused(store: SqlStore) -> None:
    refused = follow(FollowState.REFUSED, "26-5001")
    proposed = follow(FollowState.PROPOSED, "26-5001")
    assert follows(store, proposed, refused, proposed) == [("26-5001", "refused")]


# --- sources ---


def test_a_source_that_is_defined_anew_keeps_what_was_read(store: SqlStore) -> None:
    shown = (ShownItem("ff", "k1", NOON), ShownItem("", "k2", None, is_missed=True))
    window = Window(b"\x00\xff", b"\x01" * 16, "list", NOON, HOSTILE, shown)
    with store.begin() as unit:
        unit.sources.put([COURT], NOON)
        (claim,) = claim_due(unit, NOON, 1, 60)
        state = replace(
            claim.state, last_good_at=NOON, cursor="{}", covered_until=NOON, window=window
        )
        unit.save(PollOutcome(COURT.source_id, claim.lease, NOON, state, window_changed=True))
        unit.sources.put([replace(COURT, name=HOSTILE, every=HOUR)], NOON + DAY)
        (again,) = claim_due(unit, NOON + DAY, 1, 60)
    assert (again.source.name, again.source.every) == (HOSTILE, HOUR)
    assert again.state == state


def test_a_window_that_did_not_change_is_not_written(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.sources.put([COURT], NOON)
        (claim,) = claim_due(unit, NOON, 1, 60)
        forgotten = replace(claim.state, window=Window(b"x"))
        unit.save(PollOutcome(COURT.source_id, claim.lease, NOON, forgotten))
        (again,) = claim_due(unit, NOON, 1, 60)
    assert again.state.window == Window()


def test_a_source_that_nobody_names_any_more_rests_and_comes_back(store: SqlStore) -> None:
    by_hand = replace(OTHER, origin="cli")
    with store.begin() as unit:
        unit.sources.put([COURT, by_hand], NOON)
        unit.sources.disable_except([])
        assert [one.source.source_id for one in unit.sources.due(NOON, 9)] == ["court:dcd2"]
        assert unit.sources.overdue(NOON + DAY) == "court:dcd2"
        unit.sources.put([COURT], NOON)
        assert len(unit.sources.due(NOON, 9)) == 2


def test_a_source_that_sends_by_itself_is_never_due_nor_overdue(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.sources.put([source("cl:webhook", WEBHOOK)], NOON)
        assert unit.sources.due(NOON + 3_000 * DAY, 9) == []
        assert unit.sources.overdue(NOON + 3_000 * DAY) == ""
        due = unit.sources.due(NOON, 9, ["cl:webhook"])
    assert [one.state.next_due_at for one in due] == [NEVER]


def test_a_source_that_is_being_read_is_not_overdue(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.sources.put([COURT], NOON)
        claim_due(unit, NOON + HOUR, 1, 600)
        assert unit.sources.overdue(NOON + HOUR) == ""
        assert unit.sources.overdue(NOON + 2 * HOUR) == "court:dcd"


# --- quota ---


def look_up(subject: str, by: Source = CL, **more: Any) -> LookUp:
    values: dict[str, Any] = {"purpose": Purpose.GAP, "priority": Priority.GAP} | more
    return LookUp(source_id=by.source_id, subject=subject, asked_at=NOON, next_at=NOON, **values)


def test_a_look_up_is_seen_with_all_that_are_about_the_same(store: SqlStore) -> None:
    ours, theirs = look_up("gap"), look_up("gap", OTHER)
    save(store, Consequences(look_ups=(ours, theirs, look_up("another", OTHER))))
    with store.begin() as unit:
        assert unit.quota.look_ups_of(CL.source_id) == [ours, theirs]
        assert unit.quota.look_ups_of(COURT.source_id) == []
        unit.sources.disable_except([CL.source_id])
        assert unit.quota.look_ups_of(CL.source_id) == [ours]  # who rests answers nothing


def test_a_look_up_that_is_asked_again_is_one_look_up(store: SqlStore) -> None:
    first = look_up("e1", purpose=Purpose.TEXT, priority=Priority.TEXT)
    again = replace(first, attempts=1, next_at=NOON + 2 * MINUTE, priority=Priority.TEXT_AGAIN)
    for one in (first, again):
        save(store, Consequences(look_ups=(one,)))
    with store.begin() as unit:
        assert unit.quota.look_ups() == [again]


def test_calls_of_the_last_day_are_counted_by_what_they_were_for(store: SqlStore) -> None:
    ages = (25 * HOUR, 23 * HOUR, HOUR, timedelta(0), -2 * HOUR)  # the last by a wrong clock
    with store.begin() as unit:
        for age in ages:
            unit.quota.record(CL.source_id, Priority.GAP, NOON - age)
        spent = unit.quota.spent(NOON)
    assert spent.calls == (NOON - 23 * HOUR, NOON - HOUR, NOON)
    assert spent.limits == FREE_ACCOUNT


def test_a_rest_that_lies_too_far_ahead_is_not_believed(store: SqlStore) -> None:
    for until, believed in ((NOON + HOUR, NOON + HOUR), (NOON + 400 * DAY, None)):
        save(store, Consequences(), blocked_until=until)
        with store.begin() as unit:
            assert unit.quota.spent(NOON).blocked_until == believed


def open_gaps(store: SqlStore) -> list[tuple[datetime, tuple[str, ...]]]:
    names = {f"{COURT.source_id}@{GAP.from_at.isoformat()}"}
    with store.begin() as unit:
        return [(gap.from_at, gap.found) for gap in unit.quota.open_gaps(names)]


def test_a_gap_is_open_until_it_is_closed(store: SqlStore) -> None:
    save(store, Consequences(changes=(GAP,)))
    save(store, Consequences(changes=(GAP,)))
    assert open_gaps(store) == [(GAP.from_at, ())]
    with store.begin() as unit:
        assert unit.quota.open_gaps([]) == unit.quota.open_gaps(["another@gap"]) == []
    closed = GapClosed(GAP.source_id, GAP.from_at, GAP.until_at, GAP.reason)
    save(store, Consequences(changes=(closed,)))
    assert open_gaps(store) == []


def test_an_open_gap_names_what_it_hid_and_what_was_found_since(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.watches.put(watch())
    save(store, Consequences(changes=(GAP,)))
    later, day = NOON + HOUR, date(2026, 3, 1)
    elsewhere = docket("1:25-cv-00999")
    save(
        store,
        Consequences(
            dockets=(docket(), elsewhere),
            entries=(
                entry("found", date_filed=day, first_seen_at=later),
                entry("known before", date_filed=day, first_seen_at=NOON - DAY),
                entry("too old", date_filed=date(2026, 2, 1), first_seen_at=later),
                entry("too new", date_filed=date(2026, 3, 3), first_seen_at=later),
                entry("joined", date_filed=day, first_seen_at=later, merged_into="found"),
                entry("x", docket_id=elsewhere.docket_id, date_filed=day, first_seen_at=later),
            ),
        ),
    )
    assert open_gaps(store) == [(GAP.from_at, ("found",))]
