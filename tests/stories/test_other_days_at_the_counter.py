"""Other weeks at the counter, by seeds: innocent shops stay silent, and of seven kinds of fraud the planted ones are found alone."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.tills.audit import audit
from loyalty_cli.operations.tills.audit import AuditWishes
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-11-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  one_point_pays: 0.10
discounts:
  offers:
    big basket: {by: this basket, discount: {150.00: 5%}}
"""
HEADER = "receipt,date,time,store,card,product,quantity,amount,discount,cashier,till,original_receipt"
DAYS = range(9, 14)
# Frauds are planted on the cards of 1 to 6, who else stay at home.
CUSTOMERS = range(7, 41)


class Sold(NamedTuple):
    """A receipt; what was paid and taken off in hundredths."""

    number: str
    day: int
    minute: int
    card: str
    paid: int
    store: str = "Market"
    cashier: str = "Ada"
    off: int = 0
    original: str = ""

    @property
    def row(self) -> str:
        time = f"{self.minute // 60:02}:{self.minute % 60:02}:00"
        quantity = -1 if self.paid < 0 else 1
        place = f"{self.store},{self.card},T,{quantity}"
        money = f"{self.paid / 100:.2f},{self.off / 100:.2f}"
        return f"{self.number},2026-11-{self.day:02},{time},{place},{money},{self.cashier},1,{self.original}"


def card(number: int) -> str:
    return f"29{number:02}"


def innocent(chance: random.Random, *, round_prices: bool) -> list[Sold]:
    """A week: regulars, families with a card each in two stores, a tradesman's three receipts in an hour, goods that come back."""
    sold: list[Sold] = []
    for day in DAYS:
        for number in chance.sample(CUSTOMERS, 25):
            paid = chance.randint(3, 14) * 1_000 if round_prices else chance.randint(30, 1_400) * 10 + chance.randint(1, 9)
            shown = card(number) if chance.random() < 0.7 else ""
            where = chance.choice((("Market", "Ada"), ("Market", "Bea"), ("Station", "Cyd")))
            sold.append(Sold(f"{day}-{number}", day, chance.randint(480, 1140), shown, paid, *where))
        # A couple with a card each, at one moment in two stores; the plumber comes back for what he forgot, twice.
        sold.append(Sold(f"{day}-a", day, 700, "2950", 2_345))
        sold.append(Sold(f"{day}-b", day, 702, "2951", 3_456, "Station", "Cyd"))
        sold += [Sold(f"{day}-p{n}", day, 420 + 20 * n, "2952", 1_101 + n) for n in range(3)]
        # The people of the café next door come at all hours, to whoever is there.
        sold += [Sold(f"{day}-c{n}", day, 510 + 170 * n, "2954", 1_203 + n, "Market", chance.choice(("Ada", "Bea"))) for n in range(3)]
        # A large basket has its 5 %.
        sold.append(Sold(f"{day}-big", day, 900, "2953", 19_000, off=1_000))
    back = chance.choice([one for one in sold if one.card and one.paid < 15_000 and one.minute < 1_000])
    sold.append(Sold("back", back.day, 1_100, back.card, -back.paid, back.store, back.cashier, original=back.number))
    return sold


FRAUDS = {
    "discount": [Sold("F1", 10, 600, card(1), 9_000, cashier="Zed", off=1_001)],
    "many in an hour": [Sold(f"G{n}", 11, 600 + 13 * n, card(2), 1_234 + n) for n in range(5)],
    "two stores at once": [Sold("T1", 12, 700, card(3), 2_211), Sold("T2", 12, 709, card(3), 2_311, "Station", "Cyd")],
    "one card all day": [Sold(f"S{n}", 12, 485 + 90 * n, card(4), 1_571 + n, cashier="Ira") for n in range(7)],
    "round amounts": [Sold(f"N{n}", 9 + n % 5, 500 + 250 * (n // 5), card(5), 3_000 + 1_000 * n) for n in range(7)],
    # Bea lays her own card under what customers without one buy.
    "one cashier's card": [
        Sold(f"O{day}{n}", day, 500 + 130 * n + day, card(61), 2_341 + n, cashier="Bea") for day in (9, 11, 13) for n in range(3)
    ],
    "returned after redeeming": [
        *(Sold(f"U{n}", 10 + n, 600, card(6), 4_321 + n, cashier="Ira") for n in range(2)),
        *(Sold(f"V{n}", 10 + n, 660, card(6), -(4_321 + n), cashier="Ira", original=f"U{n}") for n in range(2)),
    ],
}


def week(folder: Path, sold: list[Sold], *, redeemed: tuple[str, ...] = ()) -> Shop:
    """The week's export is in; some receipts were paid with points in part."""
    shop = shop_in(folder, PROGRAM)
    first = Sold("first", 2, 600, card(6), 10_007)
    taken_in(shop, export(shop, "week.csv", first.row, *(one.row for one in sold), header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-08"))
    for number in redeemed:
        day = next(one.day for one in sold if one.number == number)
        till = AtTheTill(store="Market", receipt=number, day=day_from_iso(f"2026-11-{day}"), key=number)
        redeem_points(shop, card(6), 10, till)
    recalc(shop, as_of=day_from_iso("2026-11-14"))
    return replace(shop, now=shop.now.replace(day=15))


def questions(shop: Shop) -> list[tuple[str, str]]:
    """What the audit asks about: the kind and the card."""
    return sorted((str(row[0]), str(row[5])) for row in audit(shop, AuditWishes()).tables[0].rows)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("round_prices", [False, True])
def test_an_innocent_shop_stays_silent(tmp_path: Path, seed: int, *, round_prices: bool) -> None:
    chance = random.Random(seed)
    assert questions(week(tmp_path / "shop", innocent(chance, round_prices=round_prices))) == []


@pytest.mark.parametrize("seed", range(6))
def test_three_planted_frauds_are_found_and_nothing_else(tmp_path: Path, seed: int) -> None:
    chance = random.Random(100 + seed)
    planted = chance.sample(sorted(FRAUDS), 3)
    sold = innocent(chance, round_prices=False) + [one for kind in planted for one in FRAUDS[kind]]
    chance.shuffle(sold)
    redeemed = ("U0", "U1") if "returned after redeeming" in planted else ()
    shop = week(tmp_path / "shop", sold, redeemed=redeemed)
    assert questions(shop) == sorted((kind, FRAUDS[kind][0].card) for kind in planted)


def test_the_seeds_plant_every_kind() -> None:
    kinds = {kind for seed in range(6) for kind in random.Random(100 + seed).sample(sorted(FRAUDS), 3)}
    assert kinds == set(FRAUDS)
