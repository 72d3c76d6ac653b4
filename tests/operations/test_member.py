from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.listed import ListedGroup
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.set import member_set
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.shop.nightly import nightly
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import CORA
from tests.operations.small_shop import small_shop
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.small_shop import SmallShop

TODAY = day_from_iso("2026-10-05")


@pytest.fixture
def shop(there: SmallShop) -> SmallShop:
    """Ana's card has bought for 150.00, Boris' for 40.00; nobody has a name yet."""
    there.export(
        "market-10.csv",
        [sold(1, "2026-10-01 10:00", ANA, "150.00"), sold(2, "2026-10-02 10:00", BORIS, "40.00")],
    )
    nightly(there.shop)
    return there


def changes(shop: SmallShop) -> list[tuple[object, ...]]:
    return shop.ask("SELECT field, was, became, at, by, reason FROM member_change ORDER BY id")


def test_a_new_member_is_entered_with_everything_that_is_known(shop: SmallShop) -> None:
    wishes = MemberWishes(
        name="  Cora \u00a0Pop ",
        phone="+40 700 000 001",
        email="cora@example.org",
        birthday="02-29",
        number="C-3",
        language="RO",
        groups=(ListedGroup(name="pensioner", first=TODAY - 10),),
        consents=(("email", True),),
    )
    member_add(shop.shop, "2900 0410 000 39", wishes, Asked(by="Maria", reason="form"))
    assert shop.ask(
        "SELECT card.number, member.number, name, phone, email, language, birthday, date(joined) "
        "FROM member JOIN card ON member_id = member.id WHERE member.id = 3"
    ) == [(CORA, "C-3", "Cora Pop", "+40 700 000 001", "cora@example.org", "ro", "02-29", "2026-10-05")]
    assert shop.ask("SELECT name, date(from_day), until_day FROM member_group") == [("pensioner", "2026-09-25", None)]
    assert shop.ask("SELECT channel, given, date(from_day), source FROM consent") == [("email", 1, "2026-10-05", "Maria")]
    assert shop.ask("SELECT member_id, since FROM due") == [(3, 0)]
    assert changes(shop)[0] == ("card", None, CORA, "2026-10-05T02:00:00+00:00", "Maria", "form")


def test_a_card_that_was_used_before_gets_a_name_and_keeps_its_points(shop: SmallShop) -> None:
    added = member_add(shop.shop, ANA, MemberWishes(name="Ana"))
    assert added.data["was_known"] is True
    recalc(shop.shop)
    assert shop.ask("SELECT name, points FROM member JOIN standing ON member_id = id ORDER BY id") == [
        ("Ana", 150),
        ("", 40),
    ]


def test_a_known_member_is_not_added_again(shop: SmallShop) -> None:
    member_add(shop.shop, ANA, MemberWishes(name="Ana"))
    with pytest.raises(Refused, match="belongs to Ana"):
        member_add(shop.shop, ANA, MemberWishes(name="Other"))


def test_a_member_can_be_added_before_anything_is_adopted(tmp_path: Path) -> None:
    new = small_shop(tmp_path / "new", adopted=False)
    # 22:30 UTC is already tomorrow in the program's time zone.
    member_add(new.at("2026-10-05T22:30"), ANA, MemberWishes(name="Ana"))
    assert new.ask("SELECT date(joined) FROM member") == [("2026-10-06",)]


@pytest.mark.parametrize(
    ("card", "wishes"),
    [
        ("2,90004E+12", MemberWishes()),
        ("", MemberWishes()),
        (CORA, MemberWishes(email="cora")),
        (CORA, MemberWishes(birthday="1990-02-30")),
        (CORA, MemberWishes(birthday="2090-02-03")),
        (CORA, MemberWishes(joined=day_from_iso("2090-02-03"))),
        (CORA, MemberWishes(language="polish")),
    ],
)
def test_what_can_not_be_is_refused(shop: SmallShop, card: str, wishes: MemberWishes) -> None:
    before = shop.dump()
    with pytest.raises(LoyaltyError):
        member_add(shop.shop, card, wishes)
    assert shop.dump() == before


def test_a_number_belongs_to_one_member(shop: SmallShop) -> None:
    member_add(shop.shop, ANA, MemberWishes(name="Ana", number="1"))
    with pytest.raises(Refused, match="The number 1 belongs to Ana"):
        member_add(shop.shop, CORA, MemberWishes(name="Cora", number="1"))


def test_a_dry_run_adds_nobody(shop: SmallShop) -> None:
    before = shop.dump()
    member_add(shop.shop, CORA, MemberWishes(name="Cora"), dry_run=True)
    member_set(shop.shop, ANA, MemberWishes(name="Ana"), dry_run=True)
    assert shop.dump() == before


def test_each_change_is_kept_with_its_hand_and_reason(shop: SmallShop) -> None:
    member_set(shop.shop, ANA, MemberWishes(name="Ana", phone="1"), Asked(by="Maria", reason="called"))
    member_set(shop.shop, ANA, MemberWishes(name="Anna", phone=""), Asked(by="Jan", reason="typo"))
    moment = "2026-10-05T02:00:00+00:00"
    assert changes(shop) == [
        ("name", "", "Ana", moment, "Maria", "called"),
        ("phone", "", "1", moment, "Maria", "called"),
        ("name", "Ana", "Anna", moment, "Jan", "typo"),
        ("phone", "1", "", moment, "Jan", "typo"),
    ]
    assert shop.ask("SELECT member_id, since FROM due") == [(1, 0)]


