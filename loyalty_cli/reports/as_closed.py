"""What closed months' packs kept of a report."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.shown.kept_table import tables_again
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.store.packs import kept_pack
from loyalty_cli.store.packs import kept_table
from loyalty_cli.store.stores.names import present_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.books.as_closed import AsClosed
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection


LATE_OF = Column(name="late_of", heading="Late, of month", kind="month")
LATE_MEANS = phrase(
    "What came to light after its month was closed has a line of its own. Of a closed month that is asked for in part, "
    "the days are shown by what is known now, and no line is late of it."
)
RESTATED_MEANS = phrase("Restated: closed months stay as they were closed; what is reckoned otherwise since then stands here.")


def restated_said(rows: Iterable[Sequence[Cell]], place: int) -> list[Phrase]:
    """What restated means, where something is: `place` is that of its column."""
    return [RESTATED_MEANS] if any(row[place] for row in rows) else []


def table_as_closed(connection: Connection, name: str, day: Day) -> Table | None:
    """A report at the end of a month as its pack kept it; None of any other day, of an open month, and where it has none."""
    month = month_of(day)
    kept = kept_pack(connection, month) if day == span_of_month(month)[1] else ""
    return next((table for table in tables_again(kept) if table.name == name), None) if kept else None


def rows_as_closed(connection: Connection, name: str, day: Day) -> Sequence[tuple[Cell, ...]] | None:
    """The rows of such a report."""
    table = table_as_closed(connection, name, day)
    return None if table is None else table.rows


def closing_as_closed(connection: Connection, name: str, key: str, day: Day) -> Counter[str] | None:
    """What each name of such a report closed with."""
    table = table_as_closed(connection, name, day)
    if table is None:
        return None
    columns = [column.name for column in table.columns]
    return Counter({str(row[columns.index(key)]): int(str(row[columns.index("closing")])) for row in table.rows})


def moved_as_closed(connection: Connection, name: str, key: str, kinds: Mapping[str, str], *, wallet: str = "") -> dict[str, AsClosed]:
    """What each closed month whose pack has a report kept of it: by the column of names, and by those columns that are kinds.

    A store is called as it is now: with another name, or as a part of another one, it is still what was closed. Of wallets earlier
    releases kept nothing.
    """
    # Imported here because who asks for one table needs nothing of how debts are reckoned.
    from loyalty_cli.books.as_closed import AsClosed

    found: dict[str, AsClosed] = {}
    for month, text in kept_table(connection, name):
        data = json.loads(text)
        columns = [column[0] for column in data["columns"]]
        if wallet and "wallet" not in columns:
            continue
        mine = found[month] = AsClosed(Counter(), Counter())
        for row in (dict(zip(columns, row, strict=True)) for row in data["rows"]):
            if row.get("wallet", "") != wallet:
                continue
            name_now = present_name(connection, row[key]) if key == "store" else row[key]
            mine.opening[name_now] += row["opening"]
            mine.moved.update({(name_now, kind): row[column] for column, kind in kinds.items() if row.get(column)})
    return found


class Sums(dict[tuple["Cell", ...], tuple["Cell", ...]]):
    """The figures of rows by their labels; a figure that is not worked out stays so."""

    def add(self, labels: tuple[Cell, ...], figures: Sequence[Cell], times: int = 1) -> None:
        """Count a row."""
        before = self.get(labels) or (0,) * len(figures)
        self[labels] = tuple(None if more is None else int(one or 0) + times * int(more) for one, more in zip(before, figures, strict=True))


def closed_and_late(
    connection: Connection,
    question: Question,
    name: str,
    columns: Sequence[Column],
    rows_of: Callable[[Question], Iterable[tuple[Cell, ...]]],
) -> list[tuple[Cell, ...]]:
    """The rows of a report by month: closed months as their packs kept them, others as `rows_of` reckons them.

    What `rows_of` reckons otherwise of closed months since then is booked on the first day after them. The columns begin
    with the month and another label, those with totals are figures, and the last is LATE_OF.
    """
    span, kept = question.span, dict(rows_kept(connection, name, columns, question.stores))
    labels = sum(1 for column in columns[:-1] if not column.total)
    whole = {month for month in kept if span["first"] <= span_of_month(month)[0] and span_of_month(month)[1] <= span["last"]}
    found, late = Sums(), Sums()
    for row in (row for month in sorted(whole) for row in kept[month]):
        found.add((*row[:labels], row[-1]), row[labels:-1])
    for row in rows_of(question):
        if row[0] not in whole:
            found.add((*row[:labels], None), row[labels:])
    since = span_of_month(max(kept))[1] + 1 if kept else None
    if question.may_be_late and since is not None and span["first"] <= since <= span["last"]:
        for row in rows_of(replace(question, first=None, last=since - 1, as_of=None)):
            if row[0] in kept:
                late.add((month_of(since), *row[1:labels], row[0]), row[labels:])
        for row in (row for rows in kept.values() for row in rows):
            late.add((month_of(since), *row[1:labels], row[-1] or row[0]), row[labels:-1], -1)
        found.update({place: figures for place, figures in late.items() if any(figures)})
    # What is late of a month that is shown in part is in that part already, or does not belong to the days asked for.
    in_part = {month for month in kept if month not in whole and span["first"] <= span_of_month(month)[1]}
    rows = [(*place[:-1], *figures, place[-1]) for place, figures in found.items() if place[-1] not in in_part]
    return sorted(rows, key=lambda row: (str(row[0]), str(row[1]), str(row[-1] or ""), str(row[2:labels])))


def rows_kept(
    connection: Connection, name: str, columns: Sequence[Column], stores: Sequence[str]
) -> Iterator[tuple[str, list[tuple[Cell, ...]]]]:
    """The rows of each closed month whose pack has a report with these columns, those of some stores or of all.

    A pack of an earlier release has no late lines.
    """
    for month, text in kept_table(connection, name):
        data = json.loads(text)
        names = [column[0] for column in data["columns"]]
        if {column.name for column in columns[:-1]} <= {*names}:
            rows = [dict(zip(names, row, strict=True)) for row in data["rows"]]
            for row in rows:
                if "store" in row:
                    row["store"] = present_name(connection, row["store"])
            yield month, [tuple(row.get(column.name) for column in columns) for row in rows if not stores or row.get("store") in stores]
