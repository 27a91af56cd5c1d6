"""What sources sent is kept as it came: equal bytes once, for a while, up to a size."""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.errors import StoreError, UsageError
from monitor.history import bodies, entries
from monitor.history.record import reading
from monitor.model.body import Keeping
from monitor.model.push import Push, PushState
from monitor.ports import Fetched, NotModified
from monitor.store import schema
from monitor.store.database import SqlStore
from tests.contract.test_poller import COURT, PRESS, PRESS_PAGE, WATCHLIST, Clerk
from tests.feeds import NOON, feed, item
from tests.make import DAY, HOUR, MINUTE, NUMBER

ORDER = item(seq=9, entry=9, number=NUMBER)
OTHER = item(seq=8, entry=8, number="1:25-cv-09999")


def page(*items: str, **headers: Any) -> Fetched:
    return Fetched(feed(*items), "text/xml", '"1"', **headers)


def count(store: SqlStore, table: sa.Table) -> int:
    with store.reading() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


def kept(store: SqlStore) -> tuple[int, int]:
    return count(store, schema.bodies), count(store, schema.kept_polls)


@pytest.fixture
def clerk(store: SqlStore) -> Clerk:
    clerk = Clerk(store, NOON + HOUR)
    clerk.begin(COURT, PRESS)
    return clerk


async def test_equal_bodies_are_kept_once_and_an_unchanged_poll_adds_nothing(clerk: Clerk) -> None:
    await clerk.polls(page(ORDER))
    assert kept(clerk.store) == (1, 1)
    await clerk.polls(page(ORDER))
    await clerk.polls(NotModified())
    assert kept(clerk.store) == (1, 1)
    await clerk.polls(page(OTHER, ORDER))
    assert kept(clerk.store) == (2, 2)
    # The court's cache answers with the older page once more.
    await clerk.polls(page(ORDER))
    assert kept(clerk.store) == (2, 3)


async def test_a_court_that_shows_nothing_of_ours_is_evidence_of_its_silence(clerk: Clerk) -> None:
    await clerk.polls(page(OTHER))
    assert kept(clerk.store) == (1, 1)


async def test_another_build_date_alone_is_no_other_evidence(clerk: Clerk) -> None:
    await clerk.polls(page(ORDER))
    body = re.sub(rb"(<lastBuildDate>\w+, \d\d \w+ \d{4} \d\d):\d\d", rb"\1:45", page(ORDER).body)
    assert body != page(ORDER).body
    await clerk.polls(Fetched(body))
    assert kept(clerk.store) == (1, 1)


async def test_of_the_press_only_what_something_was_read_from_is_kept(clerk: Clerk) -> None:
    await clerk.polls(PRESS_PAGE, by=PRESS)
    assert kept(clerk.store) == (0, 0)


async def test_who_keeps_nothing_keeps_nothing(clerk: Clerk) -> None:
    poller = clerk.poller(page(ORDER))
    poller = replace(poller, policy=replace(poller.policy, keeps_bodies=False))
    (claim,) = clerk.claim(COURT.source_id)
    await poller.poll(claim, WATCHLIST)
    assert kept(clerk.store) == (0, 0)


async def test_a_sighting_leads_to_its_bytes(clerk: Clerk) -> None:
    clerk.now = NOON + 2 * DAY
    await clerk.polls(page(OTHER))
    sent = page(ORDER, OTHER, last_modified="Mon, 02 Mar 2026 12:00:00 GMT", served_at=NOON)
    await clerk.polls(sent)
    seen_at = clerk.now
    await clerk.polls(page(item(seq=10, entry=10, number="1:25-cv-09999"), ORDER, OTHER))
    with reading(clerk.store) as record:
        (traced,) = bodies.trace(record, entries.find(record, f"dcd/{NUMBER}#9"))
        (body,) = traced.bodies
        line, content = bodies.body(record, body.body_hash[:12])
    assert (traced.source_id, traced.first_seen_at) == (COURT.source_id, seen_at)
    assert body.body_hash == hashlib.sha256(sent.body).hexdigest()
    assert (body.content_type, body.etag, body.served_at) == ("text/xml", '"1"', NOON)
    assert content == sent.body
    assert (line.size, len(line.polls)) == (len(sent.body), 1)


