"""A court, a monitor and its recipients on loopback, with a clock that tests turn by hand."""

from __future__ import annotations

import functools
import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from monitor.app import App, make_app
from monitor.demo.court import Court, CourtServer
from monitor.demo.mail import MailSink
from monitor.demo.timeline import DemoEntry, make_timeline
from monitor.settings.load import load_settings
from monitor.store.database import open_store

#: A Wednesday, so that staleness is judged strictly.
START = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
CTR = "1:25-cv-00457"

MONITOR = """\
database: "{database}"
packs: [pack.yaml]
polling: {{court_feeds: 10m, news: 30m}}
fetch: {{allow_private_addresses: true, allow_http: true, gap_seconds: 0, read_seconds: {read_seconds}, max_megabytes: 5}}
courtlistener: {{url: "{url}/api/rest/v4/", token: {{file: {token}}}, entries_every: 10m, appeals_every: 10m}}
supreme_court: {{url: "{url}/scotus/", every: 10m}}
email: {{host: 127.0.0.1, port: {port}, security: none, timeout_seconds: 30, from: monitor@example.org}}
recipients:
  - {{name: desk, email: desk@example.org}}
  - {{name: hook, webhook: "{url}/hook", secret: {{file: secret}}, schema_version: {version}}}
grace: {grace}
{routes}
"""
ROUTES = "routes: [{name: everything, to: [desk, hook]}]"
PACK = """\
pack: story
cases:
  - id: ctr-v-irs
    label: CTR v. IRS
    dockets: [{{court: dcd, number: "1:25-cv-00457"}}]
    news: {{names: [Center for Taxpayer Rights]}}
court_feeds: [{{court: dcd, url: "{url}/dcd/feed"}}, {{court: cadc, url: "{url}/cadc/feed"}}]
"""
PRESS = 'feeds: [{{id: press, url: "{url}/news.xml"}}]\n'


@dataclass
class Story:
    """Turn the clock, publish, poll, and look at what arrived."""

    folder: Path
    database: str
    court: Court
    url: str
    mail: MailSink
    now: datetime = START
    has_token: bool = False
    #: How long notifications wait for more; none by default, so that each poll tells by itself.
    grace: str = "0s"
    routes: str = ROUTES
    hook_version: int = 2
    #: A feed of the press is read in a process of its own: only where something is written.
    has_press: bool = False
    #: Long enough that a busy machine delays no answer into a second attempt.
    read_seconds: int = 20
    app: App = field(init=False)

    async def begin(self) -> None:
        self._write()
        await self.begin_as_written()

    async def begin_as_written(self) -> None:
        """Begin with the configuration as it stands."""
        self.app = make_app(
            load_settings(self.folder / "monitor.yaml"), now=lambda: self.now, chance=lambda: 0.5
        )

    async def begin_with(self, pack: str) -> None:
        """Begin again with another case pack."""
        (self.folder / "pack.yaml").write_text(pack)
        settings = load_settings(self.folder / "monitor.yaml")
        self.app = make_app(settings, now=lambda: self.now, chance=lambda: 0.5)

    async def restart(self) -> None:
        await self.app.close()
        await self.begin()

    async def polls(self, minutes: float = 10, *, deliver: bool = True) -> list[dict[str, Any]]:
        """Let time pass, read what is due, deliver; return the alerts that the hook was told."""
        before = len(self.court.received)
        self.now += timedelta(minutes=minutes)
        while await self.app.poll_due():
            await self.app.settle()
        if deliver:
            await self.app.dispatcher.drain()
        told = [document["data"] for document in self.documents[before:]]
        return [alert for data in told for alert in data.get("alerts", [data])]

    @property
    def documents(self) -> list[dict[str, Any]]:
        """Every webhook that came in, whole."""
        return [json.loads(hook.body) for hook in self.court.received]

    def files(self, seq: int, *events: str, entry: int | None = None, **more: Any) -> DemoEntry:
        """Something is entered on the docket now, or `minutes_ago`."""
        at = self.now - timedelta(minutes=more.pop("minutes_ago", 0))
        number, court = more.pop("number", CTR), more.pop("court", "dcd")
        filed = DemoEntry(seq, court, number, 0, events, entry, **more)
        self.court.publish(filed, at)
        return filed

    @property
    def mails(self) -> list[EmailMessage]:
        return self.mail.messages

    def _write(self) -> None:
        (self.folder / "secret").write_text("whsec_ZG9ja2V0LW1vbml0b3ItdGVzdC1zZWNyZXQ=")
        if self.has_token:
            (self.folder / "token").write_text("test-token")
        values = {"database": self.database, "url": self.url, "port": self.mail.port}
        more = {"grace": self.grace, "routes": self.routes, "version": self.hook_version}
        more |= {"token": "token" if self.has_token else "no-token"}
        text = MONITOR.format(**values, **more, read_seconds=self.read_seconds)
        (self.folder / "monitor.yaml").write_text(text)
        pack = PACK + (PRESS if self.has_press or self.court.timeline.stories else "")
        (self.folder / "pack.yaml").write_text(pack.format(url=self.url))


TIMELINE: dict[str, Any] = {
    "dockets": [
        {"court": "dcd", "number": CTR, "name": "CENTER FOR TAXPAYER RIGHTS v. IRS"},
        {"court": "dcd", "number": "1:25-cv-09999", "name": "DOE v. ROE"},
    ],
    "entries": [{"court": "dcd", "number": CTR, "event": "Complaint", "entry": 1}],
    "news": [],
}


@functools.cache
def _migrated() -> bytes:
    """An SQLite file as the first start leaves it: migrations have tests of their own."""
    with tempfile.TemporaryDirectory() as folder:
        open_store(f"sqlite:///{folder}/m.db").close()
        return Path(folder, "m.db").read_bytes()


def _begun_before(database: str) -> None:
    file = Path(database.removeprefix("sqlite:///"))
    if database.startswith("sqlite") and not file.exists():
        file.write_bytes(_migrated())


@asynccontextmanager
async def telling(
    folder: Path, database: str, *, timeline: dict[str, Any] | None = None, **more: Any
) -> AsyncIterator[Story]:
    """A story that has begun and whose first reading is done."""
    async with AsyncExitStack() as stack:
        clock: list[Story] = []
        court = Court(
            make_timeline(timeline or TIMELINE), now=lambda: clock[0].now if clock else START
        )
        server = stack.enter_context(CourtServer(court))
        mail = stack.enter_context(MailSink())
        _begun_before(database)
        story = Story(folder, database, court, server.url, mail, **more)
        clock.append(story)
        await story.begin()
        stack.push_async_callback(lambda: story.app.close())  # noqa: PLW0108  (a restart replaces it)
        await story.polls(1)
        yield story


def topics(told: list[dict[str, Any]]) -> list[str]:
    return [alert["topic"] for alert in told]


def headlines(told: list[dict[str, Any]]) -> list[str]:
    return [alert["entries"][0]["headline"] for alert in told]
