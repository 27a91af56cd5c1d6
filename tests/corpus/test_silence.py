"""Gaps and withdrawals on real series with bodies left out and items removed (see `tests.silence`)."""

from __future__ import annotations

import pytest

from tests.silence import CORPUS, bodies_of, gaps, withdrawn

pytestmark = pytest.mark.skipif(
    not (CORPUS / "snapshots-dcd.tar.xz").exists(),
    reason=f"no corpus at {CORPUS} (set MONITOR_CORPUS)",
)


@pytest.mark.parametrize("court", ["dcd", "cadc", "ca2"])
def test_every_true_gap_is_told_and_no_false_one(court: str) -> None:
    found = gaps(court, bodies_of(court), rounds=6)
    assert found.true > 0
    assert (found.missed, found.false) == (0, 0)


@pytest.mark.parametrize("court", ["cadc", "ca2"])
def test_what_is_removed_is_withdrawn_and_what_grows_old_is_not(court: str) -> None:
    found = withdrawn(court, bodies_of(court), count=15)
    assert found["told though nothing was removed"] == 0
    assert found["told of them"] == found["removed"] == 15
