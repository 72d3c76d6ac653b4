"""Households: from a day on the cards of several members count for one account, which is the record of one of them.

Everybody stays a person of their own, with a name, consents and cards. Receipts go where the card counts on their day,
whenever they come in; what somebody has of their own besides is brought home by the recalculation.
"""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.store.ledger.due import mark_due

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

SELECT = "SELECT member_id, account_id, from_day, until_day, key FROM household"
ON_DAY = f"from_day <= ? AND coalesce(until_day, {NEVER}) >= ?"
# What came back belongs to its sale and goes where that goes.
NO_RETURN_OF_A_SALE = "NOT EXISTS (SELECT 1 FROM return_of f WHERE f.return_id = r.id)"
STRAY = f"""
SELECT r.id, h.member_id, h.account_id, r.day FROM household h JOIN receipt r ON r.member_id = h.member_id
WHERE r.day BETWEEN h.from_day AND coalesce(h.until_day, {NEVER}) AND {NO_RETURN_OF_A_SALE}"""
# Receipts that count for an account and are on a member's cards, or were assigned to the member by hand.
OWN = f"""
SELECT r.id, :member, :account, r.day FROM receipt r WHERE r.member_id = :account AND r.day BETWEEN :first AND :last
AND (r.card_id IN (SELECT id FROM card WHERE member_id = :member)
  OR r.id IN (SELECT detail ->> 'row' FROM by_hand WHERE what = 'assign' AND member_id = :member)) AND {NO_RETURN_OF_A_SALE}"""
# Nothing is moved from or to somebody who is erased: their books take in nothing more.
NOT_AT_HOME = f"""
SELECT DISTINCT h.member_id, h.account_id, h.from_day, h.until_day, h.key FROM household h
JOIN ledger e ON e.member_id = h.member_id AND e.effective_on <= ?1
JOIN asset a ON a.id = e.asset_id AND (a.name = 'points' OR a.name LIKE 'wallet:%')
WHERE h.from_day <= ?1 AND coalesce(h.until_day, {NEVER}) >= ?1
  AND NOT EXISTS (SELECT 1 FROM by_hand WHERE what = 'erase' AND member_id IN (h.member_id, h.account_id))
GROUP BY h.member_id, e.asset_id HAVING sum(e.quantity) <> 0
ORDER BY h.member_id"""
# Two members are one account: what one of them shared while the other was in a household, too. Others may join both.
COLLIDING = f"""
SELECT DISTINCT h.member_id, h.account_id, h.from_day, h.until_day, h.key, k.account_id FROM household h JOIN household k
ON h.from_day <= coalesce(k.until_day, {NEVER}) AND k.from_day <= coalesce(h.until_day, {NEVER})
WHERE :old IN (h.member_id, h.account_id) AND :new IN (k.member_id, k.account_id) AND (h.member_id = :old OR k.member_id = :new)
ORDER BY h.from_day, h.id"""
# For whose account a member's cards count on a day.
ACCOUNT_OF = f"""coalesce((SELECT own.account_id FROM household own WHERE own.member_id = {{member}} AND own.from_day <= :day
  AND coalesce(own.until_day, {NEVER}) >= :day), {{member}})"""
CARD_OF = "(SELECT number FROM card WHERE member_id = {member} ORDER BY id LIMIT 1)"
# Who shares an account on a day and is no customer of their own.
SHARING = "SELECT member_id FROM household WHERE from_day <= :day AND coalesce(until_day, :day) >= :day"
# Who buys for an account on a day: whose it is, and who shares it.
OF_ACCOUNT = f"SELECT {{account}} UNION ALL {SHARING} AND account_id = {{account}}"
HELD = f"""
SELECT {CARD_OF.format(member="h.member_id")}, {CARD_OF.format(member="h.account_id")}, h.from_day, h.until_day FROM household h"""


class Share(NamedTuple):
    """Whose cards count for whose account, from a day through another (None: without end), by which thing done by hand."""

    member: int
    account: int
    from_day: Day
    until_day: Day | None = None
    key: str = ""

    def holds_on(self, day: Day) -> bool:
        """Whether a day lies in it."""
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)


def shares(connection: Connection) -> list[Share]:
    """All there are; most shops have none."""
    return [Share._make(row) for row in connection.execute(SELECT)]


def accounts_on(connection: Connection, day: Day) -> dict[int, int]:
    """Whose account each member shares who shares one on a day: as one customer, with what both of them did before."""
    return {share.member: share.account for share in shares(connection) if share.holds_on(day)}


def share_of(connection: Connection, member: int, day: Day) -> Share | None:
    """Whose account a member shares on a day; None for whoever has an own one."""
    row = connection.execute(f"{SELECT} WHERE member_id = ? AND {ON_DAY}", (member, day, day)).fetchone()
    return None if row is None else Share._make(row)


def household_of(connection: Connection, member: int) -> list[tuple[str, str, Day, Day | None]]:
    """The households of a member, own or joined: a card of who joined, a card of the account, first and last day."""
    return connection.execute(f"{HELD} WHERE ? IN (h.member_id, h.account_id) ORDER BY h.from_day, h.id", (member,)).fetchall()


