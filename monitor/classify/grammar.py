"""What an entry is, by the grammar of its first words: a head, what qualifies it, what follows.

"Motion for Order" is a motion, "Pretrial Conference Order" an order, "Notice of Hearing on Motion"
a notice: the last known noun before a preposition says what a paper is.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from monitor.classify.vocabulary.verbs import words

#: A phrase that has a head ends before these.
_STOPS = words(
    """a about after against an and are as at be been before being by concerning due for from has
    have if in into is may must no not of on or per purs pursuant re regarding shall that the
    this to under until upon via was were when where which who why will with within without"""
)
#: Words in -ing that name a thing.
_NAMES_IN_ING = words(
    """accounting billing briefing charging docketing evening filing finding funding hearing
    housing listing mailing meeting offering pleading proceeding processing recording
    rehearing ruling scheduling screening sentencing training"""
)
_TOKEN = re.compile(r"[a-z0-9§][a-z0-9§'.]*|[^\sa-z0-9]")
#: Behind these another thought begins, head or not.
_FULL_STOPS = frozenset(":;")
_LONGEST_HEAD = 3
#: A name that begins with one of these is one, whatever nouns follow: "Order Setting Conference".
_LEADS = frozenset({"order", "notice"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """The first words, taken apart."""

    #: What qualifies the head; all words of the phrase where no head is known.
    before: str
    #: As the vocabulary spells it; empty where no word of the phrase is known.
    head: str
    #: All that follows the head.
    after: str
    #: Another head of which a slash makes an equal: "Order/Notice".
    equal: str = ""
    #: Whether a second phrase follows behind an "and".
    is_joined: bool = False
    #: Whether a preposition or a verb stands before the head: a sentence more than a name.
    is_loose: bool = False

    @property
    def words(self) -> str:
        """The phrase itself, to its head."""
        return f"{self.before} {self.head}".strip()


def take_apart(heading: str, heads: Container[str]) -> Phrase:
    """The first phrase of a heading (see `heading`), in lower case.

    >>> phrase = take_apart("pretrial conference order re motion", {"order", "conference"})
    >>> phrase.before, phrase.head, phrase.after
    ('pretrial conference', 'order', 're motion')
    """
    tokens: list[str] = []
    #: The last head so far: where it begins and ends among the tokens, and in the words.
    found: tuple[int, int, str] | None = None
    is_joined = is_loose = False
    for token in _TOKEN.finditer(heading):
        word = token[0].rstrip(".'")
        if _ends_before(word, has_head=found is not None) and not _is_glued(heading, token):
            is_joined = word == "and"
            break
        is_loose = is_loose or (found is None and (word in _STOPS or is_participle(word)))
        if word[:1].isalnum() or word == "/":
            tokens.append(word)
        if head := _head_at_end(tokens, heads):
            found = (len(tokens) - len(head.split()), token.start() + len(word), head)
            if tokens[0] == head and head in _LEADS and not heading.startswith("/", token.end()):
                break
            if token[0].endswith(".") and len(word) > 3:
                break
    if found is None:
        return Phrase(" ".join(tokens), "", "")
    begin, end, head = found
    after = heading[end:].lstrip(" ,-/()[]")
    is_joined = is_joined and after.startswith("and ")
    before = tokens[:begin]
    return Phrase(" ".join(before), head, after, _equal(before, heads), is_joined, is_loose)


def _is_glued(heading: str, token: re.Match[str]) -> bool:
    """A hyphen or a slash between two words makes one thing of them: "Trial/Hearing Exhibits"."""
    return token[0] in "-/" and heading[token.start() - 1 : token.start()] != " "


def _ends_before(word: str, *, has_head: bool) -> bool:
    """Only where a head is known: "Revocation of Supervised Release - Final Hearing" goes on."""
    is_end = not word[:1].isalnum() or word in _STOPS or is_participle(word)
    return is_end and (has_head or word in _FULL_STOPS)


def is_participle(word: str) -> bool:
    """Whether it says what is done: "granting", "filed"."""
    return word.endswith("ed") or (word.endswith("ing") and word not in _NAMES_IN_ING)


def _head_at_end(tokens: list[str], heads: Container[str]) -> str:
    for length in range(min(_LONGEST_HEAD, len(tokens)), 0, -1):
        name = " ".join(tokens[-length:])
        if name in heads:
            return name
        for plural, single in (("ies", "y"), ("s", "")):
            if name.endswith(plural) and (one := name.removesuffix(plural) + single) in heads:
                return one
    return ""


def _equal(before: list[str], heads: Container[str]) -> str:
    return _head_at_end(before[:-1], heads) if before and before[-1] == "/" else ""
