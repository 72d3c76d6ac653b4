"""`loyalty month evidence`: a month's pack with every entry until then, which an auditor checks without this program."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING

from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.months.pack import month_pack
from loyalty_cli.render import csv_text
from loyalty_cli.render.look import Look
from loyalty_cli.store import months
from loyalty_cli.store.seals.broken import OF_MONTH
from loyalty_cli.store.seals.chain import chain_until

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection

TEXTS = {"verify.py": "verify.py.txt", "README.txt": "README.txt"}
# The earliest moment that a ZIP can state, so that the same month gives the same bytes.
MOMENT = (1980, 1, 1, 0, 0, 0)
COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="closed_at", heading="Closed", kind="moment"),
    Column(name="entries", heading="Entries", kind="count"),
    Column(name="sha256", heading="SHA-256", kind="code"),
)


def month_evidence(shop: Shop, month: str) -> tuple[bytes, Outcome]:
    """A closed month's evidence as a ZIP, the same bytes whenever it is made again."""
    with shop.reading() as connection:
        connection.execute("BEGIN")
        if not months.closed_at(connection, month):
            raise Refused(
                "{month} is not closed; only what changes no more can be proven.",
                month=month,
                hint=phrase("Run: loyalty month close {month}", month=month),
            )
        files = {**entries(connection, month), "seals.txt": seals(connection, month)}
        closed = table_of_months(connection, month)
    pack = month_pack(shop, month)
    for table in [*pack.tables, closed]:
        files[f"{table.name}.csv"] = csv_text.render(Outcome(tables=[table]), Look())
    folder = resources.files("loyalty_cli.operations.months") / "evidence_texts"
    for name, file in TEXTS.items():
        files[name] = (folder / file).read_text(encoding="utf-8").encode()
    files["SHA256SUMS"] = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()
    said = phrase("Whoever doubts {month} unpacks the file and runs: python3 verify.py", month=month)
    return zipped(files), replace(pack, tables=(), said=[said])


def entries(connection: Connection, month: str) -> dict[str, bytes]:
    """The entries of every closed month until one, each as the text whose hash was kept."""
    return {
        f"entries-{closed.month}.txt": "".join(
            f"{line}\n" for line in months.lines_as_closed(connection, closed, *span_of_month(closed.month))
        ).encode()
        for closed in until(connection, month)
    }


def until(connection: Connection, month: str) -> list[months.ClosedMonth]:
    """The closed months until one."""
    return [closed for closed in months.closed_months(connection) if closed.month <= month]


def table_of_months(connection: Connection, month: str) -> Table:
    """The closed months with their hashes."""
    rows = [
        (closed.month, months.closed_at(connection, closed.month), closed.entries, closed.sha256) for closed in until(connection, month)
    ]
    return Table(name="months", title=phrase("Closed months"), columns=COLUMNS, rows=rows, currency="")


def seals(connection: Connection, month: str) -> bytes:
    """The chain of seals until that of the month."""
    return "".join(f"{line}\n" for line in chain_until(connection, f"{OF_MONTH}{month}")).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    """Files as a ZIP whose bytes depend on nothing but them."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return content.getvalue()
