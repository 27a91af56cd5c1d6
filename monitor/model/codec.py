"""Between alerts and JSON: the one place, used for the column and for the schema.

pydantic is loaded at the first use only; commands that show no alert do without it.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Annotated, Any

from monitor.model.alert import Alert

if TYPE_CHECKING:
    from pydantic import TypeAdapter

#: What JSON can spell; opaque to everybody but the two functions below.
Json = Any


def dump_alert(alert: Alert) -> Json:
    """An alert as JSON values, in which `load_alert` finds the same alert."""
    return _alerts().dump_python(alert, mode="json")


def load_alert(raw: Json) -> Alert:
    """The alert that these JSON values spell. Raises pydantic's ValidationError for others."""
    return _alerts().validate_python(raw, strict=False)


@functools.cache
def _alerts() -> TypeAdapter[Alert]:
    from pydantic import Field, TypeAdapter

    return TypeAdapter(Annotated[Alert, Field(discriminator="topic")])
