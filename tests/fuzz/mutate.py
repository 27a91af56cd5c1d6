"""What a bad item may hold: every kind of value that ever broke a reader or a database.

All is drawn from the `Random` that is given: the same seed, the same bodies.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

#: Python refuses to read or write so many digits.
DIGITS = "9" * 4_400
WORDS: tuple[str, ...] = (
    "",
    " ",
    "0",
    "-1",
    "1.5",
    "1e400",
    "NaN",
    "null",
    "true",
    DIGITS,
    f"1:25-cv-00457-{DIGITS}",
    f"1:{DIGITS}-cv-00457",
    f"26-{DIGITS}",
    "1:25-cv-00457-\u1371",  # a digit, but no decimal one
    "1:25-cv-00457-\u00b2",
    "\u0661\u0662",
    str(2**31),
    str(2**63),
    str(10**30),
    "https://[",
    "http://[::1",
    "https://[::1]:99999999/",
    "https://\u2100.example/",  # its host is another one in plain letters
    "https://x:y@[/doc1/04501234567?caseid=[",
    "//[",
    "javascript:alert(1)",
    "#entry-" + DIGITS,
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff\ud800",
    "\ufffe\uffff",
    "\x1b[31m\x07\x08\x0b\x7f\x85\x9f",
    "\u202e\u200b\u2028\ufeff",
    "&#55357;",
    "&#1114112;",
    "&#0;",
    "&#x110000;",
    f"&#{DIGITS};",
    f"&#x{'f' * 4_400};",
    f"&#{DIGITS}",
    "&nosuch;",
    "& <b>unclosed",
    "<![CDATA[",
    "]]>",
    "<5 pages>",
    "<b>" * 3_000,
    "<div>" * 3_000 + "</div>" * 3_000,
    "[" * 3_000,
    "(" * 3_000,
    "Mon, 01 Jan 0000 00:00:00 GMT",
    "Mon, 01 Jan 0001 00:00:00 +1400",
    "Fri, 31 Dec 9999 23:59:59 -1400",
    "Fri, 31 Dec 9999 23:59:59 EST",
    f"Mon, 02 Mar {DIGITS} 12:00:00 GMT",
    "Mon, 02 Mar 2026 12:00:00 +99999999",
    "Mon, 02 Mar 2026 99:99:99 GMT",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "24:00:00",
    "Jan 01 0001",
    "December 31, 9999",
    "Notice of Appeal to the Court of Appeals, USCA Case Number 26-5006",
    f"Petition for a writ of certiorari, Supreme Court No. 25-{DIGITS}",
    f"ORDER granting {DIGITS} Motion to Stay",
)
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/\u00e9\u20ac\U00010348"
ENCODINGS = (
    "x-unknown", "", "utf-7", "utf-16", "utf-32", "utf-8", "ascii", "cp037", "hex", "base64", "rot13",
    "idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "iso-8859-99",
    "windows-1259", "big5", "gb18030", "iso-2022-jp", "UTF_8_SIG", "bz2", "a" * 5_000, "..", "\u00e9",
)  # fmt: skip


def word(chance: random.Random) -> str:
    """Some value that a field may hold."""
    if chance.random() < 0.15:
        # No database compresses it, and an index takes a few thousand bytes.
        return "".join(chance.choices(_LETTERS, k=chance.choice((310, 3_000, 12_000))))
    return chance.choice(WORDS)


# --- XML ---

_PIECE = re.compile(rb"\d+|https?://[^\s\"'<>]+|[\w.:/-]+")
_FIELD = re.compile(rb"<(?!item\b|entry\b|/)([\w:]+)([^<>]*)>(.*?)</\1>", re.DOTALL)


def _as_xml(words: str, times: int) -> bytes:
    for _ in range(times):
        words = escape(words)
    return words.encode("utf-8", "surrogatepass")


def _escaped(chance: random.Random) -> bytes:
    """Words that are well-formed in XML, escaped once or, as courts do, twice."""
    words = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", word(chance))
    return _as_xml(words, chance.choice((1, 1, 2)))


def _raw(chance: random.Random) -> bytes:
    return _as_xml(word(chance), 0)


Mutation = Callable[[random.Random, bytes, bytes], bytes]


def _put_in_piece(chance: random.Random, item: bytes, new: bytes) -> bytes:
    """A number, link or word of the item's fields becomes something else."""
    fields = list(_FIELD.finditer(item))
    field = chance.choice(fields)
    start = field.start(3)
    pieces = list(_PIECE.finditer(field[3]))
    if not pieces:
        return item[:start] + new + item[field.end(3) :]
    piece = chance.choice(pieces)
    return item[: start + piece.start()] + new + item[start + piece.end() :]


