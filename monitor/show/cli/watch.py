"""What is watched: list it, add to it, rest it, remove it."""

from __future__ import annotations

from dataclasses import replace

import click

from monitor.errors import UsageError
from monitor.model.court import court
from monitor.model.follow import Follow, FollowState
from monitor.model.watch import Watch, WatchState
from monitor.show.cli.options import (
    config_option,
    database_option,
    history_of,
    json_option,
    open_existing,
    own_settings,
    print_json,
    utc_now,
)
from monitor.show.cli.watch_add import add
from monitor.show.cli.words import at, fill


@click.group(epilog="Example: docket-monitor watch add dcd 1:25-cv-00457 --label 'CTR v. IRS'")
def watch() -> None:
    """See and steer what is watched."""


watch.add_command(add)


@watch.command("list", epilog="Example: docket-monitor watch list --json")
@click.option("--all", "show_all", is_flag=True, help="Removed ones too.")
@json_option
@config_option
@database_option
@click.pass_context
def list_(ctx: click.Context, show_all: bool, as_json: bool, database: str) -> None:
    """List what is watched."""
    with history_of(ctx, database) as found:
        watches, dockets = found.watches(), found.dockets()
        follows = found.follows()
    watches = [w for w in watches if show_all or w.state is not WatchState.REMOVED]
    if as_json:
        print_json([_json(w) for w in watches])
        return
    for one in watches:
        known = dockets.get(one.docket_id)
        name = f" {known.case_name}" if known and known.case_name else ""
        state = "" if one.state is WatchState.ACTIVE else f" ({one.state.value.upper()})"
        click.echo(
            fill(
                f"{one.case_label}: {court(one.court_id).citation} {one.docket_number}{name}{state}"
            )
        )
        click.echo(
            fill(f"{one.watch_id}, since {at(one.since, one.court_id)}, from {one.origin}", "    ")
        )
    for follow in follows:
        if words := _open_words(follow):
            click.echo(fill(words))
    if not watches:
        click.echo("Nothing is watched. Add a docket: docket-monitor watch add dcd 1:25-cv-00457")


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


@watch.command(epilog="Example: docket-monitor watch confirm cadc/26-5006")
@click.argument("docket_id")
@config_option
@database_option
@click.pass_context
def confirm(ctx: click.Context, docket_id: str, database: str) -> None:
    """Say that a proposed docket is the appeal: it is watched from now on."""
    follow = _answer(ctx, docket_id, FollowState.BOUND, database)
    click.echo(fill(f"{docket_id} is watched now, as the appeal from {follow.lower_docket_id}."))


@watch.command(epilog="Example: docket-monitor watch refuse cadc/26-5006")
@click.argument("docket_id")
@config_option
@database_option
@click.pass_context
def refuse(ctx: click.Context, docket_id: str, database: str) -> None:
    """Say that a proposed docket is not the appeal: it is not proposed again."""
    follow = _answer(ctx, docket_id, FollowState.REFUSED, database)
    click.echo(fill(f"{docket_id} is not the appeal from {follow.lower_docket_id}: noted."))


def _answer(ctx: click.Context, docket_id: str, state: FollowState, database: str) -> Follow:
    from monitor.app import settle_follow

    settings = own_settings(ctx, database)
    with history_of(ctx, database) as found:
        proposed = [f for f in found.follows() if f.state is FollowState.PROPOSED]
    fitting = [f for f in proposed if f"{f.court_id}/{f.appeal_number}" == docket_id]
    if not fitting:
        names = ", ".join(f"{f.court_id}/{f.appeal_number}" for f in proposed) or "none"
        raise UsageError(f"{docket_id!r} is not proposed as an appeal (proposed: {names})")
    store = open_existing(settings.database)
    try:
        for follow in fitting:
            settle_follow(settings, store, follow, state, utc_now)
    finally:
        store.close()
    return fitting[0]


