"""How the rows of a file make receipts: which number tells them apart, blanks to fill, totals repeated, returns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from loyalty_cli.importers.receipts.filling import looks_like_totals
from loyalty_cli.model.quantity import PIECE
from loyalty_cli.reading.likely.numbers import is_negative
from loyalty_cli.reading.likely.numbers import value_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.importers.inspecting.column_meanings import Meanings
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn
    from loyalty_cli.reading.forms.numbers import NumberForm

Row = list[str]
# What a receipt says once, so that it can not differ within one.
OF_RECEIPT = ("day", "till", "store", "cashier")
KEYS: tuple[tuple[str, ...], ...] = (
    ("receipt",), ("till", "receipt"), ("date", "receipt"), ("date", "till", "receipt"),
)  # fmt: skip
# So many receipts of several rows must agree before a repeated total is believed.
ENOUGH = 3
NEARLY_ALL = 0.97
MOST_COMPARED = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The cells of the columns that matter, row by row, blanks filled where they are written once."""

    of_word: dict[str, list[str]]
    form: NumberForm
    signs: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.of_word.values()), []))

    def numbers(self, word: str, most: int) -> list[int | None]:
        """A column's first numbers in thousandths."""
        return [value_of(text, self.form, self.signs) if text else None for text in self.of_word.get(word, [])[:most]]

    def days(self) -> list[str]:
        """What the dates say before their time."""
        return [text[:10].partition(" ")[0].partition("T")[0] for text in self.of_word.get("date", [])]


def cell(row: Row, column: SeenColumn | None) -> str:
    """A row's cell in a column."""
    return row[column.place].strip() if column is not None and column.place < len(row) else ""


def blanks_below(rows: Sequence[Row], means: Meanings) -> str:
    """What empty cells mean: `no`, `within receipt` or `grouped`."""
    receipt, date = means.get("receipt"), means.get("date")
    sold = [column for word in ("product", "product_name", "amount", "price", "quantity") if (column := means.get(word))]
    if receipt is None or not (receipt.empty or (date and date.empty)):
        return "no"
    goes_on = grouped = 0
    for above, row in pairwise(rows):
        if looks_like_totals(row) or not any(cell(row, column) for column in sold):
            continue
        number = cell(row, receipt)
        same = not number or number == cell(above, receipt)
        blank = not number or (date is not None and not cell(row, date))
        goes_on += blank and same
        grouped += blank and not same
    if not goes_on and not grouped:
        return "no"
    return "grouped" if grouped else "within receipt"


def filled_cells(rows: Sequence[Row], means: Meanings, form: NumberForm, *, signs: tuple[str, ...], fill: str) -> Cells:
    """The cells of all columns with a meaning; what is written once is repeated."""
    once = ("receipt", "date", "time", "card", "till", "store", "cashier", "total", "kind")
    of_word: dict[str, list[str]] = {}
    for word, column in means.of_word.items():
        texts = [cell(row, column) for row in rows]
        if fill != "no" and word in once:
            last = ""
            for place, text in enumerate(texts):
                last = text or last
                texts[place] = last
        of_word[word] = texts
    return Cells(of_word=of_word, form=form, signs=signs)


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyKey:
    """What tells receipts apart, and how many receipts it makes; 0 rows that differ within one is a sure key."""

    parts: tuple[str, ...]
    receipts: int
    differing: int
    returns_share: bool = False


def likely_key(cells: Cells, negative: Sequence[bool]) -> LikelyKey | None:
    """The shortest key under which no receipt has two days, tills or stores."""
    if "receipt" not in cells.of_word:
        return None
    tried = [judged(cells, parts, range(cells.count)) for parts in keys_possible(cells)]
    whole = [key for key in tried if not key.differing]
    sales = [row for row in range(cells.count) if not negative[row]]
    if tried and tried[0].differing and len(sales) < cells.count:
        alone = judged(cells, ("receipt",), sales)
        if not alone.differing:
            return LikelyKey(parts=("receipt",), receipts=alone.receipts, differing=0, returns_share=True)
    return whole[0] if whole else min(tried, key=lambda key: key.differing)


