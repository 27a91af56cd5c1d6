"""The pages, asked as a browser and a script ask them, on a real server and both databases."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest

from monitor.listen.assemble import start_listening
from monitor.listen.server import Listener
from monitor.settings.listening import ListenConfig
from monitor.show.web.site import Pages
from tests.settings.test_keys import refused
from tests.story import CTR, Story, telling

GIVEN = "ORDER granting 7 Motion for Preliminary Injunction. Signed by Judge X on 3/4/2026."
SET = "MINUTE ORDER: Status Conference set for 12/15/2027 at 10:00 AM in Courtroom 24A."
EVIL = '<script>alert(1)</script> <img src=x onerror=alert(1)> "quoted" \u202egnp.exe'


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    more: dict[str, Any] = {"has_token": True, "has_press": True}
    async with telling(tmp_path, database_url, **more) as one:
        one.files(10, "Order", entry=10, text=GIVEN)
        await one.polls()
        one.files(11, "Notice of Appearance", entry=11, text="NOTICE of Appearance by Jane Roe")
        one.files(12, "Certificate of Service", entry=12, text="CERTIFICATE of Service")
        await one.polls()
        one.files(13, "Order", entry=13, text=SET)
        one.files(14, "Notice", entry=14, text=EVIL)
        await one.polls()
        await one.polls()
        yield one


@pytest.fixture
async def browser(story: Story) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who reaches the pages."""
    pages = Pages(story.app.store, story.app.settings, lambda: story.now)
    listener = Listener(ListenConfig(port=0), pages.site())
    await listener.start()
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{listener.port}") as client:
            yield client
    finally:
        await listener.stop()


