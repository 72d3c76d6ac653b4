"""What a member should have, as single entries that name their rule and their cause."""

from __future__ import annotations

from enum import IntEnum
from itertools import chain
from itertools import repeat
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day


class Cause(IntEnum):
    """What kind of thing caused an entry.

    Its number is a receipt's, a redemption's, an adjustment's, an event's, another member's, a coupon's, an answer's on consent, a day,
    a year, 0 for joining, or a window with the number in order (`window_cause`).
    """

    RECEIPT = 1
    REDEMPTION = 2
    DAY = 3
    ADJUSTMENT = 4
    JOINING = 5
    WINDOW = 6
    YEAR = 7
    EVENT = 8
    MEMBER = 9
    COUPON = 10
    CONSENT = 11


class Entry(NamedTuple):
    """So much more or less of an asset.

    `points`, `pending`, `tier:NAME`, `coupon:NAME`, `ticket:DRAW`, `badge:NAME`, `gift:NAME`, `segment:NAME`.
    """

    rule: str
    cause: int
    cause_id: int
    asset: str
    day: Day
    quantity: int


class Columns(NamedTuple):
    """Entries with their members by columns: on a first load these are millions of rows."""

    members: Sequence[int]
    rules: Sequence[str]
    cause_kinds: Sequence[int]
    cause_ids: Sequence[int]
    assets: Sequence[str]
    days: Sequence[Day]
    quantities: Sequence[int]


def columns_of(missing: Sequence[tuple[int, Sequence[Entry]]]) -> Columns | None:
    """What members' books lack by columns, or None if nothing."""
    entries = [entry for _, own in missing for entry in own]
    if not entries:
        return None
    return Columns(list(chain.from_iterable(repeat(member, len(own)) for member, own in missing)), *zip(*entries))


class Told(NamedTuple):
    """What a member's facts mean beyond the member: a claim to a reward that only so many get (`to` is 0), or a hand-over.

    A hand-over is told to the member `to` who brought this one. Both are sums per key like entries, in a table of their own.
    """

    to: int
    reward: str
    cause: int
    cause_id: int
    day: Day
    times: int


# A window's first day and the number in order make one number; nobody reaches anything a million times.
IN_A_WINDOW = 1_000_000


def window_cause(first: Day, number: int) -> int:
    """The number of a cause: the n-th time in the window that begins on a day (0: in the window without a beginning)."""
    return first * IN_A_WINDOW + number


Key = tuple[str, int, int, str, int]
"""What makes entries one: rule, kind of cause, its number, asset, day."""

# The rules that are not in the program file, but in the nature of points and tiers.
LAPSE = "lapse"
USABLE = "usable"
REDEEM = "redeem"
REINSTATE = "reinstate"
ADJUST = "by hand"
TIERS = "tiers"
SEGMENTS = "segments"
# What returned goods put back on a voucher, in money, by its code.
PUT_BACK = "voucher:"
POINTS = "points"
# What a reward gives to be seen, and other rewards to feed on.
BADGE = "badge:"
# A tier that is held through a day whatever counts, and a tier that was kept at a review.
HELD = "held:"
KEPT = "kept:"
# Among the best of all members through a day, as segments ask it.
RANKED = "ranked:"
# A segment the member is in.
SEGMENT = "segment:"
# What is told beyond the member, among what a reward gives: the right to a place, and what a friend brings about.
CLAIM = "claim"
HAND_OVER = "hand over"
