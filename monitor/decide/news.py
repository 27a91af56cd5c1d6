"""What the press writes about a case: leads, never facts about a docket.

Reports of one event are told once, with the docket entry that they seem to be about; further ones
join it quietly and stand with the entry. A story that reports a court's act of which no docket
source shows anything is a lead of its own. What speaks of the subject in court, and of no single
case, is told as being about one of the cases.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypedDict
from urllib.parse import urlsplit

from monitor.classify.entry import headline_of, judgement_of
from monitor.decide.evidence import Evidence
from monitor.decide.snapshots import LONGEST_TEXT, alert_id, free_url, source_ref
from monitor.diff.events import Report, find_event
from monitor.diff.stories import NEAR, Copy, same_story
from monitor.match.news import match_story
from monitor.model.alert import (
    AboutEntry,
    CaseRef,
    LeadPublished,
    NewsAlert,
    SourceRef,
    StoryPublished,
    StorySnapshot,
)
from monitor.model.change import StoryPublished as StoryLogged
from monitor.model.docket import DocketEntry
from monitor.model.news import Match, NewsItem
from monitor.model.outcome import Consequences, StoredStory, together
from monitor.model.watch import NewsTerms
from monitor.normalize.dates import court_day
from monitor.normalize.text import digest

#: How long copies of a story are looked for, and acts of a court that a story may be about.
STORY_MEMORY, ACTS_MEMORY = NEAR + timedelta(days=1), timedelta(days=6)
#: A story is about an act of the last days; the docket may show it a day after the press.
_BEFORE, _AFTER = timedelta(days=4), timedelta(days=1)
#: An older story is no news of an order that a docket does not show.
_FRESH = timedelta(hours=48)
#: Who acts, besides the judges whom a pack names.
_COURT = r"judge|court|panel|circuit|justices"
_DOES = (
    r"(?:rul(?:es|ed)|block(?:s|ed)|bar(?:s|red)|halt(?:s|ed)|order(?:s|ed)|grant(?:s|ed)|den(?:ies|ied)"
    r"|stay(?:s|ed)|affirm(?:s|ed)|revers(?:es|ed)|vacat(?:es|ed)|reject(?:s|ed)|uph(?:olds|eld)"
    r"|dismiss(?:es|ed)|strikes|struck|sid(?:es|ed) with|refus(?:es|ed)|finds|found"
    r"|says .{0,40}violated)"
)
_WINS = r"\b(?:wins?|loses?) (?:in court|(?:an )?appeal)"
_ONLY_ASKED = re.compile(
    r"\b(?:hears?|weighs?|asked|urge[sd]?|seeks?|could|may|might|to rule|considers?)\b",
    re.IGNORECASE,
)
#: Orders of every day, about which nobody writes.
_PROCEDURAL = re.compile(
    r"pro hac vice|extension|extend|schedul|\bseal|excess pages|page limit|leave to file|briefing"
    r"|conference|deadline|set/reset|minute entry|referr|reassign|appear",
    re.IGNORECASE,
)


def judge_news(evidence: Evidence) -> Consequences:
    """Stories about a case are kept; those of a first reading are not told."""
    recent = evidence.memory.recent_stories
    known = [
        (one.story_id or one.item.item_key, report_of(one.item, one.matches, one.entry_id))
        for one in recent
    ]
    terms = _with_acts(evidence)
    months = {
        one.story_id: _month(one.item, one.seen_at)
        for one in sorted(recent, key=lambda one: one.seen_at, reverse=True)
        if one.story_id
    }
    seen = dict(evidence.memory.stories)
    shared = _shared(evidence.reading.stories)
    parts: list[Consequences] = []
    for shown in sorted(evidence.reading.stories, key=lambda i: i.published_at or evidence.now):
        item = _named(shown, seen, is_shared=not shared.isdisjoint((shown.item_key, shown.url)))
        matches = () if item.item_key in seen else match_story(item, terms)
        if matches:
            seen[item.item_key] = item
            stored = _stored(evidence, item, matches)
            report = report_of(item, matches, stored.entry_id)
            story_id = find_event(report, known)
            known.append((story_id, report))
            month = months.setdefault(story_id, _month(item, evidence.now))
            stored = replace(stored, story_id=story_id)
            parts.append(_judge_story(evidence, stored, _Story(story_id, month)))
    return together(*parts)


def _with_acts(evidence: Evidence) -> tuple[NewsTerms, ...]:
    """The terms of each case, with the days on which its dockets show an act."""
    return tuple(
        replace(one, dates=(*one.dates, *_days_of_acts(evidence, one.case_id)))
        for one in evidence.policy.news_terms
    )


def _days_of_acts(evidence: Evidence, case_id: str) -> Iterator[date]:
    for entry in _entries_of(evidence, case_id):
        if entry.date_filed and judgement_of(entry).is_court_act and not _is_procedural(entry):
            yield entry.date_filed


def _is_procedural(entry: DocketEntry) -> bool:
    return bool(_PROCEDURAL.search(headline_of(entry) + " " + entry.text[:200]))


def story_keys(item: NewsItem) -> tuple[str, str]:
    """The key that the feed gives a story, and its own where the feed gave that to another one."""
    return item.item_key, f"{item.item_key}#{digest(item.url, item.title)}"


def _named(item: NewsItem, seen: Mapping[str, NewsItem], *, is_shared: bool) -> NewsItem:
    """The item under its own key: some feeds give one id to all, or an old one to another story."""
    feeds_own, own = story_keys(item)
    known = seen.get(feeds_own)
    if known is None or _is_same(known, item, is_shared=is_shared):
        return item
    return replace(item, item_key=own)


def _is_same(known: NewsItem, item: NewsItem, *, is_shared: bool) -> bool:
    """Whether it is the story that is known by this id, perhaps edited."""
    if (known.title, known.summary) == (item.title, item.summary):
        return True
    # A headline may be written anew above one address; a home page is an address of all.
    has_one_page = (
        urlsplit(item.url).path.strip("/") and known.url == item.url and _is_near(known, item)
    )
    return bool(has_one_page and not is_shared) or same_story(copy_of(known), copy_of(item))


def _is_near(known: NewsItem, item: NewsItem) -> bool:
    """Whether both were published within a day: later, another story stands on the page."""
    if known.published_at is None or item.published_at is None:
        return True
    return abs(item.published_at - known.published_at) <= timedelta(days=1)


def _shared(items: Sequence[NewsItem]) -> frozenset[str]:
    """The ids and addresses that one reading shows with more than one story."""
    ids = Counter(key for key, *_ in {(one.item_key, one.url, one.title) for one in items})
    urls = Counter(url for url, _ in {(one.url, one.title) for one in items})
    return frozenset(name for name, count in (*ids.items(), *urls.items()) if count > 1)


@dataclass(frozen=True, slots=True)
class _Story:
    """What copies share. A feed may use an id again, for another story a month later."""

    story_id: str
    #: In which its first copy came.
    month: str


def _month(item: NewsItem, seen_at: datetime) -> str:
    return (item.published_at or seen_at).strftime("%Y-%m")


def report_of(item: NewsItem, matches: Sequence[Match], entry_id: str = "") -> Report:
    """What is compared of a story, to find the event that it tells of."""
    case_ids = frozenset(match.case_id for match in matches)
    days = {match.acted_on for match in matches}
    return Report(
        copy_of(item),
        case_ids,
        all(match.is_sure for match in matches),
        entry_id,
        days.pop() if len(days) == 1 else None,
    )


def copy_of(item: NewsItem) -> Copy:
    """What is compared of an item."""
    return Copy(item.item_key, item.title, item.summary, item.published_at)


def _stored(evidence: Evidence, item: NewsItem, matches: tuple[Match, ...]) -> StoredStory:
    acts = (_about(evidence, item, match.case_id) for match in matches)
    act = next((one for one in acts if one), None)
    return StoredStory(item, matches, evidence.now, "", act.entry_id if act else "")


def _judge_story(evidence: Evidence, stored: StoredStory, story: _Story) -> Consequences:
    item, source_id = stored.item, evidence.source.source_id
    is_first_reading = evidence.state.last_good_at is None
    return Consequences(
        stories=(stored,),
        changes=tuple(StoryLogged(source_id, item.item_key, m.case_id) for m in stored.matches),
        alerts=() if is_first_reading else tuple(_alerts(evidence, stored, story)),
    )


def _alerts(evidence: Evidence, stored: StoredStory, story: _Story) -> Iterator[NewsAlert]:
    """One for each case that it is about; one alone where it is about one of several."""
    labels = {one.case_id: one for one in evidence.policy.news_terms}
    cases = [CaseRef(m.case_id, labels[m.case_id].case_label) for m in stored.matches]
    if all(match.is_sure for match in stored.matches):
        for case, match in zip(cases, stored.matches, strict=True):
            entry = _about(evidence, stored.item, case.case_id)
            yield _alert(evidence, stored.item, match, story, _Told(case, entry))
        return
    first = stored.matches[0]
    pack = labels[first.case_id].pack_id
    told = _Told(CaseRef(pack, pack), None, tuple(cases))
    yield _alert(evidence, stored.item, first, story, told)


@dataclass(frozen=True, slots=True)
class _Told:
    """What an alert says of an item: its case and entry, or its pack and the cases in question."""

    case: CaseRef
    entry: DocketEntry | None
    one_of: tuple[CaseRef, ...] = ()


def _alert(evidence: Evidence, item: NewsItem, match: Match, of: _Story, told: _Told) -> NewsAlert:
    base: _Base = {
        "alert_id": alert_id("news", told.case.case_id, of.month, of.story_id),
        "created_at": evidence.now,
        "why": f"it speaks of {', '.join(match.words)} (score {match.score:.2f})",
        "case": told.case,
        "source": source_ref(evidence.source),
        "story": _snapshot(item, of.story_id),
        "score": match.score,
        "one_of": told.one_of,
    }
    if told.entry is None and _is_lead(evidence, item):
        return LeadPublished(**base)
    about = _about_entry(evidence, told.entry) if told.entry else None
    return StoryPublished(**base, about=about)


class _Base(TypedDict):
    alert_id: str
    created_at: datetime
    why: str
    case: CaseRef
    source: SourceRef
    story: StorySnapshot
    score: float
    one_of: tuple[CaseRef, ...]


def _snapshot(item: NewsItem, story_id: str) -> StorySnapshot:
    return StorySnapshot(
        story_id=story_id,
        title=item.title,
        summary=item.summary[:LONGEST_TEXT],
        url=item.url,
        publisher=item.publisher,
        published_at=item.published_at,
    )


def _about_entry(evidence: Evidence, entry: DocketEntry) -> AboutEntry:
    url = free_url(entry, None, evidence.watchlist) or entry.url
    return AboutEntry(entry.entry_id, entry.docket_id, headline_of(entry), entry.date_filed, url)


def _is_lead(evidence: Evidence, item: NewsItem) -> bool:
    is_fresh = item.published_at is None or evidence.now - item.published_at <= _FRESH
    return is_fresh and reports_act(item, evidence.policy.news_terms)


def reports_act(item: NewsItem, terms: Sequence[NewsTerms]) -> bool:
    """Whether the headline says that a court did something, and not that it may or should."""
    judges = tuple(sorted({judge.lower() for one in terms for judge in one.judges}))
    return bool(_acts(judges).search(item.title)) and not _ONLY_ASKED.search(item.title)


@functools.lru_cache(maxsize=8)
def _acts(judges: tuple[str, ...]) -> re.Pattern[str]:
    who = "|".join((_COURT, *map(re.escape, judges)))
    return re.compile(rf"\b(?:{who})\b.{{0,60}}\b{_DOES}\b|{_WINS}", re.IGNORECASE)


def _about(evidence: Evidence, item: NewsItem, case_id: str) -> DocketEntry | None:
    """The court's act that the story seems to be about: the latest of the case at that time."""
    if not reports_act(item, evidence.policy.news_terms):
        return None
    day = court_day(item.published_at or evidence.now, "America/New_York")
    acts = [
        entry
        for entry in _entries_of(evidence, case_id)
        if entry.date_filed is not None
        and day - _BEFORE <= entry.date_filed <= day + _AFTER
        and judgement_of(entry).is_court_act
        and not _is_procedural(entry)
    ]
    return max(acts, key=lambda entry: entry.recency, default=None)


def _entries_of(evidence: Evidence, case_id: str) -> Iterator[DocketEntry]:
    for entry in evidence.memory.entries:
        court_id, _, number = entry.docket_id.partition("/")
        watches = evidence.watchlist.watches_of(court_id, number)
        if any(watch.case_id == case_id for watch in watches):
            yield entry
