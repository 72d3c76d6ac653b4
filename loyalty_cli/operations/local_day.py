"""Which day it is in the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from loyalty_cli.model.days import day_of
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from datetime import datetime

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def local_now(shop: Shop, connection: Connection) -> datetime:
    """The moment of the command by the shop's clocks; before a program is adopted its file names the zone."""
    timezone = settings(connection).get("timezone") or program_file(shop).timezone
    return shop.now.astimezone(ZoneInfo(timezone))


def today(shop: Shop, connection: Connection) -> Day:
    """The shop's local day."""
    return day_of(local_now(shop, connection).date())
