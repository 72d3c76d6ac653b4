"""The VAT of a receipt that points, coupons and sold vouchers paid a part of, by what the program's books say of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.make import make_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """
program: P
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
coupons:
  gift card: {worth: 4.00, remainder: is kept, valid_for: 60 days}
  leaflet: {worth: 4.00, valid_for: 60 days}
"""
LINES = (("A", 59_99, 6_60), ("B", 23_50, 2_59), ("C", 7_35, 81))


def paid_in_part(folder: Path, books: str) -> Shop:
    """A receipt over three rates of which 10.00 were paid with points and coupons: 6.60, 2.59 and 0.81 of its lines."""
    shop = make_shop(folder / "shop", PROGRAM + books)
    put_receipts(shop, Receipt("R1", 1, day("2026-12-02"), tuple((mark, amount) for mark, amount, _ in LINES)))
    with shop.changing() as connection:
        connection.execute("UPDATE receipt SET loyalty = 1000")
        for mark, _, part in LINES:
            connection.execute("UPDATE article SET vat = ?1 WHERE code = ?1", (mark,))
            connection.execute("UPDATE line SET loyalty = ? WHERE article_id = (SELECT id FROM article WHERE code = ?)", (part, mark))
    recalc(shop, as_of=day("2026-12-02"))
    return shop


def used(shop: Shop, name: str) -> None:
    """A coupon for 4.00 of a batch, used on the receipt."""
    then = replace(shop, now=datetime(2026, 12, 1, 9, tzinfo=UTC))
    make_coupons(then, name, 1, key=name)
    with shop.reading() as connection:
        code = connection.execute("SELECT code FROM bearer_coupon ORDER BY id DESC").fetchone()[0]
    redeem_coupon(shop, code, AtTheTill(basket="90.84", receipt="R1", store="Market", day=day("2026-12-02")))


def taxed(shop: Shop) -> dict[str, Any]:
    table = report(shop, "discounts", Wanted()).tables[0]
    names = [column.name for column in table.columns]
    rows: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in table.rows]
    assert sum(row["paid"] for row in rows) == 80_84
    return {str(row["vat"]): (row["taxed"], row["tax"]) for row in rows}


def test_what_points_pay_is_a_discount_or_a_payment(tmp_path: Path) -> None:
    """A: 59.99 - 6.60 = 53.39, of which 23/123 is 9.98; 59.99: 11.22. B: 20.91 (8 %: 1.55) or 23.50 (1.74). C: 6.54 or 7.35."""
    books = "books: {vat: {A: 23%, B: 8%, C: 5%}}\n"
    assert taxed(paid_in_part(tmp_path, books)) == {"A": (53_39, 9_98), "B": (20_91, 1_55), "C": (6_54, 31)}
    books = "books: {vat: {A: 23%, B: 8%, C: 5%}, points_pay_as: payment}\n"
    assert taxed(paid_in_part(tmp_path, books)) == {"A": (59_99, 11_22), "B": (23_50, 1_74), "C": (7_35, 35)}


def test_a_multi_purpose_card_that_was_sold_pays_as_money_and_a_leaflet_is_a_discount(tmp_path: Path) -> None:
    """4.00 of the 10.00: x 660 / 1000 = 2.64, x 259 = 1.036, x 81 = 0.324; the grosz that is left goes to the second: 1.04, 0.32."""
    books = "books: {vat: {A: 23%, B: 8%, C: 5%}, coupons: {gift card: sold}}\n"
    shop = paid_in_part(tmp_path, books)
    used(shop, "gift card")
    assert {mark: base for mark, (base, _) in taxed(shop).items()} == {"A": 53_39 + 2_64, "B": 20_91 + 1_04, "C": 6_54 + 32}
    shop = paid_in_part(tmp_path, books)
    used(shop, "leaflet")
    assert {mark: base for mark, (base, _) in taxed(shop).items()} == {"A": 53_39, "B": 20_91, "C": 6_54}


def test_the_vat_of_a_single_purpose_card_was_due_when_it_was_sold(tmp_path: Path) -> None:
    """Points as a payment: 10.00 - 4.00 of the card = 6.00: x 660 = 3.96, x 259 = 1.554, x 81 = 0.486; the grosz left goes to the last."""
    card = "gift card: {treatment: sold, vat: single-purpose, rate: 23%}"
    shop = paid_in_part(tmp_path, f"books: {{vat: {{A: 23%, B: 8%, C: 5%}}, points_pay_as: payment, coupons: {{{card}}}}}\n")
    used(shop, "gift card")
    assert {mark: base for mark, (base, _) in taxed(shop).items()} == {"A": 53_39 + 3_96, "B": 20_91 + 1_55, "C": 6_54 + 49}
