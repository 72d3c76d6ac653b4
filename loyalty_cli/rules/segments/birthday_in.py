"""Whose birthday is in some months.

    segments:
      summer children: {birthday_in: [june, july, august]}

Members whose birthday nobody knows are not meant.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.condition import Condition
from loyalty_cli.rules.condition import Stands

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.condition import Judged
    from loyalty_cli.rules.condition import State

MONTHS = {
    "january": phrase("January"),
    "february": phrase("February"),
    "march": phrase("March"),
    "april": phrase("April"),
    "may": phrase("May"),
    "june": phrase("June"),
    "july": phrase("July"),
    "august": phrase("August"),
    "september": phrase("September"),
    "october": phrase("October"),
    "november": phrase("November"),
    "december": phrase("December"),
}


class BirthdayIn(Condition):
    """A birthday in one of these months."""

    short: ClassVar[str] = "months"

    months: Names = Field(description="the months: june, or [june, july]")

    @field_validator("months")
    @classmethod
    def known_months(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        """Months by their English names."""
        for name in names:
            if name not in MONTHS:
                raise refuse("{name} is no month.", "One of: {names}.", name=name, names=", ".join(MONTHS))
        return names

    def stands(self, state: State, at: Judged) -> Stands:
        """Whether the birthday is in one of them."""
        return Stands(at.known.birthday is not None and list(MONTHS)[at.known.birthday[0] - 1] in self.months)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The condition in words."""
        return phrase("a birthday in {months}", months=[MONTHS[name] for name in self.months])


RULE = BirthdayIn
