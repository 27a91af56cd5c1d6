"""What a court ruled, as the first words of a subject: "DENIED: Motion to Stay"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.model.alert import EntrySnapshot
from monitor.model.docket import Judgement, Ruling, RulingOn
from monitor.render.message import clip

#: So many things are named for each ruling; the message lists all.
_MOST_NAMED = 2
_LONGEST_THING = 70
_ASKED = r"(?:motion|application|petition|request|stipulation|objection|appeal|letter)"
#: "Order on Motion to Stay", ".Order on Motion": what stands behind is what was ruled on.
_ORDER_ON = re.compile(
    r"^\W*(?:\w+ ){0,3}?order (?:on|re:?|regarding) (?P<thing>.+)$", re.IGNORECASE
)
_STOPS = re.compile(
    r" (?:by|filed|under \d|is|are|and (?:grant|den|dismiss)\w+|signed|as (?:to|moot)|re|pursuant"
    r"|with(?:out)?)\b.*$",
    re.IGNORECASE,
)
_SAYS_LITTLE = re.compile(
    rf"^(?:the |this |said |\w+['’]s? )*(?:{_ASKED}|case|order|action)s?$", re.IGNORECASE
)
_DETERMINER = re.compile(r"^(?:the|this|that|said|its|his|her|their)\s+", re.IGNORECASE)


def ruled_words(entry: EntrySnapshot, judgement: Judgement) -> str:
    """Each ruling with what it answers; empty where none is known."""
    if judgement.ruling is Ruling.NONE:
        return ""
    rulings = judgement.rulings or (RulingOn(judgement.ruling, judgement.acts_on),)
    things: dict[Ruling, dict[str, None]] = {}
    for one in rulings:
        thing = _thing(one, entry, is_only=len(rulings) == 1)
        things.setdefault(one.ruling, {}).update({thing: None} if thing else {})
    return "; ".join(_said(ruling, list(some)) for ruling, some in things.items())


def _said(ruling: Ruling, things: Sequence[str]) -> str:
    return f"{_capitals(ruling)}: {_named(things)}" if things else _capitals(ruling)


def _capitals(ruling: Ruling) -> str:
    return ruling.value.replace("_", " ").upper()


def _named(things: Sequence[str]) -> str:
    more = len(things) - _MOST_NAMED
    named = ", ".join(things[:_MOST_NAMED])
    return f"{named} and {more} more" if more > 0 else named


def _thing(one: RulingOn, entry: EntrySnapshot, *, is_only: bool) -> str:
    """What was ruled on, by its title where one is known, else by its number.

    The event's name speaks for the only ruling; of several, nobody knows which it means.
    """
    title = title_of(one.on, entry.text) if one.on[:1].isdigit() else one.on
    if not title or _SAYS_LITTLE.match(title):
        title = (_of_event(entry) if is_only else "") or title
    if not title:
        return f"entry {one.on}" if one.on else (_lead_of(entry) if is_only else "")
    return clip(_DETERMINER.sub("", title), _LONGEST_THING)


def title_of(number: str, text: str) -> str:
    """What stands behind a number: "denying 7 Motion to Stay by Roe"."""
    pattern = rf"(?<![\w-]){re.escape(number)}\W{{1,3}}(?P<title>(?:[\w'’/-]+ ?){{1,12}})"
    for match in re.finditer(pattern, text):
        title = _STOPS.sub("", match["title"].strip())
        if re.search(rf"\b{_ASKED}\b", title, re.IGNORECASE):
            return title
    return ""


def _of_event(entry: EntrySnapshot) -> str:
    found = (_ORDER_ON.match(name) for name in entry.event_names)
    return next((match["thing"].strip() for match in found if match), "")


def _lead_of(entry: EntrySnapshot) -> str:
    """The name of the paper, without the ruling that stands behind it."""
    return re.sub(r": [A-Z ]+$", "", entry.headline)
