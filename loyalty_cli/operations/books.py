"""`loyalty books export`: what is owed for points as journal entries for the accountant's own program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.books.journal import journal
from loyalty_cli.books.journal import OPENING
from loyalty_cli.books.journal import VAT
from loyalty_cli.books.owed import ESTIMATE
from loyalty_cli.books.owed import RESTATED
from loyalty_cli.model.days import local_day
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.report import refuse_days_without_anything
from loyalty_cli.reports.ledger.reckoning import reckoned
from loyalty_cli.reports.question import basis_booked
from loyalty_cli.reports.question import Question
from loyalty_cli.store.settings import kept_facts

if TYPE_CHECKING:
    from loyalty_cli.books.journal import Journal
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.money import Currency
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop

KINDS: dict[str, Phrase] = {
    "earned": phrase("points earned"),
    "used": phrase("points used"),
    "lapsed": phrase("points lapsed"),
    "taken back": phrase("points taken back"),
    "other": phrase("points by hand"),
    ESTIMATE: phrase("new estimate of points that will be used"),
    RESTATED: phrase("restated: closed months stay as they were closed"),
    OPENING: phrase("owed before"),
}
COUPON_KINDS: dict[str, Phrase] = {
    "earned": phrase("coupons issued"),
    "used": phrase("coupons used"),
    "lapsed": phrase("coupons lapsed"),
    "taken back": phrase("coupons withdrawn"),
    ESTIMATE: phrase("new estimate of coupons that will be used"),
    RESTATED: phrase("restated: closed months stay as they were closed"),
    VAT: phrase("VAT of coupons sold"),
}
COLUMNS = (
    Column(name="date", heading="Date", kind="day"),
    Column(name="number", heading="No.", kind="count"),
    Column(name="store", heading="Store"),
    Column(name="coupon", heading="Coupon"),
    Column(name="what", heading="What", kind="word"),
    Column(name="account", heading="Account", kind="code"),
    Column(name="debit", heading="Debit", kind="money", total=True),
    Column(name="credit", heading="Credit", kind="money", total=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """The journal of some days with the currency of its amounts."""

    journal: Journal
    currency: Currency
    outcome: Outcome


def books_export(shop: Shop, *, first: Day | None = None, last: Day | None = None) -> Booked:
    """The journal from a day to another, by default of everything that is booked."""
    with shop.reading() as connection:
        facts = kept_facts(connection)
        today = local_day(shop.now, facts.timezone)
        question = Question(today=today, first=first, last=last, shop=facts)
        refuse_days_without_anything(connection, question)
        reckoning = reckoned(connection, question)
    end = min(today if last is None else last, today)
    booked = reckoning.booked
    if not booked and (last is None or reckoning.now.policy == "memo"):
        raise LoyaltyError(
            "Nothing is booked for points or coupons.",
            hint=phrase("Say in program.yaml how points stand in the books: {example}", example="books: {policy: deferral}")
            if reckoning.now.policy == "memo"
            else phrase("Run: loyalty recalc"),
        )
    start = first if first is not None else min((change.day for change in booked), default=end)
    made = journal(booked, reckoning.books, reckoning.now, first=start, last=end)
    rows = [
        (each.day, number, each.store, each.coupon, each.kind, posting.account, max(posting.amount, 0), max(-posting.amount, 0))
        for number, each in enumerate(made.transactions, 1)
        for posting in each.postings
    ]
    table = Table(
        name="journal",
        title=phrase("Journal of points and coupons"),
        columns=COLUMNS,
        rows=rows,
        currency=facts.currency.code,
        digits=facts.currency.digits,
        basis=basis_booked(question),
        empty=phrase("Nothing was booked for points or coupons on these days."),
    )
    outcome = Outcome(tables=[table], language=facts.language)
    return Booked(journal=made, currency=facts.currency, outcome=outcome)
