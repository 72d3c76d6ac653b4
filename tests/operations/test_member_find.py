"""Who is meant by a name: found by its beginning, without its marks; accepted wherever a card is, unless several fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.find import member_find
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.members.set import member_set
from loyalty_cli.operations.members.wishes import MemberWishes
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import PROGRAM
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

POINTS = "points: {earn: {basic: {points: 1, for_every: 1.00}}, one_point_pays: 0.10}\n"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    there = shop_in(tmp_path / "s", PROGRAM + POINTS)
    people = [
        ("2901", "Łucja Żak", "600 100 200", "lucja@example.com"),
        ("2902", "Anna Nowak", "", ""),
        ("2903", "Anna Nowacka", "", ""),
        ("2904", "Иван Петров", "", ""),
    ]
    for card, name, phone, email in people:
        member_add(there, card, MemberWishes(name=name, phone=phone or None, email=email or None))
    taken_in(there, export(there, "a.csv", "2026-03-02,10:00:00,Market,1,2901,T,1,50.00"))
    recalc(there, as_of=day_from_iso("2026-03-02"))
    return there


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("zak", ["2901"]),
        ("ŻAK łucja", ["2901"]),
        ("anna", ["2903", "2902"]),
        ("Anna Nowak", ["2902"]),
        ("nowak", ["2902"]),
        ("anna now", ["2903", "2902"]),
        ("петров", ["2904"]),
        ("lucja@example.com", ["2901"]),
        ("100200", ["2901"]),
        ("2903", ["2903"]),
        ("ana", []),
        ("", []),
    ],
)
def test_members_are_found_by_what_is_remembered_of_them(shop: Shop, text: str, cards: list[str]) -> None:
    assert [row[0] for row in member_find(shop, text).tables[0].rows] == cards


def test_what_is_found_says_how_they_stand(shop: Shop) -> None:
    row = member_find(shop, "zak").tables[0].rows[0]
    assert row[1:] == ("Łucja Żak", "600 100 200", "lucja@example.com", "", 50, day_from_iso("2026-03-02"))


def test_a_name_is_accepted_wherever_a_card_is(shop: Shop) -> None:
    assert explain(shop, "łucja").data["card"] == "2901"
    assert redeem_points(shop, "Zak Lucja", 10, AtTheTill(basket="50.00")).data["left"] == 40
    assert member_set(shop, "Łucja Żak", MemberWishes(phone="700")).data["card"] == "2901"
    assert member_merge(shop, "Nowacka", "Anna Nowak").data["card"] == "2902"


def test_a_name_of_several_is_refused_with_all_of_them(shop: Shop) -> None:
    with pytest.raises(LoyaltyError, match="anna fits 2 members") as caught:
        redeem_points(shop, "anna", 10, AtTheTill(basket="50.00"))
    assert str(caught.value.hint) == (
        'Say the card of one: Anna Nowacka (2903), Anna Nowak (2902). All of them: loyalty member find "anna"'
    )


def test_a_name_of_nobody_and_a_card_of_nobody_are_told(shop: Shop) -> None:
    with pytest.raises(LoyaltyError, match="There is no member and no card Zenon"):
        redeem_points(shop, "Zenon", 10, AtTheTill(basket="50.00"))
    with pytest.raises(LoyaltyError, match="There is no card 2905") as caught:
        redeem_points(shop, "2905", 10, AtTheTill(basket="50.00"))
    assert "2901" in str(caught.value.hint)
