"""Whoever is told of filings hears what an outage may have hidden of them."""

from __future__ import annotations

from pathlib import Path

from tests.story import telling, topics


async def test_whoever_gets_filings_hears_of_the_gap_after_an_outage(tmp_path: Path) -> None:
    routes = (
        "routes: [{name: filings, to: [hook], topics: [filed, amended]}, {name: rest, to: [desk]}]"
    )
    async with telling(tmp_path, f"sqlite:///{tmp_path}/m.db", routes=routes) as story:
        story.files(10, "Order", entry=10)
        await story.polls()
        story.court.withdraw(1)
        story.court.withdraw(10)
        # Away for 30 hours, and the windows do not touch: the desk gets `gap_opened`, which counts
        # as said, so no `caught_up` is made; the hook hears nothing at all.
        told = await story.polls(60 * 30)
        assert set(topics(told)) & {"gap_opened", "caught_up"}
