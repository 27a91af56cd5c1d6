"""Whether a verb of ruling rules: its mood, its polarity, and who acts.

"The motion to vacate", "should be granted", "the Ninth Circuit reversed", "declines to grant": one
verb, four things that are no such ruling. A ruling that may be reversed by a word near it is not
told as that ruling.
"""

from __future__ import annotations

import re
from enum import Enum


class Mood(Enum):
    """What a verb of ruling does where it stands."""

    RULES = "rules"
    #: The opposite of a grant: "is not granted", "declines to grant".
    REFUSES = "refuses"
    #: Asked for, possible, told of the past or of another court, or denied: no ruling.
    SPEAKS = "speaks"


def _any_of(words: str) -> str:
    """A pattern for any of these words; "_" is a blank within one of several words."""
    return "(?:" + "|".join(word.replace("_", " ") for word in words.split()) + ")"


#: What may stand between a subject or an auxiliary and its verb.
_ADVERB = _any_of(r"hereby also further therefore thus accordingly now so then \w+ly")
_ADVERBS = f"(?: {_ADVERB})*"
_IS = _any_of("is are be being stands? remains? am")
_BE = re.compile(rf"\b{_IS}(?: (?:and|or|{_ADVERB}))*$")
#: "would deny", "should be granted", "may not be dismissed": possible or due, not done.
_MODAL = re.compile(
    rf"\b{_any_of('would should may might could must can cannot will shall ought_to to')}"
    rf"(?: not)?{_ADVERBS}(?: be)?{_ADVERBS}$"
)
_WORDS_ON = r"(?: [\w'’/().#-]+)"
#: "if the motion is granted": a condition, or a reason that is called for.
#: "If X, the motion is granted": the whole sentence is a condition.
_CONDITIONAL = re.compile(
    r"^\W*(?:(?:minute |text |electronic )?order(?:ed)?\W{1,3})?"
    rf"{_any_of('if unless absent should in_the_event whether any_motion any_request')}\b"
)
#: "is deemed granted", "tentative ruling": not done.
_DEEMED = re.compile(r"\bdeemed$|\btentative\b")
#: "Doe v. Roe, 999 F.4th 12 (9th Cir. 2024), vacated": a case that is cited.
_CITED = re.compile(
    r"\([^()]{0,40}\d{4}\),?(?: \w+ and)?$"
    # But "counts II and V are DISMISSED".
    r"|(?<!and )(?<!, )(?<!counts )(?<!count )\bv (?!(?:is|are|of)\b)"
    r"[\w.' ]{2,40}(?: \(\w+)?(?: is)?$"
)
#: "in which the Fourth Circuit granted": what another paper tells.
_IN_WHICH = re.compile(rf"\b(?:in|by|under) which{_WORDS_ON}{{1,10}}$")
#: "RECOMMENDED that 12 Motion be denied, and that this action be dismissed".
_RECOMMENDED = re.compile(r"\brecommend(?:s|ed|ing)?\b.* be$")
#: "has been GRANTED", in capitals: so some clerks say what is done here.
_HAS_BEEN = re.compile(r"\b(?:has|have) been(?: hereby)?$")
#: "which reversed and": the second verb has the subject of the first.
_WHICH = re.compile(r"\b(?:which|who|that) (?:\w+ ){0,2}\w+ed(?: [\w'’ ]{0,60})? and(?: then)?$")
_CONDITION = re.compile(
    rf"\b{_any_of('if whether unless until why lest provided assuming once were failure')}"
    rf"{_WORDS_ON}{{0,14}}$"
)
#: "plaintiffs request that it be denied", "recommends that …": somebody's thought; but "the
#: request that …" is a thing, and may be ruled on.
_NO_THING = r"(?<!the )(?<!this )(?<!that )(?<!['’]s )(?<!['’] )"
_THINKS = _any_of(
    "request ask recommend argu contend urg propos mov suggest claim stat agre assert"
)
_THOUGHT = re.compile(
    rf"\b(?:{_NO_THING}{_THINKS}(?:e|es|s|ed|ing)?(?: \S+){{0,3}} that"
    rf"|recommend(?:s|ed|ing)?){_WORDS_ON}{{0,14}}$"
)
#: "the request that it be denied" is not the denial.
_WISHED = re.compile(
    rf"\b{_any_of('request motion recommendation demand suggestion proposal argument contention')}"
    rf" that{_WORDS_ON}{{0,12}} be$"
)
_NEGATED = re.compile(
    rf"\b{_any_of('not never neither nor no_longer without nothing cannot')}"
    rf"(?: {_any_of('be been being yet hereby now presently thereby currently')})*$"
)
_DECLINES = re.compile(r"\b(?:declin|refus)(?:es?|ed|ing) (?:to|the \w+ to)(?: (?:now|again))?$")
#: A grant is refused by refusing any of these; to refuse to deny is to rule nothing.
_RELIEF_GIVING = frozenset({"grant", "allow", "approve", "stay", "vacate", "dismiss", "enjoin"})
_INFINITIVE = re.compile(r"(?:^|[\s(])to(?: \w+ly)?$")
_COURT = r"(?:(?:this |the )?court|we|i|panel|(?:the )?(?:\w+ )?(?:judge|justice)(?: [\w.]+){0,3})"
_BY_COURT = re.compile(rf"\b{_COURT},?{_ADVERBS}$")
#: "the request that we vacate it": not yet.
_THAT_WE = re.compile(rf"\bthat {_COURT}{_ADVERBS}$")
#: Courts, agencies and parties of whose acts a docket tells.
_OTHERS = _any_of(
    """circuit court_of_appeals supreme_court district_court bankruptcy_court lower_court
    state_courts? superior_court appeals_court magistrate_judge agency board bia ij alj
    commissioner secretary department immigration_judge plaintiffs? defendants? petitioners?
    respondents? appellants? appellees? government parties party counsel clerk it which who that
    he she they"""
)
_BY_ANOTHER = re.compile(rf"\b{_OTHERS}(?:'s)?{_ADVERBS}$")
#: "The court of appeals stayed paragraph 3 and denied the rest": the second verb is its, too.
_ALSO_BY_ANOTHER = re.compile(rf"\b{_OTHERS}{_ADVERBS} \w+ed{_WORDS_ON}{{0,12}} and(?: then)?$")
#: What was decided before.
_BEFORE_NOW = _any_of(
    r"""was were been had having has have previously earlier already once initially originally
    first formerly recently after when since because where in_which in_(?:19|20)\d\d"""
)
_LINKS = _any_of(r"\w+ly been court judge we it also and the")
_PAST = re.compile(rf"\b{_BEFORE_NOW}(?: {_LINKS})*$")
_ORDER = _any_of("order judgment minute_entry opinion decision ruling endorsement")
_NAMES_IT = _any_of(
    r"""re documents?(?:\(s\))? regarding as_to from of to on under with by for see vacat\w+
    rescind\w* reconsider\w* amend\w* alter\w* clarify\w* modif\w+ appeal\w* set\w*_aside
    challeng\w+ the its that this prior previous earlier"""
)
#: An older order that is only named: "reconsider the order denying …", "re 12 Order granting …".
_OLDER_ORDER = re.compile(
    rf"\S \[?\d+(?:-\d+)?\]?,? (?:[\w'’]+ ){{0,3}}{_ORDER}s?$|"
    rf"\b{_NAMES_IT}\W{{1,3}}(?:\[?\d+(?:-\d+)?\]? |[\w'’]+ ){{0,3}}{_ORDER}s?"
    r"(?: (?:entered|dated|of|on) [\w ,]{2,24})?,?$"
)
#: "before granting", "instead of denying", "basis for dismissing".
_PREPOSITION = _any_of(
    "of for from by without before after against to in than upon when while about having was were"
)
_INSTEAD = re.compile(rf"\b{_PREPOSITION}$")


