"""Say what is wrong with a configuration, and what it would do."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from monitor.errors import DatabaseTooOld, NoDatabase, StoreError
from monitor.render.message import counted
from monitor.show.cli.options import (
    config_option,
    database_of,
    database_option,
    json_option,
    record_of,
    settings_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.model.delivery import Notification
    from monitor.model.watch import Watch
    from monitor.settings.load import Settings
    from monitor.settings.problems import Problem


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One thing that is wrong, or worth a warning."""

    file: str
    line: int
    key: str
    message: str
    is_warning: bool


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found. `tests` says for each recipient what went wrong; empty where accepted."""

    ok: bool
    problems: tuple[ProblemLine, ...]
    tests: dict[str, str] = field(default_factory=dict)


@click.command("check", epilog="Example: docket-monitor check --send-test")
@click.option("--send-test", is_flag=True, help="Send a test alert to every recipient.")
@config_option
@database_option
@json_option
@click.pass_context
def command(ctx: click.Context, send_test: bool, as_json: bool, database: str) -> None:
    """Say what is wrong with the configuration, line by line, and what it would do."""
    from monitor.settings.problems import ConfigProblems
    from monitor.settings.telling import unsendable_problems

    try:
        settings = settings_of(ctx)
    except ConfigProblems as exc:
        _print_errors(exc.problems, as_json=as_json)
        ctx.exit(1)
    unusable, added = _look_into(ctx, settings, database)
    stops = [one for one in (*settings.missing, *unusable) if not one.is_warning]
    if stops:
        _print_errors(stops, as_json=as_json)
        ctx.exit(1)
    unled = _unled_additions(settings, added)
    unsendable = unsendable_problems(settings.path, settings.config, _test_notification)
    found = (*settings.missing, *unusable, *settings.warnings, *unled, *unsendable)
    sent = asyncio.run(_send_tests(settings)) if send_test else {}
    is_ok = not any(sent.values()) and all(problem.is_warning for problem in found)
    if as_json:
        print_json(CheckReport(is_ok, tuple(map(_line, found)), sent))
    else:
        _print(settings, found, sent)
    ctx.exit(0 if is_ok else 1)


def _look_into(
    ctx: click.Context, settings: Settings, database: str
) -> tuple[list[Problem], list[Watch]]:
    """What is wrong with the database, and what `watch add` added to it.

    Before the first start there is none, and nothing is wrong where one can be made.
    """
    from monitor.settings.problems import Problem
    from monitor.settings.yaml_file import read_yaml
    from monitor.store.database import check_room

    try:
        return [], _added_watches(ctx, database)
    except StoreError as exc:
        wrong: StoreError | None = exc
        if isinstance(exc, NoDatabase):
            wrong = _raised(lambda: check_room(database_of(ctx, database)))
    if wrong is None:
        return [], []
    words, is_warning = str(wrong), isinstance(wrong, DatabaseTooOld)
    if database:  # the file is not to blame
        named = "--database or DOCKET_MONITOR_DATABASE"
        return [Problem(settings.path, 0, named, words, is_warning)], []
    file = read_yaml(settings.path)
    return [file.problem(("database",), words, is_warning=is_warning)], []


def _raised(work: Callable[[], None]) -> StoreError | None:
    try:
        work()
    except StoreError as exc:
        return exc
    return None


def _added_watches(ctx: click.Context, database: str) -> list[Watch]:
    """What `watch add` added."""
    from monitor.model.watch import WatchState

    with record_of(ctx, database) as record:
        states = record.unit.watches.states()
        watches = record.unit.watches.all()
    active = [watch for watch in watches if watch.state is WatchState.ACTIVE]
    return [watch for watch in active if states[watch.watch_id][1] != "config"]


def _unled_additions(settings: Settings, added: Sequence[Watch]) -> list[Problem]:
    """Cases of added watches that lead to nobody; those of the packs are known already."""
    from monitor.settings.problems import Problem
    from monitor.settings.telling import unled

    if not settings.config.recipients:
        return []
    known = {case.id for pack in settings.packs for case in pack.cases if case.dockets}
    labels = {watch.case_id: watch.case_label for watch in added if watch.case_id not in known}
    return [
        Problem(settings.path, 0, "routes", words)
        for case_id, label in labels.items()
        if (words := unled(settings.config, case_id, label))
    ]


def _print_errors(problems: Sequence[Problem], *, as_json: bool) -> None:
    if as_json:
        print_json(CheckReport(ok=False, problems=tuple(map(_line, problems))))
        return
    for problem in problems:
        click.echo(str(problem), err=True)
    count = len(problems)
    click.echo(f"{counted(count, 'error')}: nothing was started.", err=True)


def _line(problem: Problem) -> ProblemLine:
    return ProblemLine(
        file=str(problem.file),
        line=problem.line,
        key=problem.key,
        message=problem.message,
        is_warning=problem.is_warning,
    )


def _print(settings: Settings, found: Sequence[Problem], sent: dict[str, str]) -> None:
    for problem in found:
        click.echo(fill(str(problem)), err=not problem.is_warning)
    _print_summary(settings, is_in_order=all(problem.is_warning for problem in found))
    for name, wrong in sent.items():
        click.echo(fill(f"test to {name}: " + (f"FAILED: {wrong}" if wrong else "accepted")))


def _print_summary(settings: Settings, *, is_in_order: bool) -> None:
    from monitor.match.watchlist import make_watchlist
    from monitor.settings.plan import config_watches, plan_sources

    watches = config_watches(settings.packs, utc_now())
    sources = plan_sources(settings, watches)
    watchlist = make_watchlist(watches)
    covered = {w.watch_id for one in sources for w in watchlist.watches_of_source(one)}
    words = "is in order" if is_in_order else "can be run, and would not tell everybody"
    many = f"{counted(len(watches), 'docket')}, {counted(len(sources), 'source')}"
    click.echo(fill(f"{settings.path} {words}: {many}."))
    for one in watches:
        how = "" if one.watch_id in covered else " (NOTHING covers it: get a CourtListener token)"
        watched = f"watches {one.court_id} {one.docket_number} for {one.case_label}{how}"
        click.echo(fill(watched, "  "))
    for rule in settings.config.routes:
        click.echo(fill(f"route {rule.name} leads to {', '.join(rule.to)}", "  "))


async def _send_tests(settings: Settings) -> dict[str, str]:
    """Recipient -> what went wrong; empty where the test was accepted."""
    from monitor.build import Web, make_couriers
    from monitor.errors import DeliveryError

    web = Web(settings)
    results = {}
    lacking = _lacking(settings)
    for name, courier in make_couriers(settings, web, utc_now).items():
        if name in lacking:
            results[name] = lacking[name]
            continue
        try:
            await courier.deliver(_test_notification(name))
        except DeliveryError as exc:
            results[name] = exc.reason
        else:
            results[name] = ""
    await web.close()
    return results


def _lacking(settings: Settings) -> dict[str, str]:
    """Recipient -> why nothing can be sent to him from here: the secret that it takes."""
    from monitor.deliver.chat.settings import ChatRecipient
    from monitor.deliver.email.settings import EmailRecipient

    said = {problem.key: problem.message for problem in settings.missing}
    keys = {
        one.name: "email.password"
        if isinstance(one, EmailRecipient)
        else f"recipients.{place}.{'chat' if isinstance(one, ChatRecipient) else 'secret'}"
        for place, one in enumerate(settings.config.recipients)
    }
    return {name: said[key] for name, key in keys.items() if key in said}


def _test_notification(recipient: str) -> Notification:
    from monitor.model.alert import TestAlert
    from monitor.model.delivery import Notification, RoutedAlert

    now = utc_now()
    name = hashlib.blake2b(f"test {now.isoformat()}".encode(), digest_size=10).hexdigest()
    why = "somebody ran `docket-monitor check --send-test`"
    alert = TestAlert(alert_id=name, created_at=now, why=why)
    return Notification(f"{name}.{recipient}", recipient, (RoutedAlert(alert, "test"),), now, now)
