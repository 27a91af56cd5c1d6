"""A bundle is read by `docket-monitor import` alone, which tells nobody."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.errors import ParseError
from monitor.model.push import Envelope
from monitor.model.reading import Reading
from monitor.model.source import Source, SourceState
from monitor.ports import Fetched, Request, Wanted

_REFUSED = "what another installation saw comes by `docket-monitor import`, and is never told"


class BundleReader:
    """Refuses: a reading leads to alerts, and nothing imported may."""

    def open(self, body: bytes) -> Envelope:
        raise ParseError(_REFUSED)

    def read(
        self, source: Source, state: SourceState, wanted: Wanted, bodies: Sequence[Fetched]
    ) -> Reading | Request:
        raise ParseError(_REFUSED)
