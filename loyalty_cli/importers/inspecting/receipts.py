"""The draft's settings of receipts: their number, blanks below the first row, returns and the sales they name."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.form import is_sum
from loyalty_cli.importers.inspecting.header_words import COUNTERS
from loyalty_cli.importers.inspecting.header_words import is_one_of
from loyalty_cli.importers.inspecting.return_words import is_return
from loyalty_cli.importers.inspecting.seen_receipts import blanks_below
from loyalty_cli.importers.inspecting.seen_receipts import cell
from loyalty_cli.importers.inspecting.seen_receipts import Cells
from loyalty_cli.importers.inspecting.seen_receipts import filled_cells
from loyalty_cli.importers.inspecting.seen_receipts import likely_key
from loyalty_cli.importers.inspecting.seen_receipts import negatives
from loyalty_cli.importers.inspecting.seen_receipts import rows_of_receipts
from loyalty_cli.importers.receipts.discount_rows import DISCOUNT
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.likely.numbers import value_of

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn

NEARLY_ALL = 0.9


def blanks_settled(of: Inspection) -> None:
    """Order cells that stand on the first row only."""
    of.fill = "grouped" if of.has_groups else "no" if ends_with_sums(of) else blanks_below(of.table.rows, of.means)
    of.cells = filled_cells(of.table.rows, of.means, of.number_form, signs=of.signs, fill=of.fill)
    if of.fill != "no":
        why = (
            phrase("The receipt's cells are empty on its further rows.")
            if of.fill == "within receipt"
            else phrase("A report in groups: an empty cell repeats the one above.")
        )
        of.found("fill_down", phrase("Empty cells"), of.fill, why)
        of.draft.settle("fill_down", of.fill)


def ends_with_sums(of: Inspection) -> bool:
    """Whether only the last rows have no number, and each is the sum of those above and names no goods: no receipt goes on there."""
    rows, number, amount = of.table.rows, of.means.get("receipt"), of.means.get("amount") or of.means.get("total")
    first = next((place for place, row in enumerate(rows) if not cell(row, number)), len(rows))
    if amount is None or not 1 < first < len(rows) or any(cell(row, number) for row in rows[first:]):
        return False
    if any(tells_a_sale(of, row, first) for row in rows[first:]):
        return False
    values = [value_of(cell(row, amount), of.number_form, of.signs) or 0 for row in rows]
    return set(values[first:]) == {sum(values[:first])}


def tells_a_sale(of: Inspection, row: list[str], above: int) -> bool:
    """Whether a row below some others tells what was sold or at what time, or how many other than all of them or one for each."""
    sold = [column for word in ("product", "product_name", "price", "time") if (column := of.means.get(word))]
    if any(cell(row, column) and not is_sum(cell(row, column)) for column in sold):
        return True
    quantity = of.means.get("quantity")
    if quantity is None or not cell(row, quantity):
        return False
    many, *all_above = (value_of(cell(each, quantity), of.number_form, of.signs) or 0 for each in (row, *of.table.rows[:above]))
    return many not in {sum(all_above), value_of(str(above), of.number_form, of.signs)}


def receipts_settled(of: Inspection) -> None:
    """The receipt's number and what else tells receipts apart."""
    column = of.means.get("receipt")
    if column is None or of.cells is None:
        ask = phrase("Which column has the receipt's number?")
        free = [each for each in of.columns if may_number(each) and not of.means.word_of(each)]
        free = [each for each in free if not counts_rows(each)] or free or [each for each in of.columns if may_number(each)]
        card = of.means.get("card")
        if of.cells is not None and len(free) == 1 and free[0] is not card and keeps_together(of, free[0]):
            of.means.of_word["receipt"] = free[0]
            # Only now blanks below a receipt's first row can be told.
            blanks_settled(of)
            receipts_settled(of)
            return
        if card is not None and card.texts and not [each for each in free if each is not card]:
            by_card_and_day(of, card)
        else:
            of.draft.ask("columns.receipt", ask, [of.place_of(each) for each in free] or ["1"])
        return
    of.key = likely_key(of.cells, returns_of(of.cells))
    if (second := second_number(of)) is not None:
        remark = phrase("The numbers of {name} begin anew; those of this column do not.", name=column.name)
        of.means.of_word["receipt"] = second
        of.cells = filled_cells(of.table.rows, of.means, of.number_form, signs=of.signs, fill=of.fill)
        of.draft.settle("columns.receipt", of.place_of(second), remark)
    else:
        numbered(of, column)
    of.key = likely_key(of.cells, returns_of(of.cells))
    key_settled(of)


