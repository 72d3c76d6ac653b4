"""The facts of many members, a block of members at a time, in the order replay wants them.

`temp.work` names the members to be replayed and the day after which their facts are new (0: all of them).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.facts import ADJUSTMENT
from loyalty_cli.model.facts import Adjustment
from loyalty_cli.model.facts import InGroup
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import REDEMPTION
from loyalty_cli.model.facts import Redemption
from loyalty_cli.model.feedback import opinion_of
from loyalty_cli.store.ledger.chances import chances_in
from loyalty_cli.store.ledger.chances import recommender_chances_in
from loyalty_cli.store.ledger.hand_overs import brought_by
from loyalty_cli.store.ledger.hand_overs import handed_to
from loyalty_cli.store.ledger.returns import NO_CLASS
from loyalty_cli.store.ledger.returns import returns_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.model.facts import Fact
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.block import Block


MEMBERS = """
SELECT w.member_id, m.joined, m.birthday, m.name_day, m.merged_into IS NOT NULL FROM temp.work w JOIN member m ON m.id = w.member_id
WHERE w.member_id BETWEEN :first AND :last ORDER BY w.member_id
"""
# Of whom nothing stood in any list when the first card came, nor of anybody who became one with them: what was written down later is
# there as a change, the first one of each field with what it was before. With one min() SQLite takes the other columns from the row
# that has it.
BY_CARD_ONLY = """
WITH one (member_id, id) AS (
  SELECT member_id, member_id FROM temp.work WHERE member_id BETWEEN :first AND :last
  UNION SELECT m.merged_into, m.id FROM member_change JOIN member m ON m.id = member_id
   WHERE field = 'merged' AND m.merged_into BETWEEN :first AND :last
), recorded (member_id, one, field, value) AS (
  SELECT one.member_id, m.id, f.key, f.value FROM one JOIN member whole ON whole.id = one.member_id AND whole.joined IS NULL
    JOIN member m ON m.id = one.id, json_each(json_object(
    'number', m.number, 'name', m.name, 'phone', m.phone, 'email', m.email, 'address', m.address,
    'birthday', m.birthday, 'name_day', m.name_day)) f
), changed (one, field, was, id) AS (
  SELECT member_id, field, was, min(id) FROM member_change WHERE member_id IN (SELECT id FROM one) GROUP BY member_id, field
)
SELECT recorded.member_id FROM recorded LEFT JOIN changed USING (one, field)
GROUP BY recorded.member_id HAVING max(coalesce(iif(id IS NULL, value, was), '')) = ''
"""
# CROSS JOIN tells SQLite to seek what each member has; left to itself it reads the rows of everybody.
# The plus sign keeps it from seeking all redemptions that revert none.
REDEMPTIONS = """
SELECT d.member_id, d.day, d.clock, d.id, d.points, d.amount, coalesce(u.wallet, ''), coalesce(u.gift, '')
FROM temp.work w CROSS JOIN redemption d ON d.member_id = w.member_id LEFT JOIN points_used u ON u.redemption_id = d.id
LEFT JOIN store s ON s.id = d.store_id
WHERE w.member_id BETWEEN :first AND :last AND d.day > w.after AND d.day <= :until AND d.kind = 'points'
AND NOT EXISTS (SELECT 1 FROM redemption back WHERE back.reverts = d.id) AND +d.reverts IS NULL
ORDER BY s.name, length(d.receipt), d.receipt, d.id
"""
ADJUSTMENTS = """
SELECT a.member_id, a.day, a.id, a.asset, a.quantity, a.until_day, a.since_day, f.score, f.top
FROM temp.work w CROSS JOIN adjustment a ON a.member_id = w.member_id LEFT JOIN feedback f ON f.adjustment_id = a.id
WHERE w.member_id BETWEEN :first AND :last AND a.day > w.after AND a.day <= :until AND a.gone = 0
ORDER BY a.id
"""
GROUPS = """
SELECT g.member_id, g.name, g.from_day, g.until_day
FROM temp.work w CROSS JOIN member_group g ON g.member_id = w.member_id
WHERE w.member_id BETWEEN :first AND :last AND g.ended = 0
"""
ELSEWHERE = """
SELECT h.member_id, h.from_day, h.until_day FROM temp.work w CROSS JOIN household h ON h.member_id = w.member_id
WHERE w.member_id BETWEEN :first AND :last
"""

CARDS = """
SELECT c.member_id, c.number FROM temp.work w CROSS JOIN card c ON c.member_id = w.member_id
WHERE w.member_id BETWEEN :first AND :last
"""


def sort_products(connection: Connection, class_of: Callable[..., int], *, units: bool) -> list[int]:
    """Note the class of every article, by its code (else its name) and category; the classes, or none if lines do not matter.

    The shop's product list knows the category better than the till. What it excludes has no class, and does not
    reach replay at all.
    """
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS article_class (article_id INTEGER PRIMARY KEY, class INTEGER NOT NULL, "
        "product INTEGER NOT NULL, reduced INTEGER NOT NULL)"
    )
    connection.execute("DELETE FROM temp.article_class")
    # By category: those that a program tells apart are numbered in this order, and not in that of import.
    articles = connection.execute(
        "SELECT a.id, a.code, a.name, coalesce(nullif(p.category, ''), a.category), coalesce(p.excluded, 0) "
        "FROM article a LEFT JOIN product p ON p.code = coalesce(nullif(a.code, ''), a.name) ORDER BY 4, a.id"
    )
    # The same product may stand under several names or categories over the years: its code tells, else its name.
    first: dict[tuple[str, ...], int] = {("", "", ""): 0}
    rows = [
        (
            id_,
            NO_CLASS if excluded else class_of(code or name, category),
            first.setdefault((code, name if not code else "", category if not code and not name else ""), id_),
            NO_CLASS if excluded else class_of(code or name, category, reduced=True),
        )
        for id_, code, name, category, excluded in articles
    ]
    connection.executemany("INSERT INTO temp.article_class VALUES (?, ?, ?, ?)", rows)
    classes = sorted({class_ for row in rows for class_ in (row[1], row[3])})
    if classes in ([], [0]) and not units:
        return []
    return [class_ for class_ in classes if class_ != NO_CLASS] or [0]  # all excluded: a class that nothing is of


def members_of(connection: Connection, block: Block) -> Iterator[MemberFacts]:
    """The members of a block, by number, still without facts."""
    groups: dict[int, list[InGroup]] = {}
    for member, *group in connection.execute(GROUPS, block.span):
        groups.setdefault(member, []).append(InGroup(*group))
    cards: dict[int, list[str]] = {}
    for member, card in connection.execute(CARDS, block.span) if block.cards else ():
        cards.setdefault(member, []).append(card)
    chances = chances_in(connection, block) if block.chance else {}
    theirs = recommender_chances_in(connection, block) if block.chance and block.friends else {}
    elsewhere: dict[int, list[tuple[int, int | None]]] = {}
    for member, first, last in connection.execute(ELSEWHERE, block.span):
        elsewhere.setdefault(member, []).append((first, last))
    recommenders = brought_by(connection, block) if block.friends else {}
    by_card_only = {member for (member,) in connection.execute(BY_CARD_ONLY, block.span)} if block.since else set()
    for member, joined, birthday, name_day, gone in connection.execute(MEMBERS, block.span):
        yield MemberFacts(
            member,
            (),
            joined,
            month_and_day(birthday),
            tuple(groups.get(member, ())),
            returns=False,
            cards=tuple(cards.get(member, ())),
            name_day=month_and_day(name_day),
            referred_by=recommenders.get(member, 0),
            chance=chances.get(member, ""),
            elsewhere=tuple(elsewhere.get(member, ())),
            recommender_chance=theirs.get(member, ""),
            since=min([group.first for group in groups.get(member, ())], default=NEVER) if gone or member in by_card_only else 0,
        )


def month_and_day(birthday: str) -> tuple[int, int] | None:
    """The month and day of `1990-02-28` or `02-28`."""
    return (int(birthday[-5:-3]), int(birthday[-2:])) if birthday else None


def later_facts(connection: Connection, block: Block) -> dict[int, list[Fact]]:
    """The facts besides purchases, by member."""
    facts: dict[int, list[Fact]] = {}
    for member, day, clock, id_, *used in connection.execute(REDEMPTIONS, block.span):
        facts.setdefault(member, []).append(Redemption(day, clock, REDEMPTION, id_, *used))
    for member, day, id_, asset, quantity, last, since, score, top in connection.execute(ADJUSTMENTS, block.span):
        what = asset, quantity, last, since, opinion_of(score, top)
        facts.setdefault(member, []).append(Adjustment(day, 0, ADJUSTMENT, id_, *what))
    for member, handed in handed_to(connection, block) if block.friends else ():
        facts.setdefault(member, []).extend(handed)
    for member, back in returns_of(connection, block):
        facts.setdefault(member, []).append(back)
    return facts
