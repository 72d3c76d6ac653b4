"""`report progress` and `explain CARD` tell how far a member is with each open reward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Progress
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {basic: {points: 1, for_every: 1.00}}}
coupons: {next visit: {worth: 5.00, valid_for: 30 days}}
rewards:
  month: {when: {spend: 500.00, counted_over: calendar month}, give: {points: 20, coupon: next visit}}
  ten visits: {when: {visits: 10, times: every time}, give: {points: 80}}
  teas: {when: {units: 9, only: {categories: [tea]}}, give: {points: 9}}
  both: {when: {set: {categories: [tea, cake]}}, give: {badge: taster}}
  summer: {when: {visits: 4, only: {dates: 2026-06-01 to 2026-08-31}}, give: {points: 1}}
  advent: {when: {visits: 4, only: {dates: 2026-12-01 to 2026-12-24}}, give: {points: 1}}
  hidden: {when: {spend: 300.00}, give: {points: 7}, surprise: yes}
  pensioners: {when: {visits: 3, only: {groups: [pensioner]}}, give: {points: 3}}
  once a year: {when: {visits: 1}, at_most: once, give: {points: 1}}
"""


def shop_in(tmp_path: Path) -> Shop:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    put_receipts(
        shop,
        Receipt("A1", 1, day("2026-11-30"), (("cake", 10_000),)),
        Receipt("A2", 1, day("2026-12-01"), (("tea", 20_000),)),
        Receipt("A3", 1, day("2026-12-02"), (("soap", 12_000),)),
    )
    recalc(shop, as_of=day("2026-12-02"))
    return shop


def lines(table: Table) -> dict[str, tuple[str, object, str]]:
    *_, reward, far, _, until, brings = range(len(table.columns))
    return {str(row[reward]): (str(said_again(str(row[far]))), row[until], str(said_again(str(row[brings])))) for row in table.rows}


def explained(shop: Shop) -> dict[str, tuple[str, object, str]]:
    return lines(next(table for table in explain(shop, "2901").tables if table.name == "progress"))


def asked(shop: Shop, as_of: Day | None = None) -> Table:
    return report(shop, "progress", Wanted(as_of=as_of)).tables[0]


# In December 200.00 + 120.00; three visits, two of them in advent; one tea; of the set cake and tea: reached for good.
BEGUN = {
    "month": ("320.00 PLN of 500.00 PLN", day("2026-12-31"), "20 points, the coupon next visit"),
    "ten visits": ("3 of 10 visits", None, "80 points"),
    "teas": ("1 of 9 pieces", None, "9 points"),
    "advent": ("2 of 4 visits", day("2026-12-24"), "1 point"),
}


def test_each_open_reward_says_how_far_until_when_and_what_it_brings(tmp_path: Path) -> None:
    assert explained(shop_in(tmp_path)) == BEGUN


def test_the_report_has_the_nearest_first(tmp_path: Path) -> None:
    table = asked(shop_in(tmp_path))
    # 320 of 500 are 64 %, 2 of 4 are 50, 3 of 10 are 30, 1 of 9 are 11 and a bit
    assert [(row[2], row[4]) for row in table.rows] == [("month", 6400), ("advent", 5000), ("ten visits", 3000), ("teas", 1100)]


def test_another_day_is_worked_out(tmp_path: Path) -> None:
    table = asked(shop_in(tmp_path), day("2026-11-30"))
    assert lines(table) == {
        "month": ("100.00 PLN of 500.00 PLN", day("2026-11-30"), "20 points, the coupon next visit"),
        "ten visits": ("1 of 10 visits", None, "80 points"),
        "both": ("1 of 2", None, "the badge taster"),
    }


def test_a_reward_of_which_nothing_is_done_is_shown_on_the_card_alone(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("soap", 1_000),)))
    recalc(shop, as_of=day("2026-12-01"))
    assert explained(shop)["teas"][0] == "0 of 9 pieces"
    assert "teas" not in lines(asked(shop))


FRIENDS = """\
program: Friends
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {basic: {points: 1, for_every: 1.00}}}
rewards:
  friend: {when: {friend_spends: {at_least: 300.00, within: 60 days}}, give: {points: 50, to_friend: {points: 20}}}
  quiet: {when: {friend_buys: any}, give: {points: 10}}
"""


