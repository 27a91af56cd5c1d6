"""Watch one more docket: say which, check it, and write it down."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from monitor.errors import NoDatabase, UsageError
from monitor.model.court import CourtKind, court, courts, find_court
from monitor.model.follow import Follow, FollowState
from monitor.model.watch import Watch, WatchState
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
from monitor.sources.courtlistener.pages import docket_id_of_page, is_address

if TYPE_CHECKING:
    from monitor.model.docket import Docket
    from monitor.settings.load import Settings


@dataclass(frozen=True, slots=True)
class Steered:
    """What a person steered, a watch or an appeal that was proposed, and how it stands now."""

    id: str
    state: str


@click.command(epilog="Example: docket-monitor watch add cadc 26-5006 --label 'CTR appeal'")
@click.argument("where")
@click.argument("number", required=False, default="")
@click.option("--label", default="", help="A short caption, for subjects of mails.")
@click.option("--case", "case_id", default="", help="The case it belongs to, as ctr-v-irs.")
@json_option
@config_option
@database_option
@click.pass_context
def add(
    ctx: click.Context,
    where: str,
    number: str,
    label: str,
    case_id: str,
    as_json: bool,
    database: str,
) -> None:
    """Watch a docket: COURT and NUMBER, or the URL of its page at CourtListener."""
    settings = settings_of(ctx)
    known = _known_watches(ctx, database)
    label = label or _case_label(known, case_id)
    cl_docket_id = None
    if is_address(where) and not number:
        cl_docket_id = docket_id_of_page(where, settings.config.courtlistener.url)
        found = _look_up(settings, cl_docket_id)
        court_id, number, label = found.court_id, found.docket_number, label or found.case_name
    else:
        court_id = where
    new = _new_watch(court_id, number, label, case_id, cl_docket_id)
    _check_new(known, new, case_id)
    settings = _store(settings, database_of(ctx, database), new)
    if as_json:
        print_json(Steered(new.watch_id, new.state.value))
    else:
        _say(settings, new)
    unled_error(settings, new)


def _say(settings: Settings, new: Watch) -> None:
    """That it is watched, and whether anything can be seen of it."""
    known = court(new.court_id)
    click.echo(fill(f"Watching {known.citation} {new.docket_number} as {new.watch_id}."))
    if not known.feed_url and known.kind is not CourtKind.SUPREME:
        only = (
            "only CourtListener will show its filings"
            if settings.has_token
            else "without a CourtListener token NOTHING will show its filings"
        )
        click.echo(fill(f"{known.citation} publishes no feed: {only}."))


def unled_error(settings: Settings, watch: Watch) -> None:
    """Say that nobody will be told of a watch. Raises UsageError where somebody could be."""
    from monitor.settings.telling import unled

    words = unled(settings.config, watch.case_id, watch.case_label)
    if not words:
        return
    if settings.config.recipients:
        raise UsageError(f"it is watched, but {words}; then restart the daemon")
    click.echo(fill(f"Nobody is told of it: {settings.path} names no recipients."), err=True)


def _store(settings: Settings, url: str, new: Watch) -> Settings:
    """Watch it from now on; an appeal that was expected is settled by it.

    Returns the settings as the daemon sees them.
    """
    from monitor.app import seen_by_daemon, sync
    from monitor.store.database import open_store

    store = open_store(url, upgrade=False)
    try:
        with store.begin() as unit:
            state, _ = unit.watches.states().get(new.watch_id, (WatchState.ACTIVE, ""))
            if state is WatchState.REMOVED:  # an active one goes on where it is
                unit.watches.forget_baselines(new.watch_id, new.since)
            unit.watches.put(new)
            for follow in unit.watches.follows():
                if _is_awaited(follow, new):
                    settled = replace(
                        follow, appeal_number=new.docket_number, state=FollowState.BOUND
                    )
                    unit.watches.settle_follow(settled)
        settings = seen_by_daemon(settings, store)
        sync(settings, store, utc_now)
    finally:
        store.close()
    return settings


def _known_watches(ctx: click.Context, database: str) -> Sequence[Watch] | None:
    """What is watched; None where there is no database yet."""
    try:
        with record_of(ctx, database) as record:
            return record.unit.watches.all()
    except NoDatabase:
        return None


def _case_label(watches: Sequence[Watch] | None, case_id: str) -> str:
    """The caption that a case bears already; empty where there is none."""
    return next((watch.case_label for watch in watches or () if watch.case_id == case_id), "")


def _check_new(watches: Sequence[Watch] | None, new: Watch, case_id: str) -> None:
    """One docket in two cases would be told twice, and so would a misspelt case."""
    from monitor.settings.problems import did_you_mean

    if watches is None:
        return
    cases = {watch.case_id for watch in watches}
    if case_id and case_id not in cases:
        raise UsageError(f"no case is called {case_id!r}{did_you_mean(case_id, cases)}")
    same = [w for w in watches if w.docket_id == new.docket_id and w.watch_id != new.watch_id]
    if same and not case_id:
        raise UsageError(f"{new.docket_id} is watched already, as {same[0].watch_id}")


def _is_awaited(follow: Follow, new: Watch) -> bool:
    """Whether somebody just named the docket of an appeal that was expected."""
    same = (follow.case_id, follow.court_id) == (new.case_id, new.court_id)
    return same and follow.state is FollowState.PENDING


def _new_watch(
    court_id: str, number: str, label: str, case_id: str, cl_docket_id: int | None
) -> Watch:
    from monitor.normalize.docket_number import FORMS, docket_number_in, fits_court
    from monitor.settings.problems import did_you_mean

    found = find_court(court_id)
    if not found:
        raise UsageError(f"{court_id!r} is no court{did_you_mean(court_id, courts())}")
    court_id, known = found, court(found)
    spelled = docket_number_in(number, known)
    if not fits_court(spelled, known.kind):
        form = FORMS[known.kind]
        raise UsageError(f"{number!r} is no docket number of {known.citation}: {form}")
    case = case_id or f"{court_id}-{re.sub('[^a-z0-9]+', '-', spelled)}"
    return Watch(
        watch_id=f"{case}/{court_id}/{spelled}",
        case_id=case,
        case_label=(label or f"{court(court_id).citation} {spelled}")[:60],
        court_id=court_id,
        docket_number=spelled,
        since=utc_now(),
        cl_docket_id=cl_docket_id,
        origin="command",
    )


def _look_up(settings: Settings, cl_docket_id: int) -> Docket:
    """Ask CourtListener which court and number a docket has."""
    if "courtlistener.token" not in settings.secrets:
        raise UsageError(
            "without a CourtListener token at hand its page cannot be looked up: "
            "name court and number instead, as `watch add dcd 1:25-cv-00457`"
        )
    from monitor.build import look_up_docket

    return asyncio.run(look_up_docket(settings, cl_docket_id))
