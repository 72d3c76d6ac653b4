"""Rows that were set aside: looking at them, and leaving for good what nobody will mend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.store.imports import imports
from loyalty_cli.store.imports import set_aside

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.imports.set_aside import KeptRow

ALL = "all"

COLUMNS = (
    Column(name="line", heading="Line", kind="count"),
    Column(name="reason", heading="Reason", kind="said"),
    Column(name="row", heading="Row"),
    Column(name="state", heading="State", kind="word"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Which line (with its whole receipt), or all, is left for good or waits again, by whom and why."""

    drop: str | None = None
    reopen: str | None = None
    by: str = ""
    reason: str = ""


def list_rejects(shop: Shop, number: int) -> Outcome:
    """The rows that an import has set aside, with the reasons and what became of them."""
    with shop.reading() as connection:
        file = file_of(imports.import_named(connection, number), number)
        rows = set_aside.set_aside_of(connection, number)
    table = Table(
        name="rejects",
        title=phrase("Rows of {file} that were set aside", file=file),
        columns=COLUMNS,
        rows=[as_cells(row) for row in rows],
        currency="",
        notes=[phrase("Mend them in the file in set-aside/ and import it. Leave one: --drop LINE --by --reason.")],
        empty=phrase("No row was set aside."),
    )
    data = {"import": number, "file": file, "rows": [as_data(row) for row in rows]}
    return Outcome(tables=[table], data=data)


def file_of(found: tuple[str, str, str | None] | None, number: int) -> str:
    """The file of an import, refused if there is no such import."""
    if found is None:
        raise Refused(
            "There is no import {number}.",
            number=number,
            hint=phrase("See their numbers: loyalty report imports"),
        )
    return found[1]


def state_of(row: KeptRow) -> str:
    """What became of a row."""
    return "mended" if row.mended_by is not None else "left" if row.dropped_at else "open"


def as_cells(row: KeptRow) -> tuple[Cell, ...]:
    """A row for a table."""
    return row.line, row.reason, row.row, state_of(row)


def as_data(row: KeptRow) -> dict[str, object]:
    """A row for a script."""
    return {
        "line": row.line,
        "reason": str(said_again(row.reason)),
        "row": row.row,
        "state": state_of(row),
        "mended_by": row.mended_by,
        "left_at": row.dropped_at,
        "left_by": row.dropped_by or None,
        "left_because": row.drop_reason or None,
    }


def settle_rejects(shop: Shop, number: int, decision: Decision, *, dry_run: bool = False) -> Outcome:
    """Leave a line with its whole receipt (or all) for good, or let it wait again; recorded with hand and reason."""
    drop, reopen = decision.drop, decision.reopen
    if (drop is None) == (reopen is None):
        raise LoyaltyError("Say either --drop or --reopen.")
    if drop is not None and not (decision.by and decision.reason):
        raise LoyaltyError("Who leaves the row, and why?", hint=phrase("Say it with --by NAME --reason TEXT"))
    wish = drop or reopen or ALL
    with shop.changing(dry_run=dry_run) as connection:
        file_of(imports.import_named(connection, number), number)
        line = line_of(wish)
        count = (
            set_aside.drop_rows(connection, number, line, at=shop.moment, by=decision.by, reason=decision.reason)
            if drop is not None
            else set_aside.reopen_rows(connection, number, line)
        )
    if count is None and line is not None:
        hint = phrase("See them with: loyalty import rejects {number}", number=number)
        raise Refused("There is no row of line {line} that could be mended.", line=line, hint=hint)
    count = count or 0
    said = (
        phrase("{count} row is left for good.", "{count} rows are left for good.", count=count)
        if drop is not None
        else phrase("{count} row waits again.", "{count} rows wait again.", count=count)
    )
    done = "left" if drop is not None else "reopened"
    return Outcome(said=[said], data={"import": number, "decision": done, "rows": count, "dry_run": dry_run})


# No file has a thousand million lines.
LONGEST_NUMBER = 10


def line_of(wish: str) -> int | None:
    """A line's number; None is all of them."""
    if wish == ALL:
        return None
    if not (wish.isascii() and wish.isdigit() and len(wish) < LONGEST_NUMBER):
        raise LoyaltyError("{text} is not a line's number.", text=wish, hint=phrase("Write a number, or all."))
    return int(wish)
