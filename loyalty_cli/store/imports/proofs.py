"""Proving receipts: each one's content is worked out again from its lines and compared with what was kept."""

from __future__ import annotations

from itertools import chain
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.content import contents
from loyalty_cli.model.content import line_prints
from loyalty_cli.model.content import print_of
from loyalty_cli.model.days import JULIAN_OF_1970
from loyalty_cli.model.days import SECONDS_OF_DAY
from loyalty_cli.model.older_content import older_contents
from loyalty_cli.reading.forms.local_times import QUARTER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.store.database import Connection

RECEIPTS_AT_A_TIME = 5000

RECEIPTS = """
SELECT r.id, coalesce(s.name, ''), r.number, r.at, r.day, r.clock,
       coalesce(c.number, iif(r.card_id IS NULL, '', 'no card')),
       r.content, r.total, r.returned, r.loyalty
FROM receipt r LEFT JOIN store s ON s.id = r.store_id LEFT JOIN card c ON c.id = r.card_id
WHERE r.id > ? ORDER BY r.id LIMIT ?
"""
LINES = """
SELECT id >> 12, article_id, quantity, amount, discount, loyalty
FROM line WHERE id BETWEEN ? AND ? ORDER BY id
"""
# A receipt's lines are numbered one after the other from its own number on.
OUT_OF_ORDER = """
SELECT count(*) FROM line
WHERE id & 4095 > 0 AND NOT EXISTS (SELECT 1 FROM line AS before WHERE before.id = line.id - 1)
"""
WITHOUT_RECEIPT = """
SELECT count(*) FROM line WHERE NOT EXISTS (SELECT 1 FROM receipt WHERE receipt.id = line.id >> 12)
"""

Line = tuple[int, int, int, int, int, int]


class Receipt(NamedTuple):
    """A receipt's head as it is kept."""

    id: int
    store: str
    number: str
    at: int
    day: int
    clock: int
    card: str
    content: int
    total: int
    returned: int
    loyalty: int


def differing_receipts(connection: Connection) -> Iterator[Receipt]:
    """Receipts whose lines, moment, card or sums are not those that were imported."""
    articles = connection.execute("SELECT id, code, name FROM article")
    prints = {id_: print_of(code or name) for id_, code, name in articles}
    after = 0
    while True:
        rows = connection.execute(RECEIPTS, (after, RECEIPTS_AT_A_TIME)).fetchall()
        if not rows:
            return
        receipts = [Receipt(*row) for row in rows]
        after = receipts[-1].id
        yield from differing(receipts, lines_by_receipt(connection, receipts), prints)


def lines_by_receipt(connection: Connection, receipts: Sequence[Receipt]) -> dict[int, list[Line]]:
    """The lines of some receipts that follow each other."""
    span = (receipts[0].id << 12, (receipts[-1].id << 12) + 4095)
    rows = connection.execute(LINES, span)
    return {receipt: list(lines) for receipt, lines in groupby(rows, key=itemgetter(0))}


def differing(receipts: Sequence[Receipt], lines: dict[int, list[Line]], prints: dict[int, int]) -> Iterator[Receipt]:
    """Those of some receipts that are not what was kept of them."""
    own = [lines.get(receipt.id, []) for receipt in receipts]
    starts = [0]
    for each in own:
        starts.append(starts[-1] + len(each))
    columns: list[tuple[int, ...]] = list(zip(*chain.from_iterable(own), strict=True)) or [()] * 6
    # An article that is not there has no print; -1 is the print of none.
    articles = [prints.get(article, -1) for article in columns[1]]
    moments, cards = [receipt.at for receipt in receipts], [print_of(receipt.card) for receipt in receipts]
    found = contents(moments, cards, line_prints(articles, *columns[2:]), starts)
    older = found
    if found != [receipt.content for receipt in receipts]:
        # Those that came in by an earlier release have kept what it worked out.
        older = older_contents((moments, cards), (articles, columns[2], columns[3]), starts=starts, extras=(columns[4], columns[5]))
    for receipt, mine, *either in zip(receipts, own, found, older, strict=True):
        sums = (receipt.total, receipt.returned, receipt.loyalty)
        if receipt.content not in either or sums_of(mine) != sums or not is_local(receipt):
            yield receipt


def is_local(receipt: Receipt) -> bool:
    """Whether day and clock are the moment in some time zone: quarters of an hour from -12 to +14 hours."""
    ahead = (receipt.day - JULIAN_OF_1970) * SECONDS_OF_DAY + receipt.clock - receipt.at
    return 0 <= receipt.clock < SECONDS_OF_DAY and ahead % QUARTER == 0 and -12 * 3600 <= ahead <= 14 * 3600


def sums_of(lines: Sequence[Line]) -> tuple[int, int, int]:
    """Total, returned part and part paid with coupons or points, as an import works them out."""
    total = sum(amount for _, _, _, amount, _, _ in lines)
    returned = -sum(amount for _, _, quantity, amount, _, _ in lines if quantity < 0)
    return total, returned, max(0, sum(loyalty for *_, loyalty in lines))


def lines_without_receipt(connection: Connection) -> int:
    """How many lines belong to no receipt."""
    return int(connection.execute(WITHOUT_RECEIPT).fetchone()[0])


def lines_out_of_order(connection: Connection) -> int:
    """How many lines do not follow another one of their receipt."""
    return int(connection.execute(OUT_OF_ORDER).fetchone()[0])
