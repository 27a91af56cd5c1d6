"""How long CourtListener waits for an answer: fifty events at once, a real daemon, a real database.

    make bench-receiver

The daemon runs in a process of its own. Measured beside an answer that stores nothing (a path that
is not there), in the same run, so that the machine's own slowness shows.
"""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles

SECRET = "a-path-that-nobody-can-guess"
AT_ONCE, ROUNDS = 50, 40
#: Filings in one poll, where it is a large one.
LARGE = 1_000
CONFIG = """\
database: sqlite:///m.db
packs: [pack.yaml]
recipients: []
courtlistener: {token: {file: none}}
listen: {port: 0, courtlistener: {secret: {file: path}}}
"""
PACK = """\
pack: bench
cases:
  - id: ctr
    label: CTR
    dockets: [{court: ca1, number: "26-1001", courtlistener: 77}]
"""


def _row(number: int) -> dict[str, object]:
    return {
        "id": number,
        "docket": 77,
        "entry_number": number,
        "date_filed": "2026-03-04",
        "description": f"ORDER No{number}. denying 7 Motion to Stay. " + "word " * 300,
        "recap_documents": [{"id": number, "document_number": number, "description": "Order"}],
    }


def _event(numbers: range) -> bytes:
    rows = [_row(number) for number in numbers]
    return json.dumps({"payload": {"results": rows}, "webhook": {"event_type": 1}}).encode()


async def _post(port: int, path: str, name: int, filings: int = 1) -> float:
    """Milliseconds from the connection to the answer."""
    body = _event(range(name, name + filings))
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
        f"Idempotency-Key: {path}{name}\r\nConnection: close\r\n\r\n"
    )
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head.encode() + body)
    await reader.readline()
    took = (time.perf_counter() - began) * 1_000
    writer.close()
    return took


async def _bursts(port: int, path: str, first: int = 0) -> list[float]:
    took: list[float] = []
    for burst in range(ROUNDS):
        names = range(first + burst * AT_ONCE + 1, first + (burst + 1) * AT_ONCE + 1)
        took += await asyncio.gather(*(_post(port, path, name) for name in names))
        await asyncio.sleep(0.05)
    return took


async def _beside_a_large_one(port: int, path: str) -> list[float]:
    """Bursts while the filings of a whole docket are being read and stored."""
    await _post(port, path, 1_000_000, LARGE)
    return await _bursts(port, path, 500_000)


def _report(name: str, took: list[float]) -> float:
    cuts = quantiles(took, n=100)
    print(f"{name}: median {cuts[49]:.0f} ms, p99 {cuts[98]:.0f} ms, worst {max(took):.0f} ms")
    return cuts[98]


@contextmanager
def _daemon(folder: Path) -> Iterator[int]:
    """The port on which a daemon listens."""
    (folder / "path").write_text(SECRET)
    (folder / "monitor.yaml").write_text(CONFIG)
    (folder / "pack.yaml").write_text(PACK)
    config = ["--config", str(folder / "monitor.yaml")]
    command = [sys.executable, "-m", "monitor", *config, "run", "--json"]
    daemon = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert daemon.stderr is not None
    said = (json.loads(line) for line in daemon.stderr if line.startswith("{"))
    port = next(line["port"] for line in said if line.get("message") == "listening")
    # A pipe that nobody reads stops whoever writes into it.
    threading.Thread(target=daemon.stderr.read, daemon=True).start()
    try:
        yield port
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.wait(30)


def main() -> None:
    with tempfile.TemporaryDirectory() as raw, _daemon(Path(raw)) as port:
        nothing = _report("nothing stored", asyncio.run(_bursts(port, "/none")))
        path = f"/courtlistener/{SECRET}"
        kept = _report(f"{AT_ONCE} events at once, kept", asyncio.run(_bursts(port, path)))
        print(f"p99 as a ratio: {kept / nothing:.1f}")
        words = f"the same while {LARGE:,} filings of one poll are stored"
        beside = _report(words, asyncio.run(_beside_a_large_one(port, path)))
        print(f"p99 as a ratio: {beside / nothing:.1f}")


if __name__ == "__main__":
    main()
