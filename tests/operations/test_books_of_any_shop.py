"""Half a year of any shop, month after month closed: what is owed for points and coupons holds together whatever happens.

By chance people buy and bring back, files come late, coupons of every treatment are issued, sold, used, undone and voided, points are
used and given by hand, and the estimate changes. What is owed for gift cards is reckoned a second time, card by card.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import datetime
from datetime import time
from datetime import timedelta
from datetime import UTC
from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.books.journal import accounts_of
from loyalty_cli.model.bookkeeping import ACCOUNTS
from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import iso
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.books import books_export
from loyalty_cli.operations.by_hand.give import Gift
from loyalty_cli.operations.by_hand.give import give
from loyalty_cli.operations.by_hand.give import ToWhom
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.make import make_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.coupons.sell import sell_coupons
from loyalty_cli.operations.coupons.void import void_coupon
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.ledger.another_day import stand_at
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.pack import month_pack
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.progress import nobody_looks
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.render.look import Look
from loyalty_cli.render.xlsx import render
from loyalty_cli.replay.in_snapshot import debts_of_wallets
from loyalty_cli.reports.kept_packs import pack_differences
from loyalty_cli.reports.ledger.ageing import by_standing
from loyalty_cli.reports.question import Question
from loyalty_cli.reports.wallets import purses
from loyalty_cli.store.ledger.standings import end_of_shadow
from loyalty_cli.store.ledger.standings import wallet_states
from loyalty_cli.store.months import debts
from tests.books.by_other_programs import by_beancount
from tests.books.by_other_programs import ours
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in
from tests.operations.test_month_pack import differences
from tests.operations.test_month_pack import EVERYTHING
from tests.operations.test_month_pack import tables_of

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.books.journal import Journal
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection

HEADER = "receipt,date,store,card,product,quantity,amount,original_receipt"
MONTHS = ("2026-02", "2026-03", "2026-04", "2026-05", "2026-06")
CARDS = ("2901", "2902", "2903")
STORES = ("Market", "Station")
SHARES = ("estimated", "40%", "75%", "100%")
PROGRAM = """
program: Any Shop
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
    cafe: {points: 1, for_every: 3.00, only: {stores: [Station]}, into: cafe}
  lapse_after: 2 months
  one_point_pays: 0.05
  wallets: {cafe: {usable_after: 3 days, lapse_after: 1 month, one_point_pays: 0.20}}
coupons:
  gift card: {worth: 50.00, remainder: is kept, valid_for: 70 days}
  swim: {worth: 20.00, valid_for: 40 days}
  ten off: {discount: 10%, uses: 2, valid_for: 40 days}
  sorry: {worth: 8.00, valid_for: 30 days}
rewards:
  thank you: {when: {one_purchase: {at_least: 60.00}}, give: {voucher: {worth: 15.00, valid_for: 30 days, remainder: is kept}}}
  come again: {when: {one_purchase: {at_least: 90.00}}, give: {coupon: ten off}}
"""
# Of a gift card all is expected to be used, so that a second reckoning is a matter of plus and minus.
BOOKS = """books:
  policy: POLICY
  expected_use: SHARE
  coupons:
    gift card: {treatment: sold, expected_use: 100%, owed_from: sale}
    swim: {treatment: sold, price: 18.00, vat: single-purpose, rate: {2026-01-01: 23%, 2026-04-01: 8%}, expected_use: 90%}
    ten off: {treatment: deferral, worth: 7.00, expected_use: SHARE}
    thank you: {treatment: deferral, expected_use: SHARE}
    sorry: {treatment: provision, expected_use: SHARE}
