"""Debian's Chromium, driven by Playwright, and what it complains of."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Dialog, Page, Request, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WHY_NOT = "no Chromium here: `apt-get install chromium` (make test does so where it may)"
#: What judges whether a page can be used by everybody; `make test` puts it there from npm.
AXE = Path(sys.prefix) / "axe" / "node_modules" / "axe-core" / "axe.min.js"


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@contextmanager
def looking(browser: Browser, url: str, **more: object) -> Iterator[Page]:
    """A page of a reader's own. Whatever it would run, load from afar or complain of is an error."""
    context = browser.new_context(base_url=url, accept_downloads=True, **more)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    page, wrong = context.new_page(), list[str]()
    page.on("console", lambda said: _note(wrong, said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: _note(wrong, str(error)))
    page.on("dialog", lambda dialog: _dismissed(wrong, dialog))
    page.on("request", lambda request: _note(wrong, *_from_afar(request, url)))
    yield page
    context.close()
    assert not wrong, wrong


def _note(wrong: list[str], *words: str) -> None:
    wrong.extend(words)


def _dismissed(wrong: list[str], dialog: Dialog) -> None:
    wrong.append(dialog.message)
    dialog.dismiss()


def _from_afar(request: Request, url: str) -> Iterator[str]:
    if not request.url.startswith((url, "data:", "file:")):
        yield f"asked {request.url}"


def complaints(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA on this page, with the first place of each."""
    page.evaluate(AXE.read_text("utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    # It would fetch the style sheet once more, which the page's policy forbids.
    asked = "tags => axe.run(document, {preload: false, runOnly: {type: 'tag', values: tags}})"
    found = page.evaluate(asked, tags)["violations"]
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}" for one in found]


def is_too_wide(page: Page) -> bool:
    """Whether somebody must scroll sideways to read it."""
    wider: bool = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wider
