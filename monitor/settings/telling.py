"""Who is told: from the configuration to rules, and watches that no rule leads to anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from monitor.deliver.email.settings import EmailRecipient
from monitor.deliver.registry import letter_for, takes_bundles
from monitor.model.delivery import Escalation, Notification, Rule, Words
from monitor.model.docket import COURT_ACTS
from monitor.model.timing import AT_ONCE, Hours, Pace
from monitor.render.mailbox import parse_mailbox
from monitor.route.bundle import Bundling
from monitor.route.rules import TOPIC_GROUPS, leads_to, needed_rule, unheard_acts
from monitor.settings.problems import Problem
from monitor.settings.ready_made import EVERYBODY, READY_MADE
from monitor.settings.schema import MonitorConfig, PackConfig, RouteConfig
from monitor.settings.yaml_file import Loc, YamlFile


def in_full(config: MonitorConfig) -> MonitorConfig:
    """The configuration with ready-made routes written out, and everybody named."""
    everybody = tuple(one.name for one in config.recipients)
    routes = tuple(_in_full(route, everybody) for route in config.routes)
    otherwise = _named(config.otherwise, everybody)
    return config.model_copy(update={"routes": routes, "otherwise": otherwise})


def _in_full(route: RouteConfig, everybody: tuple[str, ...]) -> RouteConfig:
    made = READY_MADE[route.use] if route.use else {}
    more = {key: value for key, value in made.items() if key not in route.model_fields_set}
    below = tuple(_in_full(one, everybody) for one in route.routes)
    return route.model_copy(update={**more, "to": _named(route.to, everybody), "routes": below})


def _named(to: tuple[str, ...], everybody: tuple[str, ...]) -> tuple[str, ...]:
    """The recipients that are meant, each once."""
    meant = (one for name in to for one in (everybody if name == EVERYBODY else (name,)))
    return tuple(dict.fromkeys(meant))


def may_rest(config: MonitorConfig) -> frozenset[str]:
    """Recipients who are tried only now and then once nothing gets through for days.

    Mail is not among them: all of it goes by one server, which somebody has to mend.
    """
    return frozenset(one.name for one in config.recipients if not isinstance(one, EmailRecipient))


def may_answer(config: MonitorConfig) -> frozenset[str]:
    """Recipients who may mute and leave by the links in their messages."""
    return frozenset(
        one.name
        for one in config.recipients
        if isinstance(one, EmailRecipient) and one.may_unsubscribe
    )


def make_rules(config: MonitorConfig) -> tuple[Rule, ...]:
    """The rules, with the names of several topics taken apart."""
    is_tree = bool(config.otherwise)
    rules = tuple(_rule(route, goes_on=not is_tree) for route in config.routes)
    if not is_tree:
        return rules
    return (Rule(OTHERWISE, config.otherwise, rules=rules),)


#: The root of a tree of routes: it takes what no route takes.
OTHERWISE = "otherwise"


def _rule(
    route: RouteConfig,
    *,
    goes_on: bool,
    pace: Pace = AT_ONCE,
    is_urgent: bool = False,
    escalation: Escalation | None = None,
) -> Rule:
    pace = pace if route.send is None else route.send
    is_urgent = is_urgent if route.urgent is None else route.urgent
    if route.acknowledge is not None:
        escalation = Escalation(route.acknowledge.within, route.acknowledge.then)
    below = (
        # Below another route, the first that fits is the last.
        _rule(one, goes_on=False, pace=pace, is_urgent=is_urgent, escalation=escalation)
        for one in route.routes
    )
    return Rule(
        name=route.name,
        to=route.to,
        cases=route.cases,
        kinds=route.kinds,
        topics=tuple(t for named in route.topics for t in TOPIC_GROUPS.get(named, (named,))),
        courts=route.courts,
        dockets=tuple(f"{one.court}/{one.number}" for one in route.dockets),
        sources=route.sources,
        rulings=route.rulings,
        is_dispositive=route.dispositive,
        certainty=route.certainty,
        parties=route.parties,
        words=Words(route.words.any, route.words.all, route.words.none),
        least_score=route.news_score,
        until=route.until,
        rules=tuple(below),
        goes_on=goes_on if route.goes_on is None else route.goes_on,
        pace=pace,
        is_urgent=is_urgent,
        escalation=escalation,
    )


def all_routes(config: MonitorConfig) -> Iterator[tuple[Loc, RouteConfig]]:
    """Every route of the tree, with its place in the file."""
    yield from _below(config.routes, ())


def _below(routes: Sequence[RouteConfig], above: Loc) -> Iterator[tuple[Loc, RouteConfig]]:
    for place, route in enumerate(routes):
        where = (*above, "routes", place)
        yield where, route
        yield from _below(route.routes, where)


def make_bundling(config: MonitorConfig) -> Bundling:
    singles = frozenset(one.name for one in config.recipients if not takes_bundles(one))
    hours = {one.name: one.hours for one in config.recipients}
    return Bundling(grace=config.grace, singles=singles, hours=hours)


def make_briefings(config: MonitorConfig) -> dict[str, tuple[Pace, Hours]]:
    """Recipient -> when he wants to be briefed, by his own clock."""
    return {one.name: (one.briefing, one.hours) for one in config.recipients if one.briefing}


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
    for where, route in all_routes(config):
        if _misses_what_turns_out(_rule(route, goes_on=True)):
            message = (
                f"{route.name} takes filings of some kinds, and misses one whose kind is known "
                "only with its text: add amended to its topics"
            )
            yield file.problem((*where, "topics"), message, is_warning=True)


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
