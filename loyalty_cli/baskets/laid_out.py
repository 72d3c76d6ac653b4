"""A basket as discounts look at it: which of its lines each fits, at what percent or amount, and what each could take alone."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from loyalty_cli.baskets.effects import NOTHING
from loyalty_cli.baskets.together import Single
from loyalty_cli.model.money import shared
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.quantity import PIECE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.rules.discounts.offer import Buyer
from loyalty_cli.rules.discounts.offer import OTHER_MEMBERS
from loyalty_cli.rules.discounts.offer import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.baskets.basket import Line
    from loyalty_cli.baskets.basket import Shopper
    from loyalty_cli.baskets.effects import Part
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.blocks.discounts import Discounts
    from loyalty_cli.rules.discounts.offer import Offer

ANOTHER_TIME = phrase("It is for another day, hour or store.")
NO_GOODS = phrase("No goods in the basket fit it.")
GIVEN_THIS_MONTH = phrase("It has given all it may give this month.")


class LaidOut:
    """One basket, and what is asked of all discounts."""

    def __init__(self, terms: Discounts, lines: Sequence[Line], shopper: Shopper) -> None:
        self.terms, self.lines, self.shopper = terms, lines, shopper
        # What each line costs before discounts, and which are no full price even then.
        self.totals = [line.total for line in lines]
        self.reduced = [line.reduced for line in lines]
        # What each line may not cost less than; a line that does already stays as it is.
        self.floors = floors_of(lines, self.totals, terms.never_below)
        self.has_floors = any(self.floors)
        self.all_lines = frozenset(range(len(lines)))
        self.by_unit: frozenset[int] = frozenset()
        # Who buys, as discounts on all goods see it.
        self.buyer = Buyer(
            shopper.spent, shopper.visits, sum(self.totals), shopper.moment.day, shopper.joined, shopper.by_day, nobody=shopper.nobody
        )

    @cached_property
    def units(self) -> list[Unit]:
        """The single units of the lines that offers on units look at, once it is known which fit."""
        return list(units_of(self.lines, self.by_unit))

    def fitting(self, name: str, offer: Offer) -> Single | Phrase:
        """The discount on this basket, or why it does not fit."""
        moment, only, of_all = self.shopper.moment, offer.only, self.terms.only
        if only.conditional or of_all.conditional:
            if not (only.fits_the_member(moment) and of_all.fits_the_member(moment)):
                return OTHER_MEMBERS
            if not (only.fits_the_time(moment) and of_all.fits_the_time(moment)):
                return ANOTHER_TIME
        lines = self.lines_of(offer, self.reduced)
        if not lines:
            return NO_GOODS
        taken = self.shopper.this_month.get(name, 0)
        if offer.at_most and offer.at_most.used_up(taken):
            return GIVEN_THIS_MONTH
        if offer.takes == "units":
            self.by_unit |= lines
            return Single(name, offer, lines, taken_this_month=taken)
        buyer = self.buyer_of(offer, lines)
        single = Single(name, offer, lines, offer.percent(buyer), offer.amount(buyer), taken)
        return single if single.percent or single.amount else offer.why_nothing(buyer)

    def buyer_of(self, offer: Offer, lines: frozenset[int]) -> Buyer:
        """Who buys, as a discount on some lines sees it."""
        buyer = self.buyer
        if lines is not self.all_lines:
            buyer = buyer._replace(basket=sum(self.totals[at] for at in lines))
        if offer.counts_units:
            buyer = buyer._replace(quantity=sum(self.lines[at].quantity for at in lines))
        return buyer

    def lines_of(self, offer: Offer, reduced: Sequence[bool]) -> frozenset[int]:
        """The lines that a discount looks at, some of which are reduced already."""
        own, of_all, lines = offer.only.filter, self.terms.only.filter, self.lines
        if own is of_all is None:
            return self.all_lines
        left: Iterable[int] = range(len(lines))
        for filter_ in (own, of_all):
            if filter_ is not None:
                left = [at for at in left if filter_.take(lines[at].product, lines[at].category, reduced=reduced[at])]
        return frozenset(left)

    def at_most(self, single: Single) -> int:
        """No more than this comes off by one discount alone, before ceilings; nothing where it finds nothing to take off."""
        if single.offer.takes == "percent" and not self.has_floors:
            return -(-sum([self.totals[at] for at in single.lines]) * single.percent // WHOLE)
        if single.offer.takes == "units":
            return self.at_most_off_units(single)
        rooms = {at: self.totals[at] - floor for at, floor in enumerate(self.floors) if at in single.lines}
        if single.offer.takes == "amount":
            return min(single.amount, sum(rooms.values()))
        off = sum(min(self.totals[at] * single.percent, room * WHOLE) for at, room in rooms.items())
        return -(-off // WHOLE)

    def at_most_off_units(self, single: Single) -> int:
        """The same of an offer on single units."""
        units = [unit for unit in self.units if unit.line in single.lines]
        on_lines: dict[int, Part] = {}
        for at, less in single.offer.on_units(units).off.items():
            line = units[at].line
            on_lines[line] = on_lines.get(line, NOTHING) + less
        return -int(-sum((min(less, self.totals[at] - self.floors[at]) for at, less in on_lines.items()), NOTHING) // 1)


def floors_of(lines: Sequence[Line], prices: Sequence[int], floors: Mapping[str, int]) -> list[int]:
    """What lines at their prices may not cost less than: the floor of one unit, rounded up; never more than they cost now."""
    if not floors and not any(line.floor for line in lines):
        return [min(price, 0) for price in prices]
    ones = [max(line.floor, floors.get(line.product, 0)) for line in lines]
    return [min(price, -(-one * line.quantity // PIECE)) for line, price, one in zip(lines, prices, ones, strict=True)]


def units_of(lines: Sequence[Line], wanted: Iterable[int]) -> Iterator[Unit]:
    """The single units of some lines of a basket; their prices sum to their line's total. What is weighed is one unit."""
    for at in sorted(wanted):
        line = lines[at]
        count, weighed = divmod(line.quantity, PIECE)
        if weighed or count <= 1:
            yield Unit(at, line.total, line.product, line.category)
            continue
        for price in shared(line.total, [1] * count):
            yield Unit(at, price, line.product, line.category)
