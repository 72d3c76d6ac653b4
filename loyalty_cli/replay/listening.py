"""Who hears a purchase: found by its day and its goods, so that those whom it does not concern are not even asked.

Most offers of a year have their season, and most look at goods of their own. Both are known of a day and of the classes of
products on a receipt, of which there are few; whom they leave is found once for each.
"""

from __future__ import annotations

from typing import Generic
from typing import Protocol
from typing import TYPE_CHECKING
from typing import TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.replay.seen import Seeing
    from loyalty_cli.rules.only import Only


class Listener(Protocol):
    """Whoever hears purchases."""

    sees: Seeing

    @property
    def only(self) -> Only:
        """The purchases it is for."""


Own = TypeVar("Own", bound=Listener)


class Listening(Generic[Own]):
    """Those who hear purchases, in the order of the program."""

    def __init__(self, listeners: Sequence[Own]) -> None:
        self.listeners = listeners
        # The bits of all filters of goods that anybody looks with.
        self.bits = 0
        for each in listeners:
            self.bits |= each.sees.asked
        self.by_day: dict[Day, dict[int, list[Own]]] = {}
        # The same listeners in season are the same dictionary, on however many days.
        self.seasons: dict[tuple[int, ...], dict[int, list[Own]]] = {}

    def to(self, fact: Purchase) -> Sequence[Own]:
        """Those who may hear a purchase, as far as its day and its goods tell."""
        if not self.listeners:
            return NOBODY
        goods = 0
        if self.bits:
            for class_, amount in fact.parts:
                if amount:
                    goods |= class_
            goods &= self.bits
        season = self.by_day.get(fact.day)
        if season is None:
            season = self.by_day[fact.day] = self.in_season(fact.day)
        found = season.get(goods)
        if found is None:
            found = season[goods] = [each for each in season[ALL_GOODS] if not each.sees.asked or goods & each.sees.asked]
        return found

    def in_season(self, day: Day) -> dict[int, list[Own]]:
        """Those who hear purchases of a day, by the goods that were bought."""
        places = tuple(place for place, each in enumerate(self.listeners) if each.only.fits_the_calendar(day))
        return self.seasons.setdefault(places, {ALL_GOODS: [self.listeners[place] for place in places]})


NOBODY: tuple[()] = ()
# No receipt has these goods: they stand for everybody in season.
ALL_GOODS = -1
