"""Builds a site: what changed since the last build, and nothing else.

The order keeps every link good at every moment: what is new comes before what leads to it, the
start page last; what is gone is removed at the end.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath

from monitor import __version__
from monitor.errors import UsageError
from monitor.history.coverage import Visible, visible
from monitor.history.published import PublishedCase
from monitor.history.published_since import last_changed, marks
from monitor.history.publishing import coverage_of, labels, published
from monitor.history.record import check_case, reading
from monitor.ports import Clock
from monitor.show.web.static.feed import atom_file, ics_file
from monitor.show.web.static.files import SiteFolder, digest
from monitor.show.web.static.names import case_name, entry_name, file_name, numbered_name
from monitor.show.web.static.pages import (
    EntryPageAnswer,
    Site,
    SiteCard,
    card_of,
    case_page,
    coverage_page,
    entry_page,
    html_file,
    json_file,
    related,
    search_page,
    sheet_page,
    start_page,
)
from monitor.show.web.static.search import pieces
from monitor.show.web.static.sheets import sheets_of
from monitor.show.web.view import Page
from monitor.store.database import SqlStore

#: What stands beside the pages, as it is.
_BESIDE = {"style.css": "style.css", "icon.svg": "icon.svg", "search.js": "static/search.js"}
_COMMON = (
    *("index.html", "index.json", "search.html", "search.json", "coverage.html", "coverage.json"),
    *_BESIDE,
)


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What a build did. `is_whole` is false for one that was told to stop."""

    folder: str
    cases: tuple[str, ...]
    entries: int
    files: int
    written: int
    removed: int
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class _Built:
    """A case as it was built last."""

    mark: str
    card: SiteCard
    entries: int
    names: tuple[str, ...]
    pieces: tuple[str, ...]


class _Stopped(Exception):
    """Somebody wants the build to end before it is done."""


