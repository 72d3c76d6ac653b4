"""Cells of a workbook become the text that the till would have written."""

from __future__ import annotations

from datetime import date
from datetime import time

import pytest

from loyalty_cli.reading.csv.workbooks import CellForms


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        # Sixteen digits, as on a bank's card: none of them may be rounded away.
        (1_234_567_890_123_456, "1234567890123456"),
        (1_234_567_890_123_456.0, "1234567890123456"),
        (5_900_000_000_017, "5900000000017"),
        # 0.1 + 0.2 in binary fractions is 0.30000000000000004.
        (0.1 + 0.2, "0,3"),
        (-7.5, "-7,5"),
        (True, "True"),
        (None, ""),
        ("two\nlines", "two lines"),
        (date(2026, 3, 2), "02.03.2026"),
        (time(9, 5), "09:05:00"),
    ],
)
def test_a_cell_keeps_what_it_says(cell: object, text: str) -> None:
    assert CellForms(decimal_mark=",", date_form="DD.MM.YYYY").text(cell) == text
