"""Whether a prize may be claimed, given up or passed on, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.kept_draw import Claim
from loyalty_cli.model.kept_draw import state_of
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.draws.kept import MadeDraw
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.kept_draw import KeptPlace

What = Literal["accepted", "refused", "expired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claiming:
    """What is recorded: what the winner said, whether the identity was checked, on which day, by whom.

    `handed_over` is that the winner has the prize, on that day; a prize that was not accepted before is then, too.
    """

    what: What
    identity_checked: bool = False
    handed_over: bool = False
    day: Day | None = None
    by: str = ""


def adds_to_acceptance(place: KeptPlace, claiming: Claiming) -> bool:
    """Whether an accepted prize was handed over now, or its winner's identity was seen."""
    if not place.claim == "accepted" == claiming.what:
        return False
    return claiming.identity_checked > place.identity_checked or claiming.handed_over > bool(place.handed_over_on)


def claim_of(place: KeptPlace, claiming: Claiming, *, day: Day, is_later: bool, at: str) -> Claim:
    """The claim as it is kept; what is added later leaves the day of the acceptance as it was."""
    handed_over = day if claiming.handed_over and not place.handed_over_on else place.handed_over_on or None
    return Claim(
        what=claiming.what,
        day=place.claimed_on if is_later else day,
        identity_checked=claiming.identity_checked or (is_later and bool(place.identity_checked)),
        at=at,
        by=claiming.by,
        handed_over_on=handed_over,
    )


def refuse_wrong_handover(made: MadeDraw, place: KeptPlace, *, day: Day, today: Day) -> None:
    """A prize is handed over on the day it was accepted or later."""
    if not place.claimed_on <= day <= today:
        raise Refused(
            "The prize of place {place} of {name} was accepted on {first}; it is handed over from then on, not on {day}.",
            place=place.place,
            name=made.kept.name,
            first=OnDay(place.claimed_on),
            day=OnDay(day),
        )


def refuse_wrong_state(made: MadeDraw, place: KeptPlace, claiming: Claiming) -> None:
    """A place is claimed by who has it, and a prize that was handed over stays so."""
    state, number, name = state_of(place), place.place, made.kept.name
    if state == "reserve":
        raise Refused("Place {place} of {name} is a reserve, who has no prize yet.", place=number, name=name)
    if state == "passed on":
        raise Refused(
            "Place {place} of {name} was given up; its prize has gone to place {other}.",
            place=number,
            name=name,
            other=place.passed_to,
        )
    if state == "accepted":
        day = OnDay(place.claimed_on)
        raise Refused("The prize of place {place} of {name} was accepted on {day}.", place=number, name=name, day=day)
    if claiming.what == "expired" and place.claim == "refused":
        raise Refused("The prize of place {place} of {name} was refused already.", place=number, name=name)


def refuse_wrong_day(made: MadeDraw, place: KeptPlace, what: What, *, day: Day, today: Day) -> None:
    """A prize is claimed after the draw and until its last day; nobody is too late before that."""
    if not (place.since_day or made.day) <= day <= today:
        raise Refused(
            "A claim of {name} lies between {first} and today, not on {day}.",
            name=made.kept.name,
            first=OnDay(place.since_day or made.day),
            day=OnDay(day),
        )
    deadline = made.deadline(place)
    if deadline is None:
        return
    if what == "accepted" and day > deadline:
        raise Refused(
            "Place {place} of {name} could be claimed until {day}.",
            hint=phrase("If it was claimed in time, say on which day: --on {day}", day=iso(deadline)),
            place=place.place,
            name=made.kept.name,
            day=OnDay(deadline),
        )
    if what == "expired" and day <= deadline:
        raise Refused(
            "Place {place} of {name} can be claimed until {day}; it has not expired.",
            place=place.place,
            name=made.kept.name,
            day=OnDay(deadline),
        )


def refuse_not_given_up(made: MadeDraw, place: KeptPlace) -> None:
    """Only a place that its winner gave up is free, and only once."""
    state = state_of(place)
    if state == "passed on":
        raise Refused("The prize of place {place} has gone to place {other} already.", place=place.place, other=place.passed_to)
    if state not in {"refused", "expired"}:
        raise Refused(
            "Place {place} of {name} has not been given up.",
            hint=phrase(
                'Record it first: loyalty draw claim "{name}" {place} --refuse (or --expire)',
                name=made.kept.name,
                place=place.place,
            ),
            place=place.place,
            name=made.kept.name,
        )


def next_reserve(made: MadeDraw) -> KeptPlace:
    """The first reserve who has no prize."""
    with_prizes = {one.pseudonym for one in made.places if not one.reserve or one.instead_of}
    reserve = next((one for one in made.places if one.reserve and one.pseudonym not in with_prizes), None)
    if reserve is None:
        raise Refused(
            "{name} has no reserve left.",
            hint=phrase("Draw the place again from a new public number: --fresh"),
            name=made.kept.name,
        )
    return reserve
