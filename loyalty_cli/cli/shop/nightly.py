"""`loyalty nightly`."""

from __future__ import annotations

import os
from typing import Annotated

from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import DryRun
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.days import Day


def command(
    shop: TheShop,
    show: Showing,
    as_of: Annotated[Day | None, day_option("--as-of", "Work through this day. Default: yesterday.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Do everything the program lists under nightly, in order.

    Says nothing if all is well, so that cron writes no mail. Safe to run again: a night that was
    interrupted is finished by the next one.
    """
    from loyalty_cli.operations.shop.nightly import nightly
    from loyalty_cli.operations.shop.nightly import rehearse

    night = rehearse if dry_run else nightly
    show.result(night(shop, as_of=as_of, environment=os.environ))
