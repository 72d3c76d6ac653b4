"""A household: the cards of several members count for one account from a day on, whenever receipts come in, until it is undone."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.by_hand.cards import member_block
from loyalty_cli.operations.by_hand.cards import member_lost
from loyalty_cli.operations.by_hand.erase import member_erase
from loyalty_cli.operations.by_hand.give import Gift
from loyalty_cli.operations.by_hand.give import give
from loyalty_cli.operations.by_hand.give import ToWhom
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.household import member_household
from loyalty_cli.operations.by_hand.household import member_leaves_household
from loyalty_cli.operations.by_hand.points import points_move
from loyalty_cli.operations.by_hand.receipts import receipt_assign
from loyalty_cli.operations.by_hand.receipts import Wish
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.counter.session import Session
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.export import member_export
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.members.set import member_set
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.tills.export import ExportWishes
from loyalty_cli.operations.tills.export import till_export
from loyalty_cli.store.members.inactive import inactive_since
from loyalty_cli.store.messages.fields import fields_of_many
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 10.00}
    cups: {points: 1, for_every: 100.00, into: coffee}
  lapse_after: 12 months
  one_point_pays: 0.10
  wallets:
    coffee: {}
coupons:
  ten: {worth: 10.00, valid_for: 90 days, held_by: member}
rewards:
  birthday: {when: {birthday: on the day}, give: {points: 50}}
  big: {when: {one_purchase: 500.00}, give: {coupon: ten}}
"""
HEADER = "receipt,date,store,card,product,quantity,amount"
ROWS = (
    "1,2026-11-01 10:00:00,Market,2901,T,1,600.00",
    "2,2026-11-01 11:00:00,Market,2902,T,1,40.00",
    "3,2026-11-12 11:00:00,Market,,T,1,90.00",
    "4,2026-11-15 11:00:00,Market,2901,T,1,30.00",
)
UNTIL = day_from_iso("2026-11-20")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """2901: 60 points of 1 November and 3 of the 15th, 6 coffee; 2902: 4 of 1 November. It is 21 November."""
    shop = shop_in(tmp_path / "shop", PROGRAM)
    taken_in(shop, export(shop, "a.csv", *ROWS, header=HEADER))
    recalc(shop, as_of=UNTIL)
    return shop


def by(key: str = "k", day: str = "2026-11-10") -> Asked:
    return Asked(by="Ewa", reason="a couple", key=key, day=day_from_iso(day))


def number_of(outcome: Any) -> int:
    return int(outcome.data.get("number") or outcome.data["numbers"][0])


def together(shop: Shop) -> int:
    """2901 shares the account of 2902 from 10 November on."""
    return number_of(member_household(shop, "2901", "2902", by()))


def points(shop: Shop) -> tuple[int, int]:
    """Of 2901 and of 2902."""
    return tuple(row[0] for row in asked(shop, "SELECT points FROM standing ORDER BY member_id LIMIT 2"))


def in_order(shop: Shop) -> None:
    """Nothing is posted by a second night, nor by a replay of everybody, and the books are proven."""
    recalc(shop, as_of=UNTIL)
    assert recalc(shop, as_of=UNTIL).data["entries"] == 0
    assert recalc(shop, as_of=UNTIL, everyone=True).data["entries"] == 0
    assert check(shop, full=True).exit_code == ExitCode.OK


def test_what_somebody_has_goes_to_the_account_and_later_receipts_count_there(shop: Shop) -> None:
    outcome = member_household(shop, "2901", "2902", by())
    # The 60 of before and their last day, the receipt of the 15th with its 3, and the 6 coffee points.
    assert outcome.data["points"] == 60
    assert points(shop) == (0, 4 + 60 + 3)
    rows = asked(shop, "SELECT member_id, asset, quantity, until_day FROM adjustment ORDER BY id")
    last = day_from_iso("2027-11-01")
    assert rows[:2] == [(1, "points", -60, None), (2, "points", 60, last)]
    assert [row[:3] for row in rows[2:]] == [(1, "wallet:coffee", -6), (2, "wallet:coffee", 6)]
    assert member_household(shop, "2901", "2902", by()).data["again"] is True
    in_order(shop)


