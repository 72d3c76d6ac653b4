"""Who buys in a worked example, and what: receipts and what comes back of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.quantity import PIECE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.program.example_values import Clock
from loyalty_cli.program.example_values import Quantity
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import OnDay
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.values import NotUnderstood
from loyalty_cli.reading.values import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable


class ExampleMember(Settings):
    """Who buys."""

    joined: OnDay | None = None
    birthday: OnDay | None = None
    name_day: OnDay | None = None
    groups: Names = ()
    cards: Names = ()
    referred: YesNo = False


class ExampleLine(Settings):
    """One line of a receipt or a return."""

    paid: Amount
    product: str = ""
    category: str = ""
    quantity: Quantity = PIECE
    discount: Amount = 0


class ExampleReceipt(Settings):
    """What is on a receipt: the money in all, or line by line."""

    on: OnDay
    store: str = ""
    paid: Amount | None = None
    lines: tuple[ExampleLine, ...] = ()

    @model_validator(mode="after")
    def one_of_both(self) -> ExampleReceipt:
        """The money in all, or the lines; both only where they come to the same."""
        both = self.paid is not None and bool(self.lines) and self.paid != sum(line.paid for line in self.lines)
        if both or (self.paid is None and not self.lines):
            raise refuse("A receipt has either paid or lines.", "Write one of them: {example}.", example="paid: 50.00")
        return self


class ExamplePurchase(ExampleReceipt):
    """One receipt: how much of it was paid by points or by a coupon, too."""

    at: Clock = 12 * 3600
    receipt: str = ""
    paid_by_points: Amount | None = None
    paid_by_coupon: Amount | None = None
    paid_by_voucher: dict[str, Amount] = Field({})


class ExampleReturn(ExampleReceipt):
    """Something comes back; `of` names the receipt it was bought on."""

    at: Clock = 13 * 3600
    of: str = ""


class ExampleBuyer(ExampleMember):
    """Somebody else, and what they buy: a friend whom the member brought, or another member."""

    purchases: tuple[ExamplePurchase, ...] = ()
    returns: tuple[ExampleReturn, ...] = ()

    @model_validator(mode="after")
    def names_receipts(self) -> ExampleBuyer:
        """What comes back was bought on a receipt that there is."""
        refuse_unknown(self.purchases, returns=[back.of for back in self.returns])
        return self


def refuse_unknown(purchases: Iterable[ExamplePurchase], **named: Iterable[str]) -> None:
    """Refuse the number of a receipt that none of the purchases has, where it is named: under which key."""
    numbers = {bought.receipt for bought in purchases} | {""}
    for key, receipts in named.items():
        for receipt in receipts:
            if receipt not in numbers:
                hint = phrase("Write it at one of the purchases: {example}.", example=f"receipt: {receipt}")
                raise NotUnderstood(phrase("There is no receipt {receipt}.", receipt=receipt), hint, at=key)
