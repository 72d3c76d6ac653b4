"""Which discounts a basket has: who they fit, what never goes together, and the better of what is left."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from math import inf
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.baskets.basket import Applied
from loyalty_cli.baskets.basket import NotApplied
from loyalty_cli.baskets.effects import Effect
from loyalty_cli.baskets.effects import FINE
from loyalty_cli.baskets.effects import settled
from loyalty_cli.baskets.laid_out import LaidOut
from loyalty_cli.baskets.together import Group
from loyalty_cli.baskets.together import outcome_of
from loyalty_cli.baskets.together import Single
from loyalty_cli.baskets.together import State
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.program.blocks.discounts import Discounts
from loyalty_cli.program.blocks.discounts import Together
from loyalty_cli.program.program import TIER_DISCOUNT
from loyalty_cli.rules.discounts.apart import apart
from loyalty_cli.rules.discounts.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.baskets.basket import Basket
    from loyalty_cli.baskets.basket import Shopper
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.program import Program
    from loyalty_cli.rules.discounts.offer import Offer

NO_TERMS = Discounts(offers={})
# Of so many offers on units each choice is looked at.
FEW = 4


class Chosen(NamedTuple):
    """The discounts of a basket and what did not apply."""

    applied: list[Applied]
    without: list[NotApplied]

    @property
    def total(self) -> int:
        """All that comes off."""
        return sum(applied.total for applied in self.applied)


class Pricing:
    """One basket against the discounts of a program."""

    def __init__(self, laid: LaidOut, offers: Mapping[str, Offer]) -> None:
        self.laid, self.offers, self.terms = laid, offers, laid.terms

    def taken(self) -> list[Applied]:
        """The best choice among discounts that may go together."""
        looked_at = ((name, self.laid.fitting(name, offer)) for name, offer in self.offers.items())
        fitting = {name: found for name, found in looked_at if isinstance(found, Single)}
        return self.best(fitting, self.most(fitting)) if fitting else []

    def most(self, fitting: Mapping[str, Single]) -> dict[str, int]:
        """What each could take alone, at most."""
        return {name: self.laid.at_most(single) for name, single in fitting.items()}

    def choose(self) -> Chosen:
        """The best choice, and why the others did not apply."""
        fitting: dict[str, Single] = {}
        without: dict[str, Phrase] = {}
        for name, offer in self.offers.items():
            found = self.laid.fitting(name, offer)
            if isinstance(found, Single):
                fitting[name] = found
            else:
                without[name] = found
        most = self.most(fitting)
        applied = self.best(fitting, most)
        given = {one.name for one in applied}
        for name, single in fitting.items():
            if name not in given:
                without[name] = self.why_not(single, fitting, given, most[name])
        return Chosen(applied, [NotApplied(name, without[name]) for name in self.offers if name in without])

    def best(self, fitting: Mapping[str, Single], most: Mapping[str, int]) -> list[Applied]:
        """What comes off by the choice that takes most; of equal ones the first."""
        bounds: dict[tuple[str, ...], float] = {}
        for choice in self.choices(fitting):
            names = self.unbeaten([fitting[name] for name in choice if most[name]])
            # Several together may take more than each by itself; what one alone takes at most is known.
            bounds.setdefault(names, most[names[0]] if len(names) == 1 else inf)
        best: list[Applied] = []
        rank: tuple[float, int] = (0, 0)
        for at, (names, bound) in sorted(enumerate(bounds.items()), key=lambda each: -each[1][1]):
            # What can not be more needs no closer look.
            if (bound, -at) > rank:
                applied = self.take([fitting[name] for name in names])
                if (own := (total_of(applied), -at)) > rank:
                    best, rank = applied, own
        return [one for one in best if any(one.parts)]

    def unbeaten(self, choice: Sequence[Single]) -> tuple[str, ...]:
        """The names of a choice, less the percents that another one beats on every line where each line has its best."""
        places = list(enumerate(choice))
        if len(choice) > 1 and self.terms.together == "best" and not self.laid.has_floors:
            everywhere = [(single.percent, -at) for at, single in places if is_percent(single.offer) and on_all_goods(single.offer)]
            best = max(everywhere, default=(0, 0))
            places = [(at, single) for at, single in places if not is_percent(single.offer) or (single.percent, -at) >= best]
        return tuple([single.name for _, single in places])

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
        """Sets of discounts that may go together; where the best holds, each alone as well, and all without what may cost more."""

        def never(one: str, other: str) -> bool:
            return never_together(fitting[one], fitting[other], self.terms)

        names = list(fitting)
        pairs = any(single.offer.never_with or single.offer.group for single in fitting.values())
        sets = [list(some) for some in apart(names, never)] if pairs else [names]
        if self.terms.together == "best":
            without = [[name for name in some if name not in out] for out in self.costly(fitting) for some in sets]
            sets += without + [[name] for name in fitting if [name] not in sets]
        return sets

    def costly(self, fitting: Mapping[str, Single]) -> list[list[str]]:
        """Offers on units that may cost more than they give, in each way: what they make cheaper is no full price any more."""
        of_all = self.terms.only.full_price
        if not any((of_all or single.offer.only.full_price) and single.offer.takes != "units" for single in fitting.values()):
            return []
        units = [name for name, single in fitting.items() if single.offer.takes == "units"]
        counts = [*range(1, len(units) + 1)] if len(units) <= FEW else [1, len(units)]
        return [list(some) for count in counts for some in combinations(units, count)]

    def take(self, choice: Sequence[Single]) -> list[Applied]:
        """What some discounts take: offers on units first, then percents and amounts on what these leave."""
        totals, floors = self.laid.totals, self.laid.floors
        if len(choice) == 1 and self.is_simple(choice[0]):
            return [self.percent_alone(choice[0])]
        units = [single for single in choice if single.offer.takes == "units"]
        first: list[Applied] = []
        if units:
            state = State(totals, floors, units=self.laid.units)
            first = self.settle(units, state, totals, [])
        off = [sum(column) for column in zip(*(one.parts for one in first), strict=True)] if first else [0] * len(totals)
        left = [total - less for total, less in zip(totals, off, strict=True)]
        # What an offer on units has made cheaper is no full price any more.
        reduced = [before or bool(less) for before, less in zip(self.laid.reduced, off, strict=True)]
        others = [
            single._replace(lines=self.laid.lines_of(single.offer, reduced)) if first else single
            for single in choice
            if single.offer.takes != "units"
        ]
        state = State([FINE * each for each in left], [FINE * floor for floor in floors], FINE)
        return first + self.settle(others, state, left, first) if others else first

    def is_simple(self, single: Single) -> bool:
        """Whether nothing but its percent and the ceiling of all percents says what a discount takes."""
        return is_percent(single.offer) and not (single.offer.at_most or self.terms.at_most or self.laid.has_floors)

    def percent_alone(self, single: Single) -> Applied:
        """A percent of its lines, with nothing beside it."""
        percent = min(single.percent, self.terms.never_above)
        off = tuple([total * percent if at in single.lines else 0 for at, total in enumerate(self.laid.totals)])
        return settled([Effect(single.name, off)], self.laid.totals, self.terms.round, per=WHOLE)[0]

    def settle(self, choice: Sequence[Single], state: State, left: Sequence[int], first: Sequence[Applied]) -> list[Applied]:
        """The effects of one stage in whole minor units; `first` is what the one before took."""
        effects = outcome_of(self.tree(choice, first), state).effects
        limits = [total - floor for total, floor in zip(left, self.laid.floors, strict=True)]
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

    def group(self, terms: Together, members: Sequence[Single | Group], first: Sequence[Applied], names: set[str] | None) -> Group:
        """A group with what its own discounts, or all of them, took before."""
        before = [0] * len(self.laid.lines)
        for one in first:
            if names is None or one.name in names:
                before = [total + part for total, part in zip(before, one.parts, strict=True)]
        month = self.laid.shopper.this_month
        used = month.get("", 0) if names is None else sum(month.get(name, 0) for name in names)
        return Group(terms=terms, members=members, before=before, taken_this_month=used)


def total_of(applied: Sequence[Applied]) -> int:
    """What discounts take together."""
    return sum([sum(one.parts) for one in applied])


def is_percent(offer: Offer) -> bool:
    """Whether a discount is a percent that stands in no group."""
    return offer.takes == "percent" and not offer.group


def on_all_goods(offer: Offer) -> bool:
    """Whether a discount holds for all goods, without a ceiling in money."""
    return offer.only.filter is None and offer.at_most is None


def never_together(one: Single, other: Single, terms: Discounts) -> bool:
    """Said so by either; or the best of one group, though one looks at units and the other does not."""
    if other.name in one.offer.never_with or one.name in other.offer.never_with:
        return True
    group = one.offer.group
    if not group or group != other.offer.group or terms.groups.get(group, terms).together != "best":
        return False
    return (one.offer.takes == "units") != (other.offer.takes == "units")


@lru_cache
def of_the_tier(percent: int) -> Offer:
    """A tier's discount as an offer like the others."""
    return Standing(discount=percent)


def discounts_of(program: Program, shopper: Shopper) -> dict[str, Offer]:
    """Every discount of a program by its name: the tier's first."""
    offers: dict[str, Offer] = {}
    tier = shopper.moment.tier
    if tier in program.tiers and (percent := program.tiers[tier].discount):
        offers[TIER_DISCOUNT] = of_the_tier(percent)
    return {**offers, **program.offers}


def discounted(program: Program, basket: Basket, shopper: Shopper) -> Chosen:
    """The discounts of a basket."""
    return pricing_of(program, basket, shopper).choose()


def taken_off(program: Program, basket: Basket, shopper: Shopper) -> list[Applied]:
    """The discounts of a basket, without a word on those that it does not have."""
    return pricing_of(program, basket, shopper).taken()


def pricing_of(program: Program, basket: Basket, shopper: Shopper) -> Pricing:
    """A basket against the discounts of a program."""
    return Pricing(LaidOut(program.discounts or NO_TERMS, basket.lines, shopper), discounts_of(program, shopper))
