"""Whether an act is dispositive: it gives or refuses relief, or ends the case."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.classify.rulings import ACTS, READ, Clause
from monitor.model.docket import EntryKind, Ruling

_RELIEF = re.compile(
    r"\binjunct\w+|\bmotions? for (?:a )?pi\b|\brestrain\w+|\benjoin\w+|\bhabeas corpus|\btro\b"
    r"|\bpetitions? for (?:an? )?(?:extraordinary )?writs? of (?:mandamus|prohibition)"
    r"|\bstay pending (?:appeal|review)|\b705\b|\bstay of (?:the )?(?:agency|rule|policy|order)"
    r"|\badministrative(?:ly)? stay|\bapplication\b[^.;]{0,40}\bstay\b"
    r"|\bmotions? (?:for|to) (?:an? )?(?:\w+ )?stay"
    r" (?:of (?:the )?(?:order|judgment|injunction|mandate|rule|policy|enforcement))"
    r"|\bemergency (?:motion|application)[^.;]{0,40}\bstay"
)
_ENDS_IF_GRANTED = re.compile(
    r"\b(?:summary judgment|judgment on the pleadings|judgment as a matter|default judgment)\b"
    r"(?! brief)|\bmotions? to (?:dismiss|remand)\b|\bvoluntary dismissal|\bdismissal\b"
    r"|\bvacate\b.{0,60}\b(?:dismiss\w+|judgment)"
)
_NOT_THE_MATTER = re.compile(
    r"\bextension|\bextend|\bschedule|\bbriefing|\bconference|\bpage limit|\bexcess pages"
    r"|\bleave to file|\bcontinu|\bclarif|\bexpedit"
)
_STAYS_AN_ACT = re.compile(
    r"\binjunct|(?<!further )\border of\b|\b705\b|\beffective date|\bjudgment|\bpending appeal"
    r"|\bpolicy|\brule\b|\badministrative(?:ly)? stay|\bagency|\bmandate|\benforcement|\bremoval"
)
#: What courts vacate without deciding anything.
_TRIFLES = re.compile(
    r"entry of default\b.{0,40}\bvacated|improvidently"
    r"|\bvacat\w+ (?:the )?(?:clerk'?s )?(?:entry of default|scheduling)"
)
#: Rulings that end a case or undo a decision, whatever they are about.
_ALWAYS = frozenset(
    {Ruling.AFFIRMED, Ruling.REVERSED, Ruling.VACATED, Ruling.REMANDED, Ruling.DISMISSED}
)
#: Event names behind which relief may hide.
_LEAVES_OPEN = re.compile(
    r"\border\b(?! (?:setting|to show|for|of service|referring|appointing))|\bopinion|\bruling"
    r"|\bdecision|mandate|\bmemorandum|\bfindings|termination"
)


def is_dispositive(
    kind: EntryKind,
    ruling: Ruling,
    clauses: Sequence[Clause],
    text: str,
    event_names: Sequence[str],
) -> bool | None:
    """Whether the court granted, denied or stayed relief, or ended the case.

    None where only an event name is known that leaves it open: "Order on Motion to Dismiss".
    """
    if kind not in ACTS:
        return False
    if ruling is Ruling.NONE:
        return _without_ruling(kind, text, event_names)
    if kind is EntryKind.MINUTE_ENTRY and ruling is Ruling.DISMISSED:
        return any(_ends_case(clause) for clause in clauses)
    if ruling in _ALWAYS:
        return ruling is not Ruling.VACATED or not _TRIFLES.search(text[:READ].lower())
    return any(_matters(clause) for clause in clauses)


#: Counts of an indictment are dismissed at every sentencing.
_COUNTS = re.compile(r"\bcounts?\b|\bindictment|\binformation\b|\bviolation")


def _ends_case(clause: Clause) -> bool:
    return clause.ruling is Ruling.DISMISSED and not _COUNTS.search(clause.about)


def _matters(clause: Clause) -> bool:
    if clause.ruling is Ruling.STAYED:
        return bool(_STAYS_AN_ACT.search(clause.about))
    if _NOT_THE_MATTER.search(clause.about):
        return False
    gives = clause.ruling in {Ruling.GRANTED, Ruling.GRANTED_IN_PART}
    ends = gives and _ENDS_IF_GRANTED.search(clause.about)
    return bool(_RELIEF.search(clause.about) or ends)


def _without_ruling(kind: EntryKind, text: str, event_names: Sequence[str]) -> bool | None:
    if kind is EntryKind.JUDGMENT:
        return True
    words = " ".join(event_names).lower()
    return None if not text and _LEAVES_OPEN.search(words) else False
