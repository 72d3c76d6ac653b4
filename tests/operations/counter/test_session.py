"""One customer after another at the counter, without a screen: what is typed, what is shown, what is booked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.counter.missing import Wording
from loyalty_cli.operations.counter.screen_said import prompt_of
from loyalty_cli.operations.counter.screen_said import shown
from loyalty_cli.operations.counter.session import Session
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.store.members.consents import consent_rows
from tests.operations.counter.conftest import TODAY
from tests.operations.counter.test_quote import code_of
from tests.shop_builder import day

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop


def screen(session: Session) -> list[str]:
    """The lines as a cashier reads them."""
    return [f"{each.label}: {each.text}" for each in shown(session)]


def test_a_scanned_card_shows_who_it_is_and_what_they_have(shop: Shop, session: Session) -> None:
    session.enter("2901")
    code = code_of(shop)
    assert screen(session) == [
        "Member: A.N. 2901",
        "Tier: friend",
        "Discount: 5%",
        "Points: 120",
        f"Coupon: thanks {code[:4]}-{code[4:8]}-{code[8:]}, until 2026-05-15",
        "Birthday: 18.03.",
        "Say: free hemming",
        "Say: The birthday is in 2 days.",
        "Say: 180.00 PLN more and the tier is patron.",
        "Ask for: phone, consent (F8)",
    ]


def test_a_counter_of_a_store_that_is_not_known_is_not_opened(shop: Shop) -> None:
    with pytest.raises(LoyaltyError, match="There is no store Markt") as refused:
        Session(shop=lambda: shop, store="Markt")
    assert "Market" in str(refused.value.hint)


def test_an_amount_is_quoted_and_booked_with_coupon_and_points(shop: Shop, session: Session) -> None:
    session.enter("2901")
    session.enter("80,00")
    assert "To pay: 76.00 PLN" in screen(session)
    session.ask("coupon")
    session.enter(code_of(shop).lower())
    session.ask("points")
    session.enter("")  # as many as may pay
    # 76.00 - 20.00 - 12.00 (120 points) = 44.00
    lines = screen(session)
    assert "To pay: 44.00 PLN" in lines
    assert "Coupon: −20.00 PLN thanks" in lines
    assert "Points: −12.00 PLN (120)" in lines
    session.ask("receipt")
    session.enter("R7")
    assert screen(session)[1] == "Receipt: R7"
    session.book()
    assert [str(each) for each in session.said] == [
        "Used: thanks, pays 20.00 PLN.",
        "Points used: 120, which pay 12.00 PLN; left: 0.",
    ]
    assert "Points: 0" in screen(session)
    with shop.reading() as connection:
        used = connection.execute("SELECT kind, points, amount, receipt, by FROM redemption ORDER BY id").fetchall()
    assert used == [("coupon", 0, 2000, "R7", "Ewa"), ("points", 120, 1200, "R7", "Ewa")]
    # What the customer says now is of that purchase; the next one has another receipt.
    assert session.receipt == "R7"
    session.enter("12")
    assert session.receipt == ""


def test_a_coupon_is_booked_once_though_the_key_is_pressed_twice(shop: Shop, session: Session) -> None:
    session.enter("2901")
    session.enter("80")
    session.ask("coupon")
    session.enter(code_of(shop))
    session.book()
    session.book()
    assert str(session.trouble) == "There is nothing to book: show a coupon or points first."
    session.enter("80")
    session.ask("coupon")
    session.enter(code_of(shop))
    assert session.trouble is not None
    assert "was used on" in str(session.trouble)
    assert session.coupons == []


def test_a_long_number_is_the_next_card_even_where_an_amount_is_asked(session: Session) -> None:
    session.enter("2901")
    session.enter("2900041063645")
    assert (session.card, session.amount) == ("2900041063645", "")
    assert str(session.trouble) == "There is no card 2900041063645."


def test_an_amount_without_a_card_is_quoted_too(session: Session) -> None:
    session.enter("200.00")
    assert screen(session) == ["Basket: 200.00 PLN", "Discount: −20.00 PLN big basket", "To pay: 180.00 PLN"]


def test_a_slip_is_told_and_the_counter_goes_on(session: Session) -> None:
    session.ask("coupon")
    assert str(session.trouble) == "First type what the purchase costs."
    session.enter("2901")
    session.enter("80")
    session.ask("points")
    session.enter("many")
    assert session.trouble is not None
    assert "To pay: 76.00 PLN" in screen(session)
    session.next_customer()
    assert screen(session) == []


def test_the_night_is_not_blocked_and_both_see_what_the_other_did(shop: Shop, session: Session) -> None:
    session.enter("2901")
    session.enter("80")
    (shop.folder / "program.yaml").write_text(shop.program.read_text(encoding="utf-8") + "nightly: [recalc]\n", encoding="utf-8")
    nightly(replace(shop, wait=0.0))  # nobody holds the shop
    redeem_points(shop, "2901", 100, AtTheTill(basket="80.00"))  # another till
    session.look()
    assert "Points: 20" in screen(session)
    session.ask("points")
    session.enter("most")
    session.book()
    with shop.reading() as connection:
        assert connection.execute("SELECT sum(points) FROM redemption").fetchone() == (120,)


def test_a_gift_that_is_due_and_one_for_points_are_handed_out_by_their_numbers(shop: Shop, session: Session) -> None:
    text = shop.program.read_text(encoding="utf-8").replace("  pays_up_to: 50%", "  pays_up_to: 50%\n  gifts: {mug: 50}")
    text = text.replace("rewards:\n", "rewards:\n  scarf: {when: {one_purchase: 110.00}, give: {gift: scarf}}\n")
    shop.program.write_text(text + "gifts: {scarf: {stock: 5}}\n", encoding="utf-8")
    adopt_program(shop, from_day=day("2026-01-01"), by="")
    recalc(shop)
    session.enter("2901")
    assert "Gift: 1 scarf" in screen(session)
    session.ask("gift")
    # Below who it is and above what else is known: the screen is small.
    assert screen(session)[1:3] == ["Gift: 1 scarf: due", "Gift: 2 mug, points: 50"]
    session.enter("1")
    assert [str(each) for each in session.said] == ["Handed out: scarf."]
    session.ask("gift")
    session.enter("1")  # now the mug is the first of the list
    assert [str(each) for each in session.said] == ["mug, points: 50; left: 70."]
    session.ask("gift")
    session.enter("scarf")
    assert str(session.trouble) == "There is no gift scarf in the list."
    recalc(shop, as_of=TODAY)  # the night after: neither is due any more
    session.look()
    assert [each for each in screen(session) if each.startswith("Gift")] == []


def test_what_the_customer_says_is_kept_with_its_score_and_a_low_one_opens_a_case(shop: Shop, session: Session) -> None:
    text = shop.program.read_text(encoding="utf-8") + "feedback: {complaint_at: 3, settle_within: 3 days}\n"
    shop.program.write_text(text, encoding="utf-8")
    session.ask("opinion")
    assert str(session.trouble) == "First scan the card, or type the name."
    session.enter("2901")
    session.ask("opinion")
    session.enter("9 so friendly")
    session.ask("opinion")
    session.enter("2")  # of 0-10: a case
    assert [str(each).split(" to be")[0] for each in session.said][1:] == ["Case 1 is open,"]
    session.ask("opinion")
    session.enter("too loud today")
    with shop.reading() as connection:
        rows = connection.execute("SELECT score, text FROM feedback ORDER BY id").fetchall()
    assert rows == [(9, "so friendly"), (2, ""), (None, "too loud today")]


def test_a_receipt_without_the_card_becomes_the_customers_once(shop: Shop, session: Session) -> None:
    with shop.changing() as connection:
        connection.execute("UPDATE receipt SET member_id = NULL, card_id = NULL WHERE id = (SELECT max(id) FROM receipt)")
        ((number,),) = connection.execute("SELECT number FROM receipt WHERE member_id IS NULL").fetchall()
    session.enter("2901")
    session.ask("forgotten")
    session.enter(str(number))
    assert str(session.said[0]).startswith("1 receipt assigned")
    session.ask("forgotten")
    session.enter(str(number))
    assert str(session.trouble) == f"Receipt {number} is this member's already."
    with shop.reading() as connection:
        assert connection.execute("SELECT member_id FROM receipt WHERE number = ?", (number,)).fetchall() == [(1,)]
        assert connection.execute("SELECT by, reason FROM by_hand").fetchall() == [("Ewa", "the card was forgotten")]


def test_who_forgot_the_card_is_found_by_name_and_nobody_else_is_named(shop: Shop, session: Session) -> None:
    session.enter("nowak anna")
    assert session.card == "2901"
    session.next_customer()
    with shop.changing() as connection:
        connection.execute("INSERT INTO member (id, name) VALUES (77, 'Ada Nowak')")
    session.enter("nowak")
    assert str(session.trouble) == "nowak fits 2 members."
    assert "Ada" not in str(session.trouble.hint if session.trouble else "")
    assert screen(session) == []


def test_a_name_that_nobody_has_is_no_new_card(session: Session) -> None:
    session.enter("Zzyzx")
    assert (str(session.trouble.phrase) if session.trouble else "", session.card, session.wanted) == ("Nobody is called Zzyzx.", "", "card")


def test_what_is_missing_is_typed_one_after_the_other(shop: Shop, session: Session) -> None:
    session.wording = Wording("Yes, send me your offers.", "2026-1")
    session.enter("2901")
    session.ask("missing")
    assert str(prompt_of(session)) == "Phone (Enter: leave it)"
    session.enter("+48 600 700 800")
    assert str(prompt_of(session)).startswith("Agrees to: email, sms")
    assert screen(session)[1] == "Read out: Yes, send me your offers."
    session.enter("sms, e-mail")
    assert session.wanted == "amount"
    assert [str(each) for each in session.said] == [
        "2901, sms: yes from 2026-03-16 on.",
        "2901, email: yes from 2026-03-16 on.",
    ]
    session.ask("missing")
    assert str(session.trouble) == "Nothing is missing of this member."
    with shop.reading() as connection:
        kept = [(one.channel, one.given, one.wording, one.version, one.source, one.by) for *_, one in consent_rows(connection, 1)]
        assert connection.execute("SELECT phone FROM member WHERE id = 1").fetchone() == ("+48 600 700 800",)
    text = ("Yes, send me your offers.", "2026-1", "counter", "Ewa")
    assert sorted(kept) == [("email", True, *text), ("sms", True, *text)]


def test_who_agrees_to_nothing_is_not_asked_again(shop: Shop, session: Session) -> None:
    session.wording = Wording("Yes, send me your offers.")
    session.enter("2901")
    session.ask("missing")
    session.enter("")  # the phone is left
    session.enter("-")
    assert [each.split(": ")[1] for each in map(str, session.said)] == ["no from 2026-03-16 on."] * 4
    assert session.notes.missing == ("phone",)


@pytest.mark.parametrize(
    ("wording", "by", "typed", "why"),
    [
        (Wording(), "Ewa", "sms", "A consent needs the text that was agreed to."),
        (Wording("Yes."), "", "sms", "A consent needs somebody who took it."),
        (Wording("Yes."), "Ewa", "sms, smoke", "smoke is not one of: email, sms, letter, phone, draws"),
    ],
)
def test_a_consent_without_its_proof_is_refused_and_asked_for_again(
    shop: Shop, session: Session, wording: Wording, by: str, typed: str, why: str
) -> None:
    session.wording, session.by = wording, by
    session.enter("2901")
    session.ask("missing")
    session.enter("")
    session.enter(typed)
    assert str(session.trouble) == why
    assert (session.wanted, session.missing) == ("missing", "consent")
    with shop.reading() as connection:
        assert not list(consent_rows(connection, 1))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("24.12.1985", "1985-12-24"), ("1.2.", "02-01"), ("29.02", "02-29"), ("1990-05-17", "1990-05-17"), ("31.2.1990", None)],
)
def test_a_birthday_is_typed_as_people_say_it(shop: Shop, session: Session, typed: str, kept: str | None) -> None:
    with shop.changing() as connection:
        connection.execute("UPDATE member SET birthday = '' WHERE id = 1")
    session.enter("2901")
    session.ask("missing")
    assert session.missing == "birthday"
    session.enter(typed)
    with shop.reading() as connection:
        assert connection.execute("SELECT birthday FROM member WHERE id = 1").fetchone() == (kept or "",)
    assert session.missing == ("phone" if kept else "birthday")


def test_the_discount_shown_is_that_of_this_purchase_not_of_the_next(shop: Shop, session: Session) -> None:
    text = shop.program.read_text(encoding="utf-8")
    offer = "    regular: {by: visits so far, discount: {1: 7%, 2: 20%}}\n"
    shop.program.write_text(text.replace("  offers:\n", "  offers:\n" + offer), encoding="utf-8")
    adopt_program(shop, from_day=day("2026-01-01"), by="")
    recalc(shop)
    session.enter("2901")  # who has been here once
    assert "Discount: 7%" in screen(session)
    session.enter("100")
    assert "Discount: −7.00 PLN regular" in screen(session)
    assert "Discount: 7%" in screen(session)
