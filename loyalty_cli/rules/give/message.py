"""Gives a message: a greeting that goes out to the member.

    rewards:
      birthday: {when: {birthday: on the day}, give: {message: birthday wishes}}

What is due and to whom stands in `loyalty explain`.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.give.given import Give
from loyalty_cli.rules.give.given import Given

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class Message(Give):
    """One message by its name."""

    short: ClassVar[str] = "message"
    held_as: ClassVar[str] = "messages"

    message: str = Field(description="the message's name")

    def given(self) -> Given:
        """The message."""
        return Given(asset=f"message:{self.message}", quantity=1)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("a message: {name}", name=self.message)


RULE = Message
