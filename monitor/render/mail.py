"""An alert as an email: text and HTML, one thread per docket, headers that cannot be injected."""

from __future__ import annotations

import functools
import hashlib
import textwrap
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from importlib import resources
from typing import TYPE_CHECKING

from monitor.model.alert import Delivery
from monitor.render.message import Item, Told
from monitor.render.words import words_of

if TYPE_CHECKING:
    import jinja2

_WIDTH = 78


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: `Docket Monitor <monitor@example.org>`."""

    sender: str = "docket-monitor@localhost"

    @property
    def domain(self) -> str:
        return parseaddr(self.sender)[1].rpartition("@")[2] or "localhost"


def mail_of(delivery: Delivery, letterhead: Letterhead, address: str) -> EmailMessage:
    """The whole message, the same at every attempt."""
    told = words_of(delivery.alert)
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(letterhead.sender)
    message["To"] = _address(address)
    message["Subject"] = _one_line(told.subject)
    message["Date"] = format_datetime(delivery.alert.created_at)
    message["Message-ID"] = f"<{delivery.delivery_id}@{letterhead.domain}>"
    for name, value in _thread(delivery, letterhead.domain).items():
        message[name] = value
    # Out-of-office robots must not answer.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Docket-Monitor-Delivery"] = delivery.delivery_id
    message.set_content(text_of(told, delivery.route), cte="quoted-printable")
    message.add_alternative(html_of(told, delivery.route), subtype="html", cte="quoted-printable")
    return message


def text_of(told: Told, route: str = "") -> str:
    """The message as plain text, for a mail and for a terminal."""
    blocks = [_wrap(told.headline)]
    blocks += [_wrap(paragraph) for paragraph in told.paragraphs]
    if told.items:
        blocks.append("\n".join(_item_text(item) for item in told.items))
    if told.rows:
        blocks.append("\n".join(_row_text(label, value) for label, value in told.rows))
    blocks.append(_wrap(f"You get this because {reason(told, route)}."))
    return "\n\n".join(blocks) + "\n"


def html_of(told: Told, route: str = "") -> str:
    """The message as HTML. Everything fetched is escaped by the template."""
    return _template().render(told=told, reason=reason(told, route))


def reason(told: Told, route: str) -> str:
    why = told.why or "you are a recipient of this monitor"
    return f"{why} (route “{route}”)" if route else why


def _thread(delivery: Delivery, domain: str) -> dict[str, str]:
    """All messages about one docket answer one root, which itself is never sent."""
    alert = delivery.alert
    subject = alert.docket_id or alert.case_id or alert.facts.get("source", {}).get("id", "")
    if not subject:
        return {}
    name = hashlib.blake2b(f"{subject}\x1f{delivery.recipient}".encode(), digest_size=8)
    root = f"<thread.{name.hexdigest()}@{domain}>"
    amends = alert.facts.get("amends", "")
    if not amends:
        return {"In-Reply-To": root, "References": root}
    recipient = delivery.delivery_id.partition(".")[2]
    first = f"<{amends}.{recipient}@{domain}>"
    return {"In-Reply-To": first, "References": f"{root} {first}"}


def _address(raw: str) -> Address:
    name, spec = parseaddr(_one_line(raw))
    return Address(display_name=name, addr_spec=spec)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]


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
