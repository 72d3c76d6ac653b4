"""After returns a member stands as if only what was kept had been bought: caps, lapsing and waiting points, the tier's measure."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from tests.replay.any_member import BREAD
from tests.replay.any_member import FIRST
from tests.replay.any_member import TEA
from tests.replay.any_program import replayer
from tests.replay.test_returns_by_reckoning import by_last_day

if TYPE_CHECKING:
    from loyalty_cli.replay.replayer import Replayer

PROGRAM = """\
tiers: {{by: points, counted_over: calendar year, ladder: {{guest: {{at_least: 0}}, friend: {{at_least: 150}}}}}}
points:
  earn:
    basic: {{points: 1, for_every: 1.00}}
    tea: {{multiply: 2, only: {{categories: [tea]}}}}
  at_most: {{receipt: {receipt}, day: {day}, month: {month}}}
  usable_after: {wait} days
  lapse_after: {live} days
"""
REPLAYERS = [
    replayer(PROGRAM.format(receipt=receipt, day=day, month=month, wait=wait, live=live))
    for receipt, day, month, wait, live in (
        (9999, 9999, 100, 0, 30), (70, 9999, 120, 0, 400), (9999, 60, 9999, 12, 40), (60, 90, 150, 25, 25),
    )
]  # fmt: skip


class Sale(NamedTuple):
    """Bread and tea for so many whole zlotys on a day; how much of each came back, in pieces, and how many days later."""

    day: int
    bread: int
    tea: int
    back: tuple[tuple[int, int, int], ...]

    def kept(self, until: int) -> tuple[int, int]:
        """The bread and the tea that did not come back by a day."""
        bread, tea = (sum(piece[place] for piece in self.back if self.day + piece[0] <= until) for place in (1, 2))
        return max(0, self.bread - bread), max(0, self.tea - tea)


pieces = st.tuples(st.integers(0, 70), st.sampled_from((0, 10, 45, 90)), st.sampled_from((0, 5, 60)))
sales = st.builds(Sale, st.integers(0, 70), st.integers(1, 90), st.sampled_from((0, 0, 5, 60)), st.lists(pieces, max_size=2).map(tuple))


def items_of(bread: int, tea: int, classes: tuple[int, int]) -> tuple[Item, ...]:
    """So much bread and tea."""
    both = zip((BREAD, TEA), classes, (bread, tea), strict=True)
    return tuple(Item(product, class_, amount * 100, amount * 100) for product, class_, amount in both if amount)


def facts_of(bought: list[Sale], classes: tuple[int, int], kept: int | None) -> MemberFacts:
    """All that was bought and came back, or only what was kept until a day."""
    facts: list[Purchase | Return] = []
    for number, sale in enumerate(bought):
        items = items_of(*((sale.bread, sale.tea) if kept is None else sale.kept(kept)), classes)
        day, parts = FIRST + sale.day, tuple((item.class_, item.money) for item in items)
        if items:
            facts.append(Purchase(day, 1000 + number, PURCHASE, number, "", sum(item.money for item in items), parts, items))
        for place, (later, bread, tea) in enumerate(sale.back if kept is None else ()):
            if back := items_of(bread, tea, classes):
                facts.append(Return(day + later, 50_000, RETURN, 100 + 10 * number + place, "", back, number))
    return MemberFacts(1, sorted(facts, key=lambda fact: fact[:4]), FIRST - 40, returns=True)


@settings(max_examples=150)
@given(bought=st.lists(sales, min_size=1, max_size=6), program=st.sampled_from(REPLAYERS), until=st.integers(30, 150))
def test_a_member_stands_as_if_only_what_was_kept_had_been_bought(bought: list[Sale], program: Replayer, until: int) -> None:
    stands = []
    for kept in (None, until):
        plan = program.plan
        facts = facts_of(bought, (plan.class_of("1", "bread"), plan.class_of("2", "tea")), kept)
        result = program.replay(facts, FIRST + until)
        standing = result.standing
        figures = standing.points, standing.pending, standing.spent, standing.qualifying, standing.visits
        stands.append((*figures, by_last_day(result)))
    assert stands[0] == stands[1]
