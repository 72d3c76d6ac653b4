"""Receipts that came back different: looking at them, and deciding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.store.imports.conflicts import accept_conflict
from loyalty_cli.store.imports.conflicts import open_conflicts
from loyalty_cli.store.imports.conflicts import reject_conflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.imports.conflicts import Conflict

ALL = "all"

COLUMNS = (
    Column(name="conflict", heading="Conflict", kind="code"),
    Column(name="import", heading="Import", kind="code"),
    Column(name="file", heading="File"),
    Column(name="line", heading="Line", kind="count"),
    Column(name="store", heading="Store"),
    Column(name="receipt", heading="Receipt", kind="code"),
    Column(name="day", heading="Day", kind="day"),
    Column(name="total", heading="Counted now", kind="money"),
    Column(name="new_day", heading="New day", kind="day"),
    Column(name="new_total", heading="New total", kind="money"),
    Column(name="new_card", heading="New card", kind="code"),
)


def list_conflicts(shop: Shop, number: int | None = None) -> Outcome:
    """The conflicts that nobody has decided."""
    program = program_file(shop)
    with shop.reading() as connection:
        found = open_conflicts(connection, number)
    table = Table(
        name="conflicts",
        title=phrase("Receipts that came back different"),
        columns=COLUMNS,
        rows=[row_of(conflict) for conflict in found],
        currency=program.currency.code,
        digits=program.currency.digits,
        notes=[phrase("Take the new one: loyalty import conflicts --accept N. Keep the old one: --reject N. N may be all.")],
        empty=phrase("No receipt came back different."),
    )
    return Outcome(tables=[table], language=program.language)


def row_of(conflict: Conflict) -> tuple[str | int | None, ...]:
    """A conflict as a row."""
    new = conflict.incoming
    place = (
        str(conflict.id),
        str(conflict.import_id),
        conflict.file,
        conflict.line,
        conflict.store,
        conflict.number,
    )
    return (*place, conflict.day, conflict.total, new["day"], new["total"], new["card"])


def decide_conflicts(
    shop: Shop,
    number: int | None,
    *,
    accept: str | None = None,
    reject: str | None = None,
    by: str = "",
    dry_run: bool = False,
) -> Outcome:
    """Accept or reject one conflict, or all."""
    if (accept is None) == (reject is None):
        raise LoyaltyError("Say either --accept or --reject.")
    wish = accept or reject or ALL
    with shop.changing(dry_run=dry_run) as connection:
        chosen = [conflict for conflict in open_conflicts(connection, number) if wish in (ALL, str(conflict.id))]
        if not chosen and wish != ALL:
            raise Refused(
                "There is no open conflict {number}.",
                number=wish,
                hint=phrase("See them with: loyalty import conflicts"),
            )
        if accept == ALL:
            refuse_two_of_one_receipt(chosen)
        for conflict in chosen:
            if reject is not None:
                reject_conflict(connection, conflict, at=shop.moment, by=by)
                continue
            accept_conflict(connection, conflict, at=shop.moment, by=by)
    count = len(chosen)
    said = (
        phrase(
            "{count} new receipt counts in place of the old one.",
            "{count} new receipts count in place of the old ones.",
            count=count,
        )
        if accept is not None
        else phrase("{count} receipt stays as it was.", "{count} receipts stay as they were.", count=count)
    )
    done = "accepted" if accept is not None else "rejected"
    return Outcome(
        said=[said],
        data={"decision": done, "conflicts": [conflict.id for conflict in chosen], "dry_run": dry_run},
    )


def refuse_two_of_one_receipt(chosen: Sequence[Conflict]) -> None:
    """Only one version of a receipt can count: which one is a question for a person."""
    versions: dict[int, list[Conflict]] = {}
    for conflict in chosen:
        versions.setdefault(conflict.receipt_id, []).append(conflict)
    for several in versions.values():
        if len(several) > 1:
            numbers = [str(conflict.id) for conflict in several]
            raise Refused(
                "Receipt {receipt} of {store} came back different in {count} versions: conflicts {numbers}.",
                receipt=several[0].number,
                store=several[0].store,
                count=len(several),
                numbers=numbers,
                hint=phrase(
                    "Nothing was decided. Accept the right one and reject the others: loyalty import conflicts --accept {number}",
                    number=numbers[-1],
                ),
            )
