"""The index of words: tables that follow `entries`, `dockets` and `stories` by triggers.

They are no part of `schema.metadata`, because each database has its own. A migration that makes one
of those three tables anew (as SQLite must to change a column) calls `drop_search` before and
`make_search` after: SQLite drops a table's triggers with it, and refuses to rename a table that a
view still names.
"""

from __future__ import annotations

import sqlalchemy as sa

#: What each database has in its own way: no migration is to be derived from it.
_BESIDES = (
    "searchable_", "entry_search", "story_search", "entry_words", "story_words",
    "ix_entries_newest", "ix_entries_docket_newest",
)  # fmt: skip
#: More of a text is not searched: PostgreSQL takes no more than a megabyte of words.
_TEXT, _NAMES, _CAPTION = 100_000, 20_000, 5_000


def make_search(connection: sa.Connection) -> None:
    """Make the index, and fill it with what is there."""
    is_sqlite = connection.dialect.name == "sqlite"
    for statement in _sqlite() if is_sqlite else _postgresql(_collation(connection)):
        connection.exec_driver_sql(statement)


def drop_search(connection: sa.Connection) -> None:
    """Drop the index with all that keeps it up to date; words are kept in their tables."""
    is_sqlite = connection.dialect.name == "sqlite"
    for statement in _SQLITE_GONE if is_sqlite else _POSTGRESQL_GONE:
        connection.exec_driver_sql(statement)


def is_in_schema(name: str | None, kind: str, parents: object) -> bool:
    """Whether `schema.metadata` is to know this table or index: for Alembic's comparison."""
    return not (name or "").startswith(_BESIDES)


# --- SQLite: FTS5 beside the tables, which keep the words ---

#: An entry's number begins with its day of filing and the hour when it was published: so the index
#: itself brings the newest first. So many entries of one hour are told apart, and so many hours.
PER_HOUR, HOURS = 2**24, 64


def _hour(row: str) -> str:
    """Day and hour of a row as one number, which grows as entries are listed.

    What has no day, or no time, comes before all others; hours far from the day count as one.
    """
    day = f"CAST(julianday(coalesce({row}.date_filed, '0001-01-01')) AS INTEGER)"
    day_of_time = f"CAST(julianday(substr({row}.published_at, 1, 10)) AS INTEGER)"
    hours = f"({day_of_time} - {day}) * 24 + CAST(substr({row}.published_at, 12, 2) AS INTEGER)"
    return f"({day} * {HOURS} + coalesce(min(max({hours} + 2, 1), {HOURS - 1}), 0))"


def _next_number(row: str) -> str:
    """A number of this row's hour, behind those of the entries that are known of it."""
    first = f"{_hour(row)} * {PER_HOUR}"
    return f"""(SELECT coalesce(max(number), {first}) + 1 FROM searchable_entries
                 WHERE number >= {first} AND number < {first} + {PER_HOUR})"""


# The rowid of a table with another key may change with every VACUUM; these numbers stay.
_NUMBERS = (
    """CREATE TABLE searchable_entries (
         number INTEGER PRIMARY KEY, entry_id VARCHAR NOT NULL UNIQUE)""",
    """CREATE TABLE searchable_stories (
         number INTEGER PRIMARY KEY, source_id VARCHAR NOT NULL, item_key VARCHAR NOT NULL,
         UNIQUE (source_id, item_key))""",
)


def _entry_words(entry: str) -> str:
    """What is indexed of a row of `entries`; the names stand as JSON there."""
    return f"""substr({entry}.text, 1, {_TEXT}) AS text,
        (SELECT substr(group_concat(value, ' '), 1, {_NAMES})
           FROM json_each({entry}.event_names)) AS names"""


def _docket(entry: str) -> str:
    """One word for a docket, so that what is looked for on few dockets is found among theirs."""
    return f"hex({entry}.docket_id)"


def _story_words(story: str) -> str:
    return f"substr({story}.title, 1, {_CAPTION}), substr({story}.summary, 1, {_TEXT})"


