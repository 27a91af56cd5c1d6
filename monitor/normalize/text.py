"""Hostile text made plain: no markup, no control characters, single blanks."""

from __future__ import annotations

import hashlib
import html
import re
from urllib.parse import urlsplit

_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
#: Signs that hide or turn round what stands beside them, or that nobody sees: controls, formats,
#: whatever Unicode lets a reader ignore, and halves of letters. The one list of the house.
_HIDING = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    r"\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    r"\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001343f"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
#: What Windows writes where Latin-1 has controls: courts say ISO-8859-1 and mean Windows.
_WINDOWS = {
    byte: sign
    for byte in range(0x80, 0xA0)
    if (sign := bytes([byte]).decode("windows-1252", "ignore"))
}
_MAYBE_WINDOWS = re.compile(r"[\x80-\x9f]")
#: Controls that part words.
_PARTING = re.compile(r"[\x0b-\x0d\x1c-\x1f\u2028\u2029]")
#: Tags within a word. All others part words, as a browser begins a line or a cell there; scripts
#: and styles are left for the parser, which drops what they hold.
_PARTING_TAG = re.compile(
    r"</?(?!(?:a|abbr|b|big|cite|code|del|em|font|i|ins|mark|q|s|small|span|strike|strong|sub|sup"
    r"|tt|u|script|style)\b)[a-z][^<>]*>",
    re.IGNORECASE,
)
_OPEN_TAG = re.compile(r"<(?=[a-z/!?][^<>]*+(?:<|$))", re.IGNORECASE)
#: The attributes of a tag: as written well, and what is left of ill-written ones.
_ATTRIBUTES = (
    re.compile(r"""(</?[a-z]\w*+)\s(?>(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*)>""", re.IGNORECASE),
    re.compile(r"(</?[a-z]\w*+)[^<>]++>", re.IGNORECASE),
)
_CUT_TAG = re.compile(r"</?\w*$")
#: Python refuses to read the thousands of digits that such a reference may have.
_LONG_REFERENCE = re.compile(r"&#(\d{8,})")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def plain(raw: str, limit: int = 200_000) -> str:
    """The words of a text that may hold markup or entities, cut at `limit` characters.

    Entities are undone once more than XML did, because courts escape twice.

    >>> plain("Lloyd&#039;s &amp; Co.  <b>v.</b> Roe ")
    "Lloyd's & Co. v. Roe"
    """
    # Hidden signs go first: within a tag they would keep it from being seen as one.
    text = without_hiding(raw[:limit])
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = without_hiding(unescaped(text))
    return " ".join(text.split())


def unescaped(text: str) -> str:
    """A text with its references undone; one to no letter is U+FFFD.

    >>> unescaped("&amp;&#39;" + "&#" + "9" * 5_000 + ";")
    "&'\ufffd"
    """
    return html.unescape(_LONG_REFERENCE.sub(_shortened, text))


def _shortened(reference: re.Match[str]) -> str:
    digits = reference[1].lstrip("0") or "0"
    return f"&#{digits if len(digits) <= 7 else 0x110000}"


def without_hiding(text: str) -> str:
    """A text without signs that hide, which no database takes or no reader sees.

    Every border asks this: what is read, and what goes into a mail, a webhook, a log, a terminal.
    Of what parts words and lines, blanks, tabs and newlines are left.
    """
    if _MAYBE_WINDOWS.search(text):
        text = text.translate(_WINDOWS)
    return _HIDING.sub("", _PARTING.sub(" ", text))


def storable(text: str) -> str:
    """A text as it came, without the signs that no database takes."""
    return _UNSTORABLE.sub("", text)


def rich_to_plain(raw: str, limit: int = 200_000) -> str:
    """The words of real HTML, without scripts and styles.

    >>> rich_to_plain("<p>ORDER<br>DENYING</p><p><b>7</b>, <3 days")
    'ORDER DENYING 7, <3 days'
    """
    import nh3

    whole = raw if len(raw) <= limit else _CUT_TAG.sub("", raw[:limit])
    text = without_hiding(whole)
    if "<" in text:
        text = _OPEN_TAG.sub("&lt;", _bare(_PARTING_TAG.sub(" ", _closed(text))))
    return plain(nh3.clean(text, tags=set(), clean_content_tags={"script", "style"}))


def _bare(text: str) -> str:
    """HTML without attributes.

    The rules of HTML open a tag again wherever it was closed out of turn, as often as there are
    tags with other attributes: two hundred kilobytes would become gigabytes.
    """
    for attributes in _ATTRIBUTES:
        text = attributes.sub(r"\1>", text)
    return text


def _closed(text: str) -> str:
    """HTML without comments, and without what would swallow all the rest for want of an end."""
    head, end, tail = text.rpartition("-->")
    text = _COMMENT.sub(" ", head + end) + tail.replace("<!--", " ")
    for name in ("script", "style"):
        last = text.lower().rfind(f"</{name}")
        opening = re.compile(rf"<{name}\b[^<>]*>", re.IGNORECASE)
        text = text[: last + 1] + opening.sub(" ", text[last + 1 :])
    return text


#: "WASHINGTON (AP) — …", "Jan 29 (Reuters) - …": where it was written is not what it is about.
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Za-z.,' ]{2,40}\d{0,2} )?\((?:Reuters|Bloomberg|[A-Z]{2,10}[^)]{0,20})\)"
    r"\s*[-–—]+\s*|^[A-Z]{4,}(?: [A-Z]{2,})?(?:, [A-Z][a-z.]+)? [–—]+ "
)
_CREDITS = re.compile(
    r"(?<!\s)\s*+(?:\((?:Reporting|Editing|Additional reporting|With reporting)\b[^)]{0,1000}\)"
    r"|\([^()]{3,60} contributed[^()]*+\)"
    r"|The post .{0,300}? (?:appeared first on|first appeared on) .*$)",
    re.DOTALL,
)


def story_text(summary: str) -> str:
    """A story's own words: without dateline, credits, and the feed's "The post … appeared first".

    >>> story_text("BOSTON (AP) — A judge ruled. (Reporting by A. Roe in Miami)")
    'A judge ruled.'
    """
    return _CREDITS.sub("", _DATELINE.sub("", summary.strip())).strip()


def plain_url(raw: str) -> str:
    """A link as printed, if we may show it: http or https, without blanks and hidden signs.

    >>> plain_url("https://x.example/?a=1&amp;b=2"), plain_url("https://[")
    ('https://x.example/?a=1&b=2', '')
    """
    url = raw.replace("&amp;", "&").strip()
    is_link = url.startswith(("https://", "http://")) and not re.search(r"[\s<>\"']", url)
    return url if is_link and url == without_hiding(url) and _has_host(url) else ""


def _has_host(url: str) -> bool:
    """Whether others who take it apart find a host in it, and not half a bracket."""
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def short_name(name: str, most_bytes: int = 2_000) -> str:
    """A name that an index takes, whatever somebody printed: of a longer one its digest.

    >>> short_name("cl:900"), len(short_name("x" * 5_000))
    ('cl:900', 117)
    """
    if len(name.encode("utf-8", "replace")) <= most_bytes:
        return name
    return f"{name[:100]}#{digest(name)}"


def digest(*words: str) -> str:
    """A short name for these words: the same words, the same name."""
    return hashlib.blake2b("\x1f".join(words).encode("utf-8", "replace"), digest_size=8).hexdigest()
