"""What a court's feed says, and what it must never be taken to say."""

from __future__ import annotations

import random

import pytest

from monitor.errors import ParseError
from monitor.sources.court_rss import feed as court_rss
from monitor.sources.court_rss import pieces as split
from monitor.sources.court_rss.feed import read_court_feed
from tests.feeds import feed, item

RSS = b'<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0"><channel><title>t</title>%s</channel></rss>'


def titles(body: bytes) -> list[str]:
    return [entry.title for entry in read_court_feed(body).items]


def test_every_item_of_a_first_reading_is_new() -> None:
    reading = read_court_feed(feed(item(seq=2), item(seq=1)))
    assert [entry.guid[-2:] for entry in reading.items] == ["&2", "&1"]
    assert (reading.total, reading.shared) == (2, 0)


def test_a_rebuilt_feed_with_the_same_items_is_not_parsed() -> None:
    first = read_court_feed(feed(item()))
    again = feed(item()).replace(b"12:30:00", b"13:30:00")
    second = read_court_feed(again, first.region_hash, first.fingerprints)
    assert second.unchanged
    assert second.items == ()
    assert second.channel.built.endswith("13:30:00 GMT")


def test_only_the_items_not_shown_before_are_read() -> None:
    first = read_court_feed(feed(item(seq=1)))
    second = read_court_feed(feed(item(seq=2), item(seq=1)), first.region_hash, first.fingerprints)
    assert [entry.guid[-2:] for entry in second.items] == ["&2"]
    assert (second.total, second.shared) == (2, 1)


def test_a_changed_order_of_items_is_nothing_new() -> None:
    first = read_court_feed(feed(item(seq=1), item(seq=2)))
    second = read_court_feed(feed(item(seq=2), item(seq=1)), first.region_hash, first.fingerprints)
    assert second.items == ()


def test_one_broken_item_is_read_beside_the_others() -> None:
    broken = "<item><title>1:25-cv-00001 A & B</title></item>"
    reading = read_court_feed(feed(item(seq=2), broken, item(seq=1)))
    assert [entry.title for entry in reading.items][1] == "1:25-cv-00001 A & B"
    assert (len(reading.items), reading.unread) == (3, ())


