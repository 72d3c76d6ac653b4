"""Rewards that only so many get: after the replay, places are given to the claims that wait, until nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.gifts import gifts_gone_otherwise
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.ledger.places import settle_places

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.ledger.books import Books
    from loyalty_cli.operations.ledger.books import Posted

# What a place gives may bring a claim to another place; a longer chain of them goes on in the next run.
ROUNDS = 20
TEXTS = {
    "reward": "The reward {name} has been given {count} times, the last one on {day}: its limit is reached.",
    "gift": "All {count} of the gift {name} are promised, the last one on {day}.",
}


def give_places(books: Books, posted: Posted) -> list[Phrase]:
    """Give the places that are free and replay who got one; what to say of the limits that were reached by it."""
    plan = books.plan
    reached: dict[str, Day] = {}
    # Each reward with the limits it stands under: its own, and those of its gifts.
    limits = {
        name: [*([f"reward:{name}"] if limit.in_all else []), *(f"gift:{gift}" for gift in limit.gifts)]
        for name, limit in plan.limits.items()
    }
    room = {f"reward:{name}": limit.in_all or 0 for name, limit in plan.limits.items()}
    room |= {f"gift:{gift}": left for gift, left in stock_for_rewards(books).items()} if limits else {}
    for _ in range(ROUNDS if limits else 0):
        settled = settle_places(books.connection, limits, room, books.at)
        reached |= settled.full
        if not settled.members:
            break
        mark_due(books.connection, [(member, 0) for member in settled.members])
        posted.add(books.bring_up_to_date())
    return [phrase(TEXTS[kind], name=name, count=room[f"{kind}:{name}"], day=OnDay(day)) for kind, name, day in by_name(reached)]


def by_name(reached: dict[str, Day]) -> list[tuple[str, str, Day]]:
    """The limits that were reached, each with what it is of."""
    return sorted((*limit.split(":", 1), day) for limit, day in reached.items())  # type: ignore[misc]


def stock_for_rewards(books: Books) -> dict[str, int]:
    """How many of each counted gift rewards may give in all: those that have come in, less what went otherwise."""
    otherwise = gifts_gone_otherwise(books.connection)
    came = {name: gift.came_by(books.until) for name, gift in books.plan.gifts.items()}
    return {name: pieces - otherwise[name] for name, pieces in came.items() if pieces is not None}
