"""What kinds of `when` share that reward bringing friends: they watch the friend, and wait until nothing can come back.

Whom a member brought is said by the friend's record (`referred_by`). A friend counts who joins once the reward is in the
program; `only:` is asked of the friend and of what they buy, `at_most:` of the member who brought them.
"""

from __future__ import annotations

from typing import Any
from typing import ClassVar
from typing import Self
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.days import Span
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import window_cause
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Length
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Progress
from loyalty_cli.rules.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Heard
    from loyalty_cli.rules.watch import State

# A state is [the friend's first day or 0, the day on which it was reached or 0, whether it was told, what counts so far, every
# purchase as [receipt, day, what it counts]], then what earlier versions asked, each as [the first day of the next, the target]; of
# somebody whom nobody brought it is empty.
FIRST, REACHED, TOLD, COUNT, ALL, EARLIER = 0, 1, 2, 3, 4, 5


class Brought(Watch):
    """The reward in the eyes of the member who brings friends: each of them is a cause of its own."""

    short: ClassVar[str] = ""

    def handed_over(self, friend: int, times: int) -> Iterator[Due]:
        """What a friend did, or no longer has done."""
        yield Due(Cause.MEMBER, friend, times)


def is_new_friend(known: MemberFacts, since: Day) -> bool:
    """Whether somebody brought the member, once there was a reward for it."""
    return bool(known.referred_by) and (known.joined is None or known.joined >= since)


class OfAFriend(Watch):
    """What a friend buys, once."""

    hears_purchases: ClassVar[bool] = True
    of_a_friend: ClassVar[bool] = True
    unit: ClassVar[str] = "visits"

    settled_after: Length = Field(
        Span(count=14, unit="days"), description="how long it must hold before it is given, while goods may come back"
    )

    @property
    def target(self) -> int:
        """What must be reached."""
        raise NotImplementedError

    def measure(self, heard: Heard, first: Day) -> int:
        """What a purchase of a friend counts, whose first day is known."""
        raise NotImplementedError

    def fresh(self, known: MemberFacts, since: Day) -> State:
        """Nothing bought yet."""
        return [known.joined or 0, 0, 0, 0, []] if is_new_friend(known, since) else []

    def kept(self, state: State, until: Day) -> State:
        """What counts so far."""
        return [*state[:ALL], []] if state else state

    def bought(self, state: State, heard: Heard) -> Sequence[Due]:
        """One more purchase; nothing is given before it has held long enough."""
        if state:
            state[FIRST] = state[FIRST] or heard.day
            self.count(state, [heard.id, heard.day, self.measure(heard, state[FIRST])])
        return ()

    def count(self, state: State, purchase: list[Any]) -> None:
        """Let a purchase count."""
        state[ALL].append(purchase)
        state[COUNT] += purchase[2]
        if not state[REACHED] and state[COUNT] >= self.target:
            state[REACHED] = purchase[1]

    def returned(self, state: State, before: Heard, left: Heard | None) -> Iterator[Due]:
        """Count all purchases again, with what is left of one."""
        if not state:
            return
        was = state[REACHED]
        for purchase in state[ALL]:
            if purchase[0] == before.id:
                now = self.measure(left, state[FIRST]) if left else 0
                state[COUNT] += now - purchase[2]
                purchase[2] = now
        state[REACHED] = self.reached_on(state)
        if state[TOLD] and was and not state[REACHED]:
            state[TOLD] = 0
            yield Due(Cause.WINDOW, window_cause(0, 1), -1)

    def reached_on(self, state: State) -> Day:
        """The day on which what is kept came to what was asked then, or to what is asked now; 0 if it does not."""
        for end, target in (*state[EARLIER:], (NEVER, self.target)):
            count = 0
            for _, day, counts in state[ALL]:
                count += counts
                if day < end and count >= target:
                    return int(day)
        return 0

    def look_again(self, state: State, day: Day, before: Self) -> Iterable[Due]:
        """Less may be reached already; what an earlier version found stands as long as that is kept which it asked for."""
        if state and before.target != self.target:
            state.append([day, before.target])
            state[REACHED] = state[REACHED] or self.reached_on(state)
        return ()

    def next_day(self, state: State) -> Day:
        """The day on which it has held long enough."""
        return self.settled_after.after(state[REACHED]) if state and state[REACHED] and not state[TOLD] else NEVER

    def came(self, state: State, _: Day) -> Iterator[Due]:
        """It holds."""
        state[TOLD] = 1
        yield Due(Cause.WINDOW, window_cause(0, 1), 1)

    def progress(self, state: State, day: Day) -> Progress | None:
        """How far the friend is; nothing once it is reached, and of somebody whom nobody brought."""
        return Progress(state[COUNT], self.target, self.unit, NEVER) if state and not state[REACHED] else None

    def counts_alike(self, other: Watch) -> bool:
        """Only what is asked may differ, not what counts."""
        return self == other

    def carried_over(self, state: State, old: State) -> None:
        """A friend for whom it was given brings it no second time."""
        if state and old:
            state[TOLD] = old[TOLD]

    def details(self, _: Callable[[int], Money]) -> Iterable[Phrase]:
        """When it comes."""
        if self.settled_after.count:
            yield phrase("It comes {length} later, if nothing was brought back by then.", length=self.settled_after)
