"""Amounts of reports that went through a spreadsheet: a point and a comma are both decimal marks."""

from __future__ import annotations

import pytest

from loyalty_cli.reading.forms.numbers import money_reader
from loyalty_cli.reading.forms.numbers import NumberForm
from loyalty_cli.reading.forms.numbers import quantity_reader
from loyalty_cli.reading.forms.numbers import written

EITHER = NumberForm(decimal="either", thousands="space")


@pytest.mark.parametrize(
    ("text", "kopecks"),
    [("450,5", 45050), ("450.5", 45050), ("20 000,00", 2000000), ("20\u00a0000.00", 2000000), ("-7", -700)],
)
def test_a_point_and_a_comma_are_both_read(text: str, kopecks: int) -> None:
    assert money_reader(EITHER, 2)(text) == kopecks


@pytest.mark.parametrize("text", ["1.234", "1,234", "1.234,50", "1,234.50", "1,2,3", ""])
def test_what_may_be_thousands_is_refused(text: str) -> None:
    assert money_reader(EITHER, 2)(text) is None


def test_three_decimals_of_a_weight_are_decimals() -> None:
    assert (quantity_reader(EITHER)("0,351"), quantity_reader(EITHER)("0.351")) == (351, 351)


def test_it_is_written_with_a_point() -> None:
    assert written(123450, EITHER, 2) == "1 234.50"
