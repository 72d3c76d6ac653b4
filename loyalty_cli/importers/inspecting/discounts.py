"""The draft's settings of discounts: money or percents, off the amounts already or still to be taken off."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.header_words import AFTER_DISCOUNT
from loyalty_cli.importers.inspecting.header_words import BEFORE_DISCOUNT
from loyalty_cli.importers.inspecting.header_words import has_word_of
from loyalty_cli.importers.inspecting.row_numbers import A_COIN
from loyalty_cli.importers.inspecting.row_numbers import HUNDRED_PERCENT
from loyalty_cli.importers.inspecting.row_numbers import less
from loyalty_cli.importers.inspecting.row_numbers import less_percent
from loyalty_cli.importers.inspecting.row_numbers import NEARLY_ALL
from loyalty_cli.importers.inspecting.row_numbers import product
from loyalty_cli.importers.inspecting.seen_receipts import cell
from loyalty_cli.model.quantity import PIECE
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.inspecting.row_numbers import RowNumbers
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn

PERCENTS = ("%", "percent", "procent", "proc.", "процент", "prozent")
AFTER, BEFORE = "after discount", "before discount"
# So many products sold with and without a discount are no chance.
PRODUCTS_ENOUGH = 3


def is_percent(column: SeenColumn) -> bool:
    """Whether a column's name or its cells say percent."""
    name = column.name.casefold()
    return any(word in name for word in PERCENTS) or any(text.rstrip().endswith("%") for text in column.texts)


def of_discount(of: Inspection) -> SeenColumn | None:
    """The column of discounts, if it has anything in it."""
    column = of.means.get("discount")
    return column if column is not None and column.texts else None


def paid_instead(of: Inspection, numbers: RowNumbers, amount: SeenColumn) -> SeenColumn | None:
    """The column that is the amount less the discount, if there is one: that was paid."""
    discount = of_discount(of)
    if discount is None:
        return None
    rule = less_percent if is_percent(discount) else less
    others = (column for column in of.columns if column.numbers and column not in {amount, discount})
    return next((each for each in others if numbers.agree((amount, discount, each), rule, telling=1)), None)


def discounts_settled(of: Inspection, numbers: RowNumbers, amount: SeenColumn | None) -> None:
    """The column of discounts, and whether they are off already; without an amount the price is the one before them."""
    discount = of_discount(of)
    if discount is None:
        return
    percent = is_percent(discount)
    price, count = of.means.get("price"), of.means.get("quantity")
    if amount is not None and price is not None and count is not None and not percent:
        # A discount per cent that does not say so.
        percent = proved(numbers, (count, price, discount, amount), percent=True) and not proved(
            numbers, (count, price, discount, amount), percent=False
        )
    of.draft.settle("columns.discount", of.place_of(discount))
    if percent:
        of.draft.settle("discount_is", "percent")
    seen = phrase("percents") if percent else phrase("money")
    are = off_already(of, numbers, amount, percent=percent)
    if are is not None:
        why = phrase("It is off the amounts already.") if are == AFTER else phrase("It is still to be taken off the amounts.")
        of.found("discount", phrase("Discounts"), seen, why)
        # Without a word an amount is one after discounts, and a price one before them.
        if are == (BEFORE if amount is not None else AFTER):
            of.draft.settle("amounts_are", are)
        return
    of.found("discount", phrase("Discounts"), seen)
    has_any = any(number for number in numbers.of(discount))
    ask = phrase("{name}: is the discount off the amounts already (after discount), or still to be taken off?", name=discount.name)
    usual = AFTER if amount is not None else BEFORE
    of.draft.ask("amounts_are", ask, [AFTER, BEFORE], None if has_any else usual)


def proved(numbers: RowNumbers, columns: tuple[SeenColumn, ...], *, percent: bool) -> bool:
    """Whether quantity times price, less the discount, is the amount."""

    def rule(count: int, price: int, discount: int) -> int | None:
        whole = product(count, price)
        return less_percent(whole, discount) if percent else less(whole, discount)

    return numbers.agree(columns, rule, telling=2)


