"""What every program file says of itself, and the names of its blocks."""

from __future__ import annotations

from typing import Annotated
from typing import Any
from typing import Literal

from loyalty_cli.model.shown.phrase import Language
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.settings import as_text
from loyalty_cli.reading.settings import Name
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.values import country_from
from loyalty_cli.rules.only import Periods

FROM_THE_ZONE, NO_COUNTRY = "from the time zone", "none"


def read_country(value: object) -> str:
    """Whose public holidays count."""
    return str(value) if value in (FROM_THE_ZONE, NO_COUNTRY) else country_from(value)


Country = Annotated[
    str,
    PlainValidator(read_country),
    as_text(r"^([A-Z]{2}(-[A-Z0-9]{1,3})?|none|from the time zone)$", "a country, such as PL or DE-BY, or none"),
]


class Head(Settings):
    """What every program says of itself, and its blocks."""

    program: Name = Field(description="the program's name")
    language: Language = Field("en", description="the language of reports and messages")
    currency: str = Field(description="the currency's three letters, such as PLN", pattern="^[A-Z]{3}$")
    timezone: str = Field(description="the shop's time zone, such as Europe/Warsaw")
    country: Country = Field(FROM_THE_ZONE, description="whose public holidays are no missing till days, such as PL or DE-BY; or none")
    closed: Periods = Field((), description="days on which no store sells: 2026-12-24, or a list with A to B")
    starts: Any = Field(description="nothing before this day earns points, coupons or tickets")
    before_start: Literal["counts for tiers and growing discounts", "counts for nothing"] = Field(
        "counts for nothing", description="whether older turnover counts"
    )
    returns: Literal["by line", "by money"] = Field(
        "by line",
        description="whether returned goods take back what they gave themselves, or what their share of the receipt gave",
    )
    ends: Any = Field(None, description="nothing after this day earns anything")
    last_redemption: Any = Field(None, description="points and coupons can be used through this day")
    unknown_cards: Literal["become members", "are set aside"] = Field(
        "become members", description="what happens with a card nobody has registered"
    )
    cards: Any = Field(None, description="the numbers of new cards")
    stores: dict[str, Any] = Field({}, description="the stores and their files")
    tiers: Any = Field(None, description="the ladder of tiers")
    points: Any = Field(None, description="earning, using and lapsing of points")
    discounts: Any = Field(None, description="percents off at the till")
    coupons: dict[str, Any] = Field({}, description="the coupons that rewards give")
    gifts: dict[str, Any] = Field({}, description="the gifts: what they cost, how many there are, for how many points")
    segments: dict[str, Any] = Field({}, description="groups of members by what they do: {drowsy: {not_here_for: 45 days}}")
    rewards: dict[str, Any] = Field({}, description="when something happens, give something")
    draws: dict[str, Any] = Field({}, description="prize draws")
    goals: dict[str, Any] = Field({}, description="what the program shall reach, by name: {come_back: 40%}")
    books: Any = Field(None, description="how points stand in the accountant's books")
    costs: Any = Field(None, description="what the program costs besides its rewards, and what is left of a sale")
    messages: dict[str, Any] = Field({}, description="what members are written: texts, when they are due, by which way they go")
    rfm: Any = Field(None, description="fixed bounds of recency, frequency and money, where fifths would not do")
    stages: Any = Field(None, description="where a buyer becomes a client, and when a member sleeps or is lost")
    contact: Any = Field(None, description="how much writing is too much: caps, hours, days without advertising")
    senders: Any = Field(None, description="by which way messages of each channel leave the shop")
    feedback: Any = Field(None, description="what members are asked, and what happens with complaints")
    terms: Names = Field((), description="what the shop adds to `loyalty program terms`, a paragraph each")
    nightly: Any = Field(None, description="the steps of `loyalty nightly`, in order")
