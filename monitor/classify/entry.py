"""What we think a docket entry is: judged once, kept with it, and redone when the rules change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.classify.kinds import RULES_VERSION, classify, weightiest
from monitor.model.docket import DocketEntry, Judgement, Ruling

_HEADLINE_WORDS = 14
#: A clerk's own bookkeeping, added to an entry after it was filed.
_UTILITY = re.compile(
    r"^\W*(?:util(?:ity)?\b|set/reset\b|reset\b|set (?:motion|deadline|hearing|scheduling|pretrial)"
    r"|terminate (?:motion|deadline|hearing)s?\b)",
    re.IGNORECASE,
)
#: What even a utility may not keep from anybody.
_WEIGHTY = re.compile(
    r"ruling|order|judg|opinion|mandate|\bstay|dismiss|clos|\bcase\b"
    r"|grant|\bden(?:y|ied)|injunct|appeal|decree|verdict|sentenc|^utility motion",
    re.IGNORECASE,
)


def judgement_of(entry: DocketEntry) -> Judgement:
    """The judgement that was kept with an entry, or a new one where the rules have changed."""
    known = entry.judgement
    if known is not None and known.rules_version == RULES_VERSION:
        return known
    return judgement_anew(entry)


def judgement_anew(entry: DocketEntry) -> Judgement:
    """What the present rules say of an entry, in the language of its court."""
    return classify(entry.event_names, entry.text, entry.docket_id.partition("/")[0])


def judged(entry: DocketEntry) -> DocketEntry:
    """The entry with a judgement of its present words by the present rules."""
    return replace(entry, judgement=judgement_anew(entry))


def headline_of(entry: DocketEntry) -> str:
    """The entry in a few words: its weightiest event and the ruling, else the head of its text."""
    event = weightiest(entry.event_names).strip(" .~")
    if event:
        ruling = judgement_of(entry).ruling if entry.text else Ruling.NONE
        return event if ruling is Ruling.NONE else f"{event}: {in_capitals(ruling)}"
    words = entry.text.split()
    more = " …" if len(words) > _HEADLINE_WORDS else ""
    return " ".join(words[:_HEADLINE_WORDS]) + more or "Entry without words"


def in_capitals(ruling: Ruling) -> str:
    """A ruling as headlines name it.

    >>> in_capitals(Ruling.GRANTED_IN_PART)
    'GRANTED IN PART'
    """
    return ruling.value.replace("_", " ").upper()


def are_clerks_utilities(event_names: Sequence[str]) -> bool:
    """Whether these events are bookkeeping of a clerk, about which nobody wants a message.

    >>> are_clerks_utilities(["~Util - Set/Reset Deadlines"]), are_clerks_utilities(["Order"])
    (True, False)
    >>> are_clerks_utilities(["~Util - Ruling on Motions"])
    False
    """
    return bool(event_names) and all(
        _UTILITY.match(name) and not _WEIGHTY.search(name) for name in event_names
    )
