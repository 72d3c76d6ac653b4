"""A file that people write, as text: UTF-8, with or without a byte order mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.files_said import why_not
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.problems import MOST_BYTES
from loyalty_cli.reading.problems import Problems
from loyalty_cli.reading.problems import TOO_LARGE

if TYPE_CHECKING:
    from pathlib import Path


def read_text(path: Path) -> str:
    """The text of a file; Mistakes with the place of the first byte that is not UTF-8."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise LoyaltyError("{file} can not be read: {why}.", file=str(path), why=why_not(error)) from error
    if len(data) > MOST_BYTES:
        problems = Problems(path.name, "")
        problems.add(1, 1, *TOO_LARGE)
        problems.stop_if_any()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return refuse(path, data, 0, "The file is saved as UTF-16.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return refuse(path, data, error.start, "The file is not saved as UTF-8: a letter here is from a Windows code page.")


def refuse(path: Path, data: bytes, start: int, text: str) -> str:
    """Raise the mistake, with its line as far as it can be shown."""
    shown = data.decode("utf-8", errors="replace")
    line = data.count(b"\n", 0, start) + 1
    before = data[data.rfind(b"\n", 0, start) + 1 : start].decode("utf-8", errors="replace")
    problems = Problems(path.name, shown)
    problems.add(
        line,
        len(before) + 1,
        phrase(text),
        phrase("Save it again with the encoding UTF-8 (Notepad: Save as → Encoding)."),
    )
    problems.stop_if_any()
    return ""
