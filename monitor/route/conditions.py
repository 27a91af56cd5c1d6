"""What a rule asks of an alert, one condition at a time, and why it refuses one.

Conditions on the filing itself (kind, ruling, words …) limit filings only: what is said of silence
reaches everybody who is told of the case, or silence would prove nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence, Set
from typing import assert_never

from monitor.model.alert import (
    Alert,
    Amended,
    AppealFound,
    AppealProposed,
    Briefing,
    CaughtUp,
    ClockSetBack,
    CoverageChanged,
    DeliveryGivenUp,
    DocketChanged,
    DocumentFreed,
    EntrySnapshot,
    Filed,
    GapClosed,
    GapOpened,
    LeadPublished,
    NowWatching,
    PaperAlert,
    Silenced,
    SourceRecovered,
    SourceUnhealthy,
    StoryPublished,
    TestAlert,
)
from monitor.model.delivery import Rule, Words
from monitor.model.docket import Judgement, Ruling
from monitor.model.subjects import SubjectKind, cases_of, source_of, subjects_of
from monitor.normalize.dates import court_day

#: The zone in which the days of a rule's end are counted: where the cases are.
_ZONE = "America/New_York"


def why_refused(rule: Rule, alert: Alert) -> str:
    """Why a rule by itself does not take an alert; empty where it does."""
    if rule.until and court_day(alert.created_at, _ZONE) > rule.until:
        return f"it ended on {rule.until.isoformat()}"
    if rule.topics and alert.topic not in rule.topics and not _goes_with_filings(rule, alert):
        return f"it takes the topics {', '.join(rule.topics)}, this is {alert.topic}"
    # What names no case concerns the monitor itself, or a source that serves every case.
    if (cases := cases_of(alert)) and (reason := other_case(rule, cases)):
        return reason
    return _other_docket(rule, alert) or _other_source(rule, alert) or _why_not_so(rule, alert)


def other_case(rule: Rule, cases: Set[str]) -> str:
    """That a rule takes other cases; empty where it takes one of these."""
    is_other = bool(rule.cases) and not cases & set(rule.cases)
    return f"it takes the cases {', '.join(rule.cases)}" if is_other else ""


def limits_filings(rule: Rule) -> bool:
    """Whether a rule takes some filings only, by what they are."""
    return bool(
        rule.kinds
        or rule.rulings
        or rule.is_dispositive is not None
        or rule.certainty
        or rule.parties
        or rule.words
    )


def _other_docket(rule: Rule, alert: Alert) -> str:
    """What concerns no docket is no other docket's."""
    if not (rule.courts or rule.dockets):
        return ""
    dockets = [s.subject_id for s in subjects_of(alert) if s.kind is SubjectKind.DOCKET]
    if not dockets:
        return ""
    if rule.courts and not any(docket.partition("/")[0] in rule.courts for docket in dockets):
        return f"it takes the courts {', '.join(rule.courts)}"
    if rule.dockets and not set(dockets) & set(rule.dockets):
        return f"it takes the dockets {', '.join(rule.dockets)}"
    return ""


def _other_source(rule: Rule, alert: Alert) -> str:
    source = source_of(alert)
    is_other = bool(rule.sources) and bool(source) and source not in rule.sources
    return f"it takes the sources {', '.join(rule.sources)}, this is {source}" if is_other else ""


def _goes_with_filings(rule: Rule, alert: Alert) -> bool:
    """Whoever is told of filings hears what an outage may have hidden, and what may be one."""
    may_be_filing = isinstance(alert, GapOpened) and bool(alert.unread)
    return (may_be_filing or isinstance(alert, CaughtUp)) and "filed" in rule.topics


def _why_not_so(rule: Rule, alert: Alert) -> str:
    match alert:
        case Filed() | Amended() | DocumentFreed():
            return next(_why_not_filing(rule, alert), "")
        case StoryPublished() | LeadPublished() if alert.score < rule.least_score:
            return f"it takes news from the score {rule.least_score:g} on, this has {alert.score:g}"
        case DocketChanged() | StoryPublished() | LeadPublished():
            is_named = alert.topic in rule.topics or not limits_filings(rule)
            return "" if is_named else "it takes filings of some kinds, and this is none"
        case NowWatching() | AppealFound() | AppealProposed():
            return ""
        case (
            GapOpened()
            | GapClosed()
            | SourceUnhealthy()
            | SourceRecovered()
            | CoverageChanged()
            | CaughtUp()
        ):
            return ""
        case DeliveryGivenUp() | ClockSetBack() | Briefing() | Silenced() | TestAlert():
            return ""
        case _:
            assert_never(alert)


