"""Passwords and tokens: how they are made, and how one is known again by its hash alone."""

from __future__ import annotations

import hashlib
import re
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from monitor.errors import UsageError

_SHORTEST, _LONGEST = 12, 1_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,60}")
#: By it a token is known for what it is, should it ever stand where it does not belong.
TOKEN_PREFIX = "dm_"  # noqa: S105


def check_password(password: str) -> None:
    """Raises UsageError for one that can be guessed by trying, or that no form can send."""
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise UsageError(f"a password has from {_SHORTEST} to {_LONGEST:,} letters: four words do")
    if not password.isprintable():
        raise UsageError("the password holds signs that cannot be typed")


def password_hash(password: str) -> str:
    """Argon2id, with what its library holds for strong enough. Slow, and 64 MiB, by intention."""
    return PasswordHasher().hash(password)


def is_password(stored: str | None, password: str) -> bool:
    """Whether this is the password. For nobody's hash it takes as long, and is not."""
    try:
        PasswordHasher().verify(stored or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


@cache
def _nobodys() -> str:
    return password_hash(secrets.token_urlsafe(16))


def make_token() -> str:
    """256 bits by chance: nobody guesses it, so its hash need not be slow."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def is_name(name: str) -> bool:
    """Whether a reader or a token may be called so."""
    return bool(_NAME.fullmatch(name))


def check_name(name: str) -> None:
    """Raises UsageError for a name that cannot be typed into a form or a shell everywhere."""
    if not is_name(name):
        raise UsageError(f"{name!r} is no name: letters of English, digits, and . _ @ - do")
