"""Which recipients an alert is led to, rule by rule, and why a rule refuses one.

Rules choose by what happened, one filing at a time. The form of the message that will carry it has
no say: bundles, digests and holds come after, and only hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import assert_never

from monitor.model.alert import (
    Alert,
    Amended,
    AppealFound,
    AppealProposed,
    CaughtUp,
    ClockSetBack,
    CoverageChanged,
    DeliveryGivenUp,
    DocketChanged,
    Filed,
    GapClosed,
    GapOpened,
    LeadPublished,
    NowWatching,
    SourceRecovered,
    SourceUnhealthy,
    StoryPublished,
    TestAlert,
)
from monitor.model.delivery import Refusal, Rule
from monitor.model.docket import COURT_ACTS, Judgement
from monitor.model.subjects import cases_of

#: Every topic, as alerts bear it.
TOPICS: tuple[str, ...] = (
    "filed",
    "amended",
    "now_watching",
    "appeal_found",
    "appeal_proposed",
    "docket_changed",
    "gap_opened",
    "gap_closed",
    "source_unhealthy",
    "source_recovered",
    "coverage_changed",
    "caught_up",
    "story",
    "lead",
    "delivery_given_up",
    "clock_set_back",
    "test",
)
#: Names under which a rule may ask for several topics at once.
TOPIC_GROUPS: Mapping[str, tuple[str, ...]] = {
    "appeal": ("appeal_found", "appeal_proposed"),
    "away": ("caught_up",),
    "delivery": ("delivery_given_up",),
    "docket": ("docket_changed",),
    "gap": ("gap_opened", "gap_closed"),
    "health": ("source_unhealthy", "source_recovered", "coverage_changed", "clock_set_back"),
    "news": ("story", "lead"),
}


_YAML_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}


@dataclass(frozen=True, slots=True)
class Routing:
    """Where an alert is led: recipient -> the first rule that leads to him."""

    alert: Alert
    recipients: Mapping[str, str]
    #: Why each rule refused it, where none took it.
    refusals: tuple[Refusal, ...] = ()


def route(alert: Alert, rules: Sequence[Rule], told_before: Set[str] = frozenset()) -> Routing:
    """Ask every rule; what no rule takes is recorded with the reasons.

    `told_before` are the recipients who were told of what this alert amends: whoever was told of an
    order hears that it turned out to be a motion, though he asked for orders only.
    """
    recipients: dict[str, str] = {}
    refusals: list[Refusal] = []
    for rule in rules:
        reason = why_refused(rule, alert)
        is_of_other_kind = bool(reason) and not why_refused(replace(rule, kinds=()), alert)
        takers = [one for one in rule.to if not reason or (is_of_other_kind and one in told_before)]
        if reason:
            refusals.append(Refusal(rule.name, reason))
        for recipient in takers:
            recipients.setdefault(recipient, rule.name)
    return Routing(alert, recipients, () if recipients else tuple(refusals))


def why_refused(rule: Rule, alert: Alert) -> str:
    """Why a rule does not take an alert; empty where it does."""
    if rule.topics and alert.topic not in rule.topics and not _goes_with_filings(rule, alert):
        return _other_topic(rule, alert.topic)
    # What names no case concerns the monitor itself, or a source that serves every case.
    if (cases := cases_of(alert)) and (reason := _other_case(rule, cases)):
        return reason
    return _why_not_of_kind(rule, alert)


def refused_filing(rule: Rule, case_ids: Set[str], judgement: Judgement) -> str:
    """Why a rule would not take a new filing, so judged, in one of these cases."""
    if rule.topics and "filed" not in rule.topics:
        return _other_topic(rule, "filed")
    return _other_case(rule, case_ids) or _other_kind(rule, judgement)


def _other_topic(rule: Rule, topic: str) -> str:
    return f"it takes the topics {', '.join(rule.topics)}, this is {topic}"


def _other_case(rule: Rule, case_ids: Set[str]) -> str:
    is_other = bool(rule.cases) and not case_ids & set(rule.cases)
    return f"it takes the cases {', '.join(rule.cases)}" if is_other else ""


def _other_kind(rule: Rule, judgement: Judgement) -> str:
    """What may be of a kind is taken by whoever asks for that kind."""
    if not rule.kinds or any(kind.value in rule.kinds for kind in judgement.kinds):
        return ""
    return f"it takes the kinds {', '.join(rule.kinds)}, this is {judgement.kind.value}"


def _goes_with_filings(rule: Rule, alert: Alert) -> bool:
    """Whoever is told of filings hears what an outage may have hidden, and what may be one."""
    may_be_filing = isinstance(alert, GapOpened) and bool(alert.unread)
    return (may_be_filing or isinstance(alert, CaughtUp)) and "filed" in rule.topics


def _why_not_of_kind(rule: Rule, alert: Alert) -> str:
    """Kinds limit filings; without what is said of silence, silence would prove nothing."""
    if not rule.kinds:
        return ""
    match alert:
        case Filed() | Amended():
            return _other_kind(rule, alert.judgement)
        case DocketChanged() | StoryPublished() | LeadPublished():
            is_named = alert.topic in rule.topics
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
        case DeliveryGivenUp() | ClockSetBack() | TestAlert():
            return ""
        case _:
            assert_never(alert)


# --- what the rules do for a watch ---


def leads_to(case_id: str, rules: Iterable[Rule]) -> tuple[str, ...]:
    """The recipients to whom some rule leads a court's acts in this case, each once."""
    found = (recipient for rule in rules if _takes_acts_of(rule, case_id) for recipient in rule.to)
    return tuple(dict.fromkeys(found))


def unheard_acts(case_id: str, rules: Sequence[Rule]) -> tuple[str, ...]:
    """The kinds of court acts in this case that no rule takes."""
    takers = [rule for rule in rules if _takes_acts_of(rule, case_id) and rule.to]
    acts = sorted(kind.value for kind in COURT_ACTS)
    return tuple(k for k in acts if not any(not r.kinds or k in r.kinds for r in takers))


def needed_rule(case_id: str, recipients: Sequence[str]) -> str:
    """The rule that would lead the filings of this case to somebody, as it stands in the file.

    >>> needed_rule("ctr-v-irs", ["desk"])
    '- {name: all-of-ctr-v-irs, to: [desk], cases: [ctr-v-irs]}'
    """
    to = _in_yaml(recipients[0]) if recipients else "RECIPIENT"
    return f"- {{name: all-of-{case_id}, to: [{to}], cases: [{_in_yaml(case_id)}]}}"


def _in_yaml(word: str) -> str:
    """A word as YAML reads it back: a case may be called “null” or “2025”."""
    is_plain = re.fullmatch(r"[a-z][a-z0-9-]*", word) and word not in _YAML_WORDS
    return word if is_plain else f'"{word}"'


def _takes_acts_of(rule: Rule, case_id: str) -> bool:
    is_of_case = not rule.cases or case_id in rule.cases
    is_told_filings = not rule.topics or "filed" in rule.topics
    acts = {kind.value for kind in COURT_ACTS}
    return is_of_case and is_told_filings and (not rule.kinds or bool(acts & set(rule.kinds)))
