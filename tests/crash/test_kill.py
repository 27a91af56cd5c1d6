"""Kill the real process between any two steps: nothing is lost, and nothing is told twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.demo.court import Court, CourtServer
from monitor.demo.mail import MailSink
from monitor.demo.timeline import DemoEntry, make_timeline
from tests.crash.victim import CONFIG, work
from tests.story import CTR, PACK, START, TIMELINE

SHARDS = 4
FILED = (
    ("~Util - Set Deadlines", "Order"),
    ("Notice of Appeal",),
    ("Motion to Stay",),
    ("Transcript",),
)
#: More than the work has steps: what comes after its end is not counted.
MOST_POINTS = 400


@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.timeout(600)
def test_every_alert_is_received_whenever_the_process_is_killed(shard: int, tmp_path: Path) -> None:
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
        now = START + timedelta(minutes=20)
        for seq, events in enumerate(FILED, 10):
            court.publish(DemoEntry(seq, "dcd", CTR, 0, events, seq), now)
        court.received.clear()
        mail.messages.clear()
        killed = _kill_at_every_point(
            shard, tmp_path, template, server.url, mail.port, now.isoformat()
        )
    assert len(killed) * SHARDS >= 200
    for point in killed:
        hooks = [hook for hook in court.received if hook.path == f"/hook/{point}"]
        told = {json.loads(h.body)["data"]["entries"][0]["headline"] for h in hooks}
        assert told == {events[-1] for events in FILED}, f"lost at step {point}"
        # Who honors the id sees each once: the same id never says two things.
        bodies = {h.headers["webhook-id"]: json.loads(h.body)["data"]["alert_id"] for h in hooks}
        assert len(bodies) == len(FILED), f"told twice at step {point}"
        subjects = Counter(
            m["Message-ID"] for m in mail.messages if m["To"] == f"desk-{point}@example.org"
        )
        assert len(subjects) == len(FILED), f"mail lost or new at step {point}"


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
