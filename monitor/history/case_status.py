"""Where a dispute stands over all of its dockets: what is in force, what higher courts did.

Every statement cites its entry, and news has no say. Where the record is not enough, it says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from monitor.classify.entry import headline_of, judgement_of
from monitor.history.docket_status import (
    IN_WORDS,
    Cell,
    in_order,
    latest_relief,
    lifts,
    may_be_act,
    relief_words,
)
from monitor.model.court import CourtKind, court
from monitor.model.docket import Docket, DocketEntry, EntryKind, Judgement, Ruling


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """Where the dispute stands over all of its dockets, from the trial court to the last one."""

    #: One sentence on the relief that is in force now, or why that cannot be said.
    verdict: str
    relief: Cell | None
    #: What higher courts did about it since, the oldest first.
    review: tuple[Cell, ...]
    mandate: Cell | None
    #: Which court has it now.
    before: str


#: A docket's entry, with what is thought of it.
Judged: TypeAlias = tuple[DocketEntry, Judgement]

_REVIEWS = {
    Ruling.AFFIRMED: "affirmed",
    Ruling.REVERSED: "reversed",
    Ruling.VACATED: "vacated",
    Ruling.REMANDED: "sent back",
    Ruling.STAYED: "stayed",
    Ruling.DISMISSED: "appeal dismissed",
    Ruling.DENIED: "denied",
    Ruling.GRANTED: "granted",
    Ruling.GRANTED_IN_PART: "granted in part",
}
_UNDOES = {Ruling.REVERSED, Ruling.VACATED}
_GRANTS = {Ruling.GRANTED, Ruling.GRANTED_IN_PART, Ruling.STAYED}
_MANDATE = re.compile(
    r"^(?:usca )?(?:certified )?(?:judgment and )?mandate\b|\bmandate issued", re.IGNORECASE
)
_STAY = re.compile(r"\bstay\b", re.IGNORECASE)


def case_status(dockets: Sequence[tuple[Docket, Sequence[DocketEntry]]]) -> CaseStatus:
    """Derive where a case stands from the entries of all of its dockets, in whatever order."""
    lower = [entry for docket, entries in dockets if not _is_higher(docket) for entry in entries]
    higher = [entry for docket, entries in dockets if _is_higher(docket) for entry in entries]
    relief = latest_relief(lower)
    review = _reviews(higher, after=relief[0] if relief else None)
    unknown = _unknown(higher, review)
    mandate = _latest_mandate([*lower, *higher])
    acts = [*(entry for entry, _ in review), *unknown]
    unclear = _unclear([*lower, *higher], after=relief[0] if relief else None)
    said = _verdict(relief, review, mandate, bool(higher)) + _doubt(unknown) + unclear
    return CaseStatus(
        verdict=_changed(lower, relief) or said,
        relief=Cell(relief_words(*relief), relief[0]) if relief else None,
        review=(*map(_review_cell, review), *map(_unknown_cell, unknown)),
        mandate=Cell(headline_of(mandate), mandate) if mandate else None,
        before=_before([docket for docket, _ in dockets], acts, mandate),
    )


def _is_higher(docket: Docket) -> bool:
    return court(docket.court_id).kind in {CourtKind.APPELLATE, CourtKind.SUPREME}


def _latest_mandate(entries: Sequence[DocketEntry]) -> DocketEntry | None:
    mandates = [entry for entry in in_order(entries) if _is_mandate(entry)]
    return mandates[-1] if mandates else None


def _is_mandate(entry: DocketEntry) -> bool:
    return any(_MANDATE.search(words) for words in (*entry.event_names, entry.text[:120]))


def _reviews(higher: Sequence[DocketEntry], after: DocketEntry | None) -> list[Judged]:
    """Rulings of higher courts that are later than the relief, the oldest first."""
    since = after.recency[0] if after else ""
    judged = [(entry, judgement_of(entry)) for entry in in_order(higher)]
    return [
        (entry, judgement)
        for entry, judgement in judged
        if judgement.ruling is not Ruling.NONE
        and (judgement.is_dispositive or _is_final(entry))
        and entry.recency[0] >= since
    ]


def _unknown(higher: Sequence[DocketEntry], review: Sequence[Judged]) -> list[DocketEntry]:
    """Opinions and judgments of higher courts, later than the last ruling, that we cannot read."""
    last = review[-1][0].recency if review else ("", "", 0)
    return [entry for entry in in_order(higher) if entry.recency > last and _may_decide(entry)]


def _may_decide(entry: DocketEntry) -> bool:
    judgement = judgement_of(entry)
    is_act = judgement.kind in {EntryKind.OPINION, EntryKind.JUDGMENT}
    return is_act and judgement.ruling is Ruling.NONE and not entry.text


def _is_final(entry: DocketEntry) -> bool:
    """The Supreme Court's "Petition DENIED." says nothing of relief, and ends the review."""
    return entry.docket_id.startswith("scotus/")


# --- in words ---


