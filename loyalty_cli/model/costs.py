"""What a program costs besides its rewards, and what the shop supposes of itself, as the program file says it."""

from __future__ import annotations

import json
from dataclasses import asdict
from dataclasses import dataclass
from typing import NamedTuple

from loyalty_cli.model.days import Day
from loyalty_cli.model.days import NEVER


class Cost(NamedTuple):
    """An amount of money in minor units, paid on the day `first`, or in each month that a day from `first` to `last` lies in."""

    name: str
    amount: int
    first: Day
    last: Day = NEVER
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What setting up cost, what each month costs; `margin` and `uplift` in basis points, None where nothing is said.

    The margin is what is left of a sale before the program's cost. The uplift is by how much more members buy because there is
    a program, as the shop supposes it.
    """

    set_up: tuple[Cost, ...] = ()
    each_month: tuple[Cost, ...] = ()
    margin: int | None = None
    uplift: int | None = None

    def kept(self) -> str:
        """As JSON, for reports."""
        return json.dumps(asdict(self), ensure_ascii=False)


def costs_from(kept: str) -> Costs:
    """What was kept; a shop may have said nothing.

    >>> costs_from(Costs(set_up=(Cost("cards", 5_00, 2461042),), margin=3000).kept()).set_up[0].amount
    500
    """
    said = json.loads(kept) if kept else {}
    lists = {name: tuple(Cost(*each) for each in said.get(name, ())) for name in ("set_up", "each_month")}
    return Costs(**lists, margin=said.get("margin"), uplift=said.get("uplift"))
