"""A link in a mail: its reader mutes what he knows of, or wants nothing more, and can undo it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pytest

from monitor.channels import leave
from monitor.errors import UsageError
from monitor.listen.assemble import start_listening
from monitor.listen.preferences import Preferences
from monitor.listen.signed import ONE_CLICK as ONE_CLICK_ACTION
from tests.show.test_cli import call, parsed
from tests.story import Story, telling

ROUTES = """\
routes: [{name: everything, to: [desk, hook]}]
listen: {port: 0}
links: {url: "https://monitor.example.org/", secret: {file: path}}
"""
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@asynccontextmanager
async def told(
    folder: Path, routes: str = ROUTES
) -> AsyncIterator[tuple[Story, httpx.AsyncClient]]:
    """A story in which an order was told, and somebody who reaches the daemon."""
    (folder / "path").write_text("a-path-that-nobody-can-guess")
    now = datetime.now(UTC)
    async with telling(folder, f"sqlite:///{folder}/m.db", routes=routes, now=now) as story:
        config = story.app.settings.config.listen
        assert config is not None

        async def well() -> str:
            return ""

        started = await start_listening(story.app, config, well, lambda: None)
        story.files(10, "Order <b>", entry=10)
        await story.polls()
        url = f"http://127.0.0.1:{started.listener.port}"
        try:
            async with httpx.AsyncClient(base_url=url) as reader:
                yield story, reader
        finally:
            await started.stop()


def path_in(mail: EmailMessage) -> str:
    """Where the button of a mail program leads; the same link stands in the text."""
    found = re.fullmatch(r"<https://monitor\.example\.org(\S+)>", mail["List-Unsubscribe"])
    assert found
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        assert found[1] in body.get_content()
    return found[1]


def subjects(story: Story) -> list[str]:
    return [mail["Subject"] for mail in story.mails]


@pytest.mark.parametrize("is_multipart", [False, True])
async def test_one_click_sends_a_last_word_and_then_nothing(
    tmp_path: Path, is_multipart: bool
) -> None:
    async with told(tmp_path) as (story, reader):
        path, before = path_in(story.mails[-1]), len(story.mails)
        files = {name: (None, value) for name, value in ONE_CLICK.items()}
        done = await reader.post(
            path, **({"files": files} if is_multipart else {"data": ONE_CLICK})
        )
        assert done.status_code == 200
        again = await reader.post(path, data=ONE_CLICK)
        assert again.status_code == 200
        heard = await story.polls()
        assert subjects(story)[before:] == ["[docket-monitor] Messages to desk are off"]
        assert [one["topic"] for one in heard] == [
            "delivery_given_up"
        ]  # whoever else looks after it
        story.files(11, "Order", entry=11)
        assert [one["topic"] for one in await story.polls()] == ["filed"]
        assert len(story.mails) == before + 1
        said = " ".join(call(story, "recipients", "list").split())
        assert "because its reader asked for nothing more" in said
        assert parsed(story, "recipients", "list")[0]["waiting"] == 2
        # The last word has the way back.
        page = await reader.get(path_in(story.mails[-1]))
        assert "You get nothing more" in page.text
        await reader.post(path_in(story.mails[-1]), data={"do": "again"})
        await story.polls()
        assert any("#11" in one or "Order" in one for one in subjects(story)[before + 1 :])


async def test_looking_changes_nothing(tmp_path: Path) -> None:
    async with told(tmp_path) as (story, reader):
        path, before = path_in(story.mails[-1]), len(story.mails)
        page = await reader.get(path)
        assert "Send me nothing more" in page.text
        assert "<b>" not in page.text
        for odd in (b"", b"do=", b"do=stop-it", b"do=take", b"\xff\x00", b"List-Unsubscribe"):
            assert (await reader.post(path, content=odd)).status_code == 200
        assert (await reader.post(path, content=b"x" * 10_000)).status_code == 413
        story.files(11, "Order", entry=11)
        await story.polls()
        assert len(story.mails) == before + 1


@pytest.mark.parametrize("action", ["mute-docket", "mute-case"])
async def test_what_is_muted_comes_later_and_acts_the_next_morning(
    tmp_path: Path, action: str
) -> None:
    async with told(tmp_path) as (story, reader):
        path, before = path_in(story.mails[-1]), len(story.mails)
        page = await reader.post(path, data={"do": action})
        assert "Muted until" in page.text
        await reader.post(path, data={"do": action})
        assert len(parsed(story, "silence", "list", "--all")) == 1
        story.files(11, "Order", entry=11)
        assert [one["topic"] for one in await story.polls()] == ["filed"]
        # Whoever forwarded the mail sees what became of it.
        assert [one.partition(" until")[0] for one in subjects(story)[before:]] == [
            "[docket-monitor] Silenced"
        ]
        await story.polls(24 * 60)
        assert len(story.mails) == before + 2


async def test_what_was_muted_by_the_link_is_ended_by_it(tmp_path: Path) -> None:
    async with told(tmp_path) as (story, reader):
        path = path_in(story.mails[-1])
        await reader.post(path, data={"do": "mute-case"})
        page = await reader.post(path, data={"do": "unmute"})
        assert "Muted until" not in page.text
        assert parsed(story, "silence", "list", "--all")[0]["ended_at"]
        before = len(story.mails)
        story.files(11, "Order", entry=11)
        await story.polls()
        assert any("Order" in one for one in subjects(story)[before:])


@pytest.mark.parametrize("change", ["0", "x", "é"])
async def test_nobody_can_make_a_link_up(tmp_path: Path, change: str) -> None:
    async with told(tmp_path) as (story, reader):
        path = path_in(story.mails[-1])
        forged = [path[:-1] + change, path.replace("/preferences/", f"/preferences/{change}")]
        # A link to acknowledge opens nothing else.
        forged.append(path.replace("/preferences/", "/acknowledge/"))
        for one in forged:
            if one != path:
                assert (await reader.get(one)).status_code == 404
                assert (await reader.post(one, data=ONE_CLICK)).status_code == 404
        assert parsed(story, "recipients", "list")[0]["off_since"] is None


async def test_where_an_address_speaks_for_many_there_is_no_link(tmp_path: Path) -> None:
    async with told(tmp_path) as (story, _):
        file = tmp_path / "monitor.yaml"
        text = file.read_text()
        one, many = "email: desk@example.org}", "email: desk@example.org, may_unsubscribe: false}"
        assert one in text
        story.files(11, "Order", entry=11)
        await story.app.close()
        file.write_text(text.replace(one, many))
        await story.begin_as_written()
        await story.polls()
        assert story.mails[-1]["List-Unsubscribe"] is None


async def test_a_link_of_an_older_mail_is_no_right(tmp_path: Path) -> None:
    async with told(tmp_path) as (story, _):
        path = path_in(story.mails[-1])
        name = path.split("/")[2]
        page = Preferences(story.app.store, lambda: story.now, frozenset())
        for action in ("stop", ONE_CLICK_ACTION, "mute-case"):
            said = page.take(name, action)
            assert said is not None
            assert not said.buttons
        assert parsed(story, "recipients", "list")[0]["off_since"] is None
        assert parsed(story, "silence", "list", "--all") == []


async def test_whom_the_operator_switched_off_stays_off(tmp_path: Path) -> None:
    async with told(tmp_path) as (story, reader):
        call(story, "recipients", "off", "desk", "--reason", "left the firm")
        page = await reader.post(path_in(story.mails[-1]), data={"do": "again"})
        assert "Ask whoever runs the monitor" in page.text
        assert parsed(story, "recipients", "list")[0]["off_by"] == "operator"


async def test_where_everybody_is_off_the_heartbeat_stops(tmp_path: Path) -> None:
    async with told(tmp_path) as (story, _):
        assert await story.app.why_no_progress() == ""
        for name in ("desk", "hook"):
            call(story, "recipients", "off", name, "--reason", "x")
        assert "nobody is told" in await story.app.why_no_progress()


async def test_a_digest_that_waited_is_not_sent_to_one_who_left(tmp_path: Path) -> None:
    daily = ROUTES.replace("to: [desk, hook]", "to: [desk, hook], send: daily 08:00")
    async with told(tmp_path, daily) as (story, _):
        story.files(11, "Order", entry=11)
        await story.polls()
        with story.app.store.begin() as unit:
            leave(unit, "desk", story.now)
        await story.polls(24 * 60)
        assert [one for one in subjects(story) if "are off" in one]
        assert not [one for one in subjects(story) if "Digest" in one]


async def test_somebody_is_switched_off_and_on_by_hand(tmp_path: Path) -> None:
    async with told(tmp_path) as (story, _):
        before = len(story.mails)
        call(story, "recipients", "off", "desk", "--reason", "on leave")
        assert "was off before" in call(story, "recipients", "off", "desk", "--reason", "x")
        story.files(11, "Order", entry=11)
        await story.polls()
        assert len(story.mails) == before
        assert "because on leave" in call(story, "recipients", "list")
        assert "desk gets nothing, because on leave" in " ".join(call(story, "doctor").split())
        call(story, "recipients", "on", "desk")
        await story.polls()
        assert len(story.mails) == before + 1
        with pytest.raises(UsageError, match="did you mean"):
            call(story, "recipients", "on", "desc")


HEALING = "routes: [{name: everything, to: [desk, hook]}]"


def of_hook(story: Story) -> dict[str, Any]:
    (line,) = [one for one in parsed(story, "recipients", "list") if one["recipient"] == "hook"]
    return dict(line)


async def test_a_webhook_that_is_dead_for_days_rests_and_wakes_by_itself(tmp_path: Path) -> None:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", routes=HEALING) as story:
        story.court.modes["/hook"] = "500"
        story.files(10, "Order", entry=10)
        for _ in range(60):
            await story.polls(60)
        rests = [one for one in subjects(story) if "Messages to hook do not get through" in one]
        assert len(rests) == 1
        assert of_hook(story)["rests_since"]
        tried = len(parsed(story, "deliveries", "show", hooked(story))["tries"])
        for _ in range(24):
            await story.polls(60)
        again = len(parsed(story, "deliveries", "show", hooked(story))["tries"])
        assert again - tried <= 5, "now and then"
        assert await story.app.why_no_progress(), "somebody is to look"
        story.court.modes.clear()
        for _ in range(7):
            await story.polls(60)
        assert of_hook(story) | {"last_sent_at": 0} == of_hook(story) | {
            "last_sent_at": 0,
            "rests_since": None,
            "failing_since": None,
            "waiting": 0,
        }
        assert any("Order" in hook.body.decode() for hook in story.court.received), (
            "nothing is lost"
        )
        assert not [one for one in subjects(story) if "given up" in one]


def hooked(story: Story) -> str:
    """The delivery of the order to the hook."""
    lines = parsed(story, "deliveries", "list", "--recipient", "hook")
    return next(str(one["delivery_id"]) for one in lines if "Order" in one["subject"])


async def test_few_failures_far_apart_are_no_death(tmp_path: Path) -> None:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", routes=HEALING) as story:
        story.court.modes["/hook"] = "500"
        story.files(10, "Order", entry=10)
        await story.polls()
        await story.polls(3 * 24 * 60)
        assert of_hook(story)["rests_since"] is None


async def test_a_refusal_of_one_message_says_that_somebody_is_there(tmp_path: Path) -> None:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", routes=HEALING) as story:
        story.court.modes["/hook"] = "404"
        story.files(10, "Order", entry=10)
        await story.polls()
        assert of_hook(story)["failing_since"] is None


async def test_one_that_says_it_is_gone_rests_at_once(tmp_path: Path) -> None:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", routes=HEALING) as story:
        story.court.modes["/hook"] = "410"
        story.files(10, "Order", entry=10)
        await story.polls()
        assert any("Messages to hook do not get through" in one for one in subjects(story))
        line = of_hook(story)
        assert "wants nothing more: HTTP 410" in line["reason"]
        assert line["waiting"] >= 1


async def test_a_server_of_mail_that_is_down_for_days_is_asked_again_and_again(
    tmp_path: Path,
) -> None:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", routes=HEALING) as story:
        story.mail.answer = "451 not now"
        story.files(10, "Order", entry=10)
        for _ in range(55):
            await story.polls(60)
        assert parsed(story, "recipients", "list")[0]["off_since"] is None
        assert "nothing gets through since" in call(story, "recipients", "list")
        story.mail.answer = "250 kept"
        await story.polls(120)
        assert story.mails


async def test_an_act_is_told_with_what_is_in_force(tmp_path: Path) -> None:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True) as story:
        text = "ORDER granting 7 Motion for Preliminary Injunction"
        story.files(10, "Order", entry=10, text=text)
        await story.polls()
        body = story.mails[-1].get_body(("plain",))
        assert body is not None
        said = " ".join(body.get_content().split())
        assert "In force: relief was granted; in force as far as the record shows (as of" in said
        story.files(11, "Reply", entry=11)
        story.now += timedelta(minutes=1)
        await story.polls()
        body = story.mails[-1].get_body(("plain",))
        assert body is not None
        assert "In force" not in body.get_content(), "a party's paper changes nothing"
