"""What was sent, where we read, what the quota is spent on; and reading and sending by hand."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.errors import UsageError
from tests.show.test_cli import call, parsed
from tests.show.test_history_command import shown
from tests.story import CTR, Story, headlines, telling


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    """These commands judge by the machine's own clock, so this story plays today."""
    now = datetime.now(UTC)
    async with telling(
        tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True, now=now, has_press=True
    ) as told:
        yield told


async def refuses(story: Story, mode: str = "404") -> str:
    """The hook refuses an order; return its delivery."""
    story.court.modes["/hook"] = mode
    story.files(11, "Order", entry=11)
    await story.polls()
    found = parsed(story, "deliveries", "list", "--recipient", "hook")
    (lost,) = (d for d in found if any(a["topic"] == "filed" for a in d["alerts"]))
    return str(lost["delivery_id"])


# --- deliveries ---


async def test_what_was_given_up_says_why_and_is_found_by_its_state(story: Story) -> None:
    name = await refuses(story)
    dead = parsed(story, "deliveries", "list", "--state", "dead")
    assert name in {one["delivery_id"] for one in dead}
    assert {one["recipient"] for one in dead} == {"hook"}
    said = call(story, "deliveries", "list", "--state", "dead")
    assert "given up" in said
    assert "because HTTP 404" in said
    assert name not in call(story, "deliveries", "list", "--state", "sent")
    assert "HTTP 404" in call(story, "deliveries", "show", name)
    assert "filed to hook: dead" in call(story, "show", f"dcd/{CTR}#11")


async def test_what_was_given_up_is_sent_when_somebody_says_so(story: Story) -> None:
    name = await refuses(story)
    story.court.modes.clear()
    assert await story.polls() == []
    assert "1 will be sent again" in call(story, "deliveries", "retry", name)
    assert headlines(await story.polls()) == ["Order"]
    found = parsed(story, "deliveries", "show", name)
    assert [attempt["result"] for attempt in found["tries"]] == ["dead", "accepted"]
    assert found["state"] == "sent"
    with pytest.raises(UsageError, match=f"sent already: {name}"):
        call(story, "deliveries", "retry", name)
    assert await story.polls(60) == []


async def test_everything_given_up_is_sent_again_at_once(story: Story) -> None:
    await refuses(story)
    dead = {one["delivery_id"] for one in parsed(story, "deliveries", "list", "--state", "dead")}
    story.court.modes.clear()
    again = parsed(story, "deliveries", "retry", "--all-dead")
    assert set(again["sent_again"]) == dead
    assert again["unknown"] == []
    await story.polls()
    assert parsed(story, "deliveries", "list", "--state", "dead") == []
    assert parsed(story, "deliveries", "retry", "--all-dead")["sent_again"] == []


async def test_a_name_that_is_not_there_keeps_no_other_from_being_sent(story: Story) -> None:
    name = await refuses(story)
    story.court.modes.clear()
    with pytest.raises(UsageError, match="not there, or sent already: nope"):
        call(story, "deliveries", "retry", "nope", name)
    assert headlines(await story.polls()) == ["Order"]


async def test_a_receiver_that_is_down_is_tried_again_later(story: Story) -> None:
    name = await refuses(story, "500")
    found = parsed(story, "deliveries", "show", name)
    assert found["state"] == "pending"
    assert found["next_attempt_at"] > found["created_at"]
    said = call(story, "deliveries", "list", "--state", "pending")
    assert "next attempt" in said
    assert "because HTTP 500" in said


async def test_a_message_is_shown_as_it_was_sent(story: Story) -> None:
    story.files(11, "Order", entry=11, text="ORDER denying 7 Motion")
    await story.polls()
    mail = story.mails[-1]
    body = mail.get_body(("plain",))
    assert body is not None
    latest = parsed(story, "deliveries", "list", "--recipient", "desk", "--limit", "1")
    found = parsed(story, "deliveries", "show", latest[0]["delivery_id"])
    assert found["subject"] == str(mail["subject"])
    assert found["text"].split() == body.get_content().split()


