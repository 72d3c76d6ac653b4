"""Gifts: what the ledger owes, what members chose, what was handed out, and what is left."""

from __future__ import annotations

from collections import Counter
from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import ADJUST
from loyalty_cli.model.entry import REDEEM

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

What = Literal["chosen", "no longer chosen", "handed out", "brought back"]
# Of several gifts the member chooses one; so the ledger writes them.
OR = " | "


def either(due_as: str) -> str:
    """A gift that is due, as a person reads it: one, or one of several."""
    return due_as.replace(OR, " / ")


class GiftMove(NamedTuple):
    """Something that happened to a gift that was due as `due_as`: which it became, what it cost, when, where, by whom."""

    member: int
    due_as: str
    gift: str
    what: What
    cost: int
    day: Day
    clock: int
    store: int | None
    at: str
    by: str
    reason: str
    key: str


class GiftOwed(NamedTuple):
    """What a member has been promised as `due_as`, which gifts were chosen of that, and which handed out."""

    member: int
    due_as: str
    due: int
    chosen: Counter[str]
    handed_out: Counter[str]

    @property
    def names(self) -> list[str]:
        """The gift, or those of which the member chooses one."""
        return self.due_as.split(OR)

    @property
    def open(self) -> int:
        """How many can still be handed out; below zero where more were than are due now."""
        return self.due - self.handed_out.total()

    def waiting(self, gift: str) -> bool:
        """Whether a gift was chosen that has not been handed out."""
        return self.chosen[gift] > self.handed_out[gift]


DUE = """
SELECT e.member_id, substr(a.name, 6), sum(e.quantity) FROM ledger e JOIN asset a ON a.id = e.asset_id
WHERE a.name LIKE 'gift:%' AND e.member_id = coalesce(:member, e.member_id) GROUP BY e.member_id, a.name
"""
MOVES = """
SELECT member_id, due_as, gift, sum(CASE what WHEN 'chosen' THEN 1 WHEN 'no longer chosen' THEN -1 ELSE 0 END),
  sum(CASE what WHEN 'handed out' THEN 1 WHEN 'brought back' THEN -1 ELSE 0 END)
FROM gift_move WHERE member_id = coalesce(:member, member_id) GROUP BY member_id, due_as, gift
"""
# What went by points or by hand, and what was chosen or handed out of several: no place of a reward stands for these.
OTHERWISE = f"""
SELECT substr(a.name, 6), sum(e.quantity) FROM ledger e JOIN asset a ON a.id = e.asset_id JOIN rule r ON r.id = e.rule_id
WHERE a.name LIKE 'gift:%' AND r.name IN ('{REDEEM}', '{ADJUST}') GROUP BY a.name
UNION ALL
SELECT gift, max(chosen, handed) FROM (
  SELECT gift, sum(CASE what WHEN 'chosen' THEN 1 WHEN 'no longer chosen' THEN -1 ELSE 0 END) AS chosen,
    sum(CASE what WHEN 'handed out' THEN 1 WHEN 'brought back' THEN -1 ELSE 0 END) AS handed
  FROM gift_move WHERE due_as <> gift GROUP BY member_id, due_as, gift)
"""


MOVES_BY_MONTH = """
SELECT substr(date(day), 1, 7), gift, sum(what = 'handed out'), sum(what = 'brought back'),
       sum(CASE what WHEN 'handed out' THEN cost WHEN 'brought back' THEN -cost ELSE 0 END)
  FROM gift_move WHERE what IN ('handed out', 'brought back') AND day BETWEEN :first AND :last
 GROUP BY 1, 2 ORDER BY 1, 2
"""


def gifts_owed(connection: Connection, member: int | None = None) -> list[GiftOwed]:
    """What is promised of each gift, to one member or to all, and what has become of it."""
    found: dict[tuple[int, str], GiftOwed] = {}
    for who, due_as, due in connection.execute(DUE, {"member": member}):
        found[who, due_as] = GiftOwed(who, due_as, due, Counter(), Counter())
    for who, due_as, gift, chosen, handed in connection.execute(MOVES, {"member": member}):
        owed = found.setdefault((who, due_as), GiftOwed(who, due_as, 0, Counter(), Counter()))
        owed.chosen[gift] += chosen
        owed.handed_out[gift] += handed
    return sorted(found.values())


def gifts_gone_otherwise(connection: Connection) -> Counter[str]:
    """How many of each gift are spoken for without a reward that gives just it."""
    gone: Counter[str] = Counter()
    for gift, pieces in connection.execute(OTHERWISE):
        gone[gift] += pieces
    return gone


def gifts_promised(connection: Connection, gift: str) -> int:
    """How many of a gift are spoken for in all, handed out or not."""
    promised = "SELECT coalesce(sum(e.quantity), 0) FROM ledger e JOIN asset a ON a.id = e.asset_id JOIN rule r ON r.id = e.rule_id"
    by_rewards = f"{promised} WHERE a.name = ? AND r.name NOT IN ('{REDEEM}', '{ADJUST}')"
    return int(connection.execute(by_rewards, (f"gift:{gift}",)).fetchone()[0]) + gifts_gone_otherwise(connection)[gift]


def save_gift_move(connection: Connection, move: GiftMove) -> bool:
    """Write a move down; False if this very request was made before."""
    insert = (
        "INSERT INTO gift_move (member_id, due_as, gift, what, cost, day, clock, store_id, at, by, reason, key) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING"
    )
    return connection.execute(insert, move).rowcount == 1


def move_made(connection: Connection, key: str) -> bool:
    """Whether the move of a request was made before."""
    return connection.execute("SELECT 1 FROM gift_move WHERE key = ?", (key,)).fetchone() is not None


def last_cost(connection: Connection, member: int, gift: str) -> int:
    """What a gift cost when it was last handed out to a member."""
    last = "SELECT cost FROM gift_move WHERE member_id = ? AND gift = ? AND what = 'handed out' ORDER BY id DESC LIMIT 1"
    return int(connection.execute(last, (member, gift)).fetchone()[0])


def cost_handed_out(connection: Connection) -> Counter[str]:
    """What the gifts cost that are handed out, by gift."""
    select = (
        "SELECT gift, sum(CASE what WHEN 'handed out' THEN cost WHEN 'brought back' THEN -cost ELSE 0 END) FROM gift_move GROUP BY gift"
    )
    return Counter(dict(connection.execute(select).fetchall()))
