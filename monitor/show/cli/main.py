"""The command line. Each command is loaded only when it is called: start-up time is a promise."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from importlib.abc import InspectLoader
from importlib.machinery import PathFinder
from types import CodeType
from typing import Any

import click

from monitor import __version__
from monitor.show.cli import commands
from monitor.show.cli.terminal import guarded_terminal
from monitor.show.logs import start_logging

#: Commands by other names, for those who know them by these.
_ALIASES = {"budget": "quota"}
#: They tell what they do in their own way; of all others a person reads answers, not a log.
_LOGGING = {"run", "demo"}


def command_names() -> list[str]:
    """Every command: each is a file of its name in the folder `commands`."""
    return sorted(found.name.replace("_", "-") for found in pkgutil.iter_modules(commands.__path__))


class _LazyGroup(click.Group):
    def main(self, *args: Any, **more: Any) -> Any:
        with guarded_terminal():
            return super().main(*args, **more)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return command_names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = _ALIASES.get(cmd_name, cmd_name)
        if name not in command_names():
            return None
        module = f"{commands.__name__}.{name.replace('-', '_')}"
        command: click.Command = importlib.import_module(module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """As click does, without loading each command for its one line."""
        names = self.list_commands(ctx)
        limit = formatter.width - 6 - max(map(len, names))
        with formatter.section("Commands"):
            bare = (click.Command(name, help=_help_of(name)) for name in names)
            formatter.write_dl([(str(one.name), one.get_short_help_str(limit)) for one in bare])


def _help_of(name: str) -> str:
    """What a command says of itself: its compiled file holds the words."""
    module = f"{commands.__name__}.{name.replace('-', '_')}"
    spec = PathFinder.find_spec(module, commands.__path__)
    loader = spec.loader if spec else None
    code = loader.get_code(module) if isinstance(loader, InspectLoader) else None
    for part in code.co_consts if code else ():
        if isinstance(part, CodeType) and part.co_name == "command":
            return str(part.co_consts[0] or "")
    return ""


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
    if ctx.invoked_subcommand not in _LOGGING:
        start_logging(level=logging.ERROR)
