"""What silence is worth, in words: gaps, time away, sick sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monitor.model.alert import Alert
from monitor.render.message import Facts, Item, Told, day, moment, numbered, subject_of, why_of

_WHOLE = "What it shows now joins what it showed before: nothing is missing that it carries."


def gap_words(facts: Facts, alert: Alert) -> Told:
    """A hole was found."""
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
        why=why_of(facts),
    )


def gap_closed_words(facts: Facts, alert: Alert) -> Told:
    """A hole was looked into."""
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
        why=why_of(facts),
    )


def away_words(facts: Facts, alert: Alert) -> Told:
    """What came in while a source was not read."""
    zone, name, entries = facts["court"]["timezone"], facts["source"]["name"], facts["entries"]
    start, end = moment(facts["since"], zone), moment(facts["until"], zone)
    count = sum(entry["topic"] == "filed" for entry in entries)
    what = f"{count} new {'filing' if count == 1 else 'filings'}" if count else "nothing was filed"
    return Told(
        subject=subject_of(facts, f"while we were away: {what}"),
        headline=f"While we were away: {what}",
        paragraphs=(f"{name} was not read between {start} and {end}.", _verdict(facts, zone)),
        items=tuple(_away_item(entry) for entry in entries),
        rows=(("Read by", name),),
        why=why_of(facts),
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
    title = f"{day(entry['date_filed']) or 'no date'}: {numbered(entry)}{what}{entry['headline']}"
    return Item(title, url=entry["url"])


def health_words(facts: Facts, alert: Alert) -> Told:
    """A source cannot be relied on, or can again."""
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
        why=why_of(facts),
    )
