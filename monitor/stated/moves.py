"""Whether an entry moves a matter to the day that it states, so that an earlier one falls."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from monitor.stated.around import Around
from monitor.stated.kind import StatedKind


class Moves(StrEnum):
    """Whether what is stated takes the place of an earlier day; `maybe` where that is open."""

    NO = "no"
    MAYBE = "maybe"
    YES = "yes"


#: What the head of an entry is read for.
_HEAD = 600
#: "reset for", "continued to", "is extended to", "now due by": of this day, and of no other verb.
_TO_HERE = re.compile(
    r"\b(?:(?<!set/)(?<!set and )re-?set|resets|re-?schedul(?:ed|es|ing)|resetting"
    r"|continu(?:ed|es|ing)|adjourn(?:ed|s|ing)|postpon(?:ed|es|ing)|moved|moves|moving|advanc(?:ed|es|ing)|deferred"
    r"|extend(?:ed|s|ing)|enlarg(?:ed|es|ing)|extension|enlargement|changed"
    r"|now (?:be )?(?:due|set|scheduled)|re-?noticed|re-?calendared"
    r"|(?<=to )(?:continue|adjourn|reschedule|postpone|extend|move|advance))\b"
    r"(?:(?!\b(?<!re)(?<!re-)(?:sets?|scheduled|noticed|hold|held)\b)[^.;]){0,120}$",
    re.IGNORECASE,
)
_GRANTED = re.compile(
    r"\bgrant(?:s|ing|ed)?\b(?: in part)?[^.;]{0,80}?\b(?:motions?|requests?|applications?"
    r"|stipulations?|letter)\b[^.;]{0,60}?\b(?P<what>extensions?|extend|enlarge\w*|continu\w+"
    r"|adjourn\w*|re-?schedule|re-?set|postpone|amend\w*|modif\w+)\b(?P<of>[^.;]{0,60})"
    r"|\b(?:motions?|requests?|applications?|stipulations?) (?:to|for)\b[^.;]{0,60}?"
    r"\b(?P<what2>extensions?|extend|enlarge\w*|continu\w+|adjourn\w*|re-?schedule|re-?set|postpone)\b"
    r"(?P<of2>[^.;]{0,80}?)\b(?:is|are|be)? ?(?:hereby )?granted\b",
    re.IGNORECASE,
)
#: "to amend the scheduling order" moves days, "to amend the complaint" does not.
_AMENDS = re.compile(r"\bschedul|\bdeadline|\bdates?\b", re.IGNORECASE)
_HEARING_MOVES = re.compile(
    r"\b(?:re-?schedul(?:ing|ed)|change of|changing|(?<!/)(?<!and )re-?set(?:ting)?) (?:the )?"
    r"(?:deadlines?/)?(?:hearings?|time of|trial|conference)"
    r"|\btime change|\bhearing (?:continued|rescheduled|adjourned)\b"
    r"|\b(?:amended|revised|modified) (?:\w+ )?scheduling order",
    re.IGNORECASE,
)
_DEADLINE_MOVES = re.compile(
    r"(?<!/)(?<!and )\breset(?:ting)? (?:scheduling order )?deadlines"
    r"|\b(?:amended|revised|modified) (?:\w+ )?scheduling order|\border extending\b",
    re.IGNORECASE,
)
#: A clerk's words for both: to set, and to set again.
_EITHER = re.compile(r"\bset ?(?:/|and|or) ?re-?set\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of an entry says of all days in it."""

    hearings: Moves
    deadlines: Moves


def head_of(text: str) -> Head:
    """What these words say of every day that follows.

    >>> head_of("ORDER granting 9 Motion for Extension of Time to Answer").deadlines.value
    'yes'
    >>> head_of("Set/Reset Hearings as to 9 Motion").hearings.value
    'maybe'
    """
    head = text[:_HEAD]
    granted = next((found for found in _GRANTED.finditer(head) if _is_of_days(found)), None)
    either = Moves.MAYBE if _EITHER.search(head) else Moves.NO
    is_time = granted is not None and (granted["what"] or granted["what2"])[:3].lower() == "ext"
    hearings = _HEARING_MOVES.search(head) or (granted and not is_time)
    deadlines = _DEADLINE_MOVES.search(head) or granted
    return Head(Moves.YES if hearings else either, Moves.YES if deadlines else either)


def _is_of_days(granted: re.Match[str]) -> bool:
    what = (granted["what"] or granted["what2"]).lower()
    is_any = not what.startswith(("amend", "modif"))
    return is_any or _AMENDS.search(granted["of"] or "") is not None


def moves(around: Around, kind: StatedKind, head: Head) -> Moves:
    """Whether a day that an entry states takes the place of an earlier one."""
    general = head.hearings if kind is StatedKind.HEARING else head.deadlines
    if around.is_asked:
        # A party's notice: what it moves, the court may not have moved.
        return Moves.MAYBE if _TO_HERE.search(around.before) else Moves.NO
    return Moves.YES if _TO_HERE.search(around.before) else general
