"""`loyalty export parquet DIR`: every view as a typed file for analysts (pandas, DuckDB, R, Power BI)."""

from __future__ import annotations

import importlib
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.days import date_of
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.shop_language import shop_facts
from loyalty_cli.operations.views.query import terms_of
from loyalty_cli.store.views.all_views import ALL_VIEWS
from loyalty_cli.store.written_file import own_file
from loyalty_cli.store.written_file import put_in_place

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.views.view import Terms
    from loyalty_cli.store.views.view import View
    from loyalty_cli.store.views.view import ViewColumn

# Rows that are in memory at once; each is one row group of the file.
AT_ONCE = 100_000
PERCENT_DIGITS, QUANTITY_DIGITS = 2, 3


def export_parquet(shop: Shop, folder: Path) -> Outcome:
    """One file for each view; money is exact (decimal128), days are dates."""
    arrow, parquet = the_library()
    if folder.exists() and not folder.is_dir():
        raise LoyaltyError("{folder} is a file.", folder=str(folder), hint=phrase("Name a folder: loyalty export parquet DIR"))
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, int] = {}
    with shop.reading() as connection:
        facts = shop_facts(shop, connection)
        terms = terms_of(shop, facts)
        # One transaction, so that the files are of one moment.
        connection.execute("BEGIN")
        for view in ALL_VIEWS.values():
            path = folder / f"{view.name}.parquet"
            with own_file(path.with_name(f".{path.name}.part")) as aside:
                rows[view.name] = write_view(connection, view, terms, aside, arrow, parquet)
                put_in_place(aside, path)
    said = [
        phrase("{count} row: {file}", "{count} rows: {file}", count=count, file=str(folder / f"{name}.parquet"))
        for name, count in rows.items()
    ]
    return Outcome(said=said, data={"folder": str(folder), "rows": rows}, language=facts.language)


def the_library() -> tuple[Any, Any]:
    """pyarrow, which few shops need: an optional extra."""
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        hint = phrase("Install it once: {command}", command="pipx inject loyalty-cli pyarrow")
        raise LoyaltyError("Parquet files need the library pyarrow, which is not installed here.", hint=hint) from error


def write_view(connection: Connection, view: View, terms: Terms, path: Path, arrow: Any, parquet: Any) -> int:
    """Write all rows of a view; how many there are."""
    schema = arrow.schema([field(arrow, column, terms) for column in view.columns])
    turned = [from_kept(column, terms) for column in view.columns]
    cursor = connection.execute(view.kept(terms))
    count = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := cursor.fetchmany(AT_ONCE):
            columns = zip(*batch, strict=True)
            arrays = [arrow.array(turn(values), type=of.type) for turn, values, of in zip(turned, columns, schema, strict=True)]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
            count += len(batch)
    return count


def field(arrow: Any, column: ViewColumn, terms: Terms) -> Any:
    """A column's type in Parquet, with its meaning beside it."""
    digits = digits_of(column, terms)
    types = {"count": arrow.int64, "day": arrow.date32}
    if digits is not None:
        kind = arrow.decimal128(18, digits)
    else:
        kind = arrow.time32("s") if column.kind == "time" else types.get(column.kind, arrow.string)()
    return arrow.field(column.name, kind, metadata={"meaning": column.about.text})


def digits_of(column: ViewColumn, terms: Terms) -> int | None:
    """The digits after the point of a column that holds decimals."""
    return {"money": terms.digits, "percent": PERCENT_DIGITS, "quantity": QUANTITY_DIGITS}.get(column.kind)


def from_kept(column: ViewColumn, terms: Terms) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """How kept values become Parquet's: whole units as exact decimals, day numbers as dates."""
    digits = digits_of(column, terms)
    if digits is not None:
        return lambda values: [None if value is None else Decimal(value).scaleb(-digits) for value in values]
    if column.kind == "day":
        return lambda values: [None if value is None else date_of(value) for value in values]
    return lambda values: values
