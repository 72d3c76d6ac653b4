"""When a friend whom the member brought has spent so much.

    rewards:
      friend: {when: {friend_spends: 1000.00}, give: {points: 300, to_friend: {points: 100}}}
      quick friend: {when: {friend_spends: 500.00, within: 90 days}, give: {points: 200}, at_most: 3 in calendar month}

Once for each friend, `settled_after` their purchases came to the amount; `within` counts from the friend's day of joining. A
return takes it back once less is left. `only:` is asked of what the friend buys; `at_most:` counts friends.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Length
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.friends import FIRST
from loyalty_cli.rules.friends import OfAFriend

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Heard
    from loyalty_cli.rules.watch import Progress
    from loyalty_cli.rules.watch import State
    from loyalty_cli.rules.watch import Watch


class FriendSpends(OfAFriend):
    """The friend's purchases together."""

    short: ClassVar[str] = "at_least"
    unit: ClassVar[str] = "money"

    at_least: Amount = Field(description="what the friend's purchases must come to")
    within: Length | None = Field(None, description="how long after the day of joining purchases count: 90 days")

    @field_validator("at_least")
    @classmethod
    def something(cls, at_least: int) -> int:
        """Nothing is reached without buying."""
        if not at_least:
            raise refuse("Nothing must be reached here.", "Write a number above 0.")
        return at_least

    @property
    def target(self) -> int:
        """The amount."""
        return self.at_least

    def measure(self, heard: Heard, first: Day) -> int:
        """What was paid, while it counts."""
        return heard.amount if self.within is None or heard.day <= self.within.after(first) else 0

    def counts_alike(self, other: Watch) -> bool:
        """The same purchases; what they must come to may differ, and how long that must hold."""
        return isinstance(other, FriendSpends) and self.within == other.within

    def progress(self, state: State, day: Day) -> Progress | None:
        """How far the friend is, while there is time."""
        found = super().progress(state, day)
        if found is None or self.within is None or not state[FIRST]:
            return found
        last = self.within.after(state[FIRST])
        return found._replace(until=last) if day <= last else None

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        if self.within:
            text = "For each friend who spends {amount} within {length} of joining"
            return phrase(text, amount=money(self.at_least), length=self.within)
        return phrase("For each friend who spends {amount}", amount=money(self.at_least))


RULE = FriendSpends
