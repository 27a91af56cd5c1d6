"""Who was, is or will be told of an entry, and why; and who was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.history import deliveries
from monitor.history.answers import DeliveryLine, TellingOf, WhoAnswer
from monitor.history.entries import entry_and_docket, line_of
from monitor.history.explain import explain
from monitor.history.record import Record
from monitor.model.alert import Alert, PaperAlert
from monitor.model.delivery import DeliveryState, Rule
from monitor.route.rules import Step, steps

_STATES = {
    DeliveryState.SENT.value: "told",
    DeliveryState.PENDING.value: "will be told",
    DeliveryState.DEAD.value: "given up",
}


def who(
    record: Record, entry_id: str, rules: Sequence[Rule], recipients: Sequence[str]
) -> WhoAnswer:
    """Each recipient of the configuration, and whoever else was told."""
    entry, docket = entry_and_docket(record, entry_id)
    sent = deliveries.of_entry(record, entry.entry_id)
    told = tuple(line for delivery in sent for line in _lines(delivery))
    others = [name for name in recipients if name not in {line.recipient for line in told}]
    alerts = _filings_about(record, entry.entry_id)
    return WhoAnswer(
        entry=line_of(entry, docket),
        told=told,
        not_told=tuple(_not_told(record, entry.entry_id, others, alerts, rules)),
    )


def _lines(delivery: DeliveryLine) -> Iterator[TellingOf]:
    sent = delivery.state == DeliveryState.SENT.value
    yield TellingOf(
        recipient=delivery.recipient,
        state=_STATES[delivery.state],
        at=delivery.sent_at if sent else delivery.next_attempt_at,
        delivery_id=delivery.delivery_id,
        rules=tuple(dict.fromkeys(one.rule for one in delivery.alerts)),
        why=delivery.hold if not sent and not delivery.attempts else delivery.last_error,
    )


def _filings_about(record: Record, entry_id: str) -> list[Alert]:
    names = list(deliveries.alerts_about(record, entry_id))
    return [one for one in record.unit.outbox.alerts(names) if isinstance(one, PaperAlert)]


def _not_told(
    record: Record,
    entry_id: str,
    others: Sequence[str],
    alerts: Sequence[Alert],
    rules: Sequence[Rule],
) -> Iterator[TellingOf]:
    """By the present rules: who would be told of it now, and why the others would not."""
    reasons = explain(record, entry_id, rules).why_not_told if others and not alerts else ()
    asked = [step for alert in alerts for step in steps(alert, rules)]
    for name in others:
        taking = [step.path for step in asked if name in step.recipients]
        yield TellingOf(
            recipient=name,
            state="would be told by the present routes" if taking else "not told",
            at=None,
            delivery_id="",
            rules=tuple(dict.fromkeys(taking)),
            why="" if taking else _why(name, asked, rules, reasons),
        )


def _why(name: str, asked: Sequence[Step], rules: Sequence[Rule], reasons: Sequence[str]) -> str:
    if not asked:
        return "; ".join(reasons) or "nothing was to be told of it"
    leading = set(_leading_to(name, rules, "", ()))
    refused = [f"{one.path}: {one.refused_because}" for one in asked if one.path in leading]
    return "; ".join(dict.fromkeys(refused)) or "no route leads to this recipient"


def _leading_to(
    name: str, rules: Sequence[Rule], above: str, inherited: tuple[str, ...]
) -> Iterator[str]:
    """The paths of the rules of the tree that lead to somebody."""
    for rule in rules:
        path, to = f"{above} > {rule.name}" if above else rule.name, rule.to or inherited
        if name in to:
            yield path
        yield from _leading_to(name, rule.rules, path, to)
