"""What is said of receipts that one file tells twice: the same once more, or equal goods with other receipts between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.imports.receipts import ScatteredError
from loyalty_cli.store.imports.told_twice import has_one_row
from loyalty_cli.store.imports.told_twice import told_twice

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.imports.tally import Tally
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.imports.booking import Booking


def told_twice_said(connection: Connection, booking: Booking, file: str, tally: Tally) -> list[Phrase]:
    """A warning that they count once; ScatteredError where a single row comes once more in a file of one piece: both are goods."""
    count = told_twice(connection, booking.import_id, booking.booked)
    if count < 1:
        return counted_again_said(file, tally.again)
    if count == 1 and not (booking.gathered or tally.headers) and has_one_row(connection, booking.import_id, booking.booked):
        raise ScatteredError
    return [
        phrase(
            "{file}: {count} time a receipt stands there once more with the same rows; it counts once. "
            "If they are goods of one receipt, put its rows next to each other.",
            "{file}: {count} times a receipt stands there once more with the same rows; each counts once. "
            "If they are goods of one receipt, put its rows next to each other.",
            file=file,
            count=count,
        )
    ]


def counted_again_said(file: str, count: int) -> list[Phrase]:
    """A warning of receipts whose rows were brought together and are the same several times over."""
    if not count:
        return []
    return [
        phrase(
            "{file}: {count} receipt holds the same rows more than once, with other receipts between, and all of them count. "
            "Look whether a part of the file stands there twice.",
            "{file}: {count} receipts hold the same rows more than once, with other receipts between, and all of them count. "
            "Look whether a part of the file stands there twice.",
            file=file,
            count=count,
        )
    ]