@watch.command(epilog="Example: docket-monitor watch show ctr-v-irs/dcd/1:25-cv-00457")
@click.argument("watch_id")
@json_option
@config_option
@database_option
@click.pass_context
def show(ctx: click.Context, watch_id: str, as_json: bool, database: str) -> None:
    """Show one watch and the sources that cover it."""
    with history_of(ctx, database) as found:
        one = _find(found.watches(), watch_id)
        sources = [
            (source, state)
            for source, state in found.sources()
            if source.enabled
            and source.court_id == one.court_id
            and source.docket_number in {"", one.docket_number}
        ]
    if as_json:
        covering = [
            {
                "source_id": source.source_id,
                "covered_since": state.covered_since,
                "covered_until": state.covered_until,
                "is_healthy": state.unhealthy_since is None,
            }
            for source, state in sources
        ]
        print_json(_json(one) | {"sources": covering})
        return
    click.echo(f"{one.watch_id} ({one.state.value}), {one.case_label}")
    click.echo(f"    watched since {at(one.since, one.court_id)}, from {one.origin}")
    click.echo("Covered by")
    for source, state in sources:
        since, until = (at(m, one.court_id) for m in (state.covered_since, state.covered_until))
        words = (
            f"{source.name}: from {since} to {until}"
            if state.covered_since
            else f"{source.name}: not read yet"
        )
        click.echo(fill(words, "    "))
    if not sources:
        click.echo("    NOTHING: no source covers it. A CourtListener token would help.")


def _find(watches: list[Watch], watch_id: str) -> Watch:
    from monitor.settings.problems import did_you_mean

    for one in watches:
        if one.watch_id == watch_id:
            return one
    names = [one.watch_id for one in watches]
    raise UsageError(f"no watch is called {watch_id!r}{did_you_mean(watch_id, names)}")


def _json(one: Watch) -> dict[str, object]:
    return {
        "watch_id": one.watch_id,
        "case_id": one.case_id,
        "case_label": one.case_label,
        "court_id": one.court_id,
        "docket_number": one.docket_number,
        "cl_docket_id": one.cl_docket_id,
        "state": one.state.value,
        "origin": one.origin,
        "since": one.since,
        "told_at": one.told_at,
    }


def _set_state(ctx: click.Context, watch_id: str, state: WatchState, database: str) -> None:
    from monitor.app import sync
    from monitor.history.history import SqlHistory

    settings = own_settings(ctx, database)
    store = open_existing(settings.database)
    try:
        with store.reading() as connection:
            one = _find(SqlHistory(connection).watches(), watch_id)
        with store.begin() as unit:
            unit.put_watch(replace(one, state=state))
        # Sources that no watch needs rest; those of a resumed watch must be read again.
        sync(settings, store, utc_now)
    finally:
        store.close()
    click.echo(f"{watch_id} is {state.value} now; the running daemon sees it at its next poll.")


@watch.command(epilog="Example: docket-monitor watch pause ctr-v-irs/cadc/26-5006")
@click.argument("watch_id")
@config_option
@database_option
@click.pass_context
def pause(ctx: click.Context, watch_id: str, database: str) -> None:
    """Rest a watch: nothing of it is told until it is resumed."""
    _set_state(ctx, watch_id, WatchState.PAUSED, database)


@watch.command(epilog="Example: docket-monitor watch resume ctr-v-irs/cadc/26-5006")
@click.argument("watch_id")
@config_option
@database_option
@click.pass_context
def resume(ctx: click.Context, watch_id: str, database: str) -> None:
    """Go on with a watch that was paused."""
    _set_state(ctx, watch_id, WatchState.ACTIVE, database)


@watch.command(epilog="Example: docket-monitor watch remove dcd-1-25-cv-00457/dcd/1:25-cv-00457")
@click.argument("watch_id")
@config_option
@database_option
@click.pass_context
def remove(ctx: click.Context, watch_id: str, database: str) -> None:
    """Stop watching; what was seen stays in the history."""
    with history_of(ctx, database) as found:
        one = _find(found.watches(), watch_id)
    if one.origin == "config":
        raise UsageError(
            f"{watch_id} stands in a case pack: remove it there, or rest it with `watch pause`"
        )
    _set_state(ctx, watch_id, WatchState.REMOVED, database)
