"""A quest: when a member has done all of several tasks, or has all of several badges that other rewards give.

    rewards:
      quest:
        when: {all_of: {regular: {visits: 3}, breakfast: {set: {categories: [bread, butter]}}}}
        give: {points: 100}
      explorer: {when: {set: {stores: [Market, Station]}}, give: {badge: explorer}}
      grand quest: {when: {all_of: [regular, breakfast, explorer]}, give: {gift: mug}}

A task is any `when`, with an `only:` of its own; who does it has the badge of its name. A name in a list is the badge of another
reward, or of a task. Once; with `times: every time` as often as the badge that came least often. A badge that is taken back takes
the quest along.
"""

from __future__ import annotations

from typing import ClassVar
from typing import Literal
from typing import Self
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import window_cause
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Names
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Progress
from loyalty_cli.rules.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import State


# A state is [times reached, how often each badge has come], then for each time what earlier versions gave it for, each all badges of one.
TIMES, CAME, EARLIER = 0, 1, 2


class AllOf(Watch):
    """All of several badges."""

    short: ClassVar[str] = "badges"

    badges: Names = Field(description="the tasks, each a when by its name, or a list of badges that other rewards give")
    times: Literal["once", "every time"] = Field("once", description="once, or every time all have come once more")

    @property
    def hears_assets(self) -> frozenset[str]:
        """The badges."""
        return frozenset(f"badge:{name}" for name in self.badges)

    def fresh(self, known: MemberFacts, since: Day) -> State:
        """None has come."""
        return [0, {}]

    def kept(self, state: State, until: Day) -> State:
        """All of it, if anything came."""
        return state if any(state) else []

    def counts_alike(self, other: Watch) -> bool:
        """The badges that a member has stay, whatever else the quest asks now."""
        return isinstance(other, AllOf)

    def reached(self, state: State) -> int:
        """How often all are there."""
        least = int(min(state[CAME].get(name, 0) for name in self.badges))
        return least if self.times == "every time" else min(1, least)

    def more(self, state: State) -> Iterator[Due]:
        """What is reached beyond before."""
        for number in range(state[TIMES] + 1, self.reached(state) + 1):
            state[TIMES] = number
            yield Due(Cause.WINDOW, window_cause(0, number), 1)

    def held(self, state: State, asset: str, change: int) -> Iterator[Due]:
        """One has come, or was taken back."""
        name = asset.removeprefix("badge:")
        state[CAME][name] = state[CAME].get(name, 0) + change
        yield from self.more(state)
        while state[TIMES] and not any(self.all_there(state, badges, state[TIMES]) for badges in self.given_for(state)):
            yield Due(Cause.WINDOW, window_cause(0, state[TIMES]), -1)
            state[TIMES] -= 1
            del state[EARLIER + state[TIMES] :]

    def all_there(self, state: State, badges: Sequence[str], times: int) -> bool:
        """Whether all of some badges have come so often."""
        return all(state[CAME].get(name, 0) >= times for name in badges)

    def given_for(self, state: State) -> Sequence[Sequence[str]]:
        """The badges for any of which the latest time stands: those asked for now, and those that earlier versions gave it for."""
        earlier = state[EARLIER:]
        return [self.badges, *(earlier[-1] if len(earlier) >= state[TIMES] else ())]

    def look_again(self, state: State, day: Day, before: Self) -> Iterator[Due]:
        """With fewer badges the quest may be done; what it was given for before stands as long as that is there."""
        earlier = state[EARLIER:] + [[] for _ in range(state[TIMES] - len(state[EARLIER:]))]
        for number, given_for in enumerate(earlier, 1):
            if self.all_there(state, before.badges, number):
                given_for.append(before.badges)
        state[EARLIER:] = earlier
        asked = {name for badges in (self.badges, *(each for some in earlier for each in some)) for name in badges}
        state[CAME] = {name: count for name, count in state[CAME].items() if name in asked}
        yield from self.more(state)

    def progress(self, state: State, day: Day) -> Progress | None:
        """How many of the badges are there."""
        if self.times == "once" and state[TIMES]:
            return None
        return Progress(sum(state[CAME].get(name, 0) > state[TIMES] for name in self.badges), len(self.badges), "badges", NEVER)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("For all of the badges {names}", names=self.badges)

    def details(self, _: Callable[[int], Money]) -> Iterator[Phrase]:
        """Whether the quest can be done again."""
        if self.times == "every time":
            yield phrase("And again each time all of them have come once more.")


RULE = AllOf
