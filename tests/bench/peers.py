"""Asks datasette and reader what our history is asked; run by a Python in which they are installed.

    python -m venv peers; peers/bin/pip install datasette reader
    BENCH_PEERS=peers/bin/python make bench-history

Reads what is asked from standard input and answers in JSON. Imports nothing of ours.
"""

from __future__ import annotations

import asyncio
import importlib.metadata
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

_NEWEST = "SELECT * FROM entries WHERE docket_id = :docket AND merged_into = '' ORDER BY date_filed DESC, published_at DESC LIMIT 50"
_FOUND = (
    "SELECT e.* FROM entry_search s JOIN searchable_entries n ON n.number = s.rowid "
    "JOIN entries e ON e.entry_id = n.entry_id WHERE entry_search MATCH :words ORDER BY s.rowid DESC LIMIT 50"
)
_MONTHS = "SELECT substr(date_filed, 1, 7), count(*) FROM entries WHERE merged_into = '' GROUP BY 1"


def took(times: list[float]) -> tuple[float, float]:
    """p50 and p95, in milliseconds."""
    times.sort()
    return times[len(times) // 2] * 1_000, times[len(times) * 95 // 100] * 1_000


async def _asked(
    ask: Callable[[int], Awaitable[Any]], times: int, seconds: float
) -> tuple[float, float]:
    found: list[float] = []
    until = time.perf_counter() + seconds
    for n in range(times):
        start = time.perf_counter()
        await ask(n)
        found.append(time.perf_counter() - start)
        if time.perf_counter() > until and n >= 2:
            break
    return took(found)


async def ask_datasette(asked: dict[str, Any]) -> dict[str, Any]:
    from datasette.app import Datasette

    site = Datasette(
        [asked["file"]], settings={"sql_time_limit_ms": 120_000, "max_returned_rows": 5_000}
    )
    await site.invoke_startup()
    name = Path(asked["file"]).stem

    async def get(sql: str, **more: str) -> None:
        answer = await site.client.get(
            f"/{name}.json", params={"sql": sql, "_shape": "array", **more}
        )
        assert answer.status_code == 200, answer.text[:200]

    words = asked["words"]
    questions: dict[str, Callable[[int], Awaitable[Any]]] = {
        "newest 50 of the longest docket": lambda n: get(_NEWEST, docket=asked["docket"]),
        "search: two words, as they come": lambda n: get(_FOUND, words=words[n % len(words)]),
        "search: two words of most entries": lambda n: get(_FOUND, words="of the"),
        "counts by month, of all": lambda n: get(_MONTHS),
    }
    version = importlib.metadata.version("datasette")
    return {
        f"datasette {version}: {name}": await _asked(ask, asked["times"], asked["seconds"])
        for name, ask in questions.items()
    }


def ask_reader(asked: dict[str, Any]) -> dict[str, Any]:
    """The same feed as ours, stored and searched."""
    from reader import make_reader

    version, said = importlib.metadata.version("reader"), {}
    with tempfile.TemporaryDirectory() as folder:
        reader = make_reader(f"{folder}/reader.sqlite", feed_root=str(Path(asked["feed"]).parent))
        reader.add_feed(Path(asked["feed"]).name)
        start = time.process_time()
        reader.update_feeds()
        said[f"reader {version}: storing a feed of {asked['items']:,} items, CPU"] = [
            (time.process_time() - start) * 1_000
        ]
        kept = sum(1 for _ in reader.get_entries())
        said[f"reader {version}: items kept of them"] = [kept]
        reader.enable_search()
        start = time.process_time()
        reader.update_search()
        said[f"reader {version}: making its search, CPU"] = [(time.process_time() - start) * 1_000]
        times = []
        for words in asked["events"]:
            start = time.perf_counter()
            list(reader.search_entries(words, sort="recent", limit=50))
            times.append(time.perf_counter() - start)
        said[f"reader {version}: two words of that feed, newest 50"] = list(took(times))
    return said


def main() -> None:
    asked = json.load(sys.stdin)
    said = asyncio.run(ask_datasette(asked))
    if asked["feed"]:
        said |= ask_reader(asked)
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
