"""What the court did: granted, denied, stayed, affirmed … from the words of a text.

Only the court rules: the words count where the entry is the court's own act, and where they tell
what this entry does, not what an older one did. An event name alone never says "granted".
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.model.docket import EntryKind, Ruling

_K = EntryKind
#: Kinds by which a court may rule.
_ACTS = frozenset({_K.ORDER, _K.OPINION, _K.JUDGMENT, _K.MINUTE_ENTRY, _K.APPEAL_RELATED})
_READ = 2_000

#: What is cut away before reading: titles of older papers and orders that are only named.
_QUOTED = re.compile(
    r"\b(?:re|regarding|as to|in support of|in opposition to|response to|reply to|objections? to"
    r"|related documents?\(?s?\)?|notice of)\W{0,3}\[?\(?\d*\]?\)?\s*(?:order|judgment|minute order)"
    r" (?:on|granting|denying|dismissing)[^.;]{0,80}"
    r"|\b(?:reconsider\w*|vacate|rescind|from|set aside|amend|alter|clarify|modify)(?: of)? \[?\d*\]? ?"
    r"(?:the )?(?:\w+ )?order (?:denying|granting|dismissing)[^.;]*"
    r"|\bremanded (?:in)?to (?:the )?(?:custody|marshal)\w*|\bdefendant (?:is |was )?remanded\b"
    r"|\b(?:reports?|findings) (?:and|&) recommend\w*[^.;]{0,200}\bthat\b[^.;]*"
    r"|\bif (?:the )?(?:motion|application)[^.;]{0,60}\b(?:granted|denied)\b"
    r"|\b(?:failure|failing) to[^.;]{0,80}(?:dismiss\w*|sanction)"
    r"|\bvacat\w+ (?:the |all |any )?(?:\w+ ){0,4}(?:hearing|argument|conference|date|trial|deadline|setting|reference)s?\b"
    r"|\b(?:hearing|argument|conference|trial|deadline|date)s?\b[^.;]{0,80}\b(?:is|are|be) (?:hereby )?vacated"
    r"|\b(?:shall|should|may|will|would|to) (?:not )?be (?:granted|denied|dismissed)\b"
    r"|\bwhy (?:th\w+ )?[^.;]{0,80}\bdismiss\w*"
    r"|\bmotions? to (?:dismiss|stay|vacate|remand|affirm|deny|grant)\b"
    r"|\bconsent\w* .{0,20}dismissal\b"
)


@dataclass(frozen=True, slots=True)
class _Words:
    ruling: Ruling
    #: One of these stands in every text that the pattern fits: cheap to ask first.
    stems: tuple[str, ...]
    pattern: re.Pattern[str]

    def search(self, said: str) -> re.Match[str] | None:
        return self.pattern.search(said) if self.may_fit(said) else None

    def may_fit(self, said: str) -> bool:
        return any(stem in said for stem in self.stems)


def _words(ruling: Ruling, stems: str, pattern: str) -> _Words:
    return _Words(ruling, tuple(stems.split()), re.compile(pattern))


_PART = _words(
    Ruling.GRANTED_IN_PART,
    "grant allow den",
    r"\b(?:grant\w*|allow\w*|den(?:y|ied|ying))(?:,)? (?:only )?in part\b|\bgrant\w* (?:in part )?(?:and|&|but)(?: \w+)? den(?:y|ied|ying)\b|\bpartial(?:ly)? grant\w*",
)
_GRANTED = _words(
    Ruling.GRANTED,
    "grant allow approv sustain authoriz enjoin restrain",
    r"\bgrant(?:ed|ing|s)?\b(?! leave to appeal$)|\b(?:is|are) (?:hereby )?(?:\w+ )?(?:enjoined|restrained)\b|\b(?:motion|request|application|petition|objection)s?\b[^.;]{0,80}\b(?:is|are) (?:hereby )?(?:allowed|approved|sustained)\b|[.:)] allowed\b|\bmotions? (?:\d+ )?(?:(?:for|to) [^.;]{0,80}? )?allowed\b|\b(?:is|are) (?:\w+ )?allowed\b(?! (?:to|until|claim))|\border (?:allowing|approving|authorizing)\b",
)
_DENIED = _words(
    Ruling.DENIED,
    "den overrul disallow reject declin",
    r"\bden(?:ied|ying|ies)\b|\border den(?:y|ies)\b|\bit is den(?:y|ied)|\b(?:is|are) (?:hereby )?(?:overruled|disallowed|rejected)\b|\bdeclin(?:es|ed|ing) to (?:grant|issue)\b",
)
_OUTCOMES: tuple[_Words, ...] = (
    _words(
        Ruling.VACATED,
        "vacat",
        r"\b(?:is|are|be|hereby|herewith) (?:hereby |herewith )?vacated\b|^\W*(?:\w+ ){0,6}vacat(?:ed|ing)\b(?! and (?:setting|resetting) )|\bvacat(?:es|ing|ed) (?:the |its |our |this )?(?:\w+ ){0,5}(?:judgment|order|decision|injunction|ruling|stay|opinion|sentence)\b|\bvacated/remanded|\bwe (?:\w+ )?vacate\b|\b(?:judgment|order|sentence|decision|injunction|award)s? vacated\b",
    ),
    _words(Ruling.REVERSED, "revers", r"\brevers(?:ed|es|ing)\b|\bwe reverse\b"),
    _words(Ruling.AFFIRMED, "affirm", r"\baffirm(?:ed|s|ing|ance)\b|\bwe affirm\b"),
    _words(
        Ruling.REMANDED,
        "remand",
        r"\bremand(?:ed|ing|s)\b|\bshall remand\b|\border of remand\b|\border remanding\b|\bwe remand\b",
    ),
)
_STAYED = _words(
    Ruling.STAYED,
    "stay",
    r"\b(?:is|are|be|hereby) (?:hereby )?(?:administratively )?stayed\b|^\W*(?:\w+ ){0,4}(?:order )?staying\b|\border (?:to )?stay(?:ing)?\b|\bcourt stays\b|\bstaying (?:under|the|pending)\b|\bstays (?:the|all|this|enforcement|proceedings)\b|\benter(?:s|ed|ing)? (?:a|an) (?:administrative )?stay\b",
)
_DISMISSED = _words(
    Ruling.DISMISSED,
    "dismiss",
    r"\bdismiss(?:ed|ing|es|al of (?:case|action|appeal))\b|^\W*(?:\w+ ){0,3}(?:order|judgment) (?:of|for) dismissal\b|\bdismissal order\b|\bvoluntary dismissal\b|\bcase (?:is )?dismissed\b",
)


#: An event name says what was done only where it says it outright: "Order Dismissing Case".
_OUTRIGHT = re.compile(
    r"\border (?:\w+ ){0,2}(?:granting|denying|dismissing|staying|vacating|remanding|of (?:\w+ )?dismissal)"
    r"|\bdismissal order\b|^(?:dismissing|dismissed)\b|notice of voluntary dismissal - signed"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A ruling, the words that say it, and every verb of the text with what it is about."""

    ruling: Ruling = Ruling.NONE
    words: str = ""
    clauses: tuple[tuple[Ruling, str], ...] = ()


