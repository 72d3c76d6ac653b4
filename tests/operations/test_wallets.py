"""Wallets and the catalogue through the whole road, from the till's export to the books."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.give import Gift
from loyalty_cli.operations.by_hand.give import give
from loyalty_cli.operations.by_hand.give import ToWhom
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.points import points_move
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_gift import redeem_gift
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  wallets:
    bonus: {lapse_after: 30 days, one_point_pays: 1.00, pays_up_to: 50%}
  gifts: {mug: 40}
  one_point_pays: 0.10
  earn:
    basic: {points: 1, for_every: 1.00}
    hello: {points: 5, for_each: visit, into: bonus}
"""
HEADER = "receipt,date,store,card,product,quantity,amount,original_receipt"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """100 points, 5 of the bonus."""
    shop = shop_in(tmp_path / "shop", PROGRAM)
    bring(shop, "1,2026-03-01 10:00:00,Market,2901,T,1,100.00,")
    recalc(shop, as_of=day_from_iso("2026-03-01"))
    return shop


def bring(shop: Shop, *rows: str) -> None:
    taken_in(shop, export(shop, f"{len(list(shop.folder.glob('*.csv')))}.csv", *rows, header=HEADER))


def held(shop: Shop, until: str = "2026-03-05") -> dict[str, int]:
    """What the ledger holds, by asset."""
    recalc(shop, as_of=day_from_iso(until))
    rows = asked(shop, "SELECT a.name, sum(quantity) FROM ledger JOIN asset a ON a.id = asset_id GROUP BY 1")
    return dict(rows)


def till(basket: str, receipt: str = "") -> AtTheTill:
    return AtTheTill(basket=basket, store="Market", receipt=receipt, day=day_from_iso("2026-03-02"))


def test_a_wallet_pays_by_its_own_worth_and_comes_back_with_the_goods(shop: Shop) -> None:
    # 4 points of the bonus pay 4.00 of 20.00; the receipt earns 16 and 5.
    used = redeem_points(shop, "2901", 4, till("20.00", "2"), wallet="bonus").data
    assert (used["points"], used["amount"], used["left"]) == (4, 400, 1)
    bring(shop, "2,2026-03-02 12:00:00,Market,2901,T,1,20.00,")
    assert held(shop) == {"points": 116, "wallet:bonus": 6}
    # All of it back: 16 points and the 5 go, the 4 come back into their lot.
    bring(shop, "3,2026-03-04 12:00:00,Market,2901,T,-1,-20.00,2")
    assert held(shop) == {"points": 100, "wallet:bonus": 5}
    # 1 March and 30 days: through 31 March.
    assert held(shop, "2026-03-31")["wallet:bonus"] == 5
    assert held(shop, "2026-04-01") == {"points": 100, "wallet:bonus": 0}
    assert recalc(shop, as_of=day_from_iso("2026-04-01"), everyone=True).data["entries"] == 0


def test_points_of_a_wallet_move_with_their_last_day_and_a_wallet_left_out_is_asked_for(shop: Shop) -> None:
    bring(shop, "2,2026-03-02 10:00:00,Market,2902,T,1,10.00,")
    by = Asked(by="Ewa", reason="a gift", day=day_from_iso("2026-03-05"))
    moved = points_move(shop, "2901", "2902", Gift(kind="points", name="bonus", count=4), by)
    assert str(moved.said[0]).startswith("4 points of bonus from 2901 to 2902: no. ")
    # 5 - 4 = 1 and 5 + 4 = 9; the points of the program itself, 100 + 10, stay where they are.
    assert held(shop) == {"points": 110, "wallet:bonus": 10}
    mine = "SELECT m.member_id, sum(quantity) FROM ledger m JOIN asset a ON a.id = asset_id WHERE a.name = 'wallet:bonus' GROUP BY 1"
    assert asked(shop, mine) == [(1, 1), (2, 9)]
    # The 4 of 1 March can be used through 31 March, as those that stayed; the 5 of 2 March through 1 April.
    assert held(shop, "2026-04-01")["wallet:bonus"] == 5
    give(shop, Gift(kind="points", name="bonus", count=150), ToWhom(card="2901"), replace(by, key="sorry"))
    with pytest.raises(Refused, match="card: 100, not 120") as refused:
        points_move(shop, "2901", "2902", Gift(kind="points", count=120), replace(by, key="other"))
    assert str(refused.value.hint) == "Of bonus it has 151. If these are meant: --wallet bonus"
    with pytest.raises(LoyaltyError, match="There is no wallet bonsu"):
        points_move(shop, "2901", "2902", Gift(kind="points", name="bonsu"), replace(by, key="another"))


def test_a_wallet_refuses_what_it_does_not_hold_or_may_not_pay(shop: Shop) -> None:
    with pytest.raises(Refused, match="card: 5, not 6"):
        redeem_points(shop, "2901", 6, till("20.00"), wallet="bonus")
    with pytest.raises(Refused, match="Points pay at most"):
        redeem_points(shop, "2901", 4, till("6.00"), wallet="bonus")
    with pytest.raises(LoyaltyError, match="There is no wallet bonsu"):
        redeem_points(shop, "2901", 1, till("20.00"), wallet="bonsu")
    assert held(shop) == {"points": 100, "wallet:bonus": 5}


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_wallet_is_used_in_its_steps_and_steps_of_nothing_are_none(tmp_path: Path, steps: int) -> None:
    shop = shop_in(tmp_path / "shop", PROGRAM.replace("bonus: {", f"bonus: {{use_in_steps_of: {steps}, "))
    bring(shop, "1,2026-03-01 10:00:00,Market,2901,T,1,100.00,")
    recalc(shop, as_of=day_from_iso("2026-03-01"))
    # 4 points are two steps of 2, 3 are none.
    if steps == 2:
        with pytest.raises(Refused, match="Points are used in steps of 2, not 3"):
            redeem_points(shop, "2901", 3, till("20.00"), wallet="bonus")
    else:
        assert redeem_points(shop, "2901", 3, till("20.00"), wallet="bonus", dry_run=True).data["amount"] == 300
    assert redeem_points(shop, "2901", 4, till("20.00"), wallet="bonus").data["amount"] == 400


