"""Where does the case go? An appeal's court from the table of courts, its number from the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.model.court import CourtKind, court
from monitor.model.docket import EntryKind

_NUMBER = r"(\d{2}-\d{1,5})(?![\d-]|\w)"
_NUMBERED = re.compile(
    rf"\busca (?:appeal )?(?:case )?(?:number|no\.?)s?[:# ]*{_NUMBER}"
    rf"|\b(?:appeal|appellate|court of appeals|circuit)[^.;]{{0,60}}?(?:case )?(?:number|no\.?)[:# ]*{_NUMBER}"
    rf"|\bcase (?:number|no\.?)[:# ]*{_NUMBER}(?=[^.;]{{0,80}}\b(?:appeal|usca|circuit))"
    rf"|\b(?:docketed|assigned|opened) as (?:usca )?(?:case )?(?:number |no\.? )?{_NUMBER}",
    re.IGNORECASE,
)
_CIRCUITS = {
    "first": "ca1", "second": "ca2", "third": "ca3", "fourth": "ca4", "fifth": "ca5",
    "sixth": "ca6", "seventh": "ca7", "eighth": "ca8", "ninth": "ca9", "tenth": "ca10",
    "eleventh": "ca11", "federal": "cafc", "dc": "cadc", "d.c.": "cadc",
}  # fmt: skip
_NAMED = re.compile(r"\b(" + "|".join(map(re.escape, _CIRCUITS)) + r") circuit\b", re.IGNORECASE)

_CERTIORARI = re.compile(
    r"petition for (?:a )?writ of certiorari|supreme court of the united states|supreme court",
    re.IGNORECASE,
)
_SUPREME_NUMBER = re.compile(
    r"(?:supreme court|certiorari)\b.{0,160}?\b(?:no\.?|number|case|as)[:# ]*"
    r"(?:(?:no\.?|number|case)[:# ]*)*(\d{2}(?:-\d{1,5}|A\d{1,4}))(?![\d-]|\w)",
    re.IGNORECASE | re.DOTALL,
)
_FILED = re.compile(
    r"petition for (?:a )?writ of certiorari (?:was |has been )?(?:filed|placed|docketed)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AppealTold:
    """What an entry says of an appeal: the higher court, and the number if it stands there."""

    court_id: str
    number: str
    words: str


def appeal_told(
    court_id: str, kind: EntryKind, event_names: tuple[str, ...], text: str
) -> AppealTold | None:
    """The case's way up that an entry tells of; None where it tells of none."""
    words = " ".join((*event_names, text))
    level = court(court_id).kind
    if level is CourtKind.APPELLATE:
        return _certiorari_told(kind, words)
    is_about = kind in {EntryKind.NOTICE_OF_APPEAL, EntryKind.APPEAL_RELATED}
    return _appeal_told(court_id, kind, words) if is_about else None


def _appeal_told(court_id: str, kind: EntryKind, words: str) -> AppealTold | None:
    named = _NAMED.search(words)
    higher = _CIRCUITS[named[1].lower()] if named else court(court_id).appeals_go_to
    if not higher:
        return None
    if found := _NUMBERED.search(words):
        return AppealTold(higher, next(filter(None, found.groups())), found[0])
    if kind is EntryKind.NOTICE_OF_APPEAL:
        return AppealTold(higher, "", words[:60].strip())
    return None


def _certiorari_told(kind: EntryKind, words: str) -> AppealTold | None:
    """What an entry of a circuit's docket tells of the Supreme Court: a petition, its number."""
    if kind in {EntryKind.MOTION, EntryKind.BRIEF_OR_MEMORANDUM} or not _CERTIORARI.search(words):
        return None
    if found := _SUPREME_NUMBER.search(words):
        return AppealTold("scotus", found[1].lower(), found[0])
    if filed := _FILED.search(words):
        return AppealTold("scotus", "", filed[0])
    return None
