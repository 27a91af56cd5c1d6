"""A notification as a mail: its headers, its thread, and its two bodies that say the same."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.alert import Alert, CaseRef, DocketRef, SourceRef
from monitor.model.delivery import Notification
from monitor.render.mail import Letterhead, html_of, mail_of, message_id, text_of
from monitor.render.message import Item, Message
from monitor.render.words import message_of
from tests.feeds import NOON
from tests.make import (
    DOCKET,
    amended,
    caught_up,
    every_alert,
    filed,
    gap_opened,
    notification,
    snapshot,
)

HEAD = Letterhead("Docket Monitor <monitor@example.org>")
#: The headers of every mail; those of a thread come where it is about something.
HEADERS = {
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "list-id",
    "auto-submitted",
    "x-docket-monitor-delivery",
    "mime-version",
    "content-type",
}
THREAD = {"in-reply-to", "references"}
HOSTILE = [
    "Order\r\nBcc: everybody@example.org",
    "Order\nSubject: another",
    "Order\r\n\r\n<html>body</html>",
    "Order\rBcc: x@example.org",
    "Order\x0bBcc: x@example.org",
    "Order\x85Bcc: x@example.org",
    "Order\u2028Bcc: x@example.org",
    "\u202eredrO\u202c",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ message.why }}{% raw %}",
    "Größe § 1 “Beschluß” 判決 🏛",
    "x" * 5_000,
    "wort " * 5_000,
    "",
]


def sent(told: Notification, head: Letterhead = HEAD, to: str = "desk@example.org") -> EmailMessage:
    """The mail as a mail program reads it, from its bytes."""
    return message_from_bytes(mail_of(told, head, to).as_bytes(), policy=default)


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


class Page(HTMLParser):
    """The words, tags and links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words: list[str] = []
        self._is_head = self._is_hidden = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._is_head = tag == "title" or (self._is_head and tag != "body")
        # What a list of mails shows is said again below.
        self._is_hidden = any("display:none" in (value or "") for _, value in attrs)
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        if not self._is_head and not self._is_hidden:
            self.words += re.findall(r"\w+", data)


OURS = Page(html_of(message_of(notification(*every_alert())))).tags


# --- every alert ---


@pytest.mark.parametrize("alert", every_alert(), ids=lambda alert: alert.topic)
def test_every_alert_is_a_mail_with_a_subject_and_two_bodies(alert: Alert) -> None:
    mail = sent(notification(alert))
    assert mail["Subject"].strip()
    assert len(body(mail, "plain")) > 60
    assert len(body(mail, "html")) > 600
    assert {name.lower() for name in mail} - THREAD == HEADERS


@pytest.mark.parametrize(
    "told",
    [
        *(notification(alert) for alert in every_alert()),
        notification(*every_alert()),
        notification(filed(), amended(), caught_up(), gap_opened()),
    ],
    ids=lambda told: "+".join(one.alert.topic for one in told.alerts)[:40],
)
def test_text_and_html_say_the_same(told: Notification) -> None:
    said = message_of(told)
    text, page = text_of(said, told.rules), Page(html_of(said, told.rules))
    urls = re.findall(r"^  (https?://\S+)$", text, re.MULTILINE)
    assert urls == page.links
    without_links = re.sub(r"^  https?://\S+$", "", text, flags=re.MULTILINE)
    assert re.findall(r"\w+", without_links) == page.words


def test_a_mail_is_the_same_at_every_attempt() -> None:
    told = notification(filed(), amended(), recipient="desk", answers="a0.desk")
    first, second = sent(told), sent(told)
    for name in (HEADERS | THREAD) - {"content-type"}:
        assert first[name] == second[name]
    for kind in ("plain", "html"):
        assert body(first, kind) == body(second, kind)


# --- headers ---


def test_a_mail_carries_its_delivery_and_the_moment_of_what_it_tells() -> None:
    mail = sent(notification(filed(), created_at=NOON.replace(year=2027)))
    assert mail["X-Docket-Monitor-Delivery"] == "a1.desk"
    assert mail["Message-ID"] == "<a1.desk@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert parsedate_to_datetime(mail["Date"]) == NOON


@pytest.mark.parametrize(
    ("sender", "name", "domain"),
    [
        ("Docket Monitor <monitor@example.org>", "Docket Monitor", "example.org"),
        ("monitor@example.org", "", "example.org"),
        ("Bürö § 1 <monitor@example.org>", "Bürö § 1", "example.org"),
        ('"Roe, Poe & Co." <m@mail.example.org>', "Roe, Poe & Co.", "mail.example.org"),
    ],
)
def test_a_sender_keeps_name_and_domain(sender: str, name: str, domain: str) -> None:
    mail = sent(notification(), Letterhead(sender))
    (author,) = mail["From"].addresses
    assert (author.display_name, author.domain) == (name, domain)
    assert mail["Message-ID"] == f"<a1.desk@{domain}>"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_of_a_court_reaches_a_header_undefused(hostile: str) -> None:
    case = CaseRef("ctr", hostile[:80])
    entry = snapshot("e1", hostile, hostile, docket=replace(DOCKET, case_name=hostile))
    mail = sent(notification(filed(entries=(entry,), case=case, why=hostile)))
    assert {name.lower() for name in mail} == HEADERS | THREAD
    assert len(mail.keys()) == len(set(mail.keys()))
    assert "\n" not in mail["Subject"]
    assert mail["To"] == "desk@example.org"
    assert len(mail["Subject"]) <= 300


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_of_a_court_becomes_markup(hostile: str) -> None:
    entry = snapshot("e1", hostile, hostile, docket=replace(DOCKET, case_name=hostile))
    page = body(sent(notification(filed(entries=(entry,), why=hostile))), "html")
    assert Page(page).tags <= OURS


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


