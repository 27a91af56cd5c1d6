"""A notification as an email: text and HTML, one thread per docket, headers nobody can inject."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.utils import format_datetime

from monitor.model.delivery import Notification
from monitor.model.subjects import case_of, docket_of, source_of
from monitor.normalize.text import without_hiding
from monitor.render.headers import mail_policy, one_line, person
from monitor.render.mailbox import Mailbox, parse_mailbox
from monitor.render.message import Item, Message, with_link
from monitor.render.template import template
from monitor.render.words import message_of

_WIDTH = 78


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: `Docket Monitor <monitor@example.org>`."""

    sender: str = "docket-monitor@localhost"

    @property
    def mailbox(self) -> Mailbox:
        return parse_mailbox(self.sender)

    @property
    def domain(self) -> str:
        return self.mailbox.domain


def mail_of(
    notification: Notification,
    letterhead: Letterhead,
    address: str,
    link: str = "",
    preferences: str = "",
) -> EmailMessage:
    """The whole message, the same at every attempt.

    `link` is where it is acknowledged, `preferences` where its reader says what he wants.
    """
    said = replace(with_link(message_of(notification), link), preferences=preferences)
    author, reader = letterhead.mailbox, parse_mailbox(address)
    mail = EmailMessage(mail_policy(is_utf8=author.needs_utf8 or reader.needs_utf8))
    mail["From"] = person(author)
    mail["To"] = person(reader)
    mail["Subject"] = one_line(said.subject)
    mail["Date"] = format_datetime(notification.alerts[0].alert.created_at)
    mail["Message-ID"] = message_id(notification.delivery_id, letterhead)
    for name, value in _thread(notification, letterhead).items():
        mail[name] = value
    mail["List-Id"] = f"<docket-monitor.{letterhead.domain}>"
    if preferences:
        # RFC 8058: the button of a mail program; a link that is only followed does nothing.
        mail["List-Unsubscribe"] = f"<{preferences}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
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
    blocks += [_wrap(words) for words in (message.lead, *message.paragraphs) if words]
    if message.contents:
        blocks.append("\n".join(_hang(f"{part}: {words}", 2) for part, words in message.contents))
    if message.items:
        blocks.append("\n".join(_item_text(item) for item in message.items))
    for section in message.sections:
        blocks.append(f"{section.title}\n{'-' * min(len(section.title), _WIDTH)}")
        blocks.append("\n".join(_item_text(item) for item in section.items))
    if message.rows:
        blocks.append("\n".join(_row_text(label, value) for label, value in message.rows))
    blocks.append(_wrap(f"You get this because {reason(message, rules)}."))
    if message.preferences:
        blocks.append(f"Change what you get (mute this, or all of it):\n{message.preferences}")
    return without_hiding("\n\n".join(blocks) + "\n")


def html_of(message: Message, rules: Sequence[str] = ()) -> str:
    """The message as HTML. Everything fetched is escaped by the template."""
    return without_hiding(
        template("mail.html.j2").render(message=message, reason=reason(message, rules))
    )


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


def _digest(*words: str) -> str:
    return hashlib.blake2b("\x1f".join(words).encode(), digest_size=8).hexdigest()


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
