"""Mail leaves under any name and address that `check` takes, and arrives with our parts only."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.deliver.email.courier import EmailCourier, SmtpServer
from monitor.demo.mail import MailSink
from monitor.errors import DeliveryPostponed
from monitor.render.mail import Letterhead
from monitor.show.cli.main import cli
from tests.make import notification
from tests.render.test_headers import HEAD, PIECES, assert_ours, told_of

#: Written in the settings -> name, and the address that the server is told.
SENDERS = {
    "Docket Monitor, Inc. <monitor@example.org>": ("Docket Monitor, Inc.", "monitor@example.org"),
    '"Al \\"the Desk\\" Roe" <m@example.org>': ('Al "the Desk" Roe', "m@example.org"),
    "Größe, Bürö & 判決 <m@example.org>": ("Größe, Bürö & 判決", "m@example.org"),
    "Desk (nights): [D.C.]; <m@example.org>": ("Desk (nights): [D.C.];", "m@example.org"),
    f"{'Long Name ' * 12}<m@example.org>": (("Long Name " * 12).strip(), "m@example.org"),
    "Überwachungsdienst für Akten aller Gerichte in Washington, D.C., e.V. <m@example.org>": (
        "Überwachungsdienst für Akten aller Gerichte in Washington, D.C., e.V.",
        "m@example.org",
    ),
    "desk@bücher.example": ("", "desk@xn--bcher-kva.example"),
    f"m@{'a' * 60}.example": ("", f"m@{'a' * 60}.example"),
    f"m@{'.'.join(['b' * 62] * 3)}": ("", f"m@{'.'.join(['b' * 62] * 3)}"),
    "monitor@localhost": ("", "monitor@localhost"),
}
#: These need a server that offers SMTPUTF8.
UTF8 = {
    "jürgen@example.org": ("", "jürgen@example.org"),
    "Jürgen, Desk <jürgen@bücher.example>": ("Jürgen, Desk", "jürgen@xn--bcher-kva.example"),
}


class Envelopes(MailSink):
    """Keeps what the server was told, too."""

    senders: list[str]
    recipients: list[str]

    async def handle_MAIL(
        self, server: object, session: object, envelope: object, address: str, options: list[str]
    ) -> str:
        self.senders = [address]
        envelope.mail_from = address  # type: ignore[attr-defined]
        envelope.mail_options.extend(options)  # type: ignore[attr-defined]
        return "250 OK"


def courier(port: int, sender: str, to: str = "desk@example.org") -> EmailCourier:
    server = SmtpServer("127.0.0.1", port, security="none", timeout_seconds=3.0)
    return EmailCourier(server, Letterhead(sender), to)


def author(mail: EmailMessage) -> tuple[str, str]:
    return person(mail, "From")


def person(mail: EmailMessage, header: str) -> tuple[str, str]:
    """As a program reads it that knows UTF-8 in headers (RFC 6532)."""
    (found,) = mail[header].addresses
    return found.display_name, found.addr_spec.encode("utf-8", "surrogateescape").decode()


@pytest.mark.parametrize("sender", SENDERS)
async def test_a_mail_leaves_under_the_name_and_the_address_of_the_settings(sender: str) -> None:
    sink = Envelopes()
    with sink:
        await courier(sink.port, sender).deliver(notification())
    assert sink.senders == [SENDERS[sender][1]]
    name, address = author(sink.messages[0])
    # Old Pythons read a blank too many between two encoded words of a name.
    assert (" ".join(name.split()), address) == SENDERS[sender]


@pytest.mark.parametrize("sender", UTF8)
async def test_a_local_part_in_other_letters_leaves_where_the_server_takes_it(sender: str) -> None:
    with Envelopes(enable_SMTPUTF8=True) as sink:
        await courier(sink.port, sender).deliver(notification())
        await courier(sink.port, "m@example.org", sender.partition("<")[2][:-1] or sender).deliver(
            notification()
        )
    assert author(sink.messages[0]) == UTF8[sender]
    assert person(sink.messages[1], "To")[1] == UTF8[sender][1]


@pytest.mark.parametrize("sender", UTF8)
async def test_where_the_server_does_not_take_it_the_address_and_the_remedy_are_named(
    sender: str,
) -> None:
    said = f"SMTPUTF8.*{UTF8[sender][1]}: use an address in plain letters"
    with Envelopes(enable_SMTPUTF8=False) as sink:
        with pytest.raises(DeliveryPostponed, match=said):
            await courier(sink.port, sender).deliver(notification())
        await courier(sink.port, "m@example.org").deliver(notification())
    assert len(sink.messages) == 1


@pytest.mark.parametrize("sender", [*SENDERS, *UTF8])
def test_check_takes_what_can_be_sent(tmp_path: Path, sender: str) -> None:
    found = checked(tmp_path, sender, "desk@example.org")
    assert found["ok"] is True
    assert any("SMTPUTF8" in str(one) for one in found["problems"]) == (sender in UTF8)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("sender", "recipient", "said"),
    [
        (f"m@{'a' * 64}.example", "desk@example.org", "has 64 letters"),
        (f"{'m' * 65}@example.org", "desk@example.org", "at most 64 bytes"),
        ("Desk <a b@example.org>", "desk@example.org", "before the @"),
        ("m@exa mple.org", "desk@example.org", "is no domain"),
        ("m@example.org", "desk@-bücher-.example", "is no domain"),
        ("m@example.org", f"desk@{'a' * 64}.example", "has 64 letters"),
        ("m@example.org", "Desk <desk@example.org>", "alone"),
        ("m@example.org", "a@example.org; b@example.org", "two recipients"),
    ],
)
def test_check_refuses_what_no_server_would_take(
    tmp_path: Path, sender: str, recipient: str, said: str
) -> None:
    found = checked(tmp_path, sender, recipient)
    assert found["ok"] is False
    assert said in str(found["problems"])


def checked(folder: Path, sender: str, recipient: str) -> dict[str, object]:
    settings = {
        "database": "sqlite:///m.db",
        "email": {"host": "mail.example.org", "from": sender},
        "recipients": [{"name": "desk", "email": recipient}],
        "routes": [{"name": "all", "to": ["desk"]}],
    }
    (folder / "monitor.yaml").write_text(json.dumps(settings, ensure_ascii=False), "utf-8")
    done = CliRunner().invoke(cli, ["--config", str(folder / "monitor.yaml"), "check", "--json"])
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("text", PIECES)
async def test_what_a_server_receives_has_our_headers_and_parts(text: str) -> None:
    with MailSink() as sink:
        await courier(sink.port, HEAD.sender).deliver(told_of(text))
    assert_ours_but_for_the_servers(sink.messages[0])


def assert_ours_but_for_the_servers(mail: EmailMessage) -> None:
    """A server writes on the envelope of what it takes."""
    for name in ("X-Peer", "X-MailFrom", "X-RcptTo"):
        del mail[name]
    assert_ours(mail)
