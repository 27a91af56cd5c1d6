"""A file that stands in its place whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from monitor.errors import StoreError, UsageError


def check_place(place: Path, *, force: bool) -> None:
    """Raises UsageError where something is there that is not to be replaced."""
    if place.is_dir():
        raise UsageError(f"{place} is a folder: name a file")
    if os.path.lexists(place) and not force:
        raise UsageError(f"{place} is there already: name another, or replace it with --force")


@contextlib.contextmanager
def placed(place: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """A file to write to, put in its place in one step at the end; nothing is left of a failure.

    Raises UsageError where something is there, StoreError where it cannot be written.
    """
    check_place(place, force=force)
    part = place.with_name(f".{place.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _put(part, place, force=force)
    except OSError as exc:
        raise StoreError(f"{place} cannot be written: {exc.strerror or exc}") from exc
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _put(part: Path, place: Path, *, force: bool) -> None:
    if force:
        part.replace(place)
        return
    try:
        # A link, unlike renaming, never replaces what somebody put there meanwhile.
        os.link(part, place)
    except FileExistsError as exc:
        raise UsageError(f"{place} is there already: name another, or use --force") from exc
