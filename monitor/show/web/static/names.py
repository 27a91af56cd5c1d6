"""What the files of a site are called: nothing that a court or a user wrote reaches a file name."""

from __future__ import annotations

import hashlib
import re

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
#: Names of this form are kept for those that are no file names.
_MADE = re.compile(r"x-[0-9a-f]{16}")


def file_name(name: str) -> str:
    """A name that is no path: itself where it is harmless, else a digest of it.

    >>> file_name("ctr-v-irs"), file_name("../Etc")
    ('ctr-v-irs', 'x-5cbde8bb5a28f770')
    """
    if _NAME.fullmatch(name) and not _MADE.fullmatch(name):
        return name
    return f"x-{hashlib.blake2b(name.encode('utf-8', 'replace'), digest_size=8).hexdigest()}"


def entry_name(entry_id: str) -> str:
    """Below `entries/`."""
    return f"{file_name(entry_id)}.html"


def case_name(case_id: str) -> str:
    """Below `cases/`."""
    return f"{file_name(case_id)}.html"


def numbered_name(case_id: str, number: int, suffix: str = "html") -> str:
    """Below `sheets/` or `search/`; no number holds a hyphen, so no two of them are one."""
    return f"{file_name(case_id)}-{number}.{suffix}"
