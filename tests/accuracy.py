"""How well kinds and rulings are told: `make accuracy`, on the labelled entries of the corpus.

Prints the table per class and per trap, the figures by court (each fold holds courts of its own),
and the worst mistakes. The rules are fixed: nothing is trained here, so the folds show how the figures
scatter over courts, not how they would be on rows that nobody looked at.
"""

from __future__ import annotations

import collections
import hashlib
import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.classify.kinds import classify, kind_of
from monitor.model.docket import Judgement

CORPUS = Path(os.environ.get("MONITOR_CORPUS", "../shared/corpus"))
WEIGHTY = ("order", "opinion", "judgment", "notice_of_appeal", "appeal_related")


@dataclass(frozen=True, slots=True)
class Scored:
    row: dict[str, Any]
    judgement: Judgement

    @property
    def label(self) -> str:
        """What was said; a right answer of `also_ok` counts as the label."""
        said = self.judgement.kind.value
        return str(self.row["label"]) if said in self.row["also_ok"] else said

    @property
    def is_right(self) -> bool:
        return self.label == str(self.row["label"])

    @property
    def ruling_is_right(self) -> bool:
        said = self.judgement.ruling.value
        return bool(said in {self.row["ruling"], *(self.row["ruling_also_ok"] or ())})


def score() -> list[Scored]:
    lines = (CORPUS / "entries.jsonl").read_text("utf-8").splitlines()
    rows = [row for line in lines if not (row := json.loads(line))["ambiguous"]]
    return [
        Scored(row, classify([row["short_text"]] if row["short_text"] else [], row["text"]))
        for row in rows
    ]


def share(flags: Iterable[bool]) -> float:
    listed = list(flags)
    return sum(listed) / len(listed) if listed else 1.0


def recall(scored: list[Scored], label: str) -> float:
    return share(s.is_right for s in scored if s.row["label"] == label)


def precision(scored: list[Scored], label: str) -> float:
    return share(s.is_right for s in scored if s.label == label)


def dispositive(scored: list[Scored]) -> tuple[float, float]:
    """Recall, and the share of false alarms among the entries that are not."""
    known = [s for s in scored if s.row["dispositive_or_relief"] is not None]
    found = share(bool(s.judgement.is_dispositive) for s in known if s.row["dispositive_or_relief"])
    false = share(
        bool(s.judgement.is_dispositive) for s in known if not s.row["dispositive_or_relief"]
    )
    return found, false


def folds(scored: list[Scored], count: int = 5) -> list[list[Scored]]:
    parts: list[list[Scored]] = [[] for _ in range(count)]
    for s in scored:
        digest = hashlib.blake2b(s.row["court"].encode(), digest_size=2).digest()
        parts[int.from_bytes(digest) % count].append(s)
    return parts


def speed(scored: list[Scored]) -> tuple[float, float]:
    """Distinct event names and texts per second of CPU."""
    events = [
        f"{s.row['short_text']} {n}" for n in range(20) for s in scored if s.row["short_text"]
    ]
    texts = [s.row["text"] for s in scored if s.row["text"]] * 4
    start = time.process_time()
    for event in events:
        kind_of([event])
    middle = time.process_time()
    for text in texts:
        classify([], text)
    return len(events) / (middle - start), len(texts) / (time.process_time() - middle)


def main() -> None:
    if not (CORPUS / "entries.jsonl").exists():
        print(f"no corpus at {CORPUS}: set MONITOR_CORPUS")
        return
    scored = score()
    print(
        f"{len(scored)} rows: kind {share(s.is_right for s in scored):.4f}, "
        f"ruling {share(s.ruling_is_right for s in scored):.4f}"
    )
    found, false = dispositive(scored)
    print(f"dispositive or relief: recall {found:.4f}, false alarms {false:.4f}")
    print(f"\n{'class':32}{'rows':>6}{'recall':>9}{'precision':>11}")
    for label, count in collections.Counter(s.row["label"] for s in scored).most_common():
        print(f"{label:32}{count:6}{recall(scored, label):9.3f}{precision(scored, label):11.3f}")
    print(f"\n{'trap':36}{'rows':>6}{'kind':>8}")
    for trap, count in collections.Counter(t for s in scored for t in s.row["traps"]).most_common():
        print(
            f"{trap:36}{count:6}{share(s.is_right for s in scored if trap in s.row['traps']):8.3f}"
        )
    by_fold = [
        (share(s.is_right for s in f), share(s.ruling_is_right for s in f)) for f in folds(scored)
    ]
    print("\nby court, five folds, kind: " + ", ".join(f"{k:.3f}" for k, _ in by_fold))
    print("by court, five folds, ruling: " + ", ".join(f"{r:.3f}" for _, r in by_fold))
    events, texts = speed(scored)
    print(f"\n{events:,.0f} event names and {texts:,.0f} texts a second of CPU")
    print("\nMistakes")
    for s in [s for s in scored if not (s.is_right and s.ruling_is_right)][:10]:
        wanted, said = (
            (s.row["label"], s.row["ruling"]),
            (s.judgement.kind.value, s.judgement.ruling.value),
        )
        print(f"  {wanted} <- {said}: {s.row['short_text']} | {s.row['text'][:120]!r}")


if __name__ == "__main__":
    main()
