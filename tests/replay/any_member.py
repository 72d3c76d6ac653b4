"""Any member of any program: purchases, linked and unlinked returns, points used, points by hand."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.facts import ADJUSTMENT
from loyalty_cli.model.facts import Adjustment
from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import REDEMPTION
from loyalty_cli.model.facts import Redemption
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import Fact
    from loyalty_cli.replay.plan import Plan

FIRST = day_from_iso("2026-01-01")
DAYS = 420
LAST = FIRST + DAYS
BREAD, TEA = 1, 2

moments = st.tuples(st.integers(0, DAYS), st.sampled_from((36_000, 50_000, 72_000)))
# Money that lies around the thresholds of the programs, and any other.
amounts = st.sampled_from((0, 700, 2000, 5000, 6000, 15_000)) | st.integers(0, 20_000)


class Bought(NamedTuple):
    """A purchase: when, and the money for bread and for tea."""

    moment: tuple[int, int]
    bread: int
    tea: int


class Back(NamedTuple):
    """A return of so much of an article; `of` names its purchase by place, if the till did."""

    moment: tuple[int, int]
    article: int
    amount: int
    of: int | None


class Used(NamedTuple):
    """Points used."""

    moment: tuple[int, int]
    points: int


class ByHand(NamedTuple):
    """Points given or taken by hand."""

    moment: tuple[int, int]
    points: int


class Held(NamedTuple):
    """A tier given by hand for so many days; none of them ends what was given."""

    moment: tuple[int, int]
    tier: str
    days: int


class Life(NamedTuple):
    """What happens to one member. The place of a purchase in its list is its number and never changes."""

    bought: tuple[Bought | None, ...]
    backs: tuple[Back, ...]
    used: tuple[Used, ...]
    by_hand: tuple[ByHand, ...]
    held: tuple[Held, ...] = ()

    def facts(self, plan: Plan, *, first: Day = FIRST, last: Day = LAST) -> MemberFacts:
        """The facts of some days in replay's order."""
        classes = {BREAD: plan.class_of("1", "bread"), TEA: plan.class_of("2", "tea")}
        found: list[Fact] = [purchase(number, each, classes) for number, each in enumerate(self.bought) if each]
        found += [returned(100 + number, each, classes) for number, each in enumerate(self.backs)]
        found += [Redemption(*at(each), REDEMPTION, number, each.points, 0) for number, each in enumerate(self.used)]
        found += [Adjustment(at(each)[0], 0, ADJUSTMENT, number, "points", each.points) for number, each in enumerate(self.by_hand)]
        found += [
            Adjustment(at(each)[0], 0, ADJUSTMENT, 50 + number, f"held:{each.tier}", 1 if each.days else -1, at(each)[0] + each.days)
            for number, each in enumerate(self.held)
        ]
        some = sorted((fact for fact in found if first <= fact.day <= last), key=lambda fact: fact[:4])
        return MemberFacts(1, some, FIRST - 40, None, (), any(fact.kind == RETURN for fact in some))

    def linked(self) -> Life:
        """The same life with only those returns that name an earlier purchase."""
        return self._replace(backs=tuple(back for back in self.backs if self.names_earlier(back)))

    def names_earlier(self, back: Back) -> bool:
        """Whether a return names a purchase made before it."""
        sale = self.bought[back.of] if back.of is not None and back.of < len(self.bought) else None
        return sale is not None and sale.moment <= back.moment

    def without(self, place: int) -> Life:
        """The same life, had one purchase not been; what was returned of it was not returned either."""
        backs = tuple(back for back in self.backs if back.of != place)
        return self._replace(bought=(*self.bought[:place], None, *self.bought[place + 1 :]), backs=backs)


def at(each: Bought | Back | Used | ByHand | Held) -> tuple[Day, int]:
    """The day and the time of a fact."""
    return FIRST + each.moment[0], each.moment[1]


def purchase(number: int, each: Bought, classes: dict[int, int]) -> Purchase:
    """A purchase as a fact, its money by class as the database adds it up."""
    pieces = 1000 * (1 + each.tea // 4000) if each.tea else 0
    items = (Item(BREAD, classes[BREAD], each.bread, each.bread, 1000), Item(TEA, classes[TEA], each.tea, each.tea, pieces))
    sums = dict.fromkeys(sorted(set(classes.values())), 0)
    for item in items:
        sums[item.class_] += item.money
    parts = tuple(sums.items())
    units = tuple((item.class_, item.quantity) for item in items)
    return Purchase(*at(each), PURCHASE, number, "Market", each.bread + each.tea, parts, items, (), units)


def returned(number: int, each: Back, classes: dict[int, int]) -> Return:
    """A return as a fact."""
    item = Item(each.article, classes[each.article], each.amount, each.amount)
    return Return(*at(each), RETURN, number, "Market", (item,), each.of)


def several(one: st.SearchStrategy[object], most: int) -> st.SearchStrategy[tuple[object, ...]]:
    """Up to so many of a kind."""
    return st.lists(one, max_size=most).map(tuple)


purchases: st.SearchStrategy[Bought] = st.builds(Bought, moments, amounts, amounts | st.just(0))
backs: st.SearchStrategy[Back] = st.builds(
    Back, moments, st.sampled_from((BREAD, TEA)), st.integers(1, 12_000), st.none() | st.integers(0, 7)
)
used: st.SearchStrategy[Used] = st.builds(Used, moments, st.integers(0, 60))
by_hand: st.SearchStrategy[ByHand] = st.builds(ByHand, moments, st.integers(-30, 30).filter(bool))
held: st.SearchStrategy[Held] = st.builds(Held, moments, st.sampled_from(("friend", "patron", "nobody")), st.sampled_from((0, 10, 60)))
lives: st.SearchStrategy[Life] = st.builds(
    Life, several(purchases, 8), several(backs, 4), several(used, 3), several(by_hand, 2), several(held, 2)
)


def net_points(entries: Sequence[tuple[object, ...]]) -> int:
    """What rules gave less what returns took back: not what was used, given by hand or lapsed."""
    return sum(
        int(str(quantity))
        for rule, _, _, asset, _, quantity in entries
        if asset in {"points", "pending"} and str(rule).startswith(("points.", "rewards."))
    )
