"""What coupons pay on a basket, each on what remains: percents and free goods first, then amounts."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from fractions import Fraction
from typing import TYPE_CHECKING

from loyalty_cli.baskets.basket import Applied
from loyalty_cli.baskets.basket import NotApplied
from loyalty_cli.baskets.effects import Effect
from loyalty_cli.baskets.effects import NOTHING
from loyalty_cli.baskets.effects import percent_of
from loyalty_cli.baskets.effects import poured
from loyalty_cli.baskets.effects import settled
from loyalty_cli.baskets.effects import within_all
from loyalty_cli.baskets.effects import within_lines
from loyalty_cli.model.quantity import PIECE
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.baskets.basket import Line
    from loyalty_cli.baskets.basket import Shown
    from loyalty_cli.baskets.effects import Part
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.coupons.terms import CouponTerms
    from loyalty_cli.rules.only import Moment


@dataclass(slots=True, kw_only=True)
class Counter:
    """The basket while coupons are taken one by one: what lines cost after discounts, what is left of that, floors."""

    lines: Sequence[Line]
    moment: Moment
    prices: Sequence[int]
    floors: Sequence[int]
    reduced: Sequence[bool]
    left: list[int]
    taken: list[tuple[CouponTerms, Applied]]
    # Of each line the units that coupons for one unit have been for, and what of their price is still to be paid.
    spoken_for: dict[int, tuple[int, int]] = field(default_factory=dict)

    def take(self, shown: Shown) -> Phrase | None:
        """Take a coupon, or say why not."""
        terms = shown.terms
        fits = [at for at, line in enumerate(self.lines) if self.fits(terms, line, at)]
        why = self.refusal(terms, fits)
        if why is not None:
            return why
        wanted = self.wanted(shown, fits)
        limits = [max(0, left - floor) if at in fits else 0 for at, (left, floor) in enumerate(zip(self.left, self.floors, strict=True))]
        effects = within_all(within_lines([Effect(shown.name, tuple(wanted))], limits), self.most(terms, fits))
        applied = settled(effects, limits)[0]
        if not applied.total:
            return phrase("There is nothing left that it could pay.")
        self.speak_for_unit(terms, fits, applied)
        self.left = [left - part for left, part in zip(self.left, applied.parts, strict=True)]
        self.taken.append((terms, applied))
        return None

    def fits(self, terms: CouponTerms, line: Line, at: int) -> bool:
        """Whether a coupon looks at a line."""
        filter_ = terms.only.filter
        return filter_ is None or filter_.take(line.product, line.category, reduced=self.reduced[at])

    def refusal(self, terms: CouponTerms, fits: Sequence[int]) -> Phrase | None:
        """What of its terms does not hold."""
        allowed = min((other.on_one_receipt for other, _ in [*self.taken, (terms, None)] if other.on_one_receipt), default=None)
        if allowed is not None and len(self.taken) >= allowed:
            return phrase("No more than {count} coupon on one receipt.", "No more than {count} coupons on one receipt.", count=allowed)
        if not terms.only.fits_the_member(self.moment):
            return phrase("It is for other members.")
        if not terms.only.fits_the_time(self.moment):
            return phrase("It is for another day, hour or store.")
        if sum(self.left) < terms.basket_at_least:
            return phrase("The basket is too small for it.")
        if not fits or (terms.unit and not any(self.is_its_unit(terms, self.lines[at]) for at in fits)):
            return phrase("No goods in the basket fit it.")
        return None

    def is_its_unit(self, terms: CouponTerms, line: Line) -> bool:
        """Whether a line has the goods of which a coupon is for one unit."""
        return terms.unit in {line.product, line.category}

    def wanted(self, shown: Shown, fits: Sequence[int]) -> list[Part]:
        """What a coupon would take off each line, if nothing stood against it."""
        terms = shown.terms
        fitting: list[Part] = [left if at in fits else NOTHING for at, left in enumerate(self.left)]
        if terms.unit:
            return self.off_one_unit(terms, fitting)
        if terms.discount is not None:
            return [percent_of(left, terms.discount) for left in fitting]
        worth = shown.left if shown.left is not None else terms.worth or 0
        limits = [max(NOTHING, left - floor) for left, floor in zip(fitting, self.floors, strict=True)]
        return poured(min(worth, self.most(terms, fits)), fitting, limits)

    def off_one_unit(self, terms: CouponTerms, fitting: Sequence[Part]) -> list[Part]:
        """What comes off the dearest unit of a coupon's goods: all of it, a percent, or what is above its price."""
        unit = self.units(terms, [at for at, left in enumerate(fitting) if left])
        dearest = max(unit, key=lambda at: unit[at], default=-1)
        off = unit.get(dearest, NOTHING)
        if terms.price is not None:
            off = max(NOTHING, off - terms.price)
        elif terms.discount is not None:
            off = percent_of(off, terms.discount)
        return [off if at == dearest else NOTHING for at in range(len(fitting))]

    def units(self, terms: CouponTerms, fits: Sequence[int]) -> dict[int, Part]:
        """What one unit of a coupon's goods costs now, by line; no unit is there for two coupons."""
        prices: dict[int, Part] = {}
        for at in fits:
            units, paid = self.spoken_for.get(at, (0, 0))
            quantity = max(PIECE, self.lines[at].quantity) - PIECE * units
            if quantity > 0 and self.left[at] > paid and self.is_its_unit(terms, self.lines[at]):
                prices[at] = Fraction((self.left[at] - paid) * PIECE, max(PIECE, quantity))
        return prices

    def speak_for_unit(self, terms: CouponTerms, fits: Sequence[int], applied: Applied) -> None:
        """Remember which unit a coupon was for."""
        unit = self.units(terms, fits) if terms.unit else {}
        for at, part in enumerate(applied.parts):
            if part and at in unit:
                units, paid = self.spoken_for.get(at, (0, 0))
                self.spoken_for[at] = units + 1, paid + max(0, round(unit[at]) - part)

    def most(self, terms: CouponTerms, fits: Sequence[int]) -> int:
        """The most a coupon may pay now: by its share, its amount, what stays to be paid, and what all may pay together."""
        limits = [terms.most_of(sum(self.prices[at] for at in fits)), sum(self.left) - terms.leaves_to_pay]
        paid = sum(applied.total for _, applied in self.taken)
        together = (*(other for other, _ in self.taken), terms)
        limits += [other.most_together(sum(self.prices)) - paid for other in together]
        return max(0, min(limits))


def in_order(coupons: Sequence[Shown]) -> list[Shown]:
    """Percents and free goods go before amounts."""
    return sorted(coupons, key=lambda shown: shown.terms.worth is not None)


def taken(coupons: Sequence[Shown], counter: Counter) -> list[NotApplied]:
    """Take coupons one by one; those that pay nothing, with the reason. They are not used up."""
    without: list[NotApplied] = []
    for shown in in_order(coupons):
        why = counter.take(shown)
        if why is not None:
            without.append(NotApplied(shown.name, why))
    return without
