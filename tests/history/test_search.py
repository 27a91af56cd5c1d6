"""What a search finds, on both databases alike: by words, names, captions, fields and days."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.errors import UsageError
from monitor.history import search_conditions
from monitor.history.questions import read_cursor
from monitor.history.record import reading
from monitor.history.search import EntryHit, Hit, SearchPage, search
from monitor.history.search_words import read_query
from monitor.model.docket import Sighting
from monitor.model.news import Match, NewsItem
from monitor.model.outcome import Consequences, StoredSighting, StoredStory
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.history.test_paging import keep
from tests.make import DAY, HOUR, docket, entry, source, watch

NOW = NOON + 10 * DAY
MARCH = date(2026, 3, 2)
ON_ONE_STORE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def page(store: SqlStore, raw: str, limit: int = 50, cursor: str = "") -> SearchPage:
    with reading(store) as record:
        after = read_cursor(cursor) if cursor else None
        return search(record, read_query(raw, NOW), limit, after)


def name_of(hit: Hit) -> str:
    return hit.entry.entry_id if isinstance(hit, EntryHit) else hit.report.item_key


def found(store: SqlStore, raw: str) -> list[str]:
    """What is found, newest first; the count says so, too."""
    some = page(store, raw)
    assert (some.count, some.is_capped, some.next_cursor) == (len(some.hits), False, "")
    return [name_of(hit) for hit in some.hits]


def story(key: str, title: str, summary: str = "", **more: Any) -> StoredStory:
    values: dict[str, Any] = {"published_at": NOON} | more
    item = NewsItem("news:press", key, title, summary, "https://x", "Press", **values)
    return StoredStory(item, (Match("ctr-v-irs", ("taxpayer",)),), item.published_at or NOON)


def keep_stories(store: SqlStore, *stories: StoredStory) -> None:
    with store.begin() as unit:
        unit.sources.put([source("news:press", court_id="")], NOON)
        unit.stories.save(stories)


# --- words ---

TEXTS = {
    "stay": "ORDER granting 7 Motion to Stay Pending Appeal under 5 U.S.C. §705.",
    "hearing": "ORDER setting a hearing; stay of the appeal, pending or not.",
    "resume": "NOTICE of filing Résumé by Núñez in ΑΘΗΝΑ and МОСКВА; Straße",
    "number": "TRANSFERRED to 1:25-cv-00457; related to 25-cv-458",
    "long": "ORDER " + "whereas " * 200 + "zebra",
}
BY_WORDS = {
    "stay": {"stay", "hearing"},
    "STAY": {"stay", "hearing"},
    "stays": set(),
    "sta": set(),
    "sta*": {"stay", "hearing"},
    '"stay pending appeal"': {"stay"},
    '"stay pend"*': {"stay"},
    '"pending stay"': set(),
    "stay -hearing": {"stay"},
    "-order": {"resume", "number"},
    "resume OR zebra": {"resume", "long"},
    "order zebra": {"long"},
    '-"stay pending"': set(TEXTS) - {"stay"},
    "resume": {"resume"},
    "RÉSUMÉ": {"resume"},
    "nunez": {"resume"},
    "Nu\u0301n\u0303ez": {"resume"},
    "αθηνα": {"resume"},
    "москва": {"resume"},
    "моск*": {"resume"},
    "straße": {"resume"},
    "705": {"stay"},
    "§705": {"stay"},
    '"5 U.S.C. 705"': {"stay"},
    "U.S.C.": {"stay"},
    "25-cv-458": {"number"},
    "1:25-cv-457": {"number"},
    "25-cv-00457": {"number"},
    "25cv457": {"number"},
    "25-cv-459": set(),
    "whereas": {"long"},
    '"whereas zebra"': {"long"},
}


@pytest.fixture
def texts(store: SqlStore) -> SqlStore:
    on = docket("26-5006", "cadc")
    some = [entry(n, t, events=(), docket_id=on.docket_id) for n, t in TEXTS.items()]
    keep(store, *some, dockets=[on])
    return store


def test_words_find_what_they_say(texts: SqlStore) -> None:
    assert {raw: set(found(texts, raw)) for raw in BY_WORDS} == BY_WORDS


def test_a_bare_docket_number_finds_its_docket(texts: SqlStore) -> None:
    assert set(found(texts, "26-5006")) == set(TEXTS)
    assert found(texts, "26-5007") == []


def test_names_of_events_are_words_and_no_json(store: SqlStore) -> None:
    keep(store, entry("e1", "", events=["Motion to “Stay”", "Exhibit é"]), entry("e2", "u201c"))
    assert found(store, '"motion to stay"') == ["e1"]
    assert found(store, "exhibit") == ["e1"]
    assert found(store, "u201c") == ["e2"]


def test_words_side_by_side_stand_in_one_part(store: SqlStore) -> None:
    keep(store, entry("e1", "one two", events=["three four"]))
    assert found(store, '"one two"') == ["e1"]
    assert found(store, '"two three"') == found(store, '"four one"') == []
    assert found(store, '"four doe"') == found(store, '"roe one"') == []


def test_captions_are_found_with_the_words_of_entries(store: SqlStore) -> None:
    other = replace(docket("26-5006", "cadc"), case_name="Álvarez v. Stay Co.")
    keep(
        store,
        entry("e1", "MOTION to stay"),
        entry("e2", "ORDER", docket_id=other.docket_id),
        dockets=[docket(), other],
    )
    assert found(store, "doe stay") == ["e1"]
    assert set(found(store, "stay")) == {"e1", "e2"}
    assert found(store, "party:stay") == ["e2"]
    assert found(store, 'party:"alvarez v."') == ["e2"]
    assert found(store, "-party:stay") == ["e1"]
    assert found(store, "party:motion") == []


# --- what changes ---


def test_an_amended_text_is_found_by_its_new_words_only(store: SqlStore) -> None:
    keep(store, entry("e1", "ORDER about apples"))
    keep(store, entry("e1", "ORDER about pears", events=("Minute Order",)))
    assert found(store, "apples") == []
    assert found(store, "pears") == found(store, "minute") == ["e1"]
    assert page(store, "about").count == 1


def test_a_new_caption_takes_the_place_of_the_old_one(store: SqlStore) -> None:
    keep(store, entry("e1", "ORDER"), entry("e2", "MOTION", events=()))
    keep(store, dockets=[replace(docket(), case_name="SMITH v. JONES")])
    assert found(store, "doe") == []
    assert set(found(store, "smith")) == {"e1", "e2"}
    assert found(store, "smith order") == ["e1"]


def test_an_entry_that_went_to_another_docket_bears_its_caption(store: SqlStore) -> None:
    other = replace(docket("26-5006", "cadc"), case_name="SMITH v. JONES")
    keep(store, entry("e1", "ORDER"), dockets=[docket(), other])
    keep(store, entry("e1", "ORDER", docket_id=other.docket_id))
    assert (found(store, "doe"), found(store, "smith")) == ([], ["e1"])


def test_what_was_seen_again_unchanged_is_found_once(store: SqlStore) -> None:
    for _ in range(3):
        keep(store, entry("e1", "ORDER about pears"))
    assert found(store, "pears") == ["e1"]


def test_a_merged_entry_is_found_once(store: SqlStore) -> None:
    keep(store, entry("e1", "ORDER about pears"), entry("e2", "ORDER about pears"))
    keep(store, entry("e2", "ORDER about pears", merged_into="e1"))
    assert found(store, "pears") == ["e1"]


def test_a_withdrawn_entry_is_found_and_says_so(store: SqlStore) -> None:
    keep(store, entry("e1", "ORDER", is_withdrawn=True), entry("e2", "ORDER"))
    (hit,) = page(store, "is:withdrawn").hits
    assert isinstance(hit, EntryHit)
    assert (hit.entry.entry_id, hit.entry.is_withdrawn) == ("e1", True)
    assert found(store, "order -is:withdrawn") == ["e2"]


def test_what_is_rolled_back_is_not_found(store: SqlStore) -> None:
    keep(store)
    with suppress(ZeroDivisionError), store.begin() as unit:
        unit.entries.save(Consequences(entries=(entry("e1", "ORDER about pears"),)))
        raise ZeroDivisionError
    assert found(store, "pears") == []


# --- fields ---


@pytest.fixture
def filings(store: SqlStore) -> SqlStore:
    above = replace(docket("26-5006", "cadc"), case_name="ROE v. DOE")
    west = docket("1:25-cv-00009", "hid")
    keep(
        store,
        entry("denied", "ORDER denying 7 Motion to Stay", entry_number=11),
        entry(
            "mixed",
            "ORDER granting 5 Motion to Dismiss; denying 6 Motion to Compel",
            entry_number=12,
            date_filed=MARCH + DAY,
        ),
        entry("motion", "MOTION to Stay", events=["Motion to Stay"], entry_number=7),
        entry("above", "PER CURIAM ORDER", docket_id=above.docket_id, entry_number=None),
        entry("west", "ORDER", docket_id=west.docket_id, date_filed=None, entry_number=1,
              # On Hawaii it is still the first of March, and the second in Washington.
              first_seen_at=datetime(2026, 3, 2, 8, 0, tzinfo=UTC)),
        entry("raw", "ORDER", entry_number=99, docket_id=above.docket_id),
        dockets=[docket(), above, west],
        watches=[watch("below"), replace(watch("above", number="26-5006"), court_id="cadc")],
    )  # fmt: skip
    with store.begin() as unit:
        unit.sources.put([source()], NOON)
        seen = Sighting("court:dcd", "k", "dcd", "1:25-cv-00457")
        stored = StoredSighting(seen, "denied", "h", NOON)
        unit.entries.save(Consequences(sightings=(stored,)))
    keep(store, entry("raw", "ORDER", docket_id=above.docket_id, entry_number=99), are_judged=False)
    keep_stories(store, story("s1", "Judge stays order", "about the taxpayer"))
    return store


BY_FIELD = {
    "kind:motion": {"motion"},
    "kind:order": {"denied", "mixed", "above", "west"},
    # What nobody judged yet is no order, as far as anybody knows.
    "-kind:order in:entries": {"motion", "raw"},
    "ruling:denied": {"denied", "mixed"},
    "-ruling:denied in:entries": {"motion", "above", "west", "raw"},
    "court:cadc": {"above", "raw"},
    "docket:25-cv-457": {"denied", "mixed", "motion"},
    "docket:26-5006 kind:order": {"above"},
    "case:ctr-v-irs": {"denied", "mixed", "motion", "above", "raw", "s1"},
    "case:ctr-v-irs in:news": {"s1"},
    "number:11": {"denied"},
    "-number:11 docket:26-5006": {"above", "raw"},
    "source:court:dcd": {"denied"},
    "source:news:press": {"s1"},
    'party:"ROE v."': {"above", "raw"},
    "party:taxpayer": set(),
    "is:dispositive": {"mixed"},
    "in:news": {"s1"},
    "in:entries in:news": set(),
    "order in:news": {"s1"},
    "taxpayer": {"s1"},
    "stays OR number:7": {"s1", "motion"},
    "filed:2026-03-03": {"mixed"},
    "filed:>2026-03-02 in:entries": {"mixed"},
    "filed:<2026-03-02": {"west"},
    "filed:2026-03-01..2026-03-02 court:hid": {"west"},
    "seen:2026-03-01": {"west"},
    "seen:<=2026-03-01": {"west"},
    "seen:>=2026-03-02": {"denied", "mixed", "motion", "above", "raw", "s1"},
    "seen:P10D": {"denied", "mixed", "motion", "above", "raw", "s1"},
    "seen:1d": set(),
}


def test_fields_find_what_they_say(filings: SqlStore) -> None:
    assert {raw: set(found(filings, raw)) for raw in BY_FIELD} == BY_FIELD


def test_uncertain_is_what_may_be_something_else(store: SqlStore) -> None:
    keep(
        store, entry("sure", "ORDER denying 7 Motion"), entry("unclear", "Order", events=["Order"])
    )
    uncertain = {h.entry.entry_id for h in page(store, "in:entries").hits
                 if isinstance(h, EntryHit) and h.entry.may_be}  # fmt: skip
    assert set(found(store, "is:uncertain")) == uncertain
    assert set(found(store, "-is:uncertain")) == {"sure", "unclear"} - uncertain


def test_a_kind_finds_what_may_be_of_it_and_leaves_out_only_what_surely_is(
    store: SqlStore,
) -> None:
    """A missed order is the worst thing: what may be one is no motion as far as a minus goes."""
    keep(
        store,
        entry("order", "ORDER denying 7 Motion"),
        entry("either", "", events=["Preliminary Injunction"]),
        entry("motion", "MOTION to Stay", events=["Motion to Stay"]),
    )
    assert set(found(store, "kind:order")) == {"order", "either"}
    assert set(found(store, "kind:motion")) == {"motion", "either"}
    assert set(found(store, "-kind:order")) == {"motion", "either"}
    assert set(found(store, "-kind:motion")) == {"order", "either"}
    assert set(found(store, "kind:order -is:uncertain")) == {"order"}
    # A sign that SQL knows is none here: "notice_of_appeal" is no "notice of appeal".
    assert found(store, "kind:notice_of_appeal") == []


MISSPELT = {
    "case:ctr-v-isr": "ctr-v-irs",
    "-case:ctr-v-isr": "ctr-v-irs",
    "source:court:dc": "court:dcd",
    "docket:25-cv-475": "25-cv-00457",
}


def test_a_misspelt_name_is_no_empty_answer(filings: SqlStore) -> None:
    for raw, meant in MISSPELT.items():
        with pytest.raises(UsageError, match=meant if "docket" not in raw else "no docket"):
            found(filings, raw)


# --- what is shown ---


def test_a_snippet_marks_the_words(texts: SqlStore) -> None:
    (hit,) = page(texts, '"stay pending" 705 -hearing').hits
    assert [part.text for part in hit.snippet if part.is_match] == ["Stay Pending", "705"]


def test_newest_first_with_news_among_entries(store: SqlStore) -> None:
    keep(
        store,
        entry("second", "alpha", date_filed=MARCH + DAY, published_at=None),
        entry("fourth", "alpha", date_filed=MARCH, published_at=NOON - HOUR),
        entry("last", "alpha", date_filed=None, published_at=None, entry_number=None),
    )
    keep_stories(
        store,
        story("third", "alpha", published_at=NOON),
        story("first", "alpha", published_at=NOON + 2 * DAY),
    )
    assert found(store, "alpha") == ["first", "second", "third", "fourth", "last"]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_show_everything_once_and_in_order(store: SqlStore, size: int) -> None:
    days = [None, MARCH, MARCH + DAY]
    times = [None, NOON, NOON + HOUR]
    keep(store, *(
        entry(f"e{n:02}", "alpha", date_filed=days[n % 3], published_at=times[n // 3 % 3],
              entry_number=None if n % 2 else n)
        for n in range(18)
    ))  # fmt: skip
    keep_stories(store, *(
        story(f"s{n}", "alpha", published_at=NOON + (n - 3) * 12 * HOUR) for n in range(6)
    ))  # fmt: skip
    everything, shown, cursor = found(store, "alpha"), [], ""
    for _ in range(30):
        some = page(store, "alpha", size, cursor)
        assert some.count == 24
        shown += [name_of(hit) for hit in some.hits]
        cursor = some.next_cursor
        if not cursor:
            break
    assert shown == everything
    assert len(set(shown)) == 24


def test_many_are_counted_up_to_a_thousand(store: SqlStore) -> None:
    keep(store, *(entry(f"{n:06x}", "alpha", entry_number=n) for n in range(1001)))
    some = page(store, "alpha", 3)
    assert (some.count, some.is_capped, len(some.hits)) == (1000, True, 3)
    assert [hit.entry.entry_number for hit in some.hits if isinstance(hit, EntryHit)] == [
        1000, 999, 998,
    ]  # fmt: skip


# --- hostile texts ---

HOSTILE = (
    "NEAR(stay appeal)", "NEAR(", '"', '""', "*", "stay*", "text:stay", "{text}:stay", "^stay",
    "stay + appeal", "(stay", "stay)", "-stay", "stay' OR 1=1 --", "stay; DROP TABLE entries",
    "stay & ! | <->", "stay:*A", "a:b:c", "\\", "'", "stay\0pending", "\0", "½", "²", "²*", "①",
    "\u0301", "a\u0301*", "🙂", "🙂stay", "中文", "中文*", "\ufdfa", "\U0001d400", "ﬁling", "İstanbul",
    "%", "_%", "$1", ":name", "%(x)s", "rowid", "entry_search", "x" * 499, "ab " * 30, "stay\n\tappeal",
    "number:9223372036854775807", "filed:9999-12-31", "seen:>=0001-01-01", "seen:0001-01-01",
    "seen:<=9999-12-31", "\u202estay", "“”", "K", "ſtay",
)  # fmt: skip


def test_hostile_texts_are_refused_or_harmless(texts: SqlStore) -> None:
    keep_stories(texts, story("s1", "Judge stays order"))
    for raw in HOSTILE:
        with suppress(UsageError):
            assert page(texts, raw).count <= len(TEXTS) + 1
    assert set(found(texts, "stay")) == {"stay", "hearing"}


HOSTILE_WORDS = st.text(max_size=20) | st.lists(
    st.sampled_from(['"', "-", "*", ":", " OR ", " ", "stay", "(", "^", "\0", "é", "²", "&", "'"]),
    max_size=12,
).map("".join)


@ON_ONE_STORE
@given(HOSTILE_WORDS)
def test_no_text_breaks_the_search(texts: SqlStore, raw: str) -> None:
    with suppress(UsageError):
        page(texts, raw)


@ON_ONE_STORE
@given(st.text(max_size=40).filter(lambda text: "\0" not in text and text.isprintable()))
def test_any_text_can_be_stored_and_changed(texts: SqlStore, text: str) -> None:
    keep(texts, entry("any", text, events=(text, ""), docket_id="cadc/26-5006"))
    keep(texts, entry("any", f"{text} kiwi", events=(), docket_id="cadc/26-5006"))
    assert found(texts, "kiwi") == ["any"]


def test_a_text_of_two_hundred_thousand_signs_can_be_stored(store: SqlStore) -> None:
    text = " ".join(f"{n:x}é" for n in range(60_000))[:200_000]
    keep(store, entry("e1", text))
    keep(store, entry("e1", text[1:]))
    assert found(store, "1é") == found(store, '"2é 3é"') == ["e1"]


def test_one_word_of_a_hundred_thousand_letters_can_be_stored(store: SqlStore) -> None:
    keep(store, entry("e1", "x" * 100_000 + " kiwi " + "中" * 50_000))
    assert page(store, "order").count == 1


# --- words that most entries hold ---


@pytest.mark.parametrize("few", [10, 100_000])
def test_common_words_find_the_same_as_rare_ones(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Past some thousands the newest rows are looked through; nothing else may be found so."""
    monkeypatch.setattr(search_conditions, "_FEW", few)
    keep(store, *(
        entry(f"{n:06x}", f"alpha {'even' if n % 2 == 0 else 'odd'} {n}", entry_number=n)
        for n in range(2_600)
    ))  # fmt: skip
    keep(store, entry("merged", "alpha", merged_into="000001"), entry("other", "beta"))
    some = page(store, "alpha", 3)
    assert [name_of(hit) for hit in some.hits] == ["000a27", "000a26", "000a25"]
    assert (some.count, some.is_capped) == (1000, True)
    further = page(store, "alpha", 2, some.next_cursor)
    assert [name_of(hit) for hit in further.hits] == ["000a24", "000a23"]
    assert found(store, "-alpha") == ["other"]
    assert found(store, "alpha 17") == found(store, "alpha number:17") == ["000011"]
    assert [name_of(hit) for hit in page(store, "alpha -even", 2).hits] == ["000a27", "000a25"]
    assert found(store, "beta OR number:3") == ["other", "000003"]
    assert found(store, "alpha odd docket:1:25-cv-00457 number:17") == ["000011"]
    assert [name_of(hit) for hit in page(store, "odd OR number:2598", 2).hits] == [
        "000a27",
        "000a26",
    ]
