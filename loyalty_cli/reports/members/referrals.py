"""Who brought whom, as a tree: how many friends of each bought, what bringing each friend gave; and what could not be found."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.posted import posted_said
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"limit"})
COLUMNS = (
    Column(name="tree", heading="Who brought whom"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="brought_by", heading="Brought by", kind="code"),
    Column(name="joined", heading="Joined", kind="day"),
    Column(name="receipts", heading="Receipts", kind="count"),
    Column(name="friends", heading="Friends", kind="count"),
    Column(name="friends_bought", heading="Of these bought", kind="count"),
    Column(name="points", heading="Points it gave", kind="points", total=True),
    Column(name="other", heading="What else it gave", kind="said"),
    Column(name="state", heading="State", kind="word"),
)
# Whoever brought somebody or was brought. Who has no `by_id` though the record names somebody could not be found; of somebody who is
# found there is none where two records name each other or one, since a merge, itself.
MEMBERS = """
SELECT m.id, coalesce((SELECT number FROM card WHERE member_id = m.id ORDER BY id LIMIT 1), m.number, ''), m.name, r.by_id,
  CASE WHEN r.by_id IS NULL AND (m.referred_by IN (SELECT number FROM card) OR m.referred_by IN (SELECT number FROM member))
    THEN '' ELSE m.referred_by END, m.joined, (SELECT count(*) FROM receipt WHERE member_id = m.id AND gone = 0 AND total > 0)
FROM member m LEFT JOIN referral r ON r.member_id = m.id
WHERE m.merged_into IS NULL AND (m.referred_by <> '' OR m.id IN (SELECT by_id FROM referral))
ORDER BY m.joined IS NULL, m.joined, 2
"""
# What whoever brought a friend has for it, by friend.
GIVEN = """
SELECT e.cause_id, a.name, sum(e.quantity) FROM ledger e JOIN asset a ON a.id = e.asset_id
WHERE e.cause_kind = 9 AND e.rule_id IN (SELECT id FROM rule WHERE name LIKE 'rewards.%')
GROUP BY 1, 2 HAVING sum(e.quantity) <> 0 ORDER BY 2
"""


class Known(NamedTuple):
    """A member of the tree: whose friend, whom the record names, from when, with how many receipts."""

    id: int
    card: str
    name: str
    by: int | None
    named: str
    joined: int | None
    receipts: int


def table(connection: Connection, question: Question) -> Table:
    """One row for each member of the tree, below whoever brought them."""
    page = Page(
        name="referrals",
        title=phrase("Friends who were brought"),
        basis=phrase("As the last recalculation left them."),
        empty=phrase("Nobody was brought by anybody: no member's record says referred_by."),
    )
    return tabled(question, page, COLUMNS, list(rows(connection)))


def rows(connection: Connection) -> Iterator[tuple[Cell, ...]]:
    """The tree from its roots, in the order of joining."""
    known = {int(row[0]): Known(*row) for row in rows_of(connection, MEMBERS)}  # type: ignore[arg-type]
    given: dict[int, dict[str, int]] = {}
    for friend, asset, quantity in rows_of(connection, GIVEN):
        given.setdefault(int(friend), {})[str(asset)] = int(quantity)  # type: ignore[arg-type]
    friends: dict[int | None, list[Known]] = {}
    for member in known.values():
        friends.setdefault(member.by, []).append(member)
    ahead = [(member, 0) for member in reversed(friends.get(None, ()))]
    while ahead:
        member, level = ahead.pop()
        own = friends.get(member.id, [])
        ahead += [(friend, level + 1) for friend in reversed(own)]
        by = known[member.by].card if member.by in known else member.named
        gave = given.get(member.id, {})
        points = gave.pop("points", 0) + gave.pop("pending", 0)
        other = kept(phrase("{what}", what=[posted_said(f"{count} {asset}") for asset, count in gave.items()])) if gave else ""
        tree = f"{'   ' * (level - 1)}└─ {member.name or member.card}" if level else member.name or member.card
        bought = sum(1 for friend in own if friend.receipts)
        yield (tree, member.card, by, member.joined, member.receipts, len(own), bought, points, other, state_of(member))


def state_of(member: Known) -> str:
    """Whether it is known who brought a member."""
    if member.by is not None:
        return "brought"
    return "not found" if member.named else "brought by nobody"
