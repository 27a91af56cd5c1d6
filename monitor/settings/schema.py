"""The shape of the configuration. Every key is documented in `config/`, and no other is taken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from monitor.decide.quota import TEXT_PATIENCE
from monitor.deliver.email.settings import MailServer
from monitor.deliver.recipient import parse_pace
from monitor.deliver.registry import RecipientSettings
from monitor.errors import StoreError
from monitor.fields import Duration, Id, SecretAt, Strict, Url, Wait, fits_a_header
from monitor.model.court import courts
from monitor.model.docket import EntryKind, Ruling
from monitor.model.timing import Pace
from monitor.normalize.docket_number import (
    FORMS,
    docket_number_in,
    fits_court,
    normalize_docket_number,
)
from monitor.route.rules import TOPIC_GROUPS, TOPICS
from monitor.settings.listening import ListenConfig
from monitor.settings.problems import did_you_mean
from monitor.settings.ready_made import READY_MADE
from monitor.settings.yaml_file import DEFAULT_DATABASE
from monitor.sources.registry import TRAITS


def _kind(raw: object) -> object:
    known = [kind.value for kind in EntryKind]
    if raw not in known:
        raise ValueError(f"{raw!r} is no kind of entry{did_you_mean(str(raw), known)}")
    return raw


def _court(raw: object) -> object:
    if not isinstance(raw, str) or raw not in courts():
        raise ValueError(
            f"{raw!r} is no court id as CourtListener spells them{did_you_mean(str(raw), courts())}"
        )
    return raw


def _number(raw: object) -> str:
    number = normalize_docket_number(str(raw))
    if not re.search(r"\d\d(?:-|[amo]\d)", number):
        raise ValueError(f"{raw!r} is no docket number: write 1:25-cv-00457 or 26-5006")
    return number


def _topic(raw: object) -> object:
    known = (*TOPICS, *TOPIC_GROUPS)
    if raw not in known:
        raise ValueError(f"{raw!r} is no topic{did_you_mean(str(raw), known)}")
    return raw


def _ruling(raw: object) -> object:
    names = {ruling.value for ruling in Ruling} - {Ruling.NONE.value}
    if not isinstance(raw, str) or raw not in names:
        raise ValueError(f"{raw!r} is no ruling{did_you_mean(str(raw), names)}")
    return raw


def _source_kind(raw: object) -> object:
    if not isinstance(raw, str) or raw not in TRAITS:
        raise ValueError(f"{raw!r} is no kind of source{did_you_mean(str(raw), TRAITS)}")
    return raw


def _in_a_header(contact: str) -> str:
    if not fits_a_header(contact):
        raise ValueError("it stands in a header of every request: write it in plain ASCII letters")
    return contact


def _database(url: str) -> str:
    from monitor.store.database import check_url  # a third of a second, and not always needed

    try:
        check_url(url)
    except StoreError as exc:
        raise ValueError(str(exc)) from None
    return url


def _not_blank(term: str) -> str:
    if not term.strip():
        raise ValueError("a blank term would be found in every story")
    return term


def _patient(grace: timedelta) -> timedelta:
    if not timedelta() <= grace <= TEXT_PATIENCE:
        raise ValueError(
            f"a filing waits {TEXT_PATIENCE.total_seconds():g}s for its text at the most: "
            "then it is asked for again, and nobody should wait that long"
        )
    return grace


DatabaseUrl = Annotated[str, AfterValidator(_database)]
Topic = Annotated[str, BeforeValidator(_topic)]
EntryKindName = Annotated[str, BeforeValidator(_kind)]
RulingName = Annotated[str, BeforeValidator(_ruling)]
SourceKind = Annotated[str, BeforeValidator(_source_kind)]
CourtId = Annotated[str, BeforeValidator(_court)]
DocketNumber = Annotated[str, BeforeValidator(_number)]
Contact = Annotated[str, AfterValidator(_in_a_header)]
Term = Annotated[str, AfterValidator(_not_blank)]
Grace = Annotated[Wait, AfterValidator(_patient)]


class FetchConfig(Strict):
    allow_private_addresses: bool = False
    allow_http: bool = False
    connect_seconds: float = Field(10, gt=0, le=120)
    read_seconds: float = Field(30, gt=0, le=300)
    total_seconds: float = Field(90, gt=0, le=600)
    max_megabytes: float = Field(32, gt=0, le=500)
    gap_seconds: float = Field(1, ge=0, le=60)


class PollingConfig(Strict):
    court_feeds: Duration = timedelta(minutes=10)
    news: Duration = timedelta(minutes=30)
    unhealthy_after: int = Field(3, ge=1, le=50)
    unhealthy_for: Wait = timedelta(minutes=15)


class CourtListenerConfig(Strict):
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


class SupremeCourtConfig(Strict):
    url: Url = "https://www.supremecourt.gov/RSS/Cases/JSON/"
    every: Duration = timedelta(hours=1)


class NamedDocket(Strict):
    """A docket by court and number, in the one spelling that names it."""

    court: CourtId
    number: DocketNumber

    @model_validator(mode="before")
    @classmethod
    def _in_full(cls, raw: object) -> object:
        """The office of a court that has only one need not be written."""
        known = courts().get(str(raw.get("court"))) if isinstance(raw, Mapping) else None
        if known is None or not isinstance(raw, Mapping) or "number" not in raw:
            return raw
        return {**raw, "number": docket_number_in(str(raw["number"]), known)}

    @model_validator(mode="after")
    def _fits_its_court(self) -> NamedDocket:
        kind = courts()[self.court].kind
        if not fits_court(self.number, kind):
            raise ValueError(f"{self.number!r} is no number of {self.court}: {FORMS[kind]}")
        return self


class WordsConfig(Strict):
    """Words and phrases of a filing; `stay*` finds "stays" too."""

    any: tuple[Term, ...] = ()
    all: tuple[Term, ...] = ()
    none: tuple[Term, ...] = ()


def _ready_made(raw: object) -> object:
    if not isinstance(raw, str) or raw not in READY_MADE:
        raise ValueError(f"{raw!r} is no ready-made route{did_you_mean(str(raw), READY_MADE)}")
    return raw


ReadyMade = Annotated[str, BeforeValidator(_ready_made)]
SendAt = Annotated[Pace, BeforeValidator(parse_pace)]


class HeartbeatConfig(Strict):
    """Whom to tell that the daemon lives. The address is a secret: it lets anybody say so."""

    url: SecretAt
    every: Duration = timedelta(minutes=5)


class KeepConfig(Strict):
    """For how long, and how much, of what sources sent is kept as it came."""

    bodies: Wait = timedelta(days=30)
    megabytes: float = Field(500, ge=0, le=1_000_000)


class PublishConfig(Strict):
    """Feeds for readers: a folder that a web server publishes, and where it is served."""

    folder: str = Field(min_length=1)
    url: Url | None = None
    #: The pages of these cases, or of all, with their feeds; then no feed of a route.
    site: bool = False
    title: str = Field("Docket Monitor", min_length=1, max_length=200)
    cases: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _is_of_a_site(self) -> PublishConfig:
        if self.cases and not self.site:
            raise ValueError("`cases` says what stands on the site: add `site: true`")
        return self


class AcknowledgeConfig(Strict):
    """Within what time a message is to be acknowledged, and to whom it goes else, in turn."""

    within: Duration = timedelta(minutes=30)
    then: tuple[str, ...] = Field(min_length=1, max_length=10)


class LinksConfig(Strict):
    """Links by which readers answer a message: where the daemon is reached, and their key."""

    url: Url
    secret: SecretAt


class RouteConfig(Strict):
    """A node of the tree of routes; what is left out asks nothing."""

    name: Id
    #: A ready-made route whose keys go where this one has none.
    use: ReadyMade | None = None
    #: Left out below another route: to whomever that one leads.
    to: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    kinds: tuple[EntryKindName, ...] = ()
    topics: tuple[Topic, ...] = ()
    courts: tuple[CourtId, ...] = ()
    dockets: tuple[NamedDocket, ...] = ()
    sources: tuple[str, ...] = ()
    rulings: tuple[RulingName, ...] = ()
    dispositive: bool | None = None
    certainty: Literal["", "certain", "uncertain"] = ""
    parties: tuple[Term, ...] = ()
    words: WordsConfig = WordsConfig()
    news_score: float = Field(0.0, ge=0, le=1)
    until: date | None = None
    #: Asked first, in their order; where none takes an alert, this route does.
    routes: tuple[RouteConfig, ...] = ()
    #: Whether the routes behind it are asked too. Left out: only where no `otherwise` stands.
    goes_on: bool | None = Field(None, alias="continue")
    #: When it is sent, by the recipient's clock. Left out: as the route above says, or at once.
    send: SendAt | None = None
    #: Whether it is sent in quiet hours too. Left out: as the route above says, or not.
    urgent: bool | None = None
    #: That somebody takes it up, and who is told else. Left out: as the route above says, or not.
    acknowledge: AcknowledgeConfig | None = None


class MonitorConfig(Strict):
    """The file `monitor.yaml`."""

    database: DatabaseUrl = DEFAULT_DATABASE
    contact: Contact = ""
    packs: tuple[str, ...] = ()
    fetch: FetchConfig = FetchConfig()
    polling: PollingConfig = PollingConfig()
    courtlistener: CourtListenerConfig = CourtListenerConfig()
    supreme_court: SupremeCourtConfig = SupremeCourtConfig()
    #: How long a filing may wait for its text, and a change for further ones.
    grace: Grace = timedelta(seconds=90)
    keep: KeepConfig = KeepConfig()
    email: MailServer | None = None
    listen: ListenConfig | None = None
    heartbeat: HeartbeatConfig | None = None
    publish: PublishConfig | None = None
    links: LinksConfig | None = None
    recipients: tuple[RecipientSettings, ...] = ()
    routes: tuple[RouteConfig, ...] = ()
    #: To whom anything goes that no route takes. With it, the first route that fits is the last.
    otherwise: tuple[str, ...] = ()


class DocketConfig(NamedDocket):
    courtlistener: int | None = Field(None, gt=0)
    #: Where the facts of this row come from.
    source: str = ""


class TermsConfig(Strict):
    names: tuple[Term, ...] = ()
    docket_numbers: tuple[Term, ...] = ()
    combinations: tuple[tuple[Term, ...], ...] = ()
    exclude: tuple[Term, ...] = ()
    judges: tuple[Term, ...] = ()
    signals: tuple[tuple[Term, ...], ...] = ()
    hints: tuple[tuple[Term, ...], ...] = ()
    #: Days on which its courts acted; those of the last days are known from the docket itself.
    dates: tuple[date, ...] = ()
    default: bool = False

    @property
    def decides(self) -> bool:
        """Whether a story can be known as one of this case by these terms."""
        return bool(self.names or self.docket_numbers or self.combinations)


class CaseConfig(Strict):
    id: Id
    label: str = Field(min_length=1, max_length=60)
    name: str = ""
    dockets: tuple[DocketConfig, ...] = ()
    news: TermsConfig = TermsConfig()


class FeedConfig(Strict):
    id: Id
    name: str = ""
    url: Url
    every: Duration | None = None
    publisher: str = ""
    enabled: bool = True
    #: Why it is off, or how it was seen to work.
    source: str = ""


class SourceConfig(NamedDocket):
    """One more place where a docket can be read, of any kind that the program knows."""

    id: Id
    kind: SourceKind
    url: Url
    every: Duration = timedelta(hours=1)
    name: str = ""
    source: str = ""


class CourtFeedConfig(Strict):
    """Another address for a court's feed than the one in the table of courts."""

    court: CourtId
    url: Url


class PackConfig(Strict):
    """A case pack: `cases/*.yaml`."""

    pack: Id
    enabled: bool = True
    cases: tuple[CaseConfig, ...] = ()
    #: What the news about all of its cases speak of; every group names alternatives.
    news_topic: tuple[str, ...] = ()
    news_courts: str = ""
    feeds: tuple[FeedConfig, ...] = ()
    court_feeds: tuple[CourtFeedConfig, ...] = ()
    #: Further places where dockets can be read.
    sources: tuple[SourceConfig, ...] = ()
