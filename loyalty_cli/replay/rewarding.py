"""Rewards and draws: what a purchase starts or counts for, and what a return undoes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.replay.plan import amount_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.program.program import Program
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.replay.purchases import Bought
    from loyalty_cli.rules.give.given import Given
    from loyalty_cli.rules.only import Moment


class Rewarding:
    """The rewards and draws of one version of a program."""

    def __init__(self, program: Program, plan: Plan) -> None:
        self.rewards = {
            name: (reward, plan.bit(reward.only)) for name, reward in program.rewards.items() if reward.when.by_purchase
        }
        self.welcomes = {name: reward.only for name, reward in program.rewards.items() if not reward.when.by_purchase}
        self.draws = {
            name: (draw, plan.bit(draw.only)) for name, draw in program.draws.items() if draw.counting != "nothing"
        }
        self.dates = {name: draw.dates for name, draw in program.draws.items()}
        self.given = {name: [give.given() for give in reward.gives] for name, reward in program.rewards.items()}

    def started(self, moment: Moment, parts: Sequence[tuple[int, int]]) -> list[str]:
        """The rewards that a purchase starts."""
        return [
            name
            for name, (reward, bit) in self.rewards.items()
            if reward.only.holds(moment) and reward.when.happens(amount_for(bit, parts))
        ]

    def counts_on(self, given: Given, day: Day) -> bool:
        """Whether what is given on a day counts: tickets only within the days of their draw."""
        name = given.asset.removeprefix("ticket:")
        return name == given.asset or name not in self.dates or day in self.dates[name]

    def welcoming(self, moment: Moment) -> list[str]:
        """The rewards for joining."""
        return [name for name, only in self.welcomes.items() if only.holds(moment)]

    def undone(self, bought: Bought) -> list[str]:
        """The rewards of a purchase that what is left of it would no longer start: it fell below their amount."""
        return [
            name
            for name in bought.rewards
            if name in self.rewards
            and bought.kept(self.rewards[name][1]) < self.rewards[name][0].when.at_least
        ]

    def drawn(self, moment: Moment, parts: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int]]:
        """The draws that a purchase counts for, with its amount."""
        for name, (draw, bit) in self.draws.items():
            if moment.day in draw.dates and draw.only.holds(moment):
                yield name, amount_for(bit, parts)
