"""The real parts, made from the settings: clients, fetcher, couriers. `app.py` joins them."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from datetime import timedelta

import httpx

from monitor import __version__
from monitor.deliver.links import SignedLinks
from monitor.deliver.means import Means
from monitor.deliver.registry import courier_for
from monitor.errors import ParseError
from monitor.fetch.guard import make_client
from monitor.fetch.http import HttpFetcher
from monitor.fetch.politeness import Politeness
from monitor.model.docket import Docket
from monitor.model.source import Source
from monitor.normalize.docket_number import normalize_docket_number
from monitor.ports import Clock, Courier, Fetched
from monitor.settings.load import Settings
from monitor.sources import courtlistener
from monitor.sources.courtlistener.rest import docket_request, find_docket
from monitor.sources.courtlistener.rows import normalize_docket


@dataclass
class Web:
    """Clients for the web, each made when it is first needed."""

    settings: Settings
    _clients: dict[bool, httpx.AsyncClient] = field(default_factory=dict)

    def client(self, allow_private: bool) -> httpx.AsyncClient:
        """A client for the open internet, or one that may reach our own network, too."""
        fetch = self.settings.config.fetch
        is_allowed = allow_private or fetch.allow_private_addresses
        if is_allowed not in self._clients:
            self._clients[is_allowed] = make_client(
                user_agent=user_agent(self.settings.config.contact),
                allow_private=is_allowed,
                connect_seconds=fetch.connect_seconds,
                read_seconds=fetch.read_seconds,
            )
        return self._clients[is_allowed]

    async def close(self) -> None:
        for client in self._clients.values():
            await client.aclose()


async def look_up_docket(settings: Settings, cl_docket_id: int) -> Docket:
    """Court and number of a docket that CourtListener knows by this id.

    Raises FetchError where it does not answer, ParseError where the answer is no docket.
    """
    url = settings.config.courtlistener.url
    day = timedelta(days=1)
    source = Source("lookup", courtlistener.DOCKET, url, day, cl_docket_id=cl_docket_id)
    web = Web(settings)
    try:
        answer = await make_fetcher(settings, web).fetch(docket_request(source))
    finally:
        await web.close()
    row = find_docket(source, answer) if isinstance(answer, Fetched) else None
    if row is None:
        raise ParseError(f"CourtListener has no docket {cl_docket_id}")
    number = normalize_docket_number(str(row.get("docket_number") or ""))
    return normalize_docket(row, str(row.get("court_id") or ""), number)


def make_couriers(
    settings: Settings, web: Web, now: Clock, smtp_tls: ssl.SSLContext | None = None
) -> dict[str, Courier]:
    """Recipient -> who carries notifications to him."""
    means = Means(
        now=now,
        client=web.client,
        mail=settings.config.email,
        secrets=settings.secrets,
        smtp_tls=smtp_tls,
        links=make_links(settings),
    )
    return {one.name: courier_for(one, means) for one in settings.config.recipients}


def make_links(settings: Settings) -> SignedLinks | None:
    """Links by which readers answer; None where the configuration has no address."""
    wanted, secret = settings.config.links, settings.secrets.get("links", "")
    return SignedLinks(wanted.url, secret) if wanted and secret else None


def make_fetcher(settings: Settings, web: Web) -> HttpFetcher:
    fetch = settings.config.fetch
    return HttpFetcher(
        client=web.client(False),
        politeness=Politeness(gap_seconds=fetch.gap_seconds),
        token=settings.secrets.get("courtlistener.token", ""),
        token_host=httpx.URL(settings.config.courtlistener.url).netloc.decode(),
        allow_http=fetch.allow_http,
        most_bytes=int(fetch.max_megabytes * 1_000_000),
        most_compressed_bytes=int(fetch.max_megabytes * 500_000),
        total_seconds=fetch.total_seconds,
    )


def user_agent(contact: str) -> str:
    """Who asks, and whom to tell if it hurts."""
    about = contact or "no contact configured"
    return f"docket-monitor/{__version__} (watches public court dockets; {about})"
