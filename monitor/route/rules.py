"""Which recipients an alert is led to, rule by rule, and why a rule refuses one.

Rules choose by what happened, one filing at a time. The form of the message that will carry it has
no say: bundles, digests and holds come after, and only hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from monitor.model.alert import (
    Alert,
    Amended,
    Briefing,
    DocketChanged,
    DocumentFreed,
    Filed,
    LeadPublished,
    StoryPublished,
)
from monitor.model.delivery import Escalation, Refusal, Rule, Words
from monitor.model.docket import COURT_ACTS, Judgement
from monitor.model.timing import AT_ONCE, Pace
from monitor.route.conditions import (
    is_doubtful,
    limits_filings,
    other_case,
    why_not_judged,
    why_refused,
)

#: Every topic, as alerts bear it.
TOPICS: tuple[str, ...] = (
    "filed",
    "amended",
    "document_available",
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
class Step:
    """What one rule of the tree said to an alert."""

    #: The rule and those above it: "rulings > dispositive".
    path: str
    #: Why it did not take it; empty where it did.
    refused_because: str
    #: To whom it led; empty where a rule below it took the alert.
    recipients: tuple[str, ...] = ()
    #: Whether it took it because nobody knows what it says: then others take it, too.
    is_doubtful: bool = False
    pace: Pace = AT_ONCE
    is_urgent: bool = False
    escalation: Escalation | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """How an alert came to a recipient: the first rule, and the most pressing of all of them."""

    path: str
    pace: Pace = AT_ONCE
    is_urgent: bool = False
    escalation: Escalation | None = None


@dataclass(frozen=True, slots=True)
class Routing:
    """Where an alert is led, by recipient, in the order of the rules."""

    alert: Alert
    leads: Mapping[str, Lead]
    #: Why each rule refused it, where none took it.
    refusals: tuple[Refusal, ...] = ()

    @property
    def recipients(self) -> Mapping[str, str]:
        """Recipient -> the path of the first rule that leads to him."""
        return {recipient: lead.path for recipient, lead in self.leads.items()}


def route(alert: Alert, rules: Sequence[Rule], told_before: Set[str] = frozenset()) -> Routing:
    """Ask the rules in their order; what no rule takes is recorded with the reasons.

    `told_before` are the recipients who were told of what this alert amends: whoever was told of an
    order hears that it turned out to be a motion, though he asked for orders only.
    """
    if isinstance(alert, Briefing):
        # He asked for it himself.
        return Routing(alert, {alert.recipient: Lead("briefing")})
    asked = steps(alert, rules)
    leads = _led(asked)
    if told_before and isinstance(alert, Amended):
        anyway = _led(steps(alert, [_of_any_kind(rule) for rule in rules]))
        again = {one: lead for one, lead in anyway.items() if one in told_before}
        # In the order of the rules, as for anything else.
        leads = {one: (again | leads)[one] for one in [*anyway, *leads]
                 if one in leads or one in again}  # fmt: skip
    refusals = tuple(Refusal(one.path, one.refused_because) for one in asked if one.refused_because)
    return Routing(alert, leads, () if leads else refusals)


def route_all(
    alerts: Iterable[Alert], rules: Sequence[Rule], told: Mapping[str, Set[str]]
) -> list[Routing]:
    """Each alert by itself; an amendment goes also to whoever was told of its filing.

    `told` says who was told of alerts before these.
    """
    known = {alert_id: set(recipients) for alert_id, recipients in told.items()}
    routings: list[Routing] = []
    for alert in alerts:
        before = known.get(alert.amends, set()) if isinstance(alert, Amended) else set()
        routings.append(route(alert, rules, before))
        known.setdefault(alert.alert_id, set()).update(routings[-1].recipients)
    return routings


def _led(asked: Iterable[Step]) -> dict[str, Lead]:
    """Whoever is led to by several rules is told as soon as the most pressing one says."""
    found: dict[str, Lead] = {}
    for step in asked:
        for recipient in step.recipients:
            lead = found.get(recipient, Lead(step.path, step.pace, step.is_urgent))
            pace, is_urgent = min(lead.pace, step.pace), lead.is_urgent or step.is_urgent
            escalation = lead.escalation or step.escalation
            found[recipient] = Lead(lead.path, pace, is_urgent, escalation)
    return found


def steps(alert: Alert, rules: Sequence[Rule]) -> list[Step]:
    """Every rule that was asked, with what it said, in the order of the file."""
    return _ask_all(alert, rules, "", ())


def _ask_all(
    alert: Alert, rules: Sequence[Rule], above: str, inherited: tuple[str, ...]
) -> list[Step]:
    found: list[Step] = []
    taken_by = ""
    for rule in rules:
        if taken_by:
            reason = f"{taken_by} took it, and the rules behind that are not asked"
            found.append(Step(_path(above, rule), reason))
            continue
        asked = _ask(alert, rule, _path(above, rule), inherited)
        found += asked
        took = any(step.recipients and not step.is_doubtful for step in asked)
        if took and not rule.goes_on and not _concerns_all(alert):
            taken_by = _path(above, rule)
    return found


def _ask(alert: Alert, rule: Rule, path: str, inherited: tuple[str, ...]) -> list[Step]:
    if reason := why_refused(rule, alert):
        return [Step(path, reason)]
    to = rule.to or inherited
    below = _ask_all(alert, rule.rules, path, to)
    is_taken_below = any(step.recipients and not step.is_doubtful for step in below)
    own = Step(
        path,
        "",
        () if is_taken_below else to,
        is_doubtful(rule, alert),
        rule.pace,
        rule.is_urgent,
        rule.escalation,
    )
    return [*below, own]


def _path(above: str, rule: Rule) -> str:
    return f"{above} > {rule.name}" if above else rule.name


def _concerns_all(alert: Alert) -> bool:
    """What is said of silence reaches everybody who is told of a case, whichever rule is first."""
    by_rule = Filed | Amended | DocumentFreed | DocketChanged | StoryPublished | LeadPublished
    return not isinstance(alert, by_rule)


def _of_any_kind(rule: Rule) -> Rule:
    """A rule that asks nothing of what a filing is."""
    return replace(
        rule,
        kinds=(),
        rulings=(),
        is_dispositive=None,
        certainty="",
        words=Words(),
        rules=tuple(map(_of_any_kind, rule.rules)),
        goes_on=True,
    )


def every_rule(rules: Iterable[Rule], above: str = "") -> Iterator[tuple[str, Rule]]:
    """Every rule of the tree with its path, in the order of the file."""
    for rule in rules:
        path = _path(above, rule)
        yield path, rule
        yield from every_rule(rule.rules, path)


def refused_filing(rule: Rule, case_ids: Set[str], judgement: Judgement) -> str:
    """Why a rule by itself would not take a new filing, so judged, in one of these cases."""
    if rule.topics and "filed" not in rule.topics:
        return f"it takes the topics {', '.join(rule.topics)}, this is filed"
    return other_case(rule, case_ids) or why_not_judged(rule, judgement)


# --- what the rules do for a watch ---


def leads_to(case_id: str, rules: Iterable[Rule]) -> tuple[str, ...]:
    """The recipients to whom some rule leads a court's acts in this case, each once."""
    return tuple(dict.fromkeys(_led_acts(case_id, rules, ())))