def test_a_gift_of_the_catalogue_costs_its_points_and_is_in_the_books(shop: Shop) -> None:
    assert redeem_gift(shop, "2901", "mug", till_without()).data["left"] == 60
    assert held(shop) == {"points": 60, "gift:mug": 1, "wallet:bonus": 5}
    redeem_gift(shop, "2901", "mug", till_without("b"))
    with pytest.raises(Refused, match="card: 20, not 40"):
        redeem_gift(shop, "2901", "mug", till_without("c"))
    with pytest.raises(LoyaltyError, match="The catalogue has no gift mgu"):
        redeem_gift(shop, "2901", "mgu", till_without("d"))
    assert recalc(shop, as_of=day_from_iso("2026-03-05"), everyone=True).data["entries"] == 0


def test_points_that_are_called_credit_are_shown_as_money(tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "credit", PROGRAM.replace("  one_point_pays: 0.10", "  called: credit\n  one_point_pays: 0.10"))
    bring(shop, "1,2026-03-01 10:00:00,Market,2901,T,1,100.00,")
    recalc(shop, as_of=day_from_iso("2026-03-01"))
    said = redeem_points(shop, "2901", 20, till("50.00")).said
    assert [str(line) for line in said] == ["Used: 2.00 PLN; 8.00 PLN are left."]
    recalc(shop, as_of=day_from_iso("2026-03-02"))
    explained = explain(shop, "2901").tables
    assert ("credit", kept(phrase("{money}", money=Money(800, "PLN")))) in list(explained[0].rows)
    changes = {(row[3], row[4], row[5]) for row in explained[1].rows}
    assert changes == {
        ("points", "10.00 PLN", "10.00 PLN"),
        ("wallet:bonus", "5", "5"),
        ("points", "-2.00 PLN", "8.00 PLN"),
    }
    rules = next(table for table in explain(shop, "1").tables if table.name == "rules")
    assert next(column.kind for column in rules.columns if column.name == "points") == "money"
    table = report(shop, "points", Wanted()).tables[0]
    # 100 points earned, 20 used, of 0.10 each
    assert [(column.kind, cell) for column, cell in zip(table.columns, table.rows[0], strict=True)][2:4] == [
        ("money", 1000),
        ("money", 200),
    ]
    assert [column.name for column in report(shop, "liability", Wanted()).tables[0].columns][1] == "closing_worth"


def till_without(key: str = "a") -> AtTheTill:
    """A till without a basket."""
    return AtTheTill(day=day_from_iso("2026-03-02"), key=key)


def test_reports_count_wallets_and_say_of_which_a_row_is(shop: Shop) -> None:
    redeem_points(shop, "2901", 2, AtTheTill(basket="10.00", store="Market", day=day_from_iso("2026-03-02")), wallet="bonus")
    recalc(shop, as_of=day_from_iso("2026-03-05"))
    # 100 points at 0.10 are 10.00; 5 - 2 = 3 of the bonus at 1.00 are 3.00
    points = report(shop, "points", Wanted()).tables[0]
    assert [column.name for column in points.columns][-1] == "wallet"
    assert [(row[2], row[3], row[7], row[-1]) for row in points.rows] == [(100, 0, 100, ""), (5, 2, 3, "bonus")]
    members = report(shop, "members", Wanted()).tables[0]
    assert [(column.name, cell) for column, cell in zip(members.columns, members.rows[0], strict=True)][-1] == ("wallet_bonus", 3)
    assert members.rows[0][4] == 100
    liability = report(shop, "liability", Wanted(last=day_from_iso("2026-03-31"))).tables[0]
    assert [(row[0], row[7], row[8], row[-1]) for row in liability.rows] == [
        ("2026-03", 100, 10_00, ""), ("2026-03", 3, 3_00, "bonus")
    ]  # fmt: skip
    # 1 March and 30 days: they can be used through 31 March
    expiring = report(shop, "expiring", Wanted(as_of=day_from_iso("2026-03-05"), days=30)).tables[0]
    assert [(row[0], row[3], row[4], row[-1]) for row in expiring.rows] == [(day_from_iso("2026-03-31"), 3, 3_00, "bonus")]


def test_points_given_by_hand_into_a_wallet_are_used_and_lapse_as_its_own(shop: Shop) -> None:
    by = Asked(by="Ewa", reason="spilled coffee", key="k", day=day_from_iso("2026-03-02"))
    give(shop, Gift(kind="points", name="bonus", count=7), ToWhom(card="2901"), by)
    recalc(shop, as_of=day_from_iso("2026-03-02"))
    sums = "SELECT a.name, sum(quantity) FROM ledger JOIN asset a ON a.id = asset_id GROUP BY 1 ORDER BY 1"
    # 5 of the visit and 7 by hand.
    assert asked(shop, sums) == [("points", 100), ("wallet:bonus", 12)]
    # The 5 of 1 March lapse after 31 March, the 7 of 2 March after 1 April.
    recalc(shop, as_of=day_from_iso("2026-04-01"))
    assert asked(shop, sums) == [("points", 100), ("wallet:bonus", 7)]
    recalc(shop, as_of=day_from_iso("2026-04-02"))
    assert asked(shop, sums) == [("points", 100), ("wallet:bonus", 0)]
