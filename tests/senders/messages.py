"""Messages as the ways out get them."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC

from loyalty_cli.model.message import Message

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
TEXTS = {"pl": "Dziękujemy, Łucjo!\n.kropka na początku\n", "ru": "Спасибо, Анна!\n", "ro": "Mulțumim, Ștefan!\n", "en": "Thank you!\n"}


def message(number: int, *, language: str = "pl", **more: object) -> Message:
    """One of several messages, in one of four languages."""
    given: dict[str, object] = {
        "key": f"k{number}",
        "member": number,
        "channel": "email",
        "purpose": "advertising",
        "address": f"member{number}@x.example",
        "name": "Łucja Świątek",
        "language": language,
        "subject": f"Dziękujemy № {number}",
        "text": TEXTS[language],
        "unsubscribe": f"t{number}",
    }
    return Message(**{**given, **more})  # type: ignore[arg-type]
