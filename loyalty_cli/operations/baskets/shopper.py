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
    known = member.known
    return Shopper(
        moment=Moment(day, clock, store, member.tier, member.groups_on(day), known.birthday, cards=known.cards),
        spent=member.spent,
        visits=member.visits,
        joined=known.joined or member.version.program.starts,
        by_day=tuple(member.by_day.items()),
        points=member.lots.balance,
    )
