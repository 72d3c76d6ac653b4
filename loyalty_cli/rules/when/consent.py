"""When a member was asked for a consent that is still to be confirmed.

    messages:
      please confirm:
        when: {consent: asked}
        purpose: service
        by: email
        text: "May we write to you, {first_name}? Answer yes and we will."

`loyalty consent give CARD email --asked` says that somebody was asked, and so does `asked` in a list of consents. An answer by
e-mail that begins with yes confirms it (`loyalty consent replies`); until then nothing is sent that needs the consent. Who has
answered before the message goes gets none.
"""

from __future__ import annotations

from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.facts import ASKED
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import State


class Consent(Watch):
    """A consent was asked for, by one channel."""

    short: ClassVar[str] = "consent"

    consent: Literal["asked"] = Field(description="asked")
    channel: Literal["email", "sms", "letter", "phone"] = Field("email", description="for which channel: email, sms, letter, phone")

    @property
    def hears_assets(self) -> frozenset[str]:
        """Consents that were asked for by the channel."""
        return frozenset({ASKED + self.channel})

    def happened(self, _: State, number: int) -> Iterator[Due]:
        """What was kept of the asking is the cause."""
        yield Due(Cause.CONSENT, number, 1)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("When you were asked whether we may write")


RULE = Consent
