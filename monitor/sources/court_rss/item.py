"""From a court feed's item to a sighting of a docket entry.

The grammar of title, description and guid, with its variants by court, is written down in
`docs/sources.md`. Whatever is missing stays empty: an item is kept with what it has.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from monitor.model.court import court
from monitor.model.docket import Document, Sighting
from monitor.normalize.dates import court_day, parse_feed_time
from monitor.normalize.docket_number import (
    is_district_number,
    is_docket_number,
    normalize_docket_number,
)
from monitor.normalize.documents import normalize_document_id
from monitor.normalize.entry_keys import Scheme, entry_key
from monitor.normalize.numbers import printed_number
from monitor.normalize.text import digest, plain, plain_url, short_name
from monitor.sources.court_rss.raw import RawItem

_LINK = re.compile(
    r"""<a\s++href=(["'])(?P<url>(?>(?:(?!\1\s*+>).)*))\1\s*+>(?P<text>[^<]*+)</a>\s*+\)$""",
    re.DOTALL,
)
_BARE_NUMBER = re.compile(r"(?<=\])\s*(?:(?P<bare>\d+)|\((?P<paren>\d+|doc)\))\s*$")
_BANKRUPTCY = re.compile(
    r"^Type: (?P<type>\S*) Office: (?P<office>\S*) Chapter: (?P<chapter>[^\s\[]*)"
    r" ?(?:Trustee: (?P<trustee>.*?))? ?(?=\[)"
)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
#: What parts the docket number from the caption: blanks, however written, or a tag.
_BLANK = re.compile(r"\s+|(?:&nbsp;|&#160;|&#xa0;)+|<(?:br|p|div|hr)\b[^<>]*>", re.IGNORECASE)
#: Courts write the serial of a case in five digits or six: a shorter one is a piece of another.
_WHOLE_SERIAL = re.compile(r"[-\u2010-\u2014\u2212]\d{5,6}(?!\d)")
#: A docket number somewhere within a title.
_IN_TITLE = re.compile(
    r"(?<![\w-])(?P<number>(?:\w{1,2}:)?\d\d-[a-z][a-z0-9]{1,4}-\d{3,6}[^\s,;]*)"
)
_DOCUMENT = re.compile(r"/docs?1/(?P<id>\d{6,})")
_NYED_DOCUMENT = re.compile(r"show_case_doc\?(?P<number>\d*),(?P<case>\d+)")
_GUID_CASE = re.compile(r"DktRpt\.pl\?(?P<case>\d+)(?:[&-](?P<seq>\d+))?")
_GUID_PART = re.compile(r"[?&]partId=(?P<part>\d+)")
_GUID_CASE_NUMBER = re.compile(r"[?&]caseNum=(?P<number>[^&]+)")


@dataclass(frozen=True, slots=True)
class CourtItem:
    """The parts of one item. Absent parts are empty."""

    docket_number: str
    case_name: str
    event_name: str
    #: As printed: "50", "Document", "doc".
    document_text: str = ""
    document_url: str = ""
    document_id: str = ""
    #: PACER's own number of the case, and of the entry within it.
    pacer_case_id: str = ""
    sequence_number: str = ""
    part_id: str = ""
    case_type: str = ""
    office: str = ""
    chapter: str = ""
    trustee: str = ""
    is_bankruptcy: bool = False

    @property
    def entry_number(self) -> int | None:
        return printed_number(self.document_text)


def split_title(title: str) -> tuple[str, str]:
    """Docket number and caption, as printed. Names are padded with blanks, or empty.

    >>> split_title("18-90003 ")
    ('18-90003', '')
    """
    number, *name = _BLANK.split(title.strip(), maxsplit=1)
    return "".join(plain(_TAG.sub("", number)).split()), plain(name[0]) if name else ""


def whole_docket_number(item: RawItem) -> str:
    """The docket number in our spelling. Raises ValueError where it may be a piece of another."""
    printed = printed_docket_number(item)
    number = normalize_docket_number(printed)
    if is_district_number(number) and not _WHOLE_SERIAL.search(printed):
        raise ValueError(f"{printed[:40]!r} is no whole docket number")
    return number


def printed_docket_number(item: RawItem) -> str:
    """The docket number as printed in the title, else as the link names it.

    >>> printed_docket_number(RawItem(title="USA v. Roe, Case 2:20-mc-00021-JES"))
    '2:20-mc-00021-JES'
    """
    number = split_title(item.title)[0]
    if is_docket_number(normalize_docket_number(number)):
        return number
    link = _GUID_CASE_NUMBER.search(item.link or item.guid) or _IN_TITLE.search(item.title)
    return link["number"] if link else number


def read_item(item: RawItem) -> CourtItem:
    """Take an item apart, without judging it."""
    number, name = split_title(item.title)
    description = item.description.strip()
    prefix = _BANKRUPTCY.match(description)
    link = _link(description)
    bare = None if link else _BARE_NUMBER.search(description)
    end = description.rfind("(", 0, link.start()) if link else bare.start() if bare else None
    middle = description[prefix.end() if prefix else 0 : end]
    # The link's text is unescaped after it was split off: an event may quote "</a>".
    text = plain(link["text"]) if link else (bare["bare"] or bare["paren"] if bare else "")
    url = plain_url(link["url"]) if link else ""
    case_id, sequence = _guid_numbers(item, url)
    part = _GUID_PART.search(item.guid)
    document = _DOCUMENT.search(url)
    return CourtItem(
        docket_number=number,
        case_name=name,
        event_name=_event(middle, name),
        document_text=text,
        document_url=url,
        document_id=document["id"] if document else "",
        pacer_case_id=case_id,
        sequence_number=sequence,
        part_id=part["part"] if part else "",
        is_bankruptcy=prefix is not None,
        **(_bankruptcy(prefix) if prefix else {}),
    )


def normalize_item(item: RawItem, source_id: str, court_id: str) -> Sighting:
    """One item of the feed of `court_id` as a sighting. Never fails: see `CourtItem`."""
    parts = read_item(item)
    published_at = parse_feed_time(item.published)
    number = normalize_docket_number(printed_docket_number(item))
    zone = court(court_id).timezone
    return Sighting(
        source_id=source_id,
        sighting_key=_sighting_key(item, parts),
        court_id=court_id,
        docket_number=number,
        case_name=parts.case_name,
        pacer_case_id=parts.pacer_case_id,
        entry_keys=_entry_keys(court_id, number, item, parts),
        entry_number=parts.entry_number,
        event_name=parts.event_name,
        date_filed=court_day(published_at, zone) if published_at else None,
        published_at=published_at,
        url=parts.document_url or plain_url(item.link),
        documents=_documents(parts),
    )


def _link(description: str) -> re.Match[str] | None:
    """The link in brackets with which a description ends."""
    # Sought from behind: to try it at every blank or bracket would cost the square of the length.
    start = max(description.rfind("<a"), 0)
    is_bracketed = description[:start].rstrip().endswith("(")
    return _LINK.match(description, start) if is_bracketed else None


def _event(middle: str, case_name: str) -> str:
    """The text between the brackets; an event may hold brackets itself.

    The Eastern District of New York prints the caption behind it, which may hold some too.
    """
    start = middle.find("[")
    if start < 0:
        return plain(middle)
    text = middle[start:]
    end = text.rfind("]")
    if case_name and "]" in case_name and plain(text).endswith(case_name):
        end = _closing_bracket(text)
    return plain(text[1:end] if end > 0 else text[1:])


def _closing_bracket(text: str) -> int:
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "[") - (letter == "]")
        if depth == 0:
            return place
    return text.rfind("]")


