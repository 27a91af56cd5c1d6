"""An alert is stored and found again whole, and says which cases, dockets and entries it is about."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from monitor.model.alert import (
    Alert,
    Amended,
    Briefing,
    CaseRef,
    ClockSetBack,
    DeliveryGivenUp,
    DocketRef,
    ListedFiling,
    Silenced,
    TestAlert,
    WatchedDocket,
)
from monitor.model.change import (
    CaptionChanged,
    DocumentAvailable,
    DocumentSealed,
    EntryFiled,
    EntryRevised,
    EntryWithdrawn,
    Reassigned,
    Reopened,
    Terminated,
    TextFilledIn,
)
from monitor.model.codec import dump_alert, load_alert
from monitor.model.docket import EntryKind, Ruling
from monitor.model.subjects import (
    Subject,
    SubjectKind,
    case_of,
    cases_of,
    docket_of,
    entries_of,
    kind_of,
    source_of,
    subjects_of,
)
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.make import (
    CASE,
    DOCKET,
    DOCKET_ID,
    FEED,
    NUMBER,
    WATCHED,
    amended,
    caught_up,
    every_alert,
    filed,
    gap_opened,
    snapshot,
)

SAMPLES: Mapping[str, Alert] = {alert.topic: alert for alert in every_alert()}
CLASSES: list[Any] = sorted({type(alert) for alert in every_alert()}, key=lambda cls: cls.__name__)
HOSTILE = {
    "line breaks": "ORDER\r\nBcc: everybody@example.org\r\n.\r\n",
    "markup": "<script>alert('x')</script>&amp;{{ why }}",
    "control characters": "a\x00b\x07\x1b[2Jc\x7f",
    "right to left": "\u202eREDRO\u2066 \u200fאב",
    "other planes": "\U0001f3db\ufe0f \u0661 e\u0301 \ufeff",
    "like JSON": '"},{"topic":"test"',
    "empty": "",
    "huge": "ORDER denying. " * 20_000,
}


def sample(topic: str, **changed: Any) -> Alert:
    return replace(SAMPLES[topic], **changed)


def again(alert: Alert) -> Alert:
    """The alert as it comes back from text."""
    return load_alert(json.loads(json.dumps(dump_alert(alert))))


# --- made alerts ---

MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
LEAVES: Mapping[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=20) | st.sampled_from(list(HOSTILE.values())[:-1]),
    int: st.integers(-5, 2**40),
    float: st.floats(0, 1),
    bool: st.booleans(),
    date: st.dates(),
    datetime: MOMENTS,
    NoneType: st.none(),
}


@functools.cache
def values(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type, down to the leaves: no moment without its zone, no number that is none."""
    if kind in LEAVES:
        return LEAVES[kind]
    if isinstance(kind, UnionType):
        return st.one_of([values(one) for one in get_args(kind)])
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if get_origin(kind) is tuple:
        return st.lists(values(get_args(kind)[0]), max_size=3).map(tuple)
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    hints = get_type_hints(kind)
    return st.builds(kind, **{one.name: values(hints[one.name]) for one in fields(kind)})


MADE: st.SearchStrategy[Alert] = st.one_of([values(cls) for cls in CLASSES])


# --- the codec ---


@pytest.mark.parametrize("alert", every_alert(), ids=lambda alert: alert.topic)
def test_every_alert_comes_back_as_it_was(alert: Alert) -> None:
    assert again(alert) == alert
    assert type(again(alert)) is type(alert)


@given(MADE)
def test_whatever_an_alert_holds_it_comes_back_as_it_was(alert: Alert) -> None:
    assert again(alert) == alert
    assert dump_alert(again(alert)) == dump_alert(alert)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_word_of_a_court_is_bent(text: str) -> None:
    alert = filed(why=text, entries=(snapshot("e1", text, text, event_names=(text, text)),))
    assert again(alert) == alert


def test_a_word_that_looks_like_a_date_or_a_number_stays_a_word() -> None:
    for word in ("2026-03-02", "10", "null", "true", "1:25-cv-00457", "2026-03-02T12:00:00Z"):
        alert = filed(entries=(snapshot("e1", word, word),))
        assert again(alert) == alert


ENTRY_CHANGES = (
    EntryFiled("e1", "s"),
    TextFilledIn("e1", "s", "after"),
    EntryRevised("e1", "s", "text", "before", "after"),
    DocumentAvailable("e1", "s", "d1", "yes"),
    DocumentSealed("e1", "s", "d1"),
    EntryWithdrawn("e1", "s"),
)


def test_changes_that_look_alike_are_told_apart() -> None:
    back = again(amended(changes=ENTRY_CHANGES))
    assert isinstance(back, Amended)
    assert [type(one) for one in back.changes] == [type(one) for one in ENTRY_CHANGES]


