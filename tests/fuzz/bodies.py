"""Bodies of every kind of source, each with one good order in it and one bad item beside it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from monitor.match.watchlist import Watchlist, make_watchlist
from monitor.model.follow import Follow, FollowState
from monitor.model.reading import Reading
from monitor.model.source import Source
from monitor.model.watch import Watch
from monitor.sources import court_rss, courtlistener, news_feed, supreme_court
from tests.feeds import NOON, feed, item, rss_time
from tests.fuzz.mutate import break_item, recode, spoil_body, spoil_item, spoil_json
from tests.make import HOUR, NUMBER, source, watch
from tests.sources.test_courtlistener_atom import entry as atom_entry
from tests.sources.test_courtlistener_atom import feed as atom_feed
from tests.sources.test_courtlistener_rest import API, DOCKET
from tests.sources.test_supreme_court import PAGE

#: From one body to the next.
STEP = 3 * HOUR
#: Each poll's order, whatever it is in.
MARK = "ORDER no. {0} granting Motion to Stay"
STORY = "A judge ruled in Center for Taxpayer Rights v. IRS."
CAPTION = "CENTER FOR TAXPAYER RIGHTS v. IRS"
APPEAL = Follow(
    f"dcd/{NUMBER}", "cadc", "", FollowState.PENDING, "e1", "Notice of appeal", "ctr-v-irs",
    "CTR v. IRS", NOON, CAPTION,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """What a source answers. `answers` are by what stands in the address that is asked for."""

    answers: Mapping[str, bytes]
    #: One item is bad: the good one beside it must be read.
    is_spared: bool

    def answer(self, url: str) -> bytes:
        return next((body for key, body in self.answers.items() if key in url), b"")


#: Makes the body of that number.
Maker = Callable[[random.Random, int], Body]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source, as it is read here."""

    source: Source
    watches: tuple[Watch, ...]
    make: Maker
    #: Whether what is good of this number is in the reading.
    shows: Callable[[Reading, int], bool]
    #: Whether it must be told, too.
    is_told: bool = True
    follows: tuple[Follow, ...] = ()

    @property
    def watchlist(self) -> Watchlist:
        return make_watchlist(self.watches, self.follows)


def mark(number: int) -> str:
    return MARK.format(number)


def _shows_order(reading: Reading, number: int) -> bool:
    return any(mark(number) in {s.event_name, s.text} for s in reading.sightings)


# --- courts' feeds ---

#: Makes one item: event, sequence number, docket number, at which of the steps.
ItemMaker = Callable[[str, int, str, int], str]


def _district(event: str, seq: int, number: str, step: int) -> str:
    return item(event, seq=seq, entry=seq, number=number, at=NOON + step * STEP)


def _nyed(event: str, seq: int, number: str, step: int) -> str:
    host = "https://ecf.nyed.uscourts.gov/cgi-bin"
    return (
        f"<item>\n<title>{number} DOE et al v. ROE et al</title>\n<link>{host}/DktRpt.pl?392475</link>\n"
        f"<description>[{event}] (&lt;a href=&quot;{host}/show_case_doc?{seq},392475,,,&quot;&gt;{seq}"
        f"&lt;/a&gt;)</description>\n<guid>{host}/DktRpt.pl?392475</guid>\n"
        f"<pubDate>{rss_time(NOON + step * STEP)}</pubDate>\n</item>\n"
    )


def _bankruptcy(event: str, seq: int, number: str, step: int) -> str:
    made = item(event, seq=seq, entry=None, number=number, court="nysb", at=NOON + step * STEP)
    prefix = "<description>Type: bk Office: 1 Chapter: 11 Trustee: Sample, Ann E. "
    return made.replace("<description>", prefix).replace("] </desc", f"] {seq}</desc")


def _appellate(event: str, seq: int, number: str, step: int) -> str:
    host = "https://ecf.cadc.uscourts.gov"
    link = (
        f"{host}/n/beam/servlet/TransportRoom?servlet=DocketReportFilter.jsp&amp;caseNum={number}"
    )
    return (
        f"<item>\n<title>{number} {CAPTION}</title>\n<link>{link}</link>\n<description>[{event}] "
        f"(&lt;a href='{host}/docs1/0120{seq:07d}'&gt;Document&lt;/a&gt;)</description>\n"
        f'<guid isPermaLink="true">{link}&amp;partId={seq}</guid>\n'
        f"<pubDate>{rss_time(NOON + step * STEP)}</pubDate>\n</item>\n"
    )


