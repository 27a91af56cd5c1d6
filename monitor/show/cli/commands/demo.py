"""The whole daemon on the built-in court, in the terminal."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.render.message import counted
from monitor.show.cli.options import utc_now
from monitor.show.cli.output import print_json
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.demo.court import Court
    from monitor.demo.mail import MailSink
    from monitor.settings.load import Settings

#: When the last thing of the shipped timeline has happened and was told.
SECONDS = 50.0
_A_DAY_IN_A_MINUTE = 50_000


@click.command("demo", epilog="Example: docket-monitor demo --keep /tmp/demo")
@click.option(
    "--seconds",
    type=click.FloatRange(0, 86_400),
    default=SECONDS,
    show_default=True,
    help="How long to run.",
)
@click.option("--keep", type=click.Path(path_type=Path), help="Keep database and settings here.")
@click.option("--quiet", is_flag=True, help="Do not print the messages in full.")
@click.option("--json", "as_json", is_flag=True, help="Print what arrived as JSON at the end.")
def command(seconds: float, keep: Path | None, quiet: bool, as_json: bool) -> None:
    """Run the whole daemon on the built-in court: poll, compare, alert, history."""
    if not as_json:
        _begin(seconds, keep, quiet=quiet)
        return
    with contextlib.redirect_stdout(sys.stderr):  # the story is told there
        found = _begin(seconds, keep, quiet=quiet)
    print_json(found)


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What the recipients of the demo got: subjects of mails, and documents of webhooks."""

    mails: tuple[str, ...]
    webhooks: tuple[str, ...]


def _begin(seconds: float, keep: Path | None, *, quiet: bool) -> DemoReport:
    if keep:
        if keep.is_dir() and (keep / "demo.db").exists():
            # The court begins anew each time; to an old database its times would not fit.
            raise UsageError(f"{keep} holds a demo already: name another folder")
        try:
            keep.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise UsageError(f"cannot make the folder {keep}: {exc.strerror}") from exc
        return _run(keep, seconds, quiet=quiet, is_kept=True)
    with tempfile.TemporaryDirectory(prefix="docket-demo-") as folder:
        return _run(Path(folder), seconds, quiet=quiet, is_kept=False)


def _run(folder: Path, seconds: float, *, quiet: bool, is_kept: bool) -> DemoReport:
    from monitor.demo.court import Court, CourtServer
    from monitor.demo.mail import MailSink
    from monitor.demo.timeline import load_timeline

    court = Court(load_timeline(), daily_limit=_A_DAY_IN_A_MINUTE)
    say(
        "The built-in court opens on this machine. It retells public events of the IRS/ICE cases "
        "as a reconstruction: numbers and times are placeholders. Nothing leaves this machine."
    )
    with CourtServer(court) as server, MailSink() as mail:
        settings = _settings(folder, server.url, mail.port)
        mail.on_message = _print_mail(quiet=quiet)
        logging.basicConfig(level=logging.INFO, handlers=[_Narrator()])
        logging.getLogger("httpx").setLevel(logging.WARNING)
        asyncio.run(_work(settings, seconds))
    _tell_the_end(folder, court, mail, is_kept=is_kept)
    return DemoReport(
        tuple(str(one["subject"]) for one in mail.messages),
        tuple(hook.body.decode() for hook in court.received),
    )


async def _work(settings: Settings, seconds: float) -> None:
    from monitor.app import make_app
    from monitor.daemon import Daemon

    app = make_app(settings)
    await app.poll_now(
        ["cl:usage"]
    )  # so that it does not begin with a free account's five a minute
    daemon = Daemon(app, poll_beat=0.5, serve_beat=0.5)
    running = asyncio.create_task(daemon.run())
    await asyncio.wait({running}, timeout=seconds)
    daemon.stopping.set()
    await running


def _settings(folder: Path, url: str, smtp_port: int) -> Settings:
    """A real configuration, in a real file, that points at the built-in court."""
    from monitor.settings.load import load_settings

    (folder / "token").write_text("demo-token")
    (folder / "secret").write_text("whsec_ZG9ja2V0LW1vbml0b3ItZGVtby1zZWNyZXQ=")
    path = folder / "monitor.yaml"
    path.write_text(MONITOR.format(url=url, smtp_port=smtp_port))
    (folder / "pack.yaml").write_text(PACK.format(url=url, year=f"{utc_now():%y}"))
    return load_settings(path)


