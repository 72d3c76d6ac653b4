"""Worked examples: what somebody buys, and what they should then have. They stand in examples.yaml beside the program.

- example: Ten visits make a friend
  member: {joined: 2027-01-05, groups: [pensioner]}
  purchases:
    - {on: 2027-01-10, paid: 520.00, receipt: A1}
    - {on: 2027-01-11, at: "10:30", store: Market, lines: [{category: thread, paid: 20.00}]}
  returns: [{on: 2027-01-12, of: A1, paid: 100.00}]
  points_used: [{on: 2027-01-13, points: 5}]
  until: 2027-01-31
  then: {points: 39, tier: friend, coupons: {next visit: 1}}

Points that pay on a receipt come back with its goods. They pay what the program says, or what the receipt says was `paid_by_points`.
- example: Half of the goods bring half of the points back
  purchases: [{on: 2027-01-10, paid: 520.00}, {on: 2027-01-13, paid: 20.00, receipt: A2, paid_by_points: 10.00}]
  points_used: [{on: 2027-01-13, points: 40, receipt: A2}]
  returns: [{on: 2027-01-14, of: A2, paid: 10.00}]
  until: 2027-01-31
  then: {points: 33}

An example may end at the till, on the day `until` unless told: the price of the basket after discounts, line by line, and
what coupons and points pay of it.
- example: The second at half price, then a coupon
  until: 2027-01-31
  basket:
    lines: [{product: H01, category: thread, quantity: 2, price: 10.00}, {product: B7, total: 7.00, reduced: yes}]
    coupons: [next visit]
  then:
    basket: {lines: [15.00, 7.00], total: 22.00, off: {second half: 5.00}, paid_by: {next visit: 5.00}, to_pay: 17.00}

Friends whom the member brought, each with a day of joining and purchases of their own, and what they should have, in order:
- example: Both get points
  friends: [{joined: 2027-01-05, purchases: [{on: 2027-01-06, paid: 80.00}]}]
  until: 2027-01-31
  then: {points: 200, friends: [{points: 100}]}

Others among whom the member is ranked, where a tier or a segment is for the best:
- example: Among the two best of the quarter
  purchases: [{on: 2027-01-10, paid: 300.00}]
  others: [{purchases: [{on: 2027-02-01, paid: 500.00}]}, {purchases: [{on: 2027-03-01, paid: 100.00}]}]
  until: 2027-04-01
  then: {tier: circle}

`until` is the evening of a day: a tier that holds through the day, or is reviewed on it, is still the member's then. Coupons that
the program gives are in the member's hand from the day on which they are due.
"""

from __future__ import annotations

from typing import Any
from typing import ClassVar
from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.money import rounded
from loyalty_cli.model.quantity import PIECE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.program.example_buyers import ExampleBuyer
from loyalty_cli.program.example_buyers import ExampleMember
from loyalty_cli.program.example_buyers import ExamplePurchase
from loyalty_cli.program.example_buyers import ExampleReturn
from loyalty_cli.program.example_buyers import refuse_unknown
from loyalty_cli.program.example_values import Clock
from loyalty_cli.program.example_values import Quantity
from loyalty_cli.program.example_values import Signed
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.problems import Problems
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import OnDay
from loyalty_cli.reading.settings import Percent
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.text_files import read_text
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.all_rules import ALL_RULES
from loyalty_cli.rules.all_rules import kind_of

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.money import Currency
    from loyalty_cli.reading.yaml.nodes import Node


class ExampleUse(Settings):
    """Points are used, if `receipt` says so to pay a part of a purchase."""

    on: OnDay
    at: Clock = 14 * 3600
    points: Whole
    receipt: str = ""
    wallet: str = ""
    gift: str = ""


class BasketLine(Settings):
    """One line of a basket before discounts: the price of one unit, or the total of the line."""

    product: str = ""
    category: str = ""
    quantity: Quantity = PIECE
    price: Amount | None = None
    total: Amount | None = None
    reduced: YesNo = False
    floor: Amount = 0

    @model_validator(mode="after")
    def one_of_both(self) -> BasketLine:
        """The price of one, or of all."""
        if (self.price is None) == (self.total is None):
            raise refuse("A line has either price or total.", "Write one of them: {example}.", example="price: 10.00")
        return self

    @property
    def money(self) -> int:
        """The total before discounts; a price times what was weighed is rounded half up."""
        return self.total if self.total is not None else rounded((self.price or 0) * self.quantity, PIECE, "half up")


class ExampleBasket(Settings):
    """What lies on the counter, what the member shows, and where and when."""

    on: OnDay | None = None
    at: Clock = 15 * 3600
    store: str = ""
    lines: tuple[BasketLine, ...]
    coupons: Names = ()
    points: Whole = 0
    off_this_month: dict[str, Amount] = Field({})


