"""From the Supreme Court's docket page (JSON) to a docket and its entries.

The form is written down in `docs/sources.md`. Entries have neither numbers nor ids: when one is
first seen, the number of the first document filed with it names it, else its day and words; that
name it keeps (see `memory`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from monitor.model.docket import Docket, Document, Sighting, docket_id_of
from monitor.normalize.dates import sane_day
from monitor.normalize.docket_number import normalize_docket_number
from monitor.normalize.documents import normalize_document_id
from monitor.normalize.entry_keys import Scheme, entry_key
from monitor.normalize.text import digest, plain, plain_url, rich_to_plain

JSON = Mapping[str, Any]
COURT = "scotus"
_CAPITAL = "*** CAPITAL CASE ***"
_ROLE = re.compile(r",? ?(?:Petitioners?|Applicants?|Appellants?)$")
#: `/DocketPDF/24/24A100/319653/2024…_Petition.pdf`: term, case, filing.
FILING = re.compile(r"/DocketPDF/\d+/[^/]+/(\d+)/")


def link_of(document: Document) -> str:
    """What stays of a link when the file behind it is replaced: the number of the filing."""
    filing = FILING.search(document.url)
    return filing[1] if filing else document.url


def docket_number(page: JSON) -> str:
    """The number that the page says it is of, in our spelling; empty if it says none."""
    return normalize_docket_number(_word(page, "CaseNumber").replace(_CAPITAL, ""))


def normalize_scotus_docket(page: JSON) -> Docket:
    """The head of the docket."""
    number = docket_number(page)
    petitioner = _ROLE.sub("", plain(_word(page, "PetitionerTitle")))
    respondent = plain(_word(page, "RespondentTitle"))
    return Docket(
        docket_id=docket_id_of(COURT, number),
        court_id=COURT,
        docket_number=number,
        case_name=f"{petitioner} v. {respondent}" if respondent else petitioner,
        date_filed=parse_day(_word(page, "DocketedDate")),
    )


def normalize_proceeding(row: JSON, page: JSON, source_id: str) -> Sighting:
    """One line of "Proceedings and Orders". Raises ValueError for a line without any words."""
    number = docket_number(page)
    text, day = rich_to_plain(_word(row, "Text")), _word(row, "Date")
    documents = tuple(_documents(row))
    if not text:
        raise ValueError("a proceeding without words")
    filing = FILING.search(documents[0].url) if documents else None
    name = filing[1] if filing else digest(day, text)
    key = entry_key(COURT, Scheme.ENTRY, number, name)
    return Sighting(
        source_id=source_id,
        sighting_key=key,
        court_id=COURT,
        docket_number=number,
        case_name=normalize_scotus_docket(page).case_name,
        entry_keys=(key,),
        text=text,
        date_filed=parse_day(day),
        url=f"https://www.supremecourt.gov/docket/docketfiles/html/public/{number.upper()}.html",
        documents=documents,
    )


def parse_day(raw: str) -> date | None:
    """The day, as the page prints it; None where it prints none.

    >>> parse_day("Jun 01 2026"), parse_day("June 2, 2026")
    (datetime.date(2026, 6, 1), datetime.date(2026, 6, 2))
    """
    for form in ("%b %d %Y", "%B %d, %Y"):
        try:
            day = datetime.strptime(raw.strip(), form).date()  # noqa: DTZ007  (a calendar day)
        except ValueError:
            continue
        return sane_day(day)
    return None


def _documents(row: JSON) -> list[Document]:
    links = row.get("Links")
    found: list[Document] = []
    for link in links if isinstance(links, list) else ():
        if isinstance(link, Mapping) and (url := plain_url(_word(link, "DocumentUrl"))):
            described = rich_to_plain(_word(link, "Description"))
            attachment = len(found) or None
            name = normalize_document_id(url)
            found.append(Document(name, "", attachment, described, url, is_available=True))
    return found


def _word(row: JSON, name: str) -> str:
    value = row.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""
