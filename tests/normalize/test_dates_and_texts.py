"""Moments, the court's days, and hostile texts: read for certain or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.normalize.dates import court_day, parse_feed_time, parse_iso_date, parse_iso_time
from monitor.normalize.text import digest, plain, plain_url, rich_to_plain, story_text

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FEED_TIMES = {
    "Greenwich": "Mon, 02 Mar 2026 12:00:00 GMT",
    "an offset": "Mon, 02 Mar 2026 07:00:00 -0500",
    "an offset with a remark": "Mon, 02 Mar 2026 07:00:00 -0500 (EST)",
    "the east": "Mon, 02 Mar 2026 07:00:00 EST",
    "in small letters": "Mon, 02 Mar 2026 07:00:00 est",
    "Alaska": "Mon, 02 Mar 2026 03:00:00 AKST",
    "Hawaii": "Mon, 02 Mar 2026 02:00:00 HST",
    "Guam": "Mon, 02 Mar 2026 22:00:00 ChST",
    "Puerto Rico": "Mon, 02 Mar 2026 08:00:00 AST",
    "a year of two digits": "02 Mar 26 12:00 GMT",
    "the afternoon": "Mon, 02 Mar 2026 07:00:00 AM EST",
    "midday": "Mon, 02 Mar 2026 12:00:00 PM GMT",
    "dots in the afternoon": "Mon, 02 Mar 2026 10:00 p.m. CHST",
    "the year first": "2026/03/02 12:00:00 GMT",
    "the year first, with dashes": "2026-03-02 07:00:00 -0500",
    "ISO": "2026-03-02T12:00:00Z",
    "ISO with an offset": "2026-03-02T07:00:00-05:00",
    "a long weekday and month": "Monday, 02 March 2026 12:00:00 GMT",
    "dashes": "Monday, 02-Mar-26 12:00:00 GMT",
    "Zulu": "Mon, 02 Mar 2026 12:00:00 Z",
    "blanks": "\n Mon, 02 Mar 2026 12:00:00 GMT ",
}


@pytest.mark.parametrize("raw", FEED_TIMES.values(), ids=FEED_TIMES)
def test_one_moment_in_the_words_of_every_court(raw: str) -> None:
    assert parse_feed_time(raw) == NOON


def test_a_time_without_a_zone_is_in_the_one_that_is_named() -> None:
    assert parse_feed_time("2026/03/02 12:00:00", UTC) == NOON
    assert parse_feed_time("Mon, 02 Mar 2026 12:00:00", UTC) == NOON


NO_TIMES = [
    "", " ", "EST", "yesterday", "Mon, 02 Mar 2026 12:00:00", "Mon, 02 Mar 2026 12:00:00 ET",
    "Mon, 02 Mar 2026 25:00:00 GMT", "Mon, 30 Feb 2026 12:00:00 GMT", "2026-03-02T12:00:00", "2026/03/02 12:00:00",
    "2026/13/02 12:00:00 GMT", "2026/03-02 12:00:00 GMT", "Mon, 02 Mar 2026 13:00 PM GMT",
    "Mon, 02 Mar 2026 00:00 AM GMT", "02 Foo 2026 12:00 GMT", "2 12:00 GMT",
    "Mon, 02 Mar 2026 12:00:00 -9900", "Mon, 02 Mar 1700 12:00:00 GMT", "9" * 5_000,
    f"Mon, {'9' * 5_000} Mar 2026 12:00:00 EST",
]  # fmt: skip


@pytest.mark.parametrize("raw", NO_TIMES)
def test_what_names_no_moment_for_certain_is_none(raw: str) -> None:
    assert parse_feed_time(raw) is None


OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2150, 1, 1), timezones=OFFSETS)  # noqa: DTZ001  (hypothesis wants them naive)


@given(MOMENTS)
def test_every_moment_that_is_printed_is_read_back(moment: datetime) -> None:
    assert parse_feed_time(format_datetime(moment)) == moment.replace(microsecond=0)
    assert parse_iso_time(moment.isoformat()) == moment


@given(st.text(max_size=60))
def test_no_text_breaks_a_reader_of_dates(raw: str) -> None:
    for found in (parse_feed_time(raw), parse_iso_time(raw)):
        assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    "raw", [None, 5, 2026.5, [], {}, True, b"2026-03-02", "", "2026-02-30", "2026"]
)
def test_what_is_no_day_or_moment_is_none(raw: object) -> None:
    assert parse_iso_date(raw) is None
    assert parse_iso_time(raw) is None


def test_a_moment_without_an_offset_is_none() -> None:
    assert parse_iso_time("2026-03-02T12:00:00") is None
    assert parse_iso_time("2026-03-02T12:00:00Z") == NOON


DAYS = {
    "late in the evening": (datetime(2026, 1, 6, 1, 0, tzinfo=UTC), "America/New_York", date(2026, 1, 5)),
    "the hour that comes twice": (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "America/New_York", date(2026, 11, 1)),
    "Guam is ahead": (datetime(2026, 1, 5, 20, 0, tzinfo=UTC), "Pacific/Guam", date(2026, 1, 6)),
}  # fmt: skip


@pytest.mark.parametrize(("moment", "zone", "day"), DAYS.values(), ids=DAYS)
def test_a_filing_carries_the_courts_own_day(moment: datetime, zone: str, day: date) -> None:
    assert court_day(moment, zone) == day


# --- texts ---

PLAIN = {
    "escaped twice": ("Lloyd&#039;s &amp;amp; Co.", "Lloyd's &amp; Co."),
    "markup": ("<p>ORDER</p><p>DENYING <a href='x'>7</a></p>", "ORDER DENYING 7"),
    "lines": ("ORDER\r\n\tDENYING\n", "ORDER DENYING"),
    "right to left": ("ORDER \u202eGNIYNED\u202c", "ORDER GNIYNED"),
    "invisible": ("OR\u200bDER\ufeff", "ORDER"),
    "null": ("OR\x00DER", "ORDER"),
    "half a letter": ("OR\ud800DER", "ORDER"),
    "less and more": ("if 3 < 5 and 7 > 5", "if 3 < 5 and 7 > 5"),
    "an ampersand": ("Doe & Roe", "Doe & Roe"),
    "other tongues": ("Núñez v. 株式会社", "Núñez v. 株式会社"),
    "nothing": (" \n ", ""),
}


@pytest.mark.parametrize(("raw", "expected"), PLAIN.values(), ids=PLAIN)
def test_hostile_text_is_made_plain(raw: str, expected: str) -> None:
    assert plain(raw) == expected


RICH = {
    "a script": ("ORDER <script>alert(1)</script>DENYING", "ORDER DENYING"),
    "a style": ("<style>p {}</style>ORDER", "ORDER"),
    "an image": ('ORDER <img src=x onerror="y">', "ORDER"),
    "entities": ("Doe &amp; Roe &lt;3", "Doe & Roe <3"),
    "half a letter": ("OR\ud800DER", "ORDER"),
    "numbers compared": ("if 3 < 5 and 7 > 5", "if 3 < 5 and 7 > 5"),
}


@pytest.mark.parametrize(("raw", "expected"), RICH.values(), ids=RICH)
def test_html_is_reduced_to_its_words(raw: str, expected: str) -> None:
    assert rich_to_plain(raw) == expected


FORBIDDEN = set("\r\n\t\x00\x1b\x7f\u200e\u202a\u202e\u2066\ufeff\ud800")


@given(st.text() | st.text(["a", " ", "<", "&", *sorted(FORBIDDEN)]))
def test_any_text_becomes_one_line_without_signs_that_hide(raw: str) -> None:
    for words in (plain(raw), rich_to_plain(raw)):
        assert not FORBIDDEN & set(words)
        assert words == " ".join(words.split())


@given(st.text(st.characters(exclude_characters="&<")))
def test_a_text_without_markup_that_is_plain_stays_as_it_is(raw: str) -> None:
    assert plain(plain(raw)) == plain(raw)
    assert plain(raw) == rich_to_plain(plain(raw))


@given(
    st.lists(st.text("abcXYZ019§é株", min_size=1), max_size=20),
    st.sampled_from([" ", "\n", "\r\n", "<b> ", "\t"]),
)
def test_no_word_of_a_text_is_lost_or_glued_to_another(words: list[str], between: str) -> None:
    assert plain(between.join(words)) == " ".join(words)
    assert rich_to_plain(between.join(words)) == " ".join(words)


@pytest.mark.parametrize("bomb", ["<b>" * 60_000, "<" * 200_000, "&amp;" * 40_000, "<a " * 60_000])
def test_a_bomb_of_markup_is_cut_at_the_limit(bomb: str) -> None:
    for make in (plain, rich_to_plain):
        assert len(make(bomb, 1_000)) <= 1_000
        assert make("ORDER " + bomb).startswith("ORDER")


URLS = {
    "as printed": (
        "https://ecf.dcd.uscourts.gov/doc1/045?a=1&amp;b=2",
        "https://ecf.dcd.uscourts.gov/doc1/045?a=1&b=2",
    ),
    "blanks around": (" http://x.example/ ", "http://x.example/"),
    "a script": ("javascript:alert(1)", ""),
    "in capitals": ("JAVASCRIPT:alert(1)", ""),
    "a second line": ("https://x.example/\r\nBcc: y", ""),
    "a quote": ('https://x.example/" onclick="y', ""),
    "markup": ("https://x.example/<script>", ""),
    "no host": ("/doc1/045", ""),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("raw", "expected"), URLS.values(), ids=URLS)
def test_a_link_is_shown_as_printed_or_not_at_all(raw: str, expected: str) -> None:
    assert plain_url(raw) == expected


STORIES = {
    "a dateline": ("BOSTON (AP) — A judge ruled.", "A judge ruled."),
    "a dateline with a day": ("WASHINGTON, Jan 29 (Reuters) - A judge ruled.", "A judge ruled."),
    "credits": ("A judge ruled. (Reporting by A. Roe; Editing by B. Doe)", "A judge ruled."),
    "the feed itself": (
        "A judge ruled. The post A judge ruled appeared first on Site.",
        "A judge ruled.",
    ),
    "only words": ("ACME (the clinic) – a judge ruled.", "ACME (the clinic) – a judge ruled."),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("raw", "expected"), STORIES.values(), ids=STORIES)
def test_a_storys_own_words(raw: str, expected: str) -> None:
    assert story_text(raw) == expected


WORDS = st.lists(st.text("abc "), min_size=1, max_size=4)


@given(WORDS, WORDS)
def test_names_of_words_differ_where_the_words_do(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)
