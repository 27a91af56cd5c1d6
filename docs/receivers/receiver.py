"""An example of a receiver: prints one line for each alert that arrives by webhook.

DOCKET_WEBHOOK_SECRET=whsec_… python receiver.py PORT [FILE]

FILE remembers the ids of what was printed. While secrets change, the variable may hold several,
with blanks or commas between them: what is signed with any of them is taken.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

LONGEST_BODY = 8 * 1024 * 1024
SECRETS = os.environ.get("DOCKET_WEBHOOK_SECRET", "").replace(",", " ").split()
WEBHOOKS = [Webhook(secret) for secret in SECRETS]
FILE = sys.argv[2] if len(sys.argv) > 2 else "seen.db"


def verified(body: bytes, headers: dict[str, str]) -> Any:
    """The document, if one of the secrets signed it within five minutes of now; else None."""
    for webhook in WEBHOOKS:
        # ValueError: what stands in place of a signature is none.
        with suppress(WebhookVerificationError, ValueError):
            return webhook.verify(body, headers)
    return None


def line_of(alert: dict[str, Any]) -> str:
    """Topic, kind, case, words and address, as far as the topic has them; always one line."""
    cases = [alert["case"]] if "case" in alert else alert.get("cases", [])
    entry = (alert.get("entries") or [{}])[0]
    story = alert.get("story", {})
    parts = [
        alert["topic"],
        alert.get("kind", ""),
        ", ".join(case["label"] for case in cases),
        entry.get("headline") or story.get("title") or alert.get("reason", ""),
        alert.get("document_url") or entry.get("url") or story.get("url", ""),
    ]
    return " ".join(" | ".join(filter(None, parts)).split())


def print_once(webhook_id: str, alerts: list[dict[str, Any]]) -> str:
    """Printed first, remembered then: a crash between them shows it twice, and never loses it."""
    with closing(sqlite3.connect(FILE)) as database, database:
        database.execute("CREATE TABLE IF NOT EXISTS seen (webhook_id TEXT PRIMARY KEY)")
        # Two requests at once: the second waits here until the first is remembered.
        insert = "INSERT OR IGNORE INTO seen VALUES (?)"
        if not database.execute(insert, (webhook_id,)).rowcount:
            return "seen before"
        print(*map(line_of, alerts), sep="\n", flush=True)
    return "printed"


class Receiver(BaseHTTPRequestHandler):
    timeout = 20  # seconds of silence from the sender

    def do_POST(self) -> None:
        try:
            status, words = self.judge()
        except (OSError, sqlite3.Error):
            status, words = 503, "cannot be kept now"  # the monitor tries again
        self.send_response(status)
        self.end_headers()
        self.wfile.write(words.encode())

    def judge(self) -> tuple[int, str]:
        length = self.headers.get("content-length", "")
        if not length.isdecimal():
            return 411, "the length is missing"
        body = self.body(int(length))
        if body is None:
            return 413, "too large"
        headers = {name.lower(): value for name, value in self.headers.items()}
        document = verified(body, headers)
        if document is None:
            return 401, "not signed with a secret of ours, or not now"
        if document.get("schema_version") != 2 or "data" not in document:
            return 422, "not a document of version 2"
        return 200, print_once(headers["webhook-id"], document["data"]["alerts"])

    def body(self, length: int) -> bytes | None:
        """The bytes as they came; None if there are too many."""
        if length <= LONGEST_BODY:
            return self.rfile.read(length)
        # Read and dropped: else the sender would not hear the answer.
        while length > 0 and (chunk := self.rfile.read(min(length, 65_536))):
            length -= len(chunk)
        return None


if __name__ == "__main__":
    if not WEBHOOKS or len(sys.argv) < 2:
        sys.exit("usage: DOCKET_WEBHOOK_SECRET=whsec_… python receiver.py PORT [FILE]")
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
    print(f"listening on http://127.0.0.1:{server.server_port}/", file=sys.stderr, flush=True)
    server.serve_forever()
