"""What `backup` and `restore` say of a copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from monitor.render.message import counted
from monitor.show.cli.words import fill

if TYPE_CHECKING:
    from monitor.history.copies import CheckedCopy


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A copy that was made, and what was found in it."""

    file: str
    size: int
    version: str
    #: None where it has no chain that this program can follow.
    is_whole: bool | None
    count: int
    head: str
    broken_because: str

    @property
    def exit_code(self) -> int:
        """1 where the chain of changes is broken: the copy is kept all the same."""
        return 1 if self.is_whole is False else 0


def copy_line(file: str, found: CheckedCopy) -> CopyLine:
    chain = found.chain
    broken = chain.broken if chain else None
    return CopyLine(
        file=file,
        size=found.size,
        version=found.version,
        is_whole=chain.is_whole if chain else None,
        count=chain.count if chain else 0,
        head=chain.head if chain else "",
        broken_because=f"{broken.fault} at change {broken.change_id}: {broken.words}"
        if broken
        else "",
    )


def print_copy(line: CopyLine) -> None:
    click.echo(fill(f"{line.file}: {line.size:,} bytes, version {line.version}, no page damaged."))
    if line.is_whole is None:
        click.echo(fill("Its change log cannot be verified: it is of an older version."))
        return
    if line.is_whole:
        click.echo(fill(f"Its change log is whole: {counted(line.count, 'change')}."))
    else:
        click.echo(fill(f"Its change log is BROKEN: {line.broken_because}."))
    click.echo(f"head:  {line.head}")  # on one line, to be copied
