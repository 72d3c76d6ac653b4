"""What a till writes into an old receipt later: that it was cancelled, or how much of it was paid back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.cells import as_it_stands
from loyalty_cli.importers.layouts.labels import called_off_at
from loyalty_cli.model.purchase_batch import Refund
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.layouts.places import Places
    from loyalty_cli.importers.receipts.currencies import Currencies
    from loyalty_cli.importers.receipts.faults import Faults
    from loyalty_cli.importers.receipts.heads import Heads


def later_of(layout: Layout, places: Places, money: Callable[[str], int | None], currencies: Currencies | None = None) -> Later | None:
    """What one layout says of later facts, if it does."""
    later = Later(layout, places, money, currencies)
    return later if later.labels or later.cancelled is not None or later.refunded is not None else None


class Later:
    """Reads the columns that are filled in after the sale; each is read on the first row of a receipt."""

    def __init__(self, layout: Layout, places: Places, money: Callable[[str], int | None], currencies: Currencies | None) -> None:
        self.labels = called_off_at(layout.cancelled, places)
        self.cancelled = places.of_word.get("cancelled")
        self.refunded = places.of_word.get("refunded")
        self.money = money
        self.currencies = currencies

    def called_off(self, columns: Sequence[Sequence[str]], starts: Sequence[int]) -> list[int]:
        """The receipts that do not count."""
        return [receipt for receipt, row in enumerate(starts) if self.is_called_off(columns, row)]

    def is_called_off(self, columns: Sequence[Sequence[str]], row: int) -> bool:
        """Whether a receipt was cancelled."""
        if self.cancelled is not None and columns[self.cancelled][row].strip():
            return True
        return any(label.says[columns[label.place][row]] for label in self.labels)

    def refunds(
        self, columns: Sequence[Sequence[str]], starts: Sequence[int], heads: Heads, gone: set[int], faults: Faults
    ) -> list[Refund]:
        """What of these receipts was paid back; of those that are gone, all."""
        found = []
        for receipt, row in enumerate(starts):
            store, number = heads.stores[receipt], heads.numbers[receipt]
            if receipt in gone:
                found.append(Refund(store, number, None))
            elif self.refunded is not None and (amount := self.amount(columns, row, faults)):
                found.append(Refund(store, number, amount))
        return [refund for refund in found if refund.number]

    def note_unclear(self, columns: Sequence[Sequence[str]], starts: Sequence[int], wholes: Sequence[int], faults: Faults) -> None:
        """Note receipts with rows left out of which a part was paid back: it may be those rows' money. `wholes` is what they came to."""
        for row, whole in zip(starts, wholes, strict=True) if self.refunded is not None else ():
            text = columns[self.refunded or 0][row]
            if whole and 0 < abs(self.money(text) or 0) < whole:
                reason = "refunded: rows of this receipt are left out, and how much of {text} is theirs can not be told"
                faults.add(row, phrase(reason, text=as_it_stands(text)))

    def amount(self, columns: Sequence[Sequence[str]], row: int, faults: Faults) -> int:
        """What a row says was paid back, in the program's currency; an empty cell is nothing."""
        text = columns[self.refunded or 0][row]
        if not text.strip():
            return 0
        amount = self.money(text)
        if amount is None:
            faults.add(row, phrase("refunded: {text} is not a number of the layout's form", text=as_it_stands(text)))
            return 0
        if self.currencies is not None:
            amount = self.currencies.in_own(amount, columns[self.currencies.place][row])
        return abs(amount)