async def test_deliveries_come_latest_first_and_no_more_than_asked_for(story: Story) -> None:
    story.files(11, "Order", entry=11)
    await story.polls()
    rows = parsed(story, "deliveries", "list")
    times = [row["created_at"] for row in rows]
    assert times == sorted(times, reverse=True)
    assert parsed(story, "deliveries", "list", "--limit", "1") == rows[:1]


async def test_a_delivery_that_is_not_there_is_refused(story: Story) -> None:
    with pytest.raises(UsageError, match=r"there is no delivery 'x\.desk'"):
        call(story, "deliveries", "show", "x.desk")
    with pytest.raises(UsageError, match="--all-dead"):
        call(story, "deliveries", "retry")
    refused = shown(story, "deliveries", "list", "--state", "lost")
    assert refused.exit_code == 2
    assert "'dead'" in refused.output


# --- sources ---


async def test_a_source_that_fails_is_named_with_what_is_wrong(story: Story) -> None:
    await story.polls(0)  # everything is read once
    assert "court:dcd" not in call(story, "sources", "--unhealthy")
    story.court.modes["/dcd/feed"] = "500"
    await story.polls()
    said = call(story, "sources", "--unhealthy")
    assert "court:dcd: failing (1 in a row)" in said
    assert "wrong: HTTP 500" in said
    assert "last good reading" in said
    for _ in range(4):
        await story.polls(120)
    assert "court:dcd: UNHEALTHY since" in call(story, "sources", "--unhealthy")
    story.court.modes.clear()
    await story.polls(120)
    assert "court:dcd" not in call(story, "sources", "--unhealthy")


async def test_only_what_cannot_be_relied_on_is_unhealthy(story: Story) -> None:
    story.court.modes["/news.xml"] = "html"
    await story.polls(60)
    unwell = parsed(story, "sources", "--unhealthy")
    assert "news:press" in {row["source_id"] for row in unwell}
    for row in unwell:
        assert not row["is_healthy"] or row["is_overdue"] or row["last_good_at"] is None
    every = {row["source_id"] for row in parsed(story, "sources")}
    assert {row["source_id"] for row in unwell} < every


async def test_a_source_that_is_off_says_so_and_claims_nothing(story: Story) -> None:
    await story.app.close()
    pack = (story.folder / "pack.yaml").read_text()
    await story.begin_with(pack.replace("{court: dcd, number", "{court: mad, number"))
    (off,) = (r for r in parsed(story, "sources") if r["source_id"] == "court:dcd")
    assert off["enabled"] is False
    said = call(story, "sources")
    assert "court:dcd: off" in said
    assert "court:dcd" not in call(story, "sources", "--unhealthy")


async def test_what_nobody_reads_is_overdue(tmp_path: Path) -> None:
    """The daemon of this story stopped long ago."""
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", has_press=True) as story:
        rows = parsed(story, "sources", "--unhealthy")
        assert all(row["is_overdue"] for row in rows)
        assert "is the daemon running?" in call(story, "sources", "--unhealthy")
        assert "All sources are healthy" not in call(story, "sources", "--unhealthy")


# --- quota ---


async def test_the_quota_says_what_was_spent_and_what_waits(story: Story) -> None:
    story.files(11, "Order", entry=11)
    await story.polls()
    found = parsed(story, "quota")
    assert sum(found["spent"].values()) > 0
    (entry,) = (e for e in parsed(story, "history") if e["entry_number"] == 11)
    assert [(w["purpose"], w["subject"]) for w in found["waiting"]] == [("text", entry["entry_id"])]
    said = call(story, "quota")
    assert f"the text of entry {entry['entry_id']}" in " ".join(said.split())
    daily = found["limits"][-1]
    assert f"{daily['used']} used, {daily['limit'] - daily['used']} left" in said
    assert call(story, "budget") == said


async def test_without_a_token_nothing_waits(tmp_path: Path) -> None:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", has_press=True) as story:
        assert parsed(story, "quota")["waiting"] == []
        assert "no text and no gap is waited for" in call(story, "quota")


