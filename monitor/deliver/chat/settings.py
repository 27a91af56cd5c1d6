"""Chat and push in the settings."""

from __future__ import annotations

from monitor.deliver.recipient import RecipientBase
from monitor.fields import SecretAt


class ChatRecipient(RecipientBase):
    """A room or a device that is reached by Apprise. Its address holds its keys: it is a secret."""

    chat: SecretAt


def check_chat_address(address: str) -> str:
    """What is wrong with an address of Apprise; empty where nothing is. It is never shown."""
    try:
        import apprise
    except ModuleNotFoundError:
        return "needs Apprise: pip install 'docket-monitor[chat]'"
    if apprise.Apprise.instantiate(address, suppress_exceptions=True) is None:
        return (
            "is no address that Apprise knows: see https://appriseit.com/services/ for the form of "
            "each service, as slack://TOKEN_A/TOKEN_B/TOKEN_C/#room or ntfy://ntfy.example.org/topic"
        )
    return ""
