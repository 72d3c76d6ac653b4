"""The points of one receipt: exact over all its rules, made whole once, shared among the rules to the last point.

All points of a receipt belong to its goods, in proportion to the money paid for them: those for the visit and those for
full steps, too. So what some of the goods gave is the same sum over less money, rounded the same way.

Where only the best of several rules counts, each class of goods has its own set of rules, chosen once for the purchase:
what came back gave what these rules gave for it.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.facts import NONE
from loyalty_cli.model.money import rounded
from loyalty_cli.replay.plan import amount_for
from loyalty_cli.rules.only import Moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.program.program import Program
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.rules.earn.contribution import Contribution

    # Money, or thousandths of pieces, by class; exact where a part of a product came back.
    ByClass = Sequence[tuple[int, int | Fraction]]

# Most programs look at no products or ask one question about them, so that a receipt's money is of two classes at most.
AT_ONCE = 2


# What the visit itself gives stands apart from what any class of goods gives.
VISIT = -1


class Some(NamedTuple):
    """Some of a receipt's goods: their money and their thousandths of pieces, both by class."""

    money: ByClass
    units: ByClass = ()


def given(part: Contribution, bit: int, some: Some, of: Some) -> list[tuple[int, Fraction]]:
    """What a rule gives for some of a receipt's goods, exactly, by class: of full steps of all goods their share."""
    parts, whole = (some.units, of.units) if part.per_piece else (some.money, of.money)
    each = part.per_piece or part.per_unit
    if not each:
        return []
    paid = amount_for(bit, whole)
    counted = Fraction(paid // part.step * part.step, paid) if part.step and paid else Fraction(1)
    return [(class_, each * counted * amount) for class_, amount in parts if class_ & bit == bit]


def largest(by_rule: dict[int, Fraction]) -> int:
    """The rule with the largest value, the first of equals; none of none."""
    return max(by_rule, key=lambda rule: (by_rule[rule], -rule), default=0)


class Earning:
    """The earn rules of one version of a program, those of one wallet.

    All exact points are whole multiples of 1/`denominator`. For a set of rules whose conditions hold and a class of
    products, `sums_for` says how much of that the first rule, the first two, the first three ... give per minor unit.
    A multiplier's share is what it adds to the rules above it. Shares are rounded along the running sum, so that they
    add up to the receipt's points.
    """

    def __init__(self, program: Program, plan: Plan, *, into: str = "") -> None:
        rules = {name: rule for name, rule in program.earn.items() if rule.into == into}
        self.names = [f"points.{name}" for name in rules]
        self.rules = list(rules.values())
        self.bits = [plan.bit(rule.only) for rule in self.rules]
        # The bits of all filters of goods that these rules have.
        self.looks_at = 0
        for bit in self.bits:
            self.looks_at |= bit
        self.contributions = [rule.contribution() for rule in self.rules]
        # Rules whose points do not count for a tier.
        self.uncounted = frozenset(name for name, part in zip(self.names, self.contributions, strict=True) if not part.counts_for_tier)
        self.how = program.points.round if program.points else "down"
        self.down = self.how == "down"
        self.conditional = [index for index, rule in enumerate(self.rules) if rule.only.conditional]
        self.always = sum(1 << index for index, rule in enumerate(self.rules) if not rule.only.conditional)
        self.visits = any(contribution.per_receipt for contribution in self.contributions)
        self.best_counts = program.points is not None and program.points.together == "best"
        # Whether money by class is not enough to add up the points.
        self.intricate = self.best_counts or any(part.step or part.per_piece for part in self.contributions)
        # Rules that ask for a smallest or a largest basket, with what they look at.
        self.baskets = [
            (1 << index, bit, part.basket_at_least, part.basket_below)
            for index, (part, bit) in enumerate(zip(self.contributions, self.bits, strict=True))
            if part.basket_at_least or part.basket_below is not None
        ]
        self.denominator = self.common_denominator()
        # Whether any rule asks for the hour, the store, the birthday, the card or chance; else tier, groups and segments decide.
        self.asks_the_moment = any(rule.only.of_the_moment or rule.only.asks_who for rule in self.rules)
        self.held_by: dict[tuple[str, frozenset[str], frozenset[str]], int] = {}
        # The same for members in no group and no segment, who are most, by tier alone; empty where the moment matters.
        tiers = () if self.asks_the_moment else ("", *program.tiers)
        self.by_tier = {tier: self.holding_for(tier, NONE, NONE) for tier in tiers}
        # For each set of rules and one class or two: the running sums; and the rules that add something, with theirs.
        self.sums: dict[tuple[int, int], list[int]] = {}
        self.steps: dict[tuple[int, int, int], list[tuple[str, int, int]]] = {}
        # The running sums of what a set of rules gives for the receipt as such.
        self.visit_sums: dict[int, list[int]] = {}

    def common_denominator(self) -> int:
        """A denominator that every product of the contributions fits."""
        sums = [fraction.denominator for part in self.contributions for fraction in (part.per_unit, part.per_receipt)]
        factors = 1
        for part in self.contributions:
            factors *= part.factor.denominator
        return lcm(*sums, 1) * factors

    def holding_for(self, tier: str, groups: frozenset[str], segments: frozenset[str]) -> int:
        """The rules that hold for members of a tier, groups and segments, where the moment does not matter."""
        held = self.held_by.get((tier, groups, segments))
        if held is None:
            moment = Moment(0, 0, "", tier, groups, None, segments=segments)
            held = self.held_by[tier, groups, segments] = self.holding(moment)
        return held

    def holding(self, moment: Moment) -> int:
        """The rules whose conditions hold at a moment, as bits."""
        held = self.always
        for index in self.conditional:
            if self.rules[index].only.holds(moment):
                held |= 1 << index
        return held

    def filled(self, held: int, parts: Sequence[tuple[int, int]]) -> int:
        """Those of some rules whose smallest basket a receipt reaches, and whose largest it does not."""
        for rule, bit, least, below in self.baskets:
            if held & rule:
                amount = amount_for(bit, parts)
                if amount < least or (below is not None and amount >= below):
                    held &= ~rule
        return held

    def points(self, parts: ByClass, held: int, units: ByClass = ()) -> list[tuple[str, int]]:
        """Each rule's share of a receipt's points, in the order of the file."""
        if self.intricate:
            some = Some([part for part in parts if part[1]], units)
            return self.points_of_some(some, held, of=some)
        if len(parts) > AT_ONCE:
            parts = self.told_apart(parts)
        if self.visits or not 0 < len(parts) <= AT_ONCE:
            return self.points_of_many(parts, held)
        (one, amount), (other, more) = parts if len(parts) == AT_ONCE else (parts[0], (parts[0][0], 0))
        steps = self.steps.get((held, one, other))
        if steps is None:
            steps = self.steps_for(held, one, other)
        # One loop for all of it: this runs for every receipt and rule.
        shares: list[tuple[str, int]] = []
        denominator, down = self.denominator, self.down
        before = 0
        for name, of_one, of_other in steps:
            exact = amount * of_one + more * of_other
            whole = exact // denominator if down else rounded(exact, denominator, self.how)
            # Discounts larger than the goods that count: nothing is earned, and nothing is owed.
            if whole < 0:  # noqa: PLR1730 -- max() costs thrice as much, and this runs for every receipt and rule
                whole = 0
            if whole != before:
                shares.append((name, whole - before))
                before = whole
        return shares

    def told_apart(self, parts: ByClass) -> ByClass:
        """The money of a receipt by what these rules tell apart; other rules of the program look at more goods than they do."""
        money: dict[int, int | Fraction] = {}
        for class_, amount in parts:
            if amount:
                own = class_ & self.looks_at
                money[own] = money.get(own, 0) + amount
        return tuple(money.items())

    def points_of_many(self, parts: ByClass, held: int) -> list[tuple[str, int]]:
        """The same for money of many classes, and where the receipt as such earns."""
        exact: Sequence[int | Fraction] = self.sums_of_visit(held)
        for class_, amount in parts:
            sums = self.sums.get((held, class_)) or self.sums_for(held, class_)
            exact = [before + amount * each for before, each in zip(exact, sums)]
        return self.shares([rounded(running, self.denominator, self.how) for running in exact], held)

    def points_of_some(self, some: Some, held: int, *, of: Some) -> list[tuple[str, int]]:
        """Each rule's share of what some of a receipt's goods gave."""
        if not (self.intricate or self.visits):
            return self.points(some.money, held)
        by_class = {class_: Fraction(0) for class_, _ in (*some.money, *some.units)}
        takes = self.best(held, of) if self.best_counts else {}
        visit = Fraction(0)
        wholes: list[int] = []
        for index, (part, bit) in enumerate(zip(self.contributions, self.bits, strict=True)):
            if not held >> index & 1:
                continue
            paid = amount_for(bit, of.money)
            fits = {class_ for class_ in by_class if class_ & bit == bit and takes.get(class_, held) >> index & 1}
            for class_ in fits:
                by_class[class_] *= part.factor
            for class_, gave in given(part, bit, some, of):
                by_class[class_] += gave if class_ in fits else 0
            if takes.get(VISIT, held) >> index & 1:
                visit *= part.factor if not bit else 1
                visit += part.per_receipt * Fraction(amount_for(bit, some.money), paid) if paid else 0
            exact = visit + sum(by_class.values())
            wholes.append(rounded(exact.numerator, exact.denominator, self.how))
        return self.shares(wholes, held)

    def best(self, held: int, of: Some) -> dict[int, int]:
        """For each class of a receipt's goods, and for the visit, the rules without those that another one outdoes.

        Of the rules that give points for the same goods the one that gives most is left, of those for the visit, too,
        and of the multipliers the largest; ties go to the first.
        """
        rules = [
            (1 << index, part, bit)
            for index, (part, bit) in enumerate(zip(self.contributions, self.bits, strict=True))
            if held >> index & 1
        ]
        gave: dict[int, dict[int, Fraction]] = {VISIT: {rule: part.per_receipt for rule, part, _ in rules}}
        for rule, part, bit in rules:
            for class_, more in given(part, bit, of, of):
                by_rule = gave.setdefault(class_, {})
                by_rule[rule] = by_rule.get(rule, Fraction(0)) + more
        takes: dict[int, int] = {}
        for class_, by_rule in gave.items():
            factors = {
                rule: part.factor for rule, part, bit in rules if part.multiplies and (class_ & bit == bit if class_ != VISIT else not bit)
            }
            takes[class_] = held & ~sum(by_rule) & ~sum(factors) | largest(by_rule) | largest(factors)
        return takes

    def points_of_fitting(self, bit: int, some: Some, held: int, *, of: Some) -> int:
        """The points of those of some goods that a filter's bit takes."""
        fitting = Some(*([part for part in parts if part[0] & bit == bit] for parts in some))
        return self.counted(self.points_of_some(fitting, held, of=of))

    def counted(self, shares: Iterable[tuple[str, int]]) -> int:
        """Those of some points that count for a tier."""
        return sum(share for name, share in shares if name not in self.uncounted)

    def shares(self, wholes: Sequence[int], held: int) -> list[tuple[str, int]]:
        """What each rule of a set adds to the running sum of those before it."""
        names = [name for index, name in enumerate(self.names) if held >> index & 1]
        wholes = [max(0, whole) for whole in wholes]
        return [(name, whole - before) for name, whole, before in zip(names, wholes, [0, *wholes], strict=False) if whole != before]

    def steps_for(self, held: int, one: int, other: int) -> list[tuple[str, int, int]]:
        """The rules of a set that add something to money of two classes, with the running sum of each class."""
        names = [name for index, name in enumerate(self.names) if held >> index & 1]
        sums = list(zip(self.sums_for(held, one), self.sums_for(held, other), strict=True))
        steps = [(name, *pair) for name, pair, before in zip(names, sums, [(0, 0), *sums], strict=False) if pair != before]
        self.steps[held, one, other] = steps
        return steps

    def sums_for(self, held: int, class_: int) -> list[int]:
        """What the rules up to each give per minor unit of a class, while the rules in `held` apply."""
        running = Fraction(0)
        added: list[int] = []
        for index, part in enumerate(self.contributions):
            if not held >> index & 1:
                continue
            applies = class_ & self.bits[index] == self.bits[index]
            more = part.per_unit + running * (part.factor - 1) if applies else Fraction(0)
            running += more
            added.append(int(more * self.denominator))
        sums = self.sums[held, class_] = list(accumulate(added))
        return sums

    def sums_of_visit(self, held: int) -> list[int]:
        """What the rules up to each give for the receipt as such; multipliers for single products leave it alone."""
        known = self.visit_sums.get(held)
        if known is None:
            running = Fraction(0)
            known = self.visit_sums[held] = []
            for index, part in enumerate(self.contributions):
                if held >> index & 1:
                    running = running * (part.factor if not self.bits[index] else 1) + part.per_receipt
                    known.append(int(running * self.denominator))
        return known
