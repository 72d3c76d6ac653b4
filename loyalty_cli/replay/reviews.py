"""Reviews of a member's tier: what is left or ends, and who has kept a tier that a reward is given for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import KEPT
from loyalty_cli.replay.rewards import Now
from loyalty_cli.replay.rewards import reward_asset

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Entry
    from loyalty_cli.replay.member import Member


def review(member: Member, day: Day, entries: list[Entry]) -> None:
    """A review of the tier, or the end of a tier's time; who has kept a tier that counts is told.

    While the cards count for a household's account, whose tier it is that holds, the member's own rests as it was.
    """
    climb = member.climb
    if climb is None:
        return
    rank, rests = climb.rank, member.known.elsewhere and member.known.buys_elsewhere(day)
    if rests and climb.review_on <= day:
        climb.put_off(day)
    if day >= climb.review_on or day >= climb.held_until:
        member.moved(climb.day_is_over(day), entries)
    if day >= member.kept_on:
        if rank and climb.rank == rank and climb.grace_from is None and not rests:
            reward_asset(Now(member, day, entries), KEPT + climb.names[rank], 1)
        look_at_reviews(member, day + 1)


def look_at_reviews(member: Member, day: Day) -> None:
    """Find the next review from a day on, where rewards want to know of it."""
    climb = member.climb if member.version.rewarding.hears_reviews else None
    member.kept_on = climb.window.last_day(day, climb.anchor) if climb else NEVER
