"""Look for the docket of an appeal at CourtListener: a search by caption, then the docket itself.

Two requests: the search finds dockets of that court filed since; the docket's own row says from
which docket below it comes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from monitor.model.follow import AppealCandidate
from monitor.model.reading import Reading
from monitor.model.source import Source, SourceState
from monitor.normalize.dates import parse_iso_date
from monitor.normalize.docket_number import normalize_docket_number
from monitor.normalize.numbers import whole_number
from monitor.normalize.text import plain
from monitor.ports import Fetched, Request, Wanted
from monitor.sources.courtlistener.rest import api_request, json_object, result_rows
from monitor.sources.words import word

#: Of the dockets that a search finds, so many are asked where they come from.
_MOST_ASKED = 3


class ClAppealReader:
    """Reads `courtlistener.APPEAL`. The source's caption is that of the case below.

    Its `docket_number` is empty: that is what it looks for.
    """

    def first_request(self, source: Source, state: SourceState) -> Request:
        query = {
            "type": "d",
            "court": source.court_id,
            "q": f'caseName:"{first_party(source.caption)}"',
            "order_by": "dateFiled desc",
        }
        return api_request(f"{source.url}search/?{urlencode(query)}")

    def read(
        self, source: Source, state: SourceState, wanted: Wanted, bodies: Sequence[Fetched]
    ) -> Reading | Request:
        search, *dockets = bodies
        found = [
            row
            for row in result_rows(json_object(search))
            if whole_number(row.get("docket_id")) is not None
        ][:_MOST_ASKED]
        if len(dockets) < len(found):
            return api_request(f"{source.url}dockets/{found[len(dockets)]['docket_id']}/")
        appeals = tuple(_appeal(json_object(row), source.court_id) for row in dockets)
        note = f"dockets there that may be it, as CourtListener shows: {len(appeals)}"
        return Reading(appeals=appeals, total=len(found), note=note)


def first_party(caption: str) -> str:
    """The first name of a caption, as a search takes it.

    >>> first_party("CENTER FOR TAXPAYER RIGHTS et al v. INTERNAL REVENUE SERVICE et al")
    'CENTER FOR TAXPAYER RIGHTS'
    """
    words = caption.partition(" v. ")[0].partition(" et al")[0]
    return " ".join("".join(c if c.isalnum() or c in " .'&-" else " " for c in words).split())


def _appeal(row: Mapping[str, Any], court_id: str) -> AppealCandidate:
    below = row.get("original_court_info")
    lower = below.get("docket_number") if isinstance(below, Mapping) else ""
    return AppealCandidate(
        court_id=plain(word(row, "court_id")) or court_id,
        appeal_number=normalize_docket_number(plain(word(row, "docket_number"))),
        case_name=plain(word(row, "case_name")),
        lower_number=normalize_docket_number(plain(lower if isinstance(lower, str) else "")),
        date_filed=parse_iso_date(row.get("date_filed")),
    )
