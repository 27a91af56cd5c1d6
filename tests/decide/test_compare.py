"""What a reading changes: nothing known is lost, nothing seen is overlooked, in whatever order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.decide.compare import Comparison, compare, fresh_sightings
from monitor.diff.docket import words_hash
from monitor.model.alert import Filed, NowWatching
from monitor.model.change import CaptionChanged, EntryFiled, EntryRevised, TextFilledIn
from monitor.model.docket import Docket, Sighting
from monitor.model.outcome import Consequences
from monitor.model.reading import KnownSighting, Memory, Reading
from monitor.model.source import ShownItem, Window
from monitor.model.subjects import entries_of
from tests.feeds import NOON
from tests.make import DOCKET_ID, HOUR, MINUTE, NUMBER

COURT, CL = "court:dcd", f"cl:entries:{DOCKET_ID}"
TODAY = date(2026, 3, 2)


def seen(event: str = "Order", seq: int = 10, **more: Any) -> Sighting:
    """One item of the court's own feed."""
    values: dict[str, Any] = {
        "case_name": "DOE et al v. ROE et al",
        "entry_keys": (f"dcd:seq:1:{seq}",),
        "entry_number": seq,
        "event_name": event,
        "date_filed": TODAY,
        "published_at": NOON - MINUTE,
    } | more
    where: dict[str, Any] = {"source_id": COURT, "court_id": "dcd", "docket_number": NUMBER}
    return Sighting(**(where | {"sighting_key": f"{seq}|{event}"} | values))


def row(text: str = "", number: int | None = 10, key: int = 900, **more: Any) -> Sighting:
    """One row of CourtListener's listing."""
    values: dict[str, Any] = {
        "entry_keys": (f"cl:{key}",),
        "entry_number": number,
        "date_filed": TODAY,
        "text": text,
    } | more
    return Sighting(CL, f"cl:{key}", "dcd", NUMBER, **values)


def showing(*keys: str) -> Window:
    return Window(shown=tuple(ShownItem("f", key, NOON) for key in keys))


def reads(
    *sightings: Sighting,
    memory: Memory | None = None,
    by: str = COURT,
    now: datetime = NOON,
    **more: Any,
) -> Comparison:
    return compare(by, Reading(sightings=sightings, **more), memory or Memory(), now)


def remembered(memory: Memory, found: Consequences, by: str = COURT) -> Memory:
    """What `by` is compared with next, once these consequences were saved."""
    sightings = {(s.sighting.source_id, s.sighting.sighting_key): s for s in memory.sightings}
    sightings |= {(s.sighting.source_id, s.sighting.sighting_key): s for s in found.sightings}
    entries = {e.entry_id: e for e in (*memory.entries, *found.entries)}
    alerts = [alert for alert in found.alerts if isinstance(alert, Filed | NowWatching)]
    told = {(a.case.case_id, name): a.alert_id for a in alerts for name in entries_of(a)}
    return replace(
        memory,
        known={
            key: KnownSighting(stored.entry_id, stored.words_hash)
            for (source_id, key), stored in sightings.items()
            if source_id == by
        },
        entries=tuple(entries.values()),
        sightings=tuple(sightings.values()),
        dockets={**memory.dockets, **{d.docket_id: d for d in found.dockets}},
        first_alerts=told | dict(memory.first_alerts),
        baselines=memory.baselines | set(found.baselines),
        stories={**memory.stories, **{one.item.item_key: one.item for one in found.stories}},
        recent_stories=(*memory.recent_stories, *found.stories),
    )


def known(*sightings: Sighting, to: str = COURT, memory: Memory | None = None) -> Memory:
    """What `to` is compared with after these were read, one a minute, an hour ago."""
    before = memory or Memory(baselines=frozenset({"w"}))
    for place, one in enumerate(sightings):
        by, now = one.source_id, NOON - HOUR + place * MINUTE
        before = remembered(before, Consequences(), by)
        found = reads(one, memory=before, by=by, now=now)
        before = remembered(before, found.consequences(), by)
    return remembered(before, Consequences(), to)


def kinds(found: Comparison) -> list[str]:
    return [change.kind for changes in found.changes.values() for change in changes]


# --- entries ---


