"""Where a case stands over its dockets: each statement from an entry, nothing from the press."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

import pytest

from monitor.history.case_status import CaseStatus, case_status
from monitor.model.docket import Docket, DocketEntry
from tests.feeds import NOON

BELOW = Docket("dcd/1:25-cv-00457", "dcd", "1:25-cv-00457")
ABOVE = Docket("cadc/26-5006", "cadc", "26-5006")
TOP = Docket("scotus/26-100", "scotus", "26-100")
_names = count()


def entry(docket: Docket, day: int, text: str) -> DocketEntry:
    at: datetime = NOON + timedelta(days=day)
    filed = date(2026, 3, 1) + timedelta(days=day)
    return DocketEntry(f"e{next(_names)}", docket.docket_id, None, (), text, filed, at, at)


def stands(*said: tuple[Docket, int, str]) -> CaseStatus:
    dockets = {docket.docket_id: docket for docket, _, _ in said}
    entries = [entry(*one) for one in said]
    return case_status(
        [
            (docket, [e for e in reversed(entries) if e.docket_id == name])
            for name, docket in dockets.items()
        ]
    )


GRANTED = (BELOW, 0, "ORDER granting 8 Motion for Preliminary Injunction")
DENIED = (BELOW, 0, "ORDER denying 8 Motion for Preliminary Injunction")
DOCKETED = (ABOVE, 3, "US CIVIL CASE docketed")
AFFIRMED = (ABOVE, 30, "JUDGMENT that the order of the District Court be AFFIRMED")
VACATED = (ABOVE, 30, "OPINION: the preliminary injunction is VACATED and the case REMANDED")
STAYED = (ABOVE, 10, "PER CURIAM ORDER granting the motion for stay pending appeal")
REFUSED = (ABOVE, 10, "PER CURIAM ORDER denying the emergency motion for stay pending appeal")
MANDATE = (ABOVE, 60, "MANDATE ISSUED to Clerk, U.S. District Court")

VERDICTS = [
    ((), "no ruling on relief is on record"),
    ((GRANTED,), "relief was granted; in force as far as the record shows"),
    ((GRANTED, DOCKETED), "no higher court's ruling on it is on record"),
    ((GRANTED, DOCKETED, REFUSED), "in force as far as the record shows"),
    ((GRANTED, DOCKETED, STAYED), "stayed by a higher court since 2026-03-11: not in force"),
    ((GRANTED, DOCKETED, AFFIRMED), "affirmed on 2026-03-31: in force"),
    ((GRANTED, DOCKETED, VACATED), "no mandate is on record, so it may still bind"),
    ((GRANTED, DOCKETED, VACATED, MANDATE), "the mandate issued on 2026-04-30: not in force"),
    ((DENIED, DOCKETED, AFFIRMED), "relief was refused; affirmed on 2026-03-31: that stands"),
    ((DENIED, (BELOW, 40, GRANTED[2]), DOCKETED), "relief was granted"),
]


def test_what_may_be_an_act_makes_the_state_unclear() -> None:
    doubtful = (BELOW, 40, "entered by the court granting motion signed by judge")
    told = stands(GRANTED, doubtful).verdict
    assert "unclear: what was filed in D.D.C. on 2026-04-10 may be a court's act" in told
    assert "unclear" not in stands(doubtful, (BELOW, 50, GRANTED[2])).verdict


@pytest.mark.parametrize(("said", "expected"), VERDICTS)
def test_what_is_in_force(said: tuple[tuple[Docket, int, str], ...], expected: str) -> None:
    assert expected in stands(*said).verdict


def test_which_court_has_it() -> None:
    assert stands(GRANTED).before == "D.D.C. 1:25-cv-00457"
    assert "has not ruled" in stands(GRANTED, DOCKETED).before
    assert "no mandate is on record" in stands(GRANTED, DOCKETED, AFFIRMED).before
    assert stands(GRANTED, DOCKETED, AFFIRMED, MANDATE).before == "back in D.D.C. 1:25-cv-00457"
    petition = (TOP, 70, "Petition for a writ of certiorari filed.")
    assert stands(GRANTED, DOCKETED, AFFIRMED, petition).before.startswith("U.S. 26-100")
    denied = (TOP, 100, "Petition DENIED.")
    assert "has ruled" in stands(GRANTED, DOCKETED, AFFIRMED, petition, denied).before


def test_every_statement_cites_its_entry() -> None:
    board = stands(GRANTED, DOCKETED, VACATED, MANDATE)
    assert board.relief is not None
    assert board.relief.entry.text == GRANTED[2]
    assert [cell.entry.text for cell in board.review] == [VACATED[2]]
    assert board.mandate is not None
    assert board.mandate.entry.text == MANDATE[2]


# --- acts that may have lifted the relief ---

GIVEN = (BELOW, 2, "ORDER granting 7 Motion for Preliminary Injunction")


@pytest.mark.parametrize(
    "text",
    [
        "ORDER granting 12 Motion to Dissolve the Preliminary Injunction",
        "MINUTE ORDER: The preliminary injunction entered at 10 is hereby DISSOLVED.",
        "ORDER granting 14 Motion to Stay the Preliminary Injunction Pending Appeal",
        "ORDER granting 14 Motion for Stay Pending Appeal",
        "ORDER granting in part 12 Motion to Modify the Preliminary Injunction",
        "JUDGMENT in favor of Defendants; the preliminary injunction is dissolved.",
        "ORDER vacating 10 Order on Motion for Preliminary Injunction",
        "ORDER granting 20 Motion for Reconsideration of the Court's Order",
        "ORDER: the Court's injunction is suspended until further notice",
    ],
)
def test_what_may_have_lifted_the_relief_is_said_before_all_else(text: str) -> None:
    said = stands(GIVEN, (BELOW, 5, text)).verdict
    assert said.startswith(
        "unclear: relief was granted, and what was filed in D.D.C. on 2026-03-06"
    )
    assert "in force" not in said


@pytest.mark.parametrize(
    "text",
    [
        "ORDER denying 12 Motion to Dissolve the Preliminary Injunction",
        "ORDER denying 14 Motion to Stay Pending Appeal",
        "ORDER granting 9 Motion to Stay Briefing Schedule",
        "NOTICE of Motion to Dissolve the Preliminary Injunction",
    ],
)
def test_who_does_not_get_the_relief_lifted_changes_nothing(text: str) -> None:
    said = stands(GIVEN, (BELOW, 5, text)).verdict
    assert said == "relief was granted; in force as far as the record shows"


@pytest.mark.parametrize(
    "text",
    [
        "ORDER granting 30 Motion for Preliminary Injunction",
        "ORDER granting 30 Motion for Preliminary Injunction; vacating the scheduling order",
        "ORDER granting 30 Motion for TRO. The TRO shall expire on March 20, 2026.",
    ],
)
def test_relief_that_is_given_anew_is_clear_again(text: str) -> None:
    lifted = (BELOW, 5, "ORDER granting 12 Motion to Dissolve the Preliminary Injunction")
    said = stands(GIVEN, lifted, (BELOW, 8, text)).verdict
    assert said == "relief was granted; in force as far as the record shows"
