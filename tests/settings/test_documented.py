"""Every key is documented in `config/`, as `settings/schema.py` says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitor.settings.schema import MonitorConfig, PackConfig
from tests.settings.test_keys import _keys

REPO = Path(__file__).parents[2]
KEYS = sorted({(m.__name__, key) for top in (MonitorConfig, PackConfig) for m, key in _keys(top)})


@pytest.mark.parametrize(("model", "key"), KEYS)
def test_every_key_stands_in_the_shipped_configuration(model: str, key: str) -> None:
    said = "".join(path.read_text() for path in (REPO / "config").rglob("*.yaml"))
    assert re.search(rf"\b{key}:", said), f"{model}.{key}"