def _put_in_field(chance: random.Random, item: bytes, new: bytes) -> bytes:
    field = chance.choice(list(_FIELD.finditer(item)))
    return item[: field.start(3)] + new + item[field.end(3) :]


def _put_in_attribute(chance: random.Random, item: bytes, new: bytes) -> bytes:
    values = list(re.finditer(rb'="([^"]*)"', item))
    if not values:
        return _put_in_field(chance, item, new)
    value = chance.choice(values)
    return item[: value.start(1)] + new.replace(b'"', b"&quot;") + item[value.end(1) :]


def _drop_field(chance: random.Random, item: bytes, _: bytes) -> bytes:
    field = chance.choice(list(_FIELD.finditer(item)))
    return item[: field.start()] + item[field.end() :]


def _double_field(chance: random.Random, item: bytes, new: bytes) -> bytes:
    field = chance.choice(list(_FIELD.finditer(item)))
    double = b"<%s%s>%s</%s>" % (field[1], field[2], new, field[1])
    return item[: field.start()] + double + item[field.start() :]


def _swap_fields(chance: random.Random, item: bytes, _: bytes) -> bytes:
    fields = list(_FIELD.finditer(item))
    if len(fields) < 2:
        return item
    one, other = sorted(chance.sample(fields, 2), key=lambda field: field.start())
    between = item[one.end(3) : other.start(3)]
    return item[: one.start(3)] + other[3] + between + one[3] + item[other.end(3) :]


_WELL_FORMED: tuple[Mutation, ...] = (
    _put_in_piece, _put_in_piece, _put_in_field, _put_in_attribute, _drop_field, _double_field,
    _swap_fields,
)  # fmt: skip