def _why_not_filing(rule: Rule, alert: PaperAlert) -> Iterator[str]:
    """Every reason for which a rule does not take a filing."""
    entries = alert.entries if isinstance(alert, Filed) else (alert.entry,)
    is_named_only = not any(entry.text for entry in entries)
    if is_named_only and isinstance(alert, Filed) and alert.text_expected_until:
        unknown = "its text is not known yet: it is asked again when that comes"
    else:
        # Nobody knows what it says, and nothing will come: told, not dropped.
        unknown = "" if is_named_only else "-"
    checks: tuple[Callable[[], str], ...] = (
        lambda: why_not_judged(rule, alert.judgement, unknown),
        lambda: _other_parties(rule, entries),
        lambda: _by_text(_other_words(rule.words, entries), unknown),
    )
    return (reason for check in checks if (reason := check()))


def is_doubtful(rule: Rule, alert: Alert) -> bool:
    """Whether a rule takes a filing because nobody knows yet what it says, or what it is.

    Such a rule keeps it from nobody: the rules behind and above it take it, too.
    """
    if not isinstance(alert, PaperAlert):
        return False
    judgement = alert.judgement
    if judgement.may_be and limits_filings(rule):
        return True
    if rule.is_dispositive is not None and judgement.is_dispositive is None:
        return True
    entries = alert.entries if isinstance(alert, Filed) else (alert.entry,)
    is_open = judgement.ruling is Ruling.NONE and bool(rule.rulings)
    hangs_on_text = is_open or bool(rule.words)
    return hangs_on_text and not any(entry.text for entry in entries)


def _by_text(reason: str, unknown: str) -> str:
    """A reason that hangs on a text: where there is none, what is said of that instead."""
    return reason if not reason or unknown == "-" else unknown


def why_not_judged(rule: Rule, judgement: Judgement, unknown: str = "-") -> str:
    """Why a rule does not take a filing that is judged so; what may be of a kind is of that kind.

    `unknown` is what is said where only a name is known that tells no ruling; "-": a text is known.
    """
    if rule.kinds and not any(kind.value in rule.kinds for kind in judgement.kinds):
        return f"it takes the kinds {', '.join(rule.kinds)}, this is {judgement.kind.value}"
    # What may be an order may hold any ruling: uncertain is told, not dropped.
    if judgement.may_be and not judgement.is_court_act:
        return _other_certainty(rule, judgement)
    said = {judgement.ruling.value, *(one.ruling.value for one in judgement.rulings)}
    if rule.rulings and not said & set(rule.rulings):
        wanted = f"it takes the rulings {', '.join(rule.rulings)}, this is {judgement.ruling.value}"
        is_open = judgement.ruling is Ruling.NONE and judgement.is_court_act
        return _by_text(wanted, unknown if is_open else "-") or _other_certainty(rule, judgement)
    # Where nobody knows whether it is dispositive, it may be.
    if rule.is_dispositive is not None and judgement.is_dispositive is (not rule.is_dispositive):
        wanted = "dispositive filings" if rule.is_dispositive else "filings that decide nothing"
        return f"it takes {wanted}, and this is none"
    return _other_certainty(rule, judgement)


def _other_certainty(rule: Rule, judgement: Judgement) -> str:
    if not rule.certainty or judgement.certainty.value == rule.certainty:
        return ""
    return f"it takes what is {rule.certainty}, this is {judgement.certainty.value}"


def _other_parties(rule: Rule, entries: Sequence[EntrySnapshot]) -> str:
    captions = " ".join(entry.docket.case_name for entry in entries)
    if not rule.parties or any(_holds(captions, party) for party in rule.parties):
        return ""
    return f"it takes the parties {', '.join(rule.parties)}"


def _other_words(words: Words, entries: Sequence[EntrySnapshot]) -> str:
    if not words:
        return ""
    text = " ".join((*entries[0].event_names, *(entry.text for entry in entries)))
    if words.any_of and not any(_holds(text, one) for one in words.any_of):
        return f"it holds none of the words {', '.join(words.any_of)}"
    if missing := [one for one in words.all_of if not _holds(text, one)]:
        return f"it does not hold {', '.join(missing)}"
    held = [_held(words.none_of, entry) for entry in entries]
    if all(held):
        return f"it holds {', '.join(dict.fromkeys(word for some in held for word in some))}"
    return ""


def _held(words: Sequence[str], entry: EntrySnapshot) -> list[str]:
    """Which of these stand in a name or in the text of an entry, each looked at by itself.

    A phrase that only joining made must refuse nothing. What any or all of them ask is looked for
    in what is joined, which takes more; both ways no filing is lost.
    """
    parts = (*entry.event_names, entry.text)
    return [one for one in words if any(_holds(part, one) for part in parts)]


def _holds(text: str, words: str) -> bool:
    return _pattern(words).search(text) is not None


@functools.lru_cache(maxsize=1024)
def _pattern(words: str) -> re.Pattern[str]:
    """Whole words, in whatever case, with one or more blanks between them."""
    parts = (re.escape(word).replace(r"\*", r"\w*") for word in words.split())
    spelled = r"\s+".join(parts)
    return re.compile(rf"(?<!\w){spelled}(?!\w)", re.IGNORECASE)
