"""What silence is worth, in words: gaps, time away, sick sources."""

from __future__ import annotations

from typing import assert_never

from monitor.model.alert import (
    CaughtUp,
    CoverageChanged,
    GapClosed,
    GapOpened,
    Hole,
    ListedFiling,
    SilenceAlert,
    SourceRecovered,
    SourceRef,
    SourceUnhealthy,
)
from monitor.model.court import court
from monitor.render.filings import dated_title
from monitor.render.message import (
    Item,
    Message,
    counted,
    labelled,
    moment,
    subject_of,
    watched_words,
)

_WHOLE = "What it shows now joins what it showed before: nothing is missing that it carries."
_LOOK = "Look at the docket itself if it matters."


def words(alert: SilenceAlert) -> Message:
    match alert:
        case GapOpened():
            return _gap_opened(alert)
        case GapClosed():
            return _gap_closed(alert)
        case SourceUnhealthy():
            return _unhealthy(alert)
        case SourceRecovered():
            return _recovered(alert)
        case CoverageChanged():
            return _coverage_changed(alert)
        case CaughtUp():
            return _caught_up(alert)
        case _:
            assert_never(alert)


def _gap_opened(alert: GapOpened) -> Message:
    """A hole was found."""
    if alert.unread:
        return _unread(alert)
    start, end = _times(alert.gap, alert.source)
    name = alert.source.name
    return Message(
        subject=f"[docket-monitor] Gap in {name}",
        headline=f"A gap: nothing vouches for {name} between {start} and {end}",
        paragraphs=(
            f"Something may have been filed then that we did not see: {alert.gap.reason}.",
            _LOOK,
        ),
        rows=labelled(("Dockets", watched_words(alert.dockets))),
        why=alert.why,
    )


def _unread(alert: GapOpened) -> Message:
    """Something of a watched court came in that we can make nothing of."""
    start, end = _times(alert.gap, alert.source)
    name = alert.source.name
    what = counted(len(alert.unread), "item")
    return Message(
        subject=f"[docket-monitor] Could not be read: {what} of {name}",
        headline=f"{what} of {name} could not be read: it may be an order of yours",
        paragraphs=(
            "These are the words that came:",
            *(f"“{words}”" for words in alert.unread),
            f"Until somebody looked, nothing vouches for {name} between {start} and {end}.",
            _LOOK,
        ),
        rows=labelled(("Dockets", watched_words(alert.dockets))),
        why=alert.why,
    )


def _gap_closed(alert: GapClosed) -> Message:
    """A hole was looked into."""
    start, end = _times(alert.gap, alert.source)
    return Message(
        subject=f"[docket-monitor] Gap looked into ({alert.gap_source_id})",
        headline=f"The gap between {start} and {end} was looked into",
        paragraphs=(
            _found_words(alert.entry_ids),
            f"It was filled in from {alert.source.name}; what is not there either, as sealed "
            "filings, stays invisible.",
        ),
        rows=labelled(("Dockets", watched_words(alert.dockets))),
        why=alert.why,
    )


def _found_words(entry_ids: tuple[str, ...]) -> str:
    if not entry_ids:
        return "No entry of that time was found that we had not seen."
    more = " and others." if len(entry_ids) > 1 else "."
    entries = counted(len(entry_ids), "entry", "entries")
    were = "was" if len(entry_ids) == 1 else "were"
    return f"{entries} of that time {were} found since: docket-monitor show {entry_ids[0]}{more}"


def _caught_up(alert: CaughtUp) -> Message:
    """What came in while a source was not read."""
    what = _what_came(alert)
    return Message(
        subject=subject_of(alert.case, alert.docket, f"while we were away: {what}"),
        headline=f"While we were away: {what}",
        paragraphs=(away_words(alert), verdict_words(alert)),
        items=tuple(_listed(filing) for filing in alert.filings),
        rows=(("Read by", alert.source.name),),
        why=alert.why,
    )


def _what_came(alert: CaughtUp) -> str:
    if alert.filed:
        return counted(alert.filed, "new filing")
    if alert.gap is not None:
        return "something may be missing"
    return f"{counted(alert.amended, 'filing')} amended" if alert.amended else "nothing was filed"


def away_words(alert: CaughtUp) -> str:
    """From when to when a source was not read."""
    zone = _zone(alert.source)
    start, end = moment(alert.since, zone), moment(alert.until, zone)
    return f"{alert.source.name} was not read between {start} and {end}."


def verdict_words(alert: CaughtUp) -> str:
    """Whether anything is missing."""
    if alert.gap is None:
        return _WHOLE
    start, end = _times(alert.gap, alert.source)
    return (
        f"Something may be missing: nothing vouches for the time between {start} and {end} "
        f"({alert.gap.reason}). {_LOOK}"
    )


def _listed(filing: ListedFiling) -> Item:
    what = "amended: " if filing.is_amendment else ""
    return Item(dated_title(filing.entry, what), url=filing.entry.first_url)


def _unhealthy(alert: SourceUnhealthy) -> Message:
    """A source cannot be relied on."""
    zone = _zone(alert.source)
    headline = f"{alert.source.name} cannot be relied on"
    return Message(
        subject=f"[docket-monitor] {headline}",
        headline=headline,
        paragraphs=(f"Until it recovers, its silence does not mean that nothing {_was(alert)}.",),
        rows=labelled(
            ("Reason", alert.reason),
            ("Since", moment(alert.since, zone)),
            ("Last good", moment(alert.last_good_at, zone)),
            ("Dockets", watched_words(alert.dockets)),
        ),
        why=alert.why,
    )


def _was(alert: SourceUnhealthy) -> str:
    return "was filed" if alert.dockets else "happened"


def _recovered(alert: SourceRecovered) -> Message:
    """A source can be relied on again."""
    since = moment(alert.since, _zone(alert.source))
    headline = f"{alert.source.name} works again"
    said = f"It was out of order since {since}."
    return Message(
        subject=f"[docket-monitor] {headline}",
        headline=headline,
        paragraphs=(f"{said} {_WHOLE}" if alert.is_whole else said,),
        rows=labelled(
            ("Reason", alert.reason), ("Since", since), ("Dockets", watched_words(alert.dockets))
        ),
        why=alert.why,
    )


def _coverage_changed(alert: CoverageChanged) -> Message:
    """A source carries other types of entries."""
    headline = f"{alert.source.name} now carries other entries"
    reason = f"it carried “{alert.before}” and now carries “{alert.after}”"
    return Message(
        subject=f"[docket-monitor] {headline}",
        headline=headline,
        paragraphs=("Check what you rely on.",),
        rows=labelled(
            ("Reason", reason),
            ("Since", moment(alert.created_at, _zone(alert.source))),
            ("Dockets", watched_words(alert.dockets)),
        ),
        why=alert.why,
    )


def _times(gap: Hole, source: SourceRef) -> tuple[str, str]:
    zone = _zone(source)
    return moment(gap.from_at, zone), moment(gap.until_at, zone)


def _zone(source: SourceRef) -> str:
    return court(source.court_id).timezone if source.court_id else "UTC"
