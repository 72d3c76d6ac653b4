"""The register of coupons: how many could be used at the beginning, came, were used, lapsed or were withdrawn, and are left."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.coupons.bookings import USED

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "limit"})

COLUMNS = (
    Column(name="coupon", heading="Coupon"),
    Column(name="opening", heading="Opening", kind="count", total=True),
    Column(name="issued", heading="Issued", kind="count", total=True),
    Column(name="used", heading="Used", kind="count", total=True),
    Column(name="lapsed", heading="Lapsed", kind="count", total=True),
    Column(name="withdrawn", heading="Withdrawn", kind="count", total=True),
    Column(name="voided", heading="Voided", kind="count", total=True),
    Column(name="closing", heading="Closing", kind="count", total=True),
    Column(name="open_worth", heading="Open, worth", kind="money", total=True),
    Column(name="paid", heading="Paid with them", kind="money", total=True),
)
# What became of a coupon by the end of a day; one that nobody used lapses the day after its last one.
STATES = """
WITH at_start AS (SELECT coupon_id, what, max(id) FROM coupon_event WHERE day < :first GROUP BY coupon_id),
at_end AS (SELECT coupon_id, what, max(id) FROM coupon_event WHERE day <= :last GROUP BY coupon_id)
SELECT substr(asset.name, 8), coupon.issued_on < :first, coupon.until_day,
       coalesce(at_start.what, 'issued'), coalesce(at_end.what, 'issued'), coalesce(json_extract(coupon.terms, '$.worth'), 0)
  FROM coupon JOIN asset ON asset.id = coupon.asset_id
       LEFT JOIN at_start ON at_start.coupon_id = coupon.id LEFT JOIN at_end ON at_end.coupon_id = coupon.id
 WHERE coupon.issued_on <= :last
"""
PAID = f"""
SELECT substr(asset.name, 8), sum(amount)
  FROM ({USED}) JOIN coupon ON coupon.id = coupon_id JOIN asset ON asset.id = coupon.asset_id
 WHERE day BETWEEN :first AND :last GROUP BY 1
"""
# Each number was given once, in order: a number that is not there was taken away behind the program's back.
MISSING = "SELECT max(id) - count(*) FROM coupon"
LEAVES = {"used": "used", "no longer owed": "used", "owed": "used", "lapsed": "lapsed", "withdrawn": "withdrawn", "voided": "voided"}


@dataclass(slots=True)
class Kind:
    """The coupons of one name: how many at each end, what came and what became of them."""

    moves: Counter[str] = field(default_factory=Counter)
    open_worth: int = 0


def table(connection: Connection, question: Question) -> Table:
    """One row for each kind of coupon; opening + issued - used - lapsed - withdrawn - voided = closing."""
    last = min(question.span["last"], question.today)
    days = {"first": question.span["first"], "last": last}
    paid = dict(connection.execute(PAID, days).fetchall())
    kinds = kinds_of(connection, days)
    rows: list[tuple[Cell, ...]] = [
        (
            name,
            *(kind.moves[what] for what in ("opening", "issued", "used", "lapsed", "withdrawn", "voided", "closing")),
            kind.open_worth,
            paid.get(name, 0),
        )
        for name, kind in sorted(kinds.items())
        if any(kind.moves.values()) or paid.get(name)
    ]
    page = Page(
        name="coupon-register",
        title=phrase("Register of coupons"),
        basis=phrase("Days: {dates}; a coupon lapses the day after its last one.", dates=question.dates),
        empty=phrase("No coupons were issued on these days. They are issued by: loyalty coupons issue"),
        notes=list(notes(connection)),
    )
    return tabled(question, page, COLUMNS, rows)


def kinds_of(connection: Connection, days: dict[str, int]) -> dict[str, Kind]:
    """What the days did to each kind of coupon."""
    kinds: dict[str, Kind] = {}
    for name, known, until, before, after, worth in connection.execute(STATES, days):
        kind = kinds.setdefault(name, Kind())
        was_open = bool(known) and state(before, until, days["first"] - 1) == "open"
        now = state(after, until, days["last"])
        if was_open:
            kind.moves["opening"] += 1
        elif not known:
            kind.moves["issued"] += 1
        elif now == "open":
            # Used or withdrawn before these days, and given back on them.
            kind.moves[state(before, until, days["first"] - 1)] -= 1
        if now == "open":
            kind.moves["closing"] += 1
            kind.open_worth += worth
        elif was_open or not known:
            kind.moves[now] += 1
    return kinds


def state(what: str, until: int, day: int) -> str:
    """Open, or by what a coupon has left."""
    if what == "issued":
        return "lapsed" if until < day + 1 else "open"
    return LEAVES[what]


def notes(connection: Connection) -> list[Phrase]:
    """Numbers that are missing."""
    missing = connection.execute(MISSING).fetchone()[0] or 0
    if not missing:
        return [phrase("Opening + issued - used - lapsed - withdrawn - voided = closing. No number is missing.")]
    return [
        phrase(
            "{count} number of a coupon is missing: it was taken out of the database. Run: loyalty check --full",
            "{count} numbers of coupons are missing: they were taken out of the database. Run: loyalty check --full",
            count=missing,
        )
    ]
