"""The Supreme Court's docket pages: one docket, whole, at every reading."""

from __future__ import annotations

from monitor.model.source import Traits

SUPREME_COURT = Traits("supreme_court", shows_filings=True, is_whole_list=True)
