"""Hostile text made plain: no markup, no control characters, single blanks."""

from __future__ import annotations

import hashlib
import html
import re

_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
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

    # Half a letter, which JSON can spell and UTF-8 cannot.
    whole = raw[:limit].encode("utf-8", "ignore").decode()
    return plain(nh3.clean(whole, tags=set(), clean_content_tags={"script", "style"}))


#: "WASHINGTON (AP) — …", "Jan 29 (Reuters) - …": where it was written is not what it is about.
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Za-z.,' ]{2,40}\d{0,2} )?\((?:Reuters|Bloomberg|[A-Z]{2,10}[^)]{0,20})\)"
    r"\s*[-–—]+\s*|^[A-Z]{4,}(?: [A-Z]{2,})?(?:, [A-Z][a-z.]+)? [–—]+ "
)
_CREDITS = re.compile(
    r"\s*\((?:Reporting|Editing|Additional reporting|With reporting)\b[^)]*\)"
    r"|\s*\([^()]{3,60} contributed[^()]*\)"
    r"|\s*The post .{0,300}? (?:appeared first on|first appeared on) .*$",
    re.DOTALL,
)


def story_text(summary: str) -> str:
    """A story's own words: without dateline, credits, and the feed's "The post … appeared first".

    >>> story_text("BOSTON (AP) — A judge ruled. (Reporting by A. Roe in Miami)")
    'A judge ruled.'
    """
    return _CREDITS.sub("", _DATELINE.sub("", summary.strip())).strip()


def plain_url(raw: str) -> str:
    """A link as printed, if it is one we may show: http or https, without blanks."""
    url = raw.replace("&amp;", "&").strip()
    return (
        url if url.startswith(("https://", "http://")) and not re.search(r"[\s<>\"']", url) else ""
    )


def digest(*words: str) -> str:
    """A short name for these words: the same words, the same name."""
    return hashlib.blake2b("\x1f".join(words).encode(), digest_size=8).hexdigest()
