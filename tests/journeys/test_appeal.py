"""From a notice of appeal to the mandate, followed without anybody's help."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.diff.appeals import appeals_told
from monitor.errors import UsageError
from monitor.history.boards import boards
from monitor.history.record import reading
from monitor.model.docket import EntryKind
from tests.show.test_cli import call
from tests.story import CTR, TIMELINE, headlines, telling, topics

APPEAL = "26-5006"
WITH_APPEAL = TIMELINE | {
    "dockets": [
        *TIMELINE["dockets"],
        {"court": "cadc", "number": APPEAL, "name": "Center for Taxpayer Rights v. IRS"},
        {"court": "cadc", "number": "26-5007", "name": "Others v. IRS"},
    ]
}


async def test_from_notice_of_appeal_to_mandate(tmp_path: Path, database_url: str) -> None:
    async with telling(tmp_path, database_url, timeline=WITH_APPEAL) as story:
        story.files(20, "Notice of Appeal to DC Circuit Court", entry=20)
        assert topics(await story.polls()) == ["filed"]
        assert "APPEAL EXPECTED" in call(story, "watch", "list")

        story.files(21, "USCA Case Number", text=f"USCA Case Number {APPEAL} for 20 Notice")
        story.court.publish(story.files(22, "USCA Case Number 26-5006"), story.now)
        hooks = await story.polls()
        appeal = next(h for h in hooks if h["topic"] == "appeal_found")
        assert appeal["docket"]["docket_id"] == f"cadc/{APPEAL}"
        assert "orders, opinions and judgments only" in appeal["coverage"]
        assert "APPEAL EXPECTED" not in call(story, "watch", "list")
        watches = json.loads(call(story, "watch", "list", "--json"))
        assert {w["docket_number"] for w in watches} == {CTR, APPEAL}
        assert {w["case_id"] for w in watches} == {"ctr-v-irs"}
        bound = story.now
        with reading(story.app.store) as record:
            for as_of, number in ((bound - timedelta(minutes=1), ""), (bound, APPEAL)):
                ((told,),) = [board.appeals for board in boards(record, as_of=as_of)]
                assert told.appeal_number == number
            ((),) = [one.appeals for one in boards(record, as_of=bound - timedelta(hours=1))]

        assert topics(await story.polls()) == ["now_watching"]
        story.files(30, "Per Curiam Order Filed", court="cadc", number=APPEAL)
        story.files(31, "Per Curiam Order Filed", court="cadc", number="26-5007")
        assert headlines(await story.polls()) == ["Per Curiam Order Filed"]
        story.files(40, "USCA Mandate", entry=40)
        assert headlines(await story.polls()) == ["USCA Mandate"]
        assert await story.polls() == []


TOLD = {
    ("dcd", "USCA Case Number 26-5006 for 55 Notice of Appeal"): ("cadc", "26-5006"),
    ("dcd", "USCA Case Number 25-5181"): ("cadc", "25-5181"),
    ("lamd", "Appeal docketed in the Fifth Circuit, case number 18-31050"): ("ca5", "18-31050"),
    ("ned", "SCHEDULING LETTER from USCA - 8th Circuit (case number 16-4166)"): ("ca8", "16-4166"),
    ("txed", "NOTICE OF APPEAL - FEDERAL CIRCUIT as to 25 Order"): ("cafc", ""),
    ("mad", "NOTICE OF APPEAL as to 30 Order by All Defendants"): ("ca1", ""),
}


@pytest.mark.parametrize(("said", "expected"), TOLD.items())
def test_the_court_and_number_of_an_appeal_are_read(
    said: tuple[str, str], expected: tuple[str, str]
) -> None:
    kind = EntryKind.APPEAL_RELATED if expected[1] else EntryKind.NOTICE_OF_APPEAL
    (told,) = appeals_told(said[0], kind, (), said[1])
    assert (told.court_id, told.number) == expected


CERTIORARI = {
    "LETTER: the petition for a writ of certiorari was filed and docketed as No. 25-1234": "25-1234",
    "Supreme Court case number 25A123, application for stay": "25a123",
    "NOTICE: petition for writ of certiorari filed with the Supreme Court": "",
}


@pytest.mark.parametrize(("said", "number"), CERTIORARI.items())
def test_the_way_to_the_supreme_court_is_read(said: str, number: str) -> None:
    (told,) = appeals_told("cadc", EntryKind.NOTICE, (), said)
    assert (told.court_id, told.number) == ("scotus", number)


def test_a_motion_that_only_speaks_of_certiorari_leads_nowhere() -> None:
    said = (
        "MOTION to stay the mandate pending a petition for writ of certiorari filed by appellants"
    )
    assert appeals_told("cadc", EntryKind.MOTION, (), said) == ()


def test_a_circuit_court_has_nothing_to_follow_to() -> None:
    assert appeals_told("cadc", EntryKind.APPEAL_RELATED, ("MANDATE issued",), "") == ()


BOTH = ["26-5006", "26-5007"]
RECEIPT = "Receipt of NOA from USCA. Date received by USCA: 3/2/2026. USCA Case Number: 26-10012-C."
NUMBERED: list[tuple[str, str, list[str]]] = [
    ("flnd", "USCA LETTER re: 45 NOTICE OF APPEAL, USCA Appeal #26-10894-H. (tl)", ["26-10894"]),
    ("flsd", RECEIPT, ["26-10012"]),
    ("nyed", "USCA Case Number 26-1234-cv for 45 Notice of Appeal", ["26-1234"]),
    ("cofc", "USCA Case Number 26-1045U for 45 Notice of Appeal", ["26-1045"]),
    ("cit", "USCA Case Number 2026-1528 for 45 Notice of Appeal", ["26-1528"]),
    ("dcd", "USCA Case Number 26-5006, 26-5007 for 45 Notice of Appeal", BOTH),
    ("dcd", "USCA Case Number 26-5006; USCA Case Number 26-5007", BOTH),
    ("dcd", "USCA Case Numbers 26-5006, 26-5007 and 26-5008 for 45", [*BOTH, "26-5008"]),
    ("dcd", "USCA Case Nos. 26-5006 & 26-5007 for 45 Notice of Appeal", BOTH),
    ("dcd", "USCA Case Number 26-5006 (L), 26-5007 (Con) for 45 Notice", BOTH),
    ("dcd", "USCA Case Number 26-5006 for 26-5006 Notice", ["26-5006"]),
    ("wawb", "On Appeal Re: BK Internal Appeal No: 26-S045 BAP Appeal No: 26-1738", []),
    ("wawb", "Bankruptcy Appellate Panel case number 26-1738 for 45 Notice of Appeal", []),
    ("wawb", "Notice of Appeal docketed as case number 26-1738", []),
    ("dcd", "USCA Case Number 12-2026-11 for 45", []),
]


@pytest.mark.parametrize(("court", "said", "numbers"), NUMBERED)
def test_every_number_of_an_appeal_is_read_and_no_other(
    court: str, said: str, numbers: list[str]
) -> None:
    told = appeals_told(court, EntryKind.APPEAL_RELATED, (), said)
    assert [one.number for one in told] == numbers


async def test_both_appeals_of_one_entry_are_watched(tmp_path: Path, database_url: str) -> None:
    async with telling(tmp_path, database_url, timeline=WITH_APPEAL) as story:
        story.court.publish(story.files(22, f"USCA Case Number {APPEAL}, 26-5007"), story.now)
        hooks = await story.polls()
        found = [h["docket"]["docket_id"] for h in hooks if h["topic"] == "appeal_found"]
        assert sorted(found) == [f"cadc/{APPEAL}", "cadc/26-5007"]
        hooks += await story.polls()
        assert topics(hooks).count("now_watching") == 2
        story.files(31, "Per Curiam Order Filed", court="cadc", number="26-5007")
        assert headlines(await story.polls()) == ["Per Curiam Order Filed"]


def appeal(number: str = APPEAL, court: str = "cadc", **more: str) -> dict[str, object]:
    name = more.pop("name", "Center for Taxpayer Rights, et al v. IRS")
    return TIMELINE | {
        "dockets": [
            *TIMELINE["dockets"],
            {"court": court, "number": number, "name": name, **more},
            {"court": court, "number": "26-9999", "name": "Roe v. IRS"},
        ]
    }


async def test_an_appeal_is_recognized_by_its_caption(tmp_path: Path, database_url: str) -> None:
    """The circuit's feed shows both parties within days: bound without a number from below."""
    timeline = appeal(name="Center for Taxpayer Rights v. IRS, et al")
    async with telling(tmp_path, database_url, timeline=timeline) as story:
        story.files(20, "Notice of Appeal to DC Circuit Court", entry=20)
        await story.polls()
        story.files(31, "Per Curiam Order Filed", court="cadc", number="26-9999")
        assert await story.polls() == []
        story.files(30, "Clerk's Order Filed", court="cadc", number=APPEAL)
        hooks = await story.polls()
        (bound,) = hooks
        assert (bound["topic"], bound["docket"]["docket_id"]) == ("appeal_found", f"cadc/{APPEAL}")
        (watching,) = await story.polls()
        assert watching["entries"][0]["headline"] == "Clerk's Order Filed"
        story.files(32, "Per Curiam Order Filed", court="cadc", number=APPEAL)
        assert headlines(await story.polls()) == ["Per Curiam Order Filed"]


