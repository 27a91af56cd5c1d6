"""The line to a mail server, which is cut at a chosen moment."""

from __future__ import annotations

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from tests.story import Story

#: Where a conversation with a mail server is cut: as the recipient is named, within the message,
#: between the message and its acceptance, and between the acceptance and the goodbye.
BEFORE_ACCEPTANCE, UNHEARD, AFTER_ACCEPTANCE = ("recipient", "message"), "answer", "goodbye"


class Line:
    """The line to a real mail server, cut at a chosen moment of each conversation."""

    def __init__(self, mail_port: int, cuts: list[str]) -> None:
        #: What becomes of the next conversations; those behind them are left alone.
        self.cuts = cuts
        #: Every message that left the monitor whole, byte by byte.
        self.sent: list[bytes] = []
        self.ended = asyncio.Event()
        self._mail_port = mail_port

    async def carry(self, reader: StreamReader, writer: StreamWriter) -> None:
        cut = self.cuts.pop(0) if self.cuts else ""
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self._mail_port)
        with suppress(ConnectionError):
            await self._talk(cut, (reader, writer), (from_server, to_server))
        for end in (writer, to_server):
            end.close()

    async def _talk(
        self,
        cut: str,
        client: tuple[StreamReader, StreamWriter],
        server: tuple[StreamReader, StreamWriter],
    ) -> None:
        client[1].write(await _answer(server[0]))
        while (line := await client[0].readline()) and not _is_cut(cut, line):
            server[1].write(line)
            client[1].write(await _answer(server[0]))
            if line == b"DATA\r\n" and not await self._message(cut, client, server):
                return
        if cut == "no goodbye":
            await self.ended.wait()

    async def _message(
        self,
        cut: str,
        client: tuple[StreamReader, StreamWriter],
        server: tuple[StreamReader, StreamWriter],
    ) -> bool:
        """Carry a message over; False where the line is cut."""
        message = await client[0].readuntil(b"\r\n.\r\n")
        if cut == "message":
            server[1].write(message[: len(message) // 2])
            return False
        self.sent.append(message)
        server[1].write(message)
        answer = await _answer(server[0])
        if cut != UNHEARD:
            client[1].write(answer)
        return cut not in {UNHEARD, AFTER_ACCEPTANCE}


def _is_cut(cut: str, line: bytes) -> bool:
    begins = {"recipient": b"RCPT", "no goodbye": b"QUIT"}.get(cut)
    return begins is not None and line.startswith(begins)


async def _answer(server: StreamReader) -> bytes:
    """All lines of an answer: the last one has no hyphen behind its code."""
    said = line = await server.readline()
    while line[3:4] == b"-":
        line = await server.readline()
        said += line
    return said


async def begin_again(story: Story, old: str, new: str) -> None:
    """The same monitor with other settings."""
    file, pack = story.folder / "monitor.yaml", story.folder / "pack.yaml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    await story.app.close()
    await story.begin_with(pack.read_text())


@asynccontextmanager
async def cut_line(story: Story, *cuts: str) -> AsyncIterator[Line]:
    """From now on this story's mail goes over a line that is cut so."""
    line = Line(story.mail.port, list(cuts))
    server = await asyncio.start_server(line.carry, "127.0.0.1", 0, limit=1_000_000)
    port = server.sockets[0].getsockname()[1]
    await begin_again(story, f"port: {story.mail.port}", f"port: {port}")
    story.mails.clear()
    yield line
    line.ended.set()
    server.close()
