"""Rewards and draw tickets: what a purchase starts, and what a return undoes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.engine.plan import amount_for
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.engine.plan import Plan
    from loyalty_cli.engine.purchases import Bought
    from loyalty_cli.model.days import Day
    from loyalty_cli.program.program import Program
    from loyalty_cli.rules.only import Moment

RECEIPT = int(Cause.RECEIPT)


class Rewarding:
    """The rewards and draws of one version of a program."""

    def __init__(self, program: Program, plan: Plan) -> None:
        self.rewards = {name: (reward, plan.bit(reward.only)) for name, reward in program.rewards.items()}
        self.draws = {name: (draw, plan.bit(draw.only)) for name, draw in program.draws.items()}
        self.given = {name: [give.given() for give in reward.gives] for name, reward in program.rewards.items()}

    def started(self, moment: Moment, parts: Sequence[tuple[int, int]]) -> list[str]:
        """The rewards that a purchase starts."""
        return [
            name
            for name, (reward, bit) in self.rewards.items()
            if reward.only.holds(moment) and reward.when.happens(amount_for(bit, parts))
        ]

    def undone(self, bought: Bought) -> list[str]:
        """The rewards of a purchase that what is left of it would no longer start: it fell below their amount."""
        return [
            name
            for name in bought.rewards
            if name in self.rewards
            and amount_for(self.rewards[name][1], bought.parts) < self.rewards[name][0].when.at_least
        ]

    def drawn(self, moment: Moment, parts: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int]]:
        """The draws that a purchase counts for, with its amount."""
        for name, (draw, bit) in self.draws.items():
            if moment.day in draw.dates and draw.only.holds(moment):
                yield name, amount_for(bit, parts)


class Tickets:
    """One member's turnover and tickets by draw."""

    def __init__(self) -> None:
        self.spent: dict[str, int] = {}
        self.held: dict[str, int] = {}
        # What each receipt brought to a draw, so that its return takes it off again.
        self.brought: dict[tuple[str, int], int] = {}

    def count(self, rewarding: Rewarding, name: str, amount: int, *, day: Day, receipt: int) -> list[Entry]:
        """Turnover comes to a draw, or goes; whole tickets follow it."""
        if not amount:
            return []
        self.brought[name, receipt] = self.brought.get((name, receipt), 0) + amount
        self.spent[name] = self.spent.get(name, 0) + amount
        tickets = rewarding.draws[name][0].tickets(self.spent[name])
        change = tickets - self.held.get(name, 0)
        if not change:
            return []
        self.held[name] = tickets
        return [Entry(f"draws.{name}", RECEIPT, receipt, f"ticket:{name}", day, change)]
