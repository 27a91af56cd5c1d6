"""What an entry takes back without a whole day: "The motion hearing is VACATED"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from monitor.stated import cues
from monitor.stated.around import is_asking
from monitor.stated.kind import StatedKind
from monitor.stated.what import hearings, object_of, subject
from monitor.stated.when import has_day, hour_moved, yearless_days

#: As much of a sentence is read; more sentences than any order needs that takes days back.
_SENTENCE, _MOST = 400, 80


@dataclass(frozen=True, slots=True)
class Undone:
    """What no longer stands.

    `kind` is None where it may be both; `what` is "" for all of them. `day` is month and day, where
    the text names them. `is_sure` is False where the words leave it open: "is continued" without a
    day, "the case is stayed". `is_briefing`: the papers of a briefing schedule.
    """

    kind: StatedKind | None
    what: str
    day: tuple[int, int] | None
    is_sure: bool
    is_briefing: bool = False


#: Gone, and no day comes in its place; or to another day that is not said.
_GONE = (
    r"vacated|cancell?ed|stricken|struck|off[- ]calendar|terminated|withdrawn|mooted|stayed"
    r"|suspended|tolled|held in abeyance"
)
_LATER = (
    r"continued|adjourned|postponed|re-?scheduled|re-?set|deferred|extended"
    r"|enlarged"
)
_BEHIND = re.compile(
    rf"(?P<was>\b(?:was|were|had been) )?(?:\b(?:is|are|be|been|being|hereby|now|therefore"
    rf"|accordingly|also) |[:(-] ?)(?:(?:hereby|now|also|taken|sua sponte) ){{0,2}}"
    rf"(?:(?P<gone>{_GONE})|(?P<later>{_LATER}))\b(?P<tail>[^.;]{{0,80}})"
    r"|\b(?:will|shall) not (?:be held|go forward|proceed|take place)(?P<tail2>[^.;]{0,80})"
    r"|\b(?P<taken>taken|removed) (?:off|from) (?:the )?(?:court's )?(?:\w+ )?calendar",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?P<gone>vacat(?:es|ing)|cancel(?:s|l?ing)|cancell?ation of|strik(?:es|ing)"
    r"|terminat(?:es|ing)|terminate(?= \w)"
    r"|stay(?:s|ing)|suspend(?:s|ing)|hold(?:s|ing)? in abeyance"
    r"|(?:vacated|cancell?ed)(?= (?:the|this|that)\b))(?P<object>[^.;]{0,140})"
    r"|\b(?P<later>postpon(?:es|ing)"
    r"|adjourn(?:s|ing)|continu(?:es|ing))(?P<object2>[^.;]{0,140})"
    r"|\bgrant(?:s|ing|ed)?\b[^.;]{0,60}?\b(?:motions?|requests?|applications?|stipulations?)\b"
    r"[^.;]{0,40}?\b(?:to|for) (?:\w+ )?(?:(?P<ask>vacate|cancel|strike)|(?P<ask_later>continue"
    r"|adjourn|postpone|reschedule|continuance of|adjournment of|stay|extend|extension of time"
    r"|enlargement of time))\b(?P<object3>[^.;]{0,140})"
    r"|\b(?:motions?|requests?|applications?|stipulations?) (?:to|for) (?:\w+ )?(?:(?P<ask2>vacate"
    r"|cancel|strike)|continue|adjourn|postpone|reschedule|continuance of|adjournment of|extend"
    r"|extension of time)\b(?P<object4>[^.;]{0,100}?) (?:is|are|be) (?:hereby )?granted\b",
    re.IGNORECASE,
)
#: "from March 18 to March 25": the first no longer stands.
_FROM = re.compile(
    r"\b(?:continu\w{1,4}|adjourn\w{0,3}|re-?set|re-?schedul\w{1,3}|mov(?:e|es|ed|ing)"
    r"|postpon\w{1,3}|advanc\w{1,3}|exten(?:d|ds|ded|ding|sion))\b(?P<object>[^.;]{0,120}?)\bfrom"
    r" (?P<from>[^.;]{3,60}?) (?:to|until)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\ball (?:of )?(?:the )?(?P<which>(?!responses?\b|repl)(?:[\w-]+,? (?:and )?){0,4}?)"
    r"(?P<of>deadlines|dates|hearings|settings|appearances|conferences|proceedings)\b"
    r"(?P<more>[^.;]{0,60}?\b(?:deadlines|dates|hearings|settings|conferences)\b)?"
    r"(?P<rest>[^.;]{0,200})",
    re.IGNORECASE,
)
_CASES = r"(?:the |this |these |all )?(?:case|action|matter|proceedings?|appeal|litigation)\b"
_CASE_STAYED = re.compile(
    r"\b(?:case|cases|action|matter|proceedings?|appeal|litigation)\b[^.;]{0,60}? (?:is|are|be)"
    r" (?:hereby )?(?:stayed|held in abeyance|administratively closed)"
    rf"|\b(?:staying|stays|hold(?:s|ing)? in abeyance) {_CASES}"
    rf"|\bhold(?:s|ing)? {_CASES} in abeyance"
    rf"|\bgrant(?:s|ed|ing)?\b[^.;]{{0,60}}? (?:to|for) stay (?:of )?{_CASES}",
    re.IGNORECASE,
)
_LIMITED = re.compile(
    r"\b(?:related|relating|regarding|pertaining|concerning"
    r"|on the|in the motion|for|with respect)\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"\b(?:except|other than|exception|as to)\b", re.IGNORECASE)
_BRIEFING = re.compile(r"\bbriefing(?: schedule| deadlines?)?\b", re.IGNORECASE)
_OF_TIME = re.compile(r"\bdeadlines?\b|\bdue dates?\b|\btime (?:to|for)\b", re.IGNORECASE)
#: A court's word on what a party asks.
_RULED = re.compile(
    r"\b(?:is|are|be)(?: hereby)? granted\b|\bso ordered\b|\bendorse|\bordered that\b"
    r"|\bthe court (?:orders|directs|grants)\b",
    re.IGNORECASE,
)
#: Something else would have to happen first, or somebody says so who decides nothing.
_IF = re.compile(
    r"\b(?:if|unless|should|may (?:be|not)|might|would|could|in the event|whether|when|once"
    r"|requests? that|asks?|seeks?|proposes?|moves (?:to|the)|fail(?:s|ure|ing)? to)\b",
    re.IGNORECASE,
)
_DENIED_NEAR = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|declin\w+|refus\w+|not|never|without|nor)\b"
    r"(?:(?!\b(?:and|but|grant\w*)\b)[^.;]){0,80}$",
    re.IGNORECASE,
)
_CUES = (
    "vacat", "cancel", "strick", "struck", "strik", "calendar", "terminat", "withdrawn", "moot",
    "continu", "adjourn", "postpon", "schedul", "reset", "re-set", "defer", "stay", "suspend",
    "toll", "abeyance", "exten", "enlarge", "will not", "shall not", "mov", "advanc", "closed",
)  # fmt: skip
_HAS_CUE = re.compile("|".join(_CUES), re.IGNORECASE)
_DAYS = re.compile(r"\b(?:hearing|trial|conference|deadline)?\s?dates?\b", re.IGNORECASE)


def undone(text: str) -> tuple[Undone, ...]:
    """What a plain text takes back without a whole day, in its order; a party's asking is none.

    >>> one, = undone("MINUTE ORDER: The Motion Hearing is VACATED.")
    >>> one.what, one.is_sure
    ('Motion Hearing', True)
    >>> undone("The Motion Hearing will not be vacated.")
    ()
    """
    # Most texts have none of these letters; to look for them so is cheaper than the pattern.
    low = text.casefold()
    if not any(letters in low for letters in _CUES):
        return ()
    if is_asking(text) and not _RULED.search(text):
        return ()
    found = (one for words in _sentences(text) for one in _of_sentence(words))
    return tuple(dict.fromkeys(found))


def _sentences(text: str) -> Iterator[str]:
    """The first sentences that have a word for it; a docket's texts mostly have none."""
    start = 0
    ends = [found.end() for found in cues.SENTENCE_END.finditer(text)]
    for end in [*ends[:_MOST], len(text)]:
        words = text[start:end][:_SENTENCE]
        if _HAS_CUE.search(words) and not _IF.search(words):
            yield words
        start = end


