"""Who may log in, and the tokens of programs, from the command line."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitor.history.record import reading
from monitor.model.access import Scope
from monitor.show.cli.main import cli
from monitor.show.credentials import is_password, token_hash
from tests.story import Story, telling

PASSWORD = "four words of hers"


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    async with telling(tmp_path, database_url) as one:
        yield one


def said(story: Story, *args: str, given: str = "") -> Result:
    return CliRunner().invoke(cli, [*args, "--database", story.database], input=given)


async def test_a_reader_comes_changes_and_goes(story: Story) -> None:
    added = said(story, "login", "add", "jane", "--password-stdin", given=PASSWORD + "\n")
    assert added.exit_code == 0, added.output
    assert "jane" in said(story, "login", "list").stdout
    with reading(story.app.store) as record:
        first = record.unit.access.reader("jane")
    assert first is not None
    assert is_password(first.password_hash, PASSWORD)
    assert PASSWORD not in first.password_hash
    again = "other words of hers"
    changed = said(story, "login", "add", "jane", given=f"{again}\n{again}\n")
    assert changed.exit_code == 0, changed.output
    assert again not in changed.output
    with reading(story.app.store) as record:
        second = record.unit.access.reader("jane")
    assert second is not None
    assert is_password(second.password_hash, again)
    assert second.changed_at > first.changed_at
    removed = said(story, "login", "remove", "jane", "--json")
    assert json.loads(removed.stdout)["name"] == "jane"
    assert json.loads(said(story, "login", "list", "--json").stdout) == []


SENSELESS = [
    (["login", "add", "jane", "--password-stdin"], "short\n", "from 12 to"),
    (["login", "add", "jane", "--password-stdin"], "", "from 12 to"),
    (["login", "add", "jane", "--password-stdin"], "a\ttab is no sign to type\n", "typed"),
    (["login", "add", "Jane Roe", "--password-stdin"], PASSWORD, "is no name"),
    (["login", "remove", "jnae"], "", "nobody is called 'jnae'"),
    (["token", "revoke", "bto"], "", "no token is called 'bto'"),
    (["token", "add", "bot", "--expires", "soon"], "", "no length of time"),
    (["token", "add", "bot", "--scope", "all"], "", "'all' is not one of"),
    (["token", "add", "b\x1bt"], "", "is no name"),
]


async def test_what_cannot_be_is_an_error(story: Story) -> None:
    for args, given, culprit in SENSELESS:
        failed = said(story, *args, given=given)
        assert failed.exit_code in {1, 2}
        said_so = f"{failed.output} {failed.exception}"
        assert culprit in " ".join(said_so.split())
        assert "\x1b" not in said_so


async def test_a_token_is_shown_once_and_kept_as_its_hash(story: Story) -> None:
    now = datetime.now(UTC)
    made = said(story, "token", "add", "bot", "--expires", "90d").stdout.strip()
    with reading(story.app.store) as record:
        token = record.unit.access.token(token_hash(made))
    assert token is not None
    assert token.scopes == (Scope.HISTORY,)
    assert token.expires_at is not None
    assert timedelta(days=89) < token.expires_at - now < timedelta(days=91)
    assert made not in said(story, "token", "list", "--json").stdout
    taken = said(story, "token", "add", "bot")
    assert "already" in str(taken.exception)
    assert said(story, "token", "revoke", "bot").exit_code == 0
    with reading(story.app.store) as record:
        assert record.unit.access.token(token_hash(made)) is None
