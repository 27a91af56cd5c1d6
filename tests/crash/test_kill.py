"""Kill the real process between any two steps: nothing is lost, and nothing is told twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.demo.court import Court, CourtServer, Received
from monitor.demo.mail import MailSink
from monitor.demo.timeline import DemoEntry, make_timeline
from monitor.model.push import Push
from monitor.model.silence import Silence
from monitor.store.database import open_store
from tests.crash.victim import CONFIG, ROUTES, work
from tests.story import CTR, PACK, START, TIMELINE

SHARDS = 4
_EVERY_STEP = bool(os.environ.get("MONITOR_CRASH_EVERY_STEP"))


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
    mails: int | None = None
    begins: datetime = START
    desk: str = ""
    routes: str = ROUTES
    #: What is stored before the last work begins, besides what was filed.
    prepare: Callable[[Path, datetime], None] = lambda _folder, _now: None
    #: What was told, or waits, when the last work begins: numbers and names.
    earlier: tuple[tuple[int, str], ...] = ()
    #: What of it has other names by then.
    changed: tuple[tuple[int, tuple[str, ...]], ...] = ()
    #: What others told the monitor of, as the hook is told it.
    besides: tuple[str, ...] = ()
    #: Each so-manieth step is tried; `make crash` tries every one.
    stride: int = 7


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
#: Ten minutes to eight in the recipient's town: a digest, a briefing and a silence end soon.
_MORNING = datetime(2026, 3, 5, 12, 50, tzinfo=UTC)


def _with_digest_silence_and_push(folder: Path, now: datetime) -> None:
    """An order waits in a digest, a notice under a silence, and a docket alert was posted."""
    store = open_store(f"sqlite:///{folder}/monitor.db", upgrade=False)
    silence = Silence(
        "s-1", now, now + timedelta(minutes=12), "known", recipient="hook", kinds=("notice",)
    )
    with store.begin() as unit:
        unit.silences.add(silence)
        unit.pushes.add([Push("cl:webhook:k", "cl:webhook", now, PUSHED)])
    store.close()


#: What waits for eight o'clock, what is told meanwhile, and what was posted.
MORNING = Scenario(
    timedelta(minutes=15),
    (("Order on Motion",), ("Motion to Stay",)),
    notifications=4,
    verdicts=0,
    steps=200,
    mails=2,
    begins=_MORNING - timedelta(minutes=20),
    desk=", briefing: daily 08:00",
    routes=(
        "routes: [{name: digest, to: [desk], send: daily 08:00}, {name: all, to: [hook]}]\n"
        "listen: {courtlistener: {secret: {file: path}}}"
    ),
    prepare=_with_digest_silence_and_push,
    earlier=((5, "Notice"), (6, "Order")),
    besides=("Notice", "Order Pushed"),
    stride=13,
)
#: Nobody acknowledged an order, and its words change while it goes to the next.
LATE = Scenario(
    timedelta(minutes=15),
    (),
    notifications=1,
    verdicts=0,
    steps=100,
    mails=1,
    routes=(
        "routes: [{name: orders, to: [desk], topics: [filed], kinds: [order],"
        " acknowledge: {within: 10m, then: [hook]}}, {name: changes, to: [desk], topics: [amended]}]"
        "\ngrace: 0s"
    ),
    earlier=((6, "Order"),),
    changed=((6, ("Order", "Order on Motion to Stay")),),
    besides=("Order",),
    stride=11,
)
PUSHED = json.dumps(
    {
        "payload": {
            "results": [
                {
                    "id": 900,
                    "docket": 77,
                    "entry_number": 90,
                    "date_filed": "2026-03-05",
                    "description": "",
                    "recap_documents": [
                        {"id": 900, "document_number": "90", "description": "Order Pushed"}
                    ],
                }
            ]
        },
        "webhook": {"event_type": 1},
    }
).encode()
#: More than the work has steps: what comes after its end is not counted.
MOST_POINTS = 500


@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize(
    "scenario", [FEW, FLOOD, MORNING, LATE], ids=["few", "flood", "morning", "late"]
)
@pytest.mark.timeout(3600 if _EVERY_STEP else 600)
def test_every_alert_is_received_whenever_the_process_is_killed(
    scenario: Scenario, shard: int, tmp_path: Path
) -> None:
    now = scenario.begins
    court = Court(make_timeline(TIMELINE), now=lambda: now)
    with CourtServer(court) as server, MailSink() as mail:
        template, job = tmp_path / "template", {"url": server.url, "port": mail.port}
        template.mkdir()
        job |= {"desk": scenario.desk, "routes": scenario.routes}
        _write(template, server.url, CONFIG.format(point="none", **job))
        now = scenario.begins + timedelta(minutes=1)
        work(template, now, 0)
        if scenario.earlier:
            now = scenario.begins + timedelta(minutes=20)
            scenario.prepare(template, now)
            for seq, name in scenario.earlier:
                court.publish(DemoEntry(seq, "dcd", CTR, 0, (name,), seq), now)
            work(template, now, 0, reads_pushed=False)
        now += scenario.away
        for seq, events in scenario.changed:
            court.publish(DemoEntry(seq, "dcd", CTR, 0, events, seq), now)
        for seq, events in enumerate(scenario.filed, 10):
            court.publish(DemoEntry(seq, "dcd", CTR, 0, events, seq), now)
        court.received.clear()
        mail.messages.clear()
        stride = 1 if _EVERY_STEP else scenario.stride
        job |= {"now": now.isoformat(), "stride": stride}
        killed = _kill_at_every_point(shard, tmp_path, template, job)
    assert len(killed) * SHARDS * stride >= scenario.steps
    for point in killed:
        hooks = [hook for hook in court.received if hook.path == f"/hook/{point}"]
        _check(scenario, {h.headers["webhook-id"]: json.loads(h.body) for h in hooks}, hooks, point)
        mails = {m["Message-ID"] for m in mail.messages if m["To"] == f"desk-{point}@example.org"}
        expected = scenario.mails or scenario.notifications
        assert len(mails) == expected, f"mail lost or new at step {point}"


def _check(scenario: Scenario, told: dict[str, Any], hooks: Sequence[Received], point: int) -> None:
    """Who honors the id sees each once: the same id never says two things."""
    assert len(told) == scenario.notifications, f"told twice at step {point}"
    assert all(json.loads(h.body) == told[h.headers["webhook-id"]] for h in hooks)
    alerts = [alert for document in told.values() for alert in document["data"]["alerts"]]
    headlines = [alert["entries"][0]["headline"] for alert in alerts if alert["topic"] == "filed"]
    expected = [*(events[-1] for events in scenario.filed), *scenario.besides]
    assert sorted(headlines) == sorted(expected), f"at step {point}"
    verdicts = [alert for alert in alerts if alert["topic"] == "caught_up"]
    assert len(verdicts) == scenario.verdicts, f"at step {point}"


def _write(folder: Path, url: str, config: str) -> None:
    pack = PACK.replace('"1:25-cv-00457"}', '"1:25-cv-00457", courtlistener: 77}')
    (folder / "pack.yaml").write_text(pack.format(url=url))
    (folder / "path").write_text("a-path-that-nobody-can-guess")
    (folder / "monitor.yaml").write_text(config)


def _kill_at_every_point(
    shard: int, folder: Path, template: Path, job: dict[str, Any]
) -> list[int]:
    stride = job["stride"]
    points = list(range(1 + shard * stride, MOST_POINTS * max(stride, 3), SHARDS * stride))
    job = job | {"points": points, "folder": str(folder), "template": str(template)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash.victim"],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    killed: list[int] = json.loads(done.stdout)["killed"]
    return killed
