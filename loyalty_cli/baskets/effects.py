"""Exact parts of a discount on each line: capped in proportion, poured over lines, made whole once."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from operator import add
from operator import gt
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.baskets.basket import Applied
from loyalty_cli.model.money import rounded
from loyalty_cli.model.money import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.model.money import Rounding

# An exact part of an amount: a whole number where it is one, which is far cheaper to reckon with. So that most are whole,
# discounts are reckoned in parts of a minor unit, FINE of which are one: a percent of a percent still is a whole number.
Part = Fraction | int
NOTHING: Part = 0
FINE = WHOLE * WHOLE


def percent_of(amount: Part, percent: int) -> Part:
    """So many hundredths of a percent of an amount, exactly."""
    if isinstance(amount, int):
        whole, rest = divmod(amount * percent, WHOLE)
        return Fraction(amount * percent, WHOLE) if rest else whole
    return amount * Fraction(percent, WHOLE)


class Effect(NamedTuple):
    """What one discount takes off each line, exactly."""

    name: str
    off: tuple[Part, ...]

    @property
    def total(self) -> Part:
        """All of it."""
        return sum(self.off, NOTHING)


def by_line(effects: Iterable[Effect], lines: int) -> list[Part]:
    """What several effects take off each line together."""
    together: list[Part] | None = None
    for effect in effects:
        together = list(effect.off) if together is None else list(map(add, together, effect.off))
    return [NOTHING] * lines if together is None else together


def within_lines(effects: Sequence[Effect], limits: Sequence[Part]) -> list[Effect]:
    """No line gives more than its limit: what is too much is taken from all effects on it in proportion."""
    together = by_line(effects, len(limits))
    if not any(map(gt, together, limits)):
        return list(effects)
    shares: list[Part] = [Fraction(limit) / off if off > limit else 1 for off, limit in zip(together, limits, strict=True)]
    return [Effect(effect.name, tuple(off * share for off, share in zip(effect.off, shares, strict=True))) for effect in effects]


def within_all(effects: Sequence[Effect], limit: int) -> list[Effect]:
    """All effects together take no more than a limit."""
    whole = sum((effect.total for effect in effects), NOTHING)
    if whole <= limit:
        return list(effects)
    share = Fraction(max(0, limit)) / whole
    return [Effect(effect.name, tuple(off * share for off in effect.off)) for effect in effects]


def poured(amount: Part, weights: Sequence[Part], limits: Sequence[Part]) -> list[Part]:
    """An amount over lines in proportion to their weights; what a line has no room for goes to the others."""
    parts = [NOTHING] * len(weights)
    left = Fraction(amount)
    while left > 0:
        open_ = [at for at, limit in enumerate(limits) if weights[at] > 0 and parts[at] < limit]
        whole = sum((Fraction(weights[at]) for at in open_), NOTHING)
        if not whole:
            break
        # The line that is full first decides how far this round goes.
        step = min([left / whole, *((limits[at] - parts[at]) / Fraction(weights[at]) for at in open_)])
        for at in open_:
            parts[at] += step * weights[at]
        left -= step * whole
    return parts


def settled(effects: Sequence[Effect], limits: Sequence[int], how: Rounding = "down", *, per: int = 1) -> list[Applied]:
    """Exact parts, `per` to a minor unit, as whole ones: all rounded once, shared by largest remainder, ties to the first line.

    Each part is its exact one rounded down or up, and so are the sums of each line and each effect: a ceiling holds to the
    last unit. Where a line's unit finds no effect with room, units of other lines make room for it, as in a matching.
    """
    if len(effects) == 1:
        return [settled_alone(effects[0], limits, how, per)]
    exact = by_line(effects, len(limits))
    whole = sum(exact, NOTHING)
    total = min(rounded(whole.numerator, whole.denominator * per, how), sum(limits))
    units = Units(effects, per)
    missing = total - sum(map(sum, units.parts))
    for line in lines_due(exact, limits, units) if missing > 0 else ():
        if missing > 0 and units.give(line, set()):
            missing -= 1
    return [Applied(effect.name, tuple(part)) for effect, part in zip(effects, units.whole, strict=True)]


def settled_alone(effect: Effect, limits: Sequence[int], how: Rounding, per: int) -> Applied:
    """The same of one effect, whose units are in nobody's way: by largest remainder."""
    whole = effect.total
    total = min(rounded(whole.numerator, whole.denominator * per, how), sum(limits))
    parts = [int(part // per) for part in effect.off]
    missing = total - sum(parts)
    if missing > 0:
        rests = [part - per * units for part, units in zip(effect.off, parts, strict=True)]
        with_room = [at for at, rest in enumerate(rests) if rest and parts[at] < limits[at]]
        for at in sorted(with_room, key=lambda at: -rests[at])[:missing]:
            parts[at] += 1
    return Applied(effect.name, tuple(parts))


def lines_due(exact: Sequence[Part], limits: Sequence[int], units: Units) -> list[int]:
    """The lines that should have a unit more: first where several parts make a whole one, then by largest remainder."""
    whole = [int(part // units.per) for part in exact]
    rests = [part - units.per * units_ for part, units_ in zip(exact, whole, strict=True)]
    by_remainder = sorted(range(len(exact)), key=lambda at: (-rests[at], at))
    due = [line for line, part in enumerate(whole) for _ in range(part - sum(column[line] for column in units.parts))]
    return due + [line for line in by_remainder if whole[line] < limits[line] and rests[line]]


class Units:
    """Whole parts of effects on lines, and single units beside them for the parts that are no whole ones."""

    def __init__(self, effects: Sequence[Effect], per: int) -> None:
        self.per = per
        self.parts = [[int(part // per) for part in effect.off] for effect in effects]
        self.effects = effects
        self.given: set[tuple[int, int]] = set()

    @cached_property
    def rests(self) -> list[list[Part]]:
        """What is no whole unit of each part."""
        return [[part % self.per for part in effect.off] for effect in self.effects]

    @cached_property
    def room(self) -> list[int]:
        """How many units each effect may still take: its exact sum rounded up."""
        return [-int(-effect.total // self.per) - sum(part) for effect, part in zip(self.effects, self.parts, strict=True)]

    @property
    def whole(self) -> list[list[int]]:
        """The parts with their units."""
        return [[part + ((line, at) in self.given) for line, part in enumerate(parts)] for at, parts in enumerate(self.parts)]

    def give(self, line: int, asked: set[int]) -> bool:
        """One unit more for a line, from an effect that is not whole there; the largest rest first."""
        for at in sorted(range(len(self.rests)), key=lambda at: -self.rests[at][line]):
            if not self.rests[at][line] or (line, at) in self.given or at in asked:
                continue
            asked.add(at)
            if self.room[at] > 0:
                self.room[at] -= 1
                self.given.add((line, at))
                return True
            for other in sorted(line for line, by in self.given if by == at):
                if self.give(other, asked):
                    self.given -= {(other, at)}
                    self.given.add((line, at))
                    return True
        return False
