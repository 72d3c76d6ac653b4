"""Forty customers at the counter, half without their card, and the same day from the till's export at night."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.by_hand.cards import member_block
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.household import member_household
from loyalty_cli.operations.by_hand.receipts import receipt_assign
from loyalty_cli.operations.by_hand.receipts import wishes_of
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.tills.audit import audit
from loyalty_cli.operations.tills.audit import AuditWishes
from loyalty_cli.operations.tills.export import ExportWishes
from loyalty_cli.operations.tills.export import till_export
from tests.operations.imports.till_shop import asked
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
tiers:
  by: spend
  going_down: never
  ladder:
    guest: {at_least: 0}
    friend: {at_least: 500.00, discount: 5%}
points:
  earn:
    basic: {points: 1, for_every: 10.00}
  one_point_pays: 0.10
"""
HEADER = "receipt,date,time,store,card,product,quantity,amount,discount,cashier,till,original_receipt"
DAY = "2026-11-20"
CUSTOMERS = range(1, 41)


class Sold(NamedTuple):
    """A row of the till's export, and whose it is in truth ('' is nobody's)."""

    number: str
    time: str
    card: str
    whose: str
    price: int
    store: str = "Market"
    percent: int = 0
    cashier: str = "Ada"
    original: str = ""
    day: str = DAY

    @property
    def paid(self) -> int:
        return self.price * (100 - self.percent) // 100

    @property
    def row(self) -> str:
        quantity = -1 if self.price < 0 else 1
        off = self.price - self.paid
        money = f"{self.paid / 100:.2f},{off / 100:.2f}"
        place = f"{self.store},{self.card},T,{quantity}"
        return f"{self.number},{self.day},{self.time},{place},{money},{self.cashier},1,{self.original}"


def card(customer: int) -> str:
    return f"29{customer:02}"


def is_friend(customer: int) -> bool:
    return customer <= 10


def first_of_november() -> list[Sold]:
    """Ten spend 600.00 and become friends, thirty spend 20.00."""
    return [Sold(f"F{n}", f"09:{n:02}:00", card(n), card(n), 60_000 if is_friend(n) else 2_000, day="2026-11-01") for n in CUSTOMERS]


def the_day() -> list[Sold]:
    """Customer n pays n x 1.30 + 20.00 every seven minutes; the even ones have forgotten their card and get no discount."""
    sold = []
    for n in CUSTOMERS:
        forgot = n % 2 == 0
        shown = "" if forgot else card(n)
        percent = 5 if is_friend(n) and not forgot else 0
        minute = 8 * 60 + n * 7
        sold.append(Sold(f"D{n}", f"{minute // 60:02}:{minute % 60:02}:00", shown, card(n), 2_000 + 130 * n, percent=percent))
    # Customer 9 brings everything back; the other one of customer 8's household shops at once in the other store.
    sold.append(Sold("R9", "16:00:00", card(9), card(9), -sold[8].paid, original="D9"))
    sold.append(Sold("H8", "11:00:00", card(8), card(8), 3_330, cashier="Bea"))
    sold.append(Sold("H48", "11:01:00", "2948", card(8), 4_440, store="Station", cashier="Cyd", percent=5))
    return sold


