"""Rewards that only so many get: after the replay, places are given to the claims that wait, until nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.ledger.places import settle_places

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.ledger.books import Books
    from loyalty_cli.operations.ledger.books import Posted

# What a place gives may bring a claim to another place; a longer chain of them goes on in the next run.
ROUNDS = 20


def give_places(books: Books, posted: Posted) -> list[Phrase]:
    """Give the places that are free and replay who got one; what to say of the limits that were reached by it."""
    limits = books.plan.limits
    reached: dict[str, Day] = {}
    for _ in range(ROUNDS if limits else 0):
        settled = settle_places(books.connection, limits, books.at)
        reached |= settled.full
        if not settled.members:
            break
        mark_due(books.connection, [(member, 0) for member in settled.members])
        posted.add(books.bring_up_to_date())
    return [
        phrase(
            "The reward {name} has been given {count} times, the last one on {day}: its limit is reached.",
            name=name,
            count=limits[name],
            day=OnDay(day),
        )
        for name, day in sorted(reached.items())
    ]