def _court(make: ItemMaker, court: str, watched: str, other: str) -> Maker:
    def body(chance: random.Random, number: int) -> Body:
        good = make(mark(number), 2 * number + 2, watched, number)
        before = make(mark(number - 1), 2 * number, watched, number - 1)
        at = watched if chance.random() < 0.7 else other
        event = chance.choice(("Order", "Notice of Appeal", "Motion to Stay"))
        bad = make(event, 2 * number + 3, at, number).encode()
        spoil = chance.choice((spoil_item, spoil_item, break_item))
        whole = feed("@bad@", good, before, court=court, built=NOON + number * STEP)
        if chance.random() < 0.5:
            whole = whole.replace(b"ISO-8859-1", b"utf-8")
        whole = whole.replace(b"@bad@", spoil(chance, bad))
        return _or_spoiled(chance, whole, is_spared=True)

    return body


def _or_spoiled(chance: random.Random, whole: bytes, *, is_spared: bool) -> Body:
    """Now and then it is the body that is bad, not the item."""
    how = chance.random()
    if how < 0.15:
        return Body({"": spoil_body(chance, whole)}, is_spared=False)
    if how < 0.3 and whole.startswith(b"<"):
        return Body({"": recode(chance, whole)}, is_spared=is_spared)
    return Body({"": whole}, is_spared=is_spared)


# --- CourtListener ---


def cl_row(number: int, text: str, **more: Any) -> dict[str, Any]:
    """A row of `/docket-entries/` with something in each of its fields."""
    at = NOON + number * STEP
    values: dict[str, Any] = {
        "id": 90_000 + number,
        "docket": 77,
        "date_modified": at.isoformat(),
        "date_filed": at.date().isoformat(),
        "time_filed": f"{at:%H:%M:%S}",
        "entry_number": number,
        "pacer_sequence_number": 100_000 + number,
        "description": text,
        "recap_documents": [
            {
                "id": 70_000 + number,
                "document_number": str(number),
                "attachment_number": None,
                "pacer_doc_id": f"0450{number:07d}",
                "absolute_url": f"/docket/77/{number}/doe-v-roe/",
                "filepath_local": f"recap/gov.uscourts.dcd.{number}.pdf",
                "is_available": True,
                "is_sealed": None,
                "description": "Order on Motion to Stay",
            }
        ],
    }
    return values | more


def _pair(number: int) -> tuple[dict[str, Any], dict[str, Any]]:
    return cl_row(2 * number + 2, mark(number)), cl_row(2 * number + 3, "MINUTE ORDER.")


def _listed(pair: Callable[[int], tuple[dict[str, Any], dict[str, Any]]]) -> Maker:
    def body(chance: random.Random, number: int) -> Body:
        good, bad = pair(number)
        rows = [bad, good] if chance.random() < 0.5 else [good, bad]
        page = spoil_json(chance, {"next": None, "results": rows}, bad)
        made = _or_spoiled(chance, page, is_spared=True)
        return Body(
            {"/dockets/": json.dumps(DOCKET).encode(), "": made.answers[""]}, made.is_spared
        )

    return body


def _document_pair(number: int) -> tuple[dict[str, Any], dict[str, Any]]:
    good, bad = _pair(number)
    stamp = {"date_modified": good["date_modified"]}
    return good["recap_documents"][0] | stamp, bad["recap_documents"][0] | stamp


def _shows_document(reading: Reading, number: int) -> bool:
    return any(seen.sighting_key == f"cl:doc:{70_002 + 2 * number}" for seen in reading.sightings)


def _head(chance: random.Random, number: int) -> Body:
    row = json.loads(json.dumps(DOCKET)) | {"case_name": mark(number)}
    return _or_spoiled(chance, spoil_json(chance, row, row), is_spared=False)


def _search(chance: random.Random, number: int) -> Body:
    """Two dockets are found; the head of one of them is bad, or its line in the search."""
    good, bad = (
        {
            "id": at,
            "docket_id": at,
            "court_id": "cadc",
            "docket_number": f"26-{5000 + at}",
            "case_name": CAPTION,
            "date_filed": "2026-03-03",
            "original_court_info": {"docket_number": NUMBER},
        }
        for at in (1, 2)
    )
    whole = {"results": [dict(bad), good]}
    good_body, bad_body = json.dumps(good).encode(), json.dumps(bad).encode()
    if chance.random() < 0.5:
        answers = {"/search/": spoil_json(chance, whole, whole["results"][0])}
        answers |= {"/dockets/1/": good_body, "": bad_body}
        return Body(answers, is_spared=True)
    odd = spoil_json(chance, bad, bad)
    answers = {"/search/": json.dumps(whole).encode(), "/dockets/1/": good_body, "": odd}
    return Body(answers, is_spared=True)


