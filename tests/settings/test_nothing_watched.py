"""Silence of a configuration that watches nothing is said to prove nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.test_keys import HOOK, PACK, accepted, refused


@pytest.mark.parametrize(
    "pack",
    [
        PACK.replace("pack: p", "pack: p\nenabled: false"),
        "pack: p\ncases: []\n",
        "pack: p\ncases: [{id: doe-v-roe, label: Doe v. Roe}]\n",
        "pack: p\ncases: [{id: doe-v-roe, label: Doe, news: {judges: [Poe], default: true}}]\n",
    ],
    ids=["all are off", "no cases", "a case without dockets or news", "news that nothing decides"],
)
def test_packs_that_watch_nothing_are_warned_of(tmp_path: Path, pack: str) -> None:
    loaded = accepted(
        tmp_path, f"packs: [pack.yaml]\n{HOOK}routes: [{{name: r, to: [a]}}]\n", pack=pack
    )
    words = " ".join(
        w.message for w in loaded.warnings if "token" not in w.key and "secret" not in w.message
    )
    assert words


def test_a_blank_name_is_not_every_story(tmp_path: Path) -> None:
    pack = PACK + "    news: {names: ['']}\n"
    assert refused(tmp_path, "packs: [pack.yaml]\n", pack=pack)
