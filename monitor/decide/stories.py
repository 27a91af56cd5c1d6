"""What the press writes about a case: leads, never facts about a docket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.decide.policy import Policy
from monitor.match.news import match_story
from monitor.model.alert import Alert
from monitor.model.change import Change, StoryPublished
from monitor.model.news import Match, NewsItem
from monitor.model.outcome import StoredStory
from monitor.model.source import Source, SourceState
from monitor.ports import Memory, Reading
from monitor.route import compose


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
    policy: Policy,
    now: datetime,
) -> Press:
    """Stories about a case are kept; those of a first reading are not told."""
    press = Press()
    for item in reversed(reading.stories):
        if item.item_key in memory.stories or item.item_key in press.stories:
            continue
        matches = match_story(item, policy.news_terms)
        if matches:
            press.stories[item.item_key] = StoredStory(item, matches, now)
            _tell(press, source, item, matches, policy, now, is_first=state.last_good_at is None)
    return press


def _tell(
    press: Press,
    source: Source,
    item: NewsItem,
    matches: Sequence[Match],
    policy: Policy,
    now: datetime,
    *,
    is_first: bool,
) -> None:
    labels = {terms.case_id: terms.case_label for terms in policy.news_terms}
    for match in matches:
        press.changes.append(StoryPublished(source.source_id, item.item_key, match.case_id))
        if not is_first:
            label = labels[match.case_id]
            press.alerts.append(compose.news_alert(item, match, label, source, now))
