"""Who may see the pages from elsewhere: on a real server, and both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from monitor.model.access import Reader, Scope, Token
from monitor.settings.listening import LoginConfig
from monitor.show.credentials import make_token, password_hash, token_hash
from tests.settings.test_keys import accepted, refused
from tests.story import Story, telling
from tests.web.serving import LOGIN, asking

PASSWORD = "four words of hers"


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    async with telling(tmp_path, database_url) as one:
        await one.polls()
        with one.app.store.begin() as unit:
            unit.access.set_reader(Reader("jane", password_hash(PASSWORD), one.now, one.now))
        yield one


async def logs_in(
    client: httpx.AsyncClient, password: str = PASSWORD, name: str = "jane", **more: str
) -> httpx.Response:
    return await client.post("/login", data={"name": name, "password": password, **more})


async def test_whoever_logs_in_sees_the_page_that_was_asked_for(story: Story) -> None:
    async with asking(story, login=LOGIN) as client:
        asked = await client.get("/changes?since=2026-03-01")
        assert asked.status_code == 303
        form = await client.get(asked.headers["location"])
        assert "Log in" in form.text
        assert "Sources" not in form.text
        entered = await logs_in(client, next="/changes?since=2026-03-01")
        assert entered.headers["location"] == "/changes?since=2026-03-01"
        page = await client.get(entered.headers["location"])
        assert page.status_code == 200
        assert "jane" in page.text
        kept = dict(client.cookies)
        assert (await client.post("/logout")).status_code == 303
        assert (await client.get("/")).status_code == 303
        # What somebody copied from the browser before opens nothing any more.
        client.cookies.update(kept)
        assert (await client.get("/")).status_code == 303


async def test_the_session_is_kept_from_scripts_and_other_sites(story: Story) -> None:
    async with asking(story, login=LOGIN) as client:
        cookie = (await logs_in(client)).headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Secure" not in cookie
        # The proxy on this machine says that the reader came by TLS.
        secure = await client.post(
            "/login",
            data={"name": "jane", "password": PASSWORD},
            headers={"X-Forwarded-Proto": "https"},
        )
        assert "Secure" in secure.headers["set-cookie"]


async def test_a_wrong_password_lets_nobody_in_and_says_nothing_of_the_name(story: Story) -> None:
    async with asking(story, login=LOGIN) as client:
        for name in ("jane", "nobody", "j\u0000", "\udcff", ""):
            sent = f"name={name}&password=wrong".encode("utf-8", "surrogateescape")
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            answer = await client.post("/login", content=sent, headers=form)
            assert answer.status_code == 401, name
            assert "do not belong together" in answer.text
            assert "set-cookie" not in answer.headers


async def test_after_five_wrong_passwords_even_the_right_one_waits(story: Story) -> None:
    async with asking(story, login=LOGIN) as client:
        for _ in range(5):
            assert (await logs_in(client, "wrong")).status_code == 401
        late = await logs_in(client)
        assert late.status_code == 429
        assert int(late.headers["retry-after"]) > 600
        assert "Try again in" in late.text
        elsewhere = {"X-Forwarded-For": "203.0.113.9"}
        data = {"name": "jane", "password": PASSWORD}
        assert (await client.post("/login", data=data, headers=elsewhere)).status_code == 303


async def test_guesses_from_all_over_a_network_are_of_one_guesser(story: Story) -> None:
    async with asking(story, login=LOGIN) as client:
        for last in range(6):
            data = {"name": "jane", "password": "wrong"}
            from_there = {"X-Forwarded-For": f"2001:db8::{last:x}"}
            answer = await client.post("/login", data=data, headers=from_there)
        assert answer.status_code == 429


async def test_whoever_knows_a_password_neither_runs_out_nor_gains_attempts(story: Story) -> None:
    async with asking(story, login=LOGIN) as client:
        for _ in range(7):
            assert (await logs_in(client)).status_code == 303
        for _ in range(5):
            assert (await logs_in(client, "wrong", "john")).status_code == 401
            if _ < 4:
                assert (await logs_in(client)).status_code == 303
        assert (await logs_in(client, "wrong", "john")).status_code == 429


async def test_many_guesses_at_once_are_no_more_than_one_after_the_other(story: Story) -> None:
    async with asking(story, login=LOGIN) as client:
        answers = await asyncio.gather(*(logs_in(client, "wrong") for _ in range(12)))
        assert sorted(one.status_code for one in answers) == [401] * 5 + [429] * 7


async def test_a_form_of_another_site_does_nothing(story: Story) -> None:
    async with asking(story, login=LOGIN) as client:
        data = {"name": "jane", "password": PASSWORD}
        for origin in ("https://evil.example", "null", ""):
            client.cookies.clear()
            answer = await client.post("/login", data=data, headers={"Origin": origin})
            assert answer.status_code == 403
            await logs_in(client)
            await client.post("/logout", headers={"Origin": origin})
            assert (await client.get("/")).status_code == 200


async def test_a_login_leads_to_no_other_site(story: Story) -> None:
    async with asking(story, login=LOGIN) as client:
        for onward in ("//evil.example", "/\\evil.example", "https://evil.example"):
            assert (await logs_in(client, next=onward)).headers["location"] == "/"


async def test_a_session_ends_with_its_time_with_the_password_and_with_the_reader(
    story: Story,
) -> None:
    async with asking(story, login=LOGIN) as client:
        await logs_in(client)
        story.now += timedelta(hours=11)
        assert (await client.get("/")).status_code == 200
        story.now += timedelta(seconds=1)
        with story.app.store.begin() as unit:
            unit.access.set_reader(Reader("jane", password_hash(PASSWORD), story.now, story.now))
        assert (await client.get("/")).status_code == 303
        await logs_in(client)
        assert (await client.get("/")).status_code == 200
        story.now += timedelta(hours=12)
        assert (await client.get("/")).status_code == 303
        await logs_in(client)
        with story.app.store.begin() as unit:
            assert unit.access.remove_reader("jane")
        assert (await client.get("/")).status_code == 303


async def test_a_forged_session_is_none(story: Story) -> None:
    async with asking(story, login=LOGIN) as client:
        for cookie in ("", "x", "WyJqYW5lIl0.x", "é"):
            answer = await client.get("/", headers={b"Cookie": f"session={cookie}".encode()})
            assert answer.status_code == 303


async def test_a_program_is_told_and_not_led_to_a_form(story: Story) -> None:
    async with asking(story, login=LOGIN) as client:
        answer = await client.get("/cases/ctr-v-irs.json")
        assert answer.status_code == 401
        assert "log in" in answer.json()["error"]


async def test_a_token_opens_what_its_scopes_name(story: Story) -> None:
    made = {scopes: make_token() for scopes in ((Scope.HISTORY,), tuple(Scope))}
    with story.app.store.begin() as unit:
        for place, (scopes, token) in enumerate(made.items()):
            ends = story.now + timedelta(days=1)
            unit.access.add_token(Token(f"bot{place}", scopes, story.now, ends), token_hash(token))
    narrow, wide = ({"Authorization": f"Bearer {token}"} for token in made.values())
    async with asking(story, login=LOGIN) as client:
        assert (await client.get("/overview.json", headers=wide)).status_code == 200
        assert (await client.get("/overview.json", headers=narrow)).status_code == 403
        story.now += timedelta(days=1)
        assert (await client.get("/overview.json", headers=wide)).status_code == 401


async def test_a_proxy_that_is_trusted_names_who_asks(story: Story) -> None:
    login = LoginConfig(proxy_header="X-Remote-User")
    async with asking(story, login=login) as client:
        assert (await client.get("/")).status_code == 401
        named = {"X-Remote-User": "jane"}
        assert (await client.get("/", headers=named)).status_code == 200
        elsewhere = await client.get("/", headers={**named, "Host": "evil.example"})
        assert elsewhere.status_code == 403
        # The form of our own is not there.
        assert (await client.get("/login", headers=named)).status_code == 404
    async with asking(story, login=login, trusted_proxies=("10.0.0.0/8",)) as client:
        forged = {"X-Remote-User": "jane", "X-Forwarded-For": "10.0.0.1"}
        assert (await client.get("/", headers=forged)).status_code == 403


async def test_a_site_whose_name_was_made_to_lead_here_reads_nothing(story: Story) -> None:
    async with asking(story) as client:
        for host in ("evil.example", "127.0.0.1.evil.example", "[", "", "localhost@x"):
            answer = await client.get("/", headers={"Host": host})
            assert answer.status_code in {400, 403}, host
            assert "CTR" not in answer.text
    async with asking(story, names=("dockets.example.org",)) as client:
        for ours in ("localhost:8320", "[::1]:8320", "dockets.example.org"):
            assert (await client.get("/", headers={"Host": ours})).status_code == 200


def test_pages_for_others_need_a_login(tmp_path: Path) -> None:
    said = " ".join(refused(tmp_path, "listen: {host: 0.0.0.0, pages: true}\n"))
    assert "login" in said
    (tmp_path / "path").write_text("a-path-that-nobody-can-guess")
    with_login = "listen: {host: 0.0.0.0, pages: true, login: {secret: {file: path}}}\n"
    assert accepted(tmp_path, with_login).secrets["listen.login"]


@pytest.mark.parametrize(
    ("login", "culprit"),
    [
        ("{}", "one of them"),
        ("{secret: {file: path}, proxy_header: X-User}", "one of them"),
        ("{secret: hunter2hunter2}", "a secret does not stand in the configuration"),
        ("{proxy_header: 'X: Y'}", "no name of a header"),
    ],
)
def test_a_login_that_is_none_is_refused(tmp_path: Path, login: str, culprit: str) -> None:
    (tmp_path / "path").write_text("a-path-that-nobody-can-guess")
    said = " ".join(refused(tmp_path, f"listen: {{login: {login}}}\n"))
    assert culprit in said
    assert "hunter2" not in said
