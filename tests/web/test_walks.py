"""What readers do, in a real browser: find, read, take along, log in; by mouse, keys and magnifier."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from monitor.model.access import Reader
from monitor.show.credentials import password_hash
from tests.story import Story
from tests.web import sample
from tests.web.browser import AXE, CHROMIUM, WHY_NOT, chromium, complaints, is_too_wide, looking
from tests.web.serving import LOGIN, Served, pages_listening, serving

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason=WHY_NOT),
    pytest.mark.timeout(600),
]
SITE = Path(__file__).parents[2] / "docs" / "sample-site"
TRIED = "/search/route?q=kind:order"
PASSWORD = "four words of hers"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("walks")
    url = f"sqlite:///{folder}/m.db"
    with serving(folder, url, sample.tell, **sample.MORE) as one:
        yield one


@pytest.fixture
def page(browser: Browser, shown: Served) -> Iterator[Page]:
    with looking(browser, shown.url) as one:
        yield one


def row(page: Page, number: int) -> Locator:
    """The link of an entry on a docket sheet."""
    numbered = page.get_by_text(f"#{number}", exact=True)
    return page.locator("li.row").filter(has=numbered).locator("a").first


def entry_href(page: Page, number: int) -> str:
    page.goto("/cases/ctr-v-irs")
    href = row(page, number).get_attribute("href")
    assert href
    return href


def every_place(page: Page) -> list[str]:
    """The address of each sort of page."""
    page.goto("/deliveries?recipient=desk")
    message = page.locator("main a[href^='/deliveries/']").first.get_attribute("href")
    assert message
    return [
        *("/", "/cases/ctr-v-irs", entry_href(page, 47), "/search?q=stay", "/search", TRIED),
        *("/changes?since=2026-03-01", "/sources", "/deliveries?recipient=desk", message, "/rules"),
    ]


# --- what they do ---


def test_the_last_order_is_found_from_the_overview(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="CTR v. IRS").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("CTR v. IRS")
    row(page, 60).click()
    expect(page.locator("mark").first).to_have_text("denying")
    expect(page.locator("main")).to_contain_text("DENIED")


def test_what_changed_in_entry_47_is_read(page: Page) -> None:
    page.goto(entry_href(page, 47))
    expect(page.locator("del").filter(has_text="in part")).to_have_count(1)
    expect(page.locator("ins").filter(has_text="Data Policy")).to_have_count(1)


def test_a_case_is_taken_along_as_a_table(page: Page, tmp_path: Path) -> None:
    page.goto("/cases/ctr-v-irs?kind=order")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    waiting.value.save_as(tmp_path / "case.csv")
    rows = list(csv.DictReader((tmp_path / "case.csv").read_text("utf-8-sig").splitlines()))
    assert {"47", "60"} <= {row["entry_number"] for row in rows}


def test_a_docket_sheet_is_filtered_by_its_form(page: Page) -> None:
    page.goto("/cases/ctr-v-irs")
    page.get_by_label("Kind").select_option("notice_of_appeal")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("kind=notice_of_appeal"))
    expect(page.locator("main")).to_contain_text("#50")
    expect(row(page, 60)).to_have_count(0)


def test_words_are_searched_for_and_marked(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill('kind:order "pending appeal"')
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text(re.compile("pending", re.IGNORECASE))
    expect(page.locator("main")).to_contain_text("#60")


def test_a_search_becomes_a_rule_and_says_whom_it_would_have_told(page: Page) -> None:
    page.goto('/search?q=kind:order+"pending+appeal"')
    page.get_by_text("As a route").click()
    expect(page.locator("details pre")).to_contain_text("kinds: [order]")
    page.get_by_role("link", name="Whom it would have told").click()
    page.get_by_label("To").select_option("hook")
    page.get_by_role("button", name="Try").click()
    expect(page.locator("main")).to_contain_text("hook: 1 alert")
    expect(page.locator("main")).to_contain_text("Per Curiam Order: DENIED")


def test_a_message_is_read_as_it_was_sent(page: Page) -> None:
    page.goto("/deliveries?recipient=desk")
    page.get_by_role("link", name=re.compile("DENIED")).first.click()
    expect(page.locator("main")).to_contain_text("You get this because")


# --- how they do it ---


def test_everything_is_reached_by_keys_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    assert page.locator(":focus").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    _tab_to(page, "CTR v. IRS")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("CTR v. IRS")
    focus = _tab_to(page, "Order: DENIED")
    assert focus["outline"] != "none"
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text("denying")


def _tab_to(page: Page, words: str) -> dict[str, str]:
    """Press Tab until a link that begins so has the focus; how it is shown there."""
    asked = "() => { const e = document.activeElement; const s = getComputedStyle(e);"
    asked += " return {text: e.textContent.trim(), outline: s.outlineStyle}; }"
    for _ in range(120):
        page.keyboard.press("Tab")
        found: dict[str, str] = page.evaluate(asked)
        if found["text"].startswith(words):
            return found
    raise AssertionError(f"no key leads to {words}")


@pytest.mark.parametrize(
    ("width", "scale"), [(640, 2), (390, 2), (320, 4)], ids=["200 %", "phone", "400 %"]
)
def test_nobody_scrolls_sideways(browser: Browser, shown: Served, width: int, scale: int) -> None:
    size = {"width": width, "height": 700}
    with looking(browser, shown.url, viewport=size, device_scale_factor=scale) as page:
        wide = []
        for place in every_place(page):
            page.goto(place)
            wide += [place] if is_too_wide(page) else []
        assert wide == []


@pytest.mark.skipif(not AXE.exists(), reason="axe is not installed: `make test` gets it from npm")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_everybody_can_use_it(browser: Browser, shown: Served, scheme: str, width: int) -> None:
    size = {"width": width, "height": 900}
    with looking(browser, shown.url, viewport=size, color_scheme=scheme) as page:
        found = []
        for place in every_place(page):
            page.goto(place)
            found += [f"{place}: {one}" for one in complaints(page)]
        assert found == []


@pytest.mark.skipif(not AXE.exists(), reason="axe is not installed: `make test` gets it from npm")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_a_published_site(browser: Browser, scheme: str) -> None:
    size = {"width": 390, "height": 900}
    with looking(browser, SITE.as_uri(), viewport=size, color_scheme=scheme) as page:
        found = []
        (entry, *_) = sorted((SITE / "entries").glob("*.html"))
        (case, *_) = sorted((SITE / "cases").glob("*.html"))
        for place in (
            SITE / "index.html",
            case,
            entry,
            SITE / "search.html",
            SITE / "coverage.html",
        ):
            page.goto(place.as_uri())
            found += [f"{place.name}: {one}" for one in complaints(page)]
            found += [f"{place.name} is too wide"] if is_too_wide(page) else []
        assert found == []


def test_hostile_words_are_harmless_text(page: Page) -> None:
    for place in (entry_href(page, 53), "/search?q=owned", "/changes?since=2026-03-01"):
        page.goto(place)
        assert page.title() != "owned"
        assert page.locator("script").count() == 0
        assert page.locator("main img").count() == 0
        assert page.locator("a[href^='javascript']").count() == 0
        assert "\u202e" not in page.locator("main").inner_text()
    page.goto(entry_href(page, 53))
    expect(page.locator("main")).to_contain_text("see javascript:alert(1)")


def test_a_page_prints_without_its_navigation(page: Page) -> None:
    page.goto("/cases/ctr-v-irs")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


# --- from elsewhere ---


async def jane_may(story: Story) -> None:
    await story.polls()
    with story.app.store.begin() as unit:
        unit.access.set_reader(Reader("jane", password_hash(PASSWORD), story.now, story.now))


def test_somebody_logs_in_and_out_and_a_guesser_is_stopped(
    browser: Browser, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/m.db"
    with serving(
        tmp_path, url, jane_may, lambda story: pages_listening(story, login=LOGIN)
    ) as there:
        with looking(browser, there.url) as page:
            page.goto("/sources")
            _fill_in(page, PASSWORD)
            expect(page).to_have_url(f"{there.url}/sources")
            page.get_by_role("button", name="Log out").click()
            expect(page.get_by_role("heading", name="Log in")).to_be_visible()
            page.goto("/")
            expect(page.get_by_role("heading", name="Log in")).to_be_visible()
        context = browser.new_context(base_url=there.url)
        page = context.new_page()
        page.goto("/")
        for _ in range(5):
            _fill_in(page, "wrong")
            expect(page.get_by_role("alert")).to_contain_text("do not belong together")
        _fill_in(page, PASSWORD)
        expect(page.get_by_role("alert")).to_contain_text("Too many attempts")
        context.close()


def _fill_in(page: Page, password: str) -> None:
    page.get_by_label("Name").fill("jane")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