_VIEWS = (
    f"""CREATE VIEW entry_words AS
        SELECT s.number, e.entry_id, e.docket_id, {_entry_words("e")},
               substr(d.case_name, 1, {_CAPTION}) AS caption, {_docket("e")} AS docket
          FROM searchable_entries s
          JOIN entries e ON e.entry_id = s.entry_id
          JOIN dockets d ON d.docket_id = e.docket_id""",
    f"""CREATE VIEW story_words AS
        SELECT s.number, t.source_id, t.item_key,
               substr(t.title, 1, {_CAPTION}) AS title, substr(t.summary, 1, {_TEXT}) AS summary
          FROM searchable_stories s
          JOIN stories t ON t.source_id = s.source_id AND t.item_key = s.item_key""",
)
# Signs part words, in what is indexed and in what is looked for: so "25-cv-457" is three words side
# by side, and "§705" is 705. Nothing is ranked, so how long texts are need not be kept; nor are the
# texts. (FTS5 cannot read them from the view: it takes none in which `json_each` stands.)
_HOW = "content='', columnsize=0, tokenize='unicode61 remove_diacritics 2'"
_INDEXES = (
    f"CREATE VIRTUAL TABLE entry_search USING fts5(text, names, caption, docket, {_HOW})",
    f"CREATE VIRTUAL TABLE story_search USING fts5(title, summary, {_HOW})",
)
_FILL = (
    f"""INSERT INTO searchable_entries (number, entry_id)
        SELECT hour * {PER_HOUR} + row_number() OVER (PARTITION BY hour ORDER BY first_seen_at),
               entry_id
          FROM (SELECT {_hour("entries")} AS hour, first_seen_at, entry_id FROM entries)
         ORDER BY 1""",
    """INSERT INTO searchable_stories (source_id, item_key)
       SELECT source_id, item_key FROM stories ORDER BY first_seen_at""",
    """INSERT INTO entry_search (rowid, text, names, caption, docket)
       SELECT number, text, names, caption, docket FROM entry_words ORDER BY number""",
    """INSERT INTO story_search (rowid, title, summary)
       SELECT number, title, summary FROM story_words ORDER BY number""",
)


# FTS5 forgets words only where it is told which they were.
_FORGET_ENTRY = f"""
    INSERT INTO entry_search (entry_search, rowid, text, names, caption, docket)
    SELECT 'delete', s.number, {_entry_words("old")},
           (SELECT substr(case_name, 1, {_CAPTION}) FROM dockets WHERE docket_id = old.docket_id),
           {_docket("old")}
      FROM searchable_entries s WHERE s.entry_id = old.entry_id;"""
_LEARN_ENTRY = """
    INSERT INTO entry_search (rowid, text, names, caption, docket)
    SELECT number, text, names, caption, docket FROM entry_words WHERE entry_id = new.entry_id;"""
_RENUMBER_ENTRY = f"""
    UPDATE searchable_entries SET number = {_next_number("new")}
     WHERE entry_id = new.entry_id AND {_hour("old")} <> {_hour("new")};"""
_FORGET_STORY = f"""
    INSERT INTO story_search (story_search, rowid, title, summary)
    SELECT 'delete', s.number, {_story_words("old")} FROM searchable_stories s
     WHERE s.source_id = old.source_id AND s.item_key = old.item_key;"""
_LEARN_STORY = """
    INSERT INTO story_search (rowid, title, summary)
    SELECT number, title, summary FROM story_words
     WHERE source_id = new.source_id AND item_key = new.item_key;"""

