"""The draft's settings of receipts: their number, blanks below the first row, amounts and totals, returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.draft import Together
from loyalty_cli.importers.inspecting.header_words import is_one_of
from loyalty_cli.importers.inspecting.header_words import RETURNS
from loyalty_cli.importers.inspecting.seen_receipts import agrees
from loyalty_cli.importers.inspecting.seen_receipts import blanks_below
from loyalty_cli.importers.inspecting.seen_receipts import ENOUGH
from loyalty_cli.importers.inspecting.seen_receipts import filled_cells
from loyalty_cli.importers.inspecting.seen_receipts import is_of_each_row
from loyalty_cli.importers.inspecting.seen_receipts import is_repeated
from loyalty_cli.importers.inspecting.seen_receipts import likely_key
from loyalty_cli.importers.inspecting.seen_receipts import negatives
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn
    from loyalty_cli.model.shown.phrase import Phrase

SURE = 0.98


def blanks_settled(of: Inspection) -> None:
    """Order cells that stand on the first row only."""
    of.fill = blanks_below(of.table.rows, of.means)
    of.cells = filled_cells(of.table.rows, of.means, of.number_form, signs=of.signs, fill=of.fill)
    if of.fill != "no":
        why = (
            phrase("The receipt's cells are empty on its further rows.")
            if of.fill == "within receipt"
            else phrase("A report in groups: an empty cell repeats the one above.")
        )
        of.found("fill_down", phrase("Empty cells"), of.fill, why)
        of.draft.settle("fill_down", of.fill)


def receipts_settled(of: Inspection) -> None:
    """The receipt's number and what else tells receipts apart."""
    column = of.means.get("receipt")
    if column is None or of.cells is None:
        ask = phrase("Which column has the receipt's number?")
        choices = [of.place_of(each) for each in of.columns if may_number(each) and not of.means.word_of(each)]
        of.draft.ask(
            "columns.receipt", ask, choices or [of.place_of(each) for each in of.columns if may_number(each)] or ["1"]
        )
        return
    place = of.place_of(column)
    others = [of.place_of(each) for each in of.means.rivals.get("receipt", [])]
    if others:
        of.draft.ask("columns.receipt", phrase("Which column has the receipt's number?"), [place, *others], place)
    else:
        of.draft.settle("columns.receipt", place)
    of.key = likely_key(
        of.cells, negatives(of.cells, ("quantity", "amount", "total"), lambda label: is_one_of(label, RETURNS))
    )
    key_settled(of)


def may_number(column: SeenColumn) -> bool:
    """Whether a column could hold numbers of receipts: many different ones, few empty."""
    whole = column.look in {"card", "text"} or (column.look == "number" and all(map(str.isdigit, column.texts)))
    return whole and len(column.texts) > 1 and len(column.texts) * 20 >= column.filled


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
        of.draft.settle(
            "receipt_key", key.parts, phrase("The same number stands for different receipts, so more tells them apart.")
        )
    else:
        of.found("receipt_key", title, seen, phrase("No number stands on two days or tills."))


def amounts_settled(of: Inspection) -> None:
    """The column of amounts, and that of totals if rows repeat one."""
    cells, means = of.cells, of.means
    amount = means.get("amount")
    if cells is None:
        return
    same = is_repeated(cells, "amount", of.key) if amount is not None and of.key is not None else 0
    if amount is not None and of.key is not None and same and not is_of_each_row(cells, "amount", of.key):
        repeated(of, amount, same)
        return
    if amount is not None:
        rivals = [each for each in means.rivals.get("amount", []) if each.texts]
        amount_settled(of, amount, rivals)
    elif is_filled(of, "price") and is_filled(of, "quantity"):
        of.found(
            "amount",
            phrase("Amounts"),
            phrase("{price} × {quantity}", price=means.of_word["price"].name, quantity=means.of_word["quantity"].name),
        )
        of.draft.settle("columns.price", of.place_of(means.of_word["price"]))
    elif not is_filled(of, "total"):
        numbers = [
            of.place_of(column) for column in of.columns if column.look == "number" and not means.word_of(column)
        ]
        of.draft.ask("columns.amount", phrase("Which column has what the customer paid for the row?"), numbers or ["1"])
    total = means.get("total")
    if total is not None and total.texts:
        total_settled(of, total)


def is_filled(of: Inspection, word: str) -> bool:
    """Whether a column is there and has anything in it."""
    column = of.means.get(word)
    return column is not None and bool(column.texts)


def amount_settled(of: Inspection, amount: SeenColumn, rivals: list[SeenColumn]) -> None:
    """The column of what was paid, or the question which of several it is."""
    place = of.place_of(amount)
    if rivals:
        ask = phrase("Several columns could be what the customer paid for the row after discounts. Which is it?")
        of.draft.ask("columns.amount", ask, [place, *(of.place_of(each) for each in rivals)])
        of.found("amount", phrase("Amounts"), phrase("not certain"))
        return
    of.draft.settle("columns.amount", place)
    of.found("amount", phrase("Amounts"), amount.name, how_it_agrees(of))


def how_it_agrees(of: Inspection) -> Phrase | None:
    """Whether amounts are quantity times price."""
    cells = of.cells
    if cells is None or not {"quantity", "price"} <= set(cells.of_word):
        return None
    if agrees(cells, "amount", with_discount=False) >= SURE:
        return phrase("It is quantity times price.")
    if "discount" in cells.of_word and agrees(cells, "amount", with_discount=True) >= SURE:
        return phrase("It is quantity times price less the discount.")
    return None


def repeated(of: Inspection, amount: SeenColumn, same: int) -> None:
    """An amount that is the same on all rows of each receipt: its total."""
    place = of.place_of(amount)
    why = phrase("The same on all rows of {count} receipt.", "The same on all rows of {count} receipts.", count=same)
    of.found("total", phrase("Totals"), amount.name, why)
    by_price = is_filled(of, "price") and is_filled(of, "quantity")
    if by_price:
        of.draft.settle("columns.price", of.place_of(of.means.of_word["price"]))
    if same >= ENOUGH:
        of.draft.settle("columns.total", place, phrase("The receipt's total, repeated on its rows; it counts once."))
        return
    ask = phrase(
        "{name} is the same on all rows of a receipt. Is it the receipt's total (total), or what each row cost (amount)?",
        name=amount.name,
    )
    of.draft.ask("columns.amount", ask, [Together(((word, place),)) for word in ("total", "amount")])


def total_settled(of: Inspection, total: SeenColumn) -> None:
    """The receipt's own total."""
    of.draft.settle("columns.total", of.place_of(total))
    of.found("total", phrase("Totals"), total.name)


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
            ask = phrase(
                "Some receipts have amounts with minus beside others. Are those returns, or discounts of the receipt?"
            )
            choices = ["negative amount", "negative quantity"]
            of.draft.ask("returns", ask, choices)
        else:
            of.draft.settle("returns", "negative amount")


def mixed_signs(of: Inspection) -> bool:
    """Whether receipts have amounts above and below zero."""
    cells = of.cells
    if cells is None or of.key is None or "amount" not in cells.of_word:
        return False
    minus = negatives(cells, ("amount",), lambda _: False)
    columns = [cells.days() if part == "date" else cells.of_word[part] for part in of.key.parts]
    signs: dict[tuple[str, ...], set[bool]] = {}
    for row in range(cells.count):
        signs.setdefault(tuple(column[row] for column in columns), set()).add(minus[row])
    return any(len(each) > 1 for each in signs.values())
