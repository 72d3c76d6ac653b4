"""Rows of whole receipts as a batch: checked, normalised, with the bad receipts set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.receipts.currencies import currencies_of
from loyalty_cli.importers.receipts.draft import Draft
from loyalty_cli.importers.receipts.faults import Faults
from loyalty_cli.importers.receipts.head_rows import HeadRows
from loyalty_cli.importers.receipts.heads import HeadReader
from loyalty_cli.importers.receipts.later_facts import later_of
from loyalty_cli.importers.receipts.left_out import LeftOut
from loyalty_cli.importers.receipts.lines import LineReader
from loyalty_cli.importers.receipts.shaping import Shaper
from loyalty_cli.importers.receipts.shaping import without_blank
from loyalty_cli.importers.receipts.sides import loyalty_parts
from loyalty_cli.importers.receipts.sides import minus_rows
from loyalty_cli.importers.receipts.sides import returned_parts
from loyalty_cli.importers.receipts.sides import rows_below_zero
from loyalty_cli.importers.receipts.sides import settle_sides
from loyalty_cli.importers.receipts.totals import Totals
from loyalty_cli.model.columns import sums
from loyalty_cli.model.money import Currency
from loyalty_cli.model.purchase_batch import PurchaseBatch
from loyalty_cli.model.purchase_batch import SetAside
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.files import Rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.layouts.places import Places
    from loyalty_cli.importers.receipts.cut_end import CutEnd
    from loyalty_cli.importers.receipts.lines import Lines
    from loyalty_cli.importers.receipts.watcher import Watcher
    from loyalty_cli.importers.terms import Terms
    from loyalty_cli.model.shown.phrase import Phrase


class ReceiptReader:
    """Turns rows into batches of receipts by one layout."""

    def __init__(self, layout: Layout, places: Places, terms: Terms, *, store: str, header: Sequence[str] = ()) -> None:
        self.heads = HeadReader(layout, places, terms, store=store)
        self.lines = LineReader(layout, places, terms)
        ignores = "total" not in places.of_word
        self.shaper = Shaper(layout, places, list(header), ignores=ignores)
        self.width = places.width
        self.exact = places.exact
        self.ragged: dict[int, list[str]] = {}
        currency = Currency(code=terms.currency, digits=terms.digits)
        self.totals = Totals(layout, places, self.lines.money, currency)
        self.left_out = LeftOut(layout, places, self.lines, self.heads.key_of_row, with_total=self.totals.place is not None)
        self.currencies = currencies_of(layout, places, terms)
        self.later = self.left_out.later = later_of(layout, places, self.lines.money, self.currencies)
        # Watches the rows of a file whose last line has no end.
        self.cut_end: CutEnd | None = None
        self.watcher: Watcher | None = None
        self.at_end: Callable[[], bool] = lambda: False
        self.maybe_cut = self.minus = 0
        self.head_rows = HeadRows(layout, places, self.heads.key_of_row, terms) if layout.head_rows else None

    @property
    def careful(self) -> bool:
        """Whether rows must be looked at together with the others of their receipt."""
        return bool(self.totals.needed or self.currencies or self.later or self.head_rows)

    def prepared(self, rows: Rows) -> Rows:
        """The rows without those to be ignored, none shorter than the header; odd ones are remembered."""
        if self.cut_end is not None:
            self.cut_end.watch(rows.cells, rows.lines)
        if self.watcher is not None:
            self.watcher.look(rows.cells)
        rows = without_blank(rows)
        widths = set(map(len, rows.cells))
        if widths != {self.width} and (self.exact or min(widths, default=self.width) < self.width):
            rows = self.evened(rows)
        return self.shaper.shaped(rows, self.ragged)

    def evened(self, rows: Rows) -> Rows:
        """Rows filled up or cut to the header's width."""
        odd = [place for place, row in enumerate(rows.cells) if len(row) < self.width or (self.exact and len(row) > self.width)]
        for place in odd:
            row = rows.cells[place]
            if not self.shaper.uneven:
                self.ragged[rows.lines[place]] = row
            rows.cells[place] = (row + [""] * self.width)[: self.width]
        return rows

    def batch(self, rows: Rows) -> PurchaseBatch:
        """The receipts of some rows, the bad ones set aside."""
        self.lines.forget_many()
        rows, columns, articles = self.counting(rows)
        if not rows.cells:
            return self.made(Draft(rows, [], self.heads.none(), self.lines.none()), read=0)
        faults = Faults()
        starts, others = self.heads.beginnings(columns)
        heads = self.heads.read(columns, starts, faults, others=others)
        if self.head_rows is not None:
            self.head_rows.note_other_cards(rows, faults)
        lines = self.lines.read(columns, articles, faults)
        self.left_out.note_mixed(rows, faults)
        left_out = self.left_out.of_receipts(rows, starts)
        self.note_ragged(rows, faults)
        self.note_cut_end(rows, faults)
        self.totals.count_once(starts, lines, faults)
        below = rows_below_zero(lines)
        self.minus += sum(row not in faults.reasons for row in self.minus_rows(lines, below))
        settle_sides(lines, below, starts, self.lines.catalogue.articles)
        self.totals.settle(columns, starts, lines, faults, left_out)
        wholes = self.left_out.wholes(left_out, lines, starts)
        if self.currencies is not None:
            self.currencies.settle(columns, lines, faults)
        draft = Draft(rows, starts, heads, lines)
        gone: list[int] = []
        if self.later is not None:
            gone = self.later.called_off(columns, starts)
            self.later.note_unclear(columns, starts, wholes, faults)
            draft.refunds = self.later.refunds(columns, starts, heads, set(gone), faults)
        if faults or gone:
            self.left_out.leave_uncounted([*gone, *faults.receipts(starts)])
            draft.drop(rows, faults, gone, self.shaper.cells_behind)
            if self.head_rows is not None:
                draft.set_aside = self.head_rows.with_heads(draft.set_aside, self.shaper.cells_behind)
            draft.set_aside = self.left_out.beside(draft.set_aside, self.shaper.cells_behind)
        return self.made(draft, read=len(rows.cells))

    def minus_rows(self, lines: Lines, below: Sequence[int]) -> list[int]:
        """Those rows below zero whose money and quantity speak against each other, where quantities tell returns."""
        return [] if self.lines.by_amount else minus_rows(lines, below, self.lines.catalogue.articles)

    def counting(self, rows: Rows) -> tuple[Rows, list[tuple[str, ...]], list[int | None]]:
        """The rows that count, with their columns and the numbers of their articles."""
        if self.head_rows is not None:
            # Head rows change the cells of the others, so columns are cut when they have gone.
            counting = self.without_left_out(rows, self.lines.articles_of(self.lines.article_columns(rows.cells), len(rows.cells)))
            selling = self.head_rows.settled(counting)
            self.left_out.uncounted |= self.head_rows.called_off
            self.shaper.ignored += len(counting.cells) - len(selling.cells)
            return selling, *self.columns_of(selling)
        columns, articles = self.columns_of(rows)
        counting = self.without_left_out(rows, articles)
        return (rows, columns, articles) if counting is rows else (counting, *self.columns_of(counting))

    def columns_of(self, rows: Rows) -> tuple[list[tuple[str, ...]], list[int | None]]:
        """The columns of some rows, and the numbers of their articles."""
        columns = list(zip(*rows.cells, strict=False))
        return columns, self.lines.articles_of(columns, len(rows.cells)) if columns else []

    def without_left_out(self, rows: Rows, articles: Sequence[int | None]) -> Rows:
        """The rows without those that do not count though their receipt may."""
        left = self.left_out.taken_out(rows, articles, self.ragged)
        gone = len(rows.cells) - len(left.cells)
        if gone:
            self.shaper.ignored += gone
            if not left.lines or rows.lines[-1] != left.lines[-1]:
                self.shaper.ignored_line = rows.lines[-1]
        return left

    def note_ragged(self, rows: Rows, faults: Faults) -> None:
        """Rows with too few or too many cells."""
        if not self.ragged:
            return
        for place, line in enumerate(rows.lines):
            if line in self.ragged:
                row = self.ragged.pop(line)
                rows.cells[place] = row + [""] * self.shaper.cells_behind
                count = len(row)
                # What its cells say besides is of no use: they stand under the wrong names.
                said = phrase("cells in the row: {count}, expected: {width}", count=count, width=self.width)
                faults.reasons[place] = [said]

    def note_cut_end(self, rows: Rows, faults: Faults) -> None:
        """The last row of a file that does not end its last line, if its last cell may have been longer."""
        if self.cut_end is None or not self.at_end():
            return
        row = self.row_of_line(rows, self.cut_end.line)
        if row is not None and row not in faults.reasons and self.cut_end.may_be_cut():
            self.maybe_cut += 1
            faults.add(row, cut_short())

    def row_of_line(self, rows: Rows, line: int) -> int | None:
        """The row of a line, or the first row of the receipt that the line's head row speaks of."""
        if line not in rows.lines and self.head_rows is not None:
            line = self.head_rows.first_line(line)
        return rows.lines.index(line) if line in rows.lines else None

    def rest(self, *, began: int = 0) -> PurchaseBatch | None:
        """What is left to say after the last receipt: rows that were ignored, and a last one that may be cut.

        `began` is the line of a row of which there is no more than an empty cell.
        """
        draft = Draft(Rows([], []), [], self.heads.none(), self.lines.none())
        cut = self.cut_end
        if cut is not None and cut.line == self.shaper.ignored_line and cut.decides_on_ignoring():
            self.maybe_cut += 1
            self.shaper.ignored -= 1
            draft.set_aside.append(SetAside(cut.line, cut.row, cut_short(), cut.line))
        elif cut is not None and (began or cut.is_blank_part()):
            line = began or cut.line
            draft.set_aside.append(SetAside(line, [""] if began else cut.row, cut_short(), line))
        return self.made(draft, read=len(draft.set_aside)) if self.shaper.ignored or draft.set_aside else None

    def made(self, draft: Draft, *, read: int) -> PurchaseBatch:
        """The batch with its sums and contents."""
        heads, lines, starts = draft.heads, draft.lines, draft.starts
        gift_cards, gift_card_money = self.left_out.gift_cards_sold()
        batch = PurchaseBatch(
            stores=heads.stores,
            numbers=heads.numbers,
            cards=heads.cards,
            at=heads.at,
            days=heads.days,
            clocks=heads.clocks,
            totals=sums(lines.amounts, starts),
            returned=returned_parts(lines, starts),
            loyalty=loyalty_parts(lines, starts) if self.lines.has_extras else [],
            originals=heads.originals,
            desks=heads.desks,
            file_lines=draft.file_lines,
            starts=starts,
            articles=lines.articles,
            quantities=lines.quantities,
            amounts=lines.amounts,
            discounts=lines.discounts,
            line_loyalty=lines.loyalty,
            line_prints=lines.prints,
            card_numbers=self.heads.cards.seen.numbers,
            catalogue=self.lines.catalogue.articles,
            lost=[*draft.lost, *(self.heads.names(self.head_rows.told_alone()) if self.head_rows is not None else ())],
            set_aside=draft.set_aside,
            refunds=draft.refunds,
            read=read + self.shaper.ignored,
            ignored=draft.ignored + self.shaper.ignored,
            ambiguous=self.heads.moments.ambiguous,
            turned=self.heads.moments.turned,
            headers=self.shaper.headers,
            maybe_cut=self.maybe_cut,
            gift_cards=gift_cards,
            gift_card_money=gift_card_money,
            minus=self.minus,
        )
        self.shaper.ignored = self.shaper.headers = self.maybe_cut = self.minus = 0
        self.heads.moments.ambiguous = self.heads.moments.turned = 0
        return batch


def cut_short() -> Phrase:
    """Why the last row of a file is not trusted."""
    return phrase("the file ends without an end of line here; its last cell may be cut short")
