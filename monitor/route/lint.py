"""What in a tree of rules can never happen, and what happens too often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.model.delivery import Rule

#: More than so many alerts a day for one recipient by one rule: nobody reads them.
BROAD = 40.0
#: What a rule asks with lists, and what it is called in the file.
_LISTS = ("cases", "kinds", "topics", "courts", "dockets", "sources", "rulings")


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule, and what is wrong with it."""

    path: str
    words: str


def lint(rules: Sequence[Rule], today: date) -> tuple[Finding, ...]:
    """Rules that can never match: ended, contradicting those above, behind one that takes all."""
    return tuple(_lint(rules, today, (), ""))


def _lint(
    rules: Sequence[Rule], today: date, above: tuple[Rule, ...], path: str
) -> Iterator[Finding]:
    for place, rule in enumerate(rules):
        here = f"{path} > {rule.name}" if path else rule.name
        if rule.until and rule.until < today:
            yield Finding(here, f"it ended on {rule.until.isoformat()}: take it out")
        for upper in above:
            if clash := _clash(upper, rule):
                yield Finding(
                    here, f"it can never match: {upper.name} above it takes other {clash}"
                )
        stopping = (one for one in rules[:place] if not one.goes_on and covers(one, rule))
        if (first := next(stopping, None)) is not None:
            words = (
                f"it is never asked: {first.name} stands before it, takes all of this, and stops"
            )
            yield Finding(here, f"{words}; put it first, or write `continue: true` there")
        yield from _lint(rule.rules, today, (*above, rule), here)


def _clash(upper: Rule, rule: Rule) -> str:
    """What two rules ask that nothing can be at once; empty where something can."""
    for name in _LISTS:
        ours, theirs = set(getattr(rule, name)), set(getattr(upper, name))
        if ours and theirs and ours.isdisjoint(theirs):
            return name
    decided = {rule.is_dispositive, upper.is_dispositive} - {None}
    if len(decided) > 1:
        return "dispositive"
    certainties = {rule.certainty, upper.certainty} - {""}
    return "certainty" if len(certainties) > 1 else ""


def covers(one: Rule, other: Rule) -> bool:
    """Whether a rule takes all that another one takes."""
    lists = all(
        not getattr(one, name)
        or (getattr(other, name) and set(getattr(other, name)) <= set(getattr(one, name)))
        for name in _LISTS
    )
    return (
        lists
        and one.is_dispositive in {None, other.is_dispositive}
        and one.certainty in {"", other.certainty}
        and (not one.words or one.words == other.words)
        and (not one.parties or one.parties == other.parties)
        and one.least_score <= other.least_score
        and (one.until is None or (other.until is not None and other.until <= one.until))
    )


def idle(rules: Sequence[Rule], recipients: Sequence[str]) -> tuple[Finding, ...]:
    """Recipients to whom no rule leads, nor what others did not acknowledge."""
    told = set(_led_to(rules))
    return tuple(
        Finding(name, "no route leads to this recipient: name it in a route's `to`, or take it out")
        for name in recipients
        if name not in told
    )


def _led_to(rules: Sequence[Rule]) -> Iterator[str]:
    for rule in rules:
        yield from rule.to
        yield from rule.escalation.then if rule.escalation else ()
        yield from _led_to(rule.rules)


def broad(counts: Mapping[tuple[str, str], int], days: float) -> tuple[Finding, ...]:
    """Rules that lead more to one recipient than anybody reads; `counts` by (path, recipient)."""
    return tuple(
        Finding(path, f"it led {count} alerts to {recipient} in {days:g} days: narrow it")
        for (path, recipient), count in sorted(counts.items())
        if count > BROAD * max(days, 1.0)
    )
