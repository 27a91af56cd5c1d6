"""What stands around each day of an entry: its own words, its sentence, what follows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from monitor.stated import cues
from monitor.stated.when import Written

#: As much of a sentence is read before a day, and behind it.
BEFORE, BEHIND = 300, 200


@dataclass(frozen=True, slots=True)
class Around:
    """One day of a text, with the words around it.

    `before` begins behind the day before this one, or where the sentence begins; `sentence` begins
    there always. `behind` ends with the sentence. `rest` does not. `is_asked`: a party says it, who
    asks the court. `is_ahead`: the day is known to come after the filing.
    """

    written: Written
    sentence: str
    before: str
    behind: str
    rest: str
    is_asked: bool
    is_ahead: bool
    is_listed: bool

    def quoted(self, what: str, end: int) -> str:
        """The words from the name of the matter to `end`, or to the name if that comes later."""
        at = self.sentence.rfind(what) if what else -1
        start = at if at >= 0 else len(self.sentence) - len(self.before)
        behind = self.behind.find(what) if what and at < 0 else -1
        most = max(end - self.written.end, behind + len(what) if behind >= 0 else 0)
        return (self.sentence[start:] + self.written.words + self.rest[:most]).strip(" ,;(")


def arounds(text: str, filed: date | None, days: Iterable[Written]) -> Iterator[Around]:
    """Each day of a plain text, in its order, with what stands around it."""
    ends = tuple(found.end() for found in cues.SENTENCE_END.finditer(text))
    acted, listed = _first(cues.ACTED, text), _first(cues.SCHEDULE, text)
    asks = is_asking(text)
    last = 0
    for one in days:
        start, end = _sentence(ends, one.begin, len(text))
        start = max(start, one.begin - BEFORE)
        yield Around(
            written=one,
            sentence=text[start : one.begin],
            before=cues.HOUR.sub(" ", text[max(start, last) : one.begin]),
            behind=text[one.end : min(max(end, one.end), one.end + BEHIND)],
            rest=text[one.end : one.end + BEHIND],
            is_asked=asks and acted >= one.begin,
            is_ahead=filed is not None and one.day > filed,
            is_listed=listed < one.begin,
        )
        last = one.end


def _sentence(ends: tuple[int, ...], place: int, length: int) -> tuple[int, int]:
    """Where the sentence begins and ends in which this place is."""
    number = bisect_right(ends, place)
    start = ends[number - 1] if number else 0
    return start, ends[number] if number < len(ends) else length


def _first(cue: cues.Cue, text: str) -> int:
    found = cue.search(text)
    return found.start() if found else len(text)


def is_asking(text: str) -> bool:
    """Whether the first words say that a party asks, before they say that a court acts."""
    asks, acts = cues.ASKS.match(text), cues.ACT.match(text)
    return asks is not None and (acts is None or asks.end() < acts.end())
