"""The segments a member is in. They are judged in the morning by what was known when the day before ended.

So all receipts of a day see the same segments, whatever their order. What a condition remembers belongs to no version of the
program: another version that asks the same goes on with it.
"""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.replay.seen import Seeing
from loyalty_cli.rules.condition import Stands
from loyalty_cli.rules.watch import Heard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.replay.bought import Bought
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.rules.condition import Condition
    from loyalty_cli.rules.condition import Judged
    from loyalty_cli.rules.only import Moment


class Asking(NamedTuple):
    """A condition and what it sees of a purchase."""

    condition: Condition
    sees: Seeing


def asked_by(plan: Plan) -> list[Asking]:
    """All conditions of a plan; none where no program has segments."""
    return [Asking(each, Seeing(plan.bit(each.which))) for each in plan.conditions]


# Nothing is known of it, so that it is asked on any morning.
UNKNOWN = Stands(holds=False, until=0)


class Segmented:
    """The names of the segments, and what is remembered to judge them: a state for each condition of the plan."""

    def __init__(self, asking: Sequence[Asking], since: Day) -> None:
        self.asking = asking
        # Nothing is said of the member before this day.
        self.since = since
        self.states: list[list[Any]] = [condition.fresh() for condition, _ in asking]
        # Whether any of them looks at more than purchases and answers.
        self.asks_standing = any(condition.asks_standing for condition, _ in asking)
        # Whether any of them asks more of a purchase than its goods.
        self.asks_the_moment = any(condition.which.conditional for condition, _ in asking)
        # What each condition was last found to be, and until when that stays so: whoever hears something is asked anew.
        self.stand: list[Stands] = [UNKNOWN] * len(asking)
        # Which of them held when the names were found; none where another version may name otherwise.
        self.so: list[bool] = []
        self.names: frozenset[str] = frozenset()
        self.next_day: Day = NEVER

    def name_anew(self, day: Day) -> None:
        """Before the program began nobody asked; another version may ask otherwise."""
        self.so, self.next_day = [], max(day, self.since)

    def look_on(self, day: Day) -> None:
        """Something has happened that may matter from the morning of a day on."""
        self.next_day = min(self.next_day, max(day, self.since))

    def bought(self, fact: Purchase, moment: Moment | None, bought: Bought | None) -> None:
        """A purchase is told to the conditions that look at purchases."""
        whole = Heard(fact.id, fact.day, fact.store, fact.amount)
        for number, (condition, sees) in enumerate(self.asking):
            if not condition.hears_purchases or (moment and condition.which.questions and not condition.which.holds(moment)):
                continue
            heard = whole if sees.plain else sees.heard(fact)
            if heard:
                condition.bought(self.states[number], heard)
                self.stand[number] = UNKNOWN
                if bought:
                    bought.judged[number] = heard
        self.look_on(fact.day + 1)

    def returned(self, bought: Bought) -> None:
        """What is left of a purchase is told to the conditions that heard it."""
        for number, before in list(bought.judged.items()):
            condition, sees = self.asking[number]
            left = sees.left(before, bought)
            if left != before:
                condition.returned(self.states[number], before, left)
                self.stand[number] = UNKNOWN
                if left:
                    bought.judged[number] = left
                else:
                    del bought.judged[number]

    def held(self, asset: str, change: int) -> None:
        """An asset came or went."""
        for number, (condition, _) in enumerate(self.asking):
            if asset in condition.hears_assets:
                condition.held(self.states[number], asset, change)
                self.stand[number] = UNKNOWN

    def happened(self, asset: str, day: Day) -> None:
        """An event that a list or somebody at the counter tells."""
        for number, (condition, _) in enumerate(self.asking):
            if asset in condition.hears_assets:
                condition.happened(self.states[number], day)
                self.stand[number] = UNKNOWN

    def answered(self, day: Day, opinion: str) -> None:
        """The member answered a survey, with a score or in words."""
        for number, (condition, _) in enumerate(self.asking):
            condition.answered(self.states[number], day, opinion)
            self.stand[number] = UNKNOWN

    def ranked(self, asset: str, until: Day) -> None:
        """The member has a place among all members through a day."""
        for number, (condition, _) in enumerate(self.asking):
            if condition.ranking == asset:
                condition.ranked(self.states[number], until)
                self.stand[number] = UNKNOWN

    def judged(self, at: Judged) -> list[bool]:
        """Which conditions hold on a morning; only those are asked that may be otherwise than when they were asked last."""
        for number, (condition, _) in enumerate(self.asking):
            if self.stand[number].until <= at.day or condition.asks_standing:
                self.stand[number] = condition.stands(self.states[number], at)
        self.next_day = min([each.until for each in self.stand])
        return [each.holds for each in self.stand]

    def kept(self, until: Day, anchor: Day) -> list[Any]:
        """What a saved state needs."""
        states = [condition.kept(state, until, anchor) for (condition, _), state in zip(self.asking, self.states, strict=True)]
        return [sorted(self.names), self.next_day, states]

    def restore(self, kept: Sequence[Any]) -> None:
        """What a saved state says."""
        names, self.next_day, self.states = kept
        self.names = frozenset(names)
