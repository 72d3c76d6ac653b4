"""Which rows of a receipt were sold and which came back: from here on those that came back have quantities below zero.

A discount that stands on a row of its own belongs to its receipt: below zero in a sale, above zero in a return.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from loyalty_cli.importers.receipts.discount_rows import is_discount
from loyalty_cli.model.columns import sums
from loyalty_cli.model.quantity import PIECE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.importers.receipts.lines import Lines
    from loyalty_cli.model.purchase_batch import Article


def settle_sides(lines: Lines, below: Sequence[int], starts: Sequence[int], articles: Sequence[Article]) -> list[int]:
    """Give the rows of receipts that begin at some places their side, by the rows below zero; which rows may be different now."""
    looked_at: list[int] = []
    ends = [*starts[1:], len(lines.amounts)]
    for receipt in {bisect_right(starts, row) - 1 for row in below}:
        rows = range(starts[receipt], ends[receipt])
        looked_at += rows
        if len(rows) == 1:
            # The usual return: one row, which came back.
            lines.amounts[rows[0]] = -abs(lines.amounts[rows[0]])
            put_aside(lines, rows, {rows[0]})
        else:
            put_aside(lines, rows, came_back(lines, rows, articles))
    return looked_at


def minus_rows(lines: Lines, below: Sequence[int], articles: Sequence[Article]) -> list[int]:
    """The rows that cost less than nothing though their quantity is above zero and they are called no discount."""
    return [row for row in below if lines.quantities[row] > 0 and not is_discount(articles[lines.articles[row]])]


def rows_below_zero(lines: Lines) -> list[int]:
    """The rows with a quantity or an amount below zero."""
    return sorted({*below_zero(lines.amounts), *below_zero(lines.quantities)})


def below_zero(numbers: list[int]) -> list[int]:
    """The places of numbers below zero; where there are none, that costs one look."""
    return [place for place, number in enumerate(numbers) if number < 0] if min(numbers, default=0) < 0 else []


def came_back(lines: Lines, rows: range, articles: Sequence[Article]) -> set[int]:
    """The rows of one receipt that came back. What a till writes without a sign turns round."""
    amounts, quantities = lines.amounts, lines.quantities
    back = {row for row in rows if quantities[row] < 0}
    total = sum(amounts[rows.start : rows.stop])
    if total < 0 and len(back) == len(rows):
        # The usual return: all of it.
        return back
    discounts = {row for row in rows if is_discount(articles[lines.articles[row]])} if len(rows) > 1 else set()
    if total < 0:
        # Money went back, whatever the quantities say; only goods above zero among others below it were sold.
        below = {row for row in rows if amounts[row] < 0}
        return {*back, *below, *discounts} if back else set(rows)
    if sum(amounts[row] for row in back) > 0:
        for row in back:
            amounts[row] = -amounts[row]
    if not back or not discounts:
        return back
    sold = {row for row in rows if amounts[row] > 0} - back - discounts
    better = back - {row for row in discounts if sold and amounts[row] < 0}
    better |= {row for row in discounts if better and amounts[row] > 0}
    return better if sum(amounts[row] for row in better) <= 0 else back


def put_aside(lines: Lines, rows: Iterable[int], back: set[int]) -> None:
    """Mark rows that came back by quantities below zero; a return of no quantity is one piece."""
    for row in rows:
        sign = -1 if row in back else 1
        lines.quantities[row] = sign * abs(lines.quantities[row] or (PIECE if row in back else 0))
        for column in (lines.discounts, lines.loyalty):
            if column:
                column[row] = sign * abs(column[row])


def all_back(lines: Lines, rows: range) -> None:
    """A receipt that came back as a whole, though its rows are written without a sign."""
    for row in rows:
        lines.amounts[row] = -lines.amounts[row]
    put_aside(lines, rows, set(rows))


def returned_parts(lines: Lines, starts: list[int]) -> list[int]:
    """What each receipt gives back, as a number not below zero."""
    parts = [0] * (len(starts) - 1)
    for place in below_zero(lines.quantities):
        parts[bisect_right(starts, place) - 1] -= lines.amounts[place]
    # Parts of a coin at a rate of another currency can not make a return a sale.
    return [max(0, part) for part in parts] if below_zero(parts) else parts


def loyalty_parts(lines: Lines, starts: list[int]) -> list[int]:
    """What of each receipt was paid with coupons or points; a return gives none of it back here."""
    return [max(0, part) for part in sums(lines.loyalty, starts)]
