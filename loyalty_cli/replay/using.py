"""Points that are used, and what is given or taken by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.entry import ADJUST
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import Entry
from loyalty_cli.model.entry import REDEEM

if TYPE_CHECKING:
    from loyalty_cli.model.facts import Adjustment
    from loyalty_cli.model.facts import Redemption
    from loyalty_cli.replay.member import Member


def redeem(member: Member, fact: Redemption, entries: list[Entry]) -> None:
    """Points used; what the balance does not hold is a debt."""
    if fact.points:
        lots = member.used_from[fact.id] = member.purses.of(fact.wallet) if fact.wallet else member.lots
        entries.append(Entry(REDEEM, int(Cause.REDEMPTION), fact.id, lots.asset, fact.day, -fact.points))
        if fact.gift:
            entries.append(Entry(REDEEM, int(Cause.REDEMPTION), fact.id, f"gift:{fact.gift}", fact.day, 1))
        given = lots.use(fact.points)
        if member.remembers:
            member.uses[fact.id] = given


def give_by_hand(member: Member, fact: Adjustment, entries: list[Entry]) -> None:
    """Something given or taken by hand."""
    cause = (int(Cause.ADJUSTMENT), fact.id)
    entries.append(Entry(ADJUST, *cause, fact.asset, fact.day, fact.quantity))
    lots = member.purses.of_asset(fact.asset) or member.lots
    if fact.asset == lots.asset and fact.quantity > 0:
        last = member.version.life_of(fact.asset).last_day(fact.day) if fact.last is None else fact.last
        lots.credit(cause, fact.quantity, fact.day, last)
    elif fact.asset == lots.asset:
        lots.use(-fact.quantity)
