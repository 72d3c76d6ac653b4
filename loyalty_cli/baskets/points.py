"""Points as a part of the payment, after everything else."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.blocks.points import Points


class PointsPay(NamedTuple):
    """How many points are used, and the money they pay."""

    points: int
    amount: int


def points_pay(terms: Points | None, wanted: int, usable: int, *, price: int, left: int) -> PointsPay | Phrase:
    """What points pay of a price of which some is left, no more of them than it takes; or why they pay nothing."""
    if terms is None or not terms.one_point_pays:
        return phrase("Points do not pay in this program: it has no one_point_pays.")
    if wanted > usable:
        return phrase("The card has {usable} usable points, not {points}.", usable=max(0, usable), points=wanted)
    least = terms.use_at_least or 1
    if wanted < least:
        return phrase("Points can be used from {least} on, not {points}.", least=least, points=wanted)
    step = terms.use_in_steps_of or 1
    if wanted % step:
        return phrase("Points are used in steps of {step}, not {points}.", step=step, points=wanted)
    most = min(left, price * terms.pays_up_to // 10_000)
    points = min(wanted, most * 1000 // terms.one_point_pays)
    if terms.use_in_steps_of:
        points -= points % terms.use_in_steps_of
    points -= points % step
    if points < least:
        return phrase("There is nothing left that it could pay.")
    return PointsPay(points, points * terms.one_point_pays // 1000)
