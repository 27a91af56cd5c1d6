"""What is watched, which appeals are followed, and who was read for the first time. One part of a
unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.model.follow import Follow, FollowState
from monitor.model.outcome import Consequences
from monitor.model.subjects import SubjectKind
from monitor.model.watch import EVERYTHING, Watch, WatchState
from monitor.store import rows, schema
from monitor.store.writer import Writer


def covers(watch: sa.FromClause, docket: sa.FromClause) -> sa.ColumnElement[bool]:
    """Whether a watch covers a docket: as `same_docket`, for rows of the two tables.

    A watch covers the dockets of all defendants, and one on everything those of its court.
    """
    watched, number = watch.c.docket_number, docket.c.docket_number
    is_same = sa.or_(
        watched == EVERYTHING,
        number == watched,
        number.like(watched.concat("-%")),
        # An office may be missing on either side: "3:" of districts, "8-" of bankruptcy courts.
        number.like(sa.literal("_%:").concat(watched)),
        number.like(sa.literal("_%:").concat(watched).concat("-%")),
        watched.like(sa.literal("_%:").concat(number)),
        sa.and_(watched.like("__-_____"), number.like(sa.literal("_-").concat(watched))),
        sa.and_(number.like("__-_____"), watched.like(sa.literal("_-").concat(number))),
    )
    return sa.and_(watch.c.court_id == docket.c.court_id, is_same)


def watches_of(alert: sa.FromClause) -> sa.Select[int]:
    """Rows for the watches that cover a docket of this alert: to be narrowed, and asked for."""
    s, d, w = schema.alert_subjects, schema.dockets, schema.watches
    return (
        sa.select(sa.literal(1))
        .select_from(s)
        .join(d, d.c.docket_id == s.c.subject_id)
        .join(w, covers(w, d))
        .where(s.c.alert_id == alert.c.alert_id, s.c.kind == SubjectKind.DOCKET.value)
    )


@dataclass(frozen=True, slots=True)
class WatchTable:
    """See `ports.Watches`."""

    writer: Writer

    def all(self) -> Sequence[Watch]:
        return self._watches(schema.watches.c.state != WatchState.REMOVED.value)

    def every(self) -> Sequence[Watch]:
        """Removed ones, too."""
        return self._watches(sa.true())

    def _watches(self, which: sa.ColumnElement[bool]) -> Sequence[Watch]:
        w, d = schema.watches, schema.dockets
        # CourtListener's id of a docket is often learned only by reading it.
        known_id = sa.func.coalesce(w.c.cl_docket_id, d.c.cl_docket_id).label("known_cl_docket_id")
        same = sa.and_(d.c.court_id == w.c.court_id, d.c.docket_number == w.c.docket_number)
        query = sa.select(w, known_id).join_from(w, d, same, isouter=True).where(which)
        found = self.writer.connection.execute(query.order_by(w.c.watch_id))
        return [rows.to_watch(row) for row in found]

    def states(self) -> dict[str, tuple[WatchState, str]]:
        """Watch id -> state and origin, removed ones too."""
        t = schema.watches
        query = sa.select(t.c.watch_id, t.c.state, t.c.origin)
        found = self.writer.connection.execute(query)
        return {row[0]: (WatchState(row[1]), row[2]) for row in found}

    def put(self, watch: Watch) -> None:
        """Add a watch, or change label and state of a known one. `since` stays as it was."""
        keep = ("since", "told_at", "leads_to")
        self.writer.upsert(schema.watches, [rows.watch_row(watch)], "watch_id", keep=keep)

    def set_state(self, watch_id: str, state: WatchState) -> bool:
        t = schema.watches
        update = sa.update(t).where(t.c.watch_id == watch_id).values(state=state.value)
        return self.writer.connection.execute(update).rowcount == 1

    def set_leads(self, leads: Mapping[str, Sequence[str]]) -> None:
        """Watch id -> the recipients to whom the rules lead its filings."""
        t = schema.watches
        for watch_id, recipients in leads.items():
            update = sa.update(t).where(t.c.watch_id == watch_id)
            self.writer.connection.execute(update.values(leads_to=list(recipients)))

    # --- first readings ---

    def baselines(self, source_id: str) -> frozenset[str]:
        t = schema.baselines
        query = sa.select(t.c.watch_id).where(t.c.source_id == source_id)
        return frozenset(self.writer.connection.execute(query).scalars())

    def forget_baselines(self, watch_id: str, since: datetime) -> None:
        """A watch that begins anew reads everything there is as its baseline."""
        t, w = schema.baselines, schema.watches
        self.writer.connection.execute(sa.delete(t).where(t.c.watch_id == watch_id))
        begin = sa.update(w).where(w.c.watch_id == watch_id).values(since=since, told_at=None)
        self.writer.connection.execute(begin)
        self._drop_waiting(watch_id, since)

    def _drop_waiting(self, watch_id: str, now: datetime) -> None:
        """What waited for a watch that rested, and was removed then, is no news any more."""
        a, w = schema.alerts, schema.watches
        about = watches_of(a).where(w.c.case_id == a.c.case_id)
        is_ours = about.where(w.c.watch_id == watch_id).exists()
        # One ruling may stand on another docket of the case, whose watch still waits.
        others = about.where(w.c.watch_id != watch_id, w.c.state != WatchState.REMOVED.value)
        waits = sa.update(a).where(a.c.routed_at.is_(None), is_ours, ~others.exists())
        self.writer.connection.execute(waits.values(routed_at=now))

    # --- appeals ---

    def follows(self) -> Sequence[Follow]:
        t = schema.follows
        found = self.writer.connection.execute(sa.select(t).order_by(t.c.at))
        return [rows.to_follow(row) for row in found]

    def settle_follow(self, follow: Follow) -> None:
        """Remember what is known of an appeal; a bound number settles what was pending below."""
        t = schema.follows
        if follow.state in {FollowState.PENDING, FollowState.PROPOSED}:
            self.writer.add_new(t, [rows.follow_row(follow)])
            return
        self.writer.upsert(t, [rows.follow_row(follow)], "follow_id")
        if follow.state is FollowState.BOUND:
            below = sa.and_(
                t.c.lower_docket_id == follow.lower_docket_id,
                t.c.court_id == follow.court_id,
                t.c.case_id == follow.case_id,
            )
            states = (FollowState.PENDING.value, FollowState.PROPOSED.value)
            self.writer.connection.execute(sa.delete(t).where(below, t.c.state.in_(states)))

    # --- saving a poll ---

    def save(self, found: Consequences, source_id: str, now: datetime) -> None:
        for follow in found.follows:
            self.settle_follow(follow)
        self.writer.add_new(schema.watches, [rows.watch_row(watch) for watch in found.watches])
        given = [
            {"watch_id": watch_id, "source_id": source_id, "at": now}
            for watch_id in found.baselines
        ]
        self.writer.add_new(schema.baselines, given)
        if found.told_watches:
            t = schema.watches
            told = sa.update(t).where(t.c.watch_id.in_(found.told_watches))
            self.writer.connection.execute(told.values(told_at=now))
