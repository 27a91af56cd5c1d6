"""The tables. Unique keys stand here, not in a cache: nothing can be told twice."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Serial = BigInteger().with_variant(Integer, "sqlite")

sources = Table(
    "sources",
    metadata,
    Column("source_id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("url", String, nullable=False),
    Column("court_id", String, nullable=False),
    Column("docket_number", String, nullable=False),
    Column("cl_docket_id", BigInteger),
    Column("publisher", String, nullable=False),
    Column("caption", Text, nullable=False, server_default=""),
    Column("every_seconds", Integer, nullable=False),
    Column("origin", String, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("next_due_at", Moment, nullable=False),
    Column("last_polled_at", Moment),
    Column("last_good_at", Moment),
    Column("failures", Integer, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("incomplete", Integer, nullable=False),
    Column("unhealthy_since", Moment),
    Column("recovered_at", Moment),
    Column("etag", String, nullable=False),
    Column("last_modified", String, nullable=False),
    Column("cursor", String, nullable=False),
    Column("built_at", Moment),
    Column("covered_since", Moment),
    Column("covered_until", Moment),
    Column("region_hash", LargeBinary, nullable=False),
    Column("fingerprints", LargeBinary, nullable=False),
    Column("watchlist", String, nullable=False),
    Column("newest_at", Moment),
    Column("description", Text, nullable=False),
    #: The watched items it showed: fingerprint, sighting key, when entered, whether missed.
    Column("shown", JSON, nullable=False, server_default="[]"),
    Column("lease", String, nullable=False),
    Column("lease_until", Moment),
    Index(None, "next_due_at"),
)

dockets = Table(
    "dockets",
    metadata,
    Column("docket_id", String, primary_key=True),
    Column("court_id", String, nullable=False),
    Column("docket_number", String, nullable=False),
    Column("case_name", Text, nullable=False),
    Column("case_name_at", Moment),
    Column("cl_docket_id", BigInteger),
    Column("assigned_to", String, nullable=False),
    Column("date_filed", Date),
    Column("date_terminated", Date),
    UniqueConstraint("court_id", "docket_number"),
    Index(None, "docket_number"),
)

entries = Table(
    "entries",
    metadata,
    Column("entry_id", String, primary_key=True),
    Column("docket_id", ForeignKey("dockets.docket_id"), nullable=False),
    Column("entry_number", BigInteger),
    Column("event_names", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("date_filed", Date),
    Column("published_at", Moment),
    Column("first_seen_at", Moment, nullable=False),
    Column("url", Text, nullable=False),
    Column("possible_duplicate_of", String, nullable=False),
    Column("is_withdrawn", Boolean, nullable=False),
    Column("merged_into", String, nullable=False, server_default=""),
    #: What we think it is, and by which version of the rules; 0 for what was not judged yet.
    Column("kind", String),
    Column("kind_reason", Text),
    Column("ruling", String),
    Column("ruling_reason", Text),
    Column("is_dispositive", Boolean),
    Column("acts_on", String),
    #: One for each thing ruled on; what it may be besides.
    Column("rulings", JSON(none_as_null=True)),
    Column("may_be", JSON(none_as_null=True)),
    Column("rules_version", Integer, nullable=False, server_default="0"),
    Index(None, "rules_version"),
    Index(None, "docket_id", "entry_number"),
    Index(None, "docket_id", "date_filed"),
    Index(None, "first_seen_at"),
)

entry_keys = Table(
    "entry_keys",
    metadata,
    Column("key", String, primary_key=True),
    Column("entry_id", ForeignKey("entries.entry_id"), nullable=False),
    Index(None, "entry_id"),
)

documents = Table(
    "documents",
    metadata,
    Column("entry_id", ForeignKey("entries.entry_id"), primary_key=True),
    Column("document_id", String, primary_key=True),
    Column("number", String, nullable=False),
    Column("attachment_number", Integer),
    Column("description", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("is_available", Boolean, nullable=False),
    Column("is_sealed", Boolean, nullable=False),
    Index(None, "document_id"),
)

sightings = Table(
    "sightings",
    metadata,
    Column("source_id", ForeignKey("sources.source_id"), primary_key=True),
    Column("sighting_key", String, primary_key=True),
    Column("entry_id", ForeignKey("entries.entry_id"), nullable=False),
    Column("words_hash", String, nullable=False),
    Column("entry_number", BigInteger),
    Column("event_name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("date_filed", Date),
    Column("published_at", Moment),
    Column("url", Text, nullable=False),
    Column("first_seen_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    #: The view's own docket, keys and documents; empty in views stored before version 3.
    Column("docket_id", String, nullable=False, server_default=""),
    Column("entry_keys", JSON, nullable=False, server_default="[]"),
    Column("documents", JSON, nullable=False, server_default="[]"),
    Index(None, "entry_id"),
)

changes = Table(
    "changes",
    metadata,
    Column("change_id", _Serial, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("kind", String, nullable=False),
    Column("source_id", String, nullable=False),
    Column("entry_id", String),
    Column("docket_id", String),
    #: Field, before, after and whatever else the change says.
    Column("detail", JSON, nullable=False),
    #: See `store.chain`. Only `store.changes` writes here.
    Column("hash", String, nullable=False, server_default=""),
    Index(None, "entry_id"),
    Index(None, "docket_id"),
    Index(None, "at"),
)

#: One row: where the chain of changes ends. Whoever appends holds it.
chain_head = Table(
    "chain_head",
    metadata,
    Column("name", String, primary_key=True),
    Column("length", BigInteger, nullable=False),
    Column("last_id", BigInteger, nullable=False),
    Column("hash", String, nullable=False),
)

alerts = Table(
    "alerts",
    metadata,
    Column("alert_id", String, primary_key=True),
    Column("topic", String, nullable=False),
    Column("case_id", String, nullable=False),
    Column("docket_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("created_at", Moment, nullable=False),
    #: Where it stood among those of its poll.
    Column("place", Integer, nullable=False, server_default="0"),
    #: See `model.codec`.
    Column("body", JSON, nullable=False),
    Column("routed_at", Moment),
    Index(None, "routed_at", "created_at"),
)

#: What an alert is about: "who was told of this" is asked here.
alert_subjects = Table(
    "alert_subjects",
    metadata,
    Column("alert_id", ForeignKey("alerts.alert_id"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("subject_id", String, primary_key=True),
    Index(None, "subject_id", "kind"),
)

#: Why each rule refused an alert that led to nobody.
alert_refusals = Table(
    "alert_refusals",
    metadata,
    Column("alert_id", ForeignKey("alerts.alert_id"), primary_key=True),
    Column("rule", String, primary_key=True),
    Column("reason", Text, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("delivery_id", String, primary_key=True),
    Column("recipient", String, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Moment, nullable=False),
    Column("send_after", Moment, nullable=False),
    #: Why it is sent later than it could be; empty for what is not held.
    Column("hold", String, nullable=False),
    #: Whether it may be sent in quiet hours.
    Column("is_urgent", Boolean, nullable=False, server_default=false()),
    #: The delivery in which the recipient was first told of what this one amends.
    Column("answers", String, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("lease", String, nullable=False),
    Column("lease_until", Moment),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    #: Seconds within which somebody is to acknowledge it, and to whom it goes else, in turn.
    Column("escalate_within", Integer),
    Column("escalate_to", JSON(none_as_null=True)),
    #: When it goes to the next of them; NULL where it need not, or to nobody any more.
    Column("escalate_at", Moment),
    Column("escalated", Integer, nullable=False, server_default="0"),
    Column("acknowledged_at", Moment),
    Column("acknowledged_by", String, nullable=False, server_default=""),
    #: [{"case_id": …, "label": …, "words": …, "at": …}]; NULL before the first attempt.
    Column("standing", JSON(none_as_null=True)),
    Index(None, "state", "next_attempt_at"),
    Index(None, "escalate_at"),
    Index(None, "created_at"),
)

#: What a delivery carries. The key sees to it that nobody is told anything twice.
delivery_alerts = Table(
    "delivery_alerts",
    metadata,
    Column("alert_id", ForeignKey("alerts.alert_id"), primary_key=True),
    Column("recipient", String, primary_key=True),
    Column("delivery_id", ForeignKey("deliveries.delivery_id"), nullable=False),
    #: The rule that led to this recipient, for the message to name.
    Column("rule", String, nullable=False),
    Column("place", Integer, nullable=False),
    Index(None, "delivery_id"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("attempt_id", _Serial, primary_key=True, autoincrement=True),
    Column("delivery_id", ForeignKey("deliveries.delivery_id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("result", String, nullable=False),
    Column("detail", Text, nullable=False),
    Index(None, "delivery_id"),
)

gaps = Table(
    "gaps",
    metadata,
    Column("source_id", ForeignKey("sources.source_id"), primary_key=True),
    Column("from_at", Moment, primary_key=True),
    Column("until_at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
)

#: Every call that counted against CourtListener's quota; older ones than a month are dropped.
api_calls = Table(
    "api_calls",
    metadata,
    Column("call_id", _Serial, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("source_id", String, nullable=False),
    Column("priority", Integer, nullable=False),
    Index(None, "at"),
)

quota_limits = Table(
    "quota_limits",
    metadata,
    Column("rate", String, primary_key=True),
    Column("limit", Integer, nullable=False),
    Column("window_seconds", Integer, nullable=False),
    Column("used", Integer, nullable=False),
    Column("as_of", Moment),
)

#: One row: until when nobody asks, because the server said so.
quota = Table(
    "quota",
    metadata,
    Column("name", String, primary_key=True),
    Column("blocked_until", Moment),
)

#: Questions to CourtListener before its turn.
look_ups = Table(
    "look_ups",
    metadata,
    Column("look_up_id", String, primary_key=True),
    Column("purpose", String, nullable=False),
    Column("source_id", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Index(None, "source_id"),
    Index(None, "subject"),
)

watches = Table(
    "watches",
    metadata,
    Column("watch_id", String, primary_key=True),
    Column("case_id", String, nullable=False),
    Column("case_label", String, nullable=False),
    Column("court_id", String, nullable=False),
    Column("docket_number", String, nullable=False),
    Column("cl_docket_id", BigInteger),
    Column("since", Moment, nullable=False),
    Column("state", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("told_at", Moment),
    #: The recipients to whom the rules lead its filings; NULL while nobody has looked.
    Column("leads_to", JSON(none_as_null=True)),
)

follows = Table(
    "follows",
    metadata,
    Column("follow_id", String, primary_key=True),
    Column("lower_docket_id", String, nullable=False),
    Column("court_id", String, nullable=False),
    Column("appeal_number", String, nullable=False),
    Column("state", String, nullable=False),
    Column("entry_id", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("case_id", String, nullable=False),
    Column("case_label", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("caption", Text, nullable=False, server_default=""),
    Index(None, "lower_docket_id"),
)

baselines = Table(
    "baselines",
    metadata,
    Column("watch_id", ForeignKey("watches.watch_id"), primary_key=True),
    Column("source_id", ForeignKey("sources.source_id"), primary_key=True),
    Column("at", Moment, nullable=False),
)

unreadable = Table(
    "unreadable",
    metadata,
    Column("source_id", ForeignKey("sources.source_id"), primary_key=True),
    Column("raw_hash", String, primary_key=True),
    Column("raw", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

#: What sources sent, byte for byte, packed by zlib; named by SHA-256 of what is unpacked.
bodies = Table(
    "bodies",
    metadata,
    Column("hash", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("packed_size", BigInteger, nullable=False),
    Column("first_kept_at", Moment, nullable=False),
)

#: The polls that brought them. A row outlives its body: the hash can still be proved.
kept_polls = Table(
    "kept_polls",
    metadata,
    Column("source_id", ForeignKey("sources.source_id"), primary_key=True),
    #: That of the sightings and changes that followed from it.
    Column("at", Moment, primary_key=True),
    #: Which of the poll's answers it was: a listing has pages.
    Column("place", Integer, primary_key=True),
    Column("body_hash", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("served_at", Moment),
    Index(None, "body_hash", "at"),
)

stories = Table(
    "stories",
    metadata,
    Column("source_id", ForeignKey("sources.source_id"), primary_key=True),
    Column("item_key", String, primary_key=True),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("published_at", Moment),
    Column("first_seen_at", Moment, nullable=False),
    #: [{"case_id": …, "words": […], "score": …}]
    Column("matches", JSON, nullable=False),
    Column("story_id", String, nullable=False, server_default=""),
    Column("entry_id", String, nullable=False, server_default=""),
    Index(None, "first_seen_at"),
)

#: What was posted to us, raw, until it is read and for a while after.
pushes = Table(
    "pushes",
    metadata,
    #: The sender's name for it, the same at each of his attempts.
    Column("push_id", String, primary_key=True),
    Column("source_id", String, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("state", String, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("processed_at", Moment),
    Index("ix_pushes_state", "state", "received_at"),
    Index(None, "content_hash"),
)

#: Recipients to whom nothing gets through, or who are off; others have no row. See `model.channel`.
channels = Table(
    "channels",
    metadata,
    Column("recipient", String, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Moment),
    Column("rests_since", Moment),
    Column("off_since", Moment),
    Column("off_by", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("last_word", String, nullable=False),
)

#: What people muted, with the reason and the end.
silences = Table(
    "silences",
    metadata,
    Column("silence_id", String, primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("until_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("reason", Text, nullable=False),
    Column("recipient", String, nullable=False),
    Column("case_id", String, nullable=False),
    Column("docket_id", String, nullable=False),
    Column("kinds", JSON, nullable=False),
    Column("topics", JSON, nullable=False),
)

#: Who may log in to the pages. See `model.access`.
readers = Table(
    "readers",
    metadata,
    Column("name", String, primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("sessions_from", Moment, nullable=False),
)

#: What programs show; of a token only its hash is kept.
tokens = Table(
    "tokens",
    metadata,
    Column("name", String, primary_key=True),
    Column("token_hash", String, nullable=False, unique=True),
    Column("scopes", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
)
