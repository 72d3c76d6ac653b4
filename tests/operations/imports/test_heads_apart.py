"""Files that mix rows of goods with rows that say a receipt's card and total: wherever in the file these stand, they are heard."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.operations.open_shop import Shop

LAYOUT = """\
columns: {receipt: no, date: day, card: card, product: product, amount: amount, total: total}
date_form: YYYY-MM-DD
head_rows: {kind: [H]}
cancelled: {state: [off]}
"""
HEADER = "no,day,card,product,amount,total,kind,state"
HEADS = ["1,2026-03-01,9001,,,10.00,H,", "2,2026-03-02,9002,,,20.00,H,"]
GOODS = ["1,2026-03-01,,tea,10.00,,S,", "2,2026-03-02,,tea,20.00,,S,"]
RECEIPTS = "SELECT r.number, c.number, total FROM receipt r LEFT JOIN card c ON c.id = card_id WHERE gone = 0 ORDER BY 1"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = shop_in(tmp_path)
    (shop.folder / "layouts").mkdir()
    (shop.folder / "layouts" / "till.yaml").write_text(LAYOUT, encoding="utf-8")
    return shop


def brought(shop: Shop, rows: Sequence[str]) -> list[tuple[str, str | None, int]]:
    """Import rows; number, card and total of the receipts."""
    taken_in(shop, export(shop, "a.csv", *rows, header=HEADER), layout="till", store="Market")
    return asked(shop, RECEIPTS)


@pytest.mark.parametrize("rows", list(permutations([*HEADS, *GOODS]))[::3])
def test_cards_are_heard_in_every_order_of_rows(shop: Shop, rows: tuple[str, ...]) -> None:
    assert brought(shop, rows) == [("1", "9001", 1000), ("2", "9002", 2000)]


def test_a_receipt_called_off_elsewhere_in_the_file_does_not_count(shop: Shop) -> None:
    assert brought(shop, [*GOODS, "1,2026-03-01,9001,,,10.00,H,off", HEADS[1]]) == [("2", "9002", 2000)]


def test_a_total_elsewhere_in_the_file_is_held_against_the_goods(shop: Shop) -> None:
    assert brought(shop, [*GOODS, HEADS[0].replace("10.00", "12.00"), HEADS[1]]) == [("2", "9002", 2000)]


def test_who_mends_goods_has_their_head_row_from_elsewhere_in_the_file(shop: Shop) -> None:
    rows = [GOODS[0].replace("2026-03-01", "2026-13-01"), GOODS[1], HEADS[1], HEADS[0]]
    figures = taken_in(shop, export(shop, "a.csv", *rows, header=HEADER), layout="till", store="Market")
    mended = Path(figures["set_aside_file"])
    mended.write_bytes(mended.read_bytes().replace(b"2026-13-01", b"2026-03-01"))
    taken_in(shop, str(mended))
    assert asked(shop, RECEIPTS) == [("1", "9001", 1000), ("2", "9002", 2000)]


def test_a_head_row_without_goods_is_no_receipt_and_no_trouble(shop: Shop) -> None:
    assert brought(shop, [GOODS[1], HEADS[1], HEADS[0], HEADS[0]]) == [("2", "9002", 2000)]


def test_a_receipt_with_two_cards_is_set_aside_and_one_card_written_twice_is_one(shop: Shop) -> None:
    rows = [
        *("1,2026-03-01,9001,,,10.00,H,", "1,2026-03-01,'9001,,,,H,", "1,2026-03-01,,tea,10.00,,S,"),
        *("2,2026-03-02,9001,,,20.00,H,", "2,2026-03-02,9002,,,,H,", "2,2026-03-02,,tea,20.00,,S,"),
    ]
    figures = taken_in(shop, export(shop, "a.csv", *rows, header=HEADER), store="S", layout="till")
    assert asked(shop, RECEIPTS) == [("1", "9001", 1000)]
    assert [row["reason"] for row in figures["set_aside_rows"]] == ["card: '9002' is not the card of this receipt's first row"]
    assert asked(shop, "SELECT number FROM card") == [("9001",)]
