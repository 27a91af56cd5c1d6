"""Where a case stands, as its entries say: each statement cites its entry, and news has no say.

What is not on record is said to be unknown: a feed names an order and not what was decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.classify.entry import headline_of, judgement_of
from monitor.model.docket import COURT_ACTS, Docket, DocketEntry, EntryKind, Judgement, Ruling

_RELIEF = re.compile(r"injunct|restrain|\btro\b|\bstay|\b705\b|relief", re.IGNORECASE)
#: What ends or changes relief that was given before: a ruling on it is none on the relief itself.
_CHANGES = r"(?:dissol|vacat|lift|modif|suspend|terminat|reconsider|narrow|expired|withdr[ae]w)\w*"
_GIVEN = r"(?:injunct\w+|restrain\w+|tro|relief|stay|order|ruling|judgment|opinion|decision)"
_LIFTS = re.compile(
    rf"\b{_CHANGES}\b[^.;]{{0,80}}\b{_GIVEN}\b|\b{_GIVEN}\b[^.;]{{0,60}}\b{_CHANGES}\b"
    r"|\bset(?:s|ting)? aside\b|\bstay\w*\b[^.;]{0,60}\bpending (?:the )?(?:appeal|disposition)"
    rf"|\bstay\w*\b(?: of)?(?: the| this| its)? (?:court's )?(?:preliminary )?{_GIVEN}\b"
    r"|\b(?:alter|amend)\w*\b[^.;]{0,40}\b(?:judgment|order|injunct\w+)\b",
    re.IGNORECASE,
)
#: "Motion to dissolve the preliminary injunction", "Order on Motion for Preliminary Injunction".
_OF_LIFTING = re.compile(
    rf"\b{_CHANGES}\b[^.;]{{0,80}}\binjunction\b|\border on motion for[^.;]{{0,60}}", re.IGNORECASE
)
#: Relief that is given in the same breath: then that is what stands.
_GIVES = re.compile(
    r"\bmotions? for (?:an? )?(?:\w+ ){0,2}(?:injunction|restraining order|tro|pi)\b"
    r"(?![^.;]{0,40}\bpending appeal)|\b705\b|\b(?:is|are) (?:\w+ )?(?:enjoined|restrained)\b",
    re.IGNORECASE,
)
#: Of an entry's text; what was ruled on stands at its beginning.
_READ = 4_000
_MOTIONS_SHOWN = 8
IN_WORDS = {
    Ruling.GRANTED: "granted",
    Ruling.GRANTED_IN_PART: "granted in part",
    Ruling.DENIED: "refused",
    Ruling.STAYED: "stayed",
    Ruling.VACATED: "vacated",
    Ruling.REVERSED: "reversed",
    Ruling.AFFIRMED: "affirmed",
    Ruling.REMANDED: "sent back",
    Ruling.DISMISSED: "dismissed",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One statement, and the entry that says so."""

    words: str
    entry: DocketEntry


@dataclass(frozen=True, slots=True)
class DocketStatus:
    """What stands on one docket. Empty parts mean that the record says nothing of it."""

    docket: Docket
    #: The latest ruling on relief, or on the whole case.
    relief: Cell | None
    #: Later acts of the court whose outcome is not known to us.
    unknown: tuple[Cell, ...]
    pending: tuple[Cell, ...]
    appeals: tuple[Cell, ...]
    latest: Cell | None


def docket_status(docket: Docket, entries: Iterable[DocketEntry]) -> DocketStatus:
    """Derive the state of one docket from its entries, in whatever order they come."""
    judged = [(entry, judgement_of(entry)) for entry in in_order(entries)]
    relief = _latest_relief(judged)
    after = judged[judged.index(relief) + 1 :] if relief else judged
    return DocketStatus(
        docket=docket,
        relief=Cell(relief_words(*relief), relief[0]) if relief else None,
        unknown=tuple(_unknown(after)),
        pending=_pending(judged),
        appeals=tuple(
            Cell(headline_of(e), e)
            for e, k in judged
            if k.kind in {EntryKind.NOTICE_OF_APPEAL, EntryKind.APPEAL_RELATED}
        ),
        latest=Cell(headline_of(judged[-1][0]), judged[-1][0]) if judged else None,
    )


def _unknown(judged: Iterable[tuple[DocketEntry, Judgement]]) -> Iterator[Cell]:
    """What may have changed the state, and cannot be read by us."""
    for entry, judgement in judged:
        if may_be_act(judgement):
            yield Cell(f"{headline_of(entry)}: may be a court's act; read it", entry)
        elif judgement.is_dispositive is None:
            yield Cell(f"{headline_of(entry)}: what was decided is not known to us", entry)


def may_be_act(judgement: Judgement) -> bool:
    """Whether an entry is taken for something else, and may be a court's act."""
    return not judgement.is_court_act and not COURT_ACTS.isdisjoint(judgement.may_be)


def latest_relief(entries: Iterable[DocketEntry]) -> tuple[DocketEntry, Judgement] | None:
    """The latest ruling on relief, else on the whole case, with what was judged of it."""
    return _latest_relief([(e, judgement_of(e)) for e in in_order(entries)])


def _latest_relief(
    judged: Sequence[tuple[DocketEntry, Judgement]],
) -> tuple[DocketEntry, Judgement] | None:
    ruled = [(e, k) for e, k in judged if k.is_dispositive and k.ruling is not Ruling.NONE]
    ruled = [(e, k) for e, k in ruled if not lifts(e)]
    # A court that takes note of what a higher one did does not rule itself.
    ours = [(e, k) for e, k in ruled if k.kind is not EntryKind.APPEAL_RELATED] or ruled
    about = [(e, k) for e, k in ours if _RELIEF.search(_words(e))] or ours
    return about[-1] if about else None


def lifts(entry: DocketEntry) -> bool:
    """Whether it is about ending or changing relief: who won that says nothing of the relief."""
    words = _words(entry)[:_READ]
    return bool(_LIFTS.search(words)) and not _GIVES.search(_OF_LIFTING.sub(" ", words))


def in_order(entries: Iterable[DocketEntry]) -> list[DocketEntry]:
    """Those that stand, as they were filed."""
    standing = [entry for entry in entries if not entry.is_withdrawn]
    return sorted(standing, key=lambda entry: (*entry.recency, entry.entry_id))


def _words(entry: DocketEntry) -> str:
    return " ".join((*entry.event_names, entry.text))


def relief_words(entry: DocketEntry, judgement: Judgement) -> str:
    """The ruling in a sentence, with the words that say it."""
    return f"{headline_of(entry)}: {IN_WORDS[judgement.ruling]} (“{judgement.ruling_reason}”)"


def _pending(judged: Sequence[tuple[DocketEntry, Judgement]]) -> tuple[Cell, ...]:
    """Motions that no later entry says to act on."""
    answered = {
        kind.acts_on.partition("-")[0]
        for _, kind in judged
        if kind.acts_on and kind.kind is not EntryKind.MOTION
    }
    cells = [
        Cell(headline_of(entry), entry)
        for entry, kind in judged
        if kind.kind is EntryKind.MOTION
        and entry.entry_number is not None
        and str(entry.entry_number) not in answered
    ]
    return tuple(cells[-_MOTIONS_SHOWN:])
