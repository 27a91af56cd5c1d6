"""Which kind an entry is of, from the words of its event names and of its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.classify.heading import heading
from monitor.classify.reading import RANK, KindFound, kind_of_heading
from monitor.classify.relief import is_dispositive
from monitor.classify.rulings import clauses_of, entry_ruled_on, rulings_of, sum_of
from monitor.classify.second_reader import doubt
from monitor.model.docket import COURT_ACTS, EntryKind, Judgement, Ruling

_K = EntryKind
#: Raised whenever a rule changes what it says of any entry; stored judgements of an older version
#: are made anew in the background. A test compares it with the rules.
RULES_VERSION = 3
#: From which share on the second reader's doubt counts. A text whose head is plain goes on about
#: orders that it refers to, and must weigh more.
IS_ACT, IS_ACT_IN_TEXT, IS_APPEAL = 0.6, 0.8, 0.5
_APPEALS = frozenset({_K.NOTICE_OF_APPEAL, _K.APPEAL_RELATED})
#: Names by which motions are filed and orders entered: alone, they may be either.
_EITHER = frozenset({"temporary restraining order", "preliminary injunction", "protective order"})


def classify(event_names: Sequence[str], text: str = "", court_id: str = "") -> Judgement:
    """Kind, rulings and weight of an entry, from its event names, its text, or both.

    With a court, its own language is known too. What the grammar takes for something else, and
    the second reader for a court's act or an appeal, has that in `may_be`.

    >>> classify(["~Util - Set Deadlines", ".Order"]).kind.value
    'order'
    >>> classify([], "RESPONSE to Order to Show Cause").kind.value
    'brief_or_memorandum'
    >>> classify([], "ORDER denying 7 Motion to Stay").ruling.value
    'denied'
    """
    names = tuple(event_names)
    of_names, of_text = [heading(name) for name in names], heading(text) if text else ""
    found = _found(of_names, of_text, court_id)
    judgement = _judgement(found)
    kind = judgement.kind
    clauses = clauses_of(kind, text, names)
    summed = sum_of(kind, clauses)
    ruling = summed.ruling if summed else Ruling.NONE
    weighed = is_dispositive(kind, ruling, clauses, text, names)
    may_be, doubts = _second_reading(found, of_names, of_text, rules=bool(weighed and clauses))
    return replace(
        judgement,
        reason=judgement.reason + doubts,
        may_be=may_be,
        rulings=rulings_of(clauses),
        ruling=ruling,
        ruling_reason=summed.words if summed else "",
        is_dispositive=weighed,
        acts_on=entry_ruled_on(kind, clauses, text),
        rules_version=RULES_VERSION,
    )


def kind_of(event_names: Sequence[str], text: str = "", court_id: str = "") -> Judgement:
    """Only the kind, as the grammar reads it: cheaper."""
    names = [heading(name) for name in event_names]
    return _judgement(_found(names, heading(text) if text else "", court_id))


def _judgement(found: KindFound | None) -> Judgement:
    if found is None:
        return Judgement(_K.ADMINISTRATIVE_OTHER, "no form of the vocabulary knows these words")
    return Judgement(found.kind, found.said)


def _found(names: Sequence[str], text: str, court_id: str) -> KindFound | None:
    found_in_names = (kind_of_heading(name, court_id) for name in names)
    of_events = min(filter(None, found_in_names), key=lambda kind: RANK[kind.kind], default=None)
    of_text = kind_of_heading(text, court_id) if text else None
    return _of_both(of_events, of_text) if of_text and of_events else of_text or of_events


def _second_reading(
    found: KindFound | None, names: Sequence[str], text: str, *, rules: bool
) -> tuple[tuple[EntryKind, ...], str]:
    """What an entry with these headings may be besides, and why, as said behind the reason."""
    kind = found.kind if found else None
    if kind in COURT_ACTS:
        return (), ""
    if kind is _K.MINUTE_ENTRY and rules:
        return (_K.ORDER,), "; the minutes tell of a ruling"
    if not text and any(name.strip(" .") in _EITHER for name in names):
        return (_K.ORDER,), "; motions and orders are both filed under this name"
    if kind in _APPEALS:
        return (), ""
    doubts = [doubt(heading) for heading in ([text] if text else names)]
    act = max((one.is_act for one in doubts), default=0.0)
    if act > (IS_ACT_IN_TEXT if text and found and not found.is_loose else IS_ACT):
        return (_K.ORDER,), f"; its words weigh like those of a court's act ({act:.2f})"
    appeal = max((one.is_appeal for one in doubts), default=0.0)
    if appeal > IS_APPEAL:
        return (_K.NOTICE_OF_APPEAL,), f"; its words weigh like those of an appeal ({appeal:.2f})"
    return (), ""


def weightiest(event_names: Sequence[str]) -> str:
    """The event that a headline should name: an order outranks a clerk's deadline.

    >>> weightiest(["~Util - Set/Reset Deadlines", ".Order"])
    '.Order'
    """
    if not event_names:
        return ""
    return min(event_names, key=lambda name: (RANK[kind_of([name]).kind], name))


def _of_both(of_events: KindFound, of_text: KindFound) -> KindFound:
    """The text is more precise; but a court's own act in the event's name is not argued away."""
    vague = {_K.NOTICE, _K.ADMINISTRATIVE_OTHER}
    if of_text.kind in vague and of_events.kind not in vague:
        return of_events
    return of_text