def keys_possible(cells: Cells) -> list[tuple[str, ...]]:
    """The keys whose columns are there, the shorter first."""
    return [parts for parts in KEYS if all(part in cells.of_word for part in parts)]


def judged(cells: Cells, parts: tuple[str, ...], rows: Iterable[int]) -> LikelyKey:
    """How many receipts a key makes, and how many of them have two days, tills, stores or cashiers."""
    columns = [cells.days() if part == "date" else cells.of_word[part] for part in parts]
    said = {word: cells.of_word[word] for word in OF_RECEIPT if word in cells.of_word}
    said["day"] = cells.days()
    if "store" in said:
        columns = [said.pop("store"), *columns]
    first: dict[tuple[str, ...], tuple[str, ...]] = {}
    differing = set()
    for row in rows:
        key = tuple(column[row] for column in columns)
        head = tuple(column[row] for column in said.values() if column)
        if first.setdefault(key, head) != head:
            differing.add(key)
    return LikelyKey(parts=parts, receipts=len(first), differing=len(differing))


def rows_of_receipts(cells: Cells, key: LikelyKey) -> list[list[int]]:
    """The rows of each receipt."""
    found: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    columns = [cells.days() if part == "date" else cells.of_word[part] for part in key.parts]
    for row in range(cells.count):
        found[tuple(column[row] for column in columns)].append(row)
    return list(found.values())


def is_of_each_row(cells: Cells, word: str, key: LikelyKey) -> bool:
    """Whether an amount is quantity times price on the rows of receipts that have several, which no total is."""
    if not {"quantity", "price"} <= set(cells.of_word):
        return False
    counts, prices, amounts = (cells.numbers(each, MOST_COMPARED) for each in ("quantity", "price", word))
    several = [row for rows in rows_of_receipts(cells, key) if len(rows) > 1 for row in rows if row < len(amounts)]
    right = 0
    for row in several:
        count, price, amount = counts[row], prices[row], amounts[row]
        if count is not None and price is not None and amount is not None:
            right += abs(abs(amount) - abs(count * price / PIECE)) <= 10
    return bool(several) and right >= NEARLY_ALL * len(several)


def said_on_all_rows(cells: Cells, word: str, key: LikelyKey, parts: Sequence[Sequence[str]]) -> list[str]:
    """What receipts of several rows say in a column of amounts on all rows, of each receipt that does; none if some do not.

    Rows that are alike in their parts, such as product and quantity, prove nothing and are left out.
    """
    texts = cells.of_word[word]
    found: list[str] = []
    several = 0
    for rows in rows_of_receipts(cells, key):
        if len({tuple(column[row] for column in parts) for row in rows}) > 1:
            several += 1
            said = {texts[row] for row in rows if texts[row]}
            found += said if len(said) == 1 else ()
    return found if len(found) >= NEARLY_ALL * several else []


def agrees(cells: Cells, word: str, *, with_discount: bool) -> float:
    """The share of rows on which an amount is quantity times price (less the discount), to the last digit but one."""
    counts, prices, amounts = (cells.numbers(each, MOST_COMPARED) for each in ("quantity", "price", word))
    discounts = cells.numbers("discount", MOST_COMPARED) if with_discount else [0] * len(counts)
    right = told = 0
    for count, price, amount, discount in zip(counts, prices, amounts, discounts, strict=True):
        if count is None or price is None or amount is None or count in (0, PIECE):
            continue
        told += 1
        right += abs(abs(amount) - abs(count * price / PIECE) + abs(discount or 0)) <= 10
    return right / told if told >= ENOUGH else 0.0


def negatives(cells: Cells, words: Iterable[str], is_label: Callable[[str], bool]) -> list[bool]:
    """Which rows are returns by their sign or their label."""
    found = [False] * cells.count
    for word in words:
        for row, text in enumerate(cells.of_word.get(word, [])):
            found[row] = found[row] or bool(text and is_negative(text, cells.signs))
    for row, text in enumerate(cells.of_word.get("kind", [])):
        found[row] = found[row] or bool(text and is_label(text))
    return found
