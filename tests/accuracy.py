"""How well kinds and rulings are told: `make accuracy`, on every labelled set of the corpus.

The rows that were set aside before the grammar was begun come first: only they say what to expect
of entries that nobody has read. Names of events are weighed by how often they stood in one national
round of feeds as well, because a rare name is told rarely.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.classify.kinds import classify, kind_of
from monitor.model.docket import Judgement
from tests.labels import ACTS, APPEALS, CORPUS, Row, all_rows, another_hand, name_counts

#: Told in place of each other, they turn a ruling into its opposite.
_OPPOSITES = (
    {"granted", "denied"},
    {"granted_in_part", "denied"},
    {"stayed", "denied"},
    {"affirmed", "reversed"},
    {"affirmed", "vacated"},
)
_NOISY = ("flp", "declassifier")
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Share:
    """How many, of how many."""

    count: float
    of: float

    @property
    def share(self) -> float:
        return self.count / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{self.count:.0f}/{self.of:.0f} {self.share:.3f}"


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled row, and what was said of it."""

    row: Row
    said: Judgement

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind.value for kind in self.said.kinds)

    @property
    def is_right(self) -> bool:
        return self.said.kind.value in self.row.labels

    def misses(self, kinds: frozenset[str]) -> bool:
        """Whether one of these kinds is told as something else, and not even as uncertain."""
        return self.row.label in kinds and not self.kinds & (kinds | self.row.labels)

    @property
    def is_in_vain(self) -> bool:
        return bool(self.kinds & ACTS) and not self.row.labels & ACTS

    @property
    def is_ruling_right(self) -> bool:
        return self.said.ruling.value in {self.row.ruling, *self.row.ruling_also_ok}

    @property
    def is_reversed(self) -> bool:
        pair = {self.row.ruling, self.said.ruling.value}
        return not self.is_ruling_right and pair in _OPPOSITES

    @property
    def tells_of_ruling(self) -> bool:
        """Whether there is a ruling, or one is told."""
        known = self.row.ruling is not None
        return known and {self.row.ruling, self.said.ruling.value} != {"none"}


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of some rows."""

    kind: Share
    missed_acts: Share
    missed_appeals: Share
    in_vain: Share
    uncertain: Share
    rulings: Share
    reversed_rulings: Share
    dispositive_found: Share
    dispositive_false: Share


def judge(rows: Iterable[Row]) -> list[Judged]:
    """What is said of each row whose set has a class of ours for it."""
    return [
        Judged(row, classify(row.event_names, row.text, row.court)) for row in rows if row.label
    ]


def measure(rows: Iterable[Row], *, by_frequency: bool = False) -> Measured:
    """The figures of some rows, each counted once, or as often as its name stood in a round."""
    return _measured(judge(rows), _frequency if by_frequency else lambda judged: 1.0)


def _frequency(judged: Judged) -> float:
    return float(name_counts().get(judged.row.event_names[0], judged.row.frequency))


def _measured(judged: Sequence[Judged], weight: Callable[[Judged], float]) -> Measured:
    def share(is_so: Callable[[Judged], bool], among: Callable[[Judged], bool]) -> Share:
        chosen = [one for one in judged if among(one)]
        return Share(sum(weight(one) for one in chosen if is_so(one)), sum(map(weight, chosen)))

    return Measured(
        kind=share(lambda one: one.is_right, lambda one: True),
        missed_acts=share(lambda one: one.misses(ACTS), lambda one: one.row.label in ACTS),
        missed_appeals=share(
            lambda one: one.misses(APPEALS | ACTS) if one.row.label in APPEALS else False,
            lambda one: one.row.label in APPEALS,
        ),
        in_vain=share(lambda one: one.is_in_vain, lambda one: not one.row.labels & ACTS),
        uncertain=share(lambda one: bool(one.said.may_be), lambda one: True),
        rulings=share(lambda one: one.is_ruling_right, lambda one: one.tells_of_ruling),
        reversed_rulings=share(lambda one: one.is_reversed, lambda one: one.tells_of_ruling),
        dispositive_found=share(
            lambda one: bool(one.said.is_dispositive), lambda one: one.row.is_dispositive is True
        ),
        dispositive_false=share(
            lambda one: bool(one.said.is_dispositive), lambda one: one.row.is_dispositive is False
        ),
    )


# --- the report ---

_COLUMNS: Mapping[str, Callable[[Measured], Share]] = {
    "kind right": lambda m: m.kind,
    "acts missed": lambda m: m.missed_acts,
    "appeals missed": lambda m: m.missed_appeals,
    "told in vain": lambda m: m.in_vain,
    "uncertain": lambda m: m.uncertain,
    "rulings right": lambda m: m.rulings,
    "reversed": lambda m: m.reversed_rulings,
    "dispositive": lambda m: m.dispositive_found,
    "falsely so": lambda m: m.dispositive_false,
}


def _table(title: str, rows: Sequence[Row]) -> None:
    print(f"\n{title}\n{'':18}" + "".join(f"{name:>16}" for name in _COLUMNS))
    parts: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parts[row.part].append(row)
    for part, listed in parts.items():
        _line(part + (" (noisy)" if part in _NOISY else ""), measure(listed))
        if part.endswith("names"):
            _line("  by frequency", measure(listed, by_frequency=True))


def _line(name: str, measured: Measured) -> None:
    cells = "".join(f"{of(measured)!s:>16}" for of in _COLUMNS.values())
    print(f"{name:18}{cells}")


def _by_class(judged: Sequence[Judged]) -> None:
    print(f"\nBy class\n{'':30}{'rows':>6}{'recall':>9}{'precision':>11}")
    for label in sorted({one.row.label for one in judged}):
        rows = [one for one in judged if one.row.label == label]
        told = [one for one in judged if one.said.kind.value == label]
        recall = Share(sum(one.is_right for one in rows), len(rows)).share
        precision = Share(sum(one.is_right for one in told), len(told)).share
        print(f"{label:30}{len(rows):6}{recall:9.3f}{precision:11.3f}")


def _mistakes(judged: Sequence[Judged]) -> None:
    """The worst that remain among rows that may be read, the most frequent first."""
    sorts = {
        "acts missed": lambda one: one.misses(ACTS),
        "appeals missed": lambda one: one.row.label in APPEALS and one.misses(APPEALS | ACTS),
        "told in vain": lambda one: one.is_in_vain,
        "rulings": lambda one: one.row.ruling is not None and not one.is_ruling_right,
        "kinds": lambda one: not one.is_right,
    }
    for name, is_so in sorts.items():
        found = sorted(filter(is_so, judged), key=lambda one: -one.row.frequency)
        print(f"\nMistakes that remain: {name} ({len(found)})")
        for one in found[:_SHOWN]:
            wanted = f"{one.row.label}, {one.row.ruling}"
            said = f"{one.said.kind.value}, {one.said.ruling.value}"
            print(f"  {wanted} <- {said}: {one.row.words[:140]!r}")


def speed(rows: Sequence[Row]) -> tuple[float, float]:
    """Distinct event names and texts per second of CPU."""
    names = [f"{name} {n}" for n in range(20) for row in rows for name in row.event_names]
    texts = [row.text for row in rows if row.text] * 4
    start = time.process_time()
    for name in names:
        kind_of([name])
    middle = time.process_time()
    for text in texts:
        classify([], text)
    return len(names) / (middle - start), len(texts) / (time.process_time() - middle)


def main() -> None:
    _table("Invented by another hand, read since", another_hand())
    if not (CORPUS / "entries.jsonl").exists():
        print(f"no corpus at {CORPUS}: set MONITOR_CORPUS")
        return
    rows = all_rows()
    aside = [row for row in rows if row.is_aside]
    read = [row for row in rows if not row.is_aside]
    _table("Set aside before the grammar was begun", aside)
    _table("Read while it was written", read)
    clean = [row for row in read if row.part not in _NOISY]
    _by_class(judge([row for row in aside if row.part not in _NOISY]))
    _mistakes(judge(clean))
    names, texts = speed([row for row in rows if row.part == "entries"])
    print(f"\n{names:,.0f} event names and {texts:,.0f} texts a second of CPU")


if __name__ == "__main__":
    main()
