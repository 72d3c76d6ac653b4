"""A document as a slip of 32 or 48 columns, on standard output or in a file."""

from __future__ import annotations

from typing import NoReturn
from typing import TYPE_CHECKING

from loyalty_cli.cli.pages import put_drawn
from loyalty_cli.render.slip import as_slip

if TYPE_CHECKING:
    from loyalty_cli.cli.show import Show
    from loyalty_cli.model.shown.document import Document
    from loyalty_cli.model.shown.outcome import Outcome


def put_slip(outcome: Outcome, document: Document, width: int, show: Show) -> NoReturn:
    """The slip alone, ready for the printer."""
    put_drawn(outcome, lambda language: as_slip(document, language, width), show)
