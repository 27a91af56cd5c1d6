"""What another installation saw comes beside our own: marked, told to nobody, vouching for nothing."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import warnings
import zipfile
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.errors import UsageError
from monitor.model.evidence import is_imported
from monitor.store import schema
from monitor.store.chain import BEGINNING
from monitor.store.database import SqlStore, make_engine
from tests.show.test_bundle import sign_anew
from tests.show.test_cli import call, parsed
from tests.story import CTR, Story, headlines, telling

TEXT = "ORDER denying 7 Motion. Hearing set for 4/20/2026 at 10:00 AM."


@pytest.fixture
async def theirs(tmp_path: Path) -> AsyncIterator[Story]:
    """Another installation, which saw more than we do."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    async with telling(folder, f"sqlite:///{folder}/m.db", has_token=True) as told:
        told.files(10, "Order", entry=10, text=TEXT)
        await told.polls()
        told.files(11, "Notice", entry=11)
        await told.polls()
        yield told


@pytest.fixture
async def ours(tmp_path: Path, database_url: str, theirs: Story) -> AsyncIterator[Story]:
    """We watch the same docket, and no source of ours has shown the order yet."""
    folder = tmp_path / "ours"
    folder.mkdir()
    later = theirs.now + timedelta(hours=1)
    async with telling(folder, database_url, now=later, has_token=True) as told:
        await told.polls()
        yield told


def bundled(theirs: Story, name: str = "b") -> Path:
    place = theirs.folder / name
    call(theirs, "export", "--bundle", "ctr-v-irs", "--to", str(place))
    return place


def taken(ours: Story, place: Path, *more: str) -> dict[str, Any]:
    found: dict[str, Any] = parsed(ours, "import", str(place), *more)
    return found


def counts(done: dict[str, Any]) -> tuple[int, ...]:
    names = ("entries", "entries_of_ours", "entries_known", "sightings", "changes")
    return tuple(done[name] for name in names)


def rows(story: Story, *tables: sa.Table) -> list[list[tuple[Any, ...]]]:
    """What stands in these tables; in all of them by default, but for what is asked of a clock."""
    with story.app.store.begin() as unit:
        return [
            sorted(map(tuple, unit.connection.execute(sa.select(table))), key=repr)
            for table in tables or schema.metadata.sorted_tables
        ]


# --- what comes ---


async def test_what_we_lack_is_in_the_history_and_marked(ours: Story, theirs: Story) -> None:
    done = taken(ours, bundled(theirs))
    assert counts(done)[:3] == (2, 1, 0)
    assert done["is_done"]
    found = {one["entry_number"]: one for one in parsed(ours, "history", "--case", "ctr-v-irs")}
    assert sorted(found) == [1, 10, 11]
    assert found[10]["text"] == TEXT
    assert found[10]["kind"] == "order"
    for number in (10, 11):
        assert is_imported(found[number]["entry_id"])
        assert all(map(is_imported, found[number]["source_ids"]))
    assert not is_imported(found[1]["entry_id"])
    assert not any(map(is_imported, found[1]["source_ids"]))
    assert "IMPORTED" in call(ours, "history")
    detail = parsed(ours, "show", f"dcd/{CTR}#10")
    assert {one["kind"] for one in detail["changes"]} >= {"entry_filed"}
    assert all(is_imported(one["source_id"]) for one in detail["sightings"])
    assert parsed(ours, "search", "denying")["count"] == 1
    parsed(ours, "explain", f"dcd/{CTR}#10")


async def test_what_they_saw_of_our_entries_is_shown_and_joins_nothing(
    ours: Story, theirs: Story
) -> None:
    before = parsed(ours, "show", f"dcd/{CTR}#1")
    taken(ours, bundled(theirs))
    after = parsed(ours, "show", f"dcd/{CTR}#1")
    more = [one for one in after["sightings"] if is_imported(one["source_id"])]
    assert more
    assert after["entry_id"] == before["entry_id"]
    assert after["source_ids"] == before["source_ids"]
    assert [one for one in after["sightings"] if one not in more] == before["sightings"]


async def test_the_log_is_extended_and_stays_whole(ours: Story, theirs: Story) -> None:
    head = parsed(ours, "verify")["head"]
    done = taken(ours, bundled(theirs))
    found = parsed(ours, "verify", "--since-head", head)
    assert found["is_whole"]
    assert found["changes_since"] == done["changes"] > 0
    ours.files(12, "Notice", entry=12)
    await ours.polls()
    assert parsed(ours, "verify", "--since-head", head)["is_whole"]