def _bankruptcy(prefix: re.Match[str]) -> dict[str, str]:
    return {
        "case_type": prefix["type"],
        "office": prefix["office"],
        "chapter": prefix["chapter"],
        "trustee": plain(prefix["trustee"] or ""),
    }


def _guid_numbers(item: RawItem, document_url: str) -> tuple[str, str]:
    """Case id and sequence number: from the guid, else from the document's link, else the link."""
    guid = _GUID_CASE.search(item.guid)
    if guid and guid["seq"]:
        return guid["case"], guid["seq"]
    query = _query(document_url)
    nyed = _NYED_DOCUMENT.search(document_url)
    link = _GUID_CASE.search(item.link)
    case = (
        (guid["case"] if guid else "")
        or query.get("caseid", "")
        or (nyed["case"] if nyed else "")
        or (link["case"] if link else "")
    )
    return case, query.get("de_seq_num", "")


@functools.lru_cache(maxsize=1024)
def _query(url: str) -> dict[str, str]:
    # Read by name: courts change the order, and one adds a parameter in some builds only.
    return {name: values[-1] for name, values in parse_qs(urlsplit(url).query).items()}


def _entry_keys(court_id: str, number: str, item: RawItem, parts: CourtItem) -> tuple[str, ...]:
    """What names this entry and no other, in the court's own terms."""
    case_id = parts.pacer_case_id
    if case_id and parts.sequence_number:
        return (entry_key(court_id, Scheme.SEQUENCE, case_id, parts.sequence_number),)
    if parts.part_id:
        return (entry_key(court_id, Scheme.PART, number, parts.part_id),)
    if case_id and parts.entry_number is not None:
        return (entry_key(court_id, Scheme.CASE, case_id, parts.entry_number),)
    if parts.document_id:
        document = normalize_document_id(parts.document_id)
        return (entry_key(court_id, Scheme.DOCUMENT, number, document),)
    if case_id:
        words = digest(parts.event_name, item.published)
        return (entry_key(court_id, Scheme.MOMENT, case_id, words),)
    words = digest(number, parts.event_name, item.published)
    return (entry_key(court_id, Scheme.ITEM, words),)


def _sighting_key(item: RawItem, parts: CourtItem) -> str:
    """The guid and the event; where the guid is one per case, all that tells items apart."""
    if parts.sequence_number or parts.part_id:
        return short_name(f"{item.guid}|{parts.event_name}")
    place = parts.pacer_case_id or parts.docket_number
    return short_name(f"{place}|{parts.document_text}|{parts.event_name}|{item.published}")


def _documents(parts: CourtItem) -> tuple[Document, ...]:
    if not parts.document_id and not parts.document_url:
        return ()
    number = parts.document_text if parts.document_text.isdecimal() else ""
    name = normalize_document_id(parts.document_id or parts.document_url)
    return (Document(document_id=name, number=number, url=parts.document_url),)
