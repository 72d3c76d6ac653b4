"""Messages that wait for the member: the cashier says them, the slip carries them; told once, they are over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.counter.answer import quote
from loyalty_cli.operations.counter.paper import quote_slip
from loyalty_cli.operations.counter.session import Session
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.messages.at_the_till import told
from loyalty_cli.operations.messages.send import send_messages
from tests.operations.counter.conftest import moment
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: UTC
starts: 2026-01-01
unknown_cards: are set aside
points: {earn: {basic: {points: 1, for_every: 1.00}}}
messages:
  thanks:
    when: {one_purchase: 50.00}
    after: 1 day
    by: [email, cashier]
    text: "Thank you, {first_name}, the tea is on us."
  news: {when: {one_purchase: 80.00}, by: slip, purpose: survey, text: How do you like the new shelves?}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Anna (2901) bought for 60.00 and Boris (2902) for 90.00 on 2 March; it is 4 March."""
    shop = make_shop(tmp_path / "shop", PROGRAM, now=moment(day("2026-03-04")))
    put_receipts(shop, Receipt("A1", 1, day("2026-03-02"), (("tea", 6_000),)), Receipt("A2", 2, day("2026-03-02"), (("tea", 9_000),)))
    with shop.changing() as connection:
        connection.execute("UPDATE member SET name = 'Anna Nowak', email = 'a@example.com' WHERE id = 1")
        connection.execute("UPDATE member SET name = 'Boris Lem' WHERE id = 2")
    recalc(shop)
    return shop


def said(shop: Shop, card: str) -> list[tuple[str, str]]:
    """What a quote tells the cashier."""
    data: dict[str, Any] = {**quote(shop, {"card": card, "amount": "10.00"}).data}
    return [(each["about"], each["text"]) for each in data["messages"]]


def test_who_may_not_be_written_to_is_told_at_the_till_and_once(shop: Shop) -> None:
    # Anna has an address and gave no consent, so the second way is taken; nothing is sent to anybody.
    assert send_messages(shop, {}).data["sent"] == 0
    assert said(shop, "2901") == [("cashier", "Thank you, Anna, the tea is on us.")]
    assert told(shop, "2901", by="Ewa").data["told"] == ["thanks"]
    assert said(shop, "2901") == []
    assert told(shop, "2901").data["told"] == []
    with shop.reading() as connection:
        events = connection.execute("SELECT what, channel, by FROM message_event ORDER BY id").fetchall()
    assert events == [("begun", "cashier", "Ewa"), ("sent", "cashier", "Ewa")]


def test_the_slip_carries_its_own_and_not_the_cashier_s(shop: Shop) -> None:
    assert said(shop, "2902") == [("slip", "How do you like the new shelves?"), ("cashier", "Thank you, Boris, the tea is on us.")]
    _, slip = quote_slip(shop, {"card": "2902", "amount": "10.00"})
    sentences = [str(each) for section in slip.sections for each in section.sentences]
    assert "How do you like the new shelves?" in sentences
    assert not any("tea" in each for each in sentences)


def test_it_waits_for_its_day_and_is_given_up_after_seven_more(shop: Shop) -> None:
    def on(said: str) -> Shop:
        return replace(shop, now=moment(day(said)))

    # Bought on 2 March and due a day later; given up after 3 + 7 = 10 March.
    assert said(on("2026-03-02"), "2901") == []
    assert said(on("2026-03-10"), "2901") == [("cashier", "Thank you, Anna, the tea is on us.")]
    assert said(on("2026-03-11"), "2901") == []
    assert send_messages(on("2026-03-11"), {}).data["dropped"] == 3


def test_the_counter_books_what_was_said_with_one_key(shop: Shop) -> None:
    session = Session(shop=lambda: shop, by="Ewa")
    session.enter("2901")
    session.book()
    assert [str(each) for each in session.said] == ["Told: thanks."]
    assert session.trouble is None
    session.book()
    assert session.trouble is not None


def test_a_trouble_while_it_is_booked_is_told_and_the_counter_stays_open(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object, **__: object) -> None:
        raise LoyaltyError("Another command works on {file}.", file="loyalty.db")

    session = Session(shop=lambda: shop, by="Ewa")
    session.enter("2901")
    monkeypatch.setattr("loyalty_cli.operations.counter.session.told", locked)
    session.book()
    assert session.trouble is not None
    assert "loyalty.db" in str(session.trouble.phrase)
    # Nothing was noted, so it is still to be said.
    assert said(shop, "2901") == [("cashier", "Thank you, Anna, the tea is on us.")]
