"""How surely is this item about the case? Evidence is added up, and its words are kept.

A caption or a docket number decides alone. A party's name, a judge, the subject, what is peculiar
to the case (`signals`), and that its court acted in these days each weigh less, and only together
reach the threshold: the press rarely names a case, and judges and parties have other cases. `hints`
("Boston", "appeals court") point to a case only where nothing points to another one.

What speaks of the subject in court, and of no single case, is about one of the pack's cases: it is
kept and told as that, never dropped at a threshold.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz

from monitor.model.news import Match, NewsItem
from monitor.model.watch import NewsTerms
from monitor.normalize.dates import court_day
from monitor.normalize.text import story_text

#: What an item must reach to be about a case.
THRESHOLD = 0.7
_DECISIVE, _PARTY, _JUDGE, _DATE, _SIGNAL, _DEFAULT = 1.0, 0.45, 0.35, 0.35, 0.25, 0.3
#: For none, one, two … groups of the subject, and for speaking of a court.
_SUBJECT, _COURT = (0.0, 0.1, 0.25, 0.45), 0.15
_MOST_SIGNALS = 2
#: A name of this length is forgiven a wrong letter or two.
_FORGIVEN, _ALIKE, _WORD_ALIKE = 10, 91.0, 85.0
#: Full texts go on about older cases; what an item is about stands at its beginning.
_READ, _HEAD = 1_500, 330


#: A court that refuses to block lets it go on: its words must not count as a block.
_SPARES = re.compile(
    r"\b(?:(?:refus|declin)\w*(?: to)?|won't|will not|wouldn't"
    r"|los(?:es|e|t) (?:\w+ )?(?:bid|fight) to) "
    r"(?:block|stop|bar|halt|enjoin|pause)\w*"
)


@dataclass(frozen=True, slots=True)
class _Evidence:
    score: float
    words: tuple[str, ...]
    hints: tuple[str, ...]
    is_decisive: bool
    #: It names this case by a name, a number or a judge; or means it, by a signal.
    is_named: bool
    is_meant: bool
    #: It speaks of the whole subject, and a court acts.
    is_ruling: bool
    #: It speaks of the subject in court, whichever case it means.
    is_relevant: bool


def match_story(item: NewsItem, terms: Sequence[NewsTerms]) -> tuple[Match, ...]:
    """Every case that the item is about, with its score and the words that say so.

    Where it is about one of several cases of a pack, and nothing says which, all of them stand
    there, none of them sure. Empty where it is about none.
    """
    text = fold(f"{item.title} . {story_text(item.summary)}"[:_READ])
    text = _SPARES.sub(" lets ", text)
    weighed = {wanted.case_id: _weigh(text, wanted) for wanted in terms}
    named = {case_id for case_id, evidence in weighed.items() if evidence.is_named}
    dated = _dated(item, text, terms)
    # Where a case is named, the day says nothing for another one.
    if dated and named <= {dated}:
        wanted = next(one for one in terms if one.case_id == dated)
        weighed[dated] = _weigh(text, wanted, is_dated=True)
    found = []
    for wanted in terms:
        score, words = _with_hints(wanted, weighed)
        is_decisive = weighed[wanted.case_id].is_decisive
        is_excluded = not is_decisive and _is_excluded(text, wanted)
        if score >= THRESHOLD - 1e-9 and not is_excluded:
            day = _act_before(item, wanted)
            found.append(Match(wanted.case_id, words, round(min(score, 1.0), 2), acted_on=day))
    return tuple(found) or _one_of(text, terms, weighed)


def _one_of(
    text: str, terms: Sequence[NewsTerms], weighed: Mapping[str, _Evidence]
) -> tuple[Match, ...]:
    """The cases of one pack whose subject it is, where it speaks of that in court."""
    for wanted in terms:
        if weighed[wanted.case_id].is_relevant:
            of_pack = [one for one in terms if one.pack_id == wanted.pack_id]
            meant = [one for one in of_pack if not _is_excluded(text, one)]
            return tuple(
                _unsure(one, weighed[one.case_id], is_sure=len(meant) == 1) for one in meant
            )
    return ()


def _unsure(wanted: NewsTerms, ours: _Evidence, *, is_sure: bool) -> Match:
    """A case for which too little speaks alone."""
    return Match(wanted.case_id, ours.words, round(min(ours.score, THRESHOLD), 2), is_sure)


def _is_excluded(text: str, wanted: NewsTerms) -> bool:
    return any(_any_of(text, word) for word in wanted.exclude)


#: How long after an act of a court the press writes about it.
_REPORTED = timedelta(days=3)
_ZONE = "America/New_York"


#: An overview is of several acts.
_SEVERAL = re.compile(
    r"\b(?:two|three|both|dos|tres) (?:\w+ ){0,2}"
    r"(?:courts?|orders?|judges?|rulings?|suits?|cases?|lawsuits?|injunctions?|casos)\b"
)


def _dated(item: NewsItem, text: str, terms: Sequence[NewsTerms]) -> str:
    """The case whose court acted last before it was written; empty where none or several did."""
    if item.published_at is None or _SEVERAL.search(text[:_HEAD]):
        return ""
    days = {wanted.case_id: day for wanted in terms if (day := _act_before(item, wanted))}
    last = [case_id for case_id, day in days.items() if day == max(days.values())]
    return last[0] if len(last) == 1 else ""


def _act_before(item: NewsItem, wanted: NewsTerms) -> date | None:
    """The day of the last act of a case's courts within three days before an item."""
    if item.published_at is None:
        return None
    day = court_day(item.published_at, _ZONE)
    return max((acted for acted in wanted.dates if acted <= day <= acted + _REPORTED), default=None)


