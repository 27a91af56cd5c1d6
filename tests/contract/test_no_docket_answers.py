"""CourtListener's having no such docket is an answer to what was asked of it."""

from __future__ import annotations

from monitor.decide.policy import Policy
from monitor.match.watchlist import make_watchlist
from monitor.model.outcome import Consequences, PollOutcome
from monitor.model.quota import LookUp, Priority, Purpose
from monitor.model.reading import Reading
from monitor.poll import Poller, claim_due
from monitor.sources.courtlistener import ENTRIES
from monitor.store.database import SqlStore
from tests.contract.test_healing import Nobody
from tests.feeds import NOON
from tests.make import DOCKET_ID, NUMBER, source, watch


def test_a_docket_that_courtlistener_has_not_yet_answers_the_look_up(store: SqlStore) -> None:
    cl = source(f"cl:entries:{DOCKET_ID}", ENTRIES, docket_number=NUMBER)
    asked = LookUp(Purpose.TEXT, cl.source_id, "e1", Priority.TEXT, NOON, NOON)
    with store.begin() as unit:
        unit.sources.put([cl], NOON)
        unit.watches.put(watch())
        (claim,) = claim_due(unit, NOON, 1, 60)
        looks_up = Consequences(look_ups=(asked,))
        unit.save(PollOutcome(cl.source_id, claim.lease, NOON, claim.state, looks_up))
        (claim,) = claim_due(unit, NOON, 1, 60)
    poller = Poller(Nobody(), {}, store, Policy(has_api=True), lambda: NOON, lambda: 0.5)
    # As `sources/courtlistener/rest.py` reads an empty answer to the docket's number.
    outcome = poller.conclude(claim, Reading(note="no such docket"), make_watchlist([watch()]))
    with store.begin() as unit:
        (left,) = unit.quota.look_ups()
    assert left.attempts == 1
    assert outcome.consequences.asked_texts == ("e1",)
