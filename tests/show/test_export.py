"""`docket-monitor export`: every form, of one moment, in pieces, and harmless whatever was filed."""

from __future__ import annotations

import csv
import json
import re
import stat
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import icalendar
import pytest
import sqlalchemy as sa
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from monitor.errors import StoreError, UsageError
from monitor.history.questions import EntryQuery
from monitor.history.record import reading
from monitor.show.export.forms import Form
from monitor.show.export.markdown import words_as_markdown
from monitor.show.export.pieces import Count, pieces
from monitor.show.export.place import placed
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.history.test_paging import keep
from tests.make import DAY, entry
from tests.show.test_cli import call, parsed
from tests.show.test_history_command import HOSTILE, shown
from tests.story import Story, telling

#: What would be a formula, a link, a script, a heading, somewhere.
HOSTILE_TEXTS = [
    '=HYPERLINK("http://evil.example")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\uff1d1+1",
    "[x](http://evil.example) ![y](http://evil.example/p.png) <http://evil.example>",
    "<script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt; https://evil.example/a",
    "# ORDER\n\n- list\n1. one\n---\n```\ncode\n\n| a | b |\n|---|---|\n| [r] | <i> |\n\n[r]: http://evil.example",
    "www.evil.example a@evil.example",
    HOSTILE,
]


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    async with telling(tmp_path, database_url, has_token=True) as told:
        told.files(
            10,
            "Order",
            entry=10,
            text="ORDER setting a Hearing for 4/20/2026 at 10:00 AM. Denied 7.",
        )
        await told.polls()
        told.now += timedelta(days=1)
        told.files(11, "Motion for Leave", entry=11, text="=MOTION for Leave")
        for number, text in enumerate(HOSTILE_TEXTS, 12):
            told.files(number, "Notice", entry=number, text=text)
        await told.polls()
        yield told


def exported(story: Story, *args: str) -> bytes:
    """What a pipe gets."""
    done = shown(story, "export", *args)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.stdout_bytes


def lines(raw: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in raw.decode().splitlines()]


# --- what is chosen ---


async def test_a_line_is_what_the_history_prints(story: Story) -> None:
    assert lines(exported(story)) == parsed(story, "history")
    assert len(lines(exported(story))) == 3 + len(HOSTILE_TEXTS)


@pytest.mark.parametrize(
    "asked",
    [
        ["--kind", "order"],
        ["--since", "2026-03-05"],
        ["--until", "2026-03-04"],
        ["--as-of", "2026-03-04"],
        ["--case", "ctr-v-irs", "--court", "dcd", "--docket", "25-cv-457", "--kind", "motion"],
    ],
)
async def test_filters_are_those_of_the_history(story: Story, asked: list[str]) -> None:
    found = lines(exported(story, *asked))
    assert found == parsed(story, "history", *asked)
    assert 0 < len(found) < 3 + len(HOSTILE_TEXTS)


async def test_a_search_exports_all_that_it_finds(story: Story) -> None:
    (order,) = lines(exported(story, "--search", "kind:order hearing"))
    assert order["entry_number"] == 10
    hits = parsed(story, "search", "notice", "--limit", "100")["hits"]
    assert lines(exported(story, "--search", "notice")) == [hit["entry"] for hit in hits]
    assert exported(story, "--search", "notice", "--kind", "judgment") == b""


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--case", "ctr-v-ir"], "did you mean 'ctr-v-irs'|did you mean"),
        (["--docket", "25-cv-458"], "was ever seen"),
        (["--search", "docket:25-cv-458"], "was ever seen"),
        (["--search", "is:odd"], ""),
        (["--search", "order", "--as-of", "2026-03-04"], "leave out --as-of"),
        (["--as", "ical", "--kind", "order"], "a calendar has no"),
        (["--as", "html"], "name it with --case"),
        (["--json"], "--to FILE"),
        (["--since", "2026-03-05", "--until", "2026-03-04"], "did you mean"),
    ],
)
async def test_a_question_without_sense_is_refused(
    story: Story, asked: list[str], said: str
) -> None:
    place = story.folder / "x.out"
    to = [] if "--json" in asked else ["--to", str(place)]
    done = shown(story, "export", *asked, *to)
    assert done.exit_code in {1, 2}
    assert re.search(said, f"{done.output} {done.exception}")
    assert "x.out" not in [one.name for one in story.folder.iterdir()]


# --- in pieces, of one moment ---


def many(store: SqlStore, count: int) -> None:
    day = timedelta(days=1)
    keep(
        store,
        *(
            entry(f"e{n}", f"text {n}", entry_number=n, date_filed=NOON.date() + n * day)
            for n in range(count)
        ),
    )


