"""Which discounts a basket has: who they fit, what never goes together, and the better of what is left."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from functools import lru_cache
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.baskets.basket import Applied
from loyalty_cli.baskets.basket import NotApplied
from loyalty_cli.baskets.effects import FINE
from loyalty_cli.baskets.effects import NOTHING
from loyalty_cli.baskets.effects import settled
from loyalty_cli.baskets.together import Group
from loyalty_cli.baskets.together import outcome_of
from loyalty_cli.baskets.together import Single
from loyalty_cli.baskets.together import State
from loyalty_cli.model.money import shared
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.program.program import TIER_DISCOUNT
from loyalty_cli.program.sections import Discounts
from loyalty_cli.program.sections import Together
from loyalty_cli.rules.discounts.apart import apart
from loyalty_cli.rules.discounts.offer import Buyer
from loyalty_cli.rules.discounts.offer import Unit
from loyalty_cli.rules.discounts.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.baskets.basket import Basket
    from loyalty_cli.baskets.basket import Line
    from loyalty_cli.baskets.basket import Shopper
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.program import Program
    from loyalty_cli.rules.discounts.offer import Offer

OTHER_MEMBERS = phrase("It is for other members.")
ANOTHER_TIME = phrase("It is for another day, hour or store.")
NO_GOODS = phrase("No goods in the basket fit it.")
GIVEN_THIS_MONTH = phrase("It has given all it may give this month.")
TOO_LITTLE = phrase("Too little has been bought for it.")


class Chosen(NamedTuple):
    """The discounts of a basket and what did not apply."""

    applied: list[Applied]
    without: list[NotApplied]

    @property
    def total(self) -> int:
        """All that comes off."""
        return sum(applied.total for applied in self.applied)


@dataclass(frozen=True, kw_only=True)
class Pricing:
    """One basket against the discounts of a program."""

    terms: Discounts
    offers: Mapping[str, Offer]
    lines: Sequence[Line]
    shopper: Shopper

    @cached_property
    def floors(self) -> list[int]:
        """What each line may not cost less than; a line that does already stays as it is."""
        return [min(line.total, floor_of(line, self.terms.never_below)) for line in self.lines]

    @cached_property
    def all_lines(self) -> frozenset[int]:
        """Every line."""
        return frozenset(range(len(self.lines)))

    @cached_property
    def reduced(self) -> list[bool]:
        """Which lines are no full price before any discount."""
        return [line.reduced for line in self.lines]

    def choose(self) -> Chosen:
        """The best choice among discounts that may go together, and why the others did not apply."""
        fitting: dict[str, Single] = {}
        without: dict[str, Phrase] = {}
        for name, offer in self.offers.items():
            found = self.fitting(name, offer)
            if isinstance(found, Single):
                fitting[name] = found
            else:
                without[name] = found
        most = {name: self.at_most(single) for name, single in fitting.items()}
        applied: list[Applied] = []
        for choice in self.choices(fitting):
            # One alone that can not be more than what is found needs no closer look.
            if len(choice) > 1 or not applied or most[choice[0]] > total_of(applied):
                applied = max(applied, self.take([fitting[name] for name in choice if most[name]]), key=total_of)
        given = {one.name for one in applied if one.total}
        for name, single in fitting.items():
            if name not in given:
                without[name] = self.why_not(single, fitting, given, most[name])
        ordered = [NotApplied(name, without[name]) for name in self.offers if name in without]
        return Chosen([one for one in applied if one.total], ordered)

    def fitting(self, name: str, offer: Offer) -> Single | Phrase:
        """The discount on this basket, or why it does not fit."""
        moment = self.shopper.moment
        asked = [only for only in (offer.only, self.terms.only) if only.conditional]
        if not all(only.fits_the_member(moment) for only in asked):
            return OTHER_MEMBERS
        if not all(only.fits_the_time(moment) for only in asked):
            return ANOTHER_TIME
        lines = self.lines_of(offer, self.reduced)
        if not lines:
            return NO_GOODS
        buyer = Buyer(
            spent=self.shopper.spent,
            visits=self.shopper.visits,
            basket=sum(self.lines[at].total for at in lines),
            day=moment.day,
            joined=self.shopper.joined,
            by_day=self.shopper.by_day,
        )
        taken = self.shopper.this_month.get(name, 0)
        if offer.at_most and offer.at_most.month is not None and taken >= offer.at_most.month:
            return GIVEN_THIS_MONTH
        single = Single(
            name=name,
            offer=offer,
            lines=lines,
            percent=offer.percent(buyer),
            amount=offer.amount(buyer),
            taken_this_month=taken,
        )
        if offer.takes != "units" and not single.percent and not single.amount:
            return TOO_LITTLE
        return single

    @cached_property
    def units(self) -> list[Unit]:
        """The single units of the basket."""
        return list(units_of(self.lines))

    def at_most(self, single: Single) -> int:
        """No more than this comes off by one discount alone, before ceilings; nothing where it finds nothing to take off."""
        if single.offer.takes == "percent" and not any(self.floors):
            return -(-sum(self.lines[at].total for at in single.lines) * single.percent // 10_000)
        rooms = {at: self.lines[at].total - floor for at, floor in enumerate(self.floors) if at in single.lines}
        if single.offer.takes == "amount":
            return min(single.amount, sum(rooms.values()))
        if single.offer.takes == "percent":
            off = sum(min(self.lines[at].total * single.percent, room * 10_000) for at, room in rooms.items())
            return -(-off // 10_000)
        units = [unit for unit in self.units if unit.line in single.lines]
        on_lines = dict.fromkeys(rooms, NOTHING)
        for at, less in single.offer.on_units(units).off.items():
            on_lines[units[at].line] += less
        return -int(-sum((min(less, rooms[at]) for at, less in on_lines.items()), NOTHING) // 1)

    def lines_of(self, offer: Offer, reduced: Sequence[bool]) -> frozenset[int]:
        """The lines that a discount looks at, some of which are reduced already."""
        filters = [only.filter for only in (offer.only, self.terms.only) if only.filter is not None]
        if not filters:
            return self.all_lines
        return frozenset(
            at
            for at, (line, less) in enumerate(zip(self.lines, reduced, strict=True))
            if all(filter_.take(line.product, line.category, reduced=less) for filter_ in filters)
        )

    def why_not(self, single: Single, fitting: Mapping[str, Single], given: set[str], alone: int) -> Phrase:
        """Why a discount that fits took nothing; `alone` is what it would take by itself."""
        rivals = [name for name in fitting if name in given and never_together(single, fitting[name], self.terms)]
        if rivals:
            return phrase("It does not go together with {other}, which is better.", other=rivals[0])
        if not alone:
            if single.offer.takes == "units":
                return phrase("There are not enough goods for it.")
            return phrase("Nothing may come off the goods it fits.")
        return phrase("Another discount is better.")

    def choices(self, fitting: Mapping[str, Single]) -> list[list[str]]:
        """Sets of discounts that may go together; where the best holds, each alone as well."""
        def never(one: str, other: str) -> bool:
            return never_together(fitting[one], fitting[other], self.terms)

        sets = [list(names) for names in apart(list(fitting), never)]
        if self.terms.together == "best":
            sets += [[name] for name in fitting if [name] not in sets]
        return sets

    def take(self, choice: Sequence[Single]) -> list[Applied]:
        """What some discounts take: offers on units first, then percents and amounts on what these leave."""
        totals, floors = [line.total for line in self.lines], self.floors
        units = [single for single in choice if single.offer.takes == "units"]
        first: list[Applied] = []
        if units:
            state = State(totals, floors, units=self.units)
            first = self.settle(units, state, totals, [])
        off = [sum(column) for column in zip(*(one.parts for one in first), strict=True)] if first else [0] * len(totals)
        left = [total - less for total, less in zip(totals, off, strict=True)]
        # What an offer on units has made cheaper is no full price any more.
        reduced = [line.reduced or bool(less) for line, less in zip(self.lines, off, strict=True)]
        others = [
            single._replace(lines=self.lines_of(single.offer, reduced)) if first else single
            for single in choice
            if single.offer.takes != "units"
        ]
        state = State([FINE * each for each in left], [FINE * floor for floor in floors], FINE)
        return first + self.settle(others, state, left, first) if others else first

    def settle(self, choice: Sequence[Single], state: State, left: Sequence[int], first: Sequence[Applied]) -> list[Applied]:
        """The effects of one stage in whole minor units; `first` is what the one before took."""
        effects = outcome_of(self.tree(choice, first), state).effects
        limits = [total - floor for total, floor in zip(left, self.floors, strict=True)]
        return settled(effects, limits, self.terms.round, per=state.per)

    def tree(self, choice: Sequence[Single], first: Sequence[Applied]) -> Group:
        """The discounts in their groups, in the order of the file."""
        members: list[Single | Group] = []
        named: dict[str, list[Single]] = {}
        for single in choice:
            name = single.offer.group
            if name not in named:
                named[name] = []
                terms = self.terms.groups.get(name, Together())
                if name:
                    of_group = {other for other, offer in self.offers.items() if offer.group == name}
                    members.append(self.group(terms, named[name], first, of_group))
            if name:
                named[name].append(single)
            else:
                members.append(single)
        return self.group(self.terms, members, first, None)

    def group(
        self, terms: Together, members: Sequence[Single | Group], first: Sequence[Applied], names: set[str] | None
    ) -> Group:
        """A group with what its own discounts, or all of them, took before."""
        before = [0] * len(self.lines)
        for one in first:
            if names is None or one.name in names:
                before = [total + part for total, part in zip(before, one.parts, strict=True)]
        month = self.shopper.this_month
        used = month.get("", 0) if names is None else sum(month.get(name, 0) for name in names)
        return Group(terms=terms, members=members, before=before, taken_this_month=used)


def total_of(applied: Sequence[Applied]) -> int:
    """What discounts take together."""
    return sum(one.total for one in applied)


def never_together(one: Single, other: Single, terms: Discounts) -> bool:
    """Said so by either; or the best of one group, though one looks at units and the other does not."""
    if other.name in one.offer.never_with or one.name in other.offer.never_with:
        return True
    group = one.offer.group
    if not group or group != other.offer.group or terms.groups.get(group, terms).together != "best":
        return False
    return (one.offer.takes == "units") != (other.offer.takes == "units")


def floor_of(line: Line, floors: Mapping[str, int]) -> int:
    """The floor of a line, from the price of one unit, rounded up."""
    return -(-max(line.floor, floors.get(line.product, 0)) * line.quantity // 1000)


def units_of(lines: Sequence[Line]) -> Iterator[Unit]:
    """The single units of a basket; their prices sum to their line's total. What is weighed is one unit."""
    for at, line in enumerate(lines):
        count, weighed = divmod(line.quantity, 1000)
        prices = [line.total] if weighed or count < 1 else shared(line.total, [1] * count)
        for price in prices:
            yield Unit(at, price, line.product, line.category)


@lru_cache
def of_the_tier(percent: int) -> Offer:
    """A tier's discount as an offer like the others."""
    return Standing(discount=percent)


def discounts_of(program: Program, shopper: Shopper) -> dict[str, Offer]:
    """Every discount of a program by its name: the tier's first."""
    offers: dict[str, Offer] = {}
    tier = shopper.moment.tier
    percent = program.ladder.ladder[tier].discount if program.ladder and tier in program.ladder.ladder else 0
    if percent:
        offers[TIER_DISCOUNT] = of_the_tier(percent)
    return {**offers, **program.offers}


def discounted(program: Program, basket: Basket, shopper: Shopper) -> Chosen:
    """The discounts of a basket."""
    terms = program.discounts or Discounts(offers={})
    return Pricing(terms=terms, offers=discounts_of(program, shopper), lines=basket.lines, shopper=shopper).choose()
