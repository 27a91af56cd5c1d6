"""What of CourtListener's quota is spent, what waits for it, and whether busy days would fit."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from monitor.decide.quota import usable, used
from monitor.model.quota import Priority, Spending, Want
from monitor.model.source import Source
from monitor.show.cli.options import (
    config_option,
    database_option,
    history_of,
    json_option,
    print_json,
    settings_of,
    utc_now,
)
from monitor.show.cli.words import at, fill

if TYPE_CHECKING:
    from monitor.simulation import BusyDays, Tally

_WORDS = {
    Priority.TEXT: "texts of fresh filings",
    Priority.TEXT_AGAIN: "texts, asked again",
    Priority.GAP: "gaps",
    Priority.APPEAL: "appeals looked up",
    Priority.RECONCILE: "slow comparison of dockets",
    Priority.REST: "documents and heads of dockets",
}
_DAY = timedelta(days=1)


@click.command(epilog="Example: docket-monitor budget --simulate 30")
@click.option("--simulate", type=click.IntRange(1, 365), metavar="DAYS", help="Busy days instead.")
@click.option("--filings", type=click.IntRange(0, 500), default=30, show_default=True,
              help="With --simulate: filings a day that come without a text.")  # fmt: skip
@json_option
@config_option
@database_option
@click.pass_context
def budget(
    ctx: click.Context, simulate: int | None, filings: int, as_json: bool, database: str
) -> None:
    """Show today's spending of CourtListener's quota, and tomorrow's plan."""
    if simulate is not None:
        _simulate(ctx, simulate, filings, as_json=as_json)
        return
    now = utc_now()
    with history_of(ctx, database) as found:
        spending, wants = found.spending(now), found.wants()
        calls = found.calls_by_priority(now - _DAY)
        planned = _planned([source for source, _ in found.sources()], wants, now)
    if as_json:
        print_json(_json(spending, calls, planned, wants, now))
        return
    _print(spending, calls, planned, wants, now)


def _planned(sources: list[Source], wants: list[Want], now: datetime) -> Counter[Priority]:
    """How many calls the next day will bring, as far as it can be known."""
    plan: Counter[Priority] = Counter()
    for source in sources:
        if source.enabled and source.kind.priority is not None:
            plan[source.kind.priority] += max(1, round(_DAY / source.every))
    for want in wants:
        plan[want.priority] += want.next_at < now + _DAY
    return plan


def _print(
    spending: Spending,
    calls: dict[Priority, int],
    planned: Counter[Priority],
    wants: list[Want],
    now: datetime,
) -> None:
    click.echo("CourtListener's quota")
    for limit in spending.allowances:
        count = used(spending, limit, now)
        source = "as the server says" if limit.as_of else "assumed: the server was not asked yet"
        click.echo(fill(f"{limit.rate}: {count} used, {limit.limit - count} left ({source})", "  "))
    if spending.blocked_until and spending.blocked_until > now:
        click.echo(fill(f"resting until {at(spending.blocked_until, 'dcd')}: it asked us to", "  "))
    click.echo("\nSpent in the last 24 hours, and planned for the next")
    for priority, words in _WORDS.items():
        click.echo(f"  {words:<32}{calls.get(priority, 0):>5}{planned[priority]:>8}")
    click.echo(f"  {'together':<32}{sum(calls.values()):>5}{sum(planned.values()):>8}")
    daily = spending.allowances[-1]
    if sum(planned.values()) > daily.limit:
        click.echo(
            fill(
                f"The plan is larger than {daily.rate}: what is least urgent will wait. Longer "
                "intervals under `courtlistener:` (entries_every, documents_every) make it fit.",
                "  ",
            )
        )
    click.echo("\nWaiting")
    for want in wants[:20]:
        click.echo(fill(f"{at(want.next_at, 'dcd')}: {_want_words(want)}", "  "))
    if len(wants) > 20:
        click.echo(f"  and {len(wants) - 20} more: see --json")
    if not wants:
        click.echo("  nothing: no text and no gap is waited for")


