"""`explain`, `show` and `status`: why somebody was told, everything of one entry, where it stands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.errors import UsageError
from monitor.history.answers import ChangeLine
from monitor.show.cli.words import at, change_words, fill
from tests.show.test_cli import call, parsed
from tests.story import CTR, Story, telling

ORDERS = "routes: [{name: orders, to: [desk], kinds: [order, opinion, judgment]}, {name: news, to: [hook], topics: [news]}]"


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with telling(
        tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True, routes=ORDERS
    ) as told:
        told.files(10, "Order", entry=10, text="ORDER denying 7 Motion to Dismiss")
        told.files(11, "Motion for Leave", entry=11)
        told.files(12, "Order", entry=12)
        await told.polls()
        yield told


def entry(number: int) -> str:
    return f"dcd/{CTR}#{number}"


# --- explain ---


async def test_an_order_says_its_kind_its_watch_its_rule_and_whom_it_reached(story: Story) -> None:
    found = parsed(story, "explain", entry(10))
    assert (found["entry"]["kind"], found["entry"]["ruling"]) == ("order", "denied")
    assert "denying" in found["ruling_reason"]
    assert [watch["state"] for watch in found["watches"]] == ["active"]
    assert [(v["rule"], bool(v["refused_because"])) for v in found["verdicts"]] == [
        ("orders", False),
        ("news", True),
    ]
    assert {told["recipient"] for told in found["deliveries"]} == {"desk"}
    assert found["why_not_told"] == []
    assert found["rules_version"] == found["current_rules_version"]


async def test_a_motion_that_no_rule_takes_says_what_each_rule_takes(story: Story) -> None:
    said = " ".join(call(story, "explain", entry(11)).split())
    assert "route orders: does not match: it takes the kinds" in said
    assert "this is motion" in said
    assert "route news: does not match: it takes the topics" in said
    assert "was refused by every rule" in said
    found = parsed(story, "explain", entry(11))
    assert found["deliveries"] == []
    assert {refusal["rule"] for refusal in found["refusals"]} == {"orders", "news"}


async def test_what_stood_there_at_the_beginning_is_no_news(story: Story) -> None:
    (reason,) = parsed(story, "explain", entry(1))["why_not_told"]
    assert "it stood there when its watch began" in reason


async def test_what_only_has_a_name_has_no_ruling_yet(story: Story) -> None:
    assert "not known (only the event name was seen)" in call(story, "explain", entry(12))


async def test_an_alert_that_waits_to_be_routed_says_so(story: Story) -> None:
    story.files(13, "Order", entry=13)
    await story.polls(deliver=False)
    assert "waits to be routed" in call(story, "explain", entry(13))
    await story.polls(1)
    assert "waits to be routed" not in call(story, "explain", entry(13))


async def test_an_entry_of_a_watch_that_rests_says_so(story: Story) -> None:
    (watch,) = parsed(story, "watch", "list")
    call(story, "watch", "pause", watch["watch_id"])
    found = parsed(story, "explain", entry(10))
    assert found["why_not_told"] == [
        "its watch is paused: what comes is recorded, and told when it is resumed"
    ]
    assert {told["recipient"] for told in found["deliveries"]} == {"desk"}


async def test_a_rule_that_was_changed_since_is_told_apart_from_what_was_done(story: Story) -> None:
    """The verdicts are those of today's rules; the refusals are what happened then."""
    path = story.folder / "monitor.yaml"
    path.write_text(path.read_text().replace("kinds: [order, opinion, judgment]", "kinds: []"))
    found = parsed(story, "explain", entry(11))
    assert found["verdicts"][0] == {"rule": "orders", "refused_because": ""}
    assert "motion" in next(r["reason"] for r in found["refusals"] if r["rule"] == "orders")


# --- show ---


async def test_show_says_who_saw_it_and_whom_it_reached(story: Story) -> None:
    found = parsed(story, "show", entry(10))
    assert {s["source_id"].partition(":")[0] for s in found["sightings"]} == {"court", "cl"}
    assert found["text"] == "ORDER denying 7 Motion to Dismiss"
    kinds = [change["kind"] for change in found["changes"]]
    assert kinds[0] == "entry_filed"
    assert "text_filled_in" in kinds
    assert [change["at"] for change in found["changes"]] == sorted(
        change["at"] for change in found["changes"]
    )
    said = call(story, "show", entry(10))
    assert found["url"] in said
    assert "ORDER denying 7 Motion to Dismiss" in said


async def test_show_says_that_nobody_was_told_and_where_to_ask_why(story: Story) -> None:
    assert "docket-monitor explain" in call(story, "show", entry(11))
    assert "Its full text is not known yet" in call(story, "show", entry(11))


async def test_a_changed_text_is_shown_before_and_after(story: Story) -> None:
    story.files(10, "Order", entry=10, text="AMENDED ORDER granting 7 Motion", minutes_ago=10)
    await story.polls()
    found = parsed(story, "show", entry(10))
    change = next(c for c in found["changes"] if "AMENDED" in c["after"])
    assert change["before"] == "ORDER denying 7 Motion to Dismiss"
    said = " ".join(call(story, "show", entry(10)).split())
    assert "“ORDER denying 7 Motion to Dismiss” became “AMENDED ORDER granting 7 Motion”" in said


