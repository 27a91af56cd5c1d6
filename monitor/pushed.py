"""What was posted to us, read: each body as one poll of the source that sent it.

    claim the source -> open the envelope -> read -> recall -> decide -> save -> settle

A crash between saving and settling reads a body once more, which finds nothing new.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from monitor.errors import ParseError
from monitor.match.watchlist import Watchlist, make_watchlist
from monitor.model.push import Envelope, Push, PushState
from monitor.model.reading import Reading
from monitor.model.source import Claim
from monitor.normalize.text import plain
from monitor.poll import Poller, claim_due
from monitor.ports import Clock, Fetched, PollUnit, PushedReader, Pushes
from monitor.render.message import counted

log = logging.getLogger(__name__)

#: So many are read before the thread is given to others.
_AT_ONCE = 20
_LEASE_SECONDS = 300.0
#: The sender repeats for two and a half days, and its names must be known that long.
_KEPT = timedelta(days=30)
_LONGEST_NOTE = 500


class PushedUnit(PollUnit, Protocol):
    """One transaction of whoever reads what was pushed."""

    @property
    def pushes(self) -> Pushes: ...


class PushedStore(Protocol):
    def begin(self) -> AbstractContextManager[PushedUnit]: ...


@dataclass(frozen=True, slots=True)
class PushReader:
    """Reads what waits, the oldest first. Blocking: the daemon gives it its writing thread."""

    store: PushedStore
    poller: Poller
    #: By the name of the kind.
    readers: Mapping[str, PushedReader]
    now: Clock

    def read_waiting(self) -> int:
        """Read some of what waits; return how many were settled."""
        with self.store.begin() as unit:
            unit.pushes.forget(self.now() - _KEPT)
            waiting = unit.pushes.waiting(_AT_ONCE)
        settled = 0
        for push in waiting:
            done = self._read(push)
            if done is None:
                break
            with self.store.begin() as unit:
                unit.pushes.settle(replace(done, processed_at=self.now()))
            settled += 1
        return settled

    def _read(self, push: Push) -> Push | None:
        """What became of it; None where another worker has the source."""
        claim, watchlist = self._claim(push)
        if claim is None:
            return None
        try:
            done, reading = self._reading(push, claim, watchlist)
        except ParseError as exc:
            log.warning("push unreadable", extra={"push_id": push.push_id, "reason": str(exc)})
            self.poller.conclude(claim, exc, watchlist)
            return _settled(push, PushState.UNREADABLE, str(exc))
        self.poller.conclude(claim, reading, watchlist)
        return done

    def _reading(self, push: Push, claim: Claim, watchlist: Watchlist) -> tuple[Push, Reading]:
        """What it says, and what is to be remembered of it. Raises ParseError."""
        if push.note:
            # What was cut short has a note from whoever took it.
            raise ParseError(push.note)
        reader = self.readers[claim.source.traits.kind]
        envelope = reader.open(push.body)
        push = replace(push, content_hash=envelope.content_hash)
        if not envelope.has_rows:
            return replace(push, state=PushState.IGNORED, note=envelope.words), Reading()
        with self.store.begin() as unit:
            if unit.pushes.was_read(push):
                return replace(push, state=PushState.REPEATED, note=envelope.words), Reading()
        body = Fetched(push.body)
        reading = reader.read(claim.source, claim.state, watchlist, (body,))
        if not isinstance(reading, Reading):
            raise TypeError("what is pushed cannot ask for more")
        return _told(push, envelope, reading, watchlist), reading

    def _claim(self, push: Push) -> tuple[Claim | None, Watchlist]:
        with self.store.begin() as unit:
            claims = claim_due(unit, self.now(), 1, _LEASE_SECONDS, ids=[push.source_id])
            watchlist = make_watchlist(unit.watches.all(), unit.watches.follows())
        return next(iter(claims), None), watchlist


def _told(push: Push, envelope: Envelope, reading: Reading, watchlist: Watchlist) -> Push:
    """What was in it, in words for whoever looks it up."""
    unknown = sorted(one for one in envelope.dockets if watchlist.with_cl_docket(one) is None)
    said = [f"{envelope.words} with {counted(len(reading.sightings), 'entry', 'entries')}"]
    if envelope.is_test:
        said.append("CourtListener's own test: it arrived")
    elif unknown:
        named = ", ".join(map(str, unknown[:5]))
        said.append(
            f"nobody watches CourtListener's docket {named}: write `courtlistener: {unknown[0]}` "
            "beside the docket in its case pack, if it is one of yours"
        )
    if reading.unreadable:
        said.append(f"{counted(len(reading.unreadable), 'row')} could not be read, and are kept")
    if envelope.is_deprecated:
        said.append("of a version that CourtListener will stop sending: register version 2")
    is_read = bool(reading.sightings or reading.unreadable)
    return _settled(push, PushState.READ if is_read else PushState.IGNORED, "; ".join(said))


def _settled(push: Push, state: PushState, note: str) -> Push:
    return replace(push, state=state, note=plain(note, _LONGEST_NOTE))