#: "We will affirm": so courts of appeals say what they do.
_WE_WILL = re.compile(rf"\bwe (?:will|must){_ADVERBS}$")


def mood_of(lemma: str, form: str, before: str, *, is_minute: bool, is_loud: bool) -> Mood:
    """What a verb does, by its lemma, its form ("ed", "ing", "s", "") and its sentence before it.

    `before` is in lower case. Minutes tell in the past what was ruled; a verb in capitals is loud.

    >>> mood_of("grant", "ed", "order that the motion is not", is_minute=False, is_loud=False).name
    'REFUSES'
    """
    if _DECLINES.search(before):
        return _declined(lemma, before)
    if _INFINITIVE.search(before):
        return Mood.SPEAKS
    if match := _NEGATED.search(before):
        return _negated(lemma, form, before[: match.start()].rstrip(), match[0])
    if form == "" and _WE_WILL.search(before):
        return Mood.RULES
    if not before.endswith("hereby") and _is_unreal(before):
        return Mood.SPEAKS
    return Mood.RULES if _rules(form, before, is_minute, is_loud) else Mood.SPEAKS


def _is_unreal(before: str) -> bool:
    signs = (
        _MODAL,
        _CONDITION,
        _CONDITIONAL,
        _THOUGHT,
        _WISHED,
        _DEEMED,
        _CITED,
        _WHICH,
        _IN_WHICH,
        _RECOMMENDED,
    )
    return _is_quoted(before) or any(sign.search(before) for sign in signs)


