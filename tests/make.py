"""Values for tests: each with something in every field, all of invented cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from monitor.decide.evidence import Evidence
from monitor.decide.policy import Policy
from monitor.match.watchlist import make_watchlist
from monitor.model import alert as alerts
from monitor.model.alert import Alert, CaseRef, DocketRef, EntrySnapshot, Hole, SourceRef
from monitor.model.change import EntryRevised, EntryWithdrawn, Terminated, TextFilledIn
from monitor.model.delivery import Notification, RoutedAlert
from monitor.model.docket import Docket, DocketEntry, EntryKind, Judgement, Ruling
from monitor.model.follow import Follow
from monitor.model.reading import Memory, Reading
from monitor.model.source import Source, SourceState, Traits
from monitor.model.watch import Watch
from monitor.sources.court_rss import COURT_RSS
from tests.feeds import NOON

NUMBER = "1:25-cv-00457"
DOCKET_ID = f"dcd/{NUMBER}"
CASE = CaseRef("ctr-v-irs", "CTR v. IRS")
DOCKET = DocketRef("dcd", NUMBER, "DOE et al v. ROE et al")
FEED = SourceRef("court:dcd", "D.D.C. court feed", "dcd")
GAP = Hole(NOON - timedelta(hours=30), NOON - timedelta(hours=6), "longer than a day")
WATCHED = alerts.WatchedDocket(CASE, DocketRef("dcd", NUMBER))
ORDER = Judgement(EntryKind.ORDER, "“order”: a court's order", rules_version=1)
DENIED = replace(ORDER, ruling=Ruling.DENIED, ruling_reason="denying", is_dispositive=True)
WHY = f"you watch {NUMBER} in D.D.C."
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def source(name: str = "court:dcd", traits: Traits = COURT_RSS, **more: Any) -> Source:
    values: dict[str, Any] = {"court_id": "dcd", "name": "D.D.C. court feed"} | more
    return Source(name, traits, "https://x", timedelta(minutes=10), **values)


def watch(name: str = "w", *, number: str = NUMBER, case: str = "ctr-v-irs", **more: Any) -> Watch:
    values: dict[str, Any] = {"court_id": "dcd", "since": NOON - DAY} | more
    return Watch(name, case, "CTR v. IRS", docket_number=number, **values)


def docket(number: str = NUMBER, court_id: str = "dcd") -> Docket:
    return Docket(f"{court_id}/{number}", court_id, number, "DOE et al v. ROE et al")


def entry(
    name: str = "e1", text: str = "", *, events: Sequence[str] = ("Order",), **more: Any
) -> DocketEntry:
    values: dict[str, Any] = {
        "docket_id": DOCKET_ID,
        "entry_number": 10,
        "date_filed": date(2026, 3, 2),
        "published_at": NOON,
        "first_seen_at": NOON + 12 * MINUTE,
    } | more
    return DocketEntry(entry_id=name, event_names=tuple(events), text=text, **values)


def evidence(
    reading: Reading | None = None,
    *,
    by: Source | None = None,
    state: SourceState | None = None,
    memory: Memory | None = None,
    watches: Sequence[Watch] | None = None,
    follows: Sequence[Follow] = (),
    policy: Policy | None = None,
    now: datetime = NOON,
) -> Evidence:
    """What the judges of one poll look at."""
    return Evidence(
        source=by or source(),
        state=state or SourceState(NOON, last_good_at=now - timedelta(minutes=10)),
        reading=reading or Reading(),
        memory=memory or Memory(baselines=frozenset({"w"})),
        watchlist=make_watchlist([watch()] if watches is None else watches, follows),
        policy=policy or Policy(),
        now=now,
    )


# --- alerts ---


def snapshot(
    name: str = "e1", headline: str = "Order", text: str = "", **more: Any
) -> EntrySnapshot:
    values: dict[str, Any] = {
        "docket": DOCKET,
        "entry_number": 10,
        "event_names": (headline,),
        "date_filed": date(2026, 3, 2),
        "published_at": NOON,
        "first_seen_at": NOON + 12 * MINUTE,
        "url": "https://ecf.dcd.uscourts.gov/doc1/04500000010",
    } | more
    return EntrySnapshot(entry_id=name, headline=headline, text=text, **values)


def filed(name: str = "a1", entry_id: str = "e1", **more: Any) -> alerts.Filed:
    values: dict[str, Any] = {
        "created_at": NOON,
        "why": WHY,
        "case": CASE,
        "source": FEED,
        "entries": (snapshot(entry_id),),
        "judgement": ORDER,
    } | more
    return alerts.Filed(alert_id=name, **values)


def amended(name: str = "a2", entry_id: str = "e1", **more: Any) -> alerts.Amended:
    text = "ORDER denying 7 Motion to Stay."
    values: dict[str, Any] = {
        "created_at": NOON + MINUTE,
        "why": WHY,
        "case": CASE,
        "source": FEED,
        "entry": snapshot(entry_id, "Order: DENIED", text),
        "judgement": DENIED,
        "changes": (TextFilledIn(entry_id, "cl", text),),
        "amends": "a1",
    } | more
    return alerts.Amended(alert_id=name, **values)


def caught_up(name: str = "a3", **more: Any) -> alerts.CaughtUp:
    values: dict[str, Any] = {
        "created_at": NOON,
        "why": WHY,
        "case": CASE,
        "source": FEED,
        "docket": DocketRef("dcd", NUMBER),
        "since": NOON - 6 * HOUR,
        "until": NOON,
        "gap": None,
        "filed": 1,
        "amended": 0,
    } | more
    return alerts.CaughtUp(alert_id=name, **values)


def gap_opened(name: str = "a4", **more: Any) -> alerts.GapOpened:
    values: dict[str, Any] = {
        "created_at": NOON,
        "why": WHY,
        "source": FEED,
        "gap": GAP,
        "dockets": (WATCHED,),
    } | more
    return alerts.GapOpened(alert_id=name, **values)


def every_alert() -> list[Alert]:
    """One alert of each class, and of each that differs by what it leaves empty."""
    base: dict[str, Any] = {"created_at": NOON, "why": WHY}
    about: dict[str, Any] = base | {"case": CASE, "source": FEED}
    concerned: dict[str, Any] = base | {"source": FEED, "dockets": (WATCHED,)}
    appeal: dict[str, Any] = about | {
        "docket": DocketRef("cadc", "26-5006"),
        "lower_docket": DOCKET,
        "entry_id": "e1",
    }
    story = alerts.StorySnapshot("s1", "Judge rules", "Words.", "https://x/1", "Press", NOON)
    act = alerts.AboutEntry("e1", DOCKET_ID, "Order", date(2026, 3, 2))
    changes = (EntryRevised("e1", "court:dcd", "text", "a b", "a c"), EntryWithdrawn("e1", "x"))
    sick: dict[str, Any] = concerned | {"reason": "HTTP 503", "since": NOON - HOUR}
    listed = alerts.ListedFiling(snapshot(), EntryKind.ORDER, Ruling.DENIED, is_amendment=True)
    return [
        filed(after_gap=GAP, text_expected_until=NOON + MINUTE),
        amended(changes=changes),
        alerts.NowWatching(alert_id="b1", docket=DOCKET, entries=(snapshot(),), **about),
        alerts.AppealFound(alert_id="b2", **appeal),
        alerts.AppealProposed(alert_id="b3", **appeal),
        alerts.DocketChanged(
            alert_id="b4", docket=DOCKET, change=Terminated(DOCKET_ID, "cl", "2026-03-02"), **about
        ),
        gap_opened(),
        alerts.GapClosed(
            alert_id="b5", gap_source_id="court:dcd", gap=GAP, entry_ids=("e1", "e2"), **concerned
        ),
        alerts.SourceUnhealthy(alert_id="b6", last_good_at=NOON - DAY, **sick),
        alerts.SourceRecovered(alert_id="b7", is_whole=True, **sick),
        alerts.CoverageChanged(alert_id="b8", before="all", after="orders", **concerned),
        caught_up(gap=GAP, filings=(listed,)),
        alerts.StoryPublished(alert_id="b9", story=story, score=0.9, about=act, **about),
        alerts.LeadPublished(alert_id="c1", story=story, score=0.9, **about),
        alerts.DeliveryGivenUp(alert_id="c2", recipient="hook", reason="HTTP 410", **base),
        alerts.ClockSetBack(alert_id="c4", seconds=10_800, **base),
        alerts.DocumentFreed(
            alert_id="c5", entry=snapshot(), judgement=ORDER, url="https://x/1.pdf", **about
        ),
        alerts.Briefing(
            alert_id="c6",
            recipient="desk",
            since=NOON - DAY,
            until=NOON,
            dockets=(alerts.DocketBrief(CASE, DOCKET, ("Order",), 2, NOON - HOUR, (GAP,)),),
            unreliable=("D.D.C. court feed: HTTP 503",),
            **base,
        ),
        alerts.Silenced(
            alert_id="c7", silence_id="s1", about="the case x", reason="known", until=NOON, **base
        ),
        alerts.TestAlert(alert_id="c3", **base),
    ]


def every_ruled_alert() -> list[Alert]:
    """Those that rules lead; briefings and silences are told to whoever asked for them."""
    return [
        alert for alert in every_alert() if not isinstance(alert, alerts.Briefing | alerts.Silenced)
    ]


def notification(*told: Alert, recipient: str = "desk", **more: Any) -> Notification:
    routed = tuple(RoutedAlert(alert, "all") for alert in told or (filed(),))
    values: dict[str, Any] = {"created_at": NOON, "send_after": NOON} | more
    name = f"{routed[0].alert.alert_id}.{recipient}"
    return Notification(name, recipient, routed, **values)
