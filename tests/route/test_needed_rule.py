"""The rule that `check` tells one to write can be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.route.rules import leads_to, needed_rule
from monitor.settings.load import load_settings
from monitor.settings.telling import make_rules

TEXT = """\
packs: [pack.yaml]
email: {host: localhost, from: m@example.org}
recipients:
  - {name: desk, email: desk@example.org}
"""


@pytest.mark.parametrize("case_id", ["2025", "2026-03-02", "null", "true", "1e5"])
def test_a_case_whose_id_yaml_takes_for_something_else(tmp_path: Path, case_id: str) -> None:
    (tmp_path / "pack.yaml").write_text(
        f"pack: p\ncases: [{{id: '{case_id}', label: X, dockets: [{{court: dcd, number: '1:25-cv-457'}}]}}]\n"
    )
    path = tmp_path / "monitor.yaml"
    path.write_text(f"{TEXT}routes:\n  {needed_rule(case_id, ['desk'])}\n")
    assert leads_to(case_id, make_rules(load_settings(path).config)) == ("desk",)


def test_a_route_of_the_cases_name_stands_there_already(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(
        "pack: p\ncases: [{id: ctr, label: X, dockets: [{court: dcd, number: '1:25-cv-457'}]}]\n"
    )
    path = tmp_path / "monitor.yaml"
    routes = "routes:\n  - {name: ctr, to: [desk], cases: [ctr], kinds: [motion]}\n"
    path.write_text(TEXT + routes)
    [said] = [one.message for one in load_settings(path).warnings if not one.is_warning]
    remedy = said[said.index("- {") :]
    path.write_text(f"{TEXT}{routes}  {remedy}\n")
    assert leads_to("ctr", make_rules(load_settings(path).config)) == ("desk",)
