"""What a coupon is worth and when it can be used: under `coupons:`, and in a give that brings its own coupon."""

from __future__ import annotations

from typing import ClassVar
from typing import Literal

from loyalty_cli.model.days import Day
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.days import Span
from loyalty_cli.model.money import WHOLE
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Length
from loyalty_cli.reading.settings import OnDay
from loyalty_cli.reading.settings import Percent
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.budget import Budget
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Only


class CouponTerms(Settings):
    """What a coupon is worth and when it can be used."""

    later: ClassVar[tuple[str, ...]] = (
        *("free", "pays_at_most", "leaves_to_pay", "only", "on_one_receipt", "together_pay_up_to"),
        *("until", "held_by", "uses", "remainder", "one_unit_of", "price", "together_pay_at_most", "budget"),
    )

    worth: Amount | None = Field(None, description="it pays this much")
    discount: Percent | None = Field(None, description="or it takes this percent off")
    free: str = Field("", description="or one unit of these goods is free: a product, or a category")
    one_unit_of: str = Field("", description="the percent comes off one unit of these goods: a product, or a category")
    price: Amount | None = Field(None, description="or that one unit costs this much")
    basket_at_least: Amount = Field(0, description="the smallest purchase it can be used on, after discounts")
    pays_up_to: Percent = Field(WHOLE, description="the largest part of a purchase it pays")
    pays_at_most: Amount | None = Field(None, description="the most it pays")
    leaves_to_pay: Amount = Field(0, description="how much of a purchase is paid with money at least")
    only: Only = Field(EVERYTHING, description="for which goods, days, hours, stores and members it holds")
    on_one_receipt: Whole | None = Field(None, description="how many coupons one receipt has at most when this is among them")
    together_pay_up_to: Percent = Field(WHOLE, description="the largest part of a purchase that all its coupons pay together")
    together_pay_at_most: Amount | None = Field(None, description="the most that all coupons of a purchase pay together")
    starts_after: Length = Field(Span(count=0, unit="days"), description="how long after its issue it can be used")
    valid_for: Length | None = Field(None, description="how long it can be used, through the last day")
    until: OnDay | None = Field(None, description="the last day it can be used, whenever it was issued")
    held_by: Literal["member", "bearer"] = Field("bearer", description="whether only the member can use it, or whoever brings it")
    uses: Whole = Field(1, description="how often it can be used, once on each receipt")
    remainder: Literal["is lost", "is kept"] = Field(
        "is lost", description="what becomes of the part of its worth that a purchase does not take"
    )
    issue_within: Length = Field(Span(count=30, unit="days"), description="what became due longer ago is recorded as missed")
    budget: Budget | None = Field(None, description="how much all of them may be worth together: 5000.00")
    used_but_returned: Literal["is reported", "is a debt"] = Field(
        "is reported", description="what happens when it was used and its purchase then came back"
    )

    @model_validator(mode="after")
    def one_value(self) -> CouponTerms:
        """A coupon pays an amount, takes a percent off, or gives something free or for less; it ends some day."""
        said = {"worth": self.worth is not None, "discount": self.discount is not None, "free": bool(self.free)}
        said["price"] = self.price is not None
        if sum(said.values()) > 1:
            names = ", ".join(name for name, is_there in said.items() if is_there)
            raise refuse("A coupon has one of worth, discount, free and price.", "Keep one of these: {names}.", names=names)
        if not any(said.values()):
            raise refuse("A coupon has one of worth, discount, free and price.", "Write one of them: {example}.", example="worth: 50.00")
        if self.price is not None and not self.one_unit_of:
            raise refuse("Nothing says what costs that price.", "Write the goods: {example}.", example="one_unit_of: coffee")
        if self.one_unit_of and self.price is None and self.discount is None:
            raise refuse("Nothing says what one unit costs.", "Write price or discount: {example}.", example="price: 5.00")
        if self.valid_for is None and self.until is None:
            raise refuse(
                "A coupon does not say how long it can be used.", "Write valid_for or until: {example}.", example="valid_for: 30 days"
            )
        if self.keeps_the_rest and (self.worth is None or self.uses != 1):
            raise refuse("Only a coupon with a worth and one use can keep a remainder.", "Take {key} out.", key="remainder")
        if not self.uses or self.on_one_receipt == 0:
            raise refuse("A coupon that can not be used is none.", "Write a number from 1 up: {example}.", example="uses: 3")
        return self

    @property
    def unit(self) -> str:
        """The goods of which it is for one unit only: a product, or a category; '' for a coupon on a purchase."""
        return self.free or self.one_unit_of

    @property
    def pay_together(self) -> bool:
        """Whether it looks at what the other coupons of a receipt pay."""
        return self.together_pay_up_to < WHOLE or self.together_pay_at_most is not None

    @property
    def pays_a_part(self) -> bool:
        """Whether it pays no more than a part of a purchase, alone or with others."""
        return self.pays_up_to < WHOLE or self.together_pay_up_to < WHOLE or bool(self.pays_at_most or self.leaves_to_pay)

    @property
    def asks_the_basket(self) -> bool:
        """Whether more than its own worth decides what it pays, or whether it can be used at all."""
        return bool(self.basket_at_least or self.pays_up_to < WHOLE or self.leaves_to_pay or self.pay_together)

    @property
    def keeps_the_rest(self) -> bool:
        """Whether what a purchase does not take stays on it."""
        return self.remainder == "is kept"

    @property
    def owed_if_returned(self) -> bool:
        """Whether what it has paid is a debt once the purchase that brought it comes back."""
        return self.used_but_returned == "is a debt"

    @property
    def most(self) -> int | None:
        """The most money that all its uses pay together; None where it says no amount."""
        once = self.worth if self.worth is not None else self.pays_at_most
        return None if once is None else once * (1 if self.keeps_the_rest else self.uses)

    def most_of(self, goods: int) -> int:
        """The most it pays for goods that cost so much."""
        share = goods * self.pays_up_to // WHOLE
        return share if self.pays_at_most is None else min(share, self.pays_at_most)

    def most_together(self, purchase: int) -> int:
        """The most that it and other coupons pay together of a purchase."""
        share = purchase * self.together_pay_up_to // WHOLE
        return share if self.together_pay_at_most is None else min(share, self.together_pay_at_most)

    def worth_left(self, paid: int) -> int | None:
        """What it still holds of its worth after it has paid so much; None for a coupon that has no worth in money."""
        return self.worth if self.worth is None or not self.keeps_the_rest else max(0, self.worth - paid)

    def days_from(self, issued: Day) -> tuple[Day, Day]:
        """The first and the last day on which one that was issued on a day can be used."""
        first = self.starts_after.after(issued)
        last = self.valid_for.after(first) if self.valid_for else NEVER
        return first, last if self.until is None else min(last, self.until)
