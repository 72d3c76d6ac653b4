"""A small shop in a folder of its own, its till's exports, and what its database then holds by natural keys."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import datetime
from datetime import UTC
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.store.database import create

HEADER = "date,time,store,receipt,card,product,quantity,amount"
PROGRAM = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
"""
NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


@cache
def empty_database() -> Path:
    """A new database, made once and copied for each shop: its migrations take longer than most tests."""
    path = Path(mkdtemp(prefix="loyalty-test-")) / "loyalty.db"
    create(path).close()
    return path


def shop_in(folder: Path, program: str = PROGRAM) -> Shop:
    """A shop without any purchases."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "program.yaml").write_text(program, encoding="utf-8")
    shutil.copy(empty_database(), folder / "loyalty.db")
    return Shop(program=folder / "program.yaml", database=folder / "loyalty.db", now=NOW, secret="ab" * 32, wait=5)


def export(shop: Shop, name: str, *rows: str, header: str = HEADER) -> str:
    """Write an export of some rows; its path."""
    path = shop.folder / name
    path.write_text("".join(f"{row}\n" for row in (header, *rows)), encoding="utf-8", newline="")
    return str(path)


def taken_in(shop: Shop, *files: str, **options: Any) -> dict[str, Any]:
    """Import files; the figures of the last one."""
    data: Any = import_purchases(shop, files, **options).data
    figures: dict[str, Any] = data["files"][-1]
    return figures


def report_taken_in(shop: Shop) -> dict[str, Any]:
    """Import a report of two receipts, one of 12.50 and one whose amount has a letter, in a layout of the owner; its figures."""
    (shop.folder / "layouts").mkdir()
    (shop.folder / "layouts" / "mine.yaml").write_text(
        "encoding: cp1250\ndelimiter: ;\ndecimal_mark: ','\ndate_form: DD.MM.YYYY HH:mm\nskip_top: 1\nskip_bottom: 1\n"
        "columns: {receipt: Nr, date: Data, amount: Kwota, product_name: Towar}\n",
        encoding="utf-8",
    )
    rows = "Raport\nNr;Data;Towar;Kwota\n1;02.03.2026 10:00;Żurek;12,50\n2;02.03.2026 10:05;Łosoś;9.9O\nRazem;;;22,40\n"
    (shop.folder / "raport.csv").write_bytes(rows.encode("cp1250"))
    return taken_in(shop, str(shop.folder / "raport.csv"), layout="mine", store="North")


def asked(shop: Shop, select: str) -> list[tuple[Any, ...]]:
    """Rows of the shop's database."""
    connection = sqlite3.connect(shop.database)
    try:
        return connection.execute(select).fetchall()
    finally:
        connection.close()


RECEIPTS = """
SELECT store.name, receipt.number, coalesce(card.number, ''), receipt.at, receipt.day, receipt.clock,
       receipt.total, receipt.returned, receipt.loyalty
FROM receipt JOIN store ON store.id = receipt.store_id LEFT JOIN card ON card.id = receipt.card_id
WHERE receipt.gone = 0 ORDER BY 1, 2"""

LINES = """
SELECT store.name, receipt.number, article.code, article.name, article.category, article.vat,
       line.quantity, line.amount, line.discount, line.loyalty
FROM line JOIN receipt ON receipt.id = line.id >> 12 AND receipt.gone = 0
JOIN article ON article.id = line.article_id JOIN store ON store.id = receipt.store_id
ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"""

DUE = """
SELECT card.number, due.since FROM due JOIN card ON card.member_id = due.member_id ORDER BY 1"""


def kept_by(shop: Shop) -> tuple[list[tuple[Any, ...]], ...]:
    """Receipts, lines and due members by their natural keys, whatever numbers they have."""
    return asked(shop, RECEIPTS), asked(shop, LINES), asked(shop, DUE)
