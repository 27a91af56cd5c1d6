"""CourtListener's REST API v4: entries, documents and heads of dockets.

Each source reads one docket. What a reading must remember for the next one is a small JSON
object in the source's cursor: which docket it is, up to where it is read, and where an
unfinished listing goes on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from monitor.errors import ParseError
from monitor.model.docket import Docket, Sighting
from monitor.model.outcome import Unreadable
from monitor.model.reading import Reading
from monitor.model.source import Source, SourceState, Window
from monitor.normalize.dates import parse_iso_time
from monitor.normalize.docket_number import normalize_docket_number, same_docket
from monitor.normalize.numbers import whole_number
from monitor.normalize.text import plain
from monitor.ports import Fetched, Request, Wanted
from monitor.sources.courtlistener.rows import (
    ClDocket,
    normalize_docket,
    normalize_entry,
    normalize_loose_document,
    on_site,
)
from monitor.sources.json_body import read_json
from monitor.sources.words import word

#: Reads may come from a replica that lags: look back a little beyond the newest row we have.
OVERLAP = timedelta(minutes=10)
#: A first reading of a long docket takes several polls: a look-up and so many pages are four of
#: the five requests that a minute allows.
PAGES_AT_ONCE = 3
_TRIES_OF_A_PAGE = 3


@dataclass(frozen=True, slots=True)
class _Memo:
    """What one reading tells the next."""

    docket: int | None = None
    pacer_case_id: str = ""
    page: str = ""
    case_name: str = ""
    #: Every row modified before this is stored.
    mark: str = ""
    #: Where an unfinished listing goes on, and the newest row it began with.
    next: str = ""
    newest: str = ""
    #: The id that was given with the source when this docket was found.
    given: int | None = None
    #: The id under which CourtListener had it before: it was merged into another, or so it seems.
    lost: int | None = None


def docket_request(source: Source) -> Request:
    """Ask for a docket by its id, or look it up by court and number."""
    if source.cl_docket_id is not None:
        return api_request(f"{source.url}dockets/{source.cl_docket_id}/")
    court_id, number = quote(source.court_id), quote(source.docket_number)
    return api_request(f"{source.url}dockets/?court={court_id}&docket_number={number}")


def _look_up(source: Source, memo: _Memo) -> Request:
    """Ask for the docket by the id that is known to hold; by its number where none does."""
    known = memo.docket or (source.cl_docket_id if memo.lost is None else None)
    if known is None:
        return docket_request(replace(source, cl_docket_id=None))
    request = docket_request(replace(source, cl_docket_id=known))
    forgotten = replace(memo, docket=None, lost=known)
    return replace(request, if_gone=_dump(forgotten)) if source.docket_number else request


def find_docket(
    source: Source, answer: Fetched, lost: int | None = None
) -> Mapping[str, Any] | None:
    """The docket in an answer to `docket_request`; None where CourtListener has none yet."""
    said = json_object(answer)
    if "results" not in said:
        return _ours(source, _identified([said])[0])
    wanted = normalize_docket_number(source.docket_number)
    rows = [
        r for r in result_rows(said) if normalize_docket_number(word(r, "docket_number")) == wanted
    ]
    # Duplicate rows exist; the one that PACER's id is known for is the one that is kept up.
    found = sorted(
        _identified(rows) if rows else [],
        key=lambda row: (row["id"] == lost, not row.get("pacer_case_id"), row["id"]),
    )
    return found[0] if found else None


def _ours(source: Source, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The docket that was asked for by its id. Raises ParseError where it is another one."""
    number = normalize_docket_number(word(row, "docket_number"))
    wanted = normalize_docket_number(source.docket_number)
    if number and wanted and not (same_docket(wanted, number) or same_docket(number, wanted)):
        raise ParseError(
            f"CourtListener's docket {row['id']} is {number}, not {wanted}: mend its id in the pack"
        )
    return row


