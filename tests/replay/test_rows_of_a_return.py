"""The rows of a return that names no sale find the same purchases in whatever order they stand."""

from __future__ import annotations

from itertools import permutations

from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from loyalty_cli.replay.bought import Bought
from loyalty_cli.replay.purchases import Purchases


def left(sold: list[tuple[int, int]], back: tuple[tuple[int, int], ...]) -> tuple[int, list[int]]:
    """How much of one return fits nothing, and what is left of each purchase; prices in coins, quantities in thousandths."""
    purchases = Purchases()
    for number, (price, quantity) in enumerate(sold):
        item = Item(1, 0, price, price, quantity)
        purchases.add(Purchase(number, number, PURCHASE, number, "", price, ((0, price),), (item,)), version=0)
    items = tuple(Item(1, 0, price, price, quantity) for price, quantity in back)
    matched = purchases.give_back(Return(99, 99, RETURN, 99, "", items, None), by_line=True)
    return matched.unfit, [sum(goods.left for goods in bought.goods) for bought in purchases.by_id.values()]


def test_what_was_sold_by_weight_comes_back_whole() -> None:
    # 54.90 a kilogram: 2.5 kg are 137.25, 1.25 kg are 68.625, which is 68.63; half of 137.25 would be 68.62.
    sold = [(137_25, 2500), (68_63, 1250)]
    assert [left(sold, rows) for rows in permutations(sold)] == [(0, [0, 0])] * 2


def test_a_row_of_more_pieces_than_were_sold_at_its_price_waits_for_that_of_the_others() -> None:
    # One at 12.00 belongs to its sale; two at 10.00 to the one at 10.00, and 10.00 of that at 15.00.
    sold = [(15_00, 1000), (10_00, 1000), (12_00, 1000)]
    rows = ((20_00, 2000), (12_00, 1000))
    assert [left(sold, each) for each in permutations(rows)] == [(0, [5_00, 0, 0])] * 2


def test_pieces_that_a_row_of_their_own_made_free_go_with_all_of_the_receipt() -> None:
    # A cup for 10.00 less 10.00, and bread for 20.00 in one piece; 5.00 that name no product, then the bread, then all of it.
    free, bread = (Item(1, 1, 10_00, 10_00, 1000), Item(1, 1, -10_00, -10_00)), Item(2, 0, 20_00, 20_00, 1000)
    bought = Bought(Purchase(1, 1, PURCHASE, 1, "", 20_00, ((0, 20_00), (1, 0)), (*free, bread)), 0)
    back = []
    for item in (Item(0, 0, 5_00, 5_00), Item(2, 0, 10_00, 10_00, 500), Item(2, 0, 5_00, 5_00)):
        assert bought.give_back((item,), by_line=True) == 0
        back.append((dict(bought.some_back.money), dict(bought.some_back.units)))
    assert [money[0] for money, _ in back] == [5_00, 15_00, 20_00]
    assert [units for _, units in back] == [{0: 250}, {0: 750}, {0: 1000, 1: 1000}]
