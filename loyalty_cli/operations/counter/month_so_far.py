"""What discounts have taken off for a member in this month, which their ceilings ask for.

A till's export says how much came off a receipt, not by which discount. So each receipt of the month is priced as it would
have been quoted, and what really came off it is shared in proportion; what no discount explains counts for all together.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.baskets.basket import Basket
from loyalty_cli.baskets.basket import Line
from loyalty_cli.baskets.pricing import price
from loyalty_cli.model.days import start_of_month
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.money import shared
from loyalty_cli.model.quantity import PIECE
from loyalty_cli.operations.shopper import shopper_of
from loyalty_cli.replay.one_more import OneMore
from loyalty_cli.store.ledger.explaining import lines_of

if TYPE_CHECKING:
    from loyalty_cli.baskets.basket import Priced
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection

# All discounts together.
ALL = ""


def month_so_far(connection: Connection, plan: Plan, more: OneMore) -> dict[str, int]:
    """What came off in the month of a basket before it, by discount, and in all under ''; `more` goes on from the start."""
    first = start_of_month(more.day)
    taken = Counter[str]()
    for place, fact in enumerate(more.before):
        if fact.kind != PURCHASE or fact.day < first:
            continue
        lines = sold_lines(connection, fact.id)
        off = sum(less for _, less in lines)
        if off > 0:
            facts = more.facts._replace(facts=more.before[:place])
            member = OneMore(more.replayer, facts, None, (fact.day, fact.clock)).member
            shopper = shopper_of(member, fact.day, fact.clock, fact.store)  # type: ignore[union-attr]
            basket = Basket(lines=[line for line, _ in lines])
            priced = price(plan.in_force(fact.day), basket, replace(shopper, this_month=taken))
            taken.update(by_discount(priced, off))
            taken[ALL] += off
    return dict(taken)


def sold_lines(connection: Connection, receipt: int) -> list[tuple[Line, int]]:
    """The lines of a receipt that were sold, at their price before discounts, and what came off each."""
    sold: list[tuple[Line, int]] = []
    for code, name, category, *figures, excluded in lines_of(connection, receipt):
        quantity, amount, less, _ = (int(figure or 0) for figure in figures)
        if quantity >= 0 and amount + less > 0 and not excluded:
            line = Line(total=amount + less, quantity=quantity or PIECE, product=str(code or name), category=str(category))
            sold.append((line, less))
    return sold


def by_discount(priced: Priced, off: int) -> dict[str, int]:
    """What came off a receipt, shared over the discounts that it would have had."""
    parts = [one.total for one in priced.discounts]
    if not sum(parts):
        return {}
    return dict(zip((one.name for one in priced.discounts), shared(min(off, sum(parts)), parts), strict=True))
