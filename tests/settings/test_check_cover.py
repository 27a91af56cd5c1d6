"""`check` says of each docket whether something covers it, and not of each court."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from monitor.show.cli.main import cli

PACK = """\
pack: p
cases:
  - id: doe-v-roe
    label: Doe v. Roe
    dockets: [{court: mdd, number: "8:25-cv-00001", courtlistener: 7}, {court: mdd, number: "8:25-cv-00002"}]
"""


def test_a_docket_that_nothing_covers_is_named_beside_one_that_is(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(PACK)
    text = "packs: [pack.yaml]\ncourtlistener: {atom_feeds: true, token: {file: none}}\n"
    (tmp_path / "monitor.yaml").write_text(text)
    said = CliRunner().invoke(cli, ["--config", str(tmp_path / "monitor.yaml"), "check"]).output
    (line,) = [line for line in said.splitlines() if "8:25-cv-00002" in line]
    assert "NOTHING covers it" in line