# A poll writes all columns of what it saw again: only what is other is indexed anew.
_TRIGGERS = (
    f"""CREATE TRIGGER search_entry_added AFTER INSERT ON entries BEGIN
        INSERT INTO searchable_entries (number, entry_id)
        VALUES ({_next_number("new")}, new.entry_id);
        {_LEARN_ENTRY} END""",
    f"""CREATE TRIGGER search_entry_changed
        AFTER UPDATE OF text, event_names, docket_id, date_filed, published_at ON entries
        WHEN old.text IS NOT new.text OR old.event_names IS NOT new.event_names
          OR old.docket_id IS NOT new.docket_id OR {_hour("old")} <> {_hour("new")}
        BEGIN {_FORGET_ENTRY} {_RENUMBER_ENTRY} {_LEARN_ENTRY} END""",
    f"""CREATE TRIGGER search_entry_gone AFTER DELETE ON entries BEGIN
        {_FORGET_ENTRY}
        DELETE FROM searchable_entries WHERE entry_id = old.entry_id; END""",
    f"""CREATE TRIGGER search_caption_changed AFTER UPDATE OF case_name ON dockets
        WHEN old.case_name IS NOT new.case_name BEGIN
        INSERT INTO entry_search (entry_search, rowid, text, names, caption, docket)
        SELECT 'delete', w.number, w.text, w.names, substr(old.case_name, 1, {_CAPTION}), w.docket
          FROM entries e JOIN entry_words w ON w.entry_id = e.entry_id
         WHERE e.docket_id = old.docket_id;
        INSERT INTO entry_search (rowid, text, names, caption, docket)
        SELECT w.number, w.text, w.names, w.caption, w.docket
          FROM entries e JOIN entry_words w ON w.entry_id = e.entry_id
         WHERE e.docket_id = new.docket_id; END""",
    f"""CREATE TRIGGER search_story_added AFTER INSERT ON stories BEGIN
        INSERT INTO searchable_stories (source_id, item_key) VALUES (new.source_id, new.item_key);
        {_LEARN_STORY} END""",
    f"""CREATE TRIGGER search_story_changed AFTER UPDATE OF title, summary ON stories
        WHEN old.title IS NOT new.title OR old.summary IS NOT new.summary
        BEGIN {_FORGET_STORY} {_LEARN_STORY} END""",
    f"""CREATE TRIGGER search_story_gone AFTER DELETE ON stories BEGIN
        {_FORGET_STORY}
        DELETE FROM searchable_stories
         WHERE source_id = old.source_id AND item_key = old.item_key; END""",
)
_SQLITE_GONE = (
    *(
        f"DROP TRIGGER IF EXISTS search_{name}"
        for name in (
            "entry_added", "entry_changed", "entry_gone", "caption_changed",
            "story_added", "story_changed", "story_gone",
        )
    ),
    *(f"DROP TABLE {one}_search" for one in ("entry", "story")),
    *(f"DROP VIEW {one}_words" for one in ("entry", "story")),
    *(f"DROP TABLE searchable_{one}" for one in ("entries", "stories")),
)  # fmt: skip


def _sqlite() -> tuple[str, ...]:
    return (*_NUMBERS, *_VIEWS, *_INDEXES, *_FILL, *_TRIGGERS)


# --- PostgreSQL: vectors of words in tables of their own ---


def _collation(connection: sa.Connection) -> str:
    """One that knows the letters of all languages, whatever the database was made with."""
    known = connection.exec_driver_sql(
        "SELECT collname FROM pg_collation WHERE collname IN ('pg_c_utf8', 'und-x-icu') "
        "ORDER BY collname = 'pg_c_utf8' DESC"
    ).scalar()
    return f'COLLATE "{known}"' if known else ""


def _postgresql(collation: str) -> tuple[str, ...]:
    return (*_words_functions(collation), *_VECTORS, *_FOLLOWING)


def _words_functions(collation: str) -> tuple[str, ...]:
    """Texts are parted at signs and freed of case and accents as FTS5 does.

    PostgreSQL's own parser would take numbers, hosts and hyphens for words of other sorts.
    """
    return (
        f"""CREATE FUNCTION search_words(raw text) RETURNS text
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
            SELECT btrim(regexp_replace(
              lower(regexp_replace(normalize(raw, NFD), '[\u0300-\u036f]', '', 'g') {collation}),
              '[^[:alnum:]]+', ' ', 'g')) $$""",
        # Each part has a weight of its own, so that a question may name one.
        """CREATE FUNCTION search_vector(raw text, weight "char") RETURNS tsvector
            LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT setweight(
              to_tsvector('pg_catalog.simple', coalesce(search_words(raw), '')), weight) $$""",
    )


