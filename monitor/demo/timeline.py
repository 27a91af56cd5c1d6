"""What the built-in court will publish, and when: read from a YAML file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

APPELLATE = frozenset({"cadc", "ca1"})


@dataclass(frozen=True, slots=True)
class DemoDocket:
    """A docket of the timeline. The ids are placeholders."""

    court_id: str
    number: str
    name: str
    cl_docket_id: int
    pacer_case_id: int
    appeal_from: str = ""
    #: When the docket was opened, `YYYY-MM-DD`; empty where CourtListener does not know.
    filed: str = ""


@dataclass(frozen=True, slots=True)
class DemoEntry:
    """A filing of the timeline. `after` and `text_after` count seconds from the start.

    `events` are the short names that the court's feed prints; `text` is what CourtListener
    learns later, at `text_after`.
    """

    seq: int
    court_id: str
    number: str
    after: float
    events: tuple[str, ...]
    entry_number: int | None = None
    text: str = ""
    text_after: float = 0.0


@dataclass(frozen=True, slots=True)
class DemoStory:
    """An item of the news feed."""

    after: float
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Timeline:
    dockets: tuple[DemoDocket, ...]
    entries: tuple[DemoEntry, ...]
    stories: tuple[DemoStory, ...] = ()

    def docket(self, court_id: str, number: str) -> DemoDocket:
        """Raises KeyError where the timeline names no such docket."""
        for docket in self.dockets:
            if (docket.court_id, docket.number) == (court_id, number):
                return docket
        raise KeyError(f"{court_id} {number}")


def load_timeline(path: Path | None = None) -> Timeline:
    """The shipped timeline, or another one in the same form."""
    from ruamel.yaml import YAML

    file = path or resources.files("monitor.demo").joinpath("irs-ice.yaml")
    words = file.read_text("utf-8").replace("YY-", f"{datetime.now(UTC):%y}-")
    return make_timeline(YAML(typ="safe", pure=True).load(words))


def make_timeline(data: dict[str, Any]) -> Timeline:
    dockets = [
        DemoDocket(
            court_id=row["court"],
            number=row["number"],
            name=row["name"],
            cl_docket_id=row.get("courtlistener", 900_000 + place),
            pacer_case_id=row.get("pacer_case_id", 800_000 + place),
            appeal_from=row.get("appeal_from", ""),
            filed=row.get("filed", ""),
        )
        for place, row in enumerate(data["dockets"])
    ]
    entries = [_entry(place + 1, row) for place, row in enumerate(data.get("entries", ()))]
    stories = [
        DemoStory(row["after"], row["title"], row.get("summary", ""))
        for row in data.get("news", ())
    ]
    return Timeline(tuple(dockets), tuple(entries), tuple(stories))


def _entry(seq: int, row: dict[str, Any]) -> DemoEntry:
    events = row["event"] if isinstance(row["event"], list) else [row["event"]]
    after = float(row.get("after", 0))
    return DemoEntry(
        seq=seq,
        court_id=row["court"],
        number=row["number"],
        after=after,
        events=tuple(events),
        entry_number=row.get("entry"),
        text=" ".join(str(row.get("text", "")).split()),
        text_after=float(row.get("text_after", after)),
    )
