"""What is owed for points in money, day by day, under the policy that a program states.

Deferral: points that a sale gives are a material right, so a part of the sale's money is revenue later: shared by
stand-alone prices, the goods' and that of the points expected to be used (IFRS 15 B39-B42; ASC 606-10-55-41 to 45).
Revenue to date is that part x used / expected to be used; another estimate is caught up where it is made.
Provision: points expected to be used, at their worth.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
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

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from loyalty_cli.books.flows import Cohort
    from loyalty_cli.books.flows import Flow
    from loyalty_cli.model.bookkeeping import Policy
    from loyalty_cli.model.days import Day

ESTIMATE = "estimate"
WHOLE = 10_000
# The order in which a day is reckoned: what came, what came back, what was used, what lapsed.
ORDER = (EARNED, OTHER, TAKEN_BACK, USED, LAPSED)


class Change(NamedTuple):
    """What a day adds to what is owed for points of one store, by kind; less than nothing leaves it."""

    day: Day
    store: str
    by_sale: bool
    kind: str


class Estimates(NamedTuple):
    """What is taken for true in a month: the policy, the share of a cohort's points that will be used, a point's worth.

    A share of 10,000 is all of them; `worth` is money x 1000.
    """

    policy: Callable[[str], Policy]
    share: Callable[[str, Cohort], int]
    worth: Callable[[str], int]


class Owed:
    """One cohort: what became of its points so far, and what is owed for them."""

    def __init__(self, cohort: Cohort, estimates: Estimates) -> None:
        self.cohort = cohort
        self.estimates = estimates
        self.points = dict.fromkeys(KINDS, 0)
        self.sold = 0
        self.month = cohort.month

    @property
    def kept(self) -> int:
        """Points that came and were not taken back."""
        return self.points[EARNED] + self.points[OTHER] - self.points[TAKEN_BACK]

    @property
    def expected(self) -> Fraction:
        """How many points will have been used in the end: never less than were, never more than still can be."""
        used = self.points[USED]
        share = Fraction(self.estimates.share(self.month, self.cohort), WHOLE)
        return max(Fraction(used), min(self.kept * share, Fraction(used + self.open)))

    @property
    def amount(self) -> int:
        """What is owed now, in minor units."""
        policy = self.estimates.policy(self.month)
        if policy == "memo" or self.open <= 0:
            return 0
        if policy == "provision":
            return half_up((self.expected - self.points[USED]) * Fraction(self.estimates.worth(self.month), 1000))
        deferred, expected = self.deferred, self.expected
        if not expected:
            return deferred
        return deferred - half_up(deferred * self.points[USED] / expected)

    @property
    def open(self) -> int:
        """Points that can still be used."""
        return self.kept - self.points[USED] - self.points[LAPSED]

    @property
    def deferred(self) -> int:
        """The money that the points took from their sales, by stand-alone prices; points without a sale at their worth."""
        first = Fraction(self.estimates.share(self.cohort.month, self.cohort), WHOLE)
        worth = Fraction(self.estimates.worth(self.cohort.month), 1000)
        if not self.cohort.by_sale:
            return half_up(self.kept * worth * first)
        earned = self.points[EARNED]
        price = earned * worth * first
        if earned <= 0 or self.sold + price <= 0:
            return 0
        return half_up(self.sold * price / (self.sold + price) * Fraction(self.kept, earned))


def half_up(amount: Fraction) -> int:
    """A fraction as a whole number, halves up."""
    return int((2 * amount + 1) // 2)


def changes(
    flows: Mapping[Cohort, Mapping[Day, Flow]], estimates: Estimates, *, last: Day
) -> Counter[Change]:
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
            owed.sold += flow.sold
            for kind in ORDER:
                if flow.points[kind] or (kind == EARNED and flow.sold):
                    owed.points[kind] += flow.points[kind]
                    amount = noted(found, owed, kind, day, amount)
    return found


def noted(found: Counter[Change], owed: Owed, kind: str, day: Day, before: int) -> int:
    """Note how much more is owed than before; what is owed now."""
    now = owed.amount
    if now != before:
        found[Change(day, owed.cohort.store, owed.cohort.by_sale, kind)] += now - before
    return now


def days_with_months(days: Mapping[Day, Flow], first_month: str, last: Day) -> list[Day]:
    """The days on which a cohort moved, and the first day of every month until nothing can change any more."""
    moved = [day for day in days if day <= last]
    firsts, day = [], span_of_month(first_month)[1] + 1
    while day <= last:
        firsts.append(day)
        day = span_of_month(month_of(day))[1] + 1
    return sorted({*moved, *firsts})
