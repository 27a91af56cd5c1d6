"""CourtListener's webhooks, from a POST on loopback to what recipients are told."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from monitor.errors import UsageError
from monitor.listen.assemble import Listening, start_listening
from monitor.model.push import Push
from monitor.store import schema
from monitor.store.pushes import to_push
from tests.show.test_cli import call, parsed
from tests.story import PACK, ROUTES, Story, headlines, telling, topics

SECRET = "a-path-that-nobody-can-guess"
DOCKET = 77
LISTEN = (
    "\nlisten: {port: 0, metrics: true, courtlistener: {secret: {file: path}, max_megabytes: 1%s}}"
)
WITH_ID = PACK.replace(
    'number: "1:25-cv-00457"}', f'number: "1:25-cv-00457", courtlistener: {DOCKET}}}'
)


@dataclass
class Sent:
    """A story, and a sender that posts to it."""

    story: Story
    listening: Listening
    url: str

    async def posts(self, body: bytes, key: str = "k1", secret: str = SECRET) -> int:
        headers = {"Idempotency-Key": key, "Content-Type": "application/json"} if key else {}
        async with httpx.AsyncClient() as client:
            answer = await client.post(
                f"{self.url}/courtlistener/{secret}", content=body, headers=headers
            )
        return answer.status_code

    async def told(self) -> list[dict[str, Any]]:
        """Let the daemon read what waits, and deliver; what the hook was told."""
        before = len(self.story.court.received)
        self.story.now += timedelta(minutes=1)
        await self.story.app.read_pushed()
        await self.story.app.dispatcher.drain()
        told = [document["data"] for document in self.story.documents[before:]]
        return [alert for data in told for alert in data.get("alerts", [data])]

    def pushes(self) -> dict[str, tuple[str, str]]:
        """Key -> state and note."""
        with self.story.app.store.reading() as connection:
            found = [to_push(row) for row in connection.execute(sa.select(schema.pushes))]
        return {_key(push): (push.state.value, push.note) for push in found}


def _key(push: Push) -> str:
    return push.push_id.removeprefix("cl:webhook:")


@asynccontextmanager
async def listening(
    folder: Path, database: str, more: str = "", **story_of: Any
) -> AsyncIterator[Sent]:
    (folder / "path").write_text(SECRET)
    async with telling(folder, database, routes=ROUTES + LISTEN % more, **story_of) as story:
        await story.app.close()
        await story.begin_with(WITH_ID.format(url=story.url))
        config = story.app.settings.config.listen
        assert config is not None

        async def well() -> str:
            return ""

        started = await start_listening(story.app, config, well, lambda: None)
        try:
            yield Sent(story, started, f"http://127.0.0.1:{started.listener.port}")
        finally:
            await started.stop()


@pytest.fixture
async def sent(tmp_path: Path, database_url: str) -> AsyncIterator[Sent]:
    async with listening(tmp_path, database_url) as one:
        yield one


def row(row_id: int = 900, **more: Any) -> dict[str, Any]:
    return {
        "id": row_id,
        "docket": DOCKET,
        "entry_number": row_id - 850,
        "date_filed": "2026-03-04",
        "time_filed": None,
        "pacer_sequence_number": None,
        "description": "ORDER denying 7 Motion to Stay.",
        "recap_documents": [
            {"id": row_id, "document_number": str(row_id - 850), "description": "Order"}
        ],
    } | more


def event(*rows: dict[str, Any], kind: int = 1, version: int = 2, **about: Any) -> bytes:
    webhook = {"event_type": kind, "version": version, "deprecation_date": None} | about
    return json.dumps({"payload": {"results": rows}, "webhook": webhook}).encode()


async def test_what_is_posted_is_told_once_whatever_its_name(sent: Sent) -> None:
    assert await sent.posts(event(row())) == 200
    assert headlines(await sent.told()) == ["Order: DENIED"]
    assert await sent.posts(event(row())) == 200  # the sender's own repetition
    assert await sent.posts(event(row(), date_created="later"), "k2") == 200
    assert await sent.told() == []
    states = {key: state for key, (state, _) in sent.pushes().items()}
    assert states == {"k1": "read", "k2": "repeated"}


async def test_the_same_entry_in_another_event_is_told_once(sent: Sent) -> None:
    await sent.posts(event(row()), "k1")
    await sent.told()
    await sent.posts(event(row(), row(901)), "k2")
    assert headlines(await sent.told()) == ["Order: DENIED"]
    assert sent.pushes()["k2"][0] == "read"


@pytest.mark.parametrize("secret", ["", "x", "a-path-that-nobody-can-guess-", "ä"])
async def test_strangers_find_nothing(sent: Sent, secret: str) -> None:
    assert await sent.posts(event(row()), secret=secret) == 404
    assert sent.pushes() == {}


async def test_only_named_addresses_may_post(tmp_path: Path, database_url: str) -> None:
    more = ", only_from: [34.210.230.218, 54.189.59.91]"
    async with listening(tmp_path, database_url, more) as sent:
        assert await sent.posts(event(row())) == 404
        async with httpx.AsyncClient() as client:  # as a proxy on this machine says it
            answer = await client.post(
                f"{sent.url}/courtlistener/{SECRET}",
                content=event(row()),
                headers={"X-Forwarded-For": "203.0.113.9, 54.189.59.91"},
            )
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"no json", b"[]", b"{}", b'{"payload": {"results": 3}, "webhook": {"event_type": 1}}'],
)
async def test_poison_is_kept_and_shown_and_holds_up_nobody(sent: Sent, body: bytes) -> None:
    assert await sent.posts(body, "bad") == 200
    assert await sent.posts(event(row()), "good") == 200
    assert headlines(await sent.told()) == ["Order: DENIED"]
    assert await sent.told() == []
    state, note = sent.pushes()["bad"]
    assert (state, bool(note)) == ("unreadable", True)


async def test_an_event_that_is_too_large_is_not_refused_again_and_again(sent: Sent) -> None:
    assert await sent.posts(event(row(description="x" * 1_100_000)), "big") == 200
    await sent.told()
    state, note = sent.pushes()["big"]
    assert (state, "larger than 1,000,000 bytes" in note) == ("unreadable", True)


async def test_poison_three_times_is_told_as_a_source_that_fails(sent: Sent) -> None:
    for number in range(3):
        await sent.posts(b"poison %d" % number, f"p{number}")
    assert topics(await sent.told()) == ["source_unhealthy"]
    await sent.posts(event(row()), "good")
    assert topics(await sent.told()) == ["filed", "source_recovered"]


@pytest.mark.parametrize("kind", [3, 4, 5, 6, 99])
async def test_other_events_are_kept_and_say_what_they_are(sent: Sent, kind: int) -> None:
    body = json.dumps({"payload": {"id": 1, "status": 2}, "webhook": {"event_type": kind}})
    assert await sent.posts(body.encode()) == 200
    assert await sent.told() == []
    state, note = sent.pushes()["k1"]
    assert (state, bool(note)) == ("ignored", True)


async def test_the_sites_test_button_says_that_it_arrived(sent: Sent) -> None:
    await sent.posts(event(row(2208776613, docket=4214664)))
    assert await sent.told() == []
    assert "CourtListener's own test" in sent.pushes()["k1"][1]


async def test_a_docket_that_nobody_knows_is_named_with_the_remedy(sent: Sent) -> None:
    await sent.posts(event(row(docket=123)))
    assert await sent.told() == []
    assert "write `courtlistener: 123`" in sent.pushes()["k1"][1]


@pytest.mark.parametrize("version", [1, 2])
async def test_a_search_alert_tells_the_entries_that_it_found(sent: Sent, version: int) -> None:
    found = {
        "docket_id": DOCKET,
        "caseName": "DOE v. ROE",
        "recap_documents": [
            {
                "id": 5,
                "docket_entry_id": 900,
                "entry_number": 50,
                "entry_date_filed": "2026-03-04",
                "document_number": 50,
                "description": "ORDER <strong>denying</strong> 7 Motion to Stay.",
                "short_description": "Order",
            }
        ],
    }
    old = {"deprecation_date": "2024-11-18T00:00:00+00:00"} if version == 1 else {}
    await sent.posts(event(found, kind=2, version=version, **old))
    (told,) = await sent.told()
    assert told["entries"][0]["text"] == "ORDER denying 7 Motion to Stay."
    assert ("stop sending" in sent.pushes()["k1"][1]) is (version == 1)
    await sent.posts(event(row()), "k2")  # the docket alert of the same entry
    assert await sent.told() == []


async def test_a_backfill_is_one_message(sent: Sent) -> None:
    rows = [
        row(900 + n, date_filed="2025-04-01", description=f"ORDER No{n}. granting 3 Motion.")
        for n in range(300)
    ]
    before = len(sent.story.mails)
    assert await sent.posts(event(*rows)) == 200
    told = await sent.told()
    assert len(told) == 300
    assert len(sent.story.mails) - before == 1


async def test_it_joins_what_the_feed_showed_and_vouches_for_nothing(sent: Sent) -> None:
    story = sent.story
    story.files(500, "Order on Motion to Stay", entry=50)
    assert headlines(await story.polls()) == ["Order on Motion to Stay"]
    named = [{"id": 1, "document_number": "50", "description": "Order on Motion to Stay"}]
    await sent.posts(event(row(recap_documents=named)))
    (told,) = await sent.told()
    assert (told["topic"], told["entries"][0]["headline"]) == (
        "amended",
        "Order on Motion to Stay: DENIED",
    )
    with story.app.store.begin() as unit:
        (pushed,) = unit.sources.due(story.now, 1, ids=["cl:webhook"])
    assert pushed.state.covered_until is None


async def test_what_was_kept_before_a_crash_is_read_after_it(
    tmp_path: Path, database_url: str
) -> None:
    async with listening(tmp_path, database_url) as sent:
        assert await sent.posts(event(row())) == 200
        await sent.story.app.close()
        await sent.story.begin_with(WITH_ID.format(url=sent.story.url))
        assert headlines(await sent.told()) == ["Order: DENIED"]


async def test_what_cannot_be_kept_is_to_be_sent_again(tmp_path: Path) -> None:
    file = tmp_path / "m.db"
    async with listening(tmp_path, f"sqlite:///{file}") as sent:
        holder = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        holder.execute("BEGIN IMMEDIATE")
        assert await sent.posts(event(row())) == 503
        holder.execute("ROLLBACK")
        holder.close()
        assert await sent.posts(event(row())) == 200
        assert headlines(await sent.told()) == ["Order: DENIED"]


async def test_health_readiness_and_metrics(sent: Sent) -> None:
    await sent.posts(event(row()))
    await sent.told()
    async with httpx.AsyncClient(base_url=sent.url) as client:
        assert (await client.get("/healthz")).json() == {"ok": True, "reason": ""}
        assert (await client.get("/readyz")).status_code == 200
        said = (await client.get("/metrics")).text
    assert 'docket_monitor_pushes{state="read"} 1.0' in said
    assert 'docket_monitor_alerts_total{topic="filed"} 1.0' in said
    assert 'docket_monitor_deliveries{recipient="desk",state="sent"}' in said
    assert 'docket_monitor_source_healthy{source="court:dcd"} 1.0' in said


async def test_what_came_can_be_listed_shown_and_read_once_more(tmp_path: Path) -> None:
    async with listening(tmp_path, f"sqlite:///{tmp_path}/m.db") as sent:
        story = sent.story
        await sent.posts(event(row(docket=123)), "stranger")
        await sent.posts(b"\x1b[2J poison", "bad")
        await sent.told()
        listed = parsed(story, "pushed", "list")
        assert {(one["push_id"], one["state"]) for one in listed} == {
            ("cl:webhook:stranger", "ignored"),
            ("cl:webhook:bad", "unreadable"),
        }
        assert "\x1b" not in call(story, "pushed", "show", "cl:webhook:bad")
        assert "unreadable" not in call(story, "pushed", "list", "--state", "ignored")
        assert "within seconds" in call(story, "pushed", "retry", "cl:webhook:bad")
        await sent.told()
        assert sent.pushes()["bad"][0] == "unreadable"
        with pytest.raises(UsageError, match="did you mean “cl:webhook:bad”"):
            call(story, "pushed", "show", "cl:webhook:bat")
        with pytest.raises(UsageError, match="nothing was posted"):
            call(story, "pushed", "retry", "nothing")


def paper(name: str, *, is_there: bool) -> dict[str, Any]:
    path = {"is_available": True, "filepath_local": "recap/x.pdf"} if is_there else {}
    return {
        "id": 1,
        "document_number": "50",
        "pacer_doc_id": "04511111111",
        "description": name,
    } | path


async def test_a_paper_that_can_be_read_for_nothing_is_told_for_acts_alone(sent: Sent) -> None:
    for key, name, text in (("a", "Order", "ORDER denying 7 Motion."), ("b", "Notice", "NOTICE.")):
        entry = row(900 if key == "a" else 901, description=text)
        await sent.posts(event(entry | {"recap_documents": [paper(name, is_there=False)]}), key)
        assert topics(await sent.told()) == ["filed"]
        freed = event(entry | {"recap_documents": [paper(name, is_there=True)]})
        await sent.posts(freed, f"{key}2")
        told = await sent.told()
        assert topics(told) == (["document_available"] if key == "a" else [])
        await sent.posts(freed, f"{key}3")
        assert await sent.told() == []
    assert "Free to read: DENIED" in str([m["Subject"] for m in sent.story.mails])
