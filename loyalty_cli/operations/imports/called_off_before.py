"""What is said of receipts that count again: an earlier file told that they were cancelled or paid back, and this one does not.

Whichever file comes last, the most that any of them told stands: only the owner knows which of them is the newer one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.imports.refunds import told_more_before

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.imports.exports import Export
    from loyalty_cli.store.database import Connection


def called_off_before_said(connection: Connection, import_id: int, export: Export) -> list[Phrase]:
    """A warning for each import whose word this file takes back; a till that never tells such facts takes none back."""
    layout = export.layout
    if layout is None or not (layout.cancelled or layout.columns.cancelled or layout.columns.refunded):
        return []
    return [
        phrase(
            "{file}: {count} receipt counts in full there, which import {number} told was cancelled or paid back; that stands. "
            "If this file is the newer one: loyalty import revert {number}",
            "{file}: {count} receipts count in full there, which import {number} told were cancelled or paid back; that stands. "
            "If this file is the newer one: loyalty import revert {number}",
            file=export.path.name,
            count=count,
            number=before,
        )
        for before, count in told_more_before(connection, import_id)
    ]