BAD = {
    "an empty body": b"",
    "blanks": b"  \n ",
    "an HTML page": b"<!DOCTYPE html><html><body>We are down for maintenance</body></html>",
    "a cut-off feed": feed(item())[:-30],
    "plain text": b"Service unavailable",
    "a head that is not well-formed": RSS.replace(b"<title>", b"<title") % b"",
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_what_is_not_a_whole_feed_is_a_failure_never_an_empty_feed(body: bytes) -> None:
    with pytest.raises(ParseError):
        read_court_feed(body)


def test_a_feed_with_the_tail_of_an_older_one_behind_it_is_read() -> None:
    assert len(titles(feed(item()) + b"<item><title>x</title></item></channel></rss>")) == 1


TRAPS = {
    "an item in a comment": b"<!-- <item><title>no</title></item> --><item><title>yes</title></item>",
    "an item in CDATA": b"<item><title>yes</title><description><![CDATA[<item><title>no</title></item>]]></description></item>",
    "the end of an item in CDATA": b"<item><title>yes</title><description><![CDATA[</item>]]></description></item>",
    "a blank in the closing tag": b"<item><title>yes</title></item >",
    "both forms of the closing tag": b"<item><title>yes</title></item><item><title>yes</title></item >",
    "an empty item": b"<item/><item><title>yes</title></item>",
    "an empty item at the end": b"<item><title>yes</title></item><item/>",
    "a tag that begins like item": b"<items><item><title>yes</title></item></items>",
    "a processing instruction": b"<?x <item> ?><item><title>yes</title></item>",
    "attributes": b'<item id="1"><title>yes</title></item>',
    "a comment within an item": b"<item><!-- </item> --><title>yes</title></item>",
    "a comment in the head": b"<!-- <item> --><item><title>yes</title></item>",
    "a comment in the tail": b"<item><title>yes</title></item><!-- <item><title>no</title></item> -->",
    "CRLF": b"\r\n<item>\r\n<title>yes</title>\r\n</item>\r\n",
    "text between items": b"x<item><title>yes</title></item>y<item><title>yes</title></item>",
}


@pytest.mark.parametrize("items", TRAPS.values(), ids=TRAPS)
def test_the_fast_cut_and_the_full_parse_never_disagree(items: bytes) -> None:
    body = RSS % items
    whole = [entry for entry in court_rss._parse(body)[1] if entry.title]
    assert whole
    assert {entry.title for entry in whole} == {"yes"}
    seen = [entry for entry in read_court_feed(body).items if entry.title]
    assert set(seen) == set(whole)


@pytest.mark.parametrize("items", TRAPS.values(), ids=TRAPS)
def test_an_item_added_to_a_trap_is_found_and_nothing_else(items: bytes) -> None:
    first = read_court_feed(RSS % items)
    grown = RSS % (items + b"<item><title>new</title></item>")
    second = read_court_feed(grown, first.region_hash, first.fingerprints)
    fresh = {entry.title for entry in second.items}
    # The exact path may read all anew (the second gate knows them); it may never lose the new one.
    assert "new" in fresh
    assert fresh <= {"new", "yes", ""}


def test_the_same_bytes_in_another_encoding_are_other_items() -> None:
    latin = RSS % b"<item><title>\xe9</title></item>"
    first = read_court_feed(latin)
    utf = (RSS % b"<item><title>\xc3\xa9</title></item>").replace(b"ISO-8859-1", b"UTF-8")
    assert [i.title for i in read_court_feed(utf, first.region_hash, first.fingerprints).items] == [
        "é"
    ]
    same_bytes = latin.replace(b"ISO-8859-1", b"ISO-8859-15")
    assert split.cut(same_bytes) is not None
    assert read_court_feed(same_bytes, first.region_hash, first.fingerprints).items != ()


def test_utf_16_goes_the_exact_way() -> None:
    body = RSS.decode() % "<item><title>yes</title></item>"
    encoded = body.replace("ISO-8859-1", "UTF-16").encode("utf-16")
    assert titles(encoded) == ["yes"]


def test_entity_bombs_are_refused() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa">]>'
        + (RSS % b"<item><title>&a;</title></item>").split(b"?>", 1)[1]
    )
    with pytest.raises(ParseError, match="entities"):
        read_court_feed(bomb)


PARTS = [
    b"<item><title>a%d</title></item>",
    b"<item><title>b%d</title><description><![CDATA[<b>x%d</b>]]></description></item>",
    b"<item><title>c%d</title><description>--&gt; %d</description></item>",
    b"<!-- c%d -->",
    b"<item><description><![CDATA[</item>]]></description><title>d%d</title></item>",
    b"<item><description><![CDATA[<item>]]></description><title>e%d</title></item>",
    b"<item ><title>f%d</title></item\n>",
    b"<?pi %d?>",
]


@pytest.mark.parametrize("seed", range(40))
def test_random_feeds_read_in_steps_give_what_a_full_parse_gives(seed: int) -> None:
    chance = random.Random(seed)
    region, fingerprints, found = b"", b"", set[str]()
    parts: list[bytes] = []
    kinds = PARTS if seed % 2 else PARTS[:3]
    for step in range(6):
        part = chance.choice(kinds)
        parts.insert(0, part.replace(b"%d", str(step).encode()))
        body = RSS % b"\n".join(parts)
        reading = read_court_feed(body, region, fingerprints)
        region, fingerprints = reading.region_hash, reading.fingerprints
        found |= {entry.title for entry in reading.items}
        assert found == {entry.title for entry in court_rss._parse(body)[1]}
