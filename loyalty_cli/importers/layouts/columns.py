"""Which column of a file holds what, in our words."""

from __future__ import annotations

from typing import Annotated
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import BeforeValidator
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.settings import content
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.values import NotUnderstood
from loyalty_cli.reading.values import text_of

if TYPE_CHECKING:
    from collections.abc import Container


def read_place(value: object) -> str:
    """One column: its name, or its number, which a program that reads a layout from elsewhere may give as one."""
    return text_of(str(value) if isinstance(value, int) else value, "Date")


Place = Annotated[str, BeforeValidator(read_place), WithJsonSchema({"type": ["string", "integer"]})]


def read_places(value: object) -> tuple[str, ...]:
    """One column, or a list of columns whose cells are read as one with blanks between them."""
    several = value if isinstance(value, list | tuple) else [value]
    if not several:
        raise NotUnderstood(phrase("The list is empty."), phrase("Write at least one name, or take the key out."))
    return tuple(map(read_place, several))


Places = Annotated[
    tuple[str, ...],
    BeforeValidator(read_places),
    WithJsonSchema({"type": ["string", "integer", "array"], "items": {"type": ["string", "integer"]}}),
]

WORDS_OF_LINES = frozenset(
    {
        "product",
        "product_name",
        "category",
        "vat",
        "quantity",
        "amount",
        "price",
        "discount",
        "paid_by_loyalty",
        "kind",
        "total",
    }
)
"""What is said of each row; all else is said of the receipt."""

NEEDED_OF_LISTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "members": (("card", "number"),),
    "products": (("code", "name"),),
    "redemptions": (("date",), ("coupon", "code", "points")),
    "balances": (("card", "number"), ("points", "spent", "visits", "tier")),
    "consents": (("card", "number"), ("channel",), ("agreed",)),
    "events": (("card", "number"), ("date",), ("event",)),
    "feedback": (("card", "number", "email", "phone", "coupon"), ("date",), ("score", "text")),
    "totals": (("date",), ("total",)),
}
"""The columns that a list can not do without: of each group, one."""


def lacking(kind: str, there: Container[str]) -> list[tuple[str, ...]]:
    """The groups of columns that a list needs and of which it has none."""
    return [group for group in NEEDED_OF_LISTS.get(kind, ()) if not any(word in there for word in group)]


