"""Where a hearing is, if its entry says so."""

from __future__ import annotations

from monitor.stated import cues
from monitor.stated.around import Around


def place_of(around: Around) -> tuple[str, int]:
    """The place in the text's words, or ""; and where the words end that say so."""
    end = around.written.end
    found = cues.PLACE.match(around.rest) or cues.BARE_PLACE.match(around.rest)
    if found is not None:
        where = cues.PLACE_ENDS.split(found["place"], maxsplit=1)[0].rstrip(" ,.")
        return where, end + found.start("place") + len(where)
    wire = cues.BY_WIRE.search(around.before) or cues.BY_WIRE.match(around.behind)
    return (wire[0].strip(" ,"), end) if wire else ("", end)