"""


@dataclass
class AnyShop:
    """A shop with its chance, the receipts that may come back, and what can be undone."""

    shop: Shop
    chance: random.Random
    policy: str
    day: Day = 0
    receipts: list[tuple[Day, str, str, str, int]] = field(default_factory=list)
    undoable: list[int] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    kept: dict[str, tuple[Any, bytes]] = field(default_factory=dict)
    did: Counter[str] = field(default_factory=Counter)
    number: int = 0

    def at(self, day: Day, hour: int = 12) -> Shop:
        """The shop at an hour of a day; every command has a moment and a secret of its own."""
        self.number += 1
        moment = datetime.combine(date_of(day), time(hour), UTC) + timedelta(seconds=self.number)
        return replace(self.shop, now=moment, secret=f"{self.number:016x}" * 4)

    def state_books(self) -> None:
        """The estimate changes, and now and then what points are worth, from the day on which the program is adopted."""
        share = self.chance.choice(SHARES)
        books = BOOKS.replace("POLICY", self.policy).replace("SHARE", share)
        pays, wallet_pays = self.chance.choice(("0.05", "0.05", "0.08")), self.chance.choice(("0.20", "0.15"))
        program = PROGRAM.replace("0.05", pays).replace("0.20", wallet_pays)
        self.shop.program.write_text(program + books, encoding="utf-8")
        adopt_program(self.at(self.day), from_day=None, by="")

    def bought(self, day: Day, *, late: bool = False) -> None:
        """One to three receipts, some with goods that come back from an earlier one."""
        rows, earlier = [], list(self.receipts)
        for _ in range(self.chance.randrange(1, 4)):
            self.number += 1
            store, card, paid = self.chance.choice(STORES), self.chance.choice(CARDS), self.chance.randrange(500, 15_000)
            rows.append(f"S{self.number},{iso(day)} 10:{self.number % 60:02},{store},{card},P1,1,{paid / 100:.2f},")
            self.receipts.append((day, store, f"S{self.number}", card, paid))
        if earlier and self.chance.random() < 0.4:
            of, store, number, card, paid = again = self.chance.choice(earlier)
            if of < day:
                self.receipts.remove(again)
                rows.append(f"R{number},{iso(day)} 18:00,{store},{card},P1,-1,-{paid / 100:.2f},{number}")
                self.did["return"] += 1
        self.did["late" if late else "receipt"] += 1
        taken_in(self.at(self.day, 19), export(self.shop, f"till-{self.number}.csv", *rows, header=HEADER))

    def something(self) -> None:
        """One thing at the counter; what can not be done is refused and changes nothing."""
        act = self.chance.choice((self.use, self.use, self.undo, self.sell, self.pay, self.sorry, self.void, self.make))
        try:
            act()
        except LoyaltyError:
            self.did["refused"] += 1
        else:
            self.did[act.__name__] += 1

    def codes(self) -> list[str]:
        """Codes of coupons of both kinds."""
        return [str(code) for (code,) in asked(self.shop, "SELECT code FROM coupon UNION ALL SELECT code FROM bearer_coupon ORDER BY 1")]

    def use(self) -> None:
        """A coupon on a basket of any size; no basket is said for some."""
        code = self.chance.choice(self.codes() or ["2222222222222"])
        basket = None if self.chance.random() < 0.2 else f"{self.chance.randrange(300, 6_000) / 100:.2f}"
        self.number += 1
        done: Any = redeem_coupon(self.at(self.day), code, AtTheTill(basket=basket, receipt=f"B{self.number}", store="Market")).data
        self.undoable.append(done["number"])

    def undo(self) -> None:
        """A use, a sale or points by hand are undone."""
        number = self.chance.choice(self.undoable or [0])
        revert(self.at(self.day), number, Asked(by="Ewa", reason="typed wrong"))

    def sell(self) -> None:
        """A gift card is sold."""
        code = self.chance.choice(self.cards or ["2222222222222"])
        done: Any = sell_coupons(self.at(self.day), [code], AtTheTill(by="Ewa")).data
        self.undoable += done["numbers"]

    def pay(self) -> None:
        """Points pay."""
        till = AtTheTill(basket="90.00", store="Station")
        card, points, wallet = self.chance.choice(CARDS), self.chance.randrange(10, 80), self.chance.choice(("", "cafe"))
        redeem_points(self.at(self.day), card, points, till, wallet=wallet)

    def sorry(self) -> None:
        """A coupon or points by hand."""
        gift = self.chance.choice((Gift(kind="coupon", name="sorry"), Gift(kind="points", count=25)))
        done: Any = give(self.at(self.day), gift, ToWhom(card=self.chance.choice(CARDS)), Asked(by="Ewa", reason="waited")).data
        self.undoable += done["numbers"]

    def void(self) -> None:
        """A coupon is void."""
        void_coupon(self.at(self.day), self.chance.choice(self.codes() or ["2222222222222"]), by="Ewa", reason="lost")

    def make(self) -> None:
        """Cards for the shelf."""
        self.number += 1
        name = self.chance.choice(("gift card", "swim"))
        made: Any = make_coupons(self.at(self.day), name, 2, key=f"shelf {self.number}").data
        if name == "gift card":
            self.cards += made["codes"]

    def night(self, day: Day) -> None:
        """What a night does, through the day before."""
        recalc(self.at(day, 3), as_of=day - 1)
        issue_coupons(self.at(day, 4), as_of=day)

    def close(self, month: str) -> None:
        """The month is closed some days after its end, and its pack is kept."""
        there = self.at(self.day, 20)
        month_close(there, month, accepted=EVERYTHING)
        pack = month_pack(there, month)
        self.kept[month] = (pack.tables, render(pack, look_of(pack)))


def look_of(pack: Outcome) -> Look:
    """A closed month is rendered as of its closing."""
    return Look(language="pl", made_at=datetime.fromisoformat(pack.made_at))


def lived(folder: Path, seed: int) -> AnyShop:
    """Five months, all but the last of them closed."""
    chance = random.Random(seed)
    any_shop = AnyShop(shop_in(folder / "shop", PROGRAM), chance, policy=("deferral", "provision")[seed % 2])
    before = ""
    for month in MONTHS:
        first, last = span_of_month(month)
        for number, day in enumerate(sorted(chance.sample(range(first + 4, last), 5))):
            any_shop.day = day
            if number == 0 and (not before or chance.random() < 0.7):
                any_shop.state_books()
            any_shop.bought(day)
            any_shop.night(day + 1)
            any_shop.day = day + 1
            for _ in range(chance.randrange(2, 6)):
                any_shop.something()
            if number == 0 and before:
                any_shop.close(before)
                if chance.random() < 0.7:
                    any_shop.bought(first - chance.randrange(1, 20), late=True)
        before = month
    any_shop.day = span_of_month(MONTHS[-1])[1]
    any_shop.night(any_shop.day + 1)
    return any_shop


@pytest.mark.parametrize("seed", [1, 2])
def test_the_books_of_any_shop_hold_together(tmp_path: Path, seed: int) -> None:
    any_shop = lived(tmp_path, seed)
    there = any_shop.at(any_shop.day + 1, 6)
    assert (any_shop.did["use"], any_shop.did["undo"], any_shop.did["return"], any_shop.did["late"]) > (5, 1, 1, 0)
    for month in MONTHS:
        pack = month_pack(there, month)
        assert set(differences(pack)) == {0}, month
        for name, key in (("owed", "store"), ("owed-for-coupons", "coupon")):
            each_row_rolls(tables_of(pack)[name], key)
        if month in any_shop.kept:
            tables, workbook = any_shop.kept[month]
            assert pack.tables == tables
            assert render(pack, look_of(pack)) == workbook
    with there.reading() as connection:
        assert list(pack_differences(connection)) == []
        points_stand_as_replayed(connection)
    proof = proven_books(there)
    assert (proof.entries, proof.standings) == ((), ())
    journal_is_what_is_owed(there)
    assert owed_of(there, "gift card") == owed_card_by_card(there, any_shop.day + 1)


def points_stand_as_replayed(connection: Connection) -> None:
    """At the end of every month the open points and debts that need no replay are those that everybody's replay gives."""
    plan, version = adopted_plan(connection)
    connection.execute("BEGIN")
    for month in MONTHS:
        day, found = span_of_month(month)[1], []
        # Nobody stands by a version that is none, so that everybody is replayed.
        for number in (version, 0):
            stand_at(connection, (plan, number), day, begun=lambda _: None, progress=nobody_looks, points_alone=True)
            held = [by_standing(connection, purse, 1_000) for purse in purses(connection, Question(today=day))]
            found.append((held, debts(connection), sum(map(debts_of_wallets, wallet_states(connection)))))
        assert found[0] == found[1], month
    end_of_shadow(connection)
    connection.execute("ROLLBACK")


