"""A message for a chat or a telephone: what matters first, and no longer than a service takes."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.render.message import Item, Message, clip

_LOOK_UP = "docket-monitor history"
_LONGEST_TEXT = 900
_SHOWN_ROWS = frozenset({"Ruling", "Kind"})


def chat_of(message: Message, most: int) -> str:
    """The message in at most `most` characters; what is left out is counted."""
    blocks = list(_blocks(message))
    kept: list[str] = []
    for place, block in enumerate(blocks):
        more = f"… and {len(blocks) - place} more parts: {_LOOK_UP}"
        room = most - sum(len(one) + 1 for one in kept)
        if len(block) > room - len(more) - 1 and place + 1 < len(blocks):
            kept.append(more)
            break
        kept.append(clip(block, max(room, 0)) if len(block) > room else block)
    return "\n".join(kept)[: max(most, 0)]


def _blocks(message: Message) -> Iterator[str]:
    if message.lead:
        yield message.lead
    for paragraph in message.paragraphs:
        yield clip(paragraph, _LONGEST_TEXT)
    for label, value in message.rows:
        if label in _SHOWN_ROWS:
            yield f"{label}: {value}"
    for item in message.items:
        yield _item(item)
    for section in message.sections:
        yield section.title.upper()
        for item in section.items:
            yield _item(item)


def _item(item: Item) -> str:
    return "\n".join(filter(None, (f"• {item.title}", *item.lines, item.url)))