def ruling_of(kind: EntryKind, text: str, event_names: Sequence[str] = ()) -> Found:
    """What the entry does. `Ruling.NONE` where it does not say."""
    if kind not in _ACTS:
        return Found()
    if not text:
        text = next((name for name in event_names if _OUTRIGHT.search(name.lower())), "")
    plain = " ".join(html.unescape(text[:_READ]).lower().split())
    if not any(stem in plain for stem in _STEMS) or _ONLY_NAMES.match(plain):
        return Found()
    plain = _ABBREVIATED.sub(lambda match: match[0].replace(".", " "), plain)
    said = _QUOTED.sub(lambda match: " " * len(match[0]), plain)
    now = _without_history(kind, text, said)
    ruling, words = _found(kind, now)
    if ruling is Ruling.NONE:
        ruling, words = _found(kind, said)
    else:
        said = now
    return Found(ruling, words, tuple(_clauses(said, plain)))


_LEAD = 60
#: The verbs of rulings in capitals: a clerk's way to say which of several is the one.
_CAPITALS = re.compile(
    r"\b(?:GRANT(?:ED|S|ING)|DEN(?:IED|IES|YING)|ALLOWED|AFFIRM(?:ED|S)?|REVERSED?|VACATED?|REMAND(?:ED|S)?"
    r"|DISMISS(?:ED|ES|ING)?|STAY(?:ED|S|ING)|ENJOINED)\b"
)
#: What was decided before, by this court or another.
_HISTORY = re.compile(
    r"\b(?:previously|earlier|already|once|first|initially|had|in \d{4}|on \w+ \d+,? (?:it|the court)) (?:\w+ ){0,3}?"
    r"(?:grant|den|affirm|revers|vacat|remand|dismiss|stay)\w*(?: and (?:grant|den|affirm|revers|vacat|remand|dismiss)\w*)?"
    r"|\b(?:was|were|been) (?:\w+ ){0,2}?(?:granted|denied|affirmed|reversed|vacated|remanded|dismissed|stayed)"
    r"(?: and (?:granted|denied|affirmed|reversed|vacated|remanded|dismissed))?"
    r"|\b(?:circuit|agency|ij|board|bia|state court|commissioner|appeals court) (?:\w+ )?"
    r"(?:granted|denied|affirmed|reversed|vacated|remanded|dismissed|stayed)"
    r"(?: and (?:granted|denied|affirmed|reversed|vacated|remanded|dismissed))?"
)


