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
"""

from __future__ import annotations

from typing import Annotated
from typing import TYPE_CHECKING

from pydantic import Field
from pydantic import PlainValidator

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.problems import Problems
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import OnDay
from loyalty_cli.reading.settings import Percent
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import validated
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.text_files import read_text
from loyalty_cli.reading.values import decimal_of
from loyalty_cli.reading.values import hours_from
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.yaml.nodes import Listing
from loyalty_cli.reading.yaml.nodes import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.reading.yaml.nodes import Node


def read_clock(value: object) -> int:
    """A time of day such as `10:30`, in seconds since midnight."""
    return hours_from(f"{value} to 24:00")[0]


def read_signed(value: object) -> int:
    """A whole number, below zero too: a balance can be a debt."""
    number = decimal_of(value, "52")
    if number.denominator != 1:
        raise refuse("{text} is not a whole number.", "Write one such as 52 or -10.", text=str(value))
    return int(number)


Clock = Annotated[int, PlainValidator(read_clock)]
Signed = Annotated[int, PlainValidator(read_signed)]


class ExampleMember(Settings):
    """Who buys."""

    joined: OnDay | None = None
    birthday: OnDay | None = None
    groups: Names = ()


class ExampleLine(Settings):
    """One line of a receipt or a return."""

    paid: Amount
    product: str = ""
    category: str = ""


class ExamplePurchase(Settings):
    """One receipt: what was paid in all, or line by line."""

    on: OnDay
    at: Clock = 12 * 3600
    store: str = ""
    receipt: str = ""
    paid: Amount | None = None
    lines: tuple[ExampleLine, ...] = ()


class ExampleReturn(Settings):
    """Something comes back; `of` names the receipt it was bought on."""

    on: OnDay
    at: Clock = 13 * 3600
    store: str = ""
    of: str = ""
    paid: Amount | None = None
    lines: tuple[ExampleLine, ...] = ()


class ExampleUse(Settings):
    """Points are used."""

    on: OnDay
    at: Clock = 14 * 3600
    points: Whole


class Then(Settings):
    """What the member should have; only what is written here is compared."""

    points: Signed | None = None
    pending: Signed | None = None
    tier: str | None = None
    discount: Percent | None = None
    spent: Amount | None = None
    coupons: dict[str, Signed] | None = None
    tickets: dict[str, Signed] | None = None
    scores: dict[str, Signed] | None = None


class Example(Settings):
    """One worked example."""

    example: str
    member: ExampleMember = ExampleMember()
    purchases: tuple[ExamplePurchase, ...] = ()
    returns: tuple[ExampleReturn, ...] = ()
    points_used: tuple[ExampleUse, ...] = ()
    until: OnDay
    then: Then = Field(description="what the member should then have")


class Examples:
    """The examples of one file; what does not come out as written is noted at its line."""

    def __init__(self, path: Path, *, digits: int) -> None:
        text = read_text(path)
        self.problems = Problems(path.name, text)
        self.read: list[tuple[Example, Node]] = []
        root = read_yaml(text, self.problems)
        if root is not None and not isinstance(root, Listing):
            self.problems.add(root.line, root.column, phrase("Examples are a list: each begins with `- example:`."))
        for node in root.items if isinstance(root, Listing) else ():
            example = validated(Example, node, self.problems, {"digits": digits}, where="An example")
            if example is not None:
                self.read.append((example, node))
