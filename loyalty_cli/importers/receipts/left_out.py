"""Rows that do not count though their receipt does: those that the layout ignores, and gift cards that were sold.

What they cost comes off the receipt's total, which may hold it.
"""

from __future__ import annotations

from itertools import compress
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.importers.gift_cards import GiftCards
from loyalty_cli.importers.gift_cards import NAMING_WORDS
from loyalty_cli.importers.layouts.labels import labels_at
from loyalty_cli.importers.receipts.faults import Faults
from loyalty_cli.importers.receipts.lines import ARTICLE_WORDS
from loyalty_cli.importers.receipts.sides import rows_below_zero
from loyalty_cli.importers.receipts.sides import settle_sides
from loyalty_cli.model.columns import Beside
from loyalty_cli.model.columns import picked
from loyalty_cli.model.columns import sums
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.files import Rows
from loyalty_cli.reading.forms.numbers import MOST

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Sequence

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.layouts.places import Places
    from loyalty_cli.importers.receipts.later_facts import Later
    from loyalty_cli.importers.receipts.lines import LineReader
    from loyalty_cli.importers.receipts.lines import Lines
    from loyalty_cli.model.purchase_batch import Article
    from loyalty_cli.model.purchase_batch import SetAside

MONEY_WORDS = ("amount", "price")


