"""What is owed for points in money, day by day, under the policy that a program states.

Deferral: points that a sale gives are a material right, so a part of the sale's money is revenue later: shared by
stand-alone prices, the goods' and that of the points expected to be used (IFRS 15 B39-B42; ASC 606-10-55-41 to 45).
Revenue to date is that part x used / expected to be used; another estimate is caught up where it is made.
What lapses beyond what was expected to is revenue when it lapses.
Provision: points expected to be used, at their worth. Coupons with a worth are reckoned alike, each minor unit as a point; what is
sold is owed at its price, and what will not be used of it is revenue as the rest is used (IFRS 15 B46; ASC 606-10-55-48).
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.books.flows import EARNED
from loyalty_cli.books.flows import KINDS
from loyalty_cli.books.flows import LAPSED
from loyalty_cli.books.flows import OTHER
from loyalty_cli.books.flows import TAKEN_BACK
from loyalty_cli.books.flows import USED
from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.money import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from loyalty_cli.books.flows import Cohort
    from loyalty_cli.books.flows import Flow
    from loyalty_cli.model.bookkeeping import Policy
    from loyalty_cli.model.bookkeeping import Treatment
    from loyalty_cli.model.days import Day

ESTIMATE = "estimate"
# What closed months stand otherwise at than they would be reckoned today.
RESTATED = "restated"
THOUSAND = 1_000
# How exactly prices stand: a share of 10,000 is all, and a point's worth is money x 1000.
EXACT = WHOLE * THOUSAND
# The order in which a day is reckoned: what came, what came back, what was used, what lapsed.
ORDER = (EARNED, OTHER, TAKEN_BACK, USED, LAPSED)


class Change(NamedTuple):
    """What a day adds to what is owed for points of one store, by kind; less than nothing leaves it."""

    day: Day
    store: str
    by_sale: bool
    kind: str
    coupon: str = ""


class Estimates(NamedTuple):
    """What is taken for true in a month: the policy, the share of a cohort's points that will be used, a point's worth.

    A share of 10,000 is all of them; `worth` is money x 1000.
    """

    policy: Callable[[str, Cohort], Policy | Treatment]
    share: Callable[[str, Cohort], int]
    worth: Callable[[str], int]


class Owed:
    """One cohort: what became of its points so far, and what is owed for them."""

    def __init__(self, cohort: Cohort, estimates: Estimates) -> None:
        self.cohort = cohort
        self.estimates = estimates
        self.points = dict.fromkeys(KINDS, 0)
        self.sold = self.apart = self.part = 0
        self.month = cohort.month

    def came(self, flow: Flow) -> None:
        """Take in a day's sales."""
        self.sold += flow.sold
        self.apart += flow.apart
        self.part += flow.part

    @property
    def kept(self) -> int:
        """Points that came and were not taken back."""
        return self.points[EARNED] + self.points[OTHER] - self.points[TAKEN_BACK]

    @property
    def expected(self) -> int:
        """How many points will have been used in the end, x 10,000: never less than were, never more than still can be."""
        used = self.points[USED]
        share = self.estimates.share(self.month, self.cohort)
        return max(used * WHOLE, min(self.kept * share, (used + self.open) * WHOLE))

    @property
    def amount(self) -> int:
        """What is owed now, in minor units."""
        policy = self.estimates.policy(self.month, self.cohort)
        if policy in {"memo", "discount"} or self.open <= 0:
            return 0
        expected, used = self.expected, self.points[USED]
        if policy == "provision":
            return half_up((expected - used * WHOLE) * self.estimates.worth(self.month), EXACT)
        deferred, first = (self.paid, WHOLE) if policy == "sold" else (self.deferred, self.first)
        owed = deferred - half_up(deferred * used * WHOLE, expected) if expected else deferred
        # No point is owed at more than it was given at: what lapses beyond what was expected to is revenue then (IFRS 15 B40).
        return min(owed, half_up(deferred * self.open * WHOLE, self.kept * first)) if self.kept * first > 0 else owed

    @property
    def first(self) -> int:
        """The share that was expected to be used when the points came."""
        return self.estimates.share(self.cohort.month, self.cohort)

    @property
    def open(self) -> int:
        """Points that can still be used."""
        return self.kept - self.points[USED] - self.points[LAPSED]

    @property
    def paid(self) -> int:
        """The price of what was sold and not taken back."""
        earned = self.points[EARNED]
        return half_up(self.sold * self.kept, earned) if earned > 0 else 0

    @property
    def deferred(self) -> int:
        """The money that the points took from their sales, by stand-alone prices; points without a sale at their worth.

        Whole numbers throughout, as exact as fractions and several times as fast: a price stands x 10,000,000.
        """
        first = self.first
        worth = self.estimates.worth(self.cohort.month)
        if not self.cohort.by_sale:
            return half_up(self.kept * worth * first, EXACT)
        earned = self.points[EARNED]
        price = max(0, earned - self.apart) * worth * first
        both = self.sold * EXACT + price
        if earned <= 0:
            return 0
        if both <= 0:
            return half_up(self.part * self.kept, EXACT * earned)
        return half_up((self.sold * price * EXACT + self.part * both) * self.kept, both * EXACT * earned)


def half_up(amount: int, by: int) -> int:
    """An amount divided by a number above nothing, halves up."""
    return (2 * amount + by) // (2 * by)


def changes(flows: Mapping[Cohort, Mapping[Day, Flow]], estimates: Estimates, *, last: Day) -> Counter[Change]:
    """What each day through `last` adds to what is owed, by store and kind; the sum of all is what is owed.

    A month's estimate (and its policy) holds from its first day, so that what another one changes stands on that day alone.
    """
    found: Counter[Change] = Counter()
    for cohort, days in flows.items():
        owed = Owed(cohort, estimates)
        amount = 0
        for day in days_with_months(days, cohort.month, last):
            owed.month = month_of(day)
            amount = noted(found, owed, ESTIMATE, day, amount)
            flow = days.get(day)
            if flow is None:
                continue
            owed.came(flow)
            for kind in ORDER:
                if flow.points[kind] or (kind == EARNED and (flow.sold or flow.part)):
                    owed.points[kind] += flow.points[kind]
                    amount = noted(found, owed, kind, day, amount)
    return found


def noted(found: Counter[Change], owed: Owed, kind: str, day: Day, before: int) -> int:
    """Note how much more is owed than before; what is owed now."""
    now = owed.amount
    if now != before:
        found[Change(day, owed.cohort.store, owed.cohort.by_sale, kind, owed.cohort.coupon)] += now - before
    return now


def days_with_months(days: Mapping[Day, Flow], first_month: str, last: Day) -> list[Day]:
    """The days on which a cohort moved, and the first day of every month until nothing can change any more."""
    moved = [day for day in days if day <= last]
    firsts, day = [], span_of_month(first_month)[1] + 1
    while day <= last:
        firsts.append(day)
        day = span_of_month(month_of(day))[1] + 1
    return sorted({*moved, *firsts})
