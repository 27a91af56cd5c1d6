"""Where does the case go? An appeal's court from the table of courts, its number from the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.model.court import CourtKind, court
from monitor.model.docket import EntryKind
from monitor.normalize.docket_number import DASHES, fits_court, normalize_docket_number

#: 26-5006; with a judge, a type or a mark (26-10894-H, 26-1234-cv, 26-1045U); 2026-1528.
_NUMBER = r"(?:20\d{2}-\d{3,5}|\d{2}-\d{1,5})(?:[-_]?[a-z]{1,3})?(?![\d-]|\w)"
_LABEL = r"(?:number\(s\)|numbers?|nos?\.?|#)[:#. ]*"
#: What stands between two numbers of one breath: "26-5006, 26-5007", "26-5006 (L) and No. 26-5007".
_BETWEEN = (
    r"(?: ?\([^()]{1,60}\))? ?(?:[,;/&]{1,2}|,? and|,? as well as|,? consolidated with) ?(?:and )?"
    rf"(?:{_LABEL})?"
)
_NUMBERS = rf"({_NUMBER}(?>(?:{_BETWEEN}{_NUMBER}){{0,19}}))"
#: The words before a number that name a docket of the court below.
_BELOW = r"\b(?:civil|criminal|district|bankruptcy|adversary)\b"
_NUMBERED = re.compile(
    rf"\b(?:usca|cafc) (?:appeal )?(?:case )?(?:{_LABEL})?{_NUMBERS}"
    rf"|\b(?:appeal|appellate|court of appeals|circuit)(?:(?!{_BELOW})[^.;]){{0,60}}?"
    rf"(?:case )?{_LABEL}{_NUMBERS}"
    rf"|\bcase {_LABEL}{_NUMBERS}(?=[^.;]{{0,80}}\b(?:appeal|usca|circuit))"
    rf"|\b(?:docketed|assigned|opened) as (?:usca )?(?:case )?(?:{_LABEL})?{_NUMBERS}",
    re.IGNORECASE,
)
_CIRCUIT_COURT = re.compile(r"\busca\b|\bcourt of appeals\b", re.IGNORECASE)
_ONE_NUMBER = re.compile(_NUMBER, re.IGNORECASE)
#: A Bankruptcy Appellate Panel: no court of the table, and no district.
_PANEL = re.compile(r"\bBAP\b|\bbankruptcy appellate panel\b", re.IGNORECASE)
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
    r"(?:(?:no\.?|number|case)[:# ]*){0,3}(\d{2}(?:-\d{1,5}|A\d{1,4}))(?![\d-]|\w)",
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


def appeals_told(
    court_id: str, kind: EntryKind, event_names: tuple[str, ...], text: str
) -> tuple[AppealTold, ...]:
    """The case's ways up that an entry tells of: one for each number, in their order."""
    words = " ".join((*event_names, text))
    level = court(court_id).kind
    if level is CourtKind.APPELLATE:
        return _certiorari_told(kind, words)
    is_about = kind in {EntryKind.NOTICE_OF_APPEAL, EntryKind.APPEAL_RELATED}
    return _appeals_told(court_id, kind, words) if is_about else ()


def _appeals_told(court_id: str, kind: EntryKind, words: str) -> tuple[AppealTold, ...]:
    higher = _higher_court(court_id, words)
    if not higher:
        return ()
    # A number of another form names a docket of another court: of a panel, or of the clerk's own.
    fitting = [
        AppealTold(higher, number, said)
        for number, said in _numbers(words)
        if fits_court(number, court(higher).kind)
    ]
    if fitting:
        return tuple({told.number: told for told in reversed(fitting)}.values())[::-1]
    if kind is EntryKind.NOTICE_OF_APPEAL:
        return (AppealTold(higher, "", words[:60].strip()),)
    return ()


def _higher_court(court_id: str, words: str) -> str:
    """Where it goes: the circuit that is named, else the court of the table; empty for a panel."""
    is_to_circuit = _CIRCUIT_COURT.search(words)
    if _PANEL.search(words) and not is_to_circuit:
        return ""
    if named := _NAMED.search(words):
        return _CIRCUITS[named[1].lower()]
    higher = court(court_id).appeals_go_to
    # A bankruptcy court's own table names the district; some appeals go past it.
    is_past = is_to_circuit and court(higher).kind is CourtKind.DISTRICT
    return court(higher).appeals_go_to if is_past else higher


def _numbers(words: str) -> Iterator[tuple[str, str]]:
    """Every number that is told as one of this appeal, in our spelling, and the words that say so.

    Of several statements the one that names the circuit's court speaks; else the first, for the
    others may be of another case ("see also appeal No. …").
    """
    found = list(_NUMBERED.finditer(words.translate(DASHES)))
    for one in [said for said in found if said[1]] or found[:1]:
        for printed in _ONE_NUMBER.findall(next(filter(None, one.groups()))):
            yield normalize_docket_number(printed.replace("_", "-")), one[0]


def _certiorari_told(kind: EntryKind, words: str) -> tuple[AppealTold, ...]:
    """What an entry of a circuit's docket tells of the Supreme Court: a petition, its number."""
    if kind in {EntryKind.MOTION, EntryKind.BRIEF_OR_MEMORANDUM} or not _CERTIORARI.search(words):
        return ()
    if found := _SUPREME_NUMBER.search(words):
        return (AppealTold("scotus", found[1].lower(), found[0]),)
    if filed := _FILED.search(words):
        return (AppealTold("scotus", "", filed[0]),)
    return ()
