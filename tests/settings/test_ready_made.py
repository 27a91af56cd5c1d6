"""Ready-made routes: what `init` writes works as soon as one recipient is filled in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.model.docket import EntryKind
from monitor.model.timing import Every
from monitor.route.lint import lint
from monitor.route.rules import route
from monitor.settings.ready_made import READY_MADE
from monitor.settings.telling import make_rules
from monitor.show.cli.commands.init import default_config
from tests.feeds import NOON
from tests.make import ORDER, every_ruled_alert, filed, gap_opened
from tests.settings.test_keys import accepted, refused

ONE = "recipients: [{name: desk, webhook: 'https://hook.example.org'}]\n"
PACK = 'pack: p\ncases: [{id: ctr-v-irs, label: CTR, dockets: [{court: dcd, number: "1:25-cv-00457"}]}]'


def test_what_init_writes_tells_the_first_recipient_of_orders(tmp_path: Path) -> None:
    text = default_config().joinpath("monitor.yaml").read_text("utf-8")
    filled = text.replace("recipients: []", ONE).replace("  - cases/adjacent.yaml", "#")
    loaded = accepted(tmp_path, filled.replace("cases/irs-ice.yaml", "p.yaml"), p=PACK)
    rules = make_rules(loaded.config)
    assert route(filed(), rules).recipients == {"desk": "orders-and-appeals"}
    assert route(gap_opened(), rules).recipients
    notice = filed(judgement=replace(ORDER, kind=EntryKind.NOTICE))
    assert not route(notice, rules).recipients


@pytest.mark.parametrize("name", READY_MADE)
def test_each_can_be_used_and_can_match(tmp_path: Path, name: str) -> None:
    text = f"packs: [p.yaml]\n{ONE}routes: [{{name: r, to: [everybody], use: {name}}}]\n"
    rules = make_rules(accepted(tmp_path, text, p=PACK).config)
    assert lint(rules, NOON.date()) == ()
    assert any(route(alert, rules).recipients for alert in every_ruled_alert())


def test_what_a_route_says_itself_goes_before(tmp_path: Path) -> None:
    text = (
        f"packs: [p.yaml]\n{ONE}routes:\n"
        "  - {name: r, to: [everybody], use: weekly-brief, kinds: [motion], send: hourly}\n"
    )
    (rule,) = make_rules(accepted(tmp_path, text, p=PACK).config)
    assert (rule.kinds, rule.pace.every) == (("motion",), Every.HOUR)
    assert "filed" in rule.topics


def test_an_unknown_one_is_told_with_the_nearest(tmp_path: Path) -> None:
    text = f"packs: []\n{ONE}routes: [{{name: r, to: [desk], use: order-and-appeals}}]\n"
    assert "did you mean “orders-and-appeals”" in " ".join(refused(tmp_path, text))
