"""The places of rewards that only so many get: who has one, and who has a claim and is waiting for one.

A place is promised once and goes only with its claim. Claims are what members tell (see hand_overs), so a late file or a return
changes them like everything else.
"""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Told
    from loyalty_cli.model.facts import Place
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.block import Block

OF_BLOCK = """
SELECT p.member_id, p.reward, p.cause, p.cause_id FROM temp.work w CROSS JOIN place p ON p.member_id = w.member_id
WHERE w.member_id BETWEEN :first AND :last
"""
# The claims that stand, in the order of their day, time, store and receipt. What was no single receipt comes before them,
# and goes by the member's first card: numbers of rows would depend on the order in which files came.
CLAIMS = """
SELECT h.reward, h.from_id, h.cause, h.cause_id, min(h.day) AS day, sum(h.times)
FROM hand_over h LEFT JOIN receipt t ON h.cause = 1 AND t.id = h.cause_id LEFT JOIN store s ON s.id = t.store_id
WHERE h.to_id IS NULL
GROUP BY h.from_id, h.reward, h.cause, h.cause_id HAVING sum(h.times) > 0
ORDER BY day, coalesce(t.clock, -1), s.name, length(t.number), t.number, (SELECT min(number) FROM card WHERE member_id = h.from_id),
  iif(h.cause = 8, (SELECT key FROM adjustment WHERE id = h.cause_id), ''), h.cause_id
"""
# Who is erased keeps a place, and gets none any more.
ERASED = "SELECT member_id FROM by_hand WHERE what = 'erase'"
PLACES = "SELECT id, ended, reward, member_id, cause, cause_id FROM place ORDER BY id"


class Claim(NamedTuple):
    """What somebody has reached of a reward, for a cause."""

    reward: str
    member: int
    cause: int
    cause_id: int


class Under(NamedTuple):
    """A limit that a reward stands under, and how much of it one takes: a place or a gift, or money by the day it holds from."""

    limit: str
    takes: tuple[tuple[Day, int], ...] = ((0, 1),)

    def taken(self, day: Day, times: int) -> int:
        """What so many of a day take."""
        return times * [much for from_day, much in self.takes if from_day <= day][-1]


class Taken:
    """How much of each limit is taken, through which day, and which members wait for it."""

    def __init__(self, limits: Mapping[str, Sequence[Under]], room: Mapping[str, int]) -> None:
        self.limits = limits
        self.room = room
        self.taken: Counter[str] = Counter()
        self.last: dict[str, Day] = {}
        self.waiting: defaultdict[str, set[int]] = defaultdict(set)

    def take(self, reward: str, day: Day, times: int) -> None:
        """A claim has a place."""
        for under in self.limits.get(reward, ()):
            self.taken[under.limit] += under.taken(day, times)
            self.last[under.limit] = max(day, self.last.get(under.limit, day))

    def fits(self, reward: str, member: int, day: Day, times: int) -> bool:
        """Whether there is room for a claim; where there was none for an earlier one, none overtakes it."""
        full = [
            under.limit
            for under in self.limits[reward]
            if self.waiting.get(under.limit) or self.taken[under.limit] + under.taken(day, times) > self.room[under.limit]
        ]
        for limit in full:
            self.waiting[limit].add(member)
        return not full

    def places_got(self, claims: Iterable[Told]) -> frozenset[Place]:
        """The places that a member's claims get, in the order in which the night looks at them."""
        times: Counter[tuple[Day, bool, int, Place]] = Counter()
        for each in claims:
            times[each.day, each.cause == Cause.RECEIPT, each.cause_id, (each.reward, each.cause, each.cause_id)] += each.times
        got = set()
        for (day, *_, place), count in sorted(times.items()):
            if count > 0 and place[0] in self.limits and self.fits(place[0], 0, day, count):
                self.take(place[0], day, count)
                got.add(place)
        return frozenset(got)


class Settled(NamedTuple):
    """What a round changed: the members who got or lost a place; and how the limits stand then."""

    members: frozenset[int]
    taken: Taken


def places_of(connection: Connection, block: Block) -> dict[int, set[Place]]:
    """The places of a block's members."""
    places: dict[int, set[Place]] = {}
    for member, *place in connection.execute(OF_BLOCK, {"first": block.first, "last": block.last}):
        places.setdefault(member, set()).add(tuple(place))
    return places


def settle_places(connection: Connection, limits: Mapping[str, Sequence[Under]], room: Mapping[str, int], at: str) -> Settled:
    """End the places whose claim is gone, and give what is free to the claims that wait, in their order.

    A reward may stand under several limits; `room` is how much each has in all.
    """
    claims = {Claim(*claim): (day, times) for *claim, day, times in connection.execute(CLAIMS)}
    held: dict[Claim, int] = {}
    ended: dict[Claim, int] = {}
    for id_, over, *place in connection.execute(PLACES):
        (ended if over else held)[Claim(*place)] = id_
    for place in [place for place in held if place not in claims]:
        connection.execute("UPDATE place SET ended = 1 WHERE id = ?", (held.pop(place),))
    taken = Taken(limits, room)
    for place in held:
        taken.take(place.reward, *claims[place])
    erased = {member for (member,) in connection.execute(ERASED)}
    changed = set()
    for claim, (day, times) in claims.items():
        if claim in held or claim.reward not in limits or claim.member in erased:
            continue
        free = taken.fits(claim.reward, claim.member, day, times)
        if free:
            taken.take(claim.reward, day, times)
        if give_or_refuse(connection, (*claim, day, at), ended.get(claim), free=free):
            changed.add(claim.member)
    return Settled(frozenset(changed), taken)


def give_or_refuse(connection: Connection, row: tuple[object, ...], ended: int | None, *, free: bool) -> bool:
    """Answer one claim; whether it changes anything for its member.

    A claim that came again has kept its entries: with a place they stay, without one they are taken back.
    """
    if ended:
        change = "UPDATE place SET ended = 0 WHERE id = ?" if free else "DELETE FROM place WHERE id = ?"
        connection.execute(change, (ended,))
        return not free
    if free:
        connection.execute("INSERT INTO place (reward, member_id, cause, cause_id, day, at) VALUES (?, ?, ?, ?, ?, ?)", row)
    return free
