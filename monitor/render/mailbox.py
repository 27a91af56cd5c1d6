"""Addresses of mail as people write them, and as servers and headers take them."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: So many bytes: RFC 5321, 4.5.3.1. An address stands in angle brackets, in a path of 256.
_LONGEST_LOCAL, _LONGEST_LABEL, _LONGEST_ADDRESS = 64, 63, 254
_LOCAL = re.compile(r'[^\s()<>\[\]:;@\\,."]+(?:\.[^\s()<>\[\]:;@\\,."]+)*')
_QUOTED_LOCAL = re.compile(r'"(?:[^"\\]|\\.)*"')
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?", re.IGNORECASE | re.ASCII)
_LITERAL = re.compile(r"\[(?:IPv6:)?[0-9a-f:.]+\]", re.IGNORECASE | re.ASCII)
_FORMS = "write desk@example.org, or Docket Monitor <desk@example.org>"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody's name, which may be empty, and an address whose domain is in ASCII."""

    name: str
    local: str
    domain: str

    @property
    def address(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def needs_utf8(self) -> bool:
        """Whether only servers that offer SMTPUTF8 take it: a local part has no other spelling."""
        return not self.local.isascii()


def parse_mailbox(raw: str) -> Mailbox:
    """Read an address with or without a name, whatever signs stand in the name.

    >>> parse_mailbox("Docket Monitor, Inc. <desk@bücher.example>")
    Mailbox(name='Docket Monitor, Inc.', local='desk', domain='xn--bcher-kva.example')

    The standard parser takes the comma of an unquoted name for the end of an address. Raises
    ValueError, with what is wrong, for what no server would take.
    """
    text = raw.strip()
    name, _, spec = text[:-1].rpartition("<") if text.endswith(">") else ("", "", text)
    local, at, domain = spec.strip().rpartition("@")
    if not spec.isprintable() or len(text.splitlines()) > 1:
        raise ValueError(f"{raw!r} holds a sign that cannot be seen: type the address anew")
    if not at or not local or not domain:
        raise ValueError(f"{raw!r} is no mail address: {_FORMS}")
    box = Mailbox(_unquoted(name.strip()), _local(local, raw), _domain(domain, raw))
    if len(box.address.encode()) > _LONGEST_ADDRESS:
        raise ValueError(f"{raw!r}: a mail address has at most {_LONGEST_ADDRESS} bytes")
    return box


def _unquoted(name: str) -> str:
    if len(name) > 1 and name.startswith('"') and name.endswith('"'):
        return re.sub(r"\\(.)", r"\1", name[1:-1])
    return name


def _local(local: str, raw: str) -> str:
    if not _LOCAL.fullmatch(local) and not _QUOTED_LOCAL.fullmatch(local):
        raise ValueError(f"{raw!r}: {local!r} cannot stand before the @: {_FORMS}")
    if len(local.encode()) > _LONGEST_LOCAL:
        raise ValueError(f"{raw!r}: what stands before the @ has at most {_LONGEST_LOCAL} bytes")
    return local


def _domain(domain: str, raw: str) -> str:
    if _LITERAL.fullmatch(domain):
        return domain
    encoded = domain if domain.isascii() else _punycode(domain, raw)
    for label in encoded.split("."):
        if len(label) > _LONGEST_LABEL:
            part = f"“{label[:20]}…” has {len(label)} letters, and a part has at most"
            raise ValueError(f"{raw!r}: no such domain can be: {part} {_LONGEST_LABEL}")
        if not _LABEL.fullmatch(label):
            raise ValueError(f"{raw!r}: {domain!r} is no domain: {_FORMS}")
    return encoded


def _punycode(domain: str, raw: str) -> str:
    import idna

    # Not the codec of the standard library: it turns straße.example into another domain.
    try:
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError as exc:
        raise ValueError(f"{raw!r}: {domain!r} is no domain: {exc}") from exc
