"""`docket-monitor history`: pages, days, kinds, what stood then, and text that means harm."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from monitor.errors import UsageError
from monitor.show.cli.main import cli
from tests.feeds import feed, item
from tests.show.test_cli import call, parsed
from tests.story import Story, telling

#: Control characters that a terminal obeys, and marks that turn the reading direction.
OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
HOSTILE = (
    "ORDER \x1b[2J\x1b]0;title\x07 denying \x9b31m 7 Motion \u202eevil\u202c to\r\nStay "
    "<script>alert(1)</script> \u2066x\u2069 " + "漢" * 120 + " " + "word " * 60
)
#: Each numbered entry of the story, the newest first.
NUMBERS = [12, 11, 10, 1]


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True) as told:
        told.files(10, "Order", entry=10, text="ORDER granting 7 Motion to Stay")
        told.files(11, "Motion for Leave", entry=11, text="MOTION for Leave at 100% cost_free")
        told.files(12, "Order", entry=12, text=HOSTILE)
        await told.polls()
        yield told


def shown(story: Story, *args: str, columns: int = 80) -> Result:
    """What a terminal of so many columns gets: nothing is stripped on its way there."""
    runner = CliRunner(env={"COLUMNS": str(columns)})
    config = ["--config", str(story.folder / "monitor.yaml")]
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(runner.invoke, cli, [*config, *args], color=True).result()


def numbers(entries: list[dict[str, Any]]) -> list[int | None]:
    return [entry["entry_number"] for entry in entries]


# --- pages ---


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 50])
async def test_pages_show_every_filing_once_and_in_order(story: Story, limit: int) -> None:
    found: list[int | None] = []
    more: list[str] = []
    for _ in range(len(NUMBERS) + 1):
        page = parsed(story, "history", "--paged", "--limit", str(limit), *more)
        assert len(page["entries"]) <= limit
        found += numbers(page["entries"])
        if not page["next_cursor"]:
            break
        more = ["--cursor", page["next_cursor"]]
    assert found == NUMBERS


async def test_a_full_last_page_offers_no_further_one(story: Story) -> None:
    page = parsed(story, "history", "--paged", "--limit", str(len(NUMBERS)))
    assert page["next_cursor"] == ""
    assert "--cursor" not in call(story, "history", "--limit", str(len(NUMBERS)))


async def test_a_filing_that_comes_between_two_pages_moves_nothing(story: Story) -> None:
    first = parsed(story, "history", "--paged", "--limit", "2")
    story.files(13, "Notice", entry=13)
    await story.polls()
    second = parsed(story, "history", "--paged", "--cursor", first["next_cursor"])
    assert numbers([*first["entries"], *second["entries"]]) == NUMBERS


async def test_a_person_is_told_how_to_go_on(story: Story) -> None:
    said = call(story, "history", "--limit", "3")
    offered = re.search(r"--cursor (\S+)", said)
    assert offered
    rest = call(story, "history", "--cursor", offered[1])
    assert "Complaint" in rest
    assert "Motion for Leave" not in rest


async def test_a_cursor_keeps_to_the_kinds_that_were_asked_for(story: Story) -> None:
    asked = ("history", "--kind", "order", "--paged", "--limit", "1")
    first = parsed(story, *asked)
    second = parsed(story, *asked, "--cursor", first["next_cursor"])
    assert numbers([*first["entries"], *second["entries"]]) == [12, 10]
    assert second["next_cursor"] == ""


def dumped(place: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "next",
        "§§§",
        "e30",
        dumped([]),
        dumped([None, None, 1]),
        dumped(["2026-02-30", None, 1, "x"]),
        dumped([None, "noon", 1, "x"]),
        dumped([None, None, "ten", "x"]),
        dumped([[1], {}, 1, "x"]),
    ],
)
async def test_a_cursor_that_nobody_gave_out_is_refused(story: Story, cursor: str) -> None:
    with pytest.raises(UsageError, match="is no cursor"):
        call(story, "history", "--cursor", cursor)


# --- what is asked for ---


@pytest.mark.parametrize("columns", [40, 80])
async def test_a_text_stands_under_its_entry_within_the_terminal(
    story: Story, columns: int
) -> None:
    long = "ORDER " + "whereas the motion is pending " * 20 + "and it is granted in the end"
    story.files(13, "Order", entry=13, text=long)
    await story.polls()
    begins = shown(story, "history", "--kind", "order", "--text", columns=columns).stdout
    assert "    > ORDER granting 7 Motion to Stay" in begins
    assert "in the end" not in begins
    assert not OBEYED.search(begins)
    whole = shown(story, "history", "--text", "full", columns=columns).stdout
    assert "it is granted in the end" in " ".join(whole.replace("    > ", "").split())
    assert "    > no text is known yet" in whole
    for line in (*begins.splitlines(), *whole.splitlines()):
        assert len(line) <= columns or "漢" in line
    assert "    > " not in shown(story, "history", columns=columns).stdout


async def test_what_may_be_an_order_is_found_as_one_and_counted(story: Story) -> None:
    story.files(13, "Preliminary Injunction", entry=13)
    await story.polls()
    assert numbers(parsed(story, "history", "--kind", "order")) == [13, 12, 10]
    for asked in (("history", "--kind", "order"), ("search", "kind:order")):
        said = " ".join(call(story, *asked).split())
        assert "motion; UNCERTAIN, may be order: read it" in said
        assert "1 of these is marked UNCERTAIN: it may be of that kind" in said
    assert "UNCERTAIN" not in call(story, "history", "--kind", "motion", "--until", "2026-03-01")


async def test_kinds_add_up(story: Story) -> None:
    both = parsed(story, "history", "--kind", "order", "--kind", "motion")
    assert numbers(both) == [12, 11, 10]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["LEAVE"], [11]),
        (["motion", "stay"], [12, 10]),
        (["motion stay granting"], [10]),
        (["center", "taxpayer"], NUMBERS),
        (["100%"], [11]),
        (["cost_free"], [11]),
        (["cost-free"], []),
        (["%"], [11]),
        (["'; DROP TABLE entries; --"], []),
        (["nothing-like-this"], []),
    ],
)
async def test_all_words_must_stand_there_letter_by_letter(
    story: Story, words: list[str], expected: list[int]
) -> None:
    assert numbers(parsed(story, "history", *words)) == expected


@pytest.mark.parametrize("number", ["1:25-cv-00457", "25-cv-457", "1:25-CV-457-ABC", "25-cv-00457"])
async def test_a_docket_is_found_as_people_write_its_number(story: Story, number: str) -> None:
    assert numbers(parsed(story, "history", "--docket", number)) == NUMBERS


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--court", "dcdd"], "did you mean “dcd”"),
        (["--court", "DCD"], "no court is called"),
        (["--case", "ctr-v-isr"], "did you mean “ctr-v-irs”"),
        (["--case", "zzz"], "known are ctr-v-irs"),
    ],
)
async def test_a_misspelt_name_is_refused_with_a_suggestion(
    story: Story, args: list[str], said: str
) -> None:
    for form in ([], ["--json"]):
        with pytest.raises(UsageError, match=re.escape(said)):
            call(story, "history", *args, *form)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--since", "tomorrow"], "write 2026-03-05"),
        (["--since", "3m"], "write it in days"),
        (["--until", "2026-02-30"], "write 2026-03-05"),
        (["--as-of", "03/05/2026"], "write 2026-03-05"),
        (["--since", "2026-03-05T10:00"], "write 2026-03-05"),
        (["--limit", "0"], "--limit"),
        (["--limit", "many"], "--limit"),
        (["--kind", "ordr"], "'order'"),
        (["--kinds", "order"], "--kind"),
    ],
)
async def test_a_bad_value_is_named_with_what_would_do(
    story: Story, args: list[str], said: str
) -> None:
    refused = shown(story, "history", *args)
    assert refused.exit_code == 2
    assert said in refused.output


async def test_an_order_without_a_date_is_found_since_the_day_it_was_seen(tmp_path: Path) -> None:
    """A feed that forgets a date must not hide the order from who asks for recent ones."""
    dated, undated = item(seq=10, entry=5), item("Order on Motion to Stay", seq=11, entry=6)
    undated = re.sub(r"<pubDate>.*?</pubDate>\n", "", undated)
    (tmp_path / "20260302T123000Z.xml").write_bytes(feed(dated, undated))
    database = ["--database", f"sqlite:///{tmp_path}/r.db"]
    runner = CliRunner()
    replay = ["replay", str(tmp_path), "--court", "dcd", "--everything", *database]
    assert runner.invoke(cli, replay).exit_code == 0
    for since, expected in (("2026-03-02", [5, 6]), ("2026-03-03", [])):
        asked = ["history", "--json", "--since", since, *database]
        assert numbers(json.loads(runner.invoke(cli, asked).output)) == expected
    assert "no date  Order on Motion to Stay" in runner.invoke(cli, ["history", *database]).output


async def test_what_is_not_judged_yet_is_said_to_be_missing(story: Story) -> None:
    with sa.create_engine(story.database).begin() as connection:
        connection.exec_driver_sql("UPDATE entries SET kind = NULL WHERE entry_number = 12")
    filtered = shown(story, "history", "--kind", "order", "--json")
    assert numbers(json.loads(filtered.stdout)) == [10]
    assert "Not judged yet by the rules of this version: 1 entry," in filtered.stderr
    assert shown(story, "history").stderr == ""


# --- what stood then ---


async def test_nothing_had_been_seen_before_the_first_reading(story: Story) -> None:
    assert parsed(story, "history", "--as-of", "2026-03-03") == []
    assert numbers(parsed(story, "history", "--as-of", "2026-03-04")) == NUMBERS


async def test_a_text_that_came_later_was_not_known_then(story: Story) -> None:
    story.files(13, "Order", entry=13)
    await story.polls()
    story.now = story.now.replace(day=6)
    story.files(13, "Order", entry=13, text="ORDER denying 9 Motion", minutes_ago=2 * 24 * 60)
    await story.polls()
    now = next(e for e in parsed(story, "history") if e["entry_number"] == 13)
    asked = parsed(story, "history", "--as-of", "2026-03-05")
    then = next(e for e in asked if e["entry_number"] == 13)
    assert (now["text"], now["ruling"]) == ("ORDER denying 9 Motion", "denied")
    assert (then["text"], then["ruling"]) == ("", "none")


async def test_a_filing_is_found_by_the_kind_that_it_had_then(story: Story) -> None:
    story.files(14, "Notice", entry=14)
    await story.polls()
    story.now = story.now.replace(day=6)
    story.files(14, "Order Vacating", entry=14, minutes_ago=2 * 24 * 60)
    await story.polls()
    then = ("--as-of", "2026-03-05")
    assert 14 in numbers(parsed(story, "history", "--kind", "order"))
    assert 14 not in numbers(parsed(story, "history", "--kind", "order", *then))
    assert 14 in numbers(parsed(story, "history", "--kind", "notice", *then))


# --- the terminal ---

SPOKEN = [
    ["history"],
    ["show", "dcd/25-cv-457#12"],
    ["explain", "dcd/25-cv-457#12"],
    ["status"],
    ["coverage", "--since", "2026-03-04"],
    ["deliveries", "list"],
    ["watch", "list"],
]


@pytest.mark.parametrize("args", SPOKEN, ids=" ".join)
async def test_hostile_text_reaches_the_terminal_as_words_only(
    story: Story, args: list[str]
) -> None:
    said = shown(story, *args)
    assert said.exit_code == 0, said.output
    assert not OBEYED.search(said.output)
    assert "<script" not in said.output


async def test_a_message_is_shown_without_what_a_terminal_obeys(story: Story) -> None:
    for delivery in parsed(story, "deliveries", "list"):
        said = shown(story, "deliveries", "show", delivery["delivery_id"])
        assert not OBEYED.search(said.output)


@pytest.mark.parametrize("args", SPOKEN, ids=" ".join)
@pytest.mark.parametrize("columns", [40, 80])
async def test_lines_fit_the_terminal(story: Story, args: list[str], columns: int) -> None:
    """Only a word that has no blank in it may be longer: an address is not to be cut."""
    said = shown(story, *args, columns=columns).output
    # What is copied whole is not broken: an address, a cursor, or a line of one word.
    long = [line for line in said.splitlines() if len(line) > columns]
    assert [line for line in long if " " in line.strip()] == []


async def test_a_long_caption_is_read_to_its_end(story: Story) -> None:
    said = shown(story, "show", "dcd/25-cv-457#12", columns=40).output
    assert " ".join(said.split()).count("word " * 59) >= 1
    assert "漢" * 120 in said


async def test_machines_get_the_same_words_as_people(story: Story) -> None:
    (found,) = (e for e in parsed(story, "history") if e["entry_number"] == 12)
    assert not OBEYED.search(found["text"])
    assert found["ruling"] == "denied"
    assert found["text"].startswith("ORDER")


async def test_days_are_said_as_people_say_them(story: Story) -> None:
    """The story plays in the past: all of it lies behind yesterday, and within some years."""
    for option, said, found in [
        ("--since", "3650d", NUMBERS),
        ("--since", "yesterday", []),
        ("--until", "1d", NUMBERS),
        ("--as-of", "today", NUMBERS),
        ("--as-of", "12h", NUMBERS),
        ("--as-of", "2026-03-04T15:05:00Z", [1]),
    ]:
        assert numbers(parsed(story, "history", option, said)) == found
