"""Kinds and rulings of invented entries, the rare and the treacherous first."""

from __future__ import annotations

import pytest

from monitor.classify.kinds import classify, weightiest
from monitor.classify.rules import RULES
from tests.accuracy import CORPUS, WEIGHTY, dispositive, precision, recall, score, share

EVENTS = {
    ".Order": "order",
    "ruling": "order",
    "Dismiss": "motion",
    "Order on Motion to Stay": "order",
    "order on motion to dismiss": "order",
    "Order, Show Cause (Why Case Should Not Be Dismissed)": "order",
    "Proposed Order": "administrative_other",
    "Notice of Proposed Order": "administrative_other",
    "Response to Order to Show Cause": "brief_or_memorandum",
    "Motion for Order": "motion",
    "Transcript Order": "transcript",
    "USCA Order": "appeal_related",
    "USCA Case Number": "appeal_related",
    "USCA Mandate": "appeal_related",
    "Transmission of Notice of Appeal and Docket Sheet to USCA": "appeal_related",
    "Notice of Appeal to DC Circuit Court": "notice_of_appeal",
    "Notice, Appeal (fee)": "notice_of_appeal",
    "Notice of Cross Appeal": "notice_of_appeal",
    "Notice of Interlocutory Appeal": "notice_of_appeal",
    "Petition for Permission to Appeal": "notice_of_appeal",
    "Order on Motion for Leave to Appeal In Forma Pauperis": "order",
    "Per Curiam Order Filed (En Banc Panel)": "order",
    "Order Filed (CLERK)": "order",
    "Case termination for opinion": "opinion",
    "Memo Endorsement": "order",
    "~Util - Set/Reset Deadlines": "administrative_other",
    "Certificate of Service [Attorney]": "certificate_service_summons",
}
TEXTS = {
    "ORDER that the district court's judgment is AFFIRMED. Before: Roe, Circuit Judge": (
        "order",
        "affirmed",
        True,
    ),
    "OPINION filed. The judgment of the district court is REVERSED and the case remanded": (
        "opinion",
        "reversed",
        True,
    ),
    "PER CURIAM JUDGMENT that the order appealed from be affirmed": ("judgment", "affirmed", True),
    "ORDER filed: the preliminary injunction is VACATED": ("order", "vacated", True),
    "ORDER vacating the hearing set for May 3": ("order", "none", False),
    "ORDER: the conference set for June 4 is VACATED and reset for June 9": (
        "order",
        "none",
        False,
    ),
    "ORDER granting 7 Motion to Stay. The order of January 5 is STAYED pending appeal": (
        "order",
        "granted",
        True,
    ),
    "MINUTE ORDER granting in part and denying in part 12 Motion for Preliminary Injunction": (
        "order",
        "granted_in_part",
        True,
    ),
    "ORDER denying as moot 9 Motion for Extension of Time": ("order", "denied", False),
    "ORDER granting 4 Motion to Seal; denying 6 Motion to Strike": (
        "order",
        "granted_in_part",
        False,
    ),
    "ORDER REMANDING CASE to the Superior Court": ("order", "remanded", True),
    "ORDER granting 20 Motion to Dismiss. Case dismissed without prejudice": (
        "order",
        "dismissed",
        True,
    ),
    "ORDER denying 3 Motion for Temporary Restraining Order": ("order", "denied", True),
    "STIPULATION and [Proposed] Order by Acme": ("stipulation", "none", False),
    "[PROPOSED] ORDER granting Motion to Dismiss by Acme": ("administrative_other", "none", False),
    "RESPONSE to 14 Order granting Motion to Compel by Acme": (
        "brief_or_memorandum",
        "none",
        False,
    ),
    "NOTICE OF APPEAL as to 50 Order denying Motion for Preliminary Injunction by Acme": (
        "notice_of_appeal",
        "none",
        False,
    ),
    "MOTION to Dismiss for lack of jurisdiction by Acme": ("motion", "none", False),
    "MANDATE issued to Clerk, U.S. District Court": ("appeal_related", "none", False),
    "USCA Case Number 26-5006 for 55 Notice of Appeal to DC Circuit Court": (
        "appeal_related",
        "none",
        False,
    ),
    "ORDER TO SHOW CAUSE why this action should not be dismissed": ("order", "none", False),
    "TRANSMITTAL of Notice of Appeal and Order denying Motion to the Court of Appeals": (
        "appeal_related",
        "none",
        False,
    ),
}


