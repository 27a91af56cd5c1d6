"""The sample in docs/ is the site as the code writes it now."""

from __future__ import annotations

from pathlib import Path

from monitor.show.web.static.files import LIST
from tests.sample_site import SAMPLE, make
from tests.show.test_site import PRIVATE, all_links_lead_somewhere, everything


def test_the_sample_is_what_is_written(tmp_path: Path) -> None:
    make(tmp_path / "made")
    made = {name: text for name, text in everything(tmp_path / "made").items() if name != LIST}
    kept = everything(SAMPLE)
    assert set(kept) == set(made), "run `make sample-site`"
    assert [name for name in made if made[name] != kept[name]] == [], "run `make sample-site`"


def test_the_sample_is_small_whole_and_says_nothing_private() -> None:
    kept = everything(SAMPLE)
    assert sum(map(len, kept.values())) < 300_000
    assert all_links_lead_somewhere(SAMPLE) > 50
    for name, text in kept.items():
        found = [word for word in PRIVATE if word.lower() in text.decode().lower()]
        assert found == [] or name in {"search.js", "style.css"}, name
