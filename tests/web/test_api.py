"""The API as programs ask it, on a real server and both databases."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from monitor.model.access import Scope, Token
from monitor.show.api.app import make_api
from monitor.show.credentials import make_token, token_hash
from tests.story import Story, telling
from tests.web.serving import LOGIN, Served, asking, pages_listening, serving

DESCRIBED = Path(__file__).parents[2] / "docs" / "openapi.json"
GIVEN = "ORDER granting 7 Motion for Preliminary Injunction. Signed by Judge X on 3/4/2026."
SET = "MINUTE ORDER: Status Conference set for 12/15/2027 at 10:00 AM in Courtroom 24A."


async def begin(story: Story) -> None:
    story.files(10, "Order", entry=10, text=GIVEN)
    await story.polls()
    for seq in range(11, 18):
        story.files(seq, "Notice of Appearance", entry=seq, text=f"NOTICE of Appearance {seq}")
    story.files(20, "Order", entry=20, text=SET)
    await story.polls()
    await story.polls()


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Story]:
    async with telling(tmp_path, database_url, has_token=True, has_press=True) as one:
        await begin(one)
        yield one


API = "/api/v1"


async def test_a_program_finds_the_order_and_what_is_known_of_it(story: Story) -> None:
    async with asking(story, API) as client:
        (case,) = (await client.get("/cases")).json()
        assert (await client.get(f"/cases/{case['case_id']}")).json() == case
        orders = (
            await client.get("/entries", params={"kind": "order", "case": "ctr-v-irs"})
        ).json()
        assert [one["entry_number"] for one in orders["entries"]] == [20, 10]
        name = orders["entries"][1]["entry_id"]
        entry = (await client.get(f"/entries/{name}")).json()
        assert entry["text"] == GIVEN
        assert entry["deliveries"]
        assert (await client.get(f"/entries/{name}/explanation")).json()["kind_reason"]
        assert (await client.get(f"/entries/{name}/who")).json()["told"]
        found = (await client.get("/search", params={"q": '"status conference"'})).json()
        assert [hit["entry"]["entry_number"] for hit in found["hits"]] == [20]
        (day,) = (await client.get("/calendar", params={"case": "ctr-v-irs"})).json()
        assert day["day"] == "2027-12-15"


async def test_the_answers_are_those_of_the_pages(story: Story) -> None:
    async with asking(story, API) as client:
        page = await client.get(
            str(client.base_url).replace("/api/v1", "") + "cases/ctr-v-irs.json"
        )
        assert (await client.get("/entries", params={"case": "ctr-v-irs"})).json() == page.json()


async def test_cursors_lead_through_everything_once(story: Story) -> None:
    async with asking(story, API) as client:
        for place, key in (("/entries", "entries"), ("/changes", "changes"), ("/search", "hits")):
            asked: dict[str, Any] = {"q": "notice"} if place == "/search" else {}
            everything = (await client.get(place, params={**asked, "limit": 200})).json()[key]
            seen: list[Any] = []
            asked["limit"] = 3
            while True:
                page = (await client.get(place, params=asked)).json()
                assert len(page[key]) <= 3
                seen += page[key]
                if not page["next_cursor"]:
                    break
                asked["cursor"] = page["next_cursor"]
            assert seen == everything
            assert len(everything) > 3


async def test_what_did_not_change_is_not_sent_again(story: Story) -> None:
    async with asking(story, API) as client:
        first = await client.get("/entries")
        known = {"If-None-Match": f'"other", W/{first.headers["etag"]}'}
        again = await client.get("/entries", headers=known)
        assert (again.status_code, again.content) == (304, b"")
        story.files(30, "Order", entry=30, text="ORDER denying 9 Motion")
        await story.polls()
        changed = await client.get("/entries", headers=known)
        assert changed.status_code == 200
        assert changed.headers["etag"] != first.headers["etag"]


#: What is asked, with which status it is refused, and what the refusal names.
SENSELESS = [
    ("/entries?kimd=order", 422, "did you mean “kind”"),
    ("/entries?kind=ordr", 422, "kind"),
    ("/entries?since=yesterday", 422, "write 2026-03-05"),
    ("/entries?since=1", 422, "write 2026-03-05"),
    ("/entries?limit=1000", 422, "limit"),
    ("/entries?since=2026-03-05&until=2026-03-01", 400, "nothing lies between"),
    ("/entries?case=ctr-v-irz", 400, "did you mean"),
    ("/entries?case=ctr-v-irs&court=cadc", 400, "has no docket in cadc"),
    ("/entries?court=dcx", 400, "no court is called"),
    ("/entries?docket=25-cv-458", 400, "was ever seen"),
    ("/entries?as_of=2026-03-05T10:00:00", 422, "as_of"),
    ("/entries?cursor=x", 400, "no cursor"),
    ("/entries?words=%00", 422, "a sign that no text has"),
    ("/cases?x=1", 422, "nothing here is called 'x'"),
    ("/cases/nothing", 404, "no case is called"),
    ("/cases/%00", 404, "no case is called"),
    ("/entries/ffff", 404, "no entry is called"),
    ("/deliveries/nothing", 404, "no delivery"),
    ("/search?q=kimd:order", 400, "kind"),
    ("/search", 422, "q"),
    ("/changes?since=2031-01-01T00:00:00Z", 400, "nothing lies between"),
    *(
        (f"/{place}={moment}", 422, "from 1900 to 2200")
        for place in (
            "cases?as_of", "cases/ctr-v-irs?as_of", "cases/ctr-v-irs/timeline?as_of",
            "entries?as_of", "entries?seen_since", "changes?until", "changes?since",
        )
        for moment in (
            "0001-01-01T00:00:00%2B14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"
        )
    ),
    ("/entries?since=0001-01-01", 422, "from 1900 to 2200"),
    ("/coverage?since=9999-12-31", 422, "from 1900 to 2200"),
    ("/calendar?since=9999-12-31", 422, "from 1900 to 2200"),
    ("/nowhere", 404, "openapi.json"),
]  # fmt: skip


async def test_a_question_that_makes_no_sense_is_a_problem_that_names_it(story: Story) -> None:
    async with asking(story, API) as client:
        for place, status, culprit in SENSELESS:
            answer = await client.get(place)
            assert answer.status_code == status, (place, answer.text)
            assert answer.headers["content-type"] == "application/problem+json"
            found = answer.json()
            assert found["status"] == status
            assert culprit in found["detail"], (place, found)
        posted = await client.post("/entries")
        assert posted.status_code == 405
        assert posted.headers["allow"] == "GET"


async def test_a_token_sees_what_its_scopes_name(story: Story) -> None:
    made = {scopes: make_token() for scopes in ((Scope.HISTORY,), tuple(Scope))}
    with story.app.store.begin() as unit:
        for number, (scopes, token) in enumerate(made.items()):
            one = Token(f"bot{number}", scopes, story.now, None)
            assert unit.access.add_token(one, token_hash(token))
    narrow, wide = ({"Authorization": f"Bearer {token}"} for token in made.values())
    async with asking(story, API, login=LOGIN) as client:
        refused = await client.get("/cases")
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"] == "Bearer"
        forged = await client.get("/cases", headers={"Authorization": "Bearer dm_x"})
        assert forged.status_code == 401
        name = (await client.get("/entries?kind=order", headers=wide)).json()["entries"][0]
        entry = f"/entries/{name['entry_id']}"
        assert (await client.get(entry, headers=wide)).json()["deliveries"]
        assert (await client.get(entry, headers=narrow)).json()["deliveries"] == []
        for place in ("/deliveries", f"{entry}/who", f"{entry}/explanation"):
            assert (await client.get(place, headers=wide)).status_code == 200
            assert (await client.get(place, headers=narrow)).status_code == 403
        for place in ("/cases", "/cases/ctr-v-irs", "/cases/ctr-v-irs/timeline", "/coverage"):
            assert "desk" in (await client.get(place, headers=wide)).text
            assert "desk" not in (await client.get(place, headers=narrow)).text


def test_the_description_in_docs_is_that_of_the_code() -> None:
    assert json.loads(DESCRIBED.read_text("utf-8")) == make_api(None, None).openapi()


# --- whatever the description allows, and much that it does not ---


TOKEN = make_token()


async def begin_with_token(story: Story) -> None:
    await begin(story)
    with story.app.store.begin() as unit:
        unit.access.add_token(Token("bot", tuple(Scope), story.now, None), token_hash(TOKEN))


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("api")
    more: dict[str, Any] = {"has_token": True, "has_press": True}
    with serving(
        folder,
        f"sqlite:///{folder}/m.db",
        begin_with_token,
        lambda story: pages_listening(story, login=LOGIN),
        **more,
    ) as one:
        yield one


#: What the description allows may still make no sense, as a case that nobody watches: that is an
#: error with a suggestion, never an empty answer.
MAY_BE_REFUSED = [schemathesis.checks.positive_data_acceptance]
schema = schemathesis.openapi.from_dict(make_api(None, None).openapi())


@schema.parametrize()
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: schemathesis.Case[Any], api: Served) -> None:
    named = {"Authorization": f"Bearer {TOKEN}"}
    case.call_and_validate(
        base_url=f"{api.url}/api/v1", headers=named, excluded_checks=MAY_BE_REFUSED
    )
