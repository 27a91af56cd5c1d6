"""What receivers of webhooks get: both versions of the document, for everything that is told."""

from __future__ import annotations

import json
import re
import typing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import alert as alerts
from monitor.model.alert import Alert
from monitor.model.change import DocumentSealed, EntryRevised, EntryWithdrawn
from monitor.model.docket import EntryKind, Judgement
from monitor.normalize.text import without_hiding
from monitor.render.webhook import VERSIONS, body_of, contract
from monitor.render.webhook.schema import schema
from tests.feeds import NOON
from tests.make import (
    CASE,
    DOCKET,
    FEED,
    GAP,
    MINUTE,
    WHY,
    amended,
    caught_up,
    every_alert,
    filed,
    gap_opened,
    notification,
    snapshot,
)

JSON = dict[str, Any]
SCHEMA = schema()
WITH_OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
each_alert = pytest.mark.parametrize("alert", every_alert(), ids=lambda alert: alert.topic)
BASE: JSON = {"alert_id": "b", "created_at": NOON, "why": WHY}


def document(*told: Alert, version: int = 2, **more: Any) -> JSON:
    """The document as a receiver parses it: strictly."""
    body = body_of(notification(*told, recipient="hook", **more), version)
    parsed: JSON = json.loads(body, parse_constant=_no_constant)
    return parsed


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def only(alert: Alert) -> JSON:
    (told,) = document(alert)["data"]["alerts"]
    return dict(told)


def old(alert: Alert) -> JSON:
    """The data of version 1."""
    return dict(document(alert, version=1)["data"])


# --- the schema, read by hand ---


def faults(value: Any, schema: JSON, where: str = "$") -> list[str]:
    """Where a value is not what the schema says; a key that no schema knows is one, too."""
    if "$ref" in schema:
        return faults(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], where)
    if "anyOf" in schema:
        tried = [faults(value, one, where) for one in schema["anyOf"]]
        return [] if [] in tried else [f"{where}: fits none: {min(tried, key=len)}"]
    if "const" in schema and value != schema["const"]:
        return [f"{where}: {value!r} is not {schema['const']!r}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{where}: {value!r} is none of {schema['enum']}"]
    return _typed(value, schema, where)


def _typed(value: Any, schema: JSON, where: str) -> list[str]:
    match schema.get("type"), value:
        case "object", dict():
            return _object(value, schema, where)
        case "array", list():
            items = (faults(one, schema["items"], f"{where}[{n}]") for n, one in enumerate(value))
            return [fault for some in items for fault in some]
        case "string", str():
            return _string(value, schema, where)
        case ("boolean", bool()) | ("null", None) | (None, _):
            return []
        case "integer", int() if not isinstance(value, bool):
            return []
        case "number", float() | int() if not isinstance(value, bool):
            return []
    return [f"{where}: {value!r} is no {schema['type']}"]


def _object(value: JSON, schema: JSON, where: str) -> list[str]:
    known = schema["properties"]
    found = [
        f"{where}.{name} is missing" for name in schema.get("required", ()) if name not in value
    ]
    found += [f"{where}.{name} is not documented" for name in value if name not in known]
    for name in value.keys() & known.keys():
        found += faults(value[name], known[name], f"{where}.{name}")
    return found


def _string(value: str, schema: JSON, where: str) -> list[str]:
    form = {"date-time": WITH_OFFSET, "date": re.compile(r"\d{4}-\d\d-\d\d")}.get(
        schema.get("format", "")
    )
    return [] if form is None or form.fullmatch(value) else [f"{where}: {value!r} is no time"]


def test_the_reader_of_the_schema_finds_faults() -> None:
    good = document(filed())
    for bad in (
        good | {"schema_version": 3},
        good | {"extra": 1},
        good | {"timestamp": "2026-03-02T12:00:00"},
        {name: value for name, value in good.items() if name != "type"},
        good | {"data": good["data"] | {"alerts": [good["data"]["alerts"][0] | {"entries": "x"}]}},
    ):
        assert faults(bad, SCHEMA)


# --- version 2 ---


@each_alert
def test_every_alert_is_a_document_of_the_public_schema(alert: Alert) -> None:
    assert faults(document(alert), SCHEMA) == []


def test_a_bundle_of_everything_is_a_document_of_the_public_schema() -> None:
    told = document(*every_alert())
    assert told["type"] == "docket.bundle"
    assert faults(told, SCHEMA) == []


