"""A mail has our headers and our parts, whatever a feed says, on every Python that we support."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.model.alert import CaseRef, DocketRef
from monitor.model.delivery import Notification
from monitor.render.headers import one_line
from monitor.render.mail import Letterhead, mail_of, message_id
from tests.make import amended, filed, notification, snapshot

HEAD = Letterhead("Docket Monitor <monitor@example.org>")
OURS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "List-Id",
    "Auto-Submitted",
    "X-Docket-Monitor-Delivery",
    "MIME-Version",
    "Content-Type",
]
OF_A_PART = {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
#: What others have smuggled in, and what is near it.
PIECES = [
    "=?utf-8?q?ruling=0D=0AX-Injected:_yes=0D=0AContent-Type:_text/html=0D=0A=0D=0A<b>forged</b>?=",
    "=?utf-8?b?T3JkZXINCkJjYzogeEBleGFtcGxlLm9yZw==?=",
    "=?iso-8859-1?Q?a=0Ab?= =?x-unknown?q?=0d?=",
    "=?=?utf-8?q?=0D=0ABcc=3A_x?=",
    "=\u200b?utf-8?q?=0D=0ABcc=3A_x?=",
    "=\x00?utf-8?q?=0D=0ABcc=3A_x?=",
    "=?utf-8*en?q?=0D=0Aa?=",
    "\r\nBcc: x@example.org\r\n\r\n<b>body</b>",
    "\n--=_a1b2\nContent-Type: text/html\n\n<b>part</b>\n--=_a1b2--\n",
    "\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029Bcc: x@example.org",
    "\x1b[31m\u202edesrever\u202c\u2066\u00ad\u034f\u3164\U000e0041",
    "\ud800\udfff\udce9",
    '"<>@,;:\\()[]',
    "Größe § 判決 🏛",
    "x" * 400,
    "=" * 80,
    "?=",
]
HOSTILE = st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=6).map("".join)


def told_of(text: str) -> Notification:
    """A notification that has this text wherever a feed or a pack puts words."""
    docket = DocketRef("dcd", "1:25-cv-00457", text)
    entry = snapshot("e1", text, text, docket=docket, event_names=(text, text), url="")
    return notification(filed(entries=(entry,), case=CaseRef("c", text), why=text))


def lines_of(raw: bytes) -> list[bytes]:
    return raw.partition(b"\r\n\r\n")[0].split(b"\r\n")


def assert_ours(mail: EmailMessage | Message) -> None:
    """Exactly our headers, once each and in our order; exactly our parts."""
    assert list(mail.keys()) == OURS
    parts = list(mail.walk())[1:]
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert all(set(part.keys()) <= OF_A_PART for part in parts)
    assert not mail.defects


@given(HOSTILE)
@example(PIECES[0])
def test_no_header_and_no_part_comes_from_a_feed(text: str) -> None:
    raw = mail_of(told_of(text), HEAD, "desk@example.org").as_bytes()
    # By both of the standard parsers: the one decodes, the other does not.
    for mail in (message_from_bytes(raw, policy=default), message_from_bytes(raw)):
        assert_ours(mail)
    mail = message_from_bytes(raw, policy=default)
    # Whoever passes it on may read and write it anew.
    assert_ours(message_from_bytes(mail.as_bytes(), policy=default))
    assert mail["From"] == "Docket Monitor <monitor@example.org>"
    assert mail["To"] == "desk@example.org"


@given(HOSTILE)
def test_every_header_keeps_the_limits_and_begins_beside_its_name(text: str) -> None:
    for line in lines_of(mail_of(told_of(text), HEAD, "desk@example.org").as_bytes()):
        assert len(line) <= 78
        assert line.isascii()
        assert line.strip()
        assert all(len(word) <= 75 for word in re.findall(rb"=\?\S+\?=", line))
        assert re.match(rb"[A-Za-z-]+: \S|[ ]\S", line)


@given(HOSTILE)
def test_a_subject_is_read_as_it_was_written(text: str) -> None:
    mail = message_from_bytes(
        mail_of(told_of(text), HEAD, "desk@example.org").as_bytes(), policy=default
    )
    said = one_line(text).upper()
    assert str(mail["Subject"]).upper().startswith(said[:100].rstrip())


@given(st.text())
def test_what_stands_in_a_header_holds_nothing_that_a_mail_program_obeys(text: str) -> None:
    line = one_line(text)
    assert "=?" not in line
    assert line == "".join(line.splitlines())
    assert not [one for one in line if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert len(line) <= 300


def test_what_filters_look_for_stays_as_it_is() -> None:
    case = CaseRef("c", "CTR v. IRS")
    entry = snapshot(headline="Beschluß über den Antrag, der sehr lang ist und nicht enden will")
    raw = mail_of(
        notification(filed(entries=(entry,), case=case)), HEAD, "d@example.org"
    ).as_bytes()
    (subject,) = [line for line in lines_of(raw) if line.startswith(b"Subject:")]
    assert subject.startswith(b"Subject: =?utf-8?b?")
    assert b"List-Id: <docket-monitor.example.org>" in raw
    assert b"25-cv-457)" in raw.partition(b"\r\n\r\n")[0]


# --- threads ---


@pytest.mark.parametrize("domain", ["x.org", f"{'a' * 60}.example", ".".join(["b" * 62] * 3)])
@pytest.mark.parametrize("recipient", ["desk", "d" * 200])
def test_ids_are_never_encoded_however_long_they_are(domain: str, recipient: str) -> None:
    head = Letterhead(f"monitor@{domain}")
    first = f"0123456789abcdef0123.{recipient}"
    told = replace(
        notification(amended(), answers=first, recipient=recipient),
        delivery_id=f"abcdef0123456789abcd.{recipient}",
    )
    raw = mail_of(told, head, "desk@example.org").as_bytes()
    assert max(map(len, lines_of(raw))) <= 998
    unfolded = raw.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in unfolded)
    assert headers["Message-ID"] == message_id(told.delivery_id, head)
    assert headers["In-Reply-To"] == message_id(first, head)
    root, answered = headers["References"].split()
    assert re.fullmatch(rf"<thread\.[0-9a-f]+@{re.escape(domain)}>", root)
    assert answered == headers["In-Reply-To"]
    assert headers["X-Docket-Monitor-Delivery"] == told.delivery_id


# --- every Python ---


def test_the_bytes_are_the_same_on_every_python() -> None:
    """Each Python that runs these tests writes these very headers."""
    head = Letterhead('"Roe, Poe & Größe" <monitor@bücher.example>')
    case = CaseRef("c", "CTR v. IRS")
    entry = snapshot(headline=f"Größe {PIECES[0]} by judge")
    raw = mail_of(notification(filed(entries=(entry,), case=case)), head, "desk@x.org").as_bytes()
    assert [line.decode() for line in lines_of(raw)] == WRITTEN


WRITTEN = [
    "From: =?utf-8?b?Um9lLCBQb2UgJiBHcsO2w59l?= <monitor@xn--bcher-kva.example>",
    "To: desk@x.org",
    "Subject: =?utf-8?b?R3LDtsOfZSA9ID91dGYtOD9xP3J1bGluZz0wRD0wQVgtSW5q?=",
    " =?utf-8?b?ZWN0ZWQ6X3llcz0wRD0wQUNvbnRlbnQtVHlwZTpfdGV4dC9o?=",
    " =?utf-8?b?dG1sPTBEPTBBPTBEPTBBPGI+Zm9yZ2VkPC9iPj89IGJ5?=",
    " =?utf-8?b?IGp1ZGdlIOKAlA==?= CTR v. IRS (D.D.C. 25-cv-457)",
    "Date: Mon, 02 Mar 2026 12:00:00 +0000",
    "Message-ID: <a1.desk@xn--bcher-kva.example>",
    "In-Reply-To: <thread.25470e87023fb22a@xn--bcher-kva.example>",
    "References: <thread.25470e87023fb22a@xn--bcher-kva.example>",
    "List-Id: <docket-monitor.xn--bcher-kva.example>",
    "Auto-Submitted: auto-generated",
    "X-Docket-Monitor-Delivery: a1.desk",
    "MIME-Version: 1.0",
    'Content-Type: multipart/alternative; boundary="=_45b04b2ef3ed224c"',
]
