"""Alerts are types and notifications carry them; judgements are kept; names of the glossary.

Pending, sent and dead deliveries keep their ids, and each carries the one alert that it had.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from monitor.store.migrations.alerts_0005 import case_and_docket, new_body, subjects_of
from monitor.store.schema import Moment

revision = "0005"
down_revision = "0004"

_AT_ONCE = 500


def upgrade() -> None:
    _sources()
    _entries()
    _look_ups()
    _alerts()
    _deliveries()
    op.add_column("watches", sa.Column("leads_to", sa.JSON(none_as_null=True)))


def _sources() -> None:
    op.add_column("sources", sa.Column("caption", sa.Text, nullable=False, server_default=""))
    op.execute("ALTER TABLE sources RENAME COLUMN sieve TO watchlist")
    op.execute("ALTER TABLE sources RENAME COLUMN kept TO shown")
    op.execute(
        "UPDATE sources SET caption = publisher, publisher = '' WHERE kind = 'courtlistener_appeal'"
    )
    table = sa.table("sources", sa.column("source_id"), sa.column("shown", sa.JSON))
    connection = op.get_bind()
    for row in connection.execute(sa.select(table)).all():
        shown = [_shown(*item) for item in row.shown]
        update = sa.update(table).where(table.c.source_id == row.source_id).values(shown=shown)
        connection.execute(update)


def _shown(fingerprint: str, key: str, mark: str) -> list[Any]:
    """A watched item: the Supreme Court's were marked where others had a time."""
    is_marked = mark in {"listed", "missed"}
    return [fingerprint, key, None if is_marked else mark, mark == "missed"]


def _entries() -> None:
    for name, kind in (
        ("kind", sa.String),
        ("kind_reason", sa.Text),
        ("ruling", sa.String),
        ("ruling_reason", sa.Text),
        ("is_dispositive", sa.Boolean),
        ("acts_on", sa.String),
    ):
        op.add_column("entries", sa.Column(name, kind))
    op.add_column(
        "entries", sa.Column("rules_version", sa.Integer, nullable=False, server_default="0")
    )
    op.create_index(op.f("ix_entries_rules_version"), "entries", ["rules_version"])


def _look_ups() -> None:
    op.drop_index(op.f("ix_wants_source_id"), "wants")
    op.drop_index(op.f("ix_wants_subject"), "wants")
    op.rename_table("wants", "look_ups")
    op.execute("ALTER TABLE look_ups RENAME COLUMN want_id TO look_up_id")
    op.create_index(op.f("ix_look_ups_source_id"), "look_ups", ["source_id"])
    op.create_index(op.f("ix_look_ups_subject"), "look_ups", ["subject"])
    op.rename_table("allowances", "quota_limits")