def _review_cell(judged: Judged) -> Cell:
    entry, judgement = judged
    return Cell(f"{_citation(entry)}: {headline_of(entry)} ({_REVIEWS[judgement.ruling]})", entry)


def _unknown_cell(entry: DocketEntry) -> Cell:
    return Cell(f"{_citation(entry)}: {headline_of(entry)} (not known what)", entry)


def _citation(entry: DocketEntry) -> str:
    return court(entry.docket_id.partition("/")[0]).citation


def _changed(lower: Sequence[DocketEntry], relief: Judged | None) -> str:
    """That a later act may have ended or changed the relief; empty where none did."""
    if relief is None:
        return ""
    later = [entry for entry in in_order(lower) if entry.recency > relief[0].recency]
    acts = [entry for entry in later if lifts(entry) and _may_have_lifted(judgement_of(entry))]
    if not acts:
        return ""
    where = f"{_citation(acts[-1])} on {_day(acts[-1])}"
    said = f"unclear: relief was {IN_WORDS[relief[1].ruling]}, and what was filed in {where} may"
    return f"{said} have changed that, so read it first"


def _may_have_lifted(judgement: Judgement) -> bool:
    is_act = judgement.is_court_act or judgement.kind is EntryKind.MINUTE_ENTRY
    is_refused = {one.ruling for one in judgement.rulings} or {judgement.ruling}
    return is_act and is_refused != {Ruling.DENIED}


def _unclear(entries: Sequence[DocketEntry], after: DocketEntry | None) -> str:
    """Where an entry since the relief may be an act that we took for something else."""
    since = after.recency if after else ("", "", 0)
    later = [entry for entry in in_order(entries) if entry.recency > since]
    doubtful = [entry for entry in later if may_be_act(judgement_of(entry))]
    if not doubtful:
        return ""
    where = f"{_citation(doubtful[-1])} on {_day(doubtful[-1])}"
    return f"; unclear: what was filed in {where} may be a court's act, so read it first"


def _doubt(unknown: Sequence[DocketEntry]) -> str:
    if not unknown:
        return ""
    return (
        f"; but what the {_citation(unknown[-1])} decided on {_day(unknown[-1])} is not known to "
        "us, so do not rely on it"
    )


def _verdict(
    relief: Judged | None,
    review: Sequence[Judged],
    mandate: DocketEntry | None,
    is_appealed: bool,
) -> str:
    if relief is None:
        return "no ruling on relief is on record, so nothing can be said of what is in force"
    granted = relief[1].ruling in _GRANTS
    said = f"relief was {IN_WORDS[relief[1].ruling]}"
    stands = "in force as far as the record shows" if granted else "that stands"
    merits = [judged for judged in review if judged[1].ruling is not Ruling.DENIED]
    if not merits:
        above = "; no higher court's ruling on it is on record" if is_appealed else ""
        return f"{said}; {stands}{above}"
    return said + _after_review(merits[-1], mandate, granted, stands)


def _after_review(judged: Judged, mandate: DocketEntry | None, granted: bool, stands: str) -> str:
    entry, judgement = judged
    if granted and _stays(entry, judgement):
        return f", and stayed by a higher court since {_day(entry)}: not in force"
    if judgement.ruling in _UNDOES:
        effect = _effect(mandate, entry)
        return f", and {_REVIEWS[judgement.ruling]} on {_day(entry)}; {effect}"
    return f"; {_REVIEWS[judgement.ruling]} on {_day(entry)}: {stands}"


def _stays(entry: DocketEntry, judgement: Judgement) -> bool:
    speaks_of_stay = bool(_STAY.search(" ".join((*entry.event_names, entry.text))))
    is_granted = judgement.ruling is Ruling.GRANTED
    return judgement.ruling is Ruling.STAYED or (is_granted and speaks_of_stay)


def _effect(mandate: DocketEntry | None, ruling: DocketEntry) -> str:
    if mandate is not None and mandate.recency[0] >= ruling.recency[0]:
        return f"the mandate issued on {_day(mandate)}: not in force"
    return "no mandate is on record, so it may still bind"


def _before(
    dockets: Sequence[Docket], acts: Sequence[DocketEntry], mandate: DocketEntry | None
) -> str:
    """Which court has the case: the highest one it went to, until a mandate sends it back."""
    lower = [docket for docket in dockets if not _is_higher(docket)]
    higher = sorted((d for d in dockets if _is_higher(d)), key=lambda d: d.court_id == "scotus")
    home = " and ".join(map(_place, lower))
    if not higher:
        return home or "no docket of it was seen yet"
    if mandate is not None:
        return f"back in {home}" if home else "back in the court below"
    above = _place(higher[-1])
    if any(entry.docket_id == higher[-1].docket_id for entry in acts):
        return f"{above} has ruled; no mandate is on record"
    return f"{above}, which has not ruled as far as the record shows"


def _place(docket: Docket) -> str:
    return f"{court(docket.court_id).citation} {docket.docket_number}"


def _day(entry: DocketEntry) -> str:
    return entry.date_filed.isoformat() if entry.date_filed else "an unknown day"
