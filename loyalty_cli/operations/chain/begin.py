"""Making a shop's database the control book of a chain: purchases, entries and states leave it for files."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from loyalty_cli.chain.extra import extra
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.chain import control_book
from loyalty_cli.store.chain.shadows import emptied
from loyalty_cli.store.chain.shadows import let_rows_lie_elsewhere
from loyalty_cli.store.database import connect
from loyalty_cli.store.database import remove_journal
from loyalty_cli.store.database import transaction
from loyalty_cli.store.troubles import understood

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.chain.control_book import Place

TABLES = "tables"
MOST_BUCKETS = 4096


def place_of(master: str, buckets: int, tables: str = TABLES) -> Place:
    """Where a chain lies; the engine's room must be there before anything is made."""
    with extra():
        import loyalty_cli.chain.book  # noqa: F401 -- whether it can be is all that is asked
    if not 1 <= buckets <= MOST_BUCKETS:
        raise Refused("Members lie in 1 to {most} buckets.", most=MOST_BUCKETS)
    return control_book.Place(master, tables, buckets)


def place_said(engine: str | None, master: str, buckets: int) -> Place | None:
    """What options say of where a new shop lies: None is its one database."""
    if engine is None:
        return None
    if engine != "spark":
        raise Refused("The engine {name} is not known.", name=engine, hint=phrase("Use one of: {names}.", names="spark"))
    return place_of(master, buckets)


def set_master(shop: Shop, master: str) -> Outcome:
    """Another address of the engine; where members lie stays as it is."""
    with shop.changing() as connection:
        place = control_book.place_of(connection)
        if place is None:
            raise Refused("This shop has everything in its one database.", hint=phrase("Make a chain of it: loyalty chain move DIR"))
        control_book.save_place(connection, place._replace(master=master))
    return Outcome(said=[phrase("Spark runs at {master} from now on.", master=master)], data={"master": master})


def make_chain(database: Path, place: Place, *, at: str) -> None:
    """Lay what grows with purchases into files beside the database, which names them and has it no more."""
    from loyalty_cli.chain.laying import lay

    with understood(database), contextlib.closing(connect(database)) as connection:
        let_rows_lie_elsewhere(connection)
        with transaction(connection, database, at=at):
            control_book.name_files(connection, lay(connection, database.parent, place))
            last = connection.execute("SELECT coalesce(max(id), 0) FROM receipt").fetchone()[0]
            control_book.save_last_receipt(connection, last)
            control_book.save_place(connection, place)
            emptied(connection)
        remove_journal(connection)
        connection.execute("VACUUM")
