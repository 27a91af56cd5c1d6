"""Numbers as courts print them."""

from __future__ import annotations

#: What a printed number may be; a larger one is something else, and no database takes it.
LARGEST_INTEGER = 2**31


def printed_number(raw: str) -> int | None:
    """The number that is printed so; None where it is none, or one that no database takes.

    >>> printed_number("0051"), printed_number("9" * 5_000)
    (51, None)
    """
    # Python refuses to read thousands of digits.
    digits = raw.lstrip("0") or raw[-1:]
    number = int(digits) if digits.isdecimal() and len(digits) <= 10 else LARGEST_INTEGER
    return number if number < LARGEST_INTEGER else None


def whole_number(raw: object) -> int | None:
    """A number of JSON, if a database takes it; `true` is none."""
    is_whole = isinstance(raw, int) and not isinstance(raw, bool)
    return raw if is_whole and 0 <= raw < LARGEST_INTEGER else None  # type: ignore[operator, return-value]
