"""`loyalty watch`: what the tills leave comes in while the shop is open, not only at night."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.shop.night_import import import_what_is_new

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop

# What passes by itself: another command is at work, the program file is just being written.
PASSES = {ExitCode.LOCKED, ExitCode.PROGRAM_HAS_MISTAKES}


def look_once(shop: Shop) -> Outcome:
    """Bring in the files that are new, and work out what follows for whoever they concern; quiet where there are none."""
    try:
        came = import_what_is_new(shop, program_file(shop))
        if not came.said:
            return came
        after = recalc(shop)
    except LoyaltyError as error:
        if error.exit_code not in PASSES:
            raise
        return Outcome(warnings=[error.phrase])
    return replace(came, said=[*came.said, *after.said], warnings=[*came.warnings, *after.warnings])
