"""Codes to hand on: whose one is can be told without a list, and a friend who names it was brought by that member."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.codes import shown
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.friend_codes import friend_code
from loyalty_cli.model.friend_codes import member_of_friend_code
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.cards import cards_to_hand_on
from loyalty_cli.operations.members.cards import CardWishes
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.members.set import member_set
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.render.sheet import render_sheet
from tests.operations.test_friends import bought
from tests.operations.test_friends import FIRST
from tests.operations.test_friends import joined
from tests.operations.test_friends import MEMBERS
from tests.operations.test_friends import points
from tests.operations.test_friends import PROGRAM
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

SECRET, OTHER = "5e" * 32, "a1" * 32


def test_a_code_is_that_of_one_member_and_of_one_shop() -> None:
    codes = {friend_code(SECRET, member): member for member in range(1, 3_001)}
    assert len(codes) == 3_000
    assert all(member_of_friend_code(SECRET, shown(code).lower()) == member for code, member in codes.items())
    assert not any(member_of_friend_code(OTHER, code) for code in codes)
    # One after another they have nothing in common by which somebody could go on counting.
    assert len({code[:3] for code in codes}) > 2_000


@pytest.mark.parametrize("place", range(13))
def test_a_wrong_letter_makes_it_nobodys(place: int) -> None:
    code = friend_code(SECRET, 17)
    wrong = "2" if code[place] != "2" else "3"
    assert member_of_friend_code(SECRET, code[:place] + wrong + code[place + 1 :]) is None


@pytest.mark.parametrize("text", ["", "2901", "MAGDA", "X" * 13, "я" * 13])
def test_a_card_or_a_name_is_no_code(text: str) -> None:
    assert member_of_friend_code(SECRET, text) is None


def begun(folder: Path) -> Shop:
    """A shop that has been recalculated once, and so has its secret."""
    shop = make_shop(folder / "shop", PROGRAM, members=MEMBERS)
    recalc(shop, as_of=FIRST)
    return shop


def code_of_card(shop: Shop, card: str) -> str:
    _, sheet = cards_to_hand_on(shop, CardWishes(numbers=(card,)))
    (label,) = sheet.labels
    return label.shown


def test_who_names_a_code_was_brought_by_its_member_whoever_that_has_become(tmp_path: Path) -> None:
    shop = begun(tmp_path)
    joined(shop, (2, code_of_card(shop, "2901").lower()))
    put_receipts(shop, bought(2, 1, 110))
    recalc(shop, as_of=FIRST + 9)
    # 10 points for 2901 and 3 for the friend, who spent 110.00 of 100.00.
    assert points(shop) == [10, 3, 0, 0, 0]
    member_merge(shop, "2901", "2905")
    recalc(shop, as_of=FIRST + 9)
    assert points(shop) == [0, 3, 0, 0, 10]


def test_nobody_brings_themselves_by_their_own_code_and_a_code_of_nobody_is_refused(tmp_path: Path) -> None:
    shop = begun(tmp_path)
    with pytest.raises(Refused, match="Nobody brings themselves"):
        member_set(shop, "2901", MemberWishes(referred_by=code_of_card(shop, "2901")))
    with pytest.raises(LoyaltyError):
        member_add(shop, "2906", MemberWishes(referred_by=friend_code(OTHER, 1)))
    member_add(shop, "2906", MemberWishes(referred_by=code_of_card(shop, "2901")))


def test_invitations_are_printed_once_for_a_member_and_show_no_card(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Nothing has been worked out yet"):
        cards_to_hand_on(make_shop(tmp_path / "new", PROGRAM), CardWishes(members=True))
    shop = begun(tmp_path)
    outcome, sheet = cards_to_hand_on(shop, CardWishes(members=True))
    assert (outcome.data["count"], len({label.code for label in sheet.labels})) == (MEMBERS, MEMBERS)
    page = render_sheet(sheet, "pl").decode()
    assert "Zaproszenie" in page
    assert "2901" not in page
    nobody, empty = cards_to_hand_on(shop, CardWishes(numbers=("2999",)))
    assert (nobody.data["count"], list(empty.labels)) == (0, [])
