"""A winner claims a prize or gives it up, or nobody came in time; with a note for the handover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.draws.numbers.drand import first_round_after
from loyalty_cli.draws.numbers.drand import QUICKNET
from loyalty_cli.draws.papers.handover import handover_note
from loyalty_cli.model.days import iso
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.kept_draw import state_of
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.draws.state import made_draw
from loyalty_cli.operations.draws.state import tax_of
from loyalty_cli.store.draws import draws
from loyalty_cli.store.draws import life as draw_life
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.draws.kept import MadeDraw
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.kept_draw import KeptPlace
    from loyalty_cli.model.law import TaxLine
    from loyalty_cli.model.shown.document import Document
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What came of it, and for an accepted prize the note to sign."""

    outcome: Outcome
    note: Document | None = None


def draw_claim(shop: Shop, name: str, place: int, *, claiming: Claiming, dry_run: bool = False) -> Claimed:
    """Record what became of a place; the same again changes nothing."""
    with shop.changing(dry_run=dry_run) as connection:
        made = made_draw(connection, name)
        one = made.place(place)
        today = draws.today(connection, shop.now)
        day = claiming.day if claiming.day is not None else today
        is_later = adds_to_acceptance(one, claiming)
        is_new = one.claim != claiming.what or is_later
        if is_later and claiming.handed_over:
            refuse_wrong_handover(made, one, day=day, today=today)
        elif is_new and not is_later:
            refuse_wrong_state(made, one, claiming)
            refuse_wrong_day(made, one, claiming.what, day=day, today=today)
        if is_new:
            claim = claim_of(one, claiming, day=day, is_later=is_later, at=shop.moment)
            draw_life.save_claim(connection, made.kept.id, place, claim)
            made = made_draw(connection, name)
            one = made.place(place)
        tax = tax_of(connection, made, one, one.claimed_on)
        kept = settings(connection)
        note = handover_note(made, one, tax=tax, shop_name=kept.get("program", "")) if one.claim == "accepted" else None
        outcome = Outcome(
            said=[*said_of(made, one, tax), *said_of_redraw(made, one, shop)],
            data=data_of(made, one, tax),
            quiet=not is_new,
            language=kept.get("language", ""),
        )
        return Claimed(outcome=outcome, note=note)


def adds_to_acceptance(place: KeptPlace, claiming: Claiming) -> bool:
    """Whether an accepted prize was handed over now, or its winner's identity was seen."""
    if not place.claim == "accepted" == claiming.what:
        return False
    return claiming.identity_checked > place.identity_checked or claiming.handed_over > bool(place.handed_over_on)


def claim_of(place: KeptPlace, claiming: Claiming, *, day: Day, is_later: bool, at: str) -> draw_life.Claim:
    """The claim as it is kept; what is added later leaves the day of the acceptance as it was."""
    handed_over = day if claiming.handed_over and not place.handed_over_on else place.handed_over_on or None
    return draw_life.Claim(
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


def told(made: MadeDraw, place: KeptPlace) -> Phrase:
    """What was recorded, in a sentence."""
    if place.claim == "expired":
        text = "{name}, place {place}: nobody claimed {prize} in time."
        return phrase(text, name=made.kept.name, place=place.place, prize=place.prize)
    text = (
        "{name}, place {place}: {prize} was accepted on {day}."
        if place.claim == "accepted"
        else "{name}, place {place}: {prize} was refused on {day}."
    )
    return phrase(text, name=made.kept.name, place=place.place, prize=place.prize, day=OnDay(place.claimed_on))


def said_of(made: MadeDraw, place: KeptPlace, tax: TaxLine | None) -> Iterator[Phrase]:
    """What is recorded, and what the tax table says."""
    yield told(made, place)
    if place.claim != "accepted":
        return
    if place.handed_over_on:
        yield phrase("It was handed over on {day}.", day=OnDay(place.handed_over_on))
    if not place.identity_checked:
        yield phrase("The winner's identity is not recorded as checked (--identity-checked).")
    if tax:
        yield from tax_said(made, tax)


def tax_said(made: MadeDraw, tax: TaxLine) -> Iterator[Phrase]:
    """The tax of a prize: the amount where the table has one, the rule, where and when it was read."""
    if tax.figure is not None:
        yield phrase("Tax on this prize: {amount}", amount=Money(tax.figure, made.rules.currency, made.rules.digits))
    yield phrase("{rule} ({source}, read on {day})", rule=tax.text, source=tax.source, day=tax.as_of)


def said_of_redraw(made: MadeDraw, place: KeptPlace, shop: Shop) -> Iterator[Phrase]:
    """After a place was given up: who can have it, and how."""
    if place.claim == "accepted":
        return
    name = made.kept.name
    yield phrase('The next reserve: loyalty draw redraw "{name}" {place}', name=name, place=place.place)
    if made.rules.source.kind in {"", "drand quicknet"} and made.rules.method in {"prizedraw/1", "vrs"}:
        number = first_round_after(QUICKNET, int(shop.now.timestamp()))
        yield phrase("Or drawn afresh from drand round {round} (--fresh).", round=str(number))


def data_of(made: MadeDraw, place: KeptPlace, tax: TaxLine | None) -> dict[str, object]:
    """The claim for scripts."""
    deadline = made.deadline(place)
    return {
        "draw": made.kept.name,
        "place": place.place,
        "prize": place.prize,
        "claim": place.claim,
        "on": iso(place.claimed_on),
        "identity_checked": bool(place.identity_checked),
        "handed_over_on": iso(place.handed_over_on) if place.handed_over_on else None,
        "claim_until": iso(deadline) if deadline is not None else None,
        "worth": made.worth(place),
        "tax": tax.figure if tax else None,
    }
