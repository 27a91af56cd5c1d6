"""`docket-monitor courts`: an id for every name, and a suggestion for a misspelt one."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from monitor.errors import UsageError
from monitor.model.court import courts
from monitor.show.cli.main import cli


def said(*args: str) -> str:
    done = CliRunner(env={"COLUMNS": "80"}).invoke(cli, ["courts", *args], catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def test_a_person_sees_id_name_kind_circuit_and_zone() -> None:
    found = said("maryland")
    assert found.startswith("mdd: U.S. District Court for the District of Maryland (D. Md.)")
    assert "district, 4th Cir. (ca4), America/New_York" in found


def test_a_program_gets_all_of_them() -> None:
    found = json.loads(said("--json"))
    assert len(found) == len(courts())
    assert set(found[0]) == {
        *("court_id", "citation", "name", "kind", "circuit_id", "circuit", "timezone", "has_feed")
    }


@pytest.mark.parametrize(
    ("asked", "answer"),
    [("marylnad", "did you mean “maryland”"), ("zzzzzz", "write a state (maryland)")],
)
def test_what_fits_no_court_is_asked_back(asked: str, answer: str) -> None:
    with pytest.raises(UsageError, match="no court fits") as refused:
        said(asked)
    assert answer in str(refused.value)
