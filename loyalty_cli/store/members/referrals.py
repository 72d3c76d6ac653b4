"""Who brought whom: a friend's record names a card, a number or a code to hand on, which may become known only later.

So whom it means is worked out again by every recalculation. Nobody brings themselves, and of a circle the one who joined first
was brought by nobody.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from loyalty_cli.model.friend_codes import friend_code
from loyalty_cli.model.friend_codes import member_of_friend_code
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.members.unsubscribing import living
from loyalty_cli.store.settings import secret_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.store.database import Connection

# A card is looked for first, then a member's own number, then whose code it is, who may have become another member.
MEANT = """
SELECT m.id AS member_id, coalesce((SELECT member_id FROM card WHERE number = m.referred_by),
  (SELECT id FROM member WHERE number = m.referred_by), (
    WITH RECURSIVE own(id) AS (SELECT friend_meant(m.referred_by)
      UNION SELECT merged_into FROM member JOIN own USING (id) WHERE merged_into IS NOT NULL)
    SELECT id FROM own JOIN member USING (id) WHERE merged_into IS NULL)) AS by_id
FROM member m WHERE m.referred_by <> ''
"""
CHANGED = f"""
SELECT coalesce(now.member_id, was.member_id), nullif(now.by_id, now.member_id)
FROM ({MEANT}) now FULL JOIN referral was ON was.member_id = now.member_id
WHERE nullif(now.by_id, now.member_id) IS NOT was.by_id ORDER BY 1
"""
HOLDER = "SELECT m.id, m.name FROM member AS m JOIN card AS c ON c.member_id = m.id WHERE c.number = ?"
BY = "SELECT by_id FROM referral WHERE member_id = ?"
KEEP = "INSERT INTO referral VALUES (?, ?) ON CONFLICT (member_id) DO UPDATE SET by_id = excluded.by_id"
FIRST_JOINED = """
SELECT id FROM member WHERE id IN (SELECT value FROM json_each(?))
ORDER BY joined IS NULL, joined, (SELECT min(number) FROM card WHERE member_id = member.id), id LIMIT 1
"""


def join_referrals(connection: Connection) -> None:
    """Find whom the records mean today; whose recommender is another one now is due."""
    secret = secret_of(connection)
    connection.create_function("friend_meant", 1, partial(member_of_friend_code, secret), deterministic=True)
    before = {}
    for member, by in connection.execute(CHANGED).fetchall():
        before[member] = recommender(connection, member)
        if by is None:
            connection.execute("DELETE FROM referral WHERE member_id = ?", (member,))
        else:
            connection.execute(KEEP, (member, by))
    for member in list(before):
        circle = circle_of(connection, member)
        if circle:
            first = connection.execute(FIRST_JOINED, (f"{circle}",)).fetchone()[0]
            before.setdefault(first, recommender(connection, first))
            connection.execute("DELETE FROM referral WHERE member_id = ?", (first,))
    mark_due(connection, [(member, 0) for member, was in before.items() if recommender(connection, member) != was])


def friends_are_due(connection: Connection, *recommenders: int) -> None:
    """Of some members another card is the first: chance, which goes by it, may decide otherwise for the friends they brought."""
    friends = connection.execute("SELECT member_id FROM referral WHERE by_id IN (SELECT value FROM json_each(?))", (f"{[*recommenders]}",))
    mark_due(connection, [(friend, 0) for (friend,) in friends.fetchall()])


def brought_by(connection: Connection, code: str) -> int | None:
    """The member whose code to hand on this is, as they are called today."""
    member = member_of_friend_code(secret_of(connection), code)
    return None if member is None else living(connection, member)


def friend_codes(connection: Connection, cards: Iterable[str]) -> list[tuple[str, str]]:
    """The name and the code of each member who has one of some cards, once for a member."""
    secret = secret_of(connection)
    found = dict(row for card in cards for row in connection.execute(HOLDER, (card,)))
    return [(name, friend_code(secret, member)) for member, name in found.items()]


def recommender(connection: Connection, member: int) -> int | None:
    """Who brought a member."""
    row = connection.execute(BY, (member,)).fetchone()
    return int(row[0]) if row else None


def chain_above(connection: Connection, member: int) -> list[int]:
    """A member, who brought that one, who brought the one who did, and so on; none twice."""
    chain = [member]
    while (by := recommender(connection, chain[-1])) is not None and by not in chain:
        chain.append(by)
    return chain


def circle_of(connection: Connection, member: int) -> list[int]:
    """The members of the circle that a member is in; none usually."""
    chain = chain_above(connection, member)
    return chain if recommender(connection, chain[-1]) == member else []