@each_alert
def test_a_document_is_named_for_what_it_tells(alert: Alert) -> None:
    told = document(alert)
    assert told["type"] == f"docket.{alert.topic}"
    assert told["schema_version"] == 2
    (one,) = told["data"]["alerts"]
    assert (one["topic"], one["alert_id"], one["why"]) == (alert.topic, alert.alert_id, WHY)


def topics_of(union: Any) -> set[str]:
    """The topics that a closed union of alerts declares."""
    members = typing.get_args(union)
    return {
        topic
        for member in members
        for topic in typing.get_args(typing.get_type_hints(member)["topic"])
    }


def test_every_topic_stands_in_the_contract_and_the_contract_promises_no_other() -> None:
    assert topics_of(contract.Alert) == topics_of(alerts.Alert)
    assert {alert.topic for alert in every_alert()} == topics_of(alerts.Alert)


def test_every_field_of_the_contract_is_required_or_has_its_own_constant() -> None:
    for definition in (SCHEMA, *SCHEMA["$defs"].values()):
        if definition.get("type") == "object":
            constant = {n for n, p in definition["properties"].items() if "const" in p}
            assert set(definition["properties"]) - constant <= set(definition["required"])


def test_a_document_carries_its_idempotency_key_its_recipient_and_its_rules() -> None:
    data = document(amended(), answers="a1.hook")["data"]
    assert data["delivery_id"] == "a2.hook"
    assert data["recipient"] == "hook"
    assert data["rules"] == ["all"]
    assert data["answers"] == "a1.hook"
    assert data["alerts"][0]["amends"] == "a1"
    assert document()["data"]["answers"] == ""


def test_a_filing_is_told_with_every_word_that_is_known_of_it() -> None:
    judgement = Judgement(EntryKind.ORDER, "“order”", acts_on="7")
    told = only(
        filed(entries=(snapshot("e1", "Order", "ORDER."), snapshot("e2")), judgement=judgement)
    )
    assert [entry["entry_id"] for entry in told["entries"]] == ["e1", "e2"]
    assert told["entries"][0] == {
        "entry_id": "e1",
        "docket_id": "dcd/1:25-cv-00457",
        "court_id": "dcd",
        "docket_number": "1:25-cv-00457",
        "case_name": "DOE et al v. ROE et al",
        "entry_number": 10,
        "headline": "Order",
        "event_names": ["Order"],
        "text": "ORDER.",
        "date_filed": "2026-03-02",
        "published_at": "2026-03-02T12:00:00Z",
        "first_seen_at": "2026-03-02T12:12:00Z",
        "url": "https://ecf.dcd.uscourts.gov/doc1/04500000010",
    }
    assert (told["kind"], told["ruling"], told["acts_on"]) == ("order", "none", "7")
    assert told["court"]["timezone"] == "America/New_York"


def test_what_is_not_known_is_null_and_what_is_not_there_is_empty() -> None:
    bare = snapshot(entry_number=None, date_filed=None, published_at=None, url="")
    told = only(filed(entries=(bare,)))
    entry = told["entries"][0]
    assert [entry[name] for name in ("entry_number", "date_filed", "published_at")] == [None] * 3
    assert (entry["text"], entry["url"]) == ("", "")
    assert told["is_dispositive"] is None
    assert told["after_gap"] is None
    assert (told["acts_on"], told["ruling_reason"], told["ruling"]) == ("", "", "none")
    assert faults(document(filed(entries=(bare,))), SCHEMA) == []


@pytest.mark.parametrize("is_dispositive", [True, False, None])
def test_that_an_order_decides_nothing_is_not_the_same_as_not_known(
    is_dispositive: bool | None,
) -> None:
    judgement = Judgement(EntryKind.ORDER, "x", is_dispositive=is_dispositive)
    assert only(filed(judgement=judgement))["is_dispositive"] is is_dispositive
    assert old(filed(judgement=judgement))["is_dispositive"] is is_dispositive


def test_silence_is_null_where_nothing_is_missing_and_a_hole_where_something_may_be() -> None:
    assert only(caught_up())["gap"] is None
    assert only(caught_up(gap=GAP))["gap"] == {
        "from_at": "2026-03-01T06:00:00Z",
        "until_at": "2026-03-02T06:00:00Z",
        "reason": "longer than a day",
    }
    assert only(filed(after_gap=GAP))["after_gap"] == only(gap_opened())["gap"]


def test_a_source_that_was_never_good_has_no_last_good_reading() -> None:
    sick = alerts.SourceUnhealthy(
        source=FEED, reason="x", since=NOON, last_good_at=None, dockets=(), **BASE
    )
    assert only(sick)["last_good_at"] is None
    assert only(sick)["dockets"] == []
    assert old(sick)["last_good_at"] == ""


