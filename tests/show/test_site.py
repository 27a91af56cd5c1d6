"""The history as files for everybody: every link leads somewhere, and nothing private stands there."""

from __future__ import annotations

import asyncio
import functools
import json
import os
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import feedparser
import pytest
from icalendar import Calendar

from monitor.daemon import Daemon, run_once
from monitor.errors import StoreError, UsageError
from monitor.history.entries import lines
from monitor.history.published_since import size
from monitor.history.questions import EntryQuery
from monitor.history.record import reading
from monitor.model.evidence import is_imported
from monitor.show.cli.commands.run import _site
from monitor.show.web.static.build import SiteReport, StaticSite
from monitor.show.web.static.files import LIST, SiteFolder
from monitor.show.web.static.names import file_name
from monitor.show.web.static.sheets import sheets_of
from monitor.store import schema
from tests.journeys.test_import import logged
from tests.show.test_cli import call, parsed
from tests.story import CTR, ROUTES, TIMELINE, Story, telling
from tests.web.test_pages import EVIL, GIVEN, SET, Outline

DOE = "1:25-cv-09999"
NEWS = [{"after": 0, "title": "Center for Taxpayer Rights in the news", "summary": "Judge"}]
NAME = re.compile(r"(?:(?:cases|sheets|entries|search|feeds|calendars)/)?[a-z0-9][a-z0-9.-]*")


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    more: dict[str, Any] = {"has_token": True, "timeline": TIMELINE | {"news": NEWS}}
    async with telling(tmp_path, database_url, **more) as one:
        one.files(10, "Order", entry=10, text=GIVEN)
        await one.polls()
        one.files(13, "Order", entry=13, text=SET)
        one.files(14, "Notice", entry=14, text=EVIL)
        await one.polls()
        await one.polls()
        yield one


def site(story: Story, **more: Any) -> StaticSite:
    values: dict[str, Any] = {"title": "Public", "url": "", "cases": (), "now": lambda: story.now}
    values |= {"files": SiteFolder(story.folder / "site"), "store": story.app.store}
    return StaticSite(**values | more)


