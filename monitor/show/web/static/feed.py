"""A case for feed readers and calendars, of what is published of it alone."""

from __future__ import annotations

from monitor.history.published import PublishedCase, PublishedEntry
from monitor.render.atom import FeedItem, atom_of, feed_of_items, filing_item
from monitor.render.ics import ics_of
from monitor.render.message import day, place_words, short_number
from monitor.show.web.static.names import entry_name, file_name
from monitor.show.web.static.pages import Site
from monitor.show.web.view import web_url, words_of

_SHOWN = 100


def atom_file(case: PublishedCase, site: Site) -> bytes:
    """The latest filings of a case. One that was amended comes again, under the same id."""
    name = file_name(case.board.case_id)
    url = f"{site.url.rstrip('/')}/feeds/{name}.atom" if site.url else ""
    latest = sorted(case.entries, key=_updated, reverse=True)[:_SHOWN]
    items = [_item(entry, case, site) for entry in latest]
    title = f"{case.board.case_label}: what was filed"
    return atom_of(feed_of_items(name, title, items, url, _SHOWN)).encode()


def ics_file(case: PublishedCase) -> bytes:
    """The stated hearings and deadlines of a case."""
    name = f"{case.board.case_label}: hearings and deadlines (unofficial)"
    return ics_of(name, case.calendar)


def _updated(entry: PublishedEntry) -> tuple[str, str]:
    at = max([entry.first_seen_at, *(one.at for one in entry.changes)])
    return at.isoformat(), entry.entry_id


def _item(entry: PublishedEntry, case: PublishedCase, site: Site) -> FeedItem:
    where = place_words(entry.court_id, short_number(entry.docket_number))
    number = f"entry {entry.entry_number}, " if entry.entry_number else ""
    filed = f"filed {day(entry.date_filed)}" if entry.date_filed else "of no stated day"
    gone = ["Withdrawn from the feed."] if entry.is_withdrawn else []
    own = f"{site.url.rstrip('/')}/entries/{entry_name(entry.entry_id)}" if site.url else ""
    ruling = () if entry.ruling == "none" else (entry.ruling,)
    return filing_item(
        entry.entry_id,
        f"{entry.headline} — {case.board.case_label} ({where})",
        own or web_url(entry.url),
        entry.first_seen_at,
        max([entry.first_seen_at, *(one.at for one in entry.changes)]),
        (entry.kind, *ruling),
        "\n\n".join([f"{where}, {number}{filed}: {words_of(entry.kind)}", *gone, entry.text]),
    )
