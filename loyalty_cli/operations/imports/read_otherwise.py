"""What is said of a file that is in already and is read by another layout now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.imports.conflicts import of_other_days
from loyalty_cli.store.imports.read_otherwise import untold

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.imports.booking import Booking

# A day or two may have been corrected.
MANY = 3


def read_otherwise(connection: Connection, booking: Booking, file: str) -> list[Phrase]:
    """A refusal where receipts would count under two numbers; a warning where some are not in the file by the new layout."""
    found = untold(connection, booking.import_id, booking.told_otherwise())
    if found is None:
        return []
    earlier, receipt = found
    if booking.booked.receipts:
        raise ExportRefused(
            "{file} is in already as import {number}, read by another layout. By this one it has receipts that are new and lacks "
            "others, such as {receipt}; both would count.",
            exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
            hint=phrase(
                "Take back what came by the old layout, this file first: loyalty import revert {number}. Then import it again.",
                number=earlier,
            ),
            file=file,
            number=earlier,
            receipt=receipt,
        )
    text = (
        "{file}: receipts that import {number} read in this file are not in it by the layout as it is now, such as {receipt}; "
        "they still count. If they are not to: loyalty import revert {number}"
    )
    return [phrase(text, file=file, number=earlier, receipt=receipt)]


def numbers_begin_anew(connection: Connection, booking: Booking, file: str) -> list[Phrase]:
    """What is said where receipts come back with other days: their numbers may be those of other receipts."""
    count = of_other_days(connection, booking.import_id) if booking.booked.conflicts >= MANY else 0
    if count < MANY:
        return []
    text = (
        "{file}: receipts ({count}) came back with another day. Where numbers begin anew each day, take back all files of this till, "
        "write in the layout receipt_key: [date, till, receipt], or those of them that the export has, and import them again."
    )
    return [phrase(text, file=file, count=count)]
