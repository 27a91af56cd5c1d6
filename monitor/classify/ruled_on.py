"""What a court rules on: the numbers of the entries, else the title of the one."""

from __future__ import annotations

import re

#: What may be asked for.
ASKED = r"(?:motion|application|petition|request|objection|stipulation|appeal)"
#: No number of an entry goes on so: dates, sections of a law, days, amounts.
_GOES_ON = (
    r"(?! ?(?:/|:\d|-\d|\.\d|%|U ?S ?C|F\b|F\.|days?|hours?|months?|years?|pages?|st\b|nd\b|rd\b"
    r"|th\b))"
)
_NUMBER = re.compile(
    rf"(?<![\w§$/.:-])\[?#?(?P<number>\d{{1,4}}(?:-\d{{1,2}})?)\]?{_GOES_ON}(?=[\]\s,;.)]|$)"
)
_NOT_BEFORE = re.compile(
    r"(?:§|\b(?:rule|chapter|section|title|no|case|form|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|of|in|by|until|to|count|part|page|u ?s ?c|c|usc"
    r"|\$)\.?) *$",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\b(?:ecf|doc|dkt|document|docket|d\.?e|entry)\W{0,2}(?:nos?|#)?\W{0,2}$", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:-\d+)?")
_IS_ASKED = re.compile(rf"(?:,? (?:and )?\[?\d+\]?)*(?: [\w'’-]+){{0,4}}? {ASKED}", re.IGNORECASE)
_TITLE = re.compile(
    rf"(?:[\w'’-]+ ){{0,3}}?\b(?:{ASKED}|case|complaint|action|judgment|order|injunction|stay)s?\b"
    r"(?: (?:to|for|of|in|under|re|regarding|pending)\b[^.;,(\[]{0,60}\b)?",
    re.IGNORECASE,
)
_IS_CASE = re.compile(r"(?:[\w'’-]+ )*?(?:case|complaint|action)", re.IGNORECASE)
_TRAILING = re.compile(r"(?:\W|\b(?:is|are|be|stands?|hereby))+$", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:\W|\d+\b|(?:that|order(?:ed)? that|and|but|is|are|the court|hereby)\b(?=.*\s))+",
    re.IGNORECASE,
)


def ruled_on(near: str, *, is_behind: bool) -> tuple[str, ...]:
    """Which entries are ruled on in these words; `is_behind` where the ruling follows them.

    >>> ruled_on(" 12 Motion to Stay re 5 Order", is_behind=False)
    ('12',)
    >>> ruled_on("the motion to stay is", is_behind=True)
    ('the motion to stay',)
    """
    if numbers := numbers_in(near):
        return tuple(dict.fromkeys(numbers))
    titles = [" ".join(match[0].split()) for match in _TITLE.finditer(near)]
    # "The order of the court in case 25-1 is stayed": the order, where there is one.
    titles = [title for title in titles if not _IS_CASE.fullmatch(title)] or titles
    if not titles:
        return ()
    title = titles[-1] if is_behind else titles[0]
    return (_TRAILING.sub("", _LEADING.sub("", title)),)


def numbers_in(near: str) -> list[str]:
    """The numbers of entries in some words: of what is asked for, where any is named as such.

    >>> numbers_in("on [12-1] of 2025-11 and 5 U S C 705")
    ['12-1']
    """
    found = [match for match in _NUMBER.finditer(near) if _is_entry(match, near)]
    asked = [match for match in found if _IS_ASKED.match(near, match.end())]
    return [match["number"] for match in asked or found]


def _is_entry(match: re.Match[str], near: str) -> bool:
    before = near[: match.start()]
    is_marked = match[0].startswith("[") or _DOCUMENT.search(before)
    is_other = not is_marked and _NOT_BEFORE.search(before)
    return not (is_other or _YEAR.fullmatch(match["number"]))
