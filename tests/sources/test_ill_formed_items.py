"""An item that XML gives up on is read as a browser reads it, and its order is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.match.watchlist import make_watchlist
from monitor.model.reading import Reading
from monitor.model.source import Source, SourceState
from monitor.model.watch import Watch
from monitor.ports import Fetched
from monitor.sources.court_rss import COURT_RSS
from monitor.sources.court_rss.feed import read_court_feed
from monitor.sources.court_rss.loose import decoded, read_loosely
from monitor.sources.court_rss.reader import CourtRssReader
from tests.feeds import NOON, feed, item

EVENT = "Order on Motion to Stay"
URL = "https://ecf.dcd.uscourts.gov/cgi-bin/rss_outside.pl"


def read(body: bytes, number: str = "1:25-cv-00457") -> Reading:
    watch = Watch("w", "ctr", "CTR", "dcd", number, since=NOON)
    source = Source("court:dcd", COURT_RSS, URL, timedelta(minutes=5), "D.D.C.", court_id="dcd")
    reading = CourtRssReader().read(
        source, SourceState(NOON), make_watchlist([watch]), (Fetched(body),)
    )
    assert isinstance(reading, Reading)
    return reading


def with_title(title: str, around: str = "") -> str:
    whole = item(EVENT, name="CAPTION")
    return around + whole.replace("1:25-cv-00457 CAPTION", title)


TITLES = {
    "a bare ampersand": ("CTR & Co. v. IRS", "CTR & Co. v. IRS"),
    "an ampersand within a word": ("AT&T v. IRS", "AT&T v. IRS"),
    "an ESC": ("CTR\x1b v. IRS", "CTR v. IRS"),
    "a VT": ("CTR\x0bv. IRS", None),
    "a NUL": ("CTR\x00 v. IRS", "CTR v. IRS"),
    "a number of no sign": ("CTR&#27; v. IRS", "CTR v. IRS"),
    "a number of half a sign": ("CTR&#55357; v. IRS", "CTR\ufffd v. IRS"),
    "a number too large": ("CTR&#1114112; v. IRS", None),
    "a number in hexadecimal": ("CTR&#x1b; v. IRS", "CTR v. IRS"),
    "a blank of HTML": ("CTR&nbsp;v. IRS", "CTR v. IRS"),
    "a section sign of HTML": ("CTR &sect; 5 v. IRS", "CTR § 5 v. IRS"),
    "an entity that nobody knows": ("CTR &foo; v. IRS", "CTR &foo; v. IRS"),
    "pages in brackets": ("CTR <5 pages> v. IRS", "CTR <5 pages> v. IRS"),
    "a sign that opens nothing": ("A<B v. IRS", "A<B v. IRS"),
    "a lone bracket": ("A < B v. IRS", "A < B v. IRS"),
    "an unclosed tag": ("CTR <b>v. IRS", "CTR v. IRS"),
    "an end of nothing": ("CTR</b> v. IRS", "CTR v. IRS"),
    "tags that cross": ("<b><i>CTR</b></i> v. IRS", "CTR v. IRS"),
    "an end of the feed": ("CTR </rss> v. IRS", None),
    "an end of CDATA": ("CTR ]]> v. IRS", "CTR v. IRS"),
    "an unclosed CDATA": ("<![CDATA[CTR v. IRS", None),
    "an unclosed comment": ("CTR <!-- v. IRS", None),
    "a broken instruction": ("CTR <? v. IRS", None),
    "a tag": ("CTR <i>v.</i> IRS", "CTR v. IRS"),
    "a broken line": ("CTR<br/>v. IRS", "CTR v. IRS"),
    "a link": ('CTR <a href="https://e.org/x">v.</a> IRS', "CTR v. IRS"),
    "an attribute without quotes": ("CTR <font color=red>v.</font> IRS", "CTR v. IRS"),
    "a tag of a name space": ("CTR <x:y>v.</x:y> IRS", "CTR v. IRS"),
    "Latin-1 under UTF-8": ("Caf\udce9 v. IRS", "Café v. IRS"),
    "Windows' quotation mark": ("O\udc92Brien v. IRS", "O’Brien v. IRS"),
    "its own name as a word": ("CTR <title> v. IRS", "CTR v. IRS"),
}


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-8", "x-unknown", "windows-1252"])
@pytest.mark.parametrize(("name", "expected"), TITLES.values(), ids=TITLES)
def test_an_order_of_an_ill_formed_caption_is_seen(
    name: str, expected: str | None, encoding: str
) -> None:
    text = feed(item("Motion", seq=2), "PLACE", item("Notice", seq=3)).decode()
    text = text.replace("ISO-8859-1", encoding).replace(
        "PLACE", with_title(f"1:25-cv-00457 {name}")
    )
    reading = read(text.encode("utf-8", "surrogateescape"))
    seen = {one.event_name: one for one in reading.sightings}
    assert set(seen) == {EVENT, "Motion", "Notice"}
    assert seen[EVENT].entry_keys == ("dcd:seq:225292:10",)
    assert seen[EVENT].published_at == NOON
    if expected is not None:
        assert seen[EVENT].case_name == expected


PLACES = {
    "description": ("<description>[", "<description>[%s "),
    "link": ("</link>", "%s</link>"),
    "guid": ("<guid", "<category>%s</category>\n<guid"),
    "between": ("<pubDate>", "%s<pubDate>"),
}
ODD = [
    "&",
    "<",
    "<5 pages>",
    "A<B",
    "<b>",
    "</i>",
    "\x1b",
    "\x00",
    "&#27;",
    "&nbsp;",
    "]]>",
    "\udce9",
]


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("place", PLACES)
def test_wherever_the_odd_sign_stands(place: str, odd: str) -> None:
    find, put = PLACES[place]
    broken = item(EVENT).replace(find, put.replace("%s", odd), 1)
    text = feed(item("Motion", seq=2), "PLACE").decode().replace("PLACE", broken)
    reading = read(text.encode("utf-8", "surrogateescape"))
    assert any(EVENT in one.event_name for one in reading.sightings)
    assert len(reading.sightings) == 2


def test_what_a_link_says_is_not_taken_for_signs_of_html() -> None:
    link = "https://ecf.dcd.uscourts.gov/x?caseid=1&section=2&copy=3&de_seq_num=7"
    body = f"<item><title>1:25-cv-00457 A & B</title><link>{link}</link></item>"
    assert read_court_feed(feed(body)).items[0].link == link


LOOSE_HEADS = {
    "a blank line before the declaration": lambda body: b"\n\n" + body,
    "blanks before the declaration": lambda body: b" \t" + body,
    "a byte order mark and a line": lambda body: b"\xef\xbb\xbf\r\n" + body,
    "an ampersand in the head": lambda body: body.replace(b"District of", b"District & of"),
    "an unclosed tag in the head": lambda body: body.replace(b"District of", b"<b>District of"),
    "an encoding that nobody knows": lambda body: body.replace(b"ISO-8859-1", b"x-unknown"),
    "an item that never ends": lambda body: body.replace(b"</item>", b"", 1),
    "an end of an item too many": lambda body: body.replace(b"</item>", b"</item></item>", 1),
    "a field that never ends": lambda body: body.replace(b"</title>\n<link>", b"\n<link>"),
    "no declaration": lambda body: body.partition(b"?>")[2].lstrip(),
}


@pytest.mark.parametrize("spoil", LOOSE_HEADS.values(), ids=LOOSE_HEADS)
def test_an_order_of_an_ill_formed_feed_is_seen(spoil) -> None:  # type: ignore[no-untyped-def]
    reading = read(spoil(feed(item("Motion", seq=2), item(EVENT, seq=3))))
    assert [one.event_name for one in reading.sightings] == ["Motion", EVENT]
    assert reading.built_at is not None


BETWEEN = {
    "a comment from item to item": ("DOE <!-- v. A & B", "X --> Y"),
    "a comment from item to item, well-formed": ("DOE <!-- v. ROE", "X --> Y"),
    "CDATA from item to item": ("<![CDATA[DOE", "ROE]]> v. X"),
    "an end of the feed": ("DOE </channel></rss> ROE", "X v. Y"),
    "an end of the feed and an ampersand": ("DOE & </channel></rss> ROE", "X v. Y"),
}


@pytest.mark.parametrize(("first", "last"), BETWEEN.values(), ids=BETWEEN)
def test_no_item_hides_the_one_behind_it(first: str, last: str) -> None:
    strangers = [
        item("Notice", number="1:25-cv-00999", name="NAME", seq=n).replace("NAME", name)
        for n, name in ((1, first), (3, last))
    ]
    reading = read(feed(strangers[0], item(EVENT), strangers[1]))
    assert [one.event_name for one in reading.sightings] == [EVENT]


def test_an_item_without_its_beginning_is_read() -> None:
    lost = item(EVENT, seq=7).replace("<item>", "")
    reading = read(feed(item("Motion", seq=2), lost, item("Notice", seq=3)))
    assert [one.event_name for one in reading.sightings] == ["Motion", EVENT, "Notice"]


def test_an_item_within_an_item_is_read_and_so_is_the_one_around_it() -> None:
    nested = item("Motion", seq=2).replace("</item>", item(EVENT, seq=7) + "</item>")
    assert {one.event_name for one in read(feed(nested)).sightings} == {"Motion", EVENT}


@pytest.mark.parametrize("form", ["<ITEM>", "<Item>", "<r:item>"])
def test_items_of_another_form_are_a_failure_and_no_silence(form: str) -> None:
    body = feed(item("Motion", seq=2), item(EVENT)).replace(b"<item>", form.encode(), 1)
    with pytest.raises(ParseError, match="form that we do not know"):
        read(body)


PIECES = ["0045&#0;7", "0045&#55357;7", "0045&amp;#8209;7", "0045.7", "0045>7", "0045", "0045-7"]


@pytest.mark.parametrize("serial", PIECES)
def test_a_piece_of_a_number_is_no_number(serial: str) -> None:
    reading = read(feed(item(EVENT).replace("00457", serial)), "1:25-cv-00045")
    assert reading.sightings == ()
    assert len(reading.unreadable) == 1


def test_a_number_with_a_tag_in_it_is_read_as_it_is_seen() -> None:
    broken = item(EVENT).replace("1:25-cv-00457", "1:25-cv-004<wbr/>57")
    assert len(read(feed(broken)).sightings) == 1


NAMELESS = {
    "no number": item(EVENT, number="").replace("DktRpt.pl?225292", "other.pl?"),
    "no title": "<item><link>https://ecf.dcd.uscourts.gov/x</link></item>",
    "nothing": "<item></item>",
}


@pytest.mark.parametrize("body", NAMELESS.values(), ids=NAMELESS)
def test_an_item_of_no_docket_is_unreadable_and_keeps_its_words(body: str) -> None:
    reading = read(feed(item("Motion", seq=2), body))
    assert [one.event_name for one in reading.sightings] == ["Motion"]
    assert len(reading.unreadable) == 1
    if EVENT in body:
        assert EVENT in reading.unreadable[0].raw


def test_an_item_of_another_docket_is_no_concern() -> None:
    assert read(feed(item(number="1:25-cv-00999"), item(number="26-5006"))).unreadable == ()


NUMBERS = [
    "2:20-mc-00021-JES-M_M",
    "2:20-mc-00021-ABC-N/A",
    "2:20-mc-00021-JES-g_g",
    "2:20-mc-00021-J'S.T",
    "2:20-mc-00021\tX v. Y",
    "2:20-mc-00021\u00a0X v. Y",
    "2:20-mc-00021&amp;nbsp;X v. Y",
    "2:20-mc-00021\u3000X v. Y",
    "2:20-mc-00021&lt;br&gt;X v. Y",
    "2:20-mc-00021: X v. Y",
    "2:20-mc-00021, X v. Y",
    "2:20\u2011mc\u201100021 X v. Y",
    "\u200b2:20-mc-00021 X v. Y",
    "2:20-MC-00021-JES",
    "Case 2:20-mc-00021 X v. Y",
    "No. 2:20-mc-00021-JES-M_M X v. Y",
]


@pytest.mark.parametrize("title", NUMBERS)
def test_a_docket_is_known_whatever_stands_behind_its_number(title: str) -> None:
    body = feed("PLACE").decode().replace("ISO-8859-1", "UTF-8")
    broken = item(EVENT).replace("1:25-cv-00457 DOE et al v. ROE et al", title)
    reading = read(body.replace("PLACE", broken).encode(), "2:20-mc-00021")
    assert [one.docket_number for one in reading.sightings] == ["2:20-mc-00021"]
    assert reading.unreadable == ()


@given(st.binary(max_size=300))
def test_any_bytes_have_a_text(body: bytes) -> None:
    decoded(body).encode()
    read_loosely(decoded(b"<item><title>" + body))


WORDS = st.lists(
    st.sampled_from(
        ["<", ">", "&", ";", "item", "title", "/", "![CDATA[", "]]>", "<!--", "-->", "a "]
    )
)


@given(WORDS.map("".join))
def test_an_item_of_signs_is_read_beside_the_others(signs: str) -> None:
    text = f"<item><title>1 {signs}</title></item><item><title>2</title></item>"
    assert any(one.title == "2" or "2" in one.title for one in read_loosely(text)[1])
