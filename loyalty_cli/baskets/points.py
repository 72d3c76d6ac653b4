"""Points as a part of the payment, after everything else."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.program.blocks.points import PAY_NOTHING

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.blocks.points import Points


class PointsPay(NamedTuple):
    """How many points are used, and the money they pay."""

    points: int
    amount: int


def points_pay(terms: Points | None, wanted: int, usable: int, *, price: int, left: int) -> PointsPay | Phrase:
    """What points pay of a price of which some is left, no more of them than it takes; or why they pay nothing."""
    if terms is None or not terms.pays:
        return PAY_NOTHING
    if wanted > usable:
        return phrase("Usable points of the card: {usable}, not {points}.", usable=max(0, usable), points=wanted)
    why = terms.why_not(wanted)
    if why is not None:
        return why
    points = terms.in_steps(min(wanted, terms.for_money(min(left, terms.most_of(price)))))
    if points < 1 or terms.why_not(points):
        return phrase("There is nothing left that it could pay.")
    return PointsPay(points, terms.pay(points))
