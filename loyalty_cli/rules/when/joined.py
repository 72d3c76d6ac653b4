"""When somebody becomes a member.

    rewards:
      welcome: {when: {joined: yes}, give: {points: 200}}

Given once, on the day of joining, as soon as the member's record says it; members known by their card alone have none yet.
Who joined before the program started gets nothing. `only:` may ask for dates, weekdays, groups, tiers or a birthday.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.values import refuse
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


class Joined(Watch):
    """The day of joining."""

    short: ClassVar[str] = "joined"

    joined: YesNo

    @field_validator("joined")
    @classmethod
    def yes(cls, joined: bool) -> bool:
        """There is no reward for not joining."""
        if not joined:
            raise refuse("joined is yes, or is not written.", "Write joined: yes.")
        return joined

    def fresh(self, known: MemberFacts, since: Day) -> State:
        """The day of joining, if it is still to come."""
        return [known.joined if known.joined is not None and known.joined >= since else NEVER]

    def next_day(self, state: State) -> Day:
        """The day of joining, once."""
        return int(state[0])

    def came(self, state: State, _: Day) -> Iterator[Due]:
        """Somebody is a member."""
        state[0] = NEVER
        yield Due(Cause.JOINING, 0, 1)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("For becoming a member")


RULE = Joined