def planted() -> list[Sold]:
    """Three frauds: 20 % for a guest; a cashier's own card for strangers all day; one card in two stores at once."""
    mine = [Sold(f"S{hour}", f"{hour:02}:30:00", card(39), card(39), 1_570 + hour, cashier="Ira") for hour in range(9, 16)]
    two = [
        Sold("T1", "13:00:00", card(37), card(37), 2_210, cashier="Bea"),
        Sold("T2", "13:05:00", card(37), card(37), 2_310, store="Station", cashier="Cyd"),
    ]
    return [Sold("Z1", "12:34:00", card(31), card(31), 10_010, percent=20, cashier="Zed"), *mine, *two]


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """The first of November is in, everybody is recalculated, and the till has its list of the morning."""
    shop = shop_in(tmp_path / "shop", PROGRAM)
    taken_in(shop, export(shop, "first.csv", *(sold.row for sold in first_of_november()), header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-19"))
    morning = replace(shop, now=shop.now.replace(day=20, hour=5))
    member_add(morning, "2948", MemberWishes(name="Ola Lis"))
    member_household(morning, "2948", card(8), replace(by("household"), day=day_from_iso("2026-11-19")))
    member_merge(morning, card(6), card(5), Asked(by="Ewa", reason="one person"))
    recalc(morning, as_of=day_from_iso("2026-11-19"))
    till_export(morning, "members", ExportWishes(by="Ewa"))
    return shop


def by(key: str) -> Asked:
    return Asked(by="Ewa", reason="at the counter", key=key, day=day_from_iso(DAY))


def points_by_reckoning(sold: list[Sold], used: dict[str, int]) -> dict[str, int]:
    """The slow way: every receipt's own points, a return takes what its sale brought; 6 is 5 now."""
    points: Counter[str] = Counter()
    amounts = {one.number: one for one in sold}
    for one in sold:
        net = one.paid - used.get(one.number, 0) * 10
        whose = card(5) if one.whose == card(6) else one.whose
        points[whose] += -(amounts[one.original].paid // 1000) if one.original else net // 1000
    for number, count in used.items():
        points[amounts[number].whose] -= count
    return dict(points)


def test_no_double_no_loss_and_the_audit_finds_the_three_planted_frauds_and_nothing_else(shop: Shop) -> None:
    noon = replace(shop, now=shop.now.replace(day=20, hour=12))
    member_block(noon, card(7), by("block"))
    with pytest.raises(Refused, match="is blocked"):
        redeem_points(noon, card(7), 10, AtTheTill(store="Market", receipt="D7"))
    used = {"D3": 20, "D5": 100}
    for receipt, points in used.items():
        till = AtTheTill(store="Market", receipt=receipt, key=f"use {receipt}", by="Ada")
        for _ in range(2):  # the cashier presses twice
            redeem_points(noon, card(int(receipt[1:])), points, till)
    sold = [*the_day(), *planted()]
    file = export(shop, "day.csv", *(one.row for one in sold), header=HEADER)
    assert taken_in(shop, file)["set_aside"] == 0
    forgotten = shop.folder / "forgotten.csv"
    forgotten.write_text("receipt,card\n" + "".join(f"D{n},{card(n)}\n" for n in CUSTOMERS if n % 2 == 0), encoding="utf-8")
    for _ in range(2):
        receipt_assign(shop, wishes_of(forgotten), by("forgotten"))
    recalc(shop, as_of=day_from_iso(DAY))
    taken_in(shop, export(shop, "again.csv", *(one.row for one in reversed(sold)), header=HEADER))
    recalc(shop, as_of=day_from_iso(DAY))

    wanted = points_by_reckoning([*first_of_november(), *sold], used)
    found = asked(
        shop, "SELECT (SELECT min(number) FROM card WHERE card.member_id = s.member_id), points - debt FROM standing s WHERE points <> debt"
    )
    assert dict(found) == {whose: points for whose, points in wanted.items() if points}
    assert asked(shop, "SELECT count(*) FROM receipt WHERE gone = 0") == [(len(sold) + 40,)]
    assert recalc(shop, as_of=day_from_iso(DAY), everyone=True).data["entries"] == 0
    assert check(shop, full=True).exit_code == ExitCode.OK

    outcome = audit(shop, AuditWishes())
    questions = [(row[0], row[4], row[5], row[8]) for row in outcome.tables[0].rows]
    assert questions == [
        ("discount", "Zed", card(31), "Market Z1"),
        ("two stores at once", "Cyd", card(37), "Market T1, Station T2"),
        ("one card all day", "Ira", card(39), ", ".join(f"Market S{hour}" for hour in range(9, 16))),
    ]
    assert outcome.exit_code == ExitCode.DIFFERENCES
    # 20 % of 100.10 are 20.02, of which nothing was due.
    assert {row[2]: row[6] for row in outcome.tables[1].rows} == {"Ada": 0, "Bea": 0, "Cyd": 0, "Ira": 0, "Zed": 2_002}
