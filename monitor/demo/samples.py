"""Messages as they come, of an invented case: for `test-alert`, and to look at all of them.

Entries are judged by the rules of the program, so that what is shown is what would be said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from monitor.classify.kinds import classify
from monitor.model.alert import (
    Alert,
    Amended,
    AppealFound,
    Briefing,
    CaseRef,
    CaughtUp,
    DeliveryGivenUp,
    DocketBrief,
    DocketRef,
    DocumentFreed,
    EntrySnapshot,
    Filed,
    GapOpened,
    Hole,
    LeadPublished,
    SourceRecovered,
    SourceRef,
    SourceUnhealthy,
    StoryPublished,
    StorySnapshot,
    WatchedDocket,
)
from monitor.model.change import TextFilledIn
from monitor.model.delivery import Hold, Notification, RoutedAlert, Standing
from monitor.model.docket import Ruling

CASE = CaseRef("sample", "SAMPLE Roe v. Doe")
_DISTRICT = DocketRef("dcd", "1:26-cv-00001", "ROE et al v. DOE et al")
_APPEAL = DocketRef("cadc", "26-5001", "Jane Roe v. John Doe")
_FEED = SourceRef("court:dcd", "D.D.C. court feed", "dcd")
_API = SourceRef("cl:entries:dcd", "CourtListener entries")
_PRESS = SourceRef("news:press", "The Daily Example")
_AT = datetime(2026, 3, 4, 19, 5, tzinfo=UTC)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_WHY = "this is a sample: nothing of it happened"
_WATCHED = (WatchedDocket(CASE, _DISTRICT), WatchedDocket(CASE, _APPEAL))
_TWO_RULINGS = (
    "ORDER granting 12 Plaintiffs' Motion to Stay Agency Action under 5 U.S.C. 705; denying 14 "
    "Defendants' Motion to Transfer. The Policy is STAYED pending review. See order for details. "
    "Signed by Judge Richard Poe on 3/4/2026."
)
_OPINION = (
    "MEMORANDUM OPINION re 15 Order on Motion to Stay: for the reasons stated, Plaintiffs are "
    "likely to succeed on the merits. Signed by Judge Richard Poe on 3/4/2026."
)


def _entry(
    number: int, event: str, text: str = "", *, on: DocketRef = _DISTRICT, free: str = ""
) -> EntrySnapshot:
    court = "cadc" if on is _APPEAL else "dcd"
    return EntrySnapshot(
        entry_id=f"sample-{on.court_id}-{number}",
        docket=on,
        entry_number=number,
        headline=event,
        event_names=(event,),
        text=text,
        date_filed=date(2026, 3, 4),
        published_at=_AT - _HOUR,
        first_seen_at=_AT,
        url=f"https://ecf.{court}.uscourts.gov/doc1/04500000{number:03}",
        free_url=free,
    )


def _filed(name: str, entry: EntrySnapshot) -> Filed:
    judgement = classify(entry.event_names, entry.text, entry.docket.court_id)
    if judgement.ruling is not Ruling.NONE:
        said = judgement.ruling.value.replace("_", " ").upper()
        entry = replace(entry, headline=f"{entry.headline}: {said}")
    return Filed(
        alert_id=f"sample-{name}",
        created_at=_AT,
        why=_WHY,
        case=CASE,
        source=_FEED,
        entries=(entry,),
        judgement=judgement,
    )


def _order() -> Alert:
    free = "https://www.courtlistener.com/docket/1/15/roe-v-doe/"
    return _filed("order", _entry(15, "Order on Motion to Stay", _TWO_RULINGS, free=free))


def _uncertain() -> Alert:
    return _filed("uncertain", _entry(16, "Preliminary Injunction"))


def _opinion() -> Alert:
    return _filed("opinion", _entry(17, "Memorandum & Opinion", _OPINION))


def _notice_of_appeal() -> Alert:
    text = (
        "NOTICE OF APPEAL TO DC CIRCUIT COURT as to 15 Order on Motion to Stay by JOHN DOE. "
        "Filing fee $ 605. Fee Status: No Fee Paid."
    )
    return _filed("notice", _entry(18, "Notice of Appeal to DC Circuit Court", text))


def _appeal() -> Alert:
    return AppealFound(
        alert_id="sample-appeal",
        created_at=_AT,
        why=_WHY,
        case=CASE,
        source=_FEED,
        docket=_APPEAL,
        lower_docket=_DISTRICT,
        entry_id="sample-dcd-18",
    )


def _amended() -> Alert:
    entry = _entry(15, "Order on Motion to Stay", _TWO_RULINGS)
    return Amended(
        alert_id="sample-amended",
        created_at=_AT + _HOUR,
        why=_WHY,
        case=CASE,
        source=_API,
        entry=entry,
        judgement=classify(entry.event_names, entry.text, "dcd"),
        changes=(TextFilledIn(entry.entry_id, _API.source_id, entry.text),),
        amends="sample-order",
    )


def _free() -> Alert:
    entry = _entry(15, "Order on Motion to Stay", _TWO_RULINGS)
    return DocumentFreed(
        alert_id="sample-document",
        created_at=_AT + _DAY,
        why=_WHY,
        case=CASE,
        source=_API,
        entry=entry,
        judgement=classify(entry.event_names, entry.text, "dcd"),
        url="https://storage.courtlistener.com/recap/gov.uscourts.dcd.1/sample.15.0.pdf",
    )


def _gap() -> Alert:
    return GapOpened(
        alert_id="sample-gap",
        created_at=_AT,
        why=_WHY,
        source=_FEED,
        gap=Hole(_AT - 30 * _HOUR, _AT - 6 * _HOUR, "the feed shows 24 hours, and we were away"),
        dockets=_WATCHED,
    )


def _unhealthy() -> Alert:
    return SourceUnhealthy(
        alert_id="sample-unhealthy",
        created_at=_AT,
        why=_WHY,
        source=_FEED,
        reason="HTTP 503",
        since=_AT,
        last_good_at=_AT - _HOUR,
        dockets=_WATCHED,
    )


def _recovered() -> Alert:
    return SourceRecovered(
        alert_id="sample-recovered",
        created_at=_AT + _HOUR,
        why=_WHY,
        source=_FEED,
        reason="HTTP 503",
        since=_AT,
        is_whole=True,
        dockets=_WATCHED,
    )


def _quiet() -> Alert:
    return _briefing(DocketBrief(CASE, _DISTRICT, (), 0, _AT - _HOUR))


def _not_quiet() -> Alert:
    hole = Hole(_AT - 30 * _HOUR, _AT - 6 * _HOUR)
    return _briefing(
        DocketBrief(CASE, _DISTRICT, ("Order on Motion to Stay: GRANTED IN PART",), 3, _AT - _HOUR),
        DocketBrief(CASE, _APPEAL, (), 0, _AT - 6 * _HOUR, (hole,)),
        unreliable=("D.C. Cir. court feed: HTTP 503",),
    )


def _briefing(*dockets: DocketBrief, unreliable: tuple[str, ...] = ()) -> Alert:
    return Briefing(
        alert_id="sample-briefing",
        created_at=_AT,
        why=_WHY,
        recipient="desk",
        since=_AT - _DAY,
        until=_AT,
        dockets=dockets,
        unreliable=unreliable,
    )


def _caught_up() -> Alert:
    return CaughtUp(
        alert_id="sample-caught-up",
        created_at=_AT,
        why=_WHY,
        case=CASE,
        source=_FEED,
        docket=_DISTRICT,
        since=_AT - 6 * _HOUR,
        until=_AT,
        gap=None,
        filed=3,
        amended=0,
    )


def _story_of(title: str) -> StorySnapshot:
    return StorySnapshot(
        "sample-story",
        title,
        "The ruling came on Wednesday afternoon.",
        "https://news.example.org/roe-v-doe",
        "The Daily Example",
        _AT,
    )


def _story() -> Alert:
    return StoryPublished(
        alert_id="sample-story",
        created_at=_AT,
        why=_WHY,
        case=CASE,
        source=_PRESS,
        story=_story_of("Judge stays policy in Roe v. Doe"),
        score=0.92,
    )


def _lead() -> Alert:
    return LeadPublished(
        alert_id="sample-lead",
        created_at=_AT,
        why=_WHY,
        case=CASE,
        source=_PRESS,
        story=_story_of("Appeals court halts ruling in Roe v. Doe"),
        score=0.88,
    )


def _off() -> Alert:
    return DeliveryGivenUp(
        alert_id="sample-off",
        created_at=_AT,
        why=_WHY,
        recipient="newsroom",
        reason="nothing got through for 2 days, lastly: HTTP 503 Service Unavailable",
        state="rests",
    )


def _routine(count: int) -> list[Alert]:
    names = ("Notice of Appearance", "Certificate of Service", "Motion for Leave to Appear")
    named = [(n, names[n % len(names)]) for n in range(count)]
    return [
        _filed(f"routine-{n}", _entry(30 + n, name, f"{name} by Jane Roe.")) for n, name in named
    ]


def _day() -> list[Alert]:
    return [_order(), _notice_of_appeal(), *_routine(7), _story(), _gap()]


#: What it is like -> the alerts of one message, and how it is held.
LIKE: Mapping[str, tuple[Callable[[], list[Alert]], Hold]] = {
    "order": (lambda: [_order()], Hold.NONE),
    "uncertain": (lambda: [_uncertain()], Hold.NONE),
    "opinion": (lambda: [_opinion()], Hold.NONE),
    "notice-of-appeal": (lambda: [_notice_of_appeal()], Hold.NONE),
    "appeal": (lambda: [_appeal()], Hold.NONE),
    "amendment": (lambda: [_amended()], Hold.NONE),
    "document": (lambda: [_free()], Hold.NONE),
    "bundle": (lambda: [_order(), _opinion(), *_routine(5), _caught_up()], Hold.NONE),
    "digest": (
        lambda: [_order(), _notice_of_appeal(), *_routine(7), _story(), _gap()],
        Hold.DIGEST,
    ),
    "gap": (lambda: [_gap()], Hold.NONE),
    "unhealthy": (lambda: [_unhealthy()], Hold.NONE),
    "recovery": (lambda: [_recovered()], Hold.NONE),
    "all-quiet": (lambda: [_quiet()], Hold.NONE),
    "briefing": (lambda: [_not_quiet()], Hold.NONE),
    "story": (lambda: [_story()], Hold.NONE),
    "lead": (lambda: [_lead()], Hold.NONE),
    "off": (lambda: [_off()], Hold.NONE),
}
#: Sorts that tell of a court's act: they say what is in force.
_ACTS = {"order", "uncertain", "opinion", "bundle", "digest"}


def sample(like: str, recipient: str, name: str = "sample") -> Notification:
    """A message of this sort to a recipient; `name` tells one from another."""
    make, hold = LIKE[like]
    carried = tuple(RoutedAlert(alert, "a sample") for alert in make())
    standing = (_standing(),) if like in _ACTS else ()
    delivery_id = f"{name}.{recipient}"
    return Notification(delivery_id, recipient, carried, _AT, _AT, hold=hold, standing=standing)


def _standing() -> Standing:
    words = "relief was granted in part; in force as far as the record shows"
    return Standing(CASE.case_id, CASE.label, words, _AT)
