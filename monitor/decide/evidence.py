"""All that the judges of one poll may look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.decide.policy import Policy
from monitor.match.watchlist import Watchlist
from monitor.model.reading import Memory, Reading
from monitor.model.source import Source, SourceState
from monitor.model.watch import Watch


@dataclass(frozen=True, slots=True)
class Evidence:
    """A reading, what is known, who watches, and the moment at which it is judged."""

    source: Source
    #: What was remembered of the source before this reading.
    state: SourceState
    reading: Reading
    memory: Memory
    watchlist: Watchlist
    policy: Policy
    now: datetime

    @property
    def watches(self) -> tuple[Watch, ...]:
        """The watches for which the source is read."""
        return self.watchlist.watches_of_source(self.source)
