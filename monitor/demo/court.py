"""The court's server: HTTP on the loopback interface, with a clock and bad habits on command."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from monitor.demo import pages
from monitor.demo.timeline import DemoEntry, Timeline

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Received:
    """A webhook that came in."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Court:
    """What has been published so far, and how the court behaves. Safe to ask from threads."""

    timeline: Timeline
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    #: Path prefix -> mode: `/dcd/` for a feed, `/api/` for CourtListener, `/hook` for the receiver.
    modes: dict[str, str] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    types: str = "all"
    #: CourtListener answers so many more times, then 429; None means always.
    quota: int | None = None
    #: What `/api-usage/` states; the demo lives a day in a minute, and needs more.
    daily_limit: int = 125
    retry_after: int = 7
    started_at: datetime = field(init=False)
    _published: list[tuple[DemoEntry, datetime]] = field(default_factory=list)
    _frozen: dict[str, bytes] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.started_at = self.now()

    def publish(self, entry: DemoEntry, at: datetime | None = None) -> None:
        """Publish something that the timeline does not hold, or in other words than before."""
        with self._lock:
            self._published = [pair for pair in self._published if pair[0].seq != entry.seq]
            self._published.append((entry, at or self.now()))

    def withdraw(self, seq: int) -> None:
        with self._lock:
            self._published = [pair for pair in self._published if pair[0].seq != seq]

    def shown(self) -> list[tuple[DemoEntry, datetime]]:
        """Every entry that is public now, and when it was entered."""
        with self._lock:
            added = list(self._published)
        replaced = {entry.seq for entry, _ in added}
        known = [
            (entry, self.started_at + timedelta(seconds=entry.after))
            for entry in self.timeline.entries
            if entry.seq not in replaced
        ]
        return [pair for pair in (*known, *added) if pair[1] <= self.now()]

    def answer(self, path: str) -> tuple[int, bytes, str]:
        """Status, body and content type of a GET."""
        self.asked.append(path)
        parts = urlsplit(path)
        if parts.path.startswith("/api/rest/v4/"):
            return self._api(parts.path.removeprefix("/api/rest/v4/"), parse_qs(parts.query), path)
        if parts.path == "/news.xml":
            return 200, self._news(), "application/rss+xml"
        court_id, _, rest = parts.path.strip("/").partition("/")
        if court_id == "scotus":
            return self._supreme_court(rest.removesuffix(".json").lower())
        if any(docket.court_id == court_id for docket in self.timeline.dockets):
            built = self.now().replace(microsecond=0)
            body = pages.court_feed(self.timeline, court_id, self.shown(), built, self.types)
            return 200, self._frozen.get(court_id, body), "text/xml"
        return 404, b"<html>not here</html>", "text/html"

    def freeze(self, court_id: str, body: bytes = b"") -> None:
        """From now on the feed of this court is not rebuilt, or says this."""
        self._frozen[court_id] = body or self.answer(f"/{court_id}/feed")[1]

    def thaw(self, court_id: str) -> None:
        """The feed of this court is rebuilt again."""
        self._frozen.pop(court_id, None)

    def mode_of(self, path: str) -> str:
        fitting = [mode for prefix, mode in self.modes.items() if path.startswith(prefix)]
        return fitting[-1] if fitting else "ok"

    def _news(self) -> bytes:
        shown = [
            (story, at)
            for story in self.timeline.stories
            if (at := self.started_at + timedelta(seconds=story.after)) <= self.now()
        ]
        return pages.news_feed(shown)

    # --- CourtListener ---

    def _api(self, path: str, query: dict[str, list[str]], whole: str) -> tuple[int, bytes, str]:
        if path == "api-usage/":
            return _json(200, {"current_usage": self._usage()})
        if self.quota is not None:
            if self.quota <= 0:
                said = f"Request was throttled. Expected available in {self.retry_after} seconds."
                return _json(429, {"detail": said})
            self.quota -= 1
        if path.startswith(("dockets/", "search/")):
            ask = self._search if path == "search/" else self._dockets
            return ask(path, query)
        wanted = int((query.get("docket") or query.get("docket_entry__docket") or ["0"])[0])
        if path == "docket-entries/":
            return self._page(self._entries(wanted), query, whole)
        if path == "recap-documents/":
            return self._page([], query, whole)
        return _json(404, {"detail": "Not found."})

    def _usage(self) -> list[dict[str, Any]]:
        limit = self.daily_limit
        left = limit if self.quota is None else self.quota
        row = {"scope": "user", "rate": f"{limit}/day", "used": limit - left, "limit": limit}
        return [
            row | {"remaining": left, "window_seconds": 86_400, "reset_at": None, "blocked": False}
        ]

    def _search(self, _path: str, query: dict[str, list[str]]) -> tuple[int, bytes, str]:
        """Dockets of a court whose caption holds the phrase that was asked for."""
        phrase = query["q"][0].partition('"')[2].strip('"').lower()
        shown = {entry.number for entry, _ in self.shown()}
        rows = [
            {"docket_id": d.cl_docket_id, "caseName": d.name, "docketNumber": d.number}
            for d in self.timeline.dockets
            if d.court_id == query["court"][0] and phrase in d.name.lower() and d.number in shown
        ]
        return _json(200, {"count": len(rows), "next": None, "previous": None, "results": rows})

    def _supreme_court(self, number: str) -> tuple[int, bytes, str]:
        shown = [p for p in self.shown() if (p[0].court_id, p[0].number) == ("scotus", number)]
        if not shown:
            return 404, b"<html>not here</html>", "text/html"
        docket = self.timeline.docket("scotus", number)
        return _json(200, pages.scotus_docket(docket, shown))

    def _dockets(self, path: str, query: dict[str, list[str]]) -> tuple[int, bytes, str]:
        name = path.removeprefix("dockets/").strip("/")
        if name:
            found = [d for d in self.timeline.dockets if str(d.cl_docket_id) == name]
            return (
                _json(200, pages.cl_docket(found[0]))
                if found
                else _json(404, {"detail": "Not found."})
            )
        court_id, number = query.get("court", [""])[0], query.get("docket_number", [""])[0]
        rows = [
            pages.cl_docket(docket)
            for docket in self.timeline.dockets
            if (docket.court_id, docket.number) == (court_id, number)
        ]
        return _json(200, {"next": None, "previous": None, "results": rows})

    def _entries(self, cl_docket_id: int) -> list[dict[str, Any]]:
        rows = []
        for entry, at in self.shown():
            docket = self.timeline.docket(entry.court_id, entry.number)
            if docket.cl_docket_id == cl_docket_id:
                text_at = max(at, self.started_at + timedelta(seconds=entry.text_after))
                has_text = bool(entry.text) and text_at <= self.now()
                modified = text_at if has_text else at
                text = entry.text if has_text else ""
                rows.append(pages.cl_entry(docket, entry, at, text, modified))
        return sorted(rows, key=lambda row: row["date_modified"], reverse=True)

    def _page(
        self, rows: list[dict[str, Any]], query: dict[str, list[str]], whole: str
    ) -> tuple[int, bytes, str]:
        start = int(query.get("cursor", ["0"])[0])
        following = None
        if start + PAGE_SIZE < len(rows):
            base = whole.partition("&cursor=")[0]
            following = f"{self.base_url}{base}&cursor={start + PAGE_SIZE}"
        page = rows[start : start + PAGE_SIZE]
        return _json(200, {"next": following, "previous": None, "results": page})

    base_url: str = ""


