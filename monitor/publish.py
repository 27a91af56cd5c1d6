"""Feeds and calendars for readers, written to a folder that any web server can publish.

A file is written whole beside its place and put there in one step, and only where it changed.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from monitor.errors import StoreError
from monitor.history.calendar import calendar
from monitor.history.record import Record, reading
from monitor.history.told import last_told, latest_alerts
from monitor.model.alert import Alert
from monitor.model.delivery import Rule
from monitor.model.subjects import cases_of
from monitor.render.atom import atom_of, feed_of
from monitor.render.ics import ics_of
from monitor.route.rules import every_rule, steps
from monitor.store.database import SqlStore

log = logging.getLogger(__name__)

#: A feed shows so many, found among so many of the latest alerts.
_SHOWN, _LOOKED_AT = 100, 2_000


@dataclass(frozen=True, slots=True)
class Publisher:
    """Writes `feeds/CASE.atom`, `feeds/route-NAME.atom` and `calendars/CASE.ics`.

    Blocking: it reads the record.
    """

    store: SqlStore
    folder: Path
    #: Where the folder is served; empty: the feeds do not say where they are.
    url: str
    rules: Sequence[Rule]
    #: What was told when the feeds were written last.
    _written: list[str] = field(default_factory=list)

    def publish(self) -> int:
        """Write what changed; return how many files. Raises StoreError where it cannot be read."""
        with reading(self.store) as record:
            last = last_told(record)
            if self._written == [last]:
                return 0
            files = {**dict(self._feeds(record)), **dict(self._calendars(record))}
        count = sum(self._write(name, content) for name, content in files.items())
        self._written[:] = [last]
        return count

    def _calendars(self, record: Record) -> Iterator[tuple[str, bytes]]:
        """One for each case, also where no entry states a day yet: somebody may subscribe to it."""
        stated = calendar(record)
        for case_id, label in _labels(record).items():
            name = f"{label}: hearings and deadlines (unofficial)"
            ours = [line for line in stated if line.case_id == case_id]
            yield f"calendars/{_file_name(case_id)}.ics", ics_of(name, ours)

    def _feeds(self, record: Record) -> Iterator[tuple[str, bytes]]:
        alerts = latest_alerts(record, _LOOKED_AT)
        for case_id, label in _labels(record).items():
            told = [alert for alert in alerts if case_id in cases_of(alert)]
            yield self._feed(_file_name(case_id), f"{label}: what was filed", told)
        for path, rule in every_rule(self.rules):
            taken = [alert for alert in alerts if _is_taken(alert, path, self.rules)]
            yield self._feed(f"route-{_file_name(path)}", f"Route {rule.name}", taken)

    def _feed(self, name: str, title: str, alerts: Sequence[Alert]) -> tuple[str, bytes]:
        url = f"{self.url.rstrip('/')}/feeds/{name}.atom" if self.url else ""
        text = atom_of(feed_of(name, title, alerts, url, _SHOWN))
        return f"feeds/{name}.atom", text.encode()

    def _write(self, name: str, content: bytes) -> bool:
        """Whether it was another one before."""
        place = self.folder / name
        try:
            if place.exists() and place.read_bytes() == content:
                return False
            place.parent.mkdir(parents=True, exist_ok=True)
            _put(place, content)
        except OSError as exc:
            reason = f"cannot write {place}: {exc.strerror}"
            raise StoreError(reason) from exc
        return True


def _put(place: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile("wb", dir=place.parent, delete=False) as new:
        try:
            new.write(content)
            new.close()
            Path(new.name).chmod(0o644)
            Path(new.name).replace(place)
        except OSError:
            Path(new.name).unlink(missing_ok=True)
            raise


def _labels(record: Record) -> dict[str, str]:
    return {watch.case_id: watch.case_label for watch in record.unit.watches.all()}


def _is_taken(alert: Alert, path: str, rules: Sequence[Rule]) -> bool:
    return any(step.path == path and step.recipients for step in steps(alert, rules))


def _file_name(name: str) -> str:
    """A name that is no path, whatever somebody called his case."""
    return "".join(one if one.isascii() and one.isalnum() else "-" for one in name.lower())[:100]