def test_nothing_different_marks_nobody(shop: SmallShop) -> None:
    before = shop.dump()
    assert member_set(shop.shop, ANA, MemberWishes(name="")).data["changes"] == 0
    assert shop.dump() == before


def test_an_unknown_card_is_refused_with_those_that_look_like_it(shop: SmallShop) -> None:
    with pytest.raises(LoyaltyError) as caught:
        member_set(shop.shop, ANA[:-3] + ANA[-2] + ANA[-3] + ANA[-1], MemberWishes(name="x"))
    assert ANA in str(caught.value.hint)


def test_a_group_holds_from_a_day_through_another(shop: SmallShop) -> None:
    first, last = day_from_iso("2026-09-01"), day_from_iso("2026-12-31")
    member_set(shop.shop, ANA, MemberWishes(groups=(ListedGroup(name="student", first=first, last=last),)))
    groups = "SELECT name, date(from_day), date(until_day), ended FROM member_group"
    assert shop.ask(groups) == [("student", "2026-09-01", "2026-12-31", 0)]
    member_set(shop.shop, ANA, MemberWishes(left_groups=(ListedGroup(name="student"),)))
    assert shop.ask(groups) == [("student", "2026-09-01", "2026-10-05", 0)]
    assert changes(shop)[-1][:3] == ("group student", "2026-09-01 to 2026-12-31", "2026-09-01 to 2026-10-05")


def test_a_group_that_ended_before_it_began_was_never_joined(shop: SmallShop) -> None:
    member_set(shop.shop, ANA, MemberWishes(groups=(ListedGroup(name="student"),)))
    member_set(shop.shop, ANA, MemberWishes(left_groups=(ListedGroup(name="student", last=TODAY - 1),)))
    assert shop.ask("SELECT ended FROM member_group") == [(1,)]
    with pytest.raises(LoyaltyError, match="not in the group"):
        member_set(shop.shop, ANA, MemberWishes(left_groups=(ListedGroup(name="student"),)))
    wish = MemberWishes(groups=(ListedGroup(name="student", first=TODAY, last=TODAY - 1),))
    with pytest.raises(LoyaltyError, match="end before it begins"):
        member_set(shop.shop, ANA, wish)


def test_a_member_is_blocked_and_unblocked(shop: SmallShop) -> None:
    member_set(shop.shop, ANA, MemberWishes(blocked=True), Asked(reason="card lost"))
    assert member_set(shop.shop, ANA, MemberWishes(blocked=True)).data["changes"] == 0
    assert shop.ask("SELECT date(from_day), until_day, reason FROM block") == [("2026-10-05", None, "card lost")]
    member_set(shop.at("2026-10-09T09:00"), ANA, MemberWishes(blocked=False))
    assert shop.ask("SELECT date(from_day), date(until_day) FROM block") == [("2026-10-05", "2026-10-08")]
    assert [row[:3] for row in changes(shop)] == [("blocked", "no", "yes"), ("blocked", "yes", "no")]


def test_a_consent_is_taken_back(shop: SmallShop) -> None:
    member_set(shop.shop, ANA, MemberWishes(consents=(("sms", True),)))
    member_set(shop.at("2026-10-09T09:00"), ANA, MemberWishes(consents=(("sms", False),)))
    assert shop.ask("SELECT channel, given, date(from_day) FROM consent ORDER BY id") == [
        ("sms", 1, "2026-10-05"),
        ("sms", 0, "2026-10-09"),
    ]


def test_a_new_card_belongs_to_the_member_at_once(shop: SmallShop) -> None:
    member_set(shop.shop, ANA, MemberWishes(card=CORA))
    assert shop.ask("SELECT number FROM card WHERE member_id = 1 ORDER BY number") == [(ANA,), (CORA,)]


def test_a_card_used_before_brings_purchases_points_and_coupons(shop: SmallShop) -> None:
    member_add(shop.shop, BORIS, MemberWishes(name="Boris"))
    member_set(shop.shop, BORIS, MemberWishes(card=ANA), Asked(by="Maria"))
    recalc(shop.shop)
    nightly(shop.shop)
    # 150 + 40 points; the coupon for 150.00 moved along and was neither withdrawn nor issued anew.
    assert shop.ask("SELECT member_id, points FROM standing ORDER BY 1") == [(1, 0), (2, 190)]
    assert shop.ask("SELECT member_id, (SELECT group_concat(what) FROM coupon_event) FROM coupon") == [(2, "issued")]
    assert shop.ask("SELECT member_id, count(*) FROM receipt GROUP BY 1") == [(2, 2)]


def test_a_card_that_promised_nothing_yet_leaves_no_empty_member(there: SmallShop) -> None:
    file = there.export("other.csv", [sold(1, "2026-10-01 10:00", ANA, "150.00"), sold(2, "2026-10-02 10:00", BORIS, "40.00")])
    from loyalty_cli.operations.imports.purchases import import_purchases

    import_purchases(there.shop, [str(file)], store="Market")
    member_set(there.shop, BORIS, MemberWishes(card=ANA))
    recalc(there.shop)
    assert there.ask("SELECT id, points FROM member JOIN standing ON member_id = id") == [(2, 190)]


def test_the_card_of_somebody_else_is_refused(shop: SmallShop) -> None:
    member_add(shop.shop, ANA, MemberWishes(name="Ana"))
    with pytest.raises(Refused, match="belongs to Ana"):
        member_set(shop.shop, BORIS, MemberWishes(card=ANA))
