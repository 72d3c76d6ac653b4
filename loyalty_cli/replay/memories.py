"""What is remembered of a member for each reward between two events."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Told
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.replay.carried import Carried
    from loyalty_cli.replay.rewarding import Watched
    from loyalty_cli.rules.watch import Due
    from loyalty_cli.rules.watch import InHand

Cause = tuple[int, int]


@dataclass(slots=True)
class Memory:
    """What is remembered of a member for one reward.

    `state` is the watch's own. `times` are the days on which it was given, as far as its limit looks; `kept` are causes whose
    goods came back and which stand. `given` are the causes with their day and number, `asked` what was due of a reward whose days
    matter, known only where returns may ask for them, as `carried` is, receipts of before a version that counts otherwise.
    """

    state: list[Any]
    times: list[Day] = field(default_factory=list)
    kept: list[list[int]] = field(default_factory=list)
    given: dict[Cause, list[Any]] = field(default_factory=dict)
    asked: dict[tuple[int, Cause], Asked] = field(default_factory=dict)
    carried: Carried | None = None

    @property
    def said(self) -> bool:
        """Whether there is anything to remember."""
        return bool(self.state or self.times or self.kept)


@dataclass(slots=True)
class Asked:
    """What is due for a cause of a memory: how many times, how many of these a limit lets through, and the day that it counts on.

    `weighed` are the day and the times by which that was decided.
    """

    watched: Watched
    memory: Memory
    cause: Cause
    day: Day
    times: int = 0
    allowed: int = 0
    weighed: tuple[Day, int] = (NEVER, 0)


@dataclass(slots=True)
class Fed:
    """A reward that heard of an asset's coming, so many times, or of so many points, on a day; its going is told to it."""

    watched: Watched
    memory: Memory
    day: Day
    times: int = 0


class Found(NamedTuple):
    """What a purchase makes due of one reward, which stands at a place among all of them."""

    place: int
    watched: Watched
    memory: Memory
    dues: Sequence[Due]


class Ahead:
    """What the purchases of a member make due, by receipt, through a day; of later ones nothing is known."""

    def __init__(self) -> None:
        self.through: Day = 0
        self.by_receipt: dict[int, list[Found]] = {}

    def of(self, receipt: int) -> list[Found]:
        """What a purchase makes due, in the order of the program."""
        found = self.by_receipt.pop(receipt, [])
        found.sort()
        return found


class Memories:
    """What is remembered of a member for each reward, and the next day on which one wants to be told.

    `told` is what rewards say beyond the member: claims to what only so many get, and what is handed over.
    """

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.by_name: dict[str, Memory] = {}
        # The coupons that the member holds, where a reward hears of them: a later version of the program may ask for them, too.
        self.coupons: dict[int, InHand] = {}
        self.next_day: Day = NEVER
        self.not_before: Day = 0
        self.ahead = Ahead()
        # Who heard of the coming of which asset from where, by their memories; only returns ask.
        self.fed: dict[tuple[str, str, int, int], dict[int, Fed]] = {}
        # What is to be weighed again once a return has told all of what it takes.
        self.touched: dict[int, Memory] = {}

    def of(self, watched: Watched, known: MemberFacts) -> Memory:
        """The memory for a reward; a fresh one at first."""
        memory = self.by_name.get(watched.name)
        if memory is None:
            memory = self.by_name[watched.name] = Memory(watched.when.fresh(known, watched.since))
        return memory

    def expect(self, day: Day) -> Day:
        """A reward wants to be told on a day; the next day of all of them, which may now be too early."""
        self.next_day = min(self.next_day, max(day, self.not_before))
        return self.next_day

    def look(self, waiting: Sequence[Watched], known: MemberFacts) -> Day:
        """Find the next day on which a reward wants to be told."""
        next_day = min((each.when.next_day(self.of(each, known).state) for each in waiting), default=NEVER)
        self.next_day = max(next_day, self.not_before)
        return self.next_day