def test_a_friend_is_told_how_far_it_is_to_what_a_friend_gets(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", FRIENDS)
    put_receipts(shop, Receipt("A1", 1, day("2026-03-05"), (("tea", 20_000),)), Receipt("A2", 2, day("2026-03-06"), (("tea", 100),)))
    with shop.changing() as connection:
        connection.execute("UPDATE member SET joined = ?, referred_by = '2902' WHERE id = 1", (day("2026-03-01"),))
    recalc(shop, as_of=day("2026-03-10"))
    # 200.00 of 300.00; 1 March + 60 days = 30 April. Who brought the friend, and what brings a friend nothing, is not told.
    assert lines(asked(shop)) == {"friend": ("200.00 PLN of 300.00 PLN", day("2026-04-30"), "20 points")}
    assert explained(shop)["friend"] == ("200.00 PLN of 300.00 PLN", day("2026-04-30"), "20 points")
    # After the sixty days nothing more can be reached.
    recalc(shop, as_of=day("2026-05-01"))
    assert not lines(asked(shop))


BRINGING = """\
program: Friends
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {}}
rewards:
  buys: {when: {friend_buys: {at_least: 10.00, settled_after: 2 days}}, give: {points: 10, to_friend: {points: 4}}}
  yearly: {when: {friend_joins: yes}, give: {points: 5}, at_most: 5 in calendar year}
  for two: {when: {friend_joins: yes}, give: {badge: host}, at_most: 2}
"""


def test_who_brings_friends_is_told_how_many_of_them_did_it_until_when(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", BRINGING, members=4)
    with shop.changing() as connection:
        for member in (2, 3):
            connection.execute("UPDATE member SET joined = ?, referred_by = '2901' WHERE id = ?", (day("2026-03-01"), member))
            connection.execute("INSERT OR IGNORE INTO due VALUES (?, 0)", (member,))
    put_receipts(shop, *(Receipt(f"A{n}", n, day("2026-03-02"), (("tea", 20_00),)) for n in (1, 2)))
    recalc(shop, as_of=day("2026-03-10"))
    # Two friends joined, one of them bought; two of five in 2026, and with them both of the two that `for two` counts.
    assert explained(shop) == {
        "buys": ("1 of 2 friends", None, "10 points"),
        "yearly": ("2 of 5 friends", day("2026-12-31"), "5 points"),
    }
    # The friend who has not bought is told what a friend gets; who bought has it.
    table = asked(shop)
    assert [(row[0], row[2], str(said_again(str(row[3]))), row[4]) for row in table.rows] == [
        ("2901", "buys", "1 of 2 friends", 5000), ("2901", "yearly", "2 of 5 friends", 4000)
    ]  # fmt: skip
    # In the next year nobody has joined yet.
    recalc(shop, as_of=day("2027-01-01"), everyone=True)
    assert explained(shop)["yearly"] == ("0 of 5 friends", day("2027-12-31"), "5 points")


def test_a_raised_target_goes_on_from_what_is_there(tmp_path: Path) -> None:
    program = PROGRAM.split("rewards:", maxsplit=1)[0] + "rewards:\n"
    rewards = (
        "  visits: {{when: {{visits: {0}, times: every time}}, give: {{points: 1}}}}\n"
        "  weeks: {{when: {{streak: {0} weeks, times: every time}}, give: {{badge: w}}}}\n"
        "  points: {{when: {{points_reached: {0}0, times: every time}}, give: {{badge: p}}}}\n"
    )
    shop = make_shop(tmp_path / "shop", program + rewards.format(2))
    # Five weeks with a visit of 10.00 each: twice two visits, twice two weeks; 50 points and 2 for the visits, twice 20 points.
    put_receipts(shop, *(Receipt(f"A{week}", 1, day("2026-11-02") + 7 * week, (("tea", 1000),)) for week in range(5)))
    recalc(shop, as_of=day("2026-12-02"))
    shop.program.write_text(program + rewards.format(4), encoding="utf-8")
    adopt_program(shop, from_day=day("2026-12-03"), by="Ola")
    recalc(shop, as_of=day("2026-12-03"))
    # The third time at four each needs twelve visits and weeks, and 120 points.
    assert {name: far for name, (far, *_) in explained(shop).items()} == {
        "visits": "5 of 12 visits",
        "weeks": "5 of 12 weeks",
        "points": "52 of 120 points",
    }


def test_a_balance_that_is_there_is_open_again_once_it_was_below(tmp_path: Path) -> None:
    when = "points_reached: {points: 100, of: balance, times: every time}"
    head = PROGRAM.partition("rewards:")[0].replace("1.00}}}", "1.00}}, one_point_pays: 0.10}")
    program = f"{head}rewards:\n  saver: {{when: {{{when}}}, give: {{badge: saver}}}}\n"
    shop = make_shop(tmp_path / "shop", program)
    put_receipts(shop, Receipt("A1", 1, day("2026-11-30"), (("cake", 12_000),)), Receipt("A2", 2, day("2026-11-30"), (("cake", 9_000),)))
    recalc(shop, as_of=day("2026-11-30"))
    # Member 1 has 120 points and the badge; member 2 has 90.
    assert [row[0] for row in report(shop, "progress", Wanted()).tables[0].rows] == ["2902"]
    redeem_points(shop, "2901", 50, AtTheTill(basket="100.00", day=day("2026-12-01")))
    recalc(shop, as_of=day("2026-12-01"))
    # 120 - 50 = 70 of 100: 30 more bring it again. The nearest stands first.
    rows = report(shop, "progress", Wanted()).tables[0].rows
    assert [(row[0], str(said_again(str(row[3])))) for row in rows] == [("2902", "90 of 100 points"), ("2901", "70 of 100 points")]
