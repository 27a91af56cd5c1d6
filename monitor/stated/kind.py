"""Whether a day is that of a hearing or of a deadline, and of which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from monitor.stated import cues
from monitor.stated.around import BEHIND, Around
from monitor.stated.what import first_paper, hearing, object_of, paper, step, subject
from monitor.stated.when import hour_moved

_MOST_WORDS = 9
#: As near as a party's asking stands to what is asked.
_NEAR = 60


class StatedKind(StrEnum):
    """What a stated day is: somebody appears, or something is due."""

    HEARING = "hearing"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Named:
    """What is to happen on a day; `is_old` if the sentence moves it from that day."""

    kind: StatedKind
    what: str
    is_old: bool = False


def _hearing(what: str) -> Named | None:
    return Named(StatedKind.HEARING, what) if what else None


def _deadline(what: str) -> Named | None:
    return Named(StatedKind.DEADLINE, what) if what else None


def named(around: Around, last: Named | None) -> Named | None:
    """The matter of a day; None where the text states no hearing and no deadline.

    `last` is the matter of the day before it in the text: "from March 3, 2026 to March 9, 2026".
    """
    if _is_asked_in_vain(around):
        return None
    found = _again(around, last) if last else _own(around)
    if found and cues.MOVED_FROM.search(around.before):
        return Named(found.kind, found.what, is_old=True)
    return found


def _again(around: Around, last: Named) -> Named | None:
    """Of two days of one sentence the second is a new day, or one more; or the end of a range."""
    if cues.RANGE.match(around.before):
        return Named(last.kind, last.what) if last.is_old else None
    if cues.WAS.match(around.before):
        return last
    if cues.AND.match(around.before):
        return Named(last.kind, last.what)
    return _own(around)


def _own(around: Around) -> Named | None:
    before = around.before
    if due := cues.DUE.search(before):
        return _due(around, due)
    if cues.PAST.search(before[-120:]) and not cues.BY.search(before):
        return None
    if around.is_asked:
        return _closes(around) or _notice(around)
    return (
        _closes(around)
        or _extended(around)
        or _set(around)
        or _by(around)
        or _on(around)
        or _listed(around)
        or _at(around)
        or _of_the_day(around)
    )


def _due(around: Around, due: re.Match[str]) -> Named | None:
    if around.is_asked and cues.ASKED.search(around.before[-_NEAR:]):
        return None
    before, word = around.before[: due.start()], due[0].split()[0].strip(":,")
    if word.lower() == "last":
        return _deadline(cues.LEADS.sub("", due[0]))
    own = subject(before)
    if word.lower() == "due":
        return _deadline(own or paper(around.sentence) or word)
    return _deadline(_aim(due["for"]) or f"{own} {word}".strip())


def _aim(words: str) -> str:
    """For what a deadline is: "deadline for filing dispositive motions"."""
    aim = words.strip().removeprefix("for ").removesuffix(" due")
    if not aim:
        return ""
    return object_of(words) or (aim if len(aim.split()) <= _MOST_WORDS else paper(aim))


def _notice(around: Around) -> Named | None:
    """A hearing of which a party's paper gives notice, as clerks say it: "Hearing set for"."""
    if cues.JUDGE_BEFORE.search(around.before) or cues.DATE_OF_HEARING.search(around.before):
        return _hearing(hearing(around.sentence) or "Hearing")
    found = cues.SET.search(around.before)
    before = around.before[: found.start()].rstrip() if found else ""
    what = hearing(before)
    is_own = what != "" and what[0].isupper() and before.endswith(what)
    is_told = is_own and (around.written.time is not None or before.strip() == what)
    return _hearing(what) if is_told and not cues.TO_MOVE.search(before) else None


def _closes(around: Around) -> Named | None:
    """A time that ends: "Discovery ends on"."""
    found = cues.CLOSES.search(around.before)
    if found is None or (around.is_asked and cues.ASKED.search(around.sentence)):
        return None
    return _deadline(subject(around.before[: found.start("verb")]))


