"""The templates of messages and pages: escaped, and strict about what they are given."""

from __future__ import annotations

import functools
from importlib import resources
from typing import TYPE_CHECKING

from monitor.normalize.text import without_hiding

if TYPE_CHECKING:
    import jinja2


@functools.cache
def template(name: str) -> jinja2.Template:
    """The template of a message. jinja2 is loaded at the first use only."""
    return templates("monitor.render").get_template(name)


@functools.cache
def templates(package: str) -> jinja2.Environment:
    """The templates of a package: in its folder `templates`."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: _source(package, name)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=package != "monitor.render",
        lstrip_blocks=package != "monitor.render",
        finalize=_without_hiding,
    )


def _source(package: str, name: str) -> str:
    return resources.files(package).joinpath("templates", name).read_text("utf-8")


def _without_hiding(value: object) -> object:
    """Signs that hide or turn round what stands beside them reach no page."""
    is_text = isinstance(value, str) and not hasattr(value, "__html__")
    return without_hiding(str(value)) if is_text else value
