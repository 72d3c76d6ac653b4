"""On paper: what one member has, the slip of a purchase, posters of a day's offers."""

from __future__ import annotations

import re
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.counter.paper import member_card
from loyalty_cli.operations.counter.paper import quote_slip
from loyalty_cli.operations.counter.session import Session
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.posters import program_posters
from loyalty_cli.operations.program.terms import program_terms
from loyalty_cli.render.document import as_page
from loyalty_cli.render.posters import as_posters
from loyalty_cli.render.safe import width_of
from loyalty_cli.render.slip import as_slip
from tests.operations.counter.test_quote import code_of
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop


def test_a_members_paper_has_card_points_tier_coupons_with_codes_and_open_rewards(shop: Shop) -> None:
    outcome, document = member_card(shop, "2901")
    code = code_of(shop)
    text = " ".join(as_slip(document, "en", 48).decode().split())
    assert text == (
        f"Corner Club What you have {'-' * 48} Your card Name Anna Nowak Card 2901 Points 120 Discount 5% Tier friend "
        f"To the tier patron 180.00 PLN Besides free hemming {'-' * 48} Your coupons thanks "
        f"{code[:4]}-{code[4:8]}-{code[8:]}: 20.00 PLN. For a purchase of 50.00 PLN or more. Only together with the card. "
        f"Valid from 2026-03-16 through 2026-05-15. {'-' * 48} Open rewards month 120.00 PLN of 300.00 PLN, until 2026-03-31 "
        f"{'-' * 48} As of 2026-03-16."
    )
    assert outcome.data["name"] == "Anna Nowak"
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in as_page(document, "pl").decode()


@pytest.mark.parametrize("width", [32, 48])
@pytest.mark.parametrize("language", ["en", "pl", "ru", "ro"])
def test_a_slip_is_never_wider_than_its_paper(shop: Shop, width: int, language: str) -> None:
    with shop.changing() as connection:
        connection.execute("UPDATE member SET name = 'Bartłomiej Wyszczególniony-Konstantynopolitański \x1b[1m' WHERE id = 1")
    values = {"card": "2901", "lines": [{"product": "A very long name of goods that fits no slip", "price": "1234.00", "quantity": "3"}]}
    for _, document in (member_card(shop, "2901"), quote_slip(shop, values)):
        lines = as_slip(document, language, width).decode().splitlines()
        assert max(map(width_of, lines)) <= width
        assert "\x1b" not in "".join(lines)


def test_the_slip_of_a_purchase_adds_up(shop: Shop) -> None:
    _, document = quote_slip(shop, {"card": "2901", "amount": "80.00", "coupons": [code_of(shop)], "points": "most"})
    lines = as_slip(document, "en", 32).decode().splitlines()
    # 80.00 - 4.00 - 20.00 - 12.00 = 44.00
    assert [re.sub(" +", " ", line) for line in lines[3:13]] == [
        "Basket 80.00 PLN",
        "-" * 32,
        "tier discount -4.00 PLN",
        "thanks -20.00 PLN",
        "Points -12.00 PLN",
        "To pay 44.00 PLN",
        "-" * 32,
        "Points earned 44",
        "Points now 44",
        "The birthday is in 2 days.",
    ]


def test_the_tiers_discount_has_its_name_in_the_language_of_the_slip(shop: Shop) -> None:
    _, document = quote_slip(shop, {"card": "2901", "amount": "80.00"})
    assert "rabat poziomu" in as_slip(document, "pl", 32).decode()


def test_a_card_that_is_unknown_or_blocked_has_no_paper(shop: Shop) -> None:
    with pytest.raises(LoyaltyError, match=re.escape("There is no card 2999.")):
        member_card(shop, "2999")
    with shop.changing() as connection:
        connection.execute("INSERT INTO block (member_id, from_day) VALUES (1, 1)")
    with pytest.raises(LoyaltyError, match="is blocked"):
        member_card(shop, "2901")


