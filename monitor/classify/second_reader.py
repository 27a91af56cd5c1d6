"""A second reader: by weights of words, may this be a court's act or a step of an appeal after all?

A small linear model beside the grammar, trained offline on labelled entries (`make train`). It
never takes anything away: where the grammar sees no act and the weights do, the entry is
uncertain, and is told as such to whoever asks for orders. Its words are those of the vocabulary,
so that no name of a person can stand in it.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import zip_longest

from monitor.classify.vocabulary import FORMS
from monitor.classify.vocabulary.verbs import words

#: How many words of a heading are weighed.
READ = 14
#: Words that stand in many entries and in no form.
_PLAIN = words(
    """a an the of to for in on by re and or with from as at is are be that this it its any all no
    not under upon into pursuant court judge magistrate district signed entered held before hereby
    granting denying granted denied ordered"""
)
_WORD = re.compile(r"[a-z]+")


@functools.cache
def known_words() -> frozenset[str]:
    """The words that may have a weight: those of the vocabulary's forms, and plain ones."""
    return _PLAIN.union(*(re.findall(r"[a-z]{2,}", form.text) for form in FORMS))


@dataclass(frozen=True, slots=True)
class Doubt:
    """How likely a heading is a court's act, and a step of an appeal: from 0 to 1."""

    is_act: float
    is_appeal: float


def features_of(heading: str) -> Iterator[str]:
    """What is weighed: each known word, each pair of neighbours, and the first word as such.

    >>> list(features_of("minute order re smith"))
    ['^minute', 'minute', 'minute order', 'order', 'order re', 're']
    """
    known = known_words()
    listed = [w if w in known else "" for w in _WORD.findall(heading)][:READ]
    yield f"^{listed[0]}" if listed else "^"
    for word, following in zip_longest(listed, listed[1:], fillvalue=""):
        if word:
            yield word
            if following:
                yield f"{word} {following}"


@functools.cache
def weights() -> Mapping[str, tuple[float, float]]:
    """Feature -> its weight for an act and for an appeal; "" is where both begin."""
    text = (resources.files(__package__) / "weights.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {feature: (float(act), float(appeal)) for feature, act, appeal in rows}


def doubt(heading: str) -> Doubt:
    """What the weights say of a heading (see `heading`)."""
    table = weights()
    act, appeal = table[""]
    for feature in dict.fromkeys(features_of(heading)):
        of_act, of_appeal = table.get(feature, (0.0, 0.0))
        act, appeal = act + of_act, appeal + of_appeal
    return Doubt(_share(act), _share(appeal))


def _share(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