def _want_words(want: Want) -> str:
    again = f", asked {want.attempts} times" if want.attempts else ""
    if want.purpose == "gap":
        return f"what the gap {want.subject} hid, from {want.source_id}{again}"
    return f"the text of entry {want.subject}, from {want.source_id}{again}"


def _json(
    spending: Spending,
    calls: dict[Priority, int],
    planned: Counter[Priority],
    wants: list[Want],
    now: datetime,
) -> dict[str, Any]:
    return {
        "limits": [
            {
                "rate": limit.rate,
                "limit": limit.limit,
                "used": used(spending, limit, now),
                "for_fresh_texts": usable(limit, Priority.TEXT),
                "as_of": limit.as_of,
            }
            for limit in spending.allowances
        ],
        "blocked_until": spending.blocked_until,
        "spent": {p.name.lower(): calls.get(p, 0) for p in Priority},
        "planned": {p.name.lower(): planned[p] for p in Priority},
        "waiting": [
            {
                "purpose": want.purpose,
                "source_id": want.source_id,
                "subject": want.subject,
                "next_at": want.next_at,
                "attempts": want.attempts,
            }
            for want in wants
        ],
    }


def _simulate(ctx: click.Context, days: int, filings: int, *, as_json: bool) -> None:
    from monitor.settings.plan import config_watches, docket_sources_with_api
    from monitor.simulation import BusyDays, simulate

    settings = settings_of(ctx)
    watches = config_watches(settings.packs, utc_now())
    sources = docket_sources_with_api(settings, watches)
    busy = BusyDays(days=days, filings=filings)
    tally = simulate(sources, busy)
    if as_json:
        print_json(_tally_json(busy, tally))
    else:
        _print_tally(busy, tally, len({w.docket_id for w in watches}))


def _print_tally(busy: BusyDays, tally: Tally, dockets: int) -> None:
    daily = busy.allowances[-1]
    click.echo(
        fill(
            f"{busy.days} invented days, {dockets} dockets, {busy.filings} filings a day without a "
            f"text, a gap every {busy.gap_every} days, {daily.rate}"
        )
    )
    names = [priority.name.lower().replace("_", " ") for priority in Priority]
    click.echo("\nday " + "".join(f"{name:>11}" for name in names) + "   together")
    for day, calls in enumerate(tally.calls, 1):
        row = "".join(f"{calls[priority]:>11}" for priority in Priority)
        click.echo(f"{day:>3} {row}{sum(calls.values()):>11}")
    asks = sorted(tally.first_asks)
    late = sum(seconds > 60 for seconds in asks)
    waiting = len(asks) - tally.answered - tally.given_up
    slowest = asks[-1] if asks else 0.0
    click.echo()
    click.echo(
        fill(
            f"{len(asks)} texts were first asked for, the slowest after {slowest:.0f} seconds; "
            f"{late} later than a minute. {tally.answered} came, {tally.given_up} were given up "
            f"after a day, {waiting} still waited for (one call brings all texts of a docket); "
            f"{tally.gaps_looked_into} looks into gaps. At most {tally.most_in_a_day} "
            f"of {daily.limit} calls stood in one day's window; at least {tally.least_left} were "
            "left for a fresh text at any moment."
        )
    )


def _tally_json(busy: BusyDays, tally: Tally) -> dict[str, Any]:
    return {
        "days": [{p.name.lower(): calls[p] for p in Priority} for calls in tally.calls],
        "first_asks": len(tally.first_asks),
        "slowest_first_ask_seconds": max(tally.first_asks, default=0),
        "later_than_a_minute": sum(seconds > 60 for seconds in tally.first_asks),
        "texts_that_came": tally.answered,
        "texts_given_up": tally.given_up,
        "most_calls_in_a_day": tally.most_in_a_day,
        "daily_limit": busy.allowances[-1].limit,
        "least_left_for_a_fresh_text": tally.least_left,
    }
