"""What no parser should see is refused with a reason, or spoils its own item only."""

from __future__ import annotations

import pytest

from monitor.errors import ParseError
from monitor.sources.bounds import LONGEST_TAG, MOST_ATTRIBUTES, MOST_TERMS, for_feedparser
from monitor.sources.court_rss.feed import read_court_feed
from tests.attack.bodies import item, rss
from tests.make import NUMBER

_MANY = " ".join(f"attribute{n}='{n}'" for n in range(MOST_ATTRIBUTES + 1))
_PICTURE = f"<img src='data:image/png;base64,{'QUJD/' * LONGEST_TAG}'>"


def test_an_item_with_a_monstrous_tag_spoils_no_other_and_is_read_itself() -> None:
    body = rss(item() + item(title=f"{NUMBER} Other v. Roe", more=f"<x {_MANY}/>"))
    titles = [one.title for one in read_court_feed(body).items]
    assert titles == [f"{NUMBER} Roe v. Doe", f"{NUMBER} Other v. Roe"]


@pytest.mark.parametrize(
    "more",
    [
        "<category>a</category>" * (MOST_TERMS + 1),
        f"<author>{'a' * 20_000}</author>",
    ],
)
def test_a_feed_that_would_be_read_without_end_is_refused_with_the_reason(more: str) -> None:
    with pytest.raises(ParseError, match=r"no feed that can be read: .*(categories|words)"):
        for_feedparser(rss(item(more=more)))


@pytest.mark.parametrize("tag", [f"<x {_MANY}/>", f"<x a='{'b ' * LONGEST_TAG}'/>"])
def test_a_monstrous_tag_of_a_story_is_left_without_its_attributes(tag: str) -> None:
    assert for_feedparser(rss(item(more=tag))) == for_feedparser(rss(item(more="<x/>")))


def test_a_large_picture_in_a_story_is_no_monstrous_tag() -> None:
    body = rss(item(description=f"<![CDATA[{_PICTURE}]]>"))
    assert _PICTURE.encode() in for_feedparser(body)
