"""Read the whole configuration, and say everything that is wrong with it at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from monitor.deliver.chat.settings import ChatRecipient, check_chat_address
from monitor.deliver.email.settings import EmailRecipient
from monitor.deliver.registry import CHANNELS
from monitor.deliver.webhook.settings import WebhookRecipient, check_webhook_secret
from monitor.fetch.addresses import can_be_asked
from monitor.fields import SecretAt, fits_a_header
from monitor.settings.listening import check_path_secret, open_problems, unheard_links
from monitor.settings.problems import ConfigProblems, Problem, closest, did_you_mean
from monitor.settings.reach import unreachable
from monitor.settings.schema import CaseConfig, MonitorConfig, PackConfig
from monitor.settings.secrets import SecretMissing, read_secret
from monitor.settings.telling import (
    all_routes,
    in_full,
    turned_problems,
    unled_problems,
    utf8_problems,
)
from monitor.settings.words import in_plain_words
from monitor.settings.yaml_file import Loc, YamlFile, database_url, read_yaml

#: The lists of a pack whose rows have a name -> the key that is the name.
_NAMED_IN_PACKS = (("cases", "id"), ("feeds", "id"), ("sources", "id"), ("court_feeds", "court"))

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Settings:
    """A configuration without errors. `secrets` are by place: `email.password`, `recipients.x`."""

    path: Path
    config: MonitorConfig
    packs: tuple[PackConfig, ...] = ()
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: What `check` should say though the program can run: warnings, and cases that lead to nobody.
    warnings: tuple[Problem, ...] = ()
    #: Secrets that are not at hand here, or unfit: whoever needs them cannot go on. Those that the
    #: service may have all the same are warnings.
    missing: tuple[Problem, ...] = ()
    #: The daemon reads with a token that is not at hand here.
    token_elsewhere: bool = False

    @property
    def database(self) -> str:
        return database_url(self.config.database, self.path.parent)

    @property
    def has_token(self) -> bool:
        """Whether CourtListener's API is read, by us or by the daemon that we steer."""
        return self.token_elsewhere or "courtlistener.token" in self.secrets


def load_settings(path: Path, *, needs_secrets: bool = True) -> Settings:
    """Read `monitor.yaml` and the packs that it names. Raises ConfigProblems with all errors.

    Secrets are needed where something is sent: whoever looks things up or says what is watched
    goes on without, and finds in `missing` which are not at hand.
    """
    file = read_yaml(path)
    problems: list[Problem] = []
    written = _validated(MonitorConfig, file, problems)
    config = in_full(written) if written else None
    packs = _packs(path.parent, file, config, problems) if config else []
    secrets: dict[str, str] = {}
    missing: list[Problem] = []
    if config:
        is_whole = len(packs) == len(config.packs)
        problems += _unknown_recipients(file, config)
        problems += _leading_nowhere(file, written or config)
        problems += _unknown_cases(file, config, [pack for _, pack in packs]) if is_whole else ()
        problems += _unreached(file, config)
        problems += _unwatched(file, packs)
        problems += _duplicates(file, config, packs)
        problems += unreachable(file, config, packs)
        problems += _without_secret(file, config)
        problems += open_problems(file, config.listen)
        problems += unheard_links(file, config.listen)
        problems += _token(file, config, secrets)
        missing += _secrets(file, config, secrets)
    errors = [problem for problem in problems if not problem.is_warning]
    if errors or config is None or (needs_secrets and missing):
        stops = [one for one in missing if needs_secrets or not one.is_warning]
        raise ConfigProblems([*errors, *(replace(one, is_warning=False) for one in stops)])
    active = tuple(pack for _, pack in packs if pack.enabled)
    warnings = [problem for problem in problems if problem.is_warning]
    warnings += unled_problems(file, config, active)
    warnings += turned_problems(file, config)
    warnings += utf8_problems(file, config)
    return Settings(path, config, active, secrets, tuple(warnings), tuple(missing))


def _validated(model: type[M], file: YamlFile, problems: list[Problem]) -> M | None:
    try:
        return model.model_validate(file.data)
    except ValidationError as exc:
        problems += [_problem(model, file, error) for error in exc.errors()]
        return None


def _problem(model: type[BaseModel], file: YamlFile, error: ErrorDetails) -> Problem:
    loc = _as_written(error["loc"])
    return file.problem(loc, in_plain_words(error, loc, _keys_at(model, error["loc"])))


def _as_written(loc: Loc) -> Loc:
    """Without the channel that pydantic names on its way through a recipient."""
    is_tagged = len(loc) > 3 and loc[0] == "recipients" and loc[2] in CHANNELS
    return (*loc[:2], *loc[3:]) if is_tagged else tuple(loc)


