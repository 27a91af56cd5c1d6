"""Pictures of every page, on a phone and at a desk, by day and by night.

make gallery        (needs Debian's `chromium`)
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

from tests.web import sample
from tests.web.browser import chromium, looking
from tests.web.serving import serving

PICTURES = Path(__file__).parents[2] / "docs" / "gallery" / "pages"
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
SCHEMES = ("light", "dark")
#: What each page is called, and where it begins; further down it is cut.
NAMES = (
    "overview",
    "case",
    "entry",
    "search",
    "changes",
    "sources",
    "deliveries",
    "message",
    "routes",
)
_TALLEST = 1_700


def places(page: Page) -> Iterator[tuple[str, str]]:
    """Name -> address of each sort of page, in the sample."""
    page.goto("/cases/ctr-v-irs")
    entry = page.locator("li.row").filter(has=page.get_by_text("#47", exact=True))
    order = entry.locator("a").first.get_attribute("href") or ""
    page.goto("/deliveries?recipient=desk")
    message = page.locator("main a[href^='/deliveries/']").first.get_attribute("href") or ""
    yield "overview", "/"
    yield "case", "/cases/ctr-v-irs"
    yield "entry", order
    yield "search", '/search?q=kind:order+"pending appeal"'
    yield "changes", "/changes?since=2026-03-01"
    yield "sources", "/sources?since=2026-03-10"
    yield "deliveries", "/deliveries?recipient=desk"
    yield "message", message
    yield "routes", "/rules"


def _shoot(page: Page, name: str, width: int) -> None:
    height: int = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, _TALLEST)}
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True, clip=clip)  # type: ignore[arg-type]


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as raw, chromium() as browser:
        folder = Path(raw)
        with serving(folder, f"sqlite:///{folder}/m.db", sample.tell, **sample.MORE) as served:
            for size, (width, height) in SIZES.items():
                for scheme in SCHEMES:
                    view = {"width": width, "height": height}
                    with looking(browser, served.url, viewport=view, color_scheme=scheme) as page:
                        for name, place in list(places(page)):
                            page.goto(place)
                            _shoot(page, f"{name}-{size}-{scheme}", width)
                    print(size, scheme, flush=True)


if __name__ == "__main__":
    main()
