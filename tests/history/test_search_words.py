"""A line of words is read as it was meant, or refused with the name of what is wrong."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import UsageError
from monitor.history.search_fields import FIELDS
from monitor.history.search_terms import (
    AllOf,
    AnyOf,
    Condition,
    CourtIs,
    Filed,
    FromSource,
    In,
    IsA,
    KindIs,
    NumberIs,
    OfCase,
    OnDocket,
    Party,
    Place,
    RulingIs,
    SearchQuery,
    Seen,
    Trait,
    Without,
    Words,
    terms_of,
    words_wanted,
)
from monitor.history.search_words import LONGEST, MOST_TERMS, read_query
from monitor.model.docket import EntryKind, Ruling

NOW = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)


def read(raw: str) -> tuple[Condition, ...]:
    return read_query(raw, NOW).wanted.parts


def test_the_example_is_read_as_it_is_meant() -> None:
    raw = 'kind:order court:cadc "stay pending appeal" -hearing filed:>=2026-01-01 seen:P7D'
    assert read(raw) == (
        KindIs(EntryKind.ORDER),
        CourtIs("cadc"),
        Words("stay pending appeal"),
        Without(Words("hearing")),
        Filed(date(2026, 1, 1)),
        Seen(NOW - timedelta(days=7)),
    )


READ: dict[str, Condition] = {
    "kind:notice-of-appeal": KindIs(EntryKind.NOTICE_OF_APPEAL),
    "KIND:Order": KindIs(EntryKind.ORDER),
    "ruling:granted_in_part": RulingIs(Ruling.GRANTED_IN_PART),
    "court:D.D.C.": CourtIs("dcd"),
    "docket:25-cv-457": OnDocket("25-cv-00457"),
    "case:ctr-v-irs": OfCase("ctr-v-irs"),
    "number:#113": NumberIs(113),
    "source:court:dcd": FromSource("court:dcd"),
    'party:"Center for"': Party(Words("Center for")),
    "party:bess*": Party(Words("bess", is_prefix=True)),
    "is:uncertain": IsA(Trait.UNCERTAIN),
    "in:news": In(Place.NEWS),
    "-in:news": Without(In(Place.NEWS)),
    "moot*": Words("moot", is_prefix=True),
    '"stay pend"*': Words("stay pend", is_prefix=True),
    "“as moot”": Words("as moot"),
    '-"as moot"': Without(Words("as moot")),
    '"kind:order"': Words("kind:order"),
    '"OR"': Words("OR"),
    "or": Words("or"),
    "§705": Words("§705"),
    "705": Words("705"),
    "well-known": Words("well-known"),
    # A docket number is found however it is written, and on its docket.
    "25-cv-457": AnyOf(
        (Words("25-cv-457"), Words("25-cv-00457"), OnDocket("25-cv-00457", is_meant=False))
    ),
    "filed:2026-03-02": Filed(date(2026, 3, 2), date(2026, 3, 2)),
    "filed:>2026-03-02": Filed(date(2026, 3, 3), None),
    "filed:<2026-03-02": Filed(None, date(2026, 3, 1)),
    "filed:<=2026-03-02": Filed(None, date(2026, 3, 2)),
    "filed:2026-03-01..2026-03-02": Filed(date(2026, 3, 1), date(2026, 3, 2)),
    # In Washington it is still the fourth.
    "filed:1d": Filed(date(2026, 3, 3)),
    "filed:yesterday": Filed(date(2026, 3, 3), date(2026, 3, 3)),
    "filed:>=today": Filed(date(2026, 3, 4)),
    "filed:30d..yesterday": Filed(date(2026, 2, 2), date(2026, 3, 3)),
    "seen:today": Seen(date(2026, 3, 4), date(2026, 3, 4)),
    "seen:2w": Seen(NOW - timedelta(weeks=2)),
    "seen:P1W2DT3H": Seen(NOW - timedelta(weeks=1, days=2, hours=3)),
    "seen:PT12H": Seen(NOW - timedelta(hours=12)),
    "seen:>=2026-03-01": Seen(date(2026, 3, 1)),
}


@pytest.mark.parametrize("raw", READ)
def test_a_term_is_read(raw: str) -> None:
    assert read(raw) == (READ[raw],)


def test_or_stands_between_two_terms_only() -> None:
    assert read("a1 b1 OR kind:order OR -c1 d1") == (
        Words("a1"),
        AnyOf((Words("b1"), KindIs(EntryKind.ORDER), Without(Words("c1")))),
        Words("d1"),
    )


def test_what_is_excluded_is_not_marked() -> None:
    wanted = read_query('stay OR party:doe -hearing -"25-cv-457"', NOW).wanted
    assert list(words_wanted(wanted)) == [Words("stay"), Words("doe")]
    assert Words("hearing") in list(terms_of(wanted))


REFUSED = {
    "": "say what to look for",
    "   ": "say what to look for",
    "knid:order": "did you mean “kind”",
    "kind:ordr": "did you mean “order”",
    "ruling:deny": "did you mean “denied”",
    "court:nowhere-at-all": "court:nowhere-at-all is not known",
    "is:withdrawed": "did you mean “withdrawn”",
    "in:the": "known are entries, news",
    "https://example.org": "no field is called 'https'",
    "kind:": "kind: says nothing",
    "kind: order": "kind: says nothing",
    '"stay pending': "a quote is not closed: '\"stay pending'",
    'say"it"': "quotes stand around whole words",
    '"one""two"': "quotes stand around whole words",
    "OR stay": "OR stands between",
    "stay OR": "OR stands between",
    "stay OR OR order": "OR stands between",
    "stay AND order": "AND is no operator",
    "stay NOT order": "write - before",
    "-": "'-' holds no letter",
    "--": "'--' holds no letter",
    "***": "'***' holds no letter",
    "*": "'*' holds no letter",
    "st*y": "stands at the end of a word only",
    "s*": "at least two letters",
    '"§"': "holds no letter",
    "number:ten": "write number:113",
    "number:99999999999999999999": "number",
    "number:9999999999999999999": "no entry bears",
    "number:-1": "write number:113",
    "filed:tomorrow": "is no day",
    "filed:<7d": "is no day",
    "filed:3m": "is no day",
    "filed:2026-02-30": "is no day",
    "filed:20260302": "is no day",
    "filed:=>2026-03-02": "is no day",
    "filed:2026-03-02..": "is no day",
    "filed:2026-03-02..2026-03-01": "did you mean 2026-03-01..2026-03-02",
    "filed:>9999-12-31": "is no day",
    "filed:<0001-01-01": "is no day",
    "seen:P1M": "is no day",
    "seen:100000w": "is no day",
    "a" * (LONGEST + 1): "501 signs are too many",
    "x" * 10_000: "10,000 signs are too many",
    "ab " * (MOST_TERMS + 1): "31 terms are too many",
}


@pytest.mark.parametrize("raw", REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_read_is_refused_by_name(raw: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_query(raw, NOW)
    assert REFUSED[raw] in str(refused.value)


def test_every_field_is_tried_here() -> None:
    tried = {raw.lstrip("-").partition(":")[0].lower() for raw in READ if ":" in raw}
    assert set(FIELDS) <= tried


PIECES = st.sampled_from(
    [
        '"',
        "-",
        "*",
        ":",
        "OR",
        " ",
        "kind:",
        "filed:",
        "order",
        "P7D",
        "..",
        "\0",
        "\ud800",
        "NEAR(",
    ]
)


@given(st.text(max_size=60) | st.lists(PIECES, max_size=20).map("".join))
def test_any_text_is_read_or_refused(raw: str) -> None:
    with suppress(UsageError):
        assert isinstance(read_query(raw, NOW), SearchQuery)


WORD = st.from_regex(r"[a-z]{2,8}", fullmatch=True)
TERM = st.builds(
    lambda minus, word, star: (f"{minus}{word}{star}", minus, Words(word, bool(star))),
    st.sampled_from(["", "-"]),
    WORD,
    st.sampled_from(["", "*"]),
)


@given(st.lists(TERM, min_size=1, max_size=10))
def test_what_is_written_is_what_is_read(terms: list[tuple[str, str, Words]]) -> None:
    wanted = tuple(Without(words) if minus else words for _, minus, words in terms)
    assert read_query("  ".join(raw for raw, *_ in terms), NOW).wanted == AllOf(wanted)
