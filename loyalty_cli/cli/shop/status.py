"""`loyalty status`."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli.group import OptionsOf
from loyalty_cli.cli.options import shop_here
from loyalty_cli.cli.show import Showing

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

UNITS = {"m": "minutes", "h": "hours", "d": "days"}
# Whoever asks for the state does not want to wait for an import; this is enough for a commit.
HurriedShop = Annotated["Shop", OptionsOf(partial(shop_here, wait=2.0))]


def command(
    shop: HurriedShop,
    show: Showing,
    max_age: Annotated[
        str | None,
        typer.Option("--max-age", metavar="26h", help="Exit code 30 if the last good night is older."),
    ] = None,
) -> None:
    """Show how the shop's folder is doing, and warn of what may harm it. Changes nothing."""
    from loyalty_cli.operations.shop.status import status

    show.result(status(shop, max_age=None if max_age is None else age_said(max_age, "--max-age")))


def age_said(text: str, option: str) -> timedelta:
    """The time of `26h`, `90m` or `2d`."""
    match = re.fullmatch(r"(\d{1,5})([mhd])", text)
    if match is None:
        raise typer.BadParameter("Write it as 26h, 90m or 2d.", param_hint=option)
    return timedelta(**{UNITS[match[2]]: int(match[1])})
