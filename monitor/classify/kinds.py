"""Which kind an entry is of, by the ordered rules of `rules.py`, with the words that decided."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.classify.rules import RULES, Rule
from monitor.classify.rulings import is_dispositive, ruling_of
from monitor.model.docket import EntryKind, Judgement

_K = EntryKind
#: The weightiest first: an entry with several events is of the kind of its weightiest.
WEIGHT: tuple[EntryKind, ...] = (
    _K.JUDGMENT,
    _K.OPINION,
    _K.NOTICE_OF_APPEAL,
    _K.ORDER,
    _K.APPEAL_RELATED,
    _K.MINUTE_ENTRY,
    _K.COMPLAINT_OR_PETITION,
    _K.MOTION,
    _K.STIPULATION,
    _K.BRIEF_OR_MEMORANDUM,
    _K.NOTICE,
    _K.DECLARATION_OR_AFFIDAVIT,
    _K.TRANSCRIPT,
    _K.APPEARANCE,
    _K.CERTIFICATE_SERVICE_SUMMONS,
    _K.ADMINISTRATIVE_OTHER,
)
_RANK = {kind: rank for rank, kind in enumerate(WEIGHT)}
#: How much of a long text is read: what it is stands at its head.
_HEAD = 300
#: What stands before the words that count. Removed as often as it repeats.
_BANNER = re.compile(
    r"^(?:[\W_]+|\d{1,2} ?- ?|(?:bk|p|soe|u|ap|cr|cv) ?- ?(?=\w{3})|(?:text|docket|record)[- ]only\b|entered in error\b|error\b|ecf filer\b:?"
    r"|sealed\b(?= (?:motion|memorandum|response|document|transcript|notice|opinion|declaration))"
    r"|(?:second|third|fourth|first|\d(?:st|nd|rd|th)) (?=amend)|amended\b|corrected\b|supplemental\b(?! (?:brief|mem))"
    r"|(?:un)?redacted\b|public\b|stricken\b|vacated\b|duplicate\b|restricted document\b|document(?=\W*sealed)|filed\b(?: \(ecf\))?|reassigned case\b"
    r"|incorrectly\b|withdrawn\b|\(?joint,? agreed\)?|final(?= (?:order|pretrial))|filing error\b"
    r"|courtesy copy\b|submitted\b(?: \(ecf\))?(?= \w)|modified\b|received\b|the court\b(?= (?:order|grant|den)))\s*"
)
#: Clerks sort their menus so: "zMinute Entry", "oDismissing Adversary", "01Relief from Stay".
_GLUED = re.compile(r"^\s*(?:\d{1,2}|[a-z])(?=[A-Z][a-z])")
_REFERENCE = re.compile(r"\[(?!proposed)[^\]]{0,24}\]|\(#? ?\d+\)|#\s*\d+|\b\d+(?:-\d+)?\b(?= )")


#: Raised whenever a rule changes what it says of any entry; stored judgements of an older version
#: are made anew in the background. A test compares it with the rules.
RULES_VERSION = 1


def classify(event_names: Sequence[str], text: str = "") -> Judgement:
    """Kind, ruling and weight of an entry, from its event names, its text, or both.

    >>> classify(["~Util - Set Deadlines", ".Order"]).kind.value
    'order'
    >>> classify([], "RESPONSE to Order to Show Cause").kind.value
    'brief_or_memorandum'
    >>> classify([], "ORDER denying 7 Motion to Stay").ruling.value
    'denied'
    """
    names = tuple(event_names)
    kind = kind_of(names, text)
    found = ruling_of(kind.kind, text, names)
    return replace(
        kind,
        ruling=found.ruling,
        ruling_reason=found.words,
        is_dispositive=is_dispositive(kind.kind, found, text, names),
        acts_on=_acts_on(kind.kind, text),
        rules_version=RULES_VERSION,
    )


def kind_of(event_names: Sequence[str], text: str = "") -> Judgement:
    """Only the kind: cheaper, and enough for a filter."""
    of_events = min(
        (kind for name in event_names if (kind := _of_words(name))),
        key=lambda kind: _RANK[kind.kind],
        default=None,
    )
    of_text = _of_words(text[:_HEAD]) if text else None
    if of_text and of_events:
        return _of_both(of_events, of_text)
    return of_text or of_events or Judgement(_K.ADMINISTRATIVE_OTHER, "no rule knows these words")


#: "granting 49 Motion", "denying [12-1] motion", "re 5 MOTION for …", "on 61 Joint Stipulation".
_ACTS_ON = re.compile(
    r"\b(?:on|re:?|granting|denying|as to|regarding|of|from|dismissing|in part)\W{1,3}\(?(\d{1,5}(?:-\d+)?)\W",
    re.IGNORECASE,
)


def _acts_on(kind: EntryKind, text: str) -> str:
    """The number of the entry that this one answers, where it names one."""
    match = _ACTS_ON.search(text[:400])
    return match[1] if match and kind is not _K.ADMINISTRATIVE_OTHER else ""


def weightiest(event_names: Sequence[str]) -> str:
    """The event that a headline should name: an order outranks a clerk's deadline.

    >>> weightiest(["~Util - Set/Reset Deadlines", ".Order"])
    '.Order'
    """
    if not event_names:
        return ""
    return min(event_names, key=lambda name: (_RANK[kind_of([name]).kind], name))


def heading(words: str) -> str:
    """The words that count, in lower case: without banners, links and signs.

    >>> heading("***TEXT ONLY*** AMENDED ORDER re [12] Motion")
    'order re motion'
    """
    words = _GLUED.sub("", words[:_HEAD])
    head = " ".join(_REFERENCE.sub(" ", words.lower()).split())
    while (banner := _BANNER.match(head)) and banner.end():
        rest = head[banner.end() :]
        if not rest:
            break
        head = rest
    return head


def _of_both(of_events: Judgement, of_text: Judgement) -> Judgement:
    """The text is more precise; but a court's own act in the event's name is not argued away."""
    vague = {_K.NOTICE, _K.ADMINISTRATIVE_OTHER}
    if of_text.kind in vague and of_events.kind not in vague:
        return of_events
    return of_text


@functools.lru_cache(maxsize=8192)
def _of_words(words: str) -> Judgement | None:
    head = heading(words)
    rule = first_rule(head)
    if rule is None:
        return None
    match = rule.find(head)
    said = match[0].strip() if match else ""
    return Judgement(rule.kind, f"“{said[:60]}”: {rule.reason}")


def first_rule(head: str) -> Rule | None:
    """The rule that decides over these words (see `heading`)."""
    return next((rule for rule in RULES if rule.find(head)), None)
