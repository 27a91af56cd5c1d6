"""The one defence of the terminal: whatever is printed goes through it.

Fetched text, labels, answers of receivers and messages of errors may hold signs that a terminal
obeys (it would move its cursor, change its title, answer in the user's name) or that turn the
reading direction. They never reach it, whoever prints them.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Iterator
from typing import TextIO, cast

from monitor.normalize.text import without_hiding

#: What changes how words look, and nothing else.
_STYLE = re.compile(r"(?:\x1b\[[0-9;]{0,40}m)?")
#: How a terminal without these signs is told of them.
_PLAINER = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "\u00a0": " "}
)


def harmless(text: str, encoding: str = "utf-8") -> str:
    """A text that a terminal of this encoding shows and does not obey.

    >>> harmless("ORDER \\x1b[2Jdenying\\u202e “it”", "latin-1")
    'ORDER [2Jdenying "it"'
    """
    clean = without_hiding(text).replace("\t", " ")
    try:
        clean.encode(encoding)
    except UnicodeEncodeError:
        plainer = clean.translate(_PLAINER)
        return plainer.encode(encoding, "backslashreplace").decode(encoding)
    return clean


class Terminal(io.TextIOBase):
    """A stream that lets nothing through which a terminal obeys.

    It has no `buffer`: whoever prints could go round it there.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        #: Why nothing more can be written: a full disk, a reader who has left.
        self.failure: OSError | None = None

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self.stream.encoding or "utf-8"

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        return self.stream.errors

    def write(self, text: str | bytes) -> int:
        # A shell's completions come as bytes, and are words as well.
        text = text if isinstance(text, str) else text.decode("utf-8", "replace")
        if self.failure is not None:
            raise self.failure
        # Writing nothing is how click asks what a stream takes: it swallows an error.
        if clean := harmless(text, self.encoding):
            with self._remembered():
                self.stream.write(clean)
        return len(text)

    def write_styled(self, before: str, text: str, after: str) -> None:
        """Words between a style of ours and its end; what is no style is left out."""
        if isinstance(self.stream, Terminal):
            # Guarded twice: the inner one would take the style for a sign that is obeyed.
            self.stream.write_styled(before, text, after)
            return
        is_style = all(_STYLE.fullmatch(one) for one in (before, after))
        clean = harmless(text, self.encoding)
        with self._remembered():
            self.stream.write(f"{before}{clean}{after}" if is_style else clean)

    def write_bytes(self, content: bytes) -> None:
        """What is for another program, as it is. Never asked of a terminal: see `isatty`."""
        if self.failure is not None:
            raise self.failure
        with self._remembered():
            if isinstance(self.stream, Terminal):
                self.stream.write_bytes(content)
            else:
                self.stream.buffer.write(content)

    def flush(self) -> None:
        with self._remembered():
            self.stream.flush()

    def isatty(self) -> bool:
        return self.stream.isatty()

    def fileno(self) -> int:
        return self.stream.fileno()

    def writable(self) -> bool:
        return True

    @contextlib.contextmanager
    def _remembered(self) -> Iterator[None]:
        try:
            yield
        except OSError as exc:
            self.failure = exc
            raise

    def let_go(self) -> None:
        """What waits to be written is tried again when Python ends, and would fail once more."""
        with contextlib.suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.stream.fileno())
            os.close(nowhere)


@contextlib.contextmanager
def guarded_terminal() -> Iterator[None]:
    """Put the defence before standard output and standard error.

    An answer that cannot be written ends the program: with a sentence on standard error, where a
    reader who has left (`… | head`) needs none.
    """
    out, err = sys.stdout, sys.stderr
    guards = _guarded(out), _guarded(err)
    sys.stdout, sys.stderr = guards
    try:
        yield
    except OSError as exc:
        if exc is getattr(guards[0], "failure", None):
            with contextlib.suppress(OSError):
                print(f"docket-monitor: cannot write the answer: {exc.strerror}", file=guards[1])
        elif exc is not getattr(guards[1], "failure", None):
            raise
        sys.exit(1)
    finally:
        sys.stdout, sys.stderr = out, err
        for guard in guards:
            if isinstance(guard, Terminal) and guard.failure:
                guard.let_go()


def _guarded(stream: TextIO | None) -> TextIO:
    # A stream that was closed before the start is None, and stays so.
    return cast(TextIO, Terminal(stream) if stream is not None else None)


def unguarded(stream: TextIO) -> TextIO:
    """The terminal itself, for what must move its cursor and prints no words of others."""
    return stream.stream if isinstance(stream, Terminal) else stream
