"""What the shop's books say about the program's money, put together by the arithmetic of `paying/`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from loyalty_cli.model.costs import costs_from
from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import start_of_month
from loyalty_cli.paying.break_even import margin_of
from loyalty_cli.paying.months import Month
from loyalty_cli.paying.months import months_through
from loyalty_cli.paying.months import paid_in
from loyalty_cli.paying.months import paid_on
from loyalty_cli.paying.months import reached
from loyalty_cli.paying.spending import kind_of
from loyalty_cli.paying.spending import spread
from loyalty_cli.paying.spending import Used
from loyalty_cli.paying.worths import PARTS
from loyalty_cli.reports.asked import known_until
from loyalty_cli.reports.asked import last_known
from loyalty_cli.reports.money.rewards import begun
from loyalty_cli.reports.money.rewards import books_until
from loyalty_cli.reports.money.rewards import lines_in
from loyalty_cli.reports.money.rewards import worths_in
from loyalty_cli.reports.reward_costs import REWARD_COSTS
from loyalty_cli.store.paying import brought_and_cost

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.costs import Costs
    from loyalty_cli.model.days import Day
    from loyalty_cli.paying.months import Reached
    from loyalty_cli.paying.spending import Line
    from loyalty_cli.paying.worths import Worths
    from loyalty_cli.program.program import Program
    from loyalty_cli.reports.money.rewards import Books
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

USED = f"""
WITH cost AS ({REWARD_COSTS}) SELECT day, rule, asset, sum(amount), sum(uses), points FROM cost WHERE day <= :last
 GROUP BY 1, 2, 3, 6 ORDER BY 1, 2, 3
"""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What is shown of the days asked for; `whole` are all months from the first cost on, `course` where each stood at its end.

    `uses` are those of each kind; `margin` in basis points, stated or of the list of products.
    """

    first: Day
    last: Day
    program: Program
    costs: Costs
    worths: Worths
    margin: int | None
    lines: Sequence[Line]
    uses: Mapping[str, int]
    months: Sequence[Month]
    whole: Sequence[Month]
    course: Sequence[Reached]


def figures(connection: Connection, question: Question) -> Figures | None:
    """Everything that the report says; None in a shop without a program, or without receipts where no days that are over were said."""
    until = replace(question, as_of=question.day)
    last = last_known(connection, until)
    if question.day is not None and question.day < question.today:
        # Days that are over are shown to their end, for what was given and used after the last purchase is of them, too.
        last = question.day
    elif last is not None and question.first is not None and last < question.first:
        # Nobody bought anything on the days asked for: it is these that are shown all the same.
        last = max(question.first, known_until(until))
    books = None if last is None else books_until(connection, question, last)
    if books is None:
        return None
    last, costs = books.last, costs_from(question.shop.costs)
    start = begun(books, costs)
    first = start if question.first is None else max(question.first, start)
    margin = costs.margin if costs.margin is not None else margin_of(*brought_and_cost(connection, first, last))
    worths = worths_in(connection, books, question, first, last)
    used = list(used_until(connection, last, worths))
    by_rule = list(spread(used, books.changed))
    lines = lines_in(books, worths, first, last, by_rule)
    months = months_in(books, lines, costs, margin, first, last)
    whole = months if first == start else months_in(books, lines_in(books, worths, start, last, by_rule), costs, margin, start, last)
    uses = Counter(dict.fromkeys(("points", "coupons", "gifts"), 0))
    for use in (*used, *books.batches):
        uses[kind_of(use.asset)] += use.uses if first <= use.day <= last else 0
    return Figures(
        first=first,
        last=last,
        program=books.in_force[-1],
        costs=costs,
        worths=worths,
        margin=margin,
        lines=lines,
        uses=uses,
        months=months,
        whole=whole,
        course=list(reached(whole, costs.uplift)),
    )


def used_until(connection: Connection, last: Day, worths: Worths) -> Iterator[Used]:
    """What was used until a day; points of which no till said what they paid, at what they were worth: no till pays part of a coin."""
    for (day, rule, asset), found in groupby(connection.execute(USED, {"last": last}), itemgetter(0, 1, 2)):
        parts, worth = list(found), worths.one_in(asset, month_of(day))
        amount = sum(paid + times * (points * worth // PARTS) for *_, paid, times, points in parts)
        yield Used(day, rule, asset, amount, sum(times for *_, times, _ in parts))


def months_in(books: Books, lines: Sequence[Line], costs: Costs, margin: int | None, first: Day, last: Day) -> list[Month]:
    """Every month from the one of a day through that of another, those in which nothing happened, too."""
    starts = books.versions[0][1].starts
    paid: dict[str, Counter[str]] = {month: Counter() for month in months_through(first, last)}
    for day, bought in books.bought.items():
        if first <= day <= last:
            own = paid[month_of(day)]
            own.update(members=bought.members, others=bought.others, since=bought.members if day >= starts else 0)
    for line in lines:
        paid[line.month].update(given=line.given, expected=line.expected, used=line.used)
    for cost in costs.set_up:
        if first <= cost.first <= last:
            paid[month_of(cost.first)]["set_up"] += cost.amount
    # What is paid each month is paid on its first day, so that parts of a month have it once; the first month has all of its own.
    begins = first if first > begun(books, costs) else start_of_month(first)
    for month, own in paid.items():
        own["running"] += sum(cost.amount for cost in costs.each_month if paid_in(cost, month) and begins <= paid_on(cost, month) <= last)
    return [Month._make((month, *(own[name] for name in Month._fields[1:-1]), margin)) for month, own in paid.items()]
