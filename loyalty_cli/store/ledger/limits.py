"""How the limits stand that hold for all members together, as the last recalculation left them."""

from __future__ import annotations

import json
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.settings import save_settings
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

KEPT_AS = "limits"


class Limit(NamedTuple):
    """A limit of a `reward` or a `gift`, or the budget of a reward (`budget`) or a `coupon`.

    So much of so much is taken, through a day; how many members wait for it. From `warned_from` on the owner is told. A budget is money.
    """

    kind: str
    name: str
    taken: int
    of: int
    warned_from: int
    last: Day
    waiting: int

    @property
    def is_money(self) -> bool:
        """Whether money is counted, and not how often."""
        return self.kind in {"budget", "coupon"}

    @property
    def state(self) -> str:
        """How it stands, in a word."""
        if self.waiting or self.taken >= self.of:
            return "full"
        return "nearly full" if self.taken >= self.warned_from else "open"


def kept_limits(connection: Connection) -> list[Limit]:
    """The limits of the last recalculation."""
    return [Limit(*limit) for limit in json.loads(settings(connection).get(KEPT_AS, "[]"))]


def keep_limits(connection: Connection, limits: Iterable[Limit]) -> None:
    """Keep how the limits stand."""
    save_settings(connection, {KEPT_AS: json.dumps(list(limits), ensure_ascii=False)})
