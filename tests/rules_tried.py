"""What the ready-made routes would have sent of a real court's series. `make rules`.

The bodies of D.D.C. are read as the daemon would have read them, into a database of their own; then
`rules test` is asked. Only counts are printed: what the court's feed held stands nowhere here.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from monitor.show.cli.main import cli

CORPUS = Path(os.environ.get("MONITOR_CORPUS", "../shared/corpus"))
SERIES = "snapshots-dcd.tar.xz"
READERS = {
    "desk": "orders-and-appeals",
    "clinic": "dispositive-only",
    "weekly": "weekly-brief",
    "operator": "operators",
    "archive": "everything",
}
CONFIG = """\
packs: []
email: {host: 127.0.0.1, from: monitor@example.org}
recipients:
%s
routes:
%s
"""


def _config() -> str:
    readers = (f"  - {{name: {name}, email: {name}@example.org}}" for name in READERS)
    routes = (
        f"  - {{name: {route}, use: {route}, to: [{name}]}}" for name, route in READERS.items()
    )
    return CONFIG % ("\n".join(readers), "\n".join(routes))


def _asked(folder: Path, *command: str) -> str:
    database = ["--database", f"sqlite:///{folder}/r.db"]
    config = ["--config", str(folder / "monitor.yaml")]
    done = CliRunner().invoke(cli, [*config, *command, *database], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def tried() -> dict[str, Any]:
    """What `rules test --json` says of the whole series."""
    with tempfile.TemporaryDirectory() as raw:
        folder = Path(raw)
        (folder / "monitor.yaml").write_text(_config())
        _asked(folder, "replay", str(CORPUS / SERIES), "--court", "dcd", "--everything")
        answer: dict[str, Any] = json.loads(
            _asked(folder, "rules", "test", "--since", "3650d", "--json")
        )
        return answer


def report(answer: dict[str, Any]) -> Iterator[str]:
    """The page, line by line."""
    days = sorted({line["day"] for line in answer["days"]})
    got = {(line["day"], line["recipient"]): line["alerts"] for line in answer["days"]}
    yield "# The ready-made routes, tried on a real court"
    yield ""
    yield (
        f"`make rules` reads recorded feeds of D.D.C. ({days[0]} to {days[-1]}; every docket of the "
        "court is watched), and asks `rules test` what each ready-made route would have sent. "
        "Who watches a few cases gets a few of these."
    )
    yield ""
    yield f"Of {answer['alerts']:,} alerts, sent by day (UTC) and route:"
    yield ""
    yield f"| day | {' | '.join(READERS.values())} |"
    yield "|---|" + "---:|" * len(READERS)
    for day in days:
        counts = (str(len(got.get((day, name), []))) for name in READERS)
        yield f"| {day} | {' | '.join(counts)} |"
    yield ""
    yield "What each of them takes, by what happened and kind of filing:"
    yield ""
    yield from _kinds(answer)


def _kinds(answer: dict[str, Any]) -> Iterator[str]:
    counts = {name: Counter[str]() for name in READERS}
    for line in answer["days"]:
        counts[line["recipient"]].update(_what(alert) for alert in line["alerts"])
    rows = sorted({what for one in counts.values() for what in one}, key=_by_most(counts))
    yield f"| what | {' | '.join(READERS.values())} |"
    yield "|---|" + "---:|" * len(READERS)
    for what in rows:
        yield f"| {what} | {' | '.join(str(counts[name][what] or '') for name in READERS)} |"


def _what(alert: dict[str, Any]) -> str:
    topic, kind = alert["topic"].replace("_", " "), alert["kind"].replace("_", " ")
    return topic if kind == topic else f"{topic}: {kind}"


def _by_most(counts: dict[str, Counter[str]]) -> Any:
    return lambda what: (-counts["archive"][what], what)


def main() -> None:
    print("\n".join(report(tried())))


if __name__ == "__main__":
    main()
