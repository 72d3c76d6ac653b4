"""Local clock times and UTC: when a shop's day begins, which times the clock skips and which it shows twice."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta
from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo
from zoneinfo import ZoneInfoNotFoundError

from loyalty_cli.model.days import JULIAN_OF_1970
from loyalty_cli.model.days import SECONDS_OF_DAY
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day

QUARTER = 900
# A moment is reckoned from here: Windows' own clock knows none before it.
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WALL_CLOCK_ZERO = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock; the zone is added by LocalTimes


def zone_of(name: str) -> ZoneInfo:
    """The time zone of a name such as Europe/Warsaw."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        hint = phrase("Write a name such as Europe/Warsaw, Asia/Barnaul, Europe/Chisinau or UTC.")
        raise LoyaltyError("The time zone {name} is not known.", name=name, hint=hint) from error


class LocalTimes:
    """One zone: each day's start and each quarter hour's offset are worked out once."""

    def __init__(self, name: str) -> None:
        self.zone = zone_of(name)
        self.starts = Starts(self)
        self.offsets = Offsets(self)
        # Days on which the clocks change; the sum `start + clock` does not hold there.
        self.changing: set[Day] = set()

    def utc(self, day: Day, clock: int) -> tuple[int | None, bool]:
        """The UTC second of a local clock time, None if the clock skips it; and whether it comes twice (the first counts)."""
        wall = WALL_CLOCK_ZERO + timedelta(days=day - JULIAN_OF_1970, seconds=clock)
        first = self.of_wall(wall, fold=0)
        second = self.of_wall(wall, fold=1)
        if self.local(first) != (day, clock):
            return None, False
        return first, first != second and self.local(second) == (day, clock)

    def of_wall(self, wall: datetime, *, fold: int) -> int:
        """Seconds since 1970 of a wall clock time."""
        return int(wall.replace(tzinfo=self.zone, fold=fold).timestamp())

    def local(self, at: int) -> tuple[Day, int]:
        """The local day and the seconds since its midnight at a moment."""
        day, clock = divmod(at + self.offset(at), SECONDS_OF_DAY)
        return day + JULIAN_OF_1970, clock

    def offset(self, at: int) -> int:
        """Seconds that local time is ahead of UTC at a moment."""
        ahead = (EPOCH + timedelta(seconds=at)).astimezone(self.zone).utcoffset()
        return int(ahead.total_seconds()) if ahead is not None else 0


class Starts(dict[int, int]):
    """UTC second of a local day's midnight, such that adding the clock is right on every day but a changing one."""

    def __init__(self, times: LocalTimes) -> None:
        super().__init__()
        self.times = times

    def __missing__(self, day: Day) -> int:
        midnight = WALL_CLOCK_ZERO + timedelta(days=day - JULIAN_OF_1970)
        start = self.times.of_wall(midnight, fold=0)
        if self.times.of_wall(midnight + timedelta(days=1), fold=0) - start != SECONDS_OF_DAY:
            self.times.changing.add(day)
        self[day] = start
        return start


class Offsets(dict[int, int]):
    """Seconds ahead of UTC by quarter hour since 1970: no zone changes within one."""

    def __init__(self, times: LocalTimes) -> None:
        super().__init__()
        self.times = times

    def __missing__(self, quarter: int) -> int:
        self[quarter] = offset = self.times.offset(quarter * QUARTER)
        return offset