def test_undone_it_has_never_been(shop: Shop) -> None:
    before = points(shop)
    number = together(shop)
    revert(shop, number, by("r", "2026-11-20"))
    assert points(shop) == before == (63, 4)
    assert asked(shop, "SELECT count(*) FROM household") == [(0,)]
    in_order(shop)


def test_receipts_that_come_late_go_where_the_card_counted_on_their_day(shop: Shop) -> None:
    together(shop)
    late = ("5,2026-11-05 10:00:00,Market,2901,T,1,20.00", "6,2026-11-12 10:00:00,Market,2901,T,1,50.00")
    taken_in(shop, export(shop, "b.csv", *late, header=HEADER))
    recalc(shop, as_of=UNTIL)
    # Before the day the card was its member's own: the 2 points of it are brought to the account the same night.
    assert asked(shop, "SELECT number, member_id FROM receipt WHERE number IN ('5', '6')") == [("5", 1), ("6", 2)]
    assert points(shop) == (0, 67 + 2 + 5)
    in_order(shop)


@pytest.mark.parametrize(("key", "told"), [("", "1"), ("form 7", "form 7")])
def test_points_that_come_home_later_are_told_by_the_key_or_number_of_the_household(shop: Shop, key: str, told: str) -> None:
    member_household(shop, "2901", "2902", by(key))
    later = replace(shop, now=shop.now + timedelta(days=1))
    taken_in(later, export(later, "b.csv", "5,2026-11-05 10:00:00,Market,2901,T,1,20.00", header=HEADER))
    recalc(later, as_of=UNTIL)
    # 2 points of the 5th leave the card and come to the account.
    rows = [row[2:5] for row in report(later, "changes", Wanted()).tables[0].rows]
    assert rows[-2:] == [("given by hand", told, "-2 points"), ("given by hand", told, "2 points")]


def test_the_key_of_an_older_entry_is_told_whole_though_another_key_begins_it(shop: Shop) -> None:
    member_household(shop, "2901", "2902", by("letter 7"))
    with shop.changing() as connection:
        connection.execute(
            "INSERT INTO adjustment (key, member_id, day, asset, quantity, reason, by, at) "
            "VALUES ('letter 77', 1, ?, 'points', 3, 'sorry', 'Jan', '2026-11-21T08:00:00')",
            (UNTIL,),
        )
    rows = [row[2:5] for row in report(shop, "changes", Wanted()).tables[0].rows]
    assert ("given by hand", "letter 77", "3 points") in rows


def test_a_return_takes_back_where_its_sale_counted(shop: Shop) -> None:
    together(shop)
    back = "7,2026-11-18 10:00:00,Market,2901,T,-1,-100.00,1"
    taken_in(shop, export(shop, "b.csv", back, header=f"{HEADER},original"))
    recalc(shop, as_of=UNTIL)
    # 100.00 of the sale of 1 November, which was the member's own: 10 points are missing there and come from the account.
    assert points(shop) == (0, 67 - 10)
    in_order(shop)


def test_what_came_back_is_taken_off_once_where_people_read_it(shop: Shop) -> None:
    together(shop)
    back = "7,2026-11-18 10:00:00,Market,2901,T,-1,-10.00,4"
    taken_in(shop, export(shop, "b.csv", back, header=f"{HEADER},original"))
    recalc(shop, as_of=UNTIL)
    # 30.00 of the 15th less 10.00 of the 18th.
    row = report(shop, "households", Wanted()).tables[0].rows[0]
    assert row[-2:] == (2, 2000)
    _, page = member_export(shop, "2902")
    (receipts,) = (section.table for section in page.sections if section.table and section.table.name == "purchases")
    assert [row[-1] for row in receipts.rows if row[2] == "7"] == [-1000]


def test_messages_tell_either_member_the_points_of_both(shop: Shop) -> None:
    together(shop)
    with shop.reading() as connection:
        known = fields_of_many(connection, [1, 2], UNTIL)
        assert [(of.card, of.points) for of in known.values()] == [("2901", 67), ("2902", 67)]
        assert [of.points for of in fields_of_many(connection, [1], day_from_iso("2026-11-09")).values()] == [0]


def test_a_birthday_in_a_household_brings_its_points_to_the_account(shop: Shop) -> None:
    member_set(shop, "2901", MemberWishes(birthday="11-16"))
    together(shop)
    recalc(shop, as_of=UNTIL)
    assert points(shop) == (0, 67 + 50)
    in_order(shop)


