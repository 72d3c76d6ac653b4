"""What a member should have, as single entries that name their rule and their cause."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day


class Cause(IntEnum):
    """What kind of thing caused an entry; its number is a receipt's, a redemption's, an adjustment's, a day, or 0."""

    RECEIPT = 1
    REDEMPTION = 2
    DAY = 3
    ADJUSTMENT = 4
    JOINING = 5


class Entry(NamedTuple):
    """So much more or less of an asset: `points`, `pending`, `tier:NAME`, `coupon:NAME`, `ticket:DRAW`."""

    rule: str
    cause: int
    cause_id: int
    asset: str
    day: Day
    quantity: int


Key = tuple[str, int, int, str, int]
"""What makes entries one: rule, kind of cause, its number, asset, day."""

# The rules that are not in the program file, but in the nature of points and tiers.
LAPSE = "lapse"
USABLE = "usable"
REDEEM = "redeem"
REINSTATE = "reinstate"
ADJUST = "by hand"
TIERS = "tiers"
