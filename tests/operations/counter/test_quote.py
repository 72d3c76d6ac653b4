"""One basket quoted: the price, what pays it, what it brings, what is refused; each figure worked by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from typing import cast
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.operations.counter.answer import quote
from loyalty_cli.operations.counter.asked import asked_of
from loyalty_cli.operations.counter.figures import earned_points
from loyalty_cli.operations.counter.till import Till
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.render.json_text import render
from loyalty_cli.render.look import Look
from tests.cli.running import run
from tests.operations.counter.conftest import moment
from tests.operations.counter.conftest import PROGRAM
from tests.operations.counter.conftest import TODAY
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop


def code_of(shop: Shop, member: int = 1) -> str:
    """The code of a member's coupon."""
    with shop.reading() as connection:
        return str(connection.execute("SELECT code FROM coupon WHERE member_id = ?", (member,)).fetchone()[0])


def asked(shop: Shop, **values: Any) -> dict[str, Any]:
    """The figures of a quote."""
    found: dict[str, Any] = dict(quote(shop, values).data)
    return found


def test_a_member_pays_less_and_earns_on_what_is_paid(shop: Shop) -> None:
    # 80.00 less 5 % of the tier = 76.00; 76 points; 300.00 - 120.00 - 76.00 = 104.00 to the next tier and to the month's reward
    found = asked(shop, card="2901", amount="80.00")
    assert (found["before"], found["price"], found["to_pay"]) == ("80.00", "76.00", "76.00")
    assert found["discounts"] == [{"name": "tier discount", "off": "4.00"}]
    assert found["earns"] == [{"rule": "points.basic", "what": "points", "quantity": 76}]
    assert found["points"] == {"before": 120, "used": 0, "earned": 76, "after": 196, "pending_before": 0, "pending_after": 0}
    assert found["tier"] == {
        "before": "friend", "after": "friend", "next": "patron", "missing_before": "180.00", "missing_after": "104.00",
    }  # fmt: skip
    assert found["rewards"] == [
        {"reward": "month", "unit": "money", "before": "120.00", "after": "196.00", "of": "300.00", "until": "2026-03-31", "reached": 0}
    ]


def test_a_name_is_taken_for_the_card_of_who_is_called_so(shop: Shop) -> None:
    assert [asked(shop, card=name, amount="80.00")["to_pay"] for name in ("2901", "Anna Nowak", "anna")] == ["76.00"] * 3
    # Nobody is called so: 80.00 without a member's percent, and it is told.
    found = asked(shop, card="Zofia Nowak", amount="80.00")
    assert (found["to_pay"], found["member"]) == ("80.00", False)
    assert [(each["what"], each["why"]) for each in found["refused"]] == [("card", "There is no member and no card Zofia Nowak.")]


def test_what_did_not_apply_says_why(shop: Shop) -> None:
    found = asked(shop, card="2901", amount="80.00")
    assert found["not_applied"] == [
        {"name": "big basket", "why": "Too little has been bought for it."},
        {"name": "seniors", "why": "It is for other members."},
    ]


def test_coupons_then_points_pay_a_part_that_earns_nothing(shop: Shop) -> None:
    # 80.00 - 5 % = 76.00; the coupon pays 20.00; 120 points pay 12.00 (at most half of 76.00); 44.00 in money earn 44 points
    found = asked(shop, card="2901", amount="80.00", coupons=[code_of(shop)], points="most")
    assert (found["price"], found["to_pay"]) == ("76.00", "44.00")
    paid = [(one["what"], one["points"], one["amount"]) for one in found["paid_by"]]
    assert paid == [("coupon", None, "20.00"), ("points", 120, "12.00")]
    assert found["points"]["earned"] == 44
    assert found["points"]["after"] == 44


