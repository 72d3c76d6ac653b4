"""Which tickets are struck out between the close of a draw and its run: late returns, a ticket, some of a member's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.model.kept_draw import Void


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck:
    """What is struck out: a ticket by its number, or so many of a card's tickets (0 is all of them), and why.

    `late_returns` are all tickets that members have lost since the close.
    """

    late_returns: bool = False
    ticket: int | None = None
    card: str | None = None
    count: int = 0
    code: str
    reason: str = ""


def late_returns(lost: Iterable[tuple[int, int, int]], voids: Sequence[Void]) -> list[int]:
    """The last tickets of each member who has fewer now than were frozen, less those struck out as returned before.

    `lost` has for each such member the first ticket, how many were frozen, and how many fewer there are now.
    """
    void = {void.ticket: void.code for void in voids}
    found: list[int] = []
    for first, count, fewer in lost:
        own = range(first, first + count)
        still = fewer - sum(void.get(ticket) == "returned" for ticket in own)
        live = [ticket for ticket in own if ticket not in void]
        found += live[-still:] if still > 0 else ()
    return found


def tickets_of_card(own: range, what: Struck, name: str, voids: Sequence[Void]) -> list[int]:
    """The tickets meant of a card that has `own`; of a card that loses some, the last ones."""
    void = {void.ticket for void in voids}
    live = [ticket for ticket in own if ticket not in void]
    # The same command again strikes no more: what was struck out for the very same reason counts.
    same = (what.code, what.reason)
    struck = sum((void.code, void.reason) == same and void.ticket in own for void in voids) if what.reason else 0
    still = what.count - struck
    if what.count and still <= 0:
        return []
    if still > len(live):
        raise Refused("Tickets of card {card} in {name}: {count}.", card=what.card, count=len(live), name=name)
    return live[-still:] if what.count else live