def _extended(around: Around) -> Named | None:
    found = cues.EXTENDED.search(around.before)
    if found is None or _is_told_as_asked(around):
        return None
    inner, words = cues.TO_OR_FROM.sub("", found[0]), around.before[: found.start()]
    return _deadline(object_of(inner) or paper(inner) or object_of(words) or paper(words))


def _is_told_as_asked(around: Around) -> bool:
    """ "Acme requests an extension until 3/4/2026", told by the court."""
    binds = cues.BINDS.search(around.sentence) or cues.BINDS.search(around.behind)
    return binds is None and cues.ASKS_THAT.search(around.sentence) is not None


def _set(around: Around) -> Named | None:
    """A hearing that is set, held then, or moved; or a deadline that is set."""
    found = cues.SET.search(around.before) or cues.HELD_THEN.search(around.before)
    if found is None:
        return None
    before = around.before[: found.start()]
    if cues.OF_DEADLINE.search(before):
        return _deadline(subject(before) or paper(before))
    own = subject(before)
    if cues.PAPER_SET.search(own) and around.written.time is None:
        return _deadline(own)
    what = _short_name(before) or hearing(before) or hearing(found[0])
    what = what or hearing(around.sentence) or _later(around)
    if not what:
        what = _heard(around, before, found[0])
    return _deadline(what) if cues.BEFORE_DAY.search(around.before) else _hearing(what)


def _heard(around: Around, before: str, verb: str) -> str:
    """What is set to be heard, where no hearing is named."""
    if cues.HEARD.search(verb):
        return paper(before)
    if cues.APPEAR.search(around.before):
        return ""
    heard = [found[0] for found in cues.IS_HEARD.finditer(before)]
    return heard[-1] if heard and around.written.time else ""


def _short_name(before: str) -> str:
    """The whole subject where it is a hearing's name: "Probable Cause Hearing"."""
    own = subject(before)
    last = hearing(own)
    is_name = (
        last and own.endswith(last) and before.rstrip().endswith(own) and not cues.APART.search(own)
    )
    return own if is_name and len(own.split()) <= 4 else ""


def _later(around: Around) -> str:
    """The hearing behind its day: "is set for 3/4/2026 at 2 p.m. for a status conference"."""
    return hearing(around.behind[:100]) if around.written.time else ""


def _by(around: Around) -> Named | None:
    """Something that somebody has to do until then."""
    found = cues.BY.search(around.before)
    if found is None or cues.TOLD.search(around.sentence) or _is_told_as_asked(around):
        return None
    before = around.before[: found.start()]
    if not cues.DUTY.search(around.sentence) and not cues.DUTY.search(around.behind):
        return None
    has_own = cues.DUTY.search(before) and not around.behind.lstrip(" ,").startswith("to ")
    names = _done(before), _then(around.behind)
    what = next(filter(None, names if has_own else names[::-1]), "")
    return _deadline(what or step(before) or step(_clause(around.behind)))


def _done(words: str) -> str:
    """What somebody has to do, said before the day."""
    passive = subject(words) if cues.SHALL_BE.search(words) else ""
    return object_of(words) or paper(words) or passive


def _then(words: str) -> str:
    """What somebody has to do, said behind the day: its own clause."""
    clause = _clause(words)
    return object_of(clause) or first_paper(clause)


def _clause(words: str) -> str:
    return re.split(r"[.;]", words.lstrip(" ,"), maxsplit=1)[0][:BEHIND]


def _listed(around: Around) -> Named | None:
    """One line of a schedule: "Appellee's Brief March 12, 2026"."""
    found = cues.LISTED.match(around.before.rpartition(":")[2])
    if found is None or not around.is_listed:
        return None
    what = found["what"].strip()
    is_paper = bool(paper(what)) and len(what.split()) <= _MOST_WORDS
    return _deadline(subject(what)) if is_paper and not cues.LOOSE_END.search(what) else None


