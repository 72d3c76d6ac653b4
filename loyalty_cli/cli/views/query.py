"""`loyalty query`: ask the data with SELECT."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from loyalty_cli.cli import clock
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import LongShowing
from loyalty_cli.cli.standard_input import STANDARD_INPUT
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase


def command(
    shop: TheShop,
    show: LongShowing,
    question: Annotated[
        str, typer.Argument(metavar="SELECT", help="The question; - reads it from standard input.", show_default=False)
    ] = "",
    views: Annotated[bool, typer.Option("--views", help="Which views can be asked.")] = False,
    describe: Annotated[str, typer.Option("--describe", metavar="VIEW", help="The columns of a view and what they mean.")] = "",
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="Only the first N rows.")] = None,
    seconds: Annotated[
        int,
        typer.Option("--seconds", metavar="N", min=1, help="How long it may take. Default: 10.", show_default=False),
    ] = 10,
) -> None:
    """Ask the data with SELECT over documented views; nothing can be changed.

    In the views days are text such as '2026-11-21' and money is a decimal number of the currency.
    """
    from loyalty_cli.operations.views import query

    if describe:
        show.result(query.describe(describe))
    if views:
        show.result(query.views())
    if question == STANDARD_INPUT:
        question = sys.stdin.read()
    if not question.strip():
        raise LoyaltyError(
            "What is asked is missing.",
            hint=phrase('Ask with SELECT: loyalty query "SELECT name, points FROM members"'),
        )
    show.result(query.query(shop, question, limit=limit, over=clock.over_after(seconds)))
