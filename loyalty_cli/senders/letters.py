"""Letters as A4 pages, the address where a window envelope shows it; pages load nothing and print at actual size.

DIN 5008 puts an address field of 85 x 45 mm 20 mm from the left; its upper edge is 45 mm (form B) or 27 mm (form A) below
the top, the sender's line stands in its first millimetres, and text begins 98.46 (B) or 80.46 (A) mm below the top.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.senders.files import batch_name
from loyalty_cli.senders.files import Files
from loyalty_cli.senders.files import Made

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.message import Message
    from loyalty_cli.program.senders_block import LetterWay

# From the field's upper edge to the text: 98.46 - 45 mm, in millimetres.
TO_TEXT = 53.46
NO_ADDRESS = phrase("the address has no lines")
STYLE = """
@page {{ size: A4; margin: 0 }}
body {{ margin: 0; font: 11pt/1.4 sans-serif }}
section {{ position: relative; width: 210mm; height: 296.5mm; overflow: hidden; break-after: page }}
address {{ position: absolute; left: {left}mm; top: {top}mm; width: 85mm; height: 45mm; font-style: normal; overflow: hidden }}
address small {{ display: block; height: 17.7mm; font-size: 7pt; box-sizing: border-box; padding-top: 11mm }}
article {{ position: absolute; left: 25mm; right: 20mm; top: {text:.2f}mm; white-space: pre-wrap }}
h1 {{ font-size: 11pt; margin: 0 0 8mm }}
"""


def address_lines(name: str, address: str) -> list[str]:
    """A name and an address as lines: parted by line breaks, else semicolons, else commas.

    >>> address_lines("Ana Pop", "Long Street 1, 00-001 Town")
    ['Ana Pop', 'Long Street 1', '00-001 Town']
    """
    sign = next((each for each in ("\n", ";") if each in address), ",")
    lines = [" ".join(line.split()) for line in re.split(re.escape(sign), address)]
    return [line for line in (" ".join(name.split()), *lines) if line]


def letters_page(messages: Sequence[Message], way: LetterWay) -> Files:
    """One page for each letter, in one file."""
    refused = {one.key: NO_ADDRESS.text for one in messages if not one.address.strip()}
    letters = [one for one in messages if one.key not in refused]
    if not letters:
        return Files([], refused)
    keys = tuple(one.key for one in letters)
    style = STYLE.format(left=way.window_left, top=way.window_top, text=way.window_top + TO_TEXT)
    pages = "\n".join(letter(one, way.sender) for one in letters)
    content = f'<!doctype html>\n<html><head><meta charset="utf-8"><style>{style}</style></head><body>\n{pages}\n</body></html>\n'
    return Files([Made(f"letters-{batch_name(keys)}.html", content.encode(), keys)], refused)


def letter(one: Message, sender: str) -> str:
    """One page."""
    lines = "<br>".join(map(html.escape, address_lines(one.name, one.address)))
    subject = f"<h1>{html.escape(one.subject)}</h1>" if one.subject else ""
    return (
        f'<section lang="{html.escape(one.language)}"><address><small>{html.escape(sender)}</small>{lines}</address>'
        f"<article>{subject}{html.escape(one.text)}</article></section>"
    )
