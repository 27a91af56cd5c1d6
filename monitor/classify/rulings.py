"""What a court rules, one ruling for each thing ruled on, with the words that say it."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, zip_longest

from monitor.classify.mood import Mood, mood_of
from monitor.classify.ruled_on import numbers_in, ruled_on
from monitor.classify.vocabulary.verbs import TYPOS, words
from monitor.model.docket import EntryKind, Ruling, RulingOn
from monitor.normalize.text import without_hiding

_K = EntryKind
#: Kinds by which a court may rule.
ACTS = frozenset({_K.ORDER, _K.OPINION, _K.JUDGMENT, _K.MINUTE_ENTRY, _K.APPEAL_RELATED})
#: How much of a text is read.
READ = 8_000
#: Lemma -> its stem, what it rules, and its forms.
_VERBS = {
    "grant": ("grant", Ruling.GRANTED),
    "allow": ("allow", Ruling.GRANTED),
    "approve": ("approv", Ruling.GRANTED),
    "sustain": ("sustain", Ruling.GRANTED),
    "enjoin": ("enjoin", Ruling.GRANTED),
    "restrain": ("restrain", Ruling.GRANTED),
    "deny": ("den[iy]", Ruling.DENIED),
    "overrule": ("overrul", Ruling.DENIED),
    "reject": ("reject", Ruling.DENIED),
    "disallow": ("disallow", Ruling.DENIED),
    "dismiss": ("dismiss", Ruling.DISMISSED),
    "discontinue": ("discontinu", Ruling.DISMISSED),
    "stay": ("stay", Ruling.STAYED),
    "vacate": ("vacat", Ruling.VACATED),
    "affirm": ("affirm", Ruling.AFFIRMED),
    "reverse": ("revers", Ruling.REVERSED),
    "remand": ("remand", Ruling.REMANDED),
}
_VERB = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{lemma}>{stem})" for lemma, (stem, _) in _VERBS.items())
    + r")(?P<form>ed|ing|es|s|e|)\b",
    re.IGNORECASE,
)
#: One of these stands in every text that rules: most hold none.
_STEMS = words(
    """grant allow approv sustain enjoin restrain den overrul reject disallow dismiss discontinu stay vacat
    affirm revers remand injunct"""
)
#: No order rules more often in what is read of it.
_MOST_VERBS = 80
#: Dots that end no sentence.
_ABBREVIATED = re.compile(
    r"\b(?:u\.s\.c?|fed|reg|nos?|v|inc|corp|hon|r|civ|p|docs?|dkt|ecf|jr|sr|dr|mrs?|ms|cir|ct|supp|app|d"
    # "D. Mass.", "N.D. Tex."
    r"|(?<=\bd\. )[a-z]{2,5}|(?<=\.d\. )[a-z]{2,5}"
    r"|[a-z](?=\. ?[a-z]\.))\.",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[;.](?=\s)|[;.]$")
#: Papers that carry an order's title and do nothing themselves.
_ONLY_NAMES = re.compile(
    r"\W*(?:transmi|acknowledg|certificat|notice of (?:docket|appeal|electronic)|record"
    r"|letter(?! (?:order|request|motion))|designation|mail"
    r"|(?!order)(?:(?!adopt)[\w'’]+ ){0,3}(?:reports?|findings) (?:and|&) recommend)",
    re.IGNORECASE,
)
#: What a clerk takes back rules nothing.
_IN_ERROR = re.compile(
    r"(?<!was )(?<!were )\b(?:filed|entered|docketed) in error\b|\bdisregard\b", re.IGNORECASE
)
#: An event name says what was done only where it says it outright: "Order Dismissing Case".
_OUTRIGHT = re.compile(
    r"\border (?:\w+ ){0,2}(?:granting|denying|dismissing|staying|vacating|remanding"
    r"|of (?:\w+ )?dismissal)"
    r"|\bdismissal order\b|^(?:dismissing|dismissed|granting|denying|vacating)\b|notice of voluntary dismissal - signed"
    r"|\b(?:affirmed|reversed|vacated|remanded|dismissed)\W*$"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb that rules, with what it is about."""

    ruling: Ruling
    #: Which motions, by the numbers of their entries or by one title; empty where not said.
    on: tuple[str, ...]
    words: str
    about: str
    #: Moot by another ruling, or on an objection: it counts only where nothing else is ruled.
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class _Verb:
    lemma: str
    form: str
    start: int
    end: int
    is_loud: bool


