"""A notification as an email: text and HTML, one thread per docket, headers nobody can inject."""

from __future__ import annotations

import functools
import hashlib
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from email.utils import format_datetime, parseaddr
from importlib import resources
from typing import TYPE_CHECKING

from monitor.model.delivery import Notification
from monitor.model.subjects import case_of, docket_of, source_of
from monitor.render.message import Item, Message
from monitor.render.words import message_of

if TYPE_CHECKING:
    import jinja2

_WIDTH = 78


class _MessageIds(UnstructuredHeader):
    """Ids of messages, one on each line: an encoded or a broken one would lead to no thread."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {f'{policy.linesep} '.join(str(self).split())}{policy.linesep}"  # type: ignore[attr-defined]


def _policy() -> EmailPolicy[EmailMessage]:
    registry = HeaderRegistry()
    for name in ("message-id", "in-reply-to", "references"):
        registry.map_to_type(name, _MessageIds)  # type: ignore[arg-type]
    return SMTP.clone(header_factory=registry)


_POLICY = _policy()


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: `Docket Monitor <monitor@example.org>`."""

    sender: str = "docket-monitor@localhost"

    @property
    def domain(self) -> str:
        return parseaddr(self.sender)[1].rpartition("@")[2] or "localhost"


def mail_of(notification: Notification, letterhead: Letterhead, address: str) -> EmailMessage:
    """The whole message, the same at every attempt."""
    said = message_of(notification)
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _address(letterhead.sender)
    mail["To"] = _address(address)
    mail["Subject"] = _one_line(said.subject)
    mail["Date"] = format_datetime(notification.alerts[0].alert.created_at)
    mail["Message-ID"] = message_id(notification.delivery_id, letterhead)
    for name, value in _thread(notification, letterhead).items():
        mail[name] = value
    # Out-of-office robots must not answer.
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Docket-Monitor-Delivery"] = notification.delivery_id
    rules = notification.rules
    mail.set_content(text_of(said, rules), cte="quoted-printable")
    mail.add_alternative(html_of(said, rules), subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{_digest(notification.delivery_id)}")
    return mail


def message_id(delivery_id: str, letterhead: Letterhead) -> str:
    """The id under which mail programs know a notification."""
    return f"<{delivery_id}@{letterhead.domain}>"


def text_of(message: Message, rules: Sequence[str] = ()) -> str:
    """The message as plain text, for a mail and for a terminal."""
    blocks = [_wrap(message.headline)]
    blocks += [_wrap(paragraph) for paragraph in message.paragraphs]
    if message.items:
        blocks.append("\n".join(_item_text(item) for item in message.items))
    if message.rows:
        blocks.append("\n".join(_row_text(label, value) for label, value in message.rows))
    blocks.append(_wrap(f"You get this because {reason(message, rules)}."))
    return _encodable("\n\n".join(blocks) + "\n")


def html_of(message: Message, rules: Sequence[str] = ()) -> str:
    """The message as HTML. Everything fetched is escaped by the template."""
    return _encodable(_template().render(message=message, reason=reason(message, rules)))


def reason(message: Message, rules: Sequence[str]) -> str:
    """Why somebody gets a message: watch and rule."""
    why = message.why or "you are a recipient of this monitor"
    if not rules:
        return why
    named = ", ".join(f"“{rule}”" for rule in rules)
    return f"{why} ({'route' if len(rules) == 1 else 'routes'} {named})"


def _thread(notification: Notification, letterhead: Letterhead) -> dict[str, str]:
    """All messages about one docket answer one root, which itself is never sent."""
    first_told = notification.alerts[0].alert
    subject = docket_of(first_told) or case_of(first_told) or source_of(first_told)
    if not subject:
        return {}
    root = f"<thread.{_digest(subject, notification.recipient)}@{letterhead.domain}>"
    if not notification.answers:
        return {"In-Reply-To": root, "References": root}
    first = message_id(notification.answers, letterhead)
    return {"In-Reply-To": first, "References": f"{root} {first}"}


def _address(raw: str) -> Address:
    name, spec = parseaddr(_one_line(raw))
    return Address(display_name=name, addr_spec=spec)


def _digest(*words: str) -> str:
    return hashlib.blake2b("\x1f".join(words).encode(), digest_size=8).hexdigest()


def _one_line(text: str) -> str:
    """A text that may stand in a header: it holds nothing that a mail program would act on."""
    seen = "".join(" " if c.isspace() else c for c in text if c.isspace() or _is_seen(c))
    # Else “=?utf-8?q?=0D=0A…?=” would be decoded, and begin a header of its own.
    return " ".join(seen.replace("=?", "= ?").split())[:300]


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs"}


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _wrap(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _item_text(item: Item) -> str:
    lines = [_hang(f"- {item.title}", 2), *(_hang(f"  {line}", 4) for line in item.lines)]
    if item.url:
        lines.append(f"  {item.url}")
    return "\n".join(lines)


def _row_text(label: str, value: str) -> str:
    return _hang(f"{label + ':':<14}{value}", 14)


def _hang(text: str, indent: int) -> str:
    return textwrap.fill(
        text, _WIDTH, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )


@functools.cache
def _template() -> jinja2.Template:
    import jinja2

    source = resources.files("monitor.render").joinpath("templates/mail.html.j2").read_text("utf-8")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(source)
