"""Drawing by lot, method prizedraw/1: Ronald Rivest's sampler over a frozen file of tickets.

Pick i is ticket 1 + SHA-256(seed + "," + i) mod N (people.csail.mit.edu/rivest/sampler.py).
N never shrinks: a pick that can not win is passed over with its reason: sha256sum and bc are enough to check.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.model.draw import DrawResult
from loyalty_cli.model.draw import Frozen
from loyalty_cli.model.draw import METHOD
from loyalty_cli.model.draw import Pick
from loyalty_cli.model.draw import Randomness
from loyalty_cli.model.draw import Winner

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.draw import PickResult
    from loyalty_cli.model.draw import Wins

RESERVE = ""
"""The place of a reserve, where a prize's name would stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Urn:
    """What is drawn from: all ticket numbers from 1, those that are void, and whose a ticket is.

    `entrants` counts those with at least one ticket that is not void.
    """

    tickets: int
    entrants: int
    entrant_of: Callable[[int], str]
    void: frozenset[int] = frozenset()


def seed_lines(frozen: Frozen, chance: Randomness) -> tuple[str, ...]:
    """The seven lines that the seed binds, in their order."""
    return METHOD, frozen.draw, frozen.entries, frozen.void, frozen.rules, chance.public, chance.secret


def seed_of(lines: Iterable[str]) -> str:
    """The seed: SHA-256 of the lines, each ended by a line feed."""
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def picked_tickets(seed: str, total: int) -> Iterator[int]:
    """The ticket numbers that a seed picks out of 1 to total, one after another without end.

    A SHA-256 is so much longer than any number of tickets that the remainder favours none (2 ** -233).
    """
    start = hashlib.sha256(f"{seed},".encode())
    number = 0
    while True:
        number += 1
        pick = start.copy()
        pick.update(b"%d" % number)
        yield 1 + int.from_bytes(pick.digest(), "big") % total


@dataclass(slots=True, kw_only=True)
class Drawing:
    """A draw under way: who has won what so far, and so what the next pick may still win."""

    urn: Urn
    wins: Wins
    winners: set[str] = field(default_factory=set)
    winners_of: dict[str, set[str]] = field(default_factory=dict)
    winning_tickets: set[int] = field(default_factory=set)
    reserves: set[str] = field(default_factory=set)

    def anyone_left(self, place: str) -> bool:
        """Whether any ticket can still win this place; else drawing for it would never end."""
        if place == RESERVE:
            return self.urn.entrants > len(self.winners) + len(self.reserves)
        if self.wins == "any number":
            return self.urn.tickets - len(self.urn.void) > len(self.winning_tickets)
        return self.urn.entrants > len(self.those_out(place))

    def those_out(self, prize: str) -> set[str]:
        """The entrants who may not win this prize any more, whatever their tickets."""
        return self.winners if self.wins == "one prize" else self.winners_of.get(prize, set())

    def result(self, place: str, ticket: int, entrant: str) -> PickResult:
        """What becomes of a pick for this place."""
        if ticket in self.urn.void:
            return "void"
        if place == RESERVE:
            return self.result_for_a_reserve(entrant)
        if self.wins == "any number":
            return "ticket-won" if ticket in self.winning_tickets else "win"
        return "already-won" if entrant in self.those_out(place) else "win"

    def result_for_a_reserve(self, entrant: str) -> PickResult:
        """A reserve is somebody who has won nothing and is no reserve yet, whatever one may win."""
        if entrant in self.winners:
            return "already-won"
        return "already-reserve" if entrant in self.reserves else "reserve"

    def keep(self, pick: Pick) -> None:
        """Remember a pick that won its place."""
        if pick.result == "reserve":
            self.reserves.add(pick.entrant)
            return
        self.winners.add(pick.entrant)
        self.winners_of.setdefault(pick.prize, set()).add(pick.entrant)
        self.winning_tickets.add(pick.ticket)


def places(rules: DrawRules) -> list[str]:
    """Every place to be drawn: the prizes in the order of the rules, each so often, then the reserves."""
    return [prize for prize, count in rules.prizes for _ in range(count)] + [RESERVE] * rules.reserves


def drawn(seed: str, urn: Urn, rules: DrawRules) -> DrawResult:
    """Draw every place, in one sequence of picks; a place that nobody is left for stays empty."""
    under_way = Drawing(urn=urn, wins=rules.wins)
    tickets = picked_tickets(seed, urn.tickets)
    picks: list[Pick] = []
    empty: Counter[str] = Counter()
    for place in places(rules):
        if under_way.anyone_left(place):
            picks.extend(picks_until_won(place, under_way, tickets, after=len(picks)))
            under_way.keep(picks[-1])
        elif place != RESERVE:
            empty[place] += 1
    return DrawResult(seed=seed, picks=picks, winners=winners_among(picks), empty=tuple(empty.items()))


def picks_until_won(place: str, under_way: Drawing, tickets: Iterator[int], *, after: int) -> Iterator[Pick]:
    """The picks for one place: those passed over, then the one that wins it."""
    for number, ticket in enumerate(tickets, after + 1):
        entrant = under_way.urn.entrant_of(ticket)
        result = under_way.result(place, ticket, entrant)
        yield Pick(number, ticket, entrant, result, place)
        if result in {"win", "reserve"}:
            return


def winners_among(picks: Sequence[Pick]) -> list[Winner]:
    """The places in the order they were won, reserves after winners as they were drawn."""
    won = [pick for pick in picks if pick.result in {"win", "reserve"}]
    return [
        Winner(place, pick.prize, pick.result == "reserve", pick.entrant, pick.ticket, pick.number)
        for place, pick in enumerate(won, 1)
    ]