@dataclass(slots=True)
class StaticSite:
    """The pages of some cases in a folder. Blocking; asked again, it writes what changed since."""

    store: SqlStore
    files: SiteFolder
    title: str
    #: Where the folder is served; empty: the feeds do not say where they are.
    url: str
    #: Empty for all that are watched.
    cases: Sequence[str]
    now: Clock
    #: Called with one for each entry that is done.
    progress: Callable[[int], None] = lambda _count: None
    _is_stopping: Callable[[], bool] = lambda: False
    _last: str = ""
    _built: dict[str, _Built] = field(default_factory=dict)

    def build(self, is_stopping: Callable[[], bool] = lambda: False) -> SiteReport:
        """Write what changed. Raises UsageError, StoreError; what stood there works on."""
        now, self._is_stopping = self.now(), is_stopping
        self.files.written = self.files.removed = 0
        with reading(self.store) as record:
            named = {one: label for one, label in labels(record).items() if self._is_wanted(one)}
            for case_id in self.cases:
                check_case(record, case_id)
                if case_id not in named:
                    raise UsageError(f"{case_id} is not watched any more: there is nothing to show")
            seen = [one for one in visible(record) if one.watch.case_id in named]
            last = last_changed(record, seen, now)
            if last == self._last:
                return self._report(named, is_whole=True)
            found = marks(record, seen, now)
        with self.files.opened():
            try:
                self._write(named, found, seen, Site(self.title, self.url, now))
            except _Stopped:
                self.files.save()
                return self._report(named, is_whole=False)
            self.files.finish()
        self._last = last
        return self._report(named, is_whole=True)

    def _is_wanted(self, case_id: str) -> bool:
        return not self.cases or case_id in self.cases

    def _report(self, named: Mapping[str, str], *, is_whole: bool) -> SiteReport:
        return SiteReport(
            folder=str(self.files.folder),
            cases=tuple(named),
            entries=sum(one.entries for one in self._built.values()),
            files=len(self.files.known),
            written=self.files.written,
            removed=self.files.removed,
            is_whole=is_whole,
        )

    def _write(
        self,
        named: Mapping[str, str],
        found: Mapping[str, str],
        seen: Sequence[Visible],
        site: Site,
    ) -> None:
        self.files.claim(_COMMON)
        for name, source in _BESIDE.items():
            self.files.put(name, resources.files("monitor.show.web").joinpath(source).read_bytes())
        for case_id in named:
            built = self._built.get(case_id)
            if built is None or built.mark != found[case_id] or not self.files.keep(built.names):
                self._built[case_id] = self._case(case_id, found[case_id], site)
        self._built = {case_id: self._built[case_id] for case_id in named}
        every = [f"{name}?v={self.files.known[name].key}" for name in self._pieces()]
        self._page("search.html", search_page(named, every), site)
        self._page("coverage.html", coverage_page(coverage_of(seen)), site)
        self._page("index.html", start_page([one.card for one in self._built.values()]), site)

    def _pieces(self) -> Iterator[str]:
        for built in self._built.values():
            yield from built.pieces

    def _case(self, case_id: str, mark: str, site: Site) -> _Built:
        """Every file of a case."""
        with reading(self.store) as record:
            case = published(record, case_id, site.now)
        name, sheets = file_name(case_id), sheets_of(case.entries)
        answers = list(related(case.entries))
        found = dict(enumerate(pieces(case_id, case.board.case_label, case.entries), 1))
        parts = [f"search/{numbered_name(case_id, number, 'js')}" for number in found]
        pages = [f"sheets/{numbered_name(case_id, n + 1)}" for n in range(len(sheets.closed))]
        own = [f"entries/{entry_name(one.entry.entry_id)}" for one in answers]
        pages += [f"cases/{case_name(case_id)}", *own]
        more = [f"feeds/{name}.atom", f"calendars/{name}.ics"]
        names = [*parts, *more, *pages, *(_beside(page) for page in pages)]
        self.files.claim(names)
        self._entries(answers, case, site)
        for part, content in zip(parts, found.values(), strict=True):
            self.files.put(part, content)
        for place, content in zip(more, (atom_file(case, site), ics_file(case)), strict=True):
            self.files.put(place, content)
        for number in range(1, len(sheets.closed) + 1):
            page = sheet_page(case, sheets, number)
            is_last = number == len(sheets.closed)
            self._page(pages[number - 1], page, site, case.board.case_label, str(is_last))
        self._page(f"cases/{case_name(case_id)}", case_page(case, sheets, site.now), site)
        return _Built(mark, card_of(case), len(case.entries), tuple(names), tuple(parts))

    def _entries(self, answers: Iterable[EntryPageAnswer], case: PublishedCase, site: Site) -> None:
        """The pages of entries: new ones first, for others lead to them."""
        board, known = case.board, self.files.known

        def is_old(answer: EntryPageAnswer) -> bool:
            return known[f"entries/{entry_name(answer.entry.entry_id)}"].size > 0

        for answer in sorted(answers, key=is_old):
            if self._is_stopping():
                raise _Stopped
            name = f"entries/{entry_name(answer.entry.entry_id)}"
            if name in self.files.kept:
                continue  # of another case, which has the same docket
            self._page(name, entry_page(answer, board), site, board.case_id, board.case_label)
            self.progress(1)

    def _page(self, name: str, page: Page, site: Site, *more: str) -> None:
        """A page and its JSON. With `more`, what else it shows: then it is made only if need be."""
        text, beside = json_file(page), _beside(name)
        made_of = (text, site.title.encode(), _program(), *(one.encode() for one in more))
        key = digest(*made_of) if more else ""
        if key and self.files.has(name, key) and self.files.has(beside, key):
            return
        self.files.put(beside, text, key)
        self.files.put(name, html_file(page, name, site), key)


def _beside(name: str) -> str:
    return str(PurePosixPath(name).with_suffix(".json"))


@functools.cache
def _program() -> bytes:
    """Another word whenever pages may be drawn in another way."""
    packages = (resources.files("monitor.show.web"), resources.files("monitor.render"))
    found = (one.read_bytes() for package in packages for one in _sources(package))
    return digest(__version__.encode(), *found).encode()


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for one in sorted(folder.iterdir(), key=lambda found: found.name):
        if one.is_dir() and one.name != "__pycache__":
            yield from _sources(one)
        elif one.name.endswith((".py", ".j2", ".css", ".svg")):
            yield one
