"""Sightings find their entries; what proves an earlier answer wrong is taken back, and said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.diff.assign import Assigned, assign
from monitor.diff.docket import words_hash
from monitor.model.change import EntryFiled, EntryRevised, TextFilledIn
from monitor.model.docket import DocketEntry, Document, Sighting
from monitor.model.outcome import StoredSighting
from tests.feeds import NOON

DAY = date(2026, 3, 4)
TEXT = "ORDER denying 7 Motion to Stay. The Court finds"


def seen(key: str, source: str = "court", **more: Any) -> Sighting:
    values: dict[str, Any] = {"event_name": "Order", "date_filed": DAY, "entry_keys": (key,)} | more
    return Sighting(source, key, "dcd", "1:25-cv-00457", **values)


def row(key: str = "cl:900", text: str = TEXT, **more: Any) -> Sighting:
    return seen(key, "cl", **({"event_name": "", "text": text} | more))


STUB = seen("dcd:seq:1:10", event_name="Order on Motion to Stay")


@dataclass
class Sheet:
    """A docket sheet, read poll by poll."""

    entries: dict[str, DocketEntry] = field(default_factory=dict)
    stored: dict[tuple[str, str], StoredSighting] = field(default_factory=dict)
    now: datetime = NOON

    def read(self, *sightings: Sighting) -> list[Assigned]:
        self.now += timedelta(minutes=10)
        known = dict(self.stored)
        for one in sightings:
            before = self.stored.get((one.source_id, one.sighting_key))
            name = before.entry_id if before else ""
            known[one.source_id, one.sighting_key] = StoredSighting(
                one, name, words_hash(one), self.now
            )
        found = assign(tuple(known.values()), self.live, self.now)
        for assigned in found:
            self.entries[assigned.entry.entry_id] = assigned.entry
            for stored in assigned.sightings:
                self.stored[stored.sighting.source_id, stored.sighting.sighting_key] = stored
        return found

    @property
    def live(self) -> Mapping[str, DocketEntry]:
        return {name: entry for name, entry in self.entries.items() if not entry.merged_into}

    @property
    def texts(self) -> list[str]:
        return sorted(entry.text for entry in self.live.values())


def test_what_nobody_has_seen_is_filed_once() -> None:
    sheet = Sheet()
    (assigned,) = sheet.read(STUB)
    assert assigned.changes == (EntryFiled(assigned.entry.entry_id, "court"),)
    assert (assigned.before, assigned.entry.first_seen_at) == (None, sheet.now)
    assert assign(tuple(sheet.stored.values()), sheet.live, sheet.now + timedelta(minutes=1)) == []


def test_a_text_fills_the_stub_that_another_source_showed() -> None:
    sheet = Sheet()
    (first,) = sheet.read(STUB)
    (second,) = sheet.read(row())
    assert second.entry.entry_id == first.entry.entry_id
    assert [type(change) for change in second.changes] == [TextFilledIn]
    assert second.entry.source_ids == ("court", "cl")
    assert second.entry.first_seen_at == first.entry.first_seen_at


def test_a_loose_document_waits_for_its_entry() -> None:
    loose = Sighting(
        "docs", "cl:doc:5", "dcd", "1:25-cv-00457", entry_number=51, is_supplement=True,
        documents=(Document("04501000051", "51"),),
    )  # fmt: skip
    sheet = Sheet()
    assert sheet.read(loose) == []
    assert sheet.stored == {}
    sheet.read(replace(STUB, entry_number=51))
    (assigned,) = sheet.read(loose)
    assert [doc.document_id for doc in assigned.entry.documents] == ["04501000051"]


def test_an_entry_that_turns_out_to_be_two_gives_up_what_is_not_its_own() -> None:
    """The feed later prints numbers that say so; the words of neither are lost."""
    sheet = Sheet()
    sheet.read(STUB)
    (joined,) = sheet.read(row())
    found = sheet.read(replace(STUB, entry_number=50), row(entry_number=51))
    assert len(sheet.live) == 2
    assert sheet.texts == ["", TEXT]
    (new,) = [one for one in found if one.before is None]
    assert (new.entry.text, new.changes) == (TEXT, (EntryFiled(new.entry.entry_id, "cl"),))
    (kept,) = [one for one in found if one.before is not None]
    assert kept.entry.entry_id == joined.entry.entry_id
    assert kept.is_rebuilt
    assert {c.field for c in kept.changes if isinstance(c, EntryRevised)} == {
        "text",
        "entry_number",
    }
    assert kept.entry.keys == ("dcd:seq:1:10",)


def test_two_entries_that_turn_out_to_be_one_become_the_older_and_say_so() -> None:
    sheet = Sheet()
    (older,) = sheet.read(STUB)
    (younger,) = sheet.read(row(text="Something that a clerk words otherwise"))
    assert len(sheet.live) == 2
    proof = row(
        text="Something that a clerk words otherwise", entry_keys=("dcd:seq:1:10", "cl:900")
    )
    found = sheet.read(proof)
    assert set(sheet.live) == {older.entry.entry_id}
    gone = sheet.entries[younger.entry.entry_id]
    assert (gone.merged_into, gone.keys) == (older.entry.entry_id, ())
    said = {c.field for one in found for c in one.changes if isinstance(c, EntryRevised)}
    assert {"same_as", "merged_into"} <= said
    assert {stored.entry_id for stored in sheet.stored.values()} == {older.entry.entry_id}


def test_what_fits_two_stays_apart_and_names_one_of_them() -> None:
    sheet = Sheet()
    sheet.read(STUB, replace(seen("dcd:seq:1:11"), event_name=STUB.event_name))
    (third,) = sheet.read(row())
    assert len(sheet.live) == 3
    assert third.entry.possible_duplicate_of in sheet.live
    assert third.entry.possible_duplicate_of != third.entry.entry_id


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2)])
def test_the_mark_of_a_possible_double_goes_when_it_is_clear(order: Sequence[int]) -> None:
    other = replace(seen("dcd:seq:1:11"), event_name=STUB.event_name)
    sheet, views = Sheet(), (STUB, other, row())
    for place in order:
        sheet.read(views[place])
    sheet.read(row(entry_keys=("cl:900", "dcd:seq:1:11")))
    assert len(sheet.live) == 2
    assert {entry.possible_duplicate_of for entry in sheet.live.values()} == {""}


def test_a_withdrawn_entry_stays_withdrawn_whatever_other_sources_prove() -> None:
    sheet = Sheet()
    (assigned,) = sheet.read(STUB)
    name = assigned.entry.entry_id
    sheet.entries[name] = replace(assigned.entry, is_withdrawn=True)
    sheet.read(row())
    assert sheet.entries[name].is_withdrawn
    sheet.read(replace(STUB, entry_number=50), row(entry_number=51))
    assert {entry.is_withdrawn for entry in sheet.live.values()} == {True, False}
    assert sheet.entries[name].is_withdrawn


EVENTS = st.sampled_from(["Order", "Order on Motion to Stay", "Notice", ""])
TEXTS = st.sampled_from(["", TEXT, "ORDER. Report by Monday", "NOTICE of filing"])


@st.composite
def sightings(draw: st.DrawFn) -> Sighting:
    key = draw(st.sampled_from([f"dcd:seq:1:{n}" for n in range(4)] + ["cl:1", "cl:2"]))
    number = draw(st.none() | st.integers(1, 3))
    source = "cl" if key.startswith("cl") else "court"
    day = DAY + timedelta(days=draw(st.integers(0, 1)))
    return seen(
        key, source, event_name=draw(EVENTS), text=draw(TEXTS), entry_number=number, date_filed=day
    )


@given(st.lists(st.lists(sightings(), max_size=4, unique_by=lambda s: s.sighting_key), max_size=6))
@settings(max_examples=300, deadline=None)
def test_whatever_is_read_every_sighting_has_one_living_entry(polls: list[list[Sighting]]) -> None:
    sheet = Sheet()
    for some in polls:
        sheet.read(*some)
    shown = {(one.source_id, one.sighting_key) for some in polls for one in some}
    assert set(sheet.stored) == shown
    assert {stored.entry_id for stored in sheet.stored.values()} == set(sheet.live)
    assert _keys(sheet.live.values()) == sorted({key for _, key in shown})


@given(st.lists(st.lists(sightings(), max_size=4, unique_by=lambda s: s.sighting_key), max_size=5))
@settings(max_examples=200, deadline=None)
def test_every_number_and_the_courts_own_keys_stay_apart(polls: list[list[Sighting]]) -> None:
    sheet = Sheet()
    for some in polls:
        sheet.read(*some)
    for entry in sheet.live.values():
        assert sum(key.startswith("dcd:seq:") for key in entry.keys) <= 1


def _keys(entries: Iterable[DocketEntry]) -> list[str]:
    return sorted(key for entry in entries for key in entry.keys)
