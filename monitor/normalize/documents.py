"""PACER's ids of documents."""

from __future__ import annotations


def normalize_document_id(raw: str) -> str:
    """PACER's document id; its fourth digit is 0 or 1 for the same document.

    >>> normalize_document_id("04519652404")
    '04509652404'
    """
    return f"{raw[:3]}0{raw[4:]}" if len(raw) >= 4 and raw.isdecimal() else raw
