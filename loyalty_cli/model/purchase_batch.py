"""Purchases on their way from a till's export to the database: column by column, because there are millions."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from itertools import accumulate
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.columns import picked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase


class Article(NamedTuple):
    """What was sold, as the export names it; '' where the export does not say."""

    code: str
    name: str
    category: str
    vat: str


class Desk(NamedTuple):
    """Where in the store a receipt was made, and by whom."""

    till: str
    cashier: str


class SetAside(NamedTuple):
    """A row that could not be taken in: its line, its cells, and why; rows of one receipt have its first line.

    The first row of a receipt brings along the rows that say its card or total, or are left out of it, each with its line: who mends
    needs them.
    """

    line: int
    cells: list[str]
    reason: Phrase
    receipt: int = 0
    heads: tuple[tuple[int, list[str]], ...] = ()
    # Store and number of its receipt, as far as they could be read.
    key: tuple[str, str] = ("", "")


class Refund(NamedTuple):
    """What a till says of a receipt later: how much of it was paid back so far, all of it if None."""

    store: str
    number: str
    amount: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseBatch:
    """Whole receipts. The first block has one entry for each receipt, the second one for each line.

    The lines of receipt `n` are `starts[n]` up to `starts[n + 1]`. `card_numbers` names the cards that receipts count
    from 0, which is no card, and `catalogue` the articles that lines count from 0: the same growing lists in batch after
    batch. A column that the export does not have is empty: loyalty, originals, desks, discounts.
    """

    stores: Sequence[str]
    numbers: Sequence[str]
    cards: Sequence[int]
    at: Sequence[int]
    days: Sequence[Day]
    clocks: Sequence[int]
    totals: Sequence[int]
    returned: Sequence[int]
    loyalty: Sequence[int]
    originals: Sequence[str]
    desks: Sequence[tuple[str, str]]
    file_lines: Sequence[int]
    starts: Sequence[int]

    articles: Sequence[int]
    quantities: Sequence[int]
    amounts: Sequence[int]
    discounts: Sequence[int]
    line_loyalty: Sequence[int]

    card_numbers: Sequence[str]
    catalogue: Sequence[Article]
    # What the lines add to the contents of their receipts, where the reader knows it already.
    line_prints: Sequence[int] = ()
    # See model/content.py; given before the batch is compared with the database.
    contents: Sequence[int] = ()
    # Keys (store, number) of receipts that were set aside.
    lost: Sequence[tuple[str, str]] = ()
    set_aside: Sequence[SetAside] = ()
    refunds: Sequence[Refund] = ()
    read: int = 0
    ignored: int = 0
    # Times that the clocks showed twice; dates that fit only with day and month turned round; headers within the file.
    ambiguous: int = 0
    turned: int = 0
    headers: int = 0
    # 1 if the file's last cell may be cut short.
    maybe_cut: int = 0
    # Rows that sold gift cards, which are among those ignored, and what they cost.
    gift_cards: int = 0
    gift_card_money: int = 0
    # Rows of goods that cost less than nothing with a quantity above zero.
    minus: int = 0
    # Receipts whose rows stand in the file once more, with other receipts between, and were added up.
    again: int = 0

    def card_of(self, receipt: int) -> str:
        """The number of a receipt's card; '' if it has none."""
        return self.card_numbers[self.cards[receipt]]

    def only(self, receipts: Sequence[int]) -> PurchaseBatch:
        """Some of the receipts, by their place in the batch, with their lines."""
        if len(receipts) == len(self.numbers):
            return self
        lengths = [self.starts[receipt + 1] - self.starts[receipt] for receipt in receipts]
        lines = [line for receipt in receipts for line in range(self.starts[receipt], self.starts[receipt + 1])]
        of_receipt = {name: chosen(getattr(self, name), receipts) for name in OF_RECEIPT}
        of_line = {name: chosen(getattr(self, name), lines) for name in OF_LINE}
        starts: Any = list(accumulate(lengths, initial=0))
        columns: dict[str, Any] = {**of_receipt, **of_line, "starts": starts}
        return replace(self, **columns)


def chosen(column: Sequence[Any], places: Sequence[int]) -> list[Any]:
    """Some cells of a column; none of a column that the export does not have."""
    return list(picked(column, places)) if column else []


OF_RECEIPT = (
    "stores", "numbers", "cards", "at", "days", "clocks", "totals", "returned", "loyalty", "originals", "desks", "contents", "file_lines",
)  # fmt: skip
OF_LINE = ("articles", "quantities", "amounts", "discounts", "line_loyalty")
