"""Where a dispute stands over all of its dockets: what is in force, what higher courts did.

Every statement cites its entry, and news has no say. Where the record is not enough, it says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.classify.kinds import classify
from monitor.decide.filings import headline_of, recency
from monitor.history.docket_status import IN_WORDS, Cell, in_order, latest_relief, relief_words
from monitor.model.court import CourtKind, court
from monitor.model.docket import Docket, DocketEntry, EntryKind, Kind, Ruling


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
_MANDATE = re.compile(
    r"^(?:usca )?(?:certified )?(?:judgment and )?mandate\b|\bmandate issued", re.IGNORECASE
)
_STAY = re.compile(r"\bstay\b", re.IGNORECASE)


def case_status(dockets: Sequence[tuple[Docket, Sequence[DocketEntry]]]) -> CaseStatus:
    """Derive where a case stands from the entries of all of its dockets, in whatever order."""
    lower = [(d, e) for d, entries in dockets if not _is_higher(d) for e in entries]
    higher = [(d, e) for d, entries in dockets if _is_higher(d) for e in entries]
    relief = latest_relief([entry for _, entry in lower])
    review = _reviews(higher, after=relief[0] if relief else None)
    mandates = [e for e in in_order(e for _, e in (*lower, *higher)) if _is_mandate(e)]
    mandate = mandates[-1] if mandates else None
    decided = [(e, k) for _, e, k in review]
    unknown = _unknown(higher, review)
    verdict = _verdict(relief, decided, mandate, bool(higher))
    if unknown:
        verdict += (
            f"; but what the {court(unknown[-1][0].court_id).citation} decided on "
            f"{_day(unknown[-1][1])} is not known to us, so do not rely on it"
        )
    return CaseStatus(
        verdict=verdict,
        relief=Cell(relief_words(*relief), relief[0]) if relief else None,
        review=tuple(
            Cell(f"{court(d.court_id).citation}: {headline_of(e)} ({_REVIEWS[k.ruling]})", e)
            for d, e, k in review
        )
        + tuple(
            Cell(f"{court(d.court_id).citation}: {headline_of(e)} (not known what)", e)
            for d, e in unknown
        ),
        mandate=Cell(headline_of(mandate), mandate) if mandate else None,
        before=_before(
            [d for d, _ in dockets], [e for e, _ in decided] + [e for _, e in unknown], mandate
        ),
    )


def _is_higher(docket: Docket) -> bool:
    return court(docket.court_id).kind in {CourtKind.APPELLATE, CourtKind.SUPREME}


def _is_mandate(entry: DocketEntry) -> bool:
    return any(_MANDATE.search(words) for words in (*entry.event_names, entry.text[:120]))


def _reviews(
    higher: Sequence[tuple[Docket, DocketEntry]], after: DocketEntry | None
) -> list[tuple[Docket, DocketEntry, Kind]]:
    """Rulings of higher courts that are later than the relief, the oldest first."""
    dockets = {entry.entry_id: docket for docket, entry in higher}
    found = []
    for entry in in_order(entry for _, entry in higher):
        kind = classify(entry.event_names, entry.text)
        counts = kind.ruling is not Ruling.NONE and (kind.is_dispositive or _is_final(entry))
        if counts and (after is None or recency(entry)[0] >= recency(after)[0]):
            found.append((dockets[entry.entry_id], entry, kind))
    return found


def _unknown(
    higher: Sequence[tuple[Docket, DocketEntry]], review: Sequence[tuple[Docket, DocketEntry, Kind]]
) -> list[tuple[Docket, DocketEntry]]:
    """Opinions and judgments of higher courts, later than the last ruling, that we cannot read."""
    dockets = {entry.entry_id: docket for docket, entry in higher}
    last = recency(review[-1][1]) if review else ("", "", 0)
    return [
        (dockets[entry.entry_id], entry)
        for entry in in_order(entry for _, entry in higher)
        if recency(entry) > last and _may_decide(entry)
    ]


def _may_decide(entry: DocketEntry) -> bool:
    kind = classify(entry.event_names, entry.text)
    is_act = kind.kind in {EntryKind.OPINION, EntryKind.JUDGMENT}
    return is_act and kind.ruling is Ruling.NONE and not entry.text


def _is_final(entry: DocketEntry) -> bool:
    """The Supreme Court's "Petition DENIED." says nothing of relief, and ends the review."""
    return entry.docket_id.startswith("scotus/")


def _verdict(
    relief: tuple[DocketEntry, Kind] | None,
    review: Sequence[tuple[DocketEntry, Kind]],
    mandate: DocketEntry | None,
    is_appealed: bool,
) -> str:
    if relief is None:
        return "no ruling on relief is on record, so nothing can be said of what is in force"
    granted = relief[1].ruling in {Ruling.GRANTED, Ruling.GRANTED_IN_PART, Ruling.STAYED}
    said = f"relief was {IN_WORDS[relief[1].ruling]}"
    merits = [(e, k) for e, k in review if k.ruling is not Ruling.DENIED]
    if not merits:
        stands = "in force as far as the record shows" if granted else "that stands"
        above = "; no higher court's ruling on it is on record" if is_appealed else ""
        return f"{said}; {stands}{above}"
    entry, kind = merits[-1]
    if granted and _stays(entry, kind):
        return f"{said}, and stayed by a higher court since {_day(entry)}: not in force"
    if kind.ruling in _UNDOES:
        return f"{said}, and {_REVIEWS[kind.ruling]} on {_day(entry)}; {_effect(mandate, entry)}"
    ends = "in force as far as the record shows" if granted else "that stands"
    return f"{said}; {_REVIEWS[kind.ruling]} on {_day(entry)}: {ends}"


def _stays(entry: DocketEntry, kind: Kind) -> bool:
    is_stay = kind.ruling is Ruling.STAYED
    return is_stay or (
        kind.ruling is Ruling.GRANTED
        and bool(_STAY.search(" ".join((*entry.event_names, entry.text))))
    )


def _effect(mandate: DocketEntry | None, ruling: DocketEntry) -> str:
    if mandate is not None and recency(mandate)[0] >= recency(ruling)[0]:
        return f"the mandate issued on {_day(mandate)}: not in force"
    return "no mandate is on record, so it may still bind"


def _before(
    dockets: Sequence[Docket],
    acts: Sequence[DocketEntry],
    mandate: DocketEntry | None,
) -> str:
    """Which court has the case: the highest one it went to, until a mandate sends it back."""
    lower = [d for d in dockets if not _is_higher(d)]
    higher = sorted((d for d in dockets if _is_higher(d)), key=lambda d: d.court_id == "scotus")
    home = " and ".join(f"{court(d.court_id).citation} {d.docket_number}" for d in lower)
    if not higher:
        return home or "no docket of it was seen yet"
    above = f"{court(higher[-1].court_id).citation} {higher[-1].docket_number}"
    if mandate is not None:
        return f"back in {home}" if home else "back in the court below"
    if any(entry.docket_id == higher[-1].docket_id for entry in acts):
        return f"{above} has ruled; no mandate is on record"
    return f"{above}, which has not ruled as far as the record shows"


def _day(entry: DocketEntry) -> str:
    return entry.date_filed.isoformat() if entry.date_filed else "an unknown day"
