"""Who has been a member for so long.

    segments:
      faithful: {member_for: 3 years}
      new: {not: {member_for: 30 days}}

Counted from the joining day of the members list; without one from the first purchase. Who has neither is new.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Length
from loyalty_cli.rules.condition import Condition
from loyalty_cli.rules.condition import Stands

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.condition import Judged
    from loyalty_cli.rules.condition import State
    from loyalty_cli.rules.watch import Heard


class MemberFor(Condition):
    """So long a member. The state is the day of the first purchase."""

    short: ClassVar[str] = "length"
    hears_purchases: ClassVar[bool] = True

    length: Length = Field(description="how long: 1 year, 30 days")

    def bought(self, state: State, heard: Heard) -> None:
        """The first purchase is kept."""
        if not state:
            state.append(heard.day)

    def stands(self, state: State, at: Judged) -> Stands:
        """Whether it has been so long; else the day by which it will have been."""
        since = at.known.joined if at.known.joined is not None else state[0] if state else None
        day = self.length.after(since) if since is not None else NEVER
        return Stands(holds=True) if day <= at.day else Stands(holds=False, until=day)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The condition in words."""
        return phrase("a member for at least {length}", length=self.length)


RULE = MemberFor