async def test_a_likely_appeal_is_put_to_a_person(tmp_path: Path, database_url: str) -> None:
    timeline = appeal(name="Center for Taxpayer Rights, et al v. Scott Bessent")
    async with telling(tmp_path, database_url, timeline=timeline) as story:
        story.files(20, "Notice of Appeal to DC Circuit Court", entry=20)
        await story.polls()
        story.files(30, "Clerk's Order Filed", court="cadc", number=APPEAL)
        (asked,) = await story.polls()
        assert asked["topic"] == "appeal_proposed"
        assert f"watch confirm cadc/{APPEAL}" in call(story, "watch", "list")
        story.files(32, "Per Curiam Order Filed", court="cadc", number=APPEAL)
        assert await story.polls() == []
        with pytest.raises(UsageError, match="proposed: cadc/26-5006"):
            call(story, "watch", "confirm", "cadc/26-9999")
        call(story, "watch", "confirm", f"cadc/{APPEAL}")
        assert "IS THIS THE APPEAL" not in call(story, "watch", "list")
        (watching,) = await story.polls()
        assert len(watching["entries"]) == 2
        story.files(33, "Opinion Filed", court="cadc", number=APPEAL)
        assert headlines(await story.polls()) == ["Opinion Filed"]


async def test_a_refused_appeal_is_not_proposed_again(tmp_path: Path, database_url: str) -> None:
    timeline = appeal(name="Center for Taxpayer Rights, et al v. Scott Bessent")
    async with telling(tmp_path, database_url, timeline=timeline) as story:
        story.files(20, "Notice of Appeal to DC Circuit Court", entry=20)
        await story.polls()
        story.files(30, "Clerk's Order Filed", court="cadc", number=APPEAL)
        await story.polls()
        call(story, "watch", "refuse", f"cadc/{APPEAL}")
        story.files(32, "Per Curiam Order Filed", court="cadc", number=APPEAL)
        assert await story.polls() == []
        out = call(story, "watch", "list")
        assert "IS THIS THE APPEAL" not in out
        assert "APPEAL EXPECTED" in out


