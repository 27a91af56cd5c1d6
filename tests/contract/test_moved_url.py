"""Validators vouch for the address that gave them, and for no other."""

from __future__ import annotations

from dataclasses import replace

from monitor.model.outcome import PollOutcome
from monitor.poll import claim_due
from monitor.sources.news_feed import NEWS
from monitor.store.database import SqlStore
from tests.feeds import NOON
from tests.make import HOUR, source


def test_a_source_with_another_address_is_not_asked_with_the_old_validators(
    store: SqlStore,
) -> None:
    old = source("press", NEWS)
    with store.begin() as unit:
        unit.sources.put([old], NOON)
        (claim,) = claim_due(unit, NOON, 1, 60)
        read = replace(claim.state, etag='"1"', last_modified="Mon, 02 Mar 2026 12:00:00 GMT")
        unit.save(PollOutcome(old.source_id, claim.lease, NOON, read))
        unit.sources.put([replace(old, url="https://elsewhere")], NOON)
        (claim,) = claim_due(unit, NOON + HOUR, 1, 60)
    assert (claim.source.url, claim.state.etag) == ("https://elsewhere", "")
