"""The nouns: a basket's lines, who buys it and when, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.quantity import PIECE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.coupons.terms import CouponTerms
    from loyalty_cli.rules.only import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line before discounts: its quantity in thousandths, its total, whether the shop has reduced it already.

    `floor` is the price that one unit may not go below, where the list of products says one.
    """

    total: int
    quantity: int = PIECE
    product: str = ""
    category: str = ""
    reduced: bool = False
    floor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A coupon shown at the till, in its terms; `left` is what a voucher still holds."""

    name: str
    terms: CouponTerms
    left: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """What lies on the counter: lines, the coupons shown, the points the member wants to use."""

    lines: Sequence[Line]
    coupons: Sequence[Shown] = ()
    points: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shopper:
    """Who buys, when and where; turnover and visits before this basket, usable points; or `nobody` whom the shop knows.

    `this_month` is what discounts have taken off in this calendar month, by discount, and in all under ''.
    """

    moment: Moment
    spent: int = 0
    visits: int = 0
    joined: Day = 0
    by_day: Sequence[tuple[Day, int]] = ()
    points: int = 0
    this_month: Mapping[str, int] = field(default_factory=dict)
    nobody: bool = False


class Applied(NamedTuple):
    """What one discount or payment took, line by line."""

    name: str
    parts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.parts)


class NotApplied(NamedTuple):
    """What took nothing, and why."""

    name: str
    why: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """The basket priced: what each line costs after discounts, what paid a part of that, and what did not apply."""

    before: tuple[int, ...]
    prices: tuple[int, ...]
    discounts: tuple[Applied, ...]
    coupons: tuple[Applied, ...]
    points: Applied | None
    points_used: int
    without: tuple[NotApplied, ...]

    @property
    def total(self) -> int:
        """What the basket costs after discounts."""
        return sum(self.prices)

    @property
    def paid(self) -> tuple[int, ...]:
        """What is left to pay with money, line by line."""
        parts = [applied.parts for applied in (*self.coupons, *([self.points] if self.points else []))]
        if not parts:
            return self.prices
        return tuple(price - sum(column) for price, *column in zip(self.prices, *parts, strict=True))

    @property
    def to_pay(self) -> int:
        """What is left to pay with money."""
        return sum(self.paid)
