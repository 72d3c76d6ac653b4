"""The minutes of a draw: everything they are made from, read from the shop and from the tables of its country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.countries.draw_law import formalities
from loyalty_cli.countries.prize_tax import tax_in_draw
from loyalty_cli.draws.papers.minutes import document_of
from loyalty_cli.draws.papers.minutes import Minutes
from loyalty_cli.draws.proof.claims import read_claim
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.operations.draws.rules import draw_rules
from loyalty_cli.operations.draws.state import made_draw
from loyalty_cli.operations.shop_language import shop_facts
from loyalty_cli.store.draws import life as draw_life
from loyalty_cli.store.draws.openings import opening_of
from loyalty_cli.store.draws.voids import voids_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.draws.kept import MadeDraw
    from loyalty_cli.model.shown.document import Document
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """The minutes, and what the command says about them."""

    outcome: Outcome
    document: Document


def draw_protocol(shop: Shop, name: str, *, program: str = "loyalty") -> Protocol:
    """The minutes of a draw that was made; `program` is this program with its release."""
    with shop.reading() as connection:
        made = made_draw(connection, name)
        country = made.rules.formalities.country
        minutes = Minutes(
            made=made,
            claim=read_claim(made.kept.proof) if made.kept.proof else None,
            opening=opening_of(connection, made.kept.name),
            voids=voids_of(connection, made.kept.id),
            redraws=draw_life.redraws(connection, made.kept.id),
            shop=shop_facts(shop, connection),
            program=program,
            commission=commission_of(connection, made),
            law=formalities(country, made.rules.purpose, made.day),
            taxes={name: tax for name, worth in made.rules.worth if (tax := tax_in_draw(made.rules, worth, on=made.day))},
        )
    data = {"draw": made.kept.name, "seed": made.kept.seed, "run_at": made.kept.run_at, "places": len(made.places)}
    return Protocol(
        outcome=Outcome(data=data, language=minutes.shop.language),
        document=document_of(minutes),
    )


def commission_of(connection: Connection, made: MadeDraw) -> Sequence[str]:
    """Who watches over the draw: their names stand in the program alone, for rules.txt is published."""
    try:
        return draw_rules(connection, made.kept.name).formalities.commission
    except LoyaltyError:
        return ()
