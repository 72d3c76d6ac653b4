"""A gift that is due is chosen, handed out, or taken back by hand; each inside a caller's transaction.

A command opens the transaction, finds the member, and calls one of these with where and when it happens. What is not due,
not among the choice, or no longer in stock is refused, and nothing changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Refused
from loyalty_cli.store.gifts import GiftMove
from loyalty_cli.store.gifts import gifts_owed
from loyalty_cli.store.gifts import gifts_promised
from loyalty_cli.store.gifts import last_cost
from loyalty_cli.store.gifts import move_made
from loyalty_cli.store.gifts import save_gift_move

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.gifts import GiftOwed
    from loyalty_cli.store.gifts import What


@dataclass(frozen=True, slots=True, kw_only=True)
class AtTheCounter:
    """Who gets which gift where and when; `key` makes a repeated request do nothing."""

    member: int
    gift: str
    day: Day
    at: str
    key: str
    clock: int = 0
    store: int | None = None
    by: str = ""
    reason: str = ""

    def move(self, due_as: str, what: What, *, gift: str = "", cost: int = 0) -> GiftMove:
        """What happens here to a gift that was due; `gift` only where it is another."""
        key = f"{what}|{self.key}"
        place = (self.day, self.clock, self.store, self.at, self.by, self.reason)
        return GiftMove(self.member, due_as, gift or self.gift, what, cost, *place, key)


def choose_gift(connection: Connection, program: Program, where: AtTheCounter) -> GiftOwed:
    """The member chooses one of several gifts; a choice that was not handed out yet is replaced. What it was chosen of."""
    choices = [each for each in open_gifts(connection, where) if len(each.names) > 1]
    if not choices:
        raise not_due(connection, where)
    choice = max(choices, key=lambda each: each.due - each.chosen.total())
    choose_of(connection, program, where, choice)
    return choice


def hand_out(connection: Connection, program: Program, where: AtTheCounter) -> GiftOwed | None:
    """Hand a gift out that is due, chosen before or just now; what it was due as. None if this request was made before."""
    if move_made(connection, where.move("", "handed out").key):
        return None
    owed = open_gifts(connection, where)
    if not owed:
        raise not_due(connection, where)
    # What is due as this gift alone goes before a choice, and a choice of this gift before another one.
    first = min(owed, key=lambda each: (len(each.names) > 1, not each.waiting(where.gift)))
    if len(first.names) > 1 and not first.waiting(where.gift):
        choose_of(connection, program, where, first)
    gift = program.gifts.get(where.gift)
    save_gift_move(connection, where.move(first.due_as, "handed out", cost=gift.costs if gift else 0))
    return first


def bring_back(connection: Connection, where: AtTheCounter) -> GiftOwed:
    """A gift that was handed out is taken back by hand: first what is not due any more, else it can be handed out again."""
    out = [each for each in gifts_owed(connection, where.member) if each.handed_out[where.gift] > 0]
    if not out:
        raise Refused("No gift {gift} was handed out to this card.", gift=where.gift)
    first = min(out, key=lambda each: each.open)
    cost = last_cost(connection, where.member, where.gift)
    save_gift_move(connection, where.move(first.due_as, "brought back", cost=cost))
    return first


def open_gifts(connection: Connection, where: AtTheCounter) -> list[GiftOwed]:
    """What of a gift, alone or among others, can be handed out to a member."""
    return [each for each in gifts_owed(connection, where.member) if each.open > 0 and where.gift in each.names]


def choose_of(connection: Connection, program: Program, where: AtTheCounter, choice: GiftOwed) -> None:
    """Choose a gift of several, instead of another one where nothing is left to choose; only what is in stock."""
    if choice.waiting(where.gift) and choice.chosen.total() >= choice.due:
        return  # this is what was chosen already
    gift = program.gifts.get(where.gift)
    came = gift.came_by(where.day) if gift else None
    if came is not None and gifts_promised(connection, where.gift) >= came:
        raise Refused("There is no {gift} left: all {count} are promised or handed out.", gift=where.gift, count=came)
    if choice.chosen.total() >= choice.due:
        other = next(name for name in choice.names if choice.waiting(name))
        save_gift_move(connection, where.move(choice.due_as, "no longer chosen", gift=other))
    save_gift_move(connection, where.move(choice.due_as, "chosen"))


def owed_to(connection: Connection, members: Sequence[int], gift: str) -> int:
    """Who of those that share an account is due a gift; the first of them if nobody is."""
    owed = (member for member in members for each in gifts_owed(connection, member) if each.open > 0 and gift in each.names)
    return next(owed, members[0])


def not_due(connection: Connection, where: AtTheCounter) -> Refused:
    """The refusal of a gift that is not due, with those that are."""
    due = [each.due_as for each in gifts_owed(connection, where.member) if each.open > 0]
    if not due:
        return Refused("No gift is due to this card.")
    return Refused("The gift {gift} is not due to this card. Due: {names}.", gift=where.gift, names=", ".join(due))
