"""What becomes of coupons whose purchase comes back: of several the used ones stay, of a used one nothing more can be used."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.counter.paper import member_card
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.store.coupons.held import coupons_held
from tests.shop_builder import balances
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Coupons
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {basic: {points: 1, for_every: 1.00}}, one_point_pays: 0.10}
coupons:
  it: {TERMS, valid_for: 60 days, used_but_returned: is a debt}
rewards:
  each hundred: {when: {one_purchase: {for_every: 100.00}}, give: {coupon: it}}
"""
TEN = "worth: 10.00"


def shop_with(folder: Path, terms: str, bought: int) -> tuple[Shop, list[str]]:
    """A shop whose member 2901 bought tea for an amount on 1 December, and the codes of the coupons of the day after."""
    shop = make_shop(folder / "shop", PROGRAM.replace("TERMS", terms), now=datetime(2026, 12, 6, 12, 0, tzinfo=UTC))
    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("tea", bought - 10_000), ("cup", 10_000))))
    recalc(shop, as_of=day("2026-12-01"))
    issue_coupons(shop, as_of=day("2026-12-02"))
    with shop.reading() as connection:
        return shop, [code for (code,) in connection.execute("SELECT code FROM coupon ORDER BY id")]


def use(shop: Shop, code: str, on: str = "2026-12-02", basket: str = "50.00") -> int:
    """Use a coupon; the number of the use."""
    number = redeem_coupon(shop, code, AtTheTill(basket=basket, day=day(on))).data["number"]
    assert isinstance(number, int)
    return number


def bring_back(shop: Shop, number: str, on: str, line: str, amount: int) -> None:
    """Goods of the receipt come back, and it is recalculated."""
    put_receipts(shop, Receipt(number, 1, day(on), ((line, -amount),), original="A1"))
    recalc(shop, as_of=day(on))


def issued(shop: Shop, on: str) -> dict[str, object]:
    """What an issue did, without what it did not."""
    done = issue_coupons(shop, as_of=day(on)).data
    return {name: done[name] for name in ("issued", "withdrawn", "owed", "no longer owed") if done[name]}


def states(shop: Shop) -> list[object]:
    """The state of each coupon, as the report says it."""
    return [row[6] for row in report(shop, "coupons", Wanted()).tables[0].rows]


def test_of_several_coupons_of_one_purchase_the_unused_go_first(tmp_path: Path) -> None:
    """300.00 bring 3 coupons. The last two are used. 100.00 come back: 2 are due, so that the unused one goes and nothing is owed."""
    shop, codes = shop_with(tmp_path, TEN, 30_000)
    use(shop, codes[1])
    use(shop, codes[2])
    bring_back(shop, "R1", "2026-12-03", "cup", 10_000)
    assert issued(shop, "2026-12-04") == {"withdrawn": 1}
    assert states(shop) == ["withdrawn", "used", "used"]
    assert issued(shop, "2026-12-05") == {}
    # 150.00 more: of the 50.00 that stay nothing brings a coupon, and both uses of 10.00 are owed, 100 points each.
    bring_back(shop, "R2", "2026-12-05", "tea", 15_000)
    assert issued(shop, "2026-12-06") == {"owed": 2}
    recalc(shop, as_of=day("2026-12-06"))
    # 300 earned, 100 and 150 taken back, 200 owed.
    assert balances(shop)["points"] == 300 - 100 - 150 - 200


def test_what_is_left_of_a_coupon_whose_purchase_came_back_is_in_nobodys_hand(tmp_path: Path) -> None:
    """3 uses of 10.00, of which 2 are made: 20.00 are owed, which are 200 points, and the third use is gone."""
    shop, (code,) = shop_with(tmp_path, f"{TEN}, uses: 3", 10_001)
    use(shop, code)
    second = use(shop, code)
    with shop.reading() as connection:
        assert [held.code for held in coupons_held(connection, 1, day("2026-12-03"))] == [code]
    bring_back(shop, "R1", "2026-12-03", "cup", 10_000)
    assert issued(shop, "2026-12-04") == {"owed": 1}
    with pytest.raises(Refused, match="was withdrawn"):
        use(shop, code, "2026-12-04")
    with shop.reading() as connection:
        assert coupons_held(connection, 1, day("2026-12-04")) == []
    recalc(shop, as_of=day("2026-12-04"))
    # 100 earned and taken back.
    assert balances(shop)["points"] == -200
    # The return is entered under a wrong number: the coupon is due again, with the one use that is left.
    with shop.changing() as connection:
        connection.execute("UPDATE receipt SET gone = 2, total = 0, returned = 0 WHERE number = 'R1'")
        connection.execute("INSERT INTO due (member_id, since) VALUES (1, 0) ON CONFLICT DO NOTHING")
    recalc(shop, as_of=day("2026-12-05"), everyone=True)
    assert str(issue_coupons(shop, as_of=day("2026-12-06"), dry_run=True).said[1]) == "1 coupon is no longer owed."
    assert issued(shop, "2026-12-06") == {"no longer owed": 1}
    assert states(shop) == ["used in part"]
    revert(shop, second, Asked(by="Ewa", reason="typed twice"))
    assert states(shop) == ["used in part"]


