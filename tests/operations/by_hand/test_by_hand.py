"""What is done by hand: once by its key, by somebody for a reason, and undone by its number."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import Hindered
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.listed import ListedGroup
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.by_hand.cards import member_block
from loyalty_cli.operations.by_hand.cards import member_lost
from loyalty_cli.operations.by_hand.erase import member_erase
from loyalty_cli.operations.by_hand.gifts import AtWill
from loyalty_cli.operations.by_hand.gifts import event_add
from loyalty_cli.operations.by_hand.gifts import gift_move
from loyalty_cli.operations.by_hand.give import Gift
from loyalty_cli.operations.by_hand.give import give
from loyalty_cli.operations.by_hand.give import ToWhom
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.points import points_move
from loyalty_cli.operations.by_hand.receipts import Paper
from loyalty_cli.operations.by_hand.receipts import receipt_add
from loyalty_cli.operations.by_hand.receipts import receipt_assign
from loyalty_cli.operations.by_hand.receipts import Wish
from loyalty_cli.operations.by_hand.receipts import wishes_of
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.coupons.redeem_gift import redeem_gift
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.set import member_set
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.tills.export import ExportWishes
from loyalty_cli.operations.tills.export import till_export
from loyalty_cli.reports import changes
from loyalty_cli.store.by_hand import key_of_use
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
  lapse_after: 12 months
  one_point_pays: 0.10
  gifts: {mug: 5}
gifts:
  mug: {stock: 2}
  tape: {stock: 5}
  spool: {stock: 5}
coupons:
  voucher: {worth: 50.00, valid_for: 90 days, remainder: is kept}
rewards:
  survey: {when: {event: survey}, give: {points: 7}}
  choose: {when: {one_purchase: 500.00}, give: {gift: [tape, spool]}}
"""
HEADER = "receipt,date,store,card,product,quantity,amount"
ROWS = (
    "1,2026-11-01 10:00:00,Market,2901,T,1,600.00",
    "2,2026-11-01 11:00:00,Market,2902,T,1,40.00",
    "3,2026-11-02 11:00:00,Market,,T,1,90.00",
    "4,2026-11-15 11:00:00,Market,2901,T,1,30.00",
)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """2901: 600.00 and 30.00 are 63 points; 2902: 40.00 are 4; one receipt of 90.00 without a card. It is 21 November."""
    shop = shop_in(tmp_path / "shop", PROGRAM)
    taken_in(shop, export(shop, "a.csv", *ROWS, header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-20"))
    return shop


def by(key: str = "k", day: str | None = "2026-11-20") -> Asked:
    return Asked(by="Ewa", reason="asked for", key=key, day=day_from_iso(day) if day else None)


def points(shop: Shop, member: int = 1) -> int:
    return int(asked(shop, f"SELECT points FROM standing WHERE member_id = {member}")[0][0])


def number(outcome: Any) -> int:
    return int(outcome.data.get("number") or outcome.data["numbers"][0])


def in_order(shop: Shop) -> None:
    recalc(shop, as_of=day_from_iso("2026-11-20"))
    assert recalc(shop, as_of=day_from_iso("2026-11-20"), everyone=True).data["entries"] == 0
    assert check(shop, full=True).exit_code == ExitCode.OK


def test_points_by_hand_are_given_once_by_their_key_and_undone_by_their_number(shop: Shop) -> None:
    first = give(shop, Gift(kind="points", count=10), ToWhom(card="2901"), by())
    assert points(shop) == 63 + 10
    again = give(shop, Gift(kind="points", count=10), ToWhom(card="2901"), by())
    assert (again.data["again"], points(shop)) == (True, 73)
    with pytest.raises(Refused, match="something else was done"):
        give(shop, Gift(kind="points", count=11), ToWhom(card="2901"), by())
    revert(shop, number(first), by("r"))
    assert points(shop) == 63
    assert revert(shop, number(first), by("r")).data["again"] is True
    with pytest.raises(Refused, match="was undone on"):
        revert(shop, number(first), by("other"))
    # Retried after it was undone, the first request is still the first request.
    assert give(shop, Gift(kind="points", count=10), ToWhom(card="2901"), by()).data["again"] is True
    assert points(shop) == 63
    in_order(shop)


def test_who_does_it_and_why_must_be_said(shop: Shop) -> None:
    for one in (Asked(by="Ewa"), Asked(reason="why")):
        with pytest.raises(LoyaltyError, match="needs a hand and a reason"):
            give(shop, Gift(kind="points"), ToWhom(card="2901"), one)
    with pytest.raises(Refused, match="has not come yet"):
        give(shop, Gift(kind="points"), ToWhom(card="2901"), by(day="2026-12-24"))


def test_a_list_may_have_any_marks_and_a_column_that_may_be_the_count_is_asked_for(shop: Shop) -> None:
    path = shop.folder / "list.csv"
    path.write_text("Card;Count\n2901;3\n", encoding="utf-8")
    before = points(shop)
    give(shop, Gift(kind="points"), ToWhom(members=path), by())
    assert points(shop) == before + 3
    # A report of members has points, too: those they have, not those they should get.
    path.write_text("card,points\n2902,300\n", encoding="utf-8")
    with pytest.raises(LoyaltyError, match="what is in the column points") as refused:
        give(shop, Gift(kind="points", count=5), ToWhom(members=path), by("other"))
    assert str(refused.value.hint) == "Call it count if it is how many each gets. Without it each gets 5."
    path.write_text("number\n7\n", encoding="utf-8")
    with pytest.raises(LoyaltyError, match="needs the column card"):
        give(shop, Gift(kind="points", count=5), ToWhom(members=path), by("other"))


def test_a_list_is_given_to_whole_or_not_at_all_and_each_row_has_its_key(shop: Shop) -> None:
    path = shop.folder / "list.csv"
    path.write_text("card,count\n2901,3\n2909,3\n2902,x\n", encoding="utf-8")
    with pytest.raises(Hindered, match=r"line 3: there is no card 2909.*line 4: x is no count"):
        give(shop, Gift(kind="points"), ToWhom(members=path), by())
    path.write_text("card,count\n2901,3\n", encoding="utf-8")
    assert give(shop, Gift(kind="points"), ToWhom(members=path), by()).data["given"] == 1
    # The list has grown: who is on it already gets nothing more.
    path.write_text("card,count\n2901,3\n2902,5\n", encoding="utf-8")
    data = give(shop, Gift(kind="points"), ToWhom(members=path), by()).data
    assert (data["given"], data["known"]) == (1, 1)
    assert (points(shop), points(shop, 2)) == (66, 9)
    with pytest.raises(LoyaltyError, match="needs a key"):
        give(shop, Gift(kind="points"), ToWhom(members=path), by(""))


def test_a_group_is_given_to_and_what_the_program_does_not_know_is_refused(shop: Shop) -> None:
    member_set(shop, "2902", MemberWishes(groups=(ListedGroup("pensioner", day_from_iso("2026-11-01")),)))
    assert give(shop, Gift(kind="coupon", name="voucher"), ToWhom(group="pensioner"), by()).data["given"] == 1
    recalc(shop, as_of=day_from_iso("2026-11-20"))
    issue_coupons(shop)
    assert asked(shop, "SELECT member_id FROM coupon") == [(2,)]
    with pytest.raises(Refused, match="Nobody is in pensionr"):
        give(shop, Gift(kind="coupon", name="voucher"), ToWhom(group="pensionr"), by("k3"))
    with pytest.raises(LoyaltyError, match="The program has no coupon vuocher"):
        give(shop, Gift(kind="coupon", name="vuocher"), ToWhom(card="2901"), by("k2"))


def test_points_move_in_two_entries_under_one_key_and_keep_their_last_day(shop: Shop) -> None:
    # The 60 of 1 November lapse first: all 60 go, and 2 of the 3 of 15 November.
    moved = points_move(shop, "2901", "2902", Gift(kind="points", count=62), by())
    assert (points(shop), points(shop, 2)) == (1, 66)
    rows = asked(shop, "SELECT quantity, until_day FROM adjustment ORDER BY id")
    assert rows == [(-62, None), (60, day_from_iso("2027-11-01")), (2, day_from_iso("2027-11-15"))]
    assert points_move(shop, "2901", "2902", Gift(kind="points", count=62), by()).data["again"] is True
    with pytest.raises(Refused, match="card: 1, not 2"):
        points_move(shop, "2901", "2902", Gift(kind="points", count=2), by("k2"))
    revert(shop, number(moved), by("r"))
    assert (points(shop), points(shop, 2)) == (63, 4)
    in_order(shop)


def test_a_forgotten_card_gets_its_receipt_and_loses_it_again(shop: Shop) -> None:
    done = receipt_assign(shop, [Wish("3", "2902")], by())
    assert points(shop, 2) == 4 + 9
    in_order(shop)
    taken_in(shop, export(shop, "b.csv", *ROWS, header=HEADER))  # the export comes again
    assert points(shop, 2) == 13
    with pytest.raises(Refused, match="is this member's already"):
        receipt_assign(shop, [Wish("3", "2902")], by("k2"))
    revert(shop, number(done), by("r"))
    assert points(shop, 2) == 4
    in_order(shop)


def test_the_coupon_of_a_receipt_goes_where_the_receipt_goes(shop: Shop) -> None:
    text = PROGRAM.replace("rewards:\n", "rewards:\n  big: {when: {one_purchase: 90.00}, give: {coupon: voucher}}\n")
    shop.program.write_text(text, encoding="utf-8")
    adopt_program(shop, from_day=day_from_iso("2026-01-01"), by="")
    in_hand = """SELECT c.member_id, c.code FROM coupon c WHERE c.cause_id = 3 AND c.cause_kind = 1 AND
        (SELECT what FROM coupon_event v WHERE v.coupon_id = c.id ORDER BY v.id DESC LIMIT 1) = 'issued'"""
    receipt_assign(shop, [Wish("3", "2901")], by())
    in_order(shop)
    issue_coupons(shop)
    ((member, first),) = asked(shop, in_hand)
    assert member == 1
    done = receipt_assign(shop, [Wish("3", "2902")], by("k2"))
    issue_coupons(shop)
    ((member, second),) = asked(shop, in_hand)  # what 2901 had is withdrawn, and 2902 has a code of their own
    assert (member, second != first) == (2, True)
    revert(shop, number(done), by("r"))
    issue_coupons(shop)
    assert asked(shop, in_hand) == [(1, first)]  # due again: the same code
    assert issue_coupons(shop).quiet
    in_order(shop)


def test_a_list_of_forgotten_cards_tells_every_mistake_at_once(shop: Shop) -> None:
    path = shop.folder / "forgotten.csv"
    path.write_text("receipt,card\n3,2902\n99,2902\n2,2999\n", encoding="utf-8")
    with pytest.raises(Hindered, match=r"line 3: There is no receipt 99.*line 4: There is no card 2999"):
        receipt_assign(shop, wishes_of(path), by())
    assert points(shop, 2) == 4
    # Blank lines and what a spreadsheet writes above are no rows, and count as lines.
    path.write_text('\nsep=;\nreceipt;card;why\n\n99;2902;"forgotten\nat home"\n;;\n', encoding="utf-8")
    with pytest.raises(Hindered, match=r"line 5: There is no receipt 99"):
        receipt_assign(shop, wishes_of(path), by())
    path.write_text("receipt,card\n3,2902\n2,2901\n", encoding="utf-8")
    receipt_assign(shop, wishes_of(path), by())
    assert (points(shop), points(shop, 2)) == (67, 9)


def test_a_paper_receipt_is_entered_and_taken_out(shop: Shop) -> None:
    done = receipt_add(shop, Paper("P1", "Market", "2902", "120.00"), by(day="2026-11-19"))
    assert points(shop, 2) == 16
    assert receipt_add(shop, Paper("P1", "Market", "2902", "120.00"), by(day="2026-11-19")).data["again"] is True
    # It is called what it is, and not by the key under which it is kept.
    assert "From import 2, entered by hand." in [str(note) for note in explain(shop, "P1").tables[0].notes]
    with pytest.raises(Refused, match="is there already"):
        receipt_add(shop, Paper("P1", "Market", "2902", "120.00"), by("k2"))
    in_order(shop)
    revert(shop, number(done), by("r"))
    assert points(shop, 2) == 4
    in_order(shop)


def test_what_is_bought_with_a_lost_card_from_its_day_on_is_nobodys(shop: Shop) -> None:
    done = member_lost(shop, "2901", by(day="2026-11-10"), new="2911")
    assert points(shop) == 60  # the receipt of 15 November is not hers
    taken_in(shop, export(shop, "b.csv", "5,2026-11-18 10:00:00,Market,2901,T,1,100.00", header=HEADER))
    taken_in(shop, export(shop, "c.csv", "6,2026-11-18 10:00:00,Market,2911,T,1,50.00", header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-20"))
    assert points(shop) == 65  # what the new card buys is
    with pytest.raises(Refused, match="Card 2901 is lost"):
        redeem_points(shop, "2901", 1, AtTheTill())
    in_order(shop)
    revert(shop, number(done), by("r"))
    # Found again: 60 + 3 + 10 + 5.
    assert points(shop) == 78
    in_order(shop)


def test_a_return_made_with_a_lost_card_belongs_to_its_sale_and_otherwise_to_nobody_and_no_night_moves_it(shop: Shop) -> None:
    member_lost(shop, "2901", by(day="2026-11-10"))
    header = f"{HEADER},original_receipt"
    back = "8,2026-11-18 10:00:00,Market,2901,T,-1,-500.00,1"
    stray = "9,2026-11-18 10:00:00,Market,2901,T,-1,-20.00,nowhere"
    taken_in(shop, export(shop, "b.csv", back, stray, header=header))
    whose = "SELECT number, member_id FROM receipt WHERE number IN ('8', '9') ORDER BY number"
    changes = [recalc(shop, as_of=day_from_iso("2026-11-20")).data["entries"] for _ in range(2)]
    # Of receipt 1 over 600.00 came 60 points; 100.00 of it stay: 10.
    assert points(shop) == 10
    assert asked(shop, whose) == [("8", 1), ("9", None)]
    assert (changes[0] != 0, changes[1]) == (True, 0)
    assert recalc(shop, as_of=day_from_iso("2026-11-20")).data["members"] == 0
    in_order(shop)


@pytest.mark.parametrize("what", ["lost", "block", "give", "assign"])
def test_nothing_is_undone_for_somebody_who_is_forgotten(shop: Shop, what: str) -> None:
    done = {
        "lost": lambda: member_lost(shop, "2901", by(day="2026-11-10")),
        "block": lambda: member_block(shop, "2901", by()),
        "give": lambda: give(shop, Gift(kind="points", count=7), ToWhom(card="2901"), by()),
        "assign": lambda: receipt_assign(shop, [Wish("2", "2901")], by()),
    }[what]()
    undo = number(done) if what != "assign" else asked(shop, "SELECT max(id) FROM by_hand")[0][0]
    member_erase(shop, "2901", by("e"))
    before = asked(shop, "SELECT * FROM lost_card"), asked(shop, "SELECT * FROM block"), points(shop)
    with pytest.raises(Refused, match="Whose this was is forgotten"):
        revert(shop, undo, by("r"))
    assert (asked(shop, "SELECT * FROM lost_card"), asked(shop, "SELECT * FROM block"), points(shop)) == before
    in_order(shop)


def test_a_key_is_not_one_that_another_key_is_made_of(shop: Shop) -> None:
    with pytest.raises(LoyaltyError, match=r"has no \| in it"):
        give(shop, Gift(kind="points", count=7), ToWhom(card="2901"), by("a|2902"))
    # At the till any key goes: the second use under k is not noted as that under "k|2".
    for key in ("k", "k|2"):
        redeem_points(shop, "2901", 1, AtTheTill(key=key))
    with shop.reading() as connection:
        assert [key_of_use(connection, key) for key in ("k", "k|2", "k|3")] == ["redeem|2 k", "redeem|2 k|2", "redeem k|3"]


def test_who_is_blocked_redeems_nothing_until_that_is_undone(shop: Shop) -> None:
    done = member_block(shop, "2901", by())
    with pytest.raises(Refused, match="Card 2901 is blocked"):
        redeem_points(shop, "2901", 1, AtTheTill())
    with pytest.raises(Refused, match="is blocked already"):
        member_block(shop, "2901", by("k2"))
    revert(shop, number(done), by("r"))
    assert redeem_points(shop, "2901", 1, AtTheTill()).data["left"] == 62


def test_a_gift_is_chosen_handed_out_and_brought_back(shop: Shop) -> None:
    chosen = gift_move(shop, "2901", "tape", by("c0"), AtWill(choose=True))
    revert(shop, number(chosen), by("r0"))
    chosen = gift_move(shop, "2901", "spool", by("c"), AtWill(choose=True))
    done = gift_move(shop, "2901", "spool", by("h"), AtWill(store="Market"))
    assert gift_move(shop, "2901", "spool", by("h"), AtWill(store="Market")).data["again"] is True
    with pytest.raises(Refused, match="No gift is due"):
        gift_move(shop, "2901", "spool", by("h2"), AtWill())
    with pytest.raises(Refused, match="undo that first"):
        revert(shop, number(chosen), by("r1"))
    revert(shop, number(done), by("r"))
    assert number(gift_move(shop, "2901", "spool", by("h3"), AtWill()))


def test_an_event_by_hand_brings_its_reward_and_goes_with_it(shop: Shop) -> None:
    done = event_add(shop, "2902", "survey", by())
    assert points(shop, 2) == 11
    revert(shop, number(done), by("r"))
    assert points(shop, 2) == 4
    in_order(shop)


def test_points_coupons_and_gifts_that_were_redeemed_come_back(shop: Shop) -> None:
    shop = replace(shop, now=shop.now.replace(day=20))
    used = redeem_points(shop, "2901", 20, AtTheTill(key="p"))
    gift = redeem_gift(shop, "2901", "mug", AtTheTill(key="g"))
    assert points(shop) == 63 - 20 - 5
    revert(shop, number(used), by("r1"))
    revert(shop, number(gift), by("r2"))
    assert points(shop) == 63
    # The same request again is the same request, though it was undone.
    assert redeem_points(shop, "2901", 20, AtTheTill(key="p")).data["again"] is True
    assert points(shop) == 63
    in_order(shop)


def test_a_voucher_pays_in_parts_and_a_part_comes_back(shop: Shop) -> None:
    shop = replace(shop, now=shop.now.replace(day=20))
    give(shop, Gift(kind="coupon", name="voucher"), ToWhom(card="2901"), by())
    recalc(shop, as_of=day_from_iso("2026-11-20"))
    issue_coupons(shop)
    ((code,),) = asked(shop, "SELECT code FROM coupon")
    first = redeem_coupon(shop, code, AtTheTill(), at_most="12.00")
    second = redeem_coupon(shop, code, AtTheTill(), at_most="37.00")
    assert [str(line) for line in second.said][-1] == "1.00 PLN are left on it."
    with pytest.raises(Refused, match=r"pays no more than 1\.00"):
        redeem_coupon(shop, code, AtTheTill(), at_most="1.01")
    with pytest.raises(Refused, match="nothing left that it could pay"):
        redeem_coupon(shop, code, AtTheTill(), at_most="0.00")
    revert(shop, number(first), by("r1"))
    # 50.00 less 37.00
    third = redeem_coupon(shop, code, AtTheTill(), at_most="13.00")
    with pytest.raises(Refused, match="was used on"):
        redeem_coupon(shop, code, AtTheTill(), at_most="0.01")
    revert(shop, number(third), by("r3"))
    revert(shop, number(second), by("r2"))
    assert redeem_coupon(shop, code, AtTheTill(), at_most="50.00").data["amount"] == 5000
    in_order(shop)


def test_the_last_gift_in_stock_is_given_once_though_the_night_has_not_run(shop: Shop) -> None:
    redeem_gift(shop, "2901", "mug", AtTheTill())
    redeem_gift(replace(shop, secret="cd" * 32), "2901", "mug", AtTheTill())
    with pytest.raises(Refused, match="There is no mug left"):
        redeem_gift(replace(shop, secret="ef" * 32), "2901", "mug", AtTheTill())


def test_all_of_it_is_in_a_report_with_its_number_and_what_undid_it(shop: Shop) -> None:
    done = give(shop, Gift(kind="points", count=10), ToWhom(card="2901"), by())
    redeem_points(shop, "2901", 20, AtTheTill(by="Ola"))
    revert(shop, number(done), by("r"))
    table = report(shop, "by-hand", Wanted()).tables[0]
    assert [(row[0], row[2], row[3], row[4], row[5], row[7]) for row in table.rows] == [
        (1, "give", "2901", "10 points", "Ewa", 3),
        (2, "redeem", "2901", "20 points", "Ola", None),
        (3, "revert", "2901", "1", "Ewa", None),
    ]
    with shop.reading() as connection:
        plan = list(connection.execute(f"EXPLAIN QUERY PLAN {changes.SELECT}", {"since": "", "before": ""}))
    # Uses at the counter are many: none of them looks through all that was done by hand.
    of_each = {step for step, _, _, what in plan if what.startswith("CORRELATED")}
    assert [what for _, above, _, what in plan if above in of_each and what.startswith("SCAN")] == []


def test_a_dry_run_does_it_all_and_keeps_nothing(shop: Shop) -> None:
    give(shop, Gift(kind="points", count=10), ToWhom(card="2901"), by(), dry_run=True)
    assert (points(shop), asked(shop, "SELECT count(*) FROM by_hand")) == (63, [(0,)])


def test_who_is_erased_is_forgotten_and_the_books_stay(shop: Shop) -> None:
    wishes = MemberWishes(name="Zofia Lis", email="z@example.org", birthday="1980-05-17")
    member_set(shop, "2901", replace(wishes, groups=(ListedGroup("pensioner", day_from_iso("2026-11-01")),)))
    recalc(shop, as_of=day_from_iso("2026-11-20"))
    till_export(shop, "members", ExportWishes())
    done = member_erase(shop, "2901", by(day=None))
    assert [str(line) for line in done.warnings] == [
        "These still know the member, take them off there: members",
        "These files still say who it was, take it out or delete them: till-export/members.csv",
    ]
    assert member_erase(shop, "2901", by(day=None)).data["again"] is True
    dump = "".join(str(asked(shop, f"SELECT * FROM {name}")) for name in ("member", "member_change", "till_told", "member_group"))
    assert not any(word in dump for word in ("Zofia", "z@example.org", "1980", "pensioner"))
    later = replace(shop, now=shop.now.replace(day=23))
    taken_in(later, export(later, "b.csv", "7,2026-11-22 10:00:00,Market,2901,T,1,100.00", header=HEADER))
    recalc(later, as_of=day_from_iso("2026-11-22"))
    # Frozen: what the card buys later is nobody's, and the 63 points there were have lapsed on the 22nd.
    assert points(shop) == 0
    assert asked(shop, "SELECT sum(quantity) FROM ledger WHERE rule_id = (SELECT id FROM rule WHERE name = 'lapse')") == [(-63,)]
    assert recalc(later, as_of=day_from_iso("2026-11-22"), everyone=True).data["entries"] == 0
    assert check(later, full=True).exit_code == ExitCode.OK
    with pytest.raises(Refused, match="can not be undone"):
        revert(shop, number(done), by("r"))


def test_what_is_given_without_a_name_or_until_a_day_that_is_over_is_refused(shop: Shop) -> None:
    with pytest.raises(LoyaltyError, match="Which coupon is given"):
        give(shop, Gift(kind="coupon"), ToWhom(card="2901"), by())
    with pytest.raises(LoyaltyError, match="There is no wallet bonus"):
        give(shop, Gift(kind="points", name="bonus"), ToWhom(card="2901"), by())
    over = day_from_iso("2026-11-01")
    with pytest.raises(Refused, match="2026-11-01 lies before"):
        give(shop, Gift(kind="points", count=5, until=over), ToWhom(card="2901"), by())
    in_order(shop)


def test_a_gift_that_is_asked_for_again_when_its_days_are_over_was_made_before(shop: Shop) -> None:
    gift, whom = Gift(kind="points", count=5, until=day_from_iso("2026-12-01")), ToWhom(card="2901")
    give(shop, gift, whom, by(day=None))
    later = replace(shop, now=shop.now + timedelta(days=60))
    assert give(later, gift, whom, by(day=None)).data["again"] is True