@settings(deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_whatever_stands_in_a_docket_a_mail_has_our_headers_and_our_tags_only(
    headline: str, text: str, name: str
) -> None:
    docket = DocketRef("dcd", "1:25-cv-00457", name)
    entry = snapshot("e1", headline, text, docket=docket, event_names=(headline, name))
    told = notification(filed(entries=(entry,), case=CaseRef("c", name), why=text))
    mail = sent(told)
    assert {header.lower() for header in mail} == HEADERS | THREAD
    assert Page(body(mail, "html")).tags <= OURS
    assert body(mail, "plain").strip()


def test_a_long_subject_keeps_its_beginning_and_comes_whole_through_folding() -> None:
    label = "Ärzte ohne Grenzen v. Größe " * 3
    mail = sent(notification(filed(case=CaseRef("c", label.strip()))))
    assert mail["Subject"] == f"Order — {label.strip()} (D.D.C. 25-cv-457)"


def test_no_line_of_a_mail_is_longer_than_servers_take() -> None:
    entry = snapshot("e1", "判決" * 2_000, "x" * 100_000, url="https://x/" + "a" * 5_000)
    mail = mail_of(notification(filed(entries=(entry,))), HEAD, "desk@example.org")
    assert max(map(len, mail.as_bytes().split(b"\r\n"))) <= 998


# --- threads ---


def thread(told: Notification) -> tuple[str, list[str]]:
    mail = sent(told)
    return str(mail["In-Reply-To"]), str(mail["References"]).split()


def test_all_that_is_told_of_a_docket_answers_one_root_which_is_never_sent() -> None:
    root, references = thread(notification(filed()))
    assert references == [root]
    assert thread(notification(filed("a9", "e9")))[0] == root
    assert thread(notification(caught_up()))[0] == root
    assert root != message_id("a1.desk", HEAD)


def test_another_docket_or_another_recipient_has_another_root() -> None:
    below = replace(DOCKET, docket_number="1:25-cv-00500")
    other = filed(entries=(snapshot(docket=below),))
    roots = {
        thread(told)[0]
        for told in (notification(), notification(other), notification(recipient="archive"))
    }
    assert len(roots) == 3


def test_an_amendment_answers_the_mail_in_which_its_filing_was_told() -> None:
    first = notification(filed())
    answered, references = thread(notification(amended(), answers=first.delivery_id))
    assert answered == sent(first)["Message-ID"]
    assert references == [thread(first)[0], answered]


def test_an_amendment_of_what_was_never_told_stands_in_the_thread_of_its_docket() -> None:
    assert thread(notification(amended(amends="")))[0] == thread(notification(filed()))[0]


def test_what_is_told_of_a_source_has_a_thread_of_its_own() -> None:
    gap = thread(notification(gap_opened()))[0]
    assert gap != thread(notification(filed()))[0]
    elsewhere = gap_opened(source=SourceRef("court:cand", "N.D. Cal.", "cand"))
    assert thread(notification(elsewhere))[0] != gap


@pytest.mark.parametrize(
    "alert",
    [a for a in every_alert() if a.topic in {"test", "delivery_given_up", "clock_set_back"}],
)
def test_what_concerns_the_monitor_itself_is_in_no_thread(alert: Alert) -> None:
    assert not {name.lower() for name in sent(notification(alert))} & THREAD


# --- bodies ---


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ((), "You get this because you watch it."),
        (("orders",), "You get this because you watch it (route “orders”)."),
        (("orders", "all"), "You get this because you watch it (routes “orders”, “all”)."),
    ],
)
def test_a_mail_names_the_watch_and_the_rules_that_led_to_it(
    rules: tuple[str, ...], said: str
) -> None:
    message = Message("s", "h", why="you watch it")
    assert text_of(message, rules).endswith(f"{said}\n")
    assert said in html_of(message, rules)


def test_a_message_without_a_watch_still_says_why_it_came() -> None:
    assert "because you are a recipient of this monitor." in text_of(Message("s", "h"))


def test_a_link_is_never_broken_over_two_lines() -> None:
    url = "https://ecf.dcd.uscourts.gov/doc1/" + "0-1" * 60
    told = notification(filed(entries=(snapshot(url=url),)))
    assert f"  {url}" in body(sent(told), "plain").splitlines()


def test_an_item_without_a_link_is_no_link() -> None:
    told = notification(filed(entries=(snapshot(url=""),)))
    assert Page(body(sent(told), "html")).links == []


def test_quotes_in_a_link_do_not_leave_its_attribute() -> None:
    url = 'https://x/"onmouseover="alert(1)'
    page = Page(html_of(Message("s", "h", items=(Item("t", url=url),))))
    assert page.links == [url]