def clauses_of(kind: EntryKind, text: str, event_names: Sequence[str] = ()) -> tuple[Clause, ...]:
    """Every ruling of an entry, in the order of its words."""
    if kind not in ACTS:
        return ()
    if not text:
        text = next((name for name in event_names if _OUTRIGHT.search(name.lower())), "")
    plain = html.unescape(text[:READ])
    if not plain.isascii():
        plain = without_hiding(unicodedata.normalize("NFKC", plain))
    plain = _spelled(" ".join(plain.split()))
    lower = plain.lower()
    if not any(stem in lower for stem in _STEMS) or _ONLY_NAMES.match(plain):
        return ()
    if _IN_ERROR.search(plain[:200]):
        return ()
    plain = _ABBREVIATED.sub(lambda match: match[0].replace(".", " "), plain)
    plain = plain.replace("  ", " ")
    return tuple(_clauses(kind, plain))


def _spelled(plain: str) -> str:
    """The text with misspelled verbs of ruling as they are meant: "DENYNG", "dimissed"."""
    spelled = plain.split(" ")
    if TYPOS.keys().isdisjoint(map(str.lower, spelled)):
        return plain
    return " ".join(_meant(word) for word in spelled)


def _meant(word: str) -> str:
    right = TYPOS.get(word.lower(), word)
    return right.upper() if word.isupper() else right


def rulings_of(clauses: Sequence[Clause]) -> tuple[RulingOn, ...]:
    """One for each thing ruled on."""
    found = [
        RulingOn(clause.ruling, on, clause.words) for clause in clauses for on in clause.on or ("",)
    ]
    return tuple(dict.fromkeys(found))


#: What became of an appeal or of an order below says more than what was granted on the way.
_OUTCOMES = (Ruling.VACATED, Ruling.REVERSED, Ruling.AFFIRMED, Ruling.REMANDED)


def sum_of(kind: EntryKind, clauses: Sequence[Clause]) -> Clause | None:
    """The ruling that stands for all: all granted, all denied, or granted in part.

    A motion that became moot by the ruling on another, and an objection, do not count beside others.
    """
    if not clauses:
        return None
    for ruling in _OUTCOMES:
        if one := _first(clauses, ruling):
            return one
    counted = [one for one in clauses if not one.is_aside] or list(clauses)
    for ruling in (Ruling.DISMISSED, Ruling.GRANTED_IN_PART):
        if one := _first(counted, ruling):
            return one
    granted, denied = _first(counted, Ruling.GRANTED), _first(counted, Ruling.DENIED)
    if granted and denied:
        both = f"{granted.words} … {denied.words}"
        return replace(granted, ruling=Ruling.GRANTED_IN_PART, words=both)
    return counted[0]


def _first(clauses: Sequence[Clause], ruling: Ruling) -> Clause | None:
    return next((one for one in clauses if one.ruling is ruling), None)


def _clauses(kind: EntryKind, plain: str) -> Iterator[Clause]:
    verbs = _loudest(plain, tuple(islice(_verbs(plain), _MOST_VERBS)))
    for begin, end in _sentences(plain):
        inside = [verb for verb in verbs if begin <= verb.start < end]
        yield from _of_sentence(kind, plain, begin, end, inside)


