"""How well sightings of one entry are joined: `make joins`, on the whole dockets of the corpus.

Each docket is rendered as its court's feed (stubs: event names only), as CourtListener's listing
(stubs, late texts, dates a day off, duplicate rows of minute entries) and as its Atom feed, and read
in random order. An entry of ours that holds two real ones is a wrong merge; a real one that two of
ours hold is a missed join.
"""

from __future__ import annotations

import collections
import json
import os
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from monitor.classify.heading import heading
from monitor.diff.join import join
from monitor.model.docket import Sighting
from monitor.sources.court_rss.item import normalize_item
from monitor.sources.court_rss.raw import RawItem
from monitor.sources.courtlistener.rows import (
    AtomEntry,
    ClDocket,
    normalize_atom_entry,
    normalize_entry,
)

CORPUS = Path(os.environ.get("MONITOR_CORPUS", "../shared/corpus"))
ROUNDS = 25


@dataclass(frozen=True, slots=True)
class Truth:
    """A real entry, and one view of it."""

    real: int
    seen: Sighting


@dataclass(frozen=True, slots=True)
class Timeline:
    court_id: str
    number: str
    entries: tuple[dict[str, Any], ...]


def timelines() -> list[Timeline]:
    found = []
    for path in sorted((CORPUS / "timelines").glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        case = data["case"]
        found.append(Timeline(case["court_id"], case["docket_number"], tuple(data["entries"])))
    return found


def event_name(entry: dict[str, Any]) -> str:
    """The short name, else what a clerk's menu would call it: the first words of the text."""
    if entry["short_text"]:
        return str(entry["short_text"])
    head = re.split(
        r"[.:;,(*]| (?:by|as to|re|filed|on behalf|signed|for) ", heading(entry["text"])
    )[0]
    return " ".join(head.split()[:8]).title() or "Notice"


def views(timeline: Timeline, chance: random.Random) -> Iterator[Truth]:
    """Every view that the three sources give of every entry, with their known flaws."""
    on = ClDocket(
        source_id="cl:entries", court_id=timeline.court_id, docket_number=timeline.number,
        cl_docket_id=5, pacer_case_id="777", page="https://www.courtlistener.com/docket/5/x/",
    )  # fmt: skip
    is_appellate = timeline.court_id.startswith("ca")
    seq = 0
    for place, entry in enumerate(timeline.entries):
        raw = entry["entry_number"]
        number = int(raw) if raw and raw.isdecimal() and len(raw) < 7 else None
        # Where the sheet does not say it, the court's running number lies between its neighbours'.
        seq = 100 * int(entry["pacer_seq_no"]) if entry["pacer_seq_no"] else seq + 1
        day = date.fromisoformat(entry["date_entered"] or entry["date_filed"])
        name = event_name(entry)
        if chance.random() < 0.9:
            yield Truth(place, _feed_view(timeline, entry, name, number, seq, day, is_appellate))
        row = _row(place, entry, name, number, seq if entry["pacer_seq_no"] else None, day, chance)
        if chance.random() < 0.5:
            yield Truth(place, normalize_entry(row | {"description": ""}, on))
        if chance.random() < 0.9:
            yield Truth(place, normalize_entry(row, on))
            if number is None and chance.random() < 0.3:
                # CourtListener's own duplicate: the same minute entry under another row.
                yield Truth(place, normalize_entry(row | {"id": row["id"] + 5_000}, on))
        if chance.random() < 0.5:
            yield Truth(
                place, normalize_atom_entry(_atom(place, entry, number, day), replace_source(on))
            )


def replace_source(on: ClDocket) -> ClDocket:
    return replace(on, source_id="cl:atom")


def _feed_view(
    timeline: Timeline, entry: dict[str, Any], name: str, number: int | None, seq: int, day: date,
    is_appellate: bool,
) -> Sighting:  # fmt: skip
    host = f"https://ecf.{timeline.court_id}.uscourts.gov"
    at = datetime.combine(day, time(18, 0, seq % 60), UTC)
    doc = entry["pacer_doc_id"] or ""
    if is_appellate:
        link = f"{host}/n/beam/servlet/TransportRoom?caseNum={timeline.number}"
        text = f"[{name}] (<a href='{host}/docs1/{doc}'>Document</a>)" if doc else f"[{name}]"
        guid = f"{link}&partId={seq}"
    else:
        link = f"{host}/cgi-bin/DktRpt.pl?777"
        href = f"{host}/doc1/{doc}?caseid=777&de_seq_num={seq}"
        text = f'[{name}] (<a href="{href}" >{number}</a>)' if number and doc else f"[{name}] "
        guid = f"{link}&{seq}"
    item = RawItem(
        f"{timeline.number} Roe v. Doe", link, text, guid, at.strftime("%a, %d %b %Y %H:%M:%S GMT")
    )
    return normalize_item(item, "court", timeline.court_id)


def _row(
    place: int, entry: dict[str, Any], name: str, number: int | None, seq: int | None, day: date,
    chance: random.Random,
) -> dict[str, Any]:  # fmt: skip
    shift = timedelta(days=chance.choice((0, 0, 0, -1, 1)) if number is None else 0)
    raw = entry["entry_number"]
    return {
        "id": 100 + place,
        "entry_number": int(raw) if raw and raw.isdecimal() else None,
        "pacer_sequence_number": seq if chance.random() < 0.7 else None,
        "date_filed": (day + shift).isoformat(),
        "description": entry["text"],
        "recap_documents": [
            {
                "id": 200 + place,
                "document_number": str(number or ""),
                "attachment_number": None,
                "pacer_doc_id": entry["pacer_doc_id"] or "",
                "description": name,
            }
        ],
    }


def _atom(place: int, entry: dict[str, Any], number: int | None, day: date) -> AtomEntry:
    fragment = f"entry-{number}" if number else f"minute-entry-{100 + place}"
    link = f"https://www.courtlistener.com/docket/5/x/?order_by=desc#{fragment}"
    return AtomEntry("x", link, f"{day.isoformat()}T00:00:00-07:00", entry["text"], "")


def read_all(truths: Sequence[Truth]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Real entry -> our groups, and group -> real entries."""
    ours: dict[int, set[int]] = collections.defaultdict(set)
    real: dict[int, set[int]] = collections.defaultdict(set)
    for group, places in enumerate(join([truth.seen for truth in truths]).groups):
        for place in places:
            ours[truths[place].real].add(group)
            real[group].add(truths[place].real)
    return ours, real


@dataclass
class Score:
    """Joins of pairs of views: how many of ours are right, how many of the right ones we have."""

    entries: int = 0
    split: int = 0
    wrong: int = 0

    @property
    def recall(self) -> float:
        return 1 - self.split / self.entries if self.entries else 1.0

    @property
    def precision(self) -> float:
        return 1 - self.wrong / self.entries if self.entries else 1.0


def report(rounds: int = ROUNDS) -> tuple[Score, Score, list[str]]:
    """Numbered, unnumbered, and what went wrong."""
    numbered, unnumbered, mistakes = Score(), Score(), collections.Counter[str]()
    for timeline in timelines():
        for round_ in range(rounds):
            chance = random.Random(f"{timeline.number}/{round_}")
            truths = list(views(timeline, chance))
            chance.shuffle(truths)
            ours, real = read_all(truths)
            for place, ids in ours.items():
                entry = timeline.entries[place]
                score = numbered if entry["entry_number"] else unnumbered
                is_wrong = any(len(real[i]) > 1 for i in ids)
                score.entries += 1
                score.split += len(ids) > 1
                score.wrong += is_wrong
                if len(ids) > 1 or is_wrong:
                    kind = "wrong merge" if is_wrong else "not joined"
                    mistakes[
                        f"{kind}: {timeline.number} {entry['date_filed']} {entry['text'][:80]}"
                    ] += 1
    return numbered, unnumbered, [f"{n} x {text}" for text, n in mistakes.most_common(12)]


def main() -> None:
    if not timelines():
        print(f"no timelines at {CORPUS}: set MONITOR_CORPUS")
        return
    numbered, unnumbered, mistakes = report()
    for name, score in (("numbered", numbered), ("unnumbered", unnumbered)):
        print(
            f"{name:11} {score.entries:6} entries, recall {score.recall:.4f}, precision {score.precision:.4f}"
        )
    print("\n".join(mistakes))


if __name__ == "__main__":
    main()
