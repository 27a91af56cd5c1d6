"""Five thousand filings in one reading: one message for each recipient, the courts' acts first."""

from __future__ import annotations

import resource
from dataclasses import replace
from pathlib import Path

from monitor.model.alert import Amended
from monitor.model.delivery import Rule
from monitor.model.docket import EntryKind
from monitor.render.mail import Letterhead, mail_of
from monitor.render.webhook import body_of
from monitor.route.fold import fold
from monitor.store.database import open_store
from tests.contract.test_digests import TEN, dispatcher, told_at
from tests.contract.test_dispatch import Office
from tests.make import ORDER, amended, filed, snapshot

MANY = 5_000
NOTICE = replace(ORDER, kind=EntryKind.NOTICE)


async def test_five_thousand_filings_are_one_message_with_the_acts_first(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/m.db")
    office = Office(store, TEN)
    papers = [
        filed(
            f"f{n}",
            f"e{n}",
            entries=(snapshot(f"e{n}", f"Paper No{n}.", "word " * 100, entry_number=n),),
            judgement=ORDER if n % 50 == 49 else NOTICE,
        )
        for n in range(MANY)
    ]
    told_at(office, TEN, *papers)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    await dispatcher(office, Rule("all", ("desk", "hook"))).drain()
    (got,), (also,) = office.desk.accepted, office.hook.accepted
    assert len(got.alerts) == len(also.alerts) == MANY
    kinds = [one.alert.judgement.kind for one in got.alerts]  # type: ignore[union-attr]
    assert kinds == sorted(kinds, key=lambda kind: kind is EntryKind.NOTICE)
    assert len({one.alert.alert_id for one in got.alerts}) == MANY
    # A mail lists the first ones and says how many more there are; a machine gets all.
    mail = mail_of(got, Letterhead("monitor@example.org"), "desk@example.org")
    assert len(mail.as_bytes()) < 1_000_000
    assert "4800 more" in str(mail.get_body(("plain",)))
    assert body_of(also, 2).count('"topic":"filed"') == MANY
    # Megabytes, for kilobytes of each filing; a hundred times what a poll of one takes.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000
    store.close()


def test_folding_a_flood_takes_its_length_and_no_square() -> None:
    """Five thousand changes of as many filings: counted in comparisons, not by a clock."""
    papers = [filed(f"f{n}", f"e{n}") for n in range(MANY)]
    changes = [amended(f"a{n}", f"e{n}", amends=f"f{n}") for n in range(MANY)]
    told = fold([*papers, *changes])
    assert len(told) == MANY
    assert not [one for one in told if isinstance(one, Amended)]
