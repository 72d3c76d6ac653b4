"""Who bought in a period and got nothing for it, and why not, rule by rule, as far as it can be told."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.chance import chance_of
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.replay.progress import offered_on
from loyalty_cli.replay.progress import open_rewards
from loyalty_cli.reports.in_force import worked_out
from loyalty_cli.reports.members.progress import GROUPS
from loyalty_cli.reports.members.progress import standing_of
from loyalty_cli.reports.question import basis_happened
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.rules.only import Moment
from loyalty_cli.store.ledger.chances import key_of
from loyalty_cli.store.members.households import ACCOUNT_OF
from loyalty_cli.store.members.households import OF_ACCOUNT
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.program.program import Program
    from loyalty_cli.replay.progress import Standing
    from loyalty_cli.reports.question import Question
    from loyalty_cli.rules.only import Only
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "limit", "standings"})
COLUMNS = (
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="bought", heading="Bought", kind="money"),
    Column(name="receipts", heading="Receipts", kind="count"),
    Column(name="rule", heading="Rule", kind="posted"),
    Column(name="why", heading="Why not", kind="said"),
)
# Standing in a tier is no reward of these days; points used or lapsed do not undo what was given.
SELECT = f"""
WITH of_each AS (
  SELECT member_id, sum(total - returned) AS money, count(*) AS receipts, max(total - returned) AS largest
    FROM receipt
   WHERE gone = 0 AND total > returned AND day BETWEEN :first AND :last AND member_id IS NOT NULL
   GROUP BY member_id
),
bought AS (
  SELECT {ACCOUNT_OF.format(member="of_each.member_id")} AS account_id, sum(money) AS money, sum(receipts) AS receipts,
         max(largest) AS largest
    FROM of_each GROUP BY 1
)
SELECT (SELECT number FROM card WHERE card.member_id = member.id ORDER BY card.id LIMIT 1) AS first_card,
       member.name, money, receipts, largest, member.id, standing.state, standing.tier, member.joined,
       {GROUPS}
  FROM bought JOIN member ON member.id = bought.account_id JOIN standing ON standing.member_id = member.id
 WHERE NOT EXISTS (
   SELECT 1 FROM ledger e JOIN asset a ON a.id = e.asset_id JOIN rule u ON u.id = e.rule_id
    WHERE e.member_id IN ({OF_ACCOUNT.format(account="member.id")}) AND e.effective_on BETWEEN :first AND :last AND a.name NOT LIKE 'tier:%'
      AND (u.name LIKE 'points.%' OR u.name LIKE 'rewards.%' OR a.name LIKE 'ticket:%' OR e.cause_kind = {int(Cause.ADJUSTMENT)})
    GROUP BY e.rule_id, e.asset_id HAVING sum(e.quantity) > 0)
 ORDER BY money DESC, first_card
"""
LINES = f"""
SELECT DISTINCT s.name, coalesce(nullif(a.code, ''), a.name, ''), coalesce(nullif(p.category, ''), a.category, '')
  FROM receipt r JOIN store s ON s.id = r.store_id
  LEFT JOIN line l ON l.id BETWEEN r.id << 12 AND (r.id << 12) + 4095 LEFT JOIN article a ON a.id = l.article_id
  LEFT JOIN product p ON p.code = coalesce(nullif(a.code, ''), a.name)
 WHERE r.member_id IN ({OF_ACCOUNT.format(account=":member")}) AND r.gone = 0 AND r.total > r.returned AND r.day BETWEEN :first AND :last
"""


class Buyer(NamedTuple):
    """What somebody bought within the days: the largest receipt, the stores, the goods."""

    first: Day
    last: Day
    largest: int
    stores: frozenset[str]
    goods: Sequence[tuple[str, str]]


def table(connection: Connection, question: Question) -> Table:
    """The members with the most money first, each with a row for every rule."""
    page = Page(
        name="without-reward",
        title=phrase("Who bought and got nothing"),
        short=phrase("Without a reward"),
        basis=basis_happened(question),
        empty=phrase("Everybody who bought got something on these days."),
        notes=[phrase("Nothing: no points, coupon, ticket, gift or badge on these days. Discounts at the till are not looked at.")],
    )
    return tabled(question, page, COLUMNS, list(rows(connection, question)))


def rows(connection: Connection, question: Question) -> Iterator[tuple[Cell, ...]]:
    """One row for each member and rule."""
    program, day = worked_out(connection, question)
    if program is None:
        return
    span = {"first": question.span["first"], "last": min(question.span["last"], day)}
    key = key_of(connection)
    for card, name, money, receipts, largest, member, *kept_of in rows_of(connection, SELECT, {**span, "day": day}):
        found = rows_of(connection, LINES, {**span, "member": member, "day": day})
        stores = frozenset(str(store) for store, _, _ in found)
        goods = [(str(code), str(category)) for _, code, category in found]
        buyer = Buyer(span["first"], span["last"], int(largest or 0), stores, goods)
        for rule, why in reasons(program, standing_of(kept_of, day, chance_of(key, str(card or ""))), buyer):
            yield card, name, money, receipts, rule, kept(why)


def reasons(program: Program, standing: Standing, buyer: Buyer) -> Iterator[tuple[str, Phrase]]:
    """Why each rule gave nothing."""
    offered = offered_on(program, standing.day)
    far = {each.reward.name: each.progress.said(program.currency.money) for each in open_rewards(program, offered, standing)}
    for name, rule in program.earn.items():
        least = rule.contribution().basket_at_least
        yield f"points.{name}", why_not(rule.only, standing, buyer) or too_small(least, buyer, program) or NOT_REACHED
    for name, reward in program.rewards.items():
        why = why_not(reward.only, standing, buyer)
        if why is None and name in far:
            why = phrase("Too little: {far}.", far=far[name])
        least = 0 if why or reward.when.waits else getattr(reward.when, "at_least", 0)
        other = NO_FRIEND if reward.when.of_a_friend else NOT_REACHED
        yield f"rewards.{name}", why or too_small(least, buyer, program) or other


NOT_REACHED = phrase("What it asks for did not happen.")
NO_FRIEND = phrase("No friend of this member did what it asks for, or it is not long enough ago.")


def why_not(only: Only, standing: Standing, buyer: Buyer) -> Phrase | None:
    """What of the filter does not fit; None if it might have."""
    if only.dates and not any(period.first <= buyer.last and buyer.first <= period.last for period in only.dates):
        return phrase("It was not its season.")
    if only.control and only.control.has(standing.chance):
        return phrase("Chance has kept this member out of it.")
    moment = Moment(standing.day, 0, "", standing.tier, standing.groups, None, segments=standing.segments)
    if not only.model_copy(update={"cards": ()}).fits_the_member(moment):
        return phrase("It is for other members.")
    if only.stores and buyer.stores.isdisjoint(only.stores):
        return phrase("Nothing was bought in its stores.")
    goods = only.filter
    if goods and not any(goods.take(code, category, reduced=not goods.full_price) for code, category in buyer.goods):
        return phrase("Nothing of its goods was bought.")
    return None


def too_small(least: int, buyer: Buyer, program: Program) -> Phrase | None:
    """The largest purchase against what is asked of one."""
    if least <= buyer.largest:
        return None
    code, digits = program.currency.code, program.currency.digits
    return phrase(
        "The largest purchase was too small: {done} of {all}.", done=Money(buyer.largest, code, digits), all=Money(least, code, digits)
    )
