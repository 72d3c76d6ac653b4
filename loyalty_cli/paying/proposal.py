"""A first program in three sizes, from how a shop trades: what each gives back, in amounts that a poster can say.

What a program may give back if all of it is used is a part of the margin: an eighth in the large one, so that a seventh more
turnover pays for it, or what the budget says and never more than a fifth. The smaller ones give three fifths and two fifths
of that. It is shared over the parts as PARTS says; each amount is then rounded to one that can be said. No coupon is more than the
margin on an average receipt.
"""

from __future__ import annotations

from typing import get_args
from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.money import rounded
from loyalty_cli.model.money import WHOLE
from loyalty_cli.paying.trade import MONTHS

if TYPE_CHECKING:
    from loyalty_cli.paying.trade import Trade

Size = Literal["small", "middle", "large"]
SIZES: tuple[Size, ...] = get_args(Size)
# What the large one gives back, and the most that a budget can make of it, as parts of the margin; the sizes in fifths of it.
USUALLY, AT_MOST = 8, 5
FIFTHS: dict[Size, int] = {"small": 2, "middle": 3, "large": 5}
# Percents of what is given back: points, the coupon, tiers, and in the large one birthdays.
PARTS: dict[Size, dict[str, int]] = {
    "small": {"points": 100},
    "middle": {"points": 50, "coupon": 25, "tiers": 25},
    "large": {"points": 40, "coupon": 20, "tiers": 25, "birthday": 10},
}
# Who comes at least so often a month (in hundredths) gets the coupon for ten visits, others for one big purchase.
OFTEN, VISITS = 200, 10
# A percent is said in halves, a smaller one in tenths.
HALF, TENTH = 50, 10
STEPS = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80)


class Proposal(NamedTuple):
    """One size: money in minor units, percents in basis points, what a point pays in thousandths of the smallest coin.

    What a size has not is 0 or None. The coupon comes for `visits` visits, or for a purchase of `big`.
    """

    size: Size
    unit: int
    points: int
    point_pays: int
    coupon: int = 0
    visits: int = 0
    big: int = 0
    basket: int = 0
    friend: int = 0
    friend_percent: int = 0
    patron: int = 0
    patron_percent: int = 0
    present: int = 0
    quiet: int | None = None


def nice(amount: int) -> int:
    """The largest amount that can be said and is not more: 10, 12, 15, 20, 25, 30, 40, 50, 60, 80 of any power of ten.

    >>> nice(187), nice(99), nice(1_299), nice(7)
    (150, 80, 1200, 7)
    """
    if amount < STEPS[0]:
        return max(amount, 0)
    power = 1
    while amount >= 10 * power * STEPS[0]:
        power *= 10
    return max(step * power for step in STEPS if step * power <= amount)


def percent(basis_points: int) -> int:
    """The largest percent that can be said and is not more: in halves, below that in tenths.

    >>> percent(187), percent(48), percent(9)
    (150, 40, 0)
    """
    step = HALF if basis_points >= HALF else TENTH
    return basis_points // step * step


def given_back(trade: Trade, size: Size, budget: int | None) -> int:
    """The basis points of the turnover that a size may give back if all of it is used."""
    whole = trade.margin // USUALLY
    if budget is not None and trade.turnover:
        whole = min(budget * WHOLE // trade.turnover, trade.margin // AT_MOST)
    return whole * FIFTHS[size] // FIFTHS["large"]


def propose(trade: Trade, size: Size, share: int) -> Proposal:
    """A size that gives back about a share of the turnover, in basis points."""
    parts = {name: share * part for name, part in PARTS[size].items()}
    unit = next(step for step in (10**power for power in range(12, -1, -1)) if step <= max(1, trade.receipt // 10))
    points = percent(parts["points"] // 100)
    proposal = Proposal(size, unit, points, unit * points * 1000 // WHOLE)
    if size == "small":
        return proposal
    often = trade.visits >= OFTEN
    big = nice(3 * trade.receipt)
    # One coupon for so many receipts, in basis points of all of them.
    coupons = WHOLE // VISITS if often else max(1, trade.big_receipts(big))
    friend, patron = nice(trade.a_year * 3 // 2), nice(trade.a_year * 3)
    # The patrons' percent is twice the friends'.
    weight = trade.turnover_from(friend) + trade.turnover_from(patron)
    off = max(TENTH, percent(parts["tiers"] * WHOLE // (100 * weight)))
    proposal = proposal._replace(
        # Where few receipts are so big, their share would make it any amount.
        coupon=nice(min(parts["coupon"] * trade.receipt // (100 * coupons), trade.receipt * trade.margin // WHOLE)),
        visits=VISITS if often else 0,
        big=0 if often else big,
        basket=nice(trade.receipt),
        friend=friend,
        friend_percent=off,
        patron=patron,
        patron_percent=2 * off,
    )
    if size == "middle":
        return proposal
    a_present = parts["birthday"] * trade.turnover * MONTHS // (100 * WHOLE * max(1, trade.members))
    return proposal._replace(present=nice(min(a_present, trade.receipt)), quiet=trade.quiet_day)


def times_a_month(trade: Trade, visits: int, big: int) -> int:
    """How many coupons a month the visits or the big purchases bring."""
    if visits:
        return rounded(trade.receipts, visits, "half up")
    return rounded(trade.receipts * trade.big_receipts(big), WHOLE, "half up")
