"""Set up and check a configuration."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.show.cli.options import config_option, config_path, json_option, print_json, utc_now
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.model.alert import Delivery
    from monitor.settings.load import Settings
    from monitor.settings.problems import Problem

FILES = ("monitor.yaml", "cases/irs-ice.yaml", "cases/adjacent.yaml", "README.md")


@click.command(epilog="Example: docket-monitor init config")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default="config")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.option("--secret", is_flag=True, help="Only print a new secret for a webhook.")
def init(folder: Path, force: bool, secret: bool) -> None:
    """Write a commented configuration for the live cases into FOLDER."""
    if secret:
        click.echo("whsec_" + base64.b64encode(secrets.token_bytes(24)).decode())
        return
    there = [name for name in FILES if (folder / name).exists()]
    if there and not force:
        raise UsageError(
            f"{folder / there[0]} is there already; name another folder, or say --force"
        )
    source = default_config()
    for name in FILES:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source.joinpath(name).read_text("utf-8"), "utf-8")
        click.echo(f"wrote {target}")
    click.echo(
        f"\nNext: fill in mail or webhook in {folder / 'monitor.yaml'}, then\n"
        f"  docket-monitor --config {folder / 'monitor.yaml'} check --send-test\n"
        f"  docket-monitor --config {folder / 'monitor.yaml'} run"
    )


def default_config() -> Traversable:
    """The folder of the default configuration: in the wheel, or in the source tree."""
    packed = resources.files("monitor").joinpath("settings/defaults")
    if packed.is_dir():
        return packed
    return Path(__file__).parents[3] / "config"


@click.command(epilog="Example: docket-monitor check --send-test")
@click.option("--send-test", is_flag=True, help="Send a test alert to every recipient.")
@config_option
@json_option
@click.pass_context
def check(ctx: click.Context, send_test: bool, as_json: bool) -> None:
    """Say what is wrong with the configuration, line by line, and what it would do."""
    from monitor.settings.load import load_settings
    from monitor.settings.problems import ConfigProblems

    try:
        settings = load_settings(config_path(ctx))
    except ConfigProblems as exc:
        _print_problems(exc.problems, as_json)
        ctx.exit(1)
    sent = asyncio.run(_send_tests(settings)) if send_test else {}
    if as_json:
        problems = [_json(problem) for problem in settings.warnings]
        print_json({"ok": not any(sent.values()), "problems": problems, "tests": sent})
    else:
        for problem in settings.warnings:
            click.echo(fill(str(problem)))
        _print_summary(settings)
        for name, wrong in sent.items():
            click.echo(fill(f"test to {name}: " + (f"FAILED: {wrong}" if wrong else "accepted")))
    ctx.exit(1 if any(sent.values()) else 0)


def _print_problems(problems: tuple[Problem, ...], as_json: bool) -> None:
    if as_json:
        print_json({"ok": False, "problems": [_json(problem) for problem in problems]})
        return
    for problem in problems:
        click.echo(str(problem), err=True)
    count = len(problems)
    click.echo(f"{count} {'error' if count == 1 else 'errors'}: nothing was started.", err=True)


def _json(problem: Problem) -> dict[str, object]:
    return {
        "file": str(problem.file),
        "line": problem.line,
        "key": problem.key,
        "message": problem.message,
        "is_warning": problem.is_warning,
    }


def _print_summary(settings: Settings) -> None:
    from monitor.settings.plan import config_watches, plan_sources

    watches = config_watches(settings.packs, utc_now())
    sources = plan_sources(settings, watches)
    covered = {source.court_id for source in sources}
    click.echo(f"{settings.path} is in order: {len(watches)} dockets, {len(sources)} sources.")
    for one in watches:
        how = "" if one.court_id in covered else " (NOTHING covers it: get a CourtListener token)"
        click.echo(f"  watches {one.court_id} {one.docket_number} for {one.case_label}{how}")
    for route in settings.config.routes:
        click.echo(f"  route {route.name} leads to {', '.join(route.to)}")


async def _send_tests(settings: Settings) -> dict[str, str]:
    """Recipient -> what went wrong; empty where the test was accepted."""
    from monitor.build import hook_clients, make_couriers
    from monitor.errors import DeliveryError

    clients = hook_clients(settings)
    couriers = make_couriers(settings, clients, utc_now)
    results = {}
    for name, courier in couriers.items():
        try:
            await courier.deliver(_test_delivery(name))
        except DeliveryError as exc:
            results[name] = exc.reason
        else:
            results[name] = ""
    for client in clients.values():
        await client.aclose()
    return results


def _test_delivery(recipient: str) -> Delivery:
    from monitor.model.alert import Alert, Delivery, DeliveryState

    now = utc_now()
    name = hashlib.blake2b(f"test {now.isoformat()}".encode(), digest_size=10).hexdigest()
    facts = {
        "title": "Test alert",
        "paragraphs": ["This is a test. If you can read it, alerts will reach you here."],
        "why": "somebody ran `docket-monitor check --send-test`",
    }
    alert = Alert(name, "test", "", "", "test", now, facts)
    return Delivery(f"{name}.{recipient}", alert, recipient, "", DeliveryState.PENDING, 0, now)
