"""What a set of books gave in a period, and what that costs the shop."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.money import rounded
from loyalty_cli.operations.simulation.worths import MOVES
from loyalty_cli.operations.simulation.worths import WHOLE
from loyalty_cli.operations.simulation.worths import worths_of
from loyalty_cli.rules.draws.prizes import counts
from loyalty_cli.rules.draws.prizes import worths as prize_worths
from loyalty_cli.store import simulation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.operations.simulation.worths import Worths
    from loyalty_cli.program.program import Program
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.simulation import Period
    from loyalty_cli.store.simulation import Turnover

# The kinds of cost, by the kind of asset; what is not here takes nothing from the till.
KINDS = {"points": "points", "pending": "points", "wallet": "points", "waiting": "points", "coupon": "coupons", "gift": "gifts"}


class Line(NamedTuple):
    """So much of an asset by a rule, and what that costs."""

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
    """The lines, the cost by kind in minor units, what is owed for points at the end, and the worths that were counted with."""

    lines: Sequence[Line]
    by_kind: Mapping[str, int]
    owed: int
    worths: Worths

    @property
    def cost(self) -> int:
        """What all of it costs."""
        return sum(self.by_kind.values())


def reckon(connection: Connection, plan: Plan, side: Side, *, second: bool) -> Reckoned:
    """Reckon one set of books; each rule is rounded once, to the whole minor unit."""
    program = plan.in_force(side.period.last)
    given = simulation.by_rule(connection, side.period, second=second)
    left = simulation.left_at_the_end(connection, side.period, second=second)
    worths = worths_of(program, dict.fromkeys((*(asset for _, asset, _ in given), *left)), side.used, side.turnover)
    lines = [Line(*each, 0 if each[0] in MOVES else worths.of(*each[1:])) for each in given]
    by_kind: Counter[str] = Counter()
    for line in lines:
        by_kind[KINDS.get(line.asset.partition(":")[0], "")] += line.cost
    by_kind["discounts"] = discounts_of(connection, plan, side.period, second=second)
    by_kind["prizes"] = prizes_of(program, side.period)
    owed = sum(worths.of(asset, quantity) for asset, quantity in left.items())
    return Reckoned(lines=lines, by_kind=by_kind, owed=owed, worths=worths)


def discounts_of(connection: Connection, plan: Plan, period: Period, *, second: bool) -> int:
    """What the percents of tiers take off what members paid, each receipt rounded as a till does."""
    if not any(rung.discount for _, program in plan.versions if program.ladder for rung in program.ladder.ladder.values()):
        return 0
    percents = [
        (from_day, {name: rung.discount for name, rung in program.ladder.ladder.items()} if program.ladder else {}, program)
        for from_day, program in plan.versions
    ]
    off = 0
    for day, total, tier in simulation.receipts_in_tiers(connection, period, second=second):
        _, by_tier, program = next(each for each in reversed(percents) if each[0] <= day)
        if program.starts <= day <= program.ends:
            off += rounded(total * by_tier.get(tier or program.base_tier, 0), WHOLE, "half up")
    return off


def prizes_of(program: Program, period: Period) -> int:
    """What the prizes of draws that end in the period are worth, where that is said."""
    worth = 0
    for draw in program.draws.values():
        if period.first <= draw.dates.last <= period.last:
            many = dict(counts(draw.prizes))
            worth += sum(many[name] * each for name, each in prize_worths(draw.prizes))
    return worth