def test_posters_have_the_offers_of_the_day_in_the_sentences_of_the_terms(shop: Shop) -> None:
    text = shop.program.read_text(encoding="utf-8")
    shop.program.write_text(
        text.replace(
            "rewards:\n",
            """rewards:
  advent: {when: {one_purchase: 50.00, only: {dates: 2026-12-01 to 2026-12-24}}, give: {points: 5}}
  secret: {when: {one_purchase: 60.00}, give: {points: 6}, surprise: yes}
""",
        ),
        encoding="utf-8",
    )
    _, terms = program_terms(shop)
    known = {str(fact.label): str(fact.value) for section in terms.sections for fact in section.facts}
    outcome, document = program_posters(shop, on=day("2026-12-05"))
    names = [str(section.heading) for section in document.sections]
    assert names == ["big basket", "seniors", "basic", "tea", "advent", "from 100", "month"]
    for section in document.sections:
        assert " ".join(map(str, section.sentences)) == known[str(section.heading)]
    assert outcome.data["offers"] == 7
    assert "advent" not in [str(section.heading) for section in program_posters(shop, on=day("2026-11-30"))[1].sections]


def test_a_wall_poster_fills_a_page_and_eight_go_on_a_shelf_page(shop: Shop) -> None:
    _, document = program_posters(shop, on=day("2026-03-16"))
    assert as_posters(document, "en", "wall").decode().count('<section class="page wall">') == 6
    assert as_posters(document, "pl", "shelf").decode().count('<section class="page shelf">') == 1


SINCE_TODAY = """\
program: Card
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
discounts:
  together: add
{ceiling}  offers:
    students: {{discount: 5%, only: {{groups: [student]}}}}
    family: {{by: spend so far, counted_over: 2 months, discount: {{100: 2%}}}}
"""


@pytest.mark.parametrize("ceiling", ["", "  at_most: {month: 60.00}\n"])
def test_the_discount_on_the_paper_and_on_the_screen_is_that_of_today(tmp_path: Path, ceiling: str) -> None:
    # With a ceiling for a month the counter goes on from no night before, but from the start.
    shop = make_shop(tmp_path / "shop", SINCE_TODAY.format(ceiling=ceiling), now=datetime(2026, 5, 4, 12, tzinfo=UTC))
    put_receipts(shop, Receipt("A1", 1, day("2026-03-04"), (("tea", 10_000),)), Receipt("A2", 2, day("2026-03-05"), (("tea", 10_000),)))
    recalc(shop, as_of=day("2026-05-03"))
    with shop.changing() as connection:
        connection.executemany("INSERT INTO member_group (member_id, name, from_day) VALUES (?, 'student', ?)", [(1, day("2026-05-04"))])
    # A student since today, whose 100.00 of 4 March have left the two months that end on 4 May; those of the 5th are in them.
    assert [discount_of(shop, card) for card in ("2901", "2902")] == ["5%", "2%"]
    till = Session(shop=lambda: shop, by="Ewa")
    till.enter("2901")
    assert till.discount == 500


def discount_of(shop: Shop, card: str) -> str:
    """What the paper of a card says of the discount."""
    return str(re.findall(r"Discount +(\S+)", as_slip(member_card(shop, card)[1], "en", 48).decode())[0])


CREDIT = """\
program: Card
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {called: credit, earn: {basic: {points: 1, for_every: 1.00}}, one_point_pays: 0.10}
"""


def test_points_that_the_shop_calls_credit_are_money_on_paper(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", CREDIT, now=datetime(2026, 5, 4, 12, tzinfo=UTC))
    put_receipts(shop, Receipt("A1", 1, day("2026-03-04"), (("tea", 12_000),)))
    recalc(shop, as_of=day("2026-05-03"))
    # 120 points of 0.10 are 12.00; a purchase of 30.00, of which 12.00 are paid with them, brings 18 points.
    assert "credit 12.00 PLN" in " ".join(as_slip(member_card(shop, "2901")[1], "en", 48).decode().split())
    slip = as_slip(quote_slip(shop, {"card": "2901", "amount": "30.00", "points": "most"})[1], "en", 48)
    told = " ".join(slip.decode().split())
    assert "credit -12.00 PLN To pay 18.00 PLN" in told
    assert "Points earned 1.80 PLN Points now 1.80 PLN" in told
