"""The purchases of a bucket's members, read from files: one row for each receipt with the money of each class of products.

The same rows that SQL makes of a shop's database (`store/ledger/purchases.py`), by columns: a first load reads millions of them.
"""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loyalty_cli.chain.tables import later_than
from loyalty_cli.chain.tables import LINE
from loyalty_cli.chain.tables import RECEIPTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    import numpy.typing as npt

    from loyalty_cli.chain.tables import Tables
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.block import Block

    Numbers: TypeAlias = npt.NDArray[np.int64]
    Truths: TypeAlias = npt.NDArray[np.bool_]

READ = ("member_id", "day", "clock", "id", "store_id", "number", "total", "returned", "loyalty", "lines")
IN_ORDER = [(name, "ascending") for name in ("member_id", "day", "clock", "id")]


class Receipts:
    """The receipts of some members after the day of each; what has gone was never there."""

    def __init__(self, files: Tables, names: Sequence[str], after: Mapping[int, Day]) -> None:
        table = files.table(RECEIPTS, names, READ, later_than(after, "day") & (pc.field("gone") == 0))
        self.table = of_each(table, after, "day").sort_by(IN_ORDER)

    def asked_of_sql(self, until: Day) -> pc.Expression | None:
        """Which receipts SQL must find besides: of members with returns or with what tills took off, and those of later days."""
        special = pc.or_(pc.greater(self.table["returned"], 0), pc.greater(self.table["loyalty"], 0))
        members = pc.unique(self.table["member_id"].filter(special))
        later = pc.any(pc.greater(self.table["day"], until)).as_py()
        if not len(members) and not later:
            return None
        return pc.field("member_id").isin(members) | (pc.field("day") > until)


class Rows:
    """The rows of purchases through a day, by member, as a program asks for them."""

    def __init__(self, receipts: Receipts, connection: Connection, block: Block) -> None:
        table = receipts.table.filter(pc.less_equal(receipts.table["day"], block.until))
        heads = {name: column(table, name) for name in READ[:5]}
        amounts, kept = by_class(table, connection, block) if block.classes else by_receipt(table)
        self.columns = [each[kept] for each in (*heads.values(), *amounts)]
        self.members = self.columns[0]
        self.ids = heads["id"]
        self.by_id: Numbers = np.argsort(self.ids)
        self.numbers = table["number"]

    def of(self, block: Block) -> list[tuple[Any, ...]]:
        """The rows of a block's members, in order."""
        first, end = np.searchsorted(self.members, (block.first, block.last + 1))
        return list(zip(*(each[first:end].tolist() for each in self.columns)))

    def numbers_of(self, receipts: Sequence[int]) -> dict[int, str]:
        """The numbers of some receipts."""
        places = self.by_id[np.searchsorted(self.ids, receipts, sorter=self.by_id)]
        return dict(zip(receipts, self.numbers.take(pa.array(places)).to_pylist(), strict=True))


def of_each(table: pa.Table, after: Mapping[int, Day], day: str) -> pa.Table:
    """The rows of some members after the day of each."""
    place = pc.index_in(table["member_id"], value_set=pa.array(after.keys(), pa.int64()))
    return table.filter(pc.greater(table[day], pa.chunked_array([pa.array(after.values(), pa.int64())]).take(place)))


def column(table: pa.Table, name: str) -> Numbers:
    """A column of whole numbers."""
    numbers: Numbers = table[name].to_numpy()
    return numbers


def by_receipt(table: pa.Table) -> tuple[list[Numbers], Truths]:
    """The money of each receipt where lines do not matter, and which receipts are a purchase."""
    total, returned, loyalty = (column(table, name) for name in ("total", "returned", "loyalty"))
    return [np.maximum(0, total + returned - loyalty)], (returned == 0) | (total + returned > 0)


def by_class(table: pa.Table, connection: Connection, block: Block) -> tuple[list[Numbers], Truths]:
    """The money of each class, then the units of those that are counted; and which receipts sold something at all."""
    lines = table["lines"].combine_chunks()
    ends = np.asarray(lines.offsets, dtype=np.int64) - lines.offsets[0].as_py()
    of_line: dict[str, Numbers] = dict(zip(LINE, (np.asarray(each) for each in lines.flatten().flatten()), strict=True))
    classes = classes_of(connection, of_line, block)
    sold = of_line["quantity"] >= 0
    money = np.where(sold, of_line["amount"] - of_line["loyalty"], 0)
    units = np.where(sold & (of_line["amount"] > 0), of_line["quantity"], 0)
    asked = [(money, class_) for class_ in block.classes] + [(units, class_) for class_ in block.units]
    return [added_up(np.where(classes == class_, what, 0), ends) for what, class_ in asked], added_up(sold.astype(np.int64), ends) > 0


def classes_of(connection: Connection, of_line: Mapping[str, Numbers], block: Block) -> Numbers:
    """The class of each line's article; of reduced lines another one where the program asks for that."""
    articles = connection.execute("SELECT article_id, class, reduced FROM temp.article_class").fetchall()
    rows = np.array(articles or [(0, 0, 0)], dtype=np.int64)
    by_article = np.zeros((2, rows[:, 0].max() + 1), dtype=np.int64)
    by_article[:, rows[:, 0]] = rows[:, 1:].T
    full, reduced = (each[of_line["article_id"]] for each in by_article)
    classes: Numbers = np.where(of_line["discount"] != 0, reduced, full) if block.reduced else full
    return classes


def added_up(lines: Numbers, ends: Numbers) -> Numbers:
    """The sums of each receipt's lines: exact, for they are differences of a running sum of whole numbers."""
    running = np.concatenate(([0], np.cumsum(lines)))
    sums: Numbers = running[ends[1:]] - running[ends[:-1]]
    return sums
