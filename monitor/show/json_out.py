"""Every typed answer as JSON, by one codec: for commands, pages and programs."""

from __future__ import annotations

import re

from monitor.normalize.text import without_hiding

_NOT_ASCII = re.compile(r"[^\n\x20-\x7e]")


def json_text(value: object, *, indent: int | None = None, encoding: str = "utf-8") -> str:
    """A typed answer as JSON: dataclasses become objects, moments ISO 8601 with their zone.

    What a terminal obeys, or cannot show, is written as an escape: the value stays the same.
    """
    from pydantic_core import to_json

    text = to_json(value, indent=indent).decode()
    if not encoding.lower().replace("-", "").startswith("utf"):
        return _NOT_ASCII.sub(lambda found: _escape(found[0]), text)
    if without_hiding(text) == text:
        return text
    return "".join(one if without_hiding(one) == one else _escape(one) for one in text)


def _escape(sign: str) -> str:
    units = sign.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
