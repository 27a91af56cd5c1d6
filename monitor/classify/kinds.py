"""Which kind an entry is of, by ordered rules over its event name and its text.

A first, plain set of rules. The order is the meaning: the first rule that matches decides, and
the traps (a proposed order, a response to an order) stand before what they resemble.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.model.docket import EntryKind, Kind


@dataclass(frozen=True, slots=True)
class Rule:
    kind: EntryKind
    pattern: re.Pattern[str]
    reason: str


def _rule(kind: EntryKind, pattern: str, reason: str) -> Rule:
    return Rule(kind, re.compile(pattern, re.IGNORECASE), reason)


_K = EntryKind

#: Over the event name, or the first words of the text.
RULES: tuple[Rule, ...] = (
    _rule(_K.ADMINISTRATIVE_OTHER, r"^[.~\s]*util\b|^\s*~", "a clerk's utility"),
    _rule(
        _K.ADMINISTRATIVE_OTHER,
        r"(?:\[?proposed\]?|\bdraft) (?:\w+ )?(?:order|judgment|findings)"
        r"|\border[,/]? \(?proposed|notice,? (?:of )?proposed order",
        "proposed by a party, not made by the court",
    ),
    _rule(
        _K.TRANSCRIPT,
        r"\btranscript (?:order|request|purchase)|^\W*(?:redacted )?transcript\b|\bnotice of filing of (?:official )?transcript",
        "about a transcript",
    ),
    _rule(
        _K.APPEAL_RELATED,
        r"\bmandate\b|\busca\b|\bus court of appeals\b|\btransm\w+ (?:of )?(?:the )?(?:notice of appeal|record|rule \d+)|\b(?:amended )?(?:certified )?record on appeal|appeal (?:record|fee|number|remark|assembled|case number)|\bappeal,? (?:docketed|transmi)|supplemental record|acknowledg\w+ .*appeal|certificate of appealability needed|\bcourt of appeals (?:case )?(?:docket )?number",
        "a step of an appeal",
    ),
    _rule(
        _K.ORDER,
        r"\border\b.{0,40}\b(?:on|granting|denying|re|regarding|for) .{0,60}\b(?:leave to appeal|appeal in forma|notice of appeal|certificate of appealability)",
        "an order about an appeal",
    ),
    _rule(
        _K.MOTION,
        r"^\W*(?:\w+ )?motion .{0,40}(?:leave to appeal|appeal in forma|pending appeal|extend time to appeal)",
        "a motion about an appeal",
    ),
    _rule(
        _K.NOTICE_OF_APPEAL,
        r"\bnotice(?: of|,) (?:\w+[- ]){0,3}(?:cross[- ])?appeal|\bnotice(?: of|,) (?:interlocutory|bankruptcy|cross)\W*appeal|petition for (?:review|permission to appeal)|\bappeal to (?:the )?(?:circuit|dc circuit|ca\d|usca)|^\W*interlocutory appeal|^\W*cross[- ]appeal",
        "somebody appeals",
    ),
    _rule(
        _K.BRIEF_OR_MEMORANDUM,
        r"^\W*(?:response|reply|objection|opposition|memorandum in|memorandum of (?:points|law)|brief|surreply|sur-reply|supplemental memorandum|amicus|answering brief)|\b(?:in opposition|in support)\b|\b(?:response|reply|objection|opposition) to\b|memorandum (?:in|of law)",
        "a party's argument",
    ),
    _rule(
        _K.MOTION,
        r"^\W*(?:\w+ ){0,3}motion\b(?! .*\bgranted\b)|^\W*application\b|^\W*notice of motion|^\W*(?:emergency |consent |unopposed |joint )*(?:motion|request) (?:for|to)\b",
        "asks the court for something",
    ),
    _rule(
        _K.STIPULATION,
        r"^\W*(?:joint )?stipulation(?!.*so ordered)",
        "agreed by the parties, not signed by a judge",
    ),
    _rule(
        _K.OPINION,
        r"\b(?:memorandum )?opinion\b|findings of fact|report (?:and|&) recommendation",
        "the court gives its reasons",
    ),
    _rule(
        _K.JUDGMENT,
        r"^\W*(?:\w+ ){0,3}judgment\b(?! (?:creditor|debtor))|default judgment entered|clerk'?s judgment",
        "judgment is entered",
    ),
    _rule(
        _K.CERTIFICATE_SERVICE_SUMMONS,
        r"\bcertificate of (?:service|mailing)|\bsummons\b|proof of service|affidavit of (?:service|mailing)|return of service|waiver of service|\bserved\b|mailing",
        "about service",
    ),
    _rule(
        _K.ORDER,
        r"\border(?:ed|s)?\b|\bruling\b|memo(?:randum)? endorse|endorsed letter|so[- ]ordered|\bwrit\b|\bcase termination\b|notice of voluntary dismissal - signed|\bdecree\b|\bstay(?:ed|ing)\b",
        "the court orders",
    ),
    _rule(
        _K.MINUTE_ENTRY,
        r"minute entry|minutes? of|^\W*minute|\bhearing (?:held|continued)|proceedings held|^\W*(?:status |motion |telephone )*(?:conference|hearing)\b|oral argument held",
        "a hearing that took place",
    ),
    _rule(
        _K.APPEARANCE,
        r"\bappearance\b|pro hac vice|substitution of (?:counsel|attorney)|withdraw\w* (?:of|as) (?:counsel|attorney)",
        "who appears for whom",
    ),
    _rule(
        _K.DECLARATION_OR_AFFIDAVIT,
        r"\b(?:declaration|affidavit|affirmation)\b",
        "a sworn statement",
    ),
    _rule(
        _K.COMPLAINT_OR_PETITION,
        r"\b(?:complaint|petition|indictment|information|notice of removal|counterclaim|crossclaim)\b",
        "opens or widens the case",
    ),
    _rule(_K.NOTICE, r"^\W*(?:\w+ ){0,3}notice\b", "a notice"),
    _rule(
        _K.MOTION,
        r"^\W*(?:dismiss|compel|extension of time|in limine|strike|preclude|continue|appear pro hac vice|leave to file(?: document)?|stay|intervene|seal|amend/correct|summary judgment|preliminary injunction|temporary restraining order|reconsideration|quash|sanctions|transfer case|remand|vacate|unseal|expedite)\b",
        "a motion, named by what it asks",
    ),
)

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
#: How much of a long text is read: the verb stands at its head.
_HEAD = 240


def classify(event_names: Sequence[str], text: str = "") -> Kind:
    """The kind of an entry, from its event names, its text, or both, with the reason.

    >>> classify(["~Util - Set Deadlines", ".Order"]).kind.value
    'order'
    >>> classify([], "RESPONSE to Order to Show Cause").kind.value
    'brief_or_memorandum'
    """
    judged = [_by_rules(name) for name in event_names if name.strip()]
    known = [kind for kind in judged if kind is not None]
    if not known and text:
        of_text = _by_rules(text[:_HEAD])
        known = [of_text] if of_text else []
    if not known:
        return Kind(_K.ADMINISTRATIVE_OTHER, "no rule knows these words")
    return min(known, key=lambda kind: _RANK[kind.kind])


def weightiest(event_names: Sequence[str]) -> str:
    """The event that a headline should name: an order outranks a clerk's deadline.

    >>> weightiest(["~Util - Set/Reset Deadlines", ".Order"])
    '.Order'
    """
    if not event_names:
        return ""
    return min(event_names, key=lambda name: (_RANK[classify([name]).kind], name))


def _by_rules(words: str) -> Kind | None:
    for rule in RULES:
        if match := rule.pattern.search(words):
            return Kind(rule.kind, f"{match[0].strip()!r}: {rule.reason}")
    return None
