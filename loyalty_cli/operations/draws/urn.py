"""From the frozen files of a draw to what its picks are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.draws.methods.prizedraw import places
from loyalty_cli.draws.methods.urn import Urn
from loyalty_cli.draws.proof.files import read_void

if TYPE_CHECKING:
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.reading.csv.tickets import TicketFile


def urn_of(tickets: TicketFile, void_text: str, rules: DrawRules, *, later: int = 0) -> Urn:
    """The urn of a file of tickets; ValueError if the void list does not fit it.

    Entrants are counted only until there are enough for every place, and for `later` places that are drawn again;
    for a file may hold millions.
    """
    void = read_void(void_text)
    if void and max(void) > tickets.tickets:
        raise ValueError(max(void))
    entrants = tickets.entrants(void=void, enough=len(places(rules)) + later)
    return Urn(tickets=tickets.tickets, entrants=entrants, entrant_of=tickets.entrant_of, void=void)
