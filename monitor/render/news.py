"""What the press writes, in words: a lead, never a fact about the docket."""

from __future__ import annotations

from typing import assert_never

from monitor.model.alert import (
    AboutEntry,
    LeadPublished,
    NewsAlert,
    SourceRef,
    StoryPublished,
    StorySnapshot,
)
from monitor.render.message import (
    Item,
    Message,
    clip,
    day,
    labelled,
    moment,
    place_words,
    short_number,
)

#: The press is shown in the zone of Washington, where the cases are.
_PRESS_ZONE = "America/New_York"


def words(alert: NewsAlert) -> Message:
    match alert:
        case StoryPublished():
            return _story(alert)
        case LeadPublished():
            return _lead(alert)
        case _:
            assert_never(alert)


def _story(alert: StoryPublished) -> Message:
    """The press writes about a case."""
    said = "This is a lead, not a fact about the docket: the press is not the record."
    about = _about_words(alert.about) if alert.about else ""
    more = (Item("Read the docket entry", url=alert.about.url),) if alert.about else ()
    return _news_words(alert, "News", f"{said}{about}", tuple(one for one in more if one.url))


def _lead(alert: LeadPublished) -> Message:
    """The press reports an act that no docket shows."""
    said = (
        "The press reports an act of a court that no docket source shows yet. This is a lead, "
        "not a fact about the docket: look at the docket itself, or wait for it."
    )
    return _news_words(alert, "Lead", said)


def _one_of_words(alert: NewsAlert) -> str:
    """Which cases are in question; empty where the case is known."""
    labels = [one.label for one in alert.one_of]
    if not labels:
        return ""
    named = f"{', '.join(labels[:-1])} or {labels[-1]}"
    return f"It is about one of these cases, and does not say which: {named}."


def _news_words(alert: NewsAlert, what: str, said: str, more: tuple[Item, ...] = ()) -> Message:
    story = alert.story
    return Message(
        subject=f"{what}: {clip(story.title, 120)} — {alert.case.label}",
        headline=f"In the news: {story.title}",
        paragraphs=tuple(one for one in (clip(story.summary), _one_of_words(alert), said) if one),
        items=(*((Item("Read it", url=story.url),) if story.url else ()), *more),
        rows=_story_rows(story, alert.source),
        why=alert.why,
    )


def _story_rows(story: StorySnapshot, source: SourceRef) -> tuple[tuple[str, str], ...]:
    return labelled(
        ("Published by", story.publisher or source.name),
        ("At", moment(story.published_at, _PRESS_ZONE)),
    )


def _about_words(about: AboutEntry) -> str:
    court_id, _, number = about.docket_id.partition("/")
    where = place_words(court_id, short_number(number))
    filed = day(about.date_filed) or "an unknown day"
    return f" It may be about {about.headline} of {filed} ({where})."
