"""Judge anew what older rules judged: in the background, a portion at a time, telling nobody.

A judgement is derived and never compared, so a better rule changes what is looked up, and no alert.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from monitor.classify.entry import judgement_anew
from monitor.classify.kinds import RULES_VERSION
from monitor.model.docket import DocketEntry, Judgement

log = logging.getLogger(__name__)

#: How many entries are judged in one transaction: about a tenth of a second.
PORTION = 1_000


class JudgedEntries(Protocol):
    def judged_otherwise(self, rules_version: int, limit: int) -> Sequence[DocketEntry]:
        """Some entries that were judged by other rules than these."""
        ...

    def count_judged_otherwise(self, rules_version: int) -> int: ...

    def put_judgements(self, judgements: dict[str, Judgement]) -> None:
        """Entry -> what it is thought to be now."""
        ...


class JudgingUnit(Protocol):
    @property
    def entries(self) -> JudgedEntries: ...


class JudgingStore(Protocol):
    def begin(self) -> AbstractContextManager[JudgingUnit]: ...


@dataclass(slots=True)
class Rejudge:
    """Brings stored judgements up to the rules of this version."""

    store: JudgingStore
    rules_version: int = RULES_VERSION
    done: int = 0

    def portion(self) -> int:
        """Judge some entries anew; return how many. Nothing else of them is touched."""
        with self.store.begin() as unit:
            entries = unit.entries.judged_otherwise(self.rules_version, PORTION)
            judgements = {e.entry_id: judgement_anew(e) for e in entries}
            unit.entries.put_judgements(judgements)
            left = unit.entries.count_judged_otherwise(self.rules_version) if entries else 0
        if entries:
            self.done += len(entries)
            log.info("judged anew", extra={"done": self.done, "left": left})
        return len(entries)
