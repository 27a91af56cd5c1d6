"""CourtListener's API: every row of a docket is read once it is there, however the pages fall."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.match.watchlist import make_watchlist
from monitor.model.reading import Reading
from monitor.model.source import Source, SourceState
from monitor.ports import Fetched, Request
from monitor.sources.courtlistener import ENTRIES, rest
from tests.feeds import NOON
from tests.make import NUMBER, source, watch

API = "https://cl.example/api/rest/v4/"
WANTED = make_watchlist([watch()])
MINUTE = timedelta(minutes=1)
DOCKET: dict[str, Any] = {
    "id": 77,
    "docket_number": NUMBER,
    "absolute_url": "/docket/77/doe-v-roe/",
    "case_name": "Doe v. Roe",
    "pacer_case_id": "270000",
    "assigned_to_str": "A. Judge",
    "date_filed": "2025-02-17",
    "date_terminated": None,
}


def answer(said: object) -> Fetched:
    return Fetched(json.dumps(said).encode())


def page(*rows: object, following: str | None = None) -> Fetched:
    return answer({"next": following, "previous": None, "results": rows})


def row(row_id: int, at: datetime = NOON, **more: Any) -> dict[str, Any]:
    text = f"ORDER no. {row_id}"
    values: dict[str, Any] = {"id": row_id, "date_modified": at.isoformat(), "description": text}
    return values | more


def listed(docket: int | None = None, **more: Any) -> Source:
    values: dict[str, Any] = {"docket_number": NUMBER, "cl_docket_id": docket} | more
    return replace(source("cl", ENTRIES), url=API, **values)


def state(cursor: str = "") -> SourceState:
    return SourceState(NOON, cursor=cursor)


def read(*bodies: Fetched, cursor: str = "", reader: Any = rest.ENTRIES) -> Reading | Request:
    found: Reading | Request = reader.read(listed(), state(cursor), WANTED, bodies)
    return found


def reading(*bodies: Fetched, cursor: str = "", reader: Any = rest.ENTRIES) -> Reading:
    found = read(*bodies, cursor=cursor, reader=reader)
    assert isinstance(found, Reading)
    return found


@dataclass
class Api:
    """CourtListener, as far as a listing goes: newest first, so many rows on a page."""

    size: int = 2
    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    cursor: str = ""
    seen: dict[str, str] = field(default_factory=dict)
    pages: int = 0

    def poll(self) -> Reading:
        """One poll, and what it read: the newest words of each row."""
        said, asked = list[Fetched](), rest.ENTRIES.first_request(listed(), state(self.cursor))
        while True:
            self.pages += 1
            said.append(self._answer(asked.url))
            step = read(*said, cursor=self.cursor)
            if isinstance(step, Reading):
                break
            asked = step
        self.cursor = step.cursor
        self.seen |= {seen.sighting_key: seen.text for seen in reversed(step.sightings)}
        return step

    def whole_poll(self) -> None:
        while self.poll().is_partial:
            pass

    def _answer(self, url: str) -> Fetched:
        if "/dockets/" in url:
            return page(DOCKET)
        before = parse_qs(urlsplit(url).query).get("cursor", ["9"])[0]
        rows = sorted(self.rows.values(), key=lambda r: str(r["date_modified"]), reverse=True)
        rest_of = [r for r in rows if r["date_modified"] < before]
        shown, more = rest_of[: self.size], rest_of[self.size :]
        last = shown[-1]["date_modified"] if shown else ""
        return page(*shown, following=f"{API}docket-entries/?cursor={last}" if more else None)


@given(
    st.lists(st.lists(st.integers(1, 25), max_size=12), min_size=1, max_size=6), st.integers(1, 5)
)
@settings(max_examples=120, deadline=None)
def test_whatever_is_entered_or_edited_between_polls_is_read(
    edits: list[list[int]], size: int
) -> None:
    api, now = Api(size), NOON
    for some in edits:
        for row_id in some:
            now += MINUTE
            api.rows[row_id] = row(row_id, now, description=f"ORDER of {now:%H %M}")
        api.poll()
    api.whole_poll()  # what was begun before the last edits
    api.whole_poll()
    assert api.seen == {f"cl:{name}": said["description"] for name, said in api.rows.items()}


def test_a_long_listing_goes_on_at_the_next_poll_and_vouches_for_nothing_before() -> None:
    api = Api(rows={n: row(n, NOON + n * MINUTE) for n in range(1, 12)})
    first = api.poll()
    assert (first.is_partial, first.window, len(first.sightings)) == (True, None, 6)
    last = api.poll()
    assert (last.is_partial, last.window is not None, len(last.sightings)) == (False, True, 5)


def test_what_was_read_in_several_polls_is_not_paid_for_again() -> None:
    api = Api(rows={n: row(n, NOON + n * timedelta(hours=1)) for n in range(1, 12)})
    api.whole_poll()
    api.pages = 0
    api.poll()
    assert api.pages == 1


def test_rows_of_a_lagging_replica_are_read_though_newer_ones_are_known() -> None:
    api = Api(size=1, rows={1: row(1, NOON)})
    api.poll()
    late = {n: row(n, NOON - n * MINUTE) for n in (3, 5, 7)}
    api.rows |= late | {2: row(2, NOON + MINUTE)}
    api.whole_poll()
    assert set(api.seen) == {"cl:1", "cl:2", "cl:3", "cl:5", "cl:7"}


def test_a_row_without_a_time_hides_no_other() -> None:
    cursor = reading(page(DOCKET), page(row(1))).cursor
    following = f"{API}docket-entries/?cursor=2"
    rows = (row(5) | {"date_modified": odd} for odd in (None, "", "soon", 7, "0001-01-01T00:00Z"))
    assert read(page(*rows, following=following), cursor=cursor) == rest.api_request(following)


def test_an_empty_listing_forgets_nothing_of_what_was_read_before() -> None:
    before = reading(page(DOCKET), page(row(1))).cursor
    # It is looked up anew, for its rows may lie in another docket now; they do not.
    after = reading(page(), page(DOCKET), page(), cursor=before).cursor
    assert json.loads(after) == json.loads(before) | {"lost": 77}
    assert reading(page(), cursor=after).cursor == after


# --- which docket? ---


@pytest.mark.parametrize("number", [NUMBER, "25-1&court=cadc", "1:25-cv-1#x", "é ?", "a/b"])
def test_a_docket_is_looked_up_by_exactly_its_court_and_number(number: str) -> None:
    asked = urlsplit(rest.docket_request(listed(docket_number=number)).url)
    assert parse_qs(asked.query) == {"court": ["dcd"], "docket_number": [number]}
    assert asked.fragment == ""


def test_a_docket_whose_id_is_known_is_not_looked_up() -> None:
    assert rest.docket_request(listed(77)).url == f"{API}dockets/77/"
    cursor = reading(page(DOCKET), page()).cursor
    asked = rest.ENTRIES.first_request(listed(), state(cursor))
    assert urlsplit(asked.url).path.endswith("/docket-entries/")
    assert parse_qs(urlsplit(asked.url).query)["docket"] == ["77"]
    assert asked.is_metered


def test_of_duplicate_dockets_the_one_that_pacer_knows_is_read() -> None:
    stale = DOCKET | {"id": 3, "pacer_case_id": None}
    other = DOCKET | {"id": 2, "docket_number": "1:25-cv-00458"}
    found = rest.find_docket(
        listed(), page(other, stale, DOCKET | {"docket_number": "1:25-CV-457-ABC"})
    )
    assert found is not None
    assert found["id"] == 77


@pytest.mark.parametrize("rows", [(), (DOCKET | {"docket_number": "1:25-cv-00458"},)])
def test_a_docket_that_courtlistener_lacks_is_no_failure_and_no_silence(rows: Any) -> None:
    found = reading(page(*rows))
    assert NUMBER in found.note
    assert (found.window, found.cursor, found.sightings) == (None, "", ())


def test_the_head_of_a_docket_says_judge_caption_and_days() -> None:
    (head,) = reading(answer(DOCKET), reader=rest.ClDocketReader()).dockets
    assert (head.cl_docket_id, head.case_name, head.assigned_to) == (77, "Doe v. Roe", "A. Judge")
    assert head.date_filed is not None
    assert head.date_terminated is None
    assert head.states_head


# --- answers that are none ---

BROKEN = {
    "nothing": b"",
    "a page for people": b"<html><body>We are down for maintenance</body></html>",
    "cut off": page(row(1), row(2)).body[:-9],
    "a list": b"[]",
    "a word": b'"ok"',
    "null": b"null",
    "nested a hundred thousand deep": b'{"results":' + b"[" * 100_000,
    "rows that are no list": b'{"results": {"id": 1}}',
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_an_answer_that_is_no_listing_is_a_failed_poll(body: bytes) -> None:
    cursor = reading(page(DOCKET), page()).cursor
    with pytest.raises(ParseError):
        read(Fetched(body), cursor=cursor)
    with pytest.raises(ParseError):
        read(page(DOCKET), page(row(1), following=f"{API}x"), Fetched(body))
    with pytest.raises(ParseError):
        read(Fetched(body))


def test_an_answer_about_no_docket_is_a_failed_poll() -> None:
    with pytest.raises(ParseError, match="no docket"):
        read(answer({"detail": "Not found."}))


ELSEWHERE = ["https://evil.example/x", "//evil.example/", "http://cl.example/api/rest/v4/x", "x"]


@pytest.mark.parametrize("following", ELSEWHERE)
def test_a_token_is_never_carried_to_another_place(following: str) -> None:
    with pytest.raises(ParseError, match="elsewhere"):
        read(page(DOCKET), page(row(1), following=following))


NONSENSE: list[dict[str, Any]] = [
    {},
    {"id": None, "description": "ORDER"},
    {"id": "nine"},
    {"id": []},
    {"id": 9, "recap_documents": 5},
    {"description": "OR\ud800DER \x00 \u202e <script>", "unknown": {"deep": [[[None]]]}},
]


@pytest.mark.parametrize("odd", NONSENSE)
def test_a_row_without_sense_is_kept_raw_and_costs_no_other(odd: dict[str, Any]) -> None:
    found = reading(page(DOCKET), page(row(1), odd, row(2)))
    assert [seen.sighting_key for seen in found.sightings] == ["cl:1", "cl:2"]
    (lost,) = found.unreadable
    assert json.loads(lost.raw) == odd
    assert lost.reason
    assert found.total == 3


def test_a_listing_of_documents_adds_to_entries_and_begins_none() -> None:
    rows = (
        {"id": 5, "document_number": "51", "pacer_doc_id": "04511000051", "is_available": True},
        {"id": 6, "document_number": "", "pacer_doc_id": ""},
        {"document_number": "52"},
    )
    found = reading(page(DOCKET), page(*rows), reader=rest.DOCUMENTS)
    (seen,) = found.sightings
    assert (seen.is_supplement, seen.entry_number) == (True, 51)
    assert len(found.unreadable) == 1
