"""How a page is shown: as HTML, as JSON or as CSV, whatever it is about."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from monitor.history.answers import RulingLine
from monitor.model.court import court
from monitor.normalize.text import plain, without_hiding
from monitor.render.message import counted, day, moment, place_words, short_number, span
from monitor.render.template import templates
from monitor.show.json_out import json_text

#: What a spreadsheet would take for a formula; those of East Asia read wide signs, too.
_FORMULA = re.compile(r"^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-cache",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. `answer` is the typed answer of the history, printed as JSON as it is."""

    template: str
    title: str
    answer: Any
    #: What a spreadsheet gets: records, all of one kind.
    records: Sequence[Any] = ()
    #: What the template needs besides.
    more: Mapping[str, object] = field(default_factory=dict)
    status: int = 200


def respond(
    page: Page, suffix: str, here: str, cookies: Mapping[str, str], reader: str = ""
) -> Response:
    """The page in the form that its address asks for: `.json`, `.csv`, or neither."""
    if suffix == ".json":
        return Response(json_text(page.answer), page.status, _HEADERS, "application/json")
    if suffix == ".csv":
        name = plain(PurePosixPath(here).name, 60).replace('"', "") or "overview"
        attached = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return Response(csv_text(page.records), page.status, _HEADERS | attached, "text/csv")
    html = html_of(page, here, reader)
    response = HTMLResponse(html, page.status, _HEADERS)
    for name, value in cookies.items():
        response.set_cookie(name, value, max_age=31_536_000, httponly=True, samesite="lax")
    return response


