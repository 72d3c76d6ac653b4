"""A view as its readers know it: what a row is, and each column with its kind and its meaning.

Its names and meanings stay from release to release; new columns come last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase

ViewKind = Literal["text", "code", "count", "day", "time", "money", "percent", "quantity"]
"""What a column holds, and how SELECT sees it.

text and code as they are (a code must stay text); count a whole number; day ISO text; time `HH:MM:SS`; money in whole units
of the currency; percent as 7.5 for 7.5 %; quantity in pieces or kilograms.
"""

# How a kind is kept, and what stands in a view instead: {value} is the kept value, {unit} the minor units in one of money.
SHOWN = {
    "day": "date({value})",
    "time": "time({value}, 'unixepoch')",
    "money": "round(({value}) / {unit}.0, {digits})",
    "percent": "({value}) / 100.0",
    "quantity": "({value}) / 1000.0",
}


class ViewColumn(NamedTuple):
    """A column: its name, its kind, the expression of its kept value, and what it means."""

    name: str
    kind: ViewKind
    value: str
    about: Phrase


class Terms(NamedTuple):
    """What views need to know of the shop: today on its calendar, and how many digits its money has after the point."""

    today: Day
    digits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view: its columns, and where their values come from (`FROM …`)."""

    name: str
    about: Phrase
    columns: Sequence[ViewColumn]
    source: str

    def kept(self, terms: Terms) -> str:
        """The SELECT of the exact values: day numbers, minor units, thousandths."""
        values = (f"{column.value} AS {column.name}" for column in self.columns)
        return f"SELECT {', '.join(values)} {self.source}".replace(":today", str(terms.today))

    def shown(self, terms: Terms, ledger: str) -> str:
        """The SELECT as people know it: ISO dates and decimal amounts. A view has the ledger's own name, so where that is must be said."""
        values = (f"{in_view(column, terms)} AS {column.name}" for column in self.columns)
        select = f"SELECT {', '.join(values)} {self.source}".replace(":today", str(terms.today))
        return select.replace("ledger AS ledger", f"{ledger} AS ledger")


def in_view(column: ViewColumn, terms: Terms) -> str:
    """The expression of a column in the view that people ask."""
    form = SHOWN.get(column.kind, "{value}")
    return form.format(value=column.value, unit=10**terms.digits, digits=terms.digits)