def _of_sentence(words: str) -> Iterator[Undone]:
    everything = list(_all(words))
    if everything:
        yield from everything
        return
    yield from _moved_from(words)
    yield from _said_before(words)
    yield from _said_behind(words)
    if (found := _CASE_STAYED.search(words)) and not _DENIED_NEAR.search(words[: found.start()]):
        yield Undone(None, "", None, is_sure=False)


def _all(words: str) -> Iterator[Undone]:
    """ "All pending deadlines and hearings are VACATED", "VACATING all dates"."""
    for found in islice(_ALL.finditer(words), 2):
        behind = _BEHIND.search(found["rest"])
        if (behind or _leads(words[: found.start() + 4])) and not _is_denied(words, found, behind):
            is_sure = _is_whole(found["rest"], behind) and not _only_extended(behind)
            for kind in _kinds(f"{found['of']} {found['more'] or ''}"):
                yield Undone(kind, "", None, is_sure)


def _leads(words: str) -> bool:
    """Whether "vacating" stands directly before "all"."""
    verb = _BEFORE.search(words)
    return verb is not None and (verb["object"] or verb["object2"] or "").strip() == "all"


def _is_whole(rest: str, behind: re.Match[str] | None) -> bool:
    """Whether all means all: "all deadlines for experts" are some."""
    near = rest[: behind.start()] if behind else rest
    return _EXCEPT.search(rest) is None and _LIMITED.search(near) is None