class Outline(HTMLParser):
    """The tags of a page, its links, and what it would load or run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.events: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = {name: value or "" for name, value in attrs}
        self.events += [name for name in found if name.startswith("on") or name == "style"]
        self.ids += [found["id"]] if "id" in found else []
        if tag == "a":
            self.links.append(found.get("href", ""))
        self.loaded += [found[name] for name in ("src", "data", "action") if name in found]
        self.loaded += [found["href"]] if tag == "link" else []


async def entry_id(browser: httpx.AsyncClient, number: int) -> str:
    found = (await browser.get("/cases/ctr-v-irs.json")).json()["entries"]
    return str(next(one["entry_id"] for one in found if one["entry_number"] == number))


async def test_an_order_is_found_from_the_overview(browser: httpx.AsyncClient) -> None:
    overview = await browser.get("/")
    assert overview.status_code == 200
    assert "relief was granted; in force as far as the record shows" in overview.text
    assert "/cases/ctr-v-irs" in Outline(overview.text).links
    case = await browser.get("/cases/ctr-v-irs")
    assert "GRANTED" in case.text
    (link,) = {one for one in Outline(case.text).links if await entry_id(browser, 10) in one}
    entry = await browser.get(link)
    assert entry.status_code == 200
    assert "<mark>granting</mark>" in entry.text
    assert "CourtListener" in entry.text or "cl:" in entry.text


PLACES = ["/", "/cases/ctr-v-irs", "/changes?since=2026-03-01", "/sources", "/deliveries", "/rules"]


async def test_every_page_loads_nothing_from_afar_and_runs_nothing(
    browser: httpx.AsyncClient,
) -> None:
    for place in PLACES:
        page = await browser.get(place)
        assert page.status_code == 200
        assert len(page.content) < 100_000
        outline = Outline(page.text)
        assert not {"script", "iframe", "object", "img", "style"} & set(outline.tags)
        assert outline.events == []
        assert all(one.startswith("/") for one in outline.loaded)
        assert len(outline.ids) == len(set(outline.ids))
        assert outline.tags.count("h1") == outline.tags.count("main") == 1
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert page.headers["x-content-type-options"] == "nosniff"


async def test_every_link_of_every_page_leads_somewhere(browser: httpx.AsyncClient) -> None:
    todo, seen = ["/"], set[str]()
    while todo and len(seen) < 80:
        place = todo.pop()
        if place in seen or not place.startswith("/"):
            continue
        seen.add(place)
        page = await browser.get(place)
        assert page.status_code == 200, place
        if "html" in page.headers["content-type"]:
            todo += [one.partition("#")[0] for one in Outline(page.text).links if one[:1] == "/"]
    assert len(seen) > 15


async def test_hostile_words_are_text(browser: httpx.AsyncClient) -> None:
    for place in ("/cases/ctr-v-irs", f"/entries/{await entry_id(browser, 14)}", "/deliveries"):
        page = await browser.get(place)
        assert "<script" not in page.text
        assert "onerror" not in " ".join(Outline(page.text).events)
        assert "\u202e" not in page.text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil", "file:///x"])
def test_an_address_that_is_none_of_the_web_is_no_link(url: str) -> None:
    from monitor.show.web.view import web_url

    assert web_url(url) == ""


async def test_routine_filings_are_folded_with_their_count_and_not_hidden(
    browser: httpx.AsyncClient,
) -> None:
    page = (await browser.get("/cases/ctr-v-irs")).text
    assert "2 routine filings" in page
    assert "Notice of Appearance" in page
    asked = (await browser.get("/cases/ctr-v-irs?kind=appearance")).text
    assert "routine" not in asked
    assert "Notice of Appearance" in asked


SENSELESS = [
    ("/cases/ctr-v-irz", "did you mean"),
    ("/cases/ctr-v-irs?kimd=order", "nothing here is called 'kimd'"),
    ("/cases/ctr-v-irs?kind=ordr", "did you mean"),
    ("/cases/ctr-v-irs?since=3m", "no certain length"),
    ("/cases/ctr-v-irs?since=2026-03-05&until=2026-03-01", "nothing lies between"),
    ("/cases/ctr-v-irs?docket=dcd/25-cv-458", "was ever seen"),
    ("/cases/ctr-v-irs?docket=cadc/", "has no docket in cadc"),
    ("/cases/ctr-v-irs?as_of=2026-13-01", "no day and no moment"),
    ("/cases/ctr-v-irs?as_of=0001-01-01", "from 1900 to 2200"),
    ("/cases/ctr-v-irs?as_of=9999-12-31T23:59:59-14:00", "from 1900 to 2200"),
    ("/?as_of=0001-01-01", "from 1900 to 2200"),
    ("/changes?until=9999-12-31", "from 1900 to 2200"),
    ("/sources?since=0001-01-01", "from 1900 to 2200"),
    ("/cases/ctr-v-irs?cursor=%ff", "no cursor"),
    ("/entries/nothing", "no entry is called"),
    ("/entries/%00", "a sign that no text has"),
    ("/search?q=%00", "a sign that no text has"),
    ("/changes?since=2031-01-01", "nothing lies between"),
    ("/changes?before=x", "no number"),
    ("/deliveries?state=sold", "no state is called"),
    ("/deliveries?recipient=desc", "did you mean"),
    ("/sources?case=x", "no case is called"),
    ("/nowhere", "there is no such page"),
]


async def test_a_question_that_makes_no_sense_is_no_empty_page(browser: httpx.AsyncClient) -> None:
    for place, culprit in SENSELESS:
        page = await browser.get(place)
        assert page.status_code in {400, 404}, place
        assert culprit in page.text.replace("&#39;", "'"), place
        assert "Traceback" not in page.text


FORMS = [
    place + form
    for place in ("/overview", "/cases/ctr-v-irs", "/sources", "/rules")
    for form in (".json", ".csv")
]


async def test_every_page_is_there_for_scripts_too(browser: httpx.AsyncClient) -> None:
    for place in FORMS:
        answer = await browser.get(place)
        assert answer.status_code == 200
        if place.endswith(".json"):
            assert json.loads(answer.text)
        else:
            rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
            assert len(rows) > 1
            assert all(len(row) == len(rows[0]) for row in rows)


async def test_the_json_is_what_the_command_prints(
    story: Story, browser: httpx.AsyncClient
) -> None:
    from tests.show.test_cli import parsed

    printed = parsed(story, "history", "--case", "ctr-v-irs")
    assert (await browser.get("/cases/ctr-v-irs.json")).json()["entries"] == printed


async def test_a_cell_is_no_formula(story: Story, browser: httpx.AsyncClient) -> None:
    story.files(20, "Notice", entry=20, text='=HYPERLINK("http://evil")')
    await story.polls()
    await story.polls()
    answer = await browser.get("/cases/ctr-v-irs.csv")
    cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if re.match(r"^[=+@\t\r-]", cell)]


async def test_a_case_as_it_stood(story: Story, browser: httpx.AsyncClient) -> None:
    story.now += timedelta(days=2)
    story.files(30, "Order", entry=30, text="ORDER denying 9 Motion")
    await story.polls()
    now = (await browser.get("/cases/ctr-v-irs")).text
    then = (await browser.get("/cases/ctr-v-irs?as_of=2026-03-04")).text
    assert "#30" in now
    assert "#30" not in then
    assert "as it stood on 2026-03-04" in then


async def test_any_page_is_shown_as_it_stood(story: Story, browser: httpx.AsyncClient) -> None:
    from tests.show.test_cli import parsed

    name = await entry_id(browser, 10)
    story.now += timedelta(days=2)
    lifted = "ORDER granting 12 Motion to Vacate; the preliminary injunction 10 is VACATED."
    story.files(30, "Order", entry=30, text=lifted)
    story.files(10, "Order", entry=10, text=GIVEN.replace("granting", "denying"))
    await story.polls()
    await story.polls()
    then = "?as_of=2026-03-04"
    for place, was, is_now in (
        ("/", "relief was granted", "relief was denied"),
        ("/cases/ctr-v-irs", "relief was granted", "relief was denied"),
        (f"/entries/{name}", "<mark>granting</mark>", "<mark>denying</mark>"),
    ):
        old, new = (await browser.get(place + then)).text, (await browser.get(place)).text
        assert was in old, place
        assert was not in new, place
        assert is_now in new or "unclear" in new, place
        assert "As the record stood" in old
        assert "#30" not in old
    case = (await browser.get("/cases/ctr-v-irs" + then)).text
    (href,) = {one for one in Outline(case).links if name in one}
    assert href.endswith(then)
    (board,) = parsed(story, "status", "--as-of", "2026-03-04")
    assert "relief was granted" in board["now"]
    asked = {"as_of": "2026-03-05T05:00:00Z"}
    assert (await browser.get("/api/v1/cases/ctr-v-irs", params=asked)).json() == board
    stood = (await browser.get(f"/api/v1/entries/{name}", params=asked)).json()
    assert stood["text"] == GIVEN
    late = await browser.get(f"/entries/{await entry_id(browser, 30)}{then}")
    assert late.status_code == 400
    assert "was not known then" in late.text


async def test_what_is_new_since_the_last_visit_is_named(
    story: Story, browser: httpx.AsyncClient
) -> None:
    assert "New since" not in (await browser.get("/")).text
    story.files(31, "Order", entry=31, text="ORDER denying 9 Motion")
    await story.polls()
    again = (await browser.get("/")).text
    assert "New since" in again
    assert "#31" in again
    assert "#10" not in again
    assert "New since" not in (await browser.get("/")).text


async def test_a_message_is_shown_as_it_was_sent(browser: httpx.AsyncClient) -> None:
    lines = (await browser.get("/deliveries.json?recipient=desk")).json()["deliveries"]
    page = await browser.get(f"/deliveries/{lines[0]['delivery_id']}")
    assert page.status_code == 200
    assert "You get this because" in page.text


async def test_older_entries_stand_on_the_next_page(
    story: Story, browser: httpx.AsyncClient
) -> None:
    for seq in range(40, 100):
        story.files(seq, f"Motion {seq}", entry=seq)
    await story.polls()
    first = (await browser.get("/cases/ctr-v-irs?docket=dcd/" + CTR)).text
    (older,) = re.findall(r'rel="next" href="([^"]+)"', first)
    second = (await browser.get("/cases/ctr-v-irs" + older.replace("&amp;", "&"))).text
    shown = [set(re.findall(r'id="e-([0-9a-f]+)"', page)) for page in (first, second)]
    assert len(shown[0]) == 50
    assert shown[1]
    assert not shown[0] & shown[1]


async def test_words_are_found_and_marked(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/search", params={"q": 'kind:order "status conference"'})).text
    assert "<mark>Status Conference</mark>" in page or "<mark>Status</mark>" in page
    assert "#13" in page
    assert "#10" not in page
    assert "role=&#34;search" not in page


async def test_a_field_that_there_is_not_is_named(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/search", params={"q": "kimd:order"})
    assert page.status_code == 400
    assert "kind" in page.text


async def test_without_a_question_it_is_said_how_to_ask(browser: httpx.AsyncClient) -> None:
    assert "All terms must hold" in (await browser.get("/search")).text


async def test_hostile_hits_are_text(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/search", params={"q": "quoted"})).text
    assert "<script" not in page
    assert "\u202e" not in page
    assert "#14" in page


async def test_the_daemon_shows_them_where_it_listens(tmp_path: Path) -> None:
    from monitor.daemon import Daemon
    from monitor.show.cli.commands.run import _pages

    routes = "routes: [{name: all, to: [desk, hook]}]\nlisten: {port: 0, pages: true}"
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", routes=routes) as story:
        config = story.app.settings.config.listen
        assert config is not None
        daemon = Daemon(story.app, pages=lambda: _pages(story.app))
        started = await start_listening(
            story.app, config, daemon.why_stuck, lambda: None, daemon.pages()
        )
        try:
            url = f"http://127.0.0.1:{started.listener.port}"
            async with httpx.AsyncClient(base_url=url) as client:
                assert (await client.get("/healthz")).status_code == 200
                assert "The cases" in (await client.get("/")).text
        finally:
            await started.stop()


def test_pages_without_a_login_are_for_this_machine_alone(tmp_path: Path) -> None:
    said = " ".join(refused(tmp_path, "packs: []\nlisten: {host: 0.0.0.0, pages: true}\n"))
    assert "the pages ask for no login" in said


async def test_a_search_shows_the_route_that_it_would_be(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/search", params={"q": "kind:order <b>"})).text
    assert "As a route" in page
    assert "kinds: [order]" in page
    link = re.search(r'href="(/search/route\?[^"]+)"', page)
    assert link
    tried = await browser.get(link[1].replace("&amp;", "&"))
    assert tried.status_code == 200
    assert "Nothing is changed by this page" in tried.text
    assert "&lt;b&gt;" in tried.text
    assert "<b>" not in tried.text
    found = (await browser.get("/search/route.json", params={"q": "kind:order"})).json()
    assert "kinds: [order]" in str(found)
    refused = await browser.get("/search/route", params={"q": "number:10"})
    assert refused.status_code == 400
    assert "it would take everything" in refused.text
    assert (
        "it would take everything" in (await browser.get("/search", params={"q": "number:10"})).text
    )
