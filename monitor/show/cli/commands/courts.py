"""Which court is called what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from monitor.errors import UsageError
from monitor.show.cli.options import config_option, json_option
from monitor.show.cli.output import print_json
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.model.court import Court


@dataclass(frozen=True, slots=True)
class CourtLine:
    """A court, as it is named in commands and configuration."""

    court_id: str
    citation: str
    name: str
    kind: str
    #: The court of appeals above it, or itself; empty where there is none.
    circuit_id: str
    circuit: str
    timezone: str
    has_feed: bool


@click.command(epilog="Example: docket-monitor courts maryland")
@click.argument("words", nargs=-1)
@json_option
@config_option
def command(words: tuple[str, ...], as_json: bool) -> None:
    """Find a court's id by its name, state, citation or circuit; without WORDS, list all.

    All WORDS must fit: docket-monitor courts second circuit bankruptcy
    """
    found = _found(" ".join(words))
    if as_json:
        print_json(found)
        return
    for line in found:
        _print(line)


def _found(said: str) -> Sequence[CourtLine]:
    """Raises UsageError, with what may be meant, where no court fits."""
    from monitor.model.court import courts
    from monitor.model.court_search import court_words, search_courts
    from monitor.settings.problems import closest

    found = search_courts(said)
    if not found:
        near = [closest(word.lower(), court_words()) for word in said.split()]
        meant = " ".join(one or word for one, word in zip(near, said.split(), strict=True))
        if meant.lower() != said.lower() and search_courts(meant):
            raise UsageError(f"no court fits {said!r}; did you mean “{meant}”?")
        raise UsageError(
            f"no court fits {said!r}: write a state (maryland), a citation (D. Md.), a circuit "
            f"(second circuit) or an id (mdd); without words all {len(courts())} are listed"
        )
    return tuple(map(_line, found))


def _line(one: Court) -> CourtLine:
    from monitor.model.court_search import circuit_of

    circuit = circuit_of(one)
    return CourtLine(
        court_id=one.court_id,
        citation=one.citation,
        name=one.name,
        kind=one.kind.value,
        circuit_id=circuit.court_id if circuit else "",
        circuit=circuit.citation if circuit else "",
        timezone=one.timezone,
        has_feed=bool(one.feed_url),
    )


def _print(line: CourtLine) -> None:
    circuit = f", {line.circuit} ({line.circuit_id})" if line.circuit_id else ""
    feed = "has a feed" if line.has_feed else "no feed known"
    click.echo(fill(f"{line.court_id}: {line.name} ({line.citation})"))
    click.echo(fill(f"{line.kind}{circuit}, {line.timezone}, {feed}", "    "))
