"""What a till says a whole receipt came to, against its rows."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from loyalty_cli.importers.cells import as_it_stands
from loyalty_cli.importers.receipts.sides import all_back
from loyalty_cli.model.money import shared
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.layouts.places import Places
    from loyalty_cli.importers.receipts.faults import Faults
    from loyalty_cli.importers.receipts.lines import Lines
    from loyalty_cli.model.money import Currency
    from loyalty_cli.model.shown.phrase import Phrase


class Totals:
    """The total column of one layout: a check of the rows, or all that is said of the money."""

    def __init__(self, layout: Layout, places: Places, money: Callable[[str], int | None], currency: Currency) -> None:
        self.place = places.of_word.get("total")
        self.currency = currency
        self.money = money
        self.differing = layout.total_differs
        # What head rows say of a receipt's total is a check where they say it.
        self.may_lack = bool(layout.head_rows)
        self.only = self.place is not None and not ("amount" in places.of_word or "price" in places.of_word)

    @property
    def needed(self) -> bool:
        """Whether the rows of a receipt must be looked at together."""
        return self.place is not None and (self.only or self.differing != "keep rows")

    def count_once(self, starts: list[int], lines: Lines, faults: Faults) -> None:
        """Where the total is all that is said of the money: the first row has it, the others repeat it or say nothing."""
        if not self.only:
            return
        for first, last in bounds(starts, lines):
            total = lines.amounts[first]
            for row in range(first + 1, last):
                if lines.amounts[row] not in (total, 0):
                    faults.add(row, not_the_total())
                lines.amounts[row] = 0

    def settle(
        self,
        columns: Sequence[Sequence[str]],
        starts: list[int],
        lines: Lines,
        faults: Faults,
        left_out: Sequence[int | None],
    ) -> None:
        """Bring the rows of each receipt in line with its total, or note that they are not.

        `left_out` is what rows that do not count cost; it may be part of the total.
        """
        if not self.needed or self.only:
            return
        for (first, last), cost in zip(bounds(starts, lines), left_out, strict=True):
            self.compare(columns, range(first, last), lines, faults, cost)

    def compare(self, columns: Sequence[Sequence[str]], rows: range, lines: Lines, faults: Faults, left_out: int | None) -> None:
        """Rows that do not add up to the total take their share of the difference, or the receipt is set aside."""
        first, last = rows.start, rows.stop
        texts = columns[self.place or 0][first:last]
        text = texts[0]
        if self.may_lack and not text.strip():
            return
        if texts.count(text) < len(texts):
            self.same_on_all(texts, first, faults)
        said, added = self.money(text), sum(lines.amounts[first:last])
        if said is None:
            faults.add(first, phrase("total: {text} is not a number of the layout's form", text=as_it_stands(text)))
        elif said < 0 < added or abs(said) != abs(added):
            self.bring_in_line(rows, (text, said), lines, faults, left_out)

    def bring_in_line(self, rows: range, total: tuple[str, int], lines: Lines, faults: Faults, left_out: int | None) -> None:
        """Let the rows of a receipt come to what its total says, or note that they do not."""
        text, said = total
        added = sum(lines.amounts[rows.start : rows.stop])
        if said < 0 < added:
            all_back(lines, rows)
            added = -added
        if abs(said) == abs(added):
            return
        rest = rest_of(said, added, left_out)
        if rest is None:
            reason = "total: rows of this receipt are left out, and how much of {text} is theirs can not be told"
            faults.add(rows.start, phrase(reason, text=as_it_stands(text)))
        elif self.differing == "spread":
            lines.amounts[rows.start : rows.stop] = spread(lines.amounts[rows.start : rows.stop], rest)
        elif rest != added:
            reason = "total: the till says {said}, the rows add up to {added}"
            added += left_out or 0
            faults.add(rows.start, phrase(reason, said=text, added=self.currency.plain(added)))

    def same_on_all(self, texts: Sequence[str], first: int, faults: Faults) -> None:
        """A total that a further row of a receipt says otherwise can not be trusted; an empty cell says nothing."""
        said = self.money(texts[0])
        for row, text in enumerate(texts):
            if text.strip() and self.money(text) != said:
                faults.add(first + row, not_the_total())


def not_the_total() -> Phrase:
    """Why a row that says another total than the first one is not taken."""
    return phrase("total: it is not the total of this receipt's first row")


def rest_of(said: int, added: int, left_out: int | None) -> int | None:
    """What of a total is for the rows that count, with their sign; None where that can not be told."""
    if left_out is None:
        return None
    rest = (-abs(said) if added < 0 and left_out <= 0 else said) - left_out
    return None if left_out and added and rest * added <= 0 else rest


def bounds(starts: list[int], lines: Lines) -> Iterator[tuple[int, int]]:
    """The first row of each receipt, and the one behind its last."""
    return zip(starts, [*islice(starts, 1, None), len(lines.amounts)], strict=True)


def spread(amounts: list[int], total: int) -> list[int]:
    """Amounts that sum to the total, in the proportion of those given; what stands against it, as discounts do, stays.

    >>> spread([6000, 3000], 8100), spread([6000, 3000, -1000], 7100)
    ([5400, 2700], [5400, 2700, -1000])
    """
    sign = -1 if (total or sum(amounts)) < 0 else 1
    weights = [max(0, sign * amount) for amount in amounts]
    stays = sum(amount for amount, weight in zip(amounts, weights, strict=True) if not weight)
    shares = shared(total - stays, weights)
    return [amount + share if not weight else share for amount, weight, share in zip(amounts, weights, shares, strict=True)]
