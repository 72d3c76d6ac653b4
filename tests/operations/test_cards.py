"""Cards made in advance: each number once, the same key once; printed until somebody has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.cards import CardForm
from loyalty_cli.operations.members.cards import CardWishes
from loyalty_cli.operations.members.cards import make_cards
from loyalty_cli.operations.members.cards import print_cards
from loyalty_cli.operations.members.wishes import MemberWishes
from tests.operations.small_shop import small_shop

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

FORM = CardForm(prefix="29012")
# Check digits by EAN: 29012 and seven digits of a running number.
FIRST, SECOND, THIRD = "2901200000013", "2901200000020", "2901200000037"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path / "shop").shop


def made(shop: Shop, count: int, key: str = "", form: CardForm = FORM) -> list[object]:
    outcome = make_cards(shop, count, form, key=key or f"{count}")
    return [row[0] for row in outcome.tables[0].rows]


def printed(shop: Shop, wishes: CardWishes | None = None) -> list[tuple[str, str]]:
    _, sheet = print_cards(shop, wishes or CardWishes())
    return [(label.code, label.holder) for label in sheet.labels]


def test_the_same_key_gives_the_same_cards_and_makes_none(shop: Shop) -> None:
    assert made(shop, 2, "spring") == [FIRST, SECOND]
    assert made(shop, 2, "spring") == [FIRST, SECOND]
    assert made(shop, 1, "summer") == [THIRD]
    with pytest.raises(Refused, match="spring"):
        made(shop, 3, "spring")
    with pytest.raises(Refused, match="spring"):
        made(shop, 2, "spring", CardForm(prefix="29013"))


def test_a_number_in_use_is_not_made_again(shop: Shop) -> None:
    member_add(shop, SECOND, MemberWishes(name="Ana"))
    assert made(shop, 2) == [FIRST, THIRD]


def test_a_dry_run_keeps_nothing(shop: Shop) -> None:
    make_cards(shop, 2, FORM, key="try", dry_run=True)
    assert made(shop, 2, "try") == [FIRST, SECOND]
    assert printed(shop) == [(FIRST, ""), (SECOND, "")]


def test_the_program_says_how_numbers_look(tmp_path: Path) -> None:
    small = small_shop(tmp_path / "shop")
    program = small.folder / "program.yaml"
    text = program.read_text(encoding="utf-8")
    with pytest.raises(LoyaltyError, match="prefix is missing"):
        make_cards(small.shop, 1, CardForm(), key="none")
    program.write_text(text + "cards: {prefix: 0077, check: luhn, digits: 10}\n", encoding="utf-8")
    # 0077 00001 with Luhn: from the right 2*1, 0, 0, 0, 0, 7, 2*7 = 14 so 5, 0, 0: 2 + 7 + 5 = 14, so 6.
    assert made(small.shop, 1, "own", CardForm()) == ["0077000016"]
    # The option wins, the rest is the program's: 290120001, from the right 2*1, 0, 0, 0, 2*2, 1, 0, 9, 2*2: 20, so 0.
    assert made(small.shop, 1, "other", FORM) == ["2901200010"]


def test_a_prefix_that_is_used_up_makes_nothing(shop: Shop) -> None:
    form = CardForm(prefix="29012", check="luhn", digits=7)  # one digit of its own: 1 to 9
    with pytest.raises(Refused, match="Numbers left with the prefix 29012: 9"):
        make_cards(shop, 10, form, key="ten")
    assert len(made(shop, 9, "nine", form)) == 9


@pytest.mark.parametrize(
    "form",
    [
        CardForm(prefix="29a"),
        CardForm(prefix="290120000000"),
        CardForm(prefix="29012", check="ean", digits=10),
    ],
)
def test_a_form_that_can_not_be_is_refused(shop: Shop, form: CardForm) -> None:
    with pytest.raises(LoyaltyError):
        make_cards(shop, 1, form, key="x")


def test_a_prefix_of_anothers_goods_is_warned_of(shop: Shop) -> None:
    assert len(make_cards(shop, 1, CardForm(prefix="590123"), key="p").warnings) == 1
    assert not make_cards(shop, 1, FORM, key="q").warnings


def test_cards_are_printed_until_somebody_has_them(shop: Shop) -> None:
    made(shop, 2, "spring")
    assert printed(shop) == [(FIRST, ""), (SECOND, "")]
    member_add(shop, FIRST, MemberWishes(name="Ana"))
    assert printed(shop) == [(SECOND, "")]
    assert printed(shop, CardWishes(members=True)) == [(FIRST, "Ana")]
    assert printed(shop, CardWishes(key="spring")) == [(FIRST, "Ana"), (SECOND, "")]
    with pytest.raises(LoyaltyError, match="no such"):
        printed(shop, CardWishes(key="no such"))


def test_any_text_on_an_existing_card_may_be_printed(shop: Shop, tmp_path: Path) -> None:
    listed = tmp_path / "cards.txt"
    listed.write_text("00123\n\n карта-7 \n00123\n", encoding="utf-8")
    assert printed(shop, CardWishes(numbers=("AB-77",), file=listed)) == [("AB-77", ""), ("00123", ""), ("карта-7", "")]
    with pytest.raises(LoyaltyError, match="not a card"):
        printed(shop, CardWishes(numbers=("2.9E+12",)))


def test_nothing_made_is_a_sentence(shop: Shop) -> None:
    outcome, sheet = print_cards(shop, CardWishes())
    assert not sheet.labels
    assert "loyalty cards make" in str(outcome.said[0])
