"""Read the whole configuration, and say everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from monitor.deliver.email.settings import EmailRecipient
from monitor.deliver.registry import CHANNELS
from monitor.deliver.webhook.settings import WebhookRecipient, check_webhook_secret
from monitor.fields import SecretAt, fits_a_header
from monitor.settings.problems import ConfigProblems, Problem, closest, did_you_mean
from monitor.settings.schema import MonitorConfig, PackConfig
from monitor.settings.secrets import SecretMissing, read_secret
from monitor.settings.telling import turned_problems, unled_problems
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

    @property
    def database(self) -> str:
        return database_url(self.config.database, self.path.parent)


def load_settings(path: Path) -> Settings:
    """Read `monitor.yaml` and the packs that it names. Raises ConfigProblems with all errors."""
    file = read_yaml(path)
    problems: list[Problem] = []
    config = _validated(MonitorConfig, file, problems)
    packs = _packs(path.parent, file, config, problems) if config else []
    secrets: dict[str, str] = {}
    if config:
        problems += _unknown_names(file, config, [pack for _, pack in packs])
        problems += _unreached(file, config)
        problems += _unwatched(file, packs)
        problems += _duplicates(file, config, packs)
        problems += _secrets(file, config, secrets)
    errors = [problem for problem in problems if not problem.is_warning]
    if errors or config is None:
        raise ConfigProblems(errors)
    active = tuple(pack for _, pack in packs if pack.enabled)
    warnings = [problem for problem in problems if problem.is_warning]
    warnings += unled_problems(file, config, active)
    warnings += turned_problems(file, config)
    return Settings(path, config, active, secrets, tuple(warnings))


def _validated(model: type[M], file: YamlFile, problems: list[Problem]) -> M | None:
    try:
        return model.model_validate(file.data)
    except ValidationError as exc:
        problems += [_problem(model, file, error) for error in exc.errors()]
        return None


def _problem(model: type[BaseModel], file: YamlFile, error: Mapping[str, Any]) -> Problem:
    known = _keys_at(model, error["loc"])
    loc = _as_written(error["loc"])
    if error["type"] == "extra_forbidden":
        return file.problem(loc, "unknown key" + did_you_mean(str(loc[-1]), known))
    if error["type"] == "missing":
        return file.problem(loc, "is missing")
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "literal_error":
        expected = [
            word.strip("' ") for word in error["ctx"]["expected"].replace(" or ", ",").split(",")
        ]
        message = f"{error['input']!r} is not allowed{did_you_mean(str(error['input']), expected)}"
    return file.problem(loc, message)


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
        if not (base / name).exists():
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


def _unknown_names(
    file: YamlFile, config: MonitorConfig, packs: Sequence[PackConfig]
) -> Iterator[Problem]:
    """Names in routes that nothing bears."""
    recipients = {recipient.name for recipient in config.recipients}
    cases = {case.id for pack in packs for case in pack.cases}
    for place, route in enumerate(config.routes):
        for at, name in _strangers(route.to, recipients):
            hint = did_you_mean(name, recipients) or "; there are no recipients"
            yield file.problem(("routes", place, "to", at), f"no recipient is named {name!r}{hint}")
        for at, name in _strangers(route.cases, cases):
            yield _unknown_case(file, ("routes", place, "cases", at), name, cases)


def _strangers(names: Sequence[str], known: Set[str]) -> Iterator[tuple[int, str]]:
    return ((at, name) for at, name in enumerate(names) if name not in known)


def _unreached(file: YamlFile, config: MonitorConfig) -> Iterator[Problem]:
    """Recipients to whom nothing would come."""
    used = {name for route in config.routes for name in route.to}
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
    for pack_file, pack in active:
        for place, case in enumerate(pack.cases):
            if not (case.dockets or case.news.decides):
                message = (
                    f"nothing of {case.label} is watched: it has no dockets, and no names, "
                    "docket_numbers or combinations of news"
                )
                yield pack_file.problem(("cases", place), message, is_warning=True)


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


def _secrets(file: YamlFile, config: MonitorConfig, secrets: dict[str, str]) -> Iterable[Problem]:
    problems: list[Problem] = []

    def read(loc: Loc, name: str, at: SecretAt, *, is_warning: bool = False) -> None:
        try:
            secrets[name] = read_secret(at, file.path.parent)
        except SecretMissing as exc:
            problems.append(file.problem(loc, str(exc), is_warning=is_warning))

    if config.email and config.email.password:
        read(("email", "password"), "email.password", config.email.password)
    for place, recipient in enumerate(config.recipients):
        if not isinstance(recipient, WebhookRecipient):
            continue
        if recipient.secret:
            loc = ("recipients", place, "secret")
            name = f"recipients.{recipient.name}"
            read(loc, name, recipient.secret)
            if wrong := check_webhook_secret(secrets[name]) if name in secrets else "":
                problems.append(file.problem(loc, f"the secret {wrong}"))
        else:
            message = "has no secret: its receiver cannot prove who sent it"
            problems.append(file.problem(("recipients", place), message, is_warning=True))
    at = config.courtlistener.token
    read(("courtlistener", "token"), "courtlistener.token", at, is_warning=True)
    if not fits_a_header(secrets.get("courtlistener.token", "")):
        message = "the token holds characters that no header can hold: copy it anew"
        problems.append(file.problem(("courtlistener", "token"), message))
    return problems
