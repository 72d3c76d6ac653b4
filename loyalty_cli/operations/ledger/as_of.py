"""How everybody stood at the end of an earlier day: replayed until then in a transaction that is rolled back."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from loyalty_cli.operations.in_force import plan_of
from loyalty_cli.operations.ledger.books import Books
from loyalty_cli.store.ledger.links import join_named_returns
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


@contextmanager
def standings_of(shop: Shop, day: Day) -> Iterator[Connection]:
    """The database with the standings of a day, by what is known of it today; nothing is kept."""
    with shop.changing(dry_run=True) as connection:
        versions = versions_in_force(connection)
        join_named_returns(connection)
        number = max(version.id for version in versions)
        Books(connection, plan_of(versions), version=number, until=day, at=shop.moment).bring_up_to_date(everyone=True)
        yield connection
