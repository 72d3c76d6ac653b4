"""What the shop's books say about the program's money, put together by the arithmetic of `paying/`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.bookkeeping import bookkeeping_from
from loyalty_cli.model.bookkeeping import in_force
from loyalty_cli.model.costs import costs_from
from loyalty_cli.model.days import month_of
from loyalty_cli.model.entry import TIERS
from loyalty_cli.paying.break_even import margin_of
from loyalty_cli.paying.break_even import WHOLE
from loyalty_cli.paying.months import Month
from loyalty_cli.paying.months import months_through
from loyalty_cli.paying.months import paid_in
from loyalty_cli.paying.months import reached
from loyalty_cli.paying.prizes import prizes_due
from loyalty_cli.paying.spending import at_once
from loyalty_cli.paying.spending import Changed
from loyalty_cli.paying.spending import kind_of
from loyalty_cli.paying.spending import lines_of
from loyalty_cli.paying.spending import PRIZES
from loyalty_cli.paying.spending import spread
from loyalty_cli.paying.spending import Used
from loyalty_cli.paying.spending import used_shares
from loyalty_cli.paying.tiers import as_json
from loyalty_cli.paying.tiers import tier_percents
from loyalty_cli.paying.worths import purse_of
from loyalty_cli.paying.worths import Usual
from loyalty_cli.paying.worths import worths_of
from loyalty_cli.reports.asked import last_known
from loyalty_cli.reports.in_force import programs_in_force
from loyalty_cli.reports.reward_costs import BATCH_COSTS
from loyalty_cli.reports.reward_costs import REWARD_COSTS
from loyalty_cli.store.paying import brought_and_cost
from loyalty_cli.store.paying import changed_by_day
from loyalty_cli.store.paying import off_in_tiers
from loyalty_cli.store.paying import turnover_by_day
from loyalty_cli.store.paying import used_coupons
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.costs import Costs
    from loyalty_cli.model.days import Day
    from loyalty_cli.paying.months import Reached
    from loyalty_cli.paying.spending import Line
    from loyalty_cli.paying.worths import Uses
    from loyalty_cli.paying.worths import Worths
    from loyalty_cli.program.program import Program
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.paying import InTier
    from loyalty_cli.store.paying import Turnover
    from loyalty_cli.store.reading import Connection

USED = f"""
WITH cost AS ({REWARD_COSTS}) SELECT day, rule, asset, sum(amount), sum(uses) FROM cost WHERE day <= :last
 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
# What batches of coupons paid is a cost as soon as it is used, and none before.
OF_BATCHES = f"WITH cost AS ({BATCH_COSTS}) SELECT day, rule, asset, sum(amount), sum(uses) FROM cost WHERE day <= :last GROUP BY 1, 2, 3"


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


@dataclass(frozen=True, kw_only=True)
class Books:
    """All that happened until a day: what was bought and given, what was used of which rule and of batches, what tiers took off.

    Besides, the versions of the program.
    """

    bought: Mapping[Day, Turnover]
    changed: Sequence[Changed]
    used: Sequence[Used]
    by_rule: Sequence[Used]
    batches: Sequence[Used]
    off: Sequence[InTier]
    versions: Sequence[tuple[Day, Program]]


