"""Two registrations of one person become one member, and everything is as if there had been one from the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.listed import ListedGroup
from loyalty_cli.operations.by_hand.give import Gift
from loyalty_cli.operations.by_hand.give import give
from loyalty_cli.operations.by_hand.give import ToWhom
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.members.set import member_set
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.messages.listed import list_messages
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.shop.nightly import nightly
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import CORA
from tests.operations.small_shop import small_shop
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.small_shop import SmallShop

MAY, JUNE = day_from_iso("2026-05-01"), day_from_iso("2026-06-01")


@pytest.fixture
def shop(tmp_path: Path) -> SmallShop:
    """Ana joined in June and bought for 150.00, A. Pop in May and bought for 160.00; Cora bought for 40.00."""
    there = small_shop(tmp_path / "shop")
    there.export(
        "market-10.csv",
        [
            sold(1, "2026-10-01 10:00", ANA, "150.00"),
            sold(2, "2026-10-02 10:00", BORIS, "160.00"),
            sold(3, "2026-10-02 11:00", CORA, "40.00"),
        ],
    )
    nightly(there.shop)
    member_add(there.shop, ANA, MemberWishes(name="Ana Pop", phone="+40 1", joined=JUNE, consents=(("email", True),)))
    groups = (ListedGroup(name="pensioner", first=JUNE),)
    member_add(there.shop, BORIS, MemberWishes(name="A. Pop", number="7", joined=MAY, groups=groups))
    recalc(there.shop)
    return there


def rows(shop: SmallShop, name: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in report(shop.shop, name, Wanted()).tables[0].rows]


def test_a_merged_member_has_the_purchases_points_and_tier_of_both(shop: SmallShop) -> None:
    said = member_merge(shop.shop, BORIS, ANA, Asked(by="Ola", reason="registered twice"))
    assert said.data["given_up"] == [{"field": "name", "kept": "A. Pop", "other": "Ana Pop"}]
    recalc(shop.shop)
    # 150.00 + 160.00 = 310.00 of 300.00 for a friend; a point for each whole zloty
    kept = "SELECT name, number, phone, date(joined), tier, points, visits FROM member JOIN standing ON member_id = id "
    assert shop.ask(kept + "WHERE merged_into IS NULL ORDER BY id") == [
        ("A. Pop", "7", "+40 1", "2026-05-01", "friend", 310, 2),
        ("", None, "", None, "guest", 40, 1),
    ]
    assert shop.ask("SELECT member_id, name FROM member_group") == [(1, "pensioner")]
    assert shop.ask("SELECT member_id, channel, given FROM consent") == [(1, "email", 1)]
    assert shop.ask("SELECT DISTINCT member_id FROM coupon WHERE member_id < 3") == [(1,)]
    assert check(shop.shop, full=True).exit_code == 0


def test_who_became_another_member_is_in_no_report(shop: SmallShop) -> None:
    member_merge(shop.shop, BORIS, ANA)
    recalc(shop.shop)
    assert [row[0] for row in rows(shop, "members")] == [ANA, CORA]
    assert [row[1] for row in rows(shop, "tiers")] == [1, 1]
    # card, name, earned: 310 = 150 + 160, moved from one to the other
    assert [(row[0], row[2]) for row in rows(shop, "points")] == [(ANA, 310), (CORA, 40)]


def test_a_card_that_moves_to_another_member_leaves_nobody_behind(shop: SmallShop) -> None:
    member_set(shop.shop, ANA, MemberWishes(card=CORA))
    recalc(shop.shop)
    assert [row[0] for row in rows(shop, "members")] == [ANA, BORIS]
    assert sum(int(str(row[1])) for row in rows(shop, "tiers")) == 2


def test_each_change_of_a_merge_is_kept(shop: SmallShop) -> None:
    before = shop.ask("SELECT max(id) FROM member_change")[0][0]
    member_merge(shop.shop, BORIS, ANA, Asked(by="Ola", reason="registered twice"))
    changes = "SELECT member_id, field, was, became FROM member_change WHERE id > ? ORDER BY id"
    assert shop.ask(changes, before) == [
        (2, "number", "7", None),
        (2, "joined", str(MAY), None),
        (1, "number", None, "7"),
        (1, "name", "Ana Pop", "A. Pop"),
        (1, "joined", str(JUNE), str(MAY)),
        (2, "group pensioner", "2026-06-01 to", None),
        (1, "group pensioner", None, "2026-06-01 to"),
        (2, "merged", None, "1"),
        (1, "card", None, BORIS),
    ]
    assert shop.ask("SELECT DISTINCT by, reason FROM member_change WHERE id > ?", before) == [("Ola", "registered twice")]


def test_what_was_given_and_written_before_a_merge_is_told_by_a_card_that_is_there(shop: SmallShop) -> None:
    """Boris had 10 points by hand and a message; their member has no card of its own any more, and is told by the first of both."""
    given = Gift(kind="points", count=10)
    give(shop.shop, given, ToWhom(card=BORIS), Asked(by="Ola", reason="spilled tea"))
    shop.change("INSERT INTO message SELECT 1, 'key of it', member_id, 'thanks', 'service', 2461316, '' FROM card WHERE number = ?", BORIS)
    shop.change("INSERT INTO message_event VALUES (1, 1, 'sent', 'email', 2461316, '2026-10-05T02:00:00+00:00', '', '')")
    member_merge(shop.shop, BORIS, ANA)
    by_hand = report(shop.shop, "by-hand", Wanted()).tables[0].rows
    assert [(row[2], row[3]) for row in by_hand if row[2] == "give"] == [("give", ANA)]
    for card in ("", ANA):
        (message,) = list_messages(shop.shop, first=0, last=NEVER, doubtful=False, card=card).tables[0].rows
        assert message[1:3] == ("thanks", ANA)


def test_a_card_of_somebody_else_is_refused_with_the_command_that_merges(shop: SmallShop) -> None:
    with pytest.raises(Refused) as refused:
        member_set(shop.shop, ANA, MemberWishes(card=BORIS))
    assert str(refused.value.hint) == f"If both are one person: loyalty member merge {BORIS} {ANA}"


def test_one_member_is_not_merged_with_himself_and_a_dry_run_keeps_nothing(shop: SmallShop) -> None:
    before = shop.dump()
    member_merge(shop.shop, BORIS, ANA, dry_run=True)
    assert shop.dump() == before
    member_merge(shop.shop, BORIS, ANA)
    with pytest.raises(Refused, match="belong to one member already"):
        member_merge(shop.shop, BORIS, ANA)


def test_three_registrations_become_one_in_any_order(shop: SmallShop) -> None:
    member_merge(shop.shop, BORIS, ANA)
    member_merge(shop.shop, ANA, CORA)
    recalc(shop.shop)
    assert [(row[0], row[4]) for row in rows(shop, "members")] == [(ANA, 350)]
    assert shop.ask("SELECT id, merged_into FROM member ORDER BY id") == [(1, 3), (2, 3), (3, None)]
