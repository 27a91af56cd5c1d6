"""What `run` or a courier would refuse is refused by `check`, in our words and at its line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.settings.load import load_settings
from monitor.settings.problems import ConfigProblems
from monitor.settings.schema import MonitorConfig, PackConfig
from monitor.settings.yaml_file import read_yaml
from tests.settings.test_keys import PACK, Yaml, _keys, accepted, refused

# --- databases ---


@pytest.mark.parametrize(
    "url",
    [
        "x.db",
        "/srv/x.db",
        "sqlite:x.db",
        "sqlite:/x.db",
        "sqlite://x.db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "mysql://h/d",
        "postgresql:h",
        "postgresql://h:port/d",
        "",
    ],
)
def test_a_database_that_run_refuses_is_refused_at_its_line(tmp_path: Path, url: str) -> None:
    (said,) = refused(tmp_path, f'contact: x\ndatabase: "{url}"\n')
    assert said.startswith("monitor.yaml:2: database: ")
    assert "sqlite:///" in said


# --- addresses ---

PRIVATE = [
    "10.0.0.1",
    "127.0.0.1",
    "127.1",
    "0x7f.1",
    "2130706433",
    "192.168.1.1:8443",
    "169.254.169.254",
    "[::1]",
    "[::ffff:10.0.0.1]",
    "[fd00::1]",
    "localhost",
    "LOCALHOST.",
    "desk.localhost",
    "0.0.0.0",
]
PLACES = {
    "recipients.0.webhook": 'recipients: [{name: a, webhook: "URL"}]\n',
    "courtlistener.url": 'courtlistener: {url: "URL/"}\n',
    "supreme_court.url": 'supreme_court: {url: "URL/"}\n',
    "court_feeds.0.url": 'court_feeds: [{court: dcd, url: "URL"}]\n',
    "feeds.0.url": 'feeds: [{id: f, url: "URL"}]\n',
    "sources.0.url": (
        'sources: [{id: s, kind: court_rss, url: "URL", court: dcd, number: "1:25-cv-1"}]\n'
    ),
}


def at_place(folder: Path, key: str, url: str, more: str = "") -> list[str]:
    row = PLACES[key].replace("URL", url)
    if key in {"court_feeds.0.url", "feeds.0.url", "sources.0.url"}:
        texts, own = {"pack": PACK + row}, f"packs: [pack.yaml]\n{more}"
    else:
        texts, own = {}, row + more
    try:
        accepted(folder, own, **texts)
    except ConfigProblems as exc:
        return [f"{problem.key}: {problem.message}" for problem in exc.problems]
    return []


@pytest.mark.parametrize("key", PLACES)
@pytest.mark.parametrize("host", PRIVATE)
def test_an_address_inside_is_refused_wherever_it_stands(
    tmp_path: Path, key: str, host: str
) -> None:
    (said,) = at_place(tmp_path, key, f"https://{host}/x")
    assert said.startswith(f"{key}: ")
    assert "allow_private_addresses: true" in said
    assert (
        at_place(tmp_path, key, f"https://{host}/x", "fetch: {allow_private_addresses: true}\n")
        == []
    )


@pytest.mark.parametrize("key", PLACES)
def test_plain_http_is_refused_wherever_it_stands(tmp_path: Path, key: str) -> None:
    said = at_place(tmp_path, key, "http://example.org/x")
    assert any(one.startswith(f"{key}: ") and "https://" in one for one in said)
    allowed = at_place(tmp_path, key, "http://example.org/x", "fetch: {allow_http: true}\n")
    # A token must not go out in clear, whatever is allowed.
    assert len(allowed) == (key == "courtlistener.url")


NO_HOSTS = ["a..b", "ü..x", "...", "256.256.256.256", "[v1.x]", "٠.org", "a" * 64 + ".org", "ﬀ.org"]


@pytest.mark.parametrize("key", PLACES)
@pytest.mark.parametrize("host", NO_HOSTS)
def test_a_host_that_can_be_none_is_refused(tmp_path: Path, key: str, host: str) -> None:
    (said,) = at_place(tmp_path, key, f"https://{host}/x")
    assert said.startswith(f"{key}: ")


@pytest.mark.parametrize(
    "host", ["bücher.example", "a_b", "ab--c.org", "x.org.", "9.org", "8.8.8.8"]
)
def test_a_host_of_any_script_is_taken(tmp_path: Path, host: str) -> None:
    assert at_place(tmp_path, "feeds.0.url", f"https://{host}:8443/x") == []


@pytest.mark.parametrize("key", [key for key in PLACES if key != "recipients.0.webhook"])
def test_a_password_in_the_address_of_a_source_is_refused_and_not_shown(
    tmp_path: Path, key: str
) -> None:
    (said,) = at_place(tmp_path, key, "https://u:geheim@example.org/x")
    assert said.startswith(f"{key}: ")
    assert "geheim" not in said


def test_a_feed_that_is_off_need_not_be_reachable(tmp_path: Path) -> None:
    feed = "feeds: [{id: f, url: 'http://10.0.0.1/', enabled: false}]\n"
    assert accepted(tmp_path, "packs: [pack.yaml]\n", pack=PACK + feed).packs


# --- passwords in clear ---

MAIL = "email: {{host: '{}', security: {}, from: a@x.org, username: u{}}}\n"
WITH = ", password: {file: pack.yaml}"


@pytest.mark.parametrize("host", ["smtp.example.org", "10.0.0.1", "mail", "127.0.0.1.example.org"])
def test_a_mail_password_is_not_sent_in_clear(tmp_path: Path, host: str) -> None:
    (said,) = refused(tmp_path, MAIL.format(host, "none", WITH))
    assert said.startswith("monitor.yaml:1: email.security: ")
    assert "starttls" in said
    for security, password in (("none", ""), ("starttls", WITH), ("tls", WITH)):
        assert accepted(tmp_path, MAIL.format(host, security, password)).config.email


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1", "::1", "127.8.9.1"])
def test_on_this_machine_it_may_be(tmp_path: Path, host: str) -> None:
    assert accepted(tmp_path, MAIL.format(host, "none", WITH)).secrets["email.password"]


# --- packs ---


@pytest.mark.parametrize("broken", ["pack: [\n", "pack: p\ncases: {}\n", "", None])
def test_a_broken_pack_makes_no_route_wrong(tmp_path: Path, broken: str | None) -> None:
    route = "recipients: [{name: a, webhook: 'https://x'}]\nroutes: [{name: r, to: [a], cases: [roe]}]\n"
    texts = {} if broken is None else {"other": broken}
    said = refused(tmp_path, f"packs: [pack.yaml, other.yaml]\n{route}", **texts)
    assert len(said) == 1
    assert "other.yaml" in said[0]
    assert "no case has the id" not in said[0]


def test_a_pack_that_is_off_is_said(tmp_path: Path) -> None:
    off = PACK.replace("pack: p", "pack: p\nenabled: false")
    loaded = accepted(tmp_path, "packs: [pack.yaml]\n", pack=off)
    (said,) = (str(one) for one in loaded.warnings if one.key == "enabled")
    assert f"{tmp_path}/pack.yaml:2: warning: enabled: the pack is off" in said
    assert "doe-v-roe" in said


@pytest.mark.parametrize("name", ["x" * 5_000, "a\\0b", "/", "..", "gone/pack.yaml"])
def test_any_name_of_a_pack_is_taken_or_told(tmp_path: Path, name: str) -> None:
    (said,) = refused(tmp_path, f'packs: ["{name}"]\n')
    assert said


# --- our words ---

#: Words of the libraries that read the file.
RAW = re.compile(
    r"Input should|String should|Value should|Tuple should|List should|Keys should|Field required|"
    r"valid (?:string|tuple|integer|dictionary|number|boolean)|<block|<stream|block mapping|"
    r"expected (?:a |<|')|could not |cannot start any token|\[Errno|codec|literal for|Traceback"
)
SECTIONS = {
    one: sorted(key for m, key in _keys(top))
    for one, top in (("m", MonitorConfig), ("p", PackConfig))
}


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    key=st.sampled_from(SECTIONS["m"]),
    section=st.sampled_from(["", *MonitorConfig.model_fields]),
    value=Yaml,
)
def test_a_wrong_value_is_told_in_our_words(
    tmp_path: Path, key: str, section: str, value: object
) -> None:
    written = {section: {key: value}} if section else {key: value}
    (tmp_path / "monitor.yaml").write_text(json.dumps(written))
    _is_ours(tmp_path)


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    key=st.sampled_from(SECTIONS["p"]),
    section=st.sampled_from(list(PackConfig.model_fields)),
    value=Yaml,
)
def test_a_wrong_value_of_a_pack_is_told_in_our_words(
    tmp_path: Path, key: str, section: str, value: object
) -> None:
    (tmp_path / "monitor.yaml").write_text("packs: [pack.yaml]\n")
    (tmp_path / "pack.yaml").write_text(json.dumps({"pack": "p", section: [{key: value}]}))
    _is_ours(tmp_path)


def _is_ours(folder: Path) -> None:
    try:
        load_settings(folder / "monitor.yaml")
    except ConfigProblems as exc:
        # What somebody wrote may stand in quotes; the library's words do not.
        said = [re.sub(r"'[^']*'|\"[^\"]*\"", "", one.message) for one in exc.problems]
        assert not [one for one in said if not one or RAW.search(one)]


LINES = st.lists(
    st.sampled_from(
        ["a: b", "  c: d", " - e", "\t", "f: [", "g: {", "]", "}", "h: 'i", 'j: "k\\q', "l: *m"]
        + [
            "n: &o",
            "%p",
            "@q",
            "`r",
            "--- s",
            "...",
            "t: u: v",
            "? w",
            "!x y",
            "a: b",
            "|",
            ">",
            "<<: z",
        ]
        + [
            "a: !!int b",
            "a: 2001-99-99",
            "\x07",
            "- - -",
            ": :",
            "#",
            "",
            "a: b c: d",
            "- a\nb: c",
        ]
    ),
    max_size=6,
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(LINES)
def test_a_file_that_is_no_yaml_is_told_in_our_words(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "monitor.yaml"
    path.write_text("\n".join(lines))
    said = ""
    try:
        read_yaml(path)
    except ConfigProblems as exc:
        said = str(exc)
    assert not RAW.search(said)
