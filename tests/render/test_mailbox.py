"""Addresses as people write them: what can be sent is taken, and all else is named."""

from __future__ import annotations

import pytest

from monitor.render.mailbox import Mailbox, parse_mailbox

TAKEN = {
    "monitor@example.org": ("", "monitor@example.org"),
    "Docket Monitor <monitor@example.org>": ("Docket Monitor", "monitor@example.org"),
    "Docket Monitor, Inc. <monitor@example.org>": ("Docket Monitor, Inc.", "monitor@example.org"),
    '"Roe, Poe & Co." <m@example.org>': ("Roe, Poe & Co.", "m@example.org"),
    '"Al \\"the Desk\\" Roe" <m@example.org>': ('Al "the Desk" Roe', "m@example.org"),
    'Al "the Desk" Roe <m@example.org>': ('Al "the Desk" Roe', "m@example.org"),
    "Desk (nights) [D.C.]: <m@example.org>": ("Desk (nights) [D.C.]:", "m@example.org"),
    "m@home <m@example.org>": ("m@home", "m@example.org"),
    "Bürö § 1 <monitor@example.org>": ("Bürö § 1", "monitor@example.org"),
    "jürgen@example.org": ("", "jürgen@example.org"),
    "desk@bücher.example": ("", "desk@xn--bcher-kva.example"),
    "desk@BÜCHER.example": ("", "desk@xn--bcher-kva.example"),
    "desk@straße.example": ("", "desk@xn--strae-oqa.example"),
    "desk@例え.テスト": ("", "desk@xn--r8jz45g.xn--zckzah"),
    "desk@xn--bcher-kva.example": ("", "desk@xn--bcher-kva.example"),
    "desk@localhost": ("", "desk@localhost"),
    "desk@[127.0.0.1]": ("", "desk@[127.0.0.1]"),
    "first.last+tag@mail_1.example.org": ("", "first.last+tag@mail_1.example.org"),
    '"quoted local"@example.org': ("", '"quoted local"@example.org'),
    f"m@{'a' * 60}.example": ("", f"m@{'a' * 60}.example"),
    f"m@{'a' * 63}.example": ("", f"m@{'a' * 63}.example"),
    f"{'m' * 64}@example.org": ("", f"{'m' * 64}@example.org"),
    "  monitor@example.org ": ("", "monitor@example.org"),
}

REFUSED = {
    "": "no mail address",
    "Docket Monitor": "no mail address",
    "Docket Monitor <>": "no mail address",
    "@example.org": "no mail address",
    "monitor@": "no mail address",
    f"m@{'a' * 64}.example": "has 64 letters",
    f"m@{'ü' * 60}.example": "is no domain",
    f"{'m' * 65}@example.org": "at most 64 bytes",
    f"{'ü' * 33}@example.org": "at most 64 bytes",
    f"m@{'.'.join(['a' * 60] * 5)}": "at most 254 bytes",
    "a..b@example.org": "before the @",
    ".a@example.org": "before the @",
    "a b@example.org": "before the @",
    "a, b@example.org": "before the @",
    "a@b@example.org": "before the @",
    "m@example..org": "is no domain",
    "m@-example.org": "is no domain",
    "m@exa mple.org": "is no domain",
    "m@exämple_.org": "is no domain",
    "m@example.org\r\nBcc: x@example.org": "cannot be seen",
    "Desk <m@example.org\r\nRCPT TO:<x@example.org>": "cannot be seen",
    "m\u200b@example.org": "cannot be seen",
    "\u202em@example.org": "cannot be seen",
}


@pytest.mark.parametrize("raw", TAKEN)
def test_what_can_be_sent_is_taken(raw: str) -> None:
    box = parse_mailbox(raw)
    assert (box.name, box.address) == TAKEN[raw]


@pytest.mark.parametrize("raw", REFUSED)
def test_what_no_server_would_take_is_named(raw: str) -> None:
    with pytest.raises(ValueError, match=REFUSED[raw]):
        parse_mailbox(raw)


def test_only_a_local_part_has_no_other_spelling() -> None:
    assert Mailbox("Bürö", "jürgen", "example.org").needs_utf8
    assert not parse_mailbox("Bürö <m@bücher.example>").needs_utf8
