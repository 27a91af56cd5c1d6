"""A secret that somebody wrote into the configuration is not repeated by the error."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.test_keys import refused


@pytest.mark.parametrize(
    "rows",
    ["password: hunter2\n  password: hunter2", "password: *hunter2", "password: {hunter2}"],
    ids=["twice", "as an alias", "in braces"],
)
def test_a_plain_password_is_never_shown(tmp_path: Path, rows: str) -> None:
    said = refused(tmp_path, f"email:\n  host: x\n  from: a@x.org\n  {rows}\n")
    assert said
    assert "hunter2" not in str(said)


@pytest.mark.parametrize("raw", ["12345", "[a]", "true"])
def test_a_password_of_another_type_gets_the_same_remedy(tmp_path: Path, raw: str) -> None:
    (said,) = refused(tmp_path, f"email: {{host: x, from: a@x.org, password: {raw}}}\n")
    assert "{env: NAME}" in said
