"""What all kinds of give share: what one adds for a member, and how an example names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.reading.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.days import Span
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """So many of an asset: `points`, or `coupon:NAME`; some are for a time."""

    asset: str
    quantity: int
    valid_for: Span | None = None
    until: Day | None = None

    def last_day(self, day: Day) -> Day:
        """The last day of what is given on a day for a time."""
        return self.valid_for.after(day) if self.valid_for else NEVER if self.until is None else self.until


class Give(Settings):
    """The base of all kinds of give.

    `short` is the setting that one value alone means. `held_as` is the word under which an example's `then` counts what it
    gives, such as `badges` for `badge:NAME`; '' for what stands in a field of its own.
    """

    short: ClassVar[str]
    held_as: ClassVar[str] = ""

    def of_reward(self, name: str) -> Give:
        """The same, knowing the reward that gives it."""
        return self

    def given(self) -> Given:
        """What it adds."""
        raise NotImplementedError

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        raise NotImplementedError
