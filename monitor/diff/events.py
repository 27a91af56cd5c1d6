"""Which reports tell of one event: same case, same act, within its days, whatever their words.

Copies of one text are one story (`stories`); so are reports of one event in words of their own.
What a report tells of is read from its headline, else from the first sentence of its text: who did
what. Where that cannot be read, or the acts differ, two reports stay two.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.diff.stories import NEAR, Copy, closeness, contradict, same_story
from monitor.normalize.text import story_text


class Act(StrEnum):
    """What a report tells of."""

    #: Something that follows from an act, and is news of its own: a protest, a demand for a probe.
    ECHO = "echo"
    APPEALED = "appealed"
    HEARD = "heard"
    SUED = "sued"
    AMENDED = "amended"
    BRIEFED = "briefed"
    ADMITTED = "admitted"
    FOUND = "found"
    ORDERED = "ordered"
    STOPPED = "stopped"
    ALLOWED = "allowed"
    #: What a court above decided, whichever way: there is one such decision in some days.
    REVIEWED = "reviewed"
    #: A ruling that is only called one.
    RULED = "ruled"


_POLITICIANS = r"(?:senat|lawmaker|congress|democrat|republican)\w*"
_TOLD = r"(?:orders?|ordered|requires?|must|told to)(?: \w+){0,3}(?: to)?"
#: The first act of which a pattern fits decides: what came after an act names the act, too.
#: English and Spanish, in lower case, without accents.
_SAID: dict[Act, tuple[str, ...]] = {
    Act.ECHO: (
        # An overview of several acts is a report of none.
        r"(?:two|three|both|dos|tres) (?:\w+ ){0,2}(?:courts?|orders?|judges?|rulings?|cases?)\b",
        rf"{_POLITICIANS}: |{_POLITICIANS}\b.{{0,40}}\b(?:demand|want|call|urge|ask|seek)",
        rf"{_POLITICIANS}\b.{{0,40}}\b(?:probe|inquiry)",
        r"(?:groups?|advocates?|activists?|coalition)\b.{0,30}\b(?:vow|plan|weigh|hope|will)\b",
        r"(?:celebra|vow|relie[fv]|applaud|condemn|slam|prais|cheer|react)",
        r"opinion:|newsletter|what (?:it|the \w+ \w+) means\b|se acabo el miedo",
    ),
    Act.APPEALED: (
        r"appeal(?:s|ed|ing)? (?!court|panel|judge)",
        r"(?:to|will|weighs?|plans?|may) appeal\b",
        r"appeals (?:ruling|order|decision)|notice of appeal|apela(?:n|ra|ron)?\b",
        r"asks? (?:the )?(?:supreme court|appeals court|\S+ circuit) to\b",
    ),
    Act.BRIEFED: (
        r"briefs?\b|amic(?:us|i)\b|weighs in\b|urges?\b",
        r"backs?\b.{0,30}\bappeal|asks? (?:the )?(?:judge|court) (?:for|to)\b",
    ),
    Act.HEARD: (
        r"weighs? \w+ (?:to|on)\b|weighs? (?!appeal|in\b)|hear(?:s|d|ing)\b|wrestles?\b",
        r"argu(?:es?|ed|ments?)\b|questions?\b|skeptical",
        r"press(?:es|ed) (?:government|lawyer)|audiencia\b|live-?blog",
    ),
    Act.AMENDED: (
        r"joins? (?:the )?(?:law)?suit|amended complaint|widens? suit",
        r"adds? .{0,40}\bto .{0,30}\b(?:suit|lawsuit)",
    ),
    Act.SUED: (
        r"files? .{0,60}\b(?:challenge|complaint)\b|(?:sues?|sued|suing)\b",
        r"(?:files?|leads?|new|filed) (?:\w+ )?(?:law)?suit",
        r"suit says\b|demandan?\b|go(?:es)? to court\b|challenges? .{0,40}\bin court",
    ),
    Act.ADMITTED: (
        r"(?:admit|acknowledg)|by mistake\b|improperly (?:shared|disclosed|gave)|erroneously\b",
        r"(?:court )?filing (?:says|shows|reveals)|says it has\b|tells \w+ court|reconoce|admite",
    ),
    Act.FOUND: (
        r"(?:violat\w+|broke|breaking|breached) (?:the |federal |tax |privacy )*(?:law|code|6103)",
        r"violat(?:ed|es|ions?)\b|unlawful|illegal|violo\b|violaciones\b",
    ),
    Act.ORDERED: (
        rf"{_TOLD} (?:give|notif|notice|warn|report|hand over|produce|explain|provide|tell)",
        r"(?:24|48)[- ]hours?\b|debe avisar|mandates?\b|discovery\b",
    ),
    Act.ALLOWED: (
        r"(?:lets?|clear\w* the way|uph(?:olds|eld)|sid(?:es|ed) with|affirms?|affirmed)\b",
        r"(?:allow|permit|green-?light|surviv|avala)",
        r"(?:refus\w+|won'?t|will not|declin\w+|rejects?|rejected|den(?:ies|ied)|nieg\w+)\b",
    ),
    Act.STOPPED: (
        r"(?:block|halt|prohibit|enjoin|froz|freez|restrict|paus|suspend|forbid|prohib|bloque)",
        r"(?:bar(?:s|red|ring)?|stop(?:s|ped|ping)?|stays?|stayed|strikes? down|can'?t|limits?)\b",
        r"fren[ao]",
    ),
    Act.RULED: (r"(?:rul(?:es|ed|ing)|decision|order|opinion|fallo|decide[sd]?|orden)\b",),
}
_ACTS = tuple(
    (act, tuple(re.compile(rf"\b(?:{one})") for one in patterns)) for act, patterns in _SAID.items()
)
_REVIEWERS = re.compile(
    r"\b(?:appeals? (?:court|panel|judges?)|appellate|(?:\w+|d\.?c\.?) circuit|supreme court"
    r"|corte de apelaciones|tribunal de apelaciones)\b"
)
#: One ruling does several things, and each report names one of them.
_ONE_RULING = frozenset({Act.STOPPED, Act.FOUND, Act.ORDERED, Act.RULED})
#: What follows from an act, and is no report of it.
_AFTER_IT = frozenset({Act.ECHO, Act.BRIEFED, Act.APPEALED})
#: Many do so in the same days: each is an event of its own.
_OFTEN = frozenset({Act.ECHO, Act.BRIEFED})


@dataclass(frozen=True, slots=True)
class Report:
    """An item, and what is known of what it tells of."""

    copy: Copy
    case_ids: frozenset[str]
    #: Whether it is about all of these cases, and not about one of them, nobody knows which.
    is_sure: bool = True
    #: The docket entry that it seems to be about; empty where none fits.
    entry_id: str = ""
    #: The day on which a court of the case had acted last before; None where on none.
    acted_on: date | None = None


@functools.lru_cache(maxsize=2048)
def act_of(copy: Copy) -> Act | None:
    """What a report tells of; None where its words do not say.

    >>> act_of(Copy("a", "Judge blocks agency from sharing addresses", "", None)).value
    'stopped'
    """
    title = _folded(copy.title[:400])
    act = _act_in(title)
    if act is None or act is Act.RULED:
        lead = re.split(r"(?<=\w{3}[.!?])\s", _folded(story_text(copy.summary))[:400], maxsplit=1)[
            0
        ]
        act = _act_in(lead) or act
    is_decision = act in {Act.STOPPED, Act.ALLOWED, Act.RULED}
    return Act.REVIEWED if is_decision and _REVIEWERS.search(title) else act


def _act_in(words: str) -> Act | None:
    return next((act for act, some in _ACTS if any(one.search(words) for one in some)), None)


def _folded(text: str) -> str:
    plain = text.casefold().replace("’", "'")
    return plain.translate(str.maketrans("áéíóúñ", "aeioun"))


def find_event(report: Report, known: Sequence[tuple[str, Report]]) -> str:
    """The story that this report joins; its own key where it begins one.

    `known` are reports with the names of their stories, in any order.
    """
    copies = [
        (closeness(report.copy, other.copy), story)
        for story, other in known
        if same_story(report.copy, other.copy)
    ]
    if copies:
        return max(copies)[1]
    for story, first in _firsts(known):
        if same_event(report, first):
            return story
    return report.copy.key


def _firsts(known: Iterable[tuple[str, Report]]) -> list[tuple[str, Report]]:
    """The first report of each story, the latest story first: an event does not move on."""
    latest_first = sorted(known, key=lambda pair: _when(pair[1]), reverse=True)
    return sorted(dict(latest_first).items(), key=lambda pair: _when(pair[1]), reverse=True)


def _when(report: Report) -> float:
    at = report.copy.published_at
    return at.timestamp() if at else 0.0


def same_event(one: Report, other: Report) -> bool:
    """Whether two reports tell of one act in one case."""
    if not _are_near(one.copy.published_at, other.copy.published_at):
        return False
    if not _is_of_same_cases(one, other):
        return False
    is_of_one_day = one.acted_on is not None and one.acted_on == other.acted_on
    if contradict(one.copy, other.copy, by_details=not is_of_one_day):
        return False
    if one.entry_id and other.entry_id and one.entry_id != other.entry_id:
        return False
    ours, theirs = act_of(one.copy), act_of(other.copy)
    if is_of_one_day and (not {ours, theirs} & _AFTER_IT or ours is theirs is not Act.ECHO):
        return True
    if ours is None or theirs is None or ours in _OFTEN:
        return False
    if ours is theirs or {ours, theirs} <= _ONE_RULING:
        return True
    # "What the ruling says" may be about any ruling, where there was one.
    return Act.RULED in {ours, theirs} and not {Act.ALLOWED, Act.REVIEWED}.isdisjoint(
        {ours, theirs}
    )


def _is_of_same_cases(one: Report, other: Report) -> bool:
    """An overview of several cases is no report of what happened in one of them."""
    if one.is_sure and other.is_sure:
        return bool(one.case_ids) and one.case_ids == other.case_ids
    return not one.case_ids.isdisjoint(other.case_ids)


def _are_near(one: datetime | None, other: datetime | None) -> bool:
    return one is None or other is None or abs(one - other) <= NEAR


def cluster(reports: Sequence[Report]) -> dict[str, str]:
    """Key -> story, in the order of publication; a story bears the key of its first report."""
    stories: list[tuple[str, Report]] = []
    for report in sorted(reports, key=_when):
        stories.append((find_event(report, stories), report))
    return {report.copy.key: story for story, report in stories}