def made(record: Any, form: Form = Form.JSONL) -> Iterator[bytes]:
    return pieces(record, form, EntryQuery(), "Docket entries", NOON, Count())


@pytest.mark.parametrize("form", [Form.JSONL, Form.CSV, Form.MARKDOWN])
def test_the_first_entry_is_written_before_the_last_is_read(store: SqlStore, form: Form) -> None:
    many(store, 1_300)
    asked: list[str] = []
    sa.event.listen(store.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    with reading(store) as record:
        writing = made(record, form)
        while b"text 1299" not in next(writing):
            pass
        at_first = len(asked)
        assert sum(1 for _ in writing) >= 1_299
    assert len(asked) > 2.5 * at_first


def test_what_comes_in_meanwhile_belongs_to_the_next_export(store: SqlStore) -> None:
    many(store, 900)
    with reading(store) as record:
        writing = made(record)
        first = next(writing)
        day = NOON.date() - timedelta(days=1)
        keep(store, entry("late", "late", entry_number=7_000, date_filed=day))
        rest = list(writing)
    assert len([first, *rest]) == 900
    with reading(store) as record:
        assert len(list(made(record))) == 901


# --- files ---


async def test_a_file_is_written_whole_and_told_of(story: Story, tmp_path: Path) -> None:
    place = tmp_path / "e.jsonl"
    done = parsed(story, "export", "--to", str(place))
    assert done == {
        "file": str(place),
        "form": "jsonl",
        "count": 3 + len(HOSTILE_TEXTS),
        "size": place.stat().st_size,
    }
    assert place.read_bytes() == exported(story)
    assert stat.S_IMODE(place.stat().st_mode) & 0o400


async def test_nothing_is_overwritten_without_force(story: Story, tmp_path: Path) -> None:
    place = tmp_path / "e.csv"
    place.write_text("mine")
    with pytest.raises(UsageError, match="--force"):
        call(story, "export", "--as", "csv", "--to", str(place))
    assert place.read_text() == "mine"
    call(story, "export", "--as", "csv", "--to", str(place), "--force")
    assert place.read_text("utf-8-sig").startswith("entry_id,")
    with pytest.raises(UsageError, match="is a folder"):
        call(story, "export", "--to", str(tmp_path), "--force")


def test_of_a_failure_nothing_is_left(tmp_path: Path) -> None:
    place = tmp_path / "e.jsonl"
    place.write_text("before")
    with pytest.raises(ZeroDivisionError), placed(place, force=True) as file:
        file.write(b"half" * (1 // 0))
    assert [one.name for one in tmp_path.iterdir()] == ["e.jsonl"]
    assert place.read_text() == "before"
    with pytest.raises(StoreError, match="cannot be written"), placed(tmp_path / "no" / "e"):
        pass


def test_what_appears_while_it_is_written_is_not_replaced(tmp_path: Path) -> None:
    place = tmp_path / "e.jsonl"
    with pytest.raises(UsageError, match="is there already"), placed(place):
        place.write_text("theirs")
    assert place.read_text() == "theirs"


# --- CSV ---


async def test_a_table_has_one_header_and_no_formula(story: Story) -> None:
    raw = exported(story, "--as", "csv")
    assert raw.startswith(b"\xef\xbb\xbfentry_id,court_id,")
    header, *rows = csv.reader(raw.decode("utf-8-sig").splitlines(keepends=True), strict=True)
    assert len(rows) == 3 + len(HOSTILE_TEXTS)
    assert {len(row) for row in rows} == {len(header)}
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if re.match(r"[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]", cell)] == []
    assert "'=MOTION for Leave" in cells
    assert [cell for cell in cells if len(cell) > 32_767] == []


async def test_a_table_of_nothing_has_its_header(story: Story) -> None:
    raw = exported(story, "--as", "csv", "--kind", "judgment").decode("utf-8-sig")
    assert next(csv.reader(raw.splitlines()))[0] == "entry_id"
    assert raw.count("\n") == 1


# --- Markdown ---


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def tags_of(html: str) -> _Tags:
    found = _Tags()
    found.feed(html)
    return found


def rendered(text: str) -> _Tags:
    return tags_of(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))


@given(st.text() | st.sampled_from(HOSTILE_TEXTS))
@example("1. a")
@example("- a")
@example("&lt;script&gt;")
@example("\\[x](y)")
def test_words_are_words_in_markdown(said: str) -> None:
    """Read back, they are the words that stood there, and nothing else."""
    escaped = words_as_markdown(said)
    for before in ("", "> ", "- ", "## "):
        found = rendered(f"{before}{escaped}\n")
        assert {tag for tag, _ in found.tags} <= {"p", "blockquote", "ul", "li", "h2"}
        assert "".join(found.words.split()) == "".join(rendered_words(said).split())
    assert not re.search(r"(?<!\\):(?=//)", escaped)


def rendered_words(said: str) -> str:
    from monitor.normalize.text import without_hiding

    return " ".join(without_hiding(said).split())


async def test_markdown_links_to_the_court_alone(story: Story) -> None:
    found = rendered(exported(story, "--as", "markdown", "--case", "ctr-v-irs").decode())
    assert {tag for tag, _ in found.tags} <= {"h1", "h2", "p", "ul", "li", "a", "blockquote"}
    links = [attrs["href"] or "" for tag, attrs in found.tags if tag == "a"]
    urls = {line["url"] for line in lines(exported(story))}
    assert links
    assert set(links) <= urls
    assert [tag for tag, _ in found.tags].count("h2") == 3 + len(HOSTILE_TEXTS)
    assert "Docket entries of ctr-v-irs" in found.words


# --- iCalendar ---


async def test_a_calendar_holds_the_stated_days(story: Story) -> None:
    (day,) = parsed(story, "calendar", "--past")
    raw = exported(story, "--as", "ical")
    (event,) = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert str(event["uid"]).startswith(day["uid"])
    assert event.decoded("dtstart") == datetime(2026, 4, 20, 14, tzinfo=UTC)
    for asked in (["--since", "2026-03-01", "--until", "2026-04-19"], ["--until", "2026-03-05"]):
        empty = exported(story, "--as", "ical", *asked)
        assert not icalendar.Calendar.from_ical(empty).walk("VEVENT")
    ours = exported(story, "--as", "ical", "--docket", "25-cv-457", "--case", "ctr-v-irs")
    assert len(icalendar.Calendar.from_ical(ours).walk("VEVENT")) == 1


# --- the report ---


async def test_a_report_stands_alone_and_runs_nothing(story: Story, tmp_path: Path) -> None:
    place = tmp_path / "r.html"
    call(story, "export", "--case", "ctr-v-irs", "--as", "html", "--to", str(place))
    html = place.read_text("utf-8")
    found = tags_of(html)
    names = {tag for tag, _ in found.tags}
    assert not names & {"script", "iframe", "object", "embed", "link", "img", "form", "base"}
    assert {"svg", "style", "title"} <= names
    for _, attrs in found.tags:
        assert not [name for name in attrs if name.startswith("on") or name in {"src", "style"}]
        assert (attrs.get("href") or "#").startswith("#")
    assert "url(" not in html
    assert "@import" not in html
    assert "@media print" in html


async def test_a_report_shows_every_entry_in_full(story: Story) -> None:
    html = exported(story, "--case", "ctr-v-irs", "--as", "html").decode()
    found = tags_of(html)
    ids = {str(attrs["id"]) for tag, attrs in found.tags if tag == "li" and "id" in attrs}
    assert ids == {f"e-{line['entry_id']}" for line in lines(exported(story))}
    assert "word word" in found.words
    assert "ORDER setting a Hearing" in found.words
    anchors = {str(a["href"])[1:] for tag, a in found.tags if tag == "a"}
    assert anchors <= ids


async def test_a_report_can_be_of_some_entries(story: Story) -> None:
    html = exported(story, "--case", "ctr-v-irs", "--as", "html", "--as-of", "2026-03-04").decode()
    assert "as they stood on 2026-03-04" in html
    assert html.count('class="row') == 2


async def test_a_report_of_the_past_shows_nothing_that_came_later(story: Story) -> None:
    story.now += 2 * DAY
    story.files(40, "Order", entry=40, text="ORDER granting 7 Motion for Injunction")
    await story.polls()
    asked = ("--case", "ctr-v-irs", "--as", "html")
    day = (story.now - DAY).date().isoformat()
    now, then = (exported(story, *asked, *more).decode() for more in ((), ("--as-of", day)))
    assert "#40" in now
    assert "ORDER granting" in tags_of(now).words
    assert "as the record stood on" not in now
    assert f"as the record stood on {day}" in then
    assert "#40" not in then
    found = tags_of(then)
    assert "ORDER granting" not in found.words
    ids = {str(attrs["id"]) for tag, attrs in found.tags if tag == "li" and "id" in attrs}
    assert {str(a["href"])[1:] for tag, a in found.tags if tag == "a"} <= ids
