"""Kill the real process between any two steps: nothing is lost, and nothing is told twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.demo.court import Court, CourtServer, Received
from monitor.demo.mail import MailSink
from monitor.demo.timeline import DemoEntry, make_timeline
from tests.crash.victim import CONFIG, work
from tests.story import CTR, PACK, START, TIMELINE

SHARDS = 4


@dataclass(frozen=True)
class Scenario:
    """What is filed while the monitor is away for so long, and how it must be told."""

    away: timedelta
    filed: tuple[tuple[str, ...], ...]
    #: To each recipient.
    notifications: int
    verdicts: int
    #: At least so many steps this work has; a smaller number would mean that steps are not seen.
    steps: int


FEW = Scenario(
    timedelta(minutes=20),
    (("~Util - Set Deadlines", "Order"), ("Notice of Appeal",), ("Motion to Stay",), ("Notice",)),
    notifications=4,
    verdicts=0,
    steps=200,
)
#: After an outage: one bundle, with the verdict on what the silence was worth.
FLOOD = Scenario(
    timedelta(hours=4),
    tuple((f"{kind} {n}",) for n in range(4) for kind in ("Order", "Motion")),
    notifications=1,
    verdicts=1,
    steps=150,
)
#: More than the work has steps: what comes after its end is not counted.
MOST_POINTS = 500


@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("scenario", [FEW, FLOOD], ids=["few", "flood"])
@pytest.mark.timeout(600)
def test_every_alert_is_received_whenever_the_process_is_killed(
    scenario: Scenario, shard: int, tmp_path: Path
) -> None:
    now = START
    court = Court(make_timeline(TIMELINE), now=lambda: now)
    with CourtServer(court) as server, MailSink() as mail:
        template = tmp_path / "template"
        template.mkdir()
        (template / "pack.yaml").write_text(PACK.format(url=server.url))
        text = CONFIG.format(port=mail.port, url=server.url, point="none")
        (template / "monitor.yaml").write_text(text)
        now = START + timedelta(minutes=1)
        work(template, now, 0)
        now += scenario.away
        for seq, events in enumerate(scenario.filed, 10):
            court.publish(DemoEntry(seq, "dcd", CTR, 0, events, seq), now)
        court.received.clear()
        mail.messages.clear()
        killed = _kill_at_every_point(
            shard, tmp_path, template, server.url, mail.port, now.isoformat()
        )
    assert len(killed) * SHARDS >= scenario.steps
    for point in killed:
        hooks = [hook for hook in court.received if hook.path == f"/hook/{point}"]
        _check(scenario, {h.headers["webhook-id"]: json.loads(h.body) for h in hooks}, hooks, point)
        mails = {m["Message-ID"] for m in mail.messages if m["To"] == f"desk-{point}@example.org"}
        assert len(mails) == scenario.notifications, f"mail lost or new at step {point}"


def _check(scenario: Scenario, told: dict[str, Any], hooks: Sequence[Received], point: int) -> None:
    """Who honors the id sees each once: the same id never says two things."""
    assert len(told) == scenario.notifications, f"told twice at step {point}"
    assert all(json.loads(h.body) == told[h.headers["webhook-id"]] for h in hooks)
    alerts = [alert for document in told.values() for alert in document["data"]["alerts"]]
    headlines = [alert["entries"][0]["headline"] for alert in alerts if alert["topic"] == "filed"]
    assert sorted(headlines) == sorted(events[-1] for events in scenario.filed), f"at step {point}"
    verdicts = [alert for alert in alerts if alert["topic"] == "caught_up"]
    assert len(verdicts) == scenario.verdicts, f"at step {point}"


def _kill_at_every_point(
    shard: int, folder: Path, template: Path, url: str, port: int, now: str
) -> list[int]:
    points = list(range(1 + shard, MOST_POINTS, SHARDS))
    job = {"points": points, "folder": str(folder), "template": str(template)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash.victim"],
        input=json.dumps(job | {"url": url, "port": port, "now": now}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    killed: list[int] = json.loads(done.stdout)["killed"]
    return killed
