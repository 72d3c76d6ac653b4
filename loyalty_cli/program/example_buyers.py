"""Who buys in a worked example, and what: receipts and what comes back of them."""

from __future__ import annotations

from loyalty_cli.model.quantity import PIECE
from loyalty_cli.program.example_values import Clock
from loyalty_cli.program.example_values import Quantity
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import OnDay
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import YesNo


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


class ExamplePurchase(Settings):
    """One receipt: what was paid in all, or line by line, and how much of that was paid by points or by a coupon."""

    on: OnDay
    at: Clock = 12 * 3600
    store: str = ""
    receipt: str = ""
    paid: Amount | None = None
    lines: tuple[ExampleLine, ...] = ()
    paid_by_points: Amount | None = None
    paid_by_coupon: Amount | None = None
    paid_by_voucher: dict[str, Amount] = Field({})


class ExampleReturn(Settings):
    """Something comes back; `of` names the receipt it was bought on."""

    on: OnDay
    at: Clock = 13 * 3600
    store: str = ""
    of: str = ""
    paid: Amount | None = None
    lines: tuple[ExampleLine, ...] = ()


class ExampleBuyer(ExampleMember):
    """Somebody else, and what they buy: a friend whom the member brought, or another member."""

    purchases: tuple[ExamplePurchase, ...] = ()
    returns: tuple[ExampleReturn, ...] = ()
