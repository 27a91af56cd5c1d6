"""From a notice of appeal to the mandate, followed without anybody's help."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.diff.appeals import appeal_told
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
        appeal = next(h["data"] for h in hooks if h["data"]["topic"] == "appeal")
        assert appeal["docket"]["id"] == f"cadc/{APPEAL}"
        assert "orders, opinions and judgments only" in appeal["coverage"]
        assert "APPEAL EXPECTED" not in call(story, "watch", "list")
        watches = json.loads(call(story, "watch", "list", "--json"))
        assert {w["docket_number"] for w in watches} == {CTR, APPEAL}
        assert {w["case_id"] for w in watches} == {"ctr-v-irs"}

        assert "now_watching" in topics(hooks)
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
    told = appeal_told(said[0], kind, (), said[1])
    assert told is not None
    assert (told.court_id, told.number) == expected


def test_a_circuit_court_has_nothing_to_follow_to() -> None:
    assert appeal_told("cadc", EntryKind.APPEAL_RELATED, ("MANDATE issued",), "") is None
