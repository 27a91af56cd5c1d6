"""What would keep the daemon from its work: looked into one by one, each with a remedy.

Nothing is stored, nothing is told, and no call that CourtListener counts is made.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

from monitor.build import Web, make_couriers, make_fetcher
from monitor.deliver.email.courier import EmailCourier
from monitor.errors import DeliveryError, FetchError, NoDatabase, ParseError, StoreError
from monitor.history.record import Record, reading
from monitor.history.sources import sources
from monitor.model.source import CLOCKS_DIFFER, Source, SourceState
from monitor.ports import Clock, Fetched, Fetcher
from monitor.render.message import counted, span
from monitor.settings.load import Settings
from monitor.settings.plan import USAGE_SOURCE, config_watches, plan_sources
from monitor.settings.telling import unled
from monitor.sources.courtlistener.usage import read_api_usage
from monitor.sources.registry import polled_readers
from monitor.store.database import check_room, open_existing, sqlite_file

_GIGABYTE = 10**9
_LITTLE, _TOO_LITTLE = 2 * _GIGABYTE, _GIGABYTE // 4
_CLOCK_WARNING = timedelta(minutes=2)
#: Courts are asked a few at a time.
_AT_ONCE = 4


class State(Enum):
    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked into."""

    what: str
    state: State
    words: str


async def look_into_all(settings: Settings, database: str, now: Clock) -> tuple[Finding, ...]:
    """Everything, in an order that a person can work through."""
    found = [*_configuration(settings), *_database(database), *_disk(database)]
    found += _daemon(database, now)
    web = Web(settings)
    try:
        fetcher = make_fetcher(settings, web)
        found += await _sources(settings, fetcher, now)
        found += await _mail(settings, web, now)
    finally:
        await web.close()
    return tuple(found)


def _configuration(settings: Settings) -> Iterator[Finding]:
    for problem in (*settings.missing, *settings.warnings):
        state = State.WARNING if problem.is_warning else State.WRONG
        yield Finding("configuration", state, str(problem))
    cases = {case.id: case.label for pack in settings.packs for case in pack.cases if case.dockets}
    lost = [words for one, label in cases.items() if (words := unled(settings.config, one, label))]
    for words in lost:
        yield Finding("routes", State.WRONG, words)
    if cases and not lost:
        many = counted(len(cases), "case")
        yield Finding("routes", State.OK, f"the orders of {many} lead to somebody")


def _database(database: str) -> Iterator[Finding]:
    try:
        store = open_existing(database)
        try:
            with store.begin():
                pass
        finally:
            store.close()
    except NoDatabase:
        yield _unmade(database)
    except StoreError as exc:
        yield Finding("database", State.WRONG, str(exc))
    else:
        yield Finding("database", State.OK, "it can be written")


def _unmade(database: str) -> Finding:
    try:
        check_room(database)
    except StoreError as exc:
        return Finding("database", State.WRONG, str(exc))
    return Finding("database", State.OK, "there is none yet, and it can be made")


def _disk(database: str) -> Iterator[Finding]:
    file = sqlite_file(database)
    if file is None:
        return
    folder = next((one for one in file.absolute().parents if one.is_dir()), Path("/"))
    free = shutil.disk_usage(folder).free
    words = f"{free / _GIGABYTE:.1f} GB are free in {folder}"
    if free < _TOO_LITTLE:
        yield Finding("disk", State.WRONG, f"{words}: make room, or nothing can be stored soon")
    else:
        state = State.WARNING if free < _LITTLE else State.OK
        yield Finding("disk", state, words)


def _daemon(database: str, now: Clock) -> Iterator[Finding]:
    try:
        store = open_existing(database, to_read=True)
    except StoreError:
        return
    try:
        with reading(store) as record:
            yield from _running(record, now())
            yield from _off(record)
    finally:
        store.close()


