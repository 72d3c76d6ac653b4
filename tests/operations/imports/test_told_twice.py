"""Equal rows of one receipt that lie apart in one file: no goods are lost, and nothing counts twice without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.operations.imports.purchases import import_purchases
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

MILK = "2026-03-01,10:00:00,North,1,2900001,MILK,1,3.00"
CUP = "2026-03-01,10:00:00,North,1,2900001,CUP,1,7.00"
TEA, CAKE = (f"2026-03-01,11:00:00,North,{number},2900002,TEA,1,4.00" for number in (2, 3))
JAM = CAKE.replace("TEA,1,4.00", "JAM,1,7.00")


@pytest.mark.parametrize("before", [(), (TEA,)])
def test_two_equal_goods_with_another_receipt_between_are_two(tmp_path: Path, before: tuple[str, ...]) -> None:
    shop = shop_in(tmp_path)
    if before:
        taken_in(shop, export(shop, "before.csv", *before))
    taken_in(shop, export(shop, "a.csv", MILK, TEA, MILK, CAKE))
    # 3.00 + 3.00 of receipt 1; 4.00 each of the others
    assert asked(shop, "SELECT number, total FROM receipt WHERE gone = 0 ORDER BY number") == [("1", 600), ("2", 400), ("3", 400)]
    # The till writes them together the next time: the same receipt.
    assert taken_in(shop, export(shop, "b.csv", MILK, MILK, TEA))["known"] == 2


def test_a_whole_receipt_that_stands_twice_counts_once_and_is_told(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    outcome = import_purchases(shop, [export(shop, "a.csv", MILK, CUP, TEA, MILK, CUP)])
    assert asked(shop, "SELECT total FROM receipt WHERE number = '1'") == [(1000,)]
    assert "1 time a receipt stands there once more" in str(outcome.warnings[0])


@pytest.mark.parametrize("rows", [(MILK, TEA, MILK, TEA), (MILK, CUP, TEA, MILK, CUP, TEA), (MILK, CUP, TEA, MILK, CUP, CAKE, MILK, CUP)])
def test_each_time_that_receipts_stand_there_once_more_is_told_and_counts_once(tmp_path: Path, rows: tuple[str, ...]) -> None:
    shop = shop_in(tmp_path)
    outcome = import_purchases(shop, [export(shop, "a.csv", *rows)])
    # 3.00, 4.00, 7.00: each row counts once.
    assert asked(shop, "SELECT sum(total) FROM receipt") == [(sum(int(row[-4]) for row in set(rows)) * 100,)]
    assert "2 times a receipt stands there once more" in str(outcome.warnings[0])


def test_what_an_earlier_file_told_is_known_without_a_word(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    import_purchases(shop, [export(shop, "a.csv", MILK, TEA)])
    outcome = import_purchases(shop, [export(shop, "b.csv", MILK, TEA, CAKE)])
    assert not outcome.warnings


@pytest.mark.parametrize(
    ("rows", "totals"),
    [
        # 3.00 + 3.00 of receipt 1
        ((MILK, TEA, MILK), [("1", 600), ("2", 400)]),
        # Receipts 1 and 3 lie in each other, and three of the four rows were pasted once more: 2 x 10.00, and 4.00 + 7.00 + 4.00.
        ((MILK, CAKE, CUP, JAM, MILK, CAKE, CUP), [("1", 2000), ("3", 1500)]),
    ],
)
def test_rows_that_count_more_than_once_are_told(tmp_path: Path, rows: tuple[str, ...], totals: list[tuple[str, int]]) -> None:
    shop = shop_in(tmp_path)
    outcome = import_purchases(shop, [export(shop, "a.csv", *rows)])
    assert asked(shop, "SELECT number, total FROM receipt ORDER BY number") == totals
    assert [str(warning)[:49] for warning in outcome.warnings] == ["a.csv: 1 receipt holds the same rows more than on"]