@pytest.mark.parametrize(
    "change",
    [
        CaptionChanged(DOCKET_ID, "s", "a", "b"),
        Reassigned(DOCKET_ID, "s", "a", "b"),
        Terminated(DOCKET_ID, "s", "2026-03-02"),
        Reopened(DOCKET_ID, "s", "2026-03-02"),
    ],
)
def test_a_docket_that_was_closed_is_not_read_as_reopened_or_reassigned(change: Any) -> None:
    alert = sample("docket_changed", change=change)
    assert again(alert) == alert


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    raw = dump_alert(filed()) | {"created_at": "2026-03-02T07:00:00-05:00"}
    assert load_alert(raw) == filed()


#: What an earlier writer did not know, and what it means that it is not there.
UNSAID: Sequence[tuple[str, str, Any]] = (
    ("filed", "after_gap", None),
    ("filed", "text_expected_until", None),
    ("amended", "amends", ""),
    ("gap_closed", "dockets", ()),
    ("caught_up", "filings", ()),
    ("story", "about", None),
)


@pytest.mark.parametrize(("topic", "name", "meaning"), UNSAID)
def test_a_stored_alert_that_lacks_what_may_be_empty_can_be_read(
    topic: str, name: str, meaning: Any
) -> None:
    raw = dump_alert(SAMPLES[topic])
    del raw[name]
    assert load_alert(raw) == sample(topic, **{name: meaning})


REFUSED: Mapping[str, tuple[Any, str]] = {
    "nothing": (None, "valid dictionary"),
    "a list": ([dump_alert(filed())], "valid dictionary"),
    "text": (json.dumps(dump_alert(filed())), "valid dictionary"),
    "no topic": ({"alert_id": "a1"}, "topic"),
    "a topic of an older version": ({"topic": "away", "alert_id": "a1"}, "away"),
    "facts of an older version": (
        {"topic": "filed", "facts": {"case": {"id": "ctr-v-irs"}, "entries": []}},
        "filed.alert_id",
    ),
    "another topic's fields": (dump_alert(filed()) | {"topic": "amended"}, "amended.entry"),
    "a class name": (dump_alert(filed()) | {"topic": "Filed"}, "Filed"),
    "no moment": (dump_alert(filed()) | {"created_at": "yesterday"}, "filed.created_at"),
    "no case": ({**dump_alert(filed()), "case": None}, "filed.case"),
    "an unknown kind": (
        dump_alert(filed()) | {"judgement": {"kind": "ordre", "reason": ""}},
        "filed.judgement.kind",
    ),
    "an unknown change": (
        dump_alert(amended())
        | {"changes": [{"kind": "entry_vanished", "entry_id": "e1", "source_id": "s"}]},
        "entry_vanished",
    ),
}