class LeftOut:
    """Takes such rows out of whole receipts. `with_total` says that ignored rows must be known to settle a total."""

    def __init__(self, layout: Layout, places: Places, lines: LineReader, key: Callable[[Sequence[str]], Any], *, with_total: bool) -> None:
        self.lines = lines
        self.key = key
        self.named = [place for place, word in enumerate(ARTICLE_WORDS) if word in NAMING_WORDS and word in places.of_word]
        self.gifts = GiftCards(layout.gift_cards) if layout.gift_cards and self.named else None
        self.kinds = Beside(self.kind_of)
        self.ignored = labels_at(layout.ignore, places) if with_total else []
        self.total = places.of_word.get("total")
        self.money_places = [places.of_word[word] for word in MONEY_WORDS if word in places.of_word]
        # What the rows taken out of the receipts at hand cost, by receipt; None where that can not be read.
        self.cost: dict[Any, int | None] = {}
        # Those rows with their lines, by receipt, and then by the line of the first row that is left of it.
        self.gone: dict[Any, list[tuple[int, list[str]]]] = {}
        self.of_line: dict[int, list[tuple[int, list[str]]]] = {}
        # Their lines with gift cards that were sold together with other goods.
        self.mixed: set[int] = set()
        # The keys of the receipts at hand, where anything was taken out.
        self.keys: list[Any] = []
        # Gift cards by receipt, each with its row and its money, and the receipts whose gift cards do not count with this batch.
        self.sold: dict[Any, list[tuple[list[str], int]]] = {}
        self.uncounted: set[Any] = set()
        self.later: Later | None = None

    def taken_out(self, rows: Rows, articles: Sequence[int | None], odd: Collection[int]) -> Rows:
        """The rows that count; of `odd` lines the cells can not be trusted."""
        for kept in (self.cost, self.gone, self.of_line, self.mixed, self.sold, self.uncounted, self.keys):
            kept.clear()
        kinds = self.gift_rows(articles)
        if any(kinds):
            self.mixed.update(line for line, kind in zip(rows.lines, kinds, strict=True) if self.is_mixed(kind))
        return self.counting(rows, kinds, odd) if any(kinds) or self.ignored else rows

    def counting(self, rows: Rows, kinds: Sequence[str], odd: Collection[int]) -> Rows:
        """The rows without gift cards and without those to be ignored, whose cost is noted by receipt."""
        gifts = [kind == "all" for kind in kinds]
        if any(gifts) and not self.money_places:
            # Where only totals are known, a gift card among other goods can not be told from them.
            others = {self.key(row) for row, gift in zip(rows.cells, gifts, strict=True) if not gift}
            gifts = [gift and self.key(row) not in others for row, gift in zip(rows.cells, gifts, strict=True)]
        ignored = [False] * len(gifts)
        for label in self.ignored:
            found = label.marked(rows.cells)
            ignored = [had or (has and line not in odd) for had, has, line in zip(ignored, found, rows.lines, strict=True)]
        # A gift card of an order that is ignored as a whole was not sold.
        gifts = [gift and not out for gift, out in zip(gifts, ignored, strict=True)]
        gone = [gift or out for gift, out in zip(gifts, ignored, strict=True)]
        if not any(gone):
            return rows
        places = list(compress(range(len(gone)), gone))
        costs = self.costs([rows.cells[place] for place in places])
        for place, cost in zip(places, costs, strict=True):
            if gifts[place] and cost is None:
                gone[place] = False
                continue
            key = self.key(rows.cells[place])
            self.gone.setdefault(key, []).append((rows.lines[place], rows.cells[place]))
            before = self.cost.get(key, 0)
            self.cost[key] = None if cost is None or before is None else before + cost
            if gifts[place]:
                self.sold.setdefault(key, []).append((rows.cells[place], cost or 0))
        kept = [not out for out in gone]
        left = Rows(list(compress(rows.cells, kept)), list(compress(rows.lines, kept)))
        self.hand_totals_on(list(compress(rows.cells, gone)), left.cells)
        return left

    def leave_uncounted(self, receipts: Sequence[int]) -> None:
        """Receipts that wait have their gift cards counted when they come in; those that were cancelled sold none."""
        self.uncounted.update(self.keys[receipt] for receipt in receipts if self.keys)

    def gift_cards_sold(self) -> tuple[int, int]:
        """How many gift cards the receipts at hand sold, and for how much; told once."""
        counted = [gifts for key, gifts in self.sold.items() if key not in self.uncounted and not self.is_called_off(gifts)]
        self.sold.clear()
        return sum(map(len, counted)), sum(money for gifts in counted for _, money in gifts)

    def is_called_off(self, gifts: Sequence[tuple[list[str], int]]) -> bool:
        """Whether the rows of a receipt's gift cards say that it was cancelled; it may have no others."""
        return self.later is not None and bool(self.later.called_off(list(zip(*(row for row, _ in gifts), strict=True)), range(len(gifts))))

    def note_mixed(self, rows: Rows, faults: Faults) -> None:
        """Note gift cards sold together with other goods for one amount."""
        for row, line in enumerate(rows.lines) if self.mixed else ():
            if line in self.mixed:
                faults.add(row, phrase("product: what was paid for a gift card and what for other goods can not be told apart"))

    def is_mixed(self, kind: str) -> bool:
        """Whether a gift card can not be told from other goods: of its own cell, or of a receipt of which only the total is known."""
        return kind == "part" or bool(kind and not self.money_places)

    def gift_rows(self, articles: Sequence[int | None]) -> Sequence[str]:
        """Which rows sell gift cards, by the numbers of their articles: "all", or "part" with other goods in the same cell."""
        if self.gifts is None:
            return [""] * len(articles)
        kinds = self.kinds.all(self.lines.catalogue.articles)
        if None in articles:
            return ["" if number is None else kinds[number] for number in articles]
        return picked(kinds, articles)  # type: ignore[arg-type] # none is None

    def kind_of(self, article: Article) -> str:
        """Whether an article is a gift card, by those of its cells that the export has."""
        return self.gifts.judged(tuple(article[place] for place in self.named)) if self.gifts else ""

    def costs(self, cells: list[list[str]]) -> list[int | None]:
        """What some rows cost; a row that says nothing of money costs nothing."""
        faults = Faults()
        columns = list(zip(*cells, strict=False))
        lines = self.lines.read(columns, self.lines.articles_of(columns, len(cells)), faults)
        settle_sides(lines, rows_below_zero(lines), range(len(cells)), self.lines.catalogue.articles)
        return [
            None if row in faults.reasons and any(cells[row][place].strip() for place in self.money_places) else amount
            for row, amount in enumerate(lines.amounts)
        ]

    def of_receipts(self, rows: Rows, starts: Sequence[int]) -> list[int | None]:
        """What was taken out of each of some receipts: 0 where nothing was, None where that can not be told."""
        if not self.cost:
            return [0] * len(starts)
        keys = self.keys = [self.key(rows.cells[start]) for start in starts]
        self.of_line = {rows.lines[start]: self.gone[key] for start, key in zip(starts, keys, strict=True) if key in self.gone}
        return [self.cost.get(key, 0) for key in keys]

    def beside(self, set_aside: list[SetAside], behind: int) -> list[SetAside]:
        """Rows that are set aside, the first of each receipt with what was taken out of it: a total may hold their money."""
        gone = (self.of_line.get(row.line, ()) for row in set_aside)
        return [
            row._replace(heads=(*row.heads, *((line, cells[: len(cells) - behind]) for line, cells in out)))
            for row, out in zip(set_aside, gone, strict=True)
        ]

    def wholes(self, left_out: Sequence[int | None], lines: Lines, starts: Sequence[int]) -> list[int]:
        """What receipts came to with what was taken out of them, 0 where nothing was; without end where that can not be told."""
        kept = sums(lines.amounts, [*starts, len(lines.amounts)]) if self.cost else [0] * len(left_out)
        return [MOST if cost is None else cost and cost + own for cost, own in zip(left_out, kept, strict=True)]

    def hand_totals_on(self, gone: list[list[str]], left: list[list[str]]) -> None:
        """A total that only a row taken out says is said by the first row that is left of its receipt."""
        if self.total is None:
            return
        said = {self.key(row): row[self.total] for row in reversed(gone) if row[self.total].strip()}
        for row in left if said else ():
            text = said.pop(self.key(row), "")
            if text and not row[self.total].strip():
                row[self.total] = text
