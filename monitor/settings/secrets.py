"""Secrets come from the environment or from files, never from the configuration or the logs."""

from __future__ import annotations

import os
from pathlib import Path

from monitor.fields import SecretAt


class SecretMissing(Exception):
    """A secret is not where the configuration says. The message says where that is."""


def read_secret(at: SecretAt, base: Path) -> str:
    """The secret's text, without the line end of its file.

    Raises SecretMissing where it is not there. A relative file is looked for beside `base`.
    """
    if at.env:
        value = os.environ.get(at.env, "")
        if not value:
            raise SecretMissing(f"the environment variable {at.env} is not set")
        return value
    path = _path(at, base)
    try:
        value = path.read_text("utf-8").strip()
    except (OSError, UnicodeError) as exc:
        raise SecretMissing(f"{path} cannot be read: {getattr(exc, 'strerror', exc)}") from exc
    if not value:
        raise SecretMissing(f"{path} is empty")
    return value


def _path(at: SecretAt, base: Path) -> Path:
    if at.file:
        return base / Path(at.file).expanduser()
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    if not folder:
        raise SecretMissing(
            f"credential {at.credential}: systemd gave no credentials (LoadCredential= in the unit)"
        )
    return Path(folder) / at.credential