class CourtServer:
    """Serves a court on a free port of the loopback interface."""

    def __init__(self, court: Court) -> None:
        self.court = court
        handler = type("Handler", (_Handler,), {"court": court})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        court.base_url = self.url
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> CourtServer:
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    court: Court

    def do_GET(self) -> None:
        mode = self.court.mode_of(self.path)
        status, body, content_type = self.court.answer(self.path)
        self._misbehave(mode, status, body, content_type)

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        body = self.rfile.read(length)
        if len(body) < length:
            return  # the sender died in the middle: nothing was received
        mode = self.court.mode_of(self.path)
        if mode == "ok":
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.court.received.append(Received(self.path, headers, body))
            self._send(200, b"ok", "text/plain")
        else:
            self._misbehave(mode, 200, b"ok", "text/plain")

    def _misbehave(self, mode: str, status: int, body: bytes, content_type: str) -> None:
        match mode:
            case "500" | "404" | "410":
                self._send(int(mode), b"<html>Something is wrong.</html>", "text/html")
            case "truncated":
                self._send(status, body[: len(body) // 2], content_type)
            case "html":
                self._send(
                    200, b"<!DOCTYPE html><html>We are down for maintenance.</html>", "text/html"
                )
            case "empty":
                self._send(200, b"", "text/plain")
            case "slow":
                time.sleep(3)
                self._send(status, body, content_type)
            case "huge":
                self._send(200, body + b" " * 50_000_000, content_type)
            case _:
                self._send(status, body, content_type)

    def _send(self, status: int, body: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        if status == 429:
            self.send_header("Retry-After", str(self.court.retry_after))
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            return  # the client had enough of a huge answer

    def log_message(self, *_args: object) -> None:
        """Say nothing: the demo prints what matters."""


def _json(status: int, value: object) -> tuple[int, bytes, str]:
    return status, json.dumps(value).encode(), "application/json"