def by_card_and_day(of: Inspection, card: SeenColumn) -> None:
    """A list without receipts' numbers: what a card bought on a day stands for a receipt, if its owner agrees."""
    ask = phrase("No column has a receipt's number. Is what a card buys on one day one receipt? If not, the till has to export numbers.")
    place = of.place_of(card)
    of.draft.ask("columns.receipt", ask, [place], place)
    of.draft.settle("receipt_key", ("date", "receipt"))


def second_number(of: Inspection) -> SeenColumn | None:
    """A column that has one number for each receipt, where the one that is called so needs the day or the till beside it."""
    if of.cells is None or of.key is None or of.key.parts == ("receipt",) or of.key.differing or of.key.returns_share:
        return None
    receipts = list(rows_of_receipts(of.cells, of.key))
    for column in of.columns:
        if not may_number(column) or of.means.word_of(column) or column.empty or is_count(column):
            continue
        numbers = [{cell(of.table.rows[row], column) for row in rows} for rows in receipts]
        if all(len(each) == 1 for each in numbers) and len(set().union(*numbers)) == len(receipts):
            return column
    return None


def is_count(column: SeenColumn) -> bool:
    """Whether a column counts the rows of this very file, from its first one on."""
    return column.counts_rows and (is_one_of(column.name, COUNTERS) or min(map(int, column.texts)) <= 1)


def numbered(of: Inspection, column: SeenColumn) -> None:
    """The column of numbers, or the question which of several it is; one that only counts the rows is none."""
    several = [column, *of.means.rivals.get("receipt", [])]
    several = [each for each in several if not counts_rows(each)] or several
    first = several[0]
    if first is not column and of.cells is not None:
        of.means.of_word["receipt"] = first
        of.cells = filled_cells(of.table.rows, of.means, of.number_form, signs=of.signs, fill=of.fill)
    place = of.place_of(first)
    others = [of.place_of(each) for each in several[1:] if each.filled * 2 > first.filled and not go_together(of, first, each)]
    if others:
        of.draft.ask("columns.receipt", phrase("Which column has the receipt's number?"), [place, *others], place)
    else:
        of.draft.settle("columns.receipt", place)


def keeps_together(of: Inspection, column: SeenColumn) -> bool:
    """Whether equal numbers stand one below the other and have one date, as those of receipts and no others do."""
    date = of.means.get("date")
    pairs = [(cell(row, column), cell(row, date)) for row in of.table.rows if cell(row, column)]
    runs = sum(before != after for before, after in pairwise([("", ""), *pairs]))
    return runs == len(column.texts) == len(set(pairs))


def counts_rows(column: SeenColumn) -> bool:
    """Whether a column only counts the rows, by its name and by what stands in it."""
    return column.counts_rows and is_one_of(column.name, COUNTERS)


def go_together(of: Inspection, one: SeenColumn, other: SeenColumn) -> bool:
    """Whether two columns tell the same rows apart, so that it does not matter which of them is taken."""
    pairs = {(cell(row, one), cell(row, other)) for row in of.table.rows}
    return len(pairs) == len({first for first, _ in pairs}) == len({second for _, second in pairs})


def returns_of(cells: Cells) -> list[bool]:
    """The rows that came back, by a sign or a label."""
    return negatives(cells, ("quantity", "amount", "total"), is_return)


def originals_settled(of: Inspection) -> None:
    """The column by which returns name their sale: filled on returns alone, with numbers of receipts."""
    receipt = of.means.get("receipt")
    if of.cells is None or receipt is None or "original_receipt" in of.means:
        return
    back = returns_of(of.cells)
    numbers, shapes = set(receipt.texts), {shape(text) for text in receipt.texts}
    for column in of.columns:
        if not column.texts or of.means.word_of(column) or not column.empty:
            continue
        rows = [row for row, cells in enumerate(of.table.rows) if cell(cells, column)]
        texts = [cell(of.table.rows[row], column) for row in rows]
        known = sum(text in numbers for text in texts)
        alike = sum(shape(text) in shapes for text in texts)
        if sum(back[row] for row in rows) >= NEARLY_ALL * len(rows) and (known * 2 >= len(rows) or alike == len(rows)):
            of.means.of_word["original_receipt"] = column
            why = phrase("It has numbers of receipts, on returns alone.")
            of.found("original_receipt", phrase("The sale of a return"), column.name, why)
            return