def off_already(of: Inspection, numbers: RowNumbers, amount: SeenColumn | None, *, percent: bool) -> str | None:
    """Whether arithmetic or the amount's own name say that discounts are off; None if they say nothing."""
    discount, price, count = of.means.of_word["discount"], of.means.get("price"), of.means.get("quantity")
    if amount is None or is_price_times_quantity(of, numbers, amount):
        return by_goods(of, numbers, (count, price, discount), percent=percent)
    if count is not None and price is not None and proved(numbers, (count, price, discount, amount), percent=percent):
        return AFTER
    rule = less_percent if percent else less
    known = {amount, discount, count}
    others = [column for column in of.columns if column.numbers and column not in known]
    less_off = any(numbers.agree((other, discount, amount), rule, telling=1) for other in others)
    by_list_price = count is not None and any(proved(numbers, (count, other, discount, amount), percent=percent) for other in others)
    if has_word_of(amount.name, BEFORE_DISCOUNT):
        return BEFORE
    if less_off or by_list_price or has_word_of(amount.name, AFTER_DISCOUNT):
        return AFTER
    return by_goods(of, numbers, (count, amount, discount), percent=percent)


def is_price_times_quantity(of: Inspection, numbers: RowNumbers, amount: SeenColumn) -> bool:
    """Whether an amount is quantity times price on the rows that have a discount, which is then not in it, or in the price."""
    discount, price, count = of_discount(of), of.means.get("price"), of.means.get("quantity")
    if discount is None or price is None or count is None:
        return False

    def rule(count: int, price: int, _discount: int) -> int:
        return product(count, price)

    return numbers.agree((count, price, discount, amount), rule, telling=2)


def by_goods(
    of: Inspection, numbers: RowNumbers, columns: tuple[SeenColumn | None, SeenColumn | None, SeenColumn], *, percent: bool
) -> str | None:
    """What the prices of the same goods say, sold with and without a discount: the same price is one before it.

    Where the price and its part of the discount come to the same on all rows of a product, it is one after it. In the
    place of prices may stand amounts; those of whole pieces are prices, too.
    """
    goods = of.means.get("product") or of.means.get("product_name")
    count, price, discount = columns
    of_rows = price is not of.means.get("price")
    if goods is None or count is None or price is None:
        return None
    sold: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for row, *values in zip(numbers.rows, *(numbers.of(each) for each in (count, price, discount)), strict=True):
        quantity, one, off = (abs(value) if value is not None else None for value in values)
        if quantity and one is not None and not (of_rows and quantity % PIECE):
            sold[cell(row, goods)].append((quantity, one * PIECE // quantity if of_rows else one, off or 0))
    told = [goods_say(rows, percent=percent) for name, rows in sold.items() if name]
    said = [each for each in told if each]
    for answer in (BEFORE, AFTER):
        if len(said) >= PRODUCTS_ENOUGH and said.count(answer) >= NEARLY_ALL * len(said):
            return answer
    return None


def goods_say(rows: list[tuple[int, int, int]], *, percent: bool) -> str | None:
    """What the rows of one product say (quantity, price, discount, in thousandths); None if none or all have the same discount."""
    shares = {off if percent else off * PIECE // quantity for quantity, _, off in rows}
    if len(shares) < 2:
        return None
    if len({one for _, one, _ in rows}) == 1:
        return BEFORE
    whole = [whole_price(quantity, one, off, percent=percent) for quantity, one, off in rows]
    return AFTER if max(whole) - min(whole) <= 2 * A_COIN else None


def whole_price(quantity: int, one: int, off: int, *, percent: bool) -> int:
    """The price of one before a discount, if the price is one after it."""
    if percent:
        return one * HUNDRED_PERCENT // (HUNDRED_PERCENT - off) if off < HUNDRED_PERCENT else one
    return one + off * PIECE // quantity
