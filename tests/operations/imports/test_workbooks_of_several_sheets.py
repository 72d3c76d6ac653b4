"""Of a workbook one sheet is read: what another one holds of the same is not lost without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.operations.imports.inspect_file import inspect_file
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEADER = ("receipt", "date", "card", "product", "quantity", "amount")
JANUARY = (HEADER, ("1", "2026-01-05 10:00:00", "2900001", "TEA", 1, 10.5))


def workbook(path: Path, **sheets: Sequence[Sequence[object]]) -> str:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return str(path)


@pytest.mark.parametrize("above", [[], [["Sales of February"], []]])
def test_a_sheet_with_the_same_columns_is_told_and_nothing_is_read(tmp_path: Path, above: list[list[str]]) -> None:
    shop = shop_in(tmp_path)
    february = [*above, HEADER, ("2", "2026-02-05 10:00:00", "2900001", "TEA", 1, 5)]
    path = workbook(tmp_path / "year.xlsx", January=JANUARY, February=february)
    with pytest.raises(ExportRefused, match="several sheets with the same columns, such as February"):
        taken_in(shop, path, store="North")
    with pytest.raises(ExportRefused, match="such as February"):
        inspect_file(shop, path)
    assert asked(shop, "SELECT count(*) FROM receipt") == [(0,)]


def test_other_sheets_do_not_matter(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    notes = [["Sales", "of", "January"], ["receipt", "date"], ["1", "checked"]]
    path = workbook(tmp_path / "year.xlsx", Empty=[], January=JANUARY, February=[HEADER, []], Notes=notes, Nothing=[])
    assert taken_in(shop, path, store="North")["total"] == "10.50"
