"""What one of each asset costs the shop, by a program: points at what they pay, coupons at what they pay, gifts at cost."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import LAPSE
from loyalty_cli.model.entry import REDEEM
from loyalty_cli.model.entry import REINSTATE
from loyalty_cli.model.entry import USABLE
from loyalty_cli.model.money import rounded
from loyalty_cli.model.money import WHOLE
from loyalty_cli.program.worth import worth_of_asset

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.program.program import Program
    from loyalty_cli.rules.coupons.terms import CouponTerms

# Worths are kept in thousandths of the smallest coin, for a point may pay less than one.
PARTS = 1000
# What moves points that were given before, and so gives nothing.
MOVES = frozenset({LAPSE, USABLE, REDEEM, REINSTATE})
# The kinds of cost, by the kind of asset; what is not here takes nothing from the till.
KINDS = {"points": "points", "pending": "points", "wallet": "points", "waiting": "points", "coupon": "coupons", "gift": "gifts"}
# Points that wait and points that can be used are used out of one purse.
PURSES = {"pending": "points", "waiting": "wallet"}

Uses = Mapping[str, tuple[int, int]]
"""Of each asset how many are over, used or lapsed, and how many of those were used."""


class Usual(NamedTuple):
    """What members paid, and on how many receipts: what a percent comes off. `units`: what one unit of some goods costs, usually."""

    paid: int
    receipts: int
    units: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Worths:
    """The worth of one of each asset that is used, in thousandths of the smallest coin.

    `shares`: the share of each that is expected to be used, in basis points. `unknown` are assets of which the program does not
    say what one is worth. `in_months`: points, which may be worth something else from month to month.
    """

    if_used: Mapping[str, int] = field(default_factory=dict)
    shares: Mapping[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    in_months: Mapping[str, Callable[[str], int]] = field(default_factory=dict)

    def one_in(self, asset: str, month: str) -> int:
        """One of an asset that is used, as it was worth in a month; where that is nothing, as else."""
        own = self.in_months[asset](month) if month and asset in self.in_months else 0
        return own or self.if_used.get(asset, 0)

    def expected_in(self, asset: str, month: str) -> int:
        """The same as it is expected to be used."""
        return rounded(self.one_in(asset, month) * self.shares.get(asset, 0), WHOLE, "half up")

    @property
    def of_one(self) -> Mapping[str, int]:
        """One of each asset as it is expected to be used."""
        return {asset: self.expected_in(asset, "") for asset in self.if_used}

    def of(self, asset: str, quantity: int, month: str = "") -> int:
        """So many of an asset as money, as they are expected to be used."""
        return rounded(self.expected_in(asset, month) * quantity, PARTS, "half up")

    def of_all(self, asset: str, quantity: int, month: str = "") -> int:
        """So many of an asset as money, if all of them are used."""
        return rounded(self.one_in(asset, month) * quantity, PARTS, "half up")


@lru_cache(maxsize=1000)
def kind_of_cost(asset: str) -> str:
    """`points`, `coupons` or `gifts`; '' for what costs nothing.

    >>> kind_of_cost("waiting:cafe"), kind_of_cost("coupon:next visit"), kind_of_cost("tier:friend")
    ('points', 'coupons', '')
    """
    return KINDS.get(asset.partition(":")[0], "")


@lru_cache(maxsize=1000)
def purse_of(asset: str) -> str:
    """The asset that is used when this one is.

    >>> purse_of("pending"), purse_of("waiting:cafe"), purse_of("gift:mug")
    ('points', 'wallet:cafe', 'gift:mug')
    """
    kind, sign, name = asset.partition(":")
    return f"{PURSES.get(kind, kind)}{sign}{name}"


def worths_of(programs: Sequence[Program], assets: Iterable[str], uses: Uses, usual: Usual) -> Worths:
    """The worths of the assets that books hold, each by the first of some programs, the newest before older ones, that knows it.

    Coupons are used as often as the shop's own were, and all before it had any.
    """
    known = {asset: next((worth for each in programs if (worth := one(each, asset, usual)) is not None), None) for asset in assets}
    if_used = {asset: worth for asset, worth in known.items() if worth is not None}
    shares = {asset: use_of(asset, uses) for asset in if_used}
    return Worths(if_used, shares, tuple(asset for asset, worth in known.items() if worth is None))


def one(program: Program, asset: str, usual: Usual) -> int | None:
    """One of an asset that is used, in thousandths of the smallest coin; None if the program does not say."""
    kind, _, name = asset.partition(":")
    if kind in {"points", "pending", "wallet", "waiting"}:
        return program.point_worth(name) if program.points and name in {"", *program.wallets} else None
    if kind == "coupon":
        worth = coupon_worth(program, name, usual)
        return None if worth is None else worth * PARTS
    if kind == "gift":
        cost = worth_of_asset(program, asset, 1)
        return None if cost is None else cost * PARTS
    return 0


def coupon_worth(program: Program, name: str, usual: Usual) -> int | None:
    """What one coupon pays if it is used: its worth, or what it takes off the average receipt of members, but no more than its most.

    One for a unit of some goods takes it off what that unit usually costs.
    """
    most = worth_of_asset(program, f"coupon:{name}", 1)
    terms = program.coupons.get(name)
    if terms is None or terms.worth is not None:
        return most
    if terms.unit:
        pays = unit_paid(terms, usual.units[terms.unit]) if terms.unit in usual.units else None
    else:
        pays = rounded(usual.paid * (terms.discount or 0), usual.receipts * WHOLE, "half up") if usual.receipts else None
    if pays is None:
        return most
    return pays * terms.uses if most is None else min(pays * terms.uses, most)


def unit_paid(terms: CouponTerms, price: int) -> int:
    """What a coupon pays of one unit at a price: all of it, a percent, or what is above the price of its own."""
    if terms.price is not None:
        return max(0, price - terms.price)
    return price if terms.discount is None else rounded(price * terms.discount, WHOLE, "half up")


def goods_for_a_coupon(program: Program) -> set[str]:
    """The goods of which one unit is free or cheaper with some coupon, by product or category."""
    return {terms.unit for terms in program.coupons.values() if terms.unit}


def use_of(asset: str, uses: Uses) -> int:
    """The share of an asset that is used, in basis points: as of those that are over; of coupons else as of all coupons, else all.

    Where none of its kind was ever used, the till has not told of uses yet, or nobody could use any: that none ever will be is no
    prudent guess, so all of it counts.
    """
    alike = [each for name, each in uses.items() if kind_of_cost(name) == kind_of_cost(asset)]
    if not any(used > 0 for _, used in alike):
        return WHOLE
    over, used = uses.get(purse_of(asset), (0, 0))
    if over <= 0 and kind_of_cost(asset) == "coupons":
        over, used = sum(each for each, _ in alike), sum(each for _, each in alike)
    return min(max(rounded(used * WHOLE, over, "half up"), 0), WHOLE) if over > 0 else WHOLE
