"""The number that stands for a receipt's content: what must change it, and what must not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from loyalty_cli.model.content import BITS
from loyalty_cli.model.content import Contents
from loyalty_cli.model.older_content import older_contents_of
from loyalty_cli.store.imports.one_receipt import as_batch

MILK, TEA = ["M", "Milk", "", ""], ["", "Tea", "", ""]
RECEIPT: dict[str, Any] = {
    "store": "North", "number": "1", "card": "290", "at": 1_772_445_600, "day": 2_461_102, "clock": 36_000, "total": 700,
    "returned": 0, "loyalty": 0, "original": "", "desk": ["", ""], "content": 0,
}  # fmt: skip


def content(*lines: tuple[Any, ...], **head: Any) -> int:
    batch = as_batch({**RECEIPT, **head, "lines": [[*article, *figures] for article, *figures in lines]})
    return Contents().added(batch).contents[0]


def test_the_order_of_lines_and_columns_of_nothing_do_not_change_it() -> None:
    lines = [[*MILK, 1000, 300, 0, 0], [*TEA, 2000, 400, 0, 0]]
    batch = as_batch({**RECEIPT, "lines": lines})
    turned = as_batch({**RECEIPT, "lines": lines[::-1]})
    without = replace(batch, discounts=[], line_loyalty=[])
    assert Contents().added(batch).contents == Contents().added(turned).contents == Contents().added(without).contents


def test_whatever_makes_another_sale_changes_it() -> None:
    sale = ((MILK, 1000, 300, 0, 0), (MILK, 1000, 400, 0, 0), (TEA, 2000, 500, 0, 0))
    others = [
        content(*sale, at=RECEIPT["at"] + 1),
        content(*sale, card="291"),
        content(*sale[1:]),
        content(*sale, sale[0]),
        # The amounts of two articles changed places; then of two rows of one article, 3.00 and 4.00 became 2.00 and 5.00.
        content((MILK, 1000, 500, 0, 0), (MILK, 1000, 400, 0, 0), (TEA, 2000, 300, 0, 0)),
        content((MILK, 1000, 200, 0, 0), (MILK, 1000, 500, 0, 0), (TEA, 2000, 500, 0, 0)),
        content((MILK, 1000, 300, 10, 0), *sale[1:]),
        content((MILK, 1000, 300, 0, 10), *sale[1:]),
        content((MILK, -1000, -300, 0, 0), *sale[1:]),
    ]
    assert len({content(*sale), *others}) == len(others) + 1


def test_rows_of_one_article_with_the_same_sum_and_sum_of_squares_are_told_apart() -> None:
    # 0 + 4 + 5 = 1 + 2 + 6 = 9, and 0 + 16 + 25 = 1 + 4 + 36 = 41
    assert content(*((MILK, 1000, amount, 0, 0) for amount in (0, 4, 5))) != content(*((MILK, 1000, amount, 0, 0) for amount in (1, 2, 6)))


def test_a_name_counts_only_where_there_is_no_code() -> None:
    assert content((MILK, 1000, 300, 0, 0)) == content((["M", "Milk 2 l", "dairy", "A"], 1000, 300, 0, 0))
    assert content((TEA, 1000, 300, 0, 0)) != content((["", "Green tea", "", ""], 1000, 300, 0, 0))


@pytest.mark.parametrize("most", [0, 10**15, -(10**15)])
def test_it_fits_whatever_the_figures(most: int) -> None:
    assert 0 <= content((MILK, most, most, abs(most), abs(most))) < 1 << BITS


def test_what_is_kept_in_databases_never_changes() -> None:
    lines = [[*MILK, 1000, 300, 0, 0], [*TEA, 2000, 400, 10, 20]]
    batch = as_batch({**RECEIPT, "lines": lines})
    today, older = Contents().added(batch).contents, older_contents_of(batch, Contents())
    assert (*today, *older) == (1_115_325_121_465_338_071, -7_582_279_860_629_486_776)