@pytest.mark.parametrize("form", ["b", "b.zip"])
async def test_importing_twice_changes_nothing(ours: Story, theirs: Story, form: str) -> None:
    place = bundled(theirs, form)
    taken(ours, place)
    before = rows(ours)
    assert counts(taken(ours, place)) == (0, 1, 2, 0, 0)
    assert rows(ours) == before


async def test_a_dry_run_says_what_would_come_and_keeps_nothing(ours: Story, theirs: Story) -> None:
    before, place = rows(ours), bundled(theirs)
    would = taken(ours, place, "--dry-run")
    assert rows(ours) == before
    assert not would["is_done"]
    assert counts(would) == counts(taken(ours, place))


async def test_a_later_bundle_brings_what_came_since_and_an_older_takes_nothing_back(
    ours: Story, theirs: Story
) -> None:
    old = bundled(theirs, "old")
    taken(ours, old)
    theirs.files(11, "Notice", entry=11, text="NOTICE of change of address")
    theirs.files(12, "Motion", entry=12)
    await theirs.polls()
    await theirs.polls()
    done = taken(ours, bundled(theirs, "new"))
    assert counts(done)[:3] == (1, 1, 2)
    newest = {one["entry_number"]: one for one in parsed(ours, "history")}
    assert newest[11]["text"] == "NOTICE of change of address"
    before = rows(ours)
    taken(ours, old)
    assert rows(ours) == before


async def test_other_words_of_the_same_log_are_refused(ours: Story, theirs: Story) -> None:
    """Whoever holds a bundle can write its words anew, and not the log that tells of them."""
    taken(ours, bundled(theirs))
    before = rows(ours)
    word = _line(lambda row: row.update(text="FORGED"))
    for name in ("entries.jsonl", "sightings.jsonl"):
        place = bundled(theirs, f"forged-{name}")
        word(place / name)
        sign_anew(place)
        with pytest.raises(UsageError, match=f"{name}: .* was imported with other words"):
            call(ours, "import", str(place))
    place = bundled(theirs, "rewritten")
    *first, last = (place / "changes.tsv").read_text().splitlines(keepends=True)
    (place / "changes.tsv").write_text("".join([*first, last.replace("2026-03", "2026-02")]))
    with pytest.raises(UsageError, match=r"change [0-9]+ was imported with another hash"):
        call(ours, "import", str(logged(place)))
    assert rows(ours) == before


async def test_an_installation_is_named_by_much_of_its_hash(ours: Story, theirs: Story) -> None:
    done = taken(ours, bundled(theirs))
    origin = json.loads((theirs.folder / "b" / "bundle.json").read_text())["origin"]
    assert done["origin"] == f"imported:{origin[:32]}:"


