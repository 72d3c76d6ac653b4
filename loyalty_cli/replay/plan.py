"""A program made ready for replay: products sorted into classes, filters into questions, ladders into lists.

Two products are of one class if every filter of the program treats them alike. A receipt then is the money it
holds per class, which the database can add up; rules never see single lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple
from typing import TYPE_CHECKING
from typing import TypeVar

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.facts import ASKED
from loyalty_cli.model.facts import IN_HAND
from loyalty_cli.program.worth import worth_of
from loyalty_cli.program.worth import worth_of_asset

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.program.blocks.gifts import GiftTerms
    from loyalty_cli.program.program import Program
    from loyalty_cli.program.program import Reward
    from loyalty_cli.rules.budget import BudgetTerms
    from loyalty_cli.rules.condition import Condition
    from loyalty_cli.rules.give.given import Give
    from loyalty_cli.rules.only import Only
    from loyalty_cli.rules.only import Products


# From this bit on a class of products says its category, where categories are told apart; the bits of filters lie below.
CATEGORY = 40
# Money of goods that came back may be a fraction of what was paid for them.
Amount = TypeVar("Amount", int, int | Fraction)


@dataclass(frozen=True)
class Plan:
    """The versions of a program, each from the day it came into force, with one numbering of product filters."""

    versions: tuple[tuple[Day, Program], ...]

    @cached_property
    def filters(self) -> dict[Products, int]:
        """Every product filter with its bit."""
        distinct: dict[Products, int] = {}
        for only in self.all_filters:
            if only.filter is not None:
                distinct.setdefault(only.filter, 1 << len(distinct))
        if self.asks_categories and len(distinct) > CATEGORY:
            raise Refused("A program that counts different categories can have {count} filters of goods at most.", count=CATEGORY)
        return distinct

    @cached_property
    def asks_payments(self) -> bool:
        """Whether any filter asks how a receipt was paid."""
        return any(only.asks_payments for only in self.all_filters)

    @cached_property
    def asks_cards(self) -> bool:
        """Whether any filter asks for the numbers of cards."""
        at_the_till = (only for _, program in self.versions for only in filters_at_the_till(program))
        return any(only.cards for only in (*self.all_filters, *at_the_till))

    @cached_property
    def asks_coupons(self) -> bool:
        """Whether any reward hears of the coupons that a member holds."""
        return self.hears(IN_HAND)

    @cached_property
    def asks_consents(self) -> bool:
        """Whether any reward hears of consents that were asked for."""
        return self.hears(ASKED)

    @cached_property
    def asks_since(self) -> bool:
        """Whether any segment or reward may ask since when somebody is more than a card."""
        return bool(self.conditions) or any(program.rewards for _, program in self.versions)

    def hears(self, prefix: str) -> bool:
        """Whether any reward hears of assets that begin so."""
        rewards = (reward for _, program in self.versions for reward in program.rewards.values())
        return any(asset.startswith(prefix) for reward in rewards for asset in reward.when.hears_assets)

    @cached_property
    def asks_chance(self) -> bool:
        """Whether any rule has a control group."""
        return any(only.control for only in self.all_filters)

    @cached_property
    def asks_reductions(self) -> bool:
        """Whether any filter tells reduced goods from those at full price."""
        return any(only.full_price is not None for only in self.all_filters)

    @cached_property
    def limits(self) -> dict[str, Limit]:
        """The rewards that only so many get, by name; the last version that says so counts, a worth from its day on."""
        limits: dict[str, Limit] = {}
        for from_day, program in self.versions:
            for reward in program.rewards.values():
                for name, limit in limits_of(program, reward):
                    if limit.in_all or limit.counted or limit.budget:
                        before = limits[name].worths if name in limits else ()
                        limits[name] = limit._replace(worths=(*before, (from_day, limit.worth)))
        return limits

    @cached_property
    def conditions(self) -> list[Condition]:
        """Every condition of every version's segments, each once: what one version asks is remembered under all of them."""
        distinct: list[Condition] = []
        for _, program in self.versions:
            for segment in program.segments.values():
                distinct += [each for each in segment.all_conditions if each not in distinct]
        return distinct

    @property
    def gifts(self) -> Mapping[str, GiftTerms]:
        """The gifts as the last version knows them."""
        return self.versions[-1][1].gifts

    @cached_property
    def coupon_budgets(self) -> dict[str, tuple[BudgetTerms, int]]:
        """What all coupons of a name may be worth together, and what one is worth, as the last version knows it."""
        _, program = self.versions[-1]
        return {
            f"coupon:{name}": (terms.budget, worth_of_asset(program, f"coupon:{name}", 1) or 0)
            for name, terms in program.coupons.items()
            if terms.budget
        }

    @cached_property
    def asks_friends(self) -> bool:
        """Whether any reward is for bringing friends."""
        return any(reward.when.of_a_friend for _, program in self.versions for reward in program.rewards.values())

    @property
    def tells(self) -> bool:
        """Whether anything of a member may concern others."""
        return bool(self.limits or self.asks_friends)

    @cached_property
    def rounds(self) -> int:
        """After so many rounds between members nothing can change any more: a link of a chain of rewards takes two.

        One hands over, one waits for a place; no reward feeds on itself.
        """
        return 2 * max((len(program.rewards) for _, program in self.versions), default=0) + 1

    @property
    def asks_units(self) -> bool:
        """Whether any rule counts pieces, litres or kilograms."""
        return bool(self.counted_bits)

    @cached_property
    def counted_bits(self) -> frozenset[int]:
        """The bits of the filters whose pieces, litres or kilograms are counted."""
        programs = [program for _, program in self.versions]
        earn = [rule.only for program in programs for rule in program.earn.values() if rule.contribution().per_piece]
        rewards = [reward.only for program in programs for reward in program.rewards.values() if reward.when.counts_units]
        return frozenset(map(self.bit, (*earn, *rewards)))

    def counts_units_of(self, class_: int) -> bool:
        """Whether pieces, litres or kilograms of a class of products are counted."""
        return any(class_ & bit == bit for bit in self.counted_bits)

    @cached_property
    def asks_categories(self) -> bool:
        """Whether any reward must know the category of all goods."""
        return any(reward.when.tells_categories for _, program in self.versions for reward in program.rewards.values())

    @cached_property
    def categories(self) -> dict[str, int]:
        """The categories that were met, each with its number; only where they are asked for."""
        return {"": 0}

    @property
    def all_filters(self) -> Iterator[Only]:
        """The filters of all versions."""
        return (only for _, program in self.versions for only in filters_of(program))

    def in_force(self, day: Day) -> Program:
        """The program in force on a day."""
        return [program for from_day, program in self.versions if from_day <= day][-1]

    def class_of(self, code: str, category: str, *, reduced: bool = False) -> int:
        """The class of a product, sold at full price or reduced: the bits of the filters that take it."""
        class_ = 0
        for filter_, bit in self.filters.items():
            if filter_.take(code, category, reduced=reduced):
                class_ |= bit
        if self.asks_categories:
            class_ |= self.categories.setdefault(category, len(self.categories)) << CATEGORY
        return class_

    def bit(self, only: Only) -> int:
        """The bit of a rule's product filter, or 0 where every product counts."""
        return self.filters[only.filter] if only.filter is not None else 0


