"""Hostile text made plain: no markup, no control characters, single blanks."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)


def plain(raw: str, limit: int = 200_000) -> str:
    """The words of a text that may hold markup or entities, cut at `limit` characters.

    Entities are undone once more than XML did, because courts escape twice.

    >>> plain("Lloyd&#039;s &amp; Co.  <b>v.</b> Roe ")
    "Lloyd's & Co. v. Roe"
    """
    text = raw[:limit]
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    return " ".join(_CONTROL.sub("", text).split())


def rich_to_plain(raw: str, limit: int = 200_000) -> str:
    """The words of real HTML, without scripts and styles."""
    import nh3

    return plain(nh3.clean(raw[:limit], tags=set(), clean_content_tags={"script", "style"}))
