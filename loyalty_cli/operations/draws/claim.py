"""A winner claims a prize or gives it up, or nobody came in time; with a note for the handover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.draws.claiming import adds_to_acceptance
from loyalty_cli.draws.claiming import claim_of
from loyalty_cli.draws.claiming import Claiming
from loyalty_cli.draws.claiming import refuse_wrong_day
from loyalty_cli.draws.claiming import refuse_wrong_handover
from loyalty_cli.draws.claiming import refuse_wrong_state
from loyalty_cli.draws.papers.claimed import data_of
from loyalty_cli.draws.papers.claimed import handover_note
from loyalty_cli.draws.papers.claimed import said_of
from loyalty_cli.draws.papers.claimed import said_of_redraw
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.operations.draws.state import made_draw
from loyalty_cli.operations.draws.state import tax_of
from loyalty_cli.operations.shop_language import shop_facts
from loyalty_cli.store.draws import draws
from loyalty_cli.store.draws import life as draw_life

if TYPE_CHECKING:
    from loyalty_cli.model.shown.document import Document
    from loyalty_cli.operations.open_shop import Shop


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
        facts = shop_facts(shop, connection)
        note = handover_note(made, one, tax=tax, shop_name=facts.program) if one.claim == "accepted" else None
        outcome = Outcome(
            said=[*said_of(made, one, tax), *said_of_redraw(made, one, shop.now)],
            data=data_of(made, one, tax),
            quiet=not is_new,
            language=facts.language,
        )
        return Claimed(outcome=outcome, note=note)
