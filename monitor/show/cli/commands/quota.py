"""What of CourtListener's quota is spent, what waits for it, and whether busy days would fit."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from monitor.model.quota import LookUp, Priority, Purpose
from monitor.render.message import counted
from monitor.show.cli.options import (
    config_option,
    database_option,
    json_option,
    record_of,
    settings_of,
    utc_now,
)
from monitor.show.cli.output import print_json
from monitor.show.cli.words import at, fill

if TYPE_CHECKING:
    from monitor.history.answers import QuotaReport
    from monitor.simulation import BusyDays, Tally

_WORDS = {
    Priority.TEXT: "texts of fresh filings",
    Priority.TEXT_AGAIN: "texts, asked again",
    Priority.GAP: "gaps",
    Priority.APPEAL: "appeals looked up",
    Priority.RECONCILE: "slow comparison of dockets",
    Priority.REST: "documents and heads of dockets",
}
_MOST_SHOWN = 20


@click.command("quota", epilog="Example: docket-monitor quota --simulate 30")
@click.option("--simulate", type=click.IntRange(1, 365), metavar="DAYS", help="Busy days instead.")
@click.option("--filings", type=click.IntRange(0, 500), default=30, show_default=True,
              help="With --simulate: filings a day that come without a text.")  # fmt: skip
@json_option
@config_option
@database_option
@click.pass_context
def command(
    ctx: click.Context, simulate: int | None, filings: int, as_json: bool, database: str
) -> None:
    """Show today's spending of CourtListener's quota, and tomorrow's plan."""
    from monitor.history.quota import report

    if simulate is not None:
        _simulate(ctx, simulate, filings, as_json=as_json)
        return
    now = utc_now()
    with record_of(ctx, database) as record:
        found = report(record, now)
    if as_json:
        print_json(found)
        return
    _print(found, now)


def _print(found: QuotaReport, now: datetime) -> None:
    click.echo("CourtListener's quota")
    for limit in found.limits:
        left = limit.limit - limit.used
        source = "as the server says" if limit.as_of else "assumed: the server was not asked yet"
        click.echo(fill(f"{limit.rate}: {limit.used} used, {left} left ({source})", "  "))
    if found.blocked_until and found.blocked_until > now:
        click.echo(fill(f"resting until {at(found.blocked_until, 'dcd')}: it asked us to", "  "))
    _print_plan(found)
    click.echo("\nWaiting")
    for look_up in found.waiting[:_MOST_SHOWN]:
        click.echo(fill(f"{at(look_up.next_at, 'dcd')}: {_look_up_words(look_up)}", "  "))
    if len(found.waiting) > _MOST_SHOWN:
        click.echo(f"  and {len(found.waiting) - _MOST_SHOWN} more: see --json")
    if not found.waiting:
        click.echo("  nothing: no text and no gap is waited for")


def _print_plan(found: QuotaReport) -> None:
    click.echo("\nSpent in the last 24 hours, and planned for the next")
    for priority, words in _WORDS.items():
        name = priority.name.lower()
        click.echo(f"  {words:<32}{found.spent[name]:>5}{found.planned[name]:>8}")
    spent, planned = sum(found.spent.values()), sum(found.planned.values())
    click.echo(f"  {'together':<32}{spent:>5}{planned:>8}")
    daily = found.limits[-1]
    if planned > daily.limit:
        words = (
            f"The plan is larger than {daily.rate}: what is least urgent will wait. Longer "
            "intervals under `courtlistener:` (entries_every, documents_every) make it fit."
        )
        click.echo(fill(words, "  "))


def _look_up_words(look_up: LookUp) -> str:
    again = f", asked {counted(look_up.attempts, 'time')}" if look_up.attempts else ""
    if look_up.purpose is Purpose.GAP:
        return f"what the gap {look_up.subject} hid, from {look_up.source_id}{again}"
    return f"the text of entry {look_up.subject}, from {look_up.source_id}{again}"


def _simulate(ctx: click.Context, days: int, filings: int, *, as_json: bool) -> None:
    from monitor.settings.plan import config_watches, docket_sources_with_api
    from monitor.simulation import BusyDays, simulate

    settings = settings_of(ctx)
    watches = config_watches(settings.packs, utc_now())
    sources = docket_sources_with_api(settings, watches)
    busy = BusyDays(days=days, filings=filings)
    tally = simulate(sources, busy)
    if as_json:
        print_json(tally.report(busy))
    else:
        _print_tally(busy, tally, len({w.docket_id for w in watches}))


def _print_tally(busy: BusyDays, tally: Tally, dockets: int) -> None:
    daily = busy.limits[-1]
    click.echo(
        fill(
            f"{counted(busy.days, 'invented day')}, {counted(dockets, 'docket')}, "
            f"{counted(busy.filings, 'filing')} a day without a text, a gap every "
            f"{counted(busy.gap_every, 'day')}, {daily.rate}"
        )
    )
    names = [priority.name.lower().replace("_", " ") for priority in Priority]
    click.echo("\nday " + "".join(f"{name:>11}" for name in names) + "  together")
    for day, calls in enumerate(tally.calls, 1):
        row = "".join(f"{calls[priority]:>11}" for priority in Priority)
        click.echo(f"{day:>3} {row}{sum(calls.values()):>10}")
    asks = sorted(tally.first_asks)
    late = sum(seconds > 60 for seconds in asks)
    waiting = len(asks) - tally.answered - tally.given_up
    slowest = asks[-1] if asks else 0.0
    click.echo()
    click.echo(
        fill(
            f"Texts first asked for: {len(asks)}, the slowest after {slowest:.0f} s; "
            f"{late} later than a minute. {tally.answered} came, {tally.given_up} were given up "
            f"after a day, {waiting} still waited for (one call brings all texts of a docket); "
            f"looks into gaps: {tally.gaps_looked_into}. Most calls in one day's window: "
            f"{tally.most_in_a_day} of {daily.limit}; always left for a fresh text: "
            f"{tally.least_left}."
        )
    )
