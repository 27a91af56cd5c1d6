"""The image, the compose file and their folder, laid out as they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from monitor.settings.load import load_settings
from monitor.store.database import open_store

REPO = Path(__file__).parents[1]
COMPOSE: Any = YAML(typ="safe").load((REPO / "deploy/compose.yaml").read_text())
MONITOR: Any = COMPOSE["services"]["monitor"]
PASSWORDS = ["p@ss/w#rd:%41?&=+ $x\\", "a b", "@", "#", "ü"]


def mounts() -> dict[str, str]:
    """Where in the container -> what stands there, beside the compose file."""
    return {
        inside: outside for outside, inside, _ in (one.split(":") for one in MONITOR["volumes"])
    }


@pytest.mark.parametrize("password", PASSWORDS)
def test_any_password_reaches_the_database(
    postgres: str, password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands beside the URL: nothing in it can end the URL."""
    url = MONITOR["environment"]["DOCKET_MONITOR_DATABASE"]
    assert "$" not in url
    monkeypatch.setenv("PGPASSWORD", password)
    store = open_store(postgres)
    with store.reading() as connection:
        raw: Any = connection.connection.dbapi_connection
        assert raw.info.password == password
    store.close()


def test_both_services_have_one_password_and_the_file_that_explains_it() -> None:
    database = COMPOSE["services"]["database"]["environment"]["POSTGRES_PASSWORD"]
    assert MONITOR["environment"]["PGPASSWORD"] == database
    wanted = set(re.findall(r"\$\{(\w+)", (REPO / "deploy/compose.yaml").read_text()))
    given = set(re.findall(r"^(\w+)=", (REPO / "deploy/env.example").read_text(), re.MULTILINE))
    assert wanted == given


def test_the_monitor_is_given_the_time_that_it_takes_to_stop() -> None:
    from monitor.daemon import GRACE_SECONDS

    unit = (REPO / "deploy/docket-monitor.service").read_text()
    stop = re.search(r"TimeoutStopSec=(\d+)", unit)
    assert stop
    assert int(stop[1]) > GRACE_SECONDS
    assert int(MONITOR["stop_grace_period"].removesuffix("s")) > GRACE_SECONDS


def test_config_and_secrets_are_read_where_they_are_mounted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step of the compose file's head, in a folder of its own; then what the container does."""
    folder = tmp_path / "deploy"
    for name in ("compose.yaml", "env.example"):
        folder.mkdir(exist_ok=True)
        (folder / name).write_text((REPO / "deploy" / name).read_text())
    said = (REPO / "deploy/compose.yaml").read_text()
    steps = re.findall(r"^#   (docket-monitor|cp|mkdir) (.*?)(?:\s{2,}.*)?$", said, re.MULTILINE)
    assert [name for name, _ in steps] == ["docket-monitor", "cp", "mkdir"]
    env = os.environ | {"PYTHONPATH": str(REPO)}
    for name, args in steps:
        program = [sys.executable, "-m", "monitor"] if name == "docket-monitor" else [name]
        subprocess.run([*program, *args.split()], cwd=tmp_path, env=env, check=True)
    there = mounts()
    config, secrets = (folder / there[place] for place in ("/etc/docket-monitor", "/run/secrets"))
    assert (folder / ".env").exists()
    assert MONITOR["environment"]["CREDENTIALS_DIRECTORY"] == "/run/secrets"
    (secrets / "courtlistener-token").write_text("token-of-mine\n")
    path = config / "monitor.yaml"
    path.write_text(
        path.read_text().replace("{env: COURTLISTENER_TOKEN}", "{credential: courtlistener-token}")
    )
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(secrets))
    assert load_settings(path).secrets["courtlistener.token"] == "token-of-mine"


def goes_to_the_builder(path: str) -> bool:
    """As a builder reads .dockerignore: the last pattern that fits decides."""
    is_sent = True
    for line in (REPO / ".dockerignore").read_text().splitlines():
        pattern = line.removeprefix("!").removeprefix("**/")
        parts = [path] if "**/" not in line else [*path.split("/")]
        fits = any(fnmatch(part, pattern) for part in parts) or path.startswith(f"{pattern}/")
        if line and not line.startswith("#") and fits:
            is_sent = line.startswith("!")
    return is_sent


@pytest.mark.parametrize(
    "path",
    [".git/config", ".venv/bin/python", "var/monitor.db", "monitor.db", "deploy/.env", ".env",
     "deploy/secrets/smtp-password", "secrets/x", "config/secrets/x", "config/x.db", "tests/x.py"],
)  # fmt: skip
def test_nothing_of_yours_goes_to_the_builder(path: str) -> None:
    assert not goes_to_the_builder(path)


def test_all_that_the_image_is_made_of_goes_to_the_builder() -> None:
    said = (REPO / "deploy/Containerfile").read_text()
    copied = [
        name
        for line in re.findall(r"^COPY (?!--)(.*) \S+$", said, re.MULTILINE)
        for name in line.split()
    ]
    assert "monitor" in copied
    for name in copied:
        assert (REPO / name).exists()
        inside = f"{name}/x.py" if (REPO / name).is_dir() else name
        assert goes_to_the_builder(inside)


def test_what_is_yours_is_not_committed() -> None:
    ignored = (REPO / ".gitignore").read_text().splitlines()
    assert {"/deploy/.env", "/deploy/config/", "/deploy/secrets/"} <= set(ignored)