def _with_hints(
    wanted: NewsTerms, weighed: Mapping[str, _Evidence]
) -> tuple[float, tuple[str, ...]]:
    ours = weighed[wanted.case_id]
    others = [evidence for name, evidence in weighed.items() if name != wanted.case_id]
    is_anothers = any(other.is_decisive for other in others) and not ours.is_named
    if ours.score == 0.0 or is_anothers:
        return 0.0, ()
    is_another_meant = any(other.is_meant for other in others)
    if is_another_meant and not ours.is_meant:
        return ours.score, ours.words
    score = ours.score + _SIGNAL * min(len(ours.hints), _MOST_SIGNALS)
    words = (*ours.words, *ours.hints)
    is_pointed_at = ours.is_meant or is_another_meant or any(other.hints for other in others)
    if wanted.is_default and _is_nobodys(ours, is_pointed_at=is_pointed_at):
        return score + _DEFAULT, (*words, "no other case is named")
    return score, words


def _is_nobodys(ours: _Evidence, *, is_pointed_at: bool) -> bool:
    """A ruling on the topic, and nothing that says in which case."""
    return ours.is_ruling and not is_pointed_at


#: "D.C.", "I.R.S.", "U.S."
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")


def fold(text: str) -> str:
    """Lower case without accents, one kind of quote and blank, and no dash between words."""
    text = text.replace("\u2019", "'").replace("\u2018", "'")
    text = re.sub(r"[\u2010-\u2015]", "-", text)
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    # "Kollar Kotelly", "tax-data": a dash between letters is written or not as it pleases.
    plain = re.sub(r"(?<=[^\W\d])-(?=[^\W\d])", " ", plain)
    plain = _INITIALS.sub(lambda match: match[0].replace(".", ""), plain)
    return " ".join(plain.casefold().split())


def holds(text: str, words: str) -> bool:
    """Whether the folded text holds these words as whole words; `block*` finds "blocks" too."""
    return _pattern(words).search(text) is not None


@functools.lru_cache(maxsize=4096)
def _pattern(words: str) -> re.Pattern[str]:
    wanted = re.escape(fold(words)).replace(r"\*", r"\w*")
    return re.compile(rf"(?<!\w){wanted}(?!\w)")


#: A court acts; that one may act, or that a law would make it act, is no ruling.
_ACTS = re.compile(
    r"\b(?:judges?|courts?|panel|circuit|jueza?|tribunal|corte)\b.{0,70}\b(?:rul(?:es|ed|ing)|block(?:s|ed|ing)"
    r"|bar(?:s|red|ring)|halt(?:s|ed)|order(?:s|ed)|grant(?:s|ed)|den(?:ies|ied)|stay(?:s|ed)|affirm(?:s|ed)"
    r"|reject(?:s|ed)|uph(?:olds|eld)|prohibit(?:s|ed)|st(?:ops|opped)|frees|finds|found|sid(?:es|ed)|refus(?:es|ed)"
    r"|violated|prohibe|prohibio|bloquea|bloqueo|frena|freno|ordena|ordeno|suspende|suspendio|put)\b"
    r"|\b(?:ruling|injunction|sues|sued|suspended by a|demanda|fallo)\b"
)
#: Words of a court's act that say nothing alone.
_ORDERS = re.compile(
    r"\b(?:court )?orders?\b|\bordered\b|\blegal (?:challenge|fight|battle)|\bsuit\b"
    r"|\b(?:admit|conced|acknowledg|admite|reconoce)\w*"
)
_MAY_ACT = re.compile(r"\b(?:bill|legislation|senators? introduc\w+|no (?:court|judge|lawsuit))\b")


@dataclass(frozen=True, slots=True)
class _Signs:
    """What of a case's terms stands in a text."""

    decisive: tuple[str, ...]
    parties: tuple[str, ...]
    judges: tuple[str, ...]
    subject: tuple[str, ...]
    courts: tuple[str, ...]
    signals: tuple[str, ...]
    dates: tuple[str, ...]

    @property
    def is_named(self) -> bool:
        return bool(self.decisive or self.parties or self.judges)


