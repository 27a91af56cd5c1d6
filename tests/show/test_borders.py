"""At each border of output nothing is shown that hides, obeys, or turns round what stands there."""

from __future__ import annotations

import json
import logging
import sys
import unicodedata
from collections.abc import AsyncIterator, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from monitor.model.alert import Alert
from monitor.normalize.text import plain, without_hiding
from monitor.render.mail import html_of, text_of
from monitor.render.visible import visible
from monitor.render.webhook import body_of
from monitor.render.words import message_of
from monitor.show.cli.words import fill
from monitor.show.json_out import json_text
from monitor.show.logs import FieldFormatter
from tests.make import every_alert, filed, notification, snapshot
from tests.show.test_cli import call
from tests.story import Story, telling

#: What readers may ignore (Default_Ignorable_Code_Point) and is of none of the categories below.
IGNORABLE = {
    *map(chr, (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0)),
    *map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))),
}


def is_hidden(sign: str) -> bool:
    is_layout = sign in "\t\n"
    category = unicodedata.category(sign)
    return not is_layout and (category in {"Cc", "Cf", "Cs", "Zl", "Zp"} or sign in IGNORABLE)


HIDDEN = [sign for sign in map(chr, range(sys.maxunicode + 1)) if is_hidden(sign)]
#: One of each trick: colours, a bell, direction, width, tags, fillers, halves, lines.
HOSTILE = (
    "ORDER\x1b[31m\x07\x9b1m\x7f gran\u202edet\u202c \u2066a\u2069\u200fb\u061cc mo\u200bti\u00adon"
    "\u2060\ufeff\U000e0041\u3164\u034f\u115f\ufe0f \ud800\udfff \x85\u2028\u2029\x0b\x0c\r\x1c\x00end"
)
TELLING = [a for a in every_alert() if a.topic != "docket_changed"]


def hidden_in(text: str) -> list[str]:
    return [f"U+{ord(sign):04X}" for sign in text if is_hidden(sign)]


def hostile(value: object) -> object:
    """The same value with hostile text in all its words that are no names."""
    if type(value) is str:
        return value + HOSTILE
    if isinstance(value, tuple):
        return tuple(map(hostile, value))
    if is_dataclass(value) and not isinstance(value, type):
        kept = {"topic", "kind", "field", "court_id", "before", "after"}
        more = {
            f.name: hostile(getattr(value, f.name)) for f in fields(value) if f.name not in kept
        }
        return replace(value, **more)
    return value


def leaves(document: object) -> Iterator[str]:
    if isinstance(document, dict):
        for key, value in document.items():
            yield key
            yield from leaves(value)
    elif isinstance(document, list):
        for value in document:
            yield from leaves(value)
    elif isinstance(document, str):
        yield document


def test_the_one_list_holds_every_sign_that_is_not_seen() -> None:
    assert [f"U+{ord(sign):04X}" for sign in HIDDEN if sign in without_hiding(sign)] == []
    assert without_hiding("a\n\tb — “Größe” § 判決 🏛 \u0301") == "a\n\tb — “Größe” § 判決 🏛 \u0301"
    assert hidden_in(plain(HOSTILE)) == []


@pytest.mark.parametrize("alert", TELLING, ids=lambda alert: alert.topic)
def test_no_mail_and_no_webhook_shows_what_hides(alert: Alert) -> None:
    told = replace(notification(alert), alerts=hostile(notification(alert).alerts))  # type: ignore[arg-type]
    said = message_of(told)
    assert hidden_in(said.subject + text_of(said, told.rules) + html_of(said, told.rules)) == []
    for version in (1, 2):
        document = json.loads(body_of(told, version))
        assert [found for text in leaves(document) if (found := hidden_in(text))] == []


def test_what_is_seen_of_a_message_is_what_was_there() -> None:
    told = notification(*every_alert())
    assert visible(told) == told


def logged(*, as_json: bool, text: str = HOSTILE) -> str:
    bug = ValueError(text)
    record = logging.makeLogRecord(
        {"msg": text, "reason": text, "exc_info": (ValueError, bug, None)}
    )
    return FieldFormatter(as_json=as_json).format(record)


@pytest.mark.parametrize("as_json", [False, True])
def test_no_log_shows_what_hides(as_json: bool) -> None:
    assert hidden_in(logged(as_json=as_json)) == []
    assert hidden_in(logged(as_json=as_json, text="".join(HIDDEN))) == []


def test_no_line_and_no_json_of_a_command_shows_what_hides() -> None:
    assert hidden_in(fill(HOSTILE)) == []
    text = "".join(sign for sign in HIDDEN if unicodedata.category(sign) != "Cs")
    shown = json_text({"text": text}, indent=2)
    assert hidden_in(shown) == []
    assert json.loads(shown) == {"text": text}  # nothing is lost for machines


# --- the whole way ---


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", has_press=True) as told:
        yield told


async def test_what_a_database_holds_hides_nothing_from_whoever_is_told_or_asks(
    story: Story,
) -> None:
    text = HOSTILE.replace("\ud800\udfff", "").replace("\x00", "")
    told = filed(entries=(snapshot("e9", text, text, event_names=(text,)),), why=text)
    with story.app.store.begin() as unit:
        unit.outbox.add([told])
    await story.app.dispatcher.drain()
    mail, document = story.mails[-1], story.documents[-1]
    parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    assert hidden_in("".join([mail["Subject"], *parts]).replace("\r\n", "\n")) == []
    assert "ORDER" in mail["Subject"]
    assert [found for leaf in leaves(document) if (found := hidden_in(leaf))] == []
    for name in ("desk", "hook"):
        shown = call(story, "deliveries", "show", f"{told.alert_id}.{name}")
        assert "ORDER" in shown
        assert hidden_in(shown) == []
        assert (
            hidden_in(call(story, "deliveries", "show", f"{told.alert_id}.{name}", "--json")) == []
        )
