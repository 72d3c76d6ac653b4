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
    ],
)
def test_a_cancelled_receipt_is_asked_about(shop: Shop, column: str, cells: tuple[str, ...], label: str) -> None:
    with pytest.raises(ExportRefused) as caught:
        import_purchases(shop, [file_with(shop, column, *cells)])
    assert f"the column {column} says {label}" in str(caught.value)
    assert asked(shop, "SELECT count(*) FROM receipt") == [(0,)]


@pytest.mark.parametrize(
    ("column", "cells"),
    [("status", ("paid", "open")), ("cancelled", ("no", "nie")), ("Cancelled at", ("", "")), ("remark", ("cancelled", "void"))],
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
