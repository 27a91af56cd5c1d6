"""Docket numbers in one spelling.

Sources: the forms counted in 102,027 items of 187 courts (December 2022).
"""

from __future__ import annotations

import functools
import re
import unicodedata

from monitor.model.court import Court, CourtKind
from monitor.normalize.text import short_name

_FLAGS = re.VERBOSE | re.IGNORECASE | re.ASCII

_LABEL = re.compile(
    r"""(?:
    (?> (?: (?:case|docket|civil|criminal|civ|crim|cr|action|adversary|proceeding|a)\b\.?\s* )* )
    (?: nos?\b\.? | number\b | \# ) [\s:]*
    )+""",
    _FLAGS,
)

#: How one number may be typed: "25cv997", "25 - CV - 997". Blanks, single by now, part nothing.
_AROUND_SIGNS = re.compile(r" ?([-:]) ?")
#: Every sign that is printed for a hyphen.
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")

_DISTRICT = re.compile(
    r"""
    (?:(?P<office>[0-9a-z]{1,2}):)?     # 3:     the divisional office
    (?P<year>\d{2}|\d{4})               # 24
    (?: -(?P<case_type>[a-z][a-z0-9]{1,4})-     # -cv-  also a2 (paed), crcor (ared)
      | [ ]?(?P<run_in>[a-z]{2,5})[ -]?         # cv    as in 25cv997
    )
    (?P<serial>\d{1,6})                 # 1234
    (?P<sub>/[a-z](?![a-z0-9]))?        # /A     seen in azd and cit
    # -ABC-2 -JES-M_M -N/A (ABC): judges' initials with their signs, then a defendant; or nothing
    (?P<suffixes>(?:-[a-z0-9_/.'-]*)?(?:[ ]?\([a-z0-9_/.' -]*\))?)
    """,
    _FLAGS,
)

_BANKRUPTCY = re.compile(
    r"""
    (?:(?P<office>\d)-)?                # 8-     nyeb, wiwb, nywb print the office so
    (?P<year>\d{2})
    -(?P<serial>\d{5})
    (?:-[a-z0-9_/.'-]*)?                # -las -13 -thp13 -1-rel -N/A: judge, chapter, office
    """,
    _FLAGS,
)

_CIRCUIT = re.compile(
    r"""
    (?P<year>\d{2}|\d{4})               # 26     2026 in the Federal Circuit
    -(?P<serial>\d{1,6})
    (?:-?[a-z]{1,3})?                   # -H -cv U: judge, type, or whether it is published
    (?:\s?\((?:l|con|xap)\))?           # (L)    the lead of consolidated appeals
    """,
    _FLAGS,
)

#: 25A123, 25M12, 22O156: applications, motions, original cases of the Supreme Court.
_SUPREME = re.compile(
    r"(?P<year>\d{2})[ -]?(?P<letter>[amo])(?:rig(?:inal)?\.?)?[ -]?(?P<serial>\d{1,5})", _FLAGS
)

#: Of a number in a form that we do not know, in bytes.
_LONGEST = 800
#: Types of bankruptcy courts, whose last number is a chapter and not a defendant.
_BANKRUPTCY_TYPES = frozenset({"bk", "ap", "mp"})


@functools.lru_cache(maxsize=16_384)
def normalize_docket_number(raw: str) -> str:
    """Return the spelling under which we file this docket number.

    >>> normalize_docket_number("Case No. 3:24-CV-1234-ABC")
    '3:24-cv-01234'
    >>> normalize_docket_number("No. 24-5678")
    '24-5678'
    >>> normalize_docket_number("1:14-cr-10363-RGS-2")
    '1:14-cr-10363-2'
    >>> normalize_docket_number("8-22-73600-las")
    '8-22-73600'
    >>> normalize_docket_number("2026-1528"), normalize_docket_number("26-1234-cv")
    ('26-1528', '26-1234')

    Judges' initials are dropped, because reassignment changes them. A defendant's number is
    kept, because it names a docket of its own. A number in a form we do not know is kept as
    printed, in lower case: an odd number is better than a lost filing. An empty one stays empty.
    """
    text = " ".join(unicodedata.normalize("NFKC", raw.translate(DASHES)).lower().split())
    if label := _LABEL.match(text):
        text = text[label.end() :]
    typed = _AROUND_SIGNS.sub(r"\1", text).rstrip(".,;:")
    if match := _DISTRICT.fullmatch(typed):
        return _district(match)
    if match := _BANKRUPTCY.fullmatch(typed):
        office = f"{match['office']}-" if match["office"] else ""
        return f"{office}{match['year']}-{match['serial']}"
    if match := _CIRCUIT.fullmatch(typed):
        return f"{match['year'][-2:]}-{match['serial']}"
    if match := _SUPREME.fullmatch(typed):
        return f"{match['year']}{match['letter']}{match['serial']}"
    return short_name(text, _LONGEST)


def _district(match: re.Match[str]) -> str:
    office = f"{match['office'].lstrip('0') or '0'}:" if match["office"] else ""
    case_type = match["case_type"] or match["run_in"]
    defendant = "" if case_type in _BANKRUPTCY_TYPES else _defendant(match["suffixes"])
    serial = f"{int(match['serial']):05d}{match['sub'] or ''}"
    return f"{office}{match['year'][-2:]}-{case_type}-{serial}{defendant}"


