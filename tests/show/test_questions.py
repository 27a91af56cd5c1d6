"""Questions that make no sense are refused with what was meant: an empty answer reads as silence."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from monitor.errors import UsageError
from monitor.history.coverage import coverage
from monitor.history.questions import EntryQuery, check_days, day_begins, day_ends
from monitor.history.record import reading
from monitor.model.watch import Watch
from monitor.store.database import SqlStore
from tests.show.test_cli import call, parsed
from tests.show.test_history_command import shown
from tests.story import CTR, Story, telling


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True) as told:
        call(told, "watch", "add", "cadc", "26-5006", "--label", "CTR appeal")
        yield told


MEANT = f"did you mean “{CTR}”"
NONSENSE = {
    "an appeal's form": (["--docket", "25-457"], MEANT),
    "the serial alone": (["--docket", "457"], MEANT),
    "an appeal with a type": (["--docket", "26-cv-5006"], "did you mean “26-5006”"),
    "a word": (["--docket", "nonsense"], f"known are {CTR}"),
    "a hundred digits": (["--docket", "9" * 5_000], "known are"),
    "a sign": (["--docket", "%"], "known are"),
    "the other court": (["--docket", CTR, "--court", "cadc"], f"there is dcd/{CTR}"),
    "the other case": (["--docket", "26-5006", "--case", "ctr-v-irs"], "there is cadc/26-5006"),
    "a court without the case": (["--case", "ctr-v-irs", "--court", "cadc"], "it is in dcd"),
    "turned days": (
        ["--since", "2026-03-05", "--until", "2026-03-01"],
        "--since 2026-03-01 --until 2026-03-05",
    ),
    "later than known": (["--since", "2026-03-05", "--as-of", "2026-03-04"], "nothing was known"),
    "a day to come": (["--since", "2199-01-01"], "has not come yet"),
    "a state to come": (["--as-of", "2199-12-31"], "has not come yet"),
}


@pytest.mark.parametrize(("args", "said"), NONSENSE.values(), ids=NONSENSE)
@pytest.mark.parametrize("form", [[], ["--json"]])
async def test_a_question_that_makes_no_sense_is_refused(
    story: Story, args: list[str], said: str, form: list[str]
) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        call(story, "history", *args, *form)


SENSE = [
    ["--docket", "25-cv-457"],
    ["--docket", "25cv457"],
    ["--docket", "1:25cv457"],
    ["--docket", "2025 cv 457"],
    ["--docket", "No. 25 CV 457"],
    ["--docket", "1:25-cv-00457-CKK", "--court", "dcd"],
    ["--docket", CTR, "--case", "ctr-v-irs", "--court", "dcd"],
    ["--since", "2026-03-04", "--until", "2026-03-04", "--as-of", "2026-03-04"],
    ["--until", "2199-01-01"],
]


@pytest.mark.parametrize("args", SENSE, ids=" ".join)
async def test_a_question_that_makes_sense_is_answered(story: Story, args: list[str]) -> None:
    assert len(parsed(story, "history", *args)) == 1


@pytest.mark.parametrize("command", ["show", "explain"])
@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("dcd/25-457#1", MEANT),
        ("cadc/25-cv-457#1", f"there is dcd/{CTR}"),
        ("dc/25-cv-457#1", "did you mean “dcd”"),
        (f"dcd/{CTR}#999", "no entry is called"),
    ],
)
async def test_an_entry_of_a_misspelt_docket_is_asked_back(
    story: Story, command: str, entry: str, said: str
) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        call(story, command, entry)


@pytest.mark.parametrize("count", ["0", "-3", "99999999999999999999", "1.5", ""])
@pytest.mark.parametrize(
    "args",
    [
        ["history", "--limit"],
        ["deliveries", "list", "--limit"],
        ["quota", "--simulate"],
        ["demo", "--seconds"],
    ],
    ids=" ".join,
)
def test_a_number_of_things_is_one_or_more(args: list[str], count: str, tmp_path: Path) -> None:
    if args[0] == "demo" and count in {"0", "1.5"}:
        pytest.skip("a demo may be that short")
    from click.testing import CliRunner

    from monitor.show.cli.main import cli

    refused = CliRunner().invoke(cli, ["--config", f"{tmp_path}/no.yaml", *args, count])
    assert refused.exit_code == 2, refused.output
    assert args[-1] in refused.output


# --- days are the court's ---


@pytest.mark.parametrize(
    ("court_id", "begins"),
    [("dcd", "2026-03-05T05:00"), ("gud", "2026-03-04T14:00"), ("hid", "2026-03-05T10:00")],
)
def test_a_day_begins_and_ends_where_the_court_is(court_id: str, begins: str) -> None:
    start = datetime.fromisoformat(begins).replace(tzinfo=UTC)
    day = start.date() if court_id != "gud" else start.date() + timedelta(days=1)
    assert day_begins(day, court_id) == start
    assert day_ends(day, court_id) == start + timedelta(days=1)


@pytest.mark.parametrize("court_id", ["dcd", "gud", "hid"])
def test_the_calendars_ends_are_no_error(court_id: str) -> None:
    for day in (date.min, date.max):
        assert day_begins(day, court_id) <= day_ends(day, court_id)


def test_today_has_come_wherever_a_court_is() -> None:
    now = datetime(2026, 3, 5, 15, tzinfo=UTC)  # the 6th in Guam
    check_days(EntryQuery(since=day_begins((now + timedelta(days=1)).date(), "gud").date()), now)
    with pytest.raises(UsageError, match="2026-03-07 has not come yet"):
        check_days(EntryQuery(as_of=(now + timedelta(days=2)).date()), now)


# --- coverage ---


@pytest.mark.parametrize(
    "day", ["1900-01-01", "1970-01-01", "2026-03-03", "2026-03-04", "2026-11-01"]
)
async def test_no_span_ends_before_it_begins(story: Story, day: str) -> None:
    for said in parsed(story, "coverage", "--since", day):
        spans = [said["asked"], *said["not_visible"]]
        spans += [span for seen in said["seen_by"] for span in seen["spans"]]
        assert [span for span in spans if span["since"] >= span["until"]] == []
        inside = [span for span in spans if span["since"] < said["asked"]["since"]]
        assert inside == []


async def test_where_nothing_was_visible_it_is_said_so(story: Story) -> None:
    """The last reading was in March: of November nobody can say anything."""
    said = " ".join(shown(story, "coverage", "--since", "2026-11-01").output.split())
    assert said.count("NOTHING was visible to us") == 2
    assert "not all of that time" not in said
    assert "no order" not in said


async def test_where_a_part_was_visible_it_is_said_so(story: Story) -> None:
    said = " ".join(shown(story, "coverage", "ctr-v-irs", "--since", "2026-03-01").output.split())
    assert "no order between" in said
    assert "though not all of that time is visible to us" in said
    assert "NOTHING" not in said


async def test_one_order_is_one_order(story: Story) -> None:
    story.files(10, "Order", entry=10)
    await story.polls()
    said = " ".join(shown(story, "coverage", "ctr-v-irs", "--since", "2026-03-01").output.split())
    assert "1 order, opinion or judgment between" in said


def test_a_day_that_has_not_begun_at_a_court_is_refused(store: SqlStore) -> None:
    now = datetime(2026, 3, 6, 2, 0, tzinfo=UTC)  # still the 5th in Washington
    with store.begin() as unit:
        unit.watches.put(Watch("w", "c", "C", "dcd", CTR, now))
    with reading(store) as record:
        (said,) = coverage(record, (now - timedelta(days=1)).date(), now)
        assert said.asked.since < said.asked.until
        with pytest.raises(UsageError, match=r"2026-03-06 has not come yet in D\.D\.C\."):
            coverage(record, now.date(), now)


# --- replay ---


def test_a_number_that_no_body_names_does_not_read_as_silence(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from monitor.show.cli.main import cli
    from tests.feeds import feed, item

    (tmp_path / "20260302T123000Z.xml").write_bytes(feed(item()))
    replay = ["replay", str(tmp_path), "--court", "dcd"]
    done = CliRunner().invoke(cli, [*replay, "--watch", "nonsense"])
    assert "No body names nonsense" in done.stderr
    both = CliRunner().invoke(cli, [*replay, "--watch", "1:25-cv-00457", "--everything"])
    assert isinstance(both.exception, UsageError)
