"""Pages and API of a story, on a server in a thread of its own: for clients that do not await."""

from __future__ import annotations

import asyncio
import dataclasses
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from monitor.fields import SecretAt
from monitor.listen.server import Listener
from monitor.settings.listening import ListenConfig, LoginConfig
from monitor.show.web.site import Pages
from tests.story import Story, telling

#: A login of our own.
LOGIN = LoginConfig(secret=SecretAt(env="X"))


@dataclass(frozen=True, slots=True)
class Served:
    """Where the story is shown; `tell` goes on with it."""

    url: str
    story: Story
    loop: asyncio.AbstractEventLoop

    def tell(self, what: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(what, self.loop).result(60)


@contextmanager
def serving(
    folder: Path,
    database: str,
    begin: Callable[[Story], Coroutine[Any, Any, None]],
    pages_of: Callable[[Story], Pages] | None = None,
    **more: Any,
) -> Iterator[Served]:
    """The story after its beginning, for as long as it is looked at."""
    ready, stop, found, failed = threading.Event(), asyncio.Event(), [], []

    async def serve() -> None:
        async with telling(folder, database, **more) as story:
            await begin(story)
            pages = pages_of(story) if pages_of else _pages(story)
            listener = Listener(pages.settings.config.listen or ListenConfig(port=0), pages.site())
            await listener.start()
            loop = asyncio.get_running_loop()
            found.append(Served(f"http://127.0.0.1:{listener.port}", story, loop))
            ready.set()
            await stop.wait()
            await listener.stop()

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as exc:
            failed.append(exc)
            raise
        finally:
            ready.set()

    thread = threading.Thread(target=run, name="serving", daemon=True)
    thread.start()
    assert ready.wait(120)
    if failed:
        raise RuntimeError("the story could not be served") from failed[0]
    try:
        yield found[0]
    finally:
        found[0].loop.call_soon_threadsafe(stop.set)
        thread.join(30)


def _pages(story: Story) -> Pages:
    return Pages(story.app.store, story.app.settings, lambda: story.now)


def pages_listening(story: Story, **listen: Any) -> Pages:
    """The pages of a story whose configuration listens so."""
    config = ListenConfig(port=0, pages=True, **listen)
    ours = story.app.settings
    settings = dataclasses.replace(
        ours,
        config=ours.config.model_copy(update={"listen": config}),
        secrets={**ours.secrets, "listen.login": "a-path-that-nobody-can-guess"},
    )
    return Pages(story.app.store, settings, lambda: story.now)


@asynccontextmanager
async def asking(story: Story, below: str = "", **listen: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who reaches the pages, or what is below some path of them."""
    pages = pages_listening(story, **listen)
    listener = Listener(pages.settings.config.listen or ListenConfig(), pages.site())
    await listener.start()
    url = f"http://127.0.0.1:{listener.port}"
    try:
        async with httpx.AsyncClient(base_url=url + below, headers={"Origin": url}) as client:
            yield client
    finally:
        await listener.stop()