async def test_an_interrupted_import_is_completed_by_repeating_it(
    ours: Story, theirs: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And between its portions others write."""
    monkeypatch.setattr("monitor.bundle.same._AT_ONCE", 1)
    place, turns, ends = bundled(theirs), [0], [0]

    def write(_store: SqlStore) -> None:
        with (
            contextlib.closing(SqlStore(make_engine(ours.database))) as other,
            other.begin() as unit,
        ):
            unit.connection.execute(sa.update(schema.watches).values(case_label="CTR v. IRS"))
        turns[0] += 1
        if turns[0] == ends[0]:
            raise KeyboardInterrupt

    monkeypatch.setattr(SqlStore, "give_way", write)
    for ends[0] in range(1, 9):
        turns[0] = 0
        with pytest.raises((KeyboardInterrupt, SystemExit, AssertionError)):
            call(ours, "import", str(place))
    ends[0] = 0
    taken(ours, place)
    assert turns[0] > 8
    assert counts(taken(ours, place)) == (0, 1, 2, 0, 0)
    assert parsed(ours, "verify")["is_whole"]
    kept = [one.detail["imported_change"] for one in _changes(ours) if is_imported(one.source_id)]
    assert len(kept) == len(set(kept)) == json.loads((place / "bundle.json").read_text())["changes"]
    assert sorted(one["entry_number"] for one in parsed(ours, "history")) == [1, 10, 11]


async def test_a_bundle_of_our_own_adds_nothing(theirs: Story) -> None:
    before, place = rows(theirs), bundled(theirs)
    assert taken(theirs, place)["is_own"]
    assert rows(theirs) == before


async def test_it_comes_into_an_empty_database(theirs: Story, bare_database_url: str) -> None:
    from monitor.store.database import open_store

    open_store(bare_database_url).close()
    place = bundled(theirs)
    done = parsed(theirs, "import", str(place), "--database", bare_database_url)
    assert counts(done)[:3] == (3, 0, 0)
    assert len(parsed(theirs, "history", "--database", bare_database_url)) == 3
    assert parsed(theirs, "verify", "--database", bare_database_url)["is_whole"]


# --- what does not follow from it ---


async def test_nobody_is_told_of_it(ours: Story, theirs: Story) -> None:
    before = rows(ours, schema.alerts, schema.deliveries, schema.look_ups, schema.stories)
    taken(ours, bundled(theirs))
    assert await ours.polls() == []
    after = rows(ours, schema.alerts, schema.deliveries, schema.look_ups, schema.stories)
    assert after == before


async def test_what_a_source_of_ours_shows_later_is_told_as_ever(
    ours: Story, theirs: Story
) -> None:
    taken(ours, bundled(theirs))
    ours.files(10, "Order", entry=10, text=TEXT)
    told = await ours.polls()
    assert headlines(told) == ["Order: DENIED"] or len(told) == 1
    assert told[0]["topic"] == "filed"
    own = [one for one in parsed(ours, "history") if one["entry_number"] == 10]
    assert sorted(is_imported(one["entry_id"]) for one in own) == [False, True]
    assert not is_imported(parsed(ours, "show", f"dcd/{CTR}#10")["entry_id"])


async def test_a_docket_that_only_they_saw_is_met_as_a_new_one(
    theirs: Story, tmp_path: Path, database_url: str
) -> None:
    """Its head was never ours: what our source says of it is a baseline and no change."""
    place = bundled(theirs)
    forged = (place / "dockets.jsonl").read_text().replace("TAXPAYER", "TAXPAYERS")
    (place / "dockets.jsonl").write_text(forged)
    sign_anew(place)
    folder = tmp_path / "new"
    folder.mkdir()
    if database_url.startswith("sqlite"):
        database_url = f"sqlite:///{folder}/m.db"
        shutil.copyfile(tmp_path / "monitor.db", folder / "m.db")
    parsed(theirs, "import", str(place), "--database", database_url)
    async with telling(folder, database_url, now=theirs.now) as told:
        await told.polls()
        assert "docket_changed" not in {one["topic"] for one in _alerts(told)}
        kinds = {one.kind for one in _changes(told) if not is_imported(one.source_id)}
        assert "caption_changed" not in kinds


def _alerts(story: Story) -> list[dict[str, Any]]:
    told = [document["data"] for document in story.documents]
    return [alert for data in told for alert in data.get("alerts", [data])]


def _changes(story: Story) -> list[Any]:
    with story.app.store.begin() as unit:
        return list(unit.connection.execute(sa.select(schema.changes)))


async def test_it_vouches_for_no_silence_and_sets_no_state(ours: Story, theirs: Story) -> None:
    asked = (
        ("coverage", "ctr-v-irs", "--since", "2026-03-04"),
        ("status", "ctr-v-irs"),
        ("calendar", "--past"),
    )

    def said() -> list[Any]:
        return [parsed(ours, *args) for args in asked[1:]] + [_spans(parsed(ours, *asked[0]))]

    before = said()
    taken(ours, bundled(theirs))
    assert said() == before
    assert not [
        one for one in parsed(ours, "sources") if is_imported(one["source_id"]) and one["enabled"]
    ]


def _spans(found: list[dict[str, Any]]) -> list[Any]:
    return [
        (one["orders"], [by["source_id"] for by in one["seen_by"]], one["entry_numbers_not_seen"])
        for one in found
    ]


async def test_how_it_stood_on_a_day_is_what_we_saw(ours: Story, theirs: Story) -> None:
    """A forged change of an entry of ours bends nothing that we said of the past."""
    theirs.files(1, "Complaint", entry=1, text="COMPLAINT as they say")
    await theirs.polls()
    await theirs.polls()
    asked = ("history", "--as-of", "2026-03-03")
    before = [one for one in parsed(ours, *asked) if not is_imported(one["entry_id"])]
    now = [one for one in parsed(ours, "history") if not is_imported(one["entry_id"])]
    taken(ours, bundled(theirs))
    after = [one for one in parsed(ours, *asked) if not is_imported(one["entry_id"])]
    assert after == before
    assert [one for one in parsed(ours, "history") if not is_imported(one["entry_id"])] == now


async def test_what_was_imported_is_in_no_bundle_of_ours(ours: Story, theirs: Story) -> None:
    taken(ours, bundled(theirs))
    call(ours, "export", "--bundle", "ctr-v-irs", "--to", str(ours.folder / "b"))
    for name in ("entries.jsonl", "sightings.jsonl", "changes.tsv", "sources.jsonl"):
        assert "imported:" not in (ours.folder / "b" / name).read_text()


async def test_a_row_that_cannot_be_undone_breaks_no_view_of_the_past(
    ours: Story, theirs: Story
) -> None:
    """The log is for ever: also what came into it before such rows were refused."""
    taken(ours, bundled(theirs))
    found = parsed(ours, "history")
    rows_ = [
        {
            "at": ours.now,
            "kind": "entry_revised",
            "source_id": one["source_ids"][0],
            "entry_id": one["entry_id"],
            "docket_id": None,
            "detail": {"field": "entry_number", "before": before, "after": "x"},
        }
        for one in found
        for before in ("not a number", "9" * 5_000, "\u0667")
    ]
    with ours.app.store.begin() as unit:
        unit.changes.add_rows(rows_)
    stood = parsed(ours, "history", "--as-of", "2026-03-04T16:59:00Z")
    for args in (("status", "--as-of", "2026-03-04"), ("timeline", "ctr-v-irs")):
        call(ours, *args)
    assert all(isinstance(one["entry_number"], int) for one in stood)


async def test_of_the_past_only_what_we_had_seen_is_shown(ours: Story, theirs: Story) -> None:
    """When another installation saw something is its own word."""
    asked = ("history", "--as-of", "2026-03-05")
    before = parsed(ours, *asked)
    taken(ours, bundled(theirs))
    assert [one["entry_number"] for one in before] == [1]
    assert parsed(ours, *asked) == before


async def test_an_entry_that_leads_nowhere_is_shown_itself(ours: Story, theirs: Story) -> None:
    taken(ours, bundled(theirs))
    names = {one["entry_number"]: one["entry_id"] for one in parsed(ours, "history")}
    e = schema.entries
    with ours.app.store.begin() as unit:
        for name, into in ((names[10], names[10]), (names[11], "imported:nothing")):
            where = sa.update(e).where(e.c.entry_id == name)
            unit.connection.execute(where.values(merged_into=into))
    for name in (names[10], names[11]):
        assert parsed(ours, "show", name)["entry_id"] == name
        parsed(ours, "explain", name)
        parsed(ours, "who", name)


async def test_a_name_that_begins_another_is_meant_itself(ours: Story, theirs: Story) -> None:
    place = bundled(theirs)
    _line(lambda row: row.update(entry_id="a", keys=["x:1"]))(place / "entries.jsonl")
    first, *rest = (place / "entries.jsonl").read_text().splitlines()
    more = [json.dumps(json.loads(first) | {"entry_id": f"a{n}", "keys": []}) for n in range(30)]
    (place / "entries.jsonl").write_text("\n".join([*more, first, *rest]) + "\n")
    old = {json.loads(line)["entry_id"] for line in rest}
    kept = (place / "sightings.jsonl").read_text().splitlines(keepends=True)
    seen = [line for line in kept if json.loads(line)["entry_id"] in old]
    (place / "sightings.jsonl").write_text("".join(seen))
    taken(ours, logged(place, is_bare=True))
    name = next(one["entry_id"] for one in parsed(ours, "history") if one["entry_id"][-2:] == ":a")
    assert parsed(ours, "show", name)["entry_id"] == name


async def test_whoever_asks_who_was_told_learns_that_it_was_imported(
    ours: Story, theirs: Story
) -> None:
    taken(ours, bundled(theirs))
    found = parsed(ours, "who", f"dcd/{CTR}#10")
    assert found["told"] == []
    assert {one["state"] for one in found["not_told"]} == {"not told"}
    assert all("imported" in one["why"] for one in found["not_told"])


# --- hostile bundles ---


def _line(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    """Change the first row of a file of JSON Lines."""

    def spoil(file: Path) -> None:
        first, *rest = file.read_text().splitlines()
        row = json.loads(first)
        change(row)
        file.write_text("\n".join([json.dumps(row), *rest]) + "\n")

    return spoil


def _raw(text: bytes) -> Callable[[Path], None]:
    def spoil(file: Path) -> None:
        file.write_bytes(text)

    return spoil


HOSTILE: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "a wrong type": (
        "entries.jsonl",
        _line(lambda row: row.update(entry_number="7")),
        "entry_number",
    ),
    "a number that no database takes": (
        "entries.jsonl",
        _line(lambda row: row.update(entry_number=2**70)),
        "entries.jsonl, line 1",
    ),
    "a missing field": (
        "sightings.jsonl",
        _line(lambda row: row.pop("text")),
        "sightings.jsonl, line 1",
    ),
    "a moment without a zone": (
        "entries.jsonl",
        _line(lambda row: row.update(first_seen_at="2026-03-04T15:00:00")),
        "first_seen_at",
    ),
    "a moment at the end of time": (
        "entries.jsonl",
        _line(lambda row: row.update(first_seen_at="9999-12-31T23:59:59-12:00")),
        "first_seen_at",
    ),
    "half a letter": (
        "entries.jsonl",
        _line(lambda row: row.update(text="a\ud800b")),
        "entries.jsonl, line 1",
    ),
    "a sign that no database takes": (
        "entries.jsonl",
        _line(lambda row: row.update(text="a\0b")),
        "entries.jsonl, line 1: text",
    ),
    "a name of ours": (
        "entries.jsonl",
        _line(lambda row: row.update(entry_id="imported:x:y")),
        "no name",
    ),
    "a name without an end": (
        "sightings.jsonl",
        _line(lambda row: row.update(sighting_key="k" * 5_000)),
        "sighting_key",
    ),
    "an entry of no docket": (
        "entries.jsonl",
        _line(lambda row: row.update(docket_id="dcd/2")),
        "dockets.jsonl",
    ),
    "a docket under another name": (
        "dockets.jsonl",
        _line(lambda row: row.update(docket_number="9")),
        "dockets.jsonl",
    ),
    "a court that there is not": (
        "dockets.jsonl",
        _line(lambda row: row.update(court_id="xx")),
        "no court is called 'xx'",
    ),
    "a sighting of nothing": (
        "sightings.jsonl",
        _line(lambda row: row.update(entry_id="nothing")),
        "sightings.jsonl",
    ),
    "an entry that turned out to be itself": (
        "entries.jsonl",
        _line(lambda row: row.update(merged_into=row["entry_id"])),
        "leads back to itself",
    ),
    "an entry that turned out to be nothing": (
        "entries.jsonl",
        _line(lambda row: row.update(merged_into="nothing")),
        "merged_into names no",
    ),
    "a double of nothing": (
        "entries.jsonl",
        _line(lambda row: row.update(possible_duplicate_of="nothing")),
        "possible_duplicate_of names no",
    ),
    "an entry of the future": (
        "entries.jsonl",
        _line(lambda row: row.update(first_seen_at="2099-03-04T15:00:00Z")),
        "first_seen_at: nobody can have seen",
    ),
    "an entry of old days": (
        "entries.jsonl",
        _line(lambda row: row.update(first_seen_at="1989-03-04T15:00:00Z")),
        "first_seen_at: nobody can have seen",
    ),
    "a sighting of the future": (
        "sightings.jsonl",
        _line(lambda row: row.update(changed_at="2099-03-04T15:00:00Z")),
        "changed_at: nobody can have seen",
    ),
    "a sighting twice": (
        "sightings.jsonl",
        lambda file: file.write_text(file.read_text() + file.read_text()),
        "is twice there",
    ),
    "no JSON": ("entries.jsonl", _raw(b"{\n"), "entries.jsonl, line 1"),
    "no UTF-8": ("entries.jsonl", _raw(b'{"entry_id":"\xff"}\n'), "entries.jsonl, line 1"),
    "deep JSON": ("entries.jsonl", _raw(b"[" * 100_000 + b"\n"), "entries.jsonl, line 1"),
    "a line without an end": (
        "entries.jsonl",
        _raw(b"x" * 5_000_000),
        "entries.jsonl, line 1: it is longer",
    ),
    "a list": ("bundle.json", _raw(b"[]\n"), "bundle.json"),
    "another version": (
        "bundle.json",
        lambda file: file.write_text(file.read_text().replace('"version": 1', '"version": 2')),
        "of version 1",
    ),
    "another head": (
        "bundle.json",
        lambda file: file.write_text(file.read_text().replace('"head": "', '"head": "0')),
        "another log",
    ),
    "a forged row": (
        "changes.tsv",
        lambda file: file.write_text(file.read_text().replace("entry_filed", "entry_fired", 1)),
        "changes.tsv, line 1: change",
    ),
    "a row twice": (
        "changes.tsv",
        lambda file: file.write_text(file.read_text().splitlines(keepends=True)[0] * 2),
        "out of turn",
    ),
    "no row": ("changes.tsv", _raw(b"x\n"), "changes.tsv, line 1"),
    "deep rows": (
        "changes.tsv",
        _raw(b"0" * 64 + b"\t" + b"[" * 100_000 + b"\n"),
        "changes.tsv, line 1",
    ),
    "no chain": ("chain.tsv", _raw(b"1\tx\n"), "chain.tsv, line 1"),
    "numbers that fall": (
        "chain.tsv",
        lambda file: file.write_text(file.read_text() + file.read_text()),
        "chain.tsv, line",
    ),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
async def test_a_forged_bundle_is_refused_as_a_whole(
    theirs: Story, name: str, tmp_path: Path
) -> None:
    file, spoil, said = HOSTILE[name]
    place = bundled(theirs)
    spoil(place / file)
    sign_anew(place)
    refused(theirs, place, tmp_path, said)


def logged(place: Path, *more: dict[str, Any], seed: str = "", is_bare: bool = False) -> Path:
    """Whoever forges a log can write every hash of it anew; `seed`: of another installation."""
    links = (place / "chain.tsv").read_text().splitlines()
    kept = [line.split("\t", 1)[1] for line in (place / "changes.tsv").read_text().splitlines()]
    of_entry = next(row for row in map(json.loads, kept) if row["entry_id"])
    ids = {} if is_bare else {json.loads(row)["change_id"]: row for row in kept}
    last = int(links[-1].split("\t")[0])
    for number, new in enumerate(more, last + 1):
        full = of_entry | new | {"change_id": number}
        ids[number] = json.dumps(full, sort_keys=True, separators=(",", ":"))
    before, chain, shown = BEGINNING, list[str](), list[str]()
    for number in range(1, last + len(more) + 1):
        row = seed if seed and number == 1 else ids.get(number, "")
        before = hashlib.sha256(f"{before}\n{row}".encode()).hexdigest()
        chain.append(f"{number}\t{before}\n")
        shown += [f"{before}\t{row}\n"] if row and row != seed else []
    (place / "chain.tsv").write_text("".join(chain))
    (place / "changes.tsv").write_text("".join(shown))
    manifest = json.loads((place / "bundle.json").read_text())
    manifest |= {"origin": chain[0].split("\t")[1].strip(), "head": before, "changes": len(shown)}
    (place / "bundle.json").write_text(json.dumps(manifest) + "\n")
    sign_anew(place)
    return place


def _revised(**detail: str) -> dict[str, Any]:
    return {"kind": "entry_revised", "detail": {"before": "", "after": ""} | detail}


FORGED_CHANGES: dict[str, tuple[dict[str, Any], str]] = {
    "a number that is none": (_revised(field="entry_number", before="not a number"), "numbers"),
    "a number of another script": (_revised(field="entry_number", after="\u0667"), "numbers"),
    "a number without an end": (_revised(field="entry_number", before="9" * 99), "numbers"),
    "a word that there is not": (_revised(field="secret"), "no word of an entry"),
    "a merger with nothing": (_revised(field="merged_into", after="nothing"), "names no entry"),
    "a kind that there is not": ({"kind": "entry_fired"}, "no change of a docket"),
    "an act of a source": ({"kind": "source_unhealthy"}, "no change of a docket"),
    "more than such a change says": ({"detail": {"imported_at": "x"}}, "says no such thing"),
    "an entry that is not there": ({"entry_id": "nothing"}, "entry_id names no entry"),
    "no entry": ({"entry_id": None}, "entry_id names no entry"),
    "a docket that is not there": (
        {"kind": "reopened", "entry_id": None, "docket_id": "dcd/9", "detail": {}},
        "docket_id names no docket",
    ),
    "a docket beside the entry": ({"docket_id": "dcd/1:25-cv-00457"}, "docket_id names no docket"),
    "the future": ({"at": "2099-03-04T16:00:00+00:00"}, "at: nobody can have seen"),
    "old days": ({"at": "1989-03-04T16:00:00+00:00"}, "at: nobody can have seen"),
}


@pytest.mark.parametrize("name", sorted(FORGED_CHANGES))
async def test_a_forged_change_is_refused_and_named(
    theirs: Story, name: str, tmp_path: Path
) -> None:
    row, said = FORGED_CHANGES[name]
    place = logged(bundled(theirs), row)
    last = (place / "chain.tsv").read_text().splitlines()[-1].split("\t")[0]
    refused(theirs, place, tmp_path, f"change {last}: .*{said}")


def refused(theirs: Story, place: Path, folder: Path, said: str) -> None:
    from monitor.store.database import open_store

    database = f"sqlite:///{folder}/empty.db"
    open_store(database).close()
    with pytest.raises(UsageError, match=said):
        call(theirs, "import", str(place), "--database", database)
    assert parsed(theirs, "history", "--database", database) == []
    assert parsed(theirs, "sources", "--database", database) == []


async def test_a_flipped_byte_is_named(theirs: Story, tmp_path: Path) -> None:
    place = bundled(theirs)
    for name in ("entries.jsonl", "README.md", "verify.py", "chain.tsv"):
        raw = (place / name).read_bytes()
        (place / name).write_bytes(raw[:40] + bytes([raw[40] ^ 1]) + raw[41:])
        refused(theirs, place, tmp_path, f"spoilt: {name}")
        (place / name).write_bytes(raw)
    body = next(iter(sorted((place / "bodies").iterdir())))
    body.write_bytes(body.read_bytes() + b" ")
    refused(theirs, place, tmp_path, f"spoilt: bodies/{body.name}")


async def test_a_folder_with_a_link_or_a_pipe_is_refused(theirs: Story, tmp_path: Path) -> None:
    place = bundled(theirs)
    (place / "README.md").unlink()
    (place / "README.md").symlink_to("/etc/hostname")
    refused(theirs, place, tmp_path, "no plain file")
    (place / "README.md").unlink()
    os.mkfifo(place / "README.md")
    refused(theirs, place, tmp_path, "no plain file")
    (place / "README.md").unlink()
    (place / "evil.sh").write_text("")
    refused(theirs, place, tmp_path, "no file of a bundle")


def _zipped(place: Path, *more: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    target = place.with_suffix(".zip")
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for file in sorted(place.rglob("*")):
            archive.write(file, file.relative_to(place).as_posix())
        for name, raw in more:
            archive.writestr(name, raw)
    return target


def _link() -> zipfile.ZipInfo:
    found = zipfile.ZipInfo("bodies/" + "0" * 64)
    found.external_attr = 0o120777 << 16
    return found


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("../evil.sh", b"x"), "no file of a bundle"),
        (("/etc/evil", b"x"), "no file of a bundle"),
        (("bodies/../../evil", b"x"), "no file of a bundle"),
        (("README.md", b"x"), "stands there twice"),
        ((_link(), b"/etc/passwd"), "no plain file"),
        (("bodies/" + "1" * 64, b"\0" * 200_000_000), "zip bomb"),
        (("bodies/" + "1" * 64, b"x"), "not listed"),
    ],
)
async def test_a_hostile_zip_is_refused(
    theirs: Story, tmp_path: Path, more: tuple[zipfile.ZipInfo | str, bytes], said: str
) -> None:
    refused(theirs, _zipped(bundled(theirs), more), tmp_path, said)
    assert "evil" not in " ".join(one for _, _, files in os.walk(tmp_path) for one in files)


async def test_a_folder_zipped_again_is_read(theirs: Story, bare_database_url: str) -> None:
    from monitor.store.database import open_store

    open_store(bare_database_url).close()
    again = _zipped(bundled(theirs))
    assert parsed(theirs, "import", str(again), "--database", bare_database_url)["entries"] == 3


async def test_what_is_no_zip_is_refused(theirs: Story, tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(b"PK\x03\x04 no zip")
    refused(theirs, file, tmp_path, "no whole bundle")
    whole = bundled(theirs, "b.zip").read_bytes()
    for cut in (len(whole) // 2, len(whole) - 30):
        file.write_bytes(whole[:cut])
        refused(theirs, file, tmp_path, "no whole bundle")
