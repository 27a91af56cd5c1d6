"""Real feeds, item for item."""

from __future__ import annotations

import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.normalize.dates import parse_feed_time
from monitor.sources.court_rss import feed as court_rss
from monitor.sources.court_rss.feed import read_court_feed
from monitor.sources.court_rss.item import read_item
from monitor.sources.court_rss.whole import whole_feed

CORPUS = Path(os.environ.get("MONITOR_CORPUS", "../shared/corpus"))
FEEDS = sorted((CORPUS / "rss").glob("*.xml"))
pytestmark = pytest.mark.skipif(not FEEDS, reason=f"no corpus at {CORPUS} (set MONITOR_CORPUS)")


def expected(row: dict[str, Any]) -> tuple[Any, ...]:
    keys = "docket_number_raw case_name_raw link guid event doc_text doc_url doc_id"
    more = "de_seq_num part_id pubdate_utc"
    return (*tuple(row[key] or "" for key in f"{keys} {more}".split()), row["bankruptcy"])


@pytest.mark.parametrize("path", FEEDS, ids=[path.stem for path in FEEDS])
def test_every_item_is_read_as_it_stands(path: Path) -> None:
    rows = json.loads(path.with_suffix(".json").read_text())["items"]
    reading = read_court_feed(path.read_bytes())
    assert reading.total == len(rows)
    assert reading.unread == ()
    got = []
    for item in reading.items:
        parts = read_item(item)
        moment = parse_feed_time(item.published)
        assert moment is not None
        bankruptcy = {
            "type": parts.case_type,
            "office": parts.office,
            "chapter": parts.chapter,
            "trustee": parts.trustee or None,
        }
        got.append(
            (
                parts.docket_number,
                parts.case_name,
                item.link,
                item.guid,
                parts.event_name,
                parts.document_text,
                parts.document_url,
                parts.document_id,
                parts.sequence_number,
                parts.part_id,
                moment.isoformat(),
                bankruptcy if parts.is_bankruptcy else None,
            )
        )
    assert got == [expected(row) for row in rows]


def bodies(archive: str) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(CORPUS / archive, "r:xz") as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield member.name, stream.read()


def test_the_fast_cut_reads_what_a_full_parse_reads_in_every_court() -> None:
    total = 0
    for name, body in bodies("snapshots-national.tar.xz"):
        reading = read_court_feed(body)
        whole = court_rss._parse(whole_feed(body))[1]
        assert list(reading.items) == list(dict.fromkeys(whole)), name
        assert reading.unread == ()
        total += reading.total
    assert total == 102_027 + 83_249


def test_no_item_of_any_court_is_left_without_number_event_or_time() -> None:
    for name, body in bodies("snapshots-national.tar.xz"):
        if "/next/" in name:
            for item in read_court_feed(body).items:
                parts = read_item(item)
                assert parts.docket_number, (name, item)
                assert parts.event_name, (name, item)
                assert parts.sequence_number, (name, item)
                assert parse_feed_time(item.published), (name, item)
