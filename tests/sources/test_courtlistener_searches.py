"""CourtListener's quota and its search for appeals: what they say, and nothing beyond it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.match.watchlist import make_watchlist
from monitor.model.quota import Limit
from monitor.model.reading import Reading
from monitor.model.source import SourceState
from monitor.ports import Fetched, Request
from monitor.sources.courtlistener import APPEAL, USAGE
from monitor.sources.courtlistener.appeal import ClAppealReader, first_party
from monitor.sources.courtlistener.usage import ClUsageReader, read_api_usage
from tests.feeds import NOON
from tests.make import source

API = "https://cl.example/api/rest/v4/"
NOBODY, STATE = make_watchlist([]), SourceState(NOON)
DAILY: dict[str, Any] = {
    "scope": "user", "rate": "125/day", "used": 17, "limit": 125, "remaining": 108,
    "window_seconds": 86_400, "reset_at": None, "blocked": False,
}  # fmt: skip


def answer(said: object) -> Fetched:
    return Fetched(json.dumps(said).encode())


def usage(*rows: object) -> tuple[Limit, ...]:
    return read_api_usage(answer({"current_usage": rows, "membership": None}))


# --- what may be asked ---


def test_asking_for_the_quota_spends_none_of_it() -> None:
    asked = ClUsageReader().first_request(replace(source("cl", USAGE), url=API), STATE)
    assert (asked.url, asked.is_free, asked.is_metered) == (f"{API}api-usage/", True, True)


def test_the_limits_of_the_account_are_read() -> None:
    body = answer({"current_usage": [DAILY, DAILY | {"scope": "citations", "rate": "60/min"}]})
    found = ClUsageReader().read(source("cl", USAGE), STATE, NOBODY, (body,))
    assert isinstance(found, Reading)
    assert found.limits == (Limit("125/day", 125, 86_400, 17),)
    assert "17 of 125/day" in found.note


ODD_LIMITS: list[object] = [
    None,
    "125/day",
    DAILY | {"limit": 0},
    DAILY | {"limit": -5},
    DAILY | {"limit": "125"},
    DAILY | {"limit": None},
    DAILY | {"window_seconds": 0},
    DAILY | {"window_seconds": 86_400.5},
]


@pytest.mark.parametrize("odd", ODD_LIMITS)
def test_a_limit_without_sense_limits_nothing_and_hides_no_other(odd: object) -> None:
    """A limit of none would never let us ask again."""
    assert usage(odd, DAILY) == (Limit("125/day", 125, 86_400, 17),)


@pytest.mark.parametrize("used", [None, -1, "17", 1.5, []])
def test_a_use_that_cannot_be_read_counts_as_none(used: object) -> None:
    assert [limit.used for limit in usage(DAILY | {"used": used})] == [0]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"current_usage": {}}', b'{"detail": "no"}'])
def test_an_answer_that_is_no_usage_is_refused(body: bytes) -> None:
    with pytest.raises(ParseError):
        read_api_usage(Fetched(body))


# --- where is the appeal? ---

SEARCH = replace(
    source("cl:appeal", APPEAL, court_id="cadc", caption="DOE et al v. ROE et al"), url=API
)
FOUND: dict[str, Any] = {
    "court_id": "cadc",
    "docket_number": "26-5006",
    "case_name": "Jane Doe v. Richard Roe",
    "date_filed": "2026-01-12",
    "original_court_info": {"docket_number": "1:25-cv-457-ABC"},
}


def look(*answers: object) -> Reading | Request:
    return ClAppealReader().read(SEARCH, STATE, NOBODY, tuple(answer(said) for said in answers))


def results(*ids: object) -> dict[str, Any]:
    return {"results": [{"docket_id": one, "caseName": "x"} for one in ids]}


def test_the_search_asks_for_one_party_in_one_court() -> None:
    query = parse_qs(urlsplit(ClAppealReader().first_request(SEARCH, STATE).url).query)
    assert (query["court"], query["q"]) == (["cadc"], ['caseName:"DOE"'])


@given(st.text(max_size=80))
def test_no_caption_breaks_out_of_the_question(caption: str) -> None:
    asked = ClAppealReader().first_request(replace(SEARCH, caption=caption), STATE).url
    query = parse_qs(urlsplit(asked).query)
    assert set(query) == {"type", "court", "q", "order_by"}
    (words,) = query["q"]
    assert words.startswith('caseName:"')
    assert words.count('"') == 2
    assert set(words) & set("\\*?~()[]{}\r\n") == set()


PARTIES = {
    "many": ("CENTER FOR ROES et al v. DOE SERVICE et al", "CENTER FOR ROES"),
    "a company": ('ACME "WIDGET" CO., INC. v. DOE', "ACME WIDGET CO. INC."),
    "an apostrophe and a hyphen": ("O'Neil-Roe & Sons v. Doe", "O'Neil-Roe & Sons"),
    "nobody else": ("In re Doe", "In re Doe"),
    "letters of another tongue": ("Peña Núñez v. Doe", "Peña Núñez"),
    "nobody": ("", ""),
}


@pytest.mark.parametrize(("caption", "party"), PARTIES.values(), ids=PARTIES)
def test_the_first_party_of_a_caption(caption: str, party: str) -> None:
    assert first_party(caption) == party


def test_each_docket_that_is_found_says_from_where_it_comes() -> None:
    step = look(results(5, 6))
    assert isinstance(step, Request)
    assert step.url == f"{API}dockets/5/"
    step = look(results(5, 6), FOUND)
    assert isinstance(step, Request)
    assert step.url == f"{API}dockets/6/"
    found = look(results(5, 6), FOUND, FOUND | {"docket_number": "No. 26-5007"})
    assert isinstance(found, Reading)
    assert [a.appeal_number for a in found.appeals] == ["26-5006", "26-5007"]
    assert {a.lower_number for a in found.appeals} == {"1:25-cv-00457"}


def test_a_search_that_finds_too_much_costs_little() -> None:
    step = look(results(*range(1, 40)), FOUND, FOUND, FOUND)
    assert isinstance(step, Reading)
    assert len(step.appeals) == 3


@pytest.mark.parametrize("odd", [None, "5", [], 5.5])
def test_a_result_without_an_id_is_not_asked_for(odd: object) -> None:
    step = look(results(odd, 6), FOUND)
    assert isinstance(step, Reading)
    assert len(step.appeals) == 1


@pytest.mark.parametrize("below", [None, "", "1:25-cv-00457", [], {}, {"docket_number": None}])
def test_a_docket_that_does_not_say_from_where_it_comes_claims_nothing(below: object) -> None:
    found = look(results(5), FOUND | {"original_court_info": below, "date_filed": 7})
    assert isinstance(found, Reading)
    (appeal,) = found.appeals
    assert (appeal.lower_number, appeal.date_filed, appeal.court_id) == ("", None, "cadc")


def test_nothing_found_is_said_and_is_no_failure() -> None:
    found = look(results())
    assert isinstance(found, Reading)
    assert (found.appeals, found.total) == ((), 0)
    assert found.note
