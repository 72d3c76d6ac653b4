"""A segment: members of whom several conditions hold, at least one of others, and none of a third sort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.condition import Condition


@dataclass(frozen=True, slots=True)
class Segment:
    """All of `conditions` and of `every` hold, one of `some` (where there are any), none of `none`."""

    conditions: Sequence[tuple[str, Condition]] = ()
    every: Sequence[Segment] = ()
    some: Sequence[Segment] = ()
    none: Sequence[Segment] = ()

    @property
    def all_parts(self) -> Iterator[Segment]:
        """Itself and all its parts."""
        yield self
        for part in (*self.every, *self.some, *self.none):
            yield from part.all_parts

    @property
    def all_conditions(self) -> Iterator[Condition]:
        """Its own and those of the parts."""
        return (condition for part in self.all_parts for _, condition in part.conditions)

    def numbered(self, known: Sequence[Condition]) -> Numbered:
        """The same with its conditions as numbers in a list that holds them."""
        every, some, none = (tuple(part.numbered(known) for part in parts) for parts in (self.every, self.some, self.none))
        return Numbered(tuple(known.index(condition) for _, condition in self.conditions), every, some, none)

    def announced(self, money: Callable[[int], Money]) -> list[Phrase]:
        """Who belongs to it, a phrase for each thing that must be so."""
        said = [condition.announced(money) for _, condition in self.conditions]
        said += [each for part in self.every for each in part.announced(money)]
        if self.some:
            said.append(phrase("one of: {parts}", parts=[together(part.announced(money)) for part in self.some]))
        without = [together(part.announced(money)) for part in self.none]
        return said + [phrase("but not: {what}", what=each) if said else phrase("not: {what}", what=each) for each in without]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A segment whose conditions are numbers; see Segment."""

    conditions: Sequence[int]
    every: Sequence[Numbered]
    some: Sequence[Numbered]
    none: Sequence[Numbered]

    def holds(self, so: Sequence[bool]) -> bool:
        """Whether somebody belongs to it of whom each condition holds or does not."""
        if not all(so[number] for number in self.conditions) or not all(part.holds(so) for part in self.every):
            return False
        if self.some and not any(part.holds(so) for part in self.some):
            return False
        return not any(part.holds(so) for part in self.none)


def together(said: Sequence[Phrase]) -> Phrase:
    """Several phrases that hold together, as one."""
    return said[0] if len(said) == 1 else phrase("{parts}", parts=list(said))