@pytest.mark.parametrize("command", ["show", "explain"])
async def test_an_entry_is_found_by_id_by_its_beginning_and_by_number(
    story: Story, command: str
) -> None:
    def found(name: str) -> str:
        answer = parsed(story, command, name)
        return str(answer.get("entry", answer)["entry_id"])

    entry_id = found(entry(10))
    for name in (entry_id, entry_id[:8], "dcd/25-cv-457#10", "dcd/1:25-CV-00457-ABC#10"):
        assert found(name) == entry_id


@pytest.mark.parametrize("command", ["show", "explain"])
@pytest.mark.parametrize(
    "name",
    ["nothing", "%", "_", "dcd/25-cv-457#99", "cadc/25-cv-457#10", "dcd/25-cv-457#", "dcd#10"]
    + ["dcd/25-cv-457#-1", "dcd/25-cv-457#ten", "#10", "' OR 1=1 --"],
)
async def test_an_entry_that_is_not_there_is_refused(story: Story, command: str, name: str) -> None:
    with pytest.raises(UsageError, match="no entry is called"):
        call(story, command, name)


async def test_a_beginning_that_fits_several_names_them(story: Story) -> None:
    with pytest.raises(UsageError, match="write more of the id") as error:
        call(story, "show", "")
    for found in parsed(story, "history"):
        assert found["entry_id"] in str(error.value)


# --- status ---


async def test_status_names_the_entry_behind_every_statement(story: Story) -> None:
    (case,) = parsed(story, "status")
    (docket,) = case["dockets"]
    entries = {found["entry_number"]: found["entry_id"] for found in parsed(story, "history")}
    assert docket["latest"]["entry_id"] == entries[12]
    assert [said["entry_id"] for said in docket["unknown"]] == [entries[12]]
    assert [said["entry_id"] for said in docket["pending"]] == [entries[11]]
    said = call(story, "status")
    assert all(entries[number] in said for number in (11, 12))
    assert call(story, "status", "ctr-v-irs") == said


async def test_status_of_a_misspelt_case_is_refused(story: Story) -> None:
    for form in ([], ["--json"]):
        with pytest.raises(UsageError, match="did you mean “ctr-v-irs”"):
            call(story, "status", "ctr-v-isr", *form)


async def test_a_docket_of_which_nothing_was_seen_claims_nothing(story: Story) -> None:
    call(story, "watch", "add", "cadc", "26-5006", "--case", "ctr-v-irs")
    said = " ".join(call(story, "status").split())
    assert "D.C. Cir. 26-5006: nothing of this docket was seen yet, so nothing can be said" in said


async def test_status_names_the_rule_where_nobody_is_told(story: Story) -> None:
    assert "NOBODY IS TOLD" not in call(story, "status")
    path = story.folder / "monitor.yaml"
    path.write_text(path.read_text().replace("kinds: [order, opinion, judgment]", "topics: [gap]"))
    (watch,) = parsed(story, "watch", "list")
    with pytest.raises(UsageError, match="nobody would be told"):
        call(story, "watch", "resume", watch["watch_id"])
    said = " ".join(call(story, "status").split())
    assert "NOBODY IS TOLD: no route takes its orders" in said
    assert "cases: [ctr-v-irs]" in said
    assert parsed(story, "status")[0]["dockets"][0]["leads_to"] == []


# --- words ---


@pytest.mark.parametrize(
    ("field", "before", "after", "words"),
    [
        ("text", "old", "new", "entry revised (text): “old” became “new”"),
        ("text", "", "new", "entry revised (text): “new”"),
        ("text", "old", "", "entry revised (text): “old”"),
        ("event_names", "A\nB", "A", "entry revised (event names): “A | B” became “A”"),
        ("", "", "", "entry revised"),
    ],
)
def test_a_change_is_said_in_words(field: str, before: str, after: str, words: str) -> None:
    moment = datetime(2026, 3, 4, 15, tzinfo=UTC)
    change = ChangeLine(moment, "entry_revised", "s", "e", "d", field, before, after)
    assert change_words(change) == words


def test_a_moment_is_said_where_the_court_is() -> None:
    moment = datetime(2026, 7, 1, 2, 30, tzinfo=UTC)
    assert at(moment, "dcd") == "Tue 30 Jun 2026, 22:30 EDT"
    assert at(moment, "cand") == "Tue 30 Jun 2026, 19:30 PDT"
    assert at(moment) == "Wed 1 Jul 2026, 02:30 UTC"
    assert at(None, "dcd") == "never"


def test_a_word_without_blanks_is_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    url = "https://ecf.dcd.uscourts.gov/" + "x" * 60
    assert url in fill(f"see {url} and 1:25-cv-00457-ABC-DEF-GHI there", "  ").splitlines()[1]