def _without_history(kind: EntryKind, text: str, said: str) -> str:
    """What the entry itself does, where it also tells what was done before."""
    if kind is _K.MINUTE_ENTRY:
        return said  # of a hearing that is over, everything is told in the past
    now = _HISTORY.sub(lambda match: " " * len(match[0]), said)
    loud = {verb.lower() for verb in _CAPITALS.findall(text[:_READ])}
    if loud and sum(map(str.islower, text)) > sum(map(str.isupper, text)):
        quiet = re.compile(
            r"\b(?!(?:"
            + "|".join(sorted(loud))
            + r")\b)(?:grant|den[iy]|affirm|revers|vacat|remand"
            r"|dismiss(?!al)|stay(?:ed|ing|s)\b)\w*"
        )
        # "ORDER granting 7 Motion. … is STAYED": what stands at the head counts, loud or not.
        now = now[:_LEAD] + quiet.sub(lambda match: " " * len(match[0]), now[_LEAD:])
    return now


def _clauses(said: str, plain: str) -> Iterator[tuple[Ruling, str]]:
    """Every verb that counts, with what it is about in the whole text."""
    for words in (_GRANTED, _DENIED, _STAYED):
        for match in words.pattern.finditer(said) if words.may_fit(said) else ():
            yield words.ruling, _clause(plain, match)


def _found(kind: EntryKind, said: str) -> tuple[Ruling, str]:
    return _outcome(kind, said) or _split(kind, said) or _first(said) or (Ruling.NONE, "")


def _outcome(kind: EntryKind, said: str) -> tuple[Ruling, str] | None:
    """What became of an appeal or of an order below."""
    for words in (*_OUTCOMES, _PART):
        match = words.search(said)
        if match is None:
            continue
        before = said[: match.start()]
        if words is _PART and _DISMISSED.search(before):
            return None  # "dismissed in part and denied in part"
        is_ours = kind is not _K.ORDER or "hereby" in match[0]
        if is_ours or not _OF_ANOTHER.search(before):
            return words.ruling, match[0].strip()
    return None


def _split(kind: EntryKind, said: str) -> tuple[Ruling, str] | None:
    """Something granted and something denied."""
    granted, denied = _GRANTED.search(said), _DENIED.search(_MOOT.sub(" ", said))
    if not (granted and denied) or kind is _K.MINUTE_ENTRY or _DISMISSED.search(said):
        return None
    return Ruling.GRANTED_IN_PART, f"{granted[0].strip()} … {denied[0].strip()}"


def _first(said: str) -> tuple[Ruling, str] | None:
    """The verb that stands first decides."""
    found = [
        (match, words)
        for words in (_DISMISSED, _GRANTED, _DENIED, _STAYED)
        if (match := words.search(said))
    ]
    if not found:
        return None
    match, words = min(found, key=lambda pair: _place(*pair))
    return words.ruling, match[0].strip()


#: Dots that end no sentence.
_ABBREVIATED = re.compile(r"\b(?:u\.s\.c?\.|fed\.|reg\.|no\.|nos\.|v\.|inc\.|corp\.|hon\.|r\.)")
#: "The motion is DENIED": which one was said before.
_SAID_BEFORE = re.compile(
    r"\b(?:the|that|this|said|\w+'s?) (?:\w+ )?(?:motion|application|request|petition)s?"
    r"(?: (?:is|are)| \d+ (?:is|are)|\W*$)"
)


#: What is granted decides; another motion that became moot by it does not.
_MOOT = re.compile(r"\bden\w+ as moot|\bdenying\b[^.;]{0,40}\bas moot\b")


_SAID_AFTER = re.compile(
    r"\W*(?:the|this|that|said) (?:motion|application|request)s?\b(?! (?:for|to|of))"
)


def _clause(said: str, match: re.Match[str]) -> str:
    """What a verb is about: to the end of its clause, and from the beginning of its sentence."""
    before, words = said[: match.start()], match[0]
    after_it = said[match.end() : match.end() + 40]
    if _SAID_BEFORE.search(before[-60:] + words) or _SAID_AFTER.match(after_it):
        return f"{before[-400:]}{words}"
    after = re.split(r"[;.](?= )", said[match.end() : match.end() + 160], maxsplit=1)[0]
    sentences = re.split(r"[;.](?= )", said[max(0, match.start() - 160) : match.start()])
    # "Hearing on the application for a TRO held. Application granted.": look one sentence back.
    before = " ".join(sentences[-2:] if len(sentences[-1]) < 30 else sentences[-1:])
    return f"{before}{match[0]}{after}"


