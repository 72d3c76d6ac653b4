"""A till's export as batches of whole receipts."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from loyalty_cli.importers import all_importers
from loyalty_cli.importers.layouts.places import find_places
from loyalty_cli.importers.layouts.places import places_by_number
from loyalty_cli.importers.receipts.cut_end import CutEnd
from loyalty_cli.importers.receipts.gathering import ReceiptReader
from loyalty_cli.importers.receipts.pieces import Pieces
from loyalty_cli.importers.receipts.quick import quick_reader
from loyalty_cli.importers.receipts.settled import settled
from loyalty_cli.importers.receipts.whole import refuse_long
from loyalty_cli.importers.receipts.whole import regrouped
from loyalty_cli.importers.receipts.whole import whole_receipts
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.files import CsvFile
from loyalty_cli.reading.csv.files import CsvForm
from loyalty_cli.reading.csv.files import misfit
from loyalty_cli.reading.csv.files import Rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Generator
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.layouts.places import Places
    from loyalty_cli.importers.receipts.watcher import Watcher
    from loyalty_cli.importers.terms import Terms
    from loyalty_cli.model.purchase_batch import PurchaseBatch
    from loyalty_cli.reading.forms.encodings import Survey


class PurchaseFile:
    """One export, read by its layout (or by the plain one if it has none).

    `ends_whole` says that the last row is whole though its line may have no end.
    """

    def __init__(
        self,
        path: Path,
        layout: Layout | None,
        terms: Terms,
        *,
        store: str = "",
        survey: Survey | None = None,
        ends_whole: bool = False,
    ) -> None:
        self.path = path
        self.layout = layout
        self.terms = terms
        self.store = store
        self.csv = CsvFile(path, layout.csv_form if layout else CsvForm())
        self.unknown = survey is None
        # Whether the last line has no end, and whether a quote stands there.
        self.open_end = survey is not None and survey.size > 0 and not survey.ends_with_newline
        self.ends_whole = ends_whole
        # Makes who looks at its rows, of the header and the layout.
        self.watched_by: Callable[[Sequence[str], Layout], Watcher] | None = None
        self.quoted_end = survey is not None and survey.ends_with(self.csv.form.quote.encode())

    @property
    def header(self) -> list[str]:
        """The header's names, known once the first batch was read."""
        return self.csv.header

    @property
    def last_line(self) -> int:
        """The line on which the last row read so far begins."""
        return self.csv.last_line

    def batches(self, *, scattered: bool = False) -> Generator[PurchaseBatch, None, None]:
        """Whole receipts in batches. With `scattered`, the rows of a receipt may lie anywhere in the file."""
        for batch in self.read(scattered=scattered):
            refuse_long(batch, self.path.name)
            yield batch

    def read(self, *, scattered: bool) -> Iterator[PurchaseBatch]:
        """The batches, whatever they hold."""
        if scattered or self.unknown or self.open_end or (self.layout is not None and not self.layout.header):
            yield from self.exactly(scattered=scattered)
            return
        with self.csv.opened() as (file, line):
            layout, places, reader = self.readers(0)
            quick = quick_reader(reader, layout, places)
            if quick is not None:
                yield from quick.batches(self.csv, file, line)
                return
        yield from self.exactly(scattered=False)

    def exactly(self, *, scattered: bool) -> Iterator[PurchaseBatch]:
        """The batches of any file."""
        rows = self.csv.rows()
        first = next(rows, Rows([], []))
        _, _, reader = self.readers(len(first.cells[0]) if first.cells else 0)
        prepared: Iterator[Rows] = (reader.prepared(batch) for batch in chain([first], rows))
        pieces = Pieces(self.path.name, reader.shaper.header_lines)
        if scattered:
            prepared = regrouped(prepared, reader.heads.key_of_row, self.path, pieces)
        for whole in whole_receipts(prepared, reader.heads.key_of_row, self.path.name):
            yield replace(reader.batch(whole), again=pieces.came_again())
        # A row that begins with an empty quoted cell and ends there; a blank line has no cell at all.
        began = self.open_end and self.csv.last_cells == [""]
        if began:
            self.csv.last_line = self.csv.lines_read
        rest = reader.rest(began=self.csv.lines_read if began else 0)
        if rest is not None:
            yield rest

    def readers(self, width: int) -> tuple[Layout, Places, ReceiptReader]:
        """The layout, where its columns stand and the reader of rows, once the header is known."""
        name = self.path.name
        layout = self.layout or settled(all_importers.plain_layout(self.header, name), self.path)
        if not layout.header and not width:
            raise misfit(name, phrase("rows"), phrase("an empty file"))
        places = find_places(layout, self.header, name) if layout.header else places_by_number(layout, width, name)
        if "store" not in places.of_word and not self.store:
            raise misfit(
                name,
                phrase(
                    "a column with the store, or {options}, or a stores: entry whose files: names this file",
                    options=[f"--store {store}" for store in self.terms.stores or ("NAME",)],
                ),
                phrase("none of them"),
            )
        reader = ReceiptReader(layout, places, self.terms, store=self.store, header=self.header)
        if self.watched_by is not None and layout.header:
            reader.watcher = self.watched_by(self.csv.header, layout)
        if self.open_end and not self.ends_whole:
            reader.cut_end = CutEnd(layout, places, digits=self.terms.digits, quoted=self.quoted_end)
            reader.at_end = lambda: self.csv.at_end
        return layout, places, reader
