"""An application at the Supreme Court can be watched by a pack, as by the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.test_keys import PACK, accepted


@pytest.mark.parametrize("number", ["25A123", "No. 25A123", "25a123"])
def test_an_application_at_the_supreme_court_can_be_watched(tmp_path: Path, number: str) -> None:
    pack = PACK.replace("dcd", "scotus").replace("1:25-cv-457", number)
    (pack_,) = accepted(tmp_path, "packs: [pack.yaml]\n", pack=pack).packs
    assert pack_.cases[0].dockets[0].number == "25a123"