#: Every verb that `_found` knows begins like one of these: most texts hold none.
_STEMS = tuple(
    dict.fromkeys(
        stem
        for words in (*_OUTCOMES, _PART, _GRANTED, _DENIED, _STAYED, _DISMISSED)
        for stem in words.stems
    )
)
#: Papers that carry an order's title and do nothing themselves.
_ONLY_NAMES = re.compile(
    r"\W*(?:transmi|acknowledg|certificat|notice of (?:docket|appeal|electronic)|record|letter(?! order)"
    r"|(?!order)(?:\w+ ){0,3}(?:reports?|findings) (?:and|&) recommend|designation|mail)"
)
#: In a trial court's order, "affirming" after these tells what a higher court did.
_OF_ANOTHER = re.compile(r"\b(?:circuit|court of appeals|supreme court|mandate)\b")


def _place(match: re.Match[str], words: _Words) -> tuple[int, int]:
    """The first verb decides; a dismissal outranks the granting that led to it."""
    return (0 if words.ruling is Ruling.DISMISSED else 1, match.start())


_RELIEF = re.compile(
    r"\binjunct\w+|\bmotions? for (?:a )?pi\b|\brestrain\w+|\benjoin\w+|\bhabeas corpus|\btro\b|\bstay pending (?:appeal|review)"
    r"|\bmotions? (?:for|to) (?:an? )?(?:\w+ )?stay (?:of (?:the )?(?:order|judgment|injunction|mandate|rule|policy|enforcement))"
    r"|\bemergency (?:motion|application)[^.;]{0,40}\bstay"
)
_ENDS_IF_GRANTED = re.compile(
    r"\b(?:summary judgment|judgment on the pleadings|judgment as a matter|default judgment)\b(?! brief)"
    r"|\bmotions? to (?:dismiss|remand)\b|\bvoluntary dismissal|\bdismissal\b|\bvacate\b.{0,60}\b(?:dismiss\w+|judgment)"
)
_NOT_THE_MATTER = re.compile(
    r"\bextension|\bextend|\bschedule|\bbriefing|\bconference|\bpage limit|\bexcess pages|\bleave to file|\bcontinu"
)
_STAYS_AN_ACT = re.compile(
    r"\binjunct|\border of\b|\b705\b|\beffective date|\bjudgment|\bpending appeal|\bpolicy|\brule\b|\bagency|\bmandate|\benforcement|\bremoval"
)


def is_dispositive(
    kind: EntryKind, found: Found, text: str, event_names: Sequence[str]
) -> bool | None:
    """Whether the court granted, denied or stayed relief, or ended the case.

    None where only an event name is known that leaves it open: "Order on Motion to Dismiss".
    """
    if kind not in _ACTS:
        return False
    if found.ruling is Ruling.NONE:
        return _without_ruling(kind, text, event_names)
    if found.ruling in _ALWAYS:
        return found.ruling is not Ruling.VACATED or not _TRIFLES.search(text[:_READ].lower())
    return any(_matters(ruling, clause) for ruling, clause in found.clauses)


#: What courts vacate without deciding anything.
_TRIFLES = re.compile(
    r"entry of default\b.{0,40}\bvacated|improvidently|\bvacat\w+ (?:the )?(?:clerk'?s )?(?:entry of default|scheduling)"
)
#: Rulings that end a case or undo a decision, whatever they are about.
_ALWAYS = frozenset(
    {Ruling.AFFIRMED, Ruling.REVERSED, Ruling.VACATED, Ruling.REMANDED, Ruling.DISMISSED}
)


def _matters(ruling: Ruling, about: str) -> bool:
    if ruling is Ruling.STAYED:
        return bool(_STAYS_AN_ACT.search(about))
    if _NOT_THE_MATTER.search(about):
        return False
    ends = ruling is Ruling.GRANTED and _ENDS_IF_GRANTED.search(about)
    return bool(_RELIEF.search(about) or ends)


def _without_ruling(kind: EntryKind, text: str, event_names: Sequence[str]) -> bool | None:
    if kind is _K.JUDGMENT:
        return True
    words = " ".join(event_names).lower()
    return None if not text and _LEAVES_OPEN.search(words) else False


#: Event names behind which relief may hide.
_LEAVES_OPEN = re.compile(
    r"\border\b(?! (?:setting|to show|for|of service|referring|appointing))|\bopinion|\bruling"
    r"|\bdecision|mandate|\bmemorandum|\bfindings|termination"
)
