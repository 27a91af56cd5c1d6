"""Kinds and rulings of invented entries, the rare and the treacherous first."""

from __future__ import annotations

import pytest

from monitor.classify.kinds import classify, weightiest
from tests.accuracy import measure
from tests.labels import CORPUS, all_rows, another_hand

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

#: What a word in a reference, a party's paper or a clerk's note does not make an order; and orders
#: that do not begin with the word.
HEADS = {
    "REQUEST for Order": "motion",
    "BRIEF re 108 Order": "brief_or_memorandum",
    "Copy of Order mailed": "administrative_other",
    "Transcript Order Form": "transcript",
    "NOTICE of Compliance re 13 Order": "notice",
    "MOTION for Judgment": "motion",
    "Satisfaction of Judgment": "administrative_other",
    "Summary Judgment": "motion",
    "RULE 16(b) SCHEDULING ORDER": "order",
    "MEDIATION ORDER": "order",
    "CERTIFIED COPY of MDL TRANSFER ORDER": "order",
    "RULING LETTER granting 5 Motion": "order",
    "LEAVE TO FILE DENIED": "order",
    "SO ORDERED": "order",
    "PAPERLESS ORDER Requiring Response": "order",
    "Case Stayed": "order",
    "EN BANC OPINION filed": "opinion",
    "Plea and Sentencing Hearing": "minute_entry",
    "Answer and Counterclaim": "complaint_or_petition",
    "Relief from Stay, Motion for": "motion",
    "Extension of Time - Granted": "order",
}
#: The Supreme Court's own language.
OF_SCOTUS = {
    "Motion to extend the time to file a response is granted and the time is extended": "order",
    "Application (25A443) for a stay, submitted to The Chief Justice.": "motion",
    "Application (25A443) granted by The Chief Justice extending the time to file": "order",
    "Application (25A443) denied by Justice Roe.": "order",
    "Petition DENIED.": "order",
    "The Solicitor General is invited to file a brief in this case": "order",
    "Response to application (25A443) requested by The Chief Justice, due by 4 p.m.": "order",
    "Motion of petitioners for leave to proceed in forma pauperis GRANTED.": "order",
    "DISTRIBUTED for Conference of 1/9/2026.": "administrative_other",
    "Argued. For petitioner: Jane Roe.": "administrative_other",
    "Waiver of right of respondent to respond filed.": "administrative_other",
    "Judgment REVERSED and case REMANDED. Roe, J., delivered the opinion.": "judgment",
    "Brief amicus curiae of Acme filed.": "brief_or_memorandum",
    "Petition for a writ of certiorari filed.": "appeal_related",
}


@pytest.mark.parametrize(("text", "kind"), HEADS.items())
def test_the_head_decides(text: str, kind: str) -> None:
    assert classify([], text).kind == kind
    assert classify([text]).kind == kind


@pytest.mark.parametrize(("text", "kind"), OF_SCOTUS.items())
def test_the_supreme_court(text: str, kind: str) -> None:
    assert classify([], text, "scotus").kind == kind


@pytest.mark.parametrize(("event", "kind"), EVENTS.items())
def test_events(event: str, kind: str) -> None:
    judged = classify([event])
    assert judged.kind == kind, judged.reason
    assert judged.ruling == "none"


@pytest.mark.parametrize(("text", "expected"), TEXTS.items())
def test_texts(text: str, expected: tuple[str, str, bool]) -> None:
    judged = classify([], text)
    assert (judged.kind.value, judged.ruling.value, judged.is_dispositive) == expected, judged


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
@pytest.mark.parametrize("part", ["entries", "event names", "texts"])
def test_rows_set_aside_are_told_as_well_as_promised(part: str) -> None:
    found = measure([row for row in all_rows() if row.is_aside and row.part == part])
    assert found.kind.share >= 0.95
    assert found.missed_acts.share <= 0.01
    assert found.missed_appeals.share <= 0.03
    assert found.in_vain.share <= 0.02
    assert found.reversed_rulings.count == 0


def test_entries_of_another_hand_are_told_as_well_as_promised() -> None:
    found = measure(another_hand())
    assert found.kind.share >= 0.96
    assert found.missed_acts.count == 0
    assert found.missed_appeals.count == 0
    assert found.in_vain.share <= 0.02
    assert found.reversed_rulings.count == 0


#: Papers that end with a ruling's word, and rulings that stand behind a motion's name.
WHO_SPEAKS = {
    "ANSWER to Complaint; allegations not admitted are denied.": "administrative_other",
    "PETITION for Writ of Habeas Corpus. State petition denied.": "complaint_or_petition",
    "PRO HAC VICE MOTION GRANTED. (abc) (Entered: 03/04/2025)": "order",
    "Motion to Compel denied without prejudice; discovery closes May 4.": "order",
    "SUMMARY JUDGMENT GRANTED to Defendant.": "order",
    "Oral motion for release DENIED by the Court.": "order",
    "FILED MEMORANDUM (JUDGES ROE, DOE and POE) AFFIRMED. FILED JUDGMENT.": "opinion",
    "MEMORANDUM granting 12 Motion to Dismiss. Signed by Judge Roe": "opinion",
    "TEMPORARY RESTRAINING ORDER: the request is GRANTED.": "order",
    "NOTATION ORDER denying 34 Motion": "order",
    "Emergency MOTION for Reconsideration re 58 Order, which said that the motion is GRANTED": "motion",
    "Plaintiff&#039;s Motion to Stay is DENIED.": "order",
    "Judge Jane Q. Roe: MEMORANDUM AND ORDER entered.": "opinion",
}


@pytest.mark.parametrize(("text", "kind"), WHO_SPEAKS.items())
def test_who_speaks(text: str, kind: str) -> None:
    assert classify([], text).kind == kind
