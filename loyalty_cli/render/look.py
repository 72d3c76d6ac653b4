"""How a page should look: in whose language, how wide, with or without colour, and when it was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from datetime import UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a format may want to know besides the content.

    `width` None means as wide as needed: a page that goes into a pipe or a file is never cropped.
    `rows` is how many rows of a table are shown at most; None is all.
    `shop` is whose page it is, where a page or a workbook says so.
    `for_spreadsheet` asks CSV for the reader's own marks instead of the stable ones for scripts.
    """

    language: str = "en"
    shop: str = ""
    width: int | None = None
    colour: bool = False
    rows: int | None = None
    for_spreadsheet: bool = False
    made_at: datetime = datetime(2000, 1, 1, tzinfo=UTC)
