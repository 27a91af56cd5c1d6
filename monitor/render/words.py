"""A notification in words: each alert has its own, and several share one message.

Everything comes from the alerts themselves, so that every attempt says the same. Times are shown in
the court's zone, with the date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from monitor.model.alert import (
    Alert,
    Amended,
    AppealFound,
    AppealProposed,
    Briefing,
    CaughtUp,
    ClockSetBack,
    CoverageChanged,
    DeliveryGivenUp,
    DocketChanged,
    DocumentFreed,
    EntrySnapshot,
    Filed,
    FilingAlert,
    GapClosed,
    GapOpened,
    LeadPublished,
    NowWatching,
    Silenced,
    SourceRecovered,
    SourceUnhealthy,
    StoryPublished,
    TestAlert,
)
from monitor.model.delivery import Hold, Notification, Standing
from monitor.render import cases, filings, news, own, silence
from monitor.render.digest import digest_words
from monitor.render.message import (
    Item,
    Message,
    clip,
    counted,
    docket_words,
    moment,
    subject_of,
)
from monitor.render.visible import visible
from monitor.route.fold import fold

#: Of each filing in a bundle, so much of its text.
_BUNDLED_TEXT = 400
#: What the message itself lists; the history keeps the others.
_MOST_ITEMS = 200
#: Of a case over several courts: Washington's, where most of them are.
_ZONE = "America/New_York"


def message_of(notification: Notification) -> Message:
    """What this notification says."""
    told = fold(routed.alert for routed in visible(notification).alerts)
    return _with_standing(_of_told(told, notification), notification.standing or ())


def _of_told(told: Sequence[Alert], notification: Notification) -> Message:
    if notification.hold is Hold.DIGEST:
        return _digest(told, notification.send_after)
    return words_of(told[0]) if len(told) == 1 else bundle_words(told)


def _with_standing(message: Message, standing: Sequence[Standing]) -> Message:
    """With what is in force now in each case in which a court acted."""
    is_one = len(standing) == 1
    names = ("In force" if is_one else f"In force in {one.label}" for one in standing)
    said = (f"{one.words} (as of {moment(one.at, _ZONE)})" for one in standing)
    rows = list(zip(names, said, strict=True))
    return replace(message, rows=(*message.rows, *rows))


def _digest(told: Sequence[Alert], due: datetime) -> Message:
    filings = [alert for alert in told if isinstance(alert, Filed | Amended)]
    rest = [(alert, words_of(alert)) for alert in told if not isinstance(alert, Filed | Amended)]
    return digest_words(filings, rest, _filing_item, due, _whys(told))


def words_of(alert: Alert) -> Message:
    """What one alert says."""
    match alert:
        case Filed() | Amended() | DocumentFreed() | NowWatching():
            return filings.words(alert)
        case AppealFound() | AppealProposed() | DocketChanged():
            return cases.words(alert)
        case (
            GapOpened()
            | GapClosed()
            | SourceUnhealthy()
            | SourceRecovered()
            | CoverageChanged()
            | CaughtUp()
        ):
            return silence.words(alert)
        case StoryPublished() | LeadPublished():
            return news.words(alert)
        case DeliveryGivenUp() | ClockSetBack() | Briefing() | Silenced() | TestAlert():
            return own.words(alert)
        case _:
            assert_never(alert)


def bundle_words(alerts: Sequence[Alert]) -> Message:
    """Several alerts in one message: filings first, then what else there is to say."""
    told = [alert for alert in alerts if isinstance(alert, Filed | Amended)]
    if not told:
        return _stacked([words_of(alert) for alert in alerts])
    verdicts = [alert for alert in alerts if isinstance(alert, CaughtUp)]
    spoken_for = (Filed, Amended, CaughtUp)
    rest = [words_of(alert) for alert in alerts if not isinstance(alert, spoken_for)]
    return _of_filings(told, verdicts, rest, _whys(alerts))


def _whys(alerts: Sequence[Alert]) -> str:
    return " and ".join(dict.fromkeys(alert.why for alert in alerts))


def _of_filings(
    told: Sequence[FilingAlert], verdicts: Sequence[CaughtUp], rest: Sequence[Message], why: str
) -> Message:
    what = _count_words(told)
    headline = f"While we were away: {what}" if verdicts else what
    first = filings.subject_words(told[0], _entry_of(told[0]))
    lead = f"{headline}: {first}" + (" and others" if len(told) > 1 else "")
    return Message(
        subject=subject_of(told[0].case, _entry_of(told[0]).docket, lead),
        headline=headline,
        paragraphs=(
            *_verdict_words(verdicts),
            *(words for message in rest for words in (message.headline, *message.paragraphs)),
            *_left_out(told),
        ),
        items=tuple(_filing_item(alert) for alert in told[:_MOST_ITEMS]),
        rows=(("Read by", ", ".join(dict.fromkeys(alert.source.name for alert in told))),),
        why=why,
    )


def _stacked(messages: Sequence[Message]) -> Message:
    """One message after the other, under the first one's subject."""
    first, *others = messages
    more = (words for one in others for words in (one.headline, *one.paragraphs))
    return replace(
        first,
        paragraphs=(*first.paragraphs, *more),
        items=tuple(item for one in messages for item in one.items),
        rows=tuple(dict.fromkeys(row for one in messages for row in one.rows)),
        why=" and ".join(dict.fromkeys(one.why for one in messages)),
    )


def _count_words(told: Sequence[FilingAlert]) -> str:
    filed = sum(isinstance(alert, Filed) for alert in told)
    amended = len(told) - filed
    parts = [counted(filed, "new filing")] if filed else []
    return " and ".join([*parts, *([f"{amended} amended"] if amended else [])])


def _verdict_words(verdicts: Sequence[CaughtUp]) -> list[str]:
    """What the outage was worth, said once although it concerns several cases."""
    said = (words for v in verdicts for words in (silence.away_words(v), silence.verdict_words(v)))
    return list(dict.fromkeys(said))


def _left_out(told: Sequence[FilingAlert]) -> list[str]:
    more = len(told) - _MOST_ITEMS
    if more <= 0:
        return []
    return [f"The first {_MOST_ITEMS} are listed; {more} more: docket-monitor history"]


def _entry_of(alert: FilingAlert) -> EntrySnapshot:
    return alert.entries[0] if isinstance(alert, Filed) else alert.entry


def _filing_item(alert: FilingAlert) -> Item:
    entry = _entry_of(alert)
    is_late = isinstance(alert, Filed) and alert.after_gap is not None
    what = "found after a gap: " if is_late else ""
    what = f"amended ({filings.what_changed(alert)}): " if isinstance(alert, Amended) else what
    dockets = [one.docket for one in alert.entries] if isinstance(alert, Filed) else [entry.docket]
    lines = (
        *(docket_words(docket) for docket in dockets),
        clip(entry.text, _BUNDLED_TEXT),
        f"Kind: {filings.kind_words(alert.judgement)}",
        f"Ruling: {ruling}"
        if (ruling := filings.ruling_words(alert.judgement, entry.text))
        else "",
    )
    return Item(filings.dated_title(entry, what), tuple(filter(None, lines)), entry.first_url)
