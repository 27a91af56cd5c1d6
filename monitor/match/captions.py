"""Whether two captions are of one case: an appeal is docketed under the parties of the case below.

Courts shorten and turn captions ("et al", the appellant first), and swap officials. So captions
never decide what a filing belongs to; they only help to find the docket of an appeal that is
already known to come.
"""

from __future__ import annotations

import re
from enum import IntEnum

_VERSUS = re.compile(r"\s(?:v|vs)\.?\s", re.IGNORECASE)
_TAIL = re.compile(r"\bet\s++al\b.*|(?<=\s)in (?:his|her|their) official capacity.*", re.IGNORECASE)
#: "State of" is one word: "State Farm" is no government, and "of" alone is dropped.
_OF = re.compile(r"\b(state|people|office)\s+of\b")
_WORD = re.compile(r"[a-z0-9]+")
_THIN = frozenset(
    [
        "the",
        "of",
        "a",
        "an",
        "and",
        "for",
        "in",
        "inc",
        "llc",
        "llp",
        "corp",
        "co",
        "company",
        "ltd",
        "no",
    ]
)
_PSEUDONYMS = frozenset({"doe", "does", "roe"})
#: Sides that stand in thousands of captions, and so tell nothing alone.
_PUBLIC = re.compile(
    r"^(?:usa|united states|us|irs|doge|u s(?: a)?|commissioner|secretary|attorney general"
    r"|stateof|peopleof|internal revenue|department|dep t|officeof|federal|social security|homeland"
    r"|immigration|in re)\b"
)
_ALIKE = 0.8


class Resemblance(IntEnum):
    NONE = 0
    #: One private side is the same: worth asking a person.
    LIKELY = 1
    #: Both sides are the same, in either order.
    CERTAIN = 2


def resemblance(one: str, other: str) -> Resemblance:
    """How surely two captions name the same parties.

    >>> resemblance("ACME TAX CLINIC et al v. IRS et al", "IRS, et al v. Acme Tax Clinic").name
    'CERTAIN'
    >>> resemblance("ACME TAX CLINIC et al v. IRS et al", "Acme Tax Clinic v. Scott Bessent").name
    'LIKELY'
    >>> resemblance("DOE v. TRUMP", "Doe v. Trump").name
    'LIKELY'
    """
    ours, theirs = _sides(one), _sides(other)
    if not (all(ours) and all(theirs)):
        return Resemblance.NONE
    (a, b), (c, d) = ours, theirs
    private = [side for side in ours if not _is_public(side)]
    both = max(min(_alike(a, c), _alike(b, d)), min(_alike(a, d), _alike(b, c))) >= _ALIKE
    if both and any(_is_telling(side) for side in private):
        return Resemblance.CERTAIN
    if both:
        return Resemblance.LIKELY
    same = any(_alike(side, other) >= _ALIKE for side in private for other in theirs)
    return Resemblance.LIKELY if same else Resemblance.NONE


def _sides(caption: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    left, *right = _VERSUS.split(f" {caption} ", maxsplit=1)
    return _words(left), _words(right[0]) if right else ()


def _words(side: str) -> tuple[str, ...]:
    text = _OF.sub(r"\1of", _TAIL.sub("", side).lower())
    return tuple(w for w in _WORD.findall(text) if w not in _THIN)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    ours, theirs = set(one), set(other)
    return len(ours & theirs) / len(ours | theirs)


def _is_telling(side: tuple[str, ...]) -> bool:
    """A name that hardly two cases share: not "Doe", not one surname."""
    return len(side) >= 2 and not set(side) & _PSEUDONYMS


def _is_public(side: tuple[str, ...]) -> bool:
    return bool(_PUBLIC.match(" ".join(side))) or not side
