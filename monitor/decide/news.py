"""What the press writes about a case: leads, never facts about a docket.

Copies of one story are told once, with the docket entry that the story seems to be about. A story
that reports a court's act of which no docket source shows anything is a lead of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.classify.kinds import kind_of
from monitor.decide.filings import headline_of, recency
from monitor.decide.policy import Policy
from monitor.diff.stories import NEAR, Told, find_story
from monitor.match.news import match_story
from monitor.match.watchlist import DocketSieve
from monitor.model.alert import Alert
from monitor.model.change import Change, StoryPublished
from monitor.model.docket import DocketEntry, EntryKind
from monitor.model.news import Match, NewsItem
from monitor.model.outcome import StoredStory
from monitor.model.source import Source, SourceState
from monitor.normalize.dates import court_day
from monitor.ports import Memory, Reading
from monitor.route import compose

#: How long copies of a story are looked for, and acts of a court that a story may be about.
PRESS_MEMORY, ACTS_MEMORY = NEAR + timedelta(days=1), timedelta(days=6)
#: A story is about an act of the last days; the docket may show it a day after the press.
_BEFORE, _AFTER = timedelta(days=4), timedelta(days=1)
#: An older story is no news of an order that a docket does not show.
_FRESH = timedelta(hours=48)
_ACTS = {EntryKind.ORDER, EntryKind.OPINION, EntryKind.JUDGMENT}
_COURT = r"(?:judge|court|panel|circuit|justices|talwani|kollar-kotelly|friedrich)"
_DOES = (
    r"(?:rul(?:es|ed)|block(?:s|ed)|bar(?:s|red)|halt(?:s|ed)|order(?:s|ed)|grant(?:s|ed)|den(?:ies|ied)"
    r"|stay(?:s|ed)|affirm(?:s|ed)|revers(?:es|ed)|vacat(?:es|ed)|reject(?:s|ed)|uph(?:olds|eld)"
    r"|dismiss(?:es|ed)|strikes|struck|sid(?:es|ed) with|refus(?:es|ed)|finds|found"
    r"|says .{0,40}violated)"
)
_REPORTS_ACT = re.compile(
    rf"\b{_COURT}\b.{{0,60}}\b{_DOES}\b|\b(?:wins?|loses?) (?:in court|(?:an )?appeal)",
    re.IGNORECASE,
)
_ONLY_ASKED = re.compile(
    r"\b(?:hears?|weighs?|asked|urge[sd]?|seeks?|could|may|might|to rule|considers?)\b",
    re.IGNORECASE,
)


@dataclass
class Press:
    """What a feed wrote about the cases."""

    stories: dict[str, StoredStory] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)


def judge_stories(
    source: Source,
    state: SourceState,
    reading: Reading,
    memory: Memory,
    sieve: DocketSieve,
    policy: Policy,
    now: datetime,
) -> Press:
    """Stories about a case are kept; those of a first reading are not told."""
    press = Press()
    known = [(one.story_id or one.item.item_key, _told(one.item)) for one in memory.press]
    for item in sorted(reading.stories, key=lambda item: item.published_at or now):
        if item.item_key in memory.stories or item.item_key in press.stories:
            continue
        matches = match_story(item, policy.news_terms)
        if not matches:
            continue
        story_id = find_story(_told(item), known)
        known.append((story_id, _told(item)))
        entries = {m.case_id: _about(item, m.case_id, memory, sieve, now) for m in matches}
        entry = next((one for one in entries.values() if one), None)
        press.stories[item.item_key] = StoredStory(
            item, matches, now, story_id, entry.entry_id if entry else ""
        )
        for match in matches:
            change = StoryPublished(source.source_id, item.item_key, match.case_id)
            press.changes.append(change)
            if state.last_good_at is not None:
                press.alerts.append(
                    _alert(source, item, match, story_id, entries[match.case_id], policy, now)
                )
    return press


def _told(item: NewsItem) -> Told:
    return Told(item.item_key, item.title, item.summary, item.published_at)


def _alert(
    source: Source,
    item: NewsItem,
    match: Match,
    story_id: str,
    entry: DocketEntry | None,
    policy: Policy,
    now: datetime,
) -> Alert:
    label = next(t.case_label for t in policy.news_terms if t.case_id == match.case_id)
    headline = headline_of(entry) if entry else ""
    is_lead = entry is None and reports_act(item) and _is_fresh(item, now)
    return compose.news_alert(
        item, match, label, source, now, story_id, entry, headline, is_lead=is_lead
    )


def reports_act(item: NewsItem) -> bool:
    """Whether the headline says that a court did something, and not that it may or should."""
    return bool(_REPORTS_ACT.search(item.title)) and not _ONLY_ASKED.search(item.title)


def _is_fresh(item: NewsItem, now: datetime) -> bool:
    return item.published_at is None or now - item.published_at <= _FRESH


def _about(
    item: NewsItem, case_id: str, memory: Memory, sieve: DocketSieve, now: datetime
) -> DocketEntry | None:
    """The court's act that the story seems to be about: the latest of the case at that time."""
    day = court_day(item.published_at or now, "America/New_York")
    acts = [
        entry
        for entry in _entries_of(case_id, memory, sieve)
        if entry.date_filed is not None
        and day - _BEFORE <= entry.date_filed <= day + _AFTER
        and kind_of(entry.event_names, entry.text).kind in _ACTS
        and not _PROCEDURAL.search(headline_of(entry) + " " + entry.text[:200])
    ]
    return max(acts, key=recency, default=None) if reports_act(item) else None


#: Orders of every day, about which nobody writes.
_PROCEDURAL = re.compile(
    r"pro hac vice|extension|extend|schedul|\bseal|excess pages|page limit|leave to file|briefing"
    r"|conference|deadline|set/reset|minute entry|referr|reassign|appear",
    re.IGNORECASE,
)


def _entries_of(case_id: str, memory: Memory, sieve: DocketSieve) -> Iterable[DocketEntry]:
    dockets = {watch.docket_id for watch in sieve.watches if watch.case_id == case_id}
    return (entry for entry in memory.entries if entry.docket_id in dockets)
