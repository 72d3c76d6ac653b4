"""When a friend joins whom the member brought.

    rewards:
      bring a friend: {when: {friend_joins: yes}, give: {points: 100, to_friend: {points: 50}}, at_most: 5 in calendar year}

Once for each friend, on the day of joining. Who brought whom stands in the record of the friend: `referred_by` in a list of
members, or `loyalty member add --referred-by CARD`. `to_friend:` is what the friend gets; `at_most:` counts friends.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.friends import is_new_friend
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import State


class FriendJoins(Watch):
    """The friend's day of joining."""

    short: ClassVar[str] = "joins"
    of_a_friend: ClassVar[bool] = True

    joins: YesNo = Field(description="yes")

    @field_validator("joins")
    @classmethod
    def yes(cls, joins: bool) -> bool:
        """There is no reward for a friend who does not join."""
        if not joins:
            raise refuse("friend_joins is yes, or is not written.", "Write friend_joins: yes.")
        return joins

    def fresh(self, known: MemberFacts, since: Day) -> State:
        """The day of joining, of somebody whom a member brought."""
        return [known.joined if known.joined is not None and is_new_friend(known, since) else NEVER]

    def next_day(self, state: State) -> Day:
        """The day of joining, once."""
        return int(state[0])

    def came(self, state: State, _: Day) -> Iterator[Due]:
        """The friend is a member."""
        state[0] = NEVER
        yield Due(Cause.JOINING, 0, 1)

    def carried_over(self, state: State, old: State) -> None:
        """A friend joins once."""
        state[:] = old or state

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("For each friend who joins")


RULE = FriendJoins
