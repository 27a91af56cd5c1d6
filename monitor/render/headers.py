"""Headers of a mail, written by ourselves: the bytes are the same on every Python.

The standard library reads a header before it writes it, and decodes what looks like an encoded
word (RFC 2047) in it: "=?utf-8?q?=0D=0ABcc:_…?=" in a headline then became a header of its own
(CVE-2024-6923), and ids longer than a line became encoded words that lead to no thread. So these
classes parse nothing, and fold by themselves.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, MutableMapping, Sequence
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy

from monitor.normalize.text import without_hiding
from monitor.render.mailbox import Mailbox, parse_mailbox

#: RFC 2047: a line with an encoded word has at most 76 letters.
_LINE = 76
#: Bytes of text in one encoded word: it then fits behind the name of each header of ours.
_IN_A_WORD = 36
#: A word that is longer is encoded, because it may be broken then.
_LONGEST_WORD = 60
_LONGEST_TEXT = 300
_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+")


class _Written:
    """A header that is kept as it was given: nothing in it is decoded."""

    name: str
    max_count = 1

    @classmethod
    def parse(cls, value: str, kwds: MutableMapping[str, object]) -> None:
        kwds["decoded"] = str(value)
        kwds["parse_tree"] = ""

    def fold(self, *, policy: Policy) -> str:
        return _folded(self.name, self._words(), policy.linesep)

    def _words(self) -> Sequence[str]:
        return text_words(str(self))


class _Ids(_Written):
    """Ids: an encoded or a broken one would lead to no thread."""

    def _words(self) -> Sequence[str]:
        return str(self).split()


class _Person(_Written):
    """From or To."""

    def _words(self) -> Sequence[str]:
        box = parse_mailbox(str(self))
        return [*_name_words(box.name), f"<{box.address}>"] if box.name else [box.address]


def _header_factory() -> HeaderRegistry:
    registry = HeaderRegistry()
    kinds: dict[type[_Written], Sequence[str]] = {
        _Written: ("subject",),
        _Person: ("from", "to"),
        _Ids: (
            *("message-id", "in-reply-to", "references", "list-id", "x-docket-monitor-delivery"),
            *("list-unsubscribe", "list-unsubscribe-post"),
        ),
    }
    for kind, names in kinds.items():
        for name in names:
            registry.map_to_type(name, kind)  # type: ignore[arg-type]
    return registry


_FACTORY = _header_factory()


def mail_policy(*, is_utf8: bool) -> EmailPolicy[EmailMessage]:
    """How our mails are written; `is_utf8` where an address has no spelling in ASCII."""
    return SMTP.clone(header_factory=_FACTORY, utf8=is_utf8)


def one_line(text: str) -> str:
    """A text that may stand in a header: it holds nothing that a mail program would act on.

    >>> one_line("Order\\r\\nBcc: =?utf-8?q?x?=")
    'Order Bcc: = ?utf-8?q?x?='
    """
    # What looks like an encoded word is broken: whoever passes a mail on may decode it.
    return " ".join(without_hiding(text).replace("=?", "= ?").split())[:_LONGEST_TEXT].rstrip()


def person(box: Mailbox) -> str:
    """Somebody, as `_Person` reads him again."""
    name = one_line(box.name)
    return f"{_quoted(name)} <{box.address}>" if name else box.address


def text_words(text: str) -> list[str]:
    """The words of a header, as they are or encoded."""
    return _encoded_where(text.split(), _is_plain)


def _encoded_where(words: list[str], is_plain: Callable[[str], object]) -> list[str]:
    """These words; from the first to the last that is not plain they are encoded."""
    odd = [place for place, word in enumerate(words) if not is_plain(word)]
    if not odd:
        return words
    first, last = odd[0], odd[-1] + 1
    return [*words[:first], *_encoded(" ".join(words[first:last])), *words[last:]]


def _is_plain(word: str) -> bool:
    return word.isascii() and len(word) <= _LONGEST_WORD and "=?" not in word


def _name_words(name: str) -> list[str]:
    words = one_line(name).split()
    if all(map(_is_plain, words)) and not all(map(_ATOM.fullmatch, words)):
        return _quoted(" ".join(words)).split()
    return _encoded_where(words, lambda word: _is_plain(word) and _ATOM.fullmatch(word))


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _encoded(text: str) -> list[str]:
    """Encoded words that hold this text: broken at blanks, for readers that show the break.

    Where a word is too long for that, no letter is cut in two (RFC 2047, 5).
    """
    parts = [b""]
    for word in re.findall(r" ?[^ ]+", text):
        is_short = len(word.encode()) <= _IN_A_WORD
        for piece in (one.encode() for one in ([word] if is_short else word)):
            if len(parts[-1]) + len(piece) > _IN_A_WORD:
                parts.append(b"")
            parts[-1] += piece
    return [f"=?utf-8?b?{base64.b64encode(part).decode()}?=" for part in parts]


def _folded(name: str, words: Sequence[str], linesep: str) -> str:
    """A header in lines. Its first word stands beside its name: filters look for it there."""
    lines = [" ".join([f"{name}:", *words[:1]])]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= _LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(f" {word}")
    return linesep.join(lines) + linesep