async def test_an_appeal_is_looked_up_where_no_feed_shows_it(
    tmp_path: Path, database_url: str
) -> None:
    """The First Circuit has no feed; CourtListener's docket names the one below."""
    timeline = appeal("26-1234", "ca1", appeal_from=CTR, filed="2026-03-05")
    async with telling(tmp_path, database_url, timeline=timeline, has_token=True) as story:
        story.files(20, "Notice of Appeal to First Circuit", entry=20)
        await story.polls()
        assert await story.polls() == []
        story.files(30, "CASE docketed", court="ca1", number="26-1234")
        hooks = await story.polls(20)
        bound = next(h for h in hooks if h["topic"] == "appeal_found")
        assert bound["docket"]["docket_id"] == "ca1/26-1234"
        assert "publishes no feed" in bound["coverage"]
        sources = json.loads(call(story, "sources", "--json"))
        assert not any("appeal" in s["source_id"] and s["enabled"] for s in sources)


async def test_to_the_supreme_court_and_back(tmp_path: Path, database_url: str) -> None:
    timeline = appeal("25-1234", "scotus", appeal_from=APPEAL)
    timeline["dockets"].append({"court": "cadc", "number": APPEAL, "name": "CTR v. IRS"})  # type: ignore[attr-defined]
    async with telling(tmp_path, database_url, timeline=timeline) as story:
        story.files(20, "USCA Case Number", text="USCA Case Number 26-5006")
        story.court.publish(story.files(21, "USCA Case Number 26-5006"), story.now)
        await story.polls()
        story.files(
            29, "Petition for a writ of certiorari filed.", court="scotus", number="25-1234"
        )
        event = (
            "Letter from the Supreme Court: petition for writ of certiorari filed as No. 25-1234"
        )
        story.files(30, event, court="cadc", number=APPEAL)
        hooks = await story.polls()
        bound = next(h for h in hooks if h["topic"] == "appeal_found")
        assert bound["docket"]["docket_id"] == "scotus/25-1234"
        assert "now_watching" in topics(hooks)
        story.files(31, "Petition DENIED.", court="scotus", number="25-1234")
        (denied,) = await story.polls()
        assert denied["entries"][0]["headline"] == "Petition DENIED."
        assert denied["kind"] == "order"
        assert await story.polls() == []
