"""What is said of limits that hold for all members together: that one runs out, is reached, or turned somebody down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.store.ledger.limits import Limit

REACHED = {
    "reward": "The limit of the reward {name} is reached: given in all {count}, the last one on {day}.",
    "gift": "Of the gift {name} none is free any more; rewards have promised {count}, the last one on {day}.",
    "coupon": "The budget of the coupon {name} is used up: {spent} of {all}, the last one on {day}.",
    "budget": "The budget of the reward {name} is used up: {spent} of {all}, the last one on {day}.",
}
RUNS_OUT = {
    "coupon": "The budget of the coupon {name} runs out: {spent} of {all} are spent.",
    "budget": "The budget of the reward {name} runs out: {spent} of {all} are spent.",
}


def limits_said(before: Sequence[Limit], now: Sequence[Limit], money: Callable[[int], Money]) -> Iterator[Phrase]:
    """What a recalculation has to say: of each limit only what has changed."""
    known = {limit[:2]: limit for limit in before}
    for limit in now:
        was = known.get(limit[:2])
        if limit.state != (was.state if was else "open"):
            yield from state_said(limit, money)
        elif was and limit.waiting > was.waiting:
            yield waiting_said(limit, limit.waiting - was.waiting)


def state_said(limit: Limit, money: Callable[[int], Money]) -> Iterator[Phrase]:
    """How a limit stands, where that is worth a word."""
    values: Mapping[str, object] = {
        "name": limit.name, "count": limit.taken, "day": OnDay(limit.last), "spent": money(limit.taken), "all": money(limit.of),
    }  # fmt: skip
    if limit.state == "full":
        yield phrase(REACHED[limit.kind], **values)
    elif limit.state == "nearly full":
        yield phrase(RUNS_OUT[limit.kind], **values)


def waiting_said(limit: Limit, count: int) -> Phrase:
    """Who came too late."""
    text = "{count} more member has reached the reward {name}, whose limit is full."
    if limit.kind == "gift":
        return phrase(
            "{count} more member has reached the gift {name}, of which none is left.",
            "{count} more members have reached the gift {name}, of which none is left.",
            count=count, name=limit.name,
        )  # fmt: skip
    if limit.kind == "coupon":
        return phrase(
            "{count} more member has reached the coupon {name}, whose budget is used up.",
            "{count} more members have reached the coupon {name}, whose budget is used up.",
            count=count, name=limit.name,
        )  # fmt: skip
    return phrase(text, "{count} more members have reached the reward {name}, whose limit is full.", count=count, name=limit.name)
