"""Open the database: SQLite by default, PostgreSQL by URL; migrated at start."""

from __future__ import annotations

import contextlib
import os
import shlex
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from monitor.errors import DatabaseTooNew, DatabaseTooOld, NoDatabase, StoreError
from monitor.passwords import hide_passwords, without_password
from monitor.store.turns import Turns
from monitor.store.unit import SqlUnit

#: The newest migration; a test compares it with the migrations folder.
HEAD = "0015"
_BUSY_SECONDS = 30
#: So long SQLite waits at most before it looks again whether it may write.
_LOOKS_AGAIN_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class SqlStore:
    """The real store. `begin` is the only way to write."""

    engine: sa.Engine
    _turns: Turns = field(default_factory=Turns)

    @contextlib.contextmanager
    def begin(self) -> Iterator[SqlUnit]:
        """One transaction: committed at the end, undone by any exception."""
        try:
            with self._turn(), self.engine.begin() as connection:
                yield SqlUnit(connection)
        except sa.exc.IntegrityError:
            raise
        except sa.exc.DBAPIError as exc:
            raise StoreError(explain(self.engine, exc)) from exc

    def give_way(self) -> None:
        """Between many transactions in a row: other processes look only now and then."""
        if self.engine.dialect.name == "sqlite":
            time.sleep(_LOOKS_AGAIN_SECONDS)

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """Writers of this process take turns on SQLite; PostgreSQL lets them write at once."""
        if self.engine.dialect.name != "sqlite":
            yield
            return
        with contextlib.ExitStack() as stack:
            try:
                stack.enter_context(self._turns.take(_BUSY_SECONDS))
            except TimeoutError as exc:
                reason = f"database {self.place}: another of its writers holds it: see the runbook"
                raise StoreError(reason) from exc
            yield

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
        return place_of(self.engine)

    def close(self) -> None:
        self.engine.dispose()


def open_store(url: str, *, migrate: bool = True, upgrade: bool = True) -> SqlStore:
    """The store at this URL (`sqlite:///path` or `postgresql://…`), brought up to date.

    Without `upgrade` one that an older program made is left as it is, without `migrate` none is
    made either. Raises StoreError where it cannot be opened; NoDatabase, DatabaseTooOld or
    DatabaseTooNew where that is why.
    """
    return _opened(make_engine(url), migrate=migrate, upgrade=migrate and upgrade)


def open_existing(url: str, *, to_read: bool = False) -> SqlStore:
    """A store that must be there, and is not brought up to date: looking things up makes nothing.

    `to_read` asks for no right but to read. Raises like `open_store`.
    """
    file = sqlite_file(url)
    if file is not None and not _is_there(file):
        raise NoDatabase(
            f"there is no database at {file} yet: start the daemon once (docket-monitor run), or "
            "name the one that it uses with --database, DOCKET_MONITOR_DATABASE or `database:` "
            "in the configuration"
        )
    if file is not None and to_read and not _may_write(file):
        return _opened(_file_to_read(file), migrate=False, upgrade=False)
    return _opened(make_engine(url), migrate=False, upgrade=False)


def open_copy(file: Path) -> SqlStore:
    """A file that nobody writes, of whatever version: to look at, and to leave as it is."""
    return SqlStore(_file_to_read(file))


def sqlite_file(url: str) -> Path | None:
    """The file that this URL names; None for a server. Raises StoreError where it is no URL."""
    parsed = _parsed(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    return Path(parsed.database or "")


def check_url(url: str) -> None:
    """Raises StoreError where the daemon could not use this URL; asks and makes nothing."""
    if _parsed(url).get_backend_name() != "sqlite":
        make_engine(url).dispose()


def check_room(url: str) -> None:
    """Raises StoreError where the daemon could not make this database."""
    file = sqlite_file(url)
    folder = file and next(one for one in file.absolute().parents if os.path.lexists(one))
    if folder and not (folder.is_dir() and os.access(folder, os.W_OK)):
        raise StoreError(f"the database {file} cannot be made: this user may not write to {folder}")


def _is_there(file: Path) -> bool:
    try:
        file.stat()
    except PermissionError as exc:
        raise StoreError(
            f"this user may not look into {file.parent}: ask as the user of the daemon, or as root"
        ) from exc
    except (OSError, ValueError):
        return False
    return True


def _may_write(file: Path) -> bool:
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)


def _opened(engine: sa.Engine, *, migrate: bool, upgrade: bool) -> SqlStore:
    try:
        _bring_up_to_date(engine, migrate=migrate, may_upgrade=upgrade)
    except sa.exc.DBAPIError as exc:
        engine.dispose()
        raise StoreError(explain(engine, exc)) from exc
    except StoreError:
        engine.dispose()
        raise
    return SqlStore(engine)


def make_engine(url: str) -> sa.Engine:
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engine(parsed)
    try:
        return sa.create_engine(
            parsed, pool_pre_ping=True, pool_size=4, connect_args={"connect_timeout": 10}
        )
    except ModuleNotFoundError as exc:
        raise StoreError(
            "PostgreSQL needs its driver: pip install 'docket-monitor[postgres]'"
        ) from exc


