"""Addresses of CourtListener's pages for people."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from monitor.errors import UsageError
from monitor.normalize.numbers import printed_number

_OWN_HOSTS = frozenset({"www.courtlistener.com", "courtlistener.com"})
_SCHEMES = {"https": 443, "http": 80}
_DOCKET = re.compile(r"/docket/([0-9]+)(?:/|$)")


def is_address(words: str) -> bool:
    """Whether somebody means a page by it, and no court."""
    return "//" in words or words.casefold().partition("/")[0] in _OWN_HOSTS


def docket_id_of_page(address: str, api: str) -> int:
    """The id of the docket whose page this is.

    `api` is the address of the API that will be asked: its host's pages are CourtListener's too.
    Raises UsageError for any other site, however like it may look, and for other pages.
    """
    if not _is_on_site(address, api):
        raise UsageError(
            f"{address!r} is no address of CourtListener (https://www.courtlistener.com/docket/…): "
            "name court and number instead, as `watch add dcd 1:25-cv-00457`"
        )
    found = _DOCKET.match(urlsplit(_whole(address)).path)
    docket_id = printed_number(found[1]) if found else None
    if not docket_id:
        raise UsageError(
            f"{address!r} is no page of a docket: its address goes on with /docket/ and a number"
        )
    return docket_id


def _whole(address: str) -> str:
    return address if "//" in address else f"https://{address}"


def _is_on_site(address: str, api: str) -> bool:
    """Whoever writes the site's name before an @, or in another place, means another host."""
    if any(sign.isspace() or not sign.isprintable() or sign == "\\" for sign in address):
        return False
    try:
        page, ours = urlsplit(_whole(address)), urlsplit(api)
        host, port = page.hostname, page.port
    except ValueError:  # no port, no closed bracket
        return False
    if page.scheme not in _SCHEMES or "@" in page.netloc:
        return False
    is_own = host in _OWN_HOSTS and port in {None, _SCHEMES[page.scheme]}
    return is_own or page.netloc.casefold() == ours.netloc.casefold()
