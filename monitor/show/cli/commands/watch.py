"""What is watched: list it, add to it, rest it, remove it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.model.court import court
from monitor.model.follow import Follow, FollowState
from monitor.model.watch import WatchState
from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    record_of,
    settings_of,
    store_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.watch_add import Steered, add, unled_error
from monitor.show.cli.words import at, fill

if TYPE_CHECKING:
    from monitor.history.answers import SourceLine, WatchDetail, WatchLine
    from monitor.model.watch import Watch
    from monitor.settings.load import Settings


@click.group(
    "watch", epilog="Example: docket-monitor watch add dcd 1:25-cv-00457 --label 'CTR v. IRS'"
)
def command() -> None:
    """See and steer what is watched."""


command.add_command(add)


@command.command("list", epilog="Example: docket-monitor watch list --json")
@click.option("--all", "show_all", is_flag=True, help="Removed ones too.")
@json_option
@config_option
@database_option
@click.pass_context
def list_(ctx: click.Context, show_all: bool, as_json: bool, database: str) -> None:
    """List what is watched."""
    from monitor.history.sources import watches

    with record_of(ctx, database) as record:
        found = watches(record, with_removed=show_all)
        follows = record.unit.watches.follows()
    if as_json:
        print_json(found)
        return
    for watch in found:
        _print_line(watch)
    for follow in follows:
        if words := _open_words(follow):
            click.echo(fill(words))
    if not found:
        words = "Nothing is watched. Add a docket: docket-monitor watch add dcd 1:25-cv-00457"
        click.echo(fill(words))


def _print_line(watch: WatchLine) -> None:
    state = "" if watch.state == WatchState.ACTIVE.value else f" ({watch.state.upper()})"
    name = f" {watch.case_name}" if watch.case_name else ""
    place = f"{court(watch.court_id).citation} {watch.docket_number}{name}"
    click.echo(fill(f"{watch.case_label}: {place}{state}"))
    since = at(watch.since, watch.court_id)
    click.echo(fill(f"{watch.watch_id}, since {since}, from {watch.origin}", "    "))
    if watch.leads_to == ():
        click.echo(fill("NOBODY IS TOLD of it: no route leads its orders to anybody", "    "))


def _open_words(follow: Follow) -> str:
    """What a person may say of an appeal that is not settled; empty for one that is."""
    below, there = follow.lower_docket_id, court(follow.court_id).citation
    if follow.state is FollowState.PENDING:
        return (
            f"APPEAL EXPECTED: {below} goes to {there} (“{follow.reason}”); its number is not "
            f"known yet. If you know it: docket-monitor watch add {follow.court_id} NUMBER "
            f"--case {follow.case_id}"
        )
    if follow.state is FollowState.PROPOSED:
        docket_id = f"{follow.court_id}/{follow.appeal_number}"
        return (
            f"IS THIS THE APPEAL? {there} {follow.appeal_number} looks like the appeal from "
            f"{below} ({follow.reason}). If it is: docket-monitor watch confirm {docket_id}; if "
            f"not: docket-monitor watch refuse {docket_id}"
        )
    return ""


@command.command(epilog="Example: docket-monitor watch confirm cadc/26-5006")
@click.argument("docket_id")
@json_option
@config_option
@database_option
@click.pass_context
def confirm(ctx: click.Context, docket_id: str, as_json: bool, database: str) -> None:
    """Say that a proposed docket is the appeal: it is watched from now on."""
    follow = _answer(ctx, docket_id, FollowState.BOUND, database)
    if as_json:
        print_json(Steered(docket_id, FollowState.BOUND.value))
        return
    click.echo(fill(f"{docket_id} is watched now, as the appeal from {follow.lower_docket_id}."))


@command.command(epilog="Example: docket-monitor watch refuse cadc/26-5006")
@click.argument("docket_id")
@json_option
@config_option
@database_option
@click.pass_context
def refuse(ctx: click.Context, docket_id: str, as_json: bool, database: str) -> None:
    """Say that a proposed docket is not the appeal: it is not proposed again."""
    follow = _answer(ctx, docket_id, FollowState.REFUSED, database)
    if as_json:
        print_json(Steered(docket_id, FollowState.REFUSED.value))
        return
    click.echo(fill(f"{docket_id} is not the appeal from {follow.lower_docket_id}: noted."))


def _answer(ctx: click.Context, docket_id: str, state: FollowState, database: str) -> Follow:
    from monitor.app import seen_by_daemon, settle_follow

    settings = settings_of(ctx)
    with record_of(ctx, database) as record:
        follows = record.unit.watches.follows()
    proposed = [follow for follow in follows if follow.state is FollowState.PROPOSED]
    fitting = [f for f in proposed if f"{f.court_id}/{f.appeal_number}" == docket_id]
    if not fitting:
        names = ", ".join(f"{f.court_id}/{f.appeal_number}" for f in proposed) or "none"
        raise UsageError(f"{docket_id!r} is not proposed as an appeal (proposed: {names})")
    with store_of(ctx, database) as store:
        settings = seen_by_daemon(settings, store)
        for follow in fitting:
            settle_follow(settings, store, follow, state, utc_now)
    return fitting[0]


@command.command(epilog="Example: docket-monitor watch show ctr-v-irs/dcd/1:25-cv-00457")
@click.argument("watch_id")
@json_option
@config_option
@database_option
@click.pass_context
def show(ctx: click.Context, watch_id: str, as_json: bool, database: str) -> None:
    """Show one watch and the sources that cover it."""
    from monitor.history.sources import watch

    with record_of(ctx, database) as record:
        found = watch(record, watch_id, utc_now())
    if as_json:
        print_json(found)
        return
    _print(found)


def _print(found: WatchDetail) -> None:
    click.echo(fill(f"{found.watch_id} ({found.state}), {found.case_label}"))
    since = at(found.since, found.court_id)
    click.echo(fill(f"watched since {since}, from {found.origin}", "    "))
    if found.leads_to is not None:
        click.echo(fill(f"told to: {', '.join(found.leads_to) or 'NOBODY'}", "    "))
    click.echo("Covered by")
    for source in found.sources:
        click.echo(fill(_coverage_words(source, found.court_id), "    "))
    if not found.sources:
        click.echo("    NOTHING: no source covers it. A CourtListener token would help.")


def _coverage_words(source: SourceLine, court_id: str) -> str:
    if not source.covered_since:
        return f"{source.name}: not read yet"
    since, until = at(source.covered_since, court_id), at(source.covered_until, court_id)
    return f"{source.name}: from {since} to {until}"


def _set_state(
    ctx: click.Context, watch_id: str, state: WatchState, database: str, *, as_json: bool
) -> None:
    from monitor.app import seen_by_daemon, sync
    from monitor.history.record import reading
    from monitor.history.sources import find_watch

    settings = settings_of(ctx)
    with store_of(ctx, database) as store:
        settings = seen_by_daemon(settings, store)
        with reading(store) as record:
            watch = find_watch(record, watch_id)
        if watch.state is WatchState.REMOVED and state is not WatchState.REMOVED:
            raise UsageError(
                f"{watch_id} was removed: to watch its docket again, docket-monitor watch add "
                f"{watch.court_id} {watch.docket_number} --case {watch.case_id}"
            )
        if state is WatchState.ACTIVE:
            _check_named(settings, watch)
        with store.begin() as unit:
            unit.watches.put(replace(watch, state=state))
        # Sources that no watch needs rest; those of a resumed watch must be read again.
        sync(settings, store, utc_now)
    if as_json:
        print_json(Steered(watch_id, state.value))
    else:
        words = f"{watch_id} is {state.value} now; the running daemon sees it at its next poll."
        click.echo(fill(words))
    if state is WatchState.ACTIVE:
        unled_error(settings, watch)


def _check_named(settings: Settings, watch: Watch) -> None:
    """The packs decide about their own watches. Raises UsageError where none names this one."""
    from monitor.settings.plan import config_watches

    named = {one.watch_id for one in config_watches(settings.packs, utc_now())}
    if watch.origin == "config" and watch.watch_id not in named:
        raise UsageError(
            f"no pack of {settings.path} names {watch.watch_id} any more: "
            f"write its docket into the pack of {watch.case_id} again"
        )


@command.command(epilog="Example: docket-monitor watch pause ctr-v-irs/cadc/26-5006")
@click.argument("watch_id")
@json_option
@config_option
@database_option
@click.pass_context
def pause(ctx: click.Context, watch_id: str, as_json: bool, database: str) -> None:
    """Rest a watch: it is read and recorded, and nobody is told until it is resumed."""
    _set_state(ctx, watch_id, WatchState.PAUSED, database, as_json=as_json)


@command.command(epilog="Example: docket-monitor watch resume ctr-v-irs/cadc/26-5006")
@click.argument("watch_id")
@json_option
@config_option
@database_option
@click.pass_context
def resume(ctx: click.Context, watch_id: str, as_json: bool, database: str) -> None:
    """Go on with a watch that was paused; what came meanwhile is told now."""
    _set_state(ctx, watch_id, WatchState.ACTIVE, database, as_json=as_json)


@command.command(epilog="Example: docket-monitor watch remove dcd-1-25-cv-00457/dcd/1:25-cv-00457")
@click.argument("watch_id")
@json_option
@config_option
@database_option
@click.pass_context
def remove(ctx: click.Context, watch_id: str, as_json: bool, database: str) -> None:
    """Stop watching; what was seen stays in the history."""
    from monitor.history.sources import find_watch

    with record_of(ctx, database) as record:
        watch = find_watch(record, watch_id)
    if watch.origin == "config":
        raise UsageError(
            f"{watch_id} stands in a case pack: remove it there, or rest it with `watch pause`"
        )
    _set_state(ctx, watch_id, WatchState.REMOVED, database, as_json=as_json)
