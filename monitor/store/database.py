"""Open the database: SQLite by default, PostgreSQL by URL; migrated at start."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from monitor.errors import DatabaseTooNew, StoreError
from monitor.store.unit import SqlUnit

#: The newest migration; a test compares it with the migrations folder.
HEAD = "0005"
_BUSY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class SqlStore:
    """The real store. `begin` is the only way to write."""

    engine: sa.Engine

    @contextlib.contextmanager
    def begin(self) -> Iterator[SqlUnit]:
        """One transaction: committed at the end, undone by any exception."""
        try:
            with self.engine.begin() as connection:
                yield SqlUnit(connection)
        except sa.exc.IntegrityError:
            raise
        except sa.exc.DBAPIError as exc:
            raise StoreError(explain(self.engine, exc)) from exc

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that only reads: for the history. Never waits for a writer."""
        try:
            with self.engine.connect().execution_options(is_reader=True) as connection:
                yield connection
        except sa.exc.DBAPIError as exc:
            raise StoreError(explain(self.engine, exc)) from exc

    @property
    def place(self) -> str:
        """Where the database is, without its password."""
        return self.engine.url.render_as_string(hide_password=True)

    def close(self) -> None:
        self.engine.dispose()


def open_store(url: str, *, migrate: bool = True) -> SqlStore:
    """The store at this URL (`sqlite:///path` or `postgresql://…`), brought up to date.

    Raises StoreError where it cannot be opened, DatabaseTooNew where a newer program wrote it.
    """
    engine = make_engine(url)
    store = SqlStore(engine)
    try:
        _bring_up_to_date(engine, migrate)
    except sa.exc.DBAPIError as exc:
        engine.dispose()
        raise StoreError(explain(engine, exc)) from exc
    except StoreError:
        engine.dispose()
        raise
    return store


def without_password(url: str) -> str:
    """A URL as it may be printed, however it is written: without user and password."""
    hidden = re.sub(r"^(\w[\w+]*:?//)?.*@", r"\1***@", url, flags=re.DOTALL)
    return re.sub(r"(password=)[^&]*", r"\1***", hidden)


def make_engine(url: str) -> sa.Engine:
    try:
        parsed = sa.make_url(url)
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
            raise StoreError(
                f"database {parsed.drivername!r} is not supported: use sqlite:///… or postgresql://…"
            )
        return (
            _sqlite_engine(parsed)
            if parsed.get_backend_name() == "sqlite"
            else sa.create_engine(
                parsed, pool_pre_ping=True, pool_size=4, connect_args={"connect_timeout": 10}
            )
        )
    except (sa.exc.ArgumentError, ValueError) as exc:
        said = without_password(url)
        raise StoreError(f"{said!r} is not a database URL: try sqlite:///monitor.db") from exc
    except ModuleNotFoundError as exc:
        raise StoreError(
            "PostgreSQL needs its driver: pip install 'docket-monitor[postgres]'"
        ) from exc


def _sqlite_engine(url: sa.URL) -> sa.Engine:
    if url.database and url.database != ":memory:":
        parent = Path(url.database).expanduser().parent
        try:
            parent.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise StoreError(f"cannot make the folder {parent} of the database: {exc}") from exc
    engine = sa.create_engine(
        url, connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False}
    )

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        # The driver would begin transactions by itself, and later than we need.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}").close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # Taking the write lock at the start makes a transaction wait instead of fail midway.
        is_reader = connection.get_execution_options().get("is_reader")
        connection.exec_driver_sql("BEGIN" if is_reader else "BEGIN IMMEDIATE")

    return engine


def _bring_up_to_date(engine: sa.Engine, migrate: bool) -> None:
    at = current_revision(engine)
    if at == HEAD:
        return
    if at is not None and at > HEAD:
        raise DatabaseTooNew(
            f"the database is at version {at}, this program knows {HEAD}: install a newer "
            "docket-monitor, or restore the backup made before the upgrade"
        )
    if not migrate and at is not None:
        raise StoreError(
            f"the database is older than this program (version {at}, not {HEAD}): "
            "start the daemon once (docket-monitor run), which brings it up to date"
        )
    if not migrate:
        raise StoreError(
            "there is no monitor database here yet; start the daemon once (docket-monitor run), "
            "or name another with --database"
        )
    upgrade(engine)


def current_revision(engine: sa.Engine) -> str | None:
    """The version that the database says it has; None for an empty one."""
    with engine.connect().execution_options(is_reader=True) as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found: Any = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return None if found is None else str(found)


def upgrade(engine: sa.Engine, target: str = "head") -> None:
    """Run the migrations. Alembic is imported here only: it costs half a second and 10 MB.

    Raises StoreError where a migration would leave rows that refer to nothing.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "monitor:store/migrations")
    config.set_main_option("path_separator", "os")
    with engine.connect() as connection, _references_unchecked(connection), connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, target)
        _check_references(connection)


@contextlib.contextmanager
def _references_unchecked(connection: sa.Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew; what refers to it must not notice meanwhile."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF").close()
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON").close()


def _check_references(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise StoreError(
                f"after the upgrade a row of {broken[0]} would refer to nothing in {broken[2]}; "
                "nothing was changed: restore a backup, or report this"
            )


def explain(engine: sa.Engine, exc: sa.exc.DBAPIError) -> str:
    """What is wrong with the database, and what to do."""
    place = engine.url.render_as_string(hide_password=True)
    said = str(exc.orig).strip().splitlines()[0] if exc.orig else str(exc)
    remedies = {
        "disk is full": "free some space; nothing that was stored is lost",
        "unable to open": "check that the folder exists and that this user may write there",
        "readonly": "this user may not write to it; check owner and mode",
        "locked": "another program holds it; stop it, or wait",
        "malformed": "restore it from a backup (see the runbook)",
        "not a database": "the file is something else; name another with --database",
        "connection": "check that the server runs and that the URL is right",
    }
    remedy = next((advice for word, advice in remedies.items() if word in said), "see the runbook")
    return f"database {place}: {said}: {remedy}"
