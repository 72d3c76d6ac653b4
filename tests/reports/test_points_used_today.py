"""What a member has used since the night is taken off in each report that shows a balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import small_shop
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

NOTE = "Points that were used since are taken off."


def points(shop: Shop, name: str, wanted: Wanted) -> tuple[int, bool]:
    """The points of all rows of a report, and whether it says that some are taken off."""
    (table,) = report(shop, name, wanted).tables
    place = [column.name for column in table.columns].index("points")
    return sum(int(str(row[place])) for row in table.rows), NOTE in map(str, table.notes)


def test_members_and_tiers_show_one_balance_on_the_day_of_a_use_and_after(tmp_path: Path) -> None:
    there = small_shop(tmp_path / "shop")
    there.export("market-1.csv", [sold(1, "2026-10-01 10:00", ANA, "200.00"), sold(2, "2026-10-01 11:00", BORIS, "50.00")])
    shop = there.at("2026-10-05T10:00")
    import_purchases(shop, [str(there.folder / "till" / "market-1.csv")], store="Market")
    recalc(shop, as_of=day_from_iso("2026-10-04"))
    redeem_points(shop, ANA, 40, AtTheTill(basket="50.00", store="Market"))
    for name in ("members", "tiers"):
        # 200 + 50 - 40 = 210 now, 250 at the end of the day before.
        assert points(shop, name, Wanted()) == (210, True)
        assert points(shop, name, Wanted(as_of=day_from_iso("2026-10-04"))) == (250, False)
    recalc(there.at("2026-10-06T10:00"), as_of=day_from_iso("2026-10-05"))
    for name in ("members", "tiers"):
        assert points(shop, name, Wanted()) == (210, False)