def test_what_friends_bring_reaches_the_account_in_the_same_night(tmp_path: Path) -> None:
    """2901, who shares the account of 2902, brought 2903, who spends 60.00: 20 points go to the account, and 6 to 2903."""
    shop = shop_in(tmp_path / "shop", PROGRAM.replace("rewards:", "rewards:\n  friend: {when: {friend_spends: 50.00}, give: {points: 20}}"))
    taken_in(shop, export(shop, "a.csv", *ROWS, header=HEADER))
    recalc(shop, as_of=UNTIL)
    together(shop)
    member_add(shop, "2903", MemberWishes(referred_by="2901", joined=day_from_iso("2026-11-02")))
    taken_in(shop, export(shop, "b.csv", "5,2026-11-03 10:00:00,Market,2903,T,1,60.00", header=HEADER))
    recalc(shop, as_of=UNTIL)
    assert points(shop) == (0, 67 + 20)
    assert recalc(shop, as_of=UNTIL).data["entries"] == 0


def test_what_friends_bring_reaches_the_account_in_the_night_that_takes_in_who_was_erased(tmp_path: Path) -> None:
    """2909 bought on the 19th, was forgotten on the 20th, and the night takes in first what was worked out of them before."""
    shop = shop_in(tmp_path / "shop", PROGRAM.replace("rewards:", "rewards:\n  friend: {when: {friend_spends: 50.00}, give: {points: 20}}"))
    taken_in(shop, export(shop, "a.csv", *ROWS, "9,2026-11-19 10:00:00,Market,2909,T,1,60.00", header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-10"))
    together(shop)
    member_add(shop, "2903", MemberWishes(referred_by="2901", joined=day_from_iso("2026-11-02")))
    taken_in(shop, export(shop, "b.csv", "5,2026-11-03 10:00:00,Market,2903,T,1,60.00", header=HEADER))
    member_erase(shop, "2909", by("e", "2026-11-20"))
    recalc(shop, as_of=UNTIL)
    assert points(shop) == (0, 67 + 20)
    assert recalc(shop, as_of=UNTIL).data["entries"] == 0


def test_a_forgotten_card_and_points_by_hand_reach_the_account(shop: Shop) -> None:
    together(shop)
    number = number_of(receipt_assign(shop, [Wish("3", "2901")], by("a", "2026-11-20")))
    give(shop, Gift(kind="points", count=11), ToWhom(card="2901"), by("g", "2026-11-20"))
    assert points(shop) == (0, 67 + 9 + 11)
    revert(shop, number, by("r", "2026-11-20"))
    assert points(shop) == (0, 67 + 11)
    in_order(shop)


def test_either_card_pays_with_the_points_and_coupons_of_both(shop: Shop) -> None:
    issue_coupons(shop)
    ((code, owner),) = asked(shop, "SELECT code, member_id FROM coupon")
    assert owner == 1
    with pytest.raises(Refused, match="belongs to another card"):
        redeem_coupon(shop, code, AtTheTill(card="2902"))
    together(shop)
    assert redeem_points(shop, "2901", 50, AtTheTill(key="u1")).data["left"] == 17
    assert redeem_points(shop, "2902", 10, AtTheTill(key="u2")).data["left"] == 7
    counter = Session(shop=lambda: shop)
    counter.enter("2902")
    assert [each.name for each in counter.notes.coupons] == ["ten"]
    assert ("household", "2 members share this account.") in [(what, str(said)) for what, said in counter.notes.says]
    redeem_coupon(shop, code, AtTheTill(card="2902"))
    in_order(shop)


def test_who_leaves_has_an_own_account_again_and_the_points_stay(shop: Shop) -> None:
    together(shop)
    number = number_of(member_leaves_household(shop, "2901", by("l", "2026-11-14")))
    # The receipt of the 15th is the member's own again.
    assert points(shop) == (3, 4 + 60)
    in_order(shop)
    revert(shop, number, by("r", "2026-11-20"))
    recalc(shop, as_of=UNTIL)
    assert points(shop) == (0, 67)
    in_order(shop)


def test_a_lost_card_of_a_household_brings_nobody_anything(shop: Shop) -> None:
    together(shop)
    number = number_of(member_lost(shop, "2901", by("l", "2026-11-15")))
    assert points(shop) == (0, 64)
    revert(shop, number, by("r", "2026-11-20"))
    assert points(shop) == (0, 67)
    in_order(shop)


def test_a_block_of_one_stops_that_card_and_a_block_of_the_account_stops_both(shop: Shop) -> None:
    together(shop)
    member_block(shop, "2901", by("b", "2026-11-20"))
    with pytest.raises(Refused, match="Card 2901 is blocked"):
        redeem_points(shop, "2901", 1, AtTheTill(key="u3"))
    assert redeem_points(shop, "2902", 1, AtTheTill(key="u4")).data["left"] == 66
    member_set(shop, "2901", MemberWishes(blocked=False))
    member_block(shop, "2902", by("b2", "2026-11-20"))
    with pytest.raises(Refused, match="is blocked"):
        redeem_points(shop, "2901", 1, AtTheTill(key="u5"))


def test_tills_hear_one_balance_for_both_cards(shop: Shop) -> None:
    together(shop)
    till_export(shop, "members", ExportWishes(to="members.csv"))
    rows = (shop.folder / "members.csv").read_text(encoding="utf-8").splitlines()
    at = rows[0].split(",").index("points")
    assert {row.split(",")[at] for row in rows[1:]} == {"67"}


def test_a_till_that_adds_hears_of_a_households_points_once(shop: Shop) -> None:
    together(shop)
    outcome = till_export(shop, "lightspeed-adjustment", ExportWishes(to="add.csv"))
    rows = (shop.folder / "add.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == ["2902"]
    assert rows[0].endswith(",67")
    assert outcome.data["left_out"] == [{"member": 1, "card": "2901", "why": "the points are added for the card whose account it shares"}]


def test_one_account_at_a_time_and_none_that_goes_to_another(shop: Shop) -> None:
    taken_in(shop, export(shop, "b.csv", "9,2026-11-02 10:00:00,Market,2903,T,1,10.00", header=HEADER))
    together(shop)
    for card, other, why in (
        ("2901", "2903", "shares an account already"),
        ("2902", "2903", "Others share the account"),
        ("2901", "2901", "shares an account already"),
        ("2902", "2901", "one member already"),
    ):
        with pytest.raises(Refused, match=why):
            member_household(shop, card, other, by("x", "2026-11-12"))
    with pytest.raises(Refused, match="shares no account"):
        member_leaves_household(shop, "2902", by("y", "2026-11-12"))
    # Who joins by the card of somebody in it joins the same account.
    assert member_household(shop, "2903", "2901", by("z", "2026-11-12")).exit_code == ExitCode.OK
    assert asked(shop, "SELECT member_id, account_id FROM household ORDER BY id") == [(1, 2), (3, 2)]


def test_a_merge_keeps_the_household_and_of_two_in_it_makes_one(shop: Shop) -> None:
    taken_in(shop, export(shop, "b.csv", "9,2026-11-02 10:00:00,Market,2903,T,1,10.00", header=HEADER))
    together(shop)
    member_merge(shop, "2902", "2903")
    recalc(shop, as_of=UNTIL)
    ((card, account),) = asked(shop, "SELECT member_id, account_id FROM household")
    assert (card, asked(shop, f"SELECT points FROM standing WHERE member_id = {account}")) == (1, [(67 + 1,)])
    member_merge(shop, "2901", "2903")
    recalc(shop, as_of=UNTIL)
    assert asked(shop, "SELECT count(*) FROM household") == [(0,)]
    assert asked(shop, f"SELECT points FROM standing WHERE member_id = {account}") == [(68,)]


def test_points_that_others_share_are_not_erased_with_whose_account_it_is(shop: Shop) -> None:
    together(shop)
    recalc(shop, as_of=UNTIL)
    with pytest.raises(Refused, match="its points would lapse for them, too: 2901") as refused:
        member_erase(shop, "2902", by("e", "2026-11-21"))
    assert "household 2901 --leave and loyalty points move 2902 2901 POINTS" in str(refused.value.hint)
    # What the hint says: 60 of 1 November and 3 of the 15th are theirs, the 4 of 2902 lapse.
    member_leaves_household(shop, "2901", by("l", "2026-11-21"))
    points_move(shop, "2902", "2901", Gift(kind="points", count=63), by("m", "2026-11-21"))
    member_erase(shop, "2902", by("e", "2026-11-21"))
    recalc(replace(shop, now=datetime(2026, 11, 24, 6, tzinfo=UTC)))
    assert points(shop) == (63, 0)


def test_erasing_whose_account_it_is_leaves_the_other_one_an_own_account(tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "shop", PROGRAM[: PROGRAM.index("points:")])
    taken_in(shop, export(shop, "a.csv", *ROWS, header=HEADER))
    recalc(shop, as_of=UNTIL)
    together(shop)
    member_erase(shop, "2902", by("e", "2026-11-14"))
    recalc(shop, as_of=UNTIL)
    assert asked(shop, "SELECT until_day FROM household") == [(day_from_iso("2026-11-14"),)]
    # The receipt of the 15th is the other one's own.
    assert asked(shop, "SELECT member_id FROM receipt WHERE number = '4'") == [(1,)]


@pytest.mark.parametrize("forgotten", ["2901", "2902"])
def test_a_household_of_somebody_who_is_forgotten_is_not_undone(shop: Shop, forgotten: str) -> None:
    together(shop)
    number = number_of(member_leaves_household(shop, "2901", by("l", "2026-11-14")))
    member_erase(shop, forgotten, by("e", "2026-11-14"))
    held = asked(shop, "SELECT * FROM household")
    with pytest.raises(Refused, match="Whose this was is forgotten"):
        revert(shop, number, by("r"))
    assert asked(shop, "SELECT * FROM household") == held


def test_undoing_a_household_leaves_what_was_given_under_the_same_key(shop: Shop) -> None:
    list_ = shop.folder / "list.csv"
    list_.write_text("card\n2902\n", encoding="utf-8")
    number = number_of(member_household(shop, "2901", "2902", by("spring")))
    give(shop, Gift(kind="points", count=7), ToWhom(members=list_), by("spring"))
    revert(shop, number, by("r"))
    assert asked(shop, "SELECT quantity, gone FROM adjustment WHERE key LIKE '%|2902'") == [(7, 0)]


def test_who_buys_for_the_household_is_not_inactive(shop: Shop) -> None:
    together(shop)
    with shop.changing() as connection:
        connection.execute("UPDATE member SET name = 'Jan Kot'")
        # 2901 bought on the 15th, for the account; the last receipt of its own is of the 1st, as is that of 2902.
        assert [each.card for each in inactive_since(connection, day_from_iso("2026-11-15"))] == []
        assert [each.card for each in inactive_since(connection, day_from_iso("2026-11-16"))] == ["2901", "2902"]


def test_explain_the_report_and_the_page_for_the_member_say_it(shop: Shop) -> None:
    together(shop)
    tables = {table.name: table.rows for table in explain(shop, "2901").tables}
    assert tables["household"] == [("2901", "2902", day_from_iso("2026-11-10"), None)]
    row = report(shop, "households", Wanted()).tables[0].rows[0]
    assert row == ("2902", "", 67, "2901", "", day_from_iso("2026-11-10"), None, 1, 3000)
    _, page = member_export(shop, "2901")
    headings = [str(section.heading) for section in page.sections]
    assert "In a household, which shares one account" in headings


@pytest.mark.parametrize("seed", range(4))
def test_in_whatever_order_receipts_come_the_balance_is_that_of_all_cards(tmp_path: Path, seed: int) -> None:
    # Three members, two households in turn; whole tens, so that each receipt's points are its amount / 10.
    chance = random.Random(seed)
    shop = shop_in(tmp_path / "shop", PROGRAM)
    receipts = [(number, chance.randint(1, 19), chance.choice((2901, 2902, 2903)), chance.randint(1, 9) * 10) for number in range(1, 25)]
    rows = [f"{number},2026-11-{day:02} 10:00:00,Market,{card},T,1,{amount}.00" for number, day, card, amount in receipts]
    first = [f"{90 + place},2026-10-01 10:00:00,Market,{card},T,1,10.00" for place, card in enumerate((2901, 2902, 2903))]
    taken_in(shop, export(shop, "first.csv", *first, header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-10-02"))
    member_household(shop, "2901", "2903", by("one", "2026-11-06"))
    member_household(shop, "2902", "2903", by("two", "2026-11-13"))
    chance.shuffle(rows)
    for night in range(3):
        taken_in(shop, export(shop, f"{night}.csv", *rows[night::3], header=HEADER))
        recalc(shop, as_of=day_from_iso(f"2026-11-{18 + night}"))
    in_order(shop)
    assert asked(shop, "SELECT points FROM standing WHERE points <> 0") == [(3 + sum(amount // 10 for *_, amount in receipts),)]
    of_account = asked(shop, "SELECT count(*) FROM receipt WHERE member_id = 3")
    assert of_account == [(1 + sum(card == 2903 or day >= {2901: 6, 2902: 13}[card] for _, day, card, _ in receipts),)]


def four_members(shop: Shop) -> None:
    """2901 shares the account of 2902 from the 10th, 2903 (1 point) that of 2904 (2 points) from the 12th; 7 points come on the 18th."""
    rows = (
        "9,2026-11-02 10:00:00,Market,2903,T,1,10.00",
        "10,2026-11-02 10:00:00,Market,2904,T,1,20.00",
        "11,2026-11-18 10:00:00,Market,2901,T,1,70.00",
    )
    taken_in(shop, export(shop, "m.csv", *rows, header=HEADER))
    recalc(shop, as_of=UNTIL)
    together(shop)
    member_household(shop, "2903", "2904", by("j", "2026-11-12"))


@pytest.mark.parametrize(
    ("old", "new", "holds", "balances"),
    [
        # 2901 and 2903: all of both (60 + 3 + 7, and 1) goes to the account of the one who stays.
        ("2901", "2903", ("2903", "2904"), {"2902": 4, "2904": 2 + 60 + 3 + 7 + 1}),
        ("2903", "2901", ("2901", "2902"), {"2902": 4 + 60 + 3 + 7 + 1, "2904": 2}),
        # Whose account others share takes in who shares another one: the same, and nobody's points go through two accounts.
        ("2903", "2902", ("2901", "2902"), {"2902": 4 + 60 + 3 + 7 + 1, "2904": 2}),
        ("2902", "2903", ("2903", "2904"), {"2901": 60 + 3 + 7, "2904": 2 + 4 + 1}),
    ],
)
def test_a_merge_of_two_households_leaves_one_account(
    shop: Shop, old: str, new: str, holds: tuple[str, str], balances: dict[str, int]
) -> None:
    four_members(shop)
    outcome = member_merge(shop, old, new)
    other = "2902" if holds[1] == "2904" else "2904"
    assert outcome.data["given_up"] == [{"field": "household", "kept": holds[1], "other": other}]
    recalc(shop, as_of=UNTIL)
    numbers = dict(asked(shop, "SELECT number, member_id FROM card"))
    assert asked(shop, "SELECT member_id, account_id FROM household") == [tuple(numbers[card] for card in holds)]
    held = asked(shop, "SELECT member_id, points FROM standing WHERE points <> 0")
    assert dict(held) == {numbers[card]: points for card, points in balances.items()}
    in_order(shop)


def test_a_merge_of_two_who_share_one_account_lets_them_share_it_once(shop: Shop) -> None:
    taken_in(shop, export(shop, "b.csv", "9,2026-11-02 10:00:00,Market,2903,T,1,10.00", header=HEADER))
    together(shop)
    member_household(shop, "2903", "2902", by("j", "2026-11-12"))
    assert member_merge(shop, "2901", "2903").data["given_up"] == []
    in_order(shop)
    assert asked(shop, "SELECT member_id, account_id FROM household") == [(3, 2)]
    assert asked(shop, "SELECT member_id, points FROM standing WHERE points <> 0") == [(2, 67 + 1)]


@pytest.mark.parametrize(("card", "other"), [("2901", "2903"), ("2903", "2901"), ("2902", "2903")])
def test_leaving_is_not_undone_once_that_would_be_two_accounts(shop: Shop, card: str, other: str) -> None:
    taken_in(shop, export(shop, "b.csv", "9,2026-11-02 10:00:00,Market,2903,T,1,10.00", header=HEADER))
    together(shop)
    number = number_of(member_leaves_household(shop, "2901", by("l", "2026-11-14")))
    member_household(shop, card, other, by("j", "2026-11-16"))
    with pytest.raises(Refused, match="account"):
        revert(shop, number, by("r", "2026-11-20"))
    in_order(shop)
