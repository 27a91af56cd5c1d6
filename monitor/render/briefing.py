"""Silence, said aloud: what came in over some time, and what could be seen of each docket."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monitor.model.alert import Briefing, DocketBrief
from monitor.model.court import court
from monitor.render.message import Item, Message, Section, counted, docket_words, moment

_ZONE = "America/New_York"
_MOST_ACTS, _MOST_HOLES = 10, 5
_UNSEEN = "What this monitor could not see"


def briefing_words(alert: Briefing) -> Message:
    """All quiet is said only where every docket was seen all the time, and nothing was filed."""
    zone = court(alert.dockets[0].docket.court_id).timezone if alert.dockets else _ZONE
    said = f"{_verdict(alert)} since {moment(alert.since, zone)}"
    return Message(
        subject=f"[docket-monitor] {said}",
        headline=said,
        paragraphs=tuple(_remarks(alert)),
        sections=tuple(_sections(alert)),
        why=alert.why,
    )


def _verdict(alert: Briefing) -> str:
    acts = sum(len(one.acts) for one in alert.dockets)
    others = sum(one.others for one in alert.dockets)
    many = counted(len(alert.dockets), "docket")
    if acts or others:
        parts = [counted(acts, "act of a court", "acts of courts")] if acts else []
        parts += [counted(others, "other filing")] if others else []
        return f"{', '.join(parts)} in {many}"
    if not alert.dockets:
        return "No docket leads to you"
    if any(map(_is_unseen, alert.dockets)):
        return f"Nothing was seen in {many}, and not all could be seen,"
    return f"All quiet: nothing was filed in {many}"


def _is_unseen(brief: DocketBrief) -> bool:
    return bool(brief.holes) or brief.seen_until is None


def _remarks(alert: Briefing) -> Iterator[str]:
    if not alert.dockets:
        yield "Nothing is watched whose orders would come to you: docket-monitor check says why."
    elif any(map(_is_unseen, alert.dockets)):
        yield "Where a time is named below, no source vouches for it: look at the docket itself."


def _sections(alert: Briefing) -> Iterator[Section]:
    for label in dict.fromkeys(one.case.label for one in alert.dockets):
        of_case = [one for one in alert.dockets if one.case.label == label]
        yield Section(label, tuple(map(_item, of_case)))
    if alert.silences:
        yield Section("Silenced", tuple(Item(words) for words in alert.silences))
    if alert.unreliable:
        yield Section(_UNSEEN, tuple(Item(words) for words in alert.unreliable))


def _item(brief: DocketBrief) -> Item:
    return Item(docket_words(brief.docket), tuple(_lines(brief)))


def _lines(brief: DocketBrief) -> Iterator[str]:
    zone = court(brief.docket.court_id).timezone
    yield from _first(brief.acts, _MOST_ACTS)
    if brief.others:
        yield counted(brief.others, "other filing")
    if not (brief.acts or brief.others):
        yield "nothing was filed that we saw"
    if brief.seen_until:
        yield f"seen until {moment(brief.seen_until, zone)}"
    else:
        yield "NOT SEEN: no source vouches for it"
    holes = [f"{moment(one.from_at, zone)} to {moment(one.until_at, zone)}" for one in brief.holes]
    yield from (f"NOT SEEN from {words}" for words in _first(holes, _MOST_HOLES))


def _first(words: Iterable[str], most: int) -> Iterator[str]:
    some = list(words)
    yield from some[:most]
    if len(some) > most:
        yield f"and {len(some) - most} more"