def test_a_story_that_is_about_no_entry_says_null() -> None:
    bare = alerts.StorySnapshot("s1", "", "", "", "", None)
    story = alerts.StoryPublished(story=bare, score=0.0, case=CASE, source=FEED, **BASE)
    told = only(story)
    assert told["about"] is None
    assert told["story"]["published_at"] is None
    assert faults(document(story), SCHEMA) == []
    assert (old(story)["about"], old(story)["story"]["published_at"]) == (None, "")


def test_each_change_of_an_amendment_is_told_with_before_and_after() -> None:
    changes = (
        EntryRevised("e1", "s", "text", "a", "b"),
        EntryWithdrawn("e1", "s"),
        DocumentSealed("e1", "cl", "d1"),
    )
    expected = [
        {"kind": "entry_revised", "field": "text", "before": "a", "after": "b"},
        {"kind": "entry_withdrawn", "field": "", "before": "", "after": ""},
        {"kind": "document_sealed", "field": "", "before": "", "after": "sealed"},
    ]
    assert only(amended(changes=changes))["changes"] == expected
    assert old(amended(changes=changes))["changes"] == expected


def test_a_filing_and_its_late_text_are_one_alert_to_a_receiver() -> None:
    ruled = snapshot("e1", "Order: DENIED", "ORDER denying 7 Motion.")
    told = document(filed(), amended(entry=ruled))
    assert told["type"] == "docket.filed"
    (one,) = told["data"]["alerts"]
    assert one["entries"][0]["text"] == ruled.text
    assert one["ruling"] == "denied"


def test_the_timestamp_of_a_bundle_is_that_of_its_first_alert() -> None:
    later = replace(filed("a9", "e9"), created_at=NOON + MINUTE)
    assert document(later, filed())["timestamp"] == "2026-03-02T12:00:00Z"


# --- both versions ---


@pytest.mark.parametrize("version", VERSIONS)
@each_alert
def test_every_moment_names_its_offset(alert: Alert, version: int) -> None:
    moments = [
        (name, value)
        for name, value in _leaves(document(alert, version=version))
        if value and (name.endswith("_at") or name in {"timestamp", "since", "until"})
    ]
    assert moments
    for name, value in moments:
        assert WITH_OFFSET.fullmatch(value), name
        assert datetime.fromisoformat(value).utcoffset() is not None


