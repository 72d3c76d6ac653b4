"""Addresses on sheets of labels; the sheets' measures in millimetres are those of the makers' templates as glabels has them."""

from __future__ import annotations

import html
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.senders.files import batch_name
from loyalty_cli.senders.files import Files
from loyalty_cli.senders.files import Made
from loyalty_cli.senders.letters import address_lines
from loyalty_cli.senders.letters import NO_ADDRESS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.message import Message
    from loyalty_cli.program.blocks.senders import LetterWay


class LabelSheet(NamedTuple):
    """A sheet of A4: a label's size, how many in a row and a column, where the first one lies, and how far the next."""

    width: float
    height: float
    columns: int
    rows: int
    left: float
    top: float
    step_right: float
    step_down: float


SHEETS = {
    "L7160": LabelSheet(63.99, 38.10, 3, 7, 7.48, 15.49, 66.04, 38.10),
    "L7161": LabelSheet(63.57, 46.78, 3, 6, 7.41, 8.11, 65.93, 46.74),
    "7162": LabelSheet(99.10, 33.90, 2, 8, 3.99, 12.98, 102.48, 33.90),
    "L7163": LabelSheet(99.10, 38.10, 2, 7, 3.35, 15.17, 103.01, 38.10),
    "L7165": LabelSheet(99.06, 67.73, 2, 4, 4.67, 13.04, 101.64, 67.73),
    "3474": LabelSheet(70.0, 37.0, 3, 8, 0.0, 0.0, 70.0, 37.0),
    "3475": LabelSheet(70.05, 36.03, 3, 8, 0.0, 4.43, 70.05, 36.03),
    "4464": LabelSheet(70.2, 37.04, 3, 8, 0.0, 0.0, 70.2, 37.04),
    "4614": LabelSheet(66.0, 33.8, 3, 8, 5.7, 13.0, 66.0, 33.8),
    "4625": LabelSheet(105.0, 42.3, 2, 7, 0.0, 0.0, 105.0, 42.3),
    "3659": LabelSheet(96.66, 42.51, 2, 6, 8.0, 21.17, 96.66, 42.51),
}
STYLE = """
@page { size: A4; margin: 0 }
body { margin: 0; font: 10pt/1.25 sans-serif }
section { position: relative; width: 210mm; height: 296.5mm; overflow: hidden; break-after: page }
div { position: absolute; box-sizing: border-box; padding: 3mm 4mm; overflow: hidden }
div.framed { outline: 0.2mm solid #999 }
"""


def label_sheets(messages: Sequence[Message], way: LetterWay) -> Files:
    """The sheets, beginning at the first label that is free."""
    sheet = SHEETS.get(way.sheet)
    if sheet is None:
        hint = phrase("Known here: {names}.", names=", ".join(SHEETS))
        raise LoyaltyError("There is no sheet of labels {name}.", name=way.sheet, hint=hint)
    refused = {one.key: NO_ADDRESS.text for one in messages if not one.address.strip()}
    letters = [one for one in messages if one.key not in refused]
    if not letters:
        return Files([], refused)
    on_a_page = sheet.columns * sheet.rows
    pages: dict[int, list[str]] = {}
    for number, one in enumerate(letters, start=max(way.start, 1) - 1):
        page, place = divmod(number, on_a_page)
        pages.setdefault(page, []).append(label(one, sheet, place, way))
    body = "\n".join(f"<section>{''.join(labels)}</section>" for labels in pages.values())
    content = f'<!doctype html>\n<html><head><meta charset="utf-8"><style>{STYLE}</style></head><body>\n{body}\n</body></html>\n'
    keys = tuple(one.key for one in letters)
    return Files([Made(f"labels-{batch_name(keys)}.html", content.encode(), keys)], refused)


def label(one: Message, sheet: LabelSheet, place: int, way: LetterWay) -> str:
    """One label at its place on a page."""
    down, right = divmod(place, sheet.columns)
    left = sheet.left + right * sheet.step_right + way.shift_right / 10
    top = sheet.top + down * sheet.step_down + way.shift_down / 10
    frame = ' class="framed"' if way.frames else ""
    where = f"left:{left:.2f}mm;top:{top:.2f}mm;width:{sheet.width}mm;height:{sheet.height}mm"
    lines = "<br>".join(map(html.escape, address_lines(one.name, one.address)))
    return f'<div{frame} style="{where}">{lines}</div>'
