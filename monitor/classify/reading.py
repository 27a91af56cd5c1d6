"""Of which kind a heading is: by an opening, by a verb, or by the head of its first phrase."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from monitor.classify.forms import Form
from monitor.classify.grammar import Phrase, is_participle, take_apart
from monitor.classify.vocabulary import OF_HEAD, OPENINGS
from monitor.classify.vocabulary.verbs import ASKS, ASKS_OR_NAMES, NO_ORDER_IN_ING, OBJECTS
from monitor.model.docket import COURT_ACTS, EntryKind

_K = EntryKind
#: The weightiest first: an entry with several events is of the kind of its weightiest.
_WEIGHT = (
    _K.JUDGMENT,
    _K.OPINION,
    _K.NOTICE_OF_APPEAL,
    _K.ORDER,
    _K.APPEAL_RELATED,
    _K.MINUTE_ENTRY,
    _K.COMPLAINT_OR_PETITION,
    _K.MOTION,
    _K.STIPULATION,
    _K.BRIEF_OR_MEMORANDUM,
    _K.NOTICE,
    _K.DECLARATION_OR_AFFIDAVIT,
    _K.TRANSCRIPT,
    _K.APPEARANCE,
    _K.CERTIFICATE_SERVICE_SUMMONS,
    _K.ADMINISTRATIVE_OTHER,
)
RANK = {kind: rank for rank, kind in enumerate(_WEIGHT)}


@dataclass(frozen=True, slots=True)
class KindFound:
    """A kind, with the words and the reason that decided."""

    kind: EntryKind
    words: str
    reason: str
    #: Whether the words before the head leave open what it is.
    is_loose: bool = False

    @property
    def said(self) -> str:
        return f"“{self.words[:60]}”: {self.reason}"


@functools.lru_cache(maxsize=8192)
def kind_of_heading(words: str, court_id: str = "") -> KindFound | None:
    """The kind of an entry with this heading (see `heading`); None where no word is known.

    With a court, forms of other courts alone are left out.

    >>> kind_of_heading("joint motion for order").kind.value
    'motion'
    """
    upright = _upright(words)
    if form := _bound_opening(upright, court_id):
        return KindFound(form.kind, form.text, form.reason)
    phrase = take_apart(upright, OF_HEAD)
    found = _by_verb(phrase, upright) or _by_heads(phrase)
    # "… it is ORDERED" says nothing new of a judgment.
    if (found is None or found.kind not in COURT_ACTS) and (
        form := _free_opening(upright, court_id)
    ):
        return KindFound(form.kind, form.text, form.reason)
    return found


#: "Relief from Stay, Motion for", "Modify Plan (BK Order)": the head stands behind.
_INVERTED = re.compile(
    r"(?!response|reply|oppos|objection|notice|proposed|bnc|brief|memo|declar|affid|minute"
    r"|appearance|letter|certif|exhibit|generic|hearing|matter)"
    r"(?P<rest>.{3,90}?) ?(?:[,(]| -) ?(?:bk |joint )?"
    r"(?P<head>order(?:s|ed)?|motion|application|aplcn|notice|o)\b(?: (?:to|for|of|on|re|by))*"
    r"\W*(?:\([\w ]{1,12}\)\W*)*"
)
_SPELLED = {"o": "order", "orders": "order", "ordered": "order", "aplcn": "application"}
#: "Extension of Time - Granted": what was asked for is decided.
_DECIDED = re.compile(
    r"(?!notice|letter|certif|hearing|response|reply|answer|petition for|complaint|declar|affid"
    r"|memo|status|travers|witness|amicus|brief|opposition)(?!.*\b(?:re|that|by)\b)[^.:;]{3,90}\b(?:granted|denied|approved)\W*"
)


def _upright(words: str) -> str:
    """A name with its head in front.

    >>> _upright("relief from stay, motion for"), _upright("order on motion")
    ('motion, relief from stay', 'order on motion')
    """
    if len(words) > 110:
        return words
    if match := _INVERTED.fullmatch(words):
        head = match["head"]
        return f"{_SPELLED.get(head, head)}, {match['rest']}"
    return f"order, {words}" if _DECIDED.fullmatch(words) else words


def _first_letters(form: Form) -> tuple[str, ...]:
    """With which two letters a heading that fits begins; empty where with any."""
    letters: list[str] = []
    for word in form.text.split():
        plain = word.strip("[]")
        if plain[0] in "._{" or plain == "_":
            return ()
        letters += [f"{one} "[:2] for one in plain.split("/")]
        if word[0] != "[":
            break
    return tuple(letters)


def _index() -> tuple[Mapping[str, tuple[Form, ...]], tuple[Form, ...]]:
    by_letters: defaultdict[str, list[Form]] = defaultdict(list)
    free = []
    for form in OPENINGS:
        letters = _first_letters(form)
        for two in dict.fromkeys(letters):
            by_letters[two].append(form)
        if not letters:
            free.append(form)
    return {two: tuple(some) for two, some in by_letters.items()}, tuple(free)


_BY_LETTERS, _FREE = _index()
#: A free form can only fit where one of these stands: most headings hold none.
_LITERALS = {
    id(form): tuple(
        max((w for w in form.text.split() if w[0] not in "[._{$"), key=len)
        .replace("*", "")
        .split("/")
    )
    for form in _FREE
}


def _bound_opening(words: str, court_id: str) -> Form | None:
    """The opening with the most words that fits."""
    may_fit = _BY_LETTERS.get(words[:2], ())
    return next((form for form in may_fit if form.fits("", words, court_id)), None)


def _free_opening(words: str, court_id: str) -> Form | None:
    """Likewise, of those that may begin with any word."""
    may_fit = (form for form in _FREE if any(one in words for one in _LITERALS[id(form)]))
    return next((form for form in may_fit if form.fits("", words, court_id)), None)


def _by_heads(phrase: Phrase) -> KindFound | None:
    """The weightier of "Plea and Sentencing Hearing", "Answer and Counterclaim"."""
    first = _by_head(phrase)
    if first is None or not phrase.is_joined or phrase.before.startswith("proposed"):
        return first
    second = _by_head(take_apart(phrase.after.removeprefix("and "), OF_HEAD))
    return min(filter(None, (first, second)), key=lambda one: RANK[one.kind])


def _by_head(phrase: Phrase) -> KindFound | None:
    if not phrase.head:
        return None
    found = (_form_of(head, phrase) for head in (phrase.head, phrase.equal) if head)
    # "Order/Notice" is the weightier of the two.
    form = min(filter(None, found), key=lambda form: RANK[form.kind], default=None)
    if form and form.kind in COURT_ACTS and _is_proposed(form, phrase):
        return KindFound(_K.ADMINISTRATIVE_OTHER, phrase.words, "proposed, not made by the court")
    return KindFound(form.kind, phrase.words, form.reason, phrase.is_loose) if form else None


def _is_proposed(form: Form, phrase: Phrase) -> bool:
    """Whether only a party wrote it; a judge's "proposed findings" are a form of their own."""
    return "proposed" in phrase.before.split() and "proposed" not in form.text


