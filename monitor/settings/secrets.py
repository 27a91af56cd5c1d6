"""Secrets come from the environment or from files, never from the configuration or the logs."""

from __future__ import annotations

import os
from pathlib import Path

from monitor.fields import SecretAt

#: The folder beside the configuration from which the unit gives credentials to the service.
FOLDER = "secrets"


class SecretMissing(Exception):
    """A secret is not where the configuration says. The message says where that is.

    `is_elsewhere`: the service gets it from systemd, and may well have it.
    """

    def __init__(self, message: str, *, is_elsewhere: bool = False) -> None:
        super().__init__(message)
        self.is_elsewhere = is_elsewhere


def read_secret(at: SecretAt, base: Path) -> str:
    """The secret's text, without the line end of its file.

    Raises SecretMissing where it is not there. A relative file is looked for beside `base`.
    """
    if at.env:
        value = os.environ.get(at.env, "")
        if not value:
            raise SecretMissing(f"the environment variable {at.env} is not set")
        return value
    if at.file:
        return _read(base / Path(at.file).expanduser())
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    if folder:
        return _read(Path(folder) / at.credential)
    try:
        # In a shell there is no systemd: look where it takes them from.
        return _read(base / FOLDER / at.credential)
    except SecretMissing as exc:
        raise SecretMissing(
            f"credential {at.credential}: systemd gives it to the service only (LoadCredential= in "
            f"the unit), and {exc}",
            is_elsewhere=True,
        ) from exc


def _read(path: Path) -> str:
    try:
        value = path.read_text("utf-8").strip()
    except UnicodeError as exc:
        raise SecretMissing(f"{path} cannot be read: it is not UTF-8") from exc
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or "no file has such a name"
        raise SecretMissing(f"{path} cannot be read: {reason}") from exc
    if not value:
        raise SecretMissing(f"{path} is empty")
    return value
