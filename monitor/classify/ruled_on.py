"""What a court rules on: the numbers of the entries, else the title of the one."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: What may be asked for.
ASKED = (
    r"(?:(?:cross|counter)-)?(?:motion|application|petition|request|objection|stipulation|appeal)"
)
#: No number of an entry goes on so: dates, sections of a law, days, amounts.
_GOES_ON = (
    r"(?! ?(?:/|:\d|-\d|\.\d|%|U ?S ?C|F\b|F\.|days?|hours?|months?|years?|pages?|st\b|nd\b|rd\b"
    r"|th\b))"
)
_NUMBER = re.compile(
    rf"(?<![\w§$/.:-])\[?#?(?P<number>\d{{1,4}}(?:-\d{{1,2}})?)\]?{_GOES_ON}(?=[\]\s,;.)]|$)"
)
#: What stands before it counts something else: a section, a day, a count, a page.
_NEVER_BEFORE = re.compile(
    r"(?:[§¶]|\b(?:rule|chapter|section|title|case|form|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|counts?|pages?|u ?s ?c|c|usc|\$)\.?|[\w)]\() *$",
    re.IGNORECASE,
)
#: The same, unless what is asked for follows: "of 12 Motion".
_NOT_BEFORE = re.compile(r"\b(?:no|of|in|by|until|to|part)\.? *$", re.IGNORECASE)
#: A bare number right behind the verb, or right before it: "granting 12", "that 12 is".
_AT_VERB = re.compile(r"^\W{0,3}(?:the )?\[?#?$")
_IS_SAID = re.compile(r"^\]?(?: (?:is|are|be|hereby))*\W*$")
#: Further numbers are listed: "12 and 14", "12, 14 Motions".
_LISTED = re.compile(r"(?:,|;|&|\band)\s*(?:the )?\[?#?$", re.IGNORECASE)
_SEPARATED = re.compile(r"\W{0,3}(?:and )?\W{0,2}", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\b(?:ecf|doc|dkt|document|docket|d\.?[ei]|entry|filing)\W{0,2}(?:nos?|#)?\W{0,2}$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:-\d+)?")
_IS_ASKED = re.compile(rf"(?:,? (?:and )?\[?\d+\]?)*(?: [\w'’-]+){{0,4}}? {ASKED}", re.IGNORECASE)
_TITLE = re.compile(
    rf"(?:[\w'’-]+ ){{0,3}}?\b(?:{ASKED}|case|complaint|action|judgment|order|injunction|stay"
    r"|policy|rule|regulation)s?\b"
    r"(?: (?:to|for|of|in|under|re|regarding|pending)\b[^.;,:(\[]{0,60}\b)?",
    re.IGNORECASE,
)
_IS_CASE = re.compile(r"(?:[\w'’-]+ )*?(?:case|complaint|action)", re.IGNORECASE)
_TRAILING = re.compile(r"(?:\W|\b(?:is|are|be|stands?|hereby))+$", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:\W|\d+\b|(?:granting|denying)(?: in part)?\b|in part\b"
    r"|(?:that|order(?:ed)? that|and|but|is|are|the court|hereby)\b(?=.*\s))+",
    re.IGNORECASE,
)


def ruled_on(near: str, *, is_behind: bool) -> tuple[str, ...]:
    """Which entries are ruled on in these words; `is_behind` where the ruling follows them.

    >>> ruled_on(" 12 Motion to Stay re 5 Order", is_behind=False)
    ('12',)
    >>> ruled_on("the motion to stay is", is_behind=True)
    ('the motion to stay',)
    """
    near = _EXCEPT.split(near, maxsplit=1)[0]
    if numbers := numbers_in(near, is_behind=is_behind):
        return tuple(dict.fromkeys(numbers))
    titles = [" ".join(match[0].split()) for match in _TITLE.finditer(near)]
    # "The order of the court in case 25-1 is stayed": the order, where there is one.
    titles = [title for title in titles if not _IS_CASE.fullmatch(title)] or titles
    if not titles:
        return ()
    title = titles[-1] if is_behind else titles[0]
    return (_TRAILING.sub("", _LEADING.sub("", title)),)


#: "granting all motions except 15": what is left out is not ruled on so.
_EXCEPT = re.compile(r"\b(?:except|save|but not|other than)\b", re.IGNORECASE)


def numbers_in(near: str, *, is_behind: bool = False) -> list[str]:
    """The numbers of entries in some words: of what is asked for, else of named documents.

    A bare number counts at the verb alone: "granting 12", "12 is denied".

    >>> numbers_in(" [12-1] of 2025-11 and 5 U S C 705")
    ['12-1']
    """
    found = [match for match in _NUMBER.finditer(near) if _is_entry(match, near)]
    asked = _in_one_list([one for one in found if _IS_ASKED.match(near, one.end())], near)
    if asked:
        return [match["number"] for match in asked]
    if marked := _marked(found, near):
        return [match["number"] for match in marked]
    at_verb = [one for one in found if _is_at_verb(one, near, is_behind=is_behind)]
    return [match["number"] for match in at_verb]


def _marked(found: Sequence[re.Match[str]], near: str) -> list[re.Match[str]]:
    """Those that are marked as entries, and those listed with one: "ECF Nos. 41, 42"."""
    marked: list[re.Match[str]] = []
    for match in found:
        end = marked[-1].end() if marked else 0
        is_listed = bool(marked) and _SEPARATED.fullmatch(near[end : match.start()])
        if is_listed or _is_marked(match, near):
            marked.append(match)
    return marked


def _in_one_list(asked: Sequence[re.Match[str]], near: str) -> list[re.Match[str]]:
    """The first, and those that are listed with it: not "12 Motion to Withdraw 10 Motion"."""
    return [
        match
        for place, match in enumerate(asked)
        if place == 0 or _LISTED.search(near[: match.start()])
    ]


def _is_at_verb(match: re.Match[str], near: str, *, is_behind: bool) -> bool:
    if is_behind:
        return bool(_IS_SAID.match(near[match.end() :]))
    return bool(_AT_VERB.match(near[: match.start()]))


def _is_marked(match: re.Match[str], near: str) -> bool:
    return match[0].startswith("[") or bool(_DOCUMENT.search(near[: match.start()]))


def _is_entry(match: re.Match[str], near: str) -> bool:
    before = near[: match.start()]
    if _YEAR.fullmatch(match["number"]):
        return False
    if _is_marked(match, near):
        return True
    if _NEVER_BEFORE.search(before):
        return False
    return bool(_IS_ASKED.match(near, match.end())) or not _NOT_BEFORE.search(before)
