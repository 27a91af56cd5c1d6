"""What commands print for machines."""

from __future__ import annotations

import sys

import click

from monitor.show.json_out import json_text


def print_json(value: object) -> None:
    """One JSON document."""
    click.echo(json_text(value, indent=2, encoding=_encoding()))


def print_json_line(value: object) -> None:
    """One line of JSON Lines."""
    click.echo(json_text(value, encoding=_encoding()))


def _encoding() -> str:
    return getattr(sys.stdout, "encoding", None) or "utf-8"
