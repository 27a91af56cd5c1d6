"""A digest: what came in, case by case; the courts' acts first, routine papers folded, none lost."""

from __future__ import annotations

from monitor.model.alert import CaseRef, Filed
from monitor.model.delivery import Hold
from monitor.model.docket import EntryKind, Judgement
from monitor.render.mail import html_of, text_of
from monitor.render.message import Message
from monitor.render.words import message_of
from tests.make import DENIED, filed, gap_opened, notification, snapshot

OTHER = CaseRef("roe-v-poe", "Roe v. Poe")
NOTICE = Judgement(EntryKind.NOTICE, "“notice”", rules_version=3)
APPEAL = Judgement(EntryKind.NOTICE_OF_APPEAL, "“notice of appeal”", rules_version=3)
TEXT = "ORDER denying 7 Motion to Stay."


def paper(number: int) -> Filed:
    entry = snapshot(f"n{number}", f"Notice No{number}.", entry_number=number)
    return filed(f"n{number}", entries=(entry,), judgement=NOTICE)


def digest(*told: object) -> Message:
    return message_of(notification(*told, hold=Hold.DIGEST))  # type: ignore[arg-type]


ORDER = filed("o1", entries=(snapshot("o1", "Order: DENIED", TEXT),), judgement=DENIED)
STEP = filed("s1", entries=(snapshot("s1", "Notice of Appeal"),), judgement=APPEAL, case=OTHER)


def test_the_acts_of_courts_come_first_and_each_case_has_its_part() -> None:
    message = digest(*map(paper, range(20, 23)), STEP, ORDER)
    assert message.subject == (
        "Digest: 1 act of a court, 1 step of an appeal, 3 other filings — CTR v. IRS, Roe v. Poe"
    )
    assert message.contents == (
        ("CTR v. IRS", "1 act of a court, 3 other filings"),
        ("Roe v. Poe", "1 step of an appeal"),
    )
    first, second = message.sections
    assert [item.title for item in first.items][1:] == ["3 other filings"]
    assert "DENIED" in " ".join((first.items[0].title, *first.items[0].lines))
    assert "Notice of Appeal" in second.items[0].title


def test_routine_papers_are_folded_and_counted_beyond_what_is_named() -> None:
    (section,) = digest(ORDER, *map(paper, range(30, 80))).sections
    folded = section.items[-1]
    assert folded.title == "50 other filings"
    assert folded.lines[-1] == "and 30 more: docket-monitor history lists them"


def test_what_could_not_be_seen_stands_at_the_end() -> None:
    message = digest(gap_opened(), ORDER)
    assert message.contents[-1] == ("What this monitor could not see", "1 message")
    assert [one.title for one in message.sections] == [
        "CTR v. IRS",
        "What this monitor could not see",
    ]


def test_text_and_html_say_the_same() -> None:
    message = digest(gap_opened(), ORDER, STEP, *map(paper, range(20, 23)))
    text, page = " ".join(text_of(message).split()), html_of(message)
    for words in ("Notice No21.", "Roe v. Poe: 1 step of an appeal", "could not see"):
        assert words in text
    for words in ("Notice No21.", "<h2", "1 step of an appeal", "could not see"):
        assert words in page
