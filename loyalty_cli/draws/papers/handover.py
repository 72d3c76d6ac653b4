"""The note that shop and winner sign when a prize is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.document import Document
from loyalty_cli.model.shown.document import Fact
from loyalty_cli.model.shown.document import Section
from loyalty_cli.model.shown.document import Signature
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.draws.kept import MadeDraw
    from loyalty_cli.model.kept_draw import KeptPlace
    from loyalty_cli.model.law import TaxLine


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
    yield Fact(label=phrase("Tax rule"), value=tax.rule_said)
