"""Points that lapse without a purchase, against a reckoning that goes from day to day."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.days import Day
from loyalty_cli.model.days import Span
from tests.replay.any_member import Back
from tests.replay.any_member import Bought
from tests.replay.any_member import BREAD
from tests.replay.any_member import ByHand
from tests.replay.any_member import FIRST
from tests.replay.any_member import Life
from tests.replay.any_program import replayer

if TYPE_CHECKING:
    from loyalty_cli.replay.replayer import Replayer

PROGRAM = """\
points:
  earn:
    tea: {points: 1, for_every: 10.00, only: {categories: [tea]}}
  usable_after: 4 days
  lapse_after: 70 days
  lapse_without_purchase: 20 days
"""
REPLAYER: Replayer = replayer(PROGRAM)
STARTS = FIRST + 9
LONG, REST, WAIT = Span(count=70, unit="days"), 20, 4
DAYS = 150

moments = st.tuples(st.integers(0, DAYS), st.sampled_from((36_000, 50_000)))
# Tea earns, bread only keeps points alive; only bread comes back, so that no points are taken.
purchases = st.builds(Bought, moments, st.sampled_from((0, 500)), st.sampled_from((0, 4000, 9000)))
lives = st.builds(
    Life,
    st.lists(purchases, max_size=8).map(tuple),
    st.lists(st.builds(Back, moments, st.just(BREAD), st.just(500), st.integers(0, 7)), max_size=3).map(tuple),
    st.just(()),
    st.lists(st.builds(ByHand, moments, st.integers(1, 30)), max_size=3).map(tuple),
)


class Some(NamedTuple):
    """Points: how many, from when they can be used, through when at the latest."""

    points: int
    usable: Day
    last: Day


def reckoned(life: Life, until: Day) -> int:
    """The balance at the end of a day."""
    held: list[Some] = []
    balance, came_back = 0, set()
    for day in range(FIRST, until + 1):
        active = max(
            (FIRST + each.moment[0] for place, each in enumerate(life.bought)
             if each and FIRST + each.moment[0] < day and place not in came_back),
            default=0,
        )  # fmt: skip
        held = [some for some in held if day <= min(some.last, max(active, some.usable) + REST) or day <= some.usable]
        for each in life.bought:
            if each and FIRST + each.moment[0] == day and day >= STARTS:
                held.append(Some(each.tea // 1000, day + WAIT, LONG.after(day)))
        held += [Some(each.points, day, LONG.after(day)) for each in life.by_hand if FIRST + each.moment[0] == day]
        for back in life.backs:
            sale = life.bought[back.of] if back.of is not None and back.of < len(life.bought) else None
            if sale and FIRST + back.moment[0] == day and not sale.tea and sale.bread and sale.moment <= back.moment:
                came_back.add(back.of)
        balance = sum(some.points for some in held if some.usable <= day)
    return balance


def only_of_bread(life: Life) -> Life:
    """Only whole receipts of bread come back, each once."""
    backs = {
        back.of: back
        for back in life.backs
        if life.names_earlier(back) and (sale := life.bought[back.of or 0]) and not sale.tea and sale.bread
    }
    return life._replace(backs=tuple(backs.values()))


@settings(max_examples=150)
@given(life=lives, until=st.integers(0, DAYS + 40).map(lambda offset: FIRST + offset))
def test_the_balance_of_any_day_is_what_a_count_from_day_to_day_gives(life: Life, until: Day) -> None:
    life = only_of_bread(life)
    facts = life.facts(REPLAYER.plan)
    facts = facts._replace(facts=[fact for fact in facts.facts if fact.day <= until])
    assert REPLAYER.replay(facts, until).standing.points == reckoned(life, until)
