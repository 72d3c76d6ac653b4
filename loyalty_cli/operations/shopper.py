"""A replayed member as somebody who stands at the till."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.baskets.basket import Shopper
from loyalty_cli.rules.only import Moment

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.member import Member


def shopper_of(member: Member, day: Day, clock: int, store: str) -> Shopper:
    """The member on a day and at a time, in a store."""
    return Shopper(
        moment=member.moment_of(day)._replace(clock=clock, store=store),
        spent=member.spent,
        visits=member.visits,
        joined=member.anchor,
        by_day=tuple(member.by_day.items()),
        points=member.lots.balance,
    )


def nobody_of(day: Day, clock: int, store: str) -> Shopper:
    """Who shows no card, on a day and at a time, in a store."""
    return Shopper(moment=Moment(day, clock, store, "", frozenset(), None), nobody=True)
