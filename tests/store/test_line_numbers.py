"""The numbers of lines: a receipt's own with twelve bits added."""

from __future__ import annotations

from loyalty_cli.store.imports.receipts import line_numbers


def test_lines_are_numbered_from_their_receipts_number_on() -> None:
    # 3 x 4096 = 12288 and the one behind it; 4 x 4096 = 16384
    assert line_numbers(3, [0, 2, 3]) == [12288, 12289, 16384]


def test_a_receipt_without_lines_takes_no_number_from_the_next() -> None:
    # Of receipts 1, 2 and 3 only the second has a line: 2 x 4096 = 8192
    assert line_numbers(1, [0, 0, 1, 1]) == [8192]
    assert line_numbers(5, [0, 0]) == []
