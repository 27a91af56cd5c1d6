"""The schema that receivers read is the one that the code makes."""

from __future__ import annotations

import json
from pathlib import Path

from monitor.render.webhook.schema import FIELDS, field_names, schema, written
from monitor.route.rules import TOPICS

DOCS = Path(__file__).parents[1] / "docs"


def test_the_file_is_what_the_code_makes() -> None:
    assert (DOCS / "webhook.schema.json").read_text("utf-8") == written(), "run `make schema`"


def test_every_field_is_described_once() -> None:
    assert set(FIELDS) == field_names()


def test_every_topic_stands_in_the_schema_and_in_the_text() -> None:
    said = (DOCS / "webhook.md").read_text("utf-8")
    for topic in TOPICS:
        assert f'"{topic}"' in json.dumps(schema())
        assert f"`{topic}`" in said, f"docs/webhook.md does not speak of {topic}"
