"""`loyalty month pack`: everything an accountant needs of one month, in one workbook or page; each figure ties to another.

A closed month keeps the tables it had when it was closed, so that its pack is the same whenever it is made again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.kept_table import tables_again
from loyalty_cli.model.shown.kept_table import tables_kept
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.ledger.another_day import stand_at
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.months.control import control
from loyalty_cli.operations.months.late import late
from loyalty_cli.operations.months.ties import ties
from loyalty_cli.operations.months.tills import tills
from loyalty_cli.operations.report import nobody_listens
from loyalty_cli.replay.in_snapshot import debts_of_wallets
from loyalty_cli.replay.in_snapshot import points_by_last_day
from loyalty_cli.reports import changes
from loyalty_cli.reports import discount_reasons
from loyalty_cli.reports import discounts
from loyalty_cli.reports import gifts_by_month
from loyalty_cli.reports.coupons import register
from loyalty_cli.reports.draws import prize_tax
from loyalty_cli.reports.draws import prizes
from loyalty_cli.reports.ledger import ageing
from loyalty_cli.reports.ledger import between_stores
from loyalty_cli.reports.ledger import cohorts
from loyalty_cli.reports.ledger import liability
from loyalty_cli.reports.ledger import owed
from loyalty_cli.reports.ledger import owed_for_coupons
from loyalty_cli.reports.ledger import points_by_store
from loyalty_cli.reports.ledger import points_by_tier
from loyalty_cli.reports.ledger.reckoning import reckoned
from loyalty_cli.reports.question import Question
from loyalty_cli.store import months
from loyalty_cli.store import packs
from loyalty_cli.store.ledger.closed_standings import keep_closed_standings
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.ledger.standings import end_of_shadow
from loyalty_cli.store.ledger.standings import standings_hold
from loyalty_cli.store.ledger.standings import wallet_states
from loyalty_cli.store.settings import kept_facts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from loyalty_cli.model.bookkeeping import Posted
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.operations.progress import Progress
    from loyalty_cli.reports.ledger.reckoning import Moved
    from loyalty_cli.reports.ledger.reckoning import Reckoning
    from loyalty_cli.reports.wallets import Purse
    from loyalty_cli.store.database import Connection

# Who a prize or a coupon belongs to is told by its own report: a pack that is kept holds nobody's name.
PERSONAL = frozenset({"card", "name"})


def month_pack(shop: Shop, month: str) -> Outcome:
    """The pack of a month: as it was kept, or as it is now."""
    said: list[Phrase] = []
    with shop.reading() as connection:
        connection.execute("BEGIN")
        facts = kept_facts(connection)
        kept, moment = packs.kept_pack(connection, month), ""
        if kept:
            tables, moment = tables_again(kept), months.closed_at(connection, month)
        else:
            now = today(shop, connection)
            first, last = span_of_month(month)
            if first > now:
                raise LoyaltyError("{month} has not begun yet.", month=month)
            said = open_said(month, months.members_waiting(connection, min(last, now - 1)))
            question = of_month(connection, month, now)
            tables, _ = pack_tables(connection, question, aged(connection, question, shop.progress, closing=False), made_at=shop.now)
    data = {"month": month, "closed_at": moment or None, "tables": [table.name for table in tables]}
    return Outcome(tables=tables, warnings=said, data=data, language=facts.language, made_at=moment)


def open_said(month: str, waiting: int) -> list[Phrase]:
    """What a reader of an open month should know."""
    said = [phrase("{month} is not closed: its figures can still change.", month=month)]
    if waiting:
        said.append(
            phrase(
                "{count} member waits for: loyalty recalc. Until then figures can differ.",
                "{count} members wait for: loyalty recalc. Until then figures can differ.",
                count=waiting,
            )
        )
    return said


def keep_pack(connection: Connection, month: str, now: Day, shop: Shop, *, checked: int | None, may_be_late: bool) -> None:
    """Keep the pack of a month that is being closed; `checked` is how many differences the full check found."""
    question = replace(of_month(connection, month, now), may_be_late=may_be_late)
    standings = aged(connection, question, shop.progress, closing=True)
    tables, reckoning = pack_tables(connection, question, standings, made_at=shop.now, checked=checked)
    books = reckoning.to_keep(month)
    packs.keep_pack(connection, month, tables_kept(tables), books.kept() if books.estimated else "")


def of_month(connection: Connection, month: str, now: Day) -> Question:
    """What a pack asks: the days of its month."""
    first, last = span_of_month(month)
    return Question(today=now, first=first, last=last, shop=kept_facts(connection))


def pack_tables(
    connection: Connection, question: Question, standings: tuple[Table, int], *, made_at: datetime, checked: int | None = None
) -> tuple[list[Table], Reckoning]:
    """Every table of the pack in its order, the last ones prove the others; and what they were reckoned by.

    `standings` is what everybody's standings say: their points by age, and what they owe.
    """
    month = month_of(question.span["last"])
    ageing_table, debts = standings
    moved: dict[str, Moved] = {}

    def watch(purse: Purse, entries: Iterable[Posted]) -> Iterable[Posted]:
        return points_by_tier.watched(entries, moved.setdefault(purse.name, {}), connection, question)

    reckoning = reckoned(connection, question, watch)
    tables = {
        "liability": liability.table(connection, question),
        "points-by-store": points_by_store.shown(reckoning, question),
        "points-by-tier": points_by_tier.shown(moved, connection, question),
        "ageing": ageing_table,
        "owed": owed.shown(reckoning, question),
        "cohorts": cohorts.shown(reckoning, question),
        "between-stores": between_stores.table(connection, question),
        "coupon-register": register.table(connection, question),
        "owed-for-coupons": owed_for_coupons.shown(reckoning, question),
        "discounts": discounts.table(connection, question),
        "discount-reasons": discount_reasons.table(connection, question),
        "gifts": gifts_by_month.table(connection, question),
        "prizes": prizes.table(connection, question),
        "prize-tax": prize_tax.table(connection, question),
        "changes": changes.table(connection, question),
        "tills": tills(connection, question),
        "late": late(connection, question),
    }
    proven = ties(connection, tables, reckoning, question, debts=debts)
    shown = [without_persons(table) for table in tables.values()]
    return [control(connection, month, question.shop, reckoning, made_at=made_at, checked=checked), *shown, *proven], reckoning


def aged(connection: Connection, question: Question, progress: Progress, *, closing: bool) -> tuple[Table, int]:
    """Open points at the month's end by when they lapse, and the points that members owe: everybody's of that day.

    A month that is being closed keeps how everybody stood then.
    """
    # The books know of nothing after the last recalculated day.
    end = min(question.span["last"], last_run_day(connection) or question.today)
    adopted = adopted_plan(connection)
    if not standings_hold(connection, adopted[1], end):
        stand_at(connection, adopted, end, begun=nobody_listens, progress=progress, points_alone=not closing)
    if closing:
        keep_closed_standings(connection, month_of(end), points_by_last_day)
    table = ageing.table(connection, replace(question, last=end))
    debts = months.debts(connection) + sum(debts_of_wallets(state) for state in wallet_states(connection))
    # The next month of the same closing looks from the standings that are kept.
    end_of_shadow(connection)
    return table, debts


def without_persons(table: Table) -> Table:
    """The table without columns that tell who somebody is."""
    kept = [place for place, column in enumerate(table.columns) if column.name not in PERSONAL]
    if len(kept) == len(table.columns):
        return table
    columns = [table.columns[place] for place in kept]
    return replace(table, columns=columns, rows=[tuple(row[place] for place in kept) for row in table.rows])
