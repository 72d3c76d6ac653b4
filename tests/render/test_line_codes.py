"""EAN-13 and Code 128, against published patterns and an independent reader."""

from __future__ import annotations

import random

import pytest

from loyalty_cli.render.barcodes import line_code
from loyalty_cli.render.line_codes import code128_modules
from loyalty_cli.render.line_codes import code128_values
from loyalty_cli.render.line_codes import ean13_modules


def test_an_ean_13_has_the_published_pattern() -> None:
    # GS1's own example 4006381333931: first digit 4 makes the left side L G L L G G.
    # 0 L 0001101, 0 G 0100111, 6 L 0101111, 3 L 0111101, 8 G 0001001, 1 G 0110011.
    left = "000110101001110101111011110100010010110011"
    # R: 3 1000010, 3, 3, 9 1110100, 3, 1 1100110.
    right = "100001010000101000010111010010000101100110"
    assert ean13_modules("4006381333931") == f"101{left}01010{right}101"


def test_digits_are_paired_where_that_is_shorter() -> None:
    assert code128_values("1234") == [105, 12, 34]
    assert code128_values("12") == [105, 12]
    assert code128_values("7") == [104, 23]  # "7" is 55 in ASCII, less 32
    assert code128_values("99QPJ") == [104, 25, 25, 49, 48, 42]  # two digits are not worth a change of set
    assert code128_values("9999Q") == [105, 99, 99, 100, 49]
    assert code128_values("12345") == [104, 17, 99, 23, 45]  # one digit, then pairs
    assert code128_values("A123456B") == [104, 33, 99, 12, 34, 56, 100, 34]
    assert code128_values("A1234B") == [104, 33, 17, 18, 19, 20, 34]


def test_the_check_symbol_is_the_weighted_sum() -> None:
    # [104, 33, 34] for "AB": 104 + 1 x 33 + 2 x 34 = 205, less 103 is 102: widths 411131.
    ab = code128_modules("AB")
    assert ab.endswith("11110101110" + "1100011101011")
    assert len(ab) == 11 * 4 + 13


def test_a_number_with_a_wrong_check_digit_is_no_ean() -> None:
    # An EAN shows its digits below the lines, a Code 128 does not.
    assert "<text" in line_code("4006381333931", widest=86, tall=12)
    assert "<text" not in line_code("4006381333932", widest=86, tall=12)


def test_other_letters_and_texts_too_long_have_no_lines() -> None:
    assert line_code("карта", widest=86, tall=12) == ""
    assert line_code("X" * 60, widest=86, tall=12) == ""
    assert line_code("", widest=86, tall=12) == ""


def test_an_independent_reader_reads_every_text() -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    chance = random.Random(20261122)
    texts = ["99", "9999", "99AB", "00", "000", "7", " x ", "~", "1234567890123", "A1234567B99", "2.9/AB-77"]
    for _ in range(300):
        alphabet = chance.choice(["0123456789", "23456789CFGHJMPQRVWX", "".join(map(chr, range(33, 127)))])
        texts.append("".join(chance.choice(alphabet) for _ in range(chance.randint(1, 20))))
    for text in texts:
        line = [0 if dark == "1" else 255 for dark in "0" * 10 + code128_modules(text) + "0" * 10 for _ in range(2)]
        picture = memoryview(bytes(line * 20)).cast("B", shape=[20, len(line)])
        (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.Code128)
        assert found.text == text
