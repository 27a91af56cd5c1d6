"""Each command of the runbook and the docs runs in a folder that is laid out as they say."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitor.demo.court import Court, CourtServer
from monitor.demo.timeline import make_timeline
from monitor.errors import UsageError
from monitor.show.cli.main import cli
from tests.story import TIMELINE

REPO = Path(__file__).parents[2]
RUNBOOK = (REPO / "deploy" / "runbook.md").read_text()
UNIT = (REPO / "deploy" / "docket-monitor.service").read_text()
#: Not for a shell: they watch for ever, or need a file or the net of the reader.
ELSEWHERE = {"run", "serve", "site", "demo", "init", "replay", "news"}
SECRET = "whsec_ZG9ja2V0LW1vbml0b3ItdGVzdC1zZWNyZXQ="
CONFIG = """\
courtlistener: {{token: {{credential: courtlistener-token}}, url: "{url}/api/rest/v4/"}}
packs: [pack.yaml]
email:
  {{host: mail.example.org, from: m@example.org, username: m, password: {{credential: smtp-password}}}}
recipients:
  - {{name: hook, webhook: "{url}/hook", allow_private_addresses: true,
     secret: {{credential: webhook-secret}}}}
routes: [{{name: all, to: [hook]}}]
fetch: {{allow_http: true, allow_private_addresses: true, gap_seconds: 0}}
"""
PACK = """\
pack: p
cases:
  - id: ctr-v-irs
    label: CTR v. IRS
    dockets: [{{court: dcd, number: "1:25-cv-00457"}}]
    news: {{names: [Center for Taxpayer Rights]}}
court_feeds: [{{court: dcd, url: "{url}/dcd/feed"}}]
"""


def blocks(text: str) -> Iterator[list[str]]:
    """The commands of this program that a text tells to run."""
    fenced = "\n".join(re.findall(r"^```\n(.*?)^```", text, re.DOTALL | re.MULTILINE))
    lines = re.findall(r"^(?:\S*/)?(docket-monitor .*?)(?:  +#.*)?$", fenced, re.MULTILINE)
    for line in (*lines, *re.findall(r"`(docket-monitor [^`]+)`", text)):
        yield shlex.split(line)[1:]


INSTALL = [words for words in blocks(RUNBOOK) if words[0] in {"init", "check"}]
DOCUMENTED = sorted(
    {
        tuple(words)
        for name in ("deploy/runbook.md", "docs/operators.md", "README.md")
        for words in blocks((REPO / name).read_text())
        if words[0] not in ELSEWHERE and words != ["explain"] and "…" not in words
    }
)


@pytest.fixture(scope="module")
def court() -> Iterator[CourtServer]:
    with CourtServer(Court(make_timeline(TIMELINE), now=lambda: datetime.now(UTC))) as server:
        yield server


def moved(word: str, root: Path) -> str:
    """What stands in /etc and /var/lib, under a root of our own."""
    return re.sub(r"(?<![\w.])/(etc|var/lib)/", rf"{root}/\1/", word)


def shell(root: Path, *args: str, **env: str) -> Result:
    """A command as root types it: nothing is set, and the configuration stands in its place."""
    nothing = dict.fromkeys(
        ("DOCKET_MONITOR_DATABASE", "CREDENTIALS_DIRECTORY", "COURTLISTENER_TOKEN"), ""
    )
    config = {"DOCKET_MONITOR_CONFIG": f"{root}/etc/docket-monitor/monitor.yaml"}
    return CliRunner(env=nothing | config | env).invoke(cli, [moved(word, root) for word in args])


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, court: CourtServer) -> Path:
    """The runbook's own lines, then a daemon that ran as the unit says."""
    root = tmp_path_factory.mktemp("root")
    init, *_ = INSTALL
    assert shell(root, *init).exit_code == 0
    etc = root / "etc" / "docket-monitor"
    (etc / "secrets").mkdir()
    names = re.findall(
        r"LoadCredential=([\w-]+):/etc/docket-monitor/secrets/\1$", UNIT, re.MULTILINE
    )
    assert set(names) == {"smtp-password", "webhook-secret", "courtlistener-token"}
    for name in names:
        (etc / "secrets" / name).write_text(f"{SECRET}\n")
    database = re.findall(r"^database: .*$", (etc / "monitor.yaml").read_text(), re.MULTILINE)
    (etc / "monitor.yaml").write_text("\n".join(database) + "\n" + CONFIG.format(url=court.url))
    (etc / "pack.yaml").write_text(PACK.format(url=court.url))
    unit = dict(re.findall(r"^Environment=(\w+)=(.*)$", UNIT, re.MULTILINE))
    done = shell(
        root,
        *("run", "--once"),
        CREDENTIALS_DIRECTORY=f"{etc}/secrets",
        **{name: moved(value, root) for name, value in unit.items()},
    )
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    assert (root / "var" / "lib" / "docket-monitor" / "monitor.db").exists()
    return root


@pytest.mark.parametrize("words", DOCUMENTED, ids=" ".join)
def test_a_documented_command_finds_its_configuration_and_its_database(
    installed: Path, words: tuple[str, ...]
) -> None:
    done = shell(installed, *words)
    assert done.exception is None or isinstance(done.exception, SystemExit | UsageError), (
        done.output
    )
    assert done.exit_code != 2, done.output  # a wrong call


def test_the_runbooks_check_sends_its_test_from_a_shell(
    installed: Path, court: CourtServer
) -> None:
    (check,) = INSTALL[1:2]
    done = shell(installed, *check)
    assert done.exit_code == 0, done.output
    assert "test to hook: accepted" in done.output


STEERING = [
    ("poll", "court:dcd"),
    ("watch", "add", "dcd", "1:25-cv-09999", "--label", "Doe"),
    ("watch", "pause", "ctr-v-irs/dcd/1:25-cv-00457"),
    ("watch", "resume", "ctr-v-irs/dcd/1:25-cv-00457"),
    ("sources", "--unhealthy"),
    ("quota", "--simulate", "2"),
    ("check",),
    ("history",),
]


@pytest.mark.parametrize("words", STEERING, ids=" ".join)
def test_whoever_has_no_secret_can_do_everything_but_send(
    installed: Path, words: tuple[str, ...]
) -> None:
    secrets = installed / "etc" / "docket-monitor" / "secrets"
    hidden = secrets.rename(secrets.with_name("hidden"))
    try:
        done = shell(installed, *words)
        assert done.exit_code == 0, f"{done.output} {done.exception!r}"
        refused = shell(installed, "run", "--once")
        assert "systemd gives it to the service only" in str(refused.exception)
        sent = shell(installed, "check", "--send-test")
        assert sent.exit_code == 1
        assert "test to hook: FAILED: credential webhook-secret" in " ".join(sent.output.split())
    finally:
        hidden.rename(secrets)


def test_news_are_matched_without_a_secret(installed: Path, tmp_path: Path) -> None:
    items = tmp_path / "items.jsonl"
    items.write_text('{"id": "1", "title": "Center for Taxpayer Rights wins"}\n')
    done = shell(installed, "news", "match", str(items), CREDENTIALS_DIRECTORY=str(tmp_path))
    assert done.exit_code == 0, f"{done.output} {done.exception!r}"
    assert "ctr-v-irs" in done.output
