"""What commands print for machines: every typed answer by one codec."""

from __future__ import annotations

import click


def json_text(value: object, *, indent: int | None = None) -> str:
    """A typed answer as JSON: dataclasses become objects, moments ISO 8601 with their zone."""
    from pydantic_core import to_json

    return to_json(value, indent=indent).decode()


def print_json(value: object) -> None:
    """One JSON document."""
    click.echo(json_text(value, indent=2))


def print_json_line(value: object) -> None:
    """One line of JSON Lines."""
    click.echo(json_text(value))
