"""Fixtures: a store of each kind, both real."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from monitor.store.database import SqlStore, open_store
from tests.postgres import add_english, running_postgres

# No test is about time: a machine may be slow.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")


def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are processors: many tests wait for a receiver or a clock."""
    return (os.cpu_count() or 1) * 3 // 2 + 1


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file as the first start leaves it; migrations have tests of their own."""
    file = tmp_path_factory.mktemp("migrated") / "monitor.db"
    open_store(f"sqlite:///{file}").close()
    return file


@pytest.fixture(scope="session")
def migrated_database(postgres: str) -> str:
    """The same on PostgreSQL: the name of a database that can be copied."""
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated")
    open_store(postgres.replace("/postgres", "/migrated")).close()
    return "migrated"


@contextlib.contextmanager
def one_more_database(server: str, template: str) -> Iterator[str]:
    """The URL of a new database of this server, gone afterwards."""
    name = f"t{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    yield server.replace("/postgres", f"/{name}")
    # A thousand databases of eight megabytes would outlive their tests.
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of each kind, in which nothing stands yet."""
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("migrated_file"), tmp_path / "monitor.db")
        yield f"sqlite:///{tmp_path}/monitor.db"
        return
    server: str = request.getfixturevalue("postgres")
    with one_more_database(server, request.getfixturevalue("migrated_database")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of each kind without any tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/monitor.db"
        return
    with one_more_database(request.getfixturevalue("postgres"), "template1") as url:
        yield url


@pytest.fixture
def store_in_english(postgres: str) -> Iterator[SqlStore]:
    """A PostgreSQL that sorts texts as English does: letters before signs, "a" before "B"."""
    if missing := add_english(postgres):
        pytest.skip(missing)
    with one_more_database(postgres, "template0 LOCALE 'en_US.UTF-8'") as url:
        opened = open_store(url)
        yield opened
        opened.close()


@pytest.fixture
def store(database_url: str) -> Iterator[SqlStore]:
    opened = open_store(database_url)
    yield opened
    opened.close()
