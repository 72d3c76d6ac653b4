"""How discounts go together: the best one, all of them, or one after another; in groups within groups.

First the offers on single units, then percents and amounts on what these leave. `best` of units: no unit is in two offers,
and every offer is tried as the first one. `best` of percents: each line has the best percent that fits it, unless an amount
off the basket is better than all of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import sub
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.baskets.effects import by_line
from loyalty_cli.baskets.effects import Effect
from loyalty_cli.baskets.effects import NOTHING
from loyalty_cli.baskets.effects import percent_of
from loyalty_cli.baskets.effects import poured
from loyalty_cli.baskets.effects import within_all
from loyalty_cli.baskets.effects import within_lines
from loyalty_cli.model.money import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.baskets.effects import Part
    from loyalty_cli.program.blocks.discounts import Together
    from loyalty_cli.rules.discounts.offer import AtMost
    from loyalty_cli.rules.discounts.offer import Offer
    from loyalty_cli.rules.discounts.offer import Unit


class Single(NamedTuple):
    """One discount on this basket: the lines it fits, its percent or amount, what it may still take this month."""

    name: str
    offer: Offer
    lines: frozenset[int]
    percent: int = 0
    amount: int = 0
    taken_this_month: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Discounts that go together in one way; `before` is what its offers on units took off each line."""

    terms: Together
    members: Sequence[Single | Group]
    before: Sequence[int]
    taken_this_month: int = 0


class State(NamedTuple):
    """What lines cost so far and may not go below, in parts of a minor unit, `per` of them in one; units and which are used up."""

    left: Sequence[Part]
    floors: Sequence[int]
    per: int = 1
    units: Sequence[Unit] = ()
    used: frozenset[int] = frozenset()


class Outcome(NamedTuple):
    """The effects of some discounts, the state after them, and whether an amount is among them, which is whole or nothing."""

    effects: list[Effect]
    state: State
    has_amount: bool = False

    @property
    def total(self) -> Part:
        """All that comes off."""
        return sum((effect.total for effect in self.effects), NOTHING)


def outcome_of(node: Single | Group, state: State) -> Outcome:
    """What a discount, or a group of them, does to a basket."""
    if isinstance(node, Single):
        found = on_units(node, state) if node.offer.takes == "units" else off_lines(node, state)
        return capped(found, state, node.offer.at_most, [0] * len(state.left), node.taken_this_month)
    found = MODES[node.terms.together](node.members, state)
    if not state.units and node.terms.never_above < WHOLE:
        most = [percent_of(left, node.terms.never_above) for left in state.left]
        found = found._replace(effects=within_lines(found.effects, most))
    return capped(found, state, node.terms.at_most, node.before, node.taken_this_month)


def capped(found: Outcome, state: State, at_most: AtMost | None, before: Sequence[int], this_month: int) -> Outcome:
    """Within the ceilings in money, of which some is used, and never below a floor."""
    room = state.left
    if any(state.floors):
        room = [max(0, left - floor) for left, floor in zip(state.left, state.floors, strict=True)]
    effects = within_lines(found.effects, room)
    if at_most is not None:
        if at_most.line is not None:
            effects = within_lines(effects, [max(0, at_most.line - used) * state.per for used in before])
        if at_most.receipt is not None:
            effects = within_all(effects, (at_most.receipt - sum(before)) * state.per)
        if at_most.month is not None:
            effects = within_all(effects, (at_most.month - this_month - sum(before)) * state.per)
    return found._replace(effects=effects)


def off_lines(single: Single, state: State) -> Outcome:
    """A percent of what its lines cost now, or an amount poured over them."""
    if single.offer.takes == "percent":
        off = [percent_of(left, single.percent) if at in single.lines else NOTHING for at, left in enumerate(state.left)]
    else:
        fits = [left if at in single.lines else 0 for at, left in enumerate(state.left)]
        limits = [max(0, left - floor) for left, floor in zip(fits, state.floors, strict=True)]
        off = poured(single.amount * state.per, fits, limits)
    return Outcome([Effect(single.name, tuple(off))], state, single.offer.takes == "amount")


def on_units(single: Single, state: State) -> Outcome:
    """An offer on the units that fit it and that no other offer has used."""
    places = [at for at, unit in enumerate(state.units) if unit.line in single.lines and at not in state.used]
    taking = single.offer.on_units([state.units[at] for at in places])
    off = [NOTHING] * len(state.left)
    for at, less in taking.off.items():
        off[state.units[places[at]].line] += less
    used = state.used | {places[at] for at in taking.used}
    cheaper = {places[at]: less for at, less in taking.off.items()}
    units = [unit._replace(price=unit.price - cheaper[at]) if at in cheaper else unit for at, unit in enumerate(state.units)]
    return Outcome([Effect(single.name, tuple(off))], state._replace(units=units, used=used))


def after(found: Outcome) -> State:
    """The state with what has come off the lines."""
    off = by_line(found.effects, len(found.state.left))
    return found.state._replace(left=list(map(sub, found.state.left, off)))


def add(members: Sequence[Single | Group], state: State) -> Outcome:
    """All of them, each from the same prices."""
    found = [outcome_of(member, state) for member in members]
    used = frozenset().union(*(one.state.used for one in found)) if found else state.used
    effects = [effect for one in found for effect in one.effects]
    return Outcome(effects, state._replace(used=used), any(one.has_amount for one in found))


def one_after_another(members: Sequence[Single | Group], state: State, *, use_up: bool = False) -> Outcome:
    """Each on what the one before left; `use_up` keeps units from being in two offers."""
    effects: list[Effect] = []
    now, has_amount = state, False
    for member in members:
        found = outcome_of(member, now)
        now = after(found)
        if not use_up:
            now = now._replace(used=state.used)
        effects += found.effects
        has_amount = has_amount or found.has_amount
    return Outcome(effects, now._replace(left=state.left), has_amount)


def best(members: Sequence[Single | Group], state: State) -> Outcome:
    """The best for the member."""
    if not members:
        return Outcome([], state)
    if len(members) == 1:
        found = outcome_of(members[0], state)
        return found if found.total > 0 else Outcome([], state)
    alone = [outcome_of(member, state) for member in members]
    if state.units:
        # Units that one offer uses are lost to the others: each is tried as the first.
        order = sorted(range(len(members)), key=lambda at: -alone[at].total)
        tried = [[first, *(at for at in order if at != first)] for first in order if alone[first].total > 0]
        rows = [one_after_another([members[at] for at in row], state, use_up=True) for row in tried]
        return max(rows, key=lambda row: row.total, default=Outcome([], state))
    percents = [found for found in alone if not found.has_amount]
    lines = [by_line(found.effects, len(state.left)) for found in percents]
    winner = [max(range(len(percents)), key=lambda at: lines[at][line], default=0) for line in range(len(state.left))]
    mixed = [
        Effect(effect.name, tuple(off if winner[line] == at else NOTHING for line, off in enumerate(effect.off)))
        for at, found in enumerate(percents)
        for effect in found.effects
    ]
    return max([Outcome(mixed, state), *(found for found in alone if found.has_amount)], key=lambda found: found.total)


MODES: Mapping[str, Callable[[Sequence[Single | Group], State], Outcome]] = {
    "best": best,
    "add": add,
    "one after another": one_after_another,
}