async def test_busy_days_fit_the_quota_day_by_day(story: Story) -> None:
    found = parsed(story, "quota", "--simulate", "3", "--filings", "20")
    assert len(found["days"]) == 3
    assert 0 < found["most_calls_in_a_day"] <= found["daily_limit"]
    assert found["first_asks"] >= 60
    none = parsed(story, "quota", "--simulate", "1", "--filings", "0")
    assert none["first_asks"] == 0


@pytest.mark.parametrize(
    "args", [["--simulate", "0"], ["--simulate", "366"], ["--filings", "-1"], ["--simulate", "x"]]
)
async def test_impossible_days_are_refused(story: Story, args: list[str]) -> None:
    refused = shown(story, "quota", *args)
    assert refused.exit_code == 2
    assert args[0] in refused.output


# --- by hand ---


async def test_a_source_is_read_by_hand_and_the_daemon_tells(story: Story) -> None:
    await story.polls(0)
    story.court.publish(story.files(11, "Order", entry=11, minutes_ago=1), story.now)
    assert call(story, "poll", "court:dcd") == "court:dcd: read\n"
    assert 11 in {entry["entry_number"] for entry in parsed(story, "history")}
    assert "Order" not in [str(mail["subject"]) for mail in story.mails]
    assert headlines(await story.polls(1)) == ["Order"]
    assert await story.polls(60) == []


async def test_a_reading_that_fails_is_a_failure(story: Story) -> None:
    story.court.modes["/dcd/feed"] = "500"
    said = shown(story, "poll", "court:dcd", "news:press")
    assert said.exit_code == 1
    assert "court:dcd: FAILED" in said.output
    assert "news:press: read" in said.output
    assert parsed_rows(story, "court:dcd") == {"court:dcd": False}


def parsed_rows(story: Story, *sources: str) -> dict[str, bool]:
    rows = json.loads(shown(story, "poll", *sources, "--json").stdout)
    return {row["source_id"]: row["ok"] for row in rows}


async def test_a_source_that_is_not_there_or_off_cannot_be_read(story: Story) -> None:
    for name in ("court:dcdd", "news:off"):
        with pytest.raises(UsageError, match=f"not there, off, or being read right now: {name}"):
            call(story, "poll", name, "court:dcd")
    assert shown(story, "poll").exit_code == 2


async def test_one_round_reads_delivers_and_ends(story: Story) -> None:
    """For cron: what the round finds it also sends, and a failed reading is its exit code."""
    path = story.folder / "monitor.yaml"
    path.write_text(path.read_text().replace("/m.db", "/cron.db"))
    call(story, "run", "--once")
    assert {row["state"] for row in parsed(story, "deliveries", "list")} == {"sent"}
    assert parsed(story, "history")
    path.write_text(path.read_text().replace("/cron.db", "/down.db"))
    story.court.modes["/dcd/feed"] = "500"
    assert shown(story, "run", "--once").exit_code == 1


# --- what was sent ---


async def test_a_list_says_what_each_delivery_tells_and_of_which_case(story: Story) -> None:
    story.files(11, "Order", entry=11, text="ORDER denying 7 Motion")
    await story.polls()
    said = " ".join(call(story, "deliveries", "list").split())
    assert "sent: DENIED: Motion" in said
    assert "(D.D.C. 25-cv-457)" in said
    assert "amended (ctr-v-irs) to desk, 1 attempt" in said
    subjects = {row["subject"] for row in parsed(story, "deliveries", "list")}
    assert str(story.mails[-1]["subject"]) in subjects


@pytest.mark.parametrize("version", [1, 2])
async def test_of_a_webhook_the_document_is_shown_that_is_sent(
    tmp_path: Path, version: int
) -> None:
    database = f"sqlite:///{tmp_path}/m.db"
    async with telling(tmp_path, database, has_token=True, hook_version=version) as story:
        story.files(11, "Order", entry=11, text="ORDER denying 7 Motion")
        await story.polls()
        sent = story.court.received[-1]
        name = sent.headers["webhook-id"]
        assert parsed(story, "deliveries", "show", name)["body"] == sent.body.decode()
        said = call(story, "deliveries", "show", name)
        document = json.loads(said[said.index("\n{") : said.rindex("}") + 1])
        assert document == json.loads(sent.body)
        mail = name.removesuffix(".hook") + ".desk"
        assert parsed(story, "deliveries", "show", mail)["body"] == ""


