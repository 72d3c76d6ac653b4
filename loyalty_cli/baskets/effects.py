"""Exact parts of a discount on each line: capped in proportion, poured over lines, made whole once."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.baskets.basket import Applied
from loyalty_cli.model.money import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.model.money import Rounding

NOTHING = Fraction(0)


class Effect(NamedTuple):
    """What one discount takes off each line, exactly."""

    name: str
    off: tuple[Fraction, ...]

    @property
    def total(self) -> Fraction:
        """All of it."""
        return sum(self.off, NOTHING)


def by_line(effects: Iterable[Effect], lines: int) -> list[Fraction]:
    """What several effects take off each line together."""
    together = [NOTHING] * lines
    for effect in effects:
        together = [one + other for one, other in zip(together, effect.off, strict=True)]
    return together


def within_lines(effects: Sequence[Effect], limits: Sequence[Fraction | int]) -> list[Effect]:
    """No line gives more than its limit: what is too much is taken from all effects on it in proportion."""
    together = by_line(effects, len(limits))
    shares = [
        Fraction(limit) / off if off > limit else Fraction(1) for off, limit in zip(together, limits, strict=True)
    ]
    return [
        Effect(effect.name, tuple(off * share for off, share in zip(effect.off, shares, strict=True)))
        for effect in effects
    ]


def within_all(effects: Sequence[Effect], limit: int) -> list[Effect]:
    """All effects together take no more than a limit."""
    whole = sum((effect.total for effect in effects), NOTHING)
    if whole <= limit:
        return list(effects)
    share = max(0, limit) / whole
    return [Effect(effect.name, tuple(off * share for off in effect.off)) for effect in effects]


def poured(amount: Fraction | int, weights: Sequence[Fraction | int], limits: Sequence[Fraction | int]) -> list[Fraction]:
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


def settled(effects: Sequence[Effect], limits: Sequence[int], how: Rounding = "down") -> list[Applied]:
    """Exact parts as whole minor units: all together rounded once, shared by largest remainder, ties to the first line."""
    exact = by_line(effects, len(limits))
    whole = sum(exact, NOTHING)
    total = min(rounded(whole.numerator, whole.denominator, how), sum(limits))
    of_lines = largest_remainders(exact, total, limits)
    # Within the lines' totals each effect gets at most its own exact sum, rounded up.
    parts = [[int(part) for part in effect.off] for effect in effects]
    most = [-int(-effect.total // 1) for effect in effects]
    for strict in (True, False):
        for line, wanted in enumerate(of_lines):
            order = sorted(range(len(effects)), key=lambda at: -(effects[at].off[line] - int(effects[at].off[line])))
            for at in order:
                if sum(column[line] for column in parts) >= wanted:
                    break
                if parts[at][line] < effects[at].off[line] and (not strict or sum(parts[at]) < most[at]):
                    parts[at][line] += 1
    return [Applied(effect.name, tuple(part)) for effect, part in zip(effects, parts, strict=True)]


def largest_remainders(exact: Sequence[Fraction], total: int, limits: Sequence[int]) -> list[int]:
    """Whole parts of a total next to exact ones; no part beyond its limit."""
    parts = [int(part) for part in exact]
    order = sorted(range(len(exact)), key=lambda at: (-(exact[at] - parts[at]), at))
    missing = total - sum(parts)
    for at in order:
        if missing > 0 and parts[at] < limits[at] and exact[at] > parts[at]:
            parts[at] += 1
            missing -= 1
    return parts
