"""How far somebody is with a reward, in the words of what is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import Figure
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.program import Program
    from loyalty_cli.rules.watch import Progress


def how_far(progress: Progress, program: Program) -> Phrase:
    """So much of so much, in the words of its unit."""
    done, of, unit, _ = progress
    if unit == "money":
        code, digits = program.currency.code, program.currency.digits
        return phrase("{done} of {all}", done=Money(done, code, digits), all=Money(of, code, digits))
    if unit == "units":
        pieces = Figure(done)
        return phrase("{done} of {count} piece", "{done} of {count} pieces", done=pieces, count=of // 1000)
    if unit == "visits":
        return phrase("{done} of {count} visit", "{done} of {count} visits", done=done, count=of)
    if unit == "friends":
        return phrase("{done} of {count} friend", "{done} of {count} friends", done=done, count=of)
    if unit == "points":
        return phrase("{done} of {count} point", "{done} of {count} points", done=done, count=of)
    return phrase("{done} of {all}", done=done, all=of)
