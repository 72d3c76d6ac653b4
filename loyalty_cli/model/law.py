"""What a country asks of a draw, and the tax on a prize, each with its source and its date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_of
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase

NOT_ADVICE = phrase("These are notes with their sources and dates, not advice: ask the authority or a lawyer before you announce anything.")
"""The sentence that closes every list of formalities and every tax line."""

NOT_ADVICE_ON_KEEPING = phrase(
    "These are notes with their sources and dates, not advice. Disputes, warranties and open taxes keep books longer: ask your accountant."
)

DrawKind = Literal["draw", "contest"]
"""A draw is decided by chance, a contest by what members did (most visits, best result)."""

TaxKind = Literal["flat tax", "income tax", "no tax", "not verified"]
"""flat tax and income tax are withheld by the shop; `not verified`: no figure could be confirmed, so none is worked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formality:
    """One thing asked for; `as_of` is the day it was looked up, `verified` whether the source was read for it.

    It holds from `since` until `until` (ISO days, both included, '' is open) for draws, contests or both.
    """

    text: Phrase
    source: str
    as_of: str
    kinds: tuple[DrawKind, ...] = ("draw", "contest")
    since: str = ""
    until: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvertisingRule:
    """What is asked of advertising by e-mail, text message and telephone, besides the consent that is always needed.

    `automatic`: whether a program may send it by itself, as at night; if not, it is prepared and a person sends it, by name.
    The other words are those of a formality.
    """

    automatic: bool
    text: Phrase
    source: str
    as_of: str
    since: str = ""
    until: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """How long the books and receipts of a year are to be kept: so many years from a day of a later year.

    `counted_from` is month and day, `of_year` how many years after the year it is; the other words are those of a formality.
    """

    years: int
    text: Phrase
    source: str
    as_of: str
    counted_from: tuple[int, int] = (1, 1)
    of_year: int = 1
    verified: bool = True

    def kept_through(self, year: int) -> Day:
        """The last day on which what belongs to a year is to be kept."""
        month, day = self.counted_from
        return day_of(date(year + self.of_year + self.years, month, day)) - 1

    @property
    def rule_said(self) -> Phrase:
        """The rule in words, where it was read and when."""
        return phrase("{rule} ({source}, read on {day})", rule=self.text, source=self.source, day=self.as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxLine:
    """The tax of one prize, in minor units, with the rule in words and where it was read.

    `to_add` is the money that pays the tax if it is given to the winner along with the prize: it is taxed, too. `pay_by`,
    `form` and `form_by` say when the shop pays and declares it, as the country's table does.
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
    pay_by: int | None = None
    form: str = ""
    form_by: tuple[int, int] | None = None

    @property
    def figure(self) -> int | None:
        """The tax as it may be written down; None where no figure could be confirmed."""
        return self.tax if self.verified and self.kind != "not verified" else None

    @property
    def covering(self) -> int | None:
        """The money to add as it may be written down; None where no figure could be confirmed."""
        return self.to_add if self.figure is not None else None

    @property
    def rule_said(self) -> Phrase:
        """The rule in words, where it was read and when."""
        return phrase("{rule} ({source}, read on {day})", rule=self.text, source=self.source, day=self.as_of)
