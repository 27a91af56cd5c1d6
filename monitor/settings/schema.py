"""The shape of the configuration. Every key is documented in `config/`, and no other is taken."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from monitor.model.court import courts
from monitor.model.docket import EntryKind
from monitor.normalize.docket_number import FORMS, fits_court, normalize_docket_number
from monitor.settings.problems import did_you_mean
from monitor.settings.yaml_file import DEFAULT_DATABASE

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)")
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_ID = r"^[a-z0-9][a-z0-9-]*$"


def parse_duration(raw: object) -> timedelta:
    """A length of time such as `90s`, `10m`, `2h`, `1d`.

    >>> parse_duration("10m")
    datetime.timedelta(seconds=600)
    """
    if isinstance(raw, timedelta):
        return raw
    match = _DURATION.fullmatch(str(raw).strip())
    if not match:
        raise ValueError(f"{raw!r} is no length of time: write 90s, 10m, 2h or 1d")
    seconds = float(match[1]) * _SECONDS[match[2][0]]
    if not 1 <= seconds <= 30 * 86_400:
        raise ValueError(f"{raw!r} is out of bounds: from 1s to 30d")
    return timedelta(seconds=seconds)


def _kind(raw: object) -> object:
    known = [kind.value for kind in EntryKind]
    if raw not in known:
        raise ValueError(f"{raw!r} is no kind of entry{did_you_mean(str(raw), known)}")
    return raw


def _court(raw: object) -> object:
    if raw not in courts():
        raise ValueError(
            f"{raw!r} is no court id as CourtListener spells them{did_you_mean(str(raw), courts())}"
        )
    return raw


def _number(raw: object) -> str:
    number = normalize_docket_number(str(raw))
    if not re.search(r"\d\d-", number):
        raise ValueError(f"{raw!r} is no docket number: write 1:25-cv-00457 or 26-5006")
    return number


def _url(raw: object) -> object:
    if not isinstance(raw, str) or not re.match(r"https?://[^\s/]+", raw):
        raise ValueError(f"{raw!r} is no web address: it begins with https://")
    return raw


Topic = Literal[
    "filed",
    "amended",
    "away",
    "appeal",
    "docket",
    "now_watching",
    "gap",
    "health",
    "delivery",
    "news",
]
Duration = Annotated[timedelta, BeforeValidator(parse_duration)]
EntryKindName = Annotated[str, BeforeValidator(_kind)]
CourtId = Annotated[str, BeforeValidator(_court)]
DocketNumber = Annotated[str, BeforeValidator(_number)]
Url = Annotated[str, BeforeValidator(_url)]
Id = Annotated[str, Field(pattern=_ID)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SecretAt(_Strict):
    """Where a secret is: never the secret itself."""

    env: str = ""
    file: str = ""
    credential: str = ""

    @model_validator(mode="before")
    @classmethod
    def _not_here(cls, raw: Any) -> Any:
        if isinstance(raw, str):
            raise ValueError(
                "a secret does not stand in the configuration: write {env: NAME}, {file: PATH} "
                "or {credential: NAME}"
            )
        return raw

    @model_validator(mode="after")
    def _one_place(self) -> SecretAt:
        if sum(map(bool, (self.env, self.file, self.credential))) != 1:
            raise ValueError("name one place: {env: NAME}, {file: PATH} or {credential: NAME}")
        return self


class FetchConfig(_Strict):
    allow_private_addresses: bool = False
    allow_http: bool = False
    connect_seconds: float = Field(10, gt=0, le=120)
    read_seconds: float = Field(30, gt=0, le=300)
    total_seconds: float = Field(90, gt=0, le=600)
    max_megabytes: float = Field(32, gt=0, le=500)
    gap_seconds: float = Field(1, ge=0, le=60)


class PollingConfig(_Strict):
    court_feeds: Duration = timedelta(minutes=10)
    news: Duration = timedelta(minutes=30)
    unhealthy_after: int = Field(3, ge=1, le=50)


class CourtListenerConfig(_Strict):
    url: Url = "https://www.courtlistener.com/api/rest/v4/"
    token: SecretAt = SecretAt(env="COURTLISTENER_TOKEN")
    atom_feeds: bool = False
    atom_every: Duration = timedelta(minutes=15)
    entries_every: Duration = timedelta(hours=6)
    documents_every: Duration = timedelta(hours=24)
    dockets_every: Duration = timedelta(hours=24)
    appeals_every: Duration = timedelta(hours=24)
    usage_every: Duration = timedelta(hours=1)

    @model_validator(mode="after")
    def _ends_with_slash(self) -> CourtListenerConfig:
        if not self.url.endswith("/"):
            raise ValueError(f"url must end with a slash: {self.url}/")
        return self


class SupremeCourtConfig(_Strict):
    url: Url = "https://www.supremecourt.gov/RSS/Cases/JSON/"
    every: Duration = timedelta(hours=1)


class EmailConfig(_Strict):
    host: str = Field(min_length=1)
    port: int = Field(587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: SecretAt | None = None
    sender: str = Field(alias="from", pattern=r"^[^\r\n]*[^\s@<]+@[^\s@>]+>?$")
    timeout_seconds: float = Field(30, gt=0, le=300)


class RecipientConfig(_Strict):
    name: Id
    email: str = Field("", pattern=r"^$|^[^\s@,;]+@[^\s@,;]+$")
    webhook: str = ""
    secret: SecretAt | None = None
    allow_private_addresses: bool = False

    @model_validator(mode="after")
    def _one_channel(self) -> RecipientConfig:
        if bool(self.email) == bool(self.webhook):
            raise ValueError("a recipient has one of email and webhook")
        if self.webhook:
            _url(self.webhook)
        return self


class RouteConfig(_Strict):
    name: Id
    to: tuple[str, ...] = Field(min_length=1)
    cases: tuple[str, ...] = ()
    kinds: tuple[EntryKindName, ...] = ()
    topics: tuple[Topic, ...] = ()


class MonitorConfig(_Strict):
    """The file `monitor.yaml`."""

    database: str = DEFAULT_DATABASE
    contact: str = ""
    packs: tuple[str, ...] = ()
    fetch: FetchConfig = FetchConfig()
    polling: PollingConfig = PollingConfig()
    courtlistener: CourtListenerConfig = CourtListenerConfig()
    supreme_court: SupremeCourtConfig = SupremeCourtConfig()
    email: EmailConfig | None = None
    recipients: tuple[RecipientConfig, ...] = ()
    routes: tuple[RouteConfig, ...] = ()


class DocketConfig(_Strict):
    court: CourtId
    number: DocketNumber
    courtlistener: int | None = Field(None, gt=0)
    #: Where the facts of this row come from.
    source: str = ""

    @model_validator(mode="after")
    def _fits_its_court(self) -> DocketConfig:
        kind = courts()[self.court].kind
        if not fits_court(self.number, kind):
            raise ValueError(f"{self.number!r} is no number of {self.court}: {FORMS[kind]}")
        return self


class TermsConfig(_Strict):
    names: tuple[str, ...] = ()
    docket_numbers: tuple[str, ...] = ()
    combinations: tuple[tuple[str, ...], ...] = ()
    exclude: tuple[str, ...] = ()
    judges: tuple[str, ...] = ()
    signals: tuple[tuple[str, ...], ...] = ()
    hints: tuple[tuple[str, ...], ...] = ()
    default: bool = False


class CaseConfig(_Strict):
    id: Id
    label: str = Field(min_length=1, max_length=60)
    name: str = ""
    dockets: tuple[DocketConfig, ...] = ()
    news: TermsConfig = TermsConfig()


class FeedConfig(_Strict):
    id: Id
    name: str = ""
    url: Url
    every: Duration | None = None
    publisher: str = ""
    enabled: bool = True
    #: Why it is off, or how it was seen to work.
    source: str = ""


class CourtFeedConfig(_Strict):
    """Another address for a court's feed than the one in the table of courts."""

    court: CourtId
    url: Url


class PackConfig(_Strict):
    """A case pack: `cases/*.yaml`."""

    pack: Id
    enabled: bool = True
    cases: tuple[CaseConfig, ...] = ()
    #: What the news about all of its cases speak of; every group names alternatives.
    news_topic: tuple[str, ...] = ()
    news_courts: str = ""
    feeds: tuple[FeedConfig, ...] = ()
    court_feeds: tuple[CourtFeedConfig, ...] = ()


def check_webhook_secret(secret: str) -> str:
    """What is wrong with a webhook secret; empty where nothing is."""
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        return "is not base64: make one with `docket-monitor init --secret`"
    return "" if len(key) >= 16 else "is shorter than 16 bytes"
