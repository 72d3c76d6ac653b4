"""Numbers of new cards, worked by hand."""

from __future__ import annotations

from loyalty_cli.model.card_numbers import card_number_of
from loyalty_cli.model.card_numbers import may_be_anothers
from loyalty_cli.model.check_digits import ean_holds
from loyalty_cli.model.check_digits import luhn_holds


def test_a_number_is_prefix_serial_and_check_digit() -> None:
    # 290120000001: from the right 3*1 + 0+0+0+0+0+0 + 2*1 + 3*1 + 0*1 + 9*3 + 2*1:
    # digits 2 9 0 1 2 0 0 0 0 0 0 1 with weights 1 3 1 3 1 3 1 3 1 3 1 3 = 2 + 27 + 0 + 3 + 2 + 3 = 37, so 3.
    assert card_number_of("29012", 1, check="ean", digits=13) == "2901200000013"
    assert card_number_of("7", 42, check="none", digits=6) == "700042"
    # 600 0001 with Luhn: from the right 2*1, 0, 0, 0, 0, 0, 2*6 = 12 so 3: 2 + 3 = 5, so 5.
    assert card_number_of("600", 1, check="luhn", digits=8) == "60000015"


def test_every_number_holds_by_its_check() -> None:
    for serial in range(1, 2000, 7):
        assert ean_holds(card_number_of("29012", serial, check="ean", digits=13))
        assert luhn_holds(card_number_of("6300", serial, check="luhn", digits=16))


def test_a_prefix_of_goods_is_told_from_those_that_shops_may_use() -> None:
    assert [may_be_anothers(prefix, "ean") for prefix in ("590123", "29", "20", "04", "02")] == [True] + [False] * 4
    assert not may_be_anothers("590123", "luhn")
