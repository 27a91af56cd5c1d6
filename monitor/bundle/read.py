"""Reading another installation's bundle: first all of it is checked, then its rows are values."""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from monitor.bundle.check import check_record
from monitor.bundle.files import Files, lines, pieces
from monitor.bundle.write import FORMAT, VERSION
from monitor.errors import UsageError
from monitor.model.evidence import (
    EvidenceDocket,
    EvidenceEntry,
    EvidencePoll,
    EvidenceSighting,
    EvidenceSource,
    Manifest,
)
from monitor.normalize.text import storable
from monitor.store.chain import BEGINNING

T = TypeVar("T")
_SUM = re.compile(r"([0-9a-f]{64}) [ *](\S{1,80})")
_LINK = re.compile(r"([0-9]{1,18})\t([0-9a-f]{64})")
_ROW = re.compile(rb"([0-9a-f]{64})\t([\x20-\x7e]+)")
#: Of a name: what an index of PostgreSQL takes, with what we write before it.
_LONGEST_NAME = 2_000
_LARGEST, _LARGEST_ATTACHMENT = 2**63 - 1, 2**31 - 1


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A row of their log, as it was hashed."""

    change_id: int
    at: datetime
    kind: str
    source_id: str
    entry_id: str | None
    docket_id: str | None
    detail: dict[str, str]


@dataclass(frozen=True, slots=True)
class LoggedChange:
    hash: str
    row: ChangeRow


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle of which everything was checked that can be."""

    files: Files
    manifest: Manifest

    def sources(self) -> Iterator[EvidenceSource]:
        return rows(self.files, "sources.jsonl", EvidenceSource)

    def dockets(self) -> Iterator[EvidenceDocket]:
        return rows(self.files, "dockets.jsonl", EvidenceDocket)

    def entries(self) -> Iterator[EvidenceEntry]:
        return rows(self.files, "entries.jsonl", EvidenceEntry)

    def sightings(self) -> Iterator[EvidenceSighting]:
        return rows(self.files, "sightings.jsonl", EvidenceSighting)

    def polls(self) -> Iterator[EvidencePoll]:
        return rows(self.files, "polls.jsonl", EvidencePoll)

    def links(self) -> Iterator[tuple[int, str]]:
        """Number and hash of every row of their log."""
        return _links(self.files)

    def changes(self) -> Iterator[LoggedChange]:
        for where, line in lines(self.files, "changes.tsv"):
            found = _ROW.fullmatch(line)
            if found is None:
                raise UsageError(f"{where}: it is no hash, a tab and a row")
            yield LoggedChange(found[1].decode(), _value(where, found[2], ChangeRow))


def read_bundle(files: Files, now: datetime) -> Bundle:
    """The bundle, verified. Raises UsageError, naming the first file or row that is spoilt.

    `now`: nobody has seen anything later.
    """
    _check_sums(files)
    raw = b"".join(line for _, line in lines(files, "bundle.json"))
    manifest = _value("bundle.json", raw, Manifest)
    if (manifest.format, manifest.version) != (FORMAT, VERSION):
        raise UsageError(f"bundle.json: this program reads {FORMAT!r} of version {VERSION}")
    bundle = Bundle(files, manifest)
    _check_chain(bundle)
    check_record(bundle, now)
    return bundle


# --- hashes ---


def _check_sums(files: Files) -> None:
    sums: dict[str, str] = {}
    for where, line in lines(files, "SHA256SUMS"):
        found = _SUM.fullmatch(line.decode("latin-1"))
        if found is None:
            raise UsageError(f"{where}: it is no SHA-256 and a name")
        sums[found[2]] = found[1]
    for name in sorted(sums.keys() ^ (files.names() - {"SHA256SUMS"})):
        what = "missing" if name in sums else "not listed in SHA256SUMS"
        raise UsageError(f"the bundle is spoilt: {name} is {what}")
    for name, stated in sums.items():
        digest = hashlib.sha256()
        for piece in pieces(files, name):
            digest.update(piece)
        if digest.hexdigest() != stated:
            raise UsageError(f"the bundle is spoilt: {name} has other bytes than SHA256SUMS says")
        if name.startswith("bodies/") and name != f"bodies/{stated}":
            raise UsageError(f"the bundle is spoilt: {name} is not named by its hash")