def test_an_entry_seen_for_the_first_time_is_filed() -> None:
    found = reads(seen())
    (entry_id,) = found.changes
    assert found.is_new(entry_id)
    assert found.changes[entry_id] == (EntryFiled(entry_id, COURT),)
    assert found.entries[entry_id].judgement is not None
    assert found.consequences().sightings[0].entry_id == entry_id


def test_reading_the_same_again_changes_nothing() -> None:
    memory = known(seen(), seen("Notice", 11))
    found = reads(seen("Notice", 11), seen(), memory=memory)
    assert found.consequences() == Consequences()


def test_events_of_one_entry_gather_and_none_is_dropped() -> None:
    events = ["Order on Motion to Stay", "Memorandum Opinion", "~Util - Terminate Motions"]
    found = reads(*(seen(event) for event in events))
    (entry,) = found.consequences().entries
    assert set(entry.event_names) == set(events)
    assert len(found.consequences().sightings) == 3


def test_a_later_event_is_added_to_the_known_ones() -> None:
    found = reads(seen(), seen("Memorandum Opinion"), memory=known(seen()))
    (entry,) = found.consequences().entries
    assert entry.event_names == ("Order", "Memorandum Opinion")
    assert not found.is_new(entry.entry_id)


def test_a_text_fills_in_what_the_court_showed_as_a_stub() -> None:
    text = "ORDER denying 7 Motion to Stay."
    found = reads(row(text), memory=known(seen(), to=CL), by=CL)
    (entry,) = found.consequences().entries
    assert found.changes[entry.entry_id] == (TextFilledIn(entry.entry_id, CL, text),)
    assert (entry.event_names, entry.text) == (("Order",), text)
    assert set(entry.source_ids) == {COURT, CL}


def test_a_stub_takes_no_text_away() -> None:
    memory = known(row("ORDER denying 7 Motion to Stay."))
    (entry,) = reads(seen(), memory=memory).consequences().entries
    assert entry.text == "ORDER denying 7 Motion to Stay."


def test_what_a_page_does_not_show_any_more_stays() -> None:
    memory = known(seen(), seen("Notice", 11))
    found = reads(seen("Notice", 11), memory=memory)
    assert {entry.entry_id for entry in memory.entries} <= set(found.entries)
    assert found.consequences().entries == ()


@pytest.mark.parametrize(
    "words",
    ["ORDER\r\nBcc: all@example.org", "<script>alert(1)</script>", "\u202eREDRO", "\x00\x1b[2J", "x" * 300_000],
    ids=["header", "markup", "right to left", "control", "huge"],
)  # fmt: skip
def test_hostile_words_are_kept_letter_for_letter(words: str) -> None:
    memory = known(row(words), to=CL)
    assert memory.entries[0].text == words
    assert reads(row(words), memory=memory, by=CL).consequences() == Consequences()


def test_two_that_prove_to_be_one_keep_the_older_name() -> None:
    memory = known(seen("Notice", entry_number=None), row("ORDER. Status report by Friday.", 48))
    older, younger = sorted(memory.entries, key=lambda entry: entry.first_seen_at)
    proof = row("ORDER. Status report by Friday.", 48, entry_keys=("cl:900", "dcd:seq:1:10"))
    found = reads(proof, memory=remembered(memory, Consequences(), CL), by=CL)
    assert found.entries[younger.entry_id].merged_into == older.entry_id
    assert found.entries[older.entry_id].text == "ORDER. Status report by Friday."
    assert found.entries[older.entry_id].merged_into == ""


# --- withdrawn, and back ---

BOTH = (seen(), seen("Notice", 11))


def gone(memory: Memory, *still: str, brings: Sequence[Sighting] = ()) -> Comparison:
    """A reading that shows only `still` of what is known, though older items are there."""
    return reads(*brings, memory=memory, vanished=("10|Order",), window=showing(*still))


def test_an_entry_that_vanishes_between_others_is_withdrawn() -> None:
    found = gone(known(*BOTH), "11|Notice")
    assert kinds(found) == ["entry_withdrawn"]
    (entry,) = found.consequences().entries
    assert entry.is_withdrawn
    assert entry.event_names == ("Order",)


def test_one_event_that_goes_leaves_the_entry_where_it_is() -> None:
    memory = known(*BOTH, seen("Memorandum Opinion"))
    assert gone(memory, "10|Memorandum Opinion").changes == {}


