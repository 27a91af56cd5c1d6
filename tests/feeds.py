"""Makes court feeds in the real grammar, from invented cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html import escape

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def rss_time(moment: datetime) -> str:
    return moment.strftime("%a, %d %b %Y %H:%M:%S GMT")


def item(
    event: str = "Order",
    *,
    number: str = "1:25-cv-00457",
    name: str = "DOE et al v. ROE et al",
    case_id: int = 225292,
    seq: int = 10,
    entry: int | None = 5,
    at: datetime = NOON,
    court: str = "dcd",
) -> str:
    """One `<item>` of a district court."""
    host = f"https://ecf.{court}.uscourts.gov"
    link = f"{host}/cgi-bin/DktRpt.pl?{case_id}"
    anchor = f'<a href="{host}/doc1/0450{seq:07d}?caseid={case_id}&de_seq_num={seq}" >{entry}</a>'
    description = f"[{event}] ({anchor})" if entry is not None else f"[{event}] "
    return (
        f"<item>\n<title>{escape(number)} {escape(name)}</title>\n<link>{link}</link>\n"
        f"<description>{escape(description)}</description>\n"
        f'<guid isPermaLink="true">{link}&amp;{seq}</guid>\n'
        f"<pubDate>{rss_time(at)}</pubDate>\n</item>\n"
    )


def feed(
    *items: str,
    built: datetime | None = None,
    description: str = "Docket entries of type: all",
    court: str = "dcd",
    title: str = "District of Columbia - Recent Entries",
) -> bytes:
    """A whole feed of a district court, newest item first as given."""
    head = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
        '<rss version="2.0" xmlns:blogChannel="http://backend.userland.com/blogChannelModule">\n'
        f"<channel>\n<title>{title}</title>\n<link>https://ecf.{court}.uscourts.gov</link>\n"
        f"<description>{description}</description>\n"
        f"<lastBuildDate>{rss_time(built or NOON + timedelta(minutes=30))}</lastBuildDate>\n"
    )
    return (head + "".join(items) + "</channel>\n</rss>\n").encode("ascii")


def series(seqs: Sequence[int]) -> list[str]:
    return [item(seq=seq, entry=seq, at=NOON + timedelta(minutes=seq)) for seq in seqs]
