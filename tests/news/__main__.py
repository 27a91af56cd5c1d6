"""How well news is matched to cases and put into stories: `make news`, on `labelled.jsonl`.

Every item of that file is invented, its publishers too; none is a source of facts about a case.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.decide.news import report_of
from monitor.diff.events import cluster
from monitor.match.news import match_story
from monitor.model.watch import NewsTerms
from monitor.settings.load import load_settings
from monitor.settings.plan import news_terms
from monitor.show.cli.commands.news import read_items

LABELLED = Path(__file__).with_name("labelled.jsonl")
#: Written and labelled by somebody who did not know the matcher; read since.
ANOTHER_HAND = Path(__file__).with_name("another_hand.jsonl")
CONFIG = Path(__file__).parents[2] / "config" / "monitor.yaml"


@dataclass(frozen=True, slots=True)
class Share:
    """Right answers, answers, and wanted ones."""

    right: int
    given: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0


@dataclass(frozen=True, slots=True)
class Report:
    relevance: Share
    matching: Share
    by_case: dict[str, Share]
    stories: Share
    mistakes: tuple[str, ...]


def pack_terms() -> tuple[NewsTerms, ...]:
    """The terms of the pack that is shipped."""
    return news_terms(load_settings(CONFIG).packs)


def report(path: Path = LABELLED) -> Report:
    rows = {str(row["id"]): row for row in map(json.loads, path.read_text("utf-8").splitlines())}
    with path.open(encoding="utf-8") as file:
        items = list(read_items(file))
    terms = pack_terms()
    found = {i.item_key: match_story(i, terms) for i in items}
    given = {name: {m.case_id for m in some if m.is_sure} for name, some in found.items()}
    wanted = {name: set(row["cases"]) for name, row in rows.items()}
    stories = cluster([report_of(item, found[item.item_key]) for item in items])
    labelled = {name: str(row["event"]) for name, row in rows.items()}
    cases = sorted({case for some in wanted.values() for case in some})
    return Report(
        relevance=_share(
            {name for name, some in found.items() if some},
            {name for name, row in rows.items() if row.get("relevant", bool(row["cases"]))},
        ),
        matching=_share(_marks(given), _marks(wanted)),
        by_case={c: _share(_marks(given, c), _marks(wanted, c)) for c in cases},
        stories=_share(_pairs(stories), _pairs(labelled)),
        mistakes=tuple(_mistakes(rows, given, wanted, stories, labelled)),
    )


def _marks(found: Mapping[str, set[str]], case: str = "") -> set[Any]:
    return {(n, c) for n, some in found.items() for c in some if case in {"", c}}


def _pairs(stories: Mapping[str, str]) -> set[Any]:
    return {
        (one, other)
        for one, other in itertools.combinations(sorted(stories), 2)
        if stories[one] == stories[other]
    }


def _share(given: set[Any], wanted: set[Any]) -> Share:
    return Share(len(given & wanted), len(given), len(wanted))


def _mistakes(
    rows: Mapping[str, Any],
    given: Mapping[str, set[str]],
    wanted: Mapping[str, set[str]],
    stories: Mapping[str, str],
    labelled: Mapping[str, str],
) -> list[str]:
    wrong = [
        f"{name}: {sorted(given[name])}, wanted {sorted(wanted[name])}: {rows[name]['title']}"
        for name in rows
        if given[name] != wanted[name]
    ]
    ours, theirs = _pairs(stories), _pairs(labelled)
    for words, pairs in (("not one event", theirs - ours), ("one event", ours - theirs)):
        wrong += [f"{words}: {rows[a]['title']} | {rows[b]['title']}" for a, b in sorted(pairs)]
    return wrong


def main() -> None:
    for path in (LABELLED, ANOTHER_HAND):
        _print(path.name, report(path))


def _print(name: str, found: Report) -> None:
    rows = [
        ("relevance", found.relevance),
        ("matching", found.matching),
        *found.by_case.items(),
        ("pairs of one event", found.stories),
    ]
    print(f"{name:20}{'precision':>11}{'recall':>9}{'wanted':>8}")
    for row, share in rows:
        print(f"{row:20}{share.precision:11.3f}{share.recall:9.3f}{share.wanted:8}")
    print("\nMistakes")
    print("\n".join(found.mistakes[:10]) or "none", end="\n\n")


if __name__ == "__main__":
    main()
