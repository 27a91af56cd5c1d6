"""What settings are made of: ids, addresses, lengths of time, and places where secrets are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from monitor.passwords import without_password

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)")
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
#: A name, in any letters, or an address of numbers.
_HOST = re.compile(r"[\w.-]+|[0-9a-f:.]+(?:%\w+)?")
_LONGEST = timedelta(days=30)


def parse_duration(raw: object) -> timedelta:
    """A length of time such as `90s`, `10m`, `2h`, `1d`.

    >>> parse_duration("10m")
    datetime.timedelta(seconds=600)
    """
    duration = _parse_length(raw)
    if not timedelta(seconds=1) <= duration <= _LONGEST:
        raise ValueError(f"{raw!r} is out of bounds: from 1s to 30d")
    return duration


def _parse_length(raw: object) -> timedelta:
    if isinstance(raw, timedelta):
        return raw
    match = _DURATION.fullmatch(str(raw).strip())
    if not match:
        raise ValueError(f"{raw!r} is no length of time: write 90s, 10m, 2h or 1d")
    try:
        return timedelta(seconds=float(match[1]) * _SECONDS[match[2][0]])
    except OverflowError as exc:
        raise ValueError("a length of time is out of bounds: no more than 30d") from exc


def parse_wait(raw: object) -> timedelta:
    """A length of time that may be nothing: `90s`, or 0.

    >>> parse_wait(0)
    datetime.timedelta(0)
    """
    return timedelta() if str(raw).strip() == "0" else _parse_length(raw)


def parse_url(raw: object) -> object:
    """A web address, as it stands. Errors show only its host: the rest may be secret."""
    if not isinstance(raw, str) or not re.match(r"https?://[^\s/]+", raw):
        raise ValueError(f"{_host_of(raw)!r} is no web address: it begins with https://")
    if not _can_be_asked(raw):
        raise ValueError(f"{_host_of(raw)!r} is no web address: its host or port is wrong")
    return raw


def _host_of(raw: object) -> object:
    if not isinstance(raw, str):
        return raw
    shown = re.match(r"(?:\w*:?//)?[^/?#]*", without_password(raw))
    return f"{shown[0]}…" if shown and shown[0] != raw else raw


def _can_be_asked(raw: str) -> bool:
    """Whether there can be such a host: an address shall not be refused when an order waits."""
    try:
        parts = urlsplit(raw)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return raw.isprintable() and bool(_HOST.fullmatch(host)) and port != 0


def fits_a_header(text: str) -> bool:
    """Whether a header of a request can hold this."""
    return text.isascii() and text.isprintable()


Duration = Annotated[timedelta, BeforeValidator(parse_duration)]
Wait = Annotated[timedelta, BeforeValidator(parse_wait)]
Url = Annotated[str, BeforeValidator(parse_url)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class Strict(BaseModel):
    """Takes the keys that are documented, and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SecretAt(Strict):
    """Where a secret is: never the secret itself."""

    env: str = ""
    file: str = ""
    credential: str = ""

    @model_validator(mode="before")
    @classmethod
    def _not_here(cls, raw: Any) -> Any:
        # A bare word in braces is a key without a value: it may be the secret, and is not shown.
        is_place = isinstance(raw, SecretAt) or (
            isinstance(raw, Mapping) and None not in raw.values()
        )
        if not is_place:
            raise ValueError(
                "a secret does not stand in the configuration: write {env: NAME}, {file: PATH} "
                "or {credential: NAME}"
            )
        return raw

    @model_validator(mode="after")
    def _one_place(self) -> SecretAt:
        if sum(map(bool, (self.env, self.file, self.credential))) != 1:
            raise ValueError("name one place: {env: NAME}, {file: PATH} or {credential: NAME}")
        return self
