"""What is bought together: support, confidence and lift of pairs.

Agrawal, Imielinski and Swami, "Mining Association Rules between Sets of Items in Large Databases", SIGMOD (1993); lift after
Brin, Motwani, Ullman and Tsur, SIGMOD (1997).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from itertools import combinations
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet


class Rule(NamedTuple):
    """Who buys `first` buys `then`: in so many receipts both, `first`, `then`, and of so many in all."""

    first: str
    then: str
    both: int
    of_first: int
    of_then: int
    of_all: int

    @property
    def support(self) -> float:
        """The share of all receipts that have both."""
        return self.both / self.of_all

    @property
    def confidence(self) -> float:
        """The share of the receipts with `first` that have `then`, too."""
        return self.both / self.of_first

    @property
    def lift(self) -> float:
        """How many times likelier `then` is where `first` is; 1 is no connection."""
        return self.both * self.of_all / (self.of_first * self.of_then)


def rules(bought: Iterable[Iterable[str]], *, least: int, most: int) -> list[Rule]:
    """The rules both ways of every pair that at least so many receipts have, among so many kinds that are bought most often.

    `bought` says of each receipt which kinds it has, each of them once. For each kind a bit is kept for each receipt, as in Zaki,
    "Scalable Algorithms for Association Mining" (2000): a pair is then counted by one operation on two long numbers.
    """
    places: dict[str, array[int]] = defaultdict(lambda: array("Q"))
    count = 0
    for count, kinds in enumerate(bought, 1):
        for kind in kinds:
            places[kind].append(count - 1)
    often = sorted((kind for kind, own in places.items() if len(own) >= least), key=lambda kind: (-len(places[kind]), kind))[:most]
    bits = {kind: as_bits(places[kind], count) for kind in often}
    found = []
    for one, other in combinations(often, 2):
        both = (bits[one] & bits[other]).bit_count()
        if both >= least:
            found += [Rule(x, y, both, len(places[x]), len(places[y]), count) for x, y in ((one, other), (other, one))]
    return sorted(found, key=lambda rule: (-rule.lift, rule.first, rule.then))


def as_bits(places: Iterable[int], count: int) -> int:
    """A number with a bit for each place.

    >>> as_bits([0, 3], 4)
    9
    """
    held = bytearray(count // 8 + 1)
    for place in places:
        held[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(held, "little")


def next_of(bought: Mapping[int, AbstractSet[str]], found: Iterable[Rule]) -> dict[int, Rule]:
    """For each member the rule by which they will likeliest buy something new: of the highest confidence, then lift.

    Only rules by which it is likelier than by chance; `bought` says what each member buys. Who buys nothing that tells of anything
    else, or buys everything, has none.
    """
    likely: dict[str, list[Rule]] = defaultdict(list)
    for rule in sorted((rule for rule in found if rule.lift > 1), key=likeliest):
        likely[rule.first].append(rule)
    best = {}
    for member, own in bought.items():
        new = (next((rule for rule in likely[kind] if rule.then not in own), None) for kind in own if kind in likely)
        if first := min(filter(None, new), key=likeliest, default=None):
            best[member] = first
    return best


def likeliest(rule: Rule) -> tuple[float, float, str, str]:
    """The order in which rules are believed."""
    return -rule.confidence, -rule.lift, rule.then, rule.first
