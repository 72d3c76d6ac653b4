"""By whom, why, for which day and under which key something is done by hand."""

from __future__ import annotations

from typing import Annotated
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli.group import OptionsOf
from loyalty_cli.cli.options import By
from loyalty_cli.cli.options import day_option
from loyalty_cli.cli.options import Reason
from loyalty_cli.model.days import Day

if TYPE_CHECKING:
    from loyalty_cli.operations.by_hand.hand import Asked


Key = Annotated[str, typer.Option("--key", help="A key of the request; the same key never does it twice.")]


def asked_options(
    by: By = "",
    reason: Reason = "",
    key: Key = "",
    on: Annotated[Day | None, day_option("--on", "The day. Default: today.")] = None,
) -> WhoAsks:
    """What is said of who does it."""
    from loyalty_cli.operations.by_hand.hand import Asked

    return Asked(by=by, reason=reason, key=key, day=on)


def asked_today_options(by: By = "", reason: Reason = "", key: Key = "") -> AsksToday:
    """The same of what holds from today."""
    from loyalty_cli.operations.by_hand.hand import Asked

    return Asked(by=by, reason=reason, key=key)


WhoAsks = Annotated["Asked", OptionsOf(asked_options)]
AsksToday = Annotated["Asked", OptionsOf(asked_today_options)]
