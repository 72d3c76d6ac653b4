"""The best of a period get their tier: told once, by the first recalculation after the period, like a grant.

No member's replay looks at another one. The ranking is a promise of its own: a tier given by hand, by the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.entry import HELD
from loyalty_cli.replay.in_snapshot import counted_in
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.ledger.standings import states
from loyalty_cli.store.members.given_tiers import GivenRow
from loyalty_cli.store.members.given_tiers import save_given
from loyalty_cli.store.settings import save_settings
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection

BY = "the program"


def rank_the_best(connection: Connection, program: Program, until: Day, *, at: str) -> bool:
    """Give the tiers of the last period that is over, unless that was done; whether somebody has one already."""
    given = False
    for name, rung in program.ladder.of_the_best if program.ladder else ():
        last = rung.period.first_day(until + 1, 0) - 1
        first = rung.period.first_day(last, 0)
        mark = f"best {name}"
        if last < program.starts or settings(connection).get(mark, "") >= iso(first):
            continue
        save_settings(connection, {mark: iso(first)})
        scores = {member: counted_in(state, rung.of_each, first) for member, state in states(connection)}
        for member, score in rung.best_of(scores):
            said = f"{program.currency.plain(score)} {program.currency.code}" if program.ladder.in_money else score
            reason = f"{rung.of_each} from {iso(first)}: {said}"
            key = f"best|{name}|{iso(first)}|{member}"
            through = rung.period.last_day(last + 1, 0)
            save_given(connection, GivenRow(member, f"{HELD}{name}", 1, last + 1, at, BY, reason, key, through))
            mark_due(connection, [(member, last + 1)])
            given = given or last < until
    return given
