"""The piece of a text in which the words stand that somebody looked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from monitor.history.search_terms import Words

#: Signs shown before the first match, and of the whole piece.
_BEFORE, _LONGEST = 60, 240
#: A word as both databases part them: letters and digits, with the marks upon them.
_WORD = re.compile(r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*")


@dataclass(frozen=True, slots=True)
class SnippetPart:
    """Some of a text, and whether it was looked for."""

    text: str
    is_match: bool


class _Token(NamedTuple):
    start: int
    end: int
    folded: str


def snippet(texts: Sequence[str], wanted: Sequence[Words]) -> tuple[SnippetPart, ...]:
    """A piece of the first text that holds something wanted; else the beginning of the first."""
    for text in texts:
        if spans := _spans(text, wanted):
            return tuple(_piece(text, spans))
    first = next(filter(None, texts), "")
    return (SnippetPart(_cut(first, 0, _LONGEST), False),) if first else ()


def folded(word: str) -> str:
    """A word as it is compared: without case and without the marks upon its letters.

    >>> folded("RÉSUMÉ")
    'resume'
    """
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _tokens(text: str) -> list[_Token]:
    if text.isascii():
        low, words = text.lower(), _WORD.finditer(text)
        return [_Token(start, end, low[start:end]) for start, end in (one.span() for one in words)]
    return [_Token(one.start(), one.end(), folded(one[0])) for one in _WORD.finditer(text)]


def _spans(text: str, wanted: Sequence[Words]) -> list[tuple[int, int]]:
    """Where something wanted stands, in order, without overlaps."""
    if text.isascii() and not any(_may_stand(text.lower(), words) for words in wanted):
        return []
    tokens = _tokens(text)
    found = sorted(span for words in wanted for span in _places(tokens, words))
    apart: list[tuple[int, int]] = []
    for start, end in found:
        if apart and start <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        else:
            apart.append((start, end))
    return apart


def _may_stand(low: str, words: Words) -> bool:
    """Whether the first word stands in these letters, if only within another word."""
    return all(token.folded in low for token in _tokens(words.text)[:1])


def _places(tokens: Sequence[_Token], words: Words) -> Iterator[tuple[int, int]]:
    looked_for = [token.folded for token in _tokens(words.text)]
    count = len(looked_for)
    for at in range(len(tokens) - count + 1 if count else 0):
        if not tokens[at].folded.startswith(looked_for[0]):
            continue
        some = tokens[at : at + count]
        *first, last = (token.folded for token in some)
        is_last = last.startswith(looked_for[-1]) if words.is_prefix else last == looked_for[-1]
        if is_last and first == looked_for[:-1]:
            yield some[0].start, some[-1].end


def _piece(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[SnippetPart]:
    begin = _word_begins(text, max(0, spans[0][0] - _BEFORE))
    finish = begin + _LONGEST
    at = begin
    for start, end in spans:
        if end > finish and at > begin:
            break
        if start > at:
            yield SnippetPart(("…" if at == begin > 0 else "") + text[at:start], False)
        yield SnippetPart(text[start:end], True)
        at = end
    if at < len(text):
        yield SnippetPart(_cut(text, at, max(0, finish - at)), False)


def _word_begins(text: str, place: int) -> int:
    """No piece begins within a word, unless the word is very long."""
    blank = text.rfind(" ", max(0, place - 30), place)
    return blank + 1 if place and blank >= 0 else place


def _cut(text: str, start: int, length: int) -> str:
    if len(text) - start <= length:
        return text[start:]
    blank = text.rfind(" ", start, start + length)
    return text[start : blank if blank > start else start + length] + "…"
