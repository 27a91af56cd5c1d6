"""What commands print for machines: every typed answer by one codec."""

from __future__ import annotations

import json

import click

from monitor.normalize.text import without_hiding


def json_text(value: object, *, indent: int | None = None) -> str:
    """A typed answer as JSON: dataclasses become objects, moments ISO 8601 with their zone."""
    from pydantic_core import to_json

    return _escaped(to_json(value, indent=indent).decode())


def _escaped(text: str) -> str:
    """The same JSON: what a terminal would obey, or hide, is written by its number."""
    if without_hiding(text) == text:
        return text
    return "".join(one if without_hiding(one) == one else json.dumps(one)[1:-1] for one in text)


def print_json(value: object) -> None:
    """One JSON document."""
    click.echo(json_text(value, indent=2))


def print_json_line(value: object) -> None:
    """One line of JSON Lines."""
    click.echo(json_text(value))
