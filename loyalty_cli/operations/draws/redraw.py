"""A place that was given up goes to the next reserve, or is drawn again from a new public number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.draws.proof.redraw import proof_name
from loyalty_cli.model.days import iso
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.kept_draw import Redraw
from loyalty_cli.model.kept_draw import state_of
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.draws.afresh import draw_afresh
from loyalty_cli.operations.draws.afresh import finish_publishing
from loyalty_cli.operations.draws.places import made_draw
from loyalty_cli.operations.draws.state import folder_of
from loyalty_cli.store.draws import draws
from loyalty_cli.store.draws import life as draw_life
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from loyalty_cli.model.draw import Randomness
    from loyalty_cli.model.kept_draw import KeptPlace
    from loyalty_cli.operations.draws.places import MadeDraw
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def draw_redraw(shop: Shop, name: str, place: int, *, chance: Randomness | None = None, by: str = "") -> Outcome:
    """Give a place to the next reserve; with a new number, draw it again and publish the proof of that."""
    with shop.changing() as connection:
        made = made_draw(connection, name)
        one = made.place(place)
        recorded = next((each for each in draw_life.redraws(connection, made.kept.id) if each.place == place), None)
        if recorded is not None and chance is not None and recorded.proof:
            finish_publishing(connection, made, folder_of(shop, made.kept), recorded=recorded, chance=chance)
        else:
            refuse_wrong_state(made, one)
            if chance is None:
                to_the_next_reserve(connection, shop, made, one, by=by)
            else:
                draw_afresh(connection, shop, made, place=one, chance=chance, by=by)
        return shown(connection, shop, made_draw(connection, name), place)


def refuse_wrong_state(made: MadeDraw, place: KeptPlace) -> None:
    """Only a place that its winner gave up is free, and only once."""
    state = state_of(place)
    if state == "passed on":
        raise Refused(
            "The prize of place {place} has gone to place {other} already.", place=place.place, other=place.passed_to
        )
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


def to_the_next_reserve(connection: Connection, shop: Shop, made: MadeDraw, place: KeptPlace, *, by: str) -> None:
    """The prize goes to the first reserve who has none."""
    with_prizes = {one.pseudonym for one in made.places if not one.reserve or one.instead_of}
    reserve = next((one for one in made.places if one.reserve and one.pseudonym not in with_prizes), None)
    if reserve is None:
        raise Refused(
            "{name} has no reserve left.",
            hint=phrase("Draw the place again from a new public number: --fresh"),
            name=made.kept.name,
        )
    redraw = Redraw(
        place=place.place,
        new_place=reserve.place,
        prize=place.prize,
        day=draws.today(connection, shop.now),
        at=shop.moment,
        by=by,
    )
    draw_life.save_redraw(connection, made.kept.id, redraw)


def shown(connection: Connection, shop: Shop, made: MadeDraw, place: int) -> Outcome:
    """Who has the prize now, and until when it can be claimed."""
    old = made.place(place)
    new = made.place(old.passed_to)
    redraw = next(each for each in draw_life.redraws(connection, made.kept.id) if each.place == place)
    deadline = made.deadline(new)
    said = [
        phrase(
            "{prize} goes from place {place} to place {other}: {who}, ticket {ticket}.",
            prize=new.prize,
            place=place,
            other=new.place,
            who=" ".join(part for part in (new.card, new.name) if part) or new.pseudonym,
            ticket=new.ticket,
        )
    ]
    if redraw.proof:
        file = str(folder_of(shop, made.kept) / proof_name(redraw.number))
        said.append(phrase("The proof of this draw: {file}", file=file))
    if deadline is not None:
        said.append(phrase("It can be claimed until {day}.", day=OnDay(deadline)))
    data = {
        "draw": made.kept.name,
        "place": place,
        "new_place": new.place,
        "prize": new.prize,
        "pseudonym": new.pseudonym,
        "ticket": new.ticket,
        "fresh": bool(redraw.proof),
        "claim_until": iso(deadline) if deadline is not None else None,
    }
    return Outcome(said=said, data=data, language=settings(connection).get("language", ""))