def _alerts() -> None:
    op.add_column("alerts", sa.Column("place", sa.Integer, nullable=False, server_default="0"))
    op.execute("ALTER TABLE alerts RENAME COLUMN facts TO body")
    op.create_table(
        "alert_subjects",
        sa.Column("alert_id", sa.String, sa.ForeignKey("alerts.alert_id"), primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("subject_id", sa.String, primary_key=True),
    )
    op.create_index(
        op.f("ix_alert_subjects_subject_id_kind"), "alert_subjects", ["subject_id", "kind"]
    )
    op.create_table(
        "alert_refusals",
        sa.Column("alert_id", sa.String, sa.ForeignKey("alerts.alert_id"), primary_key=True),
        sa.Column("rule", sa.String, primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
    )
    _convert_alerts()


def _convert_alerts() -> None:
    connection = op.get_bind()
    alerts = sa.table(
        "alerts",
        *(sa.column(name) for name in ("alert_id", "topic", "case_id", "docket_id", "kind")),
        sa.column("created_at", Moment),
        sa.column("body", sa.JSON),
    )
    about = sa.table(
        "alert_subjects", sa.column("alert_id"), sa.column("kind"), sa.column("subject_id")
    )
    ids = connection.execute(sa.select(alerts.c.alert_id).order_by(alerts.c.alert_id))
    names = list(ids.scalars())
    watches = sa.table("watches", *map(sa.column, ("court_id", "docket_number", "case_id")))
    cases = {
        (r.court_id, r.docket_number): r.case_id for r in connection.execute(sa.select(watches))
    }
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        rows = connection.execute(sa.select(alerts).where(alerts.c.alert_id.in_(some))).all()
        for row in rows:
            body = new_body(row._mapping, _facts(row.body), cases)
            case_id, docket_id = case_and_docket(body)
            values = {
                "topic": body["topic"],
                "case_id": case_id,
                "docket_id": docket_id,
                "kind": body["judgement"]["kind"] if "judgement" in body else body["topic"],
                "body": body,
            }
            this = sa.update(alerts).where(alerts.c.alert_id == row.alert_id)
            connection.execute(this.values(values))
            subjects = [
                {"alert_id": row.alert_id, "kind": kind, "subject_id": subject_id}
                for kind, subject_id in sorted(subjects_of(body))
            ]
            if subjects:
                connection.execute(sa.insert(about), subjects)


def _facts(raw: Any) -> Mapping[str, Any]:
    facts: Mapping[str, Any] = json.loads(raw) if isinstance(raw, str) else raw
    return facts


def _deliveries() -> None:
    op.create_table(
        "delivery_alerts",
        sa.Column("alert_id", sa.String, sa.ForeignKey("alerts.alert_id"), primary_key=True),
        sa.Column("recipient", sa.String, primary_key=True),
        sa.Column(
            "delivery_id", sa.String, sa.ForeignKey("deliveries.delivery_id"), nullable=False
        ),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
    )
    op.create_index(op.f("ix_delivery_alerts_delivery_id"), "delivery_alerts", ["delivery_id"])
    op.execute(
        "INSERT INTO delivery_alerts (alert_id, recipient, delivery_id, rule, place) "
        "SELECT alert_id, recipient, delivery_id, route, 0 FROM deliveries"
    )
    op.add_column("deliveries", sa.Column("send_after", Moment))
    op.add_column("deliveries", sa.Column("hold", sa.String, nullable=False, server_default=""))
    op.add_column("deliveries", sa.Column("answers", sa.String, nullable=False, server_default=""))
    op.execute("UPDATE deliveries SET send_after = created_at")
    _link_answers()
    _drop_old_columns()


def _link_answers() -> None:
    """An amendment answers the delivery that its recipient was given, where there was one."""
    connection = op.get_bind()
    alerts = sa.table(
        "alerts", sa.column("alert_id"), sa.column("topic"), sa.column("body", sa.JSON)
    )
    carried = sa.table("delivery_alerts", *map(sa.column, ("alert_id", "recipient", "delivery_id")))
    deliveries = sa.table("deliveries", sa.column("delivery_id"), sa.column("answers"))
    given = {
        (row.recipient, row.alert_id): row.delivery_id
        for row in connection.execute(sa.select(carried))
    }
    amended = connection.execute(
        sa.select(alerts.c.alert_id, alerts.c.body).where(alerts.c.topic == "amended")
    ).all()
    amends = {row.alert_id: _facts(row.body)["amends"] for row in amended}
    for (recipient, alert_id), delivery_id in given.items():
        answers = given.get((recipient, amends.get(alert_id, "")), "")
        if answers:
            this = sa.update(deliveries).where(deliveries.c.delivery_id == delivery_id)
            connection.execute(this.values(answers=answers))


def _drop_old_columns() -> None:
    with op.batch_alter_table("deliveries") as table:
        table.drop_constraint(op.f("uq_deliveries_alert_id_recipient"), type_="unique")
        table.drop_constraint(op.f("fk_deliveries_alert_id_alerts"), type_="foreignkey")
        table.drop_column("alert_id")
        table.drop_column("route")
        table.alter_column("send_after", existing_type=Moment, nullable=False)
        table.alter_column("hold", existing_type=sa.String, server_default=None)
        table.alter_column("answers", existing_type=sa.String, server_default=None)
