"""CourtListener: its REST API, the Atom feed of a docket, and the docket alerts that it sends."""

from __future__ import annotations

from monitor.model.quota import Priority
from monitor.model.source import Traits

ENTRIES = Traits(
    "courtlistener_entries",
    shows_filings=True,
    is_whole_list=True,
    answers_look_ups=True,
    priority=Priority.RECONCILE,
)
DOCUMENTS = Traits("courtlistener_documents", priority=Priority.REST)
DOCKET = Traits("courtlistener_docket", priority=Priority.REST)
#: The feed of a docket shows its newest thirty entries.
ATOM = Traits("courtlistener_atom", shows_filings=True, list_length=30)
#: A search for the docket of an appeal that is known to come.
APPEAL = Traits("courtlistener_appeal", priority=Priority.APPEAL)
#: What CourtListener lets the account ask; asking costs nothing.
USAGE = Traits("courtlistener_usage")
#: Docket alerts: new entries, as soon as CourtListener has them, and nothing about others.
WEBHOOK = Traits("courtlistener_webhook", shows_filings=True, is_pushed=True)