def _running(record: Record, now: datetime) -> Iterator[Finding]:
    lines = [one for one in sources(record, now) if one.enabled]
    overdue = [one.source_id for one in lines if one.is_overdue]
    if overdue:
        words = f"{overdue[0]} and others" if len(overdue) > 1 else overdue[0]
        message = f"{words} was due and nobody read it: start docket-monitor run"
        yield Finding("daemon", State.WRONG, message)
    elif lines:
        yield Finding("daemon", State.OK, "it reads what is due")


def _off(record: Record) -> Iterator[Finding]:
    for one in record.unit.channels.every():
        if not (one.off_since or one.rests_since):
            continue
        words = f"{one.recipient} gets nothing, because {one.reason}: docket-monitor recipients on"
        yield Finding("recipients", State.WARNING, f"{words} {one.recipient}")


# --- the net ---


async def _sources(settings: Settings, fetcher: Fetcher, now: Clock) -> list[Finding]:
    planned = plan_sources(settings, config_watches(settings.packs, now()))
    asked = [one for one in planned if not one.traits.spends_quota and not one.traits.is_pushed]
    turns = asyncio.Semaphore(_AT_ONCE)
    looks = [_source(one, fetcher, turns, now) for one in asked]
    found = [finding for some in await asyncio.gather(*looks) for finding in some]
    if not any(one.source_id == USAGE_SOURCE for one in asked):
        words = "without one only the courts' feeds are read, which show a day and no texts"
        found.append(Finding("CourtListener's token", State.WARNING, words))
    return found


async def _source(
    source: Source, fetcher: Fetcher, turns: asyncio.Semaphore, now: Clock
) -> list[Finding]:
    what = f"source {source.source_id}"
    reader = polled_readers()[source.traits.kind]
    request = reader.first_request(source, SourceState(now()))
    try:
        async with turns:
            answer = await fetcher.fetch(request)
        words = _said(source, answer) if isinstance(answer, Fetched) else "it answers"
    except (FetchError, ParseError) as exc:
        return [Finding(what, State.WRONG, str(exc))]
    clock = _clock(answer, now()) if isinstance(answer, Fetched) else None
    return [Finding(what, State.OK, words), *([clock] if clock else [])]


def _said(source: Source, answer: Fetched) -> str:
    """What an answer says of itself. Raises ParseError where it is not what it should be."""
    if source.source_id != USAGE_SOURCE:
        return f"it answers, with {len(answer.body):,} bytes"
    limits = read_api_usage(answer)
    return f"the token is valid; {', '.join(f'{one.used} of {one.rate} used' for one in limits)}"


def _clock(answer: Fetched, now: datetime) -> Finding | None:
    """Whether this machine's clock differs from a server's; None where that says nothing."""
    if answer.served_at is None:
        return None
    apart = abs(now - answer.served_at)
    if apart <= _CLOCK_WARNING:
        return None
    state = State.WRONG if apart > CLOCKS_DIFFER else State.WARNING
    much = span(apart.total_seconds())
    return Finding("clock", state, f"it differs by {much} from a server's: let NTP keep it")


async def _mail(settings: Settings, web: Web, now: Clock) -> list[Finding]:
    """The mail server, once: all mail goes through one."""
    if any(problem.key == "email.password" for problem in settings.missing):
        return []
    couriers = make_couriers(settings, web, now).values()
    mail = next((one for one in couriers if isinstance(one, EmailCourier)), None)
    return [] if mail is None else [await _mail_server(mail.greet)]


async def _mail_server(greet: Callable[[], Awaitable[str]]) -> Finding:
    try:
        return Finding("mail server", State.OK, await greet())
    except DeliveryError as exc:
        return Finding("mail server", State.WRONG, exc.reason)


def worst(found: Sequence[Finding]) -> State:
    """The worst of all."""
    order = (State.OK, State.WARNING, State.WRONG)
    return max((one.state for one in found), key=order.index, default=State.OK)
