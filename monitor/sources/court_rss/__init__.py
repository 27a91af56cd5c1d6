"""The courts' own feeds (CM/ECF RSS): the last day of a whole court, in short names."""

from __future__ import annotations

from monitor.model.source import Traits

COURT_RSS = Traits("court_rss", shows_filings=True, is_window=True, carries_whole_court=True)
