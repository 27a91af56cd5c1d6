"""The search of a published site, in a real browser: from a folder, and from below a web server."""

from __future__ import annotations

import functools
import json
import shutil
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

from tests.show.test_cli import call, parsed
from tests.show.test_site import fill, site
from tests.story import Story, telling
from tests.web.test_pages import EVIL, GIVEN, SET

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no `chromium` to search with")
#: Each is asked here and of the history, and finds the same.
ASKED = [
    *("order", "ORDER", "granting judge", '"preliminary injunction"', "order -granting", "injunc*"),
    *("kind:motion", "court:dcd -kind:motion", "court:dcd -kind:order", "kind:order -kind:motion"),
    *("injunc", "25-cv-457", "kind:order", "kind:order -ruling:granted", "number:13", "rights"),
    *(
        "court:dcd case:ctr-v-irs quoted",
        "filed:2026-03-04 order",
        "nothing-of-this",
        '"status conference"',
    ),
]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True) as one:
        one.files(10, "Order", entry=10, text=GIVEN)
        one.files(13, "Order", entry=13, text=SET)
        one.files(14, "Notice", entry=14, text=EVIL)
        # It may be an order.
        one.files(15, "Preliminary Injunction", entry=15)
        await one.polls()
        await one.polls()
        site(one).build()
        yield one


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        await found.close()


async def page_of(browser: Browser, **more: Any) -> tuple[Page, list[str]]:
    """A page, and what goes wrong on it."""
    page = await browser.new_page(**more)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: None if _is_icon(message) else wrong.append(message.text))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    return page, wrong


def _is_icon(message: ConsoleMessage) -> bool:
    """A browser asks the server's root for an icon, whatever stands below."""
    return message.location["url"].endswith("/favicon.ico")


async def ask(page: Page, words: str) -> tuple[str, list[str]]:
    """What is said, and the entries that are shown."""
    await page.fill("input[name=q]", words)
    await page.click("#search button")
    await page.wait_for_function(
        "words => document.getElementById('said').dataset.answers === words",
        arg=words,
    )
    links = await page.eval_on_selector_all("#hits .head a", "all => all.map(a => a.href)")
    return await page.inner_text("#said"), [link.rpartition("/")[2] for link in links]


@pytest.mark.parametrize("is_served", [True, False])
async def test_the_search_finds_what_the_history_finds(
    story: Story, browser: Browser, is_served: bool
) -> None:
    page, wrong = await page_of(browser)
    with served(story.folder) as server:
        begin = f"{server}/site" if is_served else (story.folder / "site").as_uri()
        await page.goto(f"{begin}/search.html")
        for words in ASKED:
            said, found = await ask(page, words)
            hits = parsed(story, "search", words)["hits"]
            assert sorted(found) == sorted(f"{hit['entry']['entry_id']}.html" for hit in hits), (
                words
            )
            assert said.startswith("Nothing" if not hits else str(len(hits))), words
        await ask(page, "number:10")
        await page.click("#hits .head a")
        await page.wait_for_url("**/entries/*.html")
        assert "Preliminary Injunction" in await page.inner_text("main")
    assert wrong == []


async def test_hostile_hits_are_text(story: Story, browser: Browser) -> None:
    await fill(story, 1, f"{EVIL} </script> seven")
    site(story).build()
    page, wrong = await page_of(browser)
    await page.goto((story.folder / "site" / "search.html").as_uri())
    said, found = await ask(page, "quoted seven")
    assert (said, len(found)) == ("1 hit.", 1)
    text = await page.inner_text("#hits .text")
    assert "<script>alert(1)</script> <img src=x" in text
    assert "\u202e" not in text
    assert await page.locator("#hits img, #hits script").count() == 0
    await ask(page, "<img src=x onerror=alert(1)>")
    assert wrong == []


async def test_what_cannot_be_asked_or_read_is_said(story: Story, browser: Browser) -> None:
    page, _ = await page_of(browser)
    place = story.folder / "site" / "search.html"
    await page.goto(place.as_uri())
    said, found = await ask(page, "kimd:order")
    assert said.startswith("Nothing is called kimd: here; there are kind, ")
    assert found == []
    assert (await ask(page, '"status conf'))[0] == "A quote is not closed."
    assert (await ask(page, "-- ..."))[0] == "Write at least one word."
    assert "no field is called" in call(story, "search", "kimd:order", code=2)
    (story.folder / "site" / "search" / "ctr-v-irs-1.js").unlink()
    await page.reload()
    said, _ = await ask(page, "order")
    assert "could not be read" in said


async def test_many_hits_come_in_portions_the_newest_first(story: Story, browser: Browser) -> None:
    await fill(story, 130)
    site(story).build()
    page, wrong = await page_of(browser)
    await page.goto(f"{(story.folder / 'site' / 'search.html').as_uri()}#ruling%3Agranted")
    await page.wait_for_selector("#hits .row")
    assert await page.locator("#hits .row").count() == 50
    await page.click("#more")
    assert await page.locator("#hits .row").count() == 100
    days = await page.locator("#hits .when").all_inner_texts()
    assert days == sorted(days, key=lambda one: one[:10], reverse=True)
    assert wrong == []


async def test_without_scripts_it_is_said_how_to_find_things(
    story: Story, browser: Browser
) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto((story.folder / "site" / "search.html").as_uri())
    assert not await page.is_visible("#search")
    assert "use your browser's own search" in await page.inner_text("main")
    await page.click("#without a")
    assert await page.inner_text("h1") == "CTR v. IRS"


def test_an_index_is_small(tmp_path: Path) -> None:
    """Of the sample: what an entry costs, as a server sends it."""
    import gzip

    from tests.sample_site import SAMPLE

    found = [path.read_bytes() for path in (SAMPLE / "search").glob("*.js")]
    entries = json.loads((SAMPLE / "index.json").read_bytes())["cases"]
    assert len(entries) == 2
    assert sum(len(gzip.compress(one)) for one in found) < 2_500
