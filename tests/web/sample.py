"""A case as people look at it: seven weeks in two courts, with orders, an appeal, press and a gap."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.story import CTR, Story

BEGINS = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
HOSTILE = (
    '<script>document.title="owned"</script> <img src=x onerror=alert(1)> '
    "see javascript:alert(1) \u202egnp.exe"
)
#: What is filed when: days since the beginning, event, entry number, text.
_FILED = [
    (
        1,
        "Motion for Preliminary Injunction",
        7,
        "MOTION for Preliminary Injunction by CENTER FOR TAXPAYER RIGHTS. (Attachments: # 1 Declaration, # 2 Text of Proposed Order)",
    ),
    (2, "Notice of Appearance", 8, "NOTICE of Appearance by Jane Roe on behalf of IRS"),
    (
        2,
        "Certificate of Service",
        9,
        "CERTIFICATE OF SERVICE by CENTER FOR TAXPAYER RIGHTS re 7 Motion for Preliminary Injunction",
    ),
    (
        8,
        "Memorandum in Opposition",
        20,
        "Memorandum in opposition to re 7 Motion for Preliminary Injunction filed by IRS.",
    ),
    (
        10,
        "Set/Reset Hearings",
        21,
        "MINUTE ORDER: Motion Hearing set for 3/16/2026 at 10:00 AM in Courtroom 24A before Judge X.",
    ),
    (
        14,
        "Motion Hearing",
        30,
        "Minute Entry for proceedings held before Judge X: Motion Hearing held on 3/16/2026 re 7 Motion for Preliminary Injunction. Oral argument heard, and motion taken under advisement.",
    ),
    (
        18,
        "Memorandum Opinion",
        46,
        "MEMORANDUM OPINION re 7 Motion for Preliminary Injunction. Signed by Judge X on 3/20/2026.",
    ),
    (
        18,
        "Order",
        47,
        "ORDER granting in part 7 Motion for Preliminary Injunction. The Court STAYS the Implementing Policy pending further order. Signed by Judge X on 3/20/2026.",
    ),
    (
        20,
        "Notice of Appeal to DC Circuit Court",
        50,
        "NOTICE OF APPEAL TO DC CIRCUIT COURT as to 47 Order by IRS. Filing fee $ 605, receipt number ADCDC-1. Fee Status: Fee Paid.",
    ),
    (21, "Motion to Stay", 51, "MOTION to Stay re 47 Order Pending Appeal by IRS"),
    (23, "Notice of Appearance", 52, "NOTICE of Appearance by Richard Doe on behalf of IRS"),
    (24, "Certificate of Service", 53, HOSTILE),
    (
        30,
        "Order",
        60,
        "ORDER denying 51 Motion to Stay Pending Appeal. Signed by Judge X on 4/1/2026.",
    ),
    (
        36,
        "Set/Reset Hearings",
        61,
        "MINUTE ORDER: Status Conference set for 5/15/2026 at 10:00 AM in Courtroom 24A before Judge X.",
    ),
]
_REVISED = (
    "ORDER granting 7 Motion for Preliminary Injunction. The Court STAYS the Implementing Policy "
    "and the Data Policy pending further order. Signed by Judge X on 3/20/2026. (Main Document 47 "
    "replaced on 3/24/2026)"
)
_APPEAL = [
    (26, "Clerk's Order", 5, "CLERK'S ORDER filed directing party to file initial submissions"),
    (32, "Per Curiam Order", 9, "PER CURIAM ORDER filed denying motion for stay pending appeal"),
]
ROUTES = """\
routes:
  - {name: acts-of-the-courts, kinds: [order, opinion, judgment], to: [desk]}
  - {name: appeals, kinds: [notice_of_appeal, appeal_related], to: [desk]}
  - {name: everything, to: [hook]}
"""
#: How the story is begun: see `telling`.
MORE: dict[str, Any] = {
    "has_token": True,
    "has_press": True,
    "now": BEGINS,
    "routes": ROUTES,
    "timeline": {
        "dockets": [
            {"court": "dcd", "number": CTR, "name": "CENTER FOR TAXPAYER RIGHTS v. IRS"},
            {"court": "cadc", "number": "26-5006", "name": "Center for Taxpayer Rights v. IRS"},
        ],
        "entries": [{"court": "dcd", "number": CTR, "event": "Complaint", "entry": 1}],
        "news": [
            {
                "after": 1_600_000,
                "title": "Judge blocks IRS from sharing addresses, Center for Taxpayer Rights says",
                "summary": "The Center for Taxpayer Rights won.",
            },
            {
                "after": 2_700_000,
                "title": "Appeals court will not let IRS share addresses: Center for Taxpayer Rights",
                "summary": "The Center for Taxpayer Rights v. IRS.",
            },
        ],
    },
}


async def tell(story: Story) -> None:
    """Seven weeks, read twice a day and when something is filed; over two days nobody could."""
    await _read_seldom(story)
    filed = sorted(
        [*((*one, "dcd", CTR) for one in _FILED), *((*one, "cadc", "26-5006") for one in _APPEAL)],
        key=lambda one: one[0],
    )
    day = 0
    for seq, (at, event, number, text, court, docket) in enumerate(filed, 100):
        while day < at:
            await _a_day(story, day)
            day += 1
        story.files(seq, event, entry=number, text=text, court=court, number=docket)
        await story.polls(30)
    for _ in range(4):
        await _a_day(story, day)
    story.files(107, "Order", entry=47, text=_REVISED)
    await story.polls(60)
    await story.polls(60)


async def _read_seldom(story: Story) -> None:
    """Else each half day between two readings would count as one that we were away."""
    await story.app.close()
    config = story.folder / "monitor.yaml"
    config.write_text(config.read_text().replace("court_feeds: 10m", "court_feeds: 12h"))
    await story.begin_as_written()


async def _a_day(story: Story, day: int) -> None:
    is_down = day in {12, 13}
    for place in ("/dcd/feed", "/cadc/feed"):
        story.court.modes[place] = "500" if is_down else "ok"
    await story.polls(60 * 12)
    await story.polls(60 * 12)
