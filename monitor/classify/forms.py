"""The forms of words in which the vocabulary is written (see the head of `dockets.txt`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.model.docket import EntryKind

#: Between two words: blanks, brackets, dashes, commas; not what ends a sentence.
_BETWEEN = r"[^\w.:;]{1,4}"
_PREPOSITION = r"(?:re|of|to|for|in|on|by|from|and|with|as|regarding|about|concerning)"
_STAND_FOR = {
    "{higher court}": (
        r"(?:(?:the )?(?:us ?ca|u\.?s\.? ?c\.?a|\d{1,2}(?:st|nd|rd|th)? ?cca|ca(?:dc|fc|\d{1,2})"
        r"|(?:u\.?s\.? |united states )?(?:court of )?appeals(?: court)?"
        r"|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|d\.?c\.?|federal"
        r"|\d{1,2}(?:st|nd|rd|th)) circuit(?: court of appeals)?"
        r"|(?:u\.?s\.? |united states )?supreme court(?: of the united states)?"
        r"|bankruptcy appellate panel|bap|appellate court))"
    ),
    "{rules}": (
        r"(?:orders|grants|denies|continues|directs|adopts|sets|vacates|stays|dismisses|approves)\b"
    ),
}


@dataclass(frozen=True, slots=True)
class Form:
    """One line of the vocabulary, ready to be held against a heading."""

    text: str
    kind: EntryKind
    reason: str
    #: The one court whose language it is; empty where it is everybody's.
    court_id: str
    example: str
    #: The words of which one must be the head; none for an opening.
    heads: tuple[str, ...]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    @property
    def weight(self) -> int:
        """How much it says: of two forms that fit, the one with more words decides."""
        return sum(word not in {"...", "_", "$"} and word[0] != "[" for word in self.text.split())

    def fits(self, before: str, after: str, court_id: str = "") -> bool:
        """Whether it stands in what qualifies a head and in what follows it."""
        if self.court_id and court_id not in {"", self.court_id}:
            return False
        return (self.before is None or self.before.search(before) is not None) and (
            self.after is None or self.after.match(after) is not None
        )


def form_of(line: str, kind: EntryKind, reason: str, court_id: str = "") -> Form:
    """The form of a line of the vocabulary: `form : example`."""
    text, colon, example = line.rpartition(" : ")
    if not colon:
        raise ValueError(f"a line of the vocabulary without an example: {line!r}")
    text = text.strip()
    before, _, rest = text.partition("<") if "<" in text else ("", "", f">{text}")
    heads, _, after = rest.partition(">")
    return Form(
        text,
        kind,
        reason,
        court_id,
        example.strip(),
        tuple(heads.split("/")) if heads else (),
        re.compile(rf"\b{_pattern(before)}") if before.strip() else None,
        re.compile(_pattern(after)) if after.strip() else None,
    )


def _pattern(words: str) -> str:
    """The regular expression of some words of a form.

    >>> bool(re.match(_pattern("of/from [the] court*"), "from courts"))
    True
    """
    for name in _STAND_FOR:
        words = words.replace(name, name.replace(" ", "\0"))
    return "".join(_joined(words.split()))


def _joined(words: list[str]) -> Iterator[str]:
    is_begun = False
    for word, following in zip(words, [*words[1:], ""], strict=True):
        before, behind = (_BETWEEN, "") if is_begun else ("", _BETWEEN)
        if word == "$":
            yield r"\W*$"
        elif word in {".", ":", ",", ";"}:
            yield rf"[^\w.:;,]{{0,4}}\{word}"
            is_begun = True
        elif word == "..." and following in {".", ":", ";"}:
            # The dot behind an initial ends nothing.
            yield r"(?:[^.:;]|(?<=\b\w)\.){0,120}"
        elif word == "..":
            yield rf"(?:{before}(?!re\b|regarding\b|by\b)\w+{behind}){{0,18}}?"
        elif word == "...":
            # Not many words: what a sentence says further on belongs to other things.
            yield rf"(?:{before}\w+{behind}){{0,18}}?"
        elif word[0] == "[":
            yield f"(?:{before}{_word(word[1:-1])}{behind})?"
        else:
            yield before + _word(word)
            is_begun = True


def _word(word: str) -> str:
    if word[0] == "{":
        return _STAND_FOR[word.replace("\0", " ")]
    if word == "_":
        return rf"(?!{_PREPOSITION}\b)\w+(?:['.-]\w+)*\.?"
    spelled = (
        re.escape(one.removesuffix("*")) + (r"\w*" if one.endswith("*") else r"\b")
        for one in word.split("/")
    )
    return f"(?:{'|'.join(spelled)})"
