"""The site of two cases of the built-in court, as it is published: docs/sample-site.

    make sample-site

The clock is a value, and sources are read one after the other, so that it is the same at each time.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from monitor.app import App, make_app
from monitor.demo.court import Court, CourtServer
from monitor.demo.timeline import DemoEntry, Timeline, load_timeline
from monitor.history.record import reading
from monitor.history.sources import sources
from monitor.settings.load import load_settings
from monitor.show.cli.commands.demo import MONITOR, PACK
from monitor.show.web.static.build import SiteReport, StaticSite
from monitor.show.web.static.files import LIST, SiteFolder
from monitor.store import schema

SAMPLE = Path(__file__).parent.parent / "docs" / "sample-site"
CASES = ("acme-v-example", "ctr-v-irs")
BEGINS = datetime(2026, 1, 6, 15, 0, tzinfo=UTC)
#: What the demo tells in a second takes half a day here.
SECOND = timedelta(hours=12)
#: In the place of the built-in court, which has another address at each time.
COURT = "https://court.example"
DAYS = 22


@dataclass
class Clock:
    at: datetime = BEGINS

    def now(self) -> datetime:
        return self.at


def slow_timeline() -> Timeline:
    """The shipped timeline over weeks, of the same year whenever it is told."""
    told = load_timeline()
    year = f"{datetime.now(UTC):%y}-"

    def of_2026(number: str) -> str:
        return number.replace(f"1:{year}cv-08888", "1:26-cv-08888").replace(
            f"{year}5888", "26-5888"
        )

    def slower(entry: DemoEntry) -> DemoEntry:
        step = SECOND.total_seconds()
        after, text_after = entry.after * step, entry.text_after * step
        return replace(entry, number=of_2026(entry.number), after=after, text_after=text_after)

    dockets = tuple(
        replace(one, number=of_2026(one.number), appeal_from=of_2026(one.appeal_from))
        for one in told.dockets
    )
    return replace(told, dockets=dockets, entries=tuple(map(slower, told.entries)), stories=())


def _settings(folder: Path, url: str) -> Path:
    (folder / "token").write_text("demo-token")
    (folder / "secret").write_text("whsec_ZG9ja2V0LW1vbml0b3ItZGVtby1zZWNyZXQ=")
    (folder / "pack.yaml").write_text(PACK.format(url=url, year="26"))
    (folder / "monitor.yaml").write_text(MONITOR.format(url=url, smtp_port=1))
    return folder / "monitor.yaml"


async def _live(app: App, clock: Clock) -> None:
    """Read every source once a day, one after the other."""
    for day in range(DAYS):
        clock.at = BEGINS + timedelta(days=day)
        for source_id in _sources(app):
            await app.poll_now([source_id])


def _sources(app: App) -> Iterator[str]:
    with reading(app.store) as record:
        found = sources(record, app.now())
    yield from sorted(one.source_id for one in found if one.enabled and one.kind != "news_feed")


def _move(app: App, url: str) -> None:
    """Let every link lead to a court that is nowhere."""
    column = schema.entries.c.url
    with sa.create_engine(app.settings.database).begin() as connection:
        connection.execute(
            sa.update(schema.entries).values(url=sa.func.replace(column, url, COURT))
        )


async def _make(folder: Path, place: Path) -> SiteReport:
    clock = Clock()
    court = Court(slow_timeline(), now=clock.now, daily_limit=100_000)
    with CourtServer(court) as server:
        settings = load_settings(_settings(folder, server.url))
        app = make_app(settings, now=clock.now, chance=lambda: 0.5)
        try:
            await _live(app, clock)
            _move(app, server.url)
            files = SiteFolder(place)
            title = "A sample: the built-in court"
            return StaticSite(app.store, files, title, "", CASES, clock.now).build()
        finally:
            await app.close()


def make(place: Path) -> SiteReport:
    """Write the sample to this folder."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        return asyncio.run(_make(folder, place))


def main() -> None:
    shutil.rmtree(SAMPLE, ignore_errors=True)
    print(make(SAMPLE))
    # It is another one with each change of the program, and nobody builds on here.
    (SAMPLE / LIST).unlink()


if __name__ == "__main__":
    main()