def _identified(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The dockets that have an id. Raises ParseError where none has one."""
    found = [row for row in rows if whole_number(row.get("id")) is not None]
    if not found:
        raise ParseError("CourtListener's answer is no docket: it has no id")
    return found


class ClDocketReader:
    """Reads `courtlistener.DOCKET`: judge, caption, dates of filing and closing."""

    def first_request(self, source: Source, state: SourceState) -> Request:
        return _look_up(source, _memo(source, state))

    def read(
        self, source: Source, state: SourceState, wanted: Wanted, bodies: Sequence[Fetched]
    ) -> Reading | Request:
        memo = _memo(source, state)
        row = find_docket(source, bodies[-1], memo.lost)
        if row is None:
            return _not_there(source, memo)
        return Reading(
            dockets=(_head(source, row),), total=1, cursor=_dump(_begin(source, row, memo))
        )


@dataclass(frozen=True, slots=True)
class ClListReader:
    """Reads the rows of one docket, the last modified first, down to those that are known."""

    path: str
    parameters: str
    normalize: Callable[[Mapping[str, Any], ClDocket], Sighting | None]

    def first_request(self, source: Source, state: SourceState) -> Request:
        memo = _memo(source, state)
        if memo.docket is None:
            return _look_up(source, memo)
        # A page that fails again and again is given up, and the listing begun anew.
        if memo.next and state.failures < _TRIES_OF_A_PAGE:
            # Pages of a listing do not live for ever; its first page does.
            from_the_start = _dump(replace(memo, next="", newest=""))
            return replace(api_request(memo.next), if_gone=from_the_start)
        forgotten = _dump(replace(memo, docket=None, lost=memo.docket))
        return replace(
            api_request(self._listing(source, memo.docket)),
            if_gone=forgotten if source.docket_number else "",
        )

    def _listing(self, source: Source, docket: int) -> str:
        return f"{source.url}{self.path}={docket}&order_by=-date_modified&{self.parameters}"

    def read(
        self, source: Source, state: SourceState, wanted: Wanted, bodies: Sequence[Fetched]
    ) -> Reading | Request:
        memo, pages = _memo(source, state), tuple(bodies)
        if _is_doubtful(source, memo, pages[0]):
            memo, pages = replace(memo, docket=None, lost=memo.docket), pages[1:]
            if not pages:
                return _look_up(source, memo)
        head: tuple[Docket, ...] = ()
        if memo.docket is None:
            row = find_docket(source, pages[0], memo.lost)
            if row is None:
                return _not_there(source, memo)
            memo, head = _begin(source, row, memo), (_head(source, row),)
            pages = pages[1:]
        if not pages:
            return api_request(self._listing(source, memo.docket or 0))
        return self._read_pages(source, wanted, memo, head, [json_object(page) for page in pages])

    def _read_pages(
        self,
        source: Source,
        wanted: Wanted,
        memo: _Memo,
        head: tuple[Docket, ...],
        pages: list[Mapping[str, Any]],
    ) -> Reading | Request:
        rows = [row for page in pages for row in result_rows(page)]
        following = _next(source, pages[-1])
        is_done = not following or _reaches(rows, memo.mark)
        if not is_done and len(pages) < PAGES_AT_ONCE:
            return api_request(following)
        newest = memo.newest or max((word(row, "date_modified") for row in rows), default="")
        after = replace(
            memo,
            next="" if is_done else following,
            newest="" if is_done else newest,
            mark=(newest or memo.mark) if is_done else memo.mark,
        )
        if is_done and _lies_elsewhere(source, memo, wanted):
            after = replace(after, docket=None, lost=memo.docket)
        sightings, unreadable = self._normalized(source, memo, rows)
        return Reading(
            sightings=tuple(sightings),
            dockets=head,
            unreadable=tuple(unreadable),
            window=Window(watchlist=wanted.name) if is_done else None,
            total=len(rows),
            cursor=_dump(after),
            is_partial=not is_done,
        )

    def _normalized(
        self, source: Source, memo: _Memo, rows: Sequence[Mapping[str, Any]]
    ) -> tuple[list[Sighting], list[Unreadable]]:
        on = ClDocket(
            source_id=source.source_id,
            court_id=source.court_id,
            docket_number=source.docket_number,
            cl_docket_id=memo.docket or 0,
            pacer_case_id=memo.pacer_case_id,
            page=memo.page,
            case_name=memo.case_name,
        )
        sightings, unreadable = [], []
        for row in rows:
            try:
                seen = self.normalize(row, on)
            except (KeyError, TypeError, ValueError) as exc:
                reason = f"a row of CourtListener without sense: {type(exc).__name__} {exc}"
                unreadable.append(Unreadable(source.source_id, json.dumps(row), reason))
            else:
                sightings += [seen] if seen else []
        return sightings, unreadable


ENTRIES = ClListReader(
    "docket-entries/?docket", "omit=recap_documents__plain_text", normalize_entry
)
DOCUMENTS = ClListReader(
    "recap-documents/?docket_entry__docket", "omit=plain_text", normalize_loose_document
)


def api_request(url: str) -> Request:
    """A call that counts against the quota."""
    return Request(url, is_metered=True, accept="application/json")


def _not_there(source: Source, memo: _Memo) -> Reading:
    said = f"CourtListener has no docket {source.docket_number} of {source.court_id}"
    if memo.lost is not None:
        # It had one: that is no answer which could vouch for silence.
        raise ParseError(f"{said} any more, where its docket {memo.lost} was")
    return Reading(note=said)


def _is_doubtful(source: Source, memo: _Memo, first: Fetched) -> bool:
    """A docket whose rows were read shows none: they may lie in another one now."""
    is_settled = memo.docket is None or memo.docket == memo.lost or not source.docket_number
    return not is_settled and bool(memo.mark) and not memo.next and _is_empty(json_object(first))


def _is_empty(page: Mapping[str, Any]) -> bool:
    return not result_rows(page) and not word(page, "next")


def _lies_elsewhere(source: Source, memo: _Memo, wanted: Wanted) -> bool:
    """Whether the docket's head was found under another id since: merged dockets may live on."""
    now_at = wanted.cl_docket_of(source.court_id, source.docket_number)
    return now_at not in {None, memo.docket, memo.given, memo.lost} and memo.docket != memo.lost


def _begin(source: Source, row: Mapping[str, Any], before: _Memo) -> _Memo:
    docket = int(row["id"])
    return _Memo(
        docket=docket,
        given=source.cl_docket_id,
        lost=before.lost,
        # Rows of another docket may have been modified before: all are read anew.
        mark=before.mark if docket == before.lost else "",
        pacer_case_id=plain(word(row, "pacer_case_id")),
        page=on_site(source.url, word(row, "absolute_url")),
        case_name=plain(word(row, "case_name")),
    )


def _head(source: Source, row: Mapping[str, Any]) -> Docket:
    return normalize_docket(row, source.court_id, source.docket_number)


def _reaches(rows: Sequence[Mapping[str, Any]], mark: str) -> bool:
    """Whether a listing, newest first, has come down to rows that are stored."""
    until = parse_iso_time(mark)
    moments = [parse_iso_time(word(row, "date_modified")) for row in rows]
    return until is not None and any(at is not None and at < until - OVERLAP for at in moments)


def _next(source: Source, page: Mapping[str, Any]) -> str:
    following = word(page, "next")
    if following and not following.startswith(source.url):
        raise ParseError(f"CourtListener's next page lies elsewhere: {following[:200]!r}")
    return following


def json_object(answer: Fetched) -> Mapping[str, Any]:
    """The JSON object that an answer holds. Raises ParseError for anything else."""
    try:
        said = read_json(answer.body)
    except ValueError as exc:
        quoted = answer.body[:60].decode("latin-1").strip()
        raise ParseError(f"the answer is no JSON, it begins {quoted!r}") from exc
    if not isinstance(said, dict):
        raise ParseError("the answer is JSON, but no object as CourtListener gives")
    return said


def result_rows(page: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The rows of one page of a listing. Raises ParseError where it is none.

    What is no row among them is kept as one without an id, and costs no other.
    """
    rows = page.get("results")
    if not isinstance(rows, list):
        raise ParseError("the answer is no list of CourtListener: it has no results")
    return [row if isinstance(row, dict) else {"no row": row} for row in rows]


def _memo(source: Source, state: SourceState) -> _Memo:
    memo = _Memo(**json.loads(state.cursor)) if state.cursor else _Memo()
    # Who corrects the id of a docket means another docket: nothing of it is known.
    is_ours = source.cl_docket_id in {None, memo.docket, memo.given, memo.lost}
    return memo if is_ours else _Memo()


def _dump(memo: _Memo) -> str:
    return json.dumps(asdict(memo), sort_keys=True)
