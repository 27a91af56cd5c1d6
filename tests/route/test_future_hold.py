"""Nothing waits longer than the grace, even where it was found under a clock that ran ahead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.model.delivery import Rule
from monitor.route.bundle import Bundling, bundle
from monitor.route.rules import route
from tests.feeds import NOON
from tests.make import DAY, amended, filed

RULES = [Rule("all", ("desk",))]


@pytest.mark.parametrize("grace", [timedelta(), timedelta(seconds=90)])
def test_nothing_waits_longer_than_the_grace_under_a_wrong_clock(grace: timedelta) -> None:
    ahead = NOON + 400 * DAY
    for alert in (
        amended(created_at=ahead),
        filed(created_at=ahead, text_expected_until=ahead + timedelta(minutes=5)),
    ):
        [one] = bundle([route(alert, RULES)], [], {}, Bundling(grace), NOON)
        assert one.send_after <= NOON + grace
