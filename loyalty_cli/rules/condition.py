"""What a condition of a segment is: one question about a member, answered each morning by what was known when the day before ended.

A condition is pure and knows no other one. What it must remember of a member is a small list that can be written as JSON. It says
what it wants to hear, whether it holds on a morning, and until when that stays so if nothing happens.
"""

from __future__ import annotations

from typing import Any
from typing import ClassVar
from typing import NamedTuple
from typing import Self
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.shown.phrase import in_a_row
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Only
from loyalty_cli.rules.only_said import only_said
from loyalty_cli.rules.window import CountedOver
from loyalty_cli.rules.window import in_its_window
from loyalty_cli.rules.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Heard

State = list[Any]
# In the rows of a state: a row of this day holds what lies before all windows.
BEFORE = 0
ROW_DAY, ROW_COUNT = 0, 1


class Judged(NamedTuple):
    """A member on a morning: the points that can be used, the tier, the groups; `anchor` begins their years of membership."""

    day: Day
    tier: str
    points: int
    groups: frozenset[str]
    known: MemberFacts
    anchor: Day


class Stands(NamedTuple):
    """Whether a condition holds, and the next morning on which that may be otherwise though nothing happens; may be too early."""

    holds: bool
    until: Day = NEVER


MISSED = Stands(holds=False)


class Condition(Settings):
    """The base of all conditions; a kind overrides what it hears."""

    short: ClassVar[str]
    hears_purchases: ClassVar[bool] = False
    # Whether it looks at what rules give: points, tiers, badges. Then anything that happens may change the answer.
    asks_standing: ClassVar[bool] = False

    @model_validator(mode="after")
    def above_nothing(self) -> Self:
        """Nobody is told apart by what all have."""
        if not getattr(self, "at_least", 1):
            raise refuse("Nothing must be reached here.", "Write a number above 0.")
        return self

    @property
    def which(self) -> Only:
        """The purchases it hears."""
        return EVERYTHING

    @property
    def hears_assets(self) -> frozenset[str]:
        """The assets whose coming and going it hears, `badge:NAME`, and events, `event:NAME`."""
        return frozenset()

    def fresh(self) -> State:
        """The memory of a member of whom nothing has happened."""
        return []

    def bought(self, state: State, heard: Heard) -> None:
        """A purchase that fits."""

    def returned(self, state: State, before: Heard, left: Heard | None) -> None:
        """A purchase now counts as `left`; None if all of it came back."""

    def held(self, state: State, asset: str, change: int) -> None:
        """An asset it hears has come (1) or gone (-1)."""

    def happened(self, state: State, day: Day) -> None:
        """An event that it hears has happened."""

    def answered(self, state: State, day: Day, opinion: str) -> None:
        """The member has answered a survey; `opinion` is '' of an answer without a score."""

    @property
    def ranking(self) -> str:
        """The asset by which a member hears of a place among all members; '' where none is asked for."""
        return ""

    def ranked(self, state: State, until: Day) -> None:
        """The member has that place through a day."""

    def kept(self, state: State, until: Day, anchor: Day) -> State:
        """What of the memory is still needed after a day; only a return looks further back."""
        return state

    def stands(self, state: State, at: Judged) -> Stands:
        """Whether it is so on a morning, and until when if nothing happens."""
        raise NotImplementedError

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The condition as a phrase that stands in a list."""
        raise NotImplementedError


class OfPurchases(Condition):
    """Looks at purchases, all or some of them."""

    hears_purchases: ClassVar[bool] = True

    only: Only = Field(EVERYTHING, description="which purchases count: {categories: [tea]}")

    @property
    def which(self) -> Only:
        """Those that its filter takes."""
        return self.only

    def of_which(self, what: Phrase) -> Phrase:
        """A phrase with the purchases it means."""
        said = list(only_said(self.only))
        return phrase("{what} ({which})", what=what, which=in_a_row(said)) if said else what


class Counting(OfPurchases):
    """Counts purchases over a window that ends with the day before. The state is a row per day: the day, what it counts."""

    counted_over: CountedOver = Field(Window(kind="lifetime"), description="which purchases count together: 3 months")

    @property
    def enough(self) -> int:
        """How much must be reached."""
        raise NotImplementedError

    def measure(self, heard: Heard) -> int:
        """What a purchase counts."""
        raise NotImplementedError

    def worths(self, state: State) -> list[int]:
        """What each day counts."""
        return [row[ROW_COUNT] for row in state]

    def bought(self, state: State, heard: Heard) -> None:
        """More on a day, the latest so far."""
        if not state or state[-1][ROW_DAY] != heard.day:
            state.append([heard.day, 0])
        state[-1][ROW_COUNT] += self.measure(heard)

    def returned(self, state: State, before: Heard, left: Heard | None) -> None:
        """Less on the day of the purchase."""
        for row in state:
            if row[ROW_DAY] == before.day:
                row[ROW_COUNT] -= self.measure(before) - (self.measure(left) if left else 0)

    def kept(self, state: State, until: Day, anchor: Day) -> State:
        """The days that some window to come still holds; for ever, one row for all of them."""
        if self.lifelong:
            return [[BEFORE, sum(self.worths(state))]] if state else []
        return [row for row in state if self.counted_over.leaves(row[ROW_DAY], anchor) > until]

    def stands(self, state: State, at: Judged) -> Stands:
        """Whether enough is counted in the window that ended with the day before, and the morning by which too much has left it."""
        self.let_go(state, at)
        worths, enough = self.worths(state), self.enough
        counted = sum(worths)
        if counted < enough:
            return MISSED
        for place, worth in enumerate(worths if not self.counted_over.endless else ()):
            counted -= worth
            if counted < enough:
                return Stands(holds=True, until=self.leaves(state[place], at))
        return Stands(holds=True)

    @property
    def lifelong(self) -> bool:
        """Whether everything counts, for ever; what came before joining does not count since joining."""
        return self.counted_over.kind == "lifetime"

    def let_go(self, state: State, at: Judged) -> None:
        """What lies before the window counts for none to come."""
        first = self.counted_over.first_day(at.day - 1, at.anchor)
        while state and state[0][ROW_DAY] < first:
            del state[0]

    def leaves(self, row: State, at: Judged) -> Day:
        """The first morning on which a day no longer counts: that after the first day whose window does not hold it."""
        return self.counted_over.leaves(row[ROW_DAY], at.anchor) + 1

    def in_window(self, what: Phrase) -> Phrase:
        """The phrase with the window it means."""
        return self.of_which(in_its_window(what, self.counted_over))