def _keys_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys that are allowed where the last step of `loc` stands."""
    at: Any = model
    for step in loc[:-1]:
        if loc[0] == "recipients" and step in CHANNELS:
            at = CHANNELS[str(step)]
        elif isinstance(step, str) and _is_model(at):
            names = {info.alias or name: info for name, info in at.model_fields.items()}
            at = _inner_model(names[step].annotation) if step in names else None
    if not _is_model(at):
        return []
    return [info.alias or name for name, info in at.model_fields.items()]


def _is_model(at: Any) -> bool:
    return isinstance(at, type) and issubclass(at, BaseModel)


def _inner_model(annotation: Any) -> Any:
    if _is_model(annotation):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _inner_model(arg))), None)


def _packs(
    base: Path, file: YamlFile, config: MonitorConfig, problems: list[Problem]
) -> list[tuple[YamlFile, PackConfig]]:
    packs = []
    for place, name in enumerate(config.packs):
        # Unlike a Path, it takes any name whatever.
        if not os.path.exists(base / name):  # noqa: PTH110
            there = [str(path.relative_to(base)) for path in base.glob("cases/*.yaml")]
            message = f"there is no file {base / name}{did_you_mean(name, there)}"
            problems.append(file.problem(("packs", place), message))
            continue
        try:
            pack_file = read_yaml(base / name)
        except ConfigProblems as exc:
            problems += exc.problems
            continue
        pack = _validated(PackConfig, pack_file, problems)
        if pack:
            packs.append((pack_file, pack))
    return packs


def _unknown_recipients(file: YamlFile, config: MonitorConfig) -> Iterator[Problem]:
    """Recipients in routes whom nothing names."""
    recipients = {recipient.name for recipient in config.recipients}
    named: list[tuple[Loc, Sequence[str]]] = [
        ((*where, "to"), route.to) for where, route in all_routes(config)
    ]
    named.append((("otherwise",), config.otherwise))
    named += [
        ((*where, "acknowledge", "then"), route.acknowledge.then)
        for where, route in all_routes(config)
        if route.acknowledge
    ]
    for where, to in named:
        for at, name in _strangers(to, recipients):
            hint = did_you_mean(name, recipients) or "; there are no recipients"
            yield file.problem((*where, at), f"no recipient is named {name!r}{hint}")


def _leading_nowhere(file: YamlFile, config: MonitorConfig) -> Iterator[Problem]:
    """Routes that name no recipient, and below no other one."""
    for place, route in enumerate(config.routes):
        if not route.to and not config.otherwise:
            message = f"the route {route.name!r} leads to nobody: name a recipient, or `otherwise`"
            yield file.problem(("routes", place, "to"), message)


def _unknown_cases(
    file: YamlFile, config: MonitorConfig, packs: Sequence[PackConfig]
) -> Iterator[Problem]:
    """Cases in routes that no pack has. A pack that cannot be read may have them."""
    cases = {case.id for pack in packs for case in pack.cases}
    for where, route in all_routes(config):
        for at, name in _strangers(route.cases, cases):
            yield _unknown_case(file, (*where, "cases", at), name, cases)


def _strangers(names: Sequence[str], known: Set[str]) -> Iterator[tuple[int, str]]:
    return ((at, name) for at, name in enumerate(names) if name not in known)


def _unreached(file: YamlFile, config: MonitorConfig) -> Iterator[Problem]:
    """Recipients to whom nothing would come."""
    used = {name for _, route in all_routes(config) for name in route.to} | set(config.otherwise)
    asked = (route.acknowledge for _, route in all_routes(config) if route.acknowledge)
    used |= {name for one in asked for name in one.then}
    for place, recipient in enumerate(config.recipients):
        if recipient.name not in used:
            message = f"no route leads to {recipient.name!r}: it will get nothing"
            yield file.problem(("recipients", place), message, is_warning=True)
        if isinstance(recipient, EmailRecipient) and config.email is None:
            message = "mail needs a server: add an `email:` section"
            yield file.problem(("recipients", place, "email"), message)
    if not config.recipients:
        message = "nobody is told anything: the history is kept, but there are no recipients"
        yield file.problem(("recipients",), message, is_warning=True)


def _unwatched(file: YamlFile, packs: Sequence[tuple[YamlFile, PackConfig]]) -> Iterator[Problem]:
    """Packs and cases whose silence would prove nothing."""
    active = [(pack_file, pack) for pack_file, pack in packs if pack.enabled]
    if not any(pack.cases for _, pack in active):
        why = "no case pack is named" if not packs else "no pack that is enabled has cases"
        message = f"{why}: nothing is watched but what `watch add` added"
        yield file.problem(("packs",), message, is_warning=True)
    for pack_file, pack in packs:
        if not pack.enabled and pack.cases:
            message = f"the pack is off: nothing is read or watched of its {_count(pack.cases)}"
            yield pack_file.problem(("enabled",), message, is_warning=True)
    for pack_file, pack in active:
        for place, case in enumerate(pack.cases):
            if not (case.dockets or case.news.decides):
                message = (
                    f"nothing of {case.label} is watched: it has no dockets, and no names, "
                    "docket_numbers or combinations of news"
                )
                yield pack_file.problem(("cases", place), message, is_warning=True)


def _count(cases: Sequence[CaseConfig]) -> str:
    return f"{len(cases)} cases" if len(cases) > 1 else f"case {cases[0].id}"


def _unknown_case(file: YamlFile, loc: Loc, name: str, cases: Iterable[str]) -> Problem:
    """A case that no pack names is misspelt, or is one that `watch add` made."""
    is_misspelt = closest(name, cases) is not None or not name.partition("-")[2]
    if is_misspelt:
        return file.problem(loc, f"no case has the id {name!r}{did_you_mean(name, cases)}")
    message = f"no pack has a case {name!r}: right, if `watch add` made it"
    return file.problem(loc, message, is_warning=True)


def _duplicates(
    file: YamlFile, config: MonitorConfig, packs: Sequence[tuple[YamlFile, PackConfig]]
) -> Iterator[Problem]:
    yield from _repeated(file, "recipients", [r.name for r in config.recipients])
    yield from _repeated(file, "routes", [r.name for r in config.routes])
    # What is copied from a pack that is off is defined once.
    active = [(pack_file, pack) for pack_file, pack in packs if pack.enabled]
    for section, key in _NAMED_IN_PACKS:
        seen: dict[str, Path] = {}
        for pack_file, pack in active:
            for place, row in enumerate(getattr(pack, section)):
                name = getattr(row, key)
                if name in seen:
                    message = f"{name!r} is defined already, in {seen[name]}"
                    yield pack_file.problem((section, place, key), message)
                seen.setdefault(name, pack_file.path)


def _repeated(file: YamlFile, key: str, names: Sequence[str]) -> Iterator[Problem]:
    for place, name in enumerate(names):
        if name in names[:place]:
            yield file.problem((key, place, "name"), f"the name {name!r} is used twice")


def _without_secret(file: YamlFile, config: MonitorConfig) -> Iterator[Problem]:
    for place, recipient in enumerate(config.recipients):
        if isinstance(recipient, WebhookRecipient) and not recipient.secret:
            message = "has no secret: its receiver cannot prove who sent it"
            yield file.problem(("recipients", place), message, is_warning=True)


def _secrets(file: YamlFile, config: MonitorConfig, secrets: dict[str, str]) -> Iterator[Problem]:
    """Read what mail and webhooks need into `secrets`; yield what is not there, or unfit."""
    for loc, name, at in _needed(config):
        try:
            secret = read_secret(at, file.path.parent)
        except SecretMissing as exc:
            yield file.problem(loc, str(exc), is_warning=exc.is_elsewhere)
            continue
        wrong = _unfit(loc, secret)
        if wrong:
            yield file.problem(loc, f"the secret {wrong}")
        else:
            secrets[name] = secret


def _unfit(loc: Loc, secret: str) -> str:
    """What is wrong with a secret for this place; empty where nothing is."""
    if loc[-1] == "chat":
        return check_chat_address(secret)
    if loc[0] == "recipients":
        return check_webhook_secret(secret)
    if loc[0] == "heartbeat":
        return "" if can_be_asked(secret) else "is no web address"
    is_path = loc[0] in {"listen", "links"}
    return check_path_secret(secret) if is_path else ""


def _needed(config: MonitorConfig) -> Iterator[tuple[Loc, str, SecretAt]]:
    if config.email and config.email.password:
        yield ("email", "password"), "email.password", config.email.password
    for place, recipient in enumerate(config.recipients):
        if isinstance(recipient, WebhookRecipient) and recipient.secret:
            loc = ("recipients", place, "secret")
            yield loc, f"recipients.{recipient.name}", recipient.secret
        if isinstance(recipient, ChatRecipient):
            yield ("recipients", place, "chat"), f"recipients.{recipient.name}", recipient.chat
        if isinstance(recipient, WebhookRecipient) and recipient.previous_secret:
            loc = ("recipients", place, "previous_secret")
            yield loc, f"recipients.{recipient.name}.previous", recipient.previous_secret
    if config.heartbeat:
        yield ("heartbeat", "url"), "heartbeat.url", config.heartbeat.url
    if config.links:
        yield ("links", "secret"), "links", config.links.secret
    if config.listen and config.listen.courtlistener:
        pushed = config.listen.courtlistener
        yield ("listen", "courtlistener", "secret"), "listen.courtlistener", pushed.secret
    if config.listen and config.listen.login and config.listen.login.secret:
        yield ("listen", "login", "secret"), "listen.login", config.listen.login.secret


def _token(file: YamlFile, config: MonitorConfig, secrets: dict[str, str]) -> Iterator[Problem]:
    """Read CourtListener's token into `secrets`. The courts' feeds are read without one."""
    loc = ("courtlistener", "token")
    try:
        token = read_secret(config.courtlistener.token, file.path.parent)
    except SecretMissing as exc:
        yield file.problem(loc, str(exc), is_warning=True)
        return
    if fits_a_header(token):
        secrets["courtlistener.token"] = token
    else:
        message = "the token holds characters that no header can hold: copy it anew"
        yield file.problem(loc, message)
