"""Follow the case: which appeal is watched by itself, which is put to a person, which is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from monitor.decide.appeals import follow_appeals
from monitor.decide.compare import compare
from monitor.decide.evidence import Evidence
from monitor.model.alert import AppealFound, AppealProposed
from monitor.model.docket import Sighting
from monitor.model.follow import AppealCandidate, Follow, FollowState
from monitor.model.outcome import Consequences
from monitor.model.reading import Memory, Reading
from monitor.model.watch import EVERYTHING, Watch
from monitor.sources import courtlistener
from tests.decide.test_compare import known, seen
from tests.feeds import NOON
from tests.make import DAY, DOCKET_ID, NUMBER, evidence, source, watch

CAPTION = "ACME TAX CLINIC et al v. IRS et al"
ABOVE = source("court:cadc", court_id="cadc")
SEARCH = source("cl:appeal", courtlistener.APPEAL, court_id="cadc")
NUMBERED = "USCA Case Number 26-5006 for 12 Notice of Appeal to DC Circuit Court"
EXPECTED = Follow(
    DOCKET_ID, "cadc", "", FollowState.PENDING, "e1", "Notice of Appeal", "ctr-v-irs", "CTR v. IRS",
    NOON - 3 * DAY, CAPTION,
)  # fmt: skip


def followed(given: Evidence) -> Consequences:
    found = compare(given.source.source_id, given.reading, given.memory, given.now)
    return follow_appeals(given, found)


def below(*sightings: Sighting, **more: Any) -> Consequences:
    return followed(evidence(Reading(sightings=sightings), **more))


def at_cadc(number: str = "26-5006") -> Watch:
    return replace(watch("above", number=number), court_id="cadc")


def above(
    *sightings: Sighting, follows: Sequence[Follow] = (EXPECTED,), watches: Sequence[Watch] = ()
) -> Consequences:
    reading = Reading(sightings=sightings)
    given = evidence(reading, by=ABOVE, follows=follows, watches=[watch(), *watches])
    return followed(given)


def shown(number: str = "26-5006", caption: str = CAPTION, seq: int = 1, **more: Any) -> Sighting:
    values: dict[str, Any] = {
        "court_id": "cadc",
        "docket_number": number,
        "case_name": caption,
        "source_id": "court:cadc",
        "entry_keys": (f"cadc:part:{number}:{seq}",),
    } | more
    return seen("US Civil Case Docketed", seq, **values)


def looked_up(*candidates: AppealCandidate, follows: Sequence[Follow] = (EXPECTED,)) -> Consequences:  # fmt: skip
    return followed(evidence(Reading(appeals=candidates), by=SEARCH, follows=follows))


def candidate(number: str = "26-5006", lower: str = NUMBER, **more: Any) -> AppealCandidate:
    values: dict[str, Any] = {"date_filed": date(2026, 3, 1), "case_name": "Acme v. IRS"} | more
    return AppealCandidate("cadc", number, lower_number=lower, **values)


def states(said: Consequences) -> list[tuple[str, str]]:
    return [(follow.state.value, follow.appeal_number) for follow in said.follows]


# --- told by an entry below ---


def test_a_number_in_the_text_is_watched_at_once_on_behalf_of_the_case() -> None:
    said = below(seen("USCA Case Number", text=NUMBERED))
    (new,) = said.watches
    assert (new.case_id, new.docket_id, new.origin) == ("ctr-v-irs", "cadc/26-5006", "follow")
    assert new.since == NOON
    (alert,) = said.alerts
    assert isinstance(alert, AppealFound)
    assert alert.lower_docket.docket_number == NUMBER
    assert [change.kind for change in said.changes] == ["appeal_docketed"]


def test_a_notice_without_a_number_is_remembered_and_told_by_its_own_alert_only() -> None:
    said = below(seen("Notice of Appeal to DC Circuit Court", case_name=CAPTION))
    assert states(said) == [("pending", "")]
    assert (said.alerts, said.watches) == ((), ())
    assert said.follows[0].caption == CAPTION


@pytest.mark.parametrize("event", ["Order", "Notice of Change of Address", "Motion to Stay"])
def test_other_filings_lead_nowhere(event: str) -> None:
    assert below(seen(event)) == Consequences()


def test_words_that_complete_a_known_notice_expect_no_second_appeal() -> None:
    memory = known(seen("Notice of Appeal to DC Circuit Court"))
    assert below(seen("Notice of Appeal"), memory=memory).follows == ()


def test_a_number_that_comes_later_binds_what_was_expected() -> None:
    memory = known(seen("Notice of Appeal to DC Circuit Court"))
    said = below(seen("USCA Case Number", 12, text=NUMBERED), memory=memory, follows=[EXPECTED])
    assert states(said) == [("bound", "26-5006")]


def test_each_case_that_watches_the_docket_below_follows_it() -> None:
    watches = [watch(), watch("v"), watch("x", case="roe"), watch("y", case="all", number=EVERYTHING)]  # fmt: skip
    said = below(seen("USCA Case Number", text=NUMBERED), watches=watches)
    assert sorted(one.case_id for one in said.watches) == ["ctr-v-irs", "roe"]


def test_an_appeal_that_the_case_watches_already_is_bound_without_a_word() -> None:
    said = below(seen("USCA Case Number", text=NUMBERED), watches=[watch(), at_cadc()])
    assert states(said) == [("bound", "26-5006")]
    assert (said.alerts, said.watches) == ((), ())


def test_a_settled_appeal_that_is_spoken_of_again_settles_nothing() -> None:
    bound = replace(EXPECTED, appeal_number="26-5006", state=FollowState.BOUND)
    said = below(seen("USCA Case Number", text=NUMBERED), follows=[bound])
    assert said == Consequences()


def test_a_docket_that_nobody_watches_is_not_followed() -> None:
    said = below(seen("USCA Case Number", text=NUMBERED, docket_number="1:25-cv-00999"))
    assert said == Consequences()


# --- recognized in the feed of the court above ---


def test_a_caption_with_both_parties_at_its_time_is_the_appeal() -> None:
    said = above(shown())
    assert states(said) == [("bound", "26-5006")]
    assert [one.docket_id for one in said.watches] == ["cadc/26-5006"]


SURE: dict[str, tuple[Sighting, list[tuple[str, str]]]] = {
    "one party only": (shown(caption="Acme Tax Clinic v. Doe"), [("proposed", "26-5006")]),
    "months later": (
        shown(date_filed=date(2026, 3, 2) + timedelta(days=90)),
        [("proposed", "26-5006")],
    ),
    "without a day": (shown(date_filed=None, published_at=None), [("proposed", "26-5006")]),
    "before the notice": (shown(date_filed=date(2026, 1, 2)), []),
    "a number of another year": (shown("19-5006"), []),
    "other parties": (shown(caption="Roe v. Doe"), []),
    "no caption": (shown(caption=""), []),
}


@pytest.mark.parametrize(("item", "expected"), SURE.values(), ids=SURE)
def test_what_is_less_than_certain_is_put_to_a_person_or_left(
    item: Sighting, expected: list[tuple[str, str]]
) -> None:
    said = above(item)
    assert states(said) == expected
    assert said.watches == ()
    assert all(isinstance(alert, AppealProposed) for alert in said.alerts)


def test_two_that_fit_as_well_are_both_put_to_a_person() -> None:
    said = above(shown(), shown("26-5007", seq=2))
    assert sorted(states(said)) == [("proposed", "26-5006"), ("proposed", "26-5007")]
    assert said.watches == ()


def test_one_that_fits_better_leaves_the_other_unproposed() -> None:
    said = above(shown(), shown("26-5007", "Acme Tax Clinic v. Doe", seq=2))
    assert states(said) == [("bound", "26-5006")]


def test_what_a_person_refused_is_not_proposed_again() -> None:
    no = replace(EXPECTED, appeal_number="26-5006", state=FollowState.REFUSED)
    said = above(shown(caption="Acme Tax Clinic v. Doe"), follows=[EXPECTED, no])
    assert said == Consequences()


def test_an_earlier_appeal_of_the_case_is_not_taken_for_the_new_one() -> None:
    assert above(shown(), watches=[at_cadc()]).follows == ()


def test_without_an_expected_appeal_no_caption_leads_anywhere() -> None:
    assert above(shown(), follows=[]) == Consequences()


# --- found by a look-up ---


def test_a_docket_that_names_the_one_below_is_the_appeal() -> None:
    said = looked_up(candidate())
    assert states(said) == [("bound", "26-5006")]
    assert len(said.watches) == 1


CANDIDATES: dict[str, tuple[AppealCandidate, list[str]]] = {
    "it names another docket below": (candidate(lower="1:25-cv-00999"), []),
    "the office is missing": (candidate(lower="25-cv-00457"), ["bound"]),
    "it is older than the notice": (candidate(date_filed=date(2026, 1, 5)), []),
    "it is of another court": (replace(candidate(), court_id="ca1"), []),
    "no day, this year": (candidate(date_filed=None), ["bound"]),
    "no day, another year": (candidate("19-5006", date_filed=None), []),
    "only the caption": (candidate(lower="", case_name=CAPTION), ["bound"]),
    "one party": (candidate(lower="", case_name="Acme Tax Clinic v. Doe"), ["proposed"]),
    "a hostile caption": (candidate(lower="", case_name="\r\n<b> v. \u202e"), []),
}


@pytest.mark.parametrize(("found", "expected"), CANDIDATES.values(), ids=CANDIDATES)
def test_how_surely_a_docket_that_was_looked_up_is_the_appeal(
    found: AppealCandidate, expected: list[str]
) -> None:
    assert [state for state, _ in states(looked_up(found))] == expected


def test_a_look_up_for_one_case_says_nothing_of_another() -> None:
    other = replace(EXPECTED, lower_docket_id="dcd/1:25-cv-00999", case_id="roe", caption="Roe v. Doe")  # fmt: skip
    said = looked_up(candidate(), follows=[EXPECTED, other])
    assert [follow.case_id for follow in said.follows] == ["ctr-v-irs"]


def test_the_same_appeal_told_twice_has_one_id() -> None:
    (one,) = looked_up(candidate()).alerts
    (other,) = below(seen("USCA Case Number", text=NUMBERED), memory=Memory()).alerts
    assert one.alert_id == other.alert_id
