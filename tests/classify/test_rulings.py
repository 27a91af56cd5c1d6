"""Rulings with their polarity: composed sentences, whose truth is known, are never reversed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.classify.kinds import classify
from monitor.model.docket import Ruling, RulingOn

G, D, N = Ruling.GRANTED, Ruling.DENIED, Ruling.NONE
#: Verb in its forms: "grants", "granted", "granting", "grant"; what it rules.
VERBS = (
    ("grants", "granted", "granting", "grant", G),
    ("denies", "denied", "denying", "deny", D),
    ("dismisses", "dismissed", "dismissing", "dismiss", Ruling.DISMISSED),
    ("stays", "stayed", "staying", "stay", Ruling.STAYED),
    ("vacates", "vacated", "vacating", "vacate", Ruling.VACATED),
)
OBJECTS = {
    G: ("the motion", "Plaintiffs' motion for a preliminary injunction", "the emergency motion"),
    D: ("the motion", "Plaintiffs' motion for a preliminary injunction", "the emergency motion"),
    Ruling.DISMISSED: ("the case", "this action", "the appeal", "the complaint"),
    Ruling.STAYED: ("the injunction", "the case", "enforcement of the rule", "the order of May 3"),
    Ruling.VACATED: ("the judgment", "the injunction", "the order of May 3"),
}
#: {s} grants, {ed} granted, {ing} granting, {v} grant, {o} the object.
RULES = (
    "ORDER {ing} {o}",
    "ORDER: The Court {s} {o}",
    "ORDER: The Court hereby {s} {o}",
    "ORDER that {o} is {ed}",
    "ORDER that {o} is hereby {ed}",
    "ORDER that {o} be {ed}",
    "ORDER: For the reasons stated, {o} is {ed}",
    "ORDER. Accordingly, it is ORDERED that {o} is {ed}",
    "PER CURIAM ORDER filed {ing} {o}",
    "ORDER: We {v} {o}",
)
SPEAKS = (
    "ORDER: The Court would {v} {o} if asked",
    "ORDER: The Court should {v} {o}, says the brief",
    "ORDER: The Court may {v} {o} without further notice",
    "ORDER: The Court might {v} {o}",
    "ORDER: The Court must {v} {o} if no response is filed",
    "ORDER: If {o} is {ed}, briefing resumes",
    "ORDER: The parties shall say whether {o} is {ed}",
    "ORDER: Unless {o} is {ed}, the hearing goes ahead",
    "ORDER: Plaintiffs ask the Court to {v} {o}",
    "ORDER: Plaintiffs request that {o} be {ed}",
    "ORDER: Defendants argue that {o} should be {ed}",
    "ORDER setting a hearing. The magistrate judge recommended that {o} be {ed}",
    "ORDER: {o} was {ed} by another judge; a status report is due",
    "ORDER: After the Court {ed} {o}, the parties conferred",
    "ORDER: The district court {ed} {o}; briefs are due",
    "ORDER: The D.C. Circuit {ed} {o}; the parties shall confer",
    "ORDER: Having {ed} {o}, the Court sets a conference",
    "ORDER setting argument on the request to {v} {o}",
    "ORDER TO SHOW CAUSE why {o} should not be {ed}",
    "ORDER directing a response before {ing} {o}",
    "ORDER: the Court is not {ing} {o} today",
    "ORDER extending time to answer 12 Order {ing} {o}",
)
#: A refusal to grant is a denial; a refusal of anything else is told as none, or as a denial.
REFUSES = (
    "ORDER: The Court declines to {v} {o}",
    "ORDER: The Court refuses to {v} {o}",
    "ORDER that {o} is not {ed}",
    "ORDER: The Court does not {v} {o}",
)
TAILS = ("", ". The parties shall confer", ". (Entered: 05/03/2026)", "; briefs are due May 3")


def _ruling(form: str, verb: tuple[str, str, str, str, Ruling], of: str, tail: str) -> Ruling:
    s, ed, ing, v, _ = verb
    text = form.format(s=s, ed=ed, ing=ing, v=v, o=of) + tail
    return classify([], text).ruling


PLACES = st.tuples(
    st.sampled_from(VERBS), st.integers(0, 99), st.sampled_from(TAILS), st.booleans()
)


def _spelled(
    verb: tuple[str, str, str, str, Ruling], loud: bool
) -> tuple[str, str, str, str, Ruling]:
    s, ed, ing, v, ruling = verb
    return (s.upper(), ed.upper(), ing.upper(), v.upper(), ruling) if loud else verb


@settings(max_examples=400)
@given(st.sampled_from(RULES), PLACES)
def test_what_the_court_rules_is_told(
    form: str, place: tuple[tuple[str, str, str, str, Ruling], int, str, bool]
) -> None:
    verb, number, tail, loud = place
    about = OBJECTS[verb[4]][number % len(OBJECTS[verb[4]])]
    assert _ruling(form, _spelled(verb, loud), about, tail) is verb[4]


@settings(max_examples=600)
@given(st.sampled_from(SPEAKS), PLACES)
def test_what_is_only_spoken_of_is_no_ruling(
    form: str, place: tuple[tuple[str, str, str, str, Ruling], int, str, bool]
) -> None:
    verb, number, tail, _ = place
    about = OBJECTS[verb[4]][number % len(OBJECTS[verb[4]])]
    assert _ruling(form, verb, about, tail) is N


@settings(max_examples=300)
@given(st.sampled_from(REFUSES), PLACES)
def test_a_refusal_is_never_told_as_the_thing_refused(
    form: str, place: tuple[tuple[str, str, str, str, Ruling], int, str, bool]
) -> None:
    verb, number, tail, loud = place
    about = OBJECTS[verb[4]][number % len(OBJECTS[verb[4]])]
    said = _ruling(form, _spelled(verb, loud), about, tail)
    assert said in ({D} if verb[4] is G else {N, D} if verb[4] is not D else {N})


@settings(max_examples=300)
@given(st.sampled_from(VERBS), st.sampled_from(VERBS), st.integers(1, 400), st.integers(401, 900))
def test_two_things_ruled_on_are_two_rulings(
    one: tuple[str, str, str, str, Ruling],
    other: tuple[str, str, str, str, Ruling],
    first: int,
    second: int,
) -> None:
    text = f"ORDER {one[2]} {first} Motion to Compel and {other[2]} {second} Motion for Leave"
    assert [(r.ruling, r.on) for r in classify([], text).rulings] == [
        (one[4], str(first)),
        (other[4], str(second)),
    ]


SUMS = {
    "ORDER granting 12 Motion to Stay and denying 14 Motion for Leave": Ruling.GRANTED_IN_PART,
    "ORDER granting 12 Motion to Stay and granting 14 Motion for Leave": G,
    "ORDER denying 12 Motion to Stay; denying 14 Motion for Leave": D,
    "ORDER granting 12 Motion to Stay; denying as moot 14 Motion for Leave": G,
    "ORDER granting in part and denying in part 12 Motion to Stay": Ruling.GRANTED_IN_PART,
    "ORDER granting 12 Motion to Dismiss. The case is DISMISSED": Ruling.DISMISSED,
    "ORDER denying 5 Motion to Vacate 3 Order granting Motion to Stay": D,
    "ORDER: the request that the motion be denied is GRANTED": G,
    "ORDER. The request that we vacate the injunction is denied": D,
    "ORDER: the motion is neither granted nor denied, but held in abeyance": N,
    "ORDER vacating hearing on Motion to Vacate": N,
    "ORDER VACATING the order of May 3 and setting a hearing": Ruling.VACATED,
    "JUDGMENT that the appeal be dismissed": Ruling.DISMISSED,
    "ORDER that the judgment of the district court is AFFIRMED": Ruling.AFFIRMED,
    "ORDER. The D.C. Circuit vacated our order; the parties shall confer": N,
    "REPORT AND RECOMMENDATION that the motion be granted": N,
    "ORDER adopting 9 Report and Recommendation and granting 5 Motion to Remand": G,
}


@pytest.mark.parametrize(("text", "ruling"), SUMS.items())
def test_the_sum_of_rulings(text: str, ruling: Ruling) -> None:
    assert classify([], text).ruling is ruling


WITHOUT_A_MOTION = {
    "PRELIMINARY INJUNCTION entered against the agency": (G, True),
    "Judge Jane Roe: ORDER entered. PRELIMINARY INJUNCTION.": (G, True),
    "ORDER: The Court issues a temporary restraining order": (G, True),
    "ORDER: an administrative stay is entered": (Ruling.STAYED, True),
    "ORDER staying the rule under 5 U.S.C. 705": (Ruling.STAYED, True),
    "ORDER that the stay of agency action under 5 U.S.C. 705 is GRANTED": (G, True),
    "ORDER granting rehearing en banc. The panel's judgment is VACATED": (Ruling.VACATED, True),
    "ORDER of Dismissal": (Ruling.DISMISSED, True),
    "ORDER of Remand to state court": (Ruling.REMANDED, True),
}


@pytest.mark.parametrize(("text", "expected"), WITHOUT_A_MOTION.items())
def test_what_the_court_orders_without_a_motion(text: str, expected: tuple[Ruling, bool]) -> None:
    judged = classify([], text)
    assert (judged.ruling, judged.is_dispositive) == expected


ON = {
    "ORDER denying [12-1] Motion to Stay": "12-1",
    "ORDER granting 12 Motion to Stay re 5 Order": "12",
    "ORDER re 5 Motion, 7 Reply: the motion is DENIED": "5",
    "ORDER granting (ECF No. 31) Motion": "31",
    "ORDER granting the motion of 2025-11-21 under Rule 12 and 5 U.S.C. 705": "the motion",
    "ORDER granting the motion within 14 days": "the motion",
    "ORDER denying Motion to Stay filed in 2025": "Motion to Stay filed in 2025",
}


@pytest.mark.parametrize(("text", "on"), ON.items())
def test_dates_and_sections_are_no_entries(text: str, on: str) -> None:
    (one,) = classify([], text).rulings
    assert one.on.startswith(on)


def test_a_ruling_has_its_words() -> None:
    assert classify([], "ORDER denying 49 Motion to Stay").rulings == (
        RulingOn(D, "49", "denying"),
    )


@settings(max_examples=200)
@given(st.text(alphabet="grantdeniyvcsobf .;,()[]12", max_size=3000))
def test_any_text_is_read(text: str) -> None:
    judged = classify([], f"ORDER {text}")
    assert (judged.ruling is N) == (not judged.rulings)


# --- who got what ---

D_, G_, P_ = "denied", "granted", "granted_in_part"
EACH = {
    "ORDER: Motion to Dismiss (Doc. 12) is DENIED and Motion to Transfer (Doc. 14) is GRANTED.": [
        (D_, "12"),
        (G_, "14"),
    ],
    "ORDER: 12 Motion is GRANTED, 14 Motion is DENIED, and 16 Motion is GRANTED IN PART.": [
        (G_, "12"),
        (D_, "14"),
        (P_, "16"),
    ],
    "ORDER: 12 Motion for Summary Judgment is DENIED and 14 Cross-Motion is GRANTED.": [
        (D_, "12"),
        (G_, "14"),
    ],
    "ORDER: Upon consideration of 12 Motion, 14 Opposition, and 16 Reply, the motion is GRANTED.": [
        (G_, "12")
    ],
    "ORDER granting 12 Unopposed Motion to Withdraw 10 Motion for Summary Judgment.": [(G_, "12")],
    "ORDER granting Motion to Dismiss Counts 2, 3 and 5 of 1 Complaint (Doc. 17).": [(G_, "17")],
    "ORDER granting in part and denying in part 12 Motion to Dismiss; denying 13 Motion to Stay.": [
        (P_, "12"),
        (D_, "13"),
    ],
    "ORDER granting 12 and 14 Motions for Leave": [(G_, "12"), (G_, "14")],
    "ORDER: Filing No. 12 is denied": [(D_, "12")],
    "ORDER denying all motions except 15": [(D_, "all motions")],
}


@pytest.mark.parametrize(("text", "each"), EACH.items())
def test_each_motion_has_its_own_ruling(text: str, each: list[tuple[str, str]]) -> None:
    assert [(one.ruling.value, one.on) for one in classify([], text).rulings] == each


def test_the_numbers_of_a_rule_are_no_entries() -> None:
    text = "ORDER denying motion to dismiss under Fed. R. Civ. P. 12(b)(1) and 12(b)(6)."
    (one,) = classify([], text).rulings
    assert one.on.startswith("motion to dismiss")


def test_two_verbs_that_are_given_respectively_name_no_motion() -> None:
    text = "ORDER: 12 Motion to Stay and 14 Motion for Leave are, respectively, GRANTED and DENIED."
    assert {one.on for one in classify([], text).rulings} == {""}


TREACHEROUS = {
    "ORDER overruling 31 Objection and granting 12 Motion to Dismiss.": G,
    "ORDER sustaining 31 Objection and denying 12 Motion.": D,
    "ORDER: MOTION GRANTED. The court rejects the argument that it must be denied as untimely.": G,
    "ORDER: 12 Motion to Set Aside Judgment of Dismissal DENIED.": D,
    "ORDER granting motion concerning premises vacated by tenant": G,
    "ORDER certifying for interlocutory appeal 44 Order denying motion to dismiss.": N,
    "ORDER on the effect of Smith v. Jones, 999 F.4th 12 (9th Cir. 2024), vacated and remanded.": N,
    "ORDER: Per the mandate, which reversed and remanded, a status conference is set.": N,
    "ORDER: Absent opposition by May 3, the motion is granted.": N,
    "ORDER: Unless objections are filed by May 3, the motion is deemed granted.": N,
    "ORDER: Should the motion be granted, briefing resumes.": N,
    "MINUTE ENTRY for proceedings held: Jury Trial. Juror 4 dismissed. Witnesses sworn.": N,
    'ORDER: her earlier application was "denied without a hearing."': N,
    "***FILED IN ERROR*** ORDER granting 30 Motion. Please disregard.": N,
    "ORDER setting aside the agency action: the final rule is hereby vacated in its entirety.": (
        Ruling.VACATED
    ),
    "ORDER clarifying that the injunction granted on March 3 applies to named plaintiffs.": N,
    "ORDER ON MOTION TO SEAL. Allowed.": G,
    f"ORDER. {'The parties were heard at length. ' * 70}The motion to stay is DENIED.": D,
    "ORDER: The motion is DE\u00adNIED.": D,
    "ORDER: The motion is \uff27\uff32\uff21\uff2e\uff34\uff25\uff24.": G,
    "ORDER: Plaintiff&#039;s motion is DENIED.": D,
}


@pytest.mark.parametrize(("text", "ruling"), TREACHEROUS.items())
def test_treacherous_words(text: str, ruling: Ruling) -> None:
    assert classify([], text).ruling is ruling


def test_rulings_of_another_hand_are_never_reversed() -> None:
    """240 invented entries, labelled by somebody who did not know the program; half read since."""
    path = Path(__file__).parent / "rulings_of_another_hand.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    told = [(row["ruling"], classify([], row["text"], row["court"]).ruling.value) for row in rows]
    tells = [pair for pair in told if pair != ("none", "none")]
    opposite = {frozenset(("granted", "denied")), frozenset(("affirmed", "reversed"))}
    opposite.add(frozenset(("affirmed", "vacated")))
    assert [pair for pair in tells if frozenset(pair) in opposite] == []
    assert sum(label == said for label, said in tells) >= 0.88 * len(tells)


@pytest.mark.parametrize(
    ("text", "ruling"),
    [
        ("ORDER: GRANTING 70 Motion to Amend and DENYNG 73 Motion to Strike.", "granted_in_part"),
        ("ORDER ADOPTING 24 Findings and Recommendations; DIMISSING this action.", "dismissed"),
        ("OPINION filed for the Court by Judge Roe. VACATED and REMANDED.", "vacated"),
        ("Minute Entry: hearing held. Court GRANTS [46]; DENIES [49].", "granted_in_part"),
        ("ORDER. Counts II, III and V of the Complaint are DISMISSED.", "dismissed"),
        ("Text Order - Document 12 Motion for Extension has been GRANTED.", "granted"),
        ("MINUTE ORDER. The parties shall brief 19, in which D. Md. granted relief.", "none"),
        ("Order Overruling Objection to Claim No. 7. The claim is allowed as filed.", "denied"),
        ("ORDER AFFIRMING AND ADOPTING 22 REPORT AND RECOMMENDATION, GRANTING 15 Motion", "granted"),
        ("ORDER taking 18 Motion under advisement. Discovery remains stayed.", "none"),
        ("JUDGMENT ADOPTING 11 Report and Recommendations. 1 Petition is DENIED.", "denied"),
        ("Order Vacating 61 Order of Dismissal, which was entered in error.", "vacated"),
        (
            "ORDER AND RECOMMENDATION: RECOMMENDED that 12 Motion be denied, that 15 Motion be "
            "granted, and that this action be dismissed.",
            "none",
        ),
        (
            "ORDER denying motion for appointment of counsel [28] and granting Appellees' motion "
            "to strike [30]. The brief is STRICKEN and the cross-appeal is held.",
            "granted_in_part",
        ),
        (
            "MINUTE ORDER. In June the court of appeals stayed paragraph 3 and denied the rest; "
            "61 Motion is GRANTED.",
            "granted",
        ),
        ("ORDER GRANTING 52 Motion for Stay. The injunction entered at ECF 44 is stayed.", "granted"),
        ("ELECTRONIC ORDER. The motions for approval of the class settlement (Dkt. 120) and for "
         "fees and awards to the many members of it (Dkt. 122) are ALLOWED.", "granted"),
    ],
)  # fmt: skip
def test_how_clerks_of_many_courts_say_it(text: str, ruling: str) -> None:
    assert classify([], text).ruling.value == ruling


def test_each_number_of_a_list_is_ruled_on() -> None:
    said = classify([], "ORDER that the motions to suppress [ECF Nos. 41, 42] are DENIED.")
    assert [one.on for one in said.rulings] == ["41", "42"]
