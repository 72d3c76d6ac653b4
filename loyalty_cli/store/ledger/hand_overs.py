"""What one member's facts mean beyond that member: hand-overs to whoever brought them, claims to what only so many get.

Like entries they are sums per key, found by replay and compared with what is kept; unlike entries they are no promise, so what
differs is put right in its place. Of whom a hand-over changed, the receiver is due.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Told
from loyalty_cli.model.facts import AFTER_THE_DAY
from loyalty_cli.model.facts import HANDED_OVER
from loyalty_cli.model.facts import HandedOver

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.block import Block

# CROSS JOIN tells SQLite to seek each member's own rows.
KEPT = """
SELECT h.from_id, coalesce(h.to_id, 0), h.reward, h.cause, h.cause_id, h.day, h.id, h.times
FROM temp.work w CROSS JOIN hand_over h ON h.from_id = w.member_id AND h.day > w.after
WHERE w.member_id BETWEEN ? AND ?
"""
ENTER = "INSERT INTO hand_over (from_id, to_id, reward, cause, cause_id, day, times) VALUES (?, nullif(?, 0), ?, ?, ?, ?, ?)"
# Friends of one day in the order of their first cards: numbers of rows would depend on the order in which files came.
RECEIVED = """
SELECT h.to_id, h.day, h.from_id, h.reward, h.times
FROM temp.work w CROSS JOIN hand_over h ON h.to_id = w.member_id AND h.day > w.after AND h.day <= :until
WHERE w.member_id BETWEEN :first AND :last
ORDER BY h.to_id, h.day, (SELECT min(number) FROM card WHERE member_id = h.from_id), h.from_id, h.reward, h.id
"""
BROUGHT_BY = """
SELECT r.member_id, r.by_id FROM temp.work w CROSS JOIN referral r ON r.member_id = w.member_id
WHERE w.member_id BETWEEN :first AND :last
"""


class Changed(NamedTuple):
    """A hand-over or a claim that is different now: of whom, and by how many times."""

    member: int
    told: Told


def settle_told(connection: Connection, told: Sequence[tuple[int, Sequence[Told]]]) -> list[Changed]:
    """Keep what some members of temp.work tell others; what is different from before."""
    now: Counter[Changed] = Counter()
    for member, own in told:
        for each in own:
            now[Changed(member, each._replace(times=0))] += each.times
    kept = kept_of(connection, {member for member, _ in told})
    changed = []
    for key in {**now, **kept}:
        rows = kept.get(key, [])
        was, becomes = sum(times for _, times in rows), now[key]
        # Two rows of one key are of members who were merged since.
        if was != becomes or len(rows) > 1:
            connection.executemany("DELETE FROM hand_over WHERE id = ?", [(id_,) for id_, _ in rows])
            changed.append(Changed(key.member, key.told._replace(times=becomes - was)))
            if becomes:
                connection.execute(ENTER, (key.member, *key.told._replace(times=becomes)))
    return [each for each in changed if each.told.times]


def put_told(connection: Connection, members: Iterable[int], rows: Iterable[tuple[object, ...]]) -> None:
    """Keep what some members tell others, in the place of what they told before."""
    connection.executemany("DELETE FROM hand_over WHERE from_id = ?", [(member,) for member in members])
    connection.executemany(ENTER, rows)


def kept_of(connection: Connection, members: set[int]) -> dict[Changed, list[tuple[int, int]]]:
    """The rows that are kept of some members of temp.work by their key, each as its number and times."""
    kept: dict[Changed, list[tuple[int, int]]] = {}
    span = (min(members, default=0), max(members, default=-1))
    for member, to, reward, cause, cause_id, day, id_, times in connection.execute(KEPT, span).fetchall():
        if member in members:
            kept.setdefault(Changed(member, Told(to, reward, cause, cause_id, day, 0)), []).append((id_, times))
    return kept


def handed_to(connection: Connection, block: Block) -> Iterator[tuple[int, list[HandedOver]]]:
    """What a block's members were handed over, in order."""
    for member, rows in groupby(connection.execute(RECEIVED, block.span), itemgetter(0)):
        yield member, [HandedOver(day, AFTER_THE_DAY, HANDED_OVER, *what) for _, day, *what in rows]


def brought_by(connection: Connection, block: Block) -> dict[int, int]:
    """Who brought a block's members."""
    return dict(connection.execute(BROUGHT_BY, {"first": block.first, "last": block.last}).fetchall())


def receivers(changed: Iterable[Changed]) -> set[int]:
    """The members to whom something else is handed over now."""
    return {each.told.to for each in changed if each.told.to}
