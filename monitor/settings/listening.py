"""Where the daemon listens: off unless the configuration has a `listen:` section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from monitor.fields import Duration, SecretAt, Strict
from monitor.settings.problems import Problem
from monitor.settings.yaml_file import YamlFile

#: So much of an address cannot be guessed, and stands in a path as it is.
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}")
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?")
_PATH_SECRET = re.compile(r"[A-Za-z0-9_-]{22,200}")


def _host(raw: str) -> str:
    if raw == "localhost":
        return "127.0.0.1"
    try:
        return str(ip_address(raw))
    except ValueError:
        message = f"{raw!r} is no address of this machine: write 127.0.0.1, ::1 or 0.0.0.0"
        raise ValueError(message) from None


def _network(raw: str) -> str:
    try:
        return str(ip_network(raw))
    except ValueError:
        message = f"{raw!r} is no address and no network: write 203.0.113.7 or 203.0.113.0/24"
        raise ValueError(message) from None


Host = Annotated[str, AfterValidator(_host)]
Network = Annotated[str, AfterValidator(_network)]


class CourtListenerPushConfig(Strict):
    """CourtListener's webhooks are taken at `/courtlistener/SECRET`."""

    secret: SecretAt
    #: From where they may come; empty: from everybody who knows the secret.
    only_from: tuple[Network, ...] = ()
    max_megabytes: float = Field(32, gt=0, le=200)


def _header(raw: str) -> str:
    if not _HEADER.fullmatch(raw):
        raise ValueError(f"{raw!r} is no name of a header: write one as X-Remote-User")
    return raw.lower()


def _name(raw: str) -> str:
    if not _NAME.fullmatch(raw.lower()):
        raise ValueError(f"{raw!r} is no name of a machine: write one as dockets.example.org")
    return raw.lower()


class LoginConfig(Strict):
    """Who may see the pages from elsewhere: who knows a password, or whom a proxy names."""

    #: Signs what a browser shows instead of the password.
    secret: SecretAt | None = None
    session: Duration = timedelta(hours=12)
    #: In which a trusted proxy names who asks, as X-Remote-User.
    proxy_header: Annotated[str, AfterValidator(_header)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> LoginConfig:
        if (self.secret is None) == (self.proxy_header is None):
            raise ValueError(
                "write `secret` for a login of our own, or `proxy_header`: one of them"
            )
        return self


class ListenConfig(Strict):
    host: Host = "127.0.0.1"
    port: int = Field(8320, ge=0, le=65_535)
    #: Whose word is taken for who asks (`X-Forwarded-For`).
    trusted_proxies: tuple[Network, ...] = ("127.0.0.1/32", "::1/128")
    metrics: bool = False
    #: The pages of the history, and the API: without a login to this machine alone.
    pages: bool = False
    login: LoginConfig | None = None
    #: By which names the pages are asked for, beside those of this machine.
    names: tuple[Annotated[str, AfterValidator(_name)], ...] = ()
    courtlistener: CourtListenerPushConfig | None = None


def check_path_secret(secret: str) -> str:
    """What is wrong with a secret that stands in a path; empty where nothing is."""
    if _PATH_SECRET.fullmatch(secret):
        return ""
    return (
        "does not fit into a web address, or is shorter than 22 letters: make one with "
        "`docket-monitor init --path-secret`"
    )


def unheard_links(file: YamlFile, listen: ListenConfig | None) -> Iterator[Problem]:
    """Links in messages that lead to nobody."""
    if listen is None and "links" in file.data:
        message = "its links lead nowhere: the daemon listens only with a `listen:` section"
        yield file.problem(("links",), message)


def open_problems(file: YamlFile, listen: ListenConfig | None) -> Iterator[Problem]:
    """What could be reached by others than those it is meant for."""
    if listen is None or ip_address(listen.host).is_loopback:
        return
    if listen.pages and listen.login is None:
        message = (
            f"{listen.host} is reached from other machines, and the pages ask for no login: write "
            "127.0.0.1, or `login: {secret: {env: …}}`"
        )
        yield file.problem(("listen", "pages"), message)
    if listen.metrics:
        message = (
            f"{listen.host} is reached from other machines, and so are the metrics: write "
            "127.0.0.1 and let a proxy pass on what others may see"
        )
        yield file.problem(("listen", "metrics"), message, is_warning=True)
    if listen.courtlistener and not listen.courtlistener.only_from:
        message = (
            f"whoever reaches {listen.host} and knows the secret may tell us of filings: TLS "
            "needs a proxy before it, and `only_from` names CourtListener's addresses"
        )
        yield file.problem(("listen", "courtlistener"), message, is_warning=True)
