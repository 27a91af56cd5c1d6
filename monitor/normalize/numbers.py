"""Numbers as courts print them."""

from __future__ import annotations

#: What a printed number may be; a larger one is something else, and no database takes it.
LARGEST_INTEGER = 2**31
