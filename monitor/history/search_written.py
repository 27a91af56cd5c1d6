"""What somebody looks for, written as it would be typed."""

from __future__ import annotations

from datetime import date, datetime
from typing import assert_never

from monitor.history.search_terms import (
    AllOf,
    AnyOf,
    Condition,
    CourtIs,
    Filed,
    FromSource,
    In,
    IsA,
    KindIs,
    NumberIs,
    OfCase,
    OnDocket,
    Party,
    RulingIs,
    Seen,
    Without,
    Words,
)


def written(condition: Condition) -> str:
    """A condition in the language of search.

    >>> from datetime import UTC
    >>> from monitor.history.search_words import read_query
    >>> said = 'kind:order OR kind:opinion "as moot" -court:dcd party:roe* filed:>=2026-03-01'
    >>> written(read_query(said, datetime(2026, 3, 5, tzinfo=UTC)).wanted)
    'kind:order OR kind:opinion "as moot" -court:dcd party:roe* filed:>=2026-03-01'
    """
    match condition:
        case AllOf(parts):
            return " ".join(map(written, parts))
        case AnyOf(parts):
            return " OR ".join(map(written, parts))
        case Without(part):
            return f"-{written(part)}"
        case Words(text, is_prefix):
            return (text if text.isalnum() else f'"{text}"') + ("*" if is_prefix else "")
        case Party(words):
            return f"party:{written(words)}"
        case KindIs(kind):
            return f"kind:{kind.value}"
        case RulingIs(ruling):
            return f"ruling:{ruling.value}"
        case CourtIs(court_id):
            return f"court:{court_id}"
        case OnDocket(number):
            return f"docket:{number}"
        case OfCase(case_id):
            return f"case:{case_id}"
        case NumberIs(number):
            return f"number:{number}"
        case FromSource(source_id):
            return f"source:{source_id}"
        case Filed(since, until):
            return f"filed:{_days(since, until)}"
        case Seen(since, until):
            return f"seen:{_days(since, until)}"
        case IsA(trait):
            return f"is:{trait.value}"
        case In(place):
            return f"in:{place.value}"
        case _:
            assert_never(condition)


def _days(since: date | datetime | None, until: date | None) -> str:
    if since and until:
        return f"{since.isoformat()}..{until.isoformat()}"
    return f">={since.isoformat()}" if since else f"<={until.isoformat()}" if until else ""
