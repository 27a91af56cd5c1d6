"""An address that can never be asked is refused when it is written, not when an order waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.test_keys import accepted, refused


@pytest.mark.parametrize(
    "url",
    [
        "https://exa mple.org/x",
        "https://[::1/x",
        "https://x:abc/",
        "https://x:99999/",
        "https://:80/",
    ]
    + ["https://?x", "https://x\\r\\nEvil: 1/", "https://x/\\u0000"],
)
def test_a_webhook_that_no_order_could_reach_is_refused(tmp_path: Path, url: str) -> None:
    text = f'recipients:\n  - name: a\n    webhook: "{url}"\nroutes: [{{name: r, to: [a]}}]\n'
    (said,) = refused(tmp_path, text)
    assert said.startswith("monitor.yaml:3: recipients.0.webhook: ")


@pytest.mark.parametrize("contact", ["José <j@example.org>", "a\\r\\nX-Evil: 1"])
def test_a_contact_that_no_header_can_hold_is_refused(tmp_path: Path, contact: str) -> None:
    (said,) = refused(tmp_path, f'contact: "{contact}"\n')
    assert said.startswith("monitor.yaml:1: contact: ")


@pytest.mark.parametrize(
    "url",
    ["https://bücher.example/x", "http://[::1]:8080/x?y", "https://10.0.0.1/", "https://a_b:443"],
)
def test_an_address_in_any_usual_spelling_is_taken(tmp_path: Path, url: str) -> None:
    more = "allow_private_addresses: true"
    loaded = accepted(tmp_path, f"recipients: [{{name: a, webhook: '{url}', {more}}}]\n")
    assert [one.name for one in loaded.config.recipients] == ["a"]
