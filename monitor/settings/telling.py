"""Who is told: from the configuration to rules, and watches that no rule leads to anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from monitor.deliver.email.settings import EmailRecipient
from monitor.deliver.registry import letter_for, takes_bundles
from monitor.model.delivery import Notification, Rule
from monitor.model.docket import COURT_ACTS
from monitor.render.mailbox import parse_mailbox
from monitor.route.bundle import Bundling
from monitor.route.rules import TOPIC_GROUPS, leads_to, needed_rule, unheard_acts
from monitor.settings.problems import Problem
from monitor.settings.schema import MonitorConfig, PackConfig
from monitor.settings.yaml_file import Loc, YamlFile


def make_rules(config: MonitorConfig) -> tuple[Rule, ...]:
    """The rules, with the names of several topics taken apart."""
    return tuple(
        Rule(
            name=rule.name,
            to=rule.to,
            cases=rule.cases,
            kinds=rule.kinds,
            topics=tuple(t for named in rule.topics for t in TOPIC_GROUPS.get(named, (named,))),
        )
        for rule in config.routes
    )


def make_bundling(config: MonitorConfig) -> Bundling:
    singles = frozenset(one.name for one in config.recipients if not takes_bundles(one))
    return Bundling(grace=config.grace, singles=singles)


def unled_problems(
    file: YamlFile, config: MonitorConfig, packs: Iterable[PackConfig]
) -> Iterator[Problem]:
    """Cases of which nobody would be told what the court does. None where nobody is to be told."""
    rules = make_rules(config)
    for case in (case for pack in packs for case in pack.cases if case.dockets):
        if not config.recipients:
            return
        if words := unled(config, case.id, case.label):
            yield file.problem(("routes",), words)
        elif unheard := unheard_acts(case.id, rules):
            message = f"no route takes the kinds {', '.join(unheard)} of {case.label}"
            yield file.problem(("routes",), message, is_warning=True)


def turned_problems(file: YamlFile, config: MonitorConfig) -> Iterator[Problem]:
    """Routes that miss an order which is known as one only when its text comes."""
    for place, rule in enumerate(make_rules(config)):
        if _misses_what_turns_out(rule):
            message = (
                f"{rule.name} takes filings of some kinds, and misses one whose kind is known only "
                "with its text: add amended to its topics"
            )
            yield file.problem(("routes", place, "topics"), message, is_warning=True)


def unsendable_problems(
    path: Path, config: MonitorConfig, told: Callable[[str], Notification]
) -> Iterator[Problem]:
    """Recipients for whom no message can be made: each is made as it would be sent."""
    for recipient in config.recipients:
        try:
            letter_for(recipient, config.email, told(recipient.name))
        except (ValueError, LookupError) as exc:
            message = f"no message to {recipient.name!r} can be made: {exc}"
            yield Problem(path, 0, "recipients", message)


def utf8_problems(file: YamlFile, config: MonitorConfig) -> Iterator[Problem]:
    """Addresses that only some mail servers take."""
    named: list[tuple[Loc, str]] = [
        (("recipients", place, "email"), one.email)
        for place, one in enumerate(config.recipients)
        if isinstance(one, EmailRecipient)
    ]
    if config.email is not None:
        named.append((("email", "from"), config.email.sender))
    for loc, raw in named:
        if parse_mailbox(raw).needs_utf8:
            message = (
                f"{raw!r}: only mail servers that offer SMTPUTF8 take letters like these before "
                "the @; `docket-monitor check --send-test` tries yours"
            )
            yield file.problem(loc, message, is_warning=True)


def _misses_what_turns_out(rule: Rule) -> bool:
    takes_acts = bool({kind.value for kind in COURT_ACTS} & set(rule.kinds))
    return takes_acts and "filed" in rule.topics and "amended" not in rule.topics


def unled(config: MonitorConfig, case_id: str, label: str) -> str:
    """That nobody is told of a case, and the rule that would change it; empty where somebody is."""
    if leads_to(case_id, make_rules(config)):
        return ""
    recipients = [recipient.name for recipient in config.recipients]
    return (
        f"no route leads what the court does in {label} to anybody, so nobody would be told: "
        f"write under `routes:` {needed_rule(case_id, recipients)}"
    )
