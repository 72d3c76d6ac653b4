"""`loyalty quote`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated
from typing import Any

import typer

from loyalty_cli.cli.options import Slip
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import PageShowing

# No card has a number with a decimal mark: alone it is what somebody without a card pays.
PRICE = re.compile(r"\d+[.,]\d{1,3}")


def command(
    shop: TheShop,
    show: PageShowing,
    card: Annotated[str, typer.Argument(help="The card; - for nobody's.")] = "",
    amount: Annotated[str, typer.Argument(help="What it costs before discounts, if there are no lines.")] = "",
    lines: Annotated[Path | None, typer.Option("--lines", help="The lines as CSV or JSON; - reads them from standard input.")] = None,
    coupon: Annotated[list[str] | None, typer.Option("--coupon", help="The code of a coupon that is shown; may be repeated.")] = None,
    points: Annotated[str, typer.Option("--points", help="How many points are to pay, or most.")] = "",
    store: Annotated[str, typer.Option("--store", help="The store.")] = "",
    at: Annotated[str, typer.Option("--at", metavar="DAY[ TIME]", help="When: 2026-11-21 14:30. Default: now.")] = "",
    many: Annotated[
        Path | None, typer.Option("--many", help="Many baskets, as CSV or one JSON object on each line; - reads standard input.")
    ] = None,
    slip: Slip = None,
) -> None:
    """What the till should charge for a basket, and why; what the purchase brings its member."""
    if PRICE.fullmatch(card) and not amount and lines is None and many is None:
        card, amount = "-", card
    values: dict[str, Any] = {"card": card, "amount": amount, "coupons": coupon or [], "points": points, "store": store, "at": at}
    if many is not None:
        from loyalty_cli.cli.counter.many import answer_many

        answer_many(shop, show, many, {name: value for name, value in values.items() if value})
    if lines is not None:
        from loyalty_cli.operations.counter.baskets_read import one_basket

        values |= one_basket(lines)
    if slip is not None:
        from loyalty_cli.cli.counter.slip import put_slip
        from loyalty_cli.operations.counter.paper import quote_slip

        put_slip(*quote_slip(shop, values), slip, show)
    from loyalty_cli.operations.counter.answer import quote

    show.result(quote(shop, values))
