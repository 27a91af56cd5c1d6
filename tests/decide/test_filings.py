"""Who is told of which filing, once, with what words; and what nobody is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from monitor.decide.compare import compare
from monitor.decide.evidence import Evidence
from monitor.decide.filings import LATEST, is_told, tell_baseline, tell_filings, tell_heads
from monitor.decide.policy import Policy
from monitor.decide.quota import TEXT_PATIENCE
from monitor.decide.snapshots import LONGEST_TEXT
from monitor.model.alert import Amended, DocketChanged, Filed, FilingAlert, NowWatching
from monitor.model.change import (
    DocumentAvailable,
    DocumentSealed,
    EntryChange,
    EntryFiled,
    EntryRevised,
    EntryWithdrawn,
    Reassigned,
    Reopened,
    Terminated,
    TextFilledIn,
)
from monitor.model.coverage import OpenGap
from monitor.model.docket import Docket, Document, Sighting
from monitor.model.outcome import Consequences
from monitor.model.reading import Memory, Reading
from monitor.model.source import Window
from monitor.model.watch import EVERYTHING, Watch, WatchState
from monitor.sources import courtlistener
from tests.decide.test_compare import CL, known, remembered, row, seen, showing
from tests.feeds import NOON
from tests.make import DAY, DOCKET_ID, HOUR, MINUTE, NUMBER, evidence, source, watch

OTHER = "1:25-cv-00999"
LISTING = source(CL, courtlistener.ENTRIES, docket_number=NUMBER)
TEXT = "ORDER denying 7 Motion to Stay."


def told_of(judged: Evidence) -> tuple[FilingAlert, ...]:
    found = compare(judged.source.source_id, judged.reading, judged.memory, judged.now)
    return tell_filings(judged, found)


def told(*sightings: Sighting, **more: Any) -> tuple[FilingAlert, ...]:
    return told_of(evidence(Reading(sightings=sightings), **more))


def filed(*sightings: Sighting, **more: Any) -> Filed:
    (alert,) = told(*sightings, **more)
    assert isinstance(alert, Filed)
    return alert


def amended(*sightings: Sighting, **more: Any) -> Amended:
    (alert,) = told(*sightings, **more)
    assert isinstance(alert, Amended)
    return alert


def read_before(*names: str, **more: Any) -> Memory:
    return Memory(baselines=frozenset(names or {"w"}), **more)


# --- who is told ---


def test_an_order_is_told_with_its_docket_its_kind_and_the_reason() -> None:
    alert = filed(seen())
    assert alert.case.case_id == "ctr-v-irs"
    assert [shown.docket.docket_id for shown in alert.entries] == [DOCKET_ID]
    assert alert.judgement.is_court_act
    assert NUMBER in alert.why
    assert alert.source.source_id == "court:dcd"


def test_a_docket_that_nobody_watches_is_not_told() -> None:
    assert told(seen(docket_number=OTHER)) == ()
    assert told(seen(court_id="mad")) == ()


def test_what_comes_while_a_watch_is_paused_is_an_alert_that_waits() -> None:
    assert len(told(seen(), watches=[watch(state=WatchState.PAUSED)])) == 1
    assert told(seen(), watches=[watch(state=WatchState.REMOVED)]) == ()


def test_each_case_that_watches_a_docket_is_told() -> None:
    watches = [watch(), watch("x", case="roe")]
    alerts = told(seen(), watches=watches, memory=read_before("w", "x"))
    assert {alert.case.case_id for alert in alerts} == {"ctr-v-irs", "roe"}
    assert len({alert.alert_id for alert in alerts}) == 2


def test_two_watches_of_one_case_are_told_once() -> None:
    watches = [watch(), watch("x"), watch("y", number=EVERYTHING)]
    assert len(told(seen(), watches=watches, memory=read_before("w", "x", "y"))) == 1


def test_whoever_watches_a_whole_court_is_told_of_every_docket() -> None:
    alert = filed(seen(docket_number=OTHER), watches=[watch(number=EVERYTHING)])
    assert alert.entries[0].docket.docket_number == OTHER
    assert "every docket" in alert.why


def test_a_watch_without_a_defendant_is_told_of_each_defendant() -> None:
    on = watch(number="1:14-cr-10363")
    assert len(told(seen(docket_number="1:14-cr-10363-2"), watches=[on])) == 1
    assert told(seen(docket_number="1:14-cr-10364-2"), watches=[on]) == ()


def test_many_filings_of_one_reading_are_told_one_by_one() -> None:
    alerts = told(*(seen("Order", seq) for seq in range(1, 41)))
    assert len({alert.alert_id for alert in alerts}) == 40


# --- the first reading ---

#: 23:30 of the first of March in Washington.
LATE = datetime(2026, 3, 2, 4, 30, tzinfo=NOON.tzinfo)
AFTER_WATCH: dict[str, tuple[dict[str, Any], datetime, bool]] = {
    "entered before": ({"published_at": NOON - MINUTE}, NOON, False),
    "entered that second": ({"published_at": NOON}, NOON, False),
    "entered after": ({"published_at": NOON + MINUTE}, NOON, True),
    "the day before": ({"published_at": None, "date_filed": date(2026, 3, 1)}, NOON, False),
    "the same day": ({"published_at": None, "date_filed": date(2026, 3, 2)}, NOON, True),
    "the same day in Washington": (
        {"published_at": None, "date_filed": date(2026, 3, 1)},
        LATE,
        True,
    ),
    "no day at all": ({"published_at": None, "date_filed": None}, NOON, False),
}


@pytest.mark.parametrize(("when", "since", "is_news"), AFTER_WATCH.values(), ids=AFTER_WATCH)
def test_a_first_reading_tells_only_what_came_after_the_watch(
    when: dict[str, Any], since: datetime, *, is_news: bool
) -> None:
    alerts = told(seen(**when), memory=Memory(), watches=[watch(since=since)], now=NOON + HOUR)
    assert bool(alerts) == is_news


@pytest.mark.parametrize("when", [case[0] for case in AFTER_WATCH.values()], ids=AFTER_WATCH)
def test_after_the_first_reading_no_date_makes_a_filing_old(when: dict[str, Any]) -> None:
    assert len(told(seen(**when), now=NOON + HOUR)) == 1
    assert len(told(seen(**(when | {"date_filed": date(1999, 1, 4)})))) == 1


def test_a_new_watch_does_not_quiet_the_case_that_watched_before() -> None:
    watches = [watch("new", case="roe", since=NOON), watch()]
    assert [alert.case.case_id for alert in told(seen(), watches=watches)] == ["ctr-v-irs"]


# --- what is not told ---

CHANGES: dict[str, tuple[EntryChange, bool]] = {
    "its text comes": (TextFilledIn("e", "s", TEXT), True),
    "its text changes": (EntryRevised("e", "s", "text", "a", "b"), True),
    "it is withdrawn": (EntryWithdrawn("e", "s"), True),
    "it is shown again": (EntryRevised("e", "s", "is_withdrawn", "withdrawn", "shown"), True),
    "it turns out to be another one too": (EntryRevised("e", "s", "same_as", "", "f"), True),
    "an event is added": (EntryRevised("e", "s", "event_names", "Notice", "Notice\nOrder"), True),
    "a clerk's deadline is added": (
        EntryRevised("e", "s", "event_names", "Order", "Order\n~Util - Set/Reset Deadlines"),
        False,
    ),
    "a deadline and an order are added": (
        EntryRevised("e", "s", "event_names", "Notice", "Notice\n~Util - Set Deadlines\nOrder"),
        True,
    ),
    "a clerk enters a ruling": (
        EntryRevised("e", "s", "event_names", "Order", "Order\n~Util - Ruling on Motions"),
        True,
    ),
    "a clerk terminates the case": (
        EntryRevised("e", "s", "event_names", "Order", "Order\n~Util - Terminate Civil Case"),
        True,
    ),
    "an event is taken back": (
        EntryRevised("e", "s", "event_names", "Order\nJudgment", "Order"),
        True,
    ),
    "its number comes": (EntryRevised("e", "s", "entry_number", "", "48"), False),
    "it is merged away": (EntryRevised("e", "s", "merged_into", "", "f"), False),
    "its paper can be had": (DocumentAvailable("e", "s", "04500000010", "https://x"), False),
    "its paper is sealed": (DocumentSealed("e", "s", "04500000010"), False),
    "it is filed": (EntryFiled("e", "s"), False),
}


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES)
def test_which_changes_of_a_known_filing_are_told(change: EntryChange, *, expected: bool) -> None:
    assert is_told(change) == expected


def test_a_clerks_bookkeeping_on_a_known_order_tells_nobody() -> None:
    assert told(seen("~Util - Set/Reset Deadlines"), memory=known(seen())) == ()


def test_a_filing_that_is_bookkeeping_from_the_start_is_told() -> None:
    assert filed(seen("~Util - Set/Reset Deadlines")).entries[0].entry_number == 10


def test_a_paper_that_becomes_available_tells_nobody() -> None:
    bare, there = (replace(Document("04500000010"), is_available=is_there) for is_there in (False, True))  # fmt: skip
    memory = known(row(TEXT, documents=(bare,)), to=CL)
    assert told(row(TEXT, documents=(there,)), memory=memory, by=LISTING) == ()


# --- amended ---


def test_the_text_of_a_told_order_answers_the_alert_that_was_sent() -> None:
    first = filed(seen())
    memory = remembered(known(seen(), to=CL), Consequences(alerts=(first,)), CL)
    later = amended(row(TEXT), memory=memory, by=LISTING)
    assert later.amends == first.alert_id
    assert later.entry.text == TEXT
    assert [change.kind for change in later.changes] == ["text_filled_in"]
    assert later.judgement.ruling.value == "denied"


def test_what_was_never_told_amends_nothing() -> None:
    assert amended(seen("Order on Motion"), memory=known(seen())).amends == ""


def test_an_amendment_answers_each_case_by_its_own_alert() -> None:
    entry_id = known(seen()).entries[0].entry_id
    memory = replace(known(seen()), first_alerts={("roe", entry_id): "a9"})
    watches = [watch(), watch("x", case="roe")]
    memory = replace(memory, baselines=frozenset({"w", "x"}))
    alerts = told(seen("Order on Motion"), memory=memory, watches=watches)
    assert {a.case.case_id: a.amends for a in alerts if isinstance(a, Amended)} == {
        "ctr-v-irs": "",
        "roe": "a9",
    }


def test_a_text_that_comes_back_to_what_it_was_is_told_again() -> None:
    memory, ids = known(row("ORDER granting 7."), to=CL), []
    for minute, text in enumerate((TEXT, "ORDER granting 7.", TEXT)):
        judged = evidence(Reading(sightings=(row(text),)), memory=memory, by=LISTING, now=NOON + minute * MINUTE)  # fmt: skip
        (alert,) = told_of(judged)
        ids.append(alert.alert_id)
        found = compare(CL, judged.reading, memory, judged.now)
        memory = remembered(memory, found.consequences(), CL)
    assert len(set(ids)) == 3


def test_a_withdrawn_order_is_told_under_its_own_words() -> None:
    memory = known(seen(), seen("Notice", 11))
    reading = Reading(vanished=("10|Order",), window=showing("11|Notice"))
    (alert,) = told_of(evidence(reading, memory=memory))
    assert isinstance(alert, Amended)
    assert [change.kind for change in alert.changes] == ["entry_withdrawn"]
    assert alert.entry.headline == "Order"


# --- one filing on several dockets ---

PAPER = (Document("04500000010"),)


def on_both(**more: Any) -> tuple[Sighting, Sighting]:
    return seen(seq=10, **more), seen(seq=20, docket_number=OTHER, **more)


@pytest.mark.parametrize("order", [1, -1])
def test_one_ruling_on_several_dockets_of_a_case_is_told_once(order: int) -> None:
    alert = filed(
        *on_both(documents=PAPER)[::order],
        watches=[watch(), watch("x", number=OTHER)],
        memory=read_before("w", "x"),
    )
    assert {shown.docket.docket_number for shown in alert.entries} == {NUMBER, OTHER}


def test_an_appellate_part_is_one_ruling_whatever_its_dockets() -> None:
    numbers = ("26-5001", "26-5002")
    parts = [
        seen(
            "Per Curiam Order",
            place,
            court_id="cadc",
            docket_number=number,
            entry_keys=(f"cadc:part:{number}:777",),
        )
        for place, number in enumerate(numbers)
    ]
    watches = [replace(watch(n, number=n), court_id="cadc") for n in numbers]
    alert = filed(*parts, watches=watches, memory=read_before(*numbers))
    assert sorted(shown.docket.docket_number for shown in alert.entries) == list(numbers)


def test_a_ruling_on_the_dockets_of_two_cases_is_told_to_both() -> None:
    watches = [watch(), watch("x", number=OTHER, case="roe")]
    alerts = told(*on_both(documents=PAPER), watches=watches, memory=read_before("w", "x"))
    assert {(a.case.case_id, len(a.entries)) for a in alerts if isinstance(a, Filed)} == {
        ("ctr-v-irs", 1),
        ("roe", 1),
    }


def test_filings_that_share_no_paper_are_two() -> None:
    watches = [watch(), watch("x", number=OTHER)]
    assert len(told(*on_both(), watches=watches, memory=read_before("w", "x"))) == 2


def test_an_attachment_in_common_makes_no_common_filing() -> None:
    exhibit = (Document("04500000099", attachment_number=1),)
    watches = [watch(), watch("x", number=OTHER)]
    alerts = told(*on_both(documents=exhibit), watches=watches, memory=read_before("w", "x"))
    assert len(alerts) == 2


def test_one_filing_has_one_id_whoever_reads_it_and_when() -> None:
    first = filed(seen(documents=PAPER))
    again = filed(row(TEXT, documents=PAPER), by=LISTING, now=NOON + 3 * DAY)
    assert first.alert_id == again.alert_id
    assert filed(seen(seq=11)).alert_id != first.alert_id


# --- its words ---

SOON = NOON + timedelta(seconds=10)
WAITING: dict[str, tuple[str, datetime | None, str, bool]] = {
    "there is room now": ("", NOON, NUMBER, True),
    "there is room in seconds": ("", SOON, NUMBER, True),
    "there is room in an hour": ("", NOON + HOUR, NUMBER, False),
    "nobody may be asked": ("", None, NUMBER, False),
    "the text is there": (TEXT, NOON, NUMBER, False),
    "a whole court is watched": ("", NOON, EVERYTHING, False),
}


@pytest.mark.parametrize(("text", "askable", "number", "waits"), WAITING.values(), ids=WAITING)
def test_a_text_is_waited_for_only_where_it_is_asked_for_at_once(
    text: str, askable: datetime | None, number: str, *, waits: bool
) -> None:
    memory = read_before(text_askable_at=askable)
    alert = filed(seen(text=text), memory=memory, watches=[watch(number=number)])
    assert alert.text_expected_until == (NOON + TEXT_PATIENCE if waits else None)


@pytest.mark.parametrize(
    ("day", "is_hidden"),
    [(date(2026, 2, 27), False), (date(2026, 3, 1), True), (date(2026, 3, 3), False)],
)
def test_an_order_found_after_a_gap_says_so(day: date, *, is_hidden: bool) -> None:
    gap = OpenGap("court:dcd", NOON - 30 * HOUR, NOON - 6 * HOUR, "longer than a day", NOON)
    alert = filed(row(TEXT, date_filed=day), by=LISTING, memory=read_before(gaps=(gap,)))
    assert (alert.after_gap is not None) == is_hidden
    if alert.after_gap:
        assert (alert.after_gap.from_at, alert.after_gap.until_at) == (gap.from_at, gap.until_at)


@pytest.mark.parametrize("words", ["ORDER\r\nBcc: x@example.org", "<b>ORDER</b>", "\u202eREDRO"])
def test_hostile_words_reach_the_alert_unbent(words: str) -> None:
    assert filed(row(words), by=LISTING).entries[0].text == words


def test_a_text_of_megabytes_is_cut_at_what_a_message_bears() -> None:
    (shown,) = filed(row("ORDER " + "x" * 3_000_000), by=LISTING).entries
    assert shown.text.startswith("ORDER x")
    assert len(shown.text) == LONGEST_TEXT


def test_an_item_without_words_number_or_date_is_told() -> None:
    bare = seen("", entry_number=None, date_filed=None, published_at=None, case_name="")
    assert filed(bare).entries[0].headline


# --- "now watching" ---


def baseline(*sightings: Sighting, **more: Any) -> Consequences:
    window = more.pop("window", Window())
    values: dict[str, Any] = {"memory": Memory()} | more
    judged = evidence(Reading(sightings=sightings, window=window), **values)
    found = compare(judged.source.source_id, judged.reading, judged.memory, judged.now)
    return tell_baseline(judged, found)


def now_watching(said: Consequences) -> list[NowWatching]:
    return [alert for alert in said.alerts if isinstance(alert, NowWatching)]


def test_a_first_reading_shows_the_latest_entries_of_its_docket_newest_first() -> None:
    items = [seen("Order", seq, published_at=NOON - DAY + seq * MINUTE) for seq in range(1, 15)]
    said = baseline(*items, seen(seq=99, docket_number=OTHER))
    (alert,) = now_watching(said)
    numbers = [shown.entry_number for shown in alert.entries]
    assert numbers == list(range(14, 14 - LATEST, -1))
    assert said.baselines == said.told_watches == ("w",)


def test_a_second_reading_gives_no_baseline() -> None:
    assert baseline(seen(), memory=read_before()) == Consequences()


def test_an_answer_that_shows_no_window_is_no_first_reading() -> None:
    assert baseline(window=None) == Consequences()


def test_what_another_source_told_already_is_a_baseline_without_words() -> None:
    said = baseline(seen(), watches=[watch(told_at=NOON - HOUR)])
    assert (said.baselines, said.alerts) == (("w",), ())


def test_an_empty_window_leaves_the_word_to_who_knows_the_whole_docket() -> None:
    api = Policy(has_api=True)
    quiet = baseline(policy=api)
    assert (quiet.baselines, quiet.told_watches, quiet.alerts) == (("w",), (), ())
    assert len(baseline().alerts) == 1
    assert len(baseline(policy=api, by=LISTING).alerts) == 1
    assert len(baseline(policy=api, watches=[watch(number=EVERYTHING)]).alerts) == 1


def test_every_new_watch_gets_its_own_word() -> None:
    watches = [watch(), watch("x", number=OTHER), replace(watch("y"), court_id="mad")]
    said = baseline(seen(), watches=watches)
    assert [alert.docket.docket_number for alert in now_watching(said)] == [NUMBER, OTHER]
    assert said.baselines == ("w", "x")


def test_a_watch_that_begins_anew_is_told_anew() -> None:
    (first,) = now_watching(baseline(seen()))
    (again,) = now_watching(baseline(seen(), watches=[watch(since=NOON)]))
    assert first.alert_id != again.alert_id


# --- heads ---

OPEN = Docket(DOCKET_ID, "dcd", NUMBER, "DOE v. ROE", assigned_to="Ada Roe", states_head=True)
CLOSED = replace(OPEN, date_terminated=date(2026, 3, 2))


def heads(
    before: Docket, after: Docket, watches: Sequence[Watch] = (watch(),)
) -> list[DocketChanged]:
    memory = Memory(dockets={DOCKET_ID: before}, baselines=frozenset({"w", "x"}))
    judged = evidence(Reading(dockets=(after,)), memory=memory, watches=watches)
    found = compare("cl:docket", judged.reading, memory, NOON)
    alerts = tell_heads(judged, found).alerts
    return [alert for alert in alerts if isinstance(alert, DocketChanged)]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (OPEN, CLOSED, Terminated),
        (CLOSED, OPEN, Reopened),
        (OPEN, replace(OPEN, assigned_to="Bea Doe"), Reassigned),
    ],
)
def test_a_docket_that_is_closed_reopened_or_reassigned_is_told(
    before: Docket, after: Docket, kind: type
) -> None:
    assert [type(alert.change) for alert in heads(before, after)] == [kind]


def test_captions_that_sources_spell_in_turns_are_told_to_nobody() -> None:
    assert heads(OPEN, replace(OPEN, case_name="Doe et al. v. Roe", case_name_at=NOON)) == []


def test_a_closed_docket_is_told_once_to_each_case() -> None:
    watches = [watch(), watch("x"), watch("y", case="roe")]
    assert sorted(a.case.case_id for a in heads(OPEN, CLOSED, watches)) == ["ctr-v-irs", "roe"]


def test_a_head_that_nobody_watches_is_told_to_nobody() -> None:
    assert heads(OPEN, CLOSED, [watch(number=OTHER)]) == []
