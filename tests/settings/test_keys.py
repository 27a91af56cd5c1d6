"""Every key of the configuration: what it takes, and what is said of what it does not take."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from monitor.deliver.webhook.settings import check_webhook_secret
from monitor.fields import parse_duration, parse_wait
from monitor.settings.load import Settings, load_settings
from monitor.settings.problems import ConfigProblems, Problem
from monitor.settings.schema import MonitorConfig, PackConfig

PACK = """\
pack: p
cases:
  - id: doe-v-roe
    label: Doe v. Roe
    dockets: [{court: dcd, number: "1:25-cv-457"}]
"""
HOOK = "recipients: [{name: a, webhook: 'https://hook.example.org'}]\n"
SECRET = "whsec_" + base64.b64encode(b"sixteen bytes or more").decode()


def accepted(folder: Path, text: str, **packs: str) -> Settings:
    """The settings of this text, with the packs that it names (`pack` is there by default)."""
    for name, content in ({"pack": PACK} | packs).items():
        (folder / f"{name}.yaml").write_text(content, "utf-8")
    (folder / "monitor.yaml").write_text(text, "utf-8")
    return load_settings(folder / "monitor.yaml")


def refused(folder: Path, text: str, **packs: str) -> list[str]:
    """Everything that is wrong with this text."""
    with pytest.raises(ConfigProblems) as caught:
        accepted(folder, text, **packs)
    return [line.replace(f"{folder}/", "") for line in str(caught.value).splitlines()]


# --- what is taken ---

WHOLE = """\
database: sqlite:///history.db
contact: clerk@example.org
packs: [whole.yaml]
fetch:
  {allow_private_addresses: yes, allow_http: true, connect_seconds: 5, read_seconds: 6.5,
   total_seconds: 70, max_megabytes: 2, gap_seconds: 0}
polling: {court_feeds: 5m, news: 1h, unhealthy_after: 4, unhealthy_for: 20m}
courtlistener:
  {url: "https://cl.example.org/api/rest/v4/", token: {file: token}, atom_feeds: true,
   atom_every: 20m, entries_every: 2h, documents_every: 2d, dockets_every: 3d, appeals_every: 4d,
   usage_every: 90s}
supreme_court: {url: "https://scotus.example.org/", every: 3h}
grace: 30s
keep: {bodies: 90d, megabytes: 2000}
email:
  {host: smtp.example.org, port: 465, security: tls, username: monitor, password: {file: token},
   from: Docket Monitor <monitor@example.org>, timeout_seconds: 9}
listen: {host: "::1", port: 8, trusted_proxies: [10.0.0.0/8], metrics: true, pages: true,
         names: [dockets.example.org], login: {secret: {file: path}, session: 8h},
         courtlistener: {secret: {file: path}, only_from: [203.0.113.7], max_megabytes: 9}}
publish: {folder: public, url: "https://dockets.example.org", site: true, title: Our dockets, cases: [doe-v-roe]}
links: {url: "https://monitor.example.org", secret: {file: path}}
heartbeat: {url: {file: beat}, every: 9m}
recipients:
  - {name: desk, email: desk@example.org, may_unsubscribe: false, briefing: weekly sun 09:00, zone: Europe/Berlin, quiet: {from: "22:00", to: 7:00, days: [sun], holidays: [2026-12-25]}}
  - {name: hook, webhook: "https://hook.example.org", secret: {file: secret}, zone: UTC,
     previous_secret: {file: secret}, briefing: daily 09:00,
     quiet: {from: 12:00, to: 13:00, days: [sat], holidays: [2027-01-01]},
     allow_private_addresses: true, schema_version: 1}
routes:
  - {name: all, to: [desk, hook], cases: [doe-v-roe],
     kinds: [order, opinion, judgment], topics: [filed, amended, gap], courts: [dcd],
     dockets: [{court: dcd, number: "1:25-cv-457"}], sources: ["court:dcd"], rulings: [denied],
     dispositive: true, certainty: certain, parties: [Doe], words: {any: [stay*], all: [a], none: [b]},
     news_score: 0.8, until: 2027-01-31, continue: true, urgent: true, acknowledge: {within: 9m, then: [hook]}, send: weekly tue 07:30, use: operators,
     routes: [{name: below, to: [hook]}]}
