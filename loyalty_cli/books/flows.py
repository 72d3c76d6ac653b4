"""Which points were used, lapsed or taken back: those of which month and store, first earned first used."""

from __future__ import annotations

from collections import defaultdict
from collections import OrderedDict
from dataclasses import dataclass
from dataclasses import field
from types import MappingProxyType
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import Day
from loyalty_cli.model.days import month_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from loyalty_cli.model.bookkeeping import Posted

EARNED, USED, LAPSED, TAKEN_BACK, OTHER = "earned", "used", "lapsed", "taken back", "other"
KINDS = (EARNED, USED, LAPSED, TAKEN_BACK, OTHER)
# These add points where they are positive; the others take points away.
COMING = frozenset({EARNED, OTHER})


class Cohort(NamedTuple):
    """Points that one month gave in one store; `by_sale` is False for points that were given without a sale.

    Coupons have cohorts, too: `coupon` is their name, and a point is a minor unit of what they are worth. What members are `missing`
    stands apart: nobody else's points are owed at less because of it.
    """

    month: str
    store: str
    by_sale: bool
    coupon: str = ""
    missing: bool = False


@dataclass(slots=True)
class Flow:
    """What became of a cohort on a day: points by kind, positive as is usual for it, and the money of its sales.

    Sales that gave other rights, too, are not in `sold`: `apart` points of them took `part` of their money (x 10,000,000).
    """

    points: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    sold: int = 0
    apart: int = 0
    part: int = 0


@dataclass(slots=True)
class Right:
    """A coupon of a sale or all its points of a kind: how much of which cohort, and where it stands.

    A place is a flow, how much came there, and whether the sale's money came along (1) or went (-1).
    """

    cohort: Cohort | None = None
    amount: int = 0
    places: list[tuple[Flow, int, int]] = field(default_factory=list)
    money: int = 0
    day: Day = 0

    def post(self, cohort: Cohort, flow: Flow, posted: Posted, times: int) -> None:
        """Points of the sale come or go; it is shared by those of its first day, whoever they are of since."""
        if self.amount <= 0 or posted.day < self.day:
            self.cohort, self.amount, self.money, self.day = cohort, 0, posted.sold, posted.day
        if posted.day == self.day:
            self.amount += posted.quantity
        if posted.kind == EARNED:
            self.places.append((flow, posted.quantity, times))


Flows = dict[Cohort, dict[Day, Flow]]
RECEIPT = 1
NO_CAUSE = (0, 0)
NO_SALES: Mapping[int, Right] = MappingProxyType({})


