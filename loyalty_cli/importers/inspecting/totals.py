"""The draft's settings of receipts' totals beside the amounts of their rows: a check of them, or no total at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.row_numbers import A_COIN
from loyalty_cli.importers.inspecting.row_numbers import RowNumbers
from loyalty_cli.importers.inspecting.seen_receipts import rows_of_receipts
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn


def of_rows(of: Inspection, numbers: RowNumbers) -> bool:
    """Whether what is called a total is another one on the rows of most receipts that have several: it is no total of receipts."""
    total = of.means.get("total")
    if of.cells is None or of.key is None or total is None:
        return False
    totals = numbers.of(total)
    receipts = [{totals[row] for row in rows if row < len(totals)} - {None} for rows in rows_of_receipts(of.cells, of.key) if len(rows) > 1]
    return 2 * sum(len(said) > 1 for said in receipts) > len(receipts)


def totals_settled(of: Inspection, numbers: RowNumbers, amount: SeenColumn | None) -> None:
    """The column of receipts' totals, if there is one beside the amounts."""
    total = of.means.get("total")
    if total is not None and total.texts and total is not amount:
        total_settled(of, numbers, amount, total)
    elif amount is not None:
        total_beside(of, numbers, amount)


def total_settled(of: Inspection, numbers: RowNumbers, amount: SeenColumn | None, total: SeenColumn) -> None:
    """The receipt's own total; with more in it than its goods, such as delivery, it is no check of them."""
    differences = [] if amount is None else beyond_rows(of, numbers, amount, total)
    if any(differences) and min(differences) >= 0:
        count = sum(map(bool, differences))
        why = phrase(
            "It is more than the goods on {count} receipt, as with delivery: the goods count.",
            "It is more than the goods on {count} receipts, as with delivery: the goods count.",
            count=count,
        )
        of.found("total", phrase("Totals"), phrase("{name} is not used", name=total.name), why)
        del of.means.of_word["total"]
        return
    of.draft.settle("columns.total", of.place_of(total))
    of.found("total", phrase("Totals"), total.name)


def total_beside(of: Inspection, numbers: RowNumbers, amount: SeenColumn) -> None:
    """A column that repeats what the whole receipt came to, beside the amounts of its rows: a check of them."""
    free = [column for column in of.columns if column.numbers and column.texts and not of.means.word_of(column)]
    total = next((each for each in free if is_total_of_receipt(of, numbers, amount, each)), None)
    if total is not None:
        remark = phrase("The receipt's total on each of its rows, as a check of them.")
        of.draft.settle("columns.total", of.place_of(total), remark)
        of.found("total", phrase("Totals"), total.name)


def beyond_rows(of: Inspection, numbers: RowNumbers, amount: SeenColumn, total: SeenColumn) -> list[int]:
    """By how much each receipt's total is beyond its rows, in thousandths; a coin more or less is nothing."""
    if of.cells is None or of.key is None:
        return []
    amounts, totals = numbers.of(amount), numbers.of(total)
    found = []
    for rows in rows_of_receipts(of.cells, of.key):
        if rows[-1] < len(amounts) and (said := totals[rows[0]]) is not None:
            beyond = abs(said) - abs(sum(amounts[row] or 0 for row in rows))
            found.append(beyond if abs(beyond) > A_COIN else 0)
    return found


def is_total_of_receipt(of: Inspection, numbers: RowNumbers, amount: SeenColumn, other: SeenColumn) -> bool:
    """Whether a column is the sum of the amounts on all rows of a receipt, on receipts that have several."""
    if of.cells is None or of.key is None or amount is other:
        return False
    amounts, totals = numbers.of(amount), numbers.of(other)
    told = right = 0
    for rows in rows_of_receipts(of.cells, of.key):
        if len(rows) < 2 or rows[-1] >= len(amounts):
            continue
        said = {totals[row] for row in rows}
        added = sum(amounts[row] or 0 for row in rows)
        told += 1
        right += len(said) == 1 and abs(abs(totals[rows[0]] or 0) - abs(added)) <= 10
    return told > 0 and right == told