class Columns(Settings):
    """Which column holds what: a header's name, or a column's number counted from 1."""

    receipt: Place | None = Field(None, description="the receipt's number")
    date: Places | None = Field(None, description="the day, or day and time in one; [year, month, day] in columns of their own")
    time: Place | None = Field(None, description="the time, where it has its own column")
    zone: Place | None = Field(None, description="the time zone of the row's date and time")
    store: Place | None = Field(None, description="the store's name")
    card: Places | None = Field(
        None,
        description="the loyalty card, or several with ; in a list of members; of several columns the first that is filled",
    )
    product: Place | None = Field(None, description="the product's code")
    product_name: Place | None = Field(None, description="the product's name")
    category: Place | None = Field(None, description="the product's category")
    quantity: Place | None = Field(None, description="how many or how much")
    amount: Place | None = Field(None, description="what was paid for the row after discounts")
    price: Place | None = Field(None, description="the price of one, where the row has no amount")
    discount: Place | None = Field(None, description="the discount given on the row")
    vat: Place | None = Field(None, description="the VAT rate")
    total: Place | None = Field(None, description="the receipt's total, as a check or where there are no rows by product")
    cashier: Place | None = Field(None, description="who sold")
    till: Place | None = Field(None, description="the till's name or number")
    paid_by_loyalty: Place | None = Field(None, description="the part of the row paid with coupons or points")
    kind: Places | None = Field(None, description="sale or return, by the labels below; several columns are read as one")
    currency: Place | None = Field(None, description="the currency of the row's amounts")
    refunded: Place | None = Field(None, description="what of the receipt was paid back later")
    cancelled: Place | None = Field(None, description="filled where the receipt was cancelled later, perhaps with the date")
    original_receipt: Place | None = Field(None, description="the receipt that a return takes back")
    number: Place | None = Field(None, description="members: the member's number")
    name: Places | None = Field(None, description="members and products: the name; several columns are read as one")
    phone: Place | None = Field(None, description="members: the phone number")
    email: Place | None = Field(None, description="members: the e-mail address")
    address: Place | None = Field(None, description="members: the postal address, with ; or , between its lines")
    birthday: Place | None = Field(None, description="members: the birthday, with or without a year")
    name_day: Place | None = Field(None, description="members: the name day, as month and day")
    joined: Place | None = Field(None, description="members: the day of joining")
    groups: Place | None = Field(None, description="members: groups, with ; between them, each with its days where it has some")
    group_from: Place | None = Field(None, description="members: the first day in the groups")
    group_until: Place | None = Field(None, description="members: the last day in the groups")
    proof: Place | None = Field(None, description="members: what proves the groups, such as a pass and its number")
    language: Place | None = Field(None, description="members: the language messages are in")
    consents: Places | None = Field(
        None,
        description="members: channels agreed to, with ; between them; or columns of yes and no whose names say the channel",
    )
    consent_date: Place | None = Field(None, description="members: the day of the consents")
    consent_source: Place | None = Field(None, description="members: where the consents were given")
    blocked: Place | None = Field(None, description="members: yes if the member may not earn or use anything")
    referred_by: Place | None = Field(None, description="members: a card or the number of the member who brought this one")
    code: Place | None = Field(None, description="products: the code; where the till has none, the name stands for it")
    cost: Place | None = Field(None, description="products: what one costs the shop")
    floor_price: Place | None = Field(None, description="products: the price no discount goes below")
    excluded: Place | None = Field(None, description="products: yes if it earns nothing and is never discounted")
    coupon: Place | None = Field(None, description="redemptions: the coupon's code")
    points: Place | None = Field(None, description="redemptions and balances: points, as a whole number")
    wallet: Place | None = Field(None, description="redemptions: the wallet whose points they are; the program's own if there is none")
    key: Place | None = Field(None, description="redemptions and balances: what tells one row from all others")
    usable_through: Place | None = Field(None, description="balances: the last day on which the points can be used")
    tier: Place | None = Field(None, description="balances: the tier the member is in")
    tier_since: Place | None = Field(None, description="balances: since when the member is in the tier")
    spent: Place | None = Field(None, description="balances: what was spent before, where it counts for tiers")
    visits: Place | None = Field(None, description="balances: visits made before")
    event: Place | None = Field(None, description="events: the name of what happened")
    channel: Place | None = Field(None, description="consents: email, sms, letter or phone")
    purpose: Place | None = Field(None, description="consents: advertising, service or survey; advertising if there is none")
    agreed: Place | None = Field(None, description="consents: yes, no, or asked where the member has not confirmed yet")
    wording: Place | None = Field(None, description="consents: the text that was agreed to")
    version: Place | None = Field(None, description="consents: which version of the text")
    source: Place | None = Field(None, description="consents: where it was given: paper form, web form, counter")
    taken_by: Place | None = Field(None, description="consents: who took it")
    score: Place | None = Field(None, description="feedback: the score that was given")
    text: Place | None = Field(None, description="feedback: what was said in words")
    receipts: Place | None = Field(None, description="totals: how many receipts the till counted on the day")
    first_receipt: Place | None = Field(None, description="totals: the day's first receipt number")
    last_receipt: Place | None = Field(None, description="totals: the day's last receipt number")

    def named(self) -> dict[str, str]:
        """Our words with the places that are given; what stands in several columns goes by its first one."""
        return {word: place[0] if isinstance(place, tuple) else place for word, place in content(self).items() if place is not None}
