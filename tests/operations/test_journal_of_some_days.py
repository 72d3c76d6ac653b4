"""Which days a journal can be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.books import books_export
from loyalty_cli.operations.ledger.recalc import recalc
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
program: P
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {basic: {points: 1, for_every: 1.00}}, one_point_pays: 0.05}
books: {policy: POLICY}
"""


def test_days_to_come_or_before_everything_are_refused_and_quiet_ones_are_an_empty_journal(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM.replace("POLICY", "deferral"))
    # 0.50 gives no point.
    put_receipts(shop, Receipt("A0", 1, day("2026-11-28"), (("tea", 50),)), Receipt("A1", 1, day("2026-12-01"), (("tea", 200_00),)))
    recalc(shop, as_of=day("2026-12-31"))
    assert books_export(shop, last=day("2026-11-30")).journal.transactions == []
    with pytest.raises(LoyaltyError, match="has not come yet"):
        books_export(shop, first=day("2027-05-01"), last=day("2027-05-31"))
    with pytest.raises(LoyaltyError, match="There is nothing until"):
        books_export(shop, first=day("2025-05-01"), last=day("2025-05-31"))


def test_a_program_that_books_nothing_says_how_to_begin_for_some_days_too(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM.replace("POLICY", "memo"))
    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("tea", 200_00),)))
    recalc(shop, as_of=day("2026-12-31"))
    with pytest.raises(LoyaltyError, match="Nothing is booked") as caught:
        books_export(shop, first=day("2026-12-01"), last=day("2026-12-31"))
    assert "policy: deferral" in str(caught.value.hint)
