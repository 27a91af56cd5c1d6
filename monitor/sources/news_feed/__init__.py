"""News and official feeds: leads, never facts about a docket."""

from __future__ import annotations

from monitor.model.source import Traits

NEWS = Traits("news", is_of_anybody=True)
