"""A government that stands in thousands of captions proposes no appeal."""

from __future__ import annotations

import pytest

from monitor.match.captions import Resemblance, resemblance

PUBLIC = [
    "State of Ohio",
    "People of the State of Ohio",
    "Office of Personnel Management",
    "U.S.",
    "U.S.A.",
    "U.S. Department of Justice",
]


@pytest.mark.parametrize("side", PUBLIC)
def test_a_public_side_alone_tells_nothing(side: str) -> None:
    assert resemblance(f"{side} v. Acme Tax Clinic", f"{side} v. Poe Fund") is Resemblance.NONE
    assert resemblance(f"Acme Tax Clinic v. {side}", f"Poe Fund v. {side}") is Resemblance.NONE