@pytest.mark.parametrize(("raw", "culprit"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_alert_is_refused_and_the_culprit_named(raw: Any, culprit: str) -> None:
    with pytest.raises(ValidationError) as caught:
        load_alert(raw)
    assert culprit in str(caught.value)


def test_every_alert_comes_back_from_the_database_and_once(store: SqlStore) -> None:
    told = [
        replace(alert, alert_id=f"n{place}", created_at=NOON)
        for place, alert in enumerate([*every_alert(), *every_alert()])
    ]
    with store.begin() as unit:
        unit.outbox.add(told)
        unit.outbox.add(told[:5])
    with store.begin() as unit:
        assert list(unit.outbox.unrouted(1)) == told


# --- what they are about ---

LOWER, UPPER = DOCKET_ID, "cadc/26-5006"
#: topic -> case, docket, source, kind, entries; each where there is just one.
ABOUT: Mapping[str, tuple[str, str, str, str, Sequence[str]]] = {
    "filed": ("ctr-v-irs", LOWER, "court:dcd", "order", ["e1"]),
    "amended": ("ctr-v-irs", LOWER, "court:dcd", "order", ["e1"]),
    "document_available": ("ctr-v-irs", LOWER, "court:dcd", "order", ["e1"]),
    "briefing": ("", "", "", "briefing", []),
    "silenced": ("", "", "", "silenced", []),
    "now_watching": ("ctr-v-irs", LOWER, "court:dcd", "now_watching", ["e1"]),
    "appeal_found": ("ctr-v-irs", UPPER, "court:dcd", "appeal_found", ["e1"]),
    "appeal_proposed": ("ctr-v-irs", UPPER, "court:dcd", "appeal_proposed", ["e1"]),
    "docket_changed": ("ctr-v-irs", LOWER, "court:dcd", "docket_changed", []),
    "gap_opened": ("", "", "court:dcd", "gap_opened", []),
    "gap_closed": ("", "", "court:dcd", "gap_closed", ["e1", "e2"]),
    "source_unhealthy": ("", "", "court:dcd", "source_unhealthy", []),
    "source_recovered": ("", "", "court:dcd", "source_recovered", []),
    "coverage_changed": ("", "", "court:dcd", "coverage_changed", []),
    "caught_up": ("ctr-v-irs", LOWER, "court:dcd", "caught_up", ["e1"]),
    "story": ("ctr-v-irs", "", "court:dcd", "story", ["e1"]),
    "lead": ("ctr-v-irs", "", "court:dcd", "lead", []),
    "delivery_given_up": ("", "", "", "delivery_given_up", []),
    "clock_set_back": ("", "", "", "clock_set_back", []),
    "test": ("", "", "", "test", []),
}


@pytest.mark.parametrize("topic", SAMPLES)
def test_what_an_alert_is_about_is_found_under_these_names(topic: str) -> None:
    alert = SAMPLES[topic]
    found = (case_of(alert), docket_of(alert), source_of(alert), kind_of(alert))
    assert (*found, list(entries_of(alert))) == ABOUT[topic]


@pytest.mark.parametrize("topic", SAMPLES)
def test_the_case_is_asked_by_name_unless_the_monitor_itself_is_concerned(topic: str) -> None:
    is_own = isinstance(
        SAMPLES[topic], ClockSetBack | DeliveryGivenUp | Briefing | Silenced | TestAlert
    )
    assert cases_of(SAMPLES[topic]) == (frozenset() if is_own else {"ctr-v-irs"})
    assert bool(subjects_of(SAMPLES[topic])) is not is_own


def names(alert: Alert, kind: SubjectKind) -> list[str]:
    return [one.subject_id for one in subjects_of(alert) if one.kind is kind]


def test_a_filing_on_two_dockets_is_found_under_both_and_under_each_of_its_entries() -> None:
    other = DocketRef("dcd", "1:25-cv-00458")
    alert = filed(entries=(snapshot("e1"), snapshot("e2", docket=other)))
    assert names(alert, SubjectKind.DOCKET) == [DOCKET_ID, other.docket_id]
    assert names(alert, SubjectKind.ENTRY) == ["e1", "e2"]
    assert entries_of(alert) == ("e1", "e2")


def test_an_appeal_is_found_under_the_docket_above_and_the_one_below() -> None:
    for topic in ("appeal_found", "appeal_proposed"):
        assert names(SAMPLES[topic], SubjectKind.DOCKET) == sorted([UPPER, LOWER])


def test_a_gap_is_found_under_every_case_and_docket_that_it_concerns() -> None:
    roe = WatchedDocket(CaseRef("roe-v-doe", "Roe v. Doe"), DocketRef("dcd", "1:25-cv-00458"))
    gap = gap_opened(dockets=(roe, WATCHED, roe))
    assert names(gap, SubjectKind.CASE) == ["ctr-v-irs", "roe-v-doe"]
    assert names(gap, SubjectKind.DOCKET) == [f"dcd/{NUMBER}", "dcd/1:25-cv-00458"]
    assert cases_of(gap) == {"ctr-v-irs", "roe-v-doe"}


def test_a_gap_that_was_closed_is_found_under_whose_it_was_and_who_looked_into_it() -> None:
    closed = sample("gap_closed", source=replace(FEED, source_id="cl:entries"))
    assert names(closed, SubjectKind.SOURCE) == ["cl:entries", "court:dcd"]


def test_an_old_summary_is_found_under_each_filing_that_it_told() -> None:
    filings = [ListedFiling(snapshot(f"e{n}"), EntryKind.ORDER, Ruling.NONE) for n in (2, 1)]
    summary = caught_up(filings=tuple(filings))
    assert entries_of(summary) == ("e2", "e1")
    assert names(summary, SubjectKind.ENTRY) == ["e1", "e2"]


def test_what_names_no_entry_is_not_found_under_an_empty_one() -> None:
    nameless = [
        sample("appeal_found", entry_id=""),
        sample("gap_closed", entry_ids=("", "")),
        sample("story", about=None),
    ]
    for alert in nameless:
        assert entries_of(alert) == ()
        assert names(alert, SubjectKind.ENTRY) == []


@given(MADE)
def test_subjects_are_said_once_sorted_and_survive_being_stored(alert: Alert) -> None:
    if alert.topic == "filed" and not entries_of(alert):
        return
    found = subjects_of(alert)
    assert list(found) == sorted(set(found))
    assert subjects_of(again(alert)) == found
    assert set(entries_of(alert)) == {s.subject_id for s in found if s.kind is SubjectKind.ENTRY}
    assert cases_of(alert) >= ({case_of(alert)} if hasattr(alert, "case") else set())
    if docket := docket_of(alert):
        assert Subject(SubjectKind.DOCKET, docket) in found


def test_the_label_of_a_case_is_no_part_of_its_name() -> None:
    renamed = filed(case=replace(CASE, label="Center v. Service"))
    assert subjects_of(renamed) == subjects_of(filed())
    assert subjects_of(filed(entries=(snapshot(docket=replace(DOCKET, case_name="X")),))) == (
        subjects_of(filed())
    )
