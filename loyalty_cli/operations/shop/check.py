"""`loyalty check`: the database's structure, every row and receipt, every closed month; and the books, if asked."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.engine_room import broken_files
from loyalty_cli.operations.how_many import receipts_said
from loyalty_cli.operations.shop import proofs
from loyalty_cli.reports.kept_packs import pack_differences
from loyalty_cli.store import health
from loyalty_cli.store import months
from loyalty_cli.store.draws.life import any_draw
from loyalty_cli.store.imports import proofs as receipt_proofs
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.ledger.check_books import Proof
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection

Row = tuple[str, str, str]
# A broken table would list itself whole; nobody reads more than this.
MOST_ROWS = 200
COLUMNS = (
    Column(name="what", heading="What", kind="word"),
    Column(name="where", heading="Where"),
    Column(name="detail", heading="What differs"),
)


def check(shop: Shop, *, full: bool = False, proof: str = "") -> Outcome:
    """Prove the database; `full` replays everybody from scratch and keeps nothing of it. `proof` is one on paper."""
    with shop.reading() as connection:
        health.read_anything(connection)
        currency = settings(connection).get("currency", "")
        faults = health.structure_faults(connection)
        if faults:
            return damaged(shop, faults, currency)
        if astray := broken_files(connection):
            rows = [("chain file", name, "not what was written") for name in astray]
            hint = phrase("Keep this database and its backups, and look at what happened before you go on.")
            return Outcome(warnings=[hint], tables=[table(rows, currency)], data={"files": astray}, exit_code=ExitCode.DIFFERENCES)
        receipts = health.figures_of(connection).receipts
        closed = len(months.closed_months(connection))
        sealed = proofs.compared(connection, proof=proof)
        rows = proofs.broken_rows(sealed, proof)
        rows += as_far_as_readable(islice(differences(connection), MOST_ROWS + 1), damaged=bool(rows))
        if not rows and any_draw(connection):
            # Imported here, as replay below: most nights check neither.
            from loyalty_cli.operations.draws.compared import differing_draws

            rows = [("draw", f"{name}: {file}", "not what is published") for name, file in differing_draws(shop, connection)]
    books = None
    if full and not rows:
        # Imported here, as reading a program's text takes longer than most looks.
        from loyalty_cli.operations.program.kept_forms import differing_forms

        rows = [("program", f"version {number}", "its form as read is not what its text says") for number in differing_forms(shop)]
    if full and not rows:
        # Replay trusts the facts, so it waits until they are right.
        from loyalty_cli.operations.ledger.check_books import proven_books

        books = proven_books(shop)
    if books is not None:
        rows = [*rows, *islice(book_rows(books), MOST_ROWS)]
    months_said = phrase("{count} closed month", "{count} closed months", count=closed)
    said = [phrase("Checked: structure, {receipts}, {months}.", receipts=receipts_said(receipts), months=months_said)]
    said += [*proofs.compared_said(sealed), *books_said(books, full=full)]
    data = {
        "receipts": receipts,
        "closed_months": closed,
        "full": full,
        "differences": len(rows),
        **proofs.compared_data(sealed),
    }
    pages = proofs.compared_tables(sealed, currency) if full else []
    if not rows:
        return Outcome(said=[*said, phrase("Everything is as it should be.")], tables=pages, data=data)
    tables = [table(rows[:MOST_ROWS], currency), *pages]
    return Outcome(said=said, warnings=[what_to_do(books)], tables=tables, data=data, exit_code=ExitCode.DIFFERENCES)


def what_to_do(books: Proof | None) -> Phrase:
    """What to do where something differs."""
    if books is not None and books.outdated:
        text = "Another release of loyalty recalculated last: the next recalculation works everybody out anew. Look at it first: {command}"
        return phrase(text, command="loyalty recalc --dry-run")
    return phrase("Keep this database and its backups, and look at what happened before you go on.")


def as_far_as_readable(found: Iterator[Row], *, damaged: bool) -> Iterator[Row]:
    """What differs, until a value that is known to be damaged is none that can be compared."""
    try:
        yield from found
    except StoreTrouble:
        raise
    except Exception as error:
        if not damaged:
            raise
        yield "value", "", f"what is damaged can not be compared further ({type(error).__name__})"


def damaged(shop: Shop, faults: list[str], currency: str) -> Outcome:
    """A file that SQLite itself finds broken."""
    text = "{file} is damaged. Do not delete anything; bring back the last good copy: loyalty restore BACKUP"
    hint = phrase(text, file=str(shop.database))
    rows: list[Row] = [("structure", shop.database.name, fault) for fault in faults]
    data = {"faults": faults}
    return Outcome(warnings=[hint], tables=[table(rows, currency)], data=data, exit_code=ExitCode.DAMAGED)


def table(rows: list[Row], currency: str) -> Table:
    """What differs, as a page."""
    return Table(name="check", title=phrase("What differs"), columns=COLUMNS, rows=rows, currency=currency)


def differences(connection: Connection) -> Iterator[Row]:
    """What the database's own records show: broken links, changed receipts, changed months."""
    for name, row, other in health.broken_links(connection):
        yield "broken link", f"{name} {row}", f"no such {other}"
    for receipt in receipt_proofs.differing_receipts(connection):
        yield "receipt", f"{receipt.store} {receipt.number}", "not what was imported"
    lines = receipt_proofs.lines_without_receipt(connection)
    if lines:
        yield "lines", "line", f"{lines} without a receipt"
    astray = receipt_proofs.lines_out_of_order(connection)
    if astray:
        yield "lines", "line", f"{astray} without the line before it"
    for closed in months.closed_months(connection):
        found = months.rows_as_closed(connection, closed, *span_of_month(closed.month))
        if found != (closed.entries, closed.sha256):
            entries, sha256 = found
            yield (
                "closed month",
                closed.month,
                f"{entries} entries, {closed.entries} when closed; now {sha256}",
            )
    for month, detail in pack_differences(connection):
        yield "pack", month, detail


def book_rows(proof: Proof) -> Iterator[Row]:
    """What a replay from scratch found different."""
    for entry in proof.entries:
        yield (
            "entry",
            f"member {entry.member}",
            f"{entry.rule} {entry.asset} {entry.day}: {entry.quantity:+d}",
        )
    for each in proof.told:
        told = each.told
        to = f" to member {told.to}" if told.to else ""
        yield "hand-over", f"member {each.member}", f"rewards.{told.reward}{to} {iso(told.day)}: {told.times:+d}"
    for standing in proof.standings:
        yield "standing", f"member {standing.member}", f"{standing.figure} {standing.kept}: {standing.right}"


def books_said(proof: Proof | None, *, full: bool) -> list[Phrase]:
    """How the books were proven."""
    if proof is None:
        return [phrase("Nobody was replayed, because something else differs already.")] if full else []
    said = [
        phrase(
            "{count} member replayed from scratch.",
            "{count} members replayed from scratch.",
            count=proof.members,
        )
    ]
    if proof.waiting:
        said.append(
            phrase(
                "{count} of them was waiting for the next recalculation.",
                "{count} of them were waiting for the next recalculation.",
                count=proof.waiting,
            )
        )
    return said
