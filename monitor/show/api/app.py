"""The API as an application, found under `/api/v1` beside the pages.

`python -m monitor.show.api.app` prints its description, which stands in docs/openapi.json.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException

from monitor.settings.load import Settings
from monitor.show.api.answering import Answering
from monitor.show.api.endpoints import router
from monitor.show.api.problems import Problem, not_there, unfit

PLACE = "/api/v1"
_SAID = """\
What courts' feeds and CourtListener showed, and how sure that is: the answers of the pages.
Read the docket before you rely on it. Within a version fields are added, never renamed or removed.

Where the pages ask for a login, send `Authorization: Bearer …` (`docket-monitor token add`). The
scope `history` reads what was published, `deliveries` also who is told of it.

Lists end with `next_cursor`; sent as `cursor` it asks for what follows, and is empty at the end.
Every answer has an `ETag`: sent as `If-None-Match` it costs a 304 while nothing changed.
"""


class _Api(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """With the shape of problems, which no endpoint returns by its type."""
        if not self.openapi_schema:
            found = super().openapi()
            shape = TypeAdapter(Problem).json_schema(mode="serialization")
            shapes = found["components"]["schemas"]
            shapes["Problem"] = shape
            _without_time_format(shapes)
            self.openapi_schema = found
        return self.openapi_schema


def _without_time_format(shape: Any) -> None:
    """A time by a court's clock has no offset: what JSON Schema calls a time has one."""
    if isinstance(shape, dict):
        if shape.get("format") == "time":
            del shape["format"]
        for inner in shape.values():
            _without_time_format(inner)
    elif isinstance(shape, list):
        for inner in shape:
            _without_time_format(inner)


def make_api(answering: Answering | None, settings: Settings | None) -> FastAPI:
    """The API over a record; without one it can only be described."""
    api = _Api(
        title="Docket Monitor",
        version="1",
        description=_SAID,
        servers=[{"url": PLACE}],
        root_path_in_servers=False,
        # Pages of the library would load scripts from afar.
        docs_url=None,
        redoc_url=None,
        exception_handlers={RequestValidationError: unfit, HTTPException: not_there},
    )
    api.state.answering, api.state.settings = answering, settings
    api.include_router(router)
    return api


if __name__ == "__main__":
    json.dump(make_api(None, None).openapi(), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")