def share_by_key(connection: Connection, key: str) -> Share | None:
    """What began by a thing done by hand."""
    row = connection.execute(f"{SELECT} WHERE key = ?", (key,)).fetchone()
    return None if row is None else Share._make(row)


def account_of(connection: Connection, member: int, day: Day) -> int:
    """The account for which a member's cards count on a day."""
    share = share_of(connection, member, day)
    return member if share is None else share.account


def people_of(connection: Connection, account: int, day: Day) -> list[int]:
    """Whose cards count for an account on a day, its own member first."""
    rows = connection.execute(f"SELECT member_id FROM household WHERE account_id = ? AND {ON_DAY} ORDER BY id", (account, day, day))
    return [account, *(member for (member,) in rows)]


def lasts_beyond(connection: Connection, member: int, day: Day) -> list[Share]:
    """The households of a member, own or joined, that hold on a day or later."""
    select = f"{SELECT} WHERE ? IN (member_id, account_id) AND coalesce(until_day, {NEVER}) >= ?"
    return [Share._make(row) for row in connection.execute(select, (member, day))]


def join(connection: Connection, share: Share) -> None:
    """Let a member's cards count for an account."""
    connection.execute("INSERT INTO household (member_id, account_id, from_day, until_day, key) VALUES (?, ?, ?, ?, ?)", share)


def end(connection: Connection, share: Share, last: Day | None) -> None:
    """Let it end with a day, or not end; before its first day it has never been."""
    key = (share.member, share.from_day)
    if last is not None and last < share.from_day:
        connection.execute("DELETE FROM household WHERE member_id = ? AND from_day = ?", key)
    else:
        connection.execute("UPDATE household SET until_day = ? WHERE member_id = ? AND from_day = ?", (last, *key))
    if last is None:
        gather(connection)
    else:
        send_back(connection, share._replace(from_day=max(share.from_day, last + 1)))


def never_been(connection: Connection, share: Share) -> list[tuple[int, Day]]:
    """Receipts and points are whose they were; whose books change from which day."""
    # Imported here because every report on members asks who shares an account, and none takes anything back.
    from loyalty_cli.store.by_hand import brought_home
    from loyalty_cli.store.by_hand import take_back_adjustments

    end(connection, share, share.from_day - 1)
    taken = take_back_adjustments(connection, brought_home(connection, share.key))
    return [(share.member, share.from_day), (share.account, share.from_day), *taken]


def gather(connection: Connection) -> list[tuple[int, Day]]:
    """Receipts go to the account for which their card counts on their day; whose books change from which day."""
    return moved(connection, connection.execute(STRAY).fetchall())


def send_back(connection: Connection, share: Share) -> None:
    """Receipts on a member's cards are the member's own again, as far as no household holds on their day."""
    last = NEVER if share.until_day is None else share.until_day
    values = {"member": share.member, "account": share.account, "first": share.from_day, "last": last}
    rows = connection.execute(OWN, values).fetchall()
    moved(connection, [(receipt, account, member, day) for receipt, member, account, day in rows])
    gather(connection)


def moved(connection: Connection, rows: list[tuple[int, int, int, Day]]) -> list[tuple[int, Day]]:
    """Receipts become somebody else's: number, whose they were, whose they are, day."""
    connection.executemany("UPDATE receipt SET member_id = ? WHERE id = ?", [(new, receipt) for receipt, _, new, _ in rows])
    changed = [(member, day) for _, old, new, day in rows for member in (old, new)]
    mark_due(connection, changed)
    return changed


def not_at_home(connection: Connection, day: Day) -> list[Share]:
    """Who shares an account on a day and has points or a debt of their own all the same."""
    return [Share._make(row) for row in connection.execute(NOT_AT_HOME, (day,))]


def end_with(connection: Connection, member: int, last: Day) -> int:
    """A member is gone: whoever shared their account has an own one again after a day, and they share none; how many that were."""
    ended = lasts_beyond(connection, member, last + 1)
    for share in ended:
        end(connection, share, last)
    return len(ended)


def move_households(connection: Connection, old: int, new: int) -> list[tuple[int, int]]:
    """Two members became one: what one shared the other shares; a household of the two is none any more.

    One account at a time: where both were in a household on some day, that of the one who stays holds, and the other one's has
    never been. The accounts are told, that which holds first.
    """
    values = {"old": old, "new": new}
    connection.execute("DELETE FROM household WHERE :old IN (member_id, account_id) AND :new IN (member_id, account_id)", values)
    given_up = {Share._make(row): kept for *row, kept in connection.execute(COLLIDING, values).fetchall()}
    for share in given_up:
        mark_due(connection, never_been(connection, share))
    connection.execute("UPDATE household SET account_id = :new WHERE account_id = :old", values)
    connection.execute("UPDATE household SET member_id = :new WHERE member_id = :old", values)
    return [(kept, share.account) for share, kept in given_up.items() if kept != share.account]