def shape(text: str) -> str:
    """A number's digits as 0, its letters as a: receipts of one till look alike."""
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "0", text))


def may_number(column: SeenColumn) -> bool:
    """Whether a column could hold numbers of receipts: many different ones, few empty."""
    whole = column.look in {"card", "text"} or (column.look == "number" and all(map(str.isdigit, column.texts)))
    numbered = column.share(lambda text: any(map(str.isdigit, text))) >= NEARLY_ALL
    return whole and numbered and len(column.texts) > 1 and len(column.texts) * 20 >= column.filled


def key_settled(of: Inspection) -> None:
    """What tells receipts apart."""
    key = of.key
    if key is None:
        return
    parts = ", ".join(key.parts)
    title = phrase("Receipts")
    seen = phrase(
        "{count} receipt, told apart by: {parts}",
        "{count} receipts, told apart by: {parts}",
        count=key.receipts,
        parts=parts,
    )
    if key.returns_share:
        of.found("receipt_key", title, seen, phrase("Returns have the number of their sale."))
        ask = phrase("Rows with minus repeat a number on another day. Do returns carry the number of their sale?")
        of.draft.ask("returns_share_number", ask, ["yes", "no"], "yes")
    elif key.differing:
        why = phrase(
            "{count} number stands for several days or tills.",
            "{count} numbers stand for several days or tills.",
            count=key.differing,
        )
        of.found("receipt_key", title, phrase("not certain"), why)
        ask = phrase("The same number stands on several days or tills. What tells two receipts apart?")
        of.draft.ask("receipt_key", ask, [("date", "receipt"), ("date", "till", "receipt"), ("receipt",)])
    elif key.parts != ("receipt",):
        of.found("receipt_key", title, seen, phrase("The same number stands for different receipts."))
        of.draft.settle("receipt_key", key.parts, phrase("The same number stands for different receipts, so more tells them apart."))
    else:
        of.found("receipt_key", title, seen, phrase("No number stands on two days or tills."))


def returns_settled(of: Inspection, *, by_label: bool) -> None:
    """How returns are told from sales."""
    if by_label:
        of.found("returns", phrase("Returns"), phrase("by label"), None)
        of.draft.settle("returns", "by label")
        return
    cells = of.cells
    if cells is None:
        return
    count = sum(negatives(cells, ("quantity",), lambda _: False))
    money = sum(negatives(cells, ("amount", "total"), lambda _: False))
    title = phrase("Returns")
    if count:
        of.found("returns", title, phrase("negative quantity"), phrase("{count} row", "{count} rows", count=count))
        of.draft.settle("returns", "negative quantity")
    elif money:
        of.found("returns", title, phrase("negative amount"), phrase("{count} row", "{count} rows", count=money))
        if mixed_signs(of):
            ask = phrase("Some receipts have amounts with minus beside others. Are those returns, or discounts of the receipt?")
            choices = ["negative amount", "negative quantity"]
            of.draft.ask("returns", ask, choices)
        else:
            of.draft.settle("returns", "negative amount")


def mixed_signs(of: Inspection) -> bool:
    """Whether receipts have amounts above and below zero, those of rows that are called discounts left out."""
    cells = of.cells
    if cells is None or of.key is None or "amount" not in cells.of_word:
        return False
    minus = negatives(cells, ("amount",), lambda _: False)
    columns = [cells.days() if part == "date" else cells.of_word[part] for part in of.key.parts]
    signs: dict[tuple[str, ...], set[bool]] = {}
    names = [" ".join(each) for each in zip(*(cells.of_word[word] for word in ("product", "product_name") if word in cells.of_word))]
    for row in range(cells.count):
        if minus[row] and names and DISCOUNT.search(names[row]):
            continue
        signs.setdefault(tuple(column[row] for column in columns), set()).add(minus[row])
    return any(len(each) > 1 for each in signs.values())