def test_an_edited_event_is_a_revision_and_no_withdrawal() -> None:
    edited = seen("Order on Motion")
    found = gone(known(*BOTH), "11|Notice", brings=[edited])
    assert kinds(found) == ["entry_revised"]


def test_what_vanished_but_was_never_kept_is_nothing() -> None:
    assert gone(Memory(), "11|Notice").changes == {}


def test_without_a_window_nothing_is_withdrawn() -> None:
    assert reads(memory=known(*BOTH), vanished=("10|Order",)).changes == {}


def test_what_is_shown_again_is_no_longer_withdrawn() -> None:
    memory = known(*BOTH)
    withdrawn = remembered(memory, gone(memory, "11|Notice").consequences())
    found = reads(*BOTH, memory=withdrawn)
    ((change,),) = found.changes.values()
    assert isinstance(change, EntryRevised)
    assert (change.field, change.before) == ("is_withdrawn", "withdrawn")
    assert not any(entry.is_withdrawn for entry in found.consequences().entries)


def test_an_old_build_from_a_cache_brings_nothing_back() -> None:
    memory = known(*BOTH)
    withdrawn = remembered(memory, gone(memory, "11|Notice").consequences())
    assert reads(*BOTH, memory=withdrawn, is_old=True).changes == {}


# --- dockets ---


def test_a_docket_met_for_the_first_time_is_no_change() -> None:
    found = reads(seen())
    assert found.head_changes == ()
    assert [d.docket_id for d in found.consequences().dockets] == [DOCKET_ID]


def test_a_new_caption_is_remembered_under_the_same_number() -> None:
    found = reads(seen("Notice", 11, case_name="ROE v. DOE"), memory=known(seen()))
    assert found.head_changes == (
        CaptionChanged(DOCKET_ID, COURT, "DOE et al v. ROE et al", "ROE v. DOE"),
    )
    (docket,) = found.consequences().dockets
    assert (docket.docket_id, docket.case_name) == (DOCKET_ID, "ROE v. DOE")


def test_a_filing_without_a_caption_does_not_erase_it() -> None:
    found = reads(seen("Notice", 11, case_name=""), memory=known(seen()))
    assert found.dockets[DOCKET_ID].case_name == "DOE et al v. ROE et al"
    assert found.head_changes == ()


def test_a_feed_does_not_reopen_what_the_docket_says_is_closed() -> None:
    head = Docket(DOCKET_ID, "dcd", NUMBER, date_terminated=TODAY, states_head=True)
    closed = Memory(dockets={DOCKET_ID: head})
    found = reads(seen(case_name=""), memory=closed)
    assert found.head_changes == ()
    assert found.dockets[DOCKET_ID].date_terminated == TODAY


# --- for every reading ---

EVENTS = st.sampled_from(["Order", "Notice", "Memorandum Opinion", "~Util - Set Deadlines"])
ITEMS = st.lists(
    st.builds(seen, EVENTS, st.integers(1, 6)),
    max_size=12,
    unique_by=lambda one: one.sighting_key,
)


def as_sets(found: Comparison) -> dict[str, tuple[frozenset[str], str, int | None]]:
    return {
        e.entry_id: (frozenset(e.event_names), e.text, e.entry_number)
        for e in found.consequences().entries
    }


@given(ITEMS, st.randoms())
def test_the_order_of_a_feed_makes_no_difference(items: list[Sighting], chance: Any) -> None:
    shuffled = list(items)
    chance.shuffle(shuffled)
    assert as_sets(reads(*items)) == as_sets(reads(*shuffled))


@given(ITEMS, ITEMS)
def test_nothing_that_was_seen_is_forgotten(first: list[Sighting], then: list[Sighting]) -> None:
    memory = remembered(Memory(), reads(*first).consequences())
    after = remembered(memory, reads(*then, memory=memory).consequences())
    shown = {(key, one.event_name) for one in (*first, *then) for key in one.entry_keys}
    kept = {(key, event) for e in after.entries for key in e.keys for event in e.event_names}
    assert kept == shown


@given(ITEMS)
def test_a_page_read_twice_is_fresh_once(items: list[Sighting]) -> None:
    hashes = {one.sighting_key: KnownSighting("e", words_hash(one)) for one in items}
    assert fresh_sightings(items, hashes) == []
    assert fresh_sightings([*items, *items], {}) == items
