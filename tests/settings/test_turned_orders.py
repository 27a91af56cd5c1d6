"""An order that is known as one only by its text reaches somebody, or the loader says that it will not."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.model.alert import CaseRef
from monitor.model.docket import EntryKind, Judgement
from tests.make import amended, filed
from tests.settings.test_telling import telling, told, unled


@pytest.mark.parametrize("stub", [EntryKind.NOTICE, EntryKind.ADMINISTRATIVE_OTHER])
def test_an_entry_that_turns_out_to_be_an_order_is_led_to_somebody_or_warned_of(
    tmp_path: Path, stub: EntryKind
) -> None:
    routes = "  - {name: r, to: [desk], kinds: [order, opinion, judgment], topics: [filed]}\n"
    loaded = telling(tmp_path, routes)
    case = CaseRef("doe-v-roe", "Doe v. Roe")
    first = told(loaded, filed(case=case, judgement=Judgement(stub, "a stub")))
    then = told(loaded, amended(case=case, judgement=Judgement(EntryKind.ORDER, "its text")))
    assert first | then or unled(loaded)
