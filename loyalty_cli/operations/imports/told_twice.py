"""What is said of receipts that one file tells twice: the same once more, or equal goods with other receipts between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.imports.receipts import ScatteredError
from loyalty_cli.store.imports.told_twice import has_one_row
from loyalty_cli.store.imports.told_twice import told_twice

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.imports.booking import Booking


def told_twice_said(connection: Connection, booking: Booking, file: str, *, put_together: bool) -> list[Phrase]:
    """A warning that they count once; ScatteredError where a single row comes once more in a file of one piece: both are goods."""
    count = told_twice(connection, booking.import_id, booking.booked)
    if count < 1:
        return []
    if count == 1 and not (booking.gathered or put_together) and has_one_row(connection, booking.import_id, booking.booked):
        raise ScatteredError
    return [
        phrase(
            "{file}: {count} receipt stands there twice with the same rows and counts once. "
            "If they are goods of one receipt, put its rows next to each other.",
            "{file}: {count} receipts stand there twice with the same rows and count once. "
            "If they are goods of one receipt, put its rows next to each other.",
            file=file,
            count=count,
        )
    ]
