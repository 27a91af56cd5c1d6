"""The listener that a configuration asks for, joined with the app that it speaks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.routing import BaseRoute

from monitor.app import App
from monitor.build import make_links
from monitor.deliver.links import Purpose
from monitor.listen.acknowledge import Acknowledging
from monitor.listen.health import Health, Question
from monitor.listen.inbox import Inbox
from monitor.listen.metrics import Metrics
from monitor.listen.preferences import Preferences
from monitor.listen.receiver import Receiver
from monitor.listen.server import Listener
from monitor.listen.signed import SignedPages
from monitor.listen.site import make_receiver, make_site
from monitor.settings.listening import ListenConfig
from monitor.settings.plan import PUSHED_SOURCE
from monitor.settings.telling import may_answer


@dataclass(frozen=True, slots=True)
class Listening:
    """The listener and what is closed with it."""

    listener: Listener
    inbox: Inbox

    async def stop(self) -> None:
        await self.listener.stop()
        await self.inbox.close()


async def start_listening(
    app: App,
    config: ListenConfig,
    why_stuck: Question,
    arrived: Callable[[], None],
    more: Sequence[BaseRoute] = (),
) -> Listening:
    """Listen from now on; `more` is found there besides. Raises ListenError where nobody can."""

    async def why_not_ready() -> str:
        await app.in_writer(app.touch)
        return ""

    inbox = Inbox(app.store)
    metrics = Metrics(app.store, app.now) if config.metrics else None
    receiver = _receiver(app, config, inbox, arrived)
    health = Health(why_stuck, why_not_ready)
    site = make_site(health, metrics, receiver, _answers(app), more)
    listening = Listening(Listener(config, site), inbox)
    await listening.listener.start()
    return listening


def _answers(app: App) -> list[SignedPages]:
    """What readers can answer by the links in their messages."""
    links = make_links(app.settings)
    if links is None:
        return []
    preferences = Preferences(app.store, app.now, may_answer(app.settings.config))
    return [
        SignedPages(links, Purpose.ACKNOWLEDGE, Acknowledging(app.store, app.now)),
        SignedPages(links, Purpose.PREFERENCES, preferences),
    ]


def _receiver(
    app: App, config: ListenConfig, inbox: Inbox, arrived: Callable[[], None]
) -> Receiver | None:
    if config.courtlistener is None:
        return None
    secret = app.settings.secrets["listen.courtlistener"]
    return make_receiver(inbox, config.courtlistener, secret, PUSHED_SOURCE, app.now, arrived)
