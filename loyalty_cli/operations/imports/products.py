"""Import products: categories, costs, floor prices and exclusions for tills that export only a code and a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.lists.rows import listed_product
from loyalty_cli.operations.imports.lists import import_lists
from loyalty_cli.operations.imports.lists import ListKind
from loyalty_cli.operations.imports.lists_said import list_outcome
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.store.imports.products import save_product
from loyalty_cli.store.ledger.due import mark_everyone_due

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.listed import ListedProduct
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def import_products(shop: Shop, files: Sequence[str], *, layout: str | None = None, dry_run: bool = False) -> Outcome:
    """Enter and change products by lists; a category or exclusion that changes makes everyone due."""
    program = program_file(shop)
    matters: list[bool] = []

    def save(connection: Connection, import_id: int, listed: ListedProduct) -> str:
        answer, counts = save_product(connection, listed, import_id)
        matters.append(counts)
        return answer

    def after(connection: Connection) -> None:
        if any(matters):
            mark_everyone_due(connection)

    kind = ListKind(name="products", make=listed_product, save=save, digits=program.currency.digits, after=after)
    return list_outcome(
        import_lists(shop, files, kind, layout=layout, dry_run=dry_run, language=program.language),
        program,
        kind="products",
        dry_run=dry_run,
    )
