"""The labelled entries of the corpus, one shape for all sets; a quarter of each is set aside.

The quarter was fixed by the hash of an entry's words before the grammar was begun (see
`docs/accuracy.md`, "What was read when"): no rule was written while looking at those rows, and
the second reader does not learn from them.
"""

from __future__ import annotations

import collections
import functools
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ACTS = frozenset({"order", "opinion", "judgment"})
APPEALS = frozenset({"notice_of_appeal", "appeal_related"})
CORPUS = Path(os.environ.get("MONITOR_CORPUS", "../shared/corpus"))
#: Their class -> ours, where it follows; what else fits as well. Both sets are noisy.
_FLP_ALSO = {
    "order": ("opinion", "minute_entry", "judgment"),
    "minute_entry": ("order", "notice"),
    "brief_or_memorandum": ("opinion", "administrative_other"),
    "judgment": ("order",),
}
_SEVEN = {
    "motion": ("motion", ("brief_or_memorandum", "appearance")),
    "order": ("order", ("opinion", "minute_entry", "judgment")),
    "pleading": ("complaint_or_petition", ("administrative_other", "brief_or_memorandum")),
    "declaration": ("declaration_or_affidavit", ("certificate_service_summons",)),
    "judgment": ("judgment", ("order",)),
    "pro hac vice": ("motion", ("appearance",)),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled entry. `label` is empty where the set has no class of ours for it."""

    name: str
    part: str
    court: str
    event_names: tuple[str, ...]
    text: str
    label: str
    also_ok: tuple[str, ...] = ()
    #: None where the set says nothing of rulings.
    ruling: str | None = None
    ruling_also_ok: tuple[str, ...] = ()
    is_dispositive: bool | None = None
    frequency: int = 1
    court_type: str = ""

    @property
    def words(self) -> str:
        return " ".join((*self.event_names, self.text))

    @property
    def key(self) -> str:
        """Twins have one key: the words without numbers and signs."""
        return " ".join(re.findall(r"[a-z]+", self.words.lower()))

    @property
    def is_aside(self) -> bool:
        """Whether it is of the quarter that nobody looked at."""
        digest = hashlib.blake2b(self.key.encode(), digest_size=2).digest()
        return int.from_bytes(digest) % 4 == 0

    @property
    def labels(self) -> frozenset[str]:
        """Every right answer."""
        return frozenset((self.label, *self.also_ok))


def all_rows() -> tuple[Row, ...]:
    """Every unambiguous row of every set, in the order of the files."""
    return tuple(
        row
        for name in (
            "entries",
            "labels/events",
            "labels/texts",
            "labels/flp",
            "labels/declassifier",
        )
        for raw in _read(name)
        if not raw.get("ambiguous") and (row := _row(name.rpartition("/")[2], raw))
    )


def another_hand() -> tuple[Row, ...]:
    """Invented entries, labelled by somebody who did not know the program."""
    path = Path(__file__).parent / "classify/another_hand.jsonl"
    return tuple(map(_invented, map(json.loads, path.read_text("utf-8").splitlines())))


def _invented(raw: Mapping[str, Any]) -> Row:
    names = (raw["short_text"],) if raw["short_text"] else ()
    return Row(
        raw["id"],
        "another hand",
        raw["court"],
        names,
        raw["text"],
        raw["label"],
        tuple(raw.get("also_ok", ())),
        raw["ruling"],
        tuple(raw.get("ruling_also_ok", ())),
        raw["dispositive"],
    )


def _read(name: str) -> Iterator[dict[str, Any]]:
    with (CORPUS / f"{name}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _row(part: str, raw: Mapping[str, Any]) -> Row | None:
    if part == "flp":
        kind = raw["suggested_kind"] or ""
        name = str(raw["id"])
        return Row(name, part, "", (), raw["text"], kind, _FLP_ALSO.get(kind, ()))
    if part == "declassifier":
        kind, also = _SEVEN.get(raw["label7"], ("", ()))
        return Row(raw["text"][:40], part, "", (), raw["text"], kind, also)
    if part == "events":
        part = "bankruptcy names" if raw["sample"] == "c" else "event names"
    return Row(
        raw["id"],
        part,
        raw["court"],
        (raw["short_text"],) if raw["short_text"] else (),
        raw["text"],
        raw["label"],
        tuple(raw["also_ok"]),
        raw["ruling"] if raw.get("ruling_scored", True) else None,
        tuple(raw["ruling_also_ok"]),
        raw["dispositive_or_relief"],
        raw.get("frequency", 1),
        raw["court_type"],
    )


@functools.cache
def name_counts() -> dict[str, int]:
    """How often each event name stood in one national round, in all courts."""
    read = json.loads((CORPUS / "labels/event_name_counts.json").read_text("utf-8"))
    total: collections.Counter[str] = collections.Counter()
    for counts in read.values():
        total.update(counts)
    return dict(total)
