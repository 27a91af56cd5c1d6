"""Whether two names are of one matter, and whether two entries speak of the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from monitor.stated.kind import StatedKind

#: What a text is read for: who and what it is about stands at its head.
_READ = 1_000
_SAID_OTHERWISE = {
    "respond": "response",
    "responding": "response",
    "answering": "answer",
    "replie": "reply",
    "oppose": "opposition",
    "object": "objection",
    "conf": "conference",
    "teleconference": "conference",
    "videoconference": "conference",
    "memoranda": "memorandum",
    "pre-trial": "pretrial",
    "mtn": "motion",
    "disp": "dispositive",
    "dispo": "dispositive",
    "disc": "discovery",
    "argument": "argument",
}
#: How a hearing is held, and what says nothing of which it is.
_MODES_WORDS = """
    telephonic telephone phone video zoom virtual remote in-person person by via the a an
    of continued next half day days set setting for on further hereby court
"""
_MODES = frozenset(_MODES_WORDS.split())
_DEADLINE_NOISE_WORDS = """
    deadline filed ddl cut-off cutoff cut off due date the a an any all now file filing serve
    serving complete completion completed be to by joint for new period time of submit
    submission and their his her its said
"""
_DEADLINE_NOISE = frozenset(_DEADLINE_NOISE_WORDS.split())
_PARTIES_WORDS = """
    plaintiff defendant party partie petitioner respondent appellant appellee government
    debtor trustee intervenor claimant
"""
PARTIES = frozenset(_PARTIES_WORDS.split())
_AIM = re.compile(r" (?:to|in|re|on|regarding|for|of) ", re.IGNORECASE)
_BRIEFING_WORDS = """
    brief response reply opposition memorandum answer objection
"""
_BRIEFING = frozenset(_BRIEFING_WORDS.split())
#: There is one of these for each party: two of them seldom are the same.
_ONCE = re.compile(
    r"\btrial\b(?! setting| scheduling)|\bsentencing\b|\bjury selection\b|\bchange of plea\b"
    r"|\bfinal pre-?trial conference\b|\boral argument\b",
    re.IGNORECASE,
)


class Like(IntEnum):
    """How far two names are of one matter."""

    NOT = 0
    #: "The hearing", where a conference is set.
    FAR = 1
    PERHAPS = 2
    SAME = 3


def likeness(kind: StatedKind, one: str, other: str) -> Like:
    """How far two names of this kind are of one matter.

    >>> likeness(StatedKind.HEARING, "Telephonic Status Conference", "Status Conference").name
    'SAME'
    >>> likeness(StatedKind.HEARING, "hearing", "Motion Hearing").name
    'PERHAPS'
    >>> likeness(StatedKind.DEADLINE, "respond", "Plaintiff's Response").name
    'SAME'
    """
    return _hearings(one, other) if kind is StatedKind.HEARING else _deadlines(one, other)


def _hearings(one: str, other: str) -> Like:
    ours, theirs = _hearing_words(one), _hearing_words(other)
    if set(ours) == set(theirs):
        return Like.SAME
    if not (ours and theirs):
        return _as_any_hearing(ours or theirs, one if ours else other)
    is_part = set(ours) <= set(theirs) or set(theirs) <= set(ours)
    return Like.PERHAPS if is_part and ours[-1] == theirs[-1] else Like.NOT


def _as_any_hearing(words: list[str], name: str) -> Like:
    """How far "the hearing" is one of this name: no trial is called so."""
    if _words(name)[-1:] == ["hearing"]:
        return Like.PERHAPS
    return Like.NOT if words[-1] == "trial" else Like.FAR


def _hearing_words(name: str) -> list[str]:
    """The words that say which; "hearing" alone says none.

    >>> _hearing_words("Telephonic Sentencing Hearing"), _hearing_words("hearing")
    (['sentencing'], [])
    """
    words = [word for word in _words(name) if word not in _MODES]
    return words[:-1] if words[-1:] == ["hearing"] else words


def _deadlines(one: str, other: str) -> Like:
    ours, theirs = _words(one), _words(other)
    if PARTIES & set(ours) and PARTIES & set(theirs) and not PARTIES & set(ours) & set(theirs):
        return Like.NOT
    if _deadline_words(one) == _deadline_words(other):
        return Like.SAME
    mine, yours = (_deadline_words(_AIM.split(name, maxsplit=1)[0]) for name in (one, other))
    if mine and mine == yours:
        # "Response", and "Response to the motion to dismiss"; but not two with two aims.
        has_two = bool(_AIM.search(one)) and bool(_AIM.search(other))
        return Like.PERHAPS if has_two else Like.SAME
    return Like.PERHAPS if mine and yours and (mine <= yours or yours <= mine) else Like.NOT


def _deadline_words(name: str) -> frozenset[str]:
    return frozenset(word for word in _words(name) if word not in _DEADLINE_NOISE | PARTIES | {"s"})


def _words(name: str) -> list[str]:
    words = (word.rstrip("s") for word in re.findall(r"[\w-]+", name.lower()))
    return [_SAID_OTHERWISE.get(word, word) for word in words if word]


def is_briefing(what: str) -> bool:
    """Whether a deadline belongs to a briefing schedule."""
    return bool(_BRIEFING & set(_words(what)))


def is_once(what: str) -> bool:
    """Whether a case has one hearing of this name: a trial, a sentencing."""
    return _ONCE.search(what) is not None


_REFERS = re.compile(
    r"\b(?:re:?|regarding|as to|related documents?\(?s?\)?:?|relates? to|in support of|response to"
    r"|opposition to)[ :(\[]{0,3}(?:dkt\.? |doc\.? |ecf |no\.? |# ?|\[){0,3}"
    r"(?P<numbers>\d{1,4}\b(?:\]?,? (?:and )?\[?\d{1,4}\b){0,6})",
    re.IGNORECASE,
)
_GRANTS = re.compile(
    r"\b(?:grant|den|on|approv)\w{0,6} (?:in part )?\[?(?P<number>\d{1,4})\b(?!/)", re.IGNORECASE
)
_AS_TO = re.compile(
    r"\bas to (?:[Dd]efendants? )?"
    r"(?P<who>[A-Z][\w.'’-]{1,20}(?:,? (?:[A-Z][\w.'’-]{0,20})){1,12})"
)


@dataclass(frozen=True, slots=True)
class About:
    """Which entries a text refers to, by number, which it rules on, and which persons it names."""

    refers: frozenset[int]
    rules_on: frozenset[int]
    persons: frozenset[str]


def about(text: str) -> About:
    """What the head of an entry is about.

    >>> sorted(about("Set/Reset Deadlines as to 12 MOTION to Dismiss, 14 MOTION").refers)
    [12]
    """
    head = text[:_READ]
    numbers = {
        int(number)
        for found in _REFERS.finditer(head)
        for number in re.findall(r"\d{1,4}", found["numbers"])
    }
    rules = {int(found["number"]) for found in _GRANTS.finditer(head)}
    persons = {word.lower() for found in _AS_TO.finditer(head) for word in _names(found["who"])}
    return About(frozenset(numbers), frozenset(rules), frozenset(persons))


def _names(who: str) -> list[str]:
    return [word.strip(",.") for word in who.split() if len(word.strip(",.")) > 2]


def is_apart(one: About, other: About) -> bool:
    """Whether two entries speak of other persons."""
    return bool(one.persons and other.persons and not one.persons & other.persons)


def refers_elsewhere(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether both refer to entries, and to none in common."""
    return bool(one and other and not one & other)
