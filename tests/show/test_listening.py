"""`run` with a `listen:` section: the real daemon, stopped by a signal."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from monitor.errors import ListenError
from monitor.listen.server import Listener
from monitor.settings.listening import ListenConfig
from tests.settings.test_keys import accepted, refused

SECRET = "a-path-that-nobody-can-guess"
CONFIG = """\
database: sqlite:///m.db
packs: []
recipients: []
courtlistener: {token: {file: none}}
listen: {port: 0, courtlistener: {secret: {file: path}}}
"""


@contextmanager
def daemon(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """A daemon, where it listens, and what it logs from then on."""
    (folder / "path").write_text(SECRET)
    (folder / "monitor.yaml").write_text(CONFIG)
    config = ["--config", str(folder / "monitor.yaml")]
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor", *config, "run", "--json"],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    said = (json.loads(line) for line in process.stderr if line.startswith("{"))
    port = next(line["port"] for line in said if line.get("message") == "listening")
    log: list[str] = []
    reader = threading.Thread(target=lambda: log.extend(process.stderr or ()), daemon=True)
    reader.start()
    try:
        yield process, f"http://127.0.0.1:{port}", log
    finally:
        process.kill()
        process.wait(30)
        reader.join(30)
        process.stderr.close()


def test_the_daemon_answers_and_ends_in_order_when_it_is_told_to(tmp_path: Path) -> None:
    with daemon(tmp_path) as (process, url, log):
        assert httpx.get(f"{url}/healthz").json() == {"ok": True, "reason": ""}
        assert httpx.get(f"{url}/metrics").status_code == 404
        kept = httpx.post(f"{url}/courtlistener/{SECRET}", content=b'{"odd": 1}')
        assert (kept.status_code, kept.content) == (200, b"")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert SECRET not in "".join(log)


async def test_a_place_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listener = Listener(ListenConfig(port=taken.getsockname()[1]), Starlette())
        with pytest.raises(ListenError, match="stop what listens there"):
            await listener.start()


@pytest.mark.parametrize(
    "secret", ["short", "has/slash-and-is-long-enough", "has blank and is long"]
)
def test_a_secret_that_fits_no_address_is_refused(tmp_path: Path, secret: str) -> None:
    (tmp_path / "path").write_text(secret)
    text = "packs: []\nlisten: {courtlistener: {secret: {file: path}}}\n"
    assert "docket-monitor init --path-secret" in " ".join(refused(tmp_path, text))


@pytest.mark.parametrize(
    ("listen", "words"),
    [
        ("{host: example.org}", "is no address of this machine"),
        ("{port: 70000}", "65535"),
        ("{trusted_proxies: [nonsense]}", "is no address and no network"),
        ("{courtlistener: {}}", "secret"),
        ("{metric: true}", "did you mean “metrics”"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, listen: str, words: str) -> None:
    assert words in " ".join(refused(tmp_path, f"packs: []\nlisten: {listen}\n"))


def test_what_others_can_reach_is_warned_of(tmp_path: Path) -> None:
    (tmp_path / "path").write_text(SECRET)
    listen = "{host: 0.0.0.0, metrics: true, courtlistener: {secret: {file: path}}}"
    loaded = accepted(tmp_path, f"packs: []\nlisten: {listen}\n")
    said = " ".join(problem.message for problem in loaded.warnings)
    assert "so are the metrics" in said
    assert "`only_from` names CourtListener's addresses" in said