def _is_quoted(before: str) -> bool:
    """Within quotes somebody else speaks; but a whole sentence in quotes is the judge's own."""
    quoted = before.lstrip(" .:;").removeprefix('"')
    return quoted.count('"') % 2 == 1


def _rules(form: str, before: str, is_minute: bool, is_loud: bool) -> bool:
    match form:
        case "ed":
            return _participle_rules(before, is_minute, is_loud)
        case "ing":
            return not (_OLDER_ORDER.search(before) or _INSTEAD.search(before))
        case "s":
            return bool(_BY_COURT.search(before)) or not _BY_ANOTHER.search(before)
        case _:
            return bool(_BY_COURT.search(before)) and not _THAT_WE.search(before)


def _negated(lemma: str, form: str, subject: str, word: str) -> Mood:
    """ "Is not granted" and "the court does not grant" refuse; "not denied" says nothing."""
    is_plain = word.startswith("not") and not _is_unreal(subject.removesuffix(" will"))
    is_passive = form == "ed" and _BE.search(subject)
    is_active = form == "" and _BY_COURT.search(re.sub(r" (?:does|do|will)$", "", subject))
    refuses = is_plain and (is_passive or is_active) and lemma in {"grant", "allow", "approve"}
    return Mood.REFUSES if refuses else Mood.SPEAKS


def _declined(lemma: str, before: str) -> Mood:
    subject = _DECLINES.sub("", before).rstrip()
    is_others = _BY_ANOTHER.search(subject) or _NEGATED.search(subject) or _is_unreal(subject)
    refuses = lemma in _RELIEF_GIVING and not is_others
    return Mood.REFUSES if refuses else Mood.SPEAKS


#: "Judgment of the Bankruptcy Court AFFIRMED": the court is whose judgment it is.
_DECISION_OF = re.compile(r"\W*(?:the )?(?:judgment|order|decision) of (?:the )?[\w' ]{3,40}$")


def _participle_rules(before: str, is_minute: bool, is_loud: bool) -> bool:
    """ "Is GRANTED", "Motion GRANTED"; not "was granted", "the district court granted"."""
    if _BE.search(before) or (is_loud and _HAS_BEEN.search(before)):
        return True
    if is_minute:
        return not _BY_ANOTHER.search(before)
    if _DECISION_OF.match(before):
        return True
    if _PAST.search(before) or _BY_ANOTHER.search(before):
        return False
    if not is_loud and _ALSO_BY_ANOTHER.search(before):
        return False
    return is_loud or not _BY_COURT.search(before)
