"""What a set of books gave in a period, and what that costs the shop."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.paying.prizes import prizes_of_versions
from loyalty_cli.paying.spending import kind_of
from loyalty_cli.paying.spending import PRIZES
from loyalty_cli.paying.worths import goods_for_a_coupon
from loyalty_cli.paying.worths import MOVES
from loyalty_cli.paying.worths import PARTS
from loyalty_cli.paying.worths import Usual
from loyalty_cli.paying.worths import worths_of
from loyalty_cli.store.simulation import second_set
from loyalty_cli.store.simulation.second_set import Given
from loyalty_cli.store.simulation.sold import usual_prices

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.operations.simulation.taken_off import TakenOff
    from loyalty_cli.paying.worths import Worths
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.paying import Turnover
    from loyalty_cli.store.simulation.second_set import Period


class Line(NamedTuple):
    """So much of an asset by a rule, and what that costs; of what the till takes off, on so many receipts."""

    rule: str
    asset: str
    quantity: int
    cost: int


class Side(NamedTuple):
    """The shop's facts that do not depend on a program."""

    period: Period
    turnover: Turnover
    used: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """The lines, what is owed for points at the end, the worths that were counted with, and what each member was given."""

    lines: Sequence[Line]
    owed: int
    worths: Worths
    given: Given

    @property
    def by_kind(self) -> Mapping[str, int]:
        """The cost of each kind, in minor units."""
        costs: Counter[str] = Counter()
        for line in self.lines:
            costs[kind_of(line.asset)] += line.cost
        return costs

    @property
    def cost(self) -> int:
        """What all of it costs."""
        return sum(line.cost for line in self.lines)


def reckon(connection: Connection, plan: Plan, side: Side, off: TakenOff, *, second: bool) -> Reckoned:
    """Reckon one set of books; each rule is rounded once, to the whole minor unit."""
    programs = [program for day, program in reversed(plan.versions) if day <= side.period.last]
    given = second_set.by_rule(connection, side.period, second=second)
    left = second_set.left_at_the_end(connection, side.period, second=second)
    goods = set().union(*map(goods_for_a_coupon, programs))
    usual = Usual(side.turnover.members, side.turnover.receipts, usual_prices(connection, goods))
    worths = worths_of(programs, dict.fromkeys((*(asset for _, asset, _ in given), *left)), side.used, usual)
    lines: dict[tuple[str, str], Line] = {each[:2]: Line(*each, 0 if each[0] in MOVES else worths.of(*each[1:])) for each in given}
    for rule, taken in off.by_rule.items():
        # A tier is reached so often, and its percent comes off: one line.
        reached = lines[rule].quantity if rule in lines else 0
        lines[rule] = Line(*rule, reached or taken.receipts, taken.amount)
    for prizes in prizes_of_versions(plan.versions, *side.period):
        line = Line(f"draws.{prizes.draw}", PRIZES, prizes.many, prizes.worth)
        lines[line[:2]] = line
    return Reckoned(
        lines=list(lines.values()),
        owed=sum(worths.of(asset, quantity) for asset, quantity in left.items()),
        worths=worths,
        given=Given(worths.of_one, {member: amount * PARTS for member, amount in off.of_members.items()}),
    )
