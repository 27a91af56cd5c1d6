"""Which items tell one story: syndicated and re-spun copies, within three days.

Copies keep their words: the same headline, or the same text under another one, whole or cut short.
Two reports of one event in words of their own are two stories, and so are two events in the same
words: where one text blocks and the other allows, or where their numbers differ, they are apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from rapidfuzz import fuzz

from monitor.normalize.text import story_text

NEAR = timedelta(hours=72)
_SAME_TITLE, _SAME_TEXT, _SAME_WHOLE, _SAME_BEGIN, _SAME_FIGURE = 90.0, 84.0, 86.0, 92.0, 55.0
#: A text shorter than this says too little to be the same.
_LEAST = 50
_LEAD = 110
#: What of a headline and of a text is compared: the time grows with the square.
_TITLE_READ, _TEXT_READ = 400, 5_000
#: One desk writes it out, another does not.
_SHORT = (
    ("internal revenue service", "irs"),
    ("immigration and customs enforcement", "ice"),
    ("department of homeland security", "dhs"),
    (" billion", "bn"),
)
_LABELS = re.compile(
    r"^(?:update[d]?(?: \d+)?|breaking(?: news)?|exclusive|correct(?:ed|ion)|analysis|video|watch"
    r"|actualizaci[oó]n|[uú]ltima hora)\s*[:|-]\s*",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(r"\s(?:[-|\u2013\u2014])\s[^-|\u2013\u2014]{3,40}$")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
#: "refuses to block" allows.
_SPARES = re.compile(
    r"\b(?:(?:refus|won'?t|will not|declin|not|no|nieg|rechaz)\w*(?: to)?"
    r"|los(?:es|e|t) (?:\w+ )?(?:bid|fight) to) "
    r"(?:block|stop|bar|halt|strike|enjoin|freez|paus|prevent|suspend|frena|bloque)\w*"
)
#: What is to come is another story than what came.
_AHEAD = re.compile(r"\b(?:to (?:hear|weigh|rule|decide|argue|consider)|set to|will|ahead of)\b")
#: A second order is not the first one told again.
_AGAIN = re.compile(r"\b(?:again|second|repeats?|another|renew\w*|de nuevo|otra vez|segund[ao])\b")
_AGAINST = re.compile(
    r"\b(?:block|bar|halt|stop|reject|den|strike|prohibit|enjoin|frena|bloque)\w*"
)
_FOR = re.compile(
    r"\b(?:allow|let|permit|uphold|upheld|clear|green-?light|affirm|permite|avala)\w*"
)


@dataclass(frozen=True, slots=True)
class Copy:
    """What is compared of an item."""

    key: str
    title: str
    summary: str
    published_at: datetime | None


def same_story(one: Copy, other: Copy) -> bool:
    """Whether two items are copies of one text."""
    if _far_apart(one, other) or contradict(one, other):
        return False
    title, text = _titles_alike(one, other), _texts_alike(one, other)
    if not (_text(one) and _text(other)) and _share_a_figure(one, other):
        return title >= _SAME_FIGURE
    if title >= _SAME_TITLE:
        is_silent = not (_text(one) and _text(other))
        # A text too short to be compared may still be the same, word for word.
        return is_silent or text >= _SAME_TEXT / 2 or _text(one) == _text(other)
    return text >= _SAME_TEXT or (title + text) / 2 >= _SAME_WHOLE


def _share_a_figure(one: Copy, other: Copy) -> bool:
    """A number of thousands in both headlines: where there is no text, it is as good as one."""
    ours, theirs = (
        {n for n in _NUMBER.findall(_title(t)) if len(re.sub(r"\D", "", n)) >= 4}
        for t in (one, other)
    )
    return not ours.isdisjoint(theirs)


def _far_apart(one: Copy, other: Copy) -> bool:
    if one.published_at is None or other.published_at is None:
        return False
    return abs(one.published_at - other.published_at) > NEAR


def closeness(one: Copy, other: Copy) -> float:
    """How alike two items are: the nearest of several copies is the one that was copied."""
    return _titles_alike(one, other) + _texts_alike(one, other)


def _titles_alike(one: Copy, other: Copy) -> float:
    return fuzz.token_sort_ratio(_title(one), _title(other))


def _title(item: Copy) -> str:
    """Without "UPDATE:", without the publisher behind it."""
    title = item.title[:_TITLE_READ].replace("\u2019", "'").replace("\u2018", "'")
    bare = _PUBLISHER.sub("", _LABELS.sub("", title)).casefold()
    return _shortened(bare or title.casefold())


def _shortened(text: str) -> str:
    for long, short in _SHORT:
        text = text.replace(long, short)
    return text.replace("\u2019", "'")


def _text(item: Copy) -> str:
    """The story's own words; nothing where a feed only repeats the headline."""
    own = story_text(item.summary)[:_TEXT_READ]
    text = _shortened(" ".join(own.casefold().split())).rstrip(" .\u2026")
    is_title = fuzz.partial_ratio(_title(item), text) >= _SAME_TITLE
    return "" if is_title and len(text) < len(item.title) + 40 else text


def _texts_alike(one: Copy, other: Copy) -> float:
    """How alike two texts are, as far as both go: one is often cut short, or goes on elsewhere."""
    ours, theirs = _text(one), _text(other)
    length = min(len(ours), len(theirs))
    if length < _LEAST:
        return 0.0
    begin = max(_sentences_alike(ours, theirs), _leads_alike(ours, theirs))
    cut = fuzz.token_sort_ratio(ours[:length], theirs[:length])
    return max(fuzz.token_sort_ratio(ours, theirs), cut, begin if begin >= _SAME_BEGIN else 0.0)


def _sentences_alike(ours: str, theirs: str) -> float:
    first, second = _first_sentence(ours), _first_sentence(theirs)
    long_enough = min(len(first), len(second)) >= _LEAST
    return fuzz.token_sort_ratio(first, second) if long_enough else 0.0


def _leads_alike(ours: str, theirs: str) -> float:
    """A wire's first line often stays while the rest is written anew."""
    long_enough = min(len(ours), len(theirs)) >= _LEAD
    return fuzz.ratio(ours[:_LEAD], theirs[:_LEAD]) if long_enough else 0.0


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[a-z\d]{3}[.!?])\s", text, maxsplit=1)[0]


def contradict(one: Copy, other: Copy, *, by_details: bool = True) -> bool:
    """Whether two items cannot tell of one thing: other numbers, or the opposite.

    Without details, only the opposite counts: of reports that are known to be of one day's act,
    one may name a section of the law and another a sum.
    """
    ours, theirs = _title(one), _title(other)
    numbers = (
        {n.strip(".,") for n in _NUMBER.findall(ours)},
        {n.strip(".,") for n in _NUMBER.findall(theirs)},
    )
    if by_details and all(numbers) and numbers[0].isdisjoint(numbers[1]):
        return True
    if by_details and bool(_AGAIN.search(ours)) != bool(_AGAIN.search(theirs)):
        return True
    said, other_said = _text(one) or ours, _text(other) or theirs
    if bool(_AHEAD.search(said)) != bool(_AHEAD.search(other_said)):
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
