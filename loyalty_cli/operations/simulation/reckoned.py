"""What a set of books gave in a period, and what that costs the shop."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.paying.prizes import prizes_due
from loyalty_cli.paying.tiers import as_json
from loyalty_cli.paying.tiers import tier_percents
from loyalty_cli.paying.worths import kind_of_cost
from loyalty_cli.paying.worths import MOVES
from loyalty_cli.paying.worths import Usual
from loyalty_cli.paying.worths import worths_of
from loyalty_cli.store import simulation
from loyalty_cli.store.paying import off_in_tiers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.paying.worths import Worths
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.paying import Turnover
    from loyalty_cli.store.simulation import Period

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
    usual = Usual(side.turnover.members, side.turnover.receipts)
    worths = worths_of(program, dict.fromkeys((*(asset for _, asset, _ in given), *left)), side.used, usual)
    lines = [Line(*each, 0 if each[0] in MOVES else worths.of(*each[1:])) for each in given]
    by_kind: Counter[str] = Counter()
    for line in lines:
        by_kind[kind_of_cost(line.asset)] += line.cost
    by_kind["discounts"] = discounts_of(connection, plan, side.period, second=second)
    by_kind["prizes"] = sum(each.worth for each in prizes_due(program, *side.period))
    owed = sum(worths.of(asset, quantity) for asset, quantity in left.items())
    return Reckoned(lines=lines, by_kind=by_kind, owed=owed, worths=worths)


def discounts_of(connection: Connection, plan: Plan, period: Period, *, second: bool) -> int:
    """What the percents of tiers take off what members paid, each receipt rounded as a till does."""
    percents = list(tier_percents(plan.versions))
    if not percents:
        return 0
    return sum(each.off for each in off_in_tiers(connection, *period, as_json(percents), books=simulation.books(second=second)))