class Limit(NamedTuple):
    """How many get a reward in all, the gifts and coupons of it of which there are only so many, and what it may cost in all.

    `worth` is what one costs, `worths` the same from each day on which a version came into force.
    """

    reward: str
    in_all: int | None
    counted: tuple[str, ...]
    budget: BudgetTerms | None
    worth: int
    worths: tuple[tuple[Day, int], ...] = ()


def limits_of(program: Program, reward: Reward) -> Iterator[tuple[str, Limit]]:
    """The limits of one reward by what claims them: the member, and for bringing friends the friend first, who then hands over."""
    in_all = reward.block.in_all, counted_of(program, reward.gives)
    budget = reward.block.budget, worth_of(program, reward) or 0
    if not reward.when.of_a_friend:
        yield reward.name, Limit(reward.name, *in_all, *budget)
        return
    yield reward.name, Limit(reward.name, None, in_all[1], None, 0)
    yield reward.as_a_friend, Limit(reward.name, in_all[0], counted_of(program, reward.to_friend), *budget)


def counted_of(program: Program, gives: Iterable[Give]) -> tuple[str, ...]:
    """The gifts and coupons of which there are only so many, as the ledger calls them."""
    assets = (give.given().asset for give in gives)
    return tuple(asset for asset in assets if program.is_counted(asset))


def filters_of(program: Program) -> Iterator[Only]:
    """Every filter of a program that may look at products."""
    for rule in (*program.earn.values(), *program.rewards.values(), *program.draws.values(), *program.offers.values()):
        yield rule.only
    for reward in program.rewards.values():
        yield from (only for _, only in reward.when.elements)
    for segment in program.segments.values():
        yield from (condition.which for condition in segment.all_conditions)
    if program.ladder:
        yield program.ladder.only


def filters_at_the_till(program: Program) -> Iterator[Only]:
    """The filters that only a basket is asked: of coupons, and of all discounts together."""
    for terms in program.coupons.values():
        yield terms.only
    if program.discounts:
        yield program.discounts.only


def by_category(names: dict[str, int], parts: Iterable[tuple[int, Amount]], bit: int) -> list[tuple[str, int]]:
    """The money of a receipt by the category of its goods, as far as a filter's bit takes them."""
    money: dict[int, int | Fraction] = {}
    for class_, amount in parts:
        if class_ & bit == bit and class_ >> CATEGORY:
            money[class_ >> CATEGORY] = money.get(class_ >> CATEGORY, 0) + amount
    return [(name, int(money[number])) for name, number in names.items() if number in money]


def amount_for(bit: int, parts: Sequence[tuple[int, Amount]]) -> Amount:
    """The money of a receipt that a filter's bit takes."""
    total: Amount = 0
    for class_, amount in parts:
        if class_ & bit == bit:
            total += amount
    return total