def _sentences(plain: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for stop in _SENTENCE.finditer(plain):
        yield begin, stop.start()
        begin = stop.end()
    yield begin, len(plain)


def _verbs(plain: str) -> Iterator[_Verb]:
    for match in _VERB.finditer(plain):
        lemma = next(name for name in _VERBS if match[name])
        form = {"es": "s", "e": ""}.get(match["form"].lower(), match["form"].lower())
        yield _Verb(lemma, form, match.start(), match.end(), match[0].isupper())


_LEAD, _LEAD_OF_SEVERAL = 60, 200
#: How far before a verb is looked for what it means.
_NEAR = 240


def _loudest(plain: str, verbs: tuple[_Verb, ...]) -> tuple[_Verb, ...]:
    """Verbs in capitals are a clerk's way to say which of several are the rulings."""
    loud = {verb.lemma for verb in verbs if verb.is_loud}
    if not loud or sum(map(str.islower, plain)) <= sum(map(str.isupper, plain)):
        return verbs
    # "ORDER granting 7 Motion. … is STAYED": what stands at the head counts, loud or not.
    return tuple(v for v in verbs if v.is_loud or v.lemma in loud or _leads(v))


def _leads(verb: _Verb) -> bool:
    """ "ORDER denying 28 Motion … and granting 30 Motion": one head, of several lines."""
    return verb.start < (_LEAD_OF_SEVERAL if verb.form == "ing" else _LEAD)


def _of_sentence(
    kind: EntryKind, plain: str, begin: int, end: int, verbs: Sequence[_Verb]
) -> Iterator[Clause]:
    found = [*_ruled(kind, plain, begin, end, verbs), *_nominal(plain, begin, end)]
    yield from (clause for _, clause in sorted(found, key=lambda pair: pair[0]))


def _ruled(
    kind: EntryKind, plain: str, begin: int, end: int, verbs: Sequence[_Verb]
) -> list[tuple[int, Clause]]:
    """Where a verb rules, and what."""
    ruled = [
        (verb, ruling)
        for verb in verbs
        if (ruling := _ruling(kind, verb, _before(plain, begin, verb), plain[verb.end : end]))
        is not Ruling.NONE
    ]
    begun, split = begin, -1
    found: list[tuple[int, Clause]] = []
    for (verb, ruling), following in zip_longest(ruled, ruled[1:]):
        after = plain[verb.end : following[0].start if following else end]
        is_part = ruling in _OF_MOTIONS and _IN_PART.match(after)
        clause = _clause(ruling, verb, plain, (begin, begun, end), after)
        if is_part and split >= 0:
            # "granted in part and denied in part" is one ruling, and what it is on follows.
            where, first = found[split]
            found[split] = (where, replace(first, on=first.on or clause.on))
            continue
        split = len(found) if is_part else split
        if is_part or (ruling is Ruling.GRANTED and _PARTIALLY.search(plain[: verb.start])):
            clause = replace(clause, ruling=Ruling.GRANTED_IN_PART)
        found.append((verb.start, clause))
        begun = verb.end
    return found


def _before(plain: str, begin: int, verb: _Verb) -> str:
    """The sentence before a verb; where the verb stands alone ("ALLOWED."), the one before, too."""
    is_alone = verb.form == "ed" and not plain[begin : verb.start].strip()
    return f"{plain[max(0, begin - _NEAR) : begin]} " if is_alone else plain[begin : verb.start]


_OF_MOTIONS = frozenset({Ruling.GRANTED, Ruling.DENIED})
_IN_PART = re.compile(r",? (?:only )?in part\b|\W{1,2}in[- ]part\b", re.IGNORECASE)
_PARTIALLY = re.compile(r"\bpartial(?:ly)?\W+$", re.IGNORECASE)
_MOTION = (
    r"(?:motion|application|request|petition|objection|appeal|leave|stipulation|extension|relief"
    r"|withdrawal|proposed|claim|plan)"
)
#: These verbs rule only where something that is asked for stands near.
_NEED_A_MOTION = frozenset({"allow", "approve", "sustain", "reject", "overrule", "disallow"})
_A_MOTION_FOLLOWS = re.compile(
    rf"\W{{0,4}}(?:\[?\d+\]? )?(?!that\b|th\w+ argument)(?:[\w'’()-]+ ){{0,5}}{_MOTION}",
    re.IGNORECASE,
)
_NEAR_A_MOTION = re.compile(rf"\b{_MOTION}s?\b", re.IGNORECASE)
#: Hearings are vacated and defendants remanded every day.
_NEED_AN_ACT = frozenset({"vacate", "remand", "affirm", "stay"})
_ACT = (
    r"(?:judgments?|orders?|injunctions?|decisions?|rulings?|cases?|action|matter to|agency|rules?"
    r"|polic\w+|sentences?|convictions?|awards?|opinions?|stays?|defaults?"
    r"|remand\w*|revers\w*|dismiss\w*|regulation|memorandum)"
)
_AN_ACT = re.compile(rf"\b{_ACT}\b")
#: "The judgment of the district court vacated".
_ACT_BEFORE = re.compile(
    rf"\b{_ACT}(?: of (?:the )?[\w' ]{{3,30}}|(?: \w+){{0,2}})\W{{0,2}}$|^\W*$"
)
_IS_DONE = re.compile(r"\b(?:is|are|be|hereby|herewith|stands?)$")
#: "The stay granted on May 3": an older one.
_ON_A_DAY = re.compile(r"\W+(?:on|in) (?:\w+ )?\d")
#: "VACATED and REMANDED" is what became of a decision below.
_AND_MORE = re.compile(r"\W+(?:and )?(?:\w+ ){0,2}(?:remand|revers|affirm)\w*")
#: "Discovery remains stayed": since an older order.
_REMAINS = re.compile(r"\bremains?(?: \w+)?$")
_JURORS = re.compile(r"\b(?:jur(?:y|ors?)|witness(?:es)?|panel)(?: \w+)?$")
_DATES = (
    r"(?:hearing|argument|conference|date|trial|deadline|setting(?! aside)|reference|schedul\w+|calendar"
    r"|briefing|arraignment|sentencing|entry of default)s?"
)
_NO_ACT = r"(?!judgment|order|injunction|decision|stay|opinion|sentence|ruling|rule|award)"
_DATE_IS = re.compile(rf"\b{_DATES}\b[^;.]{{0,80}}\b(?:is|are|be|stands?)(?: hereby)?$")
_ADOPTS = (
    r"\W{1,3}(?:and adopt\w{0,4}|the )?\W{0,3}(?:\[?\d{1,5}\]? )?(?:the )?(?:magistrate )?"
    r"(?:\w{1,12}['’]s )?(?:report|findings|r&r|recommended decision)\b"
)
#: "The claim is allowed", "claims 4 and 5 are disallowed": a debt, not what was asked of the court.
_CLAIM_IS = re.compile(
    r"\bclaims?(?: (?:no\.? ?)?[\d, and-]+)?(?: of [\w .]{1,40})? (?:is|are|be)(?: hereby)?$"
)
#: What a verb is about that rules nothing.
_NO_RULING_AFTER = {
    "allow": re.compile(r"\W+(?:to|until|for|time|claim|\d|up to|the parties)\b"),
    # A report that a court adopts is no decision below.
    "affirm": re.compile(_ADOPTS),
    "dismiss": re.compile(r"\W+(?:papers|documents|from (?:the|jury)|to report)\b"),
    "remand": re.compile(r"\W+(?:in)?to (?:the )?(?:custody|marshal|usms|u\.s\. marshal)"),
    "restrain": re.compile(r"\W+order"),
    "stay": re.compile(r"\W+(?:relief|violation|tuned|put)\b"),
    "vacate": re.compile(rf"\W{{0,4}}(?:{_NO_ACT}[\w'-]{{1,24}} ){{0,5}}?{_DATES}\b"),
    "deny": re.compile(r"\W+(?:any|all) (?:liability|wrongdoing|allegation)"),
}


def _ruling(kind: EntryKind, verb: _Verb, before: str, after: str) -> Ruling:
    """What a verb rules between these words; `Ruling.NONE` where it does not."""
    before, after = before[-_NEAR:].lower().rstrip(), after[:_NEAR].lower()
    is_minute = kind is _K.MINUTE_ENTRY
    if _is_trifle(verb, before, after, is_minute=is_minute):
        return Ruling.NONE
    mood = mood_of(verb.lemma, verb.form, before, is_minute=is_minute, is_loud=verb.is_loud)
    if mood is Mood.REFUSES:
        return Ruling.DENIED
    return _VERBS[verb.lemma][1] if mood is Mood.RULES else Ruling.NONE


def _is_trifle(verb: _Verb, before: str, after: str, *, is_minute: bool) -> bool:
    """Whether the verb is about dates, people or time, and not about what was asked for."""
    barred, near = _NO_RULING_AFTER.get(verb.lemma), f"{before[-90:]} {after[:60]}"
    if barred and barred.match(after):
        return True
    if verb.lemma == "vacate" and _AND_MORE.match(after):
        return False
    if verb.lemma == "remand" and before.endswith("defendant"):
        return True
    if verb.lemma == "allow" and _CLAIM_IS.search(before):
        return True
    if verb.lemma == "stay" and _REMAINS.search(before):
        return True
    if verb.lemma == "dismiss" and _JURORS.search(before):
        return True
    if verb.lemma == "vacate" and verb.form == "ed" and _DATE_IS.search(before):
        return True
    if verb.lemma in _NEED_A_MOTION and verb.form != "ed":
        return not _A_MOTION_FOLLOWS.match(after)
    if verb.lemma in _NEED_A_MOTION:
        # "The motions for approval (Dkt. 120) and for fees (Dkt. 122) are ALLOWED".
        return not _NEAR_A_MOTION.search(before if verb.is_loud else near)
    if verb.form == "ed" and not verb.is_loud and _ON_A_DAY.match(after):
        return not _IS_DONE.search(before)
    if verb.lemma == "vacate" and verb.form == "ed" and not _IS_DONE.search(before):
        return not _ACT_BEFORE.search(before)
    if verb.lemma == "vacate" or (is_minute and verb.lemma in _NEED_AN_ACT):
        return not (_AN_ACT.search(near) or (_IS_DONE.search(before) and not is_minute))
    return False


#: Rulings that are said with a noun.
_NOMINAL = (
    (
        Ruling.DISMISSED,
        re.compile(
            r"\b(?:order|judgment) (?:of|for) (?:\w+ )?(?:dismissal|discontinuance)\b"
            r"|\bdismissal order\b"
            r"|^\W*(?:notice of )?voluntary dismissal - signed|\bstipulated dismissal is approved",
            re.IGNORECASE,
        ),
    ),
    (Ruling.REMANDED, re.compile(r"\border of remand\b", re.IGNORECASE)),
    (
        Ruling.STAYED,
        re.compile(
            r"\b(?:enters?|entered|issues?|issued|imposes?) (?:an?|the) (?:\w+ )?stay\b"
            # "The stay entered on May 3 be dissolved" tells of an older one.
            r"|\b(?:administrative|temporary) stay (?:is |be )?(?:hereby )?(?:entered|issued)\b"
            r"(?! (?:on|by|in|\w+ \d))"
            r"|\border to stay\b|\bstay\b[^.;]{0,60}\b(?:is|be) (?:hereby |further )*extended\b",
            re.IGNORECASE,
        ),
    ),
    (
        Ruling.GRANTED,
        re.compile(
            r"^\W*(?:amended )?(?:(?:preliminary|permanent) injunction|temporary restraining order)"
            r"(?: order)?(?:\W*$| (?:signed|against|entered|issued|as to)\b)"
            r"|\b(?:preliminary injunction|permanent injunction|restraining order|tro)"
            # "The preliminary injunction entered at ECF 44 is stayed" tells of an older one.
            r" (?:is |shall )?(?:hereby )?(?:entered|issued|issue)\b(?! (?:at|on|by|in|under|as \w+ \d))"
            r"|\b(?:enters?|issues?|entering|issuing) (?:an?|the) (?:\w+ )?"
            r"(?:preliminary injunction|permanent injunction|temporary restraining order|tro)\b",
            re.IGNORECASE,
        ),
    ),
)


#: One of these stands in every sentence that such a pattern fits.
_NOUN_OF = {
    Ruling.DISMISSED: re.compile(r"dismissal|discontinuance"),
    Ruling.REMANDED: re.compile(r"of remand"),
    Ruling.STAYED: re.compile(r" stay"),
    Ruling.GRANTED: re.compile(r"injunction|restraining|tro\b"),
}


def _nominal(plain: str, begin: int, end: int) -> Iterator[tuple[int, Clause]]:
    sentence = plain[begin:end]
    lower = sentence.lower()
    for ruling, pattern in _NOMINAL:
        match = pattern.search(sentence) if _NOUN_OF[ruling].search(lower) else None
        if match is None:
            continue
        before = sentence[: match.start()].lower().rstrip()
        if _ONLY_MEANT.search(before):
            continue
        yield begin + match.start(), Clause(ruling, (), match[0].strip(), sentence[:400].lower())


#: "Motion for an order of dismissal", "why no order of remand".
_ONLY_MEANT = re.compile(
    r"\bmotions?\b.*$|\b(?:for|re|regarding|why|not|set aside|should|would|may|if|whether|reconsider\w*|from|vacat\w+"
    r"|declin\w+ to|refus\w+ to|request\w*|seek\w*|pending)(?: \S+){0,4}$"
)


def _clause(
    ruling: Ruling, verb: _Verb, plain: str, place: tuple[int, int, int], after: str
) -> Clause:
    """`place`: where the sentence begins, where the last ruling in it ended, where it ends."""
    begin, begun, end = place
    before = plain[begun : verb.start]
    if begun > begin and not _BEHIND.search(before):
        before = plain[begin : verb.start]  # "12 Motion is GRANTED and the case is DISMISSED"
    is_behind = verb.form == "ed" and _BEHIND.search(before) is not None
    near = before[-160:] if is_behind else _IN_PART.sub("", after, count=1)[:200]
    is_aside = "as moot" in after[:60].lower() or verb.lemma in _OF_OBJECTIONS
    on = () if _RESPECTIVELY.search(before) else ruled_on(near, is_behind=is_behind)
    said = plain[verb.start : verb.end]
    return Clause(ruling, on, said, _about(plain, verb, begin, end), is_aside)


#: Objections to a report are overruled with every order that adopts it.
_OF_OBJECTIONS = frozenset({"overrule", "sustain", "reject"})
#: Which verb is whose cannot be told.
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)


