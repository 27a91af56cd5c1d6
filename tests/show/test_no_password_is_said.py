"""No password of a URL is printed, wherever a URL or an exception is."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import StoreError
from monitor.passwords import hide_passwords, without_password
from monitor.show.logs import FieldFormatter
from monitor.store.database import open_existing, open_store
from tests.settings.test_keys import refused

ROOT = str(Path(__file__).parents[2])
#: Every way in which somebody may write a database URL that has a password. Nothing listens there.
URLS = [
    "postgresql://u:geheim@127.0.0.1:1/d",
    "postgresql+psycopg://u:geheim@127.0.0.1:1/d",
    "postgres://u:geheim@127.0.0.1:1/d",
    "postgresql://u:ge@geheim@127.0.0.1:1/d",
    "postgresql://u:x/geheim@127.0.0.1:1/d",
    "postgresql://u:x#geheim@127.0.0.1:1/d",
    "postgresql://u:x?geheim@127.0.0.1:1/d",
    "postgresql://u:x%geheim@127.0.0.1:1/d",
    "postgresql://u/x:geheim@127.0.0.1:1/d",
    "postgresql://u:x y geheim@127.0.0.1:1/d",
    "postgresql://u:geheim\udc80@127.0.0.1:1/d",
    "postgresql://127.0.0.1:1/d?user=u&password=geheim",
    "postgresql://127.0.0.1:1/d?sslpassword=geheim",
    "postgresql://127.0.0.1:geheim/d",
    "postgresql:/u:geheim@127.0.0.1/d",
    "postgresql:u:geheim@127.0.0.1/d",
    "u:geheim@127.0.0.1/d",
    "mysql://u:geheim@127.0.0.1/d",
    "postgresql+asyncpg://u:geheim@127.0.0.1:1/d",
    "nonsense+x://u:geheim@127.0.0.1/d",
]


@pytest.mark.parametrize("url", URLS)
def test_a_database_that_cannot_be_opened_is_named_without_its_password(url: str) -> None:
    for opening in (open_store, open_existing):
        with pytest.raises(StoreError) as caught:
            opening(url)
        assert "geheim" not in str(caught.value)


COMMANDS = [
    ["watch", "pause", "x"],
    ["watch", "add", "dcd", "1:25-cv-00001"],
    ["watch", "show", URLS[0]],
    ["history"],
    ["check"],
    ["check", "--json"],
    ["poll", URLS[0]],
    ["run", "--once"],
    ["deliveries", "retry", "--all-dead"],
]


@pytest.mark.parametrize("url", [URLS[0], URLS[3], URLS[11]])
@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_no_command_prints_it(tmp_path: Path, args: list[str], url: str) -> None:
    (tmp_path / "monitor.yaml").write_text("contact: x@example.org\n")
    known = {k: v for k, v in os.environ.items() if not k.startswith("DOCKET_MONITOR")}
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "--config", str(tmp_path / "monitor.yaml"), *args],
        env=known | {"PYTHONPATH": ROOT, "DOCKET_MONITOR_DATABASE": url},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode != 0
    assert "geheim" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("url", [one for one in URLS if one.isprintable()])
def test_a_configuration_that_holds_it_is_refused_without_it(tmp_path: Path, url: str) -> None:
    for row in (f'database: ["{url}"]', f'database: "{url}"\ncontact: [x]'):
        assert "geheim" not in str(refused(tmp_path, row + "\n"))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://u:geheim@hooks.example.org/x",
        "https://u:x/geheim@hooks.example.org",
        "hooks.example.org/services/T0/geheim",
        "https://hooks.example.org:x/geheim",
        "https://exa mple.org/?token=geheim",
        "http://hooks.example.org/services/geheim",
        "https://10.0.0.1/services/geheim",
    ],
)
def test_a_webhook_that_is_refused_is_not_repeated(tmp_path: Path, url: str) -> None:
    said = refused(tmp_path, f'recipients: [{{name: a, webhook: "{url}"}}]\n')
    assert said
    assert "geheim" not in str(said)


# --- the words themselves ---

Secret = st.text(
    st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=6, max_size=40
).filter(lambda text: not text[0].isdecimal())


@given(Secret, st.sampled_from(["postgresql", "https", "postgresql+psycopg"]))
def test_a_url_is_printed_without_its_password(secret: str, scheme: str) -> None:
    url = f"{scheme}://user:{secret}@host.example.org/x"
    assert without_password(url) == f"{scheme}://***@host.example.org/x"
    words = f"cannot ask {url} now"
    record = logging.makeLogRecord({"msg": words, "levelname": "INFO", "url": url})
    for said in (
        hide_passwords(words),
        FieldFormatter(as_json=True).format(record),
        FieldFormatter(as_json=False).format(record),
    ):
        assert f":{secret}@" not in said
        assert "host.example.org/x" in said


@pytest.mark.parametrize("as_json", [True, False])
def test_an_exception_is_logged_without_a_password(as_json: bool) -> None:
    bug = ValueError("no such host: https://desk:geheim@example.org/feed?token=geheim")
    record = logging.makeLogRecord(
        {"msg": "broke", "levelname": "ERROR", "exc_info": (ValueError, bug, None), "of": bug}
    )
    said = FieldFormatter(as_json=as_json).format(record)
    assert "geheim" not in said
    assert "example.org/feed" in said


@pytest.mark.parametrize(
    "text", ["https://example.org:8443/@desk", "sqlite:////srv/a@b/m.db", "mail desk@example.org"]
)
def test_what_is_no_password_stays(text: str) -> None:
    assert hide_passwords(text) == text
