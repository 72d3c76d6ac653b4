"""The first sheet of a pack: what it was made from, and how that can be checked."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from loyalty_cli.model.days import local_day
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import AtMoment
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.release import release
from loyalty_cli.reports.kept_packs import pack_differences
from loyalty_cli.reports.question import Question
from loyalty_cli.store import months
from loyalty_cli.store.seals.broken import sums_of_seals
from loyalty_cli.store.seals.seals import last_seal
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from loyalty_cli.model.shop_facts import ShopFacts
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.reports.ledger.reckoning import Reckoning
    from loyalty_cli.store.database import Connection

COLUMNS = (
    Column(name="what", heading="What", kind="word"),
    Column(name="value", heading="Value", kind="said"),
    Column(name="rows", heading="Rows", kind="count"),
    Column(name="sha256", heading="SHA-256", kind="code"),
)


POLICIES = {"memo": phrase("memo"), "deferral": phrase("deferral"), "provision": phrase("provision")}
LOOKED_AT = phrase("Looked at for this page: the chain of proofs, the month before, the ties of closed months.")
CHECKED = phrase("The full check compared every row with its proof and replayed everybody.")
NOT_CHECKED = phrase("The full check was not run for this page: loyalty check --full compares every row and replays everybody.")


def control(connection: Connection, month: str, facts: ShopFacts, reckoning: Reckoning, *, made_at: datetime, checked: int | None) -> Table:
    """The program, its policy and versions, the month's entries, the files that came in, and the proof of it all.

    `checked` is how many differences the full check found, None where it was not run.
    """
    return Table(
        name="control",
        title=phrase("Control page of {month}", month=month),
        columns=COLUMNS,
        rows=list(rows(connection, month, facts, reckoning, made_at=made_at, checked=checked)),
        currency=facts.currency.code,
        digits=facts.currency.digits,
        notes=[
            LOOKED_AT,
            NOT_CHECKED if checked is None else CHECKED,
            phrase("The proof can be compared with any backup: loyalty check --full --proof PROOF"),
            phrase("What may be kept out of the books, and what tax is due, is for your accountant to decide."),
        ],
        timezone=facts.timezone,
    )


def rows(
    connection: Connection, month: str, facts: ShopFacts, reckoning: Reckoning, *, made_at: datetime, checked: int | None
) -> Iterator[tuple[Cell, ...]]:
    """Each fact with its hash, where it has one."""
    first, last = span_of_month(month)
    books = reckoning.books_in(month)
    yield "program", facts.program, None, None
    yield "month", month, None, None
    yield "made on", kept(phrase("{text}", text=OnDay(local_day(made_at, facts.timezone)))), None, None
    yield "release of loyalty", release(), None, None
    yield "policy", kept(POLICIES[books.policy]), None, None
    for version in versions_in_force(connection):
        if version.from_day <= last:
            sha256 = hashlib.sha256(version.source.encode()).hexdigest()
            since = phrase("{number}, from {day}", number=str(version.id), day=OnDay(version.from_day))
            yield "version of the program", kept(since) if version.from_day else str(version.id), None, sha256
    entries, sha256 = months.month_rows(connection, month, first, last)
    yield "entries", month, entries, sha256
    moments = Question(today=last, first=first, last=last, shop=facts).moments
    for file, sha256, read in months.files_between(connection, moments["since"], moments["before"]):
        yield "file", file, read, sha256
    yield "proofs that do not hold", "", len(sums_of_seals(connection)[1]), None
    yield "months before that changed", "", int(changed_before(connection, month)), None
    yield "ties of closed months that do not hold", "", len(list(pack_differences(connection))), None
    yield "differences of the full check", None if checked is not None else "-", checked, None
    sealed = last_seal(connection)
    if sealed:
        yield "proof", kept(phrase("{text}", text=AtMoment(sealed.at, facts.timezone))), sealed.id, sealed.sha256


def changed_before(connection: Connection, month: str) -> bool:
    """Whether the entries of the last month closed before this one are not those that it was closed with."""
    before = next((closed for closed in reversed(months.closed_months(connection)) if closed.month < month), None)
    if before is None:
        return False
    return months.rows_as_closed(connection, before, *span_of_month(before.month)) != (before.entries, before.sha256)
