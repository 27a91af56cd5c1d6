"""The page on which a message is acknowledged."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.render.template import template


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on it."""

    title: str
    subject: str
    words: str
    has_button: bool


def page_of(page: Page) -> str:
    """The page as HTML: nothing is loaded, nothing runs."""
    return template("acknowledge.html.j2").render(page=page)
