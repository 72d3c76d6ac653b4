"""What the shop owes in points, month by month as booked: a roll-forward in points and in money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.money import rounded
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.ledger.roll_forward import last_day
from loyalty_cli.reports.ledger.roll_forward import months
from loyalty_cli.reports.question import basis_booked
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.wallets import marked
from loyalty_cli.reports.wallets import purses
from loyalty_cli.reports.wallets import with_wallet
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.ledger.roll_forward import Month
    from loyalty_cli.reports.question import Question
    from loyalty_cli.reports.wallets import Purse
    from loyalty_cli.store.reading import Connection

# What members are missing at the end of a day: points that were taken back after they were spent. A full pass over the ledger: going
# by its index of members would jump to and fro in a file of any size.
MISSING = """
SELECT coalesce(-sum(balance), 0) FROM (
  SELECT sum(quantity) AS balance FROM ledger NOT INDEXED
   WHERE asset_id = (SELECT id FROM asset WHERE name = :points) AND booked_on <= :last GROUP BY member_id)
WHERE balance < 0
"""
TAKES = frozenset({"dates", "as-of", "limit"})

COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="opening", heading="Opening", kind="points"),
    Column(name="earned", heading="Earned", kind="points", total=True),
    Column(name="redeemed", heading="Redeemed", kind="points", total=True),
    Column(name="lapsed", heading="Lapsed", kind="points", total=True),
    Column(name="taken_back", heading="Taken back", kind="points", total=True),
    Column(name="other", heading="Other", kind="points", total=True),
    Column(name="closing", heading="Closing", kind="points"),
    Column(name="closing_worth", heading="Closing", kind="money"),
    Column(name="pending", heading="Pending", kind="points"),
    Column(name="pending_worth", heading="Pending", kind="money"),
    Column(name="opening_worth", heading="Opening", kind="money"),
    Column(name="earned_worth", heading="Earned", kind="money", total=True),
    Column(name="redeemed_worth", heading="Redeemed", kind="money", total=True),
    Column(name="lapsed_worth", heading="Lapsed", kind="money", total=True),
    Column(name="taken_back_worth", heading="Taken back", kind="money", total=True),
    Column(name="other_worth", heading="Other", kind="money", total=True),
)


def table(connection: Connection, question: Question) -> Table:
    """The months in order; a month opens with what the one before it closed with."""
    found = purses(connection, question)
    by_purse = [(purse, months(connection, purse)) for purse in found]
    page = Page(
        name="liability",
        title=phrase("Points liability"),
        basis=basis_booked(question),
        empty=phrase("No points were booked on these days."),
        notes=[
            phrase("Opening + earned - redeemed - lapsed - taken back + other = closing. Pending points are not in it."),
            *(note for purse, own in by_purse for note in price_notes(own, purse)),
            *debts_said(connection, by_purse),
        ],
    )
    rows = [(*row(month), *marked(found, purse)) for purse, own in by_purse for month in own]
    return tabled(question, page, with_wallet(COLUMNS, found), rows)


def price_notes(found: Sequence[Month], purse: Purse) -> list[Phrase]:
    """The prices the money columns use: the last, and that months keep theirs where it was another."""
    shop = purse.question.shop
    # The last month that is shown says the price; without one it is today's.
    worth = found[-1].worth if found else shop.point_worth
    price = shop.currency.money(rounded(worth * 100, 1000))
    kept = [month.month for month in found if month.worth != worth]
    if purse.name:
        return wallet_said(purse.name, price, kept)
    if not worth:
        said = [phrase("The program does not say what a point is worth (one_point_pays), so the money columns are zero.")]
    else:
        said = [phrase("100 points count as {price}; rounding differences are in other.", price=price)]
    if kept:
        text = "Through {month} a point counts as it did at the end of its month; the change of price is in other."
        said.append(phrase(text, month=kept[-1]))
    return said


def wallet_said(name: str, price: Money, kept: Sequence[str]) -> list[Phrase]:
    """The price of a wallet's points, and the months that keep another."""
    if not kept:
        return [phrase("100 points of the wallet {name} count as {price}, in all months.", name=name, price=price)]
    text = "100 points of the wallet {name} count as {price}; through {month} as they did at the end of each month."
    return [phrase(text, name=name, price=price, month=kept[-1])]


def debts_said(connection: Connection, by_purse: Sequence[tuple[Purse, Sequence[Month]]]) -> list[Phrase]:
    """What members are missing is in the sums here, as in the ledger; but nobody else is owed less for it, as `owed` says."""
    money = by_purse[0][0].question.shop.currency.money
    debts = closing = 0
    for purse, found in by_purse:
        for month in found[-1:]:
            values = {"last": last_day(purse.question), "points": purse.assets["points"]}
            debts += month.money(int(str(rows_of(connection, MISSING, values)[0][0])))
            closing += month.closing_worth
    if not debts:
        return []
    text = "Debts of members (points taken back after they were spent) lower the last closing by {debts}; the others are owed {amount}."
    return [phrase(text, debts=money(debts), amount=money(closing + debts))]


def row(month: Month) -> tuple[Cell, ...]:
    """A month in points and in money; the money adds up exactly, because other takes the rounding."""
    opening, closing = month.opening_worth, month.closing_worth
    earned, redeemed = month.money(month.earned), month.money(month.redeemed)
    lapsed, taken_back = month.money(month.lapsed), month.money(month.taken_back)
    other = closing - opening - earned + redeemed + lapsed + taken_back
    return (
        *(
            month.month,
            month.opening,
            month.earned,
            month.redeemed,
            month.lapsed,
            month.taken_back,
            month.other,
        ),
        *(month.closing, closing, month.pending, month.money(month.pending)),
        *(opening, earned, redeemed, lapsed, taken_back, other),
    )
