"""The best share of all members for segments: found on the first morning of a month, told to each of them like a grant.

No member's replay looks at another one. An order that was told stays, whatever comes in late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import iso
from loyalty_cli.model.days import months_from
from loyalty_cli.operations.engine_room import look_at_days
from loyalty_cli.operations.ledger.best import BY
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.members.given_tiers import GivenRow
from loyalty_cli.store.members.given_tiers import save_given
from loyalty_cli.store.members.spent import spent_between
from loyalty_cli.store.settings import save_settings
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.money import Currency
    from loyalty_cli.program.program import Program
    from loyalty_cli.rules.segments.best import Best
    from loyalty_cli.store.database import Connection


def rank_shares(connection: Connection, program: Program, until: Day, *, at: str) -> bool:
    """Tell who is among the best of each month that has begun since the last time; whether anybody was told."""
    told = False
    for condition in program.rankings.values():
        mark = f"ranked {condition.ranking}"
        done = settings(connection).get(mark, "")
        for first in months_from(program.starts, until + 1):
            if iso(first) <= done:
                continue
            save_settings(connection, {mark: iso(first)})
            told = rank(connection, condition, first, program.currency, at=at) or told
    return told


def rank(connection: Connection, condition: Best, first: Day, currency: Currency, *, at: str) -> bool:
    """Tell those who are the best for the month that begins on a day; the evening before, so that its first morning knows."""
    began, through = add_months(first, -condition.months), add_months(first, 1) - 1
    look_at_days(connection, began, first - 1)
    best = condition.best_of(spent_between(connection, began, first - 1))
    for member, amount in sorted(best.items()):
        reason = f"{iso(began)} - {iso(first - 1)}: {currency.plain(amount)} {currency.code}"
        key = f"{condition.ranking}|{iso(first)}|{member}"
        save_given(connection, GivenRow(member, condition.ranking, 1, first - 1, at, BY, reason, key, through))
        mark_due(connection, [(member, first - 1)])
    return bool(best)
