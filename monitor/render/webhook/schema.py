"""The JSON Schema of the webhook's document, in words that a receiver can work by.

One name means one thing, whatever alert it stands in: that is why each field is described once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from monitor.render.webhook.v2 import documents

#: Field -> what it says.
FIELDS: Mapping[str, str] = {
    "about": "The docket entry that the story seems to be about; null where none fits.",
    "acts": "Headlines of what the court did in that time.",
    "acts_on": "The number of the motion or entry that it acts on; empty where it names none.",
    "after": "How it reads now; empty where that says nothing.",
    "after_gap": "The gap that had hidden it; null for what was seen in time.",
    "alert_id": "What names this alert: the same for every recipient and at every attempt.",
    "alerts": "One, or several that travel together: the court's acts first, a verdict last.",
    "amended": "How many known filings of the case changed meanwhile.",
    "amends": "The `alert_id` that first told of this filing; empty where it never was told.",
    "answers": "The `delivery_id` in which you were told of what this one amends; else empty.",
    "before": "How it read before; empty where that says nothing.",
    "briefs": "What came in on each docket that is watched for you, and what could be seen.",
    "case": "The dispute that it is about.",
    "case_id": "As in the configuration: “ctr-v-irs”.",
    "case_name": "The caption, as the source prints it; empty where it does not.",
    "cases": "The cases to which these dockets belong.",
    "certainty": "“uncertain” where `may_be` names another kind: then read the entry itself.",
    "change": "What changed.",
    "changes": "What changed, in the order in which it was seen.",
    "citation": "The court's name in citations: “D.D.C.”.",
    "court": "The court whose docket it is.",
    "court_id": "CourtListener's id of the court: “dcd”.",
    "coverage": "What can be seen of this docket, in words.",
    "created_at": "When it was decided.",
    "data": "What is told.",
    "date_filed": "The court's day, in its zone; null where it is not known.",
    "delivery_id": "The idempotency key, as in the header `webhook-id`.",
    "docket": "The docket that it stands on.",
    "docket_id": "Court and docket number: “dcd/1:25-cv-00457”.",
    "docket_number": "In one spelling, with the office: “1:25-cv-00457”.",
    "dockets": "The watched dockets that this concerns.",
    "document_url": "Where the document itself can be read for nothing.",
    "entries": "The docket entries: one filing on every docket it stands on, or the latest ones.",
    "entry": "The docket entry, as it was when it was told.",
    "entry_id": "What names a docket entry in `history --json`.",
    "entry_ids": "The docket entries that were found.",
    "entry_number": "The court's number; null for minute entries and where it is not known.",
    "event_names": "The court's own names of what was filed, each once.",
    "field": "Which word was revised: event_names, text, same_as, is_withdrawn; else empty.",
    "filed": "How many filings of the case came in meanwhile.",
    "filings": "Empty. A summary that an older version made lists here what it told.",
    "first_seen_at": "When the monitor saw it first, in any source.",
    "from_at": "Since when nothing vouches.",
    "gap": "A time for which nothing vouches; null in a verdict where nothing is missing.",
    "gap_source_id": "The source whose gap it was.",
    "headline": "What it is, in a few words.",
    "is_amendment": "Whether it was a change of a known filing.",
    "is_dispositive": "Whether relief was granted or denied, or the case ended; null: not said.",
    "is_whole": "Whether nothing is missing that the source carries.",
    "kind": "The kind of the filing, as in `history --json`; in a change, what sort of change.",
    "kind_reason": "The words that decided the kind.",
    "label": "The short caption of the case.",
    "last_good_at": "When the source could be relied on last; null where it never could.",
    "lower_docket": "The docket from which the case went up.",
    "may_be": "Kinds that it may be of besides `kind`; mostly empty.",
    "muted": "What is muted, and for whom.",
    "name": "For people.",
    "one_of": "The cases in question, where nobody knows which of them it is about; mostly empty.",
    "not_visible": "When no source vouched for the docket.",
    "on": "The number of the entry that was ruled on, else its title; empty: not said.",
    "others": "How many other filings came in.",
    "published_at": "When the source says that it appeared; null where it does not say.",
    "publisher": "Who published it.",
    "reason": "Why, in words.",
    "recipient": "Your name in the configuration.",
    "rules": "The rules of the configuration that led to you.",
    "ruling": "What the court did, as in `history --json`; of several rulings, their sum.",
    "ruling_reason": "The words that decided the ruling.",
    "rulings": "One for each motion or other thing ruled on; empty where none is told.",
    "schema_version": "2; raised when a field goes or changes its meaning.",
    "score": "From 0 to 1: how much speaks for its being about the case.",
    "seconds": "By how much the clock was set back.",
    "seen_until": "Until when some source vouches for the docket; null where none does.",
    "silence_id": "What names the silence in `silence list --json`.",
    "silences": "What is muted for you; mostly empty.",
    "since": "The beginning of the time that is spoken of.",
    "source": "Who says so.",
    "source_id": "What names the source in `sources --json`.",
    "story": "The article.",
    "story_id": "Shared by all copies of one text.",
    "summary": "As the feed prints it, without markup.",
    "text": "The words of the docket; empty while only the event's name is known.",
    "timestamp": "When the first of the alerts was made.",
    "timezone": "The zone in which the court's days begin.",
    "title": "The headline.",
    "topic": "What sort of alert it is.",
    "type": "`docket.` and the topic, or `docket.bundle` where several travel together.",
    "unread": "The words of items that could not be read and may be filings; mostly empty.",
    "unreliable": "Sources that cannot be relied on now, each with what is wrong; mostly empty.",
    "until": "The end of the time that is spoken of.",
    "until_at": "From when on a source vouches again.",
    "url": "Where it can be read; empty where no address is known.",
    "words": "The words that say it.",
    "why": "The end of “You get this because …”.",
}


def schema() -> dict[str, Any]:
    """The JSON Schema of version 2, every field described."""
    found = documents().json_schema(mode="serialization")
    for shape in (found, *found["$defs"].values()):
        for name, field in shape.get("properties", {}).items():
            field.pop("title", None)
            field["description"] = FIELDS[name]
        if "properties" in shape:
            shape["required"] = list(shape["properties"])  # none is ever left out
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Docket webhook, 2"}
    return found | head


def field_names() -> frozenset[str]:
    """Every field that the document can have."""
    return frozenset(_names(documents().json_schema(mode="serialization")))


def _names(found: Mapping[str, Any]) -> Iterator[str]:
    for shape in (found, *found["$defs"].values()):
        yield from shape.get("properties", {})


def written() -> str:
    """`docs/webhook.schema.json`, as it must be."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
