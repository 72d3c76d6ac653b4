"""What one of each asset costs the shop, by a program: points at what they pay, coupons by their expected use, gifts at cost."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import LAPSE
from loyalty_cli.model.entry import REDEEM
from loyalty_cli.model.entry import REINSTATE
from loyalty_cli.model.entry import USABLE
from loyalty_cli.model.money import rounded
from loyalty_cli.program.worth import worth_of_asset

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from loyalty_cli.program.program import Program
    from loyalty_cli.store.simulation import Turnover

# Worths are kept in thousandths of the smallest coin, for a point may pay less than one.
PARTS = 1000
WHOLE = 10_000
# What moves points that were given before, and so gives nothing.
MOVES = frozenset({LAPSE, USABLE, REDEEM, REINSTATE})


@dataclass(frozen=True)
class Worths:
    """The worth of one of each asset, in thousandths of the smallest coin; `unknown` are assets of which the program does not say it."""

    of_one: Mapping[str, int]
    unknown: tuple[str, ...]

    @property
    def as_json(self) -> str:
        """For SQL."""
        return json.dumps(self.of_one, ensure_ascii=False)

    def of(self, asset: str, quantity: int) -> int:
        """So many of an asset as money."""
        return rounded(self.of_one.get(asset, 0) * quantity, PARTS, "half up")


def worths_of(program: Program, assets: Iterable[str], used: Mapping[str, tuple[int, int]], turnover: Turnover) -> Worths:
    """The worths of the assets that books hold. Coupons are used as often as the shop's own were, and all before it had any."""
    known: dict[str, int] = {}
    unknown = []
    for asset in assets:
        worth = one(program, asset, used, turnover)
        if worth is None:
            unknown.append(asset)
        else:
            known[asset] = worth
    return Worths(known, tuple(unknown))


def one(program: Program, asset: str, used: Mapping[str, tuple[int, int]], turnover: Turnover) -> int | None:
    """One of an asset in thousandths of the smallest coin; None if the program does not say."""
    kind, _, name = asset.partition(":")
    points = program.points
    if kind in {"points", "pending"}:
        return points.one_point_pays if points else 0
    if kind in {"wallet", "waiting"}:
        return points.wallets[name].one_point_pays if points and name in points.wallets else 0
    if kind == "coupon":
        worth = coupon_worth(program, name, turnover)
        return None if worth is None else rounded(worth * PARTS * use_of(asset, used), WHOLE, "half up")
    if kind == "gift":
        cost = worth_of_asset(program, asset, 1)
        return None if cost is None else cost * PARTS
    return 0


def coupon_worth(program: Program, name: str, turnover: Turnover) -> int | None:
    """What one coupon pays if it is used: its worth, or its percent of the average receipt of members, but no more than its most."""
    most = worth_of_asset(program, f"coupon:{name}", 1)
    terms = program.coupons.get(name)
    if terms is None or terms.discount is None or terms.one_unit_of or not turnover.receipts:
        return most
    usual = rounded(turnover.members * terms.discount, turnover.receipts * WHOLE, "half up")
    return usual if most is None else min(usual, most)


def use_of(asset: str, used: Mapping[str, tuple[int, int]]) -> int:
    """The share of coupons that are used, in basis points: of this kind, else of all, else all of them."""
    over, of_these = used.get(asset, (0, 0))
    if not over:
        over, of_these = sum(each for each, _ in used.values()), sum(each for _, each in used.values())
    return rounded(of_these * WHOLE, over, "half up") if over else WHOLE
