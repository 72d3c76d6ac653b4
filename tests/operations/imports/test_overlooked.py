"""A state column that nobody has named a layout for is asked about, and does not let cancelled receipts count."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.operations.imports.purchases import import_purchases
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import shop_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = "program: Shop\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\n"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return shop_in(tmp_path / "shop", PROGRAM)


def file_with(shop: Shop, column: str, *cells: str) -> str:
    rows = [f"{number},2026-03-01,2901,{number}0.00,{cell}" for number, cell in enumerate(cells, 1)]
    path = shop.folder / "sales.csv"
    path.write_text("\n".join([f"receipt,date,card,amount,{column}", *rows, ""]), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("column", "cells", "label"),
    [
        ("status", ("paid", "paid", "cancelled"), "cancelled"),
        ("Stan", ("opłacony", "Anulowane przez klienta"), "Anulowane przez klienta"),
        ("Статус", ("оплачен", "отменён"), "отменён"),
        ("Stare", ("achitat", "anulată"), "anulată"),
        ("cancelled", ("no", "yes"), "yes"),
        ("Cancelled at", ("", "2026-03-02 10:00"), "2026-03-02 10:00"),
        # Whatever it is called: few words, and one of them says so.
        ("Realizacja", ("opłacone", "opłacone", "anulowano"), "anulowano"),
        ("Примечание", ("", "отменено"), "отменено"),
        ("X7", ("achitat", "anulat"), "anulat"),
        ("flow", ("paid", "cancelled by guest"), "cancelled by guest"),
        ("flow", ("cancelled by guest", "paid"), "cancelled by guest"),
    ],
)
def test_a_cancelled_receipt_is_asked_about(shop: Shop, column: str, cells: tuple[str, ...], label: str) -> None:
    with pytest.raises(ExportRefused) as caught:
        import_purchases(shop, [file_with(shop, column, *cells)])
    assert f"the column {column} says {label}" in str(caught.value)
    assert asked(shop, "SELECT count(*) FROM receipt") == [(0,)]


@pytest.mark.parametrize("columns", ["receipt,{},date,card,amount", "receipt,date,card,amount,{}", "amount,receipt,date,card,{}"])
@pytest.mark.parametrize("place", [0, 8000])
def test_it_is_asked_about_wherever_it_stands_in_a_long_file(shop: Shop, columns: str, place: int) -> None:
    names = columns.format("state").split(",")
    cells = {"date": "2026-03-01", "card": "2901", "amount": "7.00"}
    rows = [{**cells, "receipt": str(number), "state": "void" if number == place else "paid"} for number in range(9000)]
    path = shop.folder / "sales.csv"
    path.write_text("\n".join([",".join(names), *(",".join(row[name] for name in names) for row in rows), ""]), encoding="utf-8")
    with pytest.raises(ExportRefused, match="the column state says void"):
        import_purchases(shop, [str(path)])
    assert asked(shop, "SELECT count(*) FROM receipt") == [(0,)]


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("status", ("paid", "open")),
        ("cancelled", ("no", "nie")),
        ("Cancelled at", ("", "")),
        # Only a word's beginning, and no state beside it: shelves, brands, remarks.
        ("shelf", ("Annulus books", "tea")),
        ("remark", ("cancel her old card", "")),
    ],
)
def test_a_column_that_calls_nothing_off_is_no_question(shop: Shop, column: str, cells: tuple[str, ...]) -> None:
    import_purchases(shop, [file_with(shop, column, *cells)])
    assert asked(shop, "SELECT count(*) FROM receipt") == [(2,)]


def test_who_names_a_layout_has_said_what_counts(shop: Shop) -> None:
    layouts = shop.folder / "layouts"
    layouts.mkdir(exist_ok=True)
    columns = "{receipt: receipt, date: date, card: card, amount: amount}"
    text = f"delimiter: ','\ndate_form: YYYY-MM-DD\ncolumns: {columns}\n"
    (layouts / "all.yaml").write_text(text, encoding="utf-8")
    (layouts / "paid.yaml").write_text(f"{text}cancelled: {{status: [cancelled]}}\n", encoding="utf-8")
    file = file_with(shop, "status", "paid", "cancelled")
    # 20.00 were called off: 10.00 are left; who says that all count has 30.00.
    for layout, total in (("paid", "10.00"), ("all", "30.00")):
        data: Any = import_purchases(shop, [file], layout=layout, store=layout, dry_run=True).data
        assert data["files"][0]["total"] == total


def test_a_column_of_many_texts_holds_no_states(shop: Shop) -> None:
    """Thirteen remarks, the last of which is a word that would be a state among few."""
    remarks = [*(f"note {letter}" for letter in "abcdefghijklm"), "void"]
    import_purchases(shop, [file_with(shop, "note", *remarks)])
    assert asked(shop, "SELECT count(*) FROM receipt") == [(14,)]


ONE_C = "Номер чека;Дата;Дисконтная карта;Номенклатура;Количество;Цена;Сумма скидки;Сумма"


def cheques(shop: Shop, *rows: str) -> str:
    path = shop.folder / "one-c.csv"
    path.write_text("".join(f"{row}\n" for row in (ONE_C, *rows)), encoding="utf-8")
    return str(path)


def test_a_sum_before_the_discount_is_asked_about(shop: Shop) -> None:
    """2 x 250,00 = 500,00 although 50,00 are off: was 500,00 paid, or 450,00?"""
    before = [f"{number};02.03.2026;2901;Чай;2;250,00;50,00;500,00" for number in (1, 2, 3)]
    with pytest.raises(ExportRefused) as caught:
        import_purchases(shop, [cheques(shop, *before)], store="M")
    assert "Сумма is Количество × Цена although Сумма скидки is beside it" in str(caught.value)
    assert asked(shop, "SELECT count(*) FROM receipt") == [(0,)]


def test_a_sum_after_the_discount_comes_in(shop: Shop) -> None:
    """2 x 250,00 - 50,00 = 450,00 was paid, three times."""
    after = [f"{number};02.03.2026;2901;Чай;2;250,00;50,00;450,00" for number in (1, 2, 3)]
    import_purchases(shop, [cheques(shop, *after)], store="M")
    assert asked(shop, "SELECT sum(total) FROM receipt") == [(135000,)]
