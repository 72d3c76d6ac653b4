"""Baskets that stand in a file or come through a pipe: one with its lines, or many, as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.files_said import why_not
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.counter.asked import BASKET_KEYS
from loyalty_cli.operations.counter.asked import LINE_KEYS
from loyalty_cli.operations.counter.asked import refuse_unknown
from loyalty_cli.reading.csv.files import first_row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

# More than any till sends at once, and few enough for any memory: what is kept of a basket and of its answer takes 1 KB.
MOST_BYTES, MOST_BASKETS = 16_000_000, 100_000
# JSON is read at once, and takes up to thirty times its letters.
MOST_OF_JSON = 4_000_000
MARKS = ",;\t|"
BLANK = re.compile(r"[ \t\n\r]*")
DECODER = json.JSONDecoder(parse_float=str, parse_int=str)


def text_of(path: Path) -> str:
    """The text of a file in UTF-8; - is standard input."""
    name = str(path)
    try:
        if name == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise LoyaltyError("{file} can not be read: {why}.", file=name, why=why_not(error)) from error
    if len(data) > MOST_BYTES:
        raise LoyaltyError("{file} is too large.", file=name, hint=phrase("Split it."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = phrase("Save it again with the encoding UTF-8 (Notepad: Save as → Encoding).")
        raise LoyaltyError("{file}:{line}: this is not UTF-8.", file=name, line=line, hint=hint) from error


def one_basket(path: Path) -> dict[str, Any]:
    """The lines of a file, or all that a JSON object says of its basket."""
    text = text_of(path)
    if text.lstrip()[:1] not in {"[", "{"}:
        return {"lines": [values for _, values in rows(text, str(path), LINE_KEYS)]}
    found = parsed(text, str(path), 1)
    if isinstance(found, list):
        return {"lines": found}
    if not isinstance(found, dict):
        raise not_a_basket(str(path), 1)
    return {name: value for name, value in found.items() if value not in (None, "", [])}


# A line of JSON is read only where its basket is answered, which may be another process.
Found = dict[str, Any] | str | LoyaltyError


def many_baskets(path: Path) -> Iterator[tuple[int, Found]]:
    """Each basket of a file with its line, or what is wrong with it there."""
    for number, basket in enumerate(baskets_in(text_of(path), str(path))):
        if number == MOST_BASKETS:
            raise LoyaltyError("{file} is too large.", file=str(path), hint=phrase("Split it."))
        yield basket


def baskets_in(text: str, name: str) -> Iterator[tuple[int, Found]]:
    """The same of a text, however many there are."""
    if text.lstrip()[:1] not in {"[", "{"}:
        yield from rows(text, name, BASKET_KEYS)
    elif text.lstrip()[:1] == "[":
        yield from ((at, each if isinstance(each, dict) else not_a_basket(name, at)) for at, each in in_a_list(text, name))
    else:
        yield from ((at, line.strip()) for at, line in enumerate(io.StringIO(text), 1) if line.strip())


def in_a_list(text: str, name: str) -> Iterator[tuple[int, Any]]:
    """Each value of one list in JSON with the line where it begins."""
    line, seen, at = 1, 0, text.index("[") + 1
    for value in parsed(text, name, 1):
        begins = BLANK.match(text, at).end()  # type: ignore[union-attr]
        line, seen = line + text.count("\n", seen, begins), begins
        yield line, value
        # Behind a value stands a comma, or the list ends.
        _, ends = DECODER.raw_decode(text, begins)
        at = BLANK.match(text, ends).end() + 1  # type: ignore[union-attr]


def one_line(line: str, name: str, number: int) -> dict[str, Any]:
    """The basket of one line of JSON."""
    found = parsed(line, name, number)
    if not isinstance(found, dict):
        raise not_a_basket(name, number)
    return found


def parsed(text: str, name: str, number: int) -> Any:
    """JSON with its numbers as they stand there, so that no amount goes through a binary fraction."""
    if len(text) > MOST_OF_JSON:
        raise LoyaltyError("{file} is too large.", file=name, hint=phrase("Split it."))
    try:
        return DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        line = number + (error.lineno - 1 if isinstance(error, json.JSONDecodeError) else 0)
        raise LoyaltyError("{file}:{line}: this is not JSON.", file=name, line=line) from error


def not_a_basket(name: str, number: int) -> LoyaltyError:
    """What a list, a number or a text in the place of a basket is told."""
    example = phrase("Write one such as {example}.", example='{"card": "2901", "amount": "120.00"}')
    return LoyaltyError("{file}:{line}: a basket stands here.", file=name, line=number, hint=example)


def rows(text: str, name: str, known: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of CSV by the names of its columns, each with its line; the marks between are those of the header."""
    mark = max(MARKS, key=next((line for line in io.StringIO(text) if line.strip()), "").count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    header = [name.lower() for name in first_row(reader)]
    if not header:
        raise LoyaltyError("{file} is empty.", file=name)
    refuse_unknown(dict.fromkeys(header), known)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise LoyaltyError("{file}:{line}: this is not CSV.", file=name, line=line) from error
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield line, {column: cell for column, cell in zip(header, row, strict=False) if cell.strip()}
