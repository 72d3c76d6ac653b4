"""What these reports read: each member's days of buying, names, and what articles are called."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.knowing.visits import Visits
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import last_known
from loyalty_cli.reports.ledger.roll_forward import last_day
from loyalty_cli.store.members.households import accounts_on
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

CARD = Column(name="card", heading="Card", kind="code")
NAME = Column(name="name", heading="Name")
# A day counts as one visit, however many receipts it has. What was returned is taken off, on whatever day.
DAYS = """
SELECT member_id, day, sum(total), max(total + returned > 0) FROM receipt
 WHERE gone = 0 AND member_id IS NOT NULL AND day <= :last GROUP BY 1, 2 ORDER BY 1, 2
"""
NAMES = """
SELECT member.id, coalesce((SELECT number FROM card WHERE member_id = member.id ORDER BY id LIMIT 1), member.number, ''), member.name
  FROM member
"""
# The shop's own list knows the category better than the till; without any, an article is its name, else its code.
ARTICLES = """
SELECT article.id, coalesce(nullif(product.category, ''), nullif(article.category, ''), nullif(article.name, ''), article.code)
  FROM article LEFT JOIN product ON product.code = article.code
"""

# A line's number begins with its receipt's. One row for each receipt, for rows take longer than what is in them.
LINES = """
SELECT member_id, group_concat(article_id)
  FROM receipt NOT INDEXED CROSS JOIN line ON line.id BETWEEN receipt.id << 12 AND (receipt.id << 12) + 4095
 WHERE gone = 0 AND day BETWEEN :first AND :last AND line.amount > 0 GROUP BY receipt.id
"""


# Days, the money of each, and all of it with returns taken off.
Bought = tuple[list[int], list[int], int]


class Known(NamedTuple):
    """The last day that counts, and the visits of each member who bought."""

    last: Day
    visits: Mapping[int, Visits]


def known(connection: Connection, question: Question) -> Known | None:
    """What is known through the day asked for; None in a shop where no member bought."""
    last = last_known(connection, question)
    if last is None:
        return None
    found: dict[int, Bought] = {}
    for member, day, amount, bought in connection.execute(DAYS, {"last": last}):
        days, amounts, spent = found.get(member, ([], [], 0))
        if bought:
            days.append(day)
            amounts.append(amount)
        found[member] = (days, amounts, spent + amount)
    for member, account in accounts_on(connection, last).items():
        if member in found:
            found[account] = together(found.pop(member), found.get(account))
    visits = {member: Visits(*each) for member, each in found.items() if each[0]}
    return Known(last, visits) if visits else None


def together(one: Bought, other: Bought | None) -> Bought:
    """What two members bought, as one: a day on which both came is one visit."""
    if other is None:
        return one
    amounts = Counter[int]()
    for days, money, _ in (one, other):
        amounts.update(dict(zip(days, money, strict=True)))
    days = sorted(amounts)
    return days, [amounts[day] for day in days], one[2] + other[2]


def named(connection: Connection) -> dict[int, tuple[str, str]]:
    """The card and the name of each member."""
    return {member: (card, name) for member, card, name in connection.execute(NAMES)}


def kinds(connection: Connection) -> dict[int, str]:
    """What each article counts as: its category, else its name."""
    return {int(article or 0): str(kind) for article, kind in rows_of(connection, ARTICLES)}


def baskets(connection: Connection, question: Question) -> Iterator[tuple[int | None, set[str]]]:
    """Of each receipt that has any the member and the kinds of what was bought."""
    known = {str(article): kind for article, kind in kinds(connection).items() if kind}
    for member, articles in connection.execute(LINES, question.span):
        if found := {known[article] for article in articles.split(",") if article in known}:
            yield member, found


def bought_by_members(connection: Connection, question: Question) -> dict[int, set[str]]:
    """The kinds of all that each member bought."""
    articles: defaultdict[int, set[str]] = defaultdict(set)
    accounts = accounts_on(connection, last_day(question))
    for member, own in connection.execute(LINES, question.span):
        if member is not None:
            articles[accounts.get(member, member)].update(own.split(","))
    known = {str(article): kind for article, kind in kinds(connection).items() if kind}
    found = {member: {known[each] for each in own if each in known} for member, own in articles.items()}
    return {member: kinds for member, kinds in found.items() if kinds}


def through(found: Known | None) -> Phrase:
    """Which days are counted."""
    if found is None:
        return phrase("all days")
    return phrase("Until {day}, by the day it happened; what comes late changes closed months, too.", day=OnDay(found.last))


def nothing() -> Phrase:
    """What is said of a shop where no member bought."""
    return phrase("No member has bought anything yet.")


def decimal(value: float) -> str:
    """A number with two places, as tables take it."""
    return f"{value:.2f}"