def _entry_vector(entry: str, caption: str) -> str:
    """Short parts first: of a very long text PostgreSQL forgets the order of the last words."""
    return f"""search_vector(left({caption}, {_CAPTION}), 'C') ||
        search_vector((SELECT left(string_agg(value, ' '), {_NAMES})
                         FROM json_array_elements_text({entry}.event_names)), 'B') ||
        search_vector(left({entry}.text, {_TEXT}), 'A')"""


def _story_vector(story: str) -> str:
    return f"""search_vector(left({story}.title, {_CAPTION}), 'A') ||
        search_vector(left({story}.summary, {_TEXT}), 'B')"""


_VECTORS = (
    """CREATE TABLE searchable_entries (
         entry_id VARCHAR PRIMARY KEY REFERENCES entries ON DELETE CASCADE,
         words tsvector NOT NULL)""",
    """CREATE TABLE searchable_stories (
         source_id VARCHAR, item_key VARCHAR, words tsvector NOT NULL,
         PRIMARY KEY (source_id, item_key),
         FOREIGN KEY (source_id, item_key) REFERENCES stories ON DELETE CASCADE)""",
    f"""INSERT INTO searchable_entries SELECT e.entry_id, {_entry_vector("e", "d.case_name")}
          FROM entries e JOIN dockets d ON d.docket_id = e.docket_id""",
    f"""INSERT INTO searchable_stories
        SELECT t.source_id, t.item_key, {_story_vector("t")} FROM stories t""",
    "CREATE INDEX ix_searchable_entries_words ON searchable_entries USING gin (words)",
    "CREATE INDEX ix_searchable_stories_words ON searchable_stories USING gin (words)",
)
_FOLLOWING = (
    f"""CREATE FUNCTION search_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO searchable_entries SELECT new.entry_id, {_entry_vector("new", "d.case_name")}
          FROM dockets d WHERE d.docket_id = new.docket_id
        ON CONFLICT (entry_id) DO UPDATE SET words = excluded.words;
        RETURN NULL; END $$""",
    f"""CREATE FUNCTION search_caption() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        UPDATE searchable_entries s SET words = {_entry_vector("e", "new.case_name")}
          FROM entries e WHERE e.docket_id = new.docket_id AND s.entry_id = e.entry_id;
        RETURN NULL; END $$""",
    f"""CREATE FUNCTION search_story() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO searchable_stories
        SELECT new.source_id, new.item_key, {_story_vector("new")}
        ON CONFLICT (source_id, item_key) DO UPDATE SET words = excluded.words;
        RETURN NULL; END $$""",
    """CREATE TRIGGER search_entry_added AFTER INSERT ON entries
        FOR EACH ROW EXECUTE FUNCTION search_entry()""",
    """CREATE TRIGGER search_entry_changed AFTER UPDATE OF text, event_names, docket_id ON entries
        FOR EACH ROW WHEN (old.text <> new.text OR old.docket_id <> new.docket_id
          OR old.event_names::text <> new.event_names::text)
        EXECUTE FUNCTION search_entry()""",
    """CREATE TRIGGER search_caption_changed AFTER UPDATE OF case_name ON dockets
        FOR EACH ROW WHEN (old.case_name <> new.case_name) EXECUTE FUNCTION search_caption()""",
    """CREATE TRIGGER search_story_added AFTER INSERT ON stories
        FOR EACH ROW EXECUTE FUNCTION search_story()""",
    """CREATE TRIGGER search_story_changed AFTER UPDATE OF title, summary ON stories
        FOR EACH ROW WHEN (old.title <> new.title OR old.summary <> new.summary)
        EXECUTE FUNCTION search_story()""",
)
_POSTGRESQL_GONE = (
    "DROP FUNCTION search_entry() CASCADE",
    "DROP FUNCTION search_caption() CASCADE",
    "DROP FUNCTION search_story() CASCADE",
    "DROP TABLE searchable_entries, searchable_stories",
    'DROP FUNCTION search_vector(text, "char")',
    "DROP FUNCTION search_words(text)",
)
