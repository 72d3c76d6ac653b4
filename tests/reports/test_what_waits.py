"""Tickets and gifts of today are worked out by the night: what lacks them says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.draws.tickets import draw_tickets
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.operations.small_shop import ANA
from tests.operations.small_shop import PROGRAM
from tests.operations.small_shop import small_shop
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

DRAW = "draws:\n  autumn: {dates: 2026-10-01 to 2026-12-31, one_ticket_for_every: 50.00, prizes: {tea: 1}}\ngifts: {mug: {costs: 9.00}}\n"
WAITS = "1 member waits for recalc."


def said(shop: Shop) -> list[bool]:
    """Whether the tickets and both reports say that somebody waits."""
    notes = [[str(note) for note in report(shop, name, Wanted()).tables[0].notes] for name in ("draw", "gifts")]
    return [WAITS in each for each in ([str(warning) for warning in draw_tickets(shop, "autumn").warnings], *notes)]


def test_tickets_and_gifts_say_that_something_came_since_the_night(tmp_path: Path) -> None:
    there = small_shop(tmp_path / "shop", adopted=False)
    (there.folder / "program.yaml").write_text(PROGRAM + DRAW, encoding="utf-8")
    recalc(there.at("2026-10-01T02:00"))
    there.export("market-1.csv", [sold(1, "2026-10-04 10:00", ANA, "120.00")])
    shop = there.at("2026-10-05T10:00")
    import_purchases(shop, [str(there.folder / "till" / "market-1.csv")], store="Market")
    recalc(shop, as_of=day_from_iso("2026-10-04"))
    assert said(shop) == [False, False, False]
    there.export("market-2.csv", [sold(2, "2026-10-05 09:00", ANA, "100.00")])
    import_purchases(shop, [str(there.folder / "till" / "market-2.csv")], store="Market")
    # 120.00 / 50.00 are two tickets; 220.00 would be four, and are from the night on.
    assert [row[3] for row in report(shop, "draw", Wanted()).tables[0].rows] == [2]
    assert said(shop) == [True, True, True]
    later = there.at("2026-10-06T10:00")
    recalc(later)
    assert [row[3] for row in report(later, "draw", Wanted()).tables[0].rows] == [4]
    assert said(later) == [False, False, False]