otherwise: [desk]
"""
WHOLE_PACK = """\
pack: whole
enabled: true
news_topic: [tax*, data]
news_courts: judge|court
court_feeds: [{court: dcd, url: "https://feeds.example.org/dcd"}]
feeds: [{id: press, name: Press, url: "https://press.example.org", every: 2h, publisher: The Press,
         enabled: false, source: seen to work}]
sources: [{id: page, kind: supreme_court, url: "https://s.example.org/1.json", court: scotus,
           number: 25-123, every: 2h, name: The page, source: seen to work}]
cases:
  - id: doe-v-roe
    label: Doe v. Roe
    name: Jane Doe v. Richard Roe
    dockets: [{court: dcd, number: "1:25-cv-457", courtlistener: 7, source: a list}]
    news: {names: [Doe], docket_numbers: [25-cv-457], combinations: [[doe, roe]], exclude: [deer],
           judges: [Poe], signals: [[salt]], hints: [[pepper]], default: true,
           dates: [2026-03-02]}
"""


def whole(folder: Path) -> Settings:
    (folder / "token").write_text("t0k3n")
    (folder / "secret").write_text(SECRET)
    (folder / "path").write_text("a-path-that-nobody-can-guess")
    (folder / "beat").write_text("https://beat.example.org/4711")
    return accepted(folder, WHOLE, whole=WHOLE_PACK)


def test_every_key_is_taken_at_another_value_than_its_default(tmp_path: Path) -> None:
    loaded = whole(tmp_path)
    assert loaded.warnings == ()
    (pack,) = loaded.packs
    # A login is of our own, or a proxy's.
    assert set(_left_at_default(loaded.config)) == {"proxy_header"}
    assert set(_left_at_default(pack)) == {"enabled"}


def _left_at_default(value: BaseModel) -> Iterator[str]:
    """The keys, here and below, that say nothing of their own."""
    for name, info in type(value).model_fields.items():
        mine = getattr(value, name)
        if not info.is_required() and mine == info.get_default(call_default_factory=True):
            if isinstance(mine, str | tuple) and name in {"env", "file", "credential"}:
                continue  # a secret is in one place
            yield name
        for inner in mine if isinstance(mine, tuple) else (mine,):
            if isinstance(inner, BaseModel) and not isinstance(inner, type(value)):
                yield from _left_at_default(inner)


def test_lengths_of_time_and_places_of_files_mean_what_they_say(tmp_path: Path) -> None:
    loaded = whole(tmp_path)
    assert loaded.config.courtlistener.documents_every == timedelta(days=2)
    assert loaded.config.courtlistener.usage_every == timedelta(seconds=90)
    assert loaded.database == f"sqlite:///{tmp_path}/history.db"
    assert loaded.secrets["courtlistener.token"] == "t0k3n"
    (docket,) = loaded.packs[0].cases[0].dockets
    assert docket.number == "1:25-cv-00457"


@pytest.mark.parametrize(
    "url", ["sqlite:////var/lib/m.db", "postgresql://monitor@db.example.org/monitor"]
)
def test_a_database_with_an_address_of_its_own_stays_where_it_is(tmp_path: Path, url: str) -> None:
    assert accepted(tmp_path, f"database: {url}\n").database == url


def test_an_empty_file_runs_and_says_that_nothing_is_watched_and_nobody_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COURTLISTENER_TOKEN", raising=False)
    keys = {problem.key for problem in accepted(tmp_path, "").warnings}
    assert keys == {"recipients", "packs", "courtlistener.token"}


@pytest.mark.parametrize(
    ("raw", "seconds"),
    [("0", 0), ("0s", 0), ("90s", 90), ("2m", 120), ("1.5 min", 90), ("120 seconds", 120)],
)
def test_a_filing_may_wait_two_minutes_for_its_text_and_need_not_wait(
    tmp_path: Path, raw: str, seconds: int
) -> None:
    assert accepted(tmp_path, f"grace: {raw}\n").config.grace == timedelta(seconds=seconds)


@pytest.mark.parametrize("raw", ["121s", "3m", "1d", "-1s", "90", "soon", "''", "[90s]", "true"])
def test_a_grace_that_would_keep_an_order_back_is_refused(tmp_path: Path, raw: str) -> None:
    (said,) = refused(tmp_path, f"contact: x\ngrace: {raw}\n")
    assert said.startswith("monitor.yaml:2: grace: ")


@settings(deadline=None)
@given(st.integers(1, 2_592_000), st.sampled_from(["", " "]))
def test_a_length_of_time_is_read_alike_in_every_unit(seconds: int, gap: str) -> None:
    expected = timedelta(seconds=seconds)
    assert parse_duration(f"{seconds}{gap}s") == parse_wait(f" {seconds}{gap}seconds ") == expected
    for unit, length in (("m", 60), ("hours", 3_600), ("d", 86_400)):
        if seconds % length == 0:
            assert parse_duration(f"{seconds // length}{gap}{unit}") == expected


@settings(deadline=None)
@given(st.text(max_size=12) | st.integers() | st.none() | st.lists(st.text(), max_size=2))
def test_what_is_no_length_of_time_is_refused_and_nothing_else_happens(raw: object) -> None:
    try:
        duration = parse_duration(raw)
    except ValueError:
        return
    assert timedelta(seconds=1) <= duration <= timedelta(days=30)


# --- what is not taken: where it stands, and the remedy ---

E = "email:\n  host: smtp.example.org\n  from: a@example.org\n"
R = "recipients:\n  - name: a\n"
WRONG: list[tuple[str, str, str]] = [
    ("contact: x\nreciepients: []\n", "2: reciepients", "did you mean “recipients”?"),
    ("fetch:\n  alow_http: true\n", "2: fetch.alow_http", "did you mean “allow_http”?"),
    ("fetch:\n  allow_http: maybe\n", "2: fetch.allow_http", "true or false"),
    ("fetch:\n  read_seconds: 0\n", "2: fetch.read_seconds", "above 0"),
    ("fetch:\n  read_seconds: 301\n", "2: fetch.read_seconds", "300"),
    ("fetch:\n  max_megabytes: .nan\n", "2: fetch.max_megabytes", "500"),
    ("fetch:\n  gap_seconds: -1\n", "2: fetch.gap_seconds", "0"),
    ("fetch:\n  total_seconds: .inf\n", "2: fetch.total_seconds", "600"),
    ("polling:\n  court_feeds: 31d\n", "2: polling.court_feeds", "from 1s to 30d"),
    ("polling:\n  news: 0s\n", "2: polling.news", "from 1s to 30d"),
    ("polling:\n  unhealthy_after: 0\n", "2: polling.unhealthy_after", "1"),
    ("polling:\n  unhealthy_after: 2.5\n", "2: polling.unhealthy_after", "a whole number"),
    ("courtlistener:\n  url: ftp://x/\n", "2: courtlistener.url", "begins with https://"),
    ("courtlistener:\n  url: https://x/v4\n", "1: courtlistener", "https://x/v4/"),
    ("courtlistener:\n  token: abc\n", "2: courtlistener.token", "{env: NAME}"),
    ("supreme_court:\n  ever: 1h\n", "2: supreme_court.ever", "did you mean “every”?"),
    (f"{E}  port: 70000\n", "4: email.port", "65535"),
    (f"{E}  security: ssl\n", "4: email.security", "starttls"),
    (f"{E}  password: {{env: A, file: B}}\n", "4: email.password", "name one place"),
    (f"{E}  password: {{}}\n", "4: email.password", "name one place"),
    (f"{E}  password: {{evn: A}}\n", "4: email.password.evn", "did you mean “env”?"),
    ("email:\n  host: x\n", "1: email.from", "is missing"),
    ('email:\n  host: x\n  from: "a@x.org\\r\\nBcc: b@x.org"\n', "3: email.from", "cannot be seen"),
    ("email:\n  host: ''\n  from: a@x.org\n", "2: email.host", "is empty"),
    ("recipients:\n  - email: a@x.org\n", "2: recipients.0.name", "is missing"),
    (f"{R}    phone: 1\n", "2: recipients.0", "email, webhook and chat"),
    (
        f"{R}    email: a@x.org\n    webhook: https://x\n",
        "2: recipients.0",
        "one of email, webhook",
    ),
    (f'{R}    email: "a@x.org\\nb@x.org"\n', "3: recipients.0.email", "cannot be seen"),
    (f"{R}    email: a@x.org, b@x.org\n", "3: recipients.0.email", "two recipients"),
    (f"{R}    webhook: 5\n", "3: recipients.0.webhook", "begins with https://"),
    (f"{R}    webhook: https://x\n    sekret: 1\n", "4: recipients.0.sekret", "“secret”"),
    (f"{R}    webhook: https://x\n    secret: abc\n", "4: recipients.0.secret", "{env: NAME}"),
    (f"{R}    webhook: https://x\n    schema_version: 3\n", "4: recipients.0.schema_version", "1"),
    (f"{R}    webhook: https://x\n    schema_version: 0\n", "4: recipients.0.schema_version", "2"),
    ("recipients:\n  - name: A B\n    email: a@x.org\n", "2: recipients.0.name", "small letters"),
    (f"{HOOK}routes:\n  - {{name: r, to: [a], kind: [order]}}\n", "3: routes.0.kind", "“kinds”"),
    (f"{HOOK}routes:\n  - {{name: r, to: a}}\n", "3: routes.0.to", "write a list"),
    ("packs: [nowhere.yaml]\n", "1: packs.0", "there is no file"),
    ("packs: [5]\n", "1: packs.0", "a text"),
    ("1: x\n", "1: 1", "quotes"),
]


@pytest.mark.parametrize(("text", "place", "remedy"), WRONG, ids=[place for _, place, _ in WRONG])
def test_a_wrong_value_is_told_with_its_line_its_key_and_a_remedy(
    tmp_path: Path, text: str, place: str, remedy: str
) -> None:
    said = refused(tmp_path, text)
    (mine,) = [line for line in said if line.startswith(f"monitor.yaml:{place}: ")]
    assert remedy in mine


DOCKET = "cases:\n  - id: c\n    label: C\n    dockets:\n      - {court: COURT, number: NUMBER}\n"
S = "sources:\n  - {id: s, url: 'https://x', court: dcd, number: '1:25-cv-1', kind: KIND}\n"
WRONG_PACK: list[tuple[str, str, str]] = [
    (
        DOCKET.replace("COURT", "dcdd").replace("NUMBER", "26-1"),
        "6: cases.0.dockets.0.court",
        "dcd",
    ),
    (DOCKET.replace("COURT", "cadc").replace("NUMBER", "1:25-cv-1"), "6: cases.0", "26-5006"),
    (DOCKET.replace("COURT", "mad").replace("NUMBER", "25-cv-1"), "6: cases.0", "its office"),
    (DOCKET.replace("COURT", "dcd").replace("NUMBER", "'*'"), "6: cases.0", "docket number"),
    ("cases: [{id: c, label: ''}]\n", "2: cases.0.label", "is empty"),
    (f"cases: [{{id: c, label: {'x' * 61}}}]\n", "2: cases.0.label", "at most 60"),
    ("cases: [{id: C v. D, label: C}]\n", "2: cases.0.id", "small letters"),
    ("feeds: [{id: f, url: press.example.org}]\n", "2: feeds.0.url", "https://"),
    ("court_feeds: [{court: dcx, url: 'https://x'}]\n", "2: court_feeds.0.court", "did you mean"),
    (S.replace("KIND", "court_rs"), "3: sources.0.kind", "did you mean “court_rss”?"),
    (S.replace("KIND", "court_rss, evry: 1h"), "3: sources.0.evry", "did you mean “every”?"),
]


@pytest.mark.parametrize(("rows", "place", "remedy"), WRONG_PACK)
def test_what_is_wrong_in_a_pack_names_the_packs_own_line(
    tmp_path: Path, rows: str, place: str, remedy: str
) -> None:
    said = refused(tmp_path, "packs: [pack.yaml]\n", pack=f"pack: p\n{rows}")
    assert len(said) == 1
    assert said[0].startswith(f"pack.yaml:{place}")
    assert remedy in said[0]


def test_all_that_is_wrong_is_said_at_once_and_across_files(tmp_path: Path) -> None:
    text = f"packs: [pack.yaml, other.yaml, gone.yaml]\n{HOOK}routes: [{{name: r, to: [b]}}]\n"
    said = refused(tmp_path, text, pack="pack: p\nfeds: []\n", other="pack: [\n")
    places = {line.split(": ")[0] for line in said}
    assert places == {"pack.yaml:2", "other.yaml:2", "monitor.yaml:1", "monitor.yaml:3"}


def test_a_pack_that_is_switched_off_is_checked_and_watches_nothing(tmp_path: Path) -> None:
    off = PACK.replace("pack: p", "pack: p\nenabled: false")
    assert accepted(tmp_path, "packs: [pack.yaml]\n", pack=off).packs == ()
    assert refused(tmp_path, "packs: [pack.yaml]\n", pack=off.replace("dcd", "nope"))


UNREADABLE = {
    "two documents": b"contact: a\n---\ncontact: b\n",
    "a key twice": b"contact: a\ncontact: b\n",
    "no utf-8": b"contact: \xff\xfe\n",
    "a control character": b"contact: a\x00b\n",
    "a tab for blanks": b"fetch:\n\tallow_http: true\n",
    "a word alone": b"contact\n",
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_is_no_yaml_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "monitor.yaml").write_bytes(content)
    with pytest.raises(ConfigProblems, match=r"monitor\.yaml"):
        load_settings(tmp_path / "monitor.yaml")


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblems, match="cannot be read"):
        load_settings(tmp_path)
    with pytest.raises(ConfigProblems, match="docket-monitor init"):
        load_settings(tmp_path / "monitor.yaml")


def test_yaml_of_windows_with_its_mark_and_anchors_is_read_whole(tmp_path: Path) -> None:
    text = (
        "\ufeffcontact: x\r\nrecipients: [{name: a, webhook: 'https://x'}]\r\n"
        "routes:\r\n  - &first {name: one, to: [a], kinds: [order]}\r\n"
        "  - {<<: *first, name: two}\r\n"
    )
    one, two = accepted(tmp_path, text).config.routes
    assert (two.name, two.to, two.kinds) == ("two", one.to, one.kinds)


# --- names that stand twice ---

OTHER = PACK.replace("pack: p", "pack: q")
TWICE = {
    "recipients.1.name": f"recipients: [{HOOK[13:-2]}, {{name: a, webhook: 'https://y'}}]\n",
    "routes.1.name": f"{HOOK}routes: [{{name: r, to: [a]}}, {{name: r, to: [a]}}]\n",
    "cases.0.id": "packs: [pack.yaml, other.yaml]\n",
    "feeds.1.id": "packs: [feeds.yaml]\n",
}


@pytest.mark.parametrize(("key", "text"), TWICE.items())
def test_a_name_that_stands_twice_is_refused_at_its_second_place(
    tmp_path: Path, key: str, text: str
) -> None:
    feeds = "pack: f\nfeeds: [{id: f, url: 'https://x'}, {id: f, url: 'https://y'}]\n"
    said = refused(tmp_path, text, other=OTHER, feeds=feeds)
    assert len(said) == 1
    assert f" {key}: " in said[0]


# --- secrets ---


@pytest.mark.parametrize("place", ["env", "file", "credential"])
def test_a_secret_is_found_in_each_of_its_places_and_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setenv("HOOK", SECRET)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "HOOK").write_text(f"{SECRET}\n")
    text = HOOK.replace("}]", f", secret: {{{place}: HOOK}}}}]")
    loaded = accepted(tmp_path, text + "routes: [{name: r, to: [a]}]\npacks: [pack.yaml]\n")
    assert loaded.secrets["recipients.a"] == SECRET
    assert SECRET not in f"{loaded!r} {loaded.config!r} {loaded.warnings}"


MISSING = {
    "{env: NO_SUCH}": "NO_SUCH is not set",
    "{env: EMPTY}": "EMPTY is not set",
    "{file: gone}": "gone cannot be read",
    "{file: .}": "cannot be read",
    "{file: empty}": "empty is empty",
    "{file: binary}": "binary cannot be read",
    "{credential: hook}": "LoadCredential=",
    "{file: short}": "shorter than 16 bytes",
    "{file: words}": "docket-monitor init --secret",
}


@pytest.mark.parametrize(("place", "said"), MISSING.items())
def test_a_secret_that_is_missing_or_unfit_is_an_error_that_does_not_show_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, said: str
) -> None:
    monkeypatch.setenv("EMPTY", "")
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    (tmp_path / "empty").write_text(" \n")
    (tmp_path / "binary").write_bytes(b"\xff\xfehunter2")
    (tmp_path / "short").write_text("aHVudGVyMg==")
    (tmp_path / "words").write_text("hunter2 hunter2 hunter2")
    text = "recipients:\n  - name: a\n    webhook: https://x\n    secret: " + place + "\n"
    (problem,) = refused(tmp_path, text)
    assert problem.startswith("monitor.yaml:4: recipients.0.secret: ")
    assert said in problem
    assert "hunter2" not in problem
    assert "aHVudGVyMg" not in problem


def test_without_a_token_the_monitor_runs_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COURTLISTENER_TOKEN", raising=False)
    loaded = accepted(tmp_path, "packs: [pack.yaml]\n")
    assert "courtlistener.token" not in loaded.secrets
    assert any(w.key == "courtlistener.token" and w.is_warning for w in loaded.warnings)


def test_a_receiver_without_a_secret_is_warned_of(tmp_path: Path) -> None:
    warned = [str(w) for w in accepted(tmp_path, HOOK).warnings if w.key == "recipients.0"]
    assert any("has no secret" in said for said in warned)
    assert any("no route leads to 'a'" in said for said in warned)


def test_a_mail_address_without_a_server_is_an_error(tmp_path: Path) -> None:
    (said,) = refused(tmp_path, "recipients: [{name: a, email: a@x.org}]\n")
    assert said.startswith("monitor.yaml:1: recipients.0.email: ")
    assert "`email:`" in said


@settings(deadline=None)
@given(st.binary(max_size=64))
def test_any_secret_of_sixteen_bytes_can_sign_and_no_shorter_one(key: bytes) -> None:
    text = base64.b64encode(key).decode()
    wrong = [check_webhook_secret(text), check_webhook_secret(f"whsec_{text}")]
    assert [bool(said) for said in wrong] == [len(key) < 16] * 2


# --- laws ---


def _keys(
    model: type[BaseModel], above: tuple[type[BaseModel], ...] = ()
) -> Iterator[tuple[type[BaseModel], str]]:
    for name, info in model.model_fields.items():
        yield model, info.alias or name
        for inner in _models(info.annotation):
            if inner not in (*above, model):  # routes hold routes
                yield from _keys(inner, (*above, model))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def test_no_part_of_the_configuration_takes_a_key_that_it_does_not_know() -> None:
    models = {model for top in (MonitorConfig, PackConfig) for model, _ in _keys(top)}
    assert len(models) > 12
    assert {m.__name__ for m in models if m.model_config.get("extra") != "forbid"} == set()


Yaml = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, min_size=1)
    ),
    max_leaves=6,
)
KEYS = sorted({key for _, key in _keys(MonitorConfig)} - {"packs"})


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    key=st.sampled_from(KEYS),
    section=st.sampled_from(["", *MonitorConfig.model_fields]),
    value=Yaml,
)
def test_whatever_stands_behind_a_key_it_is_taken_or_told(
    tmp_path: Path, key: str, section: str, value: object
) -> None:
    written = {section: {key: value}} if section and section != "packs" else {key: value}
    (tmp_path / "monitor.yaml").write_text(json.dumps(written))
    problems: tuple[Problem, ...] = ()
    try:
        load_settings(tmp_path / "monitor.yaml")
    except ConfigProblems as exc:
        problems = exc.problems
    assert all(problem.message and problem.file.name == "monitor.yaml" for problem in problems)
