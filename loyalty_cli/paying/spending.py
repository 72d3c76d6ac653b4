"""What each rule gave and what became of it, month by month: given, expected to be used, used."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.entry import LAPSE
from loyalty_cli.model.entry import REDEEM
from loyalty_cli.model.entry import REINSTATE
from loyalty_cli.model.money import shared
from loyalty_cli.paying.worths import kind_of_cost
from loyalty_cli.paying.worths import MOVES
from loyalty_cli.paying.worths import purse_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.paying.worths import Worths

PRIZES = "prizes"
# What a discount of the till takes off, as an asset.
DISCOUNT = "discount"
# In the order of a page; the assets that no purse holds stand here by themselves.
COST_KINDS = ("points", "coupons", "gifts", "discounts", "prizes")
OTHER_KINDS = {"tier": "discounts", DISCOUNT: "discounts", PRIZES: "prizes"}


class Changed(NamedTuple):
    """What a rule changed of an asset on a day, over all members."""

    day: Day
    rule: str
    asset: str
    quantity: int


class Used(NamedTuple):
    """What an asset paid or cost on a day, in how many uses; no rule where several rules may have given it."""

    day: Day
    rule: str
    asset: str
    amount: int
    uses: int


class Line(NamedTuple):
    """A rule's month: how much of an asset it gave, what that is if all of it is used and as expected, and what was used.

    Points of all rules are one purse: nobody knows whose they are when they are used, so such uses are 0.
    """

    month: str
    rule: str
    asset: str
    quantity: int
    given: int
    expected: int
    used: int
    uses: int

    @property
    def kind(self) -> str:
        """The kind of cost."""
        return kind_of(self.asset)


def kind_of(asset: str) -> str:
    """The kind of cost of an asset, percents of tiers and prizes among them."""
    return OTHER_KINDS.get(asset.partition(":")[0]) or kind_of_cost(asset)


def gives(rule: str, asset: str) -> bool:
    """Whether an entry is something new: whoever takes a gift for points has not had it before."""
    return rule not in MOVES or (rule == REDEEM and asset.startswith("gift:"))


def spread(used: Sequence[Used], changed: Sequence[Changed]) -> Iterator[Used]:
    """Every use with a rule; what several rules may have given is shared by how much of it each gave until that day.

    Both in the order of their days. Shares are rounded by largest remainder, so that they add up.
    """
    gave: defaultdict[str, Counter[str]] = defaultdict(Counter)
    place = 0
    for day, uses in groupby(used, attrgetter("day")):
        while place < len(changed) and changed[place].day <= day:
            each = changed[place]
            place += 1
            if gives(each.rule, each.asset):
                gave[purse_of(each.asset)][each.rule] += each.quantity
        for use in uses:
            yield from [use] if use.rule else shares(use, gave[use.asset])


def shares(use: Used, gave: Counter[str]) -> Iterator[Used]:
    """One use over the rules that gave something."""
    weights = {rule: quantity for rule, quantity in gave.items() if quantity > 0} or {REDEEM: 1}
    for rule, part in zip(weights, shared(use.amount, list(weights.values())), strict=True):
        # A gift of one rule is one use of it; several rules share no single use.
        yield use._replace(rule=rule, amount=part, uses=use.uses if len(weights) == 1 and not is_purse(use.asset) else 0)


def is_purse(asset: str) -> bool:
    """Whether an asset is points."""
    return kind_of_cost(asset) == "points"


def used_shares(changed: Iterable[Changed]) -> dict[str, tuple[int, int]]:
    """Of the points of each purse how many are over, used or lapsed, and how many of those were used."""
    used: Counter[str] = Counter()
    lapsed: Counter[str] = Counter()
    for each in changed:
        if is_purse(each.asset):
            if each.rule in {REDEEM, REINSTATE}:
                used[each.asset] -= each.quantity
            elif each.rule == LAPSE:
                lapsed[each.asset] -= each.quantity
    return {purse: (used[purse] + lapsed[purse], used[purse]) for purse in {*used, *lapsed}}


def lines_of(changed: Iterable[Changed], used: Iterable[Used], worths: Worths) -> list[Line]:
    """The rules of each month; each line is rounded once, to the whole minor unit."""
    quantity: Counter[tuple[str, str, str]] = Counter()
    paid: Counter[tuple[str, str, str]] = Counter()
    uses: Counter[tuple[str, str, str]] = Counter()
    for each in changed:
        if each.rule not in MOVES:
            quantity[month_of(each.day), each.rule, purse_of(each.asset)] += each.quantity
    for use in used:
        key = month_of(use.day), use.rule, use.asset
        paid[key] += use.amount
        uses[key] += use.uses
    return [
        Line(*key, many, worths.of_all(key[2], many, key[0]), worths.of(key[2], many, key[0]), paid[key], uses[key])
        for key in sorted({*quantity, *paid})
        if (many := quantity[key]) or paid[key] or uses[key]
    ]


def at_once(day: Day, rule: str, asset: str, count: int, amount: int) -> Line:
    """What is used as it is given: the percent of a tier, a prize."""
    return Line(month_of(day), rule, asset, count, amount, amount, amount, count)


def together(lines: Iterable[Line], *, by_month: bool) -> list[Line]:
    """Lines of one rule and asset as one, in all or for each month, in the order of kinds."""
    sums: dict[tuple[str, str, str], list[int]] = {}
    for line in lines:
        mine = sums.setdefault((line.month if by_month else "", line.rule, line.asset), [0] * 5)
        for place, value in enumerate(line[3:]):
            mine[place] += value
    found = [Line(*key, *values) for key, values in sums.items()]
    return sorted(found, key=lambda line: (line.month, COST_KINDS.index(line.kind), line.rule, line.asset))
