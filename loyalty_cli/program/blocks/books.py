"""The `books:` block: how an accountant reckons what is owed for points, and the names of the accounts."""

from __future__ import annotations

from typing import Annotated
from typing import Any
from typing import cast
from typing import Literal

from loyalty_cli.model.bookkeeping import ACCOUNTS
from loyalty_cli.model.bookkeeping import Bookkeeping
from loyalty_cli.model.bookkeeping import CouponBooks
from loyalty_cli.model.bookkeeping import Dated
from loyalty_cli.model.bookkeeping import Policy
from loyalty_cli.model.bookkeeping import Treatment
from loyalty_cli.model.days import iso
from loyalty_cli.reading.fields import BeforeValidator
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.fields import PlainSerializer
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Unit
from loyalty_cli.reading.values import day_from
from loyalty_cli.reading.values import percent_of
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import text_of

ESTIMATED = "estimated"


def read_dated(value: object) -> Dated:
    """`23%`, or `{2025-01-01: 19%, 2025-08-01: 21%}`."""
    if not isinstance(value, dict):
        return ((0, percent_of(value)),)
    dated = {day_from(day): percent_of(percent) for day, percent in value.items()}
    return tuple(sorted(dated.items()))


def dated_said(dated: Dated) -> Any:
    """As the program writes it."""
    return {iso(day) if day else "": percent for day, percent in dated}


def read_use(value: object) -> Dated:
    """The share of points that will be used: `estimated` from the shop's own history (empty), or a percent by days."""
    return () if value == ESTIMATED else read_dated(value)


def read_accounts(value: object) -> dict[str, str]:
    """The names of accounts; a name that is not said is as usual."""
    named = {str(key): text_of(name, "Liabilities:Points") for key, name in cast("dict[Any, Any]", value or {}).items()}
    for key, name in named.items():
        if key not in ACCOUNTS:
            raise refuse("{key} is no account of the points.", "Known here: {names}.", key=key, names=", ".join(ACCOUNTS))
        if any(not part or part != part.strip() for part in name.split(":")) or set(name) & set(";\"'()[]\t"):
            raise refuse(
                "{name} is no name of an account.",
                "Write a number of your chart of accounts or words: {example}.",
                name=name,
                example="845-01, Liabilities:Points",
            )
    return {**ACCOUNTS, **named}


A_PERCENT = {"type": "string", "pattern": r"^\d+(\.\d+)?\s*%$"}
BY_DAYS = {"type": "object", "additionalProperties": A_PERCENT}
DatedPercent = Annotated[Dated, PlainValidator(read_dated), PlainSerializer(dated_said), WithJsonSchema({"anyOf": [A_PERCENT, BY_DAYS]})]
ExpectedUse = Annotated[
    Dated,
    Unit("dated"),
    PlainValidator(read_use),
    PlainSerializer(dated_said),
    WithJsonSchema({"anyOf": [{"const": ESTIMATED}, A_PERCENT, BY_DAYS]}),
]
Accounts = Annotated[
    dict[str, str],
    PlainValidator(read_accounts),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "string"}}),
]


class CouponInBooks(Settings):
    """How the coupons of one name stand in the books; one word is the treatment."""

    treatment: Treatment = Field(
        "discount",
        description="discount: it takes off a price when it is used, nothing is owed before; deferral: a part of the sale that gave it "
        "is revenue later; provision: what is expected to be used, at its worth; sold: it is owed as it was paid for until it is used",
    )
    price: Amount = Field(0, description="what one is sold for, with VAT; unsaid it is its worth")
    vat: Literal["multi-purpose", "single-purpose"] = Field(
        "multi-purpose",
        description="of one that is sold: multi-purpose, VAT is due on the goods it pays; single-purpose, VAT is due when it is sold",
    )
    rate: DatedPercent = Field((), description="the VAT rate of a single-purpose one: 23%, or by days {2025-08-01: 21%}")
    expected_use: ExpectedUse = Field((), description="the share of its worth that will be used: estimated, 85%, or by days")
    worth: Amount = Field(0, description="what one use is usually worth, of a coupon that says no amount: 10% of a usual purchase")
    owed_from: Literal["making", "sale"] = Field(
        "making",
        description="since when one that is sold is owed: the day it is made, or the day it is sold (loyalty coupons sell, its first use)",
    )

    @model_validator(mode="after")
    def a_rate_where_vat_is_due(self) -> CouponInBooks:
        """A single-purpose voucher is one whose rate is known when it is sold; what is not sold has no VAT of its own."""
        if (self.vat == "single-purpose") != bool(self.rate):
            raise refuse(
                "Only the VAT of a single-purpose voucher is known when it is sold.",
                "Write both or neither: {example}",
                example="vat: single-purpose, rate: 23%",
            )
        if self.treatment != "sold" and (self.price or self.rate or self.owed_from == "sale"):
            raise refuse("price, vat, rate and owed_from are those of what is sold.", "Write: {example}", example="treatment: sold")
        return self

    def coupon_books(self) -> CouponBooks:
        """As reports and closed months keep it."""
        return CouponBooks(
            treatment=self.treatment,
            price=self.price,
            vat=self.rate,
            expected_use=self.expected_use,
            worth=self.worth,
            owed_from=self.owed_from,
        )


def read_coupon(value: object) -> object:
    """One word is the treatment."""
    return {"treatment": value} if isinstance(value, str) else value


class Books(Settings):
    """How points stand in the books. No rule: members have the same whatever it says."""

    policy: Policy = Field(
        "memo",
        description="memo: points are counted, nothing is booked; deferral: part of each sale is revenue later (IFRS 15); "
        "provision: points expected to be used, at their worth",
    )
    expected_use: ExpectedUse = Field(
        (), description="the share of points that will be used: estimated, 85%, or {2026-01-01: 85%, 2027-01-01: 88%}"
    )
    stated_by: str = Field("", description="who states a share that is not estimated")
    accounts: Accounts = Field(ACCOUNTS, description="accounts in the journal, by name or number: {points: Liabilities:Points, sales: 701}")
    vat: Annotated[dict[str, DatedPercent], Unit("rates")] = Field(
        {}, description="rates of the till's VAT letters: {A: 23%}, or by days {A: {2025-01-01: 19%, 2025-08-01: 21%}}"
    )

    points_pay_as: Literal["discount", "payment"] = Field(
        "discount", description="what points pay: discount takes it off the price and its VAT, payment leaves both as they are"
    )
    coupons: Annotated[dict[str, Annotated[CouponInBooks, BeforeValidator(read_coupon)]], Unit("rates")] = Field(
        {}, description="how coupons that are worth money stand in the books: {thank you: provision, gift card: {treatment: sold}}"
    )

    def bookkeeping(self) -> Bookkeeping:
        """As reports and closed months keep it."""
        return Bookkeeping(
            policy=self.policy,
            expected_use=self.expected_use,
            stated_by=self.stated_by,
            accounts=self.accounts,
            vat=self.vat,
            points_pay_as=self.points_pay_as,
            coupons={name: each.coupon_books() for name, each in self.coupons.items()},
        )
