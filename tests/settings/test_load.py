"""A wrong configuration is told line by line, with a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.model.court import court
from monitor.settings.load import load_settings
from monitor.settings.plan import config_watches, plan_sources, watches_to_store
from monitor.settings.problems import ConfigProblems
from monitor.settings.schema import DocketConfig
from tests.feeds import NOON

REPO = Path(__file__).parents[2]
PACK = """\
pack: p
cases:
  - id: ctr
    label: CTR
    dockets: [{court: dcd, number: "1:25-cv-457"}]
"""


def load(folder: Path, text: str, pack: str = PACK) -> list[str]:
    (folder / "pack.yaml").write_text(pack)
    path = folder / "monitor.yaml"
    path.write_text(text)
    try:
        load_settings(path)
    except ConfigProblems as exc:
        return [str(p).replace(f"{folder}/", "") for p in exc.problems]
    return []


WRONG = {
    "packs: [pack.yaml]\nfech: {}\n": ["monitor.yaml:2: fech: unknown key; did you mean “fetch”?"],
    "email:\n  host: x\n  prot: 25\n  from: a@b.c\n": [
        "monitor.yaml:3: email.prot: unknown key; did you mean “port”?"
    ],
    "polling:\n  news: 5 parsecs\n": [
        "monitor.yaml:2: polling.news: '5 parsecs' is no length of time: write 90s, 10m, 2h or 1d"
    ],
    "email: {host: x, security: startls, from: a@b.c}\n": [
        "monitor.yaml:1: email.security: 'startls' is not allowed; did you mean “starttls”?"
    ],
    "a: [1\n": [
        "monitor.yaml:2: not YAML: a list that begins with [ does not end: close it with ]"
    ],
    "- 1\n": ["monitor.yaml:1: the file must hold keys and values"],
    "database: a\ndatabase: b\n": None,
    "packs: [pcak.yaml]\n": None,
    "recipients:\n  - {name: a, email: a@b.c}\nroutes:\n  - {name: r, to: [b]}\n": None,
    "email: {host: x, from: a@b.c, password: hunter2}\n": None,
    "recipients: [{name: a, email: a@b.c, webhook: 'https://x'}]\n": None,
    "recipients: [{name: a, webhook: 'x'}]\n": None,
    "polling: {news: 0s}\n": [
        "monitor.yaml:1: polling.news: '0s' is out of bounds: from 1s to 30d"
    ],
    "packs: [pack.yaml]\nroutes: [{name: r, to: [a], kinds: [ordre]}]\n": None,
}


@pytest.mark.parametrize(("text", "expected"), WRONG.items())
def test_what_is_wrong_is_said(tmp_path: Path, text: str, expected: list[str] | None) -> None:
    problems = load(tmp_path, text)
    assert problems
    if expected is not None:
        assert problems == expected
    assert all("hunter2" not in problem for problem in problems)


def test_a_wrong_court_and_number_name_the_pack_and_its_line(tmp_path: Path) -> None:
    pack = PACK.replace("court: dcd", "court: dcc").replace('"1:25-cv-457"', "457")
    first, second = load(tmp_path, "packs: [pack.yaml]\n", pack)
    assert first.startswith("pack.yaml:5: cases.0.dockets.0.court: 'dcc' is no court id")
    assert second.startswith("pack.yaml:5: cases.0.dockets.0.number: 457 is no docket number")


def test_a_missing_secret_names_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        "email: {host: x, from: a@b.c, password: {env: NO_SUCH}}\n"
        "recipients: [{name: a, email: a@b.c}]\nroutes: [{name: r, to: [a]}]\npacks: [pack.yaml]\n"
    )
    assert load(tmp_path, text) == [
        "monitor.yaml:1: email.password: the environment variable NO_SUCH is not set"
    ]
    monkeypatch.setenv("NO_SUCH", "hunter2")
    assert load(tmp_path, text) == []
    settings = load_settings(tmp_path / "monitor.yaml")
    assert settings.secrets["email.password"] == "hunter2"
    assert "hunter2" not in repr(settings)


def test_the_shipped_configuration_is_in_order() -> None:
    settings = load_settings(REPO / "config/monitor.yaml")
    watches = config_watches(settings.packs, NOON)
    assert {(w.court_id, w.docket_number) for w in watches} == {
        ("dcd", "1:25-cv-00457"),
        ("dcd", "1:25-cv-00677"),
        ("mad", "1:25-cv-12822"),
        ("cadc", "26-5006"),
        ("cadc", "25-5181"),
    }
    feeds = {
        s.source_id: s.url for s in plan_sources(settings, watches) if s.source_id[:5] == "court"
    }
    assert feeds == {f"court:{c}": court(c).feed_url for c in ("dcd", "mad", "cadc")}


def test_a_watch_that_left_the_configuration_is_removed_and_a_paused_one_rests() -> None:
    from monitor.model.watch import WatchState

    settings = load_settings(REPO / "config/monitor.yaml")
    wanted = config_watches(settings.packs, NOON)
    stored = {
        wanted[0].watch_id: (WatchState.PAUSED, "config"),
        "old": (WatchState.ACTIVE, "config"),
        "mine": (WatchState.ACTIVE, "command"),
    }
    writes, gone = watches_to_store(wanted, stored)
    assert writes[0].state is WatchState.PAUSED
    assert gone == ["old"]


NAMED = {
    ("dcd", "25-cv-994"): "1:25-cv-00994",
    ("ared", "4:25-crcor-29"): "4:25-crcor-00029",
    ("paed", "2:16-a2-27244"): "2:16-a2-27244",
    ("scotus", "25M12"): "25m12",
    ("scotus", "22O156"): "22o156",
    ("scotus", "25A123"): "25a123",
}


@pytest.mark.parametrize(("docket", "number"), NAMED.items())
def test_a_pack_names_dockets_as_courts_print_them(docket: tuple[str, str], number: str) -> None:
    row = {"court": docket[0], "number": docket[1]}
    assert DocketConfig.model_validate(row).number == number