def test_what_could_still_pay_is_said(shop: Shop) -> None:
    found = asked(shop, card="2901", amount="80.00")
    assert found["can_pay"]["points"] == {"usable": 120, "most": 120, "amount": "12.00"}
    [coupon] = found["can_pay"]["coupons"]
    assert (coupon["name"], coupon["pays"], coupon["why_not"]) == ("thanks", "20.00", None)
    [small] = asked(shop, card="2901", amount="40.00")["can_pay"]["coupons"]
    assert (small["pays"], small["why_not"]) == ("0.00", "The basket is too small for it.")


def test_lines_have_their_own_prices_and_goods_their_own_rules(shop: Shop) -> None:
    # bread 2 x 60.00, tea 100.00: 220.00 have 10 % off: 108.00 and 90.00; tea counts twice: 108 + 180 = 288 points
    lines = [{"category": "bread", "quantity": "2", "price": "60.00"}, {"product": "T1", "category": "tea", "total": "100.00"}]
    found = asked(shop, card="2902", lines=lines)
    assert [line["price"] for line in found["lines"]] == ["108.00", "90.00"]
    assert [(one["rule"], one["what"], one["quantity"]) for one in found["earns"]] == [
        ("points.basic", "points", 198), ("points.tea", "points", 90),
        ("rewards.from 100", "coupon:thanks", 1), ("tiers", "tier:friend", 1),
    ]  # fmt: skip


def test_steps_that_fall_give_nobody_what_any_purchase_would_have(tmp_path: Path) -> None:
    head, _, _ = PROGRAM.partition("tiers:")
    offers = "first: {by: visits so far, discount: {0: 10%, 1: 0%}}\n    some: {by: visits so far, discount: {0: 5%, 1: 2%, 9: 3%}}"
    shop = make_shop(tmp_path / "shop", f"{head}discounts:\n  offers:\n    {offers}\n", now=moment(TODAY))
    recalc(shop, as_of=TODAY)
    # Who has a card buys for the first time; without one it may be the hundredth time: 2 % of 100.00 at least.
    assert asked(shop, card="2901", amount="100.00")["to_pay"] == "90.00"
    found = asked(shop, card="-", amount="100.00")
    assert (found["to_pay"], found["discounts"]) == ("98.00", [{"name": "some", "off": "2.00"}])
    (without,) = (table for table in quote(shop, {"card": "-", "amount": "100.00"}).tables if table.name == "not applied")
    assert [(name, str(said_again(str(why)))) for name, why in without.rows] == [("first", "It is for other members.")]


def test_a_quantity_keeps_all_its_digits(shop: Shop) -> None:
    lines = [{"category": "bread", "quantity": quantity, "price": "0.10"} for quantity in ("1000001", "1234.567", "0.345", "20")]
    assert [line["quantity"] for line in asked(shop, card="2902", lines=lines)["lines"]] == ["1000001", "1234.567", "0.345", "20"]


def test_a_reward_that_is_reached_says_so(shop: Shop) -> None:
    # 120.00 + 190.00 (200.00 less 10 %, no: 200.00 is reached, 180.00): 300.00 in the month
    [reward] = asked(shop, card="2901", amount="200.00")["rewards"]
    assert (reward["before"], reward["after"], reward["reached"]) == ("120.00", None, 1)


def test_nobodys_basket_is_priced_and_earns_nothing(shop: Shop) -> None:
    found = asked(shop, card="-", amount="200.00")
    assert (found["to_pay"], found["earns"], found["tier"], found["member"]) == ("180.00", [], None, False)


def test_the_cashier_is_told_what_to_say(shop: Shop) -> None:
    found = asked(shop, card="2901", amount="80.00")
    assert (found["initials"], found["benefits"]) == ("A.N.", ["free hemming"])
    assert found["messages"] == [
        {"about": "birthday", "text": "The birthday is in 2 days."},
        {"about": "next tier", "text": "104.00 PLN more after this purchase and the tier is patron."},
    ]
    assert found["missing"] == ["phone", "consent"]


