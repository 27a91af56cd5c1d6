"""`python -m monitor`, and the command `docket-monitor`."""

from __future__ import annotations

import sys

from monitor.errors import MonitorError


def main() -> None:
    """Run the command line; a foreseen error is one message, without a traceback."""
    from monitor.show.cli.main import cli
    from monitor.show.cli.terminal import guarded_terminal

    with guarded_terminal():
        try:
            cli(prog_name="docket-monitor")
        except MonitorError as exc:
            print(_words(exc), file=sys.stderr)  # noqa: T201
            sys.exit(1)


def _words(exc: MonitorError) -> str:
    """One line for a log or a pipe; a person's terminal is not wide enough for it."""
    from monitor.passwords import hide_passwords

    said = f"docket-monitor: {hide_passwords(str(exc))}"
    if not sys.stderr.isatty():
        return said
    from monitor.show.cli.words import fill

    return "\n".join(map(fill, said.splitlines()))


if __name__ == "__main__":
    main()
