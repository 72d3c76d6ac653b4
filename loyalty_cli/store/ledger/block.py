"""A block of members: so many are read, replayed and posted together."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day


CLASS, CLASS_BY_DISCOUNT = "c.class", "CASE WHEN l.discount <> 0 THEN c.reduced ELSE c.class END"


class Block(NamedTuple):
    """Members from one number to another, through a last day; `classes` are the classes of products, if they matter.

    `units` are those whose quantities are counted, `reduced` says whether a line's class asks for its discount,
    `cards` whether the numbers of cards are asked, `friends` whether it matters who brought whom, `chance` whether a rule has a
    control group, `coupons` and `consents` whether a reward hears of the coupons in hand and of consents asked for, `since` whether
    it matters from which day on more than a card is known of somebody.
    """

    first: int
    last: int
    until: Day
    classes: Sequence[int]
    units: Sequence[int] = ()
    reduced: bool = False
    cards: bool = False
    friends: bool = False
    chance: bool = False
    coupons: bool = False
    consents: bool = False
    since: bool = False

    @property
    def class_(self) -> str:
        """The class of a line, in SQL."""
        return CLASS_BY_DISCOUNT if self.reduced else CLASS

    @property
    def span(self) -> dict[str, int]:
        """The block as values for SQL."""
        return {"first": self.first, "last": self.last, "until": self.until}