def test_what_is_refused_is_said_with_its_code_and_the_rest_is_quoted(shop: Shop) -> None:
    code = code_of(shop)
    redeem_coupon(shop, code, AtTheTill(basket="60.00", card="2901", receipt="B1"))
    spoiled = code[:-1] + ("2" if code[-1] != "2" else "3")
    for values, why, exit_code in (
        ({"card": "77", "amount": "200.00"}, "There is no card 77.", 40),
        ({"card": "2901", "amount": "200.00", "coupons": [code]}, "The coupon .* was used on 2026-03-16, B1.", 40),
        ({"card": "2901", "amount": "200.00", "coupons": [spoiled]}, "is not a coupon code: a letter is wrong", 2),
        ({"card": "2902", "amount": "200.00", "coupons": [code]}, "was used", 40),
    ):
        outcome = quote(shop, values)
        [refused] = cast("list[dict[str, Any]]", outcome.data["refused"])
        assert re.search(why, refused["why"]), refused
        assert (int(outcome.exit_code), refused["exit_code"], outcome.data["to_pay"]) == (exit_code, exit_code, "180.00")


def test_somebody_elses_coupon_and_one_that_has_lapsed_are_refused(shop: Shop) -> None:
    code = code_of(shop)
    [other] = asked(shop, card="2902", amount="200.00", coupons=[code])["refused"]
    assert re.search("belongs to another card", other["why"])
    [late] = asked(shop, card="2901", amount="200.00", coupons=[code], at="2026-09-01")["refused"]
    assert re.search("could be used through", late["why"])


def test_a_blocked_card_gets_what_anybody_gets(shop: Shop) -> None:
    with shop.changing() as connection:
        connection.execute("INSERT INTO block (member_id, from_day) VALUES (1, 1)")
    outcome = quote(shop, {"card": "2901", "amount": "80.00"})
    assert (outcome.data["to_pay"], int(outcome.exit_code)) == ("80.00", 40)


def test_a_new_card_joins_with_its_first_receipt(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM.replace("are set aside", "become members"), now=moment(TODAY))
    recalc(shop)
    found = asked(shop, card="5550123", amount="120.00")
    assert (found["to_pay"], found["points"]["earned"], found["refused"]) == ("120.00", 120, [])


def test_a_new_card_gets_nothing_of_the_time_before_it(tmp_path: Path) -> None:
    program = PROGRAM.replace("are set aside", "become members").replace(
        "rewards:\n", "rewards:\n  monthly: {when: {each_month: 1}, give: {points: 40}}\n"
    )
    shop = make_shop(tmp_path / "shop", program, now=moment(TODAY))
    recalc(shop)
    # 120 points of today's purchase alone: the next first of a month is still to come.
    points = {"before": 0, "used": 0, "earned": 120, "after": 120, "pending_before": 0, "pending_after": 0}
    assert asked(shop, card="5550123", amount="120.00")["points"] == points


def test_receipts_since_the_last_night_count(shop: Shop) -> None:
    # yesterday's night is done; today's first receipt of 150.00 is imported: 120.00 + 150.00 = 270.00, 30.00 to go
    put_receipts(shop, Receipt("A2", 1, TODAY, (("bread", 15_000),), clock=9 * 3600))
    assert asked(shop, card="2901", amount="10.00")["tier"]["missing_before"] == "30.00"
    # at eight it had not come yet
    assert asked(shop, card="2901", amount="10.00", at="2026-03-16 08:00")["tier"]["missing_before"] == "180.00"


def test_a_tier_that_this_purchase_opens_holds_from_the_next_one(shop: Shop) -> None:
    found = asked(shop, card="2902", amount="150.00")
    assert (found["to_pay"], found["tier"]["before"], found["tier"]["after"]) == ("150.00", "guest", "friend")


