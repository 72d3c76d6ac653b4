"""Gives a gift, to be handed out at the counter.

    rewards:
      thousand: {when: {spend: 1000.00}, give: {gift: needle set}}
      choose: {when: {visits: 20}, give: {gift: [needle set, tape measure]}}

Of a list the member chooses one. `loyalty explain` shows what is due.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.values import more_than_one
from loyalty_cli.reading.values import NotUnderstood
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.give.given import Give
from loyalty_cli.rules.give.given import Given

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class Gift(Give):
    """One gift, or one of several."""

    short: ClassVar[str] = "gift"
    held_as: ClassVar[str] = "gifts"

    gift: Names = Field(description="the gift's name, or a list of which the member chooses one")

    @model_validator(mode="after")
    def something(self) -> Gift:
        """There is at least one."""
        if not self.gift:
            raise refuse("Nothing is given here.", "Write the name of the gift.")
        for name in self.gift:
            if ";" in name:
                raise NotUnderstood(*more_than_one(name, f"[{name.replace(';', ',')}]"))
        return self

    def given(self) -> Given:
        """The gift, or the choice."""
        return Given(asset=f"gift:{' | '.join(self.gift)}", quantity=1)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        if len(self.gift) == 1:
            return phrase("a gift: {name}", name=self.gift[0])
        return phrase("a gift of your choice: {names}", names=self.gift)


RULE = Gift