def _led_acts(case_id: str, rules: Iterable[Rule], inherited: tuple[str, ...]) -> Iterator[str]:
    for rule in rules:
        if _takes_acts_of(rule, case_id):
            to = rule.to or inherited
            yield from _led_acts(case_id, rule.rules, to)
            yield from to


def unheard_acts(case_id: str, rules: Sequence[Rule]) -> tuple[str, ...]:
    """The kinds of court acts in this case of which no rule takes each one."""
    acts = sorted(kind.value for kind in COURT_ACTS)
    return tuple(kind for kind in acts if not _is_heard(kind, case_id, rules, ()))


def _is_heard(kind: str, case_id: str, rules: Sequence[Rule], inherited: tuple[str, ...]) -> bool:
    hearing = (
        rule
        for rule in rules
        if _takes_acts_of(rule, case_id)
        and (not rule.kinds or kind in rule.kinds)
        and not _is_narrow(rule)
    )
    return any(rule.to or inherited or _is_heard(kind, case_id, rule.rules, ()) for rule in hearing)


def _is_narrow(rule: Rule) -> bool:
    """Whether it takes some filings of a kind only, or ends."""
    return limits_filings(replace(rule, kinds=())) or rule.until is not None


def needed_rule(case_id: str, recipients: Sequence[str]) -> str:
    """The rule that would lead the filings of this case to somebody, as it stands in the file.

    >>> needed_rule("ctr-v-irs", ["desk"])
    '- {name: all-of-ctr-v-irs, to: [desk], cases: [ctr-v-irs]}'
    """
    to = in_yaml(recipients[0]) if recipients else "RECIPIENT"
    return f"- {{name: all-of-{case_id}, to: [{to}], cases: [{in_yaml(case_id)}]}}"


def in_yaml(word: str) -> str:
    """A word as YAML reads it back: a case may be called “null” or “2025”."""
    is_plain = re.fullmatch(r"[a-z][a-z0-9_-]*", word) and word not in _YAML_WORDS
    # What JSON writes in quotes YAML reads; a sign that nobody sees is written by its number.
    return word if is_plain else json.dumps(word, ensure_ascii=not word.isprintable())


def _takes_acts_of(rule: Rule, case_id: str) -> bool:
    is_of_case = not rule.cases or case_id in rule.cases
    is_told_filings = not rule.topics or "filed" in rule.topics
    acts = {kind.value for kind in COURT_ACTS}
    return is_of_case and is_told_filings and (not rule.kinds or bool(acts & set(rule.kinds)))
