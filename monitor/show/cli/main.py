"""The commands. Each is imported only when it is called: start-up time is a promise."""

from __future__ import annotations

import importlib

import click

from monitor import __version__

#: Command -> module and function.
COMMANDS = {
    "init": "monitor.show.cli.setup:init",
    "check": "monitor.show.cli.setup:check",
    "run": "monitor.show.cli.running:run",
    "poll": "monitor.show.cli.running:poll",
    "watch": "monitor.show.cli.watch:watch",
    "history": "monitor.show.cli.reading:history",
    "show": "monitor.show.cli.reading:show",
    "explain": "monitor.show.cli.standing:explain",
    "status": "monitor.show.cli.standing:status",
    "coverage": "monitor.show.cli.coverage:coverage",
    "budget": "monitor.show.cli.quota:budget",
    "sources": "monitor.show.cli.sources:sources",
    "deliveries": "monitor.show.cli.deliveries:deliveries",
    "news": "monitor.show.cli.news:news",
    "classify": "monitor.show.cli.classify:classify_",
    "replay": "monitor.show.cli.replay:replay",
    "demo": "monitor.show.cli.demo:demo",
}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.command(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
    epilog="Begin with `docket-monitor demo`, then `docket-monitor init`.",
)
@click.version_option(__version__, prog_name="docket-monitor")
@click.option(
    "--config",
    "config_path",
    envvar="DOCKET_MONITOR_CONFIG",
    metavar="FILE",
    help="The configuration. Default: config/monitor.yaml, else /etc/docket-monitor/monitor.yaml.",
)
@click.pass_context
def cli(ctx: click.Context, config_path: str | None) -> None:
    """Watches public court dockets and news feeds, and tells you when a court acts."""
    ctx.obj = config_path
