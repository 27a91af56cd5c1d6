"""What a shell may complete: ids of cases, courts and sources, read quietly.

Whoever presses Tab gets no error and waits for no server: where nothing can be read, nothing is
offered.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable

import click

from monitor.errors import MonitorError
from monitor.model.docket import EntryKind
from monitor.show.cli.options import database_of, record_of, settings_of


def case_ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The watched cases; those of the packs where the database is no file of this machine."""
    known = _quietly(ctx, _stored_cases) or _quietly(ctx, _cases_of_packs)
    return _fitting(incomplete, known)


def source_ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    return _fitting(incomplete, _quietly(ctx, _stored_sources))


def court_ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from monitor.model.court import courts

    return _fitting(incomplete, courts())


def kinds(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    return _fitting(incomplete, (kind.value for kind in EntryKind))


def _fitting(incomplete: str, known: Iterable[str]) -> list[str]:
    return sorted({one for one in known if one.startswith(incomplete)})


def _quietly(ctx: click.Context, read: Callable[[click.Context], Iterable[str]]) -> list[str]:
    """What is read, or nothing. No command is called here, so none noted the configuration."""
    root = ctx.find_root()
    root.obj = root.obj or root.params.get("config_path")
    with contextlib.suppress(MonitorError, OSError, ValueError, click.ClickException):
        return list(read(ctx))
    return []


def _file_of(ctx: click.Context) -> str:
    """The database, where it is a file: a server that does not answer would hold up the shell."""
    url = database_of(ctx, ctx.params.get("database") or "")
    return url if url.startswith("sqlite") else ""


def _stored_cases(ctx: click.Context) -> Iterable[str]:
    from monitor.history.record import known_cases

    if not (url := _file_of(ctx)):
        return ()
    with record_of(ctx, url) as record:
        return known_cases(record)


def _stored_sources(ctx: click.Context) -> Iterable[str]:
    from monitor.history.record import known_sources

    if not (url := _file_of(ctx)):
        return ()
    with record_of(ctx, url) as record:
        return known_sources(record)


def _cases_of_packs(ctx: click.Context) -> Iterable[str]:
    return [case.id for pack in settings_of(ctx).packs for case in pack.cases]