def _usage(chance: random.Random, number: int) -> Body:
    good = {"scope": "user", "rate": "5/min", "limit": 5, "window_seconds": 60, "used": number}
    bad = {"scope": "user", "rate": "50/day", "limit": 50, "window_seconds": 86400, "used": 1}
    page = spoil_json(chance, {"current_usage": [bad, good]}, bad)
    return _or_spoiled(chance, page, is_spared=True)


def _webhook(chance: random.Random, number: int) -> Body:
    good, bad = _pair(number)
    page = spoil_json(chance, {"payload": {"results": [bad, good]}, "webhook": {}}, bad)
    return _or_spoiled(chance, page, is_spared=True)


def _atom(chance: random.Random, number: int) -> Body:
    doc = f"https://ecf.dcd.uscourts.gov/doc1/0450{number:07d}"
    good = atom_entry(f"entry-{2 * number + 2}", mark(number), enclosure=doc)
    name = f"minute-entry-{number}" if chance.random() < 0.3 else f"entry-{2 * number + 3}"
    bad = atom_entry(name, "MINUTE ORDER.", enclosure=doc + "9").encode()
    whole = atom_feed("@bad@", good).replace(b"@bad@", spoil_item(chance, bad))
    if chance.random() < 0.2:
        whole = atom_feed("@bad@", good).replace(b"@bad@", break_item(chance, bad))
        return _or_spoiled(chance, whole, is_spared=False)
    return _or_spoiled(chance, whole, is_spared=True)


# --- the Supreme Court ---


def _scotus(chance: random.Random, number: int) -> Body:
    page = json.loads(json.dumps(PAGE))
    page["ProceedingsandOrder"][0]["Text"] = "Petition filed."
    bad = page["ProceedingsandOrder"][0]
    page["ProceedingsandOrder"] += [{"Date": "Oct 07 2026", "Text": mark(number), "Links": []}]
    if chance.random() < 0.15:
        head = {key: page[key] for key in ("PetitionerTitle", "RespondentTitle", "DocketedDate")}
        page |= {"head": head}
        body = spoil_json(chance, page, page["head"])
        flat = body.replace(b'"head": {', b"").rstrip(b"}") + b"}"
        return Body({"": flat}, is_spared=False)
    return _or_spoiled(chance, spoil_json(chance, page, bad), is_spared=True)


# --- news ---


def _story(number: int, title: str) -> bytes:
    at = rss_time(NOON + number * STEP)
    return (
        f"<item><title>{title}</title><link>https://press.example/{number}</link><guid>g{number}</guid>"
        f"<pubDate>{at}</pubDate><description>{STORY}</description></item>"
    ).encode()


def _atom_story(number: int, title: str) -> bytes:
    at = (NOON + number * STEP).isoformat()
    return (
        f'<entry><id>g{number}</id><title>{title}</title><link href="https://press.example/{number}"/>'
        f'<updated>{at}</updated><summary type="html">{STORY}</summary></entry>'
    ).encode()


def _rdf_story(number: int, title: str) -> bytes:
    return (
        f'<item rdf:about="g{number}"><title>{title}</title><link>https://press.example/{number}</link>'
        f"<dc:date>{(NOON + number * STEP).isoformat()}</dc:date><description>{STORY}</description></item>"
    ).encode()


_RSS = (
    b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>t</title>',
    b"</channel></rss>",
)
_ATOM = (b'<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>', b"</feed>")
_RDF = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    b' xmlns:dc="http://purl.org/dc/elements/1.1/">',
    b"</rdf:RDF>",
)


def _press(frame: tuple[bytes, bytes], make: Callable[[int, str], bytes]) -> Maker:
    def body(chance: random.Random, number: int) -> Body:
        good = make(2 * number + 2, mark(number))
        bad = make(2 * number + 3, "Judge halts sharing of records")
        is_broken = chance.random() < 0.25
        bad = break_item(chance, bad) if is_broken else spoil_item(chance, bad)
        return _or_spoiled(chance, frame[0] + good + bad + frame[1], is_spared=not is_broken)

    return body


