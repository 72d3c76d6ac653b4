"""Who has how many tickets in a draw and why not; once it is closed, a member's own slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.draws.names import draw_key
from loyalty_cli.draws.names import salt
from loyalty_cli.draws.papers.tickets import tickets_table
from loyalty_cli.draws.proof.facts import read_rules
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.draws.ready import open_said
from loyalty_cli.operations.draws.rules import as_opened
from loyalty_cli.operations.draws.rules import draw_rules
from loyalty_cli.operations.in_force import adopted_program
from loyalty_cli.operations.member_meant import account_of_card
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.reports.standings import waiting_said
from loyalty_cli.store.draws import draws
from loyalty_cli.store.draws import entrants as draw_entrants
from loyalty_cli.store.draws import ranking as draw_ranking
from loyalty_cli.store.draws.preview import tickets_of_members
from loyalty_cli.store.ledger.due import members_due

if TYPE_CHECKING:
    from datetime import datetime

    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.kept_draw import KeptDraw
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.draws.entrants import Entrant
    from loyalty_cli.store.draws.preview import ComesBy


def draw_tickets(shop: Shop, name: str, *, card: str | None = None, everybody: bool = False) -> Outcome:
    """The tickets as they would be frozen now; of a closed draw, what was frozen for one card."""
    with shop.reading() as connection:
        kept = draws.draw_called(connection, name)
        if kept is not None and card:
            return slip(connection, kept, card)
        today = draws.today(connection, shop.now)
        member = account_of_card(connection, card, today) if card else None
        rules = draw_rules(connection, name) if kept else as_opened(connection, draw_rules(connection, name))
        rows = rows_of(connection, rules, shop.now, member=member, everybody=everybody)
        excluded = draw_entrants.left_out(connection)
        still_open = open_said(connection, rules, today) if today > rules.last_day and kept is None else ()
        currency = draws.currency(connection)
        waiting = waiting_said(members_due(connection)) if kept is None and not still_open else []
    to_close = kept is None and member is None
    table = tickets_table(rules, rows, today=today, currency=currency, to_close=to_close)
    return Outcome(
        tables=(table,),
        warnings=[*still_open, *waiting],
        data={"draw": name, "excluded": dict(excluded), "closed": kept is not None},
    )


def rows_of(connection: Connection, rules: DrawRules, now: datetime, *, member: int | None, everybody: bool) -> list[tuple[Cell, ...]]:
    """The preview's rows."""
    today, moment = draws.today(connection, now), now.isoformat(timespec="seconds")
    shown = "coalesce(tickets, 0)"
    if rules.contest:
        draw_ranking.find_scores(connection, rules, today, moment=moment)
        shown = f"CASE WHEN tickets IS NULL THEN '' ELSE {draw_ranking.score_of_a_row(rules)} END"
    else:
        draw_entrants.find_holders(connection, rules, today, moment=moment)
    return tickets_of_members(
        connection,
        (rules.first_day, rules.last_day),
        shown=shown,
        member=member,
        everybody=everybody,
        by=comes_by(connection, rules),
    )


def comes_by(connection: Connection, rules: DrawRules) -> ComesBy:
    """What tickets come by: where it is buying, not having bought is why somebody has none."""
    if rules.by_results:
        return "results"
    program = adopted_program(connection)
    draw = program.draws.get(rules.name) if program else None
    return "purchases" if draw is None or draw.counting != "nothing" else "rewards"


def entrant_with(connection: Connection, kept: KeptDraw, card: str) -> Entrant | None:
    """Who has frozen tickets by a card: its member, else the account for which it counted when the draw's last day was over."""
    own = draw_entrants.entrant_of(connection, kept.id, member_of_card(connection, card))
    account = account_of_card(connection, card, read_rules(kept.rules).last_day)
    return own or draw_entrants.entrant_of(connection, kept.id, account)


def slip(connection: Connection, kept: KeptDraw, card: str) -> Outcome:
    """What a member needs to find the own tickets in the published list."""
    entrant = entrant_with(connection, kept, card)
    if entrant is None:
        raise Refused("Card {card} is not among the entrants of {name}.", card=card, name=kept.name)
    own = f"{salt(draw_key(draws.secret(connection), kept.slug), entrant.member)} {entrant.member}"
    last = entrant.first + entrant.tickets - 1
    return Outcome(
        said=(
            phrase("{name}: the slip of card {card}", name=kept.name, card=card),
            phrase("Number on the list: {pseudonym}", pseudonym=entrant.pseudonym),
            phrase("Tickets: {first} to {last}", first=str(entrant.first), last=str(last)),
            phrase("The list's number is how this begins: {command}", command=f"printf '%s' '{own}' | sha256sum"),
        ),
        data={
            "draw": kept.name,
            "card": card,
            "pseudonym": entrant.pseudonym,
            "first_ticket": entrant.first,
            "last_ticket": last,
            "salted": own,
        },
    )
