"""All watches that are read, ready to be asked a hundred thousand times.

A court's feed carries the whole court.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence, Set
from dataclasses import dataclass

from monitor.match.captions import Resemblance, resemblance
from monitor.model.follow import Follow, FollowState
from monitor.model.source import Source
from monitor.model.watch import EVERYTHING, Watch, WatchState
from monitor.normalize.docket_number import same_docket, watch_keys


def is_about(watch: Watch, court_id: str, docket_number: str) -> bool:
    """Whether a watch, active or not, is about this docket; `store.watches.covers` in SQL."""
    is_same = watch.is_of_everything or same_docket(watch.docket_number, docket_number)
    return watch.court_id == court_id and is_same


@dataclass(frozen=True)
class Watchlist:
    """Which dockets are read, and which appeals are expected.

    A paused watch is read as an active one is, so that what comes meanwhile is recorded; only its
    alerts wait. Active ones come first.
    """

    watches: tuple[Watch, ...]
    name: str
    wanted: frozenset[tuple[str, str]]
    #: Appeals that are known to come, and whose numbers are not known.
    expected: tuple[Follow, ...] = ()
    #: Proposed links that a person said no to.
    refused: frozenset[str] = frozenset()
    #: Links that are settled.
    bound: frozenset[str] = frozenset()

    def keeps(self, court_id: str, docket_number: str) -> bool:
        """Whether some watch is about this docket."""
        wanted = self.wanted
        if (court_id, EVERYTHING) in wanted:
            return True
        # Most are refused by their spelling; what is left is asked of the watches themselves,
        # because a number without its office is a spelling of several dockets.
        is_near = any((court_id, key) in wanted for key in watch_keys(docket_number))
        return is_near and bool(self.watches_of(court_id, docket_number))

    def expects(self, court_id: str) -> bool:
        """Whether an appeal is known to come there whose number is not known."""
        return any(follow.court_id == court_id for follow in self.expected)

    def keeps_caption(self, court_id: str, case_name: str) -> bool:
        """Whether this may be the caption of an appeal that is expected there."""
        return bool(self.expecting(court_id, case_name))

    def expecting(self, court_id: str, case_name: str) -> tuple[tuple[Follow, Resemblance], ...]:
        """The expected appeals of which this may be the caption."""
        return tuple(
            (follow, how)
            for follow in self.expected
            if follow.court_id == court_id and (how := resemblance(follow.caption, case_name))
        )

    def watches_of(self, court_id: str, docket_number: str) -> tuple[Watch, ...]:
        """The watches that are about this docket."""
        return tuple(w for w in self.watches if is_about(w, court_id, docket_number))

    def watches_of_source(self, source: Source) -> tuple[Watch, ...]:
        """The watches for which this source is read; none for what shows no docket."""
        if source.traits.carries_whole_court:
            return tuple(watch for watch in self.watches if watch.court_id == source.court_id)
        if source.docket_number:
            return self.watches_of(source.court_id, source.docket_number)
        return ()

    def with_cl_docket(self, cl_docket_id: int) -> Watch | None:
        """The watch on the docket that CourtListener knows by this id."""
        return next((w for w in self.watches if w.cl_docket_id == cl_docket_id), None)

    def cl_docket_of(self, court_id: str, docket_number: str) -> int | None:
        """By which id CourtListener knows a watched docket, as far as that is known."""
        ids = (watch.cl_docket_id for watch in self.watches_of(court_id, docket_number))
        return next(filter(None, ids), None)


def make_watchlist(watches: Sequence[Watch], follows: Sequence[Follow] = ()) -> Watchlist:
    """Those of these watches that are read, and the appeals still expected."""
    expected = [f for f in _in_state(FollowState.PENDING, follows) if f.caption]
    refused = frozenset(f.follow_id for f in _in_state(FollowState.REFUSED, follows))
    bound = frozenset(f.follow_id for f in _in_state(FollowState.BOUND, follows))
    rank = {WatchState.ACTIVE: 0, WatchState.PAUSED: 1}
    read = tuple(sorted((w for w in watches if w.state in rank), key=lambda w: rank[w.state]))
    wanted = {(watch.court_id, watch.docket_number) for watch in read}
    wanted |= {(court, number.partition(":")[2] or number) for court, number in wanted}
    name = _name_of(wanted, expected)
    return Watchlist(read, name, frozenset(wanted), tuple(expected), refused, bound)


def _in_state(state: FollowState, follows: Sequence[Follow]) -> list[Follow]:
    """In one order, however they were stored."""
    found = (follow for follow in follows if follow.state is state)
    return sorted(found, key=lambda follow: (follow.follow_id, follow.caption))


def _name_of(wanted: Set[tuple[str, str]], expected: Sequence[Follow]) -> str:
    """Another name for another list, and the same for the same."""
    lines = sorted(f"{court} {number}" for court, number in wanted)
    words = "\n".join((*lines, *(f"{f.follow_id} {f.caption}" for f in expected)))
    return hashlib.blake2b(words.encode(), digest_size=8).hexdigest()
