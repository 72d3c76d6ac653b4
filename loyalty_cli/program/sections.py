"""The blocks of a program file that are not kinds of rule: points, discounts, coupons, stores."""

from __future__ import annotations

from typing import Annotated
from typing import Any
from typing import cast
from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.settings import as_text
from loyalty_cli.reading.settings import Name
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import Percent
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Unit
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.values import amount_of
from loyalty_cli.reading.values import country_from
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.at_most import Times
from loyalty_cli.rules.budget import Budget
from loyalty_cli.rules.control import CONTROL
from loyalty_cli.rules.control import Share
from loyalty_cli.rules.discounts.offer import AtMost
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Only
from loyalty_cli.rules.only import Periods

if TYPE_CHECKING:
    from loyalty_cli.reading.fields import ValidationInfo


def read_floors(value: object, info: ValidationInfo) -> dict[str, int]:
    """The lowest price of one unit by product."""
    if not isinstance(value, dict):
        raise refuse("Floor prices belong here.", "Write products with their prices: {example}.", example="{H01: 4.50}")
    digits = (info.context or {}).get("digits", 2)
    return {name: amount_of(price, digits) for name, price in cast("dict[str, Any]", value).items()}


FloorPrices = Annotated[
    dict[str, int],
    Unit("prices"),
    PlainValidator(read_floors),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": ["string", "number"]}}),
]

class Together(Settings):
    """How discounts go together, and their ceilings."""

    later: ClassVar[tuple[str, ...]] = ("at_most",)

    together: Literal["best", "add", "one after another"] = Field("best", description="what happens when several fit")
    never_above: Percent = Field(10_000, description="the ceiling of all percents together")
    at_most: AtMost | None = Field(None, description="ceilings in money: {line: 5.00, receipt: 20.00, month: 100.00}")


class Discounts(Together):
    """Percents and amounts off at the till and how they go together."""

    later: ClassVar[tuple[str, ...]] = (*Together.later, "groups", "never_below", "only", "round")

    groups: dict[str, Together] = Field({}, description="groups of discounts that go together in their own way, by name")
    never_below: FloorPrices = Field({}, description="floor prices of one unit by product: {H01: 4.50}")
    only: Only = Field(EVERYTHING, description="where any discount applies: {except_categories: [tobacco]}")
    round: Literal["down", "half up", "up"] = Field("down", description="how what comes off a receipt is rounded, once")
    offers: dict[str, Any] = Field(description="the discounts by name")


class Cards(Settings):
    """The numbers of cards that the shop makes itself."""

    prefix: str = Field(description="the digits every number begins with, such as 29012", pattern=r"^\d{1,12}$")
    check: Literal["ean", "luhn", "none"] = Field("ean", description="the check digit at the end")
    digits: Whole = Field(13, description="how many digits a number has in all; an EAN has 13")


class StoreFiles(Settings):
    """Where a store's exports lie and how they are laid out."""

    files: Names = Field((), description="the till's export files, such as C:/till/market/*.csv")
    layout: str = Field("plain", description="the layout in layouts/NAME.yaml, or plain")

    @field_validator("files")
    @classmethod
    def straight_quotes(cls, files: tuple[str, ...]) -> tuple[str, ...]:
        """A word processor's quotation marks would be part of the file's name."""
        for name in files:
            if name[0] in "“”„«" or name[-1] in "“”»":
                hint = "Write straight ones: {better}."
                raise refuse("These quotation marks are those of a text.", hint, better=f'"{name.strip("“”„«»")}"')
        return files


class RewardBlock(Settings):
    """When something happens, give something."""

    when: dict[str, Any] = Field(description="what must happen")
    give: dict[str, Any] = Field(description="what the member gets")
    at_most: Times | None = Field(None, description="how often a member gets it: once, 3, once in 90 days")
    in_all: Whole | None = Field(None, description="how often it is given to all members together: 100 for the first 100")
    budget: Budget | None = Field(None, description="how much it may cost in all: 5000.00, or {amount: 5000.00, warn_at: 90%}")
    on_return: Literal["take back", "keep"] = Field(
        "take back", description="whether returned goods take back what is no longer reached"
    )
    surprise: YesNo = Field(False, description="whether it is not shown before it happens")
    control: Share | None = CONTROL

    @field_validator("in_all")
    @classmethod
    def somebody(cls, in_all: int | None) -> int | None:
        """A reward for nobody is none."""
        if in_all == 0:
            raise refuse("in_all: 0 would give it to nobody.", "Write how often it is given: {example}.", example="in_all: 100")
        return in_all

    @property
    def said(self) -> dict[str, Any]:
        """What goes for all kinds, where it is not as usual."""
        beside = self.model_dump(mode="json", exclude={"when", "give"})
        return {name: value for name, value in beside.items() if getattr(self, name) != self.model_fields[name].default}


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
    language: Literal["en", "pl", "ru", "ro"] = Field("en", description="the language of reports and messages")
    currency: str = Field(description="the currency's three letters, such as PLN", pattern="^[A-Z]{3}$")
    timezone: str = Field(description="the shop's time zone, such as Europe/Warsaw")
    country: Country = Field(
        FROM_THE_ZONE, description="whose public holidays are no missing till days, such as PL or DE-BY; or none"
    )
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
