"""Receipts that stand in several pieces of a file: parts of one, to be added up, or the same once more, which is not."""

from __future__ import annotations

from bisect import bisect
from itertools import pairwise
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

# One receipt may well have two equal rows with another receipt's between.
SOME = 2


class Pieces:
    """Looks at the rows of each receipt, with their lines and pieces.

    `headers` are the lines of headers within the file, known once its rows were read: it was put together of several then.
    """

    def __init__(self, file: str, headers: Sequence[int]) -> None:
        self.file = file
        self.headers = headers
        self.torn = 0
        self.again: list[tuple[int, int]] = []
        self.told = 0

    def look(self, rows: Sequence[tuple[int, list[str], int]]) -> None:
        """Take a receipt into account; one with pieces on both sides of a header can not be added up."""
        beginnings = [(one[0], other[0]) for one, other in pairwise(rows) if one[2] != other[2]]
        if not beginnings:
            return
        for line, other in beginnings if self.headers else ():
            if bisect(self.headers, line) != bisect(self.headers, other):
                raise self.put_together(rows[0][0], other)
        if comes_again([row for _, row, _ in rows]):
            self.again.append((rows[0][0], beginnings[0][1]))
        else:
            self.torn += 1

    def came_again(self) -> int:
        """How many receipts were found to be the same once more since this was last asked."""
        before, self.told = self.told, len(self.again)
        return self.told - before

    def put_together(self, line: int, other: int) -> ExportRefused:
        """The refusal of several files in one: a later file may tell all of a receipt once more."""
        return ExportRefused(
            "{file} was put together of several files, and the receipt in line {line} stands in line {other} again.",
            exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
            hint=phrase("Import these files one by one: what stands in two of them counts once, and what differs is asked about."),
            file=self.file,
            line=line,
            other=other,
        )

    def refuse_if_all_come_again(self) -> None:
        """Where each receipt in pieces is the same once more, rows were put into the file twice."""
        if len(self.again) < SOME or self.torn:
            return
        line, other = min(self.again)
        raise ExportRefused(
            "{file} has receipts twice ({count}), the first of them in line {line} and in line {other}; they would count twice.",
            exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
            hint=phrase("Export the file again, or take the rows out that stand there a second time."),
            file=self.file,
            count=len(self.again),
            line=line,
            other=other,
        )


def comes_again(rows: Sequence[list[str]]) -> bool:
    """Whether rows are the same ones several times over, in whatever order each time.

    >>> comes_again([["tea"], ["cup"], ["cup"], ["tea"]]), comes_again([["tea"], ["tea"], ["cup"]])
    (True, False)
    """
    for count in range(1, len(rows) // 2 + 1):
        if len(rows) % count == 0:
            first, *others = (sorted(rows[start : start + count]) for start in range(0, len(rows), count))
            if all(other == first for other in others):
                return True
    return False
