"""From routes to rules; a watched case that leads to nobody is always said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.model.alert import Alert, CaseRef
from monitor.model.docket import COURT_ACTS, EntryKind, Judgement
from monitor.route.rules import TOPIC_GROUPS, TOPICS, route
from monitor.settings.load import Settings
from monitor.settings.telling import make_bundling, make_rules
from tests.make import every_ruled_alert, filed, gap_opened
from tests.settings.test_keys import accepted, refused

CASES = {"doe-v-roe": "Doe v. Roe", "poe-v-moe": "Poe v. Moe", "coe-v-loe": "Coe v. Loe"}
HOOKS = "recipients: [{name: desk, webhook: 'https://x'}, {name: night, webhook: 'https://y'}]\n"


def pack(*cases: str, **more: Any) -> str:
    """A pack of these cases, each with a docket of its own."""
    rows = [
        {"id": case, "label": CASES[case], "dockets": [_docket(1 + list(CASES).index(case))]}
        for case in cases
    ]
    return json.dumps({"pack": "p", "cases": rows} | more)


def _docket(serial: int) -> dict[str, str]:
    return {"court": "dcd", "number": f"1:25-cv-{serial:05d}"}


def telling(folder: Path, routes: str, *cases: str) -> Settings:
    text = f"packs: [pack.yaml]\n{HOOKS}routes:\n{routes}"
    return accepted(folder, text, pack=pack(*(cases or ("doe-v-roe",))))


def unled(loaded: Settings) -> list[str]:
    """What is said of cases that lead to nobody, errors first."""
    said = [w for w in loaded.warnings if w.key == "routes" or w.key.endswith(".topics")]
    return [w.message for w in sorted(said, key=lambda w: w.is_warning)]


def told(loaded: Settings, alert: Alert) -> set[str]:
    return set(route(alert, make_rules(loaded.config)).recipients)


def act(case: str, kind: EntryKind) -> Alert:
    return filed(case=CaseRef(case, CASES[case]), judgement=Judgement(kind, "its words"))


# --- rules ---


@pytest.mark.parametrize("topic", [*TOPICS, *TOPIC_GROUPS])
def test_a_route_takes_the_alerts_of_its_topic_and_of_no_other(tmp_path: Path, topic: str) -> None:
    loaded = telling(tmp_path, f"  - {{name: r, to: [desk], topics: [{topic}]}}\n")
    wanted = set(TOPIC_GROUPS.get(topic, (topic,)))
    taken = {alert.topic for alert in every_ruled_alert() if told(loaded, alert)}
    # Whoever is told of filings hears what an outage may have hidden of them.
    assert taken - ({"caught_up"} if topic == "filed" else set()) == wanted


def test_every_topic_and_group_means_alerts_that_there_are() -> None:
    borne = {alert.topic for alert in every_ruled_alert()}
    assert set(TOPICS) == borne
    assert {t for group in TOPIC_GROUPS.values() for t in group} <= borne
    assert not set(TOPIC_GROUPS) & set(TOPICS)


def test_a_route_without_limits_is_told_everything(tmp_path: Path) -> None:
    loaded = telling(tmp_path, "  - {name: r, to: [desk, night]}\n")
    assert all(told(loaded, alert) == {"desk", "night"} for alert in every_ruled_alert())
    assert unled(loaded) == []


UNKNOWN = {
    "to: [dask]": "routes.0.to.0: no recipient is named 'dask'; did you mean “desk”?",
    "to: [desk, zzz]": "routes.0.to.1: no recipient is named 'zzz'; known are desk, night",
    "to: [desk], topics: [filed, gaps]": "routes.0.topics.1: 'gaps' is no topic; did you mean “gap”?",
    "to: [desk], topics: [Filed]": "did you mean “filed”?",
    "to: [desk], topics: ['*']": "'*' is no topic; known are ",
    "to: [desk], kinds: [orders]": "routes.0.kinds.0: 'orders' is no kind of entry; did you mean “order”?",
    "to: [desk], kinds: [ORDER]": "'ORDER' is no kind of entry",
    "to: [desk], kinds: [[order]]": "is no kind of entry",
    "to: [desk], cases: [doe-v-row]": "routes.0.cases.0: no case has the id 'doe-v-row'; did you mean “doe-v-roe”?",
    "to: [desk], cases: [zzz]": "no case has the id 'zzz'; known are doe-v-roe",
}


@pytest.mark.parametrize(("limits", "said"), UNKNOWN.items())
def test_a_name_that_nothing_bears_is_refused_with_the_nearest_that_does(
    tmp_path: Path, limits: str, said: str
) -> None:
    text = f"packs: [pack.yaml]\n{HOOKS}routes:\n  - {{name: r, {limits}}}\n"
    (problem,) = refused(tmp_path, text, pack=pack("doe-v-roe"))
    assert problem.startswith("monitor.yaml:4: routes.0.")
    assert said in problem


@pytest.mark.parametrize("to", ["to: []", "to: null", "kinds: [order]", "to: ''"])
def test_a_route_without_recipients_is_refused(tmp_path: Path, to: str) -> None:
    (said,) = refused(tmp_path, f"{HOOKS}routes: [{{name: r, {to}}}]\n")
    assert said.startswith("monitor.yaml:2: routes.0.to: ")


def test_a_route_to_nobody_says_that_there_are_no_recipients(tmp_path: Path) -> None:
    (said,) = refused(tmp_path, "routes: [{name: r, to: [desk]}]\n")
    assert "there are no recipients" in said


def test_a_case_that_watch_add_made_may_stand_in_a_route(tmp_path: Path) -> None:
    limits = "cases: [cadc-26-5006, doe-v-roe]"
    loaded = telling(tmp_path, f"  - {{name: r, to: [desk], {limits}}}\n")
    (warned,) = [w for w in loaded.warnings if w.key == "routes.0.cases.0"]
    assert warned.is_warning
    assert "cadc-26-5006" in warned.message


def test_a_receiver_of_the_first_schema_gets_its_alerts_one_by_one(tmp_path: Path) -> None:
    old = "{name: old, webhook: 'https://z', schema_version: 1}"
    text = f"grace: 5s\nrecipients: [{old}, {{name: new, webhook: 'https://y'}}]\n"
    bundling = make_bundling(accepted(tmp_path, text).config)
    assert bundling.singles == {"old"}
    assert bundling.grace.total_seconds() == 5


# --- watches that lead to nobody ---

LEADS_NOWHERE = {
    "no routes at all": "  []\n",
    "news only": "  - {name: r, to: [desk], topics: [news]}\n",
    "changes only": "  - {name: r, to: [desk], topics: [amended, docket]}\n",
    "another case": "  - {name: r, to: [desk], cases: [poe-v-moe]}\n",
    "no act of a court": "  - {name: r, to: [desk], kinds: [motion, notice]}\n",
    "silence only": "  - {name: r, to: [desk], topics: [gap, health, away, test]}\n",
}


@pytest.mark.parametrize("routes", LEADS_NOWHERE.values(), ids=LEADS_NOWHERE)
def test_a_watch_whose_orders_nobody_gets_is_an_error(tmp_path: Path, routes: str) -> None:
    loaded = telling(tmp_path, routes, "doe-v-roe", "poe-v-moe")
    errors = [w for w in loaded.warnings if w.key == "routes" and not w.is_warning]
    assert any("Doe v. Roe" in error.message for error in errors)
    assert {error.file.name for error in errors} == {"monitor.yaml"}


def test_who_is_told_of_some_kinds_hears_of_gaps_unless_the_route_names_topics(
    tmp_path: Path,
) -> None:
    routes = (
        "  - {name: r, to: [desk], kinds: [order]}\n"
        "  - {name: s, to: [night], kinds: [order], topics: [filed]}\n"
    )
    loaded = telling(tmp_path, routes)
    assert told(loaded, act("doe-v-roe", EntryKind.ORDER)) == {"desk", "night"}
    assert told(loaded, act("doe-v-roe", EntryKind.MOTION)) == set()
    assert told(loaded, gap_opened()) == {"desk"}


def test_kinds_that_fall_between_two_routes_are_named(tmp_path: Path) -> None:
    routes = (
        "  - {name: r, to: [desk], kinds: [order]}\n"
        "  - {name: s, to: [night], kinds: [opinion], cases: [doe-v-roe]}\n"
    )
    said = unled(telling(tmp_path, routes, "doe-v-roe", "poe-v-moe"))
    assert len(said) == 2
    assert "judgment of Doe v. Roe" in said[0]
    assert "judgment, opinion of Poe v. Moe" in said[1]


@pytest.mark.parametrize(
    "made",
    [
        pack("doe-v-roe", enabled=False),
        json.dumps({"pack": "p", "cases": [{"id": "doe-v-roe", "label": "Doe"}]}),
    ],
)
def test_a_case_that_is_not_watched_needs_no_route(tmp_path: Path, made: str) -> None:
    loaded = accepted(tmp_path, f"packs: [pack.yaml]\n{HOOKS}", pack=made)
    assert unled(loaded) == []


def test_where_nobody_is_to_be_told_that_is_said_once_and_not_for_each_case(
    tmp_path: Path,
) -> None:
    loaded = accepted(tmp_path, "packs: [pack.yaml]\n", pack=pack(*CASES))
    assert unled(loaded) == []
    assert [w.key for w in loaded.warnings if "nobody is told anything" in w.message] == [
        "recipients"
    ]


# --- the law, for whole configurations ---

SOME_KINDS = st.lists(
    st.sampled_from([*sorted(COURT_ACTS), EntryKind.MOTION, EntryKind.NOTICE]), max_size=3
)
SOME_TOPICS = st.lists(st.sampled_from([*TOPICS[:4], *TOPIC_GROUPS]), max_size=3)
ROUTES = st.lists(
    st.fixed_dictionaries(
        {"to": st.lists(st.sampled_from(["desk", "night"]), min_size=1, max_size=2)},
        optional={
            "cases": st.lists(st.sampled_from(list(CASES)), max_size=2),
            "kinds": SOME_KINDS.map(lambda kinds: [kind.value for kind in kinds]),
            "topics": SOME_TOPICS,
        },
    ),
    max_size=4,
)
MANY = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _with(folder: Path, routes: list[dict[str, Any]]) -> Settings:
    named = [{"name": f"r{place}"} | one for place, one in enumerate(routes)]
    text = f"packs: [pack.yaml]\n{HOOKS}routes: {json.dumps(named)}\n"
    return accepted(folder, text, pack=pack(*CASES))


@MANY
@given(routes=ROUTES)
def test_no_act_of_a_court_is_led_to_nobody_without_a_word(
    tmp_path: Path, routes: list[dict[str, Any]]
) -> None:
    loaded = _with(tmp_path, routes)
    said = unled(loaded)
    for case, label in CASES.items():
        unheard = {kind for kind in COURT_ACTS if not told(loaded, act(case, kind))}
        mine = [words for words in said if label in words]
        assert len(mine) == bool(unheard)
        if unheard and unheard != COURT_ACTS:
            assert all(kind.value in mine[0] for kind in unheard)
            assert not any(kind.value in mine[0] for kind in COURT_ACTS - unheard)


@MANY
@given(routes=ROUTES)
def test_the_rule_that_an_error_asks_for_mends_it(
    tmp_path: Path, routes: list[dict[str, Any]]
) -> None:
    loaded = _with(tmp_path, routes)
    errors = [w for w in loaded.warnings if w.key == "routes" and not w.is_warning]
    asked = [error.message.rpartition("`routes:` ")[2] for error in errors]
    named = [f"- {json.dumps({'name': f'r{place}'} | one)}" for place, one in enumerate(routes)]
    lines = "".join(f"  {rule}\n" for rule in [*named, *asked])
    mended = telling(tmp_path, lines or "  []\n", *CASES)
    assert all(w.is_warning for w in mended.warnings)
