"""After an update that works something out otherwise everybody is worked out anew, once; closed months stay as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.ledger import by_edition
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.ledger.recalc import REWORKED
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.shop.check import what_to_do
from tests.shop_builder import balances
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
points: {earn: {basic: {points: 1, for_every: 1.00}}}
"""


def test_the_next_recalculation_works_everybody_out_anew_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    put_receipts(shop, Receipt("1", 1, day("2026-03-02"), (("tea", 5000),)), Receipt("2", 2, day("2026-03-03"), (("tea", 2000),)))
    assert recalc(shop, as_of=day("2026-03-31")).data["members"] == 3
    month_close(shop, "2026-03", accepted=Accepted(without=["all"], open_matters=True))
    with shop.changing() as connection:
        # An earlier release gave member 1 four points fewer, in the month that is closed.
        connection.execute("DROP TRIGGER ledger_is_never_changed")
        connection.execute("UPDATE ledger SET quantity = 46 WHERE member_id = 1")
    # By the same release nobody is due.
    assert recalc(shop, as_of=day("2026-04-02")).data["members"] == 0
    monkeypatch.setattr(by_edition, "EDITION", "the next one")
    proof = proven_books(shop)
    assert (proof.outdated, len(proof.entries)) == (True, 1)
    assert "works everybody out anew" in what_to_do(proof).text
    dry = recalc(shop, as_of=day("2026-04-02"), dry_run=True)
    assert (dry.data["members"], dry.data["entries"]) == (3, 1)
    done = recalc(shop, as_of=day("2026-04-02"))
    assert (done.data["members"], done.data["entries"]) == (3, 1)
    assert REWORKED in done.said
    assert balances(shop)["points"] == 50
    with shop.reading() as connection:
        rows = connection.execute("SELECT quantity, date(effective_on), date(booked_on) FROM ledger WHERE member_id = 1 ORDER BY id")
        assert rows.fetchall() == [(46, "2026-03-02", "2026-03-02"), (4, "2026-03-02", "2026-04-01")]
    assert recalc(shop, as_of=day("2026-04-02")).data["members"] == 0


def test_a_month_is_closed_by_the_reckoning_of_today_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    put_receipts(shop, Receipt("1", 1, day("2026-03-02"), (("tea", 5000),)))
    recalc(shop, as_of=day("2026-03-31"))
    monkeypatch.setattr(by_edition, "EDITION", "the next one")
    everything = Accepted(without=["all"], open_matters=True)
    with pytest.raises(LoyaltyError, match="Another release of loyalty recalculated last"):
        month_close(shop, "2026-03", accepted=everything)
    recalc(shop, as_of=day("2026-03-31"))
    month_close(shop, "2026-03", accepted=everything)
