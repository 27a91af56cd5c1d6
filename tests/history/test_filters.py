"""What a question finds: by court, docket, case, kind, day and words, and nothing besides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from monitor.errors import UsageError
from monitor.history import entries as history
from monitor.history.questions import EntryQuery
from monitor.history.record import check_case, reading
from monitor.model.docket import DocketEntry, EntryKind
from monitor.model.watch import WatchState
from monitor.store.database import SqlStore
from tests.history.test_paging import keep, listed
from tests.make import docket, entry, watch

DOCKETS = {
    "dc": docket("1:25-cv-00457"),
    "dc-other-office": docket("2:25-cv-00457"),
    "dc-no-office": docket("25-cv-00457"),
    "dc-longer": docket("1:25-cv-004570"),
    "hawaii": docket("1:25-cv-00457", "hid"),
    "criminal": docket("1:14-cr-10363"),
    "second-defendant": docket("1:14-cr-10363-2"),
    "tenth-defendant": docket("1:14-cr-10363-10"),
    "appeal": docket("26-5006", "cadc"),
    "odd": docket("100%_a-b"),
}


def on_every_docket(store: SqlStore) -> None:
    entries = [entry(name, docket_id=on.docket_id) for name, on in DOCKETS.items()]
    keep(store, *entries, dockets=list(DOCKETS.values()))


# --- court, docket, case ---

BY_DOCKET = {
    "with its office": (
        {"docket_number": "1:25-cv-00457"},
        {"dc", "hawaii"},
    ),
    "without it, with any": (
        {"docket_number": "25-cv-00457"},
        {"dc", "dc-other-office", "dc-no-office", "hawaii"},
    ),
    "in one court": (
        {"docket_number": "25-cv-00457", "court_id": "dcd"},
        {"dc", "dc-other-office", "dc-no-office"},
    ),
    "a longer number is another": ({"docket_number": "1:25-cv-004570"}, {"dc-longer"}),
    "a part of a number is none": ({"docket_number": "5-cv-00457"}, set()),
    "all defendants": (
        {"docket_number": "1:14-cr-10363"},
        {"criminal", "second-defendant", "tenth-defendant"},
    ),
    "one defendant": ({"docket_number": "1:14-cr-10363-2"}, {"second-defendant"}),
    "a first digit is no defendant": ({"docket_number": "1:14-cr-10363-1"}, set()),
    "an appeal": ({"docket_number": "26-5006"}, {"appeal"}),
    "a sign that SQL knows": ({"docket_number": "%"}, set()),
    "another": ({"docket_number": "1:25-cv-0045_"}, set()),
    "an odd number as printed": ({"docket_number": "100%_a-b"}, {"odd"}),
    "a quote": ({"docket_number": "1:25-cv-00457' OR '1'='1"}, set()),
    "a court": ({"court_id": "cadc"}, {"appeal"}),
    "a court without dockets": ({"court_id": "mad"}, set()),
    "no court at all": ({"court_id": "d%"}, set()),
}


@pytest.mark.parametrize(("asked", "expected"), BY_DOCKET.values(), ids=BY_DOCKET)
def test_entries_of_a_docket(store: SqlStore, asked: dict[str, str], expected: set[str]) -> None:
    on_every_docket(store)
    assert set(listed(store, **asked)) == expected


def test_a_case_is_all_of_its_dockets_and_no_other(store: SqlStore) -> None:
    on_every_docket(store)
    keep(
        store,
        watches=[
            watch("below", number="1:25-cv-00457"),
            replace(watch("above", number="26-5006"), court_id="cadc"),
            watch("other", number="1:14-cr-10363-2", case="us-v-doe"),
        ],
    )
    assert set(listed(store, case_id="ctr-v-irs")) == {"dc", "dc-no-office", "appeal"}
    assert listed(store, case_id="us-v-doe") == ["second-defendant"]
    assert listed(store, case_id="ctr-v-irs", court_id="cadc") == ["appeal"]


@pytest.mark.parametrize("state", WatchState)
def test_what_was_seen_of_a_case_stays_when_nobody_watches_it(
    store: SqlStore, state: WatchState
) -> None:
    keep(store, entry(), watches=[watch(state=state)])
    assert listed(store, case_id="ctr-v-irs") == ["e1"]
    with reading(store) as record:
        check_case(record, "ctr-v-irs")


def test_two_watches_of_one_docket_list_it_once(store: SqlStore) -> None:
    keep(store, entry(), watches=[watch("one"), watch("two")])
    assert listed(store, case_id="ctr-v-irs") == ["e1"]


def test_a_misspelt_case_is_refused_with_the_one_that_is_meant(store: SqlStore) -> None:
    keep(store, entry(), watches=[watch()])
    with reading(store) as record:
        check_case(record, "")
        with pytest.raises(UsageError, match="ctr-v-irs"):
            check_case(record, "ctr-v-isr")


# --- kinds ---

JUDGED = {
    "order": entry("order", "ORDER denying 7 Motion to Stay"),
    "motion": entry("motion", "MOTION to Stay", events=["Motion to Stay"]),
    "notice": entry("notice", "", events=["Notice of Appearance"]),
    "appeal": entry("appeal", "", events=["Notice of Appeal to DC Circuit Court"]),
}


def test_a_kind_is_asked_for_alone_or_with_others(store: SqlStore) -> None:
    keep(store, *JUDGED.values())
    assert listed(store, kinds=("order",)) == ["order"]
    assert set(listed(store, kinds=("order", "motion"))) == {"order", "motion"}
    assert set(listed(store)) == set(JUDGED)
    assert listed(store, kinds=("opinion",)) == []


def test_a_kind_finds_what_may_be_of_it_now_and_as_it_stood(store: SqlStore) -> None:
    keep(store, *JUDGED.values(), entry("either", "", events=["Preliminary Injunction"]))
    for more in ({}, {"as_of": date(2100, 1, 1)}):
        assert set(listed(store, kinds=("order",), **more)) == {"order", "either"}
        assert set(listed(store, kinds=("motion",), **more)) == {"motion", "either"}
        assert set(listed(store, kinds=("appearance",), **more)) == {"notice"}


def test_of_other_kinds_there_is_said_how_many_there_are(store: SqlStore) -> None:
    keep(store, *JUDGED.values(), replace(JUDGED["order"], entry_id="again"))
    keep(store, replace(JUDGED["motion"], entry_id="gone", merged_into="motion"))
    keep(store, entry("elsewhere", docket_id="hid/1:25-cv-00457"), dockets=[DOCKETS["hawaii"]])
    with reading(store) as record:
        counted = history.kinds_of(record, EntryQuery(kinds=("opinion",), court_id="dcd"))
    assert counted == {"order": 2, "motion": 1, "appearance": 1, "notice_of_appeal": 1}


def test_what_nobody_judged_yet_is_counted_where_a_kind_hides_it(store: SqlStore) -> None:
    keep(store, JUDGED["order"], are_judged=False)
    keep(store, JUDGED["motion"])
    with reading(store) as record:
        assert history.unjudged(record) == 1
        assert history.kinds_of(record, EntryQuery()) == {"motion": 1}
        (line,) = history.page(record, EntryQuery(words=("denying",))).entries
    assert listed(store, kinds=("order",)) == []
    assert line.kind == EntryKind.ORDER.value
    keep(store, JUDGED["order"])
    with reading(store) as record:
        assert history.unjudged(record) == 0
    assert listed(store, kinds=("order",)) == ["order"]


# --- days ---

BY_DAY = {
    "since its day": ({"since": date(2026, 3, 2)}, True),
    "since the next": ({"since": date(2026, 3, 3)}, False),
    "until its day": ({"until": date(2026, 3, 2)}, True),
    "until the day before": ({"until": date(2026, 3, 1)}, False),
    "on its day": ({"since": date(2026, 3, 2), "until": date(2026, 3, 2)}, True),
    "from an end to a beginning": ({"since": date(2026, 3, 3), "until": date(2026, 3, 1)}, False),
    "since ever": ({"since": date(1, 1, 1), "until": date(9999, 12, 31)}, True),
}


@pytest.mark.parametrize(("asked", "is_found"), BY_DAY.values(), ids=BY_DAY)
def test_entries_between_days(store: SqlStore, asked: dict[str, date], is_found: bool) -> None:
    keep(store, entry(date_filed=date(2026, 3, 2)))
    assert listed(store, **asked) == (["e1"] if is_found else [])


UNDATED = {
    "D.D.C., a second before the day": ("dcd", datetime(2026, 3, 3, 4, 59, 59, tzinfo=UTC), False),
    "D.D.C., as it begins": ("dcd", datetime(2026, 3, 3, 5, 0, tzinfo=UTC), True),
    "Hawaii, a second before": ("hid", datetime(2026, 3, 3, 9, 59, 59, tzinfo=UTC), False),
    "Hawaii, as it begins": ("hid", datetime(2026, 3, 3, 10, 0, tzinfo=UTC), True),
    "Guam is a day ahead": ("gud", datetime(2026, 3, 2, 14, 0, tzinfo=UTC), True),
    "and no more": ("gud", datetime(2026, 3, 2, 13, 59, 59, tzinfo=UTC), False),
}


@pytest.mark.parametrize(("court_id", "seen_at", "is_found"), UNDATED.values(), ids=UNDATED)
def test_an_order_without_a_day_counts_from_when_it_was_seen(
    store: SqlStore, court_id: str, seen_at: datetime, is_found: bool
) -> None:
    on = docket(court_id=court_id)
    undated = entry(docket_id=on.docket_id, date_filed=None, first_seen_at=seen_at)
    keep(store, undated, dockets=[on])
    assert listed(store, since=date(2026, 3, 3)) == (["e1"] if is_found else [])


# --- words ---

TEXT = "ORDER granting O’Brien's 100% motion_to stay (ECF No. 7); see C:\\docket; <b>SO ORDERED</b>"
BY_WORDS = {
    "in the text": (("granting",), True),
    "whatever its case": (("GRANTING", "so ordered"), True),
    "part of a word": (("grant",), True),
    "in the caption": (("doe",), True),
    "in the event": (("injunction",), True),
    "each somewhere else": (("injunction", "granting", "roe"), True),
    "one of them nowhere": (("injunction", "denying"), False),
    "a per cent sign": (("100%",), True),
    "a per cent sign that is not there": (("gran%ing",), False),
    "an underscore": (("motion_to",), True),
    "an underscore that is not there": (("SO_ORDERED",), False),
    "a backslash": (("C:\\docket",), True),
    "two of them": (("C:\\\\docket",), False),
    "a slash": (("/",), True),
    "an apostrophe": (("O’Brien's",), True),
    "a quote that would end a string": (("'; DROP TABLE entries; --",), False),
    "HTML": (("<b>so",), True),
    "a mark that turns the text around": (("\u202egranting",), False),
    "a very long word": (("x" * 5000,), False),
    "the same word twice": (("granting", "granting"), True),
}


@pytest.mark.parametrize(("words", "is_found"), BY_WORDS.values(), ids=BY_WORDS)
def test_entries_with_words(store: SqlStore, words: tuple[str, ...], is_found: bool) -> None:
    keep(store, entry("e1", TEXT, events=["Order on Motion for Preliminary Injunction"]))
    assert listed(store, words=words) == (["e1"] if is_found else [])


def test_hostile_words_are_kept_as_they_came(store: SqlStore) -> None:
    text = "ORDER\r\nBcc: all@example.org\t<script>alert(1)</script> \u202eTIAW\u202c \U0001f4dc"
    keep(store, entry("e1", text, events=["Order", 'Notice of "Filing" \\ \u00e9']))
    with reading(store) as record:
        (line,) = history.page(record, EntryQuery(words=("<script>", "\u202etiaw"))).entries
    assert line.text == text
    assert line.event_names == ("Order", 'Notice of "Filing" \\ \u00e9')


# --- which one is meant ---


def numbered(name: str, number: int | None, docket_id: str) -> DocketEntry:
    return entry(name, entry_number=number, docket_id=docket_id)


FOUND = {
    "by docket and number": ("dcd/1:25-cv-00457#10", "ab1"),
    "the number as people write it": ("dcd/Case No. 1:25-CV-457-ABC#10", "ab1"),
    "without its office": ("dcd/25-cv-457#10", "ab1"),
    "by its id": ("ab2", "ab2"),
    "by the beginning of its id": ("c", "c1"),
}
NOT_FOUND = {
    "several ids begin so": ("ab", "ab1, ab2"),
    "several bear the number": ("dcd/1:25-cv-00457#11", "may be any of"),
    "nobody bears it": ("dcd/1:25-cv-00457#12", "no entry"),
    "another court": ("mad/1:25-cv-00457#10", "no entry"),
    "no number": ("dcd/1:25-cv-00457#", "no entry"),
    "a sign that SQL knows": ("%", "no entry"),
    "another": ("_b1", "no entry"),
    "HTML": ("<i>", "no entry"),
}


def some_entries(store: SqlStore) -> None:
    on = DOCKETS["dc"]
    entries = [("ab1", 10), ("ab2", 11), ("c1", 11), ("d1", None)]
    keep(store, *(numbered(*one, on.docket_id) for one in entries), dockets=[on])
    keep(store, replace(numbered("f1", 10, on.docket_id), merged_into="ab1"), dockets=[on])


@pytest.mark.parametrize(("raw", "expected"), FOUND.values(), ids=FOUND)
def test_an_entry_is_found(store: SqlStore, raw: str, expected: str) -> None:
    some_entries(store)
    with reading(store) as record:
        assert history.find(record, raw) == expected


@pytest.mark.parametrize(("raw", "said"), NOT_FOUND.values(), ids=NOT_FOUND)
def test_an_entry_that_is_not_clear_is_refused(store: SqlStore, raw: str, said: str) -> None:
    some_entries(store)
    with reading(store) as record, pytest.raises(UsageError, match=said):
        history.find(record, raw)


def test_a_withdrawn_entry_stays_and_says_so(store: SqlStore) -> None:
    keep(store, entry("e1", is_withdrawn=True), entry("e2"))
    with reading(store) as record:
        lines = history.page(record, EntryQuery()).entries
    assert {line.entry_id: line.is_withdrawn for line in lines} == {"e1": True, "e2": False}
