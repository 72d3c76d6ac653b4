"""Amounts in other currencies than the program's: turned into it at the layout's rate, or set aside."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from loyalty_cli.importers.cells import as_it_stands
from loyalty_cli.importers.receipts.signs import signs_of
from loyalty_cli.model.money import rounded
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.forms.numbers import MOST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.layouts.places import Places
    from loyalty_cli.importers.receipts.faults import Faults
    from loyalty_cli.importers.receipts.lines import Lines
    from loyalty_cli.importers.terms import Terms


def currencies_of(layout: Layout, places: Places, terms: Terms) -> Currencies | None:
    """The currency column of a layout, if it has one and the program's currency is known."""
    place = places.of_word.get("currency")
    if place is None or not terms.currency:
        return None
    return Currencies(place, terms.currency, {code.upper(): Fraction(rate) for code, rate in layout.rates.items()})


class Currencies:
    """Reads the currency column of one layout."""

    def __init__(self, place: int, own: str, rates: Mapping[str, Fraction]) -> None:
        self.place = place
        self.own = {sign.casefold() for sign in signs_of(own)} | {""}
        self.currency = own
        self.rates = rates

    def in_own(self, amount: int, text: str) -> int:
        """An amount beside the name of a currency, in the program's; where no rate is known the receipt has that fault."""
        rate = None if text.strip().casefold() in self.own else self.rates.get(text.strip().upper())
        return amount if rate is None else turned(amount, rate)

    def settle(self, columns: Sequence[Sequence[str]], lines: Lines, faults: Faults) -> None:
        """Turn amounts of other currencies into the program's."""
        texts = columns[self.place]
        foreign = {text for text in set(texts) if text.strip().casefold() not in self.own}
        if not foreign:
            return
        for row, text in enumerate(texts):
            if text not in foreign:
                continue
            rate = self.rates.get(text.strip().upper())
            if rate is None:
                reason = "currency: {text} is not {currency}; a rate can be written in the layout: rates:"
                faults.add(row, phrase(reason, text=as_it_stands(text), currency=self.currency))
                continue
            for column in (lines.amounts, lines.discounts, lines.loyalty):
                if column:
                    column[row] = turned(column[row], rate)
                    if abs(column[row]) > MOST:
                        column[row] = 0
                        faults.add(row, phrase("currency: at its rate this comes to more than any purchase"))


def turned(amount: int, rate: Fraction) -> int:
    """An amount at a rate, rounded half away from zero.

    >>> turned(1000, Fraction("4.305")), turned(-1000, Fraction("4.305"))
    (4305, -4305)
    """
    sign = -1 if amount < 0 else 1
    return sign * rounded(abs(amount) * rate.numerator, rate.denominator, "half up")
