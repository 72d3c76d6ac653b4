"""A list for the telephone: whom to call, what to say, and room for what came of it. CSV for any spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from loyalty_cli.senders.files import batch_name
from loyalty_cli.senders.files import Files
from loyalty_cli.senders.files import FORMULA
from loyalty_cli.senders.files import Made

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.message import Message

HEADER = ("key", "name", "phone", "language", "about", "text", "answer")


def call_list(messages: Sequence[Message]) -> Files:
    """One list of all, by name."""
    if not messages:
        return Files()
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for one in sorted(messages, key=lambda each: (each.name, each.key)):
        cells = (one.key, one.name, one.address, one.language, one.subject, one.text, "")
        writer.writerow(f"'{cell}" if cell.startswith(FORMULA) and cell != one.address else cell for cell in cells)
    keys = tuple(one.key for one in messages)
    return Files([Made(f"calls-{batch_name(keys)}.csv", text.getvalue().encode("utf-8-sig"), keys)])
