"""The points of one receipt: exact over all its rules, made whole once, shared among the rules to the last point."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from loyalty_cli.engine.plan import amount_for
from loyalty_cli.engine.plan import EXCLUDED
from loyalty_cli.model.money import rounded
from loyalty_cli.rules.only import Moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.engine.plan import Plan
    from loyalty_cli.program.program import Program

Weights = tuple[tuple[int, int], ...]


class Earning:
    """The earn rules of one version of a program.

    All exact points are whole multiples of 1/`denominator`. For a set of rules whose conditions hold and a class of
    products, `weights` says how much of that each rule gives per minor unit. A multiplier's share is what it adds to
    the rules above it; shares are rounded along the running sum, so that they add up to the receipt's points.
    """

    def __init__(self, program: Program, plan: Plan) -> None:
        self.names = [f"points.{name}" for name in program.earn]
        self.rules = list(program.earn.values())
        self.bits = [plan.bit(rule.only) for rule in self.rules]
        self.contributions = [rule.contribution() for rule in self.rules]
        self.how = program.points.round if program.points else "down"
        self.conditional = [index for index, rule in enumerate(self.rules) if rule.only.conditional]
        self.always = sum(1 << index for index, rule in enumerate(self.rules) if not rule.only.conditional)
        self.visits = [index for index, contribution in enumerate(self.contributions) if contribution.per_receipt]
        self.denominator = self.common_denominator()
        self.known: dict[tuple[int, int], Weights] = {}
        # Whether any rule asks for the hour, the store or the birthday; otherwise tier and groups decide.
        self.asks_the_moment = any(rule.only.of_the_moment for rule in self.rules)
        self.held_by: dict[tuple[str, frozenset[str]], int] = {}

    def common_denominator(self) -> int:
        """A denominator that every product of the contributions fits."""
        sums = [fraction.denominator for part in self.contributions for fraction in (part.per_unit, part.per_receipt)]
        factors = 1
        for part in self.contributions:
            factors *= part.factor.denominator
        return lcm(*sums, 1) * factors

    def holding_for(self, tier: str, groups: frozenset[str]) -> int:
        """The rules that hold for members of a tier and groups, where the moment does not matter."""
        held = self.held_by.get((tier, groups))
        if held is None:
            held = self.held_by[tier, groups] = self.holding(Moment(0, 0, "", tier, groups, None))
        return held

    def holding(self, moment: Moment) -> int:
        """The rules whose conditions hold at a moment, as bits."""
        held = self.always
        for index in self.conditional:
            if self.rules[index].only.holds(moment):
                held |= 1 << index
        return held

    def points(self, parts: Sequence[tuple[int, int]], held: int) -> list[tuple[str, int]]:
        """Each rule's share of a receipt's points, in the order of the file."""
        exact: dict[int, int] = {}
        for class_, amount in parts:
            weights = self.known.get((held, class_))
            if weights is None:
                weights = self.known[held, class_] = self.weights(held, class_)
            for index, weight in weights:
                exact[index] = exact.get(index, 0) + weight * amount
        if self.visits:
            self.add_visits(exact, parts, held)
        return self.made_whole(exact)

    def made_whole(self, exact: dict[int, int]) -> list[tuple[str, int]]:
        """Exact shares as whole points: the difference of the rounded running sums."""
        if len(exact) == 1:
            ((index, share),) = exact.items()
            whole = rounded(share, self.denominator, self.how)
            return [(self.names[index], whole)] if whole else []
        shares: list[tuple[str, int]] = []
        running = before = 0
        for index in sorted(exact):
            running += exact[index]
            now = rounded(running, self.denominator, self.how)
            if now != before:
                shares.append((self.names[index], now - before))
            before = now
        return shares

    def weights(self, held: int, class_: int) -> Weights:
        """What each rule gives per minor unit of a class, while the rules in `held` apply."""
        if class_ & EXCLUDED:
            return ()
        running = Fraction(0)
        shares: list[tuple[int, int]] = []
        for index, part in enumerate(self.contributions):
            if not held >> index & 1 or class_ & self.bits[index] != self.bits[index]:
                continue
            added = part.per_unit + running * (part.factor - 1)
            running += added
            if added:
                shares.append((index, int(added * self.denominator)))
        return tuple(shares)

    def add_visits(self, exact: dict[int, int], parts: Sequence[tuple[int, int]], held: int) -> None:
        """Points for the receipt as such, and what multipliers without a product filter make of them."""
        running = Fraction(0)
        for index, part in enumerate(self.contributions):
            if not held >> index & 1:
                continue
            added = Fraction(0)
            if part.per_receipt and amount_for(self.bits[index], parts) >= max(1, self.rules[index].basket_at_least):
                added = part.per_receipt
            elif not self.bits[index]:
                added = running * (part.factor - 1)
            running += added
            if added:
                exact[index] = exact.get(index, 0) + int(added * self.denominator)