def _is_denied(words: str, found: re.Match[str], behind: re.Match[str] | None) -> bool:
    until = found.start("rest") + behind.start() if behind else found.start()
    near = words[:until]
    return _DENIED_NEAR.search(near) is not None or bool(
        behind and cues.IS_DENIED.match(behind["tail"] or "")
    )


def _only_extended(behind: re.Match[str] | None) -> bool:
    """Whether they have another day, which is not said."""
    later = (behind["later"] or "").lower() if behind else ""
    return later.startswith(("exten", "enlarg", "continu", "re"))


def _kinds(words: str) -> tuple[StatedKind, ...]:
    """What "dates", "deadlines and hearings" are."""
    low = words.lower()
    is_deadline = "deadline" in low or "date" in low or "setting" in low
    is_hearing = not ("deadline" in low and len(low.split()) == 1)
    kinds = (StatedKind.DEADLINE, is_deadline), (StatedKind.HEARING, is_hearing)
    return tuple(kind for kind, is_meant in kinds if is_meant)


def _moved_from(words: str) -> Iterator[Undone]:
    for found in islice(_FROM.finditer(words), 3):
        days = yearless_days(found["from"])
        if not days or has_day(found["from"]) or _DENIED_NEAR.search(words[: found.start()]):
            continue
        if cues.IS_DENIED.match(words[found.end() :]):
            continue
        own = list(_named(found["object"], days[0], is_sure=True, is_plural=False))
        yield from own or _named(words[: found.start()], days[0], is_sure=True, is_plural=False)


def _old_day(words: str) -> tuple[int, int] | None:
    return next(iter(yearless_days(_TO_DAY.split(words, maxsplit=1)[0])), None)


def _said_before(words: str) -> Iterator[Undone]:
    """ "VACATING the motion hearing", "granting 9 Motion to Continue Trial"."""
    for found in islice(_BEFORE.finditer(words), 4):
        behind = found["object"] or found["object2"] or found["object3"] or found["object4"] or ""
        behind = _NEXT_CLAUSE.split(behind, maxsplit=1)[0]
        if _DENIED_NEAR.search(words[: found.start()]) or has_day(behind):
            continue
        day = _old_day(behind)
        is_sure = bool(found["gone"] or found["ask"] or found["ask2"] or day)
        yield from _named(behind, day, is_sure, is_plural=" and " in behind)


def _said_behind(words: str) -> Iterator[Undone]:
    """ "The motion hearing is VACATED"."""
    start = 0
    for found in islice(_BEHIND.finditer(words), 6):
        clause, tail = words[start : found.start()], found["tail"] or found["tail2"] or ""
        start = found.end() - len(tail)
        if _is_still_there(clause, tail, found):
            continue
        clause = _OWN_CLAUSE.split(clause)[-1]
        day = _old_day(clause)
        is_gone = not found["later"] or _NO_DAY.search(tail) is not None or day is not None
        is_plural = _ARE.match(found[0]) is not None
        yield from _named(clause, day, is_gone and not found["was"], is_plural)


