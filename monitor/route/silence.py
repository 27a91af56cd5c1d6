"""What silences do to a routing: they put off, and take nothing away.

An act of a court under a silence stands in the next daily digest; anything else waits for the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time

from monitor.model.alert import Alert, PaperAlert
from monitor.model.docket import COURT_ACTS
from monitor.model.silence import Silence
from monitor.model.subjects import SubjectKind, cases_of, kind_of, subjects_of
from monitor.model.timing import Every, Pace
from monitor.route.rules import Lead, Routing

_NEXT_MORNING = Pace(Every.DAY, at=time(8))


def under_silences(routing: Routing, silences: Sequence[Silence], now: datetime) -> Routing:
    """The same recipients, told later where a silence is about the alert."""
    leads: Mapping[str, Lead] = {
        recipient: _put_off(lead, routing.alert, recipient, silences, now)
        for recipient, lead in routing.leads.items()
    }
    return replace(routing, leads=leads)


def _put_off(
    lead: Lead, alert: Alert, recipient: str, silences: Sequence[Silence], now: datetime
) -> Lead:
    silence = next((one for one in silences if mutes(one, alert, recipient)), None)
    if silence is None:
        return lead
    is_act = isinstance(alert, PaperAlert) and bool(alert.judgement.kinds & COURT_ACTS)
    pace = _NEXT_MORNING if is_act else Pace(Every.SILENCE, window=silence.until - now)
    # Put off, and not taken back: somebody is still to take it up.
    return Lead(f"{lead.path} ({silence.mark})", pace, False, lead.escalation)


def mutes(silence: Silence, alert: Alert, recipient: str) -> bool:
    """Whether a silence is about this alert for this recipient."""
    if not silence.is_for(recipient):
        return False
    if silence.topics and alert.topic not in silence.topics:
        return False
    if silence.kinds and kind_of(alert) not in silence.kinds:
        return False
    # What concerns other cases as well is not muted for them.
    if silence.case_id and cases_of(alert) != {silence.case_id}:
        return False
    return not silence.docket_id or _dockets(alert) == {silence.docket_id}


def covers(silence: Silence, other: Silence) -> bool:
    """Whether all that another one mutes is muted by this one."""
    return silence.is_for(other.recipient) and all(
        not mine or mine == theirs
        for mine, theirs in (
            (silence.case_id, other.case_id),
            (silence.docket_id, other.docket_id),
            (silence.kinds, other.kinds),
            (silence.topics, other.topics),
        )
    )


def _dockets(alert: Alert) -> set[str]:
    found = (one for one in subjects_of(alert) if one.kind is SubjectKind.DOCKET)
    return {one.subject_id for one in found}


def silence_words(silence: Silence) -> str:
    """What is muted, in words."""
    parts = [
        f"the case {silence.case_id}" if silence.case_id else "",
        f"the docket {silence.docket_id}" if silence.docket_id else "",
        f"filings of the kind {' or '.join(silence.kinds)}" if silence.kinds else "",
        f"the topic {' or '.join(silence.topics)}" if silence.topics else "",
    ]
    about = ", ".join(filter(None, parts)) or "everything"
    return f"{about} for {silence.recipient or 'everybody'}"