class Account:
    """One member's lots, in the order they came. What is missing is a debt, which the next points pay.

    `sales` are those that gave more than points, each with what it gave in points.
    """

    def __init__(self, flows: Flows, sales: Mapping[int, Right]) -> None:
        self.flows = flows
        self.sales = sales
        self.lots: OrderedDict[tuple[int, int], int] = OrderedDict()
        self.cohort_of: dict[tuple[int, int], Cohort] = {}
        self.debts: list[tuple[Cohort, str, int]] = []
        self.gone: dict[tuple[str, tuple[int, int]], list[tuple[tuple[int, int], int]]] = {}
        self.given: dict[tuple[int, int], int] = {}

    def post(self, posted: Posted) -> None:
        """Take in one entry."""
        if posted.quantity < 0:
            self.go(posted, -posted.quantity)
        else:
            points = self.come_back(posted)
            if points:
                self.come(posted, points)
        if posted.sold > 0 and posted.kind in {EARNED, TAKEN_BACK}:
            self.count_sale(posted)

    def count_sale(self, posted: Posted) -> None:
        """A sale's money is that of its points as long as it gives any: it goes where they go, as when two members become one.

        What stands as taken back leaves its money with what came, as a return does.
        """
        before = self.given.get(posted.cause, 0)
        self.given[posted.cause] = now = before + posted.quantity
        times = (now > 0) - (before > 0) if posted.kind == EARNED else 0
        right, cohort = self.sales.get(posted.cause[1]), self.cohort_of.get(posted.cause)
        if cohort and (times or right):
            flow = self.flow(cohort, posted.day)
            flow.sold += times * posted.sold
            if right:
                right.post(cohort, flow, posted, times)

    def come(self, posted: Posted, points: int) -> None:
        """Points come in: those of a cause that is known to its cohort, all others to this month's.

        What a return takes back though it had lapsed has lapsed no more: that is told of the sale. So is a return that is undone.
        """
        cause = posted.cause
        if posted.kind in {LAPSED, TAKEN_BACK} and (RECEIPT, posted.sale or 0) in self.cohort_of:
            cause = RECEIPT, posted.sale or 0
        # What has lapsed of no sale is what somebody who is erased was missing.
        missing = posted.kind == LAPSED and cause[0] != RECEIPT
        cohort = self.cohort_of.get(cause) or Cohort(month_of(posted.day), posted.store, cause[0] == RECEIPT, missing=missing)
        self.cohort_of[cause] = cohort
        self.move(cohort, posted.kind, points if posted.kind in COMING else -points, posted.day)
        self.add(cause, points, posted.day)

    def come_back(self, posted: Posted) -> int:
        """Points that went come back where they were taken from, the last that went first; how many others come."""
        points, gone = posted.quantity, self.gone.get(gone_by(posted))
        while points and gone:
            cause, taken = gone.pop()
            back = min(points, taken)
            points -= back
            self.move(self.cohort_of[cause], posted.kind, back if posted.kind in COMING else -back, posted.day)
            self.add(cause, back, posted.day)
            if taken > back:
                gone.append((cause, taken - back))
        return points

    def add(self, cause: tuple[int, int], points: int, day: Day) -> None:
        """Put points into a lot, after a debt is paid: that changes the cohort that the debt is charged to, not its kind."""
        while points and self.debts:
            owing, kind, debt = self.debts.pop()
            paid = min(points, debt)
            points -= paid
            self.move(owing, kind, paid if kind in COMING else -paid, day)
            self.move(self.cohort_of[cause], kind, -paid if kind in COMING else paid, day)
            if debt > paid:
                self.debts.append((owing, kind, debt - paid))
        if points:
            self.lots[cause] = self.lots.get(cause, 0) + points

    def go(self, posted: Posted, points: int) -> None:
        """Points go: those of the cause itself if it is one of a lot, then the first that came."""
        # A use that a receipt tells of takes none of what that receipt gives.
        own = () if posted.kind == USED and posted.cause[0] == RECEIPT else (posted.cause, (RECEIPT, posted.sale or 0))
        for cause in own:
            points -= self.take(cause, points, posted)
        while points and self.lots:
            points -= self.take(next(iter(self.lots)), points, posted)
        if not points:
            return
        owing = Cohort(month_of(posted.day), posted.store, by_sale=True, missing=True)
        self.move(owing, posted.kind, -points if posted.kind in COMING else points, posted.day)
        self.debts.append((owing, posted.kind, points))

    def take(self, cause: tuple[int, int], points: int, posted: Posted) -> int:
        """Take points from a lot, as many as are left in it; how many those were."""
        left = self.lots.pop(cause, 0)
        taken = min(points, left)
        if left > taken:
            self.lots[cause] = left - taken
            self.lots.move_to_end(cause, last=False)
        if taken:
            self.move(self.cohort_of[cause], posted.kind, -taken if posted.kind in COMING else taken, posted.day)
        if taken:
            self.gone.setdefault(gone_by(posted), []).append((cause, taken))
        return taken

    def move(self, cohort: Cohort, kind: str, points: int, day: Day) -> None:
        """Note points of a kind: what comes is positive for earned and other, what goes for the others."""
        self.flow(cohort, day).points[kind] += points

    def flow(self, cohort: Cohort, day: Day) -> Flow:
        """The flow of a cohort on a day."""
        days = self.flows[cohort]
        found = days.get(day)
        if found is None:
            found = days[day] = Flow()
        return found


def gone_by(posted: Posted) -> tuple[str, tuple[int, int]]:
    """By what points went or come back: all uses are one, and what lapsed is told of the sale that gave it."""
    if posted.kind == USED:
        return USED, NO_CAUSE
    return posted.kind, (RECEIPT, posted.sale) if posted.kind == LAPSED and posted.sale else posted.cause


def flows_of(entries: Iterable[Posted], sales: Mapping[int, Right] = NO_SALES) -> Flows:
    """All flows; the entries of a member stand together, in the order they were booked."""
    flows: Flows = defaultdict(dict)
    account, member = Account(flows, sales), None
    for posted in entries:
        if posted.member != member:
            account, member = Account(flows, sales), posted.member
        account.post(posted)
    return flows