#: What stands before the clause of the verb, and behind it.
_OWN_CLAUSE = re.compile(r",(?= (?:the|all|this)\b)|\bthat (?=the\b)", re.IGNORECASE)
_NEXT_CLAUSE = re.compile(
    r",? and (?:set|reset|direct|order|the )|,(?! ?(?:19|20)\d\d\b)", re.IGNORECASE
)
#: Behind it stands the new day, which no entry takes back.
_TO_DAY = re.compile(r"\b(?:to|until|till)\b", re.IGNORECASE)
_ARE = re.compile(r"\W*(?:are|were)\b", re.IGNORECASE)
#: "to a date to be determined", "sine die", "pending resolution", "until further order".
_NO_DAY = re.compile(
    r"\b(?:to be (?:determined|set|re-?set|announced|re-?scheduled)|sine die|generally|indefinitely"
    r"|pending|until further|without date|tbd|abeyance)\b",
    re.IGNORECASE,
)


def _is_still_there(clause: str, tail: str, found: re.Match[str]) -> bool:
    """Whether the words say that it stands, or name a whole day, which is read elsewhere."""
    if _DENIED_NEAR.search(clause[-90:]) or cues.IS_DENIED.match(tail) or has_day(clause):
        return True
    return found["later"] is not None and (has_day(tail) or hour_moved(tail) is not None)


def _named(
    words: str, day: tuple[int, int] | None, is_sure: bool, is_plural: bool
) -> Iterator[Undone]:
    """The matters that words name: hearings, or else a deadline."""
    if _OF_TIME.search(words) or _BRIEFING.search(words):
        what, briefing = _deadline_name(words), _BRIEFING.search(words) is not None
        yield Undone(StatedKind.DEADLINE, what, day, is_sure and bool(what or briefing), briefing)
        return
    # "The judgment after the trial is vacated", "trial brief is stricken": of another thing.
    names = [one for one in hearings(words) if _is_of_it(words, one[1], one[2])]
    for name, _, end in names if is_plural else names[:1]:
        yield Undone(StatedKind.HEARING, name, day, is_sure and not _OF_PAPER.search(words[:end]))


def _is_of_it(words: str, begin: int, end: int) -> bool:
    if words[begin:end].lower().endswith(("proceeding", "proceedings")):
        # A case, or what was done in it.
        return False
    return not _RULING.search(words[:begin]) and _GOES_ON.match(words[end:]) is not None


_RULING = re.compile(
    r"\b(?:judgments?|sentence|opinion|verdict|decisions?|convictions?|rulings?|dismissal|default"
    r"|testimony|transcripts?|exhibits?|plea)\b",
    re.IGNORECASE,
)
#: "VACATING 9 Order setting hearing": the hearing with it, perhaps.
_OF_PAPER = re.compile(
    r"\b(?:orders?(?! to show cause)|notices?|motions?|requests?|referral|entry)\b[^:,]{0,40}?"
    r"\b(?:setting|scheduling|for|of|referring|re|regarding|to)\b[^:,]{0,60}$",
    re.IGNORECASE,
)
#: What stands behind the name of a hearing, and not of its brief or transcript.
_GOES_ON = re.compile(
    r"\W*(?:$|\d|(?:dates?|times?|set|re-?set|scheduled|on|before|for|currently|previously|noticed"
    r"|as|is|in|at|and|or|calendared|originally|re|regarding|with|of|to|that|by|from|hearing|now"
    r"|setting|also|which|via|until|are|was|were|has|have|the|mon|tue|wed|thu|fri|jan|feb|mar|apr"
    r"|may|jun|jul|aug|sep|oct|nov|dec)\w*)",
    re.IGNORECASE,
)


def _deadline_name(words: str) -> str:
    """What is due: "deadline to respond", "response deadline"; "" where it is not said."""
    found = _OF_TIME.search(words)
    if found is None:
        return ""
    behind = object_of(words[found.end() - 3 :])
    return behind or re.sub(r"(?i)^(?:the|this|that)\b ?", "", subject(words[: found.start()]))
