"""What is read does not depend on the order of the watches."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

from monitor.settings.plan import plan_sources
from tests.make import watch
from tests.settings.test_plan import configured, ids


def test_the_order_of_watches_does_not_change_what_is_read(tmp_path: Path) -> None:
    """A docket has its Atom feed, though a watch without CourtListener's id comes first."""
    loaded = configured(tmp_path, "courtlistener: {token: {file: token}, atom_feeds: true}\n")
    both = [watch("a", case="one"), watch("b", case="two", cl_docket_id=7)]
    plans = [ids(plan_sources(loaded, some)) for some in permutations(both)]
    assert plans[0] == plans[1]
