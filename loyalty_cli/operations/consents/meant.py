"""The channel and the purpose that somebody means who types a consent: a slip would be kept as a consent to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.consent import CHANNELS
from loyalty_cli.model.consent import consent_called
from loyalty_cli.model.consent import DRAWS
from loyalty_cli.model.consent import PURPOSES
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Collection


def consent_meant(text: str, *, beside: Collection[str] = ()) -> tuple[str, str]:
    """Channel and purpose of `email`, `sms:survey`, `draws`; `beside` are channels that a list has brought."""
    channel, purpose = consent_called(text)
    if channel not in beside:
        refuse_unless_one_of(channel, (*CHANNELS, DRAWS))
    if channel != DRAWS:
        refuse_unless_one_of(purpose, PURPOSES)
    return channel, purpose


def refuse_unless_one_of(word: str, known: tuple[str, ...]) -> None:
    """A word that nobody knows, with the nearest that is known and all of them."""
    if word not in known:
        near = nearest(word, known)
        hint = phrase("Did you mean {name}?", name=near) if near else None
        raise LoyaltyError("{text} is not one of: {known}", text=word, known=", ".join(known), hint=hint)