#: Entries that tell more than they do: older rulings, other courts, several motions at once.
HISTORIES = {
    "ORDER: The Court previously granted summary judgment, the Ninth Circuit reversed and remanded. "
    "The motion for leave to amend is DENIED": ("order", "denied", False),
    "ORDER granting Motion for Preliminary Injunction. The agency's earlier motion was denied": (
        "order", "granted", True,
    ),
    "ORDER granting 21 Motion to Dismiss and denying as moot 25 Motion to Stay": (
        "order", "granted", True,
    ),
    "ORDER staying under 5 U.S.C. § 705 the effective date of the Final Rule": (
        "order", "stayed", True,
    ),
    "ORDER: Pursuant to the mandate, the preliminary injunction is hereby VACATED": (
        "order", "vacated", True,
    ),
    "ORDER that the Report and Recommendation is ADOPTED; the decision is VACATED": (
        "order", "vacated", True,
    ),
    "TEXT ORDER. Oral argument set for 9/12/2023 is hereby vacated": ("order", "none", False),
    "MINUTE ENTRY for proceedings held: Motion Hearing held re 8 MOTION for Temporary Restraining "
    "Order. For the reasons stated, the motion is DENIED": ("minute_entry", "denied", True),
    "PRELIMINARY INJUNCTION. Defendants are enjoined from enforcing it": ("order", "granted", True),
    "MEMORANDUM-DECISION and ORDER: the decision is REVERSED": ("opinion", "reversed", True),
    "Electronic Clerk's Notes for proceedings held before Judge Roe: Hearing held": (
        "minute_entry", "none", False,
    ),
    "Filed (ECF) Appellants' EMERGENCY MOTION to stay lower court action": ("motion", "none", False),
    "EXHIBIT A re 21 Memorandum: Order granting bond": ("administrative_other", "none", False),
    "Petitioner's TRAVERSE re 1 Petition for Writ of Habeas Corpus": (
        "brief_or_memorandum", "none", False,
    ),
    "US CIVIL CASE docketed. NOTICE OF APPEAL seeking review of a decision": (
        "notice_of_appeal", "none", False,
    ),
}  # fmt: skip
TEXTS |= HISTORIES


@pytest.mark.parametrize(("event", "kind"), EVENTS.items())
def test_events(event: str, kind: str) -> None:
    judged = classify([event])
    assert judged.kind == kind, judged.reason
    assert judged.ruling == "none"


@pytest.mark.parametrize(("text", "expected"), TEXTS.items())
def test_texts(text: str, expected: tuple[str, str, bool]) -> None:
    judged = classify([], text)
    assert (judged.kind.value, judged.ruling.value, judged.is_dispositive) == expected, judged


@pytest.mark.parametrize("rule", RULES, ids=[rule.example for rule in RULES])
def test_every_rule_decides_over_its_own_example(rule: object) -> None:
    from monitor.classify.kinds import first_rule, heading
    from monitor.classify.rules import Rule

    assert isinstance(rule, Rule)
    found = first_rule(heading(rule.example))
    assert found is not None
    assert found.kind is rule.kind


def test_what_an_order_acts_on_is_named() -> None:
    assert classify([], "ORDER denying 49 Motion to Stay").acts_on == "49"
    assert classify([], "ORDER granting [12] Motion").acts_on == "12"


def test_an_event_alone_leaves_open_what_was_decided() -> None:
    assert classify(["Order on Motion to Dismiss"]).is_dispositive is None


def test_a_headline_names_the_order_and_not_the_deadline() -> None:
    assert (
        weightiest(["~Util - Set Deadlines", "Order on Motion to Stay"])
        == "Order on Motion to Stay"
    )


@pytest.mark.skipif(not (CORPUS / "entries.jsonl").exists(), reason=f"no corpus at {CORPUS}")
def test_the_labelled_entries_are_told_as_well_as_promised() -> None:
    scored = score()
    assert share(s.is_right for s in scored) >= 0.97
    assert share(s.ruling_is_right for s in scored) >= 0.97
    assert all(recall(scored, k) >= 0.98 and precision(scored, k) >= 0.97 for k in WEIGHTY)
    found, false = dispositive(scored)
    assert found >= 0.97
    assert false <= 0.01
