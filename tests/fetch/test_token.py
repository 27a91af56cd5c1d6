"""The token goes to its own host however the operator writes it, and a bad one is a failure told."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from monitor.build import Web, make_fetcher
from monitor.errors import FetchError
from monitor.fetch.guard import make_client
from monitor.fetch.http import HttpFetcher
from monitor.fetch.politeness import Politeness
from monitor.ports import Request
from monitor.settings.load import Settings
from monitor.settings.schema import MonitorConfig
from tests.settings.test_keys import refused


@pytest.mark.parametrize("base", ["https://CL.Example.org/api/", "https://cl.example.org:443/api/"])
async def test_the_token_is_sent_to_its_host_in_any_spelling(base: str) -> None:
    config = MonitorConfig.model_validate({"courtlistener": {"url": base}})
    settings = Settings(Path("monitor.yaml"), config, (), {"courtlistener.token": "t0k3n"})
    web = Web(settings)
    fetcher = make_fetcher(settings, web)
    sent = fetcher._headers(httpx.URL(base), Request(base, is_metered=True))
    await web.close()
    assert sent["Authorization"] == "Token t0k3n"


async def test_a_token_that_no_header_can_hold_is_a_failure_of_the_fetch() -> None:
    """`HttpFetcher` raises SourceRefused or SourceUnreachable, and nothing else."""
    client = make_client(user_agent="test", allow_private=True)
    fetcher = HttpFetcher(client, Politeness(0), "“t0k3n”", "127.0.0.1:1", allow_http=True)
    try:
        with pytest.raises(FetchError):
            await fetcher.fetch(Request("http://127.0.0.1:1/", is_metered=True))
    finally:
        await client.aclose()


def test_a_token_that_no_header_can_hold_is_refused_and_not_shown(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("“t0k3n”", "utf-8")
    (said,) = refused(tmp_path, "courtlistener: {token: {file: token}}\n")
    assert said.startswith("monitor.yaml:1: courtlistener.token: ")
    assert "t0k3n" not in said