async def test_without_its_configuration_a_webhook_is_shown_in_words(story: Story) -> None:
    name = await refuses(story)
    (story.folder / "monitor.yaml").rename(story.folder / "away.yaml")
    shown_ = shown(story, "deliveries", "show", name, "--database", story.database)
    assert shown_.exit_code == 0, shown_.output
    assert "How hook is reached is not known here" in shown_.output


async def test_what_arrived_is_sent_once_more_under_its_id(story: Story) -> None:
    """A receiver that heeds the id drops the second: the promise that `--help` makes."""
    story.files(11, "Order", entry=11, text="ORDER denying 7 Motion")
    await story.polls()
    first, mail = story.court.received[-1], story.mails[-1]
    name = first.headers["webhook-id"]
    desk = str(mail["X-Docket-Monitor-Delivery"])
    hooks, mails = len(story.court.received), len(story.mails)
    said = parsed(story, "deliveries", "resend", name, desk)
    assert said == {"sent_again": [name, desk], "unknown": []}
    assert parsed(story, "deliveries", "show", name)["sent_at"], "it has arrived before"
    await story.polls()
    second = story.court.received[-1]
    assert len(story.court.received) == hooks + 1
    assert (second.headers["webhook-id"], second.body) == (name, first.body)
    assert len(story.mails) == mails + 1
    assert story.mails[-1]["Message-ID"] == mail["Message-ID"]
    tries = parsed(story, "deliveries", "show", name)["tries"]
    assert [attempt["result"] for attempt in tries] == ["accepted", "accepted"]
    assert await story.polls(60) == []


async def test_what_did_not_arrive_is_retried_and_not_resent(story: Story) -> None:
    name = await refuses(story)
    with pytest.raises(UsageError, match="not sent yet: `deliveries retry`: nope"):
        call(story, "deliveries", "resend", "nope", name)
    with pytest.raises(UsageError, match=f"`deliveries retry`: {name}"):
        call(story, "deliveries", "resend", name)


async def test_what_was_sent_again_in_vain_has_arrived_all_the_same(story: Story) -> None:
    story.files(11, "Order", entry=11)
    await story.polls()
    name = story.court.received[-1].headers["webhook-id"]
    story.court.modes["/hook"] = "404"
    call(story, "deliveries", "resend", name)
    await story.polls()
    found = parsed(story, "deliveries", "show", name)
    assert found["state"] == "dead"
    assert found["sent_at"]


@pytest.mark.parametrize("command", ["retry", "resend"])
async def test_nothing_is_promised_for_a_recipient_who_is_gone(story: Story, command: str) -> None:
    story.files(11, "Order", entry=11)
    await story.polls()
    path = story.folder / "monitor.yaml"
    path.write_text(
        path.read_text().replace("name: hook", "name: other").replace("desk, hook", "desk, other")
    )
    name = story.court.received[-1].headers["webhook-id"]
    with pytest.raises(UsageError, match=f"no recipient of the configuration any more: {name}"):
        call(story, "deliveries", command, name)


async def test_a_reading_that_fails_says_why_at_once(story: Story) -> None:
    story.court.modes["/dcd/feed"] = "500"
    said = shown(story, "poll", "court:dcd", "news:press")
    assert said.exit_code == 1
    assert "court:dcd: FAILED: HTTP 500" in said.stdout
    assert "news:press: read" in said.stdout
    rows = {
        row["source_id"]: row
        for row in json.loads(shown(story, "poll", "court:dcd", "--json").stdout)
    }
    assert "HTTP 500" in rows["court:dcd"]["reason"]


async def test_a_name_that_is_not_there_hides_no_reading(story: Story) -> None:
    said = shown(story, "poll", "court:dcd", "court:dcdd")
    assert isinstance(said.exception, UsageError)
    assert "court:dcd: read" in said.stdout
