"""What every prize draw has, whatever gives its tickets: days, prizes, who can win, how the number is found."""

from __future__ import annotations

from typing import Annotated
from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.draw_method import METHOD
from loyalty_cli.model.draw_method import Method
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.settings import as_text
from loyalty_cli.reading.settings import InDates
from loyalty_cli.reading.settings import Length
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import OnDay
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import whole_of
from loyalty_cli.rules.draws.excluded import Excluded
from loyalty_cli.rules.draws.excluded import NOBODY
from loyalty_cli.rules.draws.number import NumberFixed
from loyalty_cli.rules.draws.prizes import OnePrize
from loyalty_cli.rules.draws.prizes import Prize
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Only

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from loyalty_cli.model.draw import Contest
    from loyalty_cli.model.draw import Formalities
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase

Counts = Literal["money", "receipts", "visits", "nothing"]
"""What a draw adds up while purchases come: money of the whole period, receipts, visits (one store on one day)."""

Tickets = Annotated[
    int,
    PlainValidator(lambda value: whole_of(value, "tickets", "ticket")),
    as_text(r"^\d+( tickets?)?$", "such as 20 tickets"),
]


class DrawBlock(Settings):
    """The settings that all draws share."""

    asset: ClassVar[str] = "ticket"
    later: ClassVar[tuple[str, ...]] = (
        *("claim_within", "excluded", "method", "randomness", "secret"),
        *("country", "organiser", "permit", "notary", "commission", "place", "results_on"),
    )

    dates: InDates = Field(description="purchases of these days count")
    at_most: Tickets | None = Field(None, description="the most tickets one member can have, wherever they come from")
    prizes: dict[str, OnePrize] = Field(
        description="each prize and how many of it, in the order they are drawn: car: 1, or with its value car: {count: 1, worth: 50000.00}"
    )
    reserves: Whole = Field(0, description="how many reserve winners are drawn behind the winners")
    one_member_wins: Literal["one prize", "one of each kind", "any number"] = Field(
        "one prize", description="how many prizes one member can win"
    )
    claim_within: Length | None = Field(None, description="how long a winner can claim the prize: 14 days")
    excluded: Excluded = Field(
        NOBODY,
        description="who can not win: {groups: [staff], younger_than: 18 years, one_per_household: yes, "
        "winners_of: [winter draw], winners_within: 1 year}",
    )
    only: Only = Field(EVERYTHING, description="which purchases count")
    method: Method = Field(METHOD, description="how the winners follow from the number")
    randomness: NumberFixed | None = Field(
        None, description="where the number comes from, fixed in advance: {from: drand quicknet, at: 2027-06-05 20:00}"
    )
    secret: YesNo = Field(False, description="whether a secret of the shop, published as its SHA-256 before, goes into the seed")
    country: str = Field("", description="the country whose law the draw is under: PL, RO, MD, RU, GB")
    organiser: str = Field("", description="who holds the draw: name and address")
    permit: str = Field("", description="the number of the permit, where one is needed")
    notary: str = Field("", description="the notary who is present or has the rules")
    commission: Names = Field((), description="who watches over the draw: names and roles")
    place: str = Field("", description="where the draw takes place")
    results_on: OnDay | None = Field(None, description="the day the results are published")

    @field_validator("prizes")
    @classmethod
    def some_prize(cls, prizes: dict[str, Prize]) -> dict[str, Prize]:
        """A draw needs a prize."""
        if not any(prize.count for prize in prizes.values()):
            raise refuse("There is no prize.", "Name each prize and how many of it: {example}.", example="{sewing machine: 1}")
        return prizes

    @property
    def counting(self) -> Counts:
        """What is added up."""
        return "money"

    @property
    def for_everyone(self) -> int:
        """The tickets that a member has for being one."""
        return 0

    @property
    def ranked_by(self) -> Contest:
        """What decides instead of chance, or ''."""
        return ""

    @property
    def ties_go_by(self) -> str:
        """Who is ahead in a ranking of those with the same, or ''."""
        return ""

    @property
    def formalities(self) -> Formalities:
        """What is said for the authorities."""
        # Imported here because most looks at a program are at no draw.
        from loyalty_cli.model.draw import Formalities

        return Formalities(
            country=self.country,
            organiser=self.organiser,
            permit=self.permit,
            notary=self.notary,
            commission=self.commission,
            place=self.place,
            results_on=self.results_on,
        )

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """How tickets come about, for the announcement."""
        raise NotImplementedError

    def counted(self, amount: int) -> int:
        """What so much money on a receipt, in a visit or in the whole period brings to the sum."""
        return amount

    def worth(self, summed: int) -> Fraction | None:
        """The tickets for a part of the sum, exactly; None where only the whole of it is looked at."""
        return None

    def tickets(self, summed: int) -> int:
        """Whole tickets for the sum."""
        return self.capped(max(0, summed))

    def capped(self, tickets: int) -> int:
        """No more than one member can have."""
        return tickets if self.at_most is None else min(tickets, self.at_most)