#: "The motion is GRANTED", "Motion DENIED": what is ruled on stands before.
_BEHIND = re.compile(
    rf"\b(?:{_MOTION}|case|action|judgment|order|injunction|stay)s?\b|\d\W*$", re.IGNORECASE
)


#: "ORDER re 5 MOTION for …", "on [61] Joint Stipulation": where nothing is ruled.
_ACTS_ON = re.compile(r"\b(?:on|re:?|as to|regarding|of|from)\W{1,3}(?=\[?\(?#?\d)", re.IGNORECASE)


def entry_ruled_on(kind: EntryKind, clauses: Sequence[Clause], text: str) -> str:
    """The number of the entry that this one answers, where it names one."""
    for number in (on for clause in clauses for on in clause.on if on[:1].isdigit()):
        return number
    if kind is _K.ADMINISTRATIVE_OTHER:
        return ""
    places = (match.end() for match in _ACTS_ON.finditer(text[:400]))
    return next(
        (numbers[0] for place in places if (numbers := numbers_in(text[place : place + 12]))), ""
    )


#: "The motion is DENIED": which one was said before.
_SAID_BEFORE = re.compile(
    r"\b(?:the|that|this|said|\w+'s?) (?:\w+ )?(?:motion|application|request|petition)s?"
    r"(?: (?:is|are)| \d+ (?:is|are)|\W*$)",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(
    r"\W*(?:the|this|that|said) (?:motion|application|request)s?\b(?! (?:for|to|of))", re.IGNORECASE
)


def _about(plain: str, verb: _Verb, begin: int, end: int) -> str:
    """What a verb is about, in lower case: its sentence, and more where that says too little."""
    before, said = plain[: verb.start], plain[verb.start : verb.end]
    if _SAID_BEFORE.search(before[-60:] + said) or _SAID_AFTER.match(plain[verb.end :][:40]):
        return f"{before[-400:]}{said}".lower()
    sentence = plain[max(begin, verb.start - 160) : verb.start]
    # "Hearing on the application for a TRO held. Application granted.": look one sentence back.
    if len(sentence) < 30:
        sentence = before[-200:]
    return f"{sentence}{said}{plain[verb.end : min(end, verb.end + 160)]}".lower()
