"""What people read about a case's way through the courts, about the press, and about us."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from monitor.model import alert as alerts
from monitor.model.alert import AboutEntry, Alert, DocketRef, StorySnapshot
from monitor.model.change import CaptionChanged, HeadChange, Reassigned, Reopened, Terminated
from monitor.render.mail import html_of, text_of
from monitor.render.message import short_number
from monitor.render.words import words_of
from tests.feeds import NOON
from tests.make import CASE, DOCKET, DOCKET_ID, FEED, WHY, every_alert

BASE: dict[str, Any] = {"alert_id": "b", "created_at": NOON, "why": WHY}
ABOUT: dict[str, Any] = BASE | {"case": CASE, "source": FEED}
STORY = StorySnapshot("s1", "Judge rules for Doe", "A summary.", "https://x/1", "Press", NOON)
CADC = DocketRef("cadc", "26-5006")


def whole(alert: Alert) -> str:
    """Subject and body in one line."""
    said = words_of(alert)
    return f"{said.subject} {' '.join(text_of(said).split())}"


def appeal_found(docket: DocketRef = CADC) -> alerts.AppealFound:
    return alerts.AppealFound(docket=docket, lower_docket=DOCKET, entry_id="e1", **ABOUT)


def appeal_proposed(docket: DocketRef = CADC) -> alerts.AppealProposed:
    return alerts.AppealProposed(docket=docket, lower_docket=DOCKET, entry_id="e1", **ABOUT)


def changed(change: HeadChange) -> alerts.DocketChanged:
    return alerts.DocketChanged(docket=DOCKET, change=change, **ABOUT)


def story(about: AboutEntry | None = None, **more: Any) -> alerts.StoryPublished:
    return alerts.StoryPublished(story=replace(STORY, **more), score=0.9, about=about, **ABOUT)


def lead(**more: Any) -> alerts.LeadPublished:
    return alerts.LeadPublished(story=replace(STORY, **more), score=0.9, **ABOUT)


# --- appeals ---


def test_an_appeal_names_both_dockets_and_that_it_is_watched() -> None:
    said = whole(appeal_found())
    assert "Appeal docketed as No. 26-5006, now watched — CTR v. IRS (D.C. Cir. 26-5006)" in said
    assert "1:25-cv-00457" in said
    assert "watched from now on" in said


def test_a_docket_that_may_be_the_appeal_is_not_said_to_be_watched() -> None:
    said = whole(appeal_proposed())
    assert "not watched yet" in said
    assert "now watched" not in said
    assert words_of(appeal_proposed()).subject.endswith("? — CTR v. IRS (D.C. Cir. 26-5006)")


def test_a_proposed_appeal_says_how_to_answer_either_way() -> None:
    said = whole(appeal_proposed())
    assert "docket-monitor watch confirm cadc/26-5006" in said
    assert "docket-monitor watch refuse cadc/26-5006" in said


@pytest.mark.parametrize(
    ("docket", "what"),
    [
        (DocketRef("scotus", "25-123"), "shows all of its proceedings"),
        (CADC, "orders, opinions and judgments only"),
        (DocketRef("ca5", "26-10001"), "publishes no feed"),
    ],
)
@pytest.mark.parametrize("alert", [appeal_found(), appeal_proposed()])
def test_what_can_be_seen_of_a_higher_court_is_said(
    alert: alerts.AppealFound | alerts.AppealProposed, docket: DocketRef, what: str
) -> None:
    assert what in whole(replace(alert, docket=docket))


# --- a docket's head ---


@pytest.mark.parametrize(
    ("change", "in_the_subject", "said"),
    [
        (
            Terminated(DOCKET_ID, "cl", "2026-03-02"),
            "Docket terminated",
            "closed on Mon 2 Mar 2026",
        ),
        (Terminated(DOCKET_ID, "cl", ""), "Docket terminated", "closed on an unknown day"),
        (
            Reopened(DOCKET_ID, "cl", "2026-03-02"),
            "Docket reopened",
            "open again; it was closed on Mon 2 Mar 2026",
        ),
        (
            Reassigned(DOCKET_ID, "cl", "Judge A. Roe", "Judge B. Poe"),
            "Docket reassigned",
            "from Judge A. Roe to Judge B. Poe",
        ),
        (
            CaptionChanged(DOCKET_ID, "cl", "DOE v. ROE", "DOE v. POE"),
            "Docket caption changed",
            "“DOE v. POE” now; it was “DOE v. ROE”",
        ),
    ],
)
def test_a_change_of_the_dockets_head_is_told_with_before_and_after(
    change: HeadChange, in_the_subject: str, said: str
) -> None:
    alert = changed(change)
    assert in_the_subject in words_of(alert).subject
    assert said in whole(alert)
    assert "1:25-cv-00457 DOE et al v. ROE et al" in whole(alert)


# --- news ---


@pytest.mark.parametrize("alert", [story(), lead()])
def test_the_press_is_never_told_as_the_record(alert: alerts.NewsAlert) -> None:
    assert "not a fact about the docket" in whole(alert)


def test_a_lead_says_that_no_docket_shows_it() -> None:
    assert words_of(lead()).subject == "Lead: Judge rules for Doe — CTR v. IRS"
    assert "no docket source shows yet" in whole(lead())


def test_a_story_names_the_entry_that_it_may_be_about_as_a_guess() -> None:
    about = AboutEntry("e1", DOCKET_ID, "Order: DENIED", None)
    said = whole(story(about))
    assert "may be about Order: DENIED of an unknown day (D.D.C. 25-cv-457)." in said
    assert "may be about" not in whole(story())


def test_a_story_names_its_publisher_and_the_hour_with_its_zone() -> None:
    assert dict(words_of(story()).rows) == {
        "Published by": "Press",
        "At": "Mon 2 Mar 2026, 07:00 EST",
    }


def test_a_story_without_publisher_time_summary_and_link_is_told_all_the_same() -> None:
    bare = words_of(story(publisher="", published_at=None, summary="", url=""))
    assert dict(bare.rows) == {"Published by": "D.D.C. court feed"}
    assert bare.items == ()
    assert len(bare.paragraphs) == 1
    assert "Judge rules for Doe" in bare.subject


def test_a_huge_story_is_cut_in_subject_and_body() -> None:
    said = words_of(story(title="Judge rules " * 500, summary="x" * 50_000))
    assert len(said.subject) < 160
    assert len(said.paragraphs[0]) < 2_000


# --- the monitor itself ---


def test_a_message_given_up_names_whom_it_did_not_reach_why_and_the_remedy() -> None:
    said = whole(alerts.DeliveryGivenUp(recipient="hook", reason="HTTP 410 gone", **BASE))
    assert "[docket-monitor] Messages to hook are given up" in said
    assert "HTTP 410 gone" in said
    assert "It is kept" in said
    assert "docket-monitor deliveries retry --all-dead" in said


def test_a_test_alert_is_not_taken_for_a_filing() -> None:
    said = whole(alerts.TestAlert(**BASE))
    assert "[docket-monitor] Test alert" in said
    assert "filed" not in said


# --- every alert ---


@pytest.mark.parametrize("alert", every_alert(), ids=lambda alert: alert.topic)
def test_every_alert_has_a_subject_a_headline_a_sentence_and_a_reason(alert: Alert) -> None:
    said = words_of(alert)
    assert "CTR v. IRS" in said.subject or said.subject.startswith("[docket-monitor] ")
    assert said.headline.strip()
    assert any(paragraph.strip() for paragraph in said.paragraphs)
    assert said.why == WHY


@pytest.mark.parametrize("alert", every_alert(), ids=lambda alert: alert.topic)
def test_no_message_shows_a_value_of_the_program(alert: Alert) -> None:
    said = words_of(alert)
    for page in (text_of(said), html_of(said), said.subject):
        for word in ("None", "datetime", "EntryKind", "Ruling.", "()", "+00:00", "_"):
            assert word not in page.replace("Ruling:", "")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("1:25-cv-00457", "25-cv-457"),
        ("3:25-cv-01000-ABC", "25-cv-1000-ABC"),
        ("1:25-mj-00007", "25-mj-7"),
        ("26-5006", "26-5006"),
        ("25A123", "25A123"),
        ("25-10001-abc", "25-10001-abc"),
        ("", ""),
    ],
)
def test_a_docket_number_is_said_as_people_say_it(number: str, said: str) -> None:
    assert short_number(number) == said
