"""What is owed for coupons that are worth money, under what each month's books say of them."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.books.as_closed import as_closed
from loyalty_cli.books.coupon_flows import as_sold
from loyalty_cli.books.coupon_flows import coupon_flows
from loyalty_cli.books.coupon_flows import Sale
from loyalty_cli.books.coupon_flows import SALES
from loyalty_cli.books.flows import EARNED
from loyalty_cli.books.flows import LAPSED
from loyalty_cli.books.flows import TAKEN_BACK
from loyalty_cli.books.flows import USED
from loyalty_cli.books.journal import VAT
from loyalty_cli.books.journal import vat_changes
from loyalty_cli.books.owed import changes
from loyalty_cli.books.owed import ESTIMATE
from loyalty_cli.books.owed import Estimates
from loyalty_cli.books.owed import half_up
from loyalty_cli.books.owed import RESTATED
from loyalty_cli.books.owed import THOUSAND
from loyalty_cli.model.bookkeeping import in_force
from loyalty_cli.model.days import month_of
from loyalty_cli.model.money import WHOLE
from loyalty_cli.reports.as_closed import moved_as_closed
from loyalty_cli.reports.ledger.use import Use
from loyalty_cli.store.coupons.bookings import coupons_booked

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.books.coupon_flows import CouponFlows
    from loyalty_cli.books.flows import Cohort
    from loyalty_cli.books.flows import Flows
    from loyalty_cli.books.owed import Change
    from loyalty_cli.model.bookkeeping import Bookkeeping
    from loyalty_cli.model.bookkeeping import Coupon
    from loyalty_cli.model.bookkeeping import CouponBooks
    from loyalty_cli.model.bookkeeping import CouponMove
    from loyalty_cli.model.days import Day
    from loyalty_cli.reports.ledger.shares import Shares
    from loyalty_cli.store.reading import Connection

# What moves the coupons that are owed, by the columns of `owed-for-coupons`.
KINDS = {
    "issued": EARNED, "used": USED, "lapsed": LAPSED, "withdrawn": TAKEN_BACK, "estimate": ESTIMATE, "restated": RESTATED,
}  # fmt: skip


class CouponReckoning(NamedTuple):
    """What became of the coupons' worth, what each day adds to what is owed for them, and the VAT of those sold, by day and name."""

    flows: Flows
    changes: Counter[Change]
    vat: Counter[tuple[Day, str]]


class Gathered(NamedTuple):
    """What became of the coupons' worth, and what months take for true of them."""

    came: CouponFlows
    estimates: Estimates


def coupons_gathered(connection: Connection, shares: Shares, now: Bookkeeping, *, last: Day) -> Gathered | None:
    """Everything through a day; None where the books never owed anything for a coupon."""
    books = shares.books
    names = {name for each in (now, *books.values()) for name, how in each.coupons.items() if how.treatment != "discount"}
    if not names:
        return None

    def said(month: str, name: str) -> CouponBooks:
        return books.get(month, now).of_coupon(name)

    coupons, moves = owed(*coupons_booked(connection, names), said)
    came = coupon_flows(coupons, moves, lambda coupon: sale(coupon, said(month_of(coupon.issued), coupon.name)), last=last)
    uses = {name: Use({cohort: days for cohort, days in came.flows.items() if cohort.coupon == name}) for name in names}

    @cache
    def share(month: str, cohort: Cohort) -> int:
        return shares.of(uses[cohort.coupon], said(month, cohort.coupon).expected_use, month, cohort)

    return Gathered(came, Estimates(lambda month, cohort: said(month, cohort.coupon).treatment, share, lambda _: THOUSAND))


def coupons_reckoned(connection: Connection, gathered: Gathered | None, *, last: Day) -> CouponReckoning:
    """What each day through a day adds to what is owed."""
    if gathered is None:
        return CouponReckoning({}, Counter(), Counter())
    (flows, vat, _), estimates = gathered
    closed_with = moved_as_closed(connection, "owed-for-coupons", "coupon", {**KINDS, "vat": VAT})
    booked = as_closed({**changes(flows, estimates, last=last), **vat_changes(vat)}, closed_with, last=last, coupons=True)
    due = Counter({(change.day, change.coupon): amount for change, amount in booked.items() if change.kind == VAT and amount})
    return CouponReckoning(flows, Counter({change: amount for change, amount in booked.items() if change.kind != VAT}), due)


def owed(
    coupons: Mapping[int, Coupon], moves: Mapping[int, Sequence[CouponMove]], said: Callable[[str, str], CouponBooks]
) -> tuple[dict[int, Coupon], dict[int, Sequence[CouponMove]]]:
    """The coupons that can be owed, each from its day and with its worth, as the books say that held when it came."""
    found: dict[int, Coupon] = {}
    told: dict[int, Sequence[CouponMove]] = {}
    for number, coupon in coupons.items():
        how = said(month_of(coupon.issued), coupon.name)
        valued = coupon if coupon.worth else coupon._replace(worth=how.worth, by_use=True)
        own = moves.get(number, ())
        since = as_sold(valued, own) if how.owed_from == "sale" and number < 0 else (valued, [one for one in own if one.state not in SALES])
        if valued.worth and since is not None:
            found[number], told[number] = since
    return found, told


def sale(coupon: Coupon, how: CouponBooks) -> Sale:
    """What a coupon was sold for, without the VAT of a single-purpose one; or the purchase that it was given for."""
    if how.treatment != "sold":
        return Sale(coupon.receipt, 0, by_sale=coupon.receipt > 0, purchase=coupon.sale if coupon.receipt > 0 else 0)
    price = how.price or coupon.worth * coupon.uses
    rate = in_force(how.vat, coupon.issued) or 0
    net = half_up(price * WHOLE, WHOLE + rate)
    return Sale(net, price - net, by_sale=True)
