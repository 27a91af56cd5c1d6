"""Is this item about the case? Names, numbers and required words; no guesses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from monitor.model.news import Match, NewsItem
from monitor.model.watch import NewsTerms


def match_story(item: NewsItem, terms: Sequence[NewsTerms]) -> tuple[Match, ...]:
    """Every case that the item is about, with the words that say so."""
    text = fold(f"{item.title} . {item.summary}")
    found = []
    for wanted in terms:
        words = _deciding_words(text, wanted)
        if words and not any(holds(text, word) for word in wanted.exclude):
            found.append(Match(wanted.case_id, words))
    return tuple(found)


def fold(text: str) -> str:
    """Lower case without accents, and one kind of dash, quote and blank."""
    text = text.replace("\u2019", "'").replace("\u2018", "'")
    text = re.sub(r"[\u2010-\u2015]", "-", text)
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())


def holds(text: str, words: str) -> bool:
    """Whether the folded text holds these words as whole words."""
    return re.search(rf"(?<!\w){re.escape(fold(words))}(?!\w)", text) is not None


def _deciding_words(text: str, wanted: NewsTerms) -> tuple[str, ...]:
    for name in (*wanted.names, *wanted.docket_numbers):
        if holds(text, name):
            return (name,)
    for combination in wanted.combinations:
        if all(_any_of(text, words) for words in combination):
            return combination
    return ()


def _any_of(text: str, alternatives: str) -> bool:
    """`IRS|Internal Revenue Service` asks for either."""
    return any(holds(text, word) for word in alternatives.split("|"))
