"""Events: what members did besides buying, such as a survey or a competition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.column_words import column_said
from loyalty_cli.model.listed import ListedEvent
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.importers.lists.rows import Cells


def listed_event(cells: Cells) -> ListedEvent:
    """The event of a row."""
    event = ListedEvent(
        card=cells.card(),
        number=cells.text("number"),
        day=cells.day("date") or 0,
        event=cells.text("event") or "",
        key=cells.text("key"),
    )
    if event.card is None and event.number is None:
        cells.blame(phrase("the row has neither a card nor a number"))
    for word in ("date", "event"):
        if cells.text(word) is None:
            cells.blame(phrase("{column} is empty", column=column_said(word)))
    return event
