"""Alerts from what was found: each with an id of what it tells, and with every word it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from monitor.model.alert import Alert
from monitor.model.change import Change
from monitor.model.court import CourtKind, court
from monitor.model.coverage import OpenGap
from monitor.model.docket import Docket, DocketEntry, Kind
from monitor.model.follow import Follow, FollowState
from monitor.model.news import Match, NewsItem
from monitor.model.source import Source
from monitor.model.watch import Watch
from monitor.route.facts import (
    LONGEST_TEXT,
    alert_id,
    case_facts,
    court_facts,
    docket_facts,
    entry_facts,
    iso,
    source_facts,
    why_watched,
)


def filed_alert(
    watch: Watch,
    entries: Sequence[tuple[DocketEntry, Docket]],
    kind: Kind,
    headline: str,
    source: Source,
    now: datetime,
    hidden_by: OpenGap | None = None,
) -> Alert:
    """A filing was seen for the first time: one alert, naming every docket it stands on."""
    entry, docket = entries[0]
    facts = _entry_facts(watch, entries, kind, headline, source)
    if hidden_by:
        facts["after_gap"] = {
            "from_at": hidden_by.from_at.isoformat(),
            "until_at": hidden_by.until_at.isoformat(),
        }
    return Alert(
        alert_id=alert_id("filed", watch.case_id, filing_key(entry)),
        topic="filed",
        case_id=watch.case_id,
        docket_id=docket.docket_id,
        kind=kind.kind.value,
        created_at=now,
        facts=facts,
    )


def amended_alert(
    watch: Watch,
    entry: DocketEntry,
    docket: Docket,
    kind: Kind,
    headline: str,
    source: Source,
    changes: Sequence[Change],
    now: datetime,
) -> Alert:
    """The words of a known filing changed: told in the thread of the first alert, once."""
    # A text may come back to what it was: that is told, too. That no change is told twice is
    # seen to by the transaction, which stores the view that brought it.
    words = (*sorted(entry.event_names), entry.text, now.isoformat())
    facts = _entry_facts(watch, [(entry, docket)], kind, headline, source)
    facts |= {
        "changes": [change_facts(change) for change in changes],
        "amends": alert_id("filed", watch.case_id, filing_key(entry)),
    }
    return Alert(
        alert_id=alert_id("amended", watch.case_id, entry.entry_id, *words),
        topic="amended",
        case_id=watch.case_id,
        docket_id=docket.docket_id,
        kind=kind.kind.value,
        created_at=now,
        facts=facts,
    )


def filing_key(entry: DocketEntry) -> str:
    """One ruling in consolidated cases is one filing: they share the document, or the part."""
    court_id = entry.docket_id.partition("/")[0]
    for key in entry.keys:
        if ":part:" in key:
            return f"{court_id}:part:{key.rpartition(':')[2]}"
    main = [doc.document_id for doc in entry.documents if not doc.attachment_number]
    return f"{court_id}:doc:{main[0]}" if main else entry.entry_id


def now_watching_alert(
    watch: Watch,
    entries: Sequence[tuple[DocketEntry, Docket]],
    headlines: Mapping[str, str],
    source: Source,
    now: datetime,
) -> Alert:
    """The first reading: what is watched from now on, and its latest entries."""
    facts = case_facts(watch) | {
        "docket": docket_facts(watch.court_id, watch.docket_number, ""),
        "court": court_facts(watch.court_id),
        "source": source_facts(source),
        "entries": [entry_facts(e, d, headlines[e.entry_id]) for e, d in entries],
        "why": f"you asked to watch {watch.docket_number} in {court(watch.court_id).citation}",
    }
    return Alert(
        alert_id=alert_id("now_watching", watch.watch_id, watch.since.isoformat()),
        topic="now_watching",
        case_id=watch.case_id,
        docket_id=watch.docket_id,
        kind="now_watching",
        created_at=now,
        facts=facts,
    )


def docket_alert(
    watch: Watch, docket: Docket, change: Change, source: Source, now: datetime
) -> Alert:
    """The head of a docket changed: closed, reopened, reassigned."""
    facts = case_facts(watch) | {
        "docket": docket_facts(docket.court_id, docket.docket_number, docket.case_name),
        "court": court_facts(docket.court_id),
        "source": source_facts(source),
        "changes": [change_facts(change)],
        "why": why_watched(watch),
    }
    words = change_facts(change)
    return Alert(
        # A judge may come back: the moment tells one change from its repetition.
        alert_id=alert_id(
            "docket", watch.case_id, docket.docket_id, words["kind"], now.isoformat()
        ),
        topic="docket",
        case_id=watch.case_id,
        docket_id=docket.docket_id,
        kind=words["kind"],
        created_at=now,
        facts=facts,
    )


def appeal_alert(follow: Follow, source: Source, now: datetime) -> Alert:
    """The case went up: its docket there is watched from now on, or a person is asked about it."""
    is_bound = follow.state is FollowState.BOUND
    number, below = follow.appeal_number, follow.lower_docket_id.partition("/")
    facts = {"case": {"id": follow.case_id, "label": follow.case_label}} | {
        "docket": docket_facts(follow.court_id, number, ""),
        "lower_docket": docket_facts(below[0], below[2], ""),
        "court": court_facts(follow.court_id),
        "source": source_facts(source),
        "entry_id": follow.entry_id,
        "is_certain": is_bound,
        "coverage": coverage_words(follow.court_id),
        "why": f"an appeal from {below[2]} is followed: {follow.reason}",
    }
    topic_kind = "appeal_docketed" if is_bound else "appeal_proposed"
    name = alert_id("appeal", follow.case_id, follow.follow_id, "" if is_bound else "proposed")
    docket_id = f"{follow.court_id}/{number}"
    return Alert(name, "appeal", follow.case_id, docket_id, topic_kind, now, facts)


def coverage_words(court_id: str) -> str:
    """What can be seen of dockets of a higher court."""
    higher = court(court_id)
    if higher.kind is CourtKind.SUPREME:
        return f"The docket page of the {higher.name} shows all of its proceedings and orders."
    if higher.feed_url:
        return (
            f"The feed of the {higher.citation} carries orders, opinions and judgments only; "
            "briefs and notices are seen where CourtListener has them."
        )
    return f"The {higher.citation} publishes no feed: only CourtListener will show its filings."


def news_alert(
    item: NewsItem,
    match: Match,
    case_label: str,
    source: Source,
    now: datetime,
    story_id: str,
    entry: DocketEntry | None,
    headline: str,
    *,
    is_lead: bool,
) -> Alert:
    """The press writes about a case. A lead: the docket is the fact. Copies are told once."""
    about = {"entry_id": entry.entry_id, "docket_id": entry.docket_id} if entry else None
    facts = {
        "case": {"id": match.case_id, "label": case_label},
        "source": source_facts(source),
        "story": {
            "id": story_id,
            "title": item.title,
            "summary": item.summary[:LONGEST_TEXT],
            "url": item.url,
            "publisher": item.publisher,
            "published_at": iso(item.published_at),
        },
        "score": match.score,
        "about": about
        and about | {"headline": headline, "date_filed": iso(entry.date_filed) if entry else ""},
        "is_lead": is_lead,
        "why": f"it speaks of {', '.join(match.words)} (score {match.score:.2f})",
    }
    # A feed may use an id again for another story a month later.
    month = (item.published_at or now).strftime("%Y-%m")
    name = alert_id("news", match.case_id, month, story_id)
    return Alert(name, "news", match.case_id, "", "lead" if is_lead else "news", now, facts)


def change_facts(change: Change) -> dict[str, str]:
    """What changed, as text: kind, field, before, after."""
    return {
        "kind": change.kind,
        "field": _field(change),
        "before": getattr(change, "before", ""),
        "after": getattr(change, "after", ""),
    }


def _field(change: Change) -> str:
    return getattr(change, "field", "")


def _entry_facts(
    watch: Watch,
    entries: Sequence[tuple[DocketEntry, Docket]],
    kind: Kind,
    headline: str,
    source: Source,
) -> dict[str, Any]:
    docket = entries[0][1]
    return case_facts(watch) | {
        "docket": docket_facts(docket.court_id, docket.docket_number, docket.case_name),
        "court": court_facts(docket.court_id),
        "source": source_facts(source),
        "entries": [entry_facts(entry, on, headline) for entry, on in entries],
        "kind": kind.kind.value,
        "kind_reason": kind.reason,
        "ruling": kind.ruling.value,
        "ruling_reason": kind.ruling_reason,
        "is_dispositive": kind.is_dispositive,
        "acts_on": kind.acts_on,
        "why": why_watched(watch),
    }
