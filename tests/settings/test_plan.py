"""Which places a configuration asks for, and how often each is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.follow import Follow, FollowState
from monitor.model.quota import look_up_source
from monitor.model.source import NEVER, Source
from monitor.model.watch import EVERYTHING, Watch, WatchState
from monitor.settings.load import Settings
from monitor.settings.plan import (
    config_watches,
    docket_sources_with_api,
    make_policy,
    news_terms,
    plan_sources,
    watches_to_store,
)
from monitor.sources.registry import TRAITS
from monitor.store.database import open_store
from tests.feeds import NOON
from tests.make import NUMBER, watch
from tests.settings.test_keys import accepted

LOOK_UPS = {f"cl:{word}:dcd/{NUMBER}" for word in ("entries", "documents", "docket")}


def configured(folder: Path, text: str = "", *, token: bool = False, **packs: Any) -> Settings:
    """Settings of these packs, each a mapping; with a CourtListener token where one is wanted."""
    made = {name: json.dumps({"pack": name} | rows) for name, rows in packs.items()}
    (folder / "token").write_text("t0k3n" if token else "")
    text = text or "courtlistener: {token: {file: token}}\n"
    listed = ", ".join(f"{name}.yaml" for name in packs)
    return accepted(folder, f"packs: [{listed}]\n{text}", **made)


def ids(sources: Iterable[Source]) -> set[str]:
    return {source.source_id for source in sources}


def planned(loaded: Settings, *watches: Watch, follows: Sequence[Follow] = ()) -> dict[str, Source]:
    found = plan_sources(loaded, watches or (watch(),), follows)
    assert len(ids(found)) == len(found)
    return {source.source_id: source for source in found}


def at(court_id: str, number: str) -> Watch:
    return replace(watch(), court_id=court_id, docket_number=number)


def follow(state: FollowState = FollowState.PENDING, caption: str = "Doe v. Roe") -> Follow:
    below = f"dcd/{NUMBER}"
    return Follow(below, "cadc", "", state, "e1", "words", "c", "C", NOON, caption)


# --- dockets ---


def test_without_a_token_only_the_courts_own_feed_is_read(tmp_path: Path) -> None:
    found = planned(configured(tmp_path))
    assert set(found) == {"court:dcd"}
    assert found["court:dcd"].url.startswith("https://ecf.dcd.uscourts.gov/")
    assert found["court:dcd"].every == timedelta(minutes=10)


def test_with_a_token_every_docket_is_compared_and_the_quota_is_asked(tmp_path: Path) -> None:
    found = planned(configured(tmp_path, token=True))
    assert set(found) == {"court:dcd", "cl:usage"} | LOOK_UPS
    # Look-ups are asked of this source: under another name they would be asked of none.
    assert found[look_up_source(f"dcd/{NUMBER}")].traits.answers_look_ups
    assert make_policy(configured(tmp_path, token=True)).has_api
    assert not make_policy(configured(tmp_path)).has_api


def test_what_a_token_would_add_can_be_said_before_there_is_one(tmp_path: Path) -> None:
    would = docket_sources_with_api(configured(tmp_path), [watch(), watch("again")])
    assert [source.source_id for source in would] == sorted(LOOK_UPS, key=_order)


def _order(name: str) -> int:
    return ["entries", "documents", "docket"].index(name.split(":")[1])


def test_rhythms_and_addresses_are_the_configured_ones(tmp_path: Path) -> None:
    text = (
        "polling: {court_feeds: 5m}\n"
        "courtlistener: {token: {file: token}, url: 'https://cl.example.org/api/rest/v4/',"
        " entries_every: 1h, documents_every: 2h, dockets_every: 3h, usage_every: 4h,"
        " atom_feeds: true, atom_every: 7m}\n"
    )
    found = planned(configured(tmp_path, text, token=True), watch(cl_docket_id=7))
    every = {name.split(":")[1]: source.every for name, source in found.items()}
    hours = {"entries": 1, "documents": 2, "docket": 3, "usage": 4}
    assert every == {name: timedelta(hours=h) for name, h in hours.items()} | {
        "dcd": timedelta(minutes=5),
        "atom": timedelta(minutes=7),
    }
    atom = found[f"cl:atom:dcd/{NUMBER}"]
    assert atom.url == "https://cl.example.org/docket/7/feed/"
    urls = {s.url for name, s in found.items() if name.startswith("cl:") and s is not atom}
    assert urls == {"https://cl.example.org/api/rest/v4/"}


def test_an_atom_feed_needs_the_dockets_id_and_no_token(tmp_path: Path) -> None:
    loaded = configured(tmp_path, "courtlistener: {token: {file: token}, atom_feeds: true}\n")
    assert set(planned(loaded)) == {"court:dcd"}
    assert set(planned(loaded, watch(cl_docket_id=7))) == {"court:dcd", f"cl:atom:dcd/{NUMBER}"}


@pytest.mark.parametrize(("number", "page"), [("25-123", "25-123.json"), ("25a45", "25A45.json")])
@pytest.mark.parametrize("token", [True, False])
def test_a_case_at_the_supreme_court_is_read_from_the_courts_own_page(
    tmp_path: Path, number: str, page: str, token: bool
) -> None:
    loaded = configured(tmp_path, token=token)
    found = planned(loaded, at("scotus", number))
    assert set(found) - {"cl:usage"} == {f"supreme-court:{number}"}
    source = found[f"supreme-court:{number}"]
    assert source.url == f"https://www.supremecourt.gov/RSS/Cases/JSON/{page}"
    assert source.docket_number == number


def test_a_court_without_a_feed_has_no_source_until_there_is_a_token(tmp_path: Path) -> None:
    ours = at("mdd", "8:25-cv-00002")
    assert planned(configured(tmp_path), ours) == {}
    assert look_up_source(ours.docket_id) in planned(configured(tmp_path, token=True), ours)


def test_two_cases_on_one_docket_read_it_once(tmp_path: Path) -> None:
    loaded = configured(tmp_path, token=True)
    assert planned(loaded, watch("a"), watch("b", case="other")) == planned(loaded)


def test_a_removed_watch_asks_for_nothing_and_a_paused_one_is_read(tmp_path: Path) -> None:
    removed, paused = watch(state=WatchState.REMOVED), watch(state=WatchState.PAUSED)
    assert planned(configured(tmp_path), removed) == {}
    assert set(planned(configured(tmp_path), paused)) == {"court:dcd"}


def test_a_watch_on_a_whole_court_makes_no_source_of_a_docket(tmp_path: Path) -> None:
    assert planned(configured(tmp_path, token=True), watch(number=EVERYTHING)).keys() == {
        "cl:usage"
    }


def test_another_address_for_a_courts_feed_goes_before_the_table(tmp_path: Path) -> None:
    row = {"court_feeds": [{"court": "mdd", "url": "https://feeds.example.org/mdd"}]}
    ours = at("mdd", "8:25-cv-00002")
    found = planned(configured(tmp_path, p=row), ours)
    assert found["court:mdd"].url == "https://feeds.example.org/mdd"
    assert planned(configured(tmp_path, p=row | {"enabled": False}), ours) == {}


# --- expected appeals ---


def test_a_court_above_is_read_as_soon_as_an_appeal_is_expected_there(tmp_path: Path) -> None:
    found = planned(configured(tmp_path), follows=[follow()])
    assert set(found) == {"court:dcd", "court:cadc"}
    with_token = planned(configured(tmp_path, token=True), follows=[follow()])
    (sought,) = [s for s in with_token.values() if s.traits.kind == "courtlistener_appeal"]
    assert (sought.court_id, sought.caption) == ("cadc", "Doe v. Roe")


def test_an_appeal_without_a_caption_is_not_searched_for_by_its_name(tmp_path: Path) -> None:
    found = planned(configured(tmp_path, token=True), follows=[follow(caption="")])
    assert "court:cadc" in found
    assert not any("appeal" in name for name in found)


@pytest.mark.parametrize("state", sorted(set(FollowState) - {FollowState.PENDING}))
def test_an_appeal_that_is_settled_is_no_longer_sought(tmp_path: Path, state: FollowState) -> None:
    found = planned(configured(tmp_path, token=True), follows=[follow(state)])
    assert set(found) == {"court:dcd", "cl:usage"} | LOOK_UPS


# --- what packs name ---


def test_feeds_of_news_are_read_unless_they_or_their_pack_are_switched_off(
    tmp_path: Path,
) -> None:
    feeds = [
        {"id": "press", "url": "https://p/1", "publisher": "The Press"},
        {"id": "often", "url": "https://p/2", "every": "5m", "name": "Often"},
        {"id": "off", "url": "https://p/3", "enabled": False},
    ]
    other = {"enabled": False, "feeds": [{"id": "other", "url": "https://p/4"}]}
    found = planned(configured(tmp_path, p={"feeds": feeds}, q=other), at("mdd", "8:25-cv-00002"))
    assert set(found) == {"news:press", "news:often"}
    assert found["news:press"].every == timedelta(minutes=30)
    assert (found["news:press"].name, found["news:press"].publisher) == ("press", "The Press")
    assert (found["news:often"].every, found["news:often"].name) == (timedelta(minutes=5), "Often")


@pytest.mark.parametrize("kind", TRAITS)
def test_a_pack_may_name_a_place_of_any_kind(tmp_path: Path, kind: str) -> None:
    row = {"id": "page", "kind": kind, "url": "https://x/1", "court": "dcd", "number": "1:25-cv-9"}
    found = planned(configured(tmp_path, p={"sources": [row]}))
    assert found["pack:page"] == Source(
        "pack:page",
        TRAITS[kind],
        "https://x/1",
        timedelta(hours=1),
        name="page",
        court_id="dcd",
        docket_number="1:25-cv-00009",
    )


def test_a_source_that_sends_by_itself_is_never_due(tmp_path: Path) -> None:
    row = {"url": "https://x/1", "court": "dcd", "number": "1:25-cv-9"}
    sources = [
        row | {"id": "pushed", "kind": "courtlistener_webhook"},
        row | {"id": "asked", "kind": "court_rss"},
    ]
    found = plan_sources(configured(tmp_path, p={"sources": sources}), [])
    store = open_store(f"sqlite:///{tmp_path}/m.db")
    with store.begin() as unit:
        unit.sources.put(found, NOON)
        due = unit.sources.due(NEVER - timedelta(days=1), 10)
        # Somebody sent something: it is still nothing to be asked for.
        assert [one.source.source_id for one in due] == ["pack:asked"]
    store.close()


# --- watches ---


def test_every_docket_of_an_active_pack_is_watched_for_its_case(tmp_path: Path) -> None:
    dockets = [
        {"court": "dcd", "number": "Case No. 1:25-CV-457-ABC", "courtlistener": 7},
        {"court": "cadc", "number": "26-5006"},
    ]
    case = {"id": "c", "label": "C", "dockets": dockets}
    off = {"enabled": False, "cases": [case | {"id": "d"}]}
    below, above = config_watches(configured(tmp_path, p={"cases": [case]}, q=off).packs, NOON)
    assert (below.watch_id, below.docket_id) == (f"c/dcd/{NUMBER}", f"dcd/{NUMBER}")
    assert (below.case_id, below.case_label, below.cl_docket_id, below.since) == ("c", "C", 7, NOON)
    assert (above.docket_id, above.cl_docket_id) == ("cadc/26-5006", None)


NAMES = st.sampled_from(["a", "b", "c", "d"])
STORED = st.dictionaries(
    NAMES, st.tuples(st.sampled_from(WatchState), st.sampled_from(["config", "command"]))
)


@settings(deadline=None)
@given(st.sets(NAMES), STORED)
def test_the_configuration_takes_back_only_what_it_gave(
    wanted: set[str], stored: dict[str, tuple[WatchState, str]]
) -> None:
    writes, gone = watches_to_store([watch(name) for name in sorted(wanted)], stored)
    assert {w.watch_id for w in writes} == wanted
    for written in writes:
        before, _ = stored.get(written.watch_id, (None, ""))
        paused = before is WatchState.PAUSED
        assert written.state is (WatchState.PAUSED if paused else WatchState.ACTIVE)
    still_there = {n for n, (s, o) in stored.items() if o == "config" and s != WatchState.REMOVED}
    assert set(gone) == still_there - wanted


# --- news ---


def test_a_pack_gives_its_subject_to_each_of_its_cases(tmp_path: Path) -> None:
    case = {"id": "c", "label": "C", "news": {"names": ["Doe"], "default": True}}
    silent = {"id": "s", "label": "S"}
    numbered = {"id": "n", "label": "N", "news": {"docket_numbers": ["25-cv-457"]}}
    rows = {"cases": [case, silent, numbered], "news_topic": ["tax*"], "news_courts": "judge"}
    terms = news_terms(configured(tmp_path, p=rows).packs)
    assert [(t.case_id, t.topic, t.courts) for t in terms] == [
        ("c", ("tax*",), "judge"),
        ("n", ("tax*",), "judge"),
    ]
    assert (terms[0].names, terms[0].is_default) == (("Doe",), True)
