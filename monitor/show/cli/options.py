"""What several commands share: where the configuration and the database are."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.history.questions import AsOf
    from monitor.history.record import Record
    from monitor.settings.load import Settings
    from monitor.store.database import SqlStore
    from monitor.store.unit import SqlUnit

F = TypeVar("F", bound=Callable[..., Any])
#: How many to list: no more than a database counts.
COUNT = click.IntRange(1, 2**31 - 1)
PLACES = (Path("config/monitor.yaml"), Path("/etc/docket-monitor/monitor.yaml"))


def config_option(command: F) -> F:
    """`--config` where people type it: behind the command as well as before it."""
    return click.option(
        "--config",
        metavar="FILE",
        expose_value=False,
        callback=_note_config,
        help="Another configuration than config/monitor.yaml.",
    )(command)


def _note_config(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
    if value:
        ctx.find_root().obj = value


def database_option(command: F) -> F:
    return click.option(
        "--database",
        envvar="DOCKET_MONITOR_DATABASE",
        metavar="URL",
        default="",
        help="Another database than the configuration's, as sqlite:///monitor.db.",
    )(command)


def json_option(command: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")(
        command
    )


def config_path(ctx: click.Context) -> Path:
    """The configuration that was asked for, else the first that is there."""
    asked = ctx.find_root().obj
    if asked:
        return Path(asked)
    return next((place for place in PLACES if _may_be_there(place)), PLACES[0])


def _may_be_there(place: Path) -> bool:
    try:
        return place.exists()
    except PermissionError:
        return True  # reading it will say what is wrong


def settings_of(ctx: click.Context) -> Settings:
    """The settings for whoever sends nothing: without the secrets that are not at hand.

    Raises ConfigProblems, which names file, line, key and remedy.
    """
    from monitor.settings.load import load_settings

    return load_settings(config_path(ctx), needs_secrets=False)


def database_of(ctx: click.Context, database: str) -> str:
    """The one precedence: `--database`, else DOCKET_MONITOR_DATABASE, else the configuration.

    Whatever looks up or changes works on this one. Of the configuration only that key is read:
    whoever looks things up need not have every secret at hand.
    """
    if database:
        return database
    from monitor.settings.yaml_file import DEFAULT_DATABASE, database_url, read_yaml

    path = config_path(ctx)
    url = read_yaml(path).data.get("database") or DEFAULT_DATABASE
    return database_url(str(url), path.parent)


@contextlib.contextmanager
def record_of(ctx: click.Context, database: str) -> Iterator[Record]:
    """The record, read only. Raises NoDatabase where there is none yet.

    Raises UsageError where something is asked for that no database can hold.
    """
    from monitor.history.record import reading

    try:
        with store_of(ctx, database, to_read=True) as store, reading(store) as record:
            yield record
    except UnicodeEncodeError as exc:
        from monitor.passwords import without_password

        said = without_password(str(exc.object))
        raise UsageError(f"{said!r} holds half a letter: write it in UTF-8") from exc


@contextlib.contextmanager
def store_of(ctx: click.Context, database: str, *, to_read: bool = False) -> Iterator[SqlStore]:
    """The store, for as long as a command works on it. Raises NoDatabase where there is none."""
    from monitor.store.database import open_existing

    store = open_existing(database_of(ctx, database), to_read=to_read)
    try:
        yield store
    finally:
        store.close()


@contextlib.contextmanager
def unit_of(ctx: click.Context, database: str) -> Iterator[SqlUnit]:
    """One transaction of that store: what a command changes, or nothing of it."""
    with store_of(ctx, database) as store, store.begin() as unit:
        yield unit


def parse_day(raw: str, court_id: str = "") -> date:
    """A day where this court is: `2026-03-05`, `yesterday`, `7d`. Raises click's BadParameter."""
    from monitor.history.days import WASHINGTON, read_day

    with _as_bad_parameter():
        return read_day(raw, utc_now(), court_id or WASHINGTON)


def parse_moment(raw: str) -> datetime:
    """Since when: so long ago, or the beginning of a day. Raises click's BadParameter."""
    from monitor.history.days import read_moment

    with _as_bad_parameter():
        return read_moment(raw, utc_now())


def parse_as_of(raw: str, court_id: str = "") -> AsOf:
    """The end of a day, or a moment with its zone. Raises click's BadParameter."""
    from monitor.history.days import WASHINGTON, read_as_of

    with _as_bad_parameter():
        return read_as_of(raw, utc_now(), court_id or WASHINGTON)


@contextlib.contextmanager
def _as_bad_parameter() -> Iterator[None]:
    try:
        yield
    except UsageError as exc:
        raise click.BadParameter(str(exc)) from exc


def parse_length(raw: str) -> timedelta:
    """A length of time: 90d, 2w, 12h, 30m. Raises click's BadParameter for anything else."""
    from monitor.fields import parse_wait
    from monitor.history.days import length_ago

    try:
        return length_ago(raw) or parse_wait(raw)
    except (ValueError, OverflowError) as exc:
        raise click.BadParameter(f"{raw!r} is no length of time: write 90d, 2w or 12h") from exc


def utc_now() -> datetime:
    return datetime.now(UTC)


def json_lines(lines: TextIO) -> Iterator[tuple[str, Any]]:
    """Every line that holds something, as JSON, and where it stands. Raises UsageError."""
    name = getattr(lines, "name", "standard input")
    number = 0
    try:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield f"{name}, line {number}", json.loads(line.lstrip("\ufeff"))
    except UnicodeDecodeError as exc:
        raise UsageError(f"{name} is not UTF-8 text: save it as UTF-8") from exc
    except json.JSONDecodeError as exc:
        raise UsageError(f"{name}, line {number}: no JSON ({exc.msg}, column {exc.colno})") from exc
    except (RecursionError, ValueError) as exc:
        raise UsageError(f"{name}, line {number}: no JSON that can be read ({exc})") from exc
