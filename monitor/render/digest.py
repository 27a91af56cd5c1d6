"""A digest in words: what came in since the last one, case by case, the courts' acts first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from monitor.model.alert import Alert, Filed, FilingAlert, SilenceAlert
from monitor.model.court import court
from monitor.model.docket import COURT_ACTS, EntryKind
from monitor.render.filings import dated_title
from monitor.render.message import Item, Message, Section, counted, day

#: Of the routine papers of a case, so many are named.
_MOST_ROUTINE = 20
_MOST_LABELS = 2
_APPEALS = frozenset({EntryKind.NOTICE_OF_APPEAL, EntryKind.APPEAL_RELATED})
_ALSO, _UNSEEN = "Also", "What this monitor could not see"
_LOOK_UP = "docket-monitor history lists them"
#: A part of the digest, and what stands of it in the table of contents.
Part = tuple[Section, str]


def digest_words(
    filings: Sequence[FilingAlert],
    rest: Sequence[tuple[Alert, Message]],
    item_of: Callable[[FilingAlert], Item],
    due: datetime,
    why: str,
) -> Message:
    """`rest` are the other alerts, each with its own words; `item_of` tells of one filing."""
    headline = f"Digest of {_day_of(filings, due)}: {_counts(filings, len(rest))}"
    parts = (*_of_cases(filings, item_of), *_of_rest(rest))
    return Message(
        subject=f"Digest: {_counts(filings, len(rest))}{_labels(filings)}",
        headline=headline,
        preheader="; ".join(_headline(one) for one in filings[:3]),
        contents=tuple((one.title, words) for one, words in parts),
        sections=tuple(section for section, _ in parts),
        why=why,
    )


def _day_of(filings: Sequence[FilingAlert], due: datetime) -> str:
    docket = _entry_docket(filings[0]) if filings else ""
    zone = court(docket).timezone if docket else "America/New_York"
    return day(due.astimezone(ZoneInfo(zone)).date())


def _entry_docket(alert: FilingAlert) -> str:
    entry = alert.entries[0] if isinstance(alert, Filed) else alert.entry
    return entry.docket.court_id


def _by_case(filings: Sequence[FilingAlert]) -> dict[str, list[FilingAlert]]:
    found: dict[str, list[FilingAlert]] = {}
    for alert in filings:
        found.setdefault(alert.case.label, []).append(alert)
    return found


def _is_act(alert: FilingAlert) -> bool:
    return bool(alert.judgement.kinds & COURT_ACTS)


def _is_routine(alert: FilingAlert) -> bool:
    return not alert.judgement.kinds & (COURT_ACTS | _APPEALS)


def _counts(filings: Sequence[FilingAlert], others: int) -> str:
    """What came in, in numbers.

    An act of a court is counted as such also where that is not certain: it is to be read.
    """
    acts = sum(map(_is_act, filings))
    routine = sum(map(_is_routine, filings))
    appeals = len(filings) - acts - routine
    parts = [
        (acts, counted(acts, "act of a court", "acts of courts")),
        (appeals, counted(appeals, "step of an appeal", "steps of appeals")),
        (routine, counted(routine, "other filing")),
        (others, counted(others, "other message")),
    ]
    return ", ".join(words for count, words in parts if count)


def _labels(filings: Sequence[FilingAlert]) -> str:
    labels = list(_by_case(filings))
    if not labels:
        return ""
    more = len(labels) - _MOST_LABELS
    named = ", ".join(labels[:_MOST_LABELS]) + (f" and {more} more" if more > 0 else "")
    return f" — {named}"


def _of_cases(
    filings: Sequence[FilingAlert], item_of: Callable[[FilingAlert], Item]
) -> Iterator[Part]:
    for label, some in _by_case(filings).items():
        yield Section(label, _of_case(some, item_of)), _counts(some, 0)


def _of_case(
    filings: Sequence[FilingAlert], item_of: Callable[[FilingAlert], Item]
) -> tuple[Item, ...]:
    """The courts' acts and appeals each by itself, what is routine in one item."""
    weighty = sorted((one for one in filings if not _is_routine(one)), key=_weight)
    routine = [one for one in filings if _is_routine(one)]
    return (*map(item_of, weighty), *((_folded(routine),) if routine else ()))


def _weight(alert: FilingAlert) -> int:
    return alert.judgement.weight


def _folded(routine: Sequence[FilingAlert]) -> Item:
    more = len(routine) - _MOST_ROUTINE
    lines = [_headline(one) for one in routine[:_MOST_ROUTINE]]
    lines += [f"and {more} more: {_LOOK_UP}"] if more > 0 else []
    return Item(counted(len(routine), "other filing"), tuple(lines))


def _headline(alert: FilingAlert) -> str:
    return dated_title(alert.entries[0] if isinstance(alert, Filed) else alert.entry)


def _of_rest(rest: Sequence[tuple[Alert, Message]]) -> Iterator[Part]:
    also = [message for alert, message in rest if not isinstance(alert, SilenceAlert)]
    unseen = [message for alert, message in rest if isinstance(alert, SilenceAlert)]
    for title, messages in ((_ALSO, also), (_UNSEEN, unseen)):
        if messages:
            yield Section(title, tuple(map(_item, messages))), counted(len(messages), "message")


def _item(message: Message) -> Item:
    url = next((item.url for item in message.items if item.url), "")
    return Item(message.headline, message.paragraphs[:2], url)
