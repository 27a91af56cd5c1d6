"""The options by which entries are chosen, the same for each command that lists them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from monitor.model.docket import EntryKind
from monitor.show.cli.completion import case_ids, court_ids
from monitor.show.cli.options import parse_as_of, parse_day, utc_now

if TYPE_CHECKING:
    from monitor.history.questions import EntryQuery

F = TypeVar("F", bound=Callable[..., Any])
_OPTIONS = (
    click.option(
        "--case",
        "case_id",
        default="",
        shell_complete=case_ids,
        help="Only this case of a pack, as ctr-v-irs.",
    ),
    click.option(
        "--court", "court_id", default="", shell_complete=court_ids, help="Only this court, as dcd."
    ),
    click.option("--docket", "number", default="", help="Only this docket number."),
    click.option(
        "--kind",
        "kinds",
        multiple=True,
        type=click.Choice([kind.value for kind in EntryKind]),
        metavar="KIND",
        help="Only this kind, as order, and what may be of it; may be repeated.",
    ),
    click.option(
        "--since", metavar="DAY", help="Filed on this day or later: 2026-03-05, yesterday, 7d, 2w."
    ),
    click.option("--until", metavar="DAY", help="Filed on this day or earlier."),
    click.option(
        "--as-of",
        metavar="DAY",
        help="As the dockets stood at the end of this day in the court's zone, or at a moment.",
    ),
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What was typed to choose entries."""

    case_id: str
    court_id: str
    number: str
    kinds: tuple[str, ...]
    since: str | None
    until: str | None
    as_of: str | None


def filter_options(command: F) -> F:
    """`--case --court --docket --kind --since --until --as-of`, given as one value `filters`."""

    def gathering(**typed: Any) -> Any:
        chosen = {name: typed.pop(name) for name in Filters.__dataclass_fields__}
        return command(filters=Filters(**chosen), **typed)

    gathering.__doc__ = command.__doc__
    # What options stood below this one already.
    gathering.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    for option in reversed(_OPTIONS):
        option(gathering)
    return gathering  # type: ignore[return-value]


def entry_query(filters: Filters, **more: Any) -> EntryQuery:
    """The question that these ask. Raises UsageError for days between which nothing lies."""
    from monitor.history.questions import EntryQuery, check_days
    from monitor.normalize.docket_number import normalize_docket_number

    court_id = filters.court_id
    query = EntryQuery(
        court_id=court_id,
        docket_number=normalize_docket_number(filters.number),
        case_id=filters.case_id,
        kinds=filters.kinds,
        since=parse_day(filters.since, court_id) if filters.since else None,
        until=parse_day(filters.until, court_id) if filters.until else None,
        as_of=parse_as_of(filters.as_of, court_id) if filters.as_of else None,
        **more,
    )
    check_days(query, utc_now())
    return query