def _weigh(text: str, wanted: NewsTerms, *, is_dated: bool = False) -> _Evidence:
    signs = _signs(text, wanted, is_dated=is_dated)
    # Without a court, and without a word of its subject, a name is somebody's other business.
    in_court = signs.courts or signs.judges or _ORDERS.search(text[:_HEAD])
    is_named = bool(signs.parties and signs.judges)
    is_apart = bool(wanted.topic) and not (in_court and _any_of(text, wanted.topic[0]))
    return _Evidence(
        score=0.0 if is_apart and not (signs.decisive or is_named) else _score(signs, wanted),
        words=(
            *signs.decisive[:1],
            *signs.parties[:2],
            *signs.judges[:1],
            *signs.subject,
            *signs.courts,
            *signs.signals,
            *signs.dates,
        ),
        # What came before, and what other courts say, stands further down.
        hints=_wholes(text[:_HEAD], wanted.hints) if signs.courts else (),
        is_decisive=bool(signs.decisive),
        is_named=signs.is_named,
        is_meant=signs.is_named or bool(signs.signals or signs.dates),
        is_ruling=_is_ruling(text, wanted, signs),
        is_relevant=_is_relevant(text, wanted, signs),
    )


def _signs(text: str, wanted: NewsTerms, *, is_dated: bool) -> _Signs:
    named = [name for name in wanted.names if holds_nearly(text, name)]
    captions = [name for name in named if " v. " in name]
    numbers = [number for number in wanted.docket_numbers if holds(text, number)]
    return _Signs(
        decisive=(*captions, *numbers, *_wholes(text, wanted.combinations)),
        parties=tuple(name for name in named if " v. " not in name),
        judges=tuple(judge for judge in wanted.judges if holds_nearly(text, judge)),
        subject=_each(text, wanted.topic),
        courts=_each(text, (wanted.courts,)),
        signals=_wholes(text, wanted.signals),
        dates=("its court acted then",) if is_dated else (),
    )


def _score(signs: _Signs, wanted: NewsTerms) -> float:
    party = _PARTY if wanted.topic else _DECISIVE
    weights = (
        (signs.decisive, _DECISIVE),
        (signs.parties, party),
        (signs.judges, _JUDGE),
        (signs.dates, _DATE),
        (signs.courts, _COURT),
    )
    return (
        sum(weight for found, weight in weights if found)
        + _SUBJECT[min(len(signs.subject), len(_SUBJECT) - 1)]
        + _SIGNAL * min(len(signs.signals), _MOST_SIGNALS)
    )


def _is_ruling(text: str, wanted: NewsTerms, signs: _Signs) -> bool:
    """Whether a court did something in the matter, and not only may do so."""
    is_full = bool(signs.courts) and all(_any_of(text, group) for group in wanted.topic[:2])
    is_sure = bool(_ACTS.search(text)) and not _MAY_ACT.search(text)
    return is_full and is_sure and not _SEVERAL.search(text[:_HEAD])


def _is_relevant(text: str, wanted: NewsTerms, signs: _Signs) -> bool:
    """Whether it speaks at its head of the whole subject, and of a court or of what one did."""
    head = text[:_HEAD]
    spoken = len(_each(head, wanted.topic))
    is_full = bool(wanted.topic) and spoken == len(wanted.topic)
    # "Tax data pact survives in court", on the day after: what is peculiar stands for the rest.
    is_full = is_full or (
        spoken > 1 and bool(signs.signals or signs.dates) and _any_of(head, wanted.topic[0]) != ""
    )
    is_in_court = signs.judges or _any_of(head, wanted.courts) or _ORDERS.search(head)
    return bool(is_full and is_in_court) and not (
        _is_excluded(text, wanted) or _MAY_ACT.search(head)
    )


def _each(text: str, groups: Iterable[str]) -> tuple[str, ...]:
    """What the text holds of these groups of alternatives."""
    return tuple(found for group in groups if (found := _any_of(text, group)))


def _wholes(text: str, combinations: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Every combination of which the text holds all."""
    return tuple(" + ".join(all_) for one in combinations if (all_ := _all_of(text, one)))


def holds_nearly(text: str, name: str) -> bool:
    """Whether the text holds a name, or a misspelling of it."""
    if holds(text, name):
        return True
    folded = fold(name)
    if " " not in folded:
        return len(folded) >= 7 and any(_is_nearly(word, folded) for word in _words(text))
    if len(folded) < _FORGIVEN or len(folded) > len(text):
        return False
    return fuzz.partial_ratio(folded, text, score_cutoff=_ALIKE) >= _ALIKE


def _is_nearly(word: str, name: str) -> bool:
    same = word[:3] == name[:3] and abs(len(word) - len(name)) <= 1
    return same and fuzz.ratio(word, name) >= _WORD_ALIKE


@functools.lru_cache(maxsize=8)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


def _any_of(text: str, alternatives: str) -> str:
    """The first of `IRS|Internal Revenue Service` that the text holds; empty if none."""
    if not alternatives:
        return ""
    return next((word for word in alternatives.split("|") if holds(text, word)), "")


def _all_of(text: str, groups: Iterable[str]) -> tuple[str, ...]:
    """What the text holds of each group; empty where it holds nothing of one."""
    found = tuple(_any_of(text, group) for group in groups)
    return found if all(found) else ()
