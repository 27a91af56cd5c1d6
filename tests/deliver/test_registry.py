"""Each recipient gets the courier of his channel, with his own secret and his own leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, get_args

import httpx
import pytest
from pydantic import TypeAdapter, ValidationError

from monitor.build import Web, make_couriers, make_fetcher, user_agent
from monitor.deliver.chat.settings import ChatRecipient
from monitor.deliver.email.courier import EmailCourier
from monitor.deliver.email.settings import EmailRecipient, MailServer
from monitor.deliver.means import Means
from monitor.deliver.registry import (
    CHANNELS,
    Recipient,
    RecipientSettings,
    courier_for,
    takes_bundles,
)
from monitor.deliver.webhook.courier import WebhookCourier
from monitor.deliver.webhook.settings import WebhookRecipient
from monitor.settings.load import Settings
from monitor.settings.schema import MonitorConfig
from tests.feeds import NOON

RECIPIENT: TypeAdapter[Recipient] = TypeAdapter(RecipientSettings)
MAIL = MailServer.model_validate({"host": "smtp.example.org", "from": "Monitor <m@example.org>"})
HOOK = {"name": "hook", "webhook": "https://hook.example.org/x"}
ROOM = {"name": "room", "chat": {"env": "ROOM"}}
DESK = {"name": "desk", "email": "desk@example.org"}


class Clients:
    """Two clients, and which of them was asked for."""

    def __init__(self) -> None:
        self.open, self.private = httpx.AsyncClient(), httpx.AsyncClient()

    def __call__(self, allow_private: bool) -> httpx.AsyncClient:
        return self.private if allow_private else self.open


def means(secrets: Mapping[str, str] | None = None) -> Means:
    return Means(now=lambda: NOON, client=Clients(), mail=MAIL, secrets=secrets or {})


@pytest.mark.parametrize(
    ("raw", "kind"),
    [(DESK, EmailRecipient), (HOOK, WebhookRecipient), (ROOM, ChatRecipient)],
    ids=CHANNELS,
)
def test_the_channel_is_the_key_by_which_a_recipient_is_reached(
    raw: dict[str, Any], kind: type[Recipient]
) -> None:
    found = RECIPIENT.validate_python(raw)
    assert type(found) is kind
    assert RECIPIENT.validate_python(found) == found


@pytest.mark.parametrize(
    "raw",
    [
        {"name": "nobody"},
        DESK | HOOK,
        {"name": "desk", "webhok": "https://x"},
        {"name": "desk", "email": "desk@example.org", "secret": {"env": "X"}},
        {"name": "desk", "email": "desk@example.org", "schema_version": 2},
        {"name": "hook", "webhook": "https://x", "from": "a@example.org"},
        {"name": "", "email": "desk@example.org"},
        {"name": "desk\r\nBcc: x", "email": "desk@example.org"},
        {"name": "desk", "email": None},
        "desk@example.org",
        None,
        [],
    ],
)
def test_a_recipient_of_no_channel_of_two_or_with_anothers_keys_is_refused(raw: object) -> None:
    with pytest.raises(ValidationError):
        RECIPIENT.validate_python(raw)


def test_every_channel_is_listed_and_has_a_key_of_its_own() -> None:
    assert set(CHANNELS.values()) == set(get_args(Recipient))
    for key, kind in CHANNELS.items():
        assert key in kind.model_fields
        assert not any(key in other.model_fields for other in CHANNELS.values() if other != kind)


def test_mail_goes_to_the_address_through_the_server_with_its_password() -> None:
    made = courier_for(EmailRecipient.model_validate(DESK), means({"email.password": "hunter2"}))
    assert isinstance(made, EmailCourier)
    assert (made.address, made.server.host) == ("desk@example.org", "smtp.example.org")
    assert made.server.password == "hunter2"
    assert "hunter2" not in repr(made)


def test_a_webhook_is_signed_with_its_own_secret_and_not_with_anothers() -> None:
    given = means({"recipients.hook": "whsec_mine", "recipients.other": "whsec_theirs"})
    made = courier_for(WebhookRecipient.model_validate(HOOK), given)
    bare = courier_for(WebhookRecipient.model_validate(HOOK | {"name": "bare"}), given)
    assert isinstance(made, WebhookCourier)
    assert isinstance(bare, WebhookCourier)
    assert (made.url, made.secret, bare.secret) == (HOOK["webhook"], "whsec_mine", "")
    assert "whsec_mine" not in f"{made!r} {given!r}"


@pytest.mark.parametrize("is_allowed", [True, False])
def test_only_the_recipient_who_has_leave_may_live_in_our_own_network(is_allowed: bool) -> None:
    given = means()
    recipient = WebhookRecipient.model_validate(HOOK | {"allow_private_addresses": is_allowed})
    made = courier_for(recipient, given)
    assert isinstance(made, WebhookCourier)
    assert made.client is given.client(is_allowed)
    assert made.client is not given.client(not is_allowed)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [(DESK, True), (HOOK, True), (HOOK | {"schema_version": 1}, False)],
)
def test_a_document_of_the_first_schema_has_no_room_for_a_bundle(
    raw: dict[str, Any], expected: bool
) -> None:
    recipient = RECIPIENT.validate_python(raw)
    assert takes_bundles(recipient) is expected
    made = courier_for(recipient, means())
    if isinstance(made, WebhookCourier):
        assert made.schema_version == (2 if expected else 1)


# --- the parts that the settings ask for ---


def made_of(tmp_path: Any, secrets: Mapping[str, str] | None = None, **config: Any) -> Settings:
    return Settings(tmp_path, MonitorConfig.model_validate(config), (), secrets or {})


async def test_every_recipient_gets_a_courier_under_his_own_name(tmp_path: Any) -> None:
    mail = {"host": "smtp.example.org", "from": "m@example.org"}
    settings = made_of(tmp_path, recipients=(DESK, HOOK, HOOK | {"name": "more"}), email=mail)
    web = Web(settings)
    couriers = make_couriers(settings, web, lambda: datetime.now(UTC))
    assert list(couriers) == ["desk", "hook", "more"]
    assert isinstance(couriers["desk"], EmailCourier)
    await web.close()


async def test_clients_are_kept_apart_by_what_they_may_reach(tmp_path: Any) -> None:
    web = Web(made_of(tmp_path))
    assert web.client(False) is web.client(False)
    assert web.client(True) is not web.client(False)
    await web.close()
    everywhere = Web(made_of(tmp_path, fetch={"allow_private_addresses": True}))
    assert everywhere.client(False) is everywhere.client(True)
    await everywhere.close()


async def test_the_fetcher_keeps_the_limits_and_the_token_of_the_settings(tmp_path: Any) -> None:
    fetch = {"max_megabytes": 2, "total_seconds": 7, "gap_seconds": 3, "allow_http": True}
    courtlistener = {"url": "https://cl.example.org:8443/api/rest/v4/"}
    secrets = {"courtlistener.token": "t0k3n"}
    settings = made_of(tmp_path, secrets, fetch=fetch, courtlistener=courtlistener)
    web = Web(settings)
    made = make_fetcher(settings, web)
    assert (made.most_bytes, made.total_seconds, made.allow_http) == (2_000_000, 7, True)
    assert made.most_compressed_bytes < made.most_bytes
    assert made.politeness.gap_seconds == 3
    assert (made.token, made.token_host) == ("t0k3n", "cl.example.org:8443")
    await web.close()


@pytest.mark.parametrize("contact", ["clerk@example.org", ""])
def test_a_courts_clerk_can_see_who_asks(contact: str) -> None:
    said = user_agent(contact)
    assert said.startswith("docket-monitor/")
    assert (contact or "no contact") in said
