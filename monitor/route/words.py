"""An alert in words, before it is a mail, a page or a line in a terminal.

Everything comes from the alert's own facts, so that every attempt says the same. Times are
shown in the court's zone, with the date.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from monitor.model.alert import Alert

Facts = Mapping[str, Any]

_DISTRICT = re.compile(r"^(?:[0-9a-z]{1,2}:)?(\d\d-[a-z]{2,4}-)0*(\d+)(.*)$")
#: A mail is read on a telephone: what is longer stands behind the link.
_LONGEST_TEXT = 1_500
_WHOLE = "What it shows now joins what it showed before: nothing is missing that it carries."


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a message: a line, what is known of it, and where to read it."""

    title: str
    lines: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A message in words."""

    subject: str
    headline: str
    #: What happened, in whole sentences.
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    #: Label and value: where, when, kind, source.
    rows: tuple[tuple[str, str], ...] = ()
    why: str = ""


def words_of(alert: Alert) -> Told:
    """What this alert says."""
    tell = {
        "filed": _filed,
        "amended": _amended,
        "now_watching": _now_watching,
        "appeal": _appeal,
        "docket": _docket,
        "away": _away,
        "gap": _gap if alert.kind != "gap_closed" else _gap_closed,
        "health": _health,
        "news": _news,
    }.get(alert.topic, _other)
    return tell(alert.facts, alert)


def short_number(number: str) -> str:
    """A docket number as people say it.

    >>> short_number("1:25-cv-00457"), short_number("26-5006")
    ('25-cv-457', '26-5006')
    """
    match = _DISTRICT.match(number)
    return f"{match[1]}{match[2]}{match[3]}" if match else number


def moment(raw: str, zone: str) -> str:
    """A moment in the court's zone, with the date.

    >>> moment("2026-03-03T19:05:00+00:00", "America/New_York")
    'Tue 3 Mar 2026, 14:05 EST'
    """
    if not raw:
        return ""
    local = datetime.fromisoformat(raw).astimezone(ZoneInfo(zone or "UTC"))
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M %Z}"


def day(raw: str) -> str:
    """A calendar day of the court.

    >>> day("2026-03-03")
    'Tue 3 Mar 2026'
    """
    if not raw:
        return ""
    found = date.fromisoformat(raw)
    return f"{found:%a} {found.day} {found:%b %Y}"


def span(seconds: float) -> str:
    """A length of time in words.

    >>> span(720), span(5400), span(200_000)
    ('12 minutes', '1 hour 30 minutes', '2 days 7 hours')
    """
    minutes = int(seconds // 60)
    if minutes < 1:
        return "less than a minute"
    parts = (("day", minutes // 1440), ("hour", minutes % 1440 // 60), ("minute", minutes % 60))
    words = [f"{n} {unit}{'s' if n != 1 else ''}" for unit, n in parts if n]
    return " ".join(words[:2])


def _filed(facts: Facts, alert: Alert) -> Told:
    entry = facts["entries"][0]
    headline = entry["headline"]
    if facts.get("after_gap"):
        headline = f"Found after a gap: {headline}"
    return Told(
        subject=_subject(facts, headline),
        headline=headline,
        paragraphs=_text_of(entry),
        items=_entry_items(facts),
        rows=_entry_rows(facts, alert),
        why=_why(facts),
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
    if first["field"] == "same_as":
        what = "told twice, one filing"
    changes = tuple(_change_words(change) for change in facts["changes"])
    return Told(
        subject=_subject(facts, f"{headline} ({what})"),
        headline=f"{headline} ({what})",
        paragraphs=("This amends an entry that you were told of before.", *changes),
        items=_entry_items(facts),
        rows=_entry_rows(facts, alert),
        why=_why(facts),
    )


def _change_words(change: Mapping[str, str]) -> str:
    if change["kind"] == "entry_withdrawn":
        return (
            "The court's feed showed this entry and does not any more, though it still shows older "
            "ones. It may have been sealed, corrected, or entered in error; we keep what we saw."
        )
    before, after = (_clip(change[name].replace("\n", " | ")) for name in ("before", "after"))
    if change["kind"] == "text_filled_in":
        return after
    if change["field"] == "same_as":
        return f"It was kept as a second entry ({after}) until now: both are this one filing."
    if change["field"] == "text":
        changed = _clip(word_diff(change["before"], change["after"]))
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
            f"{day(entry['date_filed']) or 'no date'}: {_numbered(entry)}{entry['headline']}",
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
        subject=_subject(facts, "now watching"),
        headline=f"Now watching {where}",
        paragraphs=(said,),
        items=latest,
        rows=(("Read by", facts["source"]["name"]),),
        why=_why(facts),
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
        subject=_subject(facts, headline[0].lower() + headline[1:]),
        headline=headline,
        paragraphs=(said, facts["coverage"]),
        rows=(("Read by", facts["source"]["name"]),),
        why=_why(facts),
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
        subject=_subject(facts, headline),
        headline=headline,
        paragraphs=(said,),
        rows=(("Docket", _docket_words(facts)), ("Read by", facts["source"]["name"])),
        why=_why(facts),
    )


def _gap(facts: Facts, alert: Alert) -> Told:
    zone = facts["court"]["timezone"]
    start, end = moment(facts["from_at"], zone), moment(facts["until_at"], zone)
    name = facts["source"]["name"]
    return Told(
        subject=f"[docket-monitor] Gap in {name}",
        headline=f"A gap: nothing vouches for {name} between {start} and {end}",
        paragraphs=(
            f"Something may have been filed then that we did not see: {facts['reason']}.",
            "Look at the docket itself if it matters.",
        ),
        rows=(("Dockets", "; ".join(facts["dockets"])),),
        why=_why(facts),
    )


def _gap_closed(facts: Facts, alert: Alert) -> Told:
    zone, found = facts["court"]["timezone"], facts["entry_ids"]
    start, end = moment(facts["from_at"], zone), moment(facts["until_at"], zone)
    said = (
        f"{len(found)} entries of that time were found since: docket-monitor show {found[0]}"
        + (" and others." if len(found) > 1 else ".")
        if found
        else "No entry of that time was found that we had not seen."
    )
    return Told(
        subject=f"[docket-monitor] Gap looked into ({facts['gap_source_id']})",
        headline=f"The gap between {start} and {end} was looked into",
        paragraphs=(
            said,
            f"It was filled in from {facts['source']['name']}; what is not there either, as sealed "
            "filings, stays invisible.",
        ),
        why=_why(facts),
    )


def _away(facts: Facts, alert: Alert) -> Told:
    zone, name, entries = facts["court"]["timezone"], facts["source"]["name"], facts["entries"]
    start, end = moment(facts["since"], zone), moment(facts["until"], zone)
    count = sum(entry["topic"] == "filed" for entry in entries)
    what = f"{count} new {'filing' if count == 1 else 'filings'}" if count else "nothing was filed"
    return Told(
        subject=_subject(facts, f"while we were away: {what}"),
        headline=f"While we were away: {what}",
        paragraphs=(f"{name} was not read between {start} and {end}.", _verdict(facts, zone)),
        items=tuple(_away_item(entry) for entry in entries),
        rows=(("Read by", name),),
        why=_why(facts),
    )


def _verdict(facts: Facts, zone: str) -> str:
    gap = facts["gap"]
    if gap:
        start, end = moment(gap["from_at"], zone), moment(gap["until_at"], zone)
        return (
            f"Something may be missing: nothing vouches for the time between {start} and {end} "
            f"({gap['reason']}). Look at the docket itself if it matters."
        )
    return _WHOLE


def _away_item(entry: Mapping[str, Any]) -> Item:
    what = "amended: " if entry["topic"] == "amended" else ""
    title = f"{day(entry['date_filed']) or 'no date'}: {_numbered(entry)}{what}{entry['headline']}"
    return Item(title, url=entry["url"])


def _health(facts: Facts, alert: Alert) -> Told:
    zone, name = facts["court"]["timezone"], facts["source"]["name"]
    since = moment(facts["since"], zone)
    headline, said = {
        "source_unhealthy": (
            f"{name} cannot be relied on",
            "Until it recovers, its silence does not mean that nothing was filed.",
        ),
        "source_recovered": (
            f"{name} works again",
            f"It was out of order since {since}. {_WHOLE if facts.get('is_whole') else ''}".strip(),
        ),
        "coverage_changed": (f"{name} now carries other entries", "Check what you rely on."),
    }[alert.kind]
    rows = [("Reason", facts["reason"]), ("Since", since)]
    if facts.get("last_good_at"):
        rows.append(("Last good", moment(facts["last_good_at"], zone)))
    rows.append(("Dockets", "; ".join(facts["dockets"]) or "none: it is a news feed"))
    return Told(
        subject=f"[docket-monitor] {headline}",
        headline=headline,
        paragraphs=(said,),
        rows=tuple(rows),
        why=_why(facts),
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
        subject=f"[{facts['case']['label']}] {what}: {_clip(story['title'], 120)}",
        headline=f"In the news: {story['title']}",
        paragraphs=(*((_clip(story["summary"]),) if story["summary"] else ()), said),
        items=(Item("Read it", url=story["url"]),) if story["url"] else (),
        rows=tuple((label, value) for label, value in rows if value),
        why=_why(facts),
    )


def _other(facts: Facts, alert: Alert) -> Told:
    return Told(
        subject=f"[docket-monitor] {facts.get('title', alert.topic)}",
        headline=facts.get("title", alert.topic),
        paragraphs=tuple(facts.get("paragraphs", ())),
        why=_why(facts),
    )


def _subject(facts: Facts, headline: str) -> str:
    place = f"{facts['court']['citation']} {short_number(facts['docket']['number'])}"
    return f"[{facts['case']['label']}] {_clip(headline, 140)} ({place})"


def _text_of(entry: Facts) -> tuple[str, ...]:
    if entry["text"]:
        return (_clip(entry["text"]),)
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


def _numbered(entry: Facts) -> str:
    return f"#{entry['entry_number']} " if entry["entry_number"] else ""


def _why(facts: Facts) -> str:
    return str(facts.get("why", ""))


def _clip(text: str, longest: int = _LONGEST_TEXT) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
