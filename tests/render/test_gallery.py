"""The gallery shows the messages as they are sent now, and names every sort of them."""

from __future__ import annotations

import re

import pytest

from monitor.demo.samples import LIKE, sample
from monitor.render.mail import html_of
from monitor.render.words import message_of
from monitor.show.cli.commands.test_alert import command
from tests.gallery import GALLERY, SCHEMES, WIDTHS, texts


@pytest.mark.parametrize(("name", "text"), list(texts()), ids=lambda one: one[:20])
def test_the_gallery_is_what_is_sent(name: str, text: str) -> None:
    assert (GALLERY / name).read_text("utf-8") == text, "run `make gallery`"


def test_every_sort_can_be_sent_and_was_looked_at() -> None:
    (like,) = [one for one in command.params if one.name == "like"]
    assert set(like.type.choices) == set(LIKE)  # type: ignore[attr-defined]
    shots = {path.stem for path in GALLERY.glob("*.png")}
    assert shots == {f"{like}-{w}-{scheme}" for like in LIKE for w in WIDTHS for scheme in SCHEMES}


@pytest.mark.parametrize("like", LIKE)
def test_a_sample_says_that_it_is_one_and_loads_nothing_from_afar(like: str) -> None:
    message = message_of(sample(like, "desk"))
    assert "a sample" in message.why
    page = html_of(message)
    assert not re.search(r"<(?:img|link|script|iframe)\b|url\(", page)
