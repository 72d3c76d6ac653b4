"""What concerns several members: after the replay hand-overs are settled, then places of limited rewards, until nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.gifts import gifts_gone_otherwise
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.ledger.hand_overs import receivers
from loyalty_cli.store.ledger.places import settle_places

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.ledger.books import Books
    from loyalty_cli.operations.ledger.books import Posted

TEXTS = {
    "reward": "The reward {name} has been given {count} times, the last one on {day}: its limit is reached.",
    "gift": "All {count} of the gift {name} are promised, the last one on {day}.",
}


def settle_between_members(books: Books, posted: Posted) -> list[Phrase]:
    """Replay who was handed something over, give the places that are free; what to say of the limits that were reached by it."""
    plan = books.plan
    reached: dict[str, Day] = {}
    # Each reward with the limits it stands under: its own, and those of its gifts.
    limits = {
        name: [*([f"reward:{limit.reward}"] if limit.in_all else []), *(f"gift:{gift}" for gift in limit.gifts)]
        for name, limit in plan.limits.items()
    }
    room = {f"reward:{limit.reward}": limit.in_all for limit in plan.limits.values() if limit.in_all}
    room |= {f"gift:{gift}": left for gift, left in stock_for_rewards(books).items()} if limits else {}
    for _ in range(plan.rounds if plan.tells else 0):
        settle_hand_overs(books, posted)
        settled = settle_places(books.connection, limits, room, books.at)
        reached |= settled.full
        if not settled.members:
            break
        mark_due(books.connection, [(member, 0) for member in settled.members])
        posted.add(books.bring_up_to_date())
    return [phrase(TEXTS[kind], name=name, count=room[f"{kind}:{name}"], day=OnDay(day)) for kind, name, day in by_name(reached)]


def settle_hand_overs(books: Books, posted: Posted) -> None:
    """Whoever was handed something over is replayed, which may hand over more to the next one."""
    before = 0
    while receivers(posted.told[before:]):
        before = len(posted.told)
        posted.add(books.bring_up_to_date())


def by_name(reached: dict[str, Day]) -> list[tuple[str, str, Day]]:
    """The limits that were reached, each with what it is of."""
    return sorted((*limit.split(":", 1), day) for limit, day in reached.items())  # type: ignore[misc]


def stock_for_rewards(books: Books) -> dict[str, int]:
    """How many of each counted gift rewards may give in all: those that have come in, less what went otherwise."""
    otherwise = gifts_gone_otherwise(books.connection)
    came = {name: gift.came_by(books.until) for name, gift in books.plan.gifts.items()}
    return {name: pieces - otherwise[name] for name, pieces in came.items() if pieces is not None}
