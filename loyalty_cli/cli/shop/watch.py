"""`loyalty watch`."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from typing import Annotated

import typer

from loyalty_cli.cli import clock
from loyalty_cli.cli import streams
from loyalty_cli.cli.options import TheShop
from loyalty_cli.cli.shop.status import age_said
from loyalty_cli.cli.show import Showing
from loyalty_cli.model.errors import LoyaltyError


def command(
    shop: TheShop,
    show: Showing,
    every: Annotated[str, typer.Option("--every", metavar="1m", help="How often to look: 1m, 2h.")] = "1m",
    looks: Annotated[int | None, typer.Option("--looks", metavar="N", min=1, help="Stop after so many looks. Default: never.")] = None,
) -> None:
    """Bring in what the tills leave as it comes: new files of the stores, then a recalculation; a line for each. Ctrl-C ends it."""
    from loyalty_cli.cli.show import warn
    from loyalty_cli.operations.shop.watch import Lookout
    from loyalty_cli.render.words import say

    pause = age_said(every, "--every").total_seconds()
    if not pause:  # without a pause it would keep the computer busy
        raise LoyaltyError("{option}: {value} is too small; the smallest is {bound}.", option="--every", value=every, bound="1m")
    lookout, told = Lookout(), set[str]()
    for look in itertools.count(1):
        outcome = lookout.look(replace(shop, now=clock.now()))
        shown = show.look(outcome)
        if not show.quiet:
            at = clock.now().astimezone().strftime("%H:%M")
            streams.put_out("".join(f"{at} {say(each, shown.language)}\n" for each in outcome.said).encode())
        # What stays as it is is said once.
        new = [each for each in outcome.warnings if say(each) not in told]
        told |= {say(each) for each in new}
        warn(replace(outcome, warnings=new), shown)
        if look == looks:
            raise typer.Exit(outcome.exit_code)
        time.sleep(pause)
