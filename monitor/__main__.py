"""`python -m monitor`, and the command `docket-monitor`."""

from __future__ import annotations

import sys

from monitor.errors import MonitorError


def main() -> None:
    """Run the command line; a foreseen error is one message, without a traceback."""
    from monitor.show.cli.main import cli

    try:
        cli(prog_name="docket-monitor")
    except MonitorError as exc:
        from monitor.passwords import hide_passwords

        print(f"docket-monitor: {hide_passwords(str(exc))}", file=sys.stderr)  # noqa: T201
        sys.exit(1)


if __name__ == "__main__":
    main()