def _at(around: Around) -> Named | None:
    """A hearing that is only named beside its day and its time."""
    before, hour = around.before, around.written.time
    if cues.JUDGE_BEFORE.search(before) or cues.DATE_OF_HEARING.search(before):
        return _hearing(hearing(around.sentence) or "Hearing")
    what = hearing(around.sentence if cues.BARE_ON.match(before) else before[-120:])
    is_timed = hour is not None and (cues.ON.search(before) or before.rstrip().endswith(what))
    if what and (is_timed or cues.GONE_BEHIND.match(around.behind) or _is_next(around, what)):
        return _hearing(what)
    if is_timed and (cues.BEFORE_JUDGE.match(around.behind) or cues.APPEAR.search(before)):
        return _hearing(hearing(around.sentence) or object_of(before) or "Hearing")
    return None


def _on(around: Around) -> Named | None:
    """What is said behind its day: "On 3/4/2026, the Court will hold a status conference"."""
    if not cues.ON_DAY.match(around.before):
        return None
    if cues.WILL_HOLD.match(around.behind) and (what := hearing(_clause(around.behind))):
        return _hearing(what)
    return (
        _deadline(_then(around.behind) or step(_clause(around.behind)))
        if cues.SHALL.match(around.behind)
        else None
    )


def _is_next(around: Around, what: str) -> bool:
    """ "the Panel hearing on May 27, 2026", said before that day."""
    return around.is_ahead and around.before.rstrip().endswith(f"{what} on")


def _of_the_day(around: Around) -> Named | None:
    """ "The 3/4/2026 status conference is vacated", "The 3/4/2026 deadline is stayed"."""
    gone = cues.GONE_BEFORE.search(around.before)
    is_gone = cues.GONE_BEHIND.match(around.behind) or (gone and not gone["tail"].strip(" the"))
    if not is_gone:
        return None
    later = " ".join(around.behind.split()[:5])
    if cues.DATE.match(later):
        return _hearing("date")
    if cues.DEADLINE.match(later):
        return _deadline(object_of(around.behind[:60]) or later.split()[0])
    return _hearing(hearing(later))


def _denied(around: Around) -> re.Match[str] | None:
    """What stands between a motion that is denied and the day; None where none is."""
    if found := cues.DENIED_ASK.search(around.sentence):
        return found
    return cues.ASK.search(around.sentence) if cues.IS_DENIED.match(around.behind) else None


def _is_asked_in_vain(around: Around) -> bool:
    """Whether a denied motion asks for the day: for a hearing then, or to move one to it.

    "ORDER denying motion to continue the hearing set for 3/4/2026": that day was set by another.
    """
    found = _denied(around)
    if found is None:
        return False
    asked = found["asked"]
    is_new = cues.TO.search(asked) and not cues.SET_FOR.search(asked)
    return bool(is_new) or not cues.ASKS_TO_MOVE.search(asked)


def is_cancelled(around: Around) -> bool:
    """Whether the sentence takes the day back: vacates it, or moves it to another.

    "The motion to adjourn the conference set for 3/4/2026 is denied" takes nothing back; neither
    does "will not be vacated", nor "reset from 10:00 AM to 2:00 PM".
    """
    if _denied(around):
        return False
    if found := cues.GONE_BEHIND.match(around.behind):
        return not cues.NOT.search(found[0]) and hour_moved(around.rest[found.end() :]) is None
    if cues.GONE_NEXT.match(around.rest):
        return True
    return _is_moved_away(around) or _is_gone_before(around)


def moved_hour(around: Around) -> time | None:
    """The new hour of a hearing that stays on its day: "reset from 10:00 AM to 2:00 PM"."""
    found = cues.GONE_BEHIND.match(around.behind)
    return hour_moved(around.rest[found.end() :]) if found else None


def _is_moved_away(around: Around) -> bool:
    words = around.sentence + around.behind
    is_from = cues.MOVED_FROM.search(around.before)
    return bool(is_from and (cues.MOVES.search(words) or cues.FROM_TO.match(around.behind)))


def _is_gone_before(around: Around) -> bool:
    """ "VACATING the hearing set for 3/4/2026"."""
    gone = cues.GONE_BEFORE.search(around.before)
    if gone is None or cues.IS_DUE.search(around.before):
        return False
    if cues.NOT.search(around.before[: gone.start()]):
        return False
    return not cues.TO.search(gone["tail"]) or cues.SET_FOR.search(gone["tail"]) is not None