def each_row_rolls(rows: list[dict[str, Any]], key: str) -> None:
    """Opening and what came and went are the closing, row by row."""
    for row in rows:
        moved = sum(amount for name, amount in row.items() if name not in {"month", key, "treatment", "opening", "closing", "vat"})
        assert row["opening"] + moved == row["closing"], row
        assert row["restated"] == 0, row


def journal_is_what_is_owed(there: Shop) -> None:
    """The accounts of each store and coupon end with what the reports say is owed; beancount agrees, month by month."""
    booked = books_export(there)
    journal = booked.journal
    assert by_beancount(journal, booked.currency) == ours(journal)
    stores, coupons = last_rows(there, "owed", "store"), last_rows(there, "owed-for-coupons", "coupon")
    accounts = accounts_of(dict(ACCOUNTS), stores, coupons)
    expected = Counter({accounts.of_store[name]: -row["closing"] for name, row in stores.items()})
    expected.update({accounts.of_coupon[name]: -row["closing"] for name, row in coupons.items()})
    assert ending(journal, set(expected)) == expected


def ending(journal: Journal, accounts: set[str]) -> Counter[str]:
    """The sums of all postings on some accounts."""
    found = Counter(dict.fromkeys(accounts, 0))
    for each in journal.transactions:
        for posting in each.postings:
            if posting.account in accounts:
                found[posting.account] += posting.amount
    return found


def last_rows(there: Shop, name: str, key: str) -> dict[str, dict[str, Any]]:
    """The last row of each store or coupon of a report of all months."""
    return {row[key]: row for row in tables_of(report(there, name, Wanted()))[name]}


def owed_of(there: Shop, coupon: str) -> int:
    """What is owed for a coupon at the end, by the report."""
    row = last_rows(there, "owed-for-coupons", "coupon").get(coupon)
    return int(row["closing"]) if row else 0


def owed_card_by_card(there: Shop, day: Day) -> int:
    """Of each card that was sold or used, is not void and has not lapsed: 50.00 less what it paid."""
    sold = {-number for (number,) in asked(there, "SELECT detail ->> 'coupon' FROM by_hand h WHERE what = 'sell' AND NOT EXISTS "
                                           "(SELECT 1 FROM by_hand WHERE reverts = h.id)")}  # fmt: skip
    cards = asked(there, f"SELECT c.id FROM bearer_coupon c JOIN coupon_batch b ON b.id = batch_id WHERE name = 'gift card' "
                         f"AND voided_at IS NULL AND until_day >= {day}")  # fmt: skip
    paid: Counter[int] = Counter()
    for number, amount in asked(there, "SELECT coupon_id, amount FROM bearer_use"):
        paid[number] += amount
    return sum(50_00 - paid[number] for (number,) in cards if number in sold or number in paid)
