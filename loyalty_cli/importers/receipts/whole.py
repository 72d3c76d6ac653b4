"""Batches cut so that no receipt is torn: the last receipt of a batch waits for the next one."""

from __future__ import annotations

import contextlib
import marshal
import tempfile
from collections.abc import Callable
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any
from typing import BinaryIO
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.files import Rows
from loyalty_cli.reading.csv.files import ROWS_AT_A_TIME

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.importers.receipts.pieces import Pieces
    from loyalty_cli.model.purchase_batch import PurchaseBatch

Key = Callable[[list[str]], Any]
# A row with its line before it, and behind it the number of the piece of a receipt that it stands in.
Placed = tuple[int, list[str], int]

# A line's number within its receipt has 12 bits.
MOST_LINES = 4096
# A part of a scattered file is sorted in memory; its rows take about ten times their bytes there.
BYTES_OF_PART = 3 << 20
MOST_PARTS = 250
ROWS_IN_BLOCK = 50


def whole_receipts(batches: Iterable[Rows], key: Key, file: str) -> Iterator[Rows]:
    """The same rows in the same order, in batches that end where a receipt ends."""
    waiting = Rows([], [])
    for batch in batches:
        if not batch.cells:
            continue
        rows = Rows(waiting.cells + batch.cells, [*waiting.lines, *batch.lines]) if waiting.cells else batch
        cut = last_beginning(rows.cells, key)
        if len(rows.cells) - cut > MOST_LINES:
            raise too_long(file, rows.lines[cut])
        waiting = Rows(rows.cells[cut:], rows.lines[cut:])
        if cut:
            yield Rows(rows.cells[:cut], rows.lines[:cut])
    if waiting.cells:
        yield waiting


def last_beginning(cells: list[list[str]], key: Key) -> int:
    """Where the last receipt of some rows begins."""
    last = key(cells[-1])
    place = len(cells) - 1
    while place and key(cells[place - 1]) == last:
        place -= 1
    return place


def refuse_long(batch: PurchaseBatch, file: str) -> None:
    """Stop if a receipt of a batch has more rows than one can have."""
    for place in range(len(batch.file_lines)) if batch.starts and batch.starts[-1] > MOST_LINES else ():
        if batch.starts[place + 1] - batch.starts[place] > MOST_LINES:
            raise too_long(file, batch.file_lines[place])


def too_long(file: str, line: int) -> ExportRefused:
    """The refusal of a file whose receipts can not be told apart."""
    return ExportRefused(
        "{file} does not fit its layout: the receipt in line {line} has more than {count} rows.",
        exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
        hint=phrase("Numbers may begin anew each day or at each till; write in the layout: receipt_key: [date, till, receipt]"),
        file=file,
        line=line,
        count=MOST_LINES,
    )


def regrouped(batches: Iterable[Rows], key: Key, file: Path, pieces: Pieces) -> Iterator[Rows]:
    """The rows of a file in which receipts lie scattered, brought together by receipt through temporary files."""
    count = max(1, min(MOST_PARTS, file.stat().st_size // BYTES_OF_PART))
    with tempfile.TemporaryDirectory(prefix="loyalty-") as folder:
        paths = [Path(folder) / str(number) for number in range(count)]
        scatter(batches, key, paths)
        for path in paths:
            receipts = of_part(path, key)
            for rows in receipts.values():
                pieces.look(rows)
            yield from gathered(receipts)
    pieces.refuse_if_all_come_again()


def scatter(batches: Iterable[Rows], key: Key, paths: list[Path]) -> None:
    """Write each row, with its line, into the part that its receipt belongs to."""
    waiting: list[list[Placed]] = [[] for _ in paths]
    piece, before = 0, None
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(path.open("wb")) for path in paths]
        for batch in batches:
            for row, line in zip(batch.cells, batch.lines, strict=True):
                own = key(row)
                piece, before = piece + (own != before), own
                part = part_of(own, len(files))
                waiting[part].append((line, row, piece))
                if len(waiting[part]) >= ROWS_IN_BLOCK:
                    write_block(files[part], waiting[part])
        for file, rows in zip(files, waiting, strict=True):
            write_block(file, rows)


def write_block(file: BinaryIO, rows: list[Placed]) -> None:
    """Write some rows and forget them."""
    data = marshal.dumps(rows, 2)
    file.write(len(data).to_bytes(8, "little"))
    file.write(data)
    rows.clear()


def part_of(key: Any, count: int) -> int:
    """The part of a receipt, the same for all its rows."""
    return int.from_bytes(blake2b(repr(key).encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big") % count


def of_part(path: Path, key: Key) -> dict[Any, list[Placed]]:
    """One part's rows by receipt."""
    receipts: dict[Any, list[Placed]] = {}
    with path.open("rb") as file:
        while head := file.read(8):
            block = marshal.loads(file.read(int.from_bytes(head, "little")))  # noqa: S302 - written by this process
            for placed in block:
                receipts.setdefault(key(placed[1]), []).append(placed)
    return receipts


def gathered(receipts: dict[Any, list[Placed]]) -> Iterator[Rows]:
    """The rows of receipts, in the order in which the receipts begin."""
    rows = list(chain.from_iterable(receipts.values()))
    receipts.clear()
    for start in range(0, len(rows), ROWS_AT_A_TIME):
        part = rows[start : start + ROWS_AT_A_TIME]
        yield Rows([row for _, row, _ in part], [line for line, _, _ in part])
