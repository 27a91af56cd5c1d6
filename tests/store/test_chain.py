"""The change log is a chain: whoever touches a row of it is found, and the row is named."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.history.record import reading
from monitor.history.verify import Fault, Verification, verify
from monitor.model.change import EntryFiled, EntryRevised, GapOpened
from monitor.store import schema
from monitor.store.chain import BEGINNING, link
from monitor.store.database import SqlStore, open_store, upgrade
from tests.feeds import NOON

T = schema.changes
HOSTILE = "“ORDER” \u202e\x1b[2J \0 \ud83d \U0001f4dc\r\n"


def write(store: SqlStore, names: Sequence[str]) -> None:
    with store.begin() as unit:
        unit.changes.add([EntryFiled(name, "court:dcd") for name in names], NOON)


def checked(store: SqlStore, since_head: str = "") -> Verification:
    with reading(store) as record:
        return verify(record, since_head)


def tamper(store: SqlStore, *statements: sa.Executable) -> None:
    with store.begin() as unit:
        for statement in statements:
            unit.connection.execute(statement)


@pytest.fixture
def ten(store: SqlStore) -> SqlStore:
    write(store, ["a", "b", "c", "d"])
    write(store, ["e", "f", "g", "h", "i", "j"])
    return store


def test_a_log_that_nobody_wrote_is_whole_and_begins_with_zeros(store: SqlStore) -> None:
    found = checked(store, BEGINNING)
    assert (found.is_whole, found.count, found.head) == (True, 0, BEGINNING)
    assert found.changes_since == 0


def test_polls_make_one_chain(ten: SqlStore) -> None:
    found = checked(ten)
    assert (found.is_whole, found.count, found.last_change_id) == (True, 10, 10)


def test_anybody_can_compute_it_from_what_is_documented(store: SqlStore) -> None:
    with store.begin() as unit:
        unit.changes.add([EntryRevised("e1", "court:dcd", "text", "é", "b")], NOON)
    by_hand = (
        '{"at":"' + NOON.isoformat() + '","change_id":1,"detail":{"after":"b","before":"\\u00e9",'
        '"field":"text"},"docket_id":null,"entry_id":"e1","kind":"entry_revised",'
        '"source_id":"court:dcd"}'
    )
    import hashlib

    expected = hashlib.sha256(("0" * 64 + "\n" + by_hand).encode()).hexdigest()
    assert checked(store).head == expected


def test_hostile_words_are_linked_as_they_come_back(store: SqlStore) -> None:
    words = HOSTILE.replace("\ud83d", "") if store.engine.dialect.name == "postgresql" else HOSTILE
    with store.begin() as unit:
        unit.changes.add([EntryRevised("e1", "court:dcd", "text", words, words * 500)], NOON)
        gap = GapOpened("court:dcd", NOON - timedelta(hours=3), NOON, "rolled off")
        unit.changes.add([gap], NOON)
    assert checked(store).is_whole


def test_what_is_undone_leaves_the_chain_whole(ten: SqlStore) -> None:
    def killed() -> None:
        with ten.begin() as unit:
            unit.changes.add([EntryFiled("k", "court:dcd")], NOON)
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        killed()
    write(ten, ["k"])
    assert (checked(ten).is_whole, checked(ten).count) == (True, 11)


def test_writers_that_commit_at_once_fork_nothing(store: SqlStore) -> None:
    others = [open_store(store.engine.url.render_as_string(hide_password=False)) for _ in range(4)]

    def work(one: SqlStore, name: str) -> None:
        for n in range(12):
            write(one, [f"{name}-{n}-{m}" for m in range(3)])

    threads = [threading.Thread(target=work, args=(one, f"w{n}")) for n, one in enumerate(others)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in others:
        one.close()
    assert (checked(store).is_whole, checked(store).count) == (True, 4 * 12 * 3)


def test_a_reader_sees_head_and_rows_of_one_moment_while_others_write(store: SqlStore) -> None:
    stop = threading.Event()
    other = open_store(store.engine.url.render_as_string(hide_password=False))

    def work() -> None:
        while not stop.is_set():
            write(other, ["x"])

    thread = threading.Thread(target=work)
    thread.start()
    try:
        assert all(checked(store).is_whole for _ in range(20))
    finally:
        stop.set()
        thread.join()
        other.close()


# --- tampering ---

CHANGED: dict[str, Any] = {
    "at": NOON + timedelta(seconds=1),
    "kind": "entry_withdrawn",
    "source_id": "court:cadc",
    "entry_id": "z",
    "docket_id": "dcd/1:25-cv-00457",
    "detail": {"after": "x"},
    "hash": "f" * 64,
}


@pytest.mark.parametrize("column", CHANGED)
@pytest.mark.parametrize("change_id", [1, 5, 10])
def test_a_changed_column_is_found_at_its_row(ten: SqlStore, column: str, change_id: int) -> None:
    row = T.c.change_id == change_id
    tamper(ten, sa.update(T).where(row).values({column: CHANGED[column]}))
    found = checked(ten)
    assert found.broken is not None
    assert not found.is_whole
    assert (found.broken.change_id, found.broken.fault) == (change_id, Fault.CHANGED)
    assert found.count == change_id - 1


@pytest.mark.parametrize("change_id", [1, 4, 10])
def test_a_changed_number_is_found(ten: SqlStore, change_id: int) -> None:
    row = T.c.change_id == change_id
    tamper(ten, sa.update(T).where(row).values(change_id=99))
    found = checked(ten)
    assert found.broken is not None
    expected = (99, Fault.CHANGED) if change_id == 10 else (change_id + 1, Fault.REORDERED)
    assert (found.broken.change_id, found.broken.fault) == expected


@pytest.mark.parametrize("raw", ["nonsense", "", '"'])
def test_what_is_no_json_any_more_is_a_changed_row(ten: SqlStore, raw: str) -> None:
    if ten.engine.dialect.name == "postgresql":
        return  # it takes none
    for column in ("detail", "at"):
        tamper(
            ten, sa.update(T).where(T.c.change_id == 3).values({column: sa.text("'" + raw + "'")})
        )
        found = checked(ten)
        assert found.broken is not None
        assert (found.broken.change_id, found.broken.fault) == (3, Fault.CHANGED)


@pytest.mark.parametrize(("gone", "named"), [((1,), 2), ((4,), 5), ((4, 5, 6), 7)])
def test_what_is_missing_in_the_middle_is_named_by_what_follows(
    ten: SqlStore, gone: tuple[int, ...], named: int
) -> None:
    tamper(ten, sa.delete(T).where(T.c.change_id.in_(gone)))
    found = checked(ten)
    assert found.broken is not None
    assert (found.broken.change_id, found.broken.fault) == (named, Fault.MISSING)
    assert str(gone[0]) in found.broken.words


def test_a_cut_off_end_is_missing_even_when_more_was_written_since(ten: SqlStore) -> None:
    tamper(ten, sa.delete(T).where(T.c.change_id > 7))
    found = checked(ten)
    assert found.broken is not None
    assert (found.broken.change_id, found.broken.fault) == (7, Fault.MISSING)
    write(ten, ["k"])
    found = checked(ten)
    assert found.broken is not None
    assert (found.broken.change_id, found.broken.fault) == (11, Fault.MISSING)


def row_of(store: SqlStore, change_id: int) -> dict[str, Any]:
    with store.reading() as connection:
        found = connection.execute(sa.select(T).where(T.c.change_id == change_id)).one()
    return dict(found._mapping)


@pytest.mark.parametrize("is_linked", [True, False])
def test_a_row_that_was_added_behind_the_end_is_inserted(ten: SqlStore, is_linked: bool) -> None:
    last = row_of(ten, 10)
    forged = {**last, "change_id": 11, "entry_id": "forged"}
    forged["hash"] = link(last["hash"], forged) if is_linked else ""
    tamper(ten, sa.insert(T).values(forged))
    found = checked(ten)
    assert found.broken is not None
    assert found.broken.change_id == 11
    assert found.broken.fault == (Fault.INSERTED if is_linked else Fault.CHANGED)


def test_polls_go_on_over_a_row_that_was_added_and_it_stays_found(ten: SqlStore) -> None:
    forged = {**row_of(ten, 10), "change_id": 11, "entry_id": "forged"}
    tamper(ten, sa.insert(T).values(forged))
    write(ten, ["k"])
    found = checked(ten)
    assert found.broken is not None
    assert (found.broken.change_id, found.broken.fault) == (11, Fault.INSERTED)


def moved(change_id: int, to: int) -> sa.Executable:
    return sa.update(T).where(T.c.change_id == change_id).values(change_id=to)


def test_a_row_put_between_others_is_inserted(ten: SqlStore) -> None:
    shifted = [moved(n, n + 1) for n in range(10, 5, -1)]
    forged = {**row_of(ten, 5), "change_id": 6}
    tamper(ten, *shifted, sa.insert(T).values(forged))
    found = checked(ten)
    assert found.broken is not None
    assert (found.broken.change_id, found.broken.fault) == (6, Fault.INSERTED)


@pytest.mark.parametrize(("one", "other"), [(4, 5), (3, 8), (1, 10), (9, 10)])
@pytest.mark.parametrize("with_hash", [True, False])
def test_two_rows_that_changed_places_are_reordered(
    ten: SqlStore, one: int, other: int, with_hash: bool
) -> None:
    if with_hash:
        tamper(ten, moved(one, 99), moved(other, one), moved(99, other))
    else:
        first, second = row_of(ten, one)["entry_id"], row_of(ten, other)["entry_id"]
        put = sa.update(T)
        tamper(
            ten,
            put.where(T.c.change_id == one).values(entry_id=second),
            put.where(T.c.change_id == other).values(entry_id=first),
        )
    found = checked(ten)
    assert found.broken is not None
    assert (found.broken.change_id, found.broken.fault) == (one, Fault.REORDERED)


def test_a_row_that_was_moved_to_the_end_is_reordered(ten: SqlStore) -> None:
    tamper(ten, moved(4, 99), *(moved(n, n - 1) for n in range(5, 11)), moved(99, 10))
    found = checked(ten)
    assert found.broken is not None
    assert (found.broken.change_id, found.broken.fault) == (4, Fault.REORDERED)


def test_without_the_note_of_its_end_the_chain_is_not_whole_and_polls_go_on(ten: SqlStore) -> None:
    tamper(ten, sa.delete(schema.chain_head))
    found = checked(ten)
    assert found.broken is not None
    assert found.broken.fault == Fault.MISSING
    write(ten, ["k"])
    found = checked(ten)
    assert found.broken is not None
    assert found.broken.change_id == 11


def test_a_head_that_was_noted_is_found_again_unless_all_was_written_anew(ten: SqlStore) -> None:
    noted = checked(ten).head
    write(ten, ["k", "l"])
    found = checked(ten, noted)
    assert (found.is_whole, found.has_since_head, found.changes_since) == (True, True, 2)
    previous = BEGINNING
    for n in range(1, 13):
        row = row_of(ten, n) | ({"entry_id": "forged"} if n == 3 else {})
        previous = row["hash"] = link(previous, row)
        tamper(ten, sa.update(T).where(T.c.change_id == n).values(row))
    tamper(ten, sa.update(schema.chain_head).values(hash=previous))
    assert checked(ten).is_whole
    found = checked(ten, noted)
    assert (found.is_whole, found.has_since_head, found.broken) == (False, False, None)


# --- what was written before there was a chain ---


def test_a_database_of_an_older_version_is_linked_as_it_stands(bare_database_url: str) -> None:
    from monitor.store.database import make_engine

    engine = make_engine(bare_database_url)
    upgrade(engine, "0012")
    old = sa.Table(
        "changes", sa.MetaData(), *(sa.Column(c.name, c.type) for c in T.c if c.name != "hash")
    )
    rows = [
        {"change_id": n, "at": NOON, "kind": "entry_filed", "source_id": "s", "entry_id": f"e{n}",
         "docket_id": None, "detail": {"after": HOSTILE.replace("\ud83d", "")}}
        for n in range(1, 2_503) if n % 7
    ]  # fmt: skip
    with engine.begin() as connection:
        connection.execute(sa.insert(old), rows)
    engine.dispose()
    store = open_store(bare_database_url)
    assert (checked(store).is_whole, checked(store).count) == (True, len(rows))
    write(store, ["new"])
    assert (checked(store).is_whole, checked(store).last_change_id) == (True, 2_503)
    store.close()
