"""Fields of what a parser made of an answer: JSON rows and entries of feeds alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def word(row: Mapping[str, Any], name: str) -> str:
    """A field as text; empty where it is none, as a server or a parser sometimes says."""
    value = row.get(name)
    return value if isinstance(value, str) else ""
