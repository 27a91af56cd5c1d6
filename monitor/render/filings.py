"""New and amended filings in words, and the first reading of a docket."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from monitor.model.alert import (
    Amended,
    CaseRef,
    DocumentFreed,
    EntrySnapshot,
    Filed,
    FilingAlert,
    NowWatching,
    PaperAlert,
)
from monitor.model.change import (
    DocumentAvailable,
    DocumentSealed,
    EntryChange,
    EntryFiled,
    EntryRevised,
    EntryWithdrawn,
    TextFilledIn,
)
from monitor.model.court import court
from monitor.model.docket import Judgement, Ruling, RulingOn
from monitor.render.message import (
    Item,
    Message,
    clip,
    day,
    docket_words,
    labelled,
    moment,
    numbered,
    place_words,
    short_number,
    span,
    subject_of,
)
from monitor.render.ruled import ruled_words, title_of

#: Of an unchanged run of words in a revised text, so many are shown at either end.
_SHOWN_AROUND = 6
#: So many words are compared, from the first that differs: comparing takes the square of it.
_MOST_COMPARED = 600
_LONGEST_PREHEADER = 140
_LONGEST_TITLE = 70


def words(alert: PaperAlert | NowWatching) -> Message:
    match alert:
        case Filed():
            return _filed(alert)
        case Amended():
            return _amended(alert)
        case DocumentFreed():
            return _freed(alert)
        case NowWatching():
            return _now_watching(alert)
        case _:
            assert_never(alert)


def _filed(alert: Filed) -> Message:
    """A filing that was seen for the first time."""
    entry = alert.entries[0]
    headline, ruled = entry.headline + doubt_words(alert.judgement), subject_words(alert, entry)
    if alert.after_gap:
        headline, ruled = f"Found after a gap: {headline}", f"{ruled} (found after a gap)"
    return Message(
        subject=subject_of(alert.case, entry.docket, ruled),
        headline=headline,
        lead=_lead(alert.case, entry),
        preheader=clip(entry.text, _LONGEST_PREHEADER),
        paragraphs=(text_of(entry),),
        items=tuple(item for one in alert.entries for item in _entry_items(one)),
        rows=_rows(entry, alert.judgement, alert.source.name),
        why=alert.why,
    )


def _amended(alert: Amended) -> Message:
    """A filing whose words changed."""
    doubt = doubt_words(alert.judgement)
    headline = f"{alert.entry.headline}{doubt} ({what_changed(alert)})"
    ruled = f"{subject_words(alert, alert.entry)} ({what_changed(alert)})"
    return Message(
        subject=subject_of(alert.case, alert.entry.docket, ruled),
        headline=headline,
        lead=_lead(alert.case, alert.entry),
        preheader=clip(alert.entry.text, _LONGEST_PREHEADER),
        paragraphs=(
            "This amends an entry that was told before."
            if alert.amends
            else "This amends an entry that stood there when its watch began.",
            *(_change_words(change) for change in alert.changes),
        ),
        items=_entry_items(alert.entry),
        rows=_rows(alert.entry, alert.judgement, alert.source.name),
        why=alert.why,
    )


def _freed(alert: DocumentFreed) -> Message:
    """The paper itself can be read now."""
    ruled = ruled_words(alert.entry, alert.judgement) if alert.entry.text else ""
    what = ruled or alert.entry.headline
    return Message(
        subject=subject_of(alert.case, alert.entry.docket, f"Free to read: {what}"),
        headline=f"Free to read: {alert.entry.headline}",
        lead=_lead(alert.case, alert.entry),
        preheader=clip(alert.entry.text, _LONGEST_PREHEADER),
        paragraphs=(text_of(alert.entry),),
        items=(Item("The document", url=alert.url),),
        rows=_rows(alert.entry, alert.judgement, alert.source.name),
        why=alert.why,
    )


def subject_words(alert: FilingAlert, entry: EntrySnapshot) -> str:
    """What was ruled, first; else what the paper is called."""
    ruled = ruled_words(entry, alert.judgement) if entry.text else ""
    return (ruled or entry.headline) + doubt_words(alert.judgement)


def _lead(case: CaseRef, entry: EntrySnapshot) -> str:
    """Who, when, and where: in one line below the headline."""
    filed = day(entry.date_filed)
    where = f"{case.label}, {short_number(entry.docket.docket_number)}"
    return f"{court(entry.docket.court_id).name}{f', {filed}' if filed else ''}: {where}."


def _now_watching(alert: NowWatching) -> Message:
    """A docket that is watched from now on, with its latest entries."""
    where = place_words(alert.docket.court_id, alert.docket.docket_number)
    said = (
        "These are its latest entries; from now on you are told what is new."
        if alert.entries
        else "Its source shows no entry of it today; from now on you are told what is new."
    )
    return Message(
        subject=subject_of(alert.case, alert.docket, "now watching"),
        headline=f"Now watching {where}",
        paragraphs=(said,),
        items=tuple(Item(dated_title(entry), url=entry.first_url) for entry in alert.entries),
        rows=(("Read by", alert.source.name),),
        why=alert.why,
    )


def dated_title(entry: EntrySnapshot, what: str = "") -> str:
    """An entry in one line, with its day."""
    filed = day(entry.date_filed) or "no date"
    return f"{filed}: {numbered(entry.entry_number)}{what}{entry.headline}"


def text_of(entry: EntrySnapshot) -> str:
    """What an entry says, or that this is not known."""
    if entry.text:
        return clip(entry.text)
    return (
        "The court's feed gives only this short name; it does not say what was decided. "
        "Read the entry itself."
    )


# --- what changed ---


def what_changed(alert: Amended) -> str:
    """A change in a few words, for a subject."""
    revised = [c.field for c in alert.changes if isinstance(c, EntryRevised)]
    # Where it stands now, not where it stood on the way.
    for change in reversed(alert.changes):
        if isinstance(change, EntryWithdrawn):
            return "withdrawn from the feed"
        if isinstance(change, EntryRevised) and change.field == "is_withdrawn":
            return "shown again"
    if "same_as" in revised:
        return "told twice, one filing"
    if any(isinstance(change, TextFilledIn) for change in alert.changes):
        is_known = alert.judgement.ruling is not Ruling.NONE
        return "ruling now known" if is_known else "text now known"
    return "changed"


def _change_words(change: EntryChange) -> str:
    match change:
        case EntryWithdrawn():
            return (
                "It was shown here and is not any more, though what stood beside it is. It may "
                "have been sealed, corrected, or entered in error; we keep what we saw."
            )
        case TextFilledIn():
            return clip(_one_line(change.after))
        case EntryRevised():
            return _revision_words(change)
        case DocumentAvailable():
            return f"Its document can be read: {change.after}"
        case DocumentSealed():
            return "Its document was sealed."
        case EntryFiled():
            return "It was filed."
        case _:
            assert_never(change)


def _revision_words(change: EntryRevised) -> str:
    before, after = (clip(_one_line(words)) for words in (change.before, change.after))
    match change.field:
        case "is_withdrawn":
            return "It had gone from where we read it, and is shown again."
        case "same_as":
            return f"It was kept as a second entry ({after}) until now: both are this one filing."
        case "text":
            changed = clip(word_diff(change.before, change.after))
            return f"Text, [-taken out-] and {{+put in+}}: {changed}"
        case "event_names":
            return f"Event: it said “{before}” and now says “{after}”."
        case _:
            return f"{change.field}: it said “{before}” and now says “{after}”."


def _one_line(words: str) -> str:
    return words.replace("\n", " | ")


def word_diff(before: str, after: str) -> str:
    """Which words of a text changed, with a few around them.

    >>> word_diff("the motion is denied today", "the motion is granted today")
    'the motion is [-denied-] {+granted+} today'
    """
    old, new = before.split(), after.split()
    same = _same_beginning(old, new)
    said = [*_shortened(old[:same])]
    old, new = old[same : same + _MOST_COMPARED], new[same : same + _MOST_COMPARED]
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if what == "equal":
            said += _shortened(old[a:b])
            continue
        said += [f"[-{' '.join(old[a:b])}-]"] if b > a else []
        said += [f"{{+{' '.join(new[c:d])}+}}"] if d > c else []
    return " ".join(said)


def _same_beginning(old: Sequence[str], new: Sequence[str]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(old), len(new)))


def _shortened(words: Sequence[str]) -> Sequence[str]:
    if len(words) <= 2 * _SHOWN_AROUND:
        return words
    return [*words[:_SHOWN_AROUND], "…", *words[-_SHOWN_AROUND:]]


# --- what is known of an entry ---


def _entry_items(entry: EntrySnapshot) -> tuple[Item, ...]:
    """An entry with its links: first the one that costs nothing."""
    events = " | ".join(entry.event_names)
    lines = (f"Events: {events}",) if len(entry.event_names) > 1 else ()
    number = f"entry {entry.entry_number}" if entry.entry_number else "unnumbered entry"
    sealed = ("Its paper is sealed: nobody but the court and the parties can read it.",)
    lines = (*lines, *(sealed if entry.is_sealed else ()))
    first = Item(f"{docket_words(entry.docket)}, {number}", lines, entry.first_url)
    if not entry.free_url or not entry.url:
        return (first,)
    first = replace(first, title=f"{first.title} (free)")
    return first, Item("The court's own record (PACER: needs a login, and may cost)", url=entry.url)


def _rows(entry: EntrySnapshot, judgement: Judgement, seen_by: str) -> tuple[tuple[str, str], ...]:
    known = court(entry.docket.court_id)
    seen = f"{seen_by}, {moment(entry.first_seen_at, known.timezone)}{_delay(entry)}"
    return labelled(
        ("Court", known.name),
        ("Filed", day(entry.date_filed)),
        ("Entered", moment(entry.published_at, known.timezone)),
        ("Seen by", seen),
        ("Kind", f"{kind_words(judgement)}, because of {judgement.reason}"),
        *(("Ruling", words) for words in ruling_lines(judgement, entry.text)),
    )


def kind_words(judgement: Judgement) -> str:
    kind = judgement.kind.value.replace("_", " ")
    return f"{kind}, but {doubt_words(judgement)[2:-1]}: read it" if judgement.may_be else kind


def doubt_words(judgement: Judgement) -> str:
    """What an entry may be besides, as it stands behind a headline; empty where that is sure.

    "Preliminary Injunction (may be an order)".
    """
    if not judgement.may_be:
        return ""
    kinds = (kind.value.replace("_", " ") for kind in judgement.may_be)
    return f" (may be {' or '.join(f'{_article(kind)} {kind}' for kind in kinds)})"


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def ruling_words(judgement: Judgement, text: str = "") -> str:
    """What the court did to each thing, with the words that say so; empty where it is not said."""
    if judgement.ruling is Ruling.NONE:
        return ""
    return "; ".join(ruling_lines(judgement, text))


def ruling_lines(judgement: Judgement, text: str = "") -> tuple[str, ...]:
    """One line for each thing that was ruled on; none where no ruling is known.

    What `text` calls the entries that were ruled on stands beside their numbers.
    """
    if judgement.ruling is Ruling.NONE:
        return ()
    if len(judgement.rulings) > 1:
        return tuple(_ruling_on(one, text) for one in judgement.rulings)
    acts_on = f" on {_entry_words(judgement.acts_on, text)}" if judgement.acts_on else ""
    ruling = judgement.ruling.value.replace("_", " ")
    return (f"{ruling}{acts_on}, because of “{judgement.ruling_reason}”",)


def _entry_words(number: str, text: str) -> str:
    title = title_of(number, text)
    return f"entry {number}{f' ({clip(title, _LONGEST_TITLE)})' if title else ''}"


def _ruling_on(one: RulingOn, text: str) -> str:
    on = _entry_words(one.on, text) if one.on[:1].isdigit() else one.on
    about = f" on {on}" if on else ""
    return f"{one.ruling.value.replace('_', ' ')}{about} (“{one.words}”)"


def _delay(entry: EntrySnapshot) -> str:
    if entry.published_at is None:
        return ""
    late = (entry.first_seen_at - entry.published_at).total_seconds()
    return f", {span(late)} after it was entered" if late >= 0 else ""
