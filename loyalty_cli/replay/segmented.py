"""The segments a member is in. They are judged in the morning by what was known when the day before ended.

So all receipts of a day see the same segments, whatever their order. What a condition remembers belongs to no version of the
program: another version that asks the same goes on with it.
"""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.replay.seen import Seeing
from loyalty_cli.rules.watch import Heard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.replay.purchases import Bought
    from loyalty_cli.rules.condition import Condition
    from loyalty_cli.rules.only import Moment


class Asking(NamedTuple):
    """A condition and what it sees of a purchase."""

    condition: Condition
    sees: Seeing


def asked_by(plan: Plan) -> list[Asking]:
    """All conditions of a plan; none where no program has segments."""
    return [Asking(each, Seeing(plan.bit(each.which))) for each in plan.conditions]


class Segmented:
    """The names of the segments, and what is remembered to judge them: a state for each condition of the plan."""

    def __init__(self, asking: Sequence[Asking]) -> None:
        self.asking = asking
        self.states: list[list[Any]] = [condition.fresh() for condition, _ in asking]
        # Whether any of them looks at more than purchases and answers.
        self.asks_standing = any(condition.asks_standing for condition, _ in asking)
        self.names: frozenset[str] = frozenset()
        self.next_day: Day = NEVER

    def look_on(self, day: Day) -> None:
        """Something has happened that may matter from the morning of a day on."""
        self.next_day = min(self.next_day, day)

    def bought(self, fact: Purchase, moment: Moment, bought: Bought | None) -> None:
        """A purchase is told to the conditions that look at purchases."""
        whole = Heard(fact.id, fact.day, fact.store, fact.amount)
        for number, (condition, sees) in enumerate(self.asking):
            if not condition.hears_purchases or (condition.which.conditional and not condition.which.holds(moment)):
                continue
            heard = whole if sees.plain else sees.heard(fact)
            if heard:
                condition.bought(self.states[number], heard)
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
                if left:
                    bought.judged[number] = left
                else:
                    del bought.judged[number]

    def held(self, asset: str, change: int) -> None:
        """An asset came or went."""
        for (condition, _), state in zip(self.asking, self.states, strict=True):
            if asset in condition.hears_assets:
                condition.held(state, asset, change)

    def answered(self, day: Day, opinion: str) -> None:
        """The member answered a survey, with a score or in words."""
        for (condition, _), state in zip(self.asking, self.states, strict=True):
            condition.answered(state, day, opinion)

    def ranked(self, asset: str, until: Day) -> None:
        """The member has a place among all members through a day."""
        for (condition, _), state in zip(self.asking, self.states, strict=True):
            if condition.ranking == asset:
                condition.ranked(state, until)

    def kept(self, until: Day, anchor: Day) -> list[Any]:
        """What a saved state needs."""
        states = [condition.kept(state, until, anchor) for (condition, _), state in zip(self.asking, self.states, strict=True)]
        return [sorted(self.names), self.next_day, states]

    def restore(self, kept: Sequence[Any]) -> None:
        """What a saved state says."""
        names, self.next_day, self.states = kept
        self.names = frozenset(names)
