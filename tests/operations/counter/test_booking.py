"""What the counter books: what was shown, all of it or nothing, also while other tills book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.operations.counter.screen_said import shown
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.render.words import say
from tests.operations.counter.test_session import screen
from tests.shop_builder import day

if TYPE_CHECKING:
    from loyalty_cli.operations.counter.session import Session
    from loyalty_cli.operations.open_shop import Shop


@pytest.fixture
def two_coupons(shop: Shop) -> list[str]:
    """The member has a second coupon, which pays at most half of a purchase; the codes, the first one first."""
    text = shop.program.read_text(encoding="utf-8")
    text = text.replace("held_by: member}\n", "held_by: member}\n  half: {worth: 60.00, pays_up_to: 50%, valid_for: 60 days}\n")
    text = text.replace("rewards:\n", "rewards:\n  two: {when: {one_purchase: 100.00}, give: {coupon: half}}\n")
    shop.program.write_text(text, encoding="utf-8")
    adopt_program(shop, from_day=day("2026-01-01"), by="")
    recalc(shop)
    issue_coupons(shop)
    with shop.reading() as connection:
        return [code for (code,) in connection.execute("SELECT code FROM coupon ORDER BY id")]


def with_coupons(session: Session, codes: list[str]) -> None:
    """The card, a purchase of 80.00 and its coupons."""
    session.enter("2901")
    session.enter("80")
    for code in codes:
        session.ask("coupon")
        session.enter(code)


@pytest.mark.parametrize("receipt", ["", "R7"])
def test_each_coupon_is_booked_for_what_was_shown_with_a_number_of_the_receipt_or_without(
    shop: Shop, session: Session, two_coupons: list[str], receipt: str
) -> None:
    with_coupons(session, two_coupons)
    session.ask("receipt")
    session.enter(receipt)
    # 80.00 less 5% is 76.00; the first pays 20.00, the second at most half of 76.00.
    assert "To pay: 18.00 PLN" in screen(session)
    session.book()
    with shop.reading() as connection:
        assert connection.execute("SELECT amount, receipt FROM redemption ORDER BY id").fetchall() == [(2000, receipt), (3800, receipt)]


def test_what_is_refused_in_part_is_not_booked_at_all_and_nobody_pays_what_a_coupon_has_paid(
    shop: Shop, session: Session, two_coupons: list[str]
) -> None:
    with_coupons(session, two_coupons)
    session.ask("points")
    session.enter("100")
    redeem_points(shop, "2901", 50, AtTheTill(basket="80.00"))  # at another till, before the screen looks again
    session.book()
    assert str(session.trouble) == "What pays here has changed meanwhile: nothing is booked."
    lines = screen(session)
    assert "To pay: 18.00 PLN" in lines
    assert "Not used: points: Usable points of the card: 70, not 100." in lines
    with shop.reading() as connection:
        assert connection.execute("SELECT count(*) FROM redemption WHERE kind = 'coupon'").fetchone() == (0,)
    session.book()  # what is shown now
    with shop.reading() as connection:
        assert connection.execute("SELECT sum(amount) FROM redemption WHERE kind = 'coupon'").fetchone() == (5800,)
    assert "Points: 70" in screen(session)


def test_a_coupon_that_another_till_has_used_is_refused_with_its_reason_and_the_other_stays(
    shop: Shop, session: Session, two_coupons: list[str]
) -> None:
    with_coupons(session, two_coupons)
    redeem_coupon(shop, two_coupons[0], AtTheTill(basket="80.00", card="2901", receipt="X1"))
    session.book()
    assert "was used on" in str(session.trouble)
    assert session.said == []
    assert "To pay: 38.00 PLN" in screen(session)


def held_by_bearer(shop: Shop) -> str:
    """The code of a coupon that anybody may bring, also with a card that nobody has yet."""
    text = shop.program.read_text(encoding="utf-8").replace("unknown_cards: are set aside\n", "")
    shop.program.write_text(text.replace("held_by: member", "held_by: bearer"), encoding="utf-8")
    adopt_program(shop, from_day=day("2026-01-01"), by="")
    recalc(shop)
    with shop.changing() as connection:
        connection.execute("UPDATE coupon SET terms = replace(terms, '\"member\"', '\"bearer\"')")
        return str(connection.execute("SELECT code FROM coupon").fetchone()[0])


def test_with_a_new_card_a_bearers_coupon_is_booked_as_shown(shop: Shop, session: Session) -> None:
    code = held_by_bearer(shop)
    for wanted, text in (("", "2907001"), ("", "80"), ("coupon", code)):
        if wanted:
            session.ask("coupon")
        session.enter(text)
    assert "To pay: 60.00 PLN" in screen(session)
    assert "Brings: 80 points" in screen(session)  # in the books the coupon was used by nobody: its 20.00 are not taken off
    session.book()
    assert (session.trouble, [str(each) for each in session.said]) == (None, ["Used: thanks, pays 20.00 PLN."])


def test_a_card_that_is_somebody_elses_by_now_books_nothing(shop: Shop, session: Session) -> None:
    code = held_by_bearer(shop)
    for wanted, text in (("", "2902"), ("", "80"), ("coupon", code)):
        if wanted:
            session.ask("coupon")
        session.enter(text)
    with shop.changing() as connection:
        connection.execute("UPDATE card SET member_id = 3 WHERE number = '2902'")
    session.book()
    assert str(session.trouble) == "What pays here has changed meanwhile: nothing is booked."
    with shop.reading() as connection:
        assert connection.execute("SELECT count(*) FROM redemption").fetchone() == (0,)


def test_nothing_of_ours_is_english_on_a_screen_in_another_language(shop: Shop, session: Session) -> None:
    with_coupons(session, [])
    session.ask("points")
    session.enter("900")
    lines = [f"{say(each.label, 'pl')}: {say(each.text, 'pl')}" for each in shown(session)]
    assert "Rabat: −4,00\xa0zł rabat poziomu" in lines
    assert any(line.startswith("Nie użyto: punkty: ") for line in lines), lines
