"""The page behind a link in a message: what it is about, and what its reader can do."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.render.template import template


@dataclass(frozen=True, slots=True)
class Button:
    """What can be done: `action` is posted, `words` stand on it."""

    action: str
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on it."""

    title: str
    subject: str
    words: str
    buttons: tuple[Button, ...] = ()


def page_of(page: Page) -> str:
    """The page as HTML: nothing is loaded, nothing runs."""
    return template("answer.html.j2").render(page=page)
