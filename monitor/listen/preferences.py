"""The page on which a reader mutes what he knows of, or says that he wants nothing more."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from monitor.channels import leave, tell_muted
from monitor.history.record import reading
from monitor.listen.signed import ONE_CLICK
from monitor.model.channel import OffBy
from monitor.model.delivery import Notification
from monitor.model.silence import Silence
from monitor.model.subjects import case_of, docket_of
from monitor.ports import Clock
from monitor.render.message import moment
from monitor.render.page import Button, Page
from monitor.render.words import message_of
from monitor.route.silence import covers, silence_words
from monitor.store.database import SqlStore
from monitor.store.unit import SqlUnit

_ZONE = "America/New_York"
_LENGTH = timedelta(days=7)
_MUTED = (
    "Of what is muted, a court's acts come with a digest in the morning, and all else when it ends."
)
_STOP = Button("stop", "Send me nothing more, of whatever case")
_AGAIN = Button("again", "Send me alerts again, and what waited")
_UNMUTE = Button("unmute", "End this, and send me what waited")
_BY_LINK = "its reader muted it by the link in a message"
_FOR_MANY = "This address speaks for many: ask whoever runs the monitor."


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the recipient of a message wants. See `signed.Answer`."""

    store: SqlStore
    now: Clock
    #: Recipients who may: a link of an older mail is no right.
    may_answer: frozenset[str]

    def look(self, delivery_id: str) -> Page | None:
        with reading(self.store) as record:
            notification = record.unit.outbox.notification(delivery_id)
            return None if notification is None else self._page(record.unit, notification)

    def take(self, delivery_id: str, action: str) -> Page | None:
        with self.store.begin() as unit:
            notification = unit.outbox.notification(delivery_id)
            if notification is None:
                return None
            if notification.recipient in self.may_answer:
                self._do(unit, notification, action)
            return self._page(unit, notification)

    def _do(self, unit: SqlUnit, notification: Notification, action: str) -> None:
        name, now = notification.recipient, self.now()
        if action in {_STOP.action, ONE_CLICK}:
            leave(unit, name, now)
        if action == _AGAIN.action and unit.channels.switch_on(name, (OffBy.READER,)):
            unit.outbox.wake(name, now)
        silences = self._silences(notification)
        if action == _UNMUTE.action:
            for ours in _by_link(self._muted(unit, silences.values())):
                unit.silences.end(ours, now)
        silence = silences.get(action)
        if silence is not None and not self._muted(unit, [silence]):
            unit.silences.add(silence)
            tell_muted(unit, silence, now)

    def _page(self, unit: SqlUnit, notification: Notification) -> Page:
        subject, name = message_of(notification).subject, notification.recipient
        if name not in self.may_answer:
            return Page("Your alerts", subject, _FOR_MANY)
        off = next((one for one in unit.channels.off() if one.recipient == name), None)
        if off is None:
            return self._page_of_one_on(unit, notification, subject)
        words = f"Nothing more is sent to {name}. What there is to tell is kept, and waits."
        if off.off_by is OffBy.READER:
            return Page("You get nothing more", subject, words, (_AGAIN,))
        return Page("You get nothing more", subject, f"{words} Ask whoever runs the monitor.")

    def _page_of_one_on(self, unit: SqlUnit, notification: Notification, subject: str) -> Page:
        silences = self._silences(notification)
        muted = self._muted(unit, silences.values())
        undo = (_UNMUTE,) if _by_link(muted) else ()
        buttons = (*_mute_buttons({} if muted else silences), *undo)
        words = " ".join([*map(_muted_words, muted), _MUTED if silences else ""]).strip()
        return Page("Your alerts", subject, words, (*buttons, _STOP))

    def _muted(self, unit: SqlUnit, silences: Iterable[Silence]) -> list[Silence]:
        """The silences that already mute all that one of these would."""
        wanted = list(silences)
        found = unit.silences.on(self.now())
        return [one for one in found if any(covers(one, other) for other in wanted)]

    def _silences(self, notification: Notification) -> dict[str, Silence]:
        """What can be muted: button -> the silence that it makes."""
        first = notification.alerts[0].alert
        docket_id, case_id = docket_of(first), case_of(first)
        about = {"mute-docket": {"docket_id": docket_id}, "mute-case": {"case_id": case_id}}
        return {
            action: self._silence(notification.recipient, **what)
            for action, what in about.items()
            if all(what.values())
        }

    def _silence(self, recipient: str, *, docket_id: str = "", case_id: str = "") -> Silence:
        now = self.now()
        return Silence(
            silence_id=f"s-{secrets.token_hex(3)}",
            created_at=now,
            until=now + _LENGTH,
            reason=_BY_LINK,
            recipient=recipient,
            docket_id=docket_id,
            case_id=case_id,
        )


def _by_link(muted: Iterable[Silence]) -> list[Silence]:
    """What a reader muted by such a link, for himself alone."""
    return [one for one in muted if one.recipient and one.reason == _BY_LINK]


def _muted_words(silence: Silence) -> str:
    return f"Muted until {moment(silence.until, _ZONE)}: {silence_words(silence)}."


def _mute_buttons(silences: dict[str, Silence]) -> Iterator[Button]:
    for action, silence in silences.items():
        yield Button(action, f"Mute for {_LENGTH.days} days: {silence_words(silence)}")
