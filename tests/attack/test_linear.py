"""Nothing that somebody else writes takes more than linear time: no body freezes the monitor.

A clock proves nothing on a busy machine, and a pattern counts no steps; so each attack runs in a
process of its own, which the system ends after many times the processor time that any needs. What
takes the square of a megabyte needs hours.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.attack.bodies import KINDS
from tests.attack.patterns import modules


def last_words(*kinds: str) -> str:
    """What was read when the process ended: "done" where all was."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.attack.victim", *kinds],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = ended.stdout.splitlines()
    return f"{lines[-1] if lines else ''} {ended.stderr[-2000:]}".strip()


#: A process takes longer to begin than most modules' patterns.
_TOGETHER = 8


@pytest.mark.parametrize("first", range(0, len(modules()), _TOGETHER))
def test_no_pattern_goes_back_over_a_long_text(first: int) -> None:
    assert last_words(*modules()[first : first + _TOGETHER]) == "done"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.timeout(900)
def test_no_hostile_answer_takes_more_than_its_length(kind: str) -> None:
    assert last_words(kind) == "done"
