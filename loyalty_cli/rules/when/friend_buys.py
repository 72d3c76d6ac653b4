"""When a friend whom the member brought buys for the first time.

    rewards:
      first purchase: {when: {friend_buys: any}, give: {points: 200}}
      real customers: {when: {friend_buys: {at_least: 50.00, settled_after: 30 days}}, give: {to_friend: {points: 100}}}

Once for each friend, `settled_after` the first purchase of at least so much, if it was not brought back by then. A return
later than that takes it back, unless the reward says `on_return: keep`. `only:` is asked of what the friend buys.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import AtLeast
from loyalty_cli.rules.friends import OfAFriend

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Heard


class FriendBuys(OfAFriend):
    """The friend's first purchase that is large enough."""

    short: ClassVar[str] = "at_least"

    at_least: AtLeast = Field(description="the smallest purchase that counts; `any` for every one")

    @property
    def target(self) -> int:
        """One purchase."""
        return 1

    def measure(self, heard: Heard, first: Day) -> int:
        """Whether it is large enough."""
        return int(heard.amount >= self.at_least)

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        if self.at_least <= 1:
            return phrase("For each friend's first purchase")
        return phrase("For each friend's first purchase from {least} on", least=money(self.at_least))


RULE = FriendBuys
