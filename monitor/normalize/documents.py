"""PACER's ids of documents."""

from __future__ import annotations

from monitor.normalize.text import short_name


def normalize_document_id(raw: str) -> str:
    """PACER's document id; its fourth digit is 0 or 1 for the same document.

    >>> normalize_document_id("04519652404")
    '04509652404'
    """
    name = short_name(raw)
    return f"{name[:3]}0{name[4:]}" if len(name) >= 4 and name.isdecimal() else name
