"""What a country's file holds: the rows of what a draw needs, of what its prizes are taxed, and of advertising."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from typing import Protocol
from typing import TYPE_CHECKING

from loyalty_cli.model.money import WHOLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.law import AdvertisingRule
    from loyalty_cli.model.law import DrawKind
    from loyalty_cli.model.law import Formality
    from loyalty_cli.model.law import RetentionRule
    from loyalty_cli.model.law import TaxKind
    from loyalty_cli.model.shown.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRule:
    """A row of a country's table. `above`: only what exceeds the free amount is taxed, else the whole worth.

    `free_per`: whether the free amount is for each prize or for all prizes of one person in a calendar year.
    Money is in minor units of the country's currency. `pay_by` is the day of the next month by which the shop pays what it
    withheld; `form` is the yearly one, due on the day and month `form_by` of the next year. None and '' are not known.
    """

    kind: TaxKind
    rate_bp: int
    text: Phrase
    source: str
    as_of: str
    exempt_up_to: int | None = None
    above: bool = False
    free_per: Literal["prize", "year"] = "prize"
    kinds: tuple[DrawKind, ...] = ("draw", "contest")
    since: str = ""
    until: str = ""
    verified: bool = True
    pay_by: int | None = None
    form: str = ""
    form_by: tuple[int, int] | None = None

    def tax(self, worth: int, earlier: int = 0) -> int:
        """The tax on one more prize; `earlier` is the worth of this person's prizes of the same year before it."""
        before = earlier if self.free_per == "year" else 0
        return self.tax_on_all(before + worth) - self.tax_on_all(before)

    def tax_on_all(self, worth: int) -> int:
        """The tax on a sum, halves up to the next minor unit."""
        free = self.exempt_up_to or 0
        if worth <= free:
            return 0
        return ((worth - free if self.above else worth) * self.rate_bp + WHOLE // 2) // WHOLE


class Country(Protocol):
    """What a country's module holds."""

    ADVERTISING: Sequence[AdvertisingRule]
    FORMALITIES: Sequence[Formality]
    RETENTION: Sequence[RetentionRule]
    TAXES: Sequence[TaxRule]
