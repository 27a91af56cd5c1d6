"""Rule sets that are ready made: a route says `use: NAME`, and what it says itself goes before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monitor.model.docket import COURT_ACTS, EntryKind
from monitor.model.timing import Every, Pace

#: In `to`, whoever is a recipient.
EVERYBODY = "everybody"
_ACTS = tuple(sorted(kind.value for kind in COURT_ACTS))
_APPEALS = (EntryKind.NOTICE_OF_APPEAL.value, EntryKind.APPEAL_RELATED.value)
#: What a court did, what may hide it, and an act that only the press knows of.
_OF_ACTS = (
    *("filed", "amended", "document_available", "now_watching", "appeal", "docket", "lead"),
    *("gap", "away", "source_unhealthy", "source_recovered", "coverage_changed"),
)

#: Name -> the keys of a route, as they stand in the file.
READY_MADE: Mapping[str, Mapping[str, Any]] = {
    "orders-and-appeals": {"kinds": (*_ACTS, *_APPEALS), "topics": _OF_ACTS},
    "everything": {},
    "dispositive-only": {
        "dispositive": True,
        "topics": ("filed", "amended", "gap", "away"),
    },
    "weekly-brief": {
        "kinds": (*_ACTS, *_APPEALS),
        "topics": ("filed", "amended", "appeal", "docket", "gap", "away"),
        "send": Pace(Every.WEEK),
    },
    "operators": {"topics": ("gap", "health", "delivery")},
}