def test_of_a_debt_for_several_uses_that_of_each_undone_one_is_given_back(tmp_path: Path) -> None:
    """3 uses of 10.00, of which 2 are made: 200 points are owed. One is undone: 100. The other, too: none, and it is owed no longer."""
    shop, (code,) = shop_with(tmp_path, f"{TEN}, uses: 3", 10_001)
    first, second = use(shop, code), use(shop, code)
    bring_back(shop, "R1", "2026-12-03", "cup", 10_000)
    assert issued(shop, "2026-12-04") == {"owed": 1}

    def owed(on: str) -> int:
        recalc(shop, as_of=day(on))
        return -balances(shop).get("points", 0)

    assert owed("2026-12-04") == 200
    revert(shop, second, Asked(by="Ewa", reason="typed twice"))
    assert issued(shop, "2026-12-05") == issued(shop, "2026-12-05") == {}
    assert owed("2026-12-05") == 100
    revert(shop, first, Asked(by="Ewa", reason="typed twice", key="first"))
    assert issued(shop, "2026-12-06") == {"withdrawn": 1, "no longer owed": 1}
    assert owed("2026-12-06") == 0


@pytest.mark.parametrize(
    ("terms", "basket", "points"),
    [
        # 10.00 of a purchase of 6.00 have paid 6.00; 10 % of 80.00 are 8.00; half of 12.00 is 6.00.
        (TEN, "6.00", 60),
        ("discount: 10%", "80.00", 80),
        (f"{TEN}, pays_up_to: 50%", "12.00", 60),
    ],
)
def test_what_a_coupon_has_paid_is_owed_and_no_more(tmp_path: Path, terms: str, basket: str, points: int) -> None:
    shop, (code,) = shop_with(tmp_path, terms, 10_001)
    use(shop, code, basket=basket)
    bring_back(shop, "R1", "2026-12-03", "cup", 10_000)
    assert issued(shop, "2026-12-04") == {"owed": 1}
    recalc(shop, as_of=day("2026-12-04"))
    assert balances(shop)["points"] == -points


def test_a_members_paper_says_what_is_left_of_a_coupon(tmp_path: Path) -> None:
    """Of 10.00 that keep their rest 4.00 are used, of 3 uses one."""
    shop, (rest,) = shop_with(tmp_path / "rest", f"{TEN}, remainder: is kept", 10_001)
    use(shop, rest, basket="4.00")
    other, (three,) = shop_with(tmp_path / "three", f"{TEN}, uses: 3", 10_001)
    use(other, three)
    coupons = [str(member_card(each, "2901")[1].sections[1].facts) for each in (shop, other)]
    assert ("Money(amount=600," in coupons[0], "'count': 2" in coupons[1]) == (True, True)


def test_a_debt_is_given_back_also_when_the_program_makes_none_any_more(tmp_path: Path) -> None:
    shop, (code,) = shop_with(tmp_path, TEN, 10_001)
    number = use(shop, code)
    bring_back(shop, "R1", "2026-12-03", "cup", 10_000)
    assert issued(shop, "2026-12-04") == {"owed": 1}
    recalc(shop, as_of=day("2026-12-04"))
    # 10.00 at 0.10 a point.
    assert balances(shop)["points"] == -100
    program = shop.program.read_text(encoding="utf-8")
    shop.program.write_text(program.replace("is a debt", "is reported"), encoding="utf-8")
    adopt_program(shop, from_day=day("2026-12-05"), by="")
    revert(shop, number, Asked(by="Ewa", reason="typed twice"))
    assert issued(shop, "2026-12-05") == {"no longer owed": 1, "withdrawn": 1}
    recalc(shop, as_of=day("2026-12-05"))
    assert balances(shop).get("points", 0) == 0
