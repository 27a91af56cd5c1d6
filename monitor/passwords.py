"""URLs, and words in which URLs stand, as they may be printed and logged: without passwords."""

from __future__ import annotations

import re

#: User and password in a URL amid other words. A port and an @ in the path behind it are neither;
#: the lengths are bounded because fetched text is searched, too.
_USERINFO = re.compile(
    r"(?<=://)(?:[^\s/@:?#]{0,200}:(?!\d{1,5}(?:[/?#\s]|$))\S{0,400}|[^\s/@:?#]{1,200})@"
)
#: The value of a key that names a secret, in the query of a URL.
_SECRET_VALUE = re.compile(
    r"(?i)\b((?:ssl|access_|auth_)?(?:password|passwd|pwd|secret|token|api_?key)=)[^&\s]+"
)


def without_password(url: str) -> str:
    """A URL as it may be printed, however it is written: without user and password."""
    if url.startswith("sqlite"):
        return url  # a path: it has neither, and may hold an @
    hidden = re.sub(r"^(\w[\w+]*:?//)?.*@", r"\1***@", url, flags=re.DOTALL)
    return _SECRET_VALUE.sub(r"\1***", hidden)


def hide_passwords(text: str) -> str:
    """Words as they may be printed, whatever URLs stand in them.

    >>> hide_passwords("cannot ask https://desk:hunter2@example.org/x?token=hunter2&page=2")
    'cannot ask https://***@example.org/x?token=***&page=2'
    """
    return _SECRET_VALUE.sub(r"\1***", _USERINFO.sub("***@", text))
