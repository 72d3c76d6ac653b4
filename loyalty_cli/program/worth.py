"""What a reward costs the shop each time it is given, as far as that is known beforehand: what a budget counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.program.program import Program
    from loyalty_cli.program.program import Reward

# What takes nothing from the till.
COSTS_NOTHING = ("ticket:", "badge:", "message:", "held:", "ranked:")


def worth_of(program: Program, reward: Reward) -> int | None:
    """The money that everything is worth that one reward gives, to a friend too; None if that can not be said."""
    worths = [worth_of_asset(program, given.asset, given.quantity) for given in (give.given() for give in reward.all_gives)]
    return None if None in worths else sum(worth or 0 for worth in worths)


def worth_of_asset(program: Program, asset: str, quantity: int) -> int | None:
    """What so many of an asset are worth: points what they pay, a coupon the most it pays, a gift what it costs."""
    kind, _, name = asset.partition(":")
    if asset.startswith(COSTS_NOTHING):
        return 0
    if kind == "points":
        return -(-quantity * program.point_worth() // 1000) if program.points else None
    if kind == "coupon":
        terms = program.coupons.get(name)
        return terms.most if terms else None
    # Of several gifts the member chooses one, perhaps the dearest.
    costs = [program.gifts[gift].costs if gift in program.gifts else 0 for gift in name.split(" | ")]
    return max(costs) * quantity if min(costs) else None
