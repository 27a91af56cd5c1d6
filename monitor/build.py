"""The real parts, made from the settings: clients, fetcher, couriers. `app.py` joins them."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlsplit

import httpx

from monitor import __version__
from monitor.deliver.email.courier import EmailCourier, SmtpServer
from monitor.deliver.webhook.courier import WebhookCourier
from monitor.errors import ParseError
from monitor.fetch.guard import make_client
from monitor.fetch.http import HttpFetcher
from monitor.fetch.politeness import Politeness
from monitor.model.docket import Docket
from monitor.model.source import Source, SourceKind
from monitor.normalize.docket_number import normalize_docket_number
from monitor.ports import Clock, Courier, Fetched, Reader
from monitor.render.mail import Letterhead
from monitor.settings.load import Settings
from monitor.settings.schema import RecipientConfig
from monitor.sources.court_rss.reader import CourtRssReader
from monitor.sources.courtlistener.appeal import ClAppealReader
from monitor.sources.courtlistener.atom import ClAtomReader
from monitor.sources.courtlistener.rest import (
    DOCUMENTS,
    ENTRIES,
    ClDocketReader,
    ClUsageReader,
    docket_request,
    find_docket,
)
from monitor.sources.courtlistener.rows import normalize_docket
from monitor.sources.news_feed.reader import NewsReader
from monitor.sources.supreme_court.reader import SupremeCourtReader

READERS: dict[SourceKind, Reader] = {
    SourceKind.COURT_RSS: CourtRssReader(),
    SourceKind.CL_ENTRIES: ENTRIES,
    SourceKind.CL_DOCUMENTS: DOCUMENTS,
    SourceKind.CL_DOCKET: ClDocketReader(),
    SourceKind.CL_ATOM: ClAtomReader(),
    SourceKind.CL_APPEAL: ClAppealReader(),
    SourceKind.SUPREME_COURT: SupremeCourtReader(),
    SourceKind.CL_USAGE: ClUsageReader(),
    SourceKind.NEWS: NewsReader(),
}


async def look_up_docket(settings: Settings, cl_docket_id: int) -> Docket:
    """Court and number of a docket that CourtListener knows by this id.

    Raises FetchError where it does not answer, ParseError where the answer is no docket.
    """
    client = web_client(settings, allow_private=settings.config.fetch.allow_private_addresses)
    source = Source(
        "lookup",
        SourceKind.CL_DOCKET,
        settings.config.courtlistener.url,
        timedelta(days=1),
        cl_docket_id=cl_docket_id,
    )
    try:
        answer = await make_fetcher(settings, client).fetch(docket_request(source))
    finally:
        await client.aclose()
    row = find_docket(source, answer) if isinstance(answer, Fetched) else None
    if row is None:
        raise ParseError(f"CourtListener has no docket {cl_docket_id}")
    number = normalize_docket_number(str(row.get("docket_number") or ""))
    return normalize_docket(row, str(row.get("court_id") or ""), number)


def make_couriers(
    settings: Settings,
    hooks: Mapping[bool, httpx.AsyncClient],
    now: Clock,
    smtp_tls: ssl.SSLContext | None = None,
) -> dict[str, Courier]:
    """Recipient -> who carries messages to him."""
    return {
        recipient.name: _courier(settings, recipient, hooks, now, smtp_tls)
        for recipient in settings.config.recipients
    }


def _courier(
    settings: Settings,
    recipient: RecipientConfig,
    hooks: Mapping[bool, httpx.AsyncClient],
    now: Clock,
    smtp_tls: ssl.SSLContext | None,
) -> Courier:
    if recipient.webhook:
        secret = settings.secrets.get(f"recipients.{recipient.name}", "")
        client = hooks[_allows_private(settings, recipient)]
        return WebhookCourier(url=recipient.webhook, secret=secret, client=client, now=now)
    mail = settings.config.email
    if mail is None:
        raise ValueError("a mail recipient without a mail server passed the checks")
    server = SmtpServer(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        username=mail.username,
        password=settings.secrets.get("email.password", ""),
        timeout_seconds=mail.timeout_seconds,
        tls=smtp_tls,
    )
    return EmailCourier(server, Letterhead(mail.sender), recipient.email)


def make_fetcher(settings: Settings, client: httpx.AsyncClient) -> HttpFetcher:
    fetch = settings.config.fetch
    return HttpFetcher(
        client=client,
        politeness=Politeness(gap_seconds=fetch.gap_seconds),
        token=settings.secrets.get("courtlistener.token", ""),
        token_host=urlsplit(settings.config.courtlistener.url).netloc,
        allow_http=fetch.allow_http,
        most_bytes=int(fetch.max_megabytes * 1_000_000),
        most_compressed_bytes=int(fetch.max_megabytes * 500_000),
        total_seconds=fetch.total_seconds,
    )


def user_agent(contact: str) -> str:
    """Who asks, and whom to tell if it hurts."""
    about = contact or "no contact configured"
    return f"docket-monitor/{__version__} (watches public court dockets; {about})"


def web_client(settings: Settings, *, allow_private: bool) -> httpx.AsyncClient:
    fetch = settings.config.fetch
    return make_client(
        user_agent=user_agent(settings.config.contact),
        allow_private=allow_private,
        connect_seconds=fetch.connect_seconds,
        read_seconds=fetch.read_seconds,
    )


def hook_clients(settings: Settings) -> dict[bool, httpx.AsyncClient]:
    """A client for webhooks into the open internet, and one for those allowed into our network."""
    hooks = [recipient for recipient in settings.config.recipients if recipient.webhook]
    wanted = {_allows_private(settings, recipient) for recipient in hooks}
    return {allow: web_client(settings, allow_private=allow) for allow in wanted}


def _allows_private(settings: Settings, recipient: RecipientConfig) -> bool:
    return recipient.allow_private_addresses or settings.config.fetch.allow_private_addresses
