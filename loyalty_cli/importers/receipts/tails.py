"""Lines of an export, and what stands in them behind the columns of their receipt."""

from __future__ import annotations

import csv
from itertools import compress
from itertools import count
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.importers.receipts.faults import Faults
from loyalty_cli.importers.receipts.sides import rows_below_zero
from loyalty_cli.model.columns import Beside
from loyalty_cli.model.columns import picked
from loyalty_cli.model.content import line_prints
from loyalty_cli.model.content import print_of_article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.importers.receipts.gathering import ReceiptReader
    from loyalty_cli.importers.receipts.lines import Lines
    from loyalty_cli.reading.csv.files import CsvForm


class CutUp:
    """Cuts lines, or the ends of lines, into cells."""

    def __init__(self, form: CsvForm) -> None:
        self.delimiter = form.delimiter
        self.quote = form.quote

    def __call__(self, text: str) -> list[str]:
        """The cells of a text; csv.Error where a quote opens in it that another line closes."""
        if not self.quote or self.quote not in text:
            return text.rstrip("\r\n").split(self.delimiter)
        return next(csv.reader([text], delimiter=self.delimiter, quotechar=self.quote, strict=True))


class Tails(dict[str, Any]):
    """What the tails of lines mean: whether below zero, print, article, quantity, amount and, where there, discount and loyalty."""

    def __init__(self, reader: ReceiptReader, cells: CutUp, *, cut: int) -> None:
        super().__init__()
        self.reader = reader
        self.cells = cells
        self.cut = cut
        self.catalogue = reader.lines.catalogue
        self.prints = Beside(print_of_article)
        self.unknown: list[str] = []

    def __missing__(self, tail: str) -> None:
        self.unknown.append(tail)

    def lines(self, tails: list[str]) -> tuple[Lines, list[int], list[int]]:
        """The rows of a batch, and the places of those below zero and of those that mean nothing."""
        if self.catalogue is not self.reader.lines.catalogue:
            self.catalogue = self.reader.lines.catalogue
            self.clear()
        values = list(map(self.__getitem__, tails))
        bad: list[int] = []
        if self.unknown:
            self.learn(list(dict.fromkeys(self.unknown)))
            nothing = (0,) * (7 if self.reader.lines.has_extras else 5)
            place = -1
            for tail in self.unknown:
                place = tails.index(tail, place + 1)
                values[place] = self.get(tail, nothing)
                if values[place] is nothing:
                    bad.append(place)
            self.unknown.clear()
        below, *columns = (list(column) for column in zip(*values, strict=True))
        return self.reader.lines.of_columns(columns), list(compress(count(), below)), bad

    def learn(self, tails: list[str]) -> None:
        """Read tails that have not come before."""
        cut_up = ([*([""] * self.cut), *self.cells(tail)] for tail in tails)
        found = {tail: cells for tail, cells in zip(tails, cut_up, strict=True) if len(cells) == self.reader.width}
        if not found:
            return
        rows, faults = list(found.values()), Faults()
        if self.reader.watcher is not None:
            self.reader.watcher.look(rows)
        columns = list(zip(*rows, strict=True))
        articles = self.reader.lines.articles_of(columns, len(rows))
        lines = self.reader.lines.read(columns, articles, faults)
        gifts = self.reader.left_out.gift_rows(articles)
        below, odd = set(rows_below_zero(lines)), self.reader.shaper.sums_among(rows) | faults.reasons.keys()
        sound = [row for row, gift in enumerate(gifts) if row not in odd and not gift]
        prints = dict(zip(sound, self.prints_of(lines, sound), strict=True))
        for row, (tail, value) in enumerate(zip(found, lines.values(), strict=True)):
            if row in prints:
                self[tail] = row in below, prints[row], *value

    def prints_of(self, lines: Lines, rows: Sequence[int]) -> list[int]:
        """What some lines add to the contents of their receipts."""
        prints = picked(self.prints.all(self.catalogue.articles), [lines.articles[row] for row in rows])
        figures = (lines.quantities, lines.amounts, lines.discounts, lines.loyalty)
        return line_prints(prints, *([column[row] for row in rows] if column else [] for column in figures))
