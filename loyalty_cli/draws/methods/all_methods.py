"""The methods of drawing: what each takes for its seed, and which tickets follow from it, one after another."""

from __future__ import annotations

import hashlib
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.draws.methods import external
from loyalty_cli.draws.methods import rfc3797
from loyalty_cli.draws.methods import vrs
from loyalty_cli.model.draw import NO_SECRET

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.draws.methods.urn import Urn
    from loyalty_cli.model.draw import Frozen
    from loyalty_cli.model.draw import Pick
    from loyalty_cli.model.draw import Randomness
    from loyalty_cli.model.draw_method import Method


class DrawMethod(NamedTuple):
    """A method: its seed, the tickets that the seed picks, and what a pick follows from, if anybody wants to see.

    `tools` is how the published files that check it are told from those of others. Some methods draw from at most so many
    tickets; some always have a secret, a chain of codes that are used once; of some the numbers are drawn by others, who go
    on until every place is filled.
    """

    seed: Callable[[Frozen, Randomness], str]
    tickets: Callable[[str, Urn], Iterator[int]]
    mark: Callable[[str, Urn, Pick], str] | None = None
    tools: str = ""
    most_tickets: int | None = None
    one_time_codes: bool = False
    drawn_by_others: bool = False


def seed_lines(frozen: Frozen, chance: Randomness) -> tuple[str, ...]:
    """The seven lines that state a draw; for prizedraw/1 the seed binds them, in their order."""
    return frozen.method, frozen.draw, frozen.entries, frozen.void, frozen.rules, chance.public, chance.secret


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


def key_of_draw(_: Frozen, chance: Randomness) -> str:
    """The key string of RFC 3797; ValueError if the public line is none."""
    if not rfc3797.is_key(chance.public):
        raise ValueError(chance.public)
    return rfc3797.with_extra(chance.public, "" if chance.secret == NO_SECRET else chance.secret)


def rank_of_pick(seed: str, urn: Urn, pick: Pick) -> str:
    """The rank of a pick's ticket among those of its entrant, who hold neighbouring numbers."""
    first = pick.ticket
    while first > 1 and urn.entrant_of(first - 1) == pick.entrant:
        first -= 1
    return vrs.rank(seed, vrs.label(pick.entrant, pick.ticket - first + 1))


def numbers_drawn(_: Frozen, chance: Randomness) -> str:
    """The numbers as they were drawn; ValueError if the public line has none."""
    external.numbers_drawn(chance.public)
    return chance.public


METHODS: Mapping[Method, DrawMethod] = {
    "prizedraw/1": DrawMethod(
        seed=lambda frozen, chance: seed_of(seed_lines(frozen, chance)),
        tickets=lambda seed, urn: picked_tickets(seed, urn.tickets),
    ),
    "rfc3797": DrawMethod(
        seed=key_of_draw,
        tickets=lambda seed, urn: rfc3797.selected(seed, urn.tickets),
        mark=lambda seed, _, pick: rfc3797.digest(seed, pick.number - 1),
        tools="_rfc3797",
        most_tickets=rfc3797.LARGEST_POOL,
    ),
    "vrs": DrawMethod(
        seed=lambda _, chance: vrs.round_key(chance.secret, chance.public),
        tickets=lambda seed, urn: vrs.ranked(seed, urn.entrants_in_order, urn.tickets),
        mark=rank_of_pick,
        tools="_vrs",
        one_time_codes=True,
    ),
    "external": DrawMethod(
        seed=numbers_drawn,
        tickets=lambda seed, _: iter(external.numbers_drawn(seed)),
        tools="_external",
        drawn_by_others=True,
    ),
}


def commitment_of(method: Method, secret: str) -> str:
    """What must have been published before for a secret revealed now: its SHA-256."""
    return vrs.commitment_of(secret) if method == "vrs" else hashlib.sha256(secret.encode()).hexdigest()


def commitment_to(method: Method, kept: str) -> str:
    """What a shop publishes for a secret that it keeps until the draw."""
    return vrs.code_of_round(kept, 0) if method == "vrs" else commitment_of(method, kept)


def revealed(method: Method, kept: str, *, number: int = 1) -> str:
    """What a shop reveals of the secret it kept, in the draw or where a place is drawn again for the n-th time."""
    return vrs.code_of_round(kept, number) if method == "vrs" else kept
