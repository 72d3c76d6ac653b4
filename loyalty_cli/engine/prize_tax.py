"""The tax on a prize by country and day: dated tables with their sources, whole minor units, never advice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.engine.countries.all_countries import country_named
from loyalty_cli.engine.draw_law import holds

if TYPE_CHECKING:
    from loyalty_cli.engine.draw_law import DrawKind
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.phrase import Phrase

TaxKind = Literal["flat tax", "income tax", "no tax", "not verified"]
"""flat tax and income tax are withheld by the shop; `not verified`: no figure could be confirmed, so none is worked out."""

WHOLE = 10_000
"""One hundred percent in basis points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRule:
    """A row of a country's table. `above`: only what exceeds the free amount is taxed, else the whole worth.

    `free_per`: whether the free amount is for each prize or for all prizes of one person in a calendar year.
    Money is in minor units of the country's currency.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxLine:
    """The tax of one prize, in minor units, with the rule in words and where it was read.

    `to_add` is the money that pays the tax if it is given to the winner along with the prize: it is taxed, too.
    """

    kind: TaxKind
    rate_bp: int
    tax: int
    exempt_up_to: int | None
    text: Phrase
    source: str
    as_of: str
    to_add: int = 0
    verified: bool = True

    @property
    def figure(self) -> int | None:
        """The tax as it may be written down; None where no figure could be confirmed."""
        return self.tax if self.verified and self.kind != "not verified" else None


def prize_tax(country: str, *, worth: int, purpose: DrawKind, on: Day, earlier: int = 0) -> TaxLine | None:
    """The tax on a prize of a worth on a day; None where nothing is known of the country on that day."""
    rule = rule_in_force(country, purpose, on)
    if rule is None:
        return None
    tax = rule.tax(worth, earlier)
    return TaxLine(
        kind=rule.kind,
        rate_bp=rule.rate_bp,
        tax=tax,
        exempt_up_to=rule.exempt_up_to,
        text=rule.text,
        source=rule.source,
        as_of=rule.as_of,
        to_add=grossed_up(tax, rule.rate_bp),
        verified=rule.verified,
    )


def rule_in_force(country: str, purpose: DrawKind, on: Day) -> TaxRule | None:
    """The row of a country's table that holds on a day."""
    known = country_named(country)
    if known is None:
        return None
    return next((row for row in known.TAXES if purpose in row.kinds and holds(row.since, row.until, on)), None)


def grossed_up(tax: int, rate_bp: int) -> int:
    """The money N that covers the tax on prize and N together: N = tax / (1 - rate), rounded up; N = Q x 35 / 65 at 35 %."""
    left = WHOLE - rate_bp
    return -(-tax * WHOLE // left) if left > 0 else 0
