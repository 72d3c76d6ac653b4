"""Who has a badge that a reward gives: for bringing friends, for a task, for a set.

    rewards:
      brought a friend: {when: {friend_buys: any}, give: {badge: ambassador}}
    segments:
      ambassadors: {badge: ambassador}

A badge that is taken back counts no more.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Name
from loyalty_cli.rules.condition import Condition
from loyalty_cli.rules.condition import Stands

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.condition import Judged
    from loyalty_cli.rules.condition import State


class Badge(Condition):
    """A badge. The state is how often it has come."""

    short: ClassVar[str] = "badge"
    asks_standing: ClassVar[bool] = True

    badge: Name = Field(description="the badge: ambassador")

    @property
    def hears_assets(self) -> frozenset[str]:
        """The badge."""
        return frozenset({f"badge:{self.badge}"})

    def fresh(self) -> State:
        """It has not come."""
        return [0]

    def held(self, state: State, asset: str, change: int) -> None:
        """It has come once more, or once less."""
        state[0] += change

    def stands(self, state: State, at: Judged) -> Stands:
        """Whether the member has it."""
        return Stands(bool(state[0] > 0))

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The condition in words."""
        return phrase("the badge {name}", name=self.badge)


RULE = Badge
