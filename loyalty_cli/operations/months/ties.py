"""Each figure of a pack beside the same figure reckoned another way: all differences are nothing."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.books.journal import journal
from loyalty_cli.model.bookkeeping import on_the_shelf
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.reports.coupons.register import LEAVES
from loyalty_cli.store.coupons.bookings import open_coupons
from loyalty_cli.store.months import OWED_POINTS
from loyalty_cli.store.months import RECEIPTS_OF_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Kind
    from loyalty_cli.reports.ledger.reckoning import Reckoning
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.database import Connection


class Tie(NamedTuple):
    """A figure, in two ways."""

    what: Phrase
    one: int
    other: int


def ties(connection: Connection, tables: Mapping[str, Table], reckoning: Reckoning, question: Question, *, debts: int) -> list[Table]:
    """The ties in numbers and those in money; `debts` are the points that members owed at the end."""
    last = min(question.last or question.today, question.today)
    return [
        tied("ties", phrase("Ties"), "count", list(in_numbers(connection, tables, reckoning, last, debts)), question),
        tied("ties-in-money", phrase("Ties in money"), "money", list(in_money(connection, tables, reckoning, question)), question),
    ]


def tied(name: str, title: Phrase, kind: Kind, found: list[Tie], question: Question) -> Table:
    """A table of ties."""
    columns = (
        Column(name="what", heading="What", kind="said"),
        Column(name="one", heading="Here", kind=kind),
        Column(name="other", heading="Compared with", kind=kind),
        Column(name="difference", heading="Difference", kind=kind, total=True),
    )
    rows = [(kept(tie.what), tie.one, tie.other, tie.one - tie.other) for tie in found]
    money = question.shop.currency
    return Table(name=name, title=title, columns=columns, rows=rows, currency=money.code, digits=money.digits)


def in_numbers(connection: Connection, tables: Mapping[str, Table], reckoning: Reckoning, last: int, debts: int) -> Iterator[Tie]:
    """Points and coupons."""
    by_store, roll = Sums(tables["points-by-store"]), Sums(tables["liability"])
    ledger = connection.execute(OWED_POINTS, {"last": last}).fetchone()[0] or 0
    yield Tie(
        phrase("Points by store: opening and what came and went, and closing"),
        by_store["opening"] + by_store["earned"] + by_store["other"] - by_store["used"] - by_store["lapsed"] - by_store["taken_back"],
        by_store["closing"],
    )
    yield Tie(
        phrase("Closing of points by store, and closing of the liability with pending points"),
        by_store["closing"],
        roll["closing"] + roll["pending"],
    )
    yield Tie(
        phrase("Closing of points by store, and that of points by tier"),
        by_store["closing"],
        Sums(tables["points-by-tier"])["closing"],
    )
    yield Tie(phrase("Closing of points by store, and the sum of the ledger"), by_store["closing"], ledger)
    yield Tie(
        phrase("Points by month earned, and closing of points by store"),
        Sums(tables["cohorts"])["open"],
        by_store["closing"],
    )
    yield Tie(
        phrase("Points by month they lapse in, less members' debts, and closing of points by store"),
        Sums(tables["ageing"])["points"] - debts,
        by_store["closing"],
    )
    coupons = Sums(tables["coupon-register"])
    yield Tie(
        phrase("Coupons: opening and what came and went, and closing"),
        coupons["opening"] + coupons["issued"] + coupons["restated"] - sum(coupons[name] for name in LEAVES),
        coupons["closing"],
    )
    yield Tie(
        phrase("Coupons that are open, and the list of coupons"),
        coupons["closing"],
        open_coupons(connection, last, on_the_shelf(reckoning.now)),
    )


def in_money(connection: Connection, tables: Mapping[str, Table], reckoning: Reckoning, question: Question) -> Iterator[Tie]:
    """What is owed, the journal, and turnover."""
    owed, discounts = Sums(tables["owed"]), Sums(tables["discounts"])
    moves = ("deferred", "used", "lapsed", "taken_back", "other", "estimate", "restated")
    yield Tie(
        phrase("Owed: opening and what came and went, and closing"),
        owed["opening"] + sum(owed[name] for name in moves),
        owed["closing"],
    )
    first = question.first or 0
    end = min(question.last or question.today, question.today)
    made = journal(reckoning.booked, reckoning.books, reckoning.now, first=first, last=end)
    names = {balance.account for balance in made.balances}
    posted = -sum(each.amount for entry in made.transactions for each in entry.postings if each.account in names)
    coupons = Sums(tables["owed-for-coupons"])
    yield Tie(
        phrase("Owed for coupons: opening and what came and went, and closing"),
        coupons["opening"] + sum(coupons[name] for name in ("issued", "used", "lapsed", "withdrawn", "estimate", "restated")),
        coupons["closing"],
    )
    yield Tie(
        phrase("Owed at the end for points and coupons, and the journal's accounts of both"),
        owed["closing"] + coupons["closing"],
        posted,
    )
    yield Tie(
        phrase("Journal: debits and credits"),
        sum(max(each.amount, 0) for entry in made.transactions for each in entry.postings),
        sum(max(-each.amount, 0) for entry in made.transactions for each in entry.postings),
    )
    yield Tie(
        phrase("Liability: opening and what came and went, and closing"),
        rolled(Sums(tables["liability"])),
        Sums(tables["liability"])["closing_worth"],
    )
    yield Tie(
        phrase("Discounts by reason, and by store and VAT rate"),
        Sums(tables["discount-reasons"])["amount"],
        discounts["discount"] + discounts["paid_by_loyalty"],
    )
    counted = connection.execute(RECEIPTS_OF_DAYS, {"first": first, "last": end}).fetchone()[0] or 0
    yield Tie(
        phrase("Discounts: paid with money, points and coupons, and the sum of the receipts"),
        discounts["paid"] + discounts["paid_by_loyalty"],
        counted,
    )


def rolled(roll: Sums) -> int:
    """A liability's closing in money, from its opening and its columns."""
    came = roll["opening_worth"] + roll["earned_worth"] + roll["other_worth"]
    return came - roll["redeemed_worth"] - roll["lapsed_worth"] - roll["taken_back_worth"]


class Sums:
    """The sums of a table's columns by name; what is late is of other days, and stands by itself."""

    def __init__(self, table: Table) -> None:
        self.names = [column.name for column in table.columns]
        late = [place for place, name in enumerate(self.names) if name == "late_of"]
        self.rows = [row for row in table.rows if not any(row[place] for place in late)]

    def __getitem__(self, name: str) -> int:
        place = self.names.index(name)
        return sum(cell for row in self.rows if isinstance(cell := row[place], int))
