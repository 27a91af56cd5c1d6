"""Which items tell one story: syndicated and re-spun copies, within three days.

Copies keep their words: the same headline, or the same text under another one, whole or cut short.
Two reports of one event in words of their own are two stories, and so are two events in the same
words: where one text blocks and the other allows, or where their numbers differ, they are apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rapidfuzz import fuzz

NEAR = timedelta(hours=72)
_SAME_TITLE, _SAME_TEXT, _SAME_WHOLE = 90.0, 84.0, 86.0
#: A text shorter than this says too little to be the same.
_LEAST = 50
_LABELS = re.compile(
    r"^(?:update[d]?(?: \d+)?|breaking(?: news)?|exclusive|correct(?:ed|ion)|analysis|video|watch"
    r"|actualizaci[oó]n|[uú]ltima hora)\s*[:|-]\s*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
#: "refuses to block" allows.
_SPARES = re.compile(
    r"\b(?:refus|won'?t|will not|declin|not|no)\w*(?: to)? (?:block|stop|bar|halt|strike|frena|bloque)\w*"
)
#: What is to come is another story than what came.
_AHEAD = re.compile(r"\b(?:to (?:hear|weigh|rule|decide|argue|consider)|set to|will|ahead of)\b")
_AGAINST = re.compile(
    r"\b(?:block|bar|halt|stop|reject|den|strike|prohibit|enjoin|frena|bloque)\w*"
)
_FOR = re.compile(
    r"\b(?:allow|let|permit|uphold|upheld|clear|green-?light|affirm|permite|avala)\w*"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What is compared of an item."""

    key: str
    title: str
    summary: str
    published_at: datetime | None


def same_story(one: Told, other: Told) -> bool:
    """Whether two items are copies of one text."""
    if _far_apart(one, other) or _contradict(one, other):
        return False
    title, text = _titles_alike(one, other), _texts_alike(one.summary, other.summary)
    if title >= _SAME_TITLE:
        return text >= _SAME_TEXT / 2 or not (one.summary and other.summary)
    return text >= _SAME_TEXT or (title + text) / 2 >= _SAME_WHOLE


def find_story(item: Told, known: Iterable[tuple[str, Told]]) -> str:
    """The story of which this item is a copy; its own key where it begins one.

    `known` are items with the names of their stories, in any order.
    """
    fitting = [
        (_closeness(item, other), story) for story, other in known if same_story(item, other)
    ]
    return max(fitting)[1] if fitting else item.key


def cluster(items: Sequence[Told]) -> dict[str, str]:
    """Key -> story, in the order of publication; a story bears the key of its first item."""
    stories: list[tuple[str, Told]] = []
    for item in sorted(items, key=lambda i: i.published_at.timestamp() if i.published_at else 0):
        stories.append((find_story(item, stories), item))
    return {item.key: story for story, item in stories}


def _far_apart(one: Told, other: Told) -> bool:
    if one.published_at is None or other.published_at is None:
        return False
    return abs(one.published_at - other.published_at) > NEAR


def _closeness(one: Told, other: Told) -> float:
    return _titles_alike(one, other) + _texts_alike(one.summary, other.summary)


def _titles_alike(one: Told, other: Told) -> float:
    ours, theirs = (_LABELS.sub("", t.title).casefold() for t in (one, other))
    return fuzz.token_sort_ratio(ours, theirs)


def _texts_alike(one: str, other: str) -> float:
    """How alike two texts are, as far as both go: one is often cut short."""
    ours, theirs = (" ".join(text.casefold().split()) for text in (one, other))
    length = min(len(ours), len(theirs))
    if length < _LEAST:
        return 0.0
    whole = fuzz.token_sort_ratio(ours, theirs)
    return max(whole, fuzz.token_sort_ratio(ours[:length], theirs[:length]))


def _contradict(one: Told, other: Told) -> bool:
    ours, theirs = one.title.casefold(), other.title.casefold()
    numbers = (
        {n.strip(".,") for n in _NUMBER.findall(ours)},
        {n.strip(".,") for n in _NUMBER.findall(theirs)},
    )
    if all(numbers) and numbers[0].isdisjoint(numbers[1]):
        return True
    if bool(_AHEAD.search(ours)) != bool(_AHEAD.search(theirs)):
        return True
    return {_direction(ours), _direction(theirs)} == {"for", "against"}


def _direction(title: str) -> str:
    """Whether a headline says that something is stopped or goes on; empty where both or neither."""
    spares = bool(_SPARES.search(title))
    rest = _SPARES.sub(" ", title)
    goes_on, is_stopped = spares or bool(_FOR.search(rest)), bool(_AGAINST.search(rest))
    if goes_on == is_stopped:
        return ""
    return "for" if goes_on else "against"
