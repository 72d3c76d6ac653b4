"""The discount of a basket by its sum alone, where no discount looks at single lines of it and no two of them share it.

So it is with most baskets of most programs, and a hundred thousand of them are priced in a second. What is not so simple is left to
`discounts`: `of` says it.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import Final
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.baskets.discounts import NO_TERMS
from loyalty_cli.baskets.discounts import of_the_tier
from loyalty_cli.baskets.effects import Effect
from loyalty_cli.baskets.effects import settled_alone
from loyalty_cli.model.money import rounded
from loyalty_cli.model.money import WHOLE
from loyalty_cli.program.program import TIER_DISCOUNT
from loyalty_cli.rules.discounts.offer import Buyer
from loyalty_cli.rules.only import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.baskets.basket import Applied
    from loyalty_cli.program.program import Program
    from loyalty_cli.rules.discounts.offer import AtMost
    from loyalty_cli.rules.discounts.offer import Offer
    from loyalty_cli.rules.only import Moment


class BySum(NamedTuple):
    """The one discount of a basket: its name, exactly what it takes in ten-thousandths of a minor unit, and whole minor units."""

    name: str
    exact: int
    amount: int


class Otherwise(Enum):
    """Nothing comes off, or the sum does not say what."""

    NOTHING = "nothing"
    LINE_BY_LINE = "line by line"


NOTHING: Final = Otherwise.NOTHING
LINE_BY_LINE: Final = Otherwise.LINE_BY_LINE
NOBODY: Final = Buyer()


class OnSums:
    """The discounts of a program, made ready for very many baskets of which none has goods that `looks_at` names.

    `grouped` says that they are of members who may be in groups; who is in none has no offer for some groups.
    """

    def __init__(self, program: Program, *, grouped: bool = True) -> None:
        self.terms = program.discounts or NO_TERMS
        offers = {name: offer for name, offer in program.offers.items() if offer.only.filter is None}
        self.offers = {name: offer for name, offer in offers.items() if grouped or not offer.only.groups}
        self.tiers = {name: of_the_tier(rung.discount) for name, rung in program.tiers.items() if rung.discount}
        self.asks = self.terms.only is not EVERYTHING or any(offer.only is not EVERYTHING for offer in self.offers.values())
        self.monthly = program.asks_the_month
        self.only_tiers = not self.offers and not self.asks and self.terms.at_most is None

    def of_tier(self, total: int, tier: str) -> BySum | Otherwise:
        """What a tier's percent takes off a basket of a sum, where there is nothing else."""
        percent = self.tiers[tier].percent(NOBODY) if tier in self.tiers else 0
        exact = total * min(percent, self.terms.never_above)
        amount = rounded(exact, WHOLE, self.terms.round)
        return BySum(TIER_DISCOUNT, exact, amount) if amount else NOTHING

    def of(self, buyer: Buyer, tier: str, moment: Callable[[], Moment], month: Mapping[str, int]) -> BySum | Otherwise:
        """What comes off a basket by its sum before discounts; of equal ones the tier's holds, then the first of the file.

        `month` is what discounts have taken off in this calendar month, as a Shopper has it.
        """
        total = buyer.basket or 0
        found: list[tuple[str, Offer, int]] = []
        for name, offer in self.fitting(tier, moment if self.asks else None):
            taken = month.get(name, 0)
            if offer.at_most and offer.at_most.used_up(taken):
                continue
            if offer.counts_units:
                return LINE_BY_LINE
            off = total * offer.percent(buyer) or min(offer.amount(buyer), total) * WHOLE
            if off:
                found.append((name, offer, within(off, offer.at_most, taken)))
        if not found:
            return NOTHING
        if not self.is_simple(found):
            return LINE_BY_LINE
        name, _, exact = max(found, key=lambda each: each[2])
        exact = within(min(exact, total * self.terms.never_above), self.terms.at_most, month.get("", 0))
        amount = min(rounded(exact, WHOLE, self.terms.round), total)
        return BySum(name, exact, amount) if amount > 0 else NOTHING

    def fitting(self, tier: str, moment: Callable[[], Moment] | None) -> Iterator[tuple[str, Offer]]:
        """The discounts on all goods that are for this member and this time; `moment` is None where nothing is asked of it."""
        if moment is None:
            if tier in self.tiers:
                yield TIER_DISCOUNT, self.tiers[tier]
            yield from self.offers.items()
            return
        now = moment()
        if not self.terms.only.holds(now):
            return
        if tier in self.tiers:
            yield TIER_DISCOUNT, self.tiers[tier]
        for name, offer in self.offers.items():
            if offer.only is EVERYTHING or offer.only.holds(now):
                yield name, offer

    def is_simple(self, found: Sequence[tuple[str, Offer, int]]) -> bool:
        """Whether one discount holds alone, or the best of some percents, and no ceiling is one of each line."""
        if any(map(has_line, [self.terms.at_most, *(offer.at_most for _, offer, _ in found)])):
            return False
        if any(offer.group for _, offer, _ in found):
            return False
        if len(found) == 1:
            return True
        return self.terms.together == "best" and all(offer.takes == "percent" and not offer.never_with for _, offer, _ in found)

    def parts(self, found: BySum, totals: Sequence[int]) -> Applied:
        """The same discount line by line, as it lies on lines of these prices."""
        share = Fraction(found.exact, sum(totals))
        off = tuple([each * share.numerator if share.denominator == 1 else each * share for each in totals])
        return settled_alone(Effect(found.name, off), totals, self.terms.round, WHOLE)


def has_line(at_most: AtMost | None) -> bool:
    """Whether a ceiling is one of each line."""
    return at_most is not None and at_most.line is not None


def within(exact: int, at_most: AtMost | None, taken: int) -> int:
    """No more than ceilings of the receipt and of the month, of which some is taken, in ten-thousandths of a minor unit."""
    if at_most is None:
        return exact
    if at_most.receipt is not None:
        exact = min(exact, at_most.receipt * WHOLE)
    if at_most.month is not None:
        exact = min(exact, max(0, at_most.month - taken) * WHOLE)
    return exact


def looks_at_goods(program: Program) -> bool:
    """Whether any discount of a program may look at goods by themselves, floor prices aside."""
    terms = program.discounts or NO_TERMS
    return bool(terms.never_below or terms.only.filter or any(offer.only.filter for offer in program.offers.values()))


def looks_at(programs: Iterable[Program], code: str, category: str, floor: int) -> bool:
    """Whether goods are any that a discount of some programs looks at by themselves, or that have a floor price."""
    if floor:
        return True
    for program in programs:
        terms = program.discounts or NO_TERMS
        of_all = terms.only.filter
        if code in terms.never_below or (of_all is not None and not of_all.take(code, category)):
            return True
        if any(offer.only.filter is not None and offer.only.filter.take(code, category) for offer in program.offers.values()):
            return True
    return False