class ThenBasket(Settings):
    """What the basket should cost."""

    lines: tuple[Amount, ...] | None = None
    total: Amount | None = None
    off: dict[str, Amount] = Field({})
    paid_by: dict[str, Amount] = Field({})
    to_pay: Amount | None = None


class ExampleTier(Settings):
    """A tier is given by hand, through a day or for good."""

    on: OnDay
    tier: str
    until: OnDay | None = None


class ExampleEvent(Settings):
    """Something that a list of events tells; of feedback with a score, what it makes of the member."""

    on: OnDay
    event: str
    opinion: Literal["promoter", "passive", "detractor"] | None = None


class ExampleCoupon(Settings):
    """A coupon that was issued, with its last day, and when it was used or taken back."""

    on: OnDay
    coupon: str
    until: OnDay
    gone: OnDay | None = None


class ExampleAsked(Settings):
    """A consent that was asked for and is still to be confirmed."""

    on: OnDay
    channel: str = "email"


class Then(Settings):
    """What the member should have; only what is written here is compared.

    What kinds of give count by name stands under their own words: `badges: {regular: 1}`.
    """

    further: ClassVar[Any] = dict[str, Signed]

    points: Signed | None = None
    pending: Signed | None = None
    tier: str | None = None
    discount: Percent | None = None
    spent: Amount | None = None
    put_back: dict[str, Amount] | None = None
    basket: ThenBasket | None = None
    friends: tuple[Then, ...] = ()

    @property
    def held(self) -> dict[str, dict[str, int]]:
        """What is counted by name, by the word of its kind."""
        return dict(self.model_extra)

    @model_validator(mode="after")
    def known_words(self) -> Then:
        """The words are those of the kinds of give, and of wallets and contests."""
        known = {"scores", "segments", "wallets", *(kind_of("give", word).held_as for word in ALL_RULES["give"])} - {""}
        for word in self.held:
            if word not in known:
                names = ", ".join(sorted({*known, *self.model_fields}))
                raise refuse("{key} is not known here.", "Known here: {names}.", key=word, names=names)
        return self


class FromTemplate(Settings):
    """The template an example came with, and the first day of the program it was written for."""

    name: str
    starts: OnDay


class Example(Settings):
    """One worked example; what came with a template is its promise and not the shop's own."""

    example: str
    template: FromTemplate | None = None
    member: ExampleMember = ExampleMember()
    purchases: tuple[ExamplePurchase, ...] = ()
    returns: tuple[ExampleReturn, ...] = ()
    points_used: tuple[ExampleUse, ...] = ()
    tiers_given: tuple[ExampleTier, ...] = ()
    events: tuple[ExampleEvent, ...] = ()
    coupons_issued: tuple[ExampleCoupon, ...] = ()
    consents_asked: tuple[ExampleAsked, ...] = ()
    friends: tuple[ExampleBuyer, ...] = ()
    others: tuple[ExampleBuyer, ...] = ()
    until: OnDay
    basket: ExampleBasket | None = None
    then: Then = Field(description="what the member should then have")

    @model_validator(mode="after")
    def what_belongs_together(self) -> Example:
        """Receipts that are named are there; what a basket should cost, and what friends should have, is said where there are any."""
        refuse_unknown(self.purchases, points_used=[use.receipt for use in self.points_used], returns=[back.of for back in self.returns])
        if self.then.basket is not None and self.basket is None:
            raise refuse("There is no basket whose price could be compared.", "Add {key}: with its lines.", key="basket")
        if len(self.then.friends) > len(self.friends):
            raise refuse("More friends should have something than there are.", "Add {key}: with what they buy.", key="friends")
        return self


class Difference(NamedTuple):
    """A value that came out differently: where it is written, what was written, what came out."""

    path: tuple[str | int, ...]
    expected: object
    found: object


class Examples:
    """The examples of one file; what does not come out as written is noted at its line."""

    def __init__(self, path: Path, *, currency: Currency) -> None:
        # Imported here because examples that were read before need neither YAML nor checks of their form.
        from loyalty_cli.reading.validated import validated
        from loyalty_cli.reading.yaml.nodes import Listing
        from loyalty_cli.reading.yaml.nodes import read_yaml

        text = read_text(path)
        self.problems = Problems(path.name, text)
        self.read: list[tuple[Example, Node]] = []
        root = read_yaml(text, self.problems)
        if root is not None and not isinstance(root, Listing):
            self.problems.add(root.line, root.column, phrase("Examples are a list: each begins with `- example:`."))
        for node in root.items if isinstance(root, Listing) else ():
            example = validated(Example, node, self.problems, {"currency": currency}, where="An example")
            if example is not None:
                self.read.append((example, node))