def _defendant(suffixes: str) -> str:
    last = suffixes.rpartition("-")[2]
    # No indictment has a million defendants, and Python refuses to read thousands of digits.
    return f"-{int(last)}" if last.isdecimal() and len(last) <= 6 else ""


_DISTRICT_FORM = re.compile(
    r"(?:[0-9a-z]{1,2}:)?\d\d-[a-z][a-z0-9]{1,4}-\d{5,6}(?:/[a-z])?(?:-\d+)?", re.ASCII
)
_OFFICE = re.compile(r"([0-9a-z]{1,2}):(?=\d\d-)", re.ASCII)
_CIRCUIT_FORM = re.compile(r"\d\d-\d{1,6}", re.ASCII)
_BANKRUPTCY_FORM = re.compile(r"(?:\d-)?\d\d-\d{5}", re.ASCII)
#: Applications, motions and original cases of the Supreme Court.
_SUPREME_FORM = re.compile(r"\d\d[amo]\d+", re.ASCII)
#: How a docket number of each kind of court is written.
FORMS = {
    CourtKind.DISTRICT: "write it with its office, as 1:25-cv-00457",
    CourtKind.APPELLATE: "write it as 26-5006",
    CourtKind.BANKRUPTCY: "write it as 22-19643 or 1:22-bk-02425",
    CourtKind.SPECIAL: "write it as 1:20-cv-03877 or 22-1234",
    CourtKind.SUPREME: "write it as 25-123, 25A123, 25M12 or 22O156",
}


def fits_court(number: str, kind: CourtKind) -> bool:
    """Whether a number in our spelling can be one of this kind of court.

    >>> fits_court("25-457", CourtKind.DISTRICT), fits_court("26-5006", CourtKind.APPELLATE)
    (False, True)
    """
    fits = {
        # Without its office a number would name another docket than the court's own feed does.
        CourtKind.DISTRICT: (re.compile(r"[0-9a-z]{1,2}:" + _DISTRICT_FORM.pattern),),
        CourtKind.APPELLATE: (_CIRCUIT_FORM,),
        CourtKind.BANKRUPTCY: (_BANKRUPTCY_FORM, _DISTRICT_FORM),
        CourtKind.SPECIAL: (_DISTRICT_FORM, _CIRCUIT_FORM),
        CourtKind.SUPREME: (_CIRCUIT_FORM, _SUPREME_FORM),
    }
    return any(form.fullmatch(number) for form in fits[kind])


def docket_number_in(raw: str, known: Court) -> str:
    """A number that a person names, in our spelling; with its office, where there is only one.

    >>> from monitor.model.court import court
    >>> docket_number_in("25-cv-994", court("dcd")), docket_number_in("25cv994", court("mad"))
    ('1:25-cv-00994', '25-cv-00994')
    """
    number = normalize_docket_number(raw)
    has_none = is_district_number(number) and not _split_office(number)[0]
    return f"{known.only_office}:{number}" if has_none and known.only_office else number


def is_district_number(number: str) -> bool:
    """Whether a number in our spelling is written as districts write it, with a type of case."""
    return bool(_DISTRICT_FORM.fullmatch(number))


def is_docket_number(number: str) -> bool:
    """Whether a number in our spelling is one in a form that some federal court prints.

    >>> is_docket_number("1:25-cv-00457"), is_docket_number("ctr v. irs")
    (True, False)
    """
    forms = (_DISTRICT_FORM, _CIRCUIT_FORM, _BANKRUPTCY_FORM, _SUPREME_FORM)
    return any(form.fullmatch(number) for form in forms)


def same_docket(watched: str, seen: str) -> bool:
    """Whether a docket number that somebody watches covers one that a court printed.

    Both in our spelling. The office may be missing on either side; a watch without a
    defendant's number covers the dockets of all defendants.

    >>> same_docket("25-cv-00457", "1:25-cv-00457")
    True
    >>> same_docket("1:14-cr-10363", "1:14-cr-10363-2")
    True
    >>> same_docket("1:14-cr-10363-2", "1:14-cr-10363")
    False
    """
    if watched == seen:
        return True
    return bool(watch_keys(seen) & {watched, _without_office(watched)}) and _offices_agree(
        watched, seen
    )


def watch_keys(seen: str) -> frozenset[str]:
    """Every spelling under which a watch may name this docket.

    >>> sorted(watch_keys("1:14-cr-10363-2"))
    ['14-cr-10363', '14-cr-10363-2', '1:14-cr-10363', '1:14-cr-10363-2']
    """
    whole = {seen, _without_defendant(seen)}
    return frozenset(whole | {_without_office(number) for number in whole})


def _without_office(number: str) -> str:
    return _split_office(number)[1]


def _split_office(number: str) -> tuple[str, str]:
    """The divisional office, if it is printed, and the rest.

    >>> _split_office("1:25-cv-00457"), _split_office("8-22-73600"), _split_office("22-73600")
    (('1', '25-cv-00457'), ('8', '22-73600'), ('', '22-73600'))
    """
    if _BANKRUPTCY_FORM.fullmatch(number):
        return number[: -len("-22-73600")], number[-len("22-73600") :]
    match = _OFFICE.match(number)
    return (match[1], number[match.end() :]) if match else ("", number)


def _without_defendant(number: str) -> str:
    parts = number.split("-")
    return "-".join(parts[:3]) if len(parts) == 4 and not parts[1].isdigit() else number


def _offices_agree(one: str, other: str) -> bool:
    first, second = _split_office(one)[0], _split_office(other)[0]
    return not first or not second or first == second
