"""What is said when a prize was claimed, given up or has gone to somebody else; and the note to sign when it is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.draws.numbers.drand import first_round_after
from loyalty_cli.draws.numbers.drand import QUICKNET
from loyalty_cli.model.days import iso
from loyalty_cli.model.shown.document import Document
from loyalty_cli.model.shown.document import Fact
from loyalty_cli.model.shown.document import Section
from loyalty_cli.model.shown.document import Signature
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from loyalty_cli.draws.kept import MadeDraw
    from loyalty_cli.model.kept_draw import KeptPlace
    from loyalty_cli.model.kept_draw import Redraw
    from loyalty_cli.model.law import TaxLine
    from loyalty_cli.model.shown.phrase import Phrase


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
        if tax.figure is not None:
            yield phrase("Tax on this prize: {amount}", amount=made.money(tax.figure))
        if tax.covering:
            yield phrase("Money to add for the winner to pay it from: {amount}", amount=made.money(tax.covering))
        yield tax.rule_said


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


def said_of_redraw(made: MadeDraw, place: KeptPlace, now: datetime) -> Iterator[Phrase]:
    """After a place was given up: who can have it, and how."""
    if place.claim == "accepted":
        return
    name = made.kept.name
    yield phrase('The next reserve: loyalty draw redraw "{name}" {place}', name=name, place=place.place)
    if made.rules.source.kind in {"", "drand quicknet"} and made.rules.method in {"prizedraw/1", "vrs"}:
        number = first_round_after(QUICKNET, int(now.timestamp()))
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
        "tax_to_add": tax.covering if tax else None,
    }


def passed_on(made: MadeDraw, redraw: Redraw, proof: str, language: str) -> Outcome:
    """Who has the prize now, and until when it can be claimed."""
    new = made.place(redraw.new_place)
    deadline = made.deadline(new)
    said = [
        phrase(
            "{prize} goes from place {place} to place {other}: {who}, ticket {ticket}.",
            prize=new.prize,
            place=redraw.place,
            other=new.place,
            who=" ".join(part for part in (new.card, new.name) if part) or new.pseudonym,
            ticket=new.ticket,
        )
    ]
    if redraw.proof:
        said.append(phrase("The proof of this draw: {file}", file=proof))
    if deadline is not None:
        said.append(phrase("It can be claimed until {day}.", day=OnDay(deadline)))
    data = {
        "draw": made.kept.name,
        "place": redraw.place,
        "new_place": new.place,
        "prize": new.prize,
        "pseudonym": new.pseudonym,
        "ticket": new.ticket,
        "fresh": bool(redraw.proof),
        "claim_until": iso(deadline) if deadline is not None else None,
    }
    return Outcome(said=said, data=data, language=language)


def handover_note(made: MadeDraw, place: KeptPlace, *, tax: TaxLine | None, shop_name: str) -> Document:
    """The note of an accepted prize."""
    said = made.rules.formalities
    handed_over = OnDay(place.handed_over_on) if place.handed_over_on else None
    return Document(
        name="handover",
        title=phrase("Handover of a prize"),
        under=phrase("{draw}, place {place}", draw=made.kept.name, place=place.place),
        sections=[
            Section(heading=phrase("The prize"), facts=[*prize_facts(made, place), *tax_facts(made, tax)]),
            Section(
                heading=phrase("The winner"),
                facts=[
                    Fact(label=phrase("Name"), value=place.name or None),
                    Fact(label=phrase("Card"), value=place.card or None, exact=True),
                    Fact(label=phrase("Number on the list"), value=place.pseudonym, exact=True),
                    Fact(label=phrase("Ticket"), value=place.ticket),
                    Fact(label=phrase("Address"), value=None),
                    Fact(label=phrase("Identity checked"), value=bool(place.identity_checked)),
                    Fact(label=phrase("Document shown"), value=None),
                ],
            ),
            Section(
                heading=phrase("Handover"),
                sentences=[phrase("The winner has received the prize in good order and has no further claim to it.")],
                facts=[
                    Fact(label=phrase("Accepted on"), value=OnDay(place.claimed_on)),
                    Fact(label=phrase("Handed over on"), value=handed_over),
                    Fact(label=phrase("Handed over by"), value=place.claimed_by or None),
                ],
            ),
        ],
        signatures=[
            Signature(role=phrase("For the organiser"), name=said.organiser or shop_name),
            Signature(role=phrase("The winner"), name=place.name),
        ],
    )


def prize_facts(made: MadeDraw, place: KeptPlace) -> Iterator[Fact]:
    """What was won, where, when and from whom."""
    said = made.rules.formalities
    worth = made.worth(place)
    yield Fact(label=phrase("Prize"), value=place.prize)
    if worth is not None:
        yield Fact(label=phrase("Worth"), value=made.money(worth))
    yield Fact(label=phrase("Draw"), value=made.kept.name)
    yield Fact(label=phrase("Drawn on"), value=OnDay(place.since_day or made.day))
    if said.organiser:
        yield Fact(label=phrase("Organiser"), value=said.organiser)
    if said.permit:
        yield Fact(label=phrase("Permit"), value=said.permit)


def tax_facts(made: MadeDraw, tax: TaxLine | None) -> Iterator[Fact]:
    """The tax on the prize; a rule whose figure could not be confirmed says so by itself."""
    if tax is None:
        return
    if tax.figure is not None:
        yield Fact(label=phrase("Tax on this prize"), value=made.money(tax.figure))
    if tax.covering:
        yield Fact(label=phrase("Money to add for the tax"), value=made.money(tax.covering))
    yield Fact(label=phrase("Tax rule"), value=tax.rule_said)
