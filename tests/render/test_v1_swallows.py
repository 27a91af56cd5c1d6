"""A receiver of version 1 hears of everything: what its document cannot hold comes by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.model.change import EntryRevised, EntryWithdrawn
from monitor.model.delivery import Rule
from monitor.render.webhook import body_of
from monitor.route.bundle import Bundling, bundle
from monitor.route.rules import route
from tests.feeds import NOON
from tests.make import amended, filed, notification

RULES = [Rule("all", ("hook",))]
SINGLES = Bundling(timedelta(0), frozenset({"hook"}))


CHANGES = [EntryWithdrawn("e1", "s"), EntryRevised("e1", "s", "same_as", "", "e9")]


@pytest.mark.parametrize("change", CHANGES)
def test_a_withdrawal_reaches_a_receiver_of_version_1_whose_filing_still_waits(
    change: EntryWithdrawn | EntryRevised,
) -> None:
    held = [notification(filed(), recipient="hook")]
    plans = bundle([route(amended(changes=(change,)), RULES)], held, {}, SINGLES, NOON)
    assert change.kind in "".join(body_of(plan, 1) for plan in plans)


@pytest.mark.parametrize("change", CHANGES)
def test_a_withdrawal_reaches_a_receiver_of_version_1_who_is_told_of_both_at_once(
    change: EntryWithdrawn | EntryRevised,
) -> None:
    routings = [route(filed(), RULES), route(amended(changes=(change,)), RULES)]
    plans = bundle(routings, [], {}, SINGLES, NOON)
    assert change.kind in "".join(body_of(plan, 1) for plan in plans)
