"""The page on which a message is acknowledged."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on it."""

    title: str
    subject: str
    words: str
    has_button: bool


def page_of(page: Page) -> str:
    """The page as HTML: nothing is loaded, nothing runs."""
    return _template().render(page=page)


@functools.cache
def _template() -> jinja2.Template:
    import jinja2

    place = resources.files("monitor.render").joinpath("templates/acknowledge.html.j2")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(place.read_text("utf-8"))