def _parsed(url: str) -> sa.URL:
    """What a URL says. Raises StoreError, which names no password, where `run` could not use it."""
    try:
        url.encode()
        parsed = sa.make_url(url)
        backend = parsed.get_backend_name()
    except (sa.exc.ArgumentError, ValueError, sa.exc.NoSuchModuleError):
        # The words of the library, and its cause, may hold a piece of the password.
        raise StoreError(_no_url(url)) from None
    if parsed.drivername in {"postgresql", "postgres"}:
        return _without_stray_password(parsed.set(drivername="postgresql+psycopg"))
    if backend == "postgresql":
        return _without_stray_password(parsed)
    if backend != "sqlite":
        raise StoreError(
            f"database {parsed.drivername!r} is not supported: use sqlite:///… or postgresql://…"
        )
    if "\0" in (parsed.database or ""):
        raise StoreError(f"{url!r} names no file: write sqlite:///path/to/monitor.db")
    if not parsed.database or parsed.database == ":memory:":
        raise StoreError(
            f"{url!r} names no file, so nothing would be remembered: try sqlite:///monitor.db"
        )
    try:
        return parsed.set(database=str(Path(parsed.database).expanduser()))
    except RuntimeError as exc:
        raise StoreError(f"{url!r} begins with a home folder that nobody has") from exc


def _no_url(url: str) -> str:
    scheme, has_more, _ = url.partition(":")
    said = f"{scheme}:…" if has_more else without_password(url)
    return f"{said!r} is not a database URL: try sqlite:///monitor.db"


def _without_stray_password(url: sa.URL) -> sa.URL:
    """This URL, unless a password was cut short and its rest would be taken for the host."""
    if "@" in f"{url.host or ''}{url.database or ''}":
        raise StoreError(
            "the user or the password in the database URL holds a sign with a meaning of its own: "
            "write @ as %40, / as %2F, : as %3A, % as %25"
        )
    return url


def _sqlite_engine(url: sa.URL) -> sa.Engine:
    parent = Path(url.database or "").parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise StoreError(
            f"cannot make the folder {parent} of the database: {exc.strerror}"
        ) from exc
    engine = sa.create_engine(
        url, connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False}
    )

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        # The driver would begin transactions by itself, and later than we need.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}").close()

    _begin_ourselves(engine)
    return engine


def _file_to_read(file: Path) -> sa.Engine:
    """A file that this user may read only: nothing is made beside it.

    Without a log beside it nobody is writing; SQLite would else have to make one in order to read.
    """
    how = "mode=ro" if Path(f"{file}-wal").exists() else "immutable=1"
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(file)),
        creator=lambda: sqlite3.connect(
            f"file:{quote(str(file))}?{how}",
            uri=True,
            timeout=_BUSY_SECONDS,
            check_same_thread=False,
            isolation_level=None,
        ),
    )
    _begin_ourselves(engine)
    return engine


def _begin_ourselves(engine: sa.Engine) -> None:
    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # Taking the write lock at the start makes a transaction wait instead of fail midway.
        is_reader = connection.get_execution_options().get("is_reader")
        connection.exec_driver_sql("BEGIN" if is_reader else "BEGIN IMMEDIATE")


def _bring_up_to_date(engine: sa.Engine, *, migrate: bool, may_upgrade: bool) -> None:
    at = current_revision(engine)
    if at == HEAD:
        return
    if at is not None and at > HEAD:
        raise DatabaseTooNew(
            f"the database is at version {at}, this program knows {HEAD}: install a newer "
            "docket-monitor, or restore the backup made before the upgrade"
        )
    if at is not None and not may_upgrade:
        raise DatabaseTooOld(
            f"the database {place_of(engine)} is older than this program (version {at}, not "
            f"{HEAD}): make a backup, then start the daemon once (docket-monitor run), which "
            "brings it up to date"
        )
    if at is None and not migrate:
        raise NoDatabase(
            f"there is no monitor database at {place_of(engine)} yet; start the daemon once "
            "(docket-monitor run), or name another with --database"
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


def server_options(url: str) -> str:
    """Where a server's own programs find this database, as their options; without a password."""
    parsed = _parsed(url)
    named = {
        "--host": parsed.host,
        "--port": parsed.port,
        "--username": parsed.username,
        "--dbname": parsed.database,
    }
    return " ".join(f"{name}={shlex.quote(str(value))}" for name, value in named.items() if value)


def place_of(engine: sa.Engine) -> str:
    """Where the database is, without its password."""
    if engine.url.get_backend_name() == "sqlite":
        return str(engine.url.database)
    return hide_passwords(engine.url.set(password=None).render_as_string())


def explain(engine: sa.Engine, exc: sa.exc.DBAPIError) -> str:
    """What is wrong with the database, and what to do."""
    place = place_of(engine)
    said = str(exc.orig).strip().splitlines()[0] if exc.orig else str(exc)
    remedies = {
        "permission denied": "this user was given no right to it; the daemon's user was",
        "disk is full": "free some space; nothing that was stored is lost",
        "No space left": "free some space; nothing that was stored is lost",
        # So SQLite says that a full disk has no room for the files it opens beside its own.
        "disk I/O error": "the disk is full or fails: see what room it has (df), then free some",
        "unable to open": "check that the folder exists and that this user may use it",
        "readonly": "this user may not write to it; check owner and mode",
        "locked": "another program holds it; stop it, or wait",
        "malformed": "restore it from a backup (see the runbook)",
        "not a database": "the file is something else; name another with --database",
        "connection": "check that the server runs and that the URL is right",
    }
    remedy = next((advice for word, advice in remedies.items() if word in said), "see the runbook")
    return f"database {place}: {said}: {remedy}"
