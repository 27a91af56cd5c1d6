"""What leaves the house holds no sign that nobody sees: the border of mails and webhooks.

Sources are cleaned when they are read; this holds for all else, too: labels of packs, answers of
servers, alerts that an older version stored.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from monitor.normalize.text import without_hiding

T = TypeVar("T")


def visible(told: T) -> T:
    """The same value, with the words in it as a reader sees them."""
    return _visible(told)  # type: ignore[return-value]


def _visible(value: object) -> object:
    if type(value) is str:  # the names of an enumeration are ours
        return without_hiding(value)
    if isinstance(value, tuple):
        return tuple(map(_visible, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{one.name: _visible(getattr(value, one.name)) for one in fields(value)}
        )
    return value