#: Address -> what stands on its tab.
_TABS = (
    ("", "Cases"),
    ("search", "Search"),
    ("changes", "What changed"),
    ("sources", "Sources and coverage"),
    ("deliveries", "Told"),
    ("rules", "Routes"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands round a page, and how its place is linked from: a server's, or a folder's."""

    name: str
    #: Before every address of the site itself.
    root: str
    #: Where all cases are.
    home: str
    tabs: Sequence[tuple[str, str]]
    here_is: Callable[[str], bool]
    #: The page in another form, by its suffix.
    form: Callable[[str], str]
    has_csv: bool
    entry_href: Callable[[str], str]
    case_href: Callable[[str], str]
    #: Where the next rows are, by what is asked for and where they begin.
    older: Callable[[Mapping[str, str], str], str]
    #: What is said of a watch that is not active.
    state_of: Callable[[Any], str]
    #: What the browser may do, where no server says it.
    policy: str = ""
    #: The past day or moment that the page shows; empty for now.
    as_of: str = ""
    #: Who is logged in; empty for nobody.
    reader: str = ""


def html_of(page: Page, here: str, reader: str = "") -> str:
    """The page as HTML, with addresses as a server has them, for a reader who may log out."""
    path, _, query = here.partition("?")
    # Whoever looks at a past day goes on doing so, from page to page.
    as_of = dict(parse_qsl(query)).get("as_of", "") if page.status == 200 else ""
    then = f"?{urlencode({'as_of': as_of})}" if as_of else ""
    frame = Frame(
        name="Docket Monitor",
        root="/",
        home="",
        tabs=_TABS,
        here_is=lambda href: path == f"/{href}" or (not href and path == "/overview"),
        form=lambda suffix: _in_form(here, suffix),
        has_csv=bool(page.records),
        entry_href=lambda name: f"entries/{quote(name, safe='')}{then}",
        case_href=lambda name: f"cases/{quote(name, safe='')}{then}",
        older=_older,
        as_of=as_of,
        state_of=lambda watched: "" if watched.state == "active" else watched.state,
        reader=reader,
    )
    return framed(page, frame)


def framed(page: Page, frame: Frame) -> str:
    """The page as HTML in this frame."""
    around = {one.name: getattr(frame, one.name) for one in fields(frame)}
    html: str = environment().get_template(page.template).render(page=page, **around, **page.more)
    return html


def _older(asked: Mapping[str, str], cursor: str) -> str:
    kept = {name: value for name, value in asked.items() if value}
    return f"?{urlencode({**kept, 'cursor': cursor})}"


def _in_form(here: str, suffix: str) -> str:
    path, mark, query = here.partition("?")
    return f"{path}{suffix}{mark}{query}"


def csv_text(records: Sequence[Any]) -> str:
    """Records as a table that a spreadsheet opens as text: no cell is a formula."""
    out = io.StringIO()
    # Excel takes a file for UTF-8 where it begins with this mark.
    out.write("\ufeff")
    names = list(getattr(records[0], "__dataclass_fields__", ())) if records else []
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for record in records:
        writer.writerow(cell(getattr(record, name)) for name in names)
    return out.getvalue()


def cell(value: object) -> str:
    """A value in a cell; what would be a formula stands behind an apostrophe.

    >>> cell("=1+1"), cell(date(2026, 3, 4)), cell(("a", "b")), cell(None)
    ("'=1+1", '2026-03-04', 'a; b', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return cell("; ".join(cell(one).removeprefix("'") for one in value))
    if isinstance(value, RulingLine):
        return f"{value.ruling} {value.on}".strip()
    said = plain(str(value))
    return f"'{said}" if _FORMULA.match(said) else said


# --- what templates may say ---


def time_tag(at: datetime | None, court_id: str = "dcd") -> Markup:
    """A moment by the clock of a court, and for machines."""
    if at is None:
        return Markup("")
    zone = court(court_id).timezone if court_id else "UTC"
    words = moment(at, zone)
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), words)


def day_tag(found: date | None) -> Markup:
    """A calendar day, and for machines."""
    if found is None:
        return Markup("no date")
    return Markup('<time datetime="{}">{}</time>').format(found.isoformat(), day(found))


def web_url(raw: str) -> str:
    """An address that may be followed: of the web, else none (as `javascript:`)."""
    return raw if raw.lower().startswith(("https://", "http://")) else ""


def marked(text: str, words: Sequence[str]) -> Markup:
    """A text in which these words are marked, as far as they stand there."""
    # What is marked up already passes by the templates' own defence.
    text = without_hiding(text)
    found = [re.escape(one) for one in dict.fromkeys(words) if one and one in text]
    if not found:
        return Markup("{}").format(text)
    parts = re.split(f"({'|'.join(sorted(found, key=len, reverse=True))})", text)
    tags = (
        Markup("<mark>{}</mark>").format(part) if place % 2 else Markup("{}").format(part)
        for place, part in enumerate(parts)
    )
    return Markup("").join(tags)


_DIFF = re.compile(r"\[-|-\]|\{\+|\+\}")
_OPENS = {"[-": ("-]", "del"), "{+": ("+}", "ins")}


def diffed(words: str) -> Markup:
    """A word diff in HTML: what was taken out and put in, each by its own sign.

    >>> str(diffed("is [-denied-] {+granted+}"))
    'is <del>denied</del> <ins>granted</ins>'
    """
    parts, end, closes, tag = [], 0, "", ""
    # Sign by sign: a pattern for both ends would look for the second one again and again.
    words = without_hiding(words)
    for sign in _DIFF.finditer(words):
        if not closes and sign[0] in _OPENS:
            parts.append(_piece(words[end : sign.start()], ""))
            (closes, tag), end = _OPENS[sign[0]], sign.end()
        elif closes and sign[0] == closes:
            parts.append(_piece(words[end : sign.start()], tag))
            closes, tag, end = "", "", sign.end()
    return Markup("").join([*parts, _piece(words[end:], "")])


def _piece(words: str, tag: str) -> Markup:
    if tag == "del":
        return Markup("<del>{}</del>").format(words)
    if tag == "ins":
        return Markup("<ins>{}</ins>").format(words)
    return Markup("{}").format(words)


def words_of(name: str) -> str:
    """A name of the program in words: `notice_of_appeal` is "notice of appeal"."""
    return name.replace("_", " ")


def environment() -> Any:
    """The templates of the pages, with what they may say."""
    found = templates("monitor.show.web")
    if "time" not in found.filters:
        found.filters |= {
            "time": time_tag,
            "day": day_tag,
            "web_url": web_url,
            "marked": marked,
            "words": words_of,
            "span": span,
            "short_number": short_number,
            "diffed": diffed,
        }
        found.globals |= {"counted": counted, "place": place_words}
    return found