def _check_chain(bundle: Bundle) -> None:
    """Each shown row has its hash behind the hash before it, as the list of all hashes says."""
    links, manifest = _links(bundle.files), bundle.manifest
    first = last = before = ""
    number = -1
    shown = 0
    for raw in lines(bundle.files, "changes.tsv"):
        where, line = raw
        digest, _, row = line.partition(b"\t")
        wanted = _change_id(where, row)
        if wanted <= number:
            raise UsageError(f"the bundle is spoilt: {where}: change {wanted} is out of turn")
        while number < wanted:
            before = last or BEGINNING
            number, last = next(links, (_LARGEST, ""))
            first = first or last
        hashed = hashlib.sha256(before.encode() + b"\n" + row).hexdigest()
        if number != wanted or not digest.decode("latin-1") == last == hashed:
            raise UsageError(f"the bundle is spoilt: {where}: change {wanted} has another hash")
        shown += 1
    for number, last in links:  # noqa: B007
        first = first or last
    if (first, last, shown) != (manifest.origin, manifest.head, manifest.changes) or not first:
        raise UsageError("the bundle is spoilt: bundle.json tells of another log than chain.tsv")


def _links(files: Files) -> Iterator[tuple[int, str]]:
    number = 0
    for where, line in lines(files, "chain.tsv"):
        found = _LINK.fullmatch(line.decode("latin-1"))
        if found is None or int(found[1]) <= number:
            raise UsageError(f"the bundle is spoilt: {where}: it is no next number and hash")
        number = int(found[1])
        yield number, found[2]


def _change_id(where: str, row: bytes) -> int:
    try:
        number = json.loads(row)["change_id"]
    except (ValueError, TypeError, KeyError, RecursionError) as exc:
        raise UsageError(f"{where}: it is no row of a change log") from exc
    if not isinstance(number, int) or not 0 < number < _LARGEST:
        raise UsageError(f"{where}: it is no row of a change log")
    return number


# --- rows ---


def rows(files: Files, name: str, kind: type[T]) -> Iterator[T]:
    """The values of a file. Raises UsageError, naming the line that is none."""
    for where, line in lines(files, name):
        yield _value(where, line, kind)


def _value(where: str, raw: bytes, kind: type[T]) -> T:
    from pydantic import ValidationError

    try:
        value: T = _reader(kind).validate_json(raw, strict=True)  # type: ignore[arg-type]
    except ValidationError as exc:
        first = exc.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"]))[:80]
        raise UsageError(f"{where}: {place}{': ' if place else ''}{first['msg'][:200]}") from exc
    _check_value(where, "", value)
    return value


@functools.cache
def _reader(kind: type[Any]) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _check_value(where: str, name: str, value: object) -> None:
    """Whether a database can hold it. Raises UsageError."""
    if isinstance(value, str):
        is_name = name.endswith(("_id", "_key", "keys", "number"))
        if storable(value) != value or (is_name and len(value.encode()) > _LONGEST_NAME):
            raise UsageError(f"{where}: {name}: it holds what no database takes, or is too long")
    elif isinstance(value, int):
        _check_number(where, name, value)
    elif isinstance(value, datetime):
        _check_moment(where, name, value)
    elif isinstance(value, tuple):
        for one in value:
            _check_value(where, name, one)
    elif isinstance(value, dict):
        for key, one in value.items():
            _check_value(where, name, key)
            _check_value(where, name, one)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            _check_value(where, one.name, getattr(value, one.name))


def _check_number(where: str, name: str, value: int) -> None:
    if abs(value) > (_LARGEST_ATTACHMENT if name == "attachment_number" else _LARGEST):
        raise UsageError(f"{where}: {name}: no number is so large")


def _check_moment(where: str, name: str, value: datetime) -> None:
    try:
        is_good = value.tzinfo is not None and 1 < value.astimezone(UTC).year < 9999
    except OverflowError:
        is_good = False
    if not is_good:
        raise UsageError(f"{where}: {name}: it is no moment with its zone")
