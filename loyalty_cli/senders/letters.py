"""Letters as A4 pages, the address where a window envelope shows it; pages load nothing and print at actual size.

DIN 5008 puts an address field of 85 x 45 mm 20 mm from the left; its upper edge is 45 mm (form B) or 27 mm (form A) below
the top, the sender's line stands in its first millimetres, and text begins 98.46 (B) or 80.46 (A) mm below the top. What is
written in the field begins 5 mm from its left edge, under the letter's text, and has room for six lines. A long text goes on
on the next page.
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
    from loyalty_cli.program.blocks.senders import LetterWay

# From the field's upper edge to the text: 98.46 - 45 mm, in millimetres; and the most that is left empty above and below.
TO_TEXT = 53.46
EDGE = 20
NO_ADDRESS = phrase("the address has no lines")
STYLE = """
@page {{ size: A4; margin: {edge}mm 0 20mm }}
body {{ margin: 0; width: 210mm; font: 11pt/1.4 sans-serif }}
section {{ position: relative }}
section + section {{ break-before: page }}
address {{ position: absolute; left: {left}mm; top: {top}mm; width: 85mm; padding-left: 5mm; box-sizing: border-box;
  font-style: normal; line-height: 1.15 }}
address small {{ display: block; height: 17.7mm; font-size: 7pt; box-sizing: border-box; padding-top: 11mm }}
article {{ padding: {text:.2f}mm 20mm 0 25mm; white-space: pre-wrap; overflow-wrap: anywhere }}
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
    edge = min(EDGE, way.window_top)
    style = STYLE.format(edge=edge, left=way.window_left, top=way.window_top - edge, text=way.window_top - edge + TO_TEXT)
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
