"""The templates of messages and pages: escaped, and strict about what they are given."""

from __future__ import annotations

import functools
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2


@functools.cache
def template(name: str) -> jinja2.Template:
    """The template of this name. jinja2 is loaded at the first use only."""
    import jinja2

    source = resources.files("monitor.render").joinpath("templates", name).read_text("utf-8")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(source)
