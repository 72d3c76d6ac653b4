"""Strike tickets out between the close of a draw and its run: late returns, blocks. Numbers never shift."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import get_args
from typing import TYPE_CHECKING

from loyalty_cli.draws.kept import facts_of
from loyalty_cli.draws.papers.poster import hashes_said
from loyalty_cli.draws.proof.draw import sha256_of
from loyalty_cli.draws.proof.facts import read_rules
from loyalty_cli.draws.proof.files import void_txt
from loyalty_cli.draws.striking import late_returns
from loyalty_cli.draws.striking import tickets_of_card
from loyalty_cli.model.draw import VoidCode
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.kept_draw import Void
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.draws.close import refuse_other_rules
from loyalty_cli.operations.draws.ready import open_said
from loyalty_cli.operations.draws.rules import as_opened
from loyalty_cli.operations.draws.rules import draw_rules
from loyalty_cli.operations.draws.state import folder_of
from loyalty_cli.operations.draws.state import kept_draw
from loyalty_cli.operations.draws.state import publish_void
from loyalty_cli.operations.draws.state import restore_frozen_files
from loyalty_cli.operations.draws.tickets import entrant_with
from loyalty_cli.store.draws import draws
from loyalty_cli.store.draws.entrants import find_holders
from loyalty_cli.store.draws.voids import add_voids
from loyalty_cli.store.draws.voids import keep_void_hash
from loyalty_cli.store.draws.voids import tickets_lost
from loyalty_cli.store.draws.voids import voids_of
from loyalty_cli.store.settings import at_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.draws.striking import Struck
    from loyalty_cli.model.kept_draw import KeptDraw
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def draw_void(shop: Shop, name: str, what: Struck, *, by: str = "", dry_run: bool = False) -> Outcome:
    """Strike tickets out and publish void.txt anew with its hash; what is struck out already stays so."""
    if what.code not in get_args(VoidCode):
        raise LoyaltyError(
            "{code} is not a reason that can be published.",
            hint=phrase("Write one of: {names}.", names=", ".join(get_args(VoidCode))),
            code=what.code,
        )
    with shop.changing(dry_run=dry_run) as connection:
        kept = kept_draw(connection, name)
        refuse_late(connection, kept, shop)
        folder = folder_of(shop, kept)
        if not dry_run:
            restore_frozen_files(connection, kept, folder)
        voids = voids_of(connection, kept.id)
        meant = lost_since_the_close(connection, kept, voids, shop) if what.late_returns else tickets_meant(connection, kept, what, voids)
        tickets = [ticket for ticket in meant if ticket not in {void.ticket for void in voids}]
        today = draws.today(connection, shop.now)
        warnings = open_said(connection, draw_rules(connection, name), today) if what.late_returns else ()
        if not tickets:
            said = phrase("These tickets are struck out already; nothing was changed.")
            if what.late_returns:
                said = phrase("Nobody has lost tickets of {name} that are not struck out already.", name=name)
            return Outcome(said=[said], data=data_of(kept, ()), warnings=warnings, quiet=True)
        add_voids(connection, kept.id, [Void(ticket, what.code, what.reason, shop.moment, by) for ticket in tickets])
        kept = with_void_hash(connection, kept_draw(connection, name))
        if not dry_run:
            publish_void(folder, facts_of(kept), keep=lambda: draws.keep(connection, shop.moment))
    said = phrase(
        "{name}: {count} ticket is struck out.",
        "{name}: {count} tickets are struck out.",
        name=name,
        count=len(tickets),
    )
    return Outcome(said=[said, *hashes_said(kept)], data=data_of(kept, tickets), warnings=warnings)


def refuse_late(connection: Connection, kept: KeptDraw, shop: Shop) -> None:
    """Nothing is struck out once the number is known, or may be."""
    if kept.run_at is not None:
        at = at_moment(connection, kept.run_at)
        raise Refused("The draw {name} was run on {at}; its tickets stay as they are.", name=kept.name, at=at)
    source = read_rules(kept.rules).source
    if source.at and datetime.fromisoformat(source.at) <= shop.now:
        raise Refused(
            "The number of {name} is known since {at}; its tickets stay as they are.",
            hint=phrase("A prize that its winner may not have is refused when it is claimed: loyalty draw claim"),
            name=kept.name,
            at=at_moment(connection, source.at),
        )


def tickets_meant(connection: Connection, kept: KeptDraw, what: Struck, voids: Sequence[Void]) -> Sequence[int]:
    """The numbers of the tickets; of a card that loses some, the last ones."""
    if (what.ticket is None) == (what.card is None):
        raise LoyaltyError("Name either a ticket by its number or a card.")
    if what.ticket is not None:
        if not 1 <= what.ticket <= kept.tickets:
            raise LoyaltyError("{name} has tickets 1 to {last}.", name=kept.name, last=str(kept.tickets))
        return [what.ticket]
    entrant = entrant_with(connection, kept, what.card or "")
    if entrant is None:
        raise Refused("Card {card} is not among the entrants of {name}.", card=what.card, name=kept.name)
    own = range(entrant.first, entrant.first + entrant.tickets)
    return tickets_of_card(own, what, kept.name, voids)


def with_void_hash(connection: Connection, kept: KeptDraw) -> KeptDraw:
    """The draw with the hash of its new list of void tickets."""
    sha256 = sha256_of(void_txt(facts_of(kept).voided))
    keep_void_hash(connection, kept.id, sha256)
    return replace(kept, void_sha256=sha256)


def data_of(kept: KeptDraw, tickets: Sequence[int]) -> dict[str, object]:
    """What was struck out, for a script."""
    return {
        "draw": kept.name,
        "tickets": list(tickets),
        "void": len([one for one in kept.voided.split(",") if one]),
        "void_sha256": kept.void_sha256,
    }


def lost_since_the_close(connection: Connection, kept: KeptDraw, voids: Sequence[Void], shop: Shop) -> list[int]:
    """The tickets that members have lost since the close."""
    rules = as_opened(connection, draw_rules(connection, kept.name))
    refuse_other_rules(connection, kept, rules)
    find_holders(connection, rules, draws.today(connection, shop.now), moment=kept.closed_at)
    return late_returns(tickets_lost(connection, kept.id), voids)