def test_goods_that_the_list_leaves_out_keep_their_price_and_the_list_knows_categories_and_floors(shop: Shop) -> None:
    with shop.changing() as connection:
        connection.executemany(
            "INSERT INTO product (code, name, category, floor_price, excluded, import_id) VALUES (?, '', ?, ?, ?, 1)",
            [("CIG", "tobacco", None, 1), ("T1", "tea", None, 0), ("BOOK", "books", 3_900, 0)],
        )
    lines = [{"product": "CIG", "total": "30.00"}, {"product": "T1", "total": "20.00"}, {"product": "BOOK", "price": "40.00"}]
    found = asked(shop, card="2901", lines=lines)
    # 5 % off the tea: 19.00; the book would cost 38.00 and may not go below 39.00; 19 x 2 + 39 = 77 points, none for tobacco
    assert [line["price"] for line in found["lines"]] == ["30.00", "19.00", "39.00"]
    assert found["points"]["earned"] == 77
    # Points pay half of the tea, 9.50, but in the books 30 of 49 parts of that are for the tobacco: 19.00 - 3.68 = 15.32 are left of it.
    found = asked(shop, card="2901", lines=lines[:2], points="most")
    assert (found["points"]["used"], found["points"]["earned"]) == (95, 30)


MONTHLY = """\
program: Corner Club
currency: PLN
timezone: UTC
starts: 2026-01-01
points: {earn: {basic: {points: 1, for_every: 1.00}}}
discounts:
  together: add
  offers:
    ten: {discount: 10%, at_most: {month: 15.00}}
    tea: {discount: 5%, only: {categories: [tea]}}
"""


def test_what_was_given_this_month_counts_against_its_ceiling(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", MONTHLY, now=moment(TODAY))
    put_receipts(
        shop,
        Receipt("F1", 1, day("2026-02-20"), (("bread", 9_000),)),
        Receipt("M1", 1, day("2026-03-02"), (("bread", 9_000),)),
    )
    with shop.changing() as connection:
        connection.execute("UPDATE line SET discount = 1000")  # each receipt was of 100.00 less 10.00
    recalc(shop)
    # of the month's 15.00 the receipt of March has had 10.00, so that 5.00 are left; February's is another month
    assert asked(shop, card="2901", amount="100.00")["discounts"] == [{"name": "ten", "off": "5.00"}]
    # what came off is shared over the discounts of that receipt: of 15.00 off tea, 10.00 are by ten and 5.00 by tea
    put_receipts(shop, Receipt("M2", 2, day("2026-03-03"), (("tea", 8_500),)))
    with shop.changing() as connection:
        connection.execute("UPDATE line SET discount = 1500 WHERE amount = 8500")
    recalc(shop)
    assert asked(shop, card="2902", amount="100.00")["discounts"] == [{"name": "ten", "off": "5.00"}]
    # nothing left once all of it was given
    put_receipts(shop, Receipt("M3", 2, day("2026-03-04"), (("bread", 4_500),)))
    with shop.changing() as connection:
        connection.execute("UPDATE line SET discount = 500 WHERE amount = 4500")
    assert asked(shop, card="2902", amount="100.00")["discounts"] == []


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"card": "2901"}, "either an amount or lines"),
        ({"card": "2901", "amount": "5", "lines": [{"price": "1"}]}, "either an amount or lines"),
        ({"card": "2901", "amount": "abc"}, "amount: abc is not a number"),
        ({"card": "2901", "amount": "-5"}, "below zero"),
        ({"card": "2901", "lines": [{"price": "1", "total": "1"}]}, "line 1: it has either price or total"),
        ({"card": "2901", "lines": [{"price": "1", "quantity": "0"}]}, "line 1, quantity: 0 is not a quantity"),
        ({"card": "2901", "lines": [{"prise": "1"}]}, "line 1: there is no 'prise'"),
        ({"card": "2901", "lines": ["x"]}, "line 1: a block of names"),
        ({"card": "2901", "amount": "5", "points": "few"}, "points: few is not"),
        ({"card": "2901", "amount": "5", "at": "yesterday"}, "'yesterday' is not a day and a time"),
        ({"card": "2901", "amount": "5", "at": "2026-03-16 25:00"}, "is not a day and a time"),
        ({"card": "2901", "amount": "5", "store": "Markt"}, "There is no store Markt"),
    ],
)
def test_a_slip_is_told_with_its_place(shop: Shop, values: dict[str, Any], why: str) -> None:
    with pytest.raises(LoyaltyError, match=re.escape(why)):
        quote(shop, values)


