"""What Prometheus asks: read from the record at every scrape, so that a restart forgets nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from monitor import __version__
from monitor.history import quota
from monitor.history.figures import figures
from monitor.history.record import Record, reading
from monitor.history.sources import sources
from monitor.ports import Clock
from monitor.store.database import SqlStore

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Metrics:
    """`/metrics`. Blocking: it asks the database, and writes nothing."""

    store: SqlStore
    now: Clock

    def scrape(self) -> bytes:
        """Raises StoreError where the database does not answer."""
        with reading(self.store) as record:
            registry = CollectorRegistry(auto_describe=False)
            registry.register(_Collected([*_metrics(record, self.now())]))
            ProcessCollector(registry=registry)
            return generate_latest(registry)


class _Collected(Collector):
    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = list(metrics)

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def _metrics(record: Record, now: datetime) -> Iterator[Metric]:
    yield InfoMetricFamily("docket_monitor", "Which program.", {"version": __version__})
    yield from _of_sources(record, now)
    yield from _of_record(record, now)
    yield from _of_quota(record, now)


def _of_sources(record: Record, now: datetime) -> Iterator[Metric]:
    good = _gauge("source_last_good_timestamp_seconds", "When a source was last read well.")
    failures = _gauge("source_failures", "Failures in a row.")
    healthy = _gauge("source_healthy", "1 where its silence means something now.")
    for line in sources(record, now):
        if line.enabled:
            name = [line.source_id]
            if line.last_good_at:
                good.add_metric(name, line.last_good_at.timestamp())
            failures.add_metric(name, line.failures)
            healthy.add_metric(name, line.is_reliable)
    yield from (good, failures, healthy)


def _of_record(record: Record, now: datetime) -> Iterator[Metric]:
    found = figures(record, now)
    count = GaugeMetricFamily(
        "docket_monitor_deliveries", "Deliveries by recipient.", labels=["recipient", "state"]
    )
    for (recipient, state), number in found.deliveries.items():
        count.add_metric([recipient, state], number)
    late = GaugeMetricFamily(
        "docket_monitor_delivery_late_seconds",
        "How long the delivery has waited that is due the longest.",
        labels=["recipient"],
    )
    for recipient, waited in found.late.items():
        late.add_metric([recipient], waited.total_seconds())
    alerts = CounterMetricFamily(
        "docket_monitor_alerts", "Alerts by what happened.", labels=["topic"]
    )
    for topic, number in found.alerts.items():
        alerts.add_metric([topic], number)
    pushes = GaugeMetricFamily("docket_monitor_pushes", "What was posted to us.", labels=["state"])
    for state, number in found.pushes.items():
        pushes.add_metric([state], number)
    yield from (count, late, alerts, pushes)


def _of_quota(record: Record, now: datetime) -> Iterator[Metric]:
    left = GaugeMetricFamily(
        "docket_monitor_quota_left", "Calls that CourtListener still allows.", labels=["rate"]
    )
    for limit in quota.report(record, now).limits:
        left.add_metric([limit.rate], max(0, limit.limit - limit.used))
    yield left


def _gauge(name: str, words: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"docket_monitor_{name}", words, labels=["source"])