MONITOR = """\
database: sqlite:///demo.db
contact: the demo
packs: [pack.yaml]
polling: {{court_feeds: 2s, news: 3s}}
fetch: {{allow_private_addresses: true, allow_http: true, gap_seconds: 0}}
courtlistener:
  url: {url}/api/rest/v4/
  token: {{file: token}}
  entries_every: 3s
  documents_every: 1h
  dockets_every: 1h
  appeals_every: 5s
supreme_court: {{url: "{url}/scotus/", every: 3s}}
grace: 3s
email: {{host: 127.0.0.1, port: {smtp_port}, security: none, from: Docket Monitor <monitor@demo.example>}}
recipients:
  - {{name: desk, email: desk@demo.example}}
  - {{name: hook, webhook: "{url}/hook", secret: {{file: secret}}}}
routes:
  - {{name: everything, to: [desk]}}
  - {{name: rulings-and-appeals, to: [hook], kinds: [order, opinion, judgment, notice_of_appeal, appeal_related]}}
"""

PACK = """\
pack: demo
cases:
  - id: ctr-v-irs
    label: CTR v. IRS
    dockets: [{{court: dcd, number: "1:25-cv-00457"}}]
    news: {{names: [Center for Taxpayer Rights], combinations: [[IRS, ICE, judge]]}}
  - id: centro-v-bessent
    label: Centro v. Bessent
    dockets: [{{court: dcd, number: "1:25-cv-00677"}}, {{court: cadc, number: "25-5181"}}]
  - id: cedc-v-bessent
    label: CEDC v. Bessent
    dockets: [{{court: mad, number: "1:25-cv-12822"}}]
  - id: acme-v-example
    label: Acme v. Example (invented)
    dockets: [{{court: dcd, number: "1:{year}-cv-08888"}}]
court_feeds:
  - {{court: dcd, url: "{url}/dcd/feed"}}
  - {{court: mad, url: "{url}/mad/feed"}}
  - {{court: cadc, url: "{url}/cadc/feed"}}
feeds:
  - {{id: demo-news, name: Demo News, url: "{url}/news.xml"}}
"""


def say(words: str) -> None:
    click.echo(f"\n{fill(words)}")


def _tell(words: str) -> None:
    """One line for a pipe; a person's terminal is not wide enough for it."""
    click.echo(fill(words, "  ") if sys.stdout.isatty() else f"  {words}")


class _Narrator(logging.Handler):
    """The daemon's log, as a story: polls that found something, deliveries, failures."""

    def emit(self, record: logging.LogRecord) -> None:
        fields = vars(record)
        if record.msg == "polled":
            if fields.get("entries") or fields.get("alerts") or fields.get("failed"):
                entries = counted(fields["entries"], "entry", "entries")
                found = f"{entries} new or changed, {counted(fields['alerts'], 'alert')}"
                _tell(f"poll     {fields['source_id']}: {fields['failed'] or found}")
        elif record.msg == "delivered":
            _tell(f"sent     {fields['delivery_id']}: {fields['answer']}")
        elif record.levelno >= logging.WARNING:
            _tell(f"{record.levelname.lower():8} {record.msg} {fields.get('reason', '')}")


def _print_mail(*, quiet: bool) -> Callable[[EmailMessage], None]:
    def show(message: EmailMessage) -> None:
        click.echo()
        _tell(f"mail     {message['Subject']}")
        body = message.get_body(("plain",))
        if body is not None and not quiet:
            click.echo("".join(f"| {line}\n" for line in body.get_content().splitlines()))

    return show


def _tell_the_end(folder: Path, court: Court, mail: MailSink, *, is_kept: bool) -> None:
    mails, hooks = counted(len(mail.messages), "mail"), counted(len(court.received), "webhook")
    say(f"The demo is over: {mails} and {hooks} arrived.")
    if court.received:
        last = court.received[-1]
        say("The last webhook, as its receiver got it:")
        for name in ("webhook-id", "webhook-timestamp", "webhook-signature"):
            _tell(f"{name}: {last.headers.get(name, '')}")
        _tell(f"{last.body.decode()[:700]} …")
    from click.testing import CliRunner

    from monitor.show.cli.commands.history import command as history
    from monitor.show.cli.commands.status import command as status

    place = ["--database", f"sqlite:///{folder}/demo.db"]
    say("Where the cases stand, as `docket-monitor status` shows it:")
    click.echo(CliRunner().invoke(status, place).output)
    say("The history, as `docket-monitor history` shows it:")
    click.echo(CliRunner().invoke(history, [*place, "--limit", "6"]).output)
    kept = (
        f"To look closer: `docket-monitor history --database sqlite:///{folder}/demo.db`."
        if is_kept
        else "To look closer, run it again with `docket-monitor demo --keep FOLDER`, then "
        "`docket-monitor history --database sqlite:///FOLDER/demo.db`."
    )
    say(f"{kept} For the live cases: `docket-monitor init`.")
