"""Reads hostile texts of one kind, each within a limit of processor time; run as a process.

The limit cannot be outlived: the operating system ends the process, also in the midst of a pattern.
What was read last stands as the last line of its output.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

#: Seconds of the processor for one text: many times what any takes, and nothing beside the square.
_FOR_ANSWER, _FOR_PATTERN = 20, 5
_MEMORY = 3 * 2**30
#: The suite tries each tenth attack, `make attack` every one.
_EACH = int(os.environ.get("MONITOR_ATTACK_EACH", "10"))

Attack = tuple[str, Callable[[], object]]


def run(attacks: Iterator[Attack], limit: int) -> None:
    """Run each attack; an error is an answer too, in time."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    for name, attack in islice(attacks, 0, None, _EACH):
        print(name, flush=True)
        signal.setitimer(signal.ITIMER_PROF, limit)
        try:
            attack()
        except Exception:  # noqa: S112  (other tests ask which error it is)
            continue
    print("done", flush=True)


def main(kinds: Sequence[str]) -> None:
    from monitor.sources.news_feed import reader
    from tests.attack.bodies import KINDS
    from tests.attack.patterns import on_module

    # Here, where the limit is, and not in a process of its own.
    setattr(reader, "apart", lambda work, *args: work(*args))  # noqa: B010

    for kind in kinds:
        if kind in KINDS:
            run(KINDS[kind](), _FOR_ANSWER)
        else:
            run(on_module(kind), _FOR_PATTERN)


if __name__ == "__main__":
    main(sys.argv[1:])