def _leaves(value: Any, name: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [leaf for key, one in value.items() for leaf in _leaves(one, key)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in _leaves(one, name)]
    return [(name, value)]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_moment_of_another_zone_stays_the_same_moment(version: int) -> None:
    there = NOON.astimezone(timezone(timedelta(hours=-5)))
    told = document(filed(created_at=there), version=version)
    assert datetime.fromisoformat(told["timestamp"]).astimezone(UTC) == NOON


@pytest.mark.parametrize("version", VERSIONS)
@each_alert
def test_a_document_is_the_same_at_every_attempt(alert: Alert, version: int) -> None:
    told = notification(alert)
    assert body_of(told, version) == body_of(told, version)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_whatever_stands_in_a_docket_arrives_as_it_is_seen(text: str, name: str) -> None:
    entry = snapshot("e1", name, text, docket=replace(DOCKET, case_name=name))
    alert = filed(entries=(entry,), why=text)
    text, name = without_hiding(text), without_hiding(name)
    for told in (only(alert), old(alert)):
        assert told["why"] == text
        assert told["docket"]["case_name"] == name
        (shown,) = told["entries"]
        assert (shown["text"], shown["headline"], shown["event_names"]) == (text, name, [name])


@pytest.mark.parametrize("version", VERSIONS)
def test_a_body_that_is_sent_has_no_raw_line_breaks_or_control_characters(version: int) -> None:
    hostile = snapshot("e1", "Order\r\nX: 1\x00\x1b", "\u202e\x7f</script>")
    body = body_of(notification(filed(entries=(hostile,))), version)
    assert not re.search(r"[\x00-\x1f]", body)


# --- version 1 keeps what it had ---

PLACE = {"case", "docket", "court", "source"}
RULED = {"kind_reason", "ruling", "ruling_reason", "is_dispositive", "acts_on", "entries"}
HEALTH = {"source", "court", "reason", "since", "dockets", "case_ids"}
HOLE = {"source", "court", "from_at", "until_at", "reason"}
#: The topic and kind of version 1, and the fields of its data beside those of every document.
VERSION_1: dict[str, tuple[str, str, set[str]]] = {
    "filed": ("filed", "order", PLACE | RULED | {"after_gap"}),
    "amended": ("amended", "order", PLACE | RULED | {"changes", "amends"}),
    "now_watching": ("now_watching", "now_watching", PLACE | {"entries"}),
    "appeal_found": (
        "appeal",
        "appeal_docketed",
        PLACE | {"lower_docket", "entry_id", "is_certain", "coverage"},
    ),
    "appeal_proposed": (
        "appeal",
        "appeal_proposed",
        PLACE | {"lower_docket", "entry_id", "is_certain", "coverage"},
    ),
    "docket_changed": ("docket", "terminated", PLACE | {"changes"}),
    "gap_opened": ("gap", "gap_opened", HOLE | {"dockets", "case_ids"}),
    "gap_closed": ("gap", "gap_closed", HOLE | {"gap_source_id", "entry_ids"}),
    "source_unhealthy": ("health", "source_unhealthy", HEALTH | {"last_good_at"}),
    "source_recovered": ("health", "source_recovered", HEALTH | {"is_whole"}),
    "coverage_changed": ("health", "coverage_changed", HEALTH),
    "caught_up": ("away", "while_away", PLACE | {"since", "until", "gap", "entries"}),
    "story": ("news", "news", {"case", "source", "story", "score", "about", "is_lead"}),
    "lead": ("news", "lead", {"case", "source", "story", "score", "about", "is_lead"}),
    "clock_set_back": ("health", "clock_set_back", {"title", "paragraphs"}),
    "delivery_given_up": ("delivery", "delivery_dead", {"title", "paragraphs"}),
    "document_available": ("document", "order", PLACE | {"entries", "document_url"}),
    "briefing": ("briefing", "briefing", {"title", "paragraphs"}),
    "silenced": ("silenced", "silenced", {"title", "paragraphs"}),
    "test": ("test", "test", {"title", "paragraphs"}),
}
ALWAYS = {"alert_id", "delivery_id", "topic", "kind", "route", "why"}


@each_alert
def test_version_1_keeps_its_topics_its_kinds_and_its_fields(alert: Alert) -> None:
    topic, kind, names = VERSION_1[alert.topic]
    told = document(alert, version=1)
    assert set(told) == {"type", "schema_version", "timestamp", "data"}
    assert (told["type"], told["schema_version"]) == (f"docket.{topic}", 1)
    data = told["data"]
    assert (data["topic"], data["kind"], data["route"]) == (topic, kind, "all")
    assert set(data) >= ALWAYS | names


NESTED = {
    "case": {"id", "label"},
    "docket": {"id", "number", "case_name"},
    "lower_docket": {"id", "number", "case_name"},
    "court": {"id", "citation", "name", "timezone"},
    "source": {"id", "name"},
    "after_gap": {"from_at", "until_at"},
    "gap": {"from_at", "until_at", "reason"},
    "story": {"id", "title", "summary", "url", "publisher", "published_at"},
    "about": {"entry_id", "docket_id", "headline", "date_filed"},
}
ENTRY = {
    "entry_id",
    "docket_id",
    "docket_number",
    "case_name",
    "entry_number",
    "headline",
    "event_names",
    "text",
    "date_filed",
    "published_at",
    "first_seen_at",
    "url",
}


@each_alert
def test_what_stands_inside_version_1_keeps_its_names(alert: Alert) -> None:
    data = old(alert)
    for name in NESTED.keys() & data.keys():
        assert data[name] is None or set(data[name]) >= NESTED[name]
    for entry in data.get("entries", ()):
        assert set(entry) >= ENTRY
    for change in data.get("changes", ()):
        assert set(change) == {"kind", "field", "before", "after"}


def test_version_1_leaves_out_a_gap_that_hid_nothing_and_dates_that_are_not_known() -> None:
    told = old(filed(entries=(snapshot(date_filed=None, published_at=None),)))
    assert "after_gap" not in told
    assert (told["entries"][0]["date_filed"], told["entries"][0]["published_at"]) == ("", "")


def test_version_1_names_the_dockets_in_words_and_their_cases_by_id() -> None:
    told = old(gap_opened())
    assert told["dockets"] == ["CTR v. IRS (D.D.C. 1:25-cv-00457)"]
    assert told["case_ids"] == ["ctr-v-irs"]


def test_version_1_tells_the_filings_of_an_old_summary_with_what_became_of_each() -> None:
    summary = next(a for a in every_alert() if a.topic == "caught_up")
    (entry,) = old(summary)["entries"]
    assert (entry["topic"], entry["kind"], entry["ruling"]) == ("amended", "order", "denied")
