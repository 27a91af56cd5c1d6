"""`docket-monitor classify`: what an entry is, how sure that is, and each ruling with its object."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from monitor.show.cli.main import cli


def classified(*args: str) -> dict[str, Any]:
    result = CliRunner().invoke(cli, ["classify", "--json", *args])
    assert result.exit_code == 0, result.output
    line: dict[str, Any] = json.loads(result.output)
    return line


def said(*args: str) -> str:
    result = CliRunner().invoke(cli, ["classify", *args])
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


TWO = "ORDER granting 12 Motion to Stay and denying 14 Motion for Leave"


def test_each_thing_ruled_on_has_its_ruling() -> None:
    line = classified("--text", TWO)
    assert line["rulings"] == [
        {"ruling": "granted", "on": "12", "words": "granting"},
        {"ruling": "denied", "on": "14", "words": "denying"},
    ]
    assert (line["ruling"], line["acts_on"]) == ("granted_in_part", "12")
    assert "granted on entry 12; denied on entry 14" in said("--text", TWO)


def test_what_may_be_an_order_says_so_and_why() -> None:
    line = classified("--event", "Preliminary Injunction")
    assert (line["kind"], line["may_be"]) == ("motion", ["order"])
    assert line["certainty"] == "uncertain"
    assert "motions and orders are both filed under this name" in line["reason"]
    assert "UNCERTAIN: may be order; read it" in said("--event", "Preliminary Injunction")


def test_what_is_sure_says_so() -> None:
    line = classified("--text", TWO)
    assert (line["may_be"], line["certainty"]) == ([], "certain")
    assert "UNCERTAIN" not in said("--text", TWO)


def test_the_names_of_label_files_say_the_same() -> None:
    line = classified("--text", "ORDER denying 3 Motion for Temporary Restraining Order")
    assert (line["label"], line["dispositive_or_relief"]) == (line["kind"], True)


@pytest.mark.parametrize(
    ("court", "kind"), [("scotus", "administrative_other"), ("ca9", "administrative_other")]
)
def test_a_court_is_taken_by_name(court: str, kind: str) -> None:
    assert classified("--court", court, "--text", "Argued. For petitioner: Roe")["kind"] == kind
