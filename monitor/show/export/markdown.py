"""Entries as Markdown. What courts and feeds wrote is words there: no markup, no link, no HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from monitor.history.answers import EntryLine
from monitor.model.court import court
from monitor.normalize.text import plain_url, without_hiding
from monitor.render.message import day, moment, numbered, place_words, short_number

#: Signs that mean something anywhere in a line.
_MARKS = re.compile(r"[\\`*_\[\]<>#|~!&$^]")
#: What would begin a list at the beginning of a line.
_LIST = re.compile(r"^(?:[-+]|(\d{1,9})[.)])")
#: What would become a link though nobody marked it as one.
_LINK = re.compile(r":(?=//)|(?<=\bwww)\.|@", re.IGNORECASE)


def words_as_markdown(said: str) -> str:
    r"""Words of others on one line, as they read.

    >>> print(words_as_markdown("<b>*Order* [x](http://y) of\n# 7"))
    \<b\>\*Order\* \[x\](http\://y) of \# 7
    """
    escaped = _MARKS.sub(r"\\\g<0>", " ".join(without_hiding(said).split()))
    linked = _LINK.sub(r"\\\g<0>", escaped)
    return _LIST.sub(_escaped_list, linked)


def _escaped_list(found: re.Match[str]) -> str:
    number = found[1] or ""
    return f"{number}\\{found[0][len(number) :]}"


def markdown(title: str, lines: Iterable[EntryLine]) -> Iterator[str]:
    """A heading for each entry, what is known of it, and its text."""
    yield f"# {words_as_markdown(title)}\n\n"
    yield (
        "Unofficial: read by a program from what courts' feeds and CourtListener showed. "
        "Read the docket before you rely on it.\n"
    )
    for line in lines:
        yield "\n".join(_entry(line))


def _entry(line: EntryLine) -> Iterator[str]:
    head = f"{day(line.date_filed) or 'no date'}: {numbered(line.entry_number)}{line.headline}"
    yield f"\n## {words_as_markdown(head)}\n"
    for said in _facts(line):
        yield f"- {words_as_markdown(said)}"
    if url := plain_url(line.url):
        # Brackets and quotes end a link in angle brackets for some readers.
        yield f"- <{quote(url, safe=_IN_ADDRESS)}>"
    if line.text:
        yield f"\n> {words_as_markdown(line.text)}"
    yield ""


_IN_ADDRESS = ":/?#@!$&'*+,;=%-._~"


def _facts(line: EntryLine) -> Iterator[str]:
    yield f"{place_words(line.court_id, short_number(line.docket_number))}, {line.case_name}"
    kind = line.kind.replace("_", " ")
    doubt = " or ".join(one.replace("_", " ") for one in line.may_be)
    ruling = f", {line.ruling.replace('_', ' ')}" if line.ruling != "none" else ""
    yield f"{kind}{ruling}{f' (may be {doubt}: read it)' if doubt else ''}"
    zone = court(line.court_id).timezone
    entered = f"entered {moment(line.published_at, zone)}; " if line.published_at else ""
    yield f"{entered}first seen {moment(line.first_seen_at, zone)} by {', '.join(line.source_ids)}"
    if line.is_withdrawn:
        yield "withdrawn: its source no longer lists it"
