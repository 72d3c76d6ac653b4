"""Which days a rule is compared over, and what each member did before them and in them."""

from __future__ import annotations

from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.knowing.uplift import Measured
from loyalty_cli.model.chance import chance_of
from loyalty_cli.model.days import NEVER
from loyalty_cli.store.ledger.chances import key_of
from loyalty_cli.store.members.households import SHARING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.chance import KeptOut
    from loyalty_cli.model.days import Day
    from loyalty_cli.program.program import Program
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

YEAR, WEEK = 365, 7
# Who shares an account buys for that: their own days tell nothing.
# A day counts as one visit, however many receipts it has. What was returned is taken off, on whatever day.
DID = f"""
WITH days AS (
  SELECT member_id, day, sum(total) AS spent, max(total + returned > 0) AS came FROM receipt
   WHERE gone = 0 AND member_id IS NOT NULL AND day <= :last GROUP BY 1, 2
), first AS (SELECT member_id, number, min(id) FROM card GROUP BY 1)
SELECT first.member_id, first.number,
       coalesce(min(min(days.day), m.joined), min(days.day), m.joined) AS known,
       coalesce(sum(came) FILTER (WHERE day >= :first - :year AND day < :first), 0),
       coalesce(sum(came) FILTER (WHERE day BETWEEN :before AND :first - 1), 0),
       coalesce(sum(came) FILTER (WHERE day BETWEEN :first AND :middle), 0),
       coalesce(sum(came) FILTER (WHERE day > :middle), 0),
       coalesce(sum(spent) FILTER (WHERE day BETWEEN :before AND :first - 1), 0),
       coalesce(sum(spent) FILTER (WHERE day BETWEEN :first AND :middle), 0),
       coalesce(sum(spent) FILTER (WHERE day > :middle), 0)
  FROM first JOIN member m ON m.id = first.member_id LEFT JOIN days ON days.member_id = first.member_id
 WHERE first.member_id NOT IN ({SHARING.replace(":day", ":last")})
 GROUP BY first.member_id
HAVING known <= :last
"""


class Days(NamedTuple):
    """The days that are compared; `since` is the first day of the time before, where that is not as many days."""

    first: Day
    last: Day
    since: Day | None = None

    @property
    def before(self) -> Day:
        """The first day of the time before."""
        return 2 * self.first - self.last - 1 if self.since is None else self.since

    @property
    def weeks(self) -> float:
        """How long it is."""
        return (self.last - self.first + 1) / WEEK

    @property
    def none(self) -> bool:
        """Whether there are not two halves of it yet."""
        return self.first >= self.last


class Doing(NamedTuple):
    """One member: their number and chance, since when they are known, visits in the year before, and the measures."""

    member: int
    chance: str
    known: Day
    visits: int
    measures: dict[str, Measured]


def doings(connection: Connection, days: Days) -> list[Doing]:
    """Every member with a card who was known by the last day, with what they did."""
    values = {"first": days.first, "last": days.last, "before": days.before, "middle": (days.first + days.last) // 2, "year": YEAR}
    key = key_of(connection)
    return [
        Doing(member, chance_of(key, card), known, visits, {"visits": Measured(*figures[:3]), "spend": Measured(*figures[3:])})
        for member, card, known, visits, *figures in connection.execute(DID, values)
    ]


def awake(doing: Doing, days: Days) -> bool:
    """Whether a member counts: new within a year before or in the days compared, or somebody who bought in that year.

    Only what came before the days compared may decide, else the rule itself would choose whom it is judged by.
    """
    return bool(doing.visits) or doing.known >= days.first - YEAR


def control_of(program: Program, rule: str) -> KeptOut | None:
    """The control group of a rule."""
    control: KeptOut | None = dict(rules_of(program))[rule].only.control
    return control


def rules_of(program: Program) -> list[tuple[str, Any]]:
    """The rules that may have a control group, by their names in the ledger."""
    families = {"points": program.earn, "discounts": program.offers, "rewards": program.rewards}
    return [(f"{family}.{name}", rule) for family, rules in families.items() for name, rule in rules.items()]


def days_of(versions: Sequence[tuple[Day, Program]], rule: str, question: Question, last: Day) -> tuple[Days, KeptOut | None]:
    """The last days over which the rule had one and the same control group, as far as they are asked for; they may be none yet."""
    until = min(last, question.last if question.last is not None else last)
    found: tuple[Day, Day, KeptOut | None] | None = None
    ends = [*(from_day - 1 for from_day, _ in versions[1:]), NEVER]
    for (from_day, program), end in zip(versions, ends, strict=True):
        if rule not in dict(rules_of(program)):
            continue
        control = control_of(program, rule)
        if control is None and found and found[2]:
            continue
        same = found is not None and found[2] == control and found[1] == from_day - 1
        found = (found[0] if found and same else max(from_day, program.starts), end, control)
    begins, ends_on, group = found or (until, until, None)
    return Days(max(begins, question.first or begins), min(until, ends_on)), group
