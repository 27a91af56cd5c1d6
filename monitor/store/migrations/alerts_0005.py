"""How alerts of version 4 (JSON facts under a topic) are spelled since version 5.

Written down here once and never changed, whatever becomes of the types: a later migration begins
where this one ends.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from monitor.model.court import courts

Facts = Mapping[str, Any]
Body = dict[str, Any]


def new_body(row: Mapping[Any, Any], facts: Facts, cases: Mapping[tuple[str, str], str]) -> Body:
    """The alert of a row of version 4, as version 5 spells it.

    `cases` says to which case a watched docket (court, number) belongs: version 4 told it in words.
    """
    facts = dict(facts) | {"cases": cases}
    convert = _CONVERTERS[row["topic"]]
    created: datetime = row["created_at"]
    base = {
        "alert_id": row["alert_id"],
        "created_at": created.isoformat(),
        "why": facts.get("why", ""),
    }
    return base | convert(facts, row)


def case_and_docket(body: Body) -> tuple[str, str]:
    """The one case and the one docket that an alert is about; empty where there is none."""
    case_id = body["case"]["case_id"] if "case" in body else ""
    entries = body.get("entries", ()) if body["topic"] == "filed" else ()
    docket = body["entry"]["docket"] if "entry" in body else body.get("docket")
    docket = entries[0]["docket"] if entries else docket
    return case_id, _docket_id(docket) if docket else ""


def subjects_of(body: Body) -> set[tuple[str, str]]:
    """(kind, id) of everything that an alert is about."""
    return set(_subjects(body))


def _subjects(body: Body) -> Iterator[tuple[str, str]]:
    if "case" in body:
        yield "case", body["case"]["case_id"]
    if "source" in body:
        yield "source", body["source"]["source_id"]
    if "gap_source_id" in body:
        yield "source", body["gap_source_id"]
    entries = [*body.get("entries", ()), *(f["entry"] for f in body.get("filings", ()))]
    for entry in [*entries, *([body["entry"]] if "entry" in body else ())]:
        yield "entry", entry["entry_id"]
        yield "docket", _docket_id(entry["docket"])
    for name in ("docket", "lower_docket"):
        if name in body:
            yield "docket", _docket_id(body[name])
    for watched in body.get("dockets", ()):
        yield "docket", _docket_id(watched["docket"])
        if watched["case"]["case_id"]:
            yield "case", watched["case"]["case_id"]
    about = body.get("about")
    named = [body.get("entry_id"), about["entry_id"] if about else None]
    for entry_id in (*named, *body.get("entry_ids", ())):
        if entry_id:
            yield "entry", entry_id


def _docket_id(docket: Mapping[str, str]) -> str:
    return f"{docket['court_id']}/{docket['docket_number']}"


# --- topic by topic ---


def _filed(facts: Facts, row: Mapping[Any, Any]) -> Body:
    gap = facts.get("after_gap")
    return _about(facts) | {
        "topic": "filed",
        "entries": [_entry(entry) for entry in facts["entries"]],
        "judgement": _judgement(facts, row),
        "after_gap": {"from_at": gap["from_at"], "until_at": gap["until_at"]} if gap else None,
    }


def _amended(facts: Facts, row: Mapping[Any, Any]) -> Body:
    entry = _entry(facts["entries"][0])
    changes = [_change(change, entry["entry_id"], facts) for change in facts["changes"]]
    return _about(facts) | {
        "topic": "amended",
        "entry": entry,
        "judgement": _judgement(facts, row),
        "changes": changes,
        "amends": facts.get("amends", ""),
    }


def _now_watching(facts: Facts, _row: Mapping[Any, Any]) -> Body:
    return _about(facts) | {
        "topic": "now_watching",
        "docket": _docket(facts["docket"]),
        "entries": [_entry(entry) for entry in facts["entries"]],
    }


def _appeal(facts: Facts, _row: Mapping[Any, Any]) -> Body:
    return _about(facts) | {
        "topic": "appeal_found" if facts.get("is_certain", True) else "appeal_proposed",
        "docket": _docket(facts["docket"]),
        "lower_docket": _docket(facts["lower_docket"]),
        "entry_id": facts.get("entry_id", ""),
    }


def _docket_changed(facts: Facts, _row: Mapping[Any, Any]) -> Body:
    docket, change = _docket(facts["docket"]), facts["changes"][0]
    return _about(facts) | {
        "topic": "docket_changed",
        "docket": docket,
        "change": {
            "kind": change["kind"],
            "docket_id": _docket_id(docket),
            "source_id": facts["source"]["id"],
            "before": change["before"],
            "after": change["after"],
        },
    }


def _away(facts: Facts, _row: Mapping[Any, Any]) -> Body:
    filings = [
        {
            "entry": _entry(entry),
            "kind": entry["kind"],
            "ruling": entry.get("ruling", "none"),
            "is_amendment": entry["topic"] == "amended",
        }
        for entry in facts["entries"]
    ]
    amended = sum(filing["is_amendment"] for filing in filings)
    return _about(facts) | {
        "topic": "caught_up",
        "docket": _docket(facts["docket"]),
        "since": facts["since"],
        "until": facts["until"],
        "gap": facts["gap"],
        "filed": len(filings) - amended,
        "amended": amended,
        "filings": filings,
    }


def _gap(facts: Facts, row: Mapping[Any, Any]) -> Body:
    gap = {name: facts[name] for name in ("from_at", "until_at", "reason")}
    body = {"source": _source(facts), "gap": gap}
    if row["kind"] == "gap_closed":
        found = {"gap_source_id": facts["gap_source_id"], "entry_ids": facts["entry_ids"]}
        return body | found | {"topic": "gap_closed"}
    return body | {"topic": "gap_opened", "dockets": _watched(facts)}


def _health(facts: Facts, row: Mapping[Any, Any]) -> Body:
    topic = row["kind"]
    body = {"topic": topic, "source": _source(facts), "dockets": _watched(facts)}
    if topic == "coverage_changed":
        said = facts["reason"].removeprefix("it carried “")
        before, _, after = said.partition("” and now carries “")
        return body | {"before": before, "after": after.removesuffix("”")}
    body |= {"reason": facts["reason"], "since": facts["since"]}
    if topic == "source_recovered":
        return body | {"is_whole": bool(facts.get("is_whole"))}
    return body | {"last_good_at": facts.get("last_good_at") or None}


def _news(facts: Facts, _row: Mapping[Any, Any]) -> Body:
    story, about = facts["story"], facts.get("about")
    body = {
        "topic": "lead" if facts.get("is_lead") else "story",
        "case": _case(facts),
        "source": _source(facts),
        "story": {
            "story_id": story["id"],
            "title": story["title"],
            "summary": story["summary"],
            "url": story["url"],
            "publisher": story["publisher"],
            "published_at": story["published_at"] or None,
        },
        "score": facts["score"],
    }
    if facts.get("is_lead"):
        return body
    if about:
        about = dict(about) | {"date_filed": about["date_filed"] or None}
    return body | {"about": about or None}


def _delivery(facts: Facts, _row: Mapping[Any, Any]) -> Body:
    recipient = facts["title"].removeprefix("Messages to ").removesuffix(" are given up")
    said = facts["paragraphs"][0]
    reason = said.partition(" was refused for good: ")[2].removesuffix(".")
    return {"topic": "delivery_given_up", "recipient": recipient, "reason": reason}


def _test(_facts: Facts, _row: Mapping[Any, Any]) -> Body:
    return {"topic": "test"}


_CONVERTERS = {
    "filed": _filed,
    "amended": _amended,
    "now_watching": _now_watching,
    "appeal": _appeal,
    "docket": _docket_changed,
    "away": _away,
    "gap": _gap,
    "health": _health,
    "news": _news,
    "delivery": _delivery,
    "test": _test,
}


# --- what they are made of ---


def _about(facts: Facts) -> Body:
    return {"case": _case(facts), "source": _source(facts)}


def _case(facts: Facts) -> Body:
    return {"case_id": facts["case"]["id"], "label": facts["case"]["label"]}


def _source(facts: Facts) -> Body:
    source = facts["source"]
    court_id = facts.get("court", {}).get("id", "")
    return {"source_id": source["id"], "name": source["name"], "court_id": court_id}


def _docket(docket: Facts) -> Body:
    court_id, _, number = docket["id"].partition("/")
    return {"court_id": court_id, "docket_number": number, "case_name": docket["case_name"]}


def _entry(entry: Facts) -> Body:
    court_id = entry["docket_id"].partition("/")[0]
    return {
        "entry_id": entry["entry_id"],
        "docket": {
            "court_id": court_id,
            "docket_number": entry["docket_number"],
            "case_name": entry["case_name"],
        },
        "entry_number": entry["entry_number"],
        "headline": entry["headline"],
        "event_names": entry["event_names"],
        "text": entry["text"],
        "date_filed": entry["date_filed"] or None,
        "published_at": entry["published_at"] or None,
        "first_seen_at": entry["first_seen_at"],
        "url": entry["url"],
    }


def _judgement(facts: Facts, row: Mapping[Any, Any]) -> Body:
    return {
        "kind": facts.get("kind", row["kind"]),
        "reason": facts.get("kind_reason", ""),
        "ruling": facts.get("ruling", "none"),
        "ruling_reason": facts.get("ruling_reason", ""),
        "is_dispositive": facts.get("is_dispositive"),
        "acts_on": facts.get("acts_on", ""),
        "rules_version": 0,
    }


def _change(change: Facts, entry_id: str, facts: Facts) -> Body:
    kind, base = change["kind"], {"entry_id": entry_id, "source_id": facts["source"]["id"]}
    words = {"before": change["before"], "after": change["after"]}
    if kind == "entry_revised":
        return base | words | {"kind": kind, "field": change["field"]}
    if kind == "text_filled_in":
        return base | words | {"kind": kind}
    return base | {"kind": kind}


def _watched(facts: Facts) -> list[Body]:
    """Watched dockets were told in words: “CTR v. IRS (D.D.C. 1:25-cv-00457)”."""
    return [_watched_docket(words, facts) for words in facts.get("dockets", ())]


def _watched_docket(words: str, facts: Facts) -> Body:
    label, _, place = words.removesuffix(")").rpartition(" (")
    citation, _, number = place.rpartition(" ")
    court_id = _court_ids().get(citation, citation)
    only = facts.get("case_ids", ())
    case_id = facts["cases"].get((court_id, number)) or (only[0] if len(only) == 1 else "")
    return {
        "case": {"case_id": case_id, "label": label},
        "docket": {"court_id": court_id, "docket_number": number, "case_name": ""},
    }


@functools.cache
def _court_ids() -> Mapping[str, str]:
    return {court.citation: court.court_id for court in courts().values()}