def figures(connection: Connection, question: Question) -> Figures | None:
    """Everything that the report says; None in a shop without a program or without receipts."""
    versions = programs_in_force(connection)
    last = last_known(connection, replace(question, as_of=question.last))
    if not versions or last is None:
        return None
    books = books_until(connection, question, versions, last)
    costs = costs_from(question.shop.costs)
    begun = min(versions[0][1].starts, last, *(cost.first for cost in costs.set_up), *(each.day for each in books.changed[:1]))
    first = begun if question.first is None else min(max(question.first, begun), last)
    margin = costs.margin if costs.margin is not None else margin_of(*brought_and_cost(connection, first, last))
    worths = worths_in(connection, books, question, first, last)
    lines = lines_in(books, worths, first, last)
    whole = months_in(books, lines_in(books, worths, begun, last), costs, margin, begun, last)
    uses = Counter(dict.fromkeys(("points", "coupons", "gifts"), 0))
    for use in (*books.used, *books.batches):
        uses[kind_of(use.asset)] += use.uses if first <= use.day <= last else 0
    return Figures(
        first=first,
        last=last,
        program=versions[-1][1],
        costs=costs,
        worths=worths,
        margin=margin,
        lines=lines,
        uses=uses,
        months=months_in(books, lines, costs, margin, first, last),
        whole=whole,
        course=list(reached(whole, costs.uplift)),
    )


def cost_of_rewards(connection: Connection, question: Question, spans: Sequence[tuple[Day, Day]]) -> list[int] | None:
    """What the rewards given in some spans of days cost, as they are expected to be used: what `report money` says of each span.

    How much of a kind is used is known by the end of the last span. None before a program has been adopted.
    """
    versions = programs_in_force(connection)
    if not versions or not spans:
        return None
    books = books_until(connection, question, versions, max(last for _, last in spans))
    return [sum(each.expected for each in lines_in(books, worths_in(connection, books, question, *span), *span)) for span in spans]


def books_until(connection: Connection, question: Question, versions: Sequence[tuple[Day, Program]], last: Day) -> Books:
    """All that happened until a day."""
    changed = [Changed(*each) for each in changed_by_day(connection, last)]
    values = {"last": last, "worth": question.shop.point_worth}
    used = [Used(*each) for each in rows_of(connection, USED, values)]  # type: ignore[arg-type]
    percents = list(tier_percents(versions))
    return Books(
        bought=turnover_by_day(connection, 0, last),
        changed=changed,
        used=used,
        by_rule=list(spread(used, changed)),
        batches=[Used(*each) for each in rows_of(connection, OF_BATCHES, {"last": last})],  # type: ignore[arg-type]
        off=off_in_tiers(connection, 0, last, as_json(percents)) if percents else (),
        versions=versions,
    )


def worths_in(connection: Connection, books: Books, question: Question, first: Day, last: Day) -> Worths:
    """What one of each asset is worth by the program of the last day, and how much of it is expected to be used."""
    uses: Uses = {**used_shares(books.changed), **used_coupons(connection, last)}
    stated = in_force(bookkeeping_from(question.shop.books).expected_use, last)
    if stated is not None:
        uses = {**uses, "points": (WHOLE, stated)}
    bought = [each for day, each in books.bought.items() if first <= day <= last]
    usual = Usual(sum(each.members for each in bought), sum(each.receipts for each in bought))
    return worths_of(books.versions[-1][1], sorted({purse_of(each.asset) for each in books.changed}), uses, usual)


def lines_in(books: Books, worths: Worths, first: Day, last: Day) -> list[Line]:
    """What the rules of each month gave and what of it was used, percents of tiers and prizes among them."""
    changed = (each for each in books.changed if first <= each.day <= last)
    lines = lines_of(changed, (use for use in books.by_rule if first <= use.day <= last), worths)
    program = books.versions[-1][1]
    for off in books.off:
        if first <= off.day <= last:
            lines.append(at_once(off.day, TIERS, f"tier:{off.tier or program.base_tier}", off.receipts, off.off))
    lines += [at_once(use.day, use.rule, use.asset, use.uses, use.amount) for use in books.batches if first <= use.day <= last]
    for prizes in prizes_due(program, first, last):
        lines.append(at_once(prizes.day, f"draws.{prizes.draw}", PRIZES, prizes.many, prizes.worth))
    return lines


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
    for month, own in paid.items():
        own["running"] += sum(cost.amount for cost in costs.each_month if paid_in(cost, month))
    return [Month._make((month, *(own[name] for name in Month._fields[1:-1]), margin)) for month, own in paid.items()]
