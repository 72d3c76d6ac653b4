"""The draft's settings of amounts: which column is what was paid, and which is a receipt's total beside its rows."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.discounts import discounts_settled
from loyalty_cli.importers.inspecting.discounts import of_discount
from loyalty_cli.importers.inspecting.discounts import paid_instead
from loyalty_cli.importers.inspecting.draft import Together
from loyalty_cli.importers.inspecting.header_words import AFTER_DISCOUNT
from loyalty_cli.importers.inspecting.header_words import has_word_of
from loyalty_cli.importers.inspecting.header_words import is_delivery
from loyalty_cli.importers.inspecting.header_words import is_tax
from loyalty_cli.importers.inspecting.header_words import NET
from loyalty_cli.importers.inspecting.header_words import PAYMENT
from loyalty_cli.importers.inspecting.header_words import SURELY
from loyalty_cli.importers.inspecting.header_words import words_for
from loyalty_cli.importers.inspecting.row_numbers import A_COIN
from loyalty_cli.importers.inspecting.row_numbers import less_product
from loyalty_cli.importers.inspecting.row_numbers import plus
from loyalty_cli.importers.inspecting.row_numbers import product
from loyalty_cli.importers.inspecting.row_numbers import RowNumbers
from loyalty_cli.importers.inspecting.row_numbers import same
from loyalty_cli.importers.inspecting.seen_receipts import agrees
from loyalty_cli.importers.inspecting.seen_receipts import cell
from loyalty_cli.importers.inspecting.seen_receipts import ENOUGH
from loyalty_cli.importers.inspecting.seen_receipts import filled_cells
from loyalty_cli.importers.inspecting.seen_receipts import is_of_each_row
from loyalty_cli.importers.inspecting.seen_receipts import said_on_all_rows
from loyalty_cli.importers.inspecting.totals import is_total_of_receipt
from loyalty_cli.importers.inspecting.totals import of_rows
from loyalty_cli.importers.inspecting.totals import totals_settled
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn
    from loyalty_cli.model.shown.phrase import Phrase

SURE = 0.98
# What tells the rows of a receipt apart.
SOLD = ("product", "product_name", "quantity", "price")
# A name that says amount or total so well makes a column a second one, until arithmetic says what it is.
SAYS_MONEY = 45


def amounts_settled(of: Inspection) -> None:
    """The column of amounts, the discounts, and that of totals if rows repeat one."""
    if of.cells is None:
        return
    numbers, means = RowNumbers(of), of.means
    amount = amount_told(of, numbers)
    if amount is not None and (totals := totals_repeated(of, numbers)):
        if (part := part_of_total(of, numbers, amount)) is None:
            repeated(of, amount, totals)
            return
        amount = part
    if amount is not None:
        amount = paid(of, numbers, amount)
    elif is_filled(of, "price") and is_filled(of, "quantity"):
        amount = by_price(of, numbers)
    elif not is_filled(of, "total"):
        free = [of.place_of(column) for column in of.columns if column.look == "number" and not means.word_of(column)]
        of.draft.ask("columns.amount", phrase("Which column has what the customer paid for the row?"), free or ["1"])
    discounts_settled(of, numbers, amount)
    totals_settled(of, numbers, amount)


def amount_told(of: Inspection, numbers: RowNumbers) -> SeenColumn | None:
    """The column that is called the amount, a total that is one of each row, or the one that arithmetic says it is."""
    total = of.means.of_word.pop("total") if of_rows(of, numbers) else None
    if is_filled(of, "amount"):
        return of.means.of_word["amount"]
    if total is None:
        return paid_by_arithmetic(of, numbers)
    of.means.of_word["amount"] = total
    of.cells = filled_cells(of.table.rows, of.means, of.number_form, signs=of.signs, fill=of.fill)
    return total


def totals_repeated(of: Inspection, numbers: RowNumbers) -> list[str]:
    """The amounts of receipts that say the same on all their rows though it is not what each row cost; none if some do not."""
    total, amount = of.means.get("total"), of.means.of_word["amount"]
    if of.cells is None or of.key is None or is_of_each_row(of.cells, "amount", of.key):
        return []
    if total is not None and is_total_of_receipt(of, numbers, amount, total):
        return []
    parts = parts_told(of)
    said = said_on_all_rows(of.cells, "amount", of.key, parts or [list(map(str, of.table.rows))])
    return said if parts or len(set(said)) > 1 else []


def parts_told(of: Inspection) -> list[list[str]]:
    """What tells the rows of a receipt apart: what was sold, or in a list of payments how it was paid."""
    paid_by = (column for column in of.columns if has_word_of(column.name, PAYMENT) and not column.numbers)
    return goods_told(of) or [[cell(row, column) for row in of.table.rows] for column in paid_by]


def goods_told(of: Inspection) -> list[list[str]]:
    """What the rows say was sold."""
    return [of.cells.of_word[word] for word in SOLD if word in of.cells.of_word] if of.cells is not None else []


def part_of_total(of: Inspection, numbers: RowNumbers, total: SeenColumn) -> SeenColumn | None:
    """Another amount that comes to the total of each receipt, as its payments do: it is the amount then."""
    part = next((each for each in rivals_of(of, numbers, total, set()) if is_total_of_receipt(of, numbers, each, total)), None)
    if part is not None:
        of.means.of_word["amount"] = part
    return part


def paid_by_arithmetic(of: Inspection, numbers: RowNumbers) -> SeenColumn | None:
    """The column, whatever it is called, that is quantity times price less another one: what was paid, less the discount."""
    price, count = of.means.get("price"), of.means.get("quantity")
    if price is None or count is None or is_filled(of, "total"):
        return None
    free = [each for each in of.columns if each.numbers and each.texts and not (of.means.word_of(each) or is_tax(each.name))]
    named = of_discount(of)
    for discount in [named] if named is not None else free:
        paid = next((each for each in free if each is not discount and is_paid(numbers, (count, price, discount, each))), None)
        if paid is not None:
            of.means.of_word.update(amount=paid, discount=discount)
            of.cells = filled_cells(of.table.rows, of.means, of.number_form, signs=of.signs, fill=of.fill)
            return paid
    return None


def is_paid(numbers: RowNumbers, columns: tuple[SeenColumn, SeenColumn, SeenColumn, SeenColumn]) -> bool:
    """Whether the last is quantity times price less the third, on rows with a discount and on those without."""
    return numbers.agree(columns, less_product, telling=2) and numbers.agree(columns, less_product)


def is_filled(of: Inspection, word: str) -> bool:
    """Whether a column is there and has anything in it."""
    column = of.means.get(word)
    return column is not None and bool(column.texts)


def by_price(of: Inspection, numbers: RowNumbers) -> SeenColumn | None:
    """Amounts that are worked out from prices; or the column of prices is that of amounts, as the goods themselves show."""
    price, quantity = of.means.of_word["price"], of.means.of_word["quantity"]
    if is_of_whole_rows(of, numbers):
        of.means.of_word["amount"] = of.means.of_word.pop("price")
        of.cells = filled_cells(of.table.rows, of.means, of.number_form, signs=of.signs, fill=of.fill)
        return paid(of, numbers, price)
    of.found("amount", phrase("Amounts"), phrase("{price} × {quantity}", price=price.name, quantity=quantity.name))
    of.draft.settle("columns.price", of.place_of(price))
    return None


def is_of_whole_rows(of: Inspection, numbers: RowNumbers) -> bool:
    """Whether two of the same goods stand for twice the money of one, wherever goods come in several quantities."""
    named = [column for word in ("product", "product_name") if (column := of.means.get(word))]
    seen: dict[tuple[str, ...], set[tuple[int, int]]] = {}
    columns = (numbers.of(of.means.of_word[word]) for word in ("quantity", "price"))
    for row, count, money in zip(of.table.rows, *columns, strict=False):
        if named and count and money:
            seen.setdefault(tuple(cell(row, column) for column in named), set()).add((abs(count), abs(money)))
    pairs = [(one, two) for each in seen.values() for one, two in pairwise(sorted(each)) if one[0] != two[0]]
    return bool(pairs) and all(one[1] * two[0] == two[1] * one[0] for one, two in pairs)


def paid(of: Inspection, numbers: RowNumbers, named: SeenColumn) -> SeenColumn:
    """Settle which column is what was paid for the row: with VAT and after discounts. A question if names and sums leave one."""
    amount, remark = named, None
    instead = paid_instead(of, numbers, named)
    if instead is not None:
        amount, remark = instead, phrase("{name} is before the discount; this is what was paid.", name=named.name)
    gross = with_tax(of, numbers, amount)
    if gross is not None and (has_word_of(amount.name, NET) or says_money(gross)):
        amount, remark = gross, phrase("{name} is without VAT; this is what was paid.", name=amount.name)
    doubtful = [*rivals_of(of, numbers, amount, {named}), *([gross] if gross is not None and gross is not amount else [])]
    place = of.place_of(amount)
    if doubtful:
        places = list(dict.fromkeys([place, *map(of.place_of, doubtful)]))
        ask = phrase("Several columns could be what the customer paid for the row after discounts. Which is it?")
        of.draft.ask("columns.amount", ask, places)
        of.found("amount", phrase("Amounts"), phrase("not certain"))
    elif gross is None and is_called_net(amount.name, instead=instead is not None) and not adds_up(of, numbers, amount):
        ask = phrase("{name} seems to be without VAT, and no column is what the customer paid. Take it all the same?", name=amount.name)
        of.draft.ask("columns.amount", ask, [place])
        of.found("amount", phrase("Amounts"), phrase("not certain"))
    else:
        of.draft.settle("columns.amount", place, remark)
        of.found("amount", phrase("Amounts"), amount.name, how_it_agrees(of))
    return amount


def is_called_net(name: str, *, instead: bool) -> bool:
    """Whether an amount is called one without VAT; net alone is less a discount where it stands `instead` of another amount."""
    return has_word_of(name, NET) and not has_word_of(name, ("sales", "net") if instead else ("sales",))


def adds_up(of: Inspection, numbers: RowNumbers, amount: SeenColumn) -> bool:
    """Whether amounts come to what was paid for their receipts, as Total collected says it; then they are not without VAT."""
    wholes = (each for each in of.columns if words_for(each.name).get("amount") == SURELY and not has_word_of(each.name, NET))
    return any(is_total_of_receipt(of, numbers, amount, each) for each in wholes if each.numbers)


def with_tax(of: Inspection, numbers: RowNumbers, amount: SeenColumn) -> SeenColumn | None:
    """The column that is the amount and the tax together, if there is one."""
    money = [column for column in of.columns if column.numbers and column is not amount]
    taxes = [column for column in money if is_tax(column.name)]
    return next(
        (gross for tax in taxes for gross in money if gross is not tax and numbers.agree((amount, tax, gross), plus, telling=1)),
        None,
    )


def rivals_of(of: Inspection, numbers: RowNumbers, amount: SeenColumn, known: set[SeenColumn]) -> list[SeenColumn]:
    """The columns that are called amounts, too, and of which arithmetic does not say what they are."""
    named = [each for each in of.means.rivals.get("amount", []) if each.texts]
    for column in of.columns:
        if column.numbers and column.texts and not of.means.word_of(column) and says_money(column) and column not in named:
            named.append(column)
    named += [each for each in known if each not in named]
    return [each for each in named if each is not amount and not is_explained(of, numbers, amount, each)]


def says_money(column: SeenColumn) -> bool:
    """Whether a column is called an amount, a total or net, and not one of the delivery."""
    says = max(words_for(column.name).get(word, 0) for word in ("amount", "total"))
    return (says >= SAYS_MONEY or has_word_of(column.name, ("net",))) and not is_delivery(column.name)


def is_explained(of: Inspection, numbers: RowNumbers, amount: SeenColumn, other: SeenColumn) -> bool:
    """Whether a second amount is the same, the tax, the sum without it, the price of one, or the sum before the discount."""
    if numbers.agree((amount, other), same) or is_tax(other.name):
        return True
    taxes = [column for column in of.columns if column.numbers and is_tax(column.name)]
    if any(numbers.agree((other, tax, amount), plus, telling=1) for tax in taxes):
        return True
    count, discount = of.means.get("quantity"), of.means.get("discount")
    if count is not None and numbers.agree((count, other, amount), product):
        return True
    if discount is not None and discount.texts and paid_instead(of, numbers, other) is amount:
        return True
    if has_word_of(other.name, NET):
        return not may_be_after_discount(of, numbers, amount, other)
    return is_total_of_receipt(of, numbers, amount, other)


def may_be_after_discount(of: Inspection, numbers: RowNumbers, amount: SeenColumn, net: SeenColumn) -> bool:
    """Whether a net amount may be without a discount: no tax is told, and it is less on some rows and the same on others."""
    if not has_word_of(net.name, ("net",)) or of.means.get("vat") is not None or has_word_of(amount.name, AFTER_DISCOUNT):
        return False
    pairs = [(abs(one), abs(two)) for one, two in zip(numbers.of(amount), numbers.of(net), strict=True) if one and two]
    return any(one - two > A_COIN for one, two in pairs) and any(one == two for one, two in pairs)


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


def repeated(of: Inspection, amount: SeenColumn, totals: list[str]) -> None:
    """An amount that is the same on all rows of each receipt: its total, unless everything costs the same or nothing tells rows apart."""
    place, count = of.place_of(amount), len(totals)
    why = phrase("The same on all rows of {count} receipt.", "The same on all rows of {count} receipts.", count=count)
    of.found("total", phrase("Totals"), amount.name, why)
    if is_filled(of, "price") and is_filled(of, "quantity"):
        of.draft.settle("columns.price", of.place_of(of.means.of_word["price"]))
        discounts_settled(of, RowNumbers(of), None)
    # Payments may be halves of their receipts, each of the same money; so may rows that only say how they were paid.
    sure = bool(goods_told(of))
    if sure and count >= ENOUGH and len(set(totals)) > 1:
        of.draft.settle("columns.total", place, phrase("The receipt's total, repeated on its rows; it counts once."))
        return
    ask = phrase(
        "{name} is the same on all rows of a receipt. Is it the receipt's total (total), or what each row cost (amount)?",
        name=amount.name,
    )
    of.draft.ask("columns.amount", ask, [Together(((word, place),)) for word in ("total", "amount")])