def everything(folder: Path) -> Mapping[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def rewritten(folder: Path, work: Callable[[], object]) -> set[str]:
    """What of a folder is another file afterwards, whatever stands in it."""

    def stamps() -> dict[str, int]:
        found = (path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in found}

    before = stamps()
    work()
    return {name for name, stamp in stamps().items() if before.get(name) != stamp}


def pages(folder: Path) -> Iterator[tuple[str, str, Outline]]:
    for path in sorted(folder.rglob("*.html")):
        html = path.read_text("utf-8")
        yield path.relative_to(folder).as_posix(), html, Outline(html)


def all_links_lead_somewhere(folder: Path) -> int:
    count = 0
    for name, _, outline in pages(folder):
        for link in [*outline.links, *outline.loaded]:
            if link.startswith(("https://", "http://")):
                assert link not in outline.loaded
                continue
            assert not link.startswith(("/", "#")) or link == "#main", (name, link)
            place, _, part = link.partition("#")
            target = (folder / name).parent / unquote(place) if place else folder / name
            assert target.is_file(), (name, link)
            assert target.resolve().is_relative_to(folder.resolve())
            if part:
                assert part in Outline(target.read_text("utf-8")).ids, (name, link)
            count += 1
    return count


# --- what stands there ---


async def test_every_link_leads_to_a_file_and_nothing_comes_from_afar(story: Story) -> None:
    found = site(story).build()
    folder = story.folder / "site"
    assert found.entries == 4
    assert found.files + 1 == len(everything(folder))  # and the list of them
    assert all_links_lead_somewhere(folder) > 40
    for name, html, outline in pages(folder):
        assert len(html.encode()) < 100_000
        assert not {"iframe", "object", "img", "style", "base"} & set(outline.tags), name
        assert outline.events == []
        assert len(outline.ids) == len(set(outline.ids))
        assert outline.tags.count("h1") == outline.tags.count("main") == 1
        assert outline.tags.count("script") == (name == "search.html")
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
        assert policy
        assert html.index("Content-Security-Policy") < html.index("<link")
        assert policy[1].startswith("default-src &#39;none&#39;")
        assert ("script-src" in policy[1]) == (name == "search.html")
        assert (folder / name).with_suffix(".json").is_file(), name
    assert "GRANTED" in (folder / "cases" / "ctr-v-irs.html").read_text()
    assert "in force as far as the record shows" in (folder / "index.html").read_text()
    board = json.loads((folder / "cases" / "ctr-v-irs.json").read_bytes())["board"]
    assert board["stated"][0]["day"] == "2027-12-15"


async def test_hostile_words_are_text_and_never_a_file_name(story: Story) -> None:
    call(story, "watch", "add", "cadc", "26-5006", "--label", EVIL)
    await fill(story, 1, f"{EVIL} </script> --> ]]> \u2028 {{{{ 7 * 7 }}}}")
    site(story).build()
    found = everything(story.folder / "site")
    assert all(NAME.fullmatch(name) for name in found)
    for name, content in found.items():
        text = content.decode()
        assert "<script>alert" not in text, name
        assert "\u202e" not in text, name
        assert name.endswith((".json", ".js", ".ics")) or "<img" not in text, name
    for name, _, outline in pages(story.folder / "site"):
        assert outline.tags.count("script") == (name == "search.html")
    assert b"<" not in found["search/ctr-v-irs-1.js"]


@pytest.mark.parametrize("name", ["../x", "", ".", "A", "x-0123456789abcdef", "é", "a" * 200])
def test_a_name_that_is_no_file_name_becomes_one(name: str) -> None:
    assert re.fullmatch(r"x-[0-9a-f]{16}", file_name(name))
    assert file_name(name) != file_name(name + "b")


#: Of recipients, routes, sources, watches, the press and this machine.
PRIVATE = (
    *("desk", "hook", "everything", "example.org", "whsec", "127.0.0.1", "leads_to", "paused"),
    *("court:dcd", "cl:entries", "D.D.C. court feed", "news:press", "Rights in the news"),
)


async def test_nothing_private_stands_there(story: Story) -> None:
    story.court.modes["/hook"] = "500"
    call(story, "watch", "add", "cadc", "26-5006", "--label", "Appeal")
    await story.polls()
    call(story, "watch", "pause", f"ctr-v-irs/dcd/{CTR}")
    site(story, url="https://public.example.net").build()
    asked = (["deliveries", "list"], ["sources"], ["watch", "list"], ["search", "news"])
    known = "".join(call(story, *one, "--json") for one in asked)
    assert {word for word in PRIVATE if word not in known} == {"example.org", "whsec"}
    for name, content in everything(story.folder / "site").items():
        text = content.decode().lower()
        found = [word for word in (*PRIVATE, str(story.folder)) if word.lower() in text]
        assert found == [] or name in {"style.css", "search.js"}, name


#: Whoever publishes one more field asks himself here whether everybody may read it.
PUBLISHED = {
    *("cases", "board", "case_id", "case_label", "now", "pending_in", "relief", "review"),
    *("mandate", "dockets", "stated", "last_act", "next_date", "all_entries", "sheets", "entries"),
    *("court_id", "docket_number", "watched_since", "not_visible", "since", "until"),
    *("not_read_since", "seen_until", "entry_numbers_not_seen", "number"),
    *("words", "entry_id", "entry_number", "date_filed", "day", "time", "what", "place"),
    *("case_name", "headline", "text", "kind", "may_be", "certainty", "ruling", "rulings", "on"),
    *("is_dispositive", "published_at", "first_seen_at", "url", "is_withdrawn", "is_doubtful"),
    *("entry", "answers", "answered_by", "kind_reason", "documents", "changes", "at", "field"),
    *("attachment_number", "description", "is_available", "is_sealed"),
}


async def test_what_is_published_is_a_closed_list(story: Story) -> None:
    await fill(story, 60)
    site(story).build()
    found = everything(story.folder / "site")
    files = [name for name in found if name.endswith(".json") and name not in {LIST, "search.json"}]
    assert {key for name in files for key in keys(json.loads(found[name]))} <= PUBLISHED
    assert json.loads(found["search.json"]) == {"ctr-v-irs": "CTR v. IRS"}


def keys(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        yield from found
        found = list(found.values())
    if isinstance(found, list):
        for one in found:
            yield from keys(one)


async def test_former_words_and_what_was_withdrawn_are_not_published(story: Story) -> None:
    story.files(14, "Notice", entry=14, text="NOTICE naming nobody")
    story.files(15, "Motion", entry=15, text="MOTION of a Minor Named By Mistake")
    await story.polls(30)
    await story.polls(30)
    made = site(story)
    made.build()
    assert "Named By Mistake" in str(everything(story.folder / "site"))
    story.court.withdraw(15)
    await story.polls()
    made.build()
    found = everything(story.folder / "site")
    assert not [name for name, text in found.items() if b"alert(1)" in text]
    assert not [name for name, text in found.items() if b"Named By Mistake" in text]
    sheet = json.loads(found["cases/ctr-v-irs.json"])["entries"]
    (gone,) = [one for one in sheet if one["is_withdrawn"]]
    entry = found[f"entries/{gone['entry_id']}.html"].decode()
    assert "its words are not published" in entry
    (changed,) = [one for one in sheet if one["entry_number"] == 14]
    kinds = json.loads(found[f"entries/{changed['entry_id']}.json"])["entry"]["changes"]
    assert {"entry_revised"} <= {one["kind"] for one in kinds}


async def test_nothing_imported_is_published(story: Story) -> None:
    """Neither an entry of theirs, nor what they say happened to one of ours; nor is a page new."""
    story.folder.joinpath("theirs").mkdir()
    async with telling(story.folder / "theirs", _sqlite(story), now=story.now) as theirs:
        theirs.files(900, "Order", entry=900)
        await theirs.polls()
        place = story.folder / "b"
        call(theirs, "export", "--bundle", "ctr-v-irs", "--to", str(place))
        names = [one["entry_id"] for one in parsed(theirs, "history") if one["entry_number"] == 1]
    forged = {"entry_id": names[0], "kind": "entry_withdrawn", "detail": {}}
    first = site(story)
    first.build()
    before = everything(story.folder / "site")
    parsed(story, "import", str(logged(place, forged)))
    assert "#900" in call(story, "history")
    assert rewritten(story.folder / "site", first.build) == set()
    anew = site(story, files=SiteFolder(story.folder / "anew"))
    anew.build()
    assert everything(story.folder / "anew") == before
    with reading(story.app.store) as record:
        own = [one for one in lines(record, EntryQuery()) if not is_imported(one.entry_id)]
        assert size(record, ["ctr-v-irs"]) == len(own)


def _sqlite(story: Story) -> str:
    return f"sqlite:///{story.folder}/theirs/m.db"


async def test_where_nobody_looked_is_said(tmp_path: Path, database_url: str) -> None:
    async with telling(tmp_path, database_url) as story:
        await says_where_nobody_looked(story)


async def says_where_nobody_looked(story: Story) -> None:
    made = site(story)
    made.build()
    case = story.folder / "site" / "cases" / "ctr-v-irs.html"
    assert "not read since" not in case.read_text()
    coverage = (story.folder / "site" / "coverage.html").read_text()
    assert "read last <time" in coverage
    story.now += timedelta(days=3)
    made.build()
    assert "not read since" in case.read_text()
    assert 'class="unseen"' in case.read_text()
    await story.polls()
    made.build()
    said = case.read_text()
    assert "not seen from" in said
    assert "not read since" not in said
    (docket,) = json.loads(case.with_suffix(".json").read_bytes())["board"]["dockets"]
    assert docket["not_visible"]


async def test_feeds_and_calendars_say_what_is_published(story: Story) -> None:
    site(story, url="https://public.example.org/dockets/").build()
    folder = story.folder / "site"
    feed = feedparser.parse((folder / "feeds" / "ctr-v-irs.atom").read_bytes())
    assert not feed.bozo
    assert feed.feed.links[0].href == "https://public.example.org/dockets/feeds/ctr-v-irs.atom"
    (order,) = [one for one in feed.entries if one.title.startswith("Order: GRANTED")]
    place = order.link.removeprefix("https://public.example.org/dockets/")
    assert (folder / place).is_file()
    ics = Calendar.from_ical((folder / "calendars" / "ctr-v-irs.ics").read_bytes())
    assert len(ics.walk("VEVENT")) == 1


async def test_what_may_be_an_act_is_the_last_act_and_says_so(story: Story) -> None:
    story.now += timedelta(days=1)
    story.files(40, "Preliminary Injunction", entry=40)
    await story.polls()
    site(story).build()
    (case,) = json.loads((story.folder / "site" / "index.json").read_bytes())["cases"]
    assert case["last_act"]["entry_number"] == 40
    assert "may be order: read it" in (story.folder / "site" / "index.html").read_text("utf-8")


# --- long dockets ---


async def fill(story: Story, many: int, text: str = "") -> None:
    """Entries 100, 101, … on the docket, as if read long ago."""
    with story.app.store.begin() as unit:
        (like,) = unit.entries.without_parts(schema.entries.c.entry_number == 13)
        unit.entries._save_entries(
            [
                replace(
                    like,
                    entry_id=f"{number:012x}",
                    entry_number=number,
                    text=text or f"ORDER granting {number - 1} Motion & {'<' * (number % 200)}",
                    event_names=("Order",) if number % 3 else ("Notice",),
                    date_filed=(story.now - timedelta(days=1000 - number)).date(),
                    published_at=None,
                    judgement=None,
                    keys=(f"k{number}",),
                    documents=(),
                )
                for number in range(100, 100 + many)
            ]
        )


async def test_a_long_docket_is_paged_whole(story: Story) -> None:
    await fill(story, 520)
    site(story).build()
    folder = story.folder / "site"
    sheets = list((folder / "sheets").glob("*.html"))
    assert len(sheets) > 15
    for path in folder.rglob("*"):
        is_page = path.suffix in {".html", ".json", ".js"} and path.name != LIST
        assert not is_page or path.stat().st_size < 100_000, path
    assert all_links_lead_somewhere(folder) > 2_000
    case = json.loads((folder / "cases" / "ctr-v-irs.json").read_bytes())
    assert (case["all_entries"], case["sheets"]) == (524, len(sheets))
    paged: list[str] = []
    for number in range(1, len(sheets) + 1):
        found = json.loads((folder / "sheets" / f"ctr-v-irs-{number}.json").read_bytes())
        assert found["number"] == number
        ids = [one["entry_id"] for one in found["entries"]]
        html = (folder / "sheets" / f"ctr-v-irs-{number}.html").read_text()
        assert [one.removeprefix("e-") for one in Outline(html).ids if one.startswith("e-")] == ids[
            ::-1
        ]
        paged += ids
    newest = [one["entry_id"] for one in case["entries"]][::-1]
    paged += [one for one in newest if one not in paged]
    with reading(story.app.store) as record:
        whole = [one.entry_id for one in lines(record, EntryQuery(case_id="ctr-v-irs"))]
    assert paged == whole[::-1]


async def test_one_new_entry_rewrites_only_what_it_must(story: Story) -> None:
    await fill(story, 75)
    folder, made = story.folder / "site", site(story)
    made.build()
    assert rewritten(folder, made.build) == set()
    assert rewritten(folder, site(story).build) == set()
    story.files(15, "Notice", entry=175, text="NOTICE")
    await story.polls()
    (new,) = [one for one in parsed(story, "history") if one["entry_number"] == 175]
    entry = f"entries/{new['entry_id']}"
    pages = {"cases/ctr-v-irs", "index", "coverage", entry}
    expected = {f"{name}.{form}" for name in pages for form in ("html", "json")} - {
        "index.html",
        "index.json",
    }
    expected |= {"search/ctr-v-irs-1.js", "search.html", "feeds/ctr-v-irs.atom", LIST}
    assert rewritten(folder, made.build) == expected
    await story.polls()  # read again, nothing new: only how far silence can be trusted moved
    assert rewritten(folder, made.build) == {"coverage.html", "coverage.json", LIST}


@pytest.mark.parametrize("many", [0, 1, 29, 30, 31, 39, 40, 60, 61, 75])
def test_pages_of_a_sheet_hold_each_entry_once(many: int) -> None:
    class Entry:
        headline, text = "Order", "ORDER"

    entries: Any = [Entry() for _ in range(many)]
    found = sheets_of(entries)
    closed = [one for page in found.closed for one in page]
    assert [*closed, *(one for one in found.newest if one not in closed)] == entries
    assert {len(page) for page in found.closed} <= {30}
    shown = {*found.newest, *(one for page in found.closed[: found.older] for one in page)}
    assert len(shown) == many
    assert len(found.newest) >= min(many, 10)


# --- what is not ours, and what is interrupted ---


async def test_foreign_files_are_not_touched(story: Story) -> None:
    folder = story.folder / "site"
    for name in ("robots.txt", "entries/notes.html", "cases/old.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("theirs")
    call(story, "watch", "add", "cadc", "26-5006", "--label", "Other")
    made = site(story)
    assert made.build().cases == ("cadc-26-5006", "ctr-v-irs")
    found = site(story, cases=("cadc-26-5006",)).build()
    assert found.removed > 10
    left = everything(folder)
    assert not [name for name in left if "ctr-v-irs" in name]
    for name in ("robots.txt", "entries/notes.html", "cases/old.json"):
        assert left[name] == b"theirs"
    assert all_links_lead_somewhere_but_theirs(folder)


def all_links_lead_somewhere_but_theirs(folder: Path) -> bool:
    (folder / "entries" / "notes.html").unlink()
    return all_links_lead_somewhere(folder) > 0


async def test_a_page_of_somebody_else_is_refused_before_anything_is_written(
    story: Story,
) -> None:
    folder = story.folder / "site"
    folder.mkdir()
    (folder / "index.html").write_text("our newsroom")
    with pytest.raises(UsageError, match=r"index\.html in .* is not of this program"):
        site(story).build()
    assert everything(folder) == {"index.html": b"our newsroom"}
    assert "empty folder" in call_failing(story, "site", str(folder))


def call_failing(story: Story, *args: str) -> str:
    with pytest.raises(UsageError) as caught:
        call(story, *args)
    return str(caught.value)


async def test_nothing_is_written_through_a_link_of_somebody(story: Story) -> None:
    folder, victim = story.folder / "site", story.folder / "victim"
    folder.mkdir()
    victim.write_text("theirs")
    for name in (".index.html.new", f".{LIST}.new"):
        (folder / name).symlink_to(victim)
    (folder / ".style.css.new").write_text("theirs")
    site(story).build()
    assert victim.read_text() == "theirs"
    assert (folder / ".index.html.new").is_symlink()
    assert (folder / ".style.css.new").read_text() == "theirs"
    assert len(list(folder.rglob(".*.new"))) == 3
    assert (folder / "index.html").stat().st_mode & 0o777 == 0o644


async def test_a_folder_that_leads_elsewhere_is_refused(story: Story) -> None:
    folder, victim = story.folder / "site", story.folder / "victim"
    folder.mkdir()
    victim.mkdir()
    (folder / "cases").symlink_to(victim)
    with pytest.raises(UsageError, match=r"cases in .* leads to another folder"):
        site(story).build()
    assert everything(victim) == {}
    (folder / "cases").unlink()
    site(story).build()
    (folder / "cases").rename(folder / "moved")
    (folder / "cases").symlink_to(folder / "moved")
    before = everything(folder / "moved")
    call(story, "watch", "add", "cadc", "26-5006", "--label", "Other")
    with pytest.raises(UsageError, match="leads to another folder"):
        site(story, cases=("cadc-26-5006",)).build()
    assert everything(folder / "moved") == before


@pytest.mark.parametrize("list_", ['{"files": {"../../victim": ["", 0], "robots.txt": ["", 0]}}'])
async def test_a_forged_list_makes_us_remove_nothing_of_others(story: Story, list_: str) -> None:
    folder = story.folder / "site"
    folder.mkdir()
    (story.folder.parent / "victim").write_text("theirs")
    (folder / "robots.txt").write_text("theirs")
    (folder / LIST).write_text(list_)
    site(story).build()
    assert (story.folder.parent / "victim").read_text() == "theirs"
    assert (folder / "robots.txt").read_text() == "theirs"
    (folder / LIST).write_text("[]")
    with pytest.raises(StoreError, match="cannot be read"):
        site(story).build()


async def test_an_interrupted_build_works_and_is_completed(story: Story) -> None:
    await fill(story, 60)
    folder = story.folder / "site"
    assert not site(story).build(lambda: len(everything(folder)) > 20).is_whole
    assert not (folder / "index.html").exists()
    whole = site(story, files=SiteFolder(story.folder / "whole"))
    assert whole.build().is_whole
    assert site(story).build().is_whole
    assert everything(folder) == everything(story.folder / "whole")
    # The page of the motion leads to the order that rules on it: it may not come first.
    story.files(20, "Order", entry=200, text="ORDER denying 150 Motion to Stay")
    await story.polls()
    stops = iter([*([False] * 58), True])
    site(story).build(lambda: next(stops))
    assert all_links_lead_somewhere(folder)
    assert site(story).build().is_whole
    whole.build()
    assert everything(folder) == everything(story.folder / "whole")


async def test_what_was_cut_off_or_lost_is_written_again(story: Story) -> None:
    folder, made = story.folder / "site", site(story)
    made.build()
    before = everything(folder)
    (entry, other, *_) = sorted((folder / "entries").glob("*.html"))
    entry.write_bytes(b"")
    other.unlink()
    assert site(story).build().written == 2
    assert everything(folder) == before


async def test_two_builds_at_once_are_refused(story: Story) -> None:
    with (
        SiteFolder(story.folder / "site").opened(),
        pytest.raises(StoreError, match="is being written already"),
    ):
        site(story).build()


async def test_a_folder_that_cannot_be_written_is_named(story: Story) -> None:
    (story.folder / "site").write_text("a file")
    with pytest.raises(StoreError, match="cannot write"):
        site(story).build()


# --- which cases ---


async def test_a_removed_watch_takes_its_docket_from_the_site(story: Story) -> None:
    story.files(20, "Order", entry=7, number=DOE, text="ORDER of another case")
    pack = (story.folder / "pack.yaml").read_text()
    both = pack.replace(
        f'number: "{CTR}"}}]', f'number: "{CTR}"}}, {{court: dcd, number: "{DOE}"}}]'
    )
    await story.app.close()
    await story.begin_with(both)
    await story.polls()
    folder = story.folder / "site"
    assert site(story).build().entries == 5
    await story.app.close()
    await story.begin_with(pack)
    assert site(story).build().entries == 4
    assert "of another case" not in str(everything(folder))
    assert all_links_lead_somewhere(folder)


async def test_a_docket_of_two_cases_stands_once(story: Story) -> None:
    pack = (story.folder / "pack.yaml").read_text()
    again = pack.replace(
        "court_feeds:",
        f'  - {{id: twin, label: Twin, dockets: [{{court: dcd, number: "{CTR}"}}]}}\ncourt_feeds:',
    )
    await story.app.close()
    await story.begin_with(again)
    folder = story.folder / "site"
    site(story).build()
    assert {"cases/twin.html", "cases/ctr-v-irs.html"} <= set(everything(folder))
    assert all_links_lead_somewhere(folder)
    assert rewritten(folder, site(story).build) == set()


async def test_the_command_writes_says_and_refuses(story: Story) -> None:
    folder = story.folder / "site"
    said = call(story, "site", str(folder), "--title", "Our dockets")
    assert "1 case with 4 entries" in said
    assert "Our dockets" in (folder / "index.html").read_text()
    found = parsed(story, "site", str(folder), "--case", "ctr-v-irs", "--title", "Our dockets")
    assert (found["cases"], found["written"]) == (["ctr-v-irs"], 0)
    assert "did you mean" in call_failing(story, "site", str(folder), "--case", "ctr-v-irz")
    call(story, "site", str(folder), "--url", "javascript:x", code=2)
    call(story, "watch", "add", "cadc", "26-5006", "--label", "Other")
    call(story, "watch", "remove", "cadc-26-5006/cadc/26-5006")
    gone = call_failing(story, "site", str(folder), "--case", "cadc-26-5006")
    assert "not watched any more" in gone


# --- the daemon ---


@pytest.fixture
async def published(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    routes = f"{ROUTES}\npublish: {{folder: public, site: true, title: Ours, cases: [ctr-v-irs]}}"
    async with telling(tmp_path, database_url, routes=routes) as story:
        yield story


async def test_the_daemon_keeps_a_site_up_to_date(published: Story) -> None:
    story, folder = published, published.folder / "public"
    build = _site(story.app)
    assert build is not None
    assert story.app.publisher is None  # no feed of a route
    first = build(lambda: False)
    assert isinstance(first, SiteReport)
    assert not list((folder / "feeds").glob("route-*"))
    assert "Ours" in (folder / "index.html").read_text()
    os.utime(folder / LIST, ns=(1, 1))
    (folder / LIST).chmod(0)  # where nothing changed it is not even read
    assert rewritten(folder, functools.partial(build, lambda: False)) == set()
    (folder / LIST).chmod(0o644)
    story.files(10, "Order", entry=10, text=GIVEN)
    await story.polls()
    build(lambda: False)
    assert "Order" in (folder / "cases" / "ctr-v-irs.html").read_text()
    story.files(11, "Notice", entry=11)
    story.now += timedelta(minutes=10)
    await run_once(story.app, build)
    assert "#11" in (folder / "cases" / "ctr-v-irs.html").read_text()


async def test_a_running_daemon_publishes_and_stops(published: Story) -> None:
    daemon = Daemon(published.app, poll_beat=0.1, serve_beat=0.1, site=_site(published.app))
    running = asyncio.create_task(daemon.run())
    while not (published.folder / "public" / "index.html").exists():
        assert not running.done()
        await asyncio.sleep(0.05)
    daemon.stopping.set()
    await running
    assert all_links_lead_somewhere(published.folder / "public")


async def test_a_lost_list_is_named_and_nothing_is_taken_for_ours(story: Story) -> None:
    made = site(story)
    assert made.build().written > 20
    assert (made.build().written, made.build().removed) == (0, 0)
    (story.folder / "site" / LIST).unlink()
    await story.polls()
    before = everything(story.folder / "site")
    with pytest.raises(UsageError, match="is not of this program"):
        made.build()
    assert everything(story.folder / "site") == before


async def test_a_person_who_waits_sees_how_far_it_is(story: Story) -> None:
    with reading(story.app.store) as record:
        assert size(record, ["ctr-v-irs"]) == 4
        assert size(record, []) == 0
    done: list[int] = []
    site(story, progress=done.append).build()
    assert sum(done) == 4


async def test_whoever_wants_no_site_has_none(story: Story) -> None:
    assert _site(story.app) is None
