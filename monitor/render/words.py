"""An alert in words, before it is a mail, a page or a line in a terminal.

Everything comes from the alert's own facts, so that every attempt says the same. Times are
shown in the court's zone, with the date.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import datetime

from monitor.model.alert import Alert
from monitor.render.message import (
    Facts,
    Item,
    Told,
    clip,
    day,
    moment,
    numbered,
    span,
    subject_of,
    why_of,
)
from monitor.render.words_of_silence import (
    away_words,
    gap_closed_words,
    gap_words,
    health_words,
)


def words_of(alert: Alert) -> Told:
    """What this alert says."""
    tell = {
        "filed": _filed,
        "amended": _amended,
        "now_watching": _now_watching,
        "appeal": _appeal,
        "docket": _docket,
        "away": away_words,
        "gap": gap_words if alert.kind != "gap_closed" else gap_closed_words,
        "health": health_words,
        "news": _news,
    }.get(alert.topic, _other)
    return tell(alert.facts, alert)


def _filed(facts: Facts, alert: Alert) -> Told:
    entry = facts["entries"][0]
    headline = entry["headline"]
    if facts.get("after_gap"):
        headline = f"Found after a gap: {headline}"
    return Told(
        subject=subject_of(facts, headline),
        headline=headline,
        paragraphs=_text_of(entry),
        items=_entry_items(facts),
        rows=_entry_rows(facts, alert),
        why=why_of(facts),
    )


def _amended(facts: Facts, alert: Alert) -> Told:
    entry = facts["entries"][0]
    headline = entry["headline"]
    first = facts["changes"][0]
    what = "text now known" if first["kind"] == "text_filled_in" else "changed"
    if first["kind"] == "text_filled_in" and facts.get("ruling", "none") != "none":
        what = "ruling now known"
    if any(change["kind"] == "entry_withdrawn" for change in facts["changes"]):
        what = "withdrawn from the feed"
    if any(change["field"] == "is_withdrawn" for change in facts["changes"]):
        what = "shown again"
    if first["field"] == "same_as":
        what = "told twice, one filing"
    changes = tuple(_change_words(change) for change in facts["changes"])
    return Told(
        subject=subject_of(facts, f"{headline} ({what})"),
        headline=f"{headline} ({what})",
        paragraphs=("This amends an entry that you were told of before.", *changes),
        items=_entry_items(facts),
        rows=_entry_rows(facts, alert),
        why=why_of(facts),
    )


def _change_words(change: Mapping[str, str]) -> str:
    if change["kind"] == "entry_withdrawn":
        return (
            "It was shown here and is not any more, though what stood beside it is. It may have "
            "been sealed, corrected, or entered in error; we keep what we saw."
        )
    before, after = (clip(change[name].replace("\n", " | ")) for name in ("before", "after"))
    if change["kind"] == "text_filled_in":
        return after
    if change["field"] == "is_withdrawn":
        return "It had gone from where we read it, and is shown again."
    if change["field"] == "same_as":
        return f"It was kept as a second entry ({after}) until now: both are this one filing."
    if change["field"] == "text":
        changed = clip(word_diff(change["before"], change["after"]))
        return f"Text, [-taken out-] and {{+put in+}}: {changed}"
    field = {"event_names": "Event"}.get(change["field"], change["field"])
    return f"{field}: it said “{before}” and now says “{after}”."


def word_diff(before: str, after: str) -> str:
    """Which words of a text changed, with a few around them.

    >>> word_diff("the motion is denied today", "the motion is granted today")
    'the motion is [-denied-] {+granted+} today'
    """
    old, new = before.split(), after.split()
    said = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            same = old[a:b]
            said += same if len(same) <= 12 else [*same[:6], "…", *same[-6:]]
            continue
        said += [f"[-{' '.join(old[a:b])}-]"] if b > a else []
        said += [f"{{+{' '.join(new[c:d])}+}}"] if d > c else []
    return " ".join(said)


def _now_watching(facts: Facts, alert: Alert) -> Told:
    latest = tuple(
        Item(
            f"{day(entry['date_filed']) or 'no date'}: {numbered(entry)}{entry['headline']}",
            url=entry["url"],
        )
        for entry in facts["entries"]
    )
    where = f"{facts['court']['citation']} {facts['docket']['number']}"
    said = (
        "These are its latest entries; from now on you are told what is new."
        if latest
        else "Its source shows no entry of it today; from now on you are told what is new."
    )
    return Told(
        subject=subject_of(facts, "now watching"),
        headline=f"Now watching {where}",
        paragraphs=(said,),
        items=latest,
        rows=(("Read by", facts["source"]["name"]),),
        why=why_of(facts),
    )


def _appeal(facts: Facts, alert: Alert) -> Told:
    number, lower = facts["docket"]["number"], facts["lower_docket"]["number"]
    docket_id, name = facts["docket"]["id"], facts["court"]["name"]
    if facts.get("is_certain", True):
        headline = f"Appeal docketed as No. {number}, now watched"
        said = f"The case {lower} went to the {name}. Its docket is watched from now on, by itself."
    else:
        headline = f"Is No. {number} the appeal?"
        said = (
            f"The {name} shows a docket that looks like the appeal from {lower}. It is not "
            f"watched yet. If it is: docket-monitor watch confirm {docket_id}. "
            f"If not: docket-monitor watch refuse {docket_id}."
        )
    return Told(
        subject=subject_of(facts, headline[0].lower() + headline[1:]),
        headline=headline,
        paragraphs=(said, facts["coverage"]),
        rows=(("Read by", facts["source"]["name"]),),
        why=why_of(facts),
    )


def _docket(facts: Facts, alert: Alert) -> Told:
    change = facts["changes"][0]
    before, after = change["before"], change["after"]
    said = {
        "terminated": f"The court's docket says: closed on {day(after)}.",
        "reopened": f"The docket is open again; it was closed on {day(before)}.",
        "reassigned": f"The case went from {before} to {after}.",
    }[change["kind"]]
    headline = f"Docket {change['kind']}"
    return Told(
        subject=subject_of(facts, headline),
        headline=headline,
        paragraphs=(said,),
        rows=(("Docket", _docket_words(facts)), ("Read by", facts["source"]["name"])),
        why=why_of(facts),
    )


def _news(facts: Facts, alert: Alert) -> Told:
    story, about = facts["story"], facts.get("about")
    rows = (
        ("Published by", story["publisher"] or facts["source"]["name"]),
        ("At", moment(story["published_at"], "America/New_York")),
    )
    what = "News"
    said = "This is a lead, not a fact about the docket: the press is not the record."
    if facts.get("is_lead"):
        what = "Lead"
        said = (
            "The press reports an act of a court that no docket source shows yet. This is a lead, "
            "not a fact about the docket: look at the docket itself, or wait for it."
        )
    if about:
        said += (
            f" It may be about {about['headline']} of {day(about['date_filed'])}: "
            f"docket-monitor show {about['entry_id']}"
        )
    return Told(
        subject=f"[{facts['case']['label']}] {what}: {clip(story['title'], 120)}",
        headline=f"In the news: {story['title']}",
        paragraphs=(*((clip(story["summary"]),) if story["summary"] else ()), said),
        items=(Item("Read it", url=story["url"]),) if story["url"] else (),
        rows=tuple((label, value) for label, value in rows if value),
        why=why_of(facts),
    )


def _other(facts: Facts, alert: Alert) -> Told:
    return Told(
        subject=f"[docket-monitor] {facts.get('title', alert.topic)}",
        headline=facts.get("title", alert.topic),
        paragraphs=tuple(facts.get("paragraphs", ())),
        why=why_of(facts),
    )


def _text_of(entry: Facts) -> tuple[str, ...]:
    if entry["text"]:
        return (clip(entry["text"]),)
    return (
        "The court's feed gives only this short name; it does not say what was decided. "
        "Read the entry itself.",
    )


def _entry_items(facts: Facts) -> tuple[Item, ...]:
    items = []
    for entry in facts["entries"]:
        events = " | ".join(entry["event_names"])
        lines = (f"Events: {events}",) if len(entry["event_names"]) > 1 else ()
        number = f"entry {entry['entry_number']}" if entry["entry_number"] else "unnumbered entry"
        title = f"{entry['docket_number']} {entry['case_name']}, {number}"
        items.append(Item(" ".join(title.split()), lines, entry["url"]))
    return tuple(items)


def _entry_rows(facts: Facts, alert: Alert) -> tuple[tuple[str, str], ...]:
    entry, zone = facts["entries"][0], facts["court"]["timezone"]
    seen = f"{facts['source']['name']}, {moment(entry['first_seen_at'], zone)}"
    rows = (
        ("Court", facts["court"]["name"]),
        ("Filed", day(entry["date_filed"])),
        ("Entered", moment(entry["published_at"], zone)),
        ("Seen by", seen + _delay(entry)),
        ("Kind", f"{alert.kind.replace('_', ' ')}, because of {facts['kind_reason']}"),
        ("Ruling", _ruling_words(facts)),
    )
    return tuple((label, value) for label, value in rows if value)


def _ruling_words(facts: Facts) -> str:
    ruling = facts.get("ruling", "none")
    if ruling == "none":
        return ""
    acts_on = f" on entry {facts['acts_on']}" if facts.get("acts_on") else ""
    return f"{ruling.replace('_', ' ')}{acts_on}, because of “{facts['ruling_reason']}”"


def _delay(entry: Facts) -> str:
    if not entry["published_at"]:
        return ""
    published = datetime.fromisoformat(entry["published_at"])
    late = (datetime.fromisoformat(entry["first_seen_at"]) - published).total_seconds()
    return f", {span(late)} after it was entered" if late >= 0 else ""


def _docket_words(facts: Facts) -> str:
    docket = facts["docket"]
    return " ".join(f"{docket['number']} {docket['case_name']}".split())
