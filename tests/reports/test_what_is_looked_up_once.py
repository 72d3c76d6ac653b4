"""Reports of many members and coupons look at a list once, and not anew for each of their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.reports.coupons.coupons import SELECT as COUPONS
from loyalty_cli.reports.first_card import CARD
from tests.operations.small_shop import small_shop

if TYPE_CHECKING:
    from pathlib import Path

VALUES = {"through": 1, "known": "", "today": 1, "first": 1, "last": 1}
# Of an entry's asset there is one by its name, and only of a voucher of which goods that came back put something back.
BY_ASSET = "SCAN ledger"


@pytest.mark.parametrize("select", [f"SELECT {CARD} FROM member", COUPONS], ids=["card", "coupons"])
def test_no_row_walks_through_a_whole_list(tmp_path: Path, select: str) -> None:
    with small_shop(tmp_path / "shop").at("2026-12-01T10:00").reading() as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {select}", VALUES).fetchall()
    above = {step: (parent, text) for step, parent, _, text in plan}
    walks = [(parent, text) for _, parent, _, text in plan if text.startswith("SCAN ") and text != BY_ASSET]
    assert not [text for parent, text in walks if above.get(parent, (0, ""))[1].startswith("CORRELATED")]
