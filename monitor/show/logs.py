"""Logs: a constant message with ids as fields, as text or as JSON lines. Never a secret."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from monitor.normalize.text import without_hiding
from monitor.passwords import hide_passwords
from monitor.show.cli.terminal import unguarded

#: What every record has; whatever else it carries was given as a field.
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class FieldFormatter(logging.Formatter):
    """`2026-03-05T14:05:00Z INFO polled source_id=court:dcd items=3`."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        own = {k: v for k, v in vars(record).items() if k not in _STANDARD}
        fields = {k: hide_passwords(v) if isinstance(v, str) else v for k, v in own.items()}
        said = hide_passwords(record.getMessage())
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        trace = hide_passwords(self.formatException(record.exc_info)) if record.exc_info else ""
        if self._as_json:
            line = {"at": at, "level": record.levelname, "message": said, **fields}
            return json.dumps(line | ({"traceback": trace} if trace else {}), default=_text)
        words = [f"{name}={_value(value)}" for name, value in fields.items() if value != ""]
        line_ = " ".join([at, record.levelname, _one_line(said), *words])
        # Indented, and without what a terminal obeys: an exception may hold fetched text.
        lines = (f"\n  {without_hiding(one)}" for one in trace.splitlines())
        return line_ + "".join(lines)


def _text(value: object) -> str:
    return hide_passwords(str(value))


def _value(value: object) -> str:
    text = _one_line(_text(value))
    return json.dumps(text, ensure_ascii=False) if " " in text or not text else text


def _one_line(text: str) -> str:
    """One line per event: fetched text must not be able to forge another."""
    return " ".join(without_hiding(text).split())


def start_logging(*, as_json: bool = False, level: int = logging.INFO) -> None:
    # The formatter is its defence; and a disk that was full once ends no log.
    handler = logging.StreamHandler(unguarded(sys.stderr))
    handler.setFormatter(FieldFormatter(as_json=as_json))
    logging.basicConfig(level=level, handlers=[handler])
    # They print every URL, and a URL may be a secret; a migration says what nobody can use.
    for name in ("httpx", "httpcore", "asyncio", "aiosmtplib", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
