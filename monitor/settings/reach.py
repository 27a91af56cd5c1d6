"""Addresses that the program will refuse to talk to, or should not trust with a password."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from monitor.deliver.webhook.settings import WebhookRecipient
from monitor.fetch.addresses import can_be_asked, host_of, is_loopback, leads_inside
from monitor.settings.problems import Problem
from monitor.settings.schema import FetchConfig, MonitorConfig, PackConfig
from monitor.settings.yaml_file import Loc, YamlFile

_NO_HOST = "the host between https:// and the next / can be none: copy the address anew"


def unreachable(
    file: YamlFile, config: MonitorConfig, packs: Sequence[tuple[YamlFile, PackConfig]]
) -> Iterator[Problem]:
    """What would be refused only when an order waits, or when the daemon asks."""
    yield from _in_clear(file, config)
    for own in ("courtlistener", "supreme_court"):
        if wrong := _wrong_source(getattr(config, own).url, config.fetch):
            yield file.problem((own, "url"), wrong)
    for place, recipient in enumerate(config.recipients):
        if isinstance(recipient, WebhookRecipient) and (
            wrong := _wrong_hook(recipient, config.fetch)
        ):
            yield file.problem(("recipients", place, "webhook"), wrong)
    for pack_file, pack in packs:
        for loc, url in _sources(pack) if pack.enabled else ():
            if wrong := _wrong_source(url, config.fetch):
                yield pack_file.problem(loc, wrong)


def _sources(pack: PackConfig) -> Iterator[tuple[Loc, str]]:
    for place, court_feed in enumerate(pack.court_feeds):
        yield ("court_feeds", place, "url"), court_feed.url
    for place, feed in enumerate(pack.feeds):
        if feed.enabled:
            yield ("feeds", place, "url"), feed.url
    for place, source in enumerate(pack.sources):
        yield ("sources", place, "url"), source.url


def _wrong_source(url: str, fetch: FetchConfig) -> str:
    if not can_be_asked(url):
        return _NO_HOST
    parts = urlsplit(url)
    if parts.username or parts.password:
        return "a user or a password in a web address is not sent: leave it out"
    if parts.scheme == "http" and not fetch.allow_http:
        return "plain http is not read: write https://, or set fetch.allow_http: true"
    if leads_inside(host_of(url)) and not fetch.allow_private_addresses:
        return (
            f"{host_of(url)} is no public address: nothing is read there, unless you set "
            "fetch.allow_private_addresses: true"
        )
    return ""


def _wrong_hook(recipient: WebhookRecipient, fetch: FetchConfig) -> str:
    may_be_inside = recipient.allow_private_addresses or fetch.allow_private_addresses
    host = host_of(recipient.webhook)
    if not can_be_asked(recipient.webhook):
        return _NO_HOST
    if leads_inside(host) and not may_be_inside:
        return (
            f"{host} is no public address: nothing is sent there, unless you set "
            "allow_private_addresses: true beside it"
        )
    is_plain = urlsplit(recipient.webhook).scheme == "http"
    if is_plain and not (fetch.allow_http or (leads_inside(host) and may_be_inside)):
        return (
            "plain http lets others read and change what is sent: write https://, or set "
            "fetch.allow_http: true"
        )
    return ""


def _in_clear(file: YamlFile, config: MonitorConfig) -> Iterator[Problem]:
    """Passwords that would go over the net for all to read."""
    mail = config.email
    if mail and mail.password and mail.security == "none" and not is_loopback(mail.host):
        message = (
            f"the password would go to {mail.host} for all to read: write starttls or tls, or "
            "leave the password out"
        )
        yield file.problem(("email", "security"), message)
    url = config.courtlistener.url
    if urlsplit(url).scheme == "http" and not is_loopback(host_of(url)):
        message = "the token would go there for all to read: write https://"
        yield file.problem(("courtlistener", "url"), message)
