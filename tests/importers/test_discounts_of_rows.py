"""What was paid for a row counts, whether its discount is money or a percent, off its amount already or not."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.importers.layouts.layout import Layout
from loyalty_cli.importers.receipts.purchases import PurchaseFile
from loyalty_cli.importers.terms import Terms
from loyalty_cli.operations.imports.inspect_file import inspect_file
from loyalty_cli.reading.forms.encodings import survey
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

TERMS = Terms(timezone="Europe/Warsaw", digits=2)
COLUMNS = {"receipt": "nr", "date": "date", "quantity": "quantity", "discount": "discount"}


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize(
    ("settings", "money", "row", "paid", "off"),
    [
        # 80.00 were paid after 8.00 came off.
        ({}, "amount", "2,8.00,80.00", 8000, 800),
        # 80.00 - 8.00 = 72.00
        ({"amounts_are": "before discount"}, "amount", "2,8.00,80.00", 7200, 800),
        # 80.00 less 10 % = 72.00
        ({"amounts_are": "before discount", "discount_is": "percent"}, "amount", "2,10.00,80.00", 7200, 800),
        # 72.00 is what is left of 80.00 after 10 %: 72.00 x 10 / 90 = 8.00 came off
        ({"discount_is": "percent"}, "amount", "2,10 %,72.00", 7200, 800),
        # Nothing is left of what was given away.
        ({"discount_is": "percent"}, "amount", "2,100,0.00", 0, 0),
        ({"discount_is": "percent"}, "amount", "2,,72.00", 7200, 0),
        # 2 x 40.00 - 8.00 = 72.00; a price is one before discounts
        ({}, "price", "2,8.00,40.00", 7200, 800),
        ({"discount_is": "percent"}, "price", "2,10,40.00", 7200, 800),
        ({"amounts_are": "after discount"}, "price", "2,8.00,40.00", 8000, 800),
        # 4.20 x 2 less 10 %: 8.40 - 0.84 = 7.56
        ({"discount_is": "percent"}, "price", "2,10.00,4.20", 756, 84),
        # A return of two: -(80.00 - 8.00)
        ({"amounts_are": "before discount"}, "amount", "-2,8.00,-80.00", -7200, -800),
    ],
)
def test_what_was_paid_and_what_came_off(
    tmp_path: Path, *, settings: dict[str, str], money: str, row: str, paid: int, off: int, quoted: bool
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"nr,date,quantity,discount,{money}\n1,2026-03-02 10:00:00,{row}\n", encoding="utf-8")
    layout = Layout.model_validate({**settings, "columns": {**COLUMNS, money: money}})
    file = PurchaseFile(path, layout, TERMS, store="North", survey=None if quoted else survey(path))
    batch = next(batch for batch in file.batches() if batch.numbers)
    assert (list(batch.amounts), list(batch.discounts)) == ([paid], [off])


def test_a_percent_beyond_a_hundred_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("nr,date,quantity,discount,amount\n1,2026-03-02 10:00:00,1,120,80.00\n", encoding="utf-8")
    layout = Layout.model_validate({"discount_is": "percent", "columns": {**COLUMNS, "amount": "amount"}})
    batches = list(PurchaseFile(path, layout, TERMS, store="North").batches())
    assert [str(row.reason) for batch in batches for row in batch.set_aside] == ["discount: '120' is not a number of the layout's form"]


def test_a_report_of_1c_counts_what_was_paid_and_not_the_sum_before_the_discount(tmp_path: Path) -> None:
    shop = shop_in(tmp_path, "program: Клуб\ncurrency: RUB\ntimezone: Europe/Moscow\nstarts: 2026-01-01\n")
    path = tmp_path / "чеки.csv"
    rows = [
        "Дата;Номер чека;Номенклатура;Количество;Цена;Сумма;Скидка, %;Сумма скидки;Сумма со скидкой;Номер карты",
        "02.03.2026 10:15;1;Ткань;2;100,00;200,00;10;20,00;180,00;2900001",
        "02.03.2026 10:15;1;Нитки;1;50,00;50,00;0;0,00;50,00;2900001",
    ]
    path.write_text("".join(f"{row}\n" for row in rows), encoding="cp1251")
    # 180.00 + 50.00
    assert taken_in(shop, str(path))["total"] == "230.00"
    assert asked(shop, "SELECT amount, discount FROM line ORDER BY id") == [(18000, 2000), (5000, 0)]


# Product, quantity, price, discount: 4 products, each sold with 10 % off and without.
SOLD = [("tea", 2, 1000), ("mug", 1, 4000), ("jam", 3, 600), ("pot", 1, 9000)]


def priced(folder: Path, *, after: bool, amount: bool, products: int = 4) -> str:
    """A file with prices before or after the discount, in hundredths; with or without a column price times quantity."""
    rows = []
    for number, (name, quantity, price) in enumerate(SOLD[:products] * 2):
        off = quantity * price // 10 if number >= products else 0
        one = price - off // quantity if after else price
        cells = [number + 1, "2026-03-02 10:00:00", 2901, name, quantity, f"{one / 100:.2f}", f"{off / 100:.2f}"]
        rows.append(",".join(map(str, [*cells, *([f"{quantity * one / 100:.2f}"] if amount else [])])))
    header = "Receipt no,Date,Card,Product,Quantity,Price,Discount" + (",Amount" if amount else "")
    path = folder / "priced.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return str(path)


# Without discounts: 20 + 40 + 18 + 90 = 168.00; with a tenth off 151.20; together 319.20
@pytest.mark.parametrize("after", [True, False])
@pytest.mark.parametrize("amount", [True, False])
def test_prices_of_the_same_goods_say_whether_discounts_are_off(tmp_path: Path, *, after: bool, amount: bool) -> None:
    data: Any = inspect_file(shop_in(tmp_path / "shop"), priced(tmp_path, after=after, amount=amount)).data
    assert data["questions"] == []
    assert data["trial"]["total_minor"] == 31920


def test_too_few_goods_leave_the_question(tmp_path: Path) -> None:
    data: Any = inspect_file(shop_in(tmp_path / "shop"), priced(tmp_path, after=False, amount=True, products=2)).data
    assert [question["setting"] for question in data["questions"]] == ["amounts_are"]
