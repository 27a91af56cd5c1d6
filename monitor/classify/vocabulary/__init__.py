"""The words of dockets, as `dockets.txt` lists them: read once, in the order of their weight."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources

from monitor.classify.forms import Form, form_of
from monitor.model.docket import EntryKind

_SECTION = re.compile(r"== (?P<kind>\w+)(?: @(?P<court>\w+))?: (?P<reason>.+)")


def _read() -> Iterator[Form]:
    text = (resources.files(__name__) / "dockets.txt").read_text("utf-8")
    kind, court_id, reason = EntryKind.ADMINISTRATIVE_OTHER, "", ""
    for line in text.splitlines():
        if section := _SECTION.fullmatch(line):
            kind, reason = EntryKind(section["kind"]), section["reason"]
            court_id = section["court"] or ""
        elif line and not line.startswith("#"):
            yield form_of(line, kind, reason, court_id)


def _heaviest_first(forms: Iterable[Form]) -> tuple[Form, ...]:
    return tuple(sorted(forms, key=lambda form: -form.weight))


FORMS: tuple[Form, ...] = tuple(_read())
#: Head -> its forms, the heaviest first.
OF_HEAD: Mapping[str, tuple[Form, ...]] = {
    head: _heaviest_first(form for form in FORMS if head in form.heads)
    for head in dict.fromkeys(head for form in FORMS for head in form.heads)
}
#: Forms that open an entry, the heaviest first.
OPENINGS: tuple[Form, ...] = _heaviest_first(form for form in FORMS if not form.heads)
