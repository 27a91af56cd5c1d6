"""The demo, run as the README says, shows what the README promises."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.timeout(240)
def test_the_demo_tells_an_order_its_ruling_an_appeal_and_its_mandate() -> None:
    # The README's fifty seconds are those of a machine that does nothing else.
    command = [sys.executable, "-m", "monitor", "demo", "--quiet", "--seconds", "110"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    subjects = [line for line in done.stdout.splitlines() if line.startswith("  mail")]
    told = [
        # The order's name comes first; where its text comes within the grace, the two are one.
        "GRANTED IN PART: Motion for Preliminary Injunction",
        "Notice of Appeal to DC Circuit Court — Acme v. Example (invented)",
        "now watched — Acme v. Example (invented)",
        "USCA Mandate — Acme v. Example (invented)",
    ]
    for subject in told:
        assert any(subject in line for line in subjects), (
            f"not told: {subject}\n{done.stdout}{done.stderr}"
        )
    assert "webhooks arrived" in done.stdout
