"""`docket-monitor watch`: what is watched is what somebody asked for, and it leads to somebody."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.errors import MonitorError
from monitor.model.watch import WatchState
from monitor.settings.load import load_settings
from tests.show.test_cli import call, parsed
from tests.show.test_history_command import shown
from tests.story import CTR, TIMELINE, Story, headlines, telling, topics

WATCH = f"ctr-v-irs/dcd/{CTR}"
DOE = "dcd-1-25-cv-09999/dcd/1:25-cv-09999"
NEWS_ONLY = "routes: [{name: press, to: [desk, hook], topics: [news]}]"


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    """The commands take the time from the machine, so this story plays today."""
    now = datetime.now(UTC)
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True, now=now) as told:
        yield told


def refused(story: Story, *args: str) -> str:
    with pytest.raises(MonitorError) as error:
        call(story, *args)
    return str(error.value)


def states(story: Story) -> dict[str, str]:
    return {w["watch_id"]: w["state"] for w in parsed(story, "watch", "list", "--all")}


# --- resting, resuming, removing ---


async def test_an_order_of_a_paused_watch_is_told_when_it_is_resumed(story: Story) -> None:
    call(story, "watch", "pause", WATCH)
    story.files(11, "Order", entry=11)
    assert await story.polls() == []
    call(story, "watch", "resume", WATCH)
    assert headlines(await story.polls()) == ["Order"]
    assert await story.polls(30) == []


async def test_an_order_that_came_and_went_during_a_pause_is_recorded_and_told(
    story: Story,
) -> None:
    call(story, "watch", "pause", WATCH)
    story.files(11, "Order Denying Stay", entry=11)
    assert await story.polls() == []
    story.court.withdraw(11)
    for _ in range(4):
        assert await story.polls(7 * 60) == []
    (statement,) = parsed(story, "coverage", "--since", "2026-03-04")
    (order, *_) = statement["orders"]
    assert (statement["state"], order in call(story, "coverage", "--since", "2026-03-04")) == (
        "paused",
        False,
    )
    assert [e["headline"] for e in parsed(story, "history", "--kind", "order")] == [
        "Order Denying Stay"
    ]
    await story.restart()
    assert await story.polls() == []
    call(story, "watch", "resume", WATCH)
    told = await story.polls()
    assert "Order Denying Stay" in headlines([one for one in told if one["topic"] == "filed"])
    assert topics(told).count("filed") == 1
    assert await story.polls(30) == []


async def test_what_waited_through_a_pause_comes_as_one_message(story: Story) -> None:
    call(story, "watch", "pause", WATCH)
    for number in range(11, 20):
        story.files(number, f"Order {number}", entry=number)
        assert await story.polls(30) == []
    before = len(story.documents)
    call(story, "watch", "resume", WATCH)
    assert len(headlines(await story.polls(120))) == 9
    assert len(story.documents) == before + 1


async def test_a_paused_watch_of_a_case_does_not_hold_back_another_docket_of_it(
    story: Story,
) -> None:
    call(story, "watch", "add", "dcd", "1:25-cv-09999", "--case", "ctr-v-irs")
    await story.polls()
    call(story, "watch", "pause", WATCH)
    story.files(11, "Order", entry=11)
    story.files(50, "Order Vacating", entry=50, number="1:25-cv-09999")
    assert headlines(await story.polls()) == ["Order Vacating"]


async def test_while_every_watch_rests_nobody_hears_of_its_source(story: Story) -> None:
    call(story, "watch", "pause", WATCH)
    story.court.modes["/dcd/"] = "500"
    for _ in range(6):
        assert await story.polls(120) == []


async def test_what_waited_for_a_removed_watch_is_not_told_when_it_is_added_again(
    story: Story,
) -> None:
    call(story, "watch", "add", "dcd", "1:25-cv-09999")
    await story.polls()
    call(story, "watch", "pause", DOE)
    story.files(50, "Order", entry=50, number="1:25-cv-09999", minutes_ago=60)
    assert await story.polls() == []
    call(story, "watch", "remove", DOE)
    assert await story.polls() == []
    call(story, "watch", "add", "dcd", "1:25-cv-09999")
    assert topics(await story.polls()) == ["now_watching"]
    assert await story.polls(30) == []


async def test_a_docket_that_comes_back_into_a_pack_begins_anew(story: Story) -> None:
    pack = story.folder / "pack.yaml"
    whole = pack.read_text()
    other = whole.replace("1:25-cv-00457", "1:25-cv-09999")
    pack.write_text(other)
    await story.app.close()
    await story.begin_with(other)
    await story.polls()
    story.files(11, "Order", entry=11, minutes_ago=60)
    await story.polls(30)
    await story.app.close()
    await story.begin_with(whole)
    assert topics(await story.polls()) == ["now_watching"]
    story.files(12, "Order Denying Stay", entry=12)
    assert headlines(await story.polls()) == ["Order Denying Stay"]


async def test_a_pause_is_said_wherever_the_docket_is_shown(story: Story) -> None:
    call(story, "watch", "pause", WATCH)
    assert "(PAUSED)" in call(story, "watch", "list")
    assert "(paused)" in call(story, "watch", "show", WATCH)
    assert "PAUSED: it is read, and nobody is told" in call(story, "status")
    said = call(story, "explain", f"dcd/{CTR}#1")
    assert "(PAUSED)" in said
    assert "its watch is paused" in " ".join(said.split())
    assert parsed(story, "watch", "show", WATCH)["state"] == "paused"


async def test_pausing_and_resuming_twice_changes_nothing_more(story: Story) -> None:
    for verb, state in (("pause", "paused"), ("pause", "paused"), ("resume", "active")):
        call(story, "watch", verb, WATCH)
        assert states(story) == {WATCH: state}
    call(story, "watch", "resume", WATCH)
    assert await story.polls() == []


async def test_a_removed_docket_is_not_told_and_stays_in_the_history(story: Story) -> None:
    call(story, "watch", "add", "dcd", "1:25-cv-09999")
    await story.polls()
    story.files(50, "Order", entry=50, number="1:25-cv-09999")
    assert headlines(await story.polls()) == ["Order"]
    call(story, "watch", "remove", DOE)
    story.files(51, "Order", entry=51, number="1:25-cv-09999")
    assert await story.polls() == []
    assert DOE not in call(story, "watch", "list")
    assert "(REMOVED)" in call(story, "watch", "list", "--all")
    assert len(parsed(story, "history", "--docket", "1:25-cv-09999")) == 1


async def test_a_docket_added_again_begins_anew(story: Story) -> None:
    """What was filed meanwhile is shown as what was found there, and not as news."""
    call(story, "watch", "add", "dcd", "1:25-cv-09999")
    await story.polls()
    call(story, "watch", "remove", DOE)
    story.files(51, "Order", entry=51, number="1:25-cv-09999", minutes_ago=60)
    await story.polls()
    call(story, "watch", "add", "dcd", "1:25-cv-09999")
    assert topics(await story.polls()) == ["now_watching"]
    story.files(52, "Order Dismissing Case", entry=52, number="1:25-cv-09999")
    assert headlines(await story.polls()) == ["Order Dismissing Case"]


async def test_a_docket_of_a_pack_is_removed_from_the_pack(story: Story) -> None:
    said = refused(story, "watch", "remove", WATCH)
    assert "case pack" in said
    assert "watch pause" in said
    assert states(story) == {WATCH: "active"}


@pytest.mark.parametrize("verb", ["show", "pause", "resume", "remove"])
async def test_a_misspelt_watch_is_refused_with_a_suggestion(story: Story, verb: str) -> None:
    assert f"did you mean “{WATCH}”" in refused(story, "watch", verb, WATCH.replace("00457", "457"))
    assert "no watch is called ''" in refused(story, "watch", verb, "")
    assert states(story) == {WATCH: "active"}


async def test_nothing_watched_says_what_to_do(story: Story) -> None:
    (story.folder / "pack.yaml").write_text("pack: story\ncases: []\n")
    call(story, "watch", "pause", WATCH)  # any steering brings pack and database into agreement
    for command in (["watch", "list"], ["status"], ["coverage"]):
        assert "docket-monitor watch add" in call(story, *command)
    assert parsed(story, "watch", "list") == []


# --- adding ---


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["dcdd", "1:25-cv-00001"], "did you mean “dcd”"),
        (["", "1:25-cv-00001"], "is no court"),
        (["dcd"], "is no docket number of D.D.C."),
        (["dcd", "26-5006"], "is no docket number of D.D.C."),
        (["cadc", "1:25-cv-00001"], "is no docket number of D.C. Cir."),
        (["scotus", "1:25-cv-00001"], "is no docket number of"),
        (["dcd", CTR], f"watched already, as {WATCH}"),
        (["dcd", "1:25-CV-457-ABC"], f"watched already, as {WATCH}"),
        (["cadc", "26-5006", "--case", "ctr-v-isr"], "did you mean “ctr-v-irs”"),
        (["https://www.courtlistener.com/docket/999999/x/"], "404"),
        (["https://www.courtlistener.com/opinion/900001/x/"], "is no page of a docket"),
        (["https://evil.example/docket/900001/x/"], "no address of CourtListener"),
    ],
)
async def test_what_cannot_be_watched_is_refused_and_not_written_down(
    story: Story, args: list[str], said: str
) -> None:
    assert said in refused(story, "watch", "add", *args)
    assert states(story) == {WATCH: "active"}


async def test_an_added_docket_is_read_and_told(story: Story) -> None:
    said = call(story, "watch", "add", "dcd", "1:25-CV-9999", "--label", "Doe v. Roe")
    assert f"as {DOE}" in said
    story.files(50, "Order", entry=50, number="1:25-cv-09999")
    await story.polls()
    story.files(51, "Order Dismissing Case", entry=51, number="1:25-cv-09999")
    (told,) = await story.polls()
    assert told["case"]["label"] == "Doe v. Roe"
    assert "Order Dismissing Case" in str(story.mails[-1]["subject"])


async def test_a_label_is_cut_so_that_subjects_stay_readable(story: Story) -> None:
    call(story, "watch", "add", "dcd", "1:25-cv-09999", "--label", "x" * 500)
    assert parsed(story, "watch", "show", DOE)["case_label"] == "x" * 60


async def test_a_docket_joins_a_case_that_is_known(story: Story) -> None:
    call(story, "watch", "add", "cadc", "26-5006", "--case", "ctr-v-irs")
    (case,) = parsed(story, "status")
    assert {d["court_id"] for d in case["dockets"]} == {"dcd", "cadc"}


async def test_who_names_an_expected_appeal_settles_it(story: Story) -> None:
    story.files(20, "Notice of Appeal to DC Circuit Court", entry=20)
    await story.polls()
    said = " ".join(call(story, "watch", "list").split())
    offered = re.search(r"docket-monitor (watch add cadc NUMBER --case \S+)", said)
    assert offered
    call(story, *offered[1].replace("NUMBER", "26-5006").split())
    assert "APPEAL EXPECTED" not in call(story, "watch", "list")
    assert "went to: D.C. Cir. 26-5006" in call(story, "status")


async def test_a_refused_appeal_is_not_asked_about_again(tmp_path: Path) -> None:
    likely = {"court": "cadc", "number": "26-5006", "name": "Center for Taxpayer Rights v. Bessent"}
    timeline = TIMELINE | {"dockets": [*TIMELINE["dockets"], likely]}
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", timeline=timeline) as story:
        story.files(20, "Notice of Appeal to DC Circuit Court", entry=20)
        await story.polls()
        story.files(30, "Clerk's Order Filed", court="cadc", number="26-5006")
        assert topics(await story.polls()) == ["appeal_proposed"]
        said = " ".join(call(story, "watch", "list").split())
        assert "watch refuse cadc/26-5006" in said
        done = parsed(story, "watch", "refuse", "cadc/26-5006")
        assert done == {"id": "cadc/26-5006", "state": "refused"}
        assert "IS THIS THE APPEAL" not in call(story, "watch", "list")
        story.files(31, "Per Curiam Order Filed", court="cadc", number="26-5006")
        assert await story.polls() == []
        assert "proposed: none" in refused(story, "watch", "confirm", "cadc/26-5006")


async def test_what_will_not_be_seen_is_said_when_it_is_added(tmp_path: Path) -> None:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db") as story:
        said = refused(story, "watch", "add", "https://www.courtlistener.com/docket/900001/doe/")
        assert "watch add dcd" in said
        without_feed = call(story, "watch", "add", "ca9", "26-1234")
        assert "NOTHING will show its filings" in " ".join(without_feed.split())
        # The demo court's own feed stands in the pack, and so do those of most courts.
        assert "NOTHING" not in call(story, "watch", "add", "dcd", "1:25-cv-09999")


# --- watches that lead to nobody ---


async def heals(story: Story, said: str) -> bool:
    """Whether the rule that a refusal names does what it promises, once it is written down."""
    rule = re.search(r"- \{name:.*?\]\}", " ".join(said.split()))
    assert rule, said
    story.routes += f"\n{rule[0]}" if "\n- " in story.routes else f"\nroutes:\n{rule[0]}"
    await story.restart()
    return all(watch["leads_to"] for watch in parsed(story, "watch", "list"))


async def test_an_added_watch_that_leads_to_nobody_is_an_error_with_the_rule(
    tmp_path: Path,
) -> None:
    routes = "routes:\n- {name: ours, to: [desk, hook], cases: [ctr-v-irs]}"
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", routes=routes) as story:
        said = refused(story, "watch", "add", "dcd", "1:25-cv-09999")
        assert "it is watched" in said
        assert DOE in states(story)
        assert "NOBODY IS TOLD" in call(story, "watch", "list")
        assert "told to: NOBODY" in call(story, "watch", "show", DOE)
        assert "NOBODY IS TOLD" in call(story, "status")
        assert await heals(story, said)
        assert "NOBODY" not in call(story, "watch", "list") + call(story, "status")


async def test_a_resumed_watch_that_leads_to_nobody_is_an_error_with_the_rule(
    tmp_path: Path,
) -> None:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", routes=NEWS_ONLY) as story:
        assert call(story, "watch", "pause", WATCH)
        said = refused(story, "watch", "resume", WATCH)
        assert "cases: [ctr-v-irs]" in said
        assert states(story) == {WATCH: "active"}
        assert shown(story, "watch", "resume", WATCH).exit_code == 1
        story.routes = "routes:\n- {name: press, to: [desk, hook], topics: [news]}"
        assert await heals(story, said)
        story.files(11, "Order", entry=11)
        await story.polls()
        assert "Order" in str(story.mails[-1]["subject"])


async def test_a_configuration_without_recipients_says_so_and_goes_on(story: Story) -> None:
    text = (story.folder / "monitor.yaml").read_text()
    without = text[: text.index("recipients:")] + "grace: 0s\n"
    (story.folder / "monitor.yaml").write_text(without)
    said = shown(story, "watch", "add", "dcd", "1:25-cv-09999")
    assert said.exit_code == 0
    assert "names no recipients" in " ".join(said.stderr.split())
    assert load_settings(story.folder / "monitor.yaml").config.recipients == ()


async def test_a_watch_is_added_before_the_daemon_ever_ran(story: Story) -> None:
    fresh = (story.folder / "monitor.yaml").read_text().replace("/m.db", "/fresh.db")
    (story.folder / "monitor.yaml").write_text(fresh)
    call(story, "watch", "add", "dcd", "1:25-cv-09999")
    assert states(story) == {WATCH: "active", DOE: "active"}
    for verb in ("pause", "resume"):
        call(story, "watch", verb, DOE)


@pytest.mark.parametrize("verb", ["list", "show", "pause", "resume", "remove"])
async def test_without_a_database_nothing_is_steered_and_none_is_made(
    story: Story, verb: str
) -> None:
    fresh = (story.folder / "monitor.yaml").read_text().replace("/m.db", "/fresh.db")
    (story.folder / "monitor.yaml").write_text(fresh)
    args = [] if verb == "list" else [WATCH]
    assert "there is no database at" in refused(story, "watch", verb, *args)
    assert not (story.folder / "fresh.db").exists()


SAID = [
    ("dcd", "25-cv-994", "dcd/1:25-cv-00994"),
    ("dcd", "25cv997", "dcd/1:25-cv-00997"),
    ("dcd", "No. 25-cv-996", "dcd/1:25-cv-00996"),
    ("D.D.C.", "1:25-cv-995", "dcd/1:25-cv-00995"),
    ("DCD", "1:25-cv-993 (CKK)", "dcd/1:25-cv-00993"),
    ("D.C. Cir.", "26-5010", "cadc/26-5010"),
    ("2d Cir.", "26-1234-cv", "ca2/26-1234"),
    ("ca11", "26-10894-H", "ca11/26-10894"),
    ("cafc", "2026-1528", "cafc/26-1528"),
    ("ared", "4:25-crcor-00029", "ared/4:25-crcor-00029"),
    ("paed", "2:16-a2-27244", "paed/2:16-a2-27244"),
    ("azd", "4:20-mj-00061-N/A", "azd/4:20-mj-00061"),
    ("scotus", "25M12", "scotus/25m12"),
    ("scotus", "22O156", "scotus/22o156"),
    ("scotus", "No. 25A123", "scotus/25a123"),
]


@pytest.mark.parametrize(("where", "number", "docket_id"), SAID)
async def test_a_docket_is_watched_as_people_name_it(
    story: Story, where: str, number: str, docket_id: str
) -> None:
    call(story, "watch", "add", where, number, "--case", "ctr-v-irs")
    assert f"ctr-v-irs/{docket_id}" in states(story)


async def test_a_docket_of_a_court_of_several_offices_is_asked_for_its_own(story: Story) -> None:
    assert "with its office" in refused(story, "watch", "add", "mad", "25-cv-994")


async def test_a_removed_watch_is_not_resumed_but_added_again(story: Story) -> None:
    call(story, "watch", "add", "dcd", "1:25-cv-09999")
    await story.polls()
    call(story, "watch", "remove", DOE)
    for verb in ("resume", "pause"):
        assert "watch add dcd 1:25-cv-09999" in refused(story, "watch", verb, DOE)


async def test_a_watch_without_an_office_rests_too(story: Story) -> None:
    call(story, "watch", "add", "mad", "1:25-cv-00001")
    with story.app.store.begin() as unit:
        known = next(w for w in unit.watches.all() if w.court_id == "mad")
        unit.watches.set_state(known.watch_id, WatchState.REMOVED)
        bare = replace(known, watch_id="bare", docket_number="25-cv-09999", court_id="dcd")
        unit.watches.put(bare)
    await story.polls()
    call(story, "watch", "pause", "bare")
    story.files(50, "Order", entry=50, number="1:25-cv-09999")
    assert await story.polls() == []
    call(story, "watch", "resume", "bare")
    assert headlines(await story.polls()) == ["Order"]
    statement = next(
        s
        for s in parsed(story, "coverage", "--since", "2026-03-04")
        if s["state"] == "active" and s["docket_number"] == "25-cv-09999"
    )
    assert len(statement["orders"]) == 1
