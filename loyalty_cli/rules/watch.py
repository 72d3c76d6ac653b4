"""What a kind of `when` is: one reward's eye on one member. It hears what happens and says how many more are due.

A watch is pure and knows no other rule, no clock and no end of replay. What it must remember of a member is a small list
that can be written as JSON. A kind says what it wants to hear; of all else it is never told.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any
from typing import ClassVar
from typing import NamedTuple
from typing import Self
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import BADGE
from loyalty_cli.model.entry import POINTS
from loyalty_cli.model.quantity import PIECE
from loyalty_cli.model.shown.phrase import Figure
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Cause
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.only import Only

State = list[Any]


class Heard(NamedTuple):
    """A purchase as one reward sees it: the money and the thousandths of units that fit its `only:`.

    `things` are the amounts of what the kind tells apart (see `Watch.elements`); `filtered` says that `only:` looks at goods.
    """

    id: int
    day: Day
    store: str
    amount: int
    units: int = 0
    things: Sequence[tuple[str, int]] = ()
    filtered: bool = False


class Scored(NamedTuple):
    """Points on a day: how many have come in (below zero: were taken back), how many can be used, the last day of the next to lapse.

    Of those that were taken back only they count as `earned` below zero whose coming was heard; `taken_back` says whether goods came back.
    """

    day: Day
    earned: int
    balance: int
    last: Day
    taken_back: bool = False


class InHand(NamedTuple):
    """A coupon that a member can use through its last day, by its number and name; it came into their hand on a day."""

    number: int
    name: str
    last: Day
    day: Day


class Due(NamedTuple):
    """So many times more of a reward are due, or fewer, for a cause that stays the same whatever comes late."""

    cause: Cause
    cause_id: int
    times: int


class Progress(NamedTuple):
    """How far a member is: so much of so much, in `unit` (money, visits, units, things, days), until a day."""

    done: int
    of: int
    unit: str
    until: Day

    def said(self, money: Callable[[int], Money]) -> Phrase:
        """So much of so much, in the words of its unit."""
        done, of, unit, _ = self
        if unit == "money":
            return phrase("{done} of {all}", done=money(done), all=money(of))
        if unit == "units":
            pieces = Figure(done)
            return phrase("{done} of {count} piece", "{done} of {count} pieces", done=pieces, count=of // PIECE)
        if told := FAR.get(unit):
            return phrase(told.text, told.plural, done=done, count=of)
        return phrase("{done} of {all}", done=done, all=of)


FAR = {
    "visits": phrase("{done} of {count} visit", "{done} of {count} visits"),
    "friends": phrase("{done} of {count} friend", "{done} of {count} friends"),
    "points": phrase("{done} of {count} point", "{done} of {count} points"),
    "weeks": phrase("{done} of {count} week", "{done} of {count} weeks"),
    "months": phrase("{done} of {count} month", "{done} of {count} months"),
    "badges": phrase("{done} of {count} badge", "{done} of {count} badges"),
}


def towards(count: int, reached: int, target: int) -> tuple[int, int]:
    """What counts towards the next time, of what: of all, where an earlier version has given it oftener than this target does."""
    used = reached * target
    return (count - used, target) if count >= used else (max(0, count), used + target)


class Watch(Settings):
    """The base of all kinds of `when`; a kind overrides what it hears."""

    short: ClassVar[str]
    hears_purchases: ClassVar[bool] = False
    counts_units: ClassVar[bool] = False
    # Whether it asks for the days on which no store sells: it then has a setting `closed`, to which those are added.
    asks_closed: ClassVar[bool] = False
    # Whether it waits for purchases to stay away; those that count for the account of a household are never told.
    misses_purchases: ClassVar[bool] = False
    # Whether it looks at a friend whom the member brought: it watches the friend, and what it finds is handed over.
    of_a_friend: ClassVar[bool] = False
    # Whether its state says something of the person that is forgotten with them, such as the birthday.
    of_the_person: ClassVar[bool] = False

    @property
    def hears_assets(self) -> frozenset[str]:
        """The assets whose coming and going it hears: `tier:NAME`, `badge:NAME`."""
        return frozenset()

    @property
    def several(self) -> bool:
        """Whether one purchase may bring the reward several times."""
        return False

    @property
    def counts_points(self) -> bool:
        """Whether it counts the points that come in, and nothing else of them."""
        return False

    @property
    def is_told_all(self) -> bool:
        """Whether purchases, badges and the points that come in are all that it looks at, so that it can be counted anew from them."""
        others = [asset for asset in self.hears_assets if not asset.startswith(BADGE) and not (asset == POINTS and self.counts_points)]
        return bool(self.hears_purchases or self.hears_assets) and not self.waits and not others

    @property
    def remembers(self) -> bool:
        """Whether it has a memory: what has none looks at each thing by itself, whose day is its own."""
        return type(self).fresh is not Watch.fresh

    @property
    def waits(self) -> bool:
        """Whether there are days on which something happens by itself."""
        return type(self).came is not Watch.came

    @property
    def tells_progress(self) -> bool:
        """Whether it can ever be said how far a member is."""
        return type(self).progress is not Watch.progress

    @property
    def tells_categories(self) -> bool:
        """Whether it is told the money of a purchase by the category of its goods, as `things`."""
        return False

    @property
    def elements(self) -> Sequence[tuple[str, Only]]:
        """What it tells apart among the goods of a receipt, each with its own filter."""
        return ()

    def fresh(self, known: MemberFacts, since: Day) -> State:
        """The memory of a member of whom nothing has happened; the reward holds since a day."""
        return []

    def copied(self, state: State) -> State:
        """A memory that goes its own way from here."""
        return deepcopy(state)

    def kept(self, state: State, until: Day) -> State:
        """What of the memory purchases and days after a day need, empty if nothing; only a return looks further back."""
        return state

    def bought(self, state: State, heard: Heard) -> Sequence[Due]:
        """A purchase with goods that fit."""
        return ()

    def all_bought(self, state: State, row: Sequence[Heard]) -> Sequence[tuple[int, Sequence[Due]]]:
        """Purchases one after another, with nothing in between: the receipts that make something due, with that."""
        told = ((heard.id, self.bought(state, heard)) for heard in row)
        return [(receipt, dues) for receipt, dues in told if dues]

    def returned(self, state: State, before: Heard, left: Heard | None) -> Iterable[Due]:
        """A purchase now counts as `left`; None if all of it came back."""
        return ()

    def held(self, state: State, asset: str, change: int) -> Iterable[Due]:
        """An asset it hears has come (1) or gone (-1)."""
        return ()

    def happened(self, state: State, number: int) -> Iterable[Due]:
        """An event it hears as `event:NAME`, by its number."""
        return ()

    def scored(self, state: State, scored: Scored) -> Iterable[Due]:
        """Points have come or gone, where it hears `points`."""
        return ()

    def coupon_came(self, state: State, coupon: InHand) -> None:
        """A coupon came into the member's hand, where it hears of coupons; one may be told again."""

    def coupon_left(self, state: State, number: int) -> None:
        """A coupon was used, lapsed or was withdrawn."""

    def next_day(self, state: State) -> Day:
        """The next day on which something happens by itself."""
        return NEVER

    def came(self, state: State, day: Day) -> Iterable[Due]:
        """The day it waited for."""
        return ()

    def carried_over(self, state: State, old: State) -> None:
        """Counted again under another version: what must not be forgotten of the memory before."""

    def look_again(self, state: State, day: Day, before: Self) -> Iterable[Due]:
        """The next version of a reward counts the same, from a day on: what its target now finds reached."""
        return ()

    def counts_alike(self, other: Watch) -> bool:
        """Whether it remembers the same of a member as another version of the reward."""
        return self == other

    def progress(self, state: State, day: Day) -> Progress | None:
        """How far the member is at the end of a day, where that can be said."""
        return None

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """When the reward is given, as a poster would say it."""
        raise NotImplementedError

    def details(self, _: Callable[[int], Money]) -> Iterable[Phrase]:
        """What a member must know besides, in sentences of their own."""
        return ()