def spoil_item(chance: random.Random, item: bytes) -> bytes:
    """An item of a feed with something odd in it, and well-formed all the same."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        if not _FIELD.search(item):
            break
        item = chance.choice(_WELL_FORMED)(chance, item, _escaped(chance))
    return item


def break_item(chance: random.Random, item: bytes) -> bytes:
    """An item of a feed that is ill-formed: raw words, tags swapped, bytes flipped."""
    how = chance.randrange(3)
    if how == 0:
        return chance.choice(_WELL_FORMED)(chance, item, _raw(chance))
    if how == 1:
        tags = list(re.finditer(rb"</?(?!item|entry)[\w:]+[^<>]*>", item))
        one, other = sorted(chance.sample(tags, 2), key=lambda tag: tag.start())
        between = item[one.end() : other.start()]
        return item[: one.start()] + other[0] + between + one[0] + item[other.end() :]
    return flip(chance, item, chance.choice((1, 3, 10)), within=(6, -8))


# --- JSON ---

_DEEP = 30_000
_VALUES: tuple[bytes, ...] = (
    b"null", b"true", b"false", b"0", b"-1", b"1.5", b"-0.0", b"1e400", b"-1e400", b"NaN", b"Infinity",
    DIGITS.encode(), b"-" + DIGITS.encode(), str(2**31).encode(), str(2**63).encode(),
    str(10**30).encode(), b"[]", b"{}", b"[null]", b'[{"a": 1}]', b'{"a": {"b": [1, 2]}}',
    b"[" * _DEEP + b"]" * _DEEP, b'{"a":' * _DEEP + b"1" + b"}" * _DEEP,
    b'"\\ud83d"', b'"\\ude00\\ud83d x"', b'"\\u0000"', b'"a\x00b"', b'"\x1b\x07\n"', b'"\xff\xe9"',
    b'"\xed\xa0\x80"',
)  # fmt: skip
_PLACE = "\u241e the place \u241e"


def json_value(chance: random.Random) -> bytes:
    """Some value, as it stands in a body."""
    if chance.random() < 0.5:
        return chance.choice(_VALUES)
    return json.dumps(word(chance), ensure_ascii=chance.random() < 0.5).encode(
        "utf-8", "surrogatepass"
    )


def spoil_json(chance: random.Random, whole: object, bad: Any) -> bytes:
    """A body in which one of the rows holds something odd; `bad` is that row within the whole."""
    values: list[tuple[bytes, bytes]] = []
    for _ in range(chance.choice((1, 1, 2, 4))):
        place = f"{_PLACE}{len(values)}"
        values.append((json.dumps(place).encode(), json_value(chance)))
        _put(chance, bad, place)
    body = json.dumps(whole).encode()
    for place_, value in values:
        body = body.replace(place_, value)
    if chance.random() < 0.1:  # a key twice: the last one stands
        key = chance.choice([key for key in bad if isinstance(key, str)] or ["id"])
        mark = json.dumps(bad.get(key)).encode() if isinstance(bad, dict) else b"0"
        pair = json.dumps(key).encode() + b": " + mark
        body = body.replace(pair, pair + b", " + json.dumps(key).encode() + b": 1", 1)
    return body


def _put(chance: random.Random, row: Any, new: str) -> None:
    """Put a value somewhere into a row, however deep; sometimes take a key away."""
    keys: Sequence[Any] = list(row) if isinstance(row, dict) else range(len(row))
    if not keys:
        return
    key = chance.choice(keys)
    if isinstance(row[key], dict | list) and row[key] and chance.random() < 0.7:
        _put(chance, row[key], new)
    elif isinstance(row, dict) and chance.random() < 0.1:
        del row[key]
    else:
        row[key] = new


# --- whole bodies ---


def flip(chance: random.Random, body: bytes, count: int, within: tuple[int, int] = (0, 0)) -> bytes:
    """Some bytes become others; `within` leaves so many at the begin and the end."""
    found = bytearray(body)
    start, end = within[0], len(found) + within[1]
    for _ in range(count if start < end else 0):
        found[chance.randrange(start, end)] = chance.randrange(256)
    return bytes(found)


def spoil_body(chance: random.Random, body: bytes) -> bytes:
    """A body that arrives damaged: cut, with pieces twice or missing, bytes flipped, recoded."""
    one, other = sorted(chance.randrange(len(body) + 1) for _ in range(2))
    match chance.randrange(9):
        case 0:
            return body[:one]
        case 1:
            return body[:one] + body[other:]
        case 2:
            return body[:other] + body[one:]
        case 3:
            return flip(chance, body, chance.choice((1, 5, 50)))
        case 4:
            return body[:one] + _raw(chance) + body[one:]
        case 5:
            return body.decode("utf-8", "replace").encode(chance.choice(("utf-16", "utf-32")))
        case 6:
            return body + body[one:other]
        case 7:
            return body[one:other][::-1] + body[one:]
        case _:
            return chance.choice((b"", b" ", b"{", b"[]", b"null", b"<", b"<rss>", b"\xff\xfe<"))


def recode(chance: random.Random, body: bytes) -> bytes:
    """A feed that claims to be in another encoding than it is."""
    name = chance.choice(ENCODINGS).encode()
    declaration = b'<?xml version="1.0" encoding="' + name + b'"?>'
    return re.sub(rb"^(?:<\?xml[^>]*>)?", lambda _: declaration, body, count=1)
