"""Rows of totals by the patterns of a layout."""

from __future__ import annotations

import pytest

from loyalty_cli.importers.receipts.shaping import TotalRows


@pytest.mark.parametrize(
    ("patterns", "row", "is_total"),
    [
        (["итого*"], ["", " ИТОГО:", "55 000,00"], True),
        (["* всего"], ["101 Всего", "", "3"], True),
        (["* всего"], ["Всего хорошего", "1"], False),
        (["total"], ["Total Tea", "1"], False),
        (["*"], ["", ""], False),
        (["razem", "suma*"], ["x", "Suma dnia"], True),
    ],
)
def test_a_pattern_fits_a_whole_cell(patterns: list[str], row: list[str], *, is_total: bool) -> None:
    totals = TotalRows(patterns)
    assert (totals.among([["a", "b"], row]) and totals.has(row)) is is_total
