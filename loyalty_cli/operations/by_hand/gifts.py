"""`loyalty gift hand-out | choose` and `loyalty event add`: what is due is handed out or chosen, and what happened is entered."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.facts import EVENT
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.hand import before
from loyalty_cli.operations.by_hand.hand import bring
from loyalty_cli.operations.by_hand.hand import keep
from loyalty_cli.operations.by_hand.hand import made
from loyalty_cli.operations.by_hand.hand_out import AtTheCounter
from loyalty_cli.operations.by_hand.hand_out import choose_gift
from loyalty_cli.operations.by_hand.hand_out import hand_out
from loyalty_cli.operations.by_hand.hand_out import owed_to
from loyalty_cli.operations.coupons.at_the_till import known_store
from loyalty_cli.operations.events_waited_for import nearly_waited_for
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.in_force import adopted_program
from loyalty_cli.operations.member_meant import account_of_card
from loyalty_cli.operations.member_meant import card_typed
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.store.by_hand import save_adjustment
from loyalty_cli.store.members.households import people_of

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop


class AtWill(NamedTuple):
    """Whether a gift is only chosen, else handed out, in which store."""

    choose: bool = False
    store: str | None = None


def gift_move(shop: Shop, card: str, gift: str, asked: Asked, how: AtWill, *, dry_run: bool = False) -> Outcome:
    """Hand a gift out that is due, or note which one the member chooses; only what is due and in stock."""
    with shop.changing(dry_run=dry_run) as connection:
        number = card_typed(connection, card)
        done = asked.begun(shop, connection, "choose" if how.choose else "hand out", card=number, gift=gift)
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        plan, _ = adopted_plan(connection)
        where = AtTheCounter(
            member=owed_to(connection, people_of(connection, account_of_card(connection, number, done.day), done.day), gift),
            gift=gift,
            day=done.day,
            at=done.at,
            key=done.key,
            store=known_store(connection, how.store),
            by=done.by,
            reason=done.reason,
        )
        owed = (choose_gift if how.choose else hand_out)(connection, plan.in_force(done.day), where)
        id_ = keep(connection, done._replace(member=where.member), due_as=owed.due_as if owed else gift)
    line = phrase("{gift} is handed out to card {card}: no. {number}.", gift=gift, card=number, number=id_)
    if how.choose:
        line = phrase("{gift} is chosen for card {card}: no. {number}.", gift=gift, card=number, number=id_)
    data = {"number": id_, "card": number, "gift": gift, "dry_run": dry_run}
    return Outcome(said=[line], data=data)


def event_add(shop: Shop, card: str, event: str, asked: Asked, *, dry_run: bool = False) -> Outcome:
    """Enter something that happened besides buying, for rewards `when: {event: NAME}`."""
    event = event.strip()
    if not event:
        raise LoyaltyError("An event without a name is waited for by nothing.", hint=phrase("Write its name, such as survey."))
    with shop.changing(dry_run=dry_run) as connection:
        number = card_typed(connection, card)
        done = asked.begun(shop, connection, "event", card=number, event=event)
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        done = done._replace(member=member_of_card(connection, number))
        id_ = keep(connection, done, adjustments=[save_adjustment(connection, done, EVENT + event, 1)])
        bring(shop, connection, [(done.member or 0, done.day)])
        program = adopted_program(connection)
    line = phrase("{event} for card {card}: no. {number}.", event=event, card=number, number=id_)
    data = {"number": id_, "card": number, "event": event, "dry_run": dry_run}
    return Outcome(said=[line], warnings=[*nearly_waited_for(program, [event])] if program else [], data=data)
