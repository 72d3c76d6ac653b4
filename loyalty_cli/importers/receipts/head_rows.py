"""Files that mix rows of several kinds: those that speak of a whole receipt give it their card and total, and go."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from loyalty_cli.importers.cards import card_number
from loyalty_cli.importers.cells import as_it_stands
from loyalty_cli.importers.layouts.columns import WORDS_OF_LINES
from loyalty_cli.importers.layouts.labels import called_off_at
from loyalty_cli.importers.layouts.labels import labels_at
from loyalty_cli.importers.receipts.lines import number_form_of
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.files import Rows
from loyalty_cli.reading.forms.numbers import money_reader
from loyalty_cli.reading.forms.numbers import written

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from typing import Any

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.layouts.places import Places
    from loyalty_cli.importers.receipts.faults import Faults
    from loyalty_cli.importers.terms import Terms
    from loyalty_cli.model.purchase_batch import SetAside

Row = list[str]
# Between two totals one of which is no number, so that both are seen.
AND = " | "


def cells_of_heads(word: str, own: Sequence[int], layout: Layout, places: Places) -> Callable[[Row], Row]:
    """A card or total as the rows themselves say it; where other rows have something else there, as head rows do."""
    labels = labels_at(layout.head_rows, places)
    of_lines = {place for line_word, place in places.of_word.items() if line_word in WORDS_OF_LINES}
    only_heads = word == "total" or not of_lines.isdisjoint(own)

    def made(row: Row) -> Row:
        if only_heads and not any(label.marks(row) for label in labels):
            return [""]
        return [next((row[place] for place in own if row[place].strip()), "")]

    return made


class HeadRows:
    """Takes the head rows out of whole receipts."""

    def __init__(self, layout: Layout, places: Places, key: Callable[[Row], Any], terms: Terms) -> None:
        self.labels = labels_at(layout.head_rows, places)
        self.cancelled = called_off_at(layout.cancelled, places)
        self.card = places.of_word.get("card")
        self.card_rule = layout.card_rule
        # Another card that a receipt's head rows say besides, by the line of the first row that sells.
        self.other_cards: dict[int, str] = {}
        self.total = places.of_word.get("total")
        self.key = key
        self.money = money_reader(number_form_of(layout, terms), layout.digits(terms.digits))
        # The head rows of the receipts at hand, by the line of the first row that sells.
        self.of_line: dict[int, list[tuple[Row, int]]] = {}
        # The receipts among them that were cancelled.
        self.called_off: set[Any] = set()
        # The first rows of receipts that come with nothing that counts: what they sell may lie elsewhere in the file.
        self.alone: list[Row] = []

    def settled(self, rows: Rows) -> Rows:
        """The rows that sell something, each with what its receipt's head rows say."""
        self.of_line.clear()
        self.other_cards.clear()
        self.called_off.clear()
        cells: list[Row] = []
        lines: list[int] = []
        numbered = zip(rows.cells, rows.lines, strict=True)
        for key, receipt in groupby(numbered, lambda pair: self.key(pair[0])):
            heads: list[tuple[Row, int]] = []
            sold: list[tuple[Row, int]] = []
            whole = list(receipt)
            for row, line in whole:
                (heads if self.is_head(row) else sold).append((row, line))
            if any(label.marks(row) for row, _ in heads for label in self.cancelled):
                self.called_off.add(key)
            if not sold or key in self.called_off:
                self.alone.append(whole[0][0])
                continue
            self.of_line[sold[0][1]] = heads
            self.tell([row for row, _ in heads], [row for row, _ in sold], sold[0][1])
            cells.extend(row for row, _ in sold)
            lines.extend(line for _, line in sold)
        return Rows(cells, lines)

    def told_alone(self) -> list[Row]:
        """The first row of each receipt that came with nothing that counts, told once."""
        alone, self.alone = self.alone, []
        return alone

    def with_heads(self, set_aside: list[SetAside], behind: int) -> list[SetAside]:
        """Rows that are set aside, the first of each receipt with its receipt's head rows."""
        return [
            row._replace(heads=tuple((line, head[: len(head) - behind]) for head, line in self.of_line.get(row.line, ())))
            for row in set_aside
        ]

    def first_line(self, line: int) -> int:
        """The first row that sells of the receipt that a head row speaks of, by their lines; 0 if there is none."""
        return next((first for first, heads in self.of_line.items() if any(line == own for _, own in heads)), 0)

    def is_head(self, row: Row) -> bool:
        """Whether a row speaks of its whole receipt."""
        return any(label.marks(row) for label in self.labels)

    def note_other_cards(self, rows: Rows, faults: Faults) -> None:
        """Note receipts whose head rows say two cards: whose they are is not ours to choose."""
        for row, line in enumerate(rows.lines) if self.other_cards else ():
            if line in self.other_cards:
                card = as_it_stands(self.other_cards[line])
                faults.add(row, phrase("card: {card} is not the card of this receipt's first row", card=card))

    def tell(self, heads: list[Row], sold: list[Row], line: int) -> None:
        """Write the heads' card and the sum of their totals into the rows that sell, the first of which stands on a line."""
        if self.card is not None:
            texts = [row[self.card].strip() for row in heads if row[self.card].strip()]
            cards = {card_number(text, self.card_rule) or text: text for text in reversed(texts)}
            self.other_cards.update((line, text) for text in cards.values() if text != texts[0] and len(cards) > 1)
            for row in sold:
                row[self.card] = row[self.card] if row[self.card].strip() else "".join(texts[:1])
        if self.total is not None:
            total = self.sum_of([row[self.total] for row in heads if row[self.total].strip()])
            for row in sold:
                row[self.total] = total

    def sum_of(self, texts: list[str]) -> str:
        """The sum of some amounts as their till would write it; what is no amount stays as it is, to be seen."""
        amounts = [self.money(text) for text in texts]
        known = [amount for amount in amounts if amount is not None]
        if len(known) < len(texts):
            return AND.join(texts)
        return written(sum(known), self.money.form, self.money.digits) if texts else ""
