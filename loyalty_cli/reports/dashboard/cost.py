"""What rewards cost against the margin on what members bought: as `costs:` states it, else of the goods whose cost is known.

Rewards cost what those that a month gave are expected to, as in `report money`.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.costs import costs_from
from loyalty_cli.model.days import month_of
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.dashboard import Chart
from loyalty_cli.model.shown.dashboard import Picture
from loyalty_cli.model.shown.dashboard import Series
from loyalty_cli.model.shown.phrase import InMonth
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import months_said
from loyalty_cli.reports.asked import share_of
from loyalty_cli.reports.asked import tenths
from loyalty_cli.reports.money.rewards import expected_by_month
from loyalty_cli.store.paying import goods_by_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reports.asked import Asked
    from loyalty_cli.reports.dashboard.seen import Seen
    from loyalty_cli.store.paying import Goods
    from loyalty_cli.store.paying import Turnover
    from loyalty_cli.store.reading import Connection

COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="bought", heading="Members bought for", kind="money", total=True),
    Column(name="margin", heading="Margin", kind="money", total=True),
    Column(name="cost", heading="Cost of rewards", kind="money", total=True),
)
SAYS_COSTS = "SELECT EXISTS (SELECT 1 FROM product WHERE cost IS NOT NULL)"


class Month(NamedTuple):
    """What members bought of goods whose cost is known, what that left over their cost, and what rewards cost."""

    bought: int = 0
    margin: int = 0
    cost: int = 0


def picture(connection: Connection, asked: Asked, seen: Seen) -> Picture | Phrase:
    """Two columns for each month."""
    stated = costs_from(asked.question.shop.costs).margin
    if stated is None and not connection.execute(SAYS_COSTS).fetchone()[0]:
        return phrase("Cost against margin: neither costs: margin: nor the list of products says what is left of a sale.")
    if stated is None:
        margins = margins_of(goods_by_day(connection, asked.first, asked.last))
    else:
        margins = stated_margins({day: taken for day, taken in seen.taken.items() if day >= asked.first}, stated)
    if not margins:
        return phrase("Cost against margin: members have bought nothing whose cost is known.")
    expected = expected_by_month(connection, asked.question, asked.last, seen.taken, seen.worths)
    costs = {month: cost for month, cost in expected.items() if cost}
    months = {
        month: Month(*margins.get(month, (0, 0)), costs.get(month, 0)) for month in asked.months if month >= min(*margins, *costs, "9")
    }
    title = phrase("Cost of rewards against the margin on members' purchases")
    chart = Chart(
        shape="columns",
        labels=months_said(list(months)),
        series=[
            Series(name=phrase("Margin"), values=[each.margin for each in months.values()]),
            Series(name=phrase("Cost of rewards"), values=[each.cost for each in months.values()]),
        ],
        unit="money",
    )
    rows = [(month, *each) for month, each in months.items()]
    said_of = asked.whole if asked.whole in months else list(months)[-1]
    table = asked.table("cost", title, COLUMNS, rows)
    return Picture(title=title, says=said(said_of, months[said_of], asked), drawn=chart, table=table)


def margins_of(bought: Mapping[Day, Goods]) -> dict[str, tuple[int, int]]:
    """What was bought each month of goods whose cost is known, and what that left; rounded down once a month."""
    sold: Counter[str] = Counter()
    cost: Counter[str] = Counter()
    for day, goods in bought.items():
        sold[month_of(day)] += goods.brought
        cost[month_of(day)] += goods.cost
    return {month: (brought, brought + -cost[month] // 1000) for month, brought in sold.items()}


def stated_margins(bought: Mapping[Day, Turnover], margin: int) -> dict[str, tuple[int, int]]:
    """What members bought each month, and what is left of that at a margin in basis points; rounded down once a month."""
    sums: Counter[str] = Counter()
    for day, paid in bought.items():
        sums[month_of(day)] += paid.members
    return {month: (paid, paid * margin // WHOLE) for month, paid in sums.items()}


def said(month: str, each: Month, asked: Asked) -> Phrase:
    """What the rewards of a month cost, and how much of the margin that is, where there was one."""
    values = {"month": InMonth(month), "cost": asked.money(each.cost), "margin": asked.money(each.margin)}
    if each.margin <= 0:
        return phrase("{month}: rewards cost {cost}; the margin on members' purchases was {margin}.", **values)
    share = tenths(share_of(each.cost, each.margin))
    return phrase("{month}: rewards cost {cost}, {share} of a margin of {margin} on members' purchases.", **values, share=share)