def test_a_comma_is_as_good_as_a_point(shop: Shop) -> None:
    assert asked(shop, card="-", amount="12,50")["to_pay"] == "12.50"
    assert asked(shop, card="-", amount="12,50 zł")["to_pay"] == "12.50"


def test_every_name_of_the_json_stands_in_the_readme(shop: Shop) -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    section = readme[readme.index("## At the counter") :]
    outcome = quote(shop, {"card": "2901", "amount": "80.00", "coupons": [code_of(shop)], "points": "most"})
    names: set[str] = set()

    def walk(value: object) -> None:
        for name, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
            if isinstance(name, str):
                names.add(name)
            walk(each)

    walk(json.loads(render(outcome, Look()))["data"])
    assert {name for name in names if f"`{name}`" not in section} == set()


def test_a_price_alone_is_quoted_without_a_card(shop: Shop) -> None:
    alone, nobody = (run(*words, "-O", "json", folder=shop.folder).stdout for words in (["quote", "120.00"], ["quote", "-", "120,00"]))
    assert (alone, json.loads(alone)["data"]["to_pay"], json.loads(alone)["data"]["card"]) == (nobody, "120.00", None)


def test_what_only_so_many_get_is_promised_while_there_is_room_and_then_not(tmp_path: Path) -> None:
    program = MONTHLY + "rewards:\n  first: {when: {one_purchase: 50.00}, in_all: 2, give: {points: 30}}\n"
    shop = make_shop(tmp_path / "shop", program, now=moment(TODAY))
    put_receipts(shop, Receipt("F1", 1, day("2026-03-02"), (("bread", 9_000),)))
    recalc(shop)  # one of two places is taken
    # 100.00 less 10% is 90.00: 90 points, and 30 for the place; member 1 has had a place, and the second one may be theirs, too
    assert [asked(shop, card=card, amount="100.00")["points"]["earned"] for card in ("2902", "2901")] == [120, 120]
    put_receipts(shop, Receipt("F2", 3, day("2026-03-03"), (("bread", 9_000),)))
    recalc(shop)
    assert asked(shop, card="2902", amount="100.00")["points"]["earned"] == 90


@pytest.mark.parametrize(
    ("rest", "earned", "mugs"),
    [
        # 100.00 less 10% is 90.00: 90 points. The place is for the second visit, not for this receipt alone.
        ("rewards: {second: {when: {visits: 2}, in_all: 2, give: {points: 30}}}", 120, 0),
        ("rewards: {spent: {when: {spend: 150.00}, budget: 3.00, give: {points: 30}}}", 120, 0),
        # The 70.00 of before took 0.20 of 0.50. 90.00 brings twice 20 points, 0.40, which is not left: the night gives none of them.
        ("rewards: {each: {when: {one_purchase: {for_every: 45.00}}, budget: 0.50, give: {points: 20}}}", 90, 0),
        # One mug is left for two rewards.
        (
            """gifts: {mug: {stock: 1}}
rewards: {big: {when: {one_purchase: 80.00}, give: {gift: mug}}, two: {when: {one_purchase: 75.00}, give: {gift: mug}}}""",
            90,
            1,
        ),
    ],
)
def test_what_only_so_many_get_is_promised_by_whatever_reaches_it_and_no_more_than_there_is(
    tmp_path: Path, rest: str, earned: int, mugs: int
) -> None:
    program = MONTHLY.replace("for_every: 1.00}}", "for_every: 1.00}}, one_point_pays: 0.01") + rest + "\n"
    shop = make_shop(tmp_path / "shop", program, now=moment(TODAY))
    put_receipts(shop, Receipt("F1", 2, day("2026-03-02"), (("bread", 7_000),)))
    recalc(shop)
    with shop.reading() as connection:
        till = Till(connection, shop.now)
        found = till.quote(asked_of({"card": "2902", "amount": "100.00"}, till.currency))
    assert earned_points(found) == earned
    assert sum(each.quantity for each in found.entries if each.asset == "gift:mug") == mugs
