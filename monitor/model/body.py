"""What a source sent, byte for byte: the evidence behind what was read from it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class RawBody:
    """One answer as it came, decompressed, with what its headers said of it."""

    content: bytes = field(repr=False)
    url: str = ""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    #: The server's own clock; None where it did not say.
    served_at: datetime | None = None

    @property
    def hash(self) -> str:
        """SHA-256, which names it: equal bytes are one body."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Keeping:
    """For how long bodies are kept, and how many bytes of them, as they are stored."""

    length: timedelta = timedelta(days=30)
    most_bytes: int = 500_000_000

    @property
    def is_on(self) -> bool:
        return self.length > timedelta() and self.most_bytes > 0
