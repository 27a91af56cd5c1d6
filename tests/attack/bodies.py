"""Hostile answers of a megabyte, for every reader and for every station that sees their words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import product

from monitor.classify.entry import are_clerks_utilities, headline_of, judged
from monitor.diff.appeals import appeals_told
from monitor.diff.join import join
from monitor.diff.lines import Line, align
from monitor.diff.stories import Copy, same_story
from monitor.match.captions import resemblance
from monitor.match.news import match_story
from monitor.match.watchlist import make_watchlist
from monitor.model.change import EntryRevised
from monitor.model.docket import EntryKind
from monitor.model.news import NewsItem
from monitor.model.source import Source, SourceState, Window
from monitor.model.watch import NewsTerms
from monitor.normalize.dates import parse_feed_time, parse_iso_date, parse_iso_time
from monitor.normalize.docket_number import is_docket_number, normalize_docket_number
from monitor.normalize.text import plain, plain_url, rich_to_plain, story_text
from monitor.ports import Fetched
from monitor.render.mail import Letterhead, mail_of
from monitor.render.webhook import body_of
from monitor.render.words import words_of
from monitor.sources.court_rss.feed import printed_times
from monitor.sources.court_rss.item import printed_docket_number, read_item
from monitor.sources.court_rss.raw import RawItem
from monitor.sources.courtlistener import ATOM, ENTRIES, WEBHOOK
from monitor.sources.news_feed import NEWS
from monitor.sources.registry import every_reader
from monitor.sources.supreme_court import SUPREME_COURT
from tests.attack.victim import Attack
from tests.feeds import NOON
from tests.make import NUMBER, amended, entry, notification, source, watch

SIZE = 1_000_000
#: So long may a text be that is kept.
_KEPT = 200_000
#: feedparser takes many times as long for each tag; the square of this is still hours.
_FEED = 100_000
#: What somebody may repeat: blanks, signs that open something, and what all but fits.
SIGNS = (
    " ", "\n", "\t \n", "\xa0", "\x00", "\x07", "\u200b", "<", ">", "&", ";", "[", "]", "(", ")", '"', "'", "-",
    ":", ",", ".", "/", "?", "=", "#", "%", "a", "1", "é", "a ", "1 ", "a, ", "A.", "a.b@", "1-1-", "a:1,",
    "<a", "<a ", "<a>", "<a href='", '<a href="', "(<a href=\"x\">", "</a>", "</a>)", "<b>", "<br/>", "<i a=1>",
    "<p>", "<p", "</", "<!", "<!-", "<!--", "-->", "<!---->", "<!-->", "<?", "?>", "<?xml ", "<!DOCTYPE ", "<!ENTITY ",
    "<![CDATA[", "]]>", "<![CDATA[]]>", "<![", "<script>", "</script", "<style", "<table>", "<svg>", "<math><a>", "<select><option>",
    "&#", "&#1", "&#x", "&#xa0", "&#160;", "&nbsp;", "&a;", "&amp;", "&amp;amp;", "&#55357;", "<rss", "<rss>", "<item", "<item>",
    "</item>", "<item/>", "<title>", "<title", "</title>", "<pubDate>", "<pubDate> ", "<link>", "<description>", "<guid>",
    "<entry>", "<content>", "<summary type='xhtml'><div>", "<x:y>", "<a xmlns:b='c'>", 'xmlns="', "encoding='",
    "order denying ", "motion to ", "granted and ", "is hereby ", "re [1] ", "no. ", "case no. ", "(entered:", "[entered: ",
    "Office: ", "Type: a Office: b Chapter: c ", "1:25-cv-", "1:25-cv-00457", "et al ", ", et al", " v. ", "The post ",
    "(Reporting ", "(aaa contributed ", "https://", "https://a?b&", "court rules ", "supreme court case ", "notice of appeal ",
)  # fmt: skip


#: For feedparser, which takes its time for every tag: all that is no whole tag, and few that are.
FEW_SIGNS = (
    *(sign for sign in SIGNS if not sign[1:2].isalpha() or sign[0] != "<"),
    "<a",
    "<item>",
    '<a href="',
)


def long(sign: str, size: int = SIZE) -> str:
    return sign * (size // len(sign))


Case = tuple[str, str]


def _texts(size: int = _KEPT, signs: Sequence[str] = SIGNS) -> Iterator[Case]:
    """Long texts: each sign repeated, alone and between words."""
    for sign in signs:
        yield repr(sign), long(sign, size)
    for head, sign in product(("(", "ORDER [", '<a href="', "<p "), (" ", "\n", "<", "(")):
        yield repr((head, sign)), f"{head}{long(sign, size)}x"
    yield "tags with ids", "".join(f"<b><i id={n}></b>" for n in range(size // 18))
    yield "fonts in fonts", "".join(f"<font size={n}><u>" for n in range(size // 18))
    yield "links in links", "".join(f"<a href={n}><b id={n}>" for n in range(size // 24))
    yield "paragraphs in tags", "".join(f"<i id={n}><p>" for n in range(size // 14))
    yield "words", " ".join(map(str, range(size // 7)))
    yield "equal words", "the motion to stay is denied " * (size // 29)
    yield "a tag of many attributes", f"<a {_attributes(size)}>"


def _attributes(size: int = _KEPT) -> str:
    return " ".join(f'a{n}="1"' for n in range(size // 12))


# --- whole answers ---

_RSS = '<?xml version="1.0" encoding="{encoding}"?>{before}<rss version="2.0" {root}><channel>{head}{items}</channel></rss>{behind}'
_ITEM = "<item><title>{title}</title><link>{link}</link><description>{description}</description><guid>{guid}</guid><pubDate>{pubDate}</pubDate>{more}</item>"
_FIELDS = {
    "title": f"{NUMBER} Roe v. Doe",
    "link": "https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?1",
    "description": '[Order] (&lt;a href="https://ecf.dcd.uscourts.gov/doc1/04512345678"&gt;5&lt;/a&gt;)',
    "guid": "https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?1-2",
    "pubDate": "Mon, 02 Mar 2026 15:00:00 GMT",
    "more": "",
}


def rss(items: str = "", **more: str) -> bytes:
    parts = {"encoding": "utf-8", "before": "", "root": "", "head": "", "behind": ""} | more
    return _RSS.format(items=items, **parts).encode("utf-8", "surrogatepass")


def item(**more: str) -> str:
    return _ITEM.format(**(_FIELDS | more))


def _whole_feeds(size: int = SIZE, signs: Sequence[str] = SIGNS) -> Iterator[tuple[str, bytes]]:
    """Feeds as whole: what stands around the items, and many of them."""
    for sign in signs:
        for place in ("before", "root", "head", "behind"):
            yield f"{place} {sign!r}", rss(item(), **{place: long(sign, size)})
        yield f"only {sign!r}", long(sign, size).encode()
        yield f"only {sign!r} within", f"<rss>{long(sign, size)}</rss>".encode()
    yield "root of many attributes", rss(item(), root=_attributes())
    yield "item of many attributes", rss(item() + item(more=f"<x {_attributes()}/>") + item())
    yield "many ill items under a long root", rss(item(title="&") * 5_000, root=_attributes(60_000))
    yield "many names of spaces", rss(root=" ".join(f'xmlns:a{n}="u{n}"' for n in range(30_000)))
    yield "deep", rss("<x>" * 150_000 + "</x>" * 150_000)
    yield "many items", rss("".join(item(title=f"{NUMBER} {n}", more="&") for n in range(2_500)))
    yield "many equal items", rss(item() * 2_500)
    yield "items in items", rss("<item>" * 70_000 + "</item>" * 70_000)
    yield "latin", rss(item(title="é" * 100_000), encoding="iso-8859-1")
    yield "the tail of another", rss(item(), behind="</rss>" * 150_000)
    hidden = f"</item><item><title>{NUMBER} y"
    yield "ends within an item", rss(item(title="&" + "</channel></rss>" * 60_000))
    yield "comments that hide items", rss(item(title="&" + "<!--" * 200_000 + hidden + "-->"))
    yield "CDATA that hides items", rss(item(title="&" + "<![CDATA[" * 100_000 + hidden + "]]>"))
    yield "forty-five comments behind", rss(item(title="&"), behind="<!---->" * 45 + "x")


def _field_feeds(size: int = SIZE, signs: Sequence[str] = SIGNS) -> Iterator[tuple[str, bytes]]:
    """Feeds with one long field."""
    for (name, text), place in product(_texts(size, signs), _FIELDS):
        yield f"{place} {name}", rss(item(**{place: text}) + item())
        if place == "description":
            cdata = f"<![CDATA[{text}]]>"
            yield f"CDATA {name}", rss(item(description=cdata) + item())


def court_whole() -> Iterator[Attack]:
    yield from _court(_whole_feeds())


def court_fields() -> Iterator[Attack]:
    yield from _court(_field_feeds(_KEPT))


def _court(feeds: Iterator[tuple[str, bytes]]) -> Iterator[Attack]:
    wanted = make_watchlist([watch()])
    for name, body in feeds:
        yield name, partial(_read, source(), body, wanted)


def court_items() -> Iterator[Attack]:
    plain_item = RawItem(_FIELDS["title"], _FIELDS["link"], "[Order]", _FIELDS["guid"], "")
    for name, text in _texts():
        for place in ("title", "link", "description", "guid", "published"):
            raw = replace(plain_item, **{place: text})
            yield f"{place} {name}", partial(read_item, raw)
            yield f"number {place} {name}", partial(printed_docket_number, raw)
        yield f"times {name}", partial(printed_times, text.encode("utf-8", "replace"))
        yield f"time {name}", partial(parse_feed_time, text)


def news_whole() -> Iterator[Attack]:
    for name, body in (*_whole_feeds(_FEED, FEW_SIGNS), *_news_feeds()):
        yield name, partial(_read, PRESS, body)


def _news_feeds() -> Iterator[tuple[str, bytes]]:
    itunes = 'xmlns:itunes="http://www.itunes.com/DTDs/PodCast-1.0.dtd"'
    terms = ",".join(map(str, range(150_000)))
    yield "author", rss(head=f"<author>{long('a')}</author>")
    yield "words of letters", rss(head=f"<author>{long('a' * 9_000 + ' ')}</author>")
    yield "categories", rss(item(more="".join(f"<category>{n}</category>" for n in range(40_000))))
    yield "keywords", rss(root=itunes, head=f"<itunes:keywords>{terms}</itunes:keywords>")
    cdata = f"<itunes:keywords><![CDATA[{terms}]]></itunes:keywords>"
    yield "keywords in CDATA", rss(root=itunes, head=cdata)
    yield "newlines before the root", rss(item(), before=long("\n"))
    yield "newlines everywhere", rss(item(more=long("\n")), before=long("\n"), root=long("\n"))
    yield "many attributes", rss(item(more=f"<x {_attributes(SIZE)}/>"))
    yield (
        "many attributes, wide",
        rss(item(more=f"<x {_attributes(SIZE)}/>")).decode().encode("utf-16"),
    )


def news_fields() -> Iterator[Attack]:
    for name, body in _field_feeds(_FEED, FEW_SIGNS):
        yield name, partial(_read, PRESS, body)


def news_json() -> Iterator[Attack]:
    fields = ("id", "url", "title", "summary", "content_html", "date_published")
    for (name, text), place in product(_texts(), fields):
        feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{place: text}]}
        yield f"{place} {name}", partial(_read, PRESS, json.dumps(feed).encode())
    for name, body in _odd_json():
        yield name, partial(_read, PRESS, body)


def _odd_json() -> Iterator[tuple[str, bytes]]:
    for sign in (
        "[",
        "{",
        '{"a":',
        '"',
        "\\",
        "1",
        "-",
        "1e",
        '"\\u',
        '"\\ud800',
        " ",
        "[],",
        "{},",
    ):
        yield f"JSON {sign!r}", b'{"items":' + long(sign).encode()
    yield "deep JSON", b'{"items":' + b"[" * 400_000 + b"]" * 400_000 + b"}"


PRESS = replace(source("press", NEWS), publisher="The Press")
_ATOM = '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>{}</feed>'
_ATOM_ENTRY = '<entry><title>{title}</title><link href="{link}" rel="alternate"/><published>{published}</published><id>{id}</id><summary type="html">{summary}</summary>{more}</entry>'
_ATOM_FIELDS = {
    "title": f"Entry #1 in Doe v. Roe, {NUMBER}",
    "link": "https://cl.example/docket/77/a/#entry-1",
    "published": "2026-08-19T00:00:00-07:00",
    "id": "x",
    "summary": "ORDER",
    "more": "",
}


def atom() -> Iterator[Attack]:
    from html import escape

    feed = replace(source("cl:atom", ATOM), url="https://cl.example/docket/77/feed/")
    for (name, text), place in product(_texts(_FEED, FEW_SIGNS), _ATOM_FIELDS):
        for kind in (escape, str):
            one = _ATOM_ENTRY.format(**(_ATOM_FIELDS | {place: kind(text)}))
            body = _ATOM.format(one).encode("utf-8", "replace")
            yield f"{place} {name} {kind.__name__}", partial(_read, feed, body)


def rest() -> Iterator[Attack]:
    listing = replace(source("cl", ENTRIES), url="https://cl.example/api/", docket_number=NUMBER)
    alert = source("cl:alerts", WEBHOOK)
    head = {"id": 77, "docket_number": NUMBER, "absolute_url": "/docket/77/a/"}
    wanted = make_watchlist([watch(cl_docket_id=77)])
    fields = ("description", "entry_number", "date_filed", "time_filed", "date_modified", "id")
    for (name, text), place in product(_texts(), fields):
        row = {"id": 1, "docket": 77, place: text}
        page = json.dumps({"results": [row]}).encode()
        found = (Fetched(json.dumps({"results": [head]}).encode()), Fetched(page))
        yield f"{place} {name}", partial(_read_all, listing, found, wanted)
        pushed = json.dumps({"payload": {"results": [row]}}).encode()
        yield f"pushed {place} {name}", partial(_read, alert, pushed, wanted)
    for place in (
        "description",
        "document_number",
        "pacer_doc_id",
        "filepath_local",
        "absolute_url",
    ):
        for name, text in _texts():
            row = {"id": 1, "docket": 77, "recap_documents": [{"id": 5, place: text}]}
            pushed = json.dumps({"payload": {"results": [row]}}).encode()
            yield f"document {place} {name}", partial(_read, alert, pushed, wanted)
    for name, body in _odd_json():
        yield name, partial(_read, listing, body, wanted)


def supreme() -> Iterator[Attack]:
    docket = replace(source("sc", SUPREME_COURT), court_id="scotus", docket_number="25-1234")
    heads = ("CaseNumber", "PetitionerTitle", "RespondentTitle", "DocketedDate")
    for name, text in _texts():
        for place in (*heads, "Text", "Date", "DocumentUrl", "Description"):
            yield f"{place} {name}", partial(_read, docket, _page(None, **{place: text}))
    same = [{"Date": "Jun 01 2026", "Text": "Order."}] * 20_000
    unlike = [{"Date": "Jun 01 2026", "Text": f"Order {n}."} for n in range(20_000)]
    for name, rows in {"equal": same, "unlike": unlike}.items():
        page = _page(rows)
        yield f"{name} lines", partial(_read, docket, page)
        turned = [*rows[1::2], *({**row, "Text": row["Text"] + "!"} for row in rows[::3])]
        yield f"{name} lines again", partial(_twice, docket, page, _page(turned))
    mixed = sorted(unlike, key=lambda row: row["Text"][::-1])
    yield "lines in another order", partial(_twice, docket, _page(unlike), _page(mixed))
    for name, body in _odd_json():
        yield name, partial(_read, docket, body)


def _page(rows: Sequence[dict[str, str]] | None = None, /, **more: str) -> bytes:
    head = {
        "CaseNumber": "25-1234",
        "PetitionerTitle": "Acme, Petitioners",
        "RespondentTitle": "Roe",
    }
    link = {"Description": "Main", "DocumentUrl": "https://x/DocketPDF/25/25-1/1/a.pdf"}
    row = {"Date": "Jun 01 2026", "Text": "Order.", "Links": [link]}
    for part in (head, link, row):
        part |= {name: text for name, text in more.items() if name in part or part is head}
    return json.dumps(head | {"ProceedingsandOrder": [row, *(rows or ())]}).encode()


def _twice(of: Source, first: bytes, second: bytes) -> None:
    reader, wanted = every_reader()[of.traits.kind], make_watchlist([])
    read = reader.read(of, SourceState(NOON), wanted, (Fetched(first),))
    state = SourceState(NOON, cursor=read.cursor, window=read.window or Window())  # type: ignore[union-attr]
    reader.read(of, state, wanted, (Fetched(second),))


def _read(of: Source, body: bytes, wanted: object = None) -> None:
    _read_all(of, (Fetched(body),), wanted)


def _read_all(of: Source, bodies: Sequence[Fetched], wanted: object = None) -> None:
    every_reader()[of.traits.kind].read(of, SourceState(NOON), wanted or make_watchlist([]), bodies)  # type: ignore[arg-type]


# --- words ---


def words() -> Iterator[Attack]:
    one_text: tuple[Callable[[str], object], ...] = (
        plain, rich_to_plain, story_text, plain_url, normalize_docket_number, is_docket_number,
        parse_feed_time, parse_iso_time, parse_iso_date, lambda text: resemblance(text, f"{text} v. {text}"),
    )  # fmt: skip
    for (name, text), call in product(_texts(), one_text):
        yield f"{getattr(call, '__name__', '')} {name}", partial(call, text)


def judging() -> Iterator[Attack]:
    for name, text in _texts(_KEPT):
        yield f"text {name}", partial(_judge, text, ("Order",))
        yield f"event {name}", partial(_judge, "", (text,))
        yield f"both {name}", partial(_judge, f"ORDER {text}", (f"Order on {text}", text))
        for court_id, kind in product(("dcd", "cadc"), EntryKind):
            yield f"appeal {name}", partial(appeals_told, court_id, kind, ("Order",), text)


def _judge(text: str, events: tuple[str, ...]) -> None:
    seen = judged(replace(entry(), text=text, event_names=events))
    headline_of(seen)
    are_clerks_utilities(events)


_TERMS = NewsTerms(
    case_id="c",
    case_label="CTR v. IRS",
    names=("Center for Taxpayer Rights v. Internal Revenue Service", "Taxpayer Center", "Kotelly"),
    judges=("Colleen Kollar-Kotelly",),
    topic=("irs|internal revenue", "data|record*"),
    courts="court*|judge*",
)


def stories() -> Iterator[Attack]:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    for name, raw in _texts():
        text, title = plain(raw, 20_000), plain(raw, 2_000)
        item = NewsItem("p", "k", title, text, "https://x/1", "P", at)
        yield f"match {name}", partial(match_story, item, (_TERMS,))
        other = Copy("b", f"{title[::-1]}", f"x {text[::-1]}", at)
        yield f"same {name}", partial(same_story, Copy("a", title, text, at), other)
        yield (
            f"like {name}",
            partial(same_story, Copy("a", title, text, at), Copy("b", title, text, at)),
        )


def revisions() -> Iterator[Attack]:
    for name, text in _texts(_KEPT):
        for what, other in {"shifted": f"x {text}", "turned": text[::-1], "gone": ""}.items():
            change = EntryRevised("e1", "s", "text", text, other)
            told = amended(changes=(change,))
            yield f"{what} {name}", partial(words_of, told)
            yield (
                f"mail {what} {name}",
                partial(mail_of, notification(told), Letterhead("a@example.org"), "b@example.org"),
            )
            for version in (1, 2):
                yield f"v{version} {what} {name}", partial(body_of, notification(told), version)


def lists() -> Iterator[Attack]:
    lines = [Line(None, f"line {n}") for n in range(20_000)]
    others = [Line(None, f"lime {n}") for n in range(20_000)]
    yield "other lines", partial(align, lines, others)
    yield "turned lines", partial(align, lines, lines[::-1])
    yield "no sighting", partial(join, [])


KINDS: dict[str, Callable[[], Iterator[Attack]]] = {
    one.__name__: one
    for one in (
        court_whole, court_fields, court_items, news_whole, news_fields, news_json, atom, rest, supreme,
        words, judging, stories, revisions, lists,
    )
}  # fmt: skip
