"""Drawing by lot: who wins which place out of the tickets that a method picks, one after another.

The default method is Ronald Rivest's sampler over a frozen file of tickets (people.csail.mit.edu/rivest/sampler.py).
The number of tickets never shrinks: a pick that can not win is passed over with its reason.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.draws.methods.all_methods import METHODS
from loyalty_cli.draws.methods.all_methods import picked_tickets
from loyalty_cli.draws.methods.all_methods import seed_lines
from loyalty_cli.draws.methods.all_methods import seed_of
from loyalty_cli.model.draw import DrawResult
from loyalty_cli.model.draw import Pick
from loyalty_cli.model.draw import Winner

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.draws.methods.urn import Urn
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.draw import PickResult
    from loyalty_cli.model.draw import Wins

__all__ = ["RESERVE", "Earlier", "drawn", "picked_tickets", "places", "seed_lines", "seed_of"]

RESERVE = ""
"""The place of a reserve, where a prize's name would stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What was won before this draw: a later one for a single place passes over those.

    `out` are entrants who can win nothing here, because they gave the place up or moved up to another.
    """

    winners: Sequence[Winner] = ()
    out: frozenset[str] = frozenset()


@dataclass(slots=True, kw_only=True)
class Drawing:
    """A draw under way: who has won what so far, and so what the next pick may still win."""

    urn: Urn
    wins: Wins
    out: frozenset[str] = frozenset()
    winners: set[str] = field(default_factory=set)
    winners_of: dict[str, set[str]] = field(default_factory=dict)
    winning_tickets: set[int] = field(default_factory=set)
    reserves: set[str] = field(default_factory=set)

    def anyone_left(self, place: str) -> bool:
        """Whether any ticket can still win this place; else drawing for it would never end."""
        if place == RESERVE:
            return self.urn.entrants > len(self.winners) + len(self.reserves)
        if self.wins == "any number" and not self.out:
            return self.urn.tickets - len(self.urn.void) > len(self.winning_tickets)
        if self.wins == "any number":
            return any(self.result(place, ticket, owner) == "win" for ticket, owner in self.all_tickets())
        return self.urn.entrants > len(self.those_out(place))

    def all_tickets(self) -> Iterable[tuple[int, str]]:
        """Every ticket with its owner."""
        return enumerate(self.urn.entrants_in_order(), 1)

    def those_out(self, prize: str) -> set[str]:
        """The entrants who may not win this prize any more, whatever their tickets."""
        won = self.winners if self.wins == "one prize" else self.winners_of.get(prize, set())
        return won | self.out if self.out else won

    def result(self, place: str, ticket: int, entrant: str) -> PickResult:
        """What becomes of a pick for this place."""
        if not 1 <= ticket <= self.urn.tickets:
            return "no-ticket"
        if ticket in self.urn.void:
            return "void"
        if place == RESERVE:
            return self.result_for_a_reserve(entrant)
        if self.wins == "any number":
            return "ticket-won" if ticket in self.winning_tickets else "already-won" if entrant in self.out else "win"
        return "already-won" if entrant in self.those_out(place) else "win"

    def result_for_a_reserve(self, entrant: str) -> PickResult:
        """A reserve is somebody who has won nothing and is no reserve yet, whatever one may win."""
        if entrant in self.winners:
            return "already-won"
        return "already-reserve" if entrant in self.reserves else "reserve"

    def keep(self, entrant: str, prize: str, ticket: int, *, reserve: bool) -> None:
        """Remember who won a place."""
        if reserve:
            self.reserves.add(entrant)
            return
        self.winners.add(entrant)
        self.winners_of.setdefault(prize, set()).add(entrant)
        self.winning_tickets.add(ticket)


def places(rules: DrawRules) -> list[str]:
    """Every place to be drawn: the prizes in the order of the rules, each so often, then the reserves."""
    return [prize for prize, count in rules.prizes for _ in range(count)] + [RESERVE] * rules.reserves


def drawn(seed: str, urn: Urn, rules: DrawRules, *, earlier: Earlier | None = None) -> DrawResult:
    """Draw every place, in one sequence of picks; a place that nobody is left for stays empty."""
    under_way = begun(urn, rules, earlier or Earlier())
    method = METHODS[rules.method]
    tickets = method.tickets(seed, urn)
    picks: list[Pick] = []
    empty: Counter[str] = Counter()
    ended = False
    for place in places(rules):
        won = None
        if not ended and under_way.anyone_left(place):
            won = pick_for(place, under_way, tickets, picks)
            ended = won is None
        if won is None and place != RESERVE:
            empty[place] += 1
    return DrawResult(
        seed=seed,
        picks=picks,
        winners=winners_among(picks),
        empty=tuple(empty.items()),
        marks=[method.mark(seed, urn, pick) for pick in picks] if method.mark else (),
        ended=ended,
    )


def begun(urn: Urn, rules: DrawRules, earlier: Earlier) -> Drawing:
    """A draw before its first pick, with what was won before."""
    under_way = Drawing(urn=urn, wins=rules.wins, out=earlier.out)
    for winner in earlier.winners:
        under_way.keep(winner.entrant, winner.prize, winner.ticket, reserve=False)
    return under_way


def pick_for(place: str, under_way: Drawing, tickets: Iterator[int], picks: list[Pick]) -> Pick | None:
    """Pick for one place: note those passed over, then the one that wins it; None if the numbers end before."""
    urn = under_way.urn
    for ticket in tickets:
        entrant = urn.entrant_of(ticket) if 1 <= ticket <= urn.tickets else ""
        result = under_way.result(place, ticket, entrant)
        pick = Pick(len(picks) + 1, ticket, entrant, result, place)
        picks.append(pick)
        if result in {"win", "reserve"}:
            under_way.keep(entrant, place, ticket, reserve=result == "reserve")
            return pick
    return None


def winners_among(picks: Sequence[Pick]) -> list[Winner]:
    """The places in the order they were won, reserves after winners as they were drawn."""
    won = [pick for pick in picks if pick.result in {"win", "reserve"}]
    return [
        Winner(place, pick.prize, pick.result == "reserve", pick.entrant, pick.ticket, pick.number) for place, pick in enumerate(won, 1)
    ]
