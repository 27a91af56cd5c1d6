"""Write a configuration to begin with."""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from monitor.errors import UsageError
from monitor.show.cli.options import json_option
from monitor.show.cli.output import print_json
from monitor.show.cli.words import fill

FILES = ("monitor.yaml", "cases/irs-ice.yaml", "cases/adjacent.yaml", "README.md")


@click.command("init", epilog="Example: docket-monitor init config")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default="config")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.option(
    "--database",
    metavar="URL",
    default="",
    help="Where everything is remembered, as sqlite:////var/lib/docket-monitor/monitor.db.",
)
@click.option("--secret", is_flag=True, help="Only print a new secret for a webhook.")
@click.option("--path-secret", is_flag=True, help="Only print a new secret for an address.")
@json_option
def command(
    folder: Path, force: bool, database: str, secret: bool, path_secret: bool, as_json: bool
) -> None:
    """Write a commented configuration for the live cases into FOLDER."""
    if secret or path_secret:
        made = secrets.token_urlsafe(32) if path_secret else _webhook_secret()
        if as_json:
            print_json({"secret": made})
        else:
            click.echo(made)
        return
    there = [name for name in FILES if os.path.lexists(folder / name)]
    if there and not force:
        raise UsageError(
            f"{folder / there[0]} is there already; name another folder, or say --force"
        )
    if database:
        from monitor.store.database import check_url

        check_url(database)
    _write(folder, database)
    if as_json:
        print_json({"written": [str(folder / name) for name in FILES]})
        return
    for name in FILES:
        click.echo(fill(f"wrote {folder / name}"))
    click.echo(
        f"\nNext: fill in mail or webhook in {folder / 'monitor.yaml'}, then\n"
        f"  docket-monitor --config {folder / 'monitor.yaml'} check --send-test\n"
        f"  docket-monitor --config {folder / 'monitor.yaml'} run"
    )


def _webhook_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()


def _write(folder: Path, database: str) -> None:
    source = default_config()
    for name in FILES:
        target = folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            text = source.joinpath(name).read_text("utf-8")
            target.write_text(_with_database(text, database), "utf-8")
        except OSError as exc:
            raise UsageError(f"cannot write {target}: {exc.strerror}") from exc


def _with_database(text: str, url: str) -> str:
    """A configuration that names this database; other files have no such line."""
    if not url:
        return text
    return re.sub(
        r"^database: .*$", lambda _: f"database: {json.dumps(url)}", text, flags=re.MULTILINE
    )


def default_config() -> Traversable:
    """The folder of the default configuration: in the wheel, or in the source tree."""
    packed = resources.files("monitor").joinpath("settings/defaults")
    if packed.is_dir():
        return packed
    return Path(__file__).parents[4] / "config"