def _json_feed(chance: random.Random, number: int) -> Body:
    good, bad = (
        {
            "id": f"g{at}",
            "url": f"https://press.example/{at}",
            "title": title,
            "summary": STORY,
            "date_published": (NOON + number * STEP).isoformat(),
        }
        for at, title in ((2 * number + 2, mark(number)), (2 * number + 3, "Judge rules"))
    )
    whole = {"version": "https://jsonfeed.org/version/1.1", "items": [bad, good]}
    return _or_spoiled(chance, spoil_json(chance, whole, bad), is_spared=True)


def _shows_story(reading: Reading, number: int) -> bool:
    return any(story.title == mark(number) for story in reading.stories)


# --- all of them ---

_DCD = watch(cl_docket_id=77, since=NOON - timedelta(days=9))


def _watched(name: str, court_id: str, number: str) -> Watch:
    return watch(name, court_id=court_id, number=number, since=NOON - timedelta(days=9))


def _cl(name: str, traits: Any, **more: Any) -> Source:
    values: dict[str, Any] = {"docket_number": NUMBER} | more
    return replace(source(name, traits, **values), url=API)


def _court_kind(court: str, make: ItemMaker, watched: str, other: str) -> Kind:
    return Kind(
        source(f"court:{court}", court_rss.COURT_RSS, court_id=court),
        (_watched(court, court, watched),),
        _court(make, court, watched, other),
        _shows_order,
        follows=(APPEAL,) if court == "cadc" else (),
    )


def _press_kind(name: str, make: Maker) -> Kind:
    press = source(name, news_feed.NEWS, court_id="", publisher="The Press")
    return Kind(press, (_DCD,), make, _shows_story)


KINDS: Mapping[str, Kind] = {
    "district": _court_kind("dcd", _district, NUMBER, "1:25-cv-00458"),
    "nyed": _court_kind("nyed", _nyed, "1:17-cv-04567", "1:17-cv-04568"),
    "bankruptcy": _court_kind("nysb", _bankruptcy, "22-19643", "22-19644"),
    "appellate": _court_kind("cadc", _appellate, "26-5006", "26-5007"),
    "entries": Kind(_cl("cl:entries", courtlistener.ENTRIES), (_DCD,), _listed(_pair), _shows_order),
    "documents": Kind(
        _cl("cl:documents", courtlistener.DOCUMENTS), (_DCD,), _listed(_document_pair),
        _shows_document, is_told=False,
    ),
    "docket": Kind(
        _cl("cl:docket", courtlistener.DOCKET), (_DCD,), _head, lambda *_: True, is_told=False
    ),
    "search": Kind(
        _cl("cl:appeal", courtlistener.APPEAL, court_id="cadc", docket_number="", caption=CAPTION),
        (_DCD,), _search,
        lambda reading, _: any(one.appeal_number == "26-5001" for one in reading.appeals),
        is_told=False, follows=(APPEAL,),
    ),
    "usage": Kind(
        _cl("cl:usage", courtlistener.USAGE, court_id="", docket_number=""), (_DCD,), _usage,
        lambda reading, number: any((a.rate, a.used) == ("5/min", number) for a in reading.limits),
        is_told=False,
    ),
    "webhook": Kind(
        source("cl:webhook", courtlistener.WEBHOOK, court_id=""), (_DCD,), _webhook, _shows_order
    ),
    "atom": Kind(
        replace(
            source("cl:atom", courtlistener.ATOM, docket_number=NUMBER, cl_docket_id=77),
            url="https://cl.example/docket/77/feed/",
        ),
        (_DCD,), _atom, _shows_order,
    ),
    "supreme court": Kind(
        source("scotus", supreme_court.SUPREME_COURT, court_id="scotus", docket_number="25-1234"),
        (_watched("scotus", "scotus", "25-1234"),), _scotus, _shows_order,
    ),
    "news in RSS": _press_kind("press:rss", _press(_RSS, _story)),
    "news in Atom": _press_kind("press:atom", _press(_ATOM, _atom_story)),
    "news in RDF": _press_kind("press:rdf", _press(_RDF, _rdf_story)),
    "news in JSON": _press_kind("press:json", _json_feed),
}  # fmt: skip


def made(kind: str, number: int) -> Body:
    """The body of that number: always the same."""
    return KINDS[kind].make(random.Random(f"{kind} {number}"), number)