async def test_what_is_forgotten_leaves_its_hash(clerk: Clerk) -> None:
    await clerk.polls(page(ORDER))
    clerk.now += 31 * DAY
    with clerk.store.begin() as unit:
        assert unit.bodies.forget(Keeping(), clerk.now) == 1
    assert kept(clerk.store) == (0, 1)
    with reading(clerk.store) as record:
        (traced,) = bodies.trace(record, entries.find(record, f"dcd/{NUMBER}#9"))
        (body,) = traced.bodies
        assert body.size is None
        with pytest.raises(UsageError, match="forgotten"):
            bodies.body(record, body.body_hash)


async def test_a_body_that_came_again_lately_is_not_old(clerk: Clerk) -> None:
    await clerk.polls(page(ORDER))
    await clerk.polls(page(OTHER))
    clerk.now += 20 * DAY
    await clerk.polls(page(ORDER))
    clerk.now += 20 * DAY
    with clerk.store.begin() as unit:
        assert unit.bodies.forget(Keeping(), clerk.now) == 1
    assert kept(clerk.store) == (1, 3)


async def test_where_there_is_too_much_the_oldest_go_first(clerk: Clerk) -> None:
    for n in range(6):
        await clerk.polls(page(item(seq=n, entry=n, number="1:25-cv-09999"), f"<!-- {n} -->"))
    with clerk.store.reading() as connection:
        sizes = list(connection.execute(sa.select(schema.bodies.c.packed_size)).scalars())
    with clerk.store.begin() as unit:
        assert unit.bodies.forget(Keeping(most_bytes=sum(sizes[-2:]) + 9), clerk.now) == 4
        left = set(unit.connection.execute(sa.select(schema.bodies.c.hash)).scalars())
        latest = sa.select(schema.kept_polls.c.body_hash).order_by(schema.kept_polls.c.at.desc())
        assert left == set(unit.connection.execute(latest.limit(2)).scalars())


def test_nothing_is_kept_for_no_time_or_in_no_room() -> None:
    assert not Keeping(timedelta()).is_on
    assert not Keeping(most_bytes=0).is_on
    assert Keeping().is_on


async def test_a_poll_that_is_undone_keeps_no_body(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from monitor.store.changes import ChangeLog

    def dies(*_: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(ChangeLog, "add", dies)
    with pytest.raises(RuntimeError):
        await clerk.polls(page(ORDER))
    assert kept(clerk.store) == (0, 0)


async def test_bytes_that_somebody_changed_are_not_passed_off_as_the_courts(clerk: Clerk) -> None:
    await clerk.polls(page(ORDER))
    for forged in (zlib.compress(b"forged"), b"no zlib"):
        with clerk.store.begin() as unit:
            unit.connection.execute(sa.update(schema.bodies).values(content=forged))
        with reading(clerk.store) as record:
            name = str(record.connection.scalar(sa.select(schema.bodies.c.hash)))
            with pytest.raises(StoreError, match="another hash"):
                bodies.body(record, name)


async def test_an_item_that_could_not_be_read_is_shown_with_its_bytes(clerk: Clerk) -> None:
    await clerk.polls(page(ORDER))
    with clerk.store.begin() as unit:
        row = {"source_id": COURT.source_id, "raw_hash": "ab" * 12, "raw": "<item>\x1b[2J",
               "reason": "no title", "seen_at": clerk.now}  # fmt: skip
        unit.connection.execute(sa.insert(schema.unreadable), [row])
    with reading(clerk.store) as record:
        (traced,) = bodies.trace(record, entries.find(record, f"dcd/{NUMBER}#9"))
        (item_,) = traced.unreadable
        line, raw = bodies.body(record, item_.raw_hash)
    assert (line.reason, raw) == ("no title", b"<item>\x1b[2J")


async def test_what_was_pushed_leads_to_the_push(clerk: Clerk) -> None:
    await clerk.polls(page(ORDER))
    push = Push("cl:k", COURT.source_id, clerk.now - MINUTE, b"{}", PushState.READ,
                processed_at=clerk.now + MINUTE)  # fmt: skip
    with clerk.store.begin() as unit:
        unit.pushes.add([push])
    with reading(clerk.store) as record:
        (traced,) = bodies.trace(record, entries.find(record, f"dcd/{NUMBER}#9"))
    assert traced.push_ids == ("cl:k",)


@pytest.mark.parametrize("prefix", ["", "abc", "%" * 9, "0123456789"])
async def test_a_hash_that_names_nothing_says_so(clerk: Clerk, prefix: str) -> None:
    await clerk.polls(page(ORDER))
    with reading(clerk.store) as record, pytest.raises(UsageError):
        bodies.body(record, prefix)
