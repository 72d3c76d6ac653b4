"""How a shop's accountant wants points in the books, as the program says it and as a closed month keeps it."""

from __future__ import annotations

import json
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import field
from typing import Any
from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import Day

if TYPE_CHECKING:
    from collections.abc import Sequence

Policy = Literal["memo", "deferral", "provision"]
Treatment = Literal["discount", "deferral", "provision", "sold"]
"""How coupons stand in the books: `discount` takes off a price when one is used, and nothing is owed before; `deferral` and
`provision` are those of points; what is `sold` is owed as it was paid for, until it is used or lapses."""
Dated = tuple[tuple[Day, int], ...]
"""A percent with the days from which it holds, in order: day and basis points."""

# What the journal calls its accounts where the program says nothing else.
ACCOUNTS = {
    "points": "Liabilities:Points",
    "sales": "Income:Sales",
    "points_used": "Income:Points:Used",
    "points_lapsed": "Income:Points:Lapsed",
    "estimate": "Income:Points:Estimate",
    "points_given": "Expenses:Points",
    "opening": "Equity:Opening",
    "coupons": "Liabilities:Coupons",
    "coupons_given": "Expenses:Coupons",
    "coupons_used": "Income:Coupons:Used",
    "coupons_lapsed": "Income:Coupons:Lapsed",
    "coupons_sold": "Assets:Coupons:Sold",
    "vat": "Liabilities:VAT",
}


class Posted(NamedTuple):
    """A ledger entry of points as the books see it, in the order it was booked.

    `cause` is the entry's cause (kind and number), `sale` the sale that a return names, `sold` the money of the receipt
    that earned the points; 0 for points that no sale gave.
    """

    member: int
    day: Day
    quantity: int
    kind: str
    cause: tuple[int, int]
    sale: int | None
    store: str
    sold: int


class Coupon(NamedTuple):
    """A coupon that the books owe: the day it is owed from, its last day, how often it pays and whether it keeps a remainder.

    A coupon that a purchase gave or sold is owed from the day of that purchase, another one from its issue. `worth` is what one use
    pays at most, 0 of one that says no amount. `receipt` is the money of the purchase that it was given for, 0 without one.
    """

    name: str
    issued: Day
    until: Day
    worth: int
    uses: int
    keeps: bool
    receipt: int
    given: Day = 0
    """Since when the register of coupons has it: the day its code was issued or made, of a card for the shelf the day it was sold."""
    by_use: bool = False
    """Whether each use takes a whole `worth`, whatever it paid: its worth is what one use is usually worth."""
    sale: int = 0
    """The number of the purchase that it was given for, 0 without one."""


class CouponMove(NamedTuple):
    """What was booked of a coupon on a day: an amount that it paid (less than nothing came back), or the state it is in.

    `state` is open, lapsed, withdrawn, voided, sold or not sold, nothing where it stays; `times` is 1 for a use, -1 for one undone.
    """

    day: Day
    paid: int
    state: str = ""
    times: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponBooks:
    """How the coupons of one name stand in the books; `price` is what one is sold for, with VAT.

    `vat` has the rates of a single-purpose voucher, whose VAT is due when it is sold; without any it is multi-purpose, and VAT is
    due on the goods when it pays (Directive (EU) 2016/1065). `expected_use` is as that of points. `worth` is what one use is usually
    worth, of a coupon that says no amount: a percent of the usual purchase (IFRS 15 Example 49, IE250). Coupons made for whoever
    brings them are owed from their making or from the day they are sold.
    """

    treatment: Treatment = "discount"
    price: int = 0
    vat: Dated = ()
    expected_use: Dated = ()
    worth: int = 0
    owed_from: Literal["making", "sale"] = "making"


NOTHING_OWED = CouponBooks()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookkeeping:
    """A policy and what it needs; `expected_use` without anything is estimated from the shop's own history.

    A closed month keeps what it took for true of such estimates: `estimated` has the shares by coupon ('': points) and month of
    earning, in basis points.
    """

    policy: Policy = "memo"
    expected_use: Dated = ()
    stated_by: str = ""
    accounts: dict[str, str] = field(default_factory=lambda: dict(ACCOUNTS))
    vat: dict[str, Dated] = field(default_factory=dict)
    points_pay_as: Literal["discount", "payment"] = "discount"
    coupons: dict[str, CouponBooks] = field(default_factory=dict)
    estimated: dict[str, dict[str, int]] = field(default_factory=dict)

    def of_coupon(self, name: str) -> CouponBooks:
        """How the coupons of a name stand in the books."""
        return self.coupons.get(name, NOTHING_OWED)

    def kept(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def on_the_shelf(books: Bookkeeping) -> set[str]:
    """The names of coupons that lie on the shelf until somebody buys them."""
    return {name for name, how in books.coupons.items() if how.owed_from == "sale"}


def bookkeeping_from(kept: str) -> Bookkeeping:
    """What was kept; a shop that has said nothing keeps points as a memo."""
    if not kept:
        return Bookkeeping()
    said = json.loads(kept)
    return Bookkeeping(
        policy=said["policy"],
        expected_use=dated(said["expected_use"]),
        stated_by=said["stated_by"],
        accounts={**ACCOUNTS, **said["accounts"]},
        vat={letter: dated(rates) for letter, rates in said["vat"].items()},
        points_pay_as=said.get("points_pay_as", "discount"),
        coupons={name: coupon_books_from(kept) for name, kept in said.get("coupons", {}).items()},
        estimated=said.get("estimated", {}),
    )


def coupon_books_from(kept: dict[str, Any]) -> CouponBooks:
    """What was kept of the coupons of one name."""
    return CouponBooks(
        treatment=kept["treatment"],
        price=kept["price"],
        vat=dated(kept["vat"]),
        expected_use=dated(kept["expected_use"]),
        worth=kept.get("worth", 0),
        owed_from=kept.get("owed_from", "making"),
    )


def dated(pairs: Sequence[Sequence[int]]) -> Dated:
    """Days with percents, as JSON has them."""
    return tuple((day, percent) for day, percent in pairs)


def in_force(percents: Dated, day: Day) -> int | None:
    """The percent that holds on a day; None before the first one."""
    return next((percent for since, percent in reversed(percents) if since <= day), None)
