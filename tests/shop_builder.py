"""A real shop in a temporary folder, with receipts put in by hand: what an import would have left behind."""

from __future__ import annotations

import functools
import shutil
import tempfile
from datetime import datetime
from datetime import UTC
from pathlib import Path
from typing import NamedTuple

from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import Day
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.store import database
from loyalty_cli.store.ledger.due import mark_due

SECRET = "5e" * 32
NOW = datetime(2027, 3, 1, 6, 0, tzinfo=UTC)


class Receipt(NamedTuple):
    """A receipt to be put in: lines are (category, amount), a negative amount is a return."""

    number: str
    member: int
    day: Day
    lines: tuple[tuple[str, int], ...]
    clock: int = 43_200
    original: str | None = None


@functools.cache
def empty_database() -> bytes:
    """The bytes of a new database; making one takes as long as fifty tests."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "loyalty.db"
        database.create(path).close()
        return path.read_bytes()


def make_shop(folder: Path, program: str, *, members: int = 3, now: datetime = NOW) -> Shop:
    """A shop with a program and some card holders: member 1 has card 2901, member 2 has card 2902, ..."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / "program.yaml").write_text(program, encoding="utf-8")
    path = folder / "loyalty.db"
    path.write_bytes(empty_database())
    shop = Shop(program=folder / "program.yaml", database=path, now=now, secret=SECRET)
    with shop.changing() as connection:
        connection.execute("INSERT INTO store (id, name) VALUES (1, 'Market')")
        connection.executemany("INSERT INTO member (id) VALUES (?)", [(number,) for number in range(1, members + 1)])
        connection.executemany(
            "INSERT INTO card (id, number, member_id) VALUES (?, ?, ?)",
            [(n, f"29{n:02}", n) for n in range(1, members + 1)],
        )
    return shop


def put_receipts(shop: Shop, *receipts: Receipt) -> None:
    """Store receipts and mark their members due, as an import does."""
    with shop.changing() as connection:
        for receipt in receipts:
            total = sum(amount for _, amount in receipt.lines)
            returned = -sum(amount for _, amount in receipt.lines if amount < 0)
            row = connection.execute(
                "INSERT INTO receipt (store_id, number, card_id, member_id, at, day, clock, total, returned, "
                "loyalty, original, import_id, content, gone) "
                "VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 1, 0, 0) RETURNING id",
                (
                    receipt.number,
                    receipt.member,
                    receipt.member,
                    at_of(receipt),
                    receipt.day,
                    receipt.clock,
                    total,
                    returned,
                    receipt.original,
                ),
            ).fetchone()
            for index, (category, amount) in enumerate(receipt.lines):
                article = connection.execute(
                    "INSERT INTO article (code, name, category, vat) VALUES (?, ?, ?, '') ON CONFLICT DO UPDATE SET vat = vat RETURNING id",
                    (category, category, category),
                ).fetchone()[0]
                quantity = -1000 if amount < 0 else 1000
                connection.execute("INSERT INTO line VALUES (?, ?, ?, ?, 0, 0)", (row[0] << 12 | index, article, quantity, amount))
            mark_due(connection, [(receipt.member, receipt.day)])


def at_of(receipt: Receipt) -> int:
    """The instant of a receipt, as if the shop kept UTC."""
    midnight = datetime.combine(date_of(receipt.day), datetime.min.time(), tzinfo=UTC)
    return int(midnight.timestamp()) + receipt.clock


def day(text: str) -> Day:
    """A day from `2026-12-01`."""
    return day_from_iso(text)


def balances(shop: Shop, member: int = 1) -> dict[str, int]:
    """What the ledger holds for a member, by asset; zero sums are left out."""
    with shop.reading() as connection:
        rows = connection.execute(
            "SELECT a.name, sum(e.quantity) FROM ledger e JOIN asset a ON a.id = e.asset_id WHERE e.member_id = ? "
            "GROUP BY a.name HAVING sum(e.quantity) <> 0",
            (member,),
        )
        return dict(rows.fetchall())