def _form_of(head: str, phrase: Phrase) -> Form | None:
    return next((form for form in OF_HEAD[head] if form.fits(phrase.before, phrase.after)), None)


#: "Modify Plan Order", "Pay Wages (PDF)": what was asked for is ordered.
_IS_ORDERED = re.compile(r"(?<!for)(?<!for an)(?<!to)(?<!of)(?<!proposed) order$|\((?:bnc-)?pdf\)$")
#: Papers that ask by their own name; other heads of motions name what is asked for.
_ASKING = frozenset({"motion", "application", "request", "mtn", "aplcn"})


#: "voluntarily dismiss", "amend/correct": the first verb, without how it is done.
_VERB = re.compile(r"(?:\w+ly )?(?P<verb>[\w'-]*)")
#: "Rescheduling Hearing Notice": a paper that sets a date, not an order.
_PAPERS = frozenset({"notice", "letter", "report", "statement", "form", "request", "motion"})
_SETS = frozenset({"setting", "scheduling", "rescheduling", "continuing", "resetting"})


def _by_verb(phrase: Phrase, words: str) -> KindFound | None:
    """A name that begins with a verb says what is asked for, or what the court does."""
    verb = _VERB.match(words)["verb"]  # type: ignore[index]
    if phrase.after.startswith("of ") and phrase.words == verb:
        return None  # "Release of Lien": a thing
    is_asked = verb in ASKS or (verb in ASKS_OR_NAMES and phrase.head in {"", verb, *OBJECTS})
    form = _form_of(phrase.head, phrase) if phrase.head else None
    is_named = form is not None and form.kind is _K.MOTION and phrase.head not in _ASKING
    is_ordered = _IS_ORDERED.search(words) and not phrase.head.endswith(" order")
    if (is_asked or is_named or verb in ASKS_OR_NAMES) and is_ordered:
        return KindFound(_K.ORDER, phrase.words, "what was asked for is ordered")
    if is_asked:
        return KindFound(_K.MOTION, phrase.words or verb, "a motion, named by what it asks")
    is_first = not phrase.head or phrase.before.split(" ", 1)[0] == verb
    does = verb.endswith("ing") and is_participle(verb) and verb not in NO_ORDER_IN_ING
    if does and is_first and not (verb in _SETS and phrase.head in _PAPERS):
        return KindFound(_K.ORDER, phrase.words or verb, "an order, named by what it does")
    return None
