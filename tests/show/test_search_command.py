"""`search`: hits with their pieces for people, one document for machines, errors with their name."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.show.test_history_command import shown
from tests.story import Story, telling


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", has_token=True) as told:
        told.files(10, "Order", entry=10, text="ORDER denying 7 Motion to Stay “as moot”")
        told.files(11, "Order", entry=11, text="ORDER setting a hearing")
        await told.polls()
        yield told


async def test_a_person_sees_the_words_in_their_place(story: Story) -> None:
    done = shown(story, "search", 'kind:order "as moot" -hearing')
    assert done.exit_code == 0
    assert "**as moot**" in done.stdout
    assert "Found: 1." in done.stdout
    assert "--cursor" not in done.stdout


async def test_a_page_says_where_the_next_begins(story: Story) -> None:
    first = shown(story, "search", "order", "--limit", "1").stdout
    assert "Found: 2." in first
    cursor = first.split("--cursor ")[1].strip()
    second = shown(story, "search", "order", "--limit", "1", "--cursor", cursor).stdout
    assert first.split("#")[1][:2] != second.split("#")[1][:2]
    assert "--cursor" not in second


async def test_a_program_gets_the_parts(story: Story) -> None:
    found = json.loads(shown(story, "search", "moot*", "--json").stdout)
    assert set(found) == {"hits", "next_cursor", "count", "is_capped"}
    (hit,) = found["hits"]
    assert (hit["place"], hit["entry"]["entry_number"]) == ("entries", 10)
    assert {"text": "moot", "is_match": True} in hit["snippet"]


async def test_nothing_found_is_said(story: Story) -> None:
    assert "Nothing of that sort was seen." in shown(story, "search", "zebra").stdout


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("knid:order", "did you mean “kind”"),
        ('"as moot', "a quote is not closed"),
        ("case:ctr-v-isr", "did you mean “ctr-v-irs”"),
        ("x" * 600, "600 signs are too many"),
    ],
)
async def test_what_cannot_be_asked_ends_with_two(story: Story, asked: str, said: str) -> None:
    done = shown(story, "search", asked)
    assert done.exit_code == 2
    assert said in str(done.output) + str(done.exception)
