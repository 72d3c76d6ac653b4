"""A seeded shop as a database for the recalculation: two years of receipts, and one day more."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.store import database
from loyalty_cli.store.ledger.due import mark_due

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

FIRST = day_from_iso("2024-01-01")
DAYS = 731
STORES = 5
ARTICLES = 2000
CATEGORIES = ("tea", "coffee", "thread", "bread", "milk", "gifts", "toys", "other")
# Three lines to a receipt and eleven receipts to a member, as in a small shop's two years.
LINES_A_RECEIPT = 3
LINES_A_MEMBER = 33
RECEIPT = "INSERT INTO receipt VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, 0, 0, NULL, NULL, 1, 0, 0)"
LINE = "INSERT INTO line VALUES (?, ?, 1000, ?, 0, 0)"


def make_shop(path: Path, *, lines: int, seed: int = 20261121) -> int:
    """A new database with about so many lines; how many members it has."""
    chance = random.Random(seed)
    members = max(1, lines // LINES_A_MEMBER)
    connection = database.create(path)
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO store (id, name) VALUES (?, ?)", [(id_, f"Shop {id_}") for id_ in range(1, STORES + 1)])
    articles = [(id_, f"{id_:05}", f"Product {id_}", CATEGORIES[id_ % 8], "") for id_ in range(1, ARTICLES + 1)]
    connection.executemany("INSERT INTO article VALUES (?, ?, ?, ?, ?)", articles)
    connection.executemany("INSERT INTO member (id) VALUES (?)", [(id_,) for id_ in range(1, members + 1)])
    receipts = lines // LINES_A_RECEIPT
    put(connection, ((FIRST + number * DAYS // receipts, chance) for number in range(receipts)), members=members)
    connection.execute("COMMIT")
    connection.close()
    return members


def add_day(path: Path, day: Day, *, lines: int, members: int) -> None:
    """The next day's receipts, as an import would leave them: their members are due."""
    chance = random.Random(day)
    connection = database.connect(path)
    connection.execute("BEGIN")
    touched = put(connection, ((day, chance) for _ in range(lines // LINES_A_RECEIPT)), members=members)
    mark_due(connection, [(member, day) for member in sorted(touched)])
    connection.execute("COMMIT")
    connection.close()


def put(connection: Connection, days: Iterator[tuple[Day, random.Random]], *, members: int) -> set[int]:
    """One receipt for each day given, by any member; the members."""
    first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM receipt").fetchone()[0]
    receipts, lines, touched = [], [], set()
    for id_, (day, chance) in enumerate(days, first):
        member = chance.randrange(1, members + 1)
        amounts = [chance.randrange(50, 5000) for _ in range(chance.choice((1, 2, 3, 4, 5)))]
        clock = chance.randrange(8 * 3600, 20 * 3600)
        receipts.append((id_, id_ % STORES + 1, str(id_), member, member, day, clock, sum(amounts)))
        lines += [(id_ << 12 | index, chance.randrange(1, ARTICLES + 1), amount) for index, amount in enumerate(amounts)]
        touched.add(member)
        if len(receipts) == 10_000:  # write now and then, so that any size fits in memory
            connection.executemany(RECEIPT, receipts)
            connection.executemany(LINE, lines)
            receipts, lines = [], []
    connection.executemany(RECEIPT, receipts)
    connection.executemany(LINE, lines)
    return touched
