"""Late returns: the tickets that members have lost since a draw was closed, so that they can be struck out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.operations.draws.close import refuse_other_rules
from loyalty_cli.operations.draws.opened import as_opened
from loyalty_cli.operations.draws.ready import said_of
from loyalty_cli.operations.draws.rules import draw_rules
from loyalty_cli.operations.draws.rules import stores_with_files
from loyalty_cli.store.draws import draws
from loyalty_cli.store.draws.entrants import find_holders
from loyalty_cli.store.draws.readiness import open_matters
from loyalty_cli.store.draws.voids import tickets_lost
from loyalty_cli.store.draws.voids import voids_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.kept_draw import KeptDraw
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def late_returns(connection: Connection, kept: KeptDraw, shop: Shop) -> list[int]:
    """The last tickets of each member who has fewer now than were frozen, less those struck out as returned before."""
    rules = as_opened(connection, draw_rules(connection, kept.name))
    refuse_other_rules(kept, rules)
    find_holders(connection, rules, draws.today(connection, shop.now), moment=kept.closed_at)
    void = {void.ticket: void.code for void in voids_of(connection, kept.id)}
    found: list[int] = []
    for first, count, lost in tickets_lost(connection, kept.id):
        own = range(first, first + count)
        still = lost - sum(void.get(ticket) == "returned" for ticket in own)
        live = [ticket for ticket in own if ticket not in void]
        found += live[-still:] if still > 0 else ()
    return found


def not_yet_known(connection: Connection, kept: KeptDraw, shop: Shop) -> Sequence[Phrase]:
    """What is still open, so that returns may be missing."""
    rules = draw_rules(connection, kept.name)
    today, stores = draws.today(connection, shop.now), stores_with_files(connection)
    return said_of(open_matters(connection, rules.first_day, rules.last_day, today=today, stores=stores))
