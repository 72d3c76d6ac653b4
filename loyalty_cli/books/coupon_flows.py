"""What became of coupons that are worth money: their worth as it is issued, used, lapsed or withdrawn, by the month of issue."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.books.flows import Cohort
from loyalty_cli.books.flows import EARNED
from loyalty_cli.books.flows import Flow
from loyalty_cli.books.flows import LAPSED
from loyalty_cli.books.flows import Right
from loyalty_cli.books.flows import TAKEN_BACK
from loyalty_cli.books.flows import USED
from loyalty_cli.model.bookkeeping import CouponMove
from loyalty_cli.model.days import month_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping

    from loyalty_cli.books.flows import Flows
    from loyalty_cli.model.bookkeeping import Coupon
    from loyalty_cli.model.days import Day

OPEN = ""
SALES = {"sold": 1, "not sold": -1}


class Sale(NamedTuple):
    """The money that a coupon is reckoned with: its price or that of its purchase, without the VAT that is due at once.

    `purchase` is the number of the one whose money it is, 0 of a price.
    """

    money: int
    vat: int
    by_sale: bool
    purchase: int = 0


class CouponFlows(NamedTuple):
    """The flows of coupons, the VAT that became due with their sales by day and name, and what purchases gave."""

    flows: Flows
    vat: Counter[tuple[Day, str]]
    rights: defaultdict[int, list[Right]]


def coupon_flows(
    coupons: Mapping[int, Coupon], moves: Mapping[int, Iterable[CouponMove]], sale: Callable[[Coupon], Sale], *, last: Day
) -> CouponFlows:
    """All flows through a day."""
    found = CouponFlows(defaultdict(dict), Counter(), defaultdict(list))
    for number, coupon in coupons.items():
        if coupon.issued > last:
            continue
        sold = sale(coupon)
        cohort = Cohort(month_of(coupon.issued), "", sold.by_sale, coupon.name)
        before: Counter[str] = Counter()
        vat = 0
        for day, standing in standings(coupon, moves.get(number, ()), last):
            flow = found.flows[cohort].setdefault(day, Flow())
            if not before:
                flow.sold += sold.money
                if sold.purchase:
                    found.rights[sold.purchase].append(Right(cohort, standing[EARNED], [(flow, standing[EARNED], 1)], sold.money))
            for kind, amount in standing.items():
                flow.points[kind] += amount - before[kind]
            face = standing[EARNED]
            due = sold.vat - sold.vat * standing[TAKEN_BACK] // face
            found.vat[day, coupon.name] += due - vat
            before, vat = standing, due
    return found


def standings(coupon: Coupon, moves: Iterable[CouponMove], last: Day) -> Iterable[tuple[Day, Counter[str]]]:
    """What has become of a coupon's worth after each day on which something was booked of it: sums since it was issued.

    A coupon that keeps no remainder loses what a use leaves of its worth; whatever is left after its last day lapses.
    """
    face = coupon.worth * coupon.uses
    paid, times, state = 0, 0, OPEN
    ordered = sorted([*moves, CouponMove(coupon.until + 1, 0, LAPSED)], key=lambda move: move.day)
    for move in [CouponMove(coupon.issued, 0, OPEN), *ordered]:
        if move.day > last:
            return
        paid += move.times * coupon.worth if coupon.by_use else move.paid
        times += move.times
        if move.state == "open":
            state = OPEN if move.day <= coupon.until else LAPSED
        elif state == OPEN and move.state:
            state = LAPSED if move.state == LAPSED else TAKEN_BACK
        used = min(max(paid, 0), face)
        lost = 0 if coupon.keeps else max(0, min(times * coupon.worth, face) - used)
        rest = face - used - lost
        standing = Counter({EARNED: face, USED: used, LAPSED: lost, TAKEN_BACK: 0})
        if state:
            standing[state] += rest
        yield max(move.day, coupon.issued), standing


def as_sold(coupon: Coupon, moves: Iterable[CouponMove]) -> tuple[Coupon, list[CouponMove]] | None:
    """A coupon that is owed since it was sold, or first used: nobody uses what was not sold. None of one that lies on the shelf.

    A sale (or that use) that is undone takes it back.
    """
    sold = used = 0
    first: Day | None = None
    told: list[CouponMove] = []
    for move in sorted(moves, key=lambda move: move.day):
        before = sold > 0 or used > 0
        sold += SALES.get(move.state, 0)
        used += move.times
        now = sold > 0 or used > 0
        if now and first is None:
            first = move.day
        elif now != before:
            told.append(CouponMove(move.day, 0, "open" if now else "withdrawn"))
        if move.state not in SALES:
            told.append(move)
    return None if first is None else (coupon._replace(issued=first, given=first), told)
