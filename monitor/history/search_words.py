"""What somebody looks for, in a line of words: read, and bounded.

    kind:order court:cadc "stay pending appeal" -hearing filed:>=2026-01-01 seen:P7D

All of it must hold. `OR` stands between two terms, `-` excludes, quotes hold words together and in
their order, `*` at the end of a word finds its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from monitor.errors import UsageError
from monitor.history.search_fields import READERS, check_holds_words, read_words
from monitor.history.search_terms import (
    AllOf,
    AnyOf,
    Condition,
    KindIs,
    OnDocket,
    SearchQuery,
    Without,
    Words,
)
from monitor.normalize.docket_number import is_docket_number, normalize_docket_number
from monitor.normalize.text import without_hiding
from monitor.settings.problems import did_you_mean

LONGEST, MOST_TERMS = 500, 30


# --- reading ---

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
#: One term: perhaps excluded, perhaps with its field, quoted or not.
_TERM = re.compile(
    r"""(?P<minus>-)? (?:(?P<field>[^\W\d]\w*):)? (?: "(?P<quoted>[^"]*)" (?P<star>\*)? (?=\s|$)
    | (?P<bare>[^\s"]*) (?=\s|$) )""",
    re.VERBOSE,
)


def read_query(raw: str, now: datetime) -> SearchQuery:
    """What a line asks for, at this moment. Raises UsageError, which names what it cannot read."""
    if len(raw) > LONGEST:
        raise UsageError(f"{len(raw):,} signs are too many: no more than {LONGEST}")
    tokens = list(_tokens(without_hiding(raw).translate(_QUOTES)))
    if not tokens:
        raise UsageError('say what to look for, as: kind:order "stay pending appeal"')
    if len(tokens) > MOST_TERMS:
        raise UsageError(f"{len(tokens)} terms are too many: no more than {MOST_TERMS}")
    return SearchQuery(AllOf(tuple(_joined(tokens, now))))


def _tokens(raw: str) -> Iterator[re.Match[str]]:
    place, end = 0, len(raw)
    while place < end:
        if raw[place].isspace():
            place += 1
            continue
        found = _TERM.match(raw, place)
        if found is None or found.end() == place:
            raise UsageError(_misquoted(raw, place))
        yield found
        place = found.end()


def _misquoted(raw: str, place: int) -> str:
    rest = raw[place:]
    if rest.count('"') % 2:
        return f"a quote is not closed: {rest!r}"
    return f"{rest!r}: quotes stand around whole words, with blanks outside"


def _joined(tokens: list[re.Match[str]], now: datetime) -> Iterator[Condition]:
    """The terms, and those between which OR stands as one."""
    groups: list[list[Condition]] = []
    is_open = False
    for place, token in enumerate(tokens):
        match token[0]:
            case "OR":
                _check_or(tokens, place)
                is_open = True
            case "AND" | "NOT":
                raise UsageError(_not_an_operator(token[0]))
            case _:
                groups = groups if is_open else [*groups, []]
                groups[-1].append(_condition(token, now))
                is_open = False
    yield from (group[0] if len(group) == 1 else AnyOf(tuple(group)) for group in groups)


def _check_or(tokens: list[re.Match[str]], place: int) -> None:
    beside = (tokens[place - 1][0] if place else "OR", *(one[0] for one in tokens[place + 1 :][:1]))
    if len(beside) < 2 or "OR" in beside:
        raise UsageError("OR stands between two terms; put the word itself in quotes")


def _not_an_operator(word: str) -> str:
    said = "all terms must hold anyway" if word == "AND" else "write - before what to leave out"
    return f"{word} is no operator here: {said}; put the word itself in quotes"


def _condition(token: re.Match[str], now: datetime) -> Condition:
    quoted = token["quoted"]
    value = token["bare"] if quoted is None else quoted + (token["star"] or "")
    term = _term(token, value, now)
    return Without(_surely(term)) if token["minus"] else term


def _surely(term: Condition) -> Condition:
    """What is left out for its kind is surely of that kind: what may be another is shown."""
    return replace(term, is_sure=True) if isinstance(term, KindIs) else term


def _term(token: re.Match[str], value: str, now: datetime) -> Condition:
    name = token["field"]
    if name is None:
        check_holds_words(value, token[0])
        return _words_or_docket(token, value)
    read = READERS.get(name.lower())
    if read is None:
        tip = f"{did_you_mean(name.lower(), READERS)}; in quotes it would be words"
        raise UsageError(f"no field is called {name!r}{tip}")
    if not value.strip():
        raise UsageError(f"{name}: says nothing: write its value behind it, without a blank")
    return read(value.strip(), now)


# --- words ---


def _words_or_docket(token: re.Match[str], value: str) -> Condition:
    """Words; and what is a docket number is found in every spelling, and names its docket."""
    words = read_words(value)
    number = normalize_docket_number(value)
    if words.is_prefix or token["quoted"] is not None or not is_docket_number(number):
        return words
    spellings = dict.fromkeys((words.text, number, number.partition(":")[2] or number))
    return AnyOf((*map(Words, spellings), OnDocket(number, is_meant=False)))
