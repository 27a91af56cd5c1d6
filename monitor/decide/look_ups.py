"""What must be asked before its turn: the text of a fresh stub, and what a gap hid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monitor.decide.compare import Comparison
from monitor.decide.evidence import Evidence
from monitor.decide.quota import next_try
from monitor.decide.snapshots import alert_id, source_ref, watched_dockets
from monitor.model import alert as alerts
from monitor.model.alert import Filed, FilingAlert
from monitor.model.change import GapClosed, GapOpened
from monitor.model.coverage import OpenGap, gap_name
from monitor.model.docket import Docket
from monitor.model.outcome import Consequences, together
from monitor.model.quota import LookUp, Priority, Purpose, look_up_source


def judge_look_ups(
    evidence: Evidence, found: Comparison, told: Iterable[FilingAlert], gap: GapOpened | None
) -> Consequences:
    """What this reading makes us ask, and what it answers."""
    asked: list[LookUp] = []
    if evidence.policy.has_api:
        asked += _texts_missing(evidence, found, told)
        asked += _gap_look_ups(evidence, gap) if gap else ()
    came = Consequences(
        look_ups=tuple(asked), settled_look_ups=tuple(_texts_that_came(evidence, found))
    )
    # CourtListener's having no such docket is an answer, too.
    is_answer = evidence.source.traits.answers_look_ups and not evidence.reading.is_partial
    return together(came, _answers(evidence, found)) if is_answer else came


def _texts_missing(
    evidence: Evidence, found: Comparison, told: Iterable[FilingAlert]
) -> Iterator[LookUp]:
    """Whoever was told of a filing by its event name alone waits for its text."""
    for alert in told:
        for shown in alert.entries if isinstance(alert, Filed) else ():
            entry = found.entries[shown.entry_id]
            for docket_id in (
                () if entry.text else _listings(evidence, found.dockets[entry.docket_id])
            ):
                yield _text_look_up(docket_id, entry.entry_id, evidence)


def _listings(evidence: Evidence, docket: Docket) -> list[str]:
    """The dockets under whose names CourtListener lists this one: those that are watched as such.

    A defendant's docket is part of the listing of the case; of a whole court there is none.
    """
    watches = evidence.watchlist.watches_of(docket.court_id, docket.docket_number)
    return sorted({watch.docket_id for watch in watches if not watch.is_of_everything})


def _text_look_up(docket_id: str, entry_id: str, evidence: Evidence) -> LookUp:
    now = evidence.now
    source_id = look_up_source(docket_id)
    return LookUp(Purpose.TEXT, source_id, entry_id, Priority.TEXT, now, now)


def _texts_that_came(evidence: Evidence, found: Comparison) -> Iterator[str]:
    """Whoever brought it, a text that is there is not asked for any more."""
    for entry_id in found.changes:
        entry = found.entries[entry_id]
        for docket_id in _listings(evidence, found.dockets[entry.docket_id]) if entry.text else ():
            yield text_look_up_id(docket_id, entry_id)


def text_look_up_id(docket_id: str, entry_id: str) -> str:
    """What names the look-up of an entry's text."""
    return f"{Purpose.TEXT}:{look_up_source(docket_id)}:{entry_id}"


def _gap_look_ups(evidence: Evidence, gap: GapOpened) -> Iterator[LookUp]:
    subject, now = gap_name(gap.source_id, gap.from_at), evidence.now
    for docket_id in sorted({w.docket_id for w in evidence.watches if not w.is_of_everything}):
        source_id = look_up_source(docket_id)
        if source_id == gap.source_id:
            continue  # what it could not read it cannot look into
        yield LookUp(Purpose.GAP, source_id, subject, Priority.GAP, now, now)


def _answers(evidence: Evidence, found: Comparison) -> Consequences:
    """What was asked of this source, as far as this reading answers it, and the gaps it closes."""
    again: list[LookUp] = []
    settled: list[str] = []
    in_vain: list[str] = []
    due = [
        asked
        for asked in evidence.memory.look_ups
        if asked.source_id == evidence.source.source_id and asked.next_at <= evidence.now
    ]
    for asked in due:
        following = None if _is_answered(asked, found) else next_try(asked, evidence.now)
        if following is None:
            settled.append(asked.look_up_id)
        else:
            again.append(following)
        if asked.purpose is Purpose.TEXT and not _is_answered(asked, found):
            in_vain.append(asked.subject)
    answered = Consequences(
        look_ups=tuple(again),
        settled_look_ups=tuple(settled),
        asked_texts=tuple(in_vain),
    )
    return together(answered, _close_gaps(evidence, found, frozenset(settled)))


def _is_answered(asked: LookUp, found: Comparison) -> bool:
    entry = found.entries.get(asked.subject)
    return asked.purpose is Purpose.TEXT and entry is not None and bool(entry.text)


def _close_gaps(evidence: Evidence, found: Comparison, settled: frozenset[str]) -> Consequences:
    """A gap is closed when every docket that it touched was looked into as often as planned."""
    asked = evidence.memory.look_ups
    still_open = {one.subject for one in asked if one.look_up_id not in settled}
    ours = {one.subject for one in asked if one.look_up_id in settled}
    closed = [gap for gap in evidence.memory.gaps if gap.name in ours - still_open]
    return Consequences(
        changes=tuple(
            GapClosed(gap.source_id, gap.from_at, gap.until_at, gap.reason) for gap in closed
        ),
        alerts=tuple(_gap_closed(evidence, gap, found) for gap in closed),
    )


def _gap_closed(evidence: Evidence, gap: OpenGap, found: Comparison) -> alerts.GapClosed:
    entry_ids = dict.fromkeys((*gap.found, *_found_here(gap, found)))
    return alerts.GapClosed(
        alert_id=alert_id("gap_closed", gap.source_id, gap.from_at.isoformat()),
        created_at=evidence.now,
        why="you were told of this gap",
        source=source_ref(evidence.source),
        gap_source_id=gap.source_id,
        gap=alerts.Hole(gap.from_at, gap.until_at, gap.reason),
        entry_ids=tuple(entry_ids),
        dockets=watched_dockets(evidence.watches),
    )


def _found_here(gap: OpenGap, found: Comparison) -> Iterator[str]:
    for entry_id in found.changes:
        if found.is_new(entry_id) and gap.hides(found.entries[entry_id].date_filed):
            yield entry_id
