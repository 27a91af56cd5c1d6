"""Which addresses are CourtListener's: its token and its ids are for no other site."""

from __future__ import annotations

import pytest

from monitor.errors import UsageError
from monitor.sources.courtlistener.pages import docket_id_of_page, is_address

API = "https://www.courtlistener.com/api/rest/v4/"
SITE = "www.courtlistener.com"

OURS = {
    "as the browser shows it": f"https://{SITE}/docket/77/doe-v-roe/",
    "without www": "https://courtlistener.com/docket/77/doe-v-roe/",
    "plain http": f"http://{SITE}/docket/77/",
    "without its end": f"https://{SITE}/docket/77",
    "without its scheme": f"{SITE}/docket/77/doe-v-roe/",
    "with its port": f"https://{SITE}:443/docket/77/x/",
    "in capitals": "HTTPS://WWW.CourtListener.COM/docket/77/x/",
    "of an entry": f"https://{SITE}/docket/77/doe-v-roe/?order_by=desc#entry-5",
    "of a document": f"https://{SITE}/docket/77/5/doe-v-roe/",
    "of its feed": f"https://{SITE}/docket/77/feed/",
}
OTHERS = {
    "another site": "https://evil.example/docket/77/",
    "its name in front": f"https://{SITE}.evil.example/docket/77/",
    "its name behind": "https://evilcourtlistener.com/docket/77/",
    "its name as the end of another": "https://wwwcourtlistener.com/docket/77/",
    "another part of the site": "https://storage.courtlistener.com/docket/77/",
    "before an @": f"https://{SITE}@evil.example/docket/77/",
    "with a password": f"https://{SITE}:x@evil.example/docket/77/",
    "somebody's name in front": f"https://me@{SITE}/docket/77/",
    "a backslash": f"https://evil.example\\@{SITE}/docket/77/",
    "in the path": f"https://evil.example/{SITE}/docket/77/",
    "in the query": f"https://evil.example/docket/77/?{SITE}",
    "another port": f"https://{SITE}:8443/docket/77/",
    "the port of the other scheme": f"https://{SITE}:80/docket/77/",
    "no port": f"https://{SITE}:x/docket/77/",
    "a dot behind": f"https://{SITE}./docket/77/",
    "a letter of another script": "https://www.c\u043eurtlistener.com/docket/77/",
    "letters of full width": "https://www.courtlistener.c\uff4fm/docket/77/",
    "an open bracket": "https://[www.courtlistener.com/docket/77/",
    "another scheme": f"ftp://{SITE}/docket/77/",
    "a blank in the name": "https://www.courtlistener.com .evil.example/docket/77/",
    "a line end in the name": f"https://{SITE}\n.evil.example/docket/77/",
    "a hidden sign": "https://www.court\u200blistener.com/docket/77/",
    "no host": "https:///docket/77/",
}
OTHER_PAGES = {
    "an opinion": f"https://{SITE}/opinion/77/",
    "no number": f"https://{SITE}/docket/x/",
    "nought": f"https://{SITE}/docket/0/",
    "five thousand digits": f"https://{SITE}/docket/{'9' * 5_000}/",
    "digits of another script": f"https://{SITE}/docket/\u0667\u0667/",
    "deeper": f"https://{SITE}/x/docket/77/",
    "behind the question mark": f"https://{SITE}/?/docket/77/",
}


@pytest.mark.parametrize("address", OURS.values(), ids=OURS)
def test_a_page_of_a_docket_says_its_id(address: str) -> None:
    assert is_address(address)
    assert docket_id_of_page(address, API) == 77


@pytest.mark.parametrize("address", OTHERS.values(), ids=OTHERS)
def test_what_only_looks_like_the_site_is_refused(address: str) -> None:
    assert is_address(address)
    with pytest.raises(UsageError, match="no address of CourtListener"):
        docket_id_of_page(address, API)


@pytest.mark.parametrize("address", OTHER_PAGES.values(), ids=OTHER_PAGES)
def test_another_page_of_the_site_is_no_docket(address: str) -> None:
    with pytest.raises(UsageError, match="no page of a docket"):
        docket_id_of_page(address, API)


def test_a_site_of_ones_own_has_pages_of_its_own() -> None:
    api = "http://127.0.0.1:8000/api/rest/v4/"
    assert docket_id_of_page("http://127.0.0.1:8000/docket/77/x/", api) == 77
    with pytest.raises(UsageError):
        docket_id_of_page("http://127.0.0.1:8001/docket/77/x/", api)


@pytest.mark.parametrize("court", ["dcd", "scotus", "", "D.D.C.", "dcd/1:25-cv-00457"])
def test_a_court_is_no_address(court: str) -> None:
    assert not is_address(court)
