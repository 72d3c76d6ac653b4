"""What holds for every member of every program: the promises of replay, whatever the facts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.replay.lots import LAST as LAST_DAY
from loyalty_cli.replay.lots import LEFT
from loyalty_cli.replay.snapshot import restored
from loyalty_cli.replay.snapshot import saved
from tests.replay.any_member import Back
from tests.replay.any_member import BREAD
from tests.replay.any_member import DAYS
from tests.replay.any_member import FIRST
from tests.replay.any_member import LAST
from tests.replay.any_member import Life
from tests.replay.any_member import lives
from tests.replay.any_member import net_points
from tests.replay.any_member import TEA
from tests.replay.any_member import Used
from tests.replay.any_program import REPLAYERS

if TYPE_CHECKING:
    from loyalty_cli.replay.replayer import Replayed

every_program = pytest.mark.parametrize("name", list(REPLAYERS))
often = settings(max_examples=50)
days = st.integers(0, DAYS).map(lambda offset: FIRST + offset)


def replayed(name: str, life: Life, until: int = LAST) -> Replayed:
    """A whole life in one program."""
    replayer = REPLAYERS[name]
    return replayer.replay(life.facts(replayer.plan), until)


def sums(result: Replayed) -> Counter[str]:
    """The entries added up by asset."""
    found: Counter[str] = Counter()
    for entry in result.entries:
        found[entry.asset] += entry.quantity
    return found


@every_program
@often
@given(life=lives, day=days)
def test_replay_until_a_day_gives_what_a_later_replay_gives_by_that_day(name: str, life: Life, day: int) -> None:
    later = [entry for entry in replayed(name, life).entries if entry.day <= day]
    assert replayed(name, life, day).entries == later


@every_program
@often
@given(life=lives, day=days)
def test_going_on_from_a_snapshot_is_the_same_as_from_the_start(name: str, life: Life, day: int) -> None:
    replayer = REPLAYERS[name]
    # A member with a later return is replayed from the start (store/standings.py), so these come before.
    life = life._replace(backs=tuple(back for back in life.backs if FIRST + back.moment[0] <= day))
    early, late = life.facts(replayer.plan, last=day), life.facts(replayer.plan, first=day + 1)
    first = replayer.replay(early, day)
    second = replayer.replay(late, LAST, restored(saved(first.member), replayer.start(late)))
    whole = replayed(name, life)
    assert first.entries + second.entries == whole.entries
    assert second.standing == whole.standing
    assert saved(second.member) == saved(whole.member)


@every_program
@often
@given(life=lives)
def test_purchases_read_ahead_give_what_they_give_receipt_by_receipt(name: str, life: Life) -> None:
    replayer = REPLAYERS[name]
    facts = life._replace(backs=()).facts(replayer.plan)
    ahead = replayer.replay(facts, LAST)
    # Where returns are announced, every receipt is told in its turn, though none of them comes back here.
    in_turn = replayer.replay(facts._replace(returns=True), LAST)
    assert ahead.entries == in_turn.entries
    assert ahead.standing == in_turn.standing


@every_program
@often
@given(life=lives, day=days)
def test_the_entries_add_up_to_the_balance_and_the_pending_points(name: str, life: Life, day: int) -> None:
    result = replayed(name, life, day)
    lots = result.member.lots
    assert sums(result)["points"] == sum(lot[LEFT] for lot in lots.lots) - lots.debt == result.standing.points
    assert sums(result)["pending"] == result.standing.pending


@every_program
@often
@given(life=lives, day=days)
def test_the_tier_entries_add_up_to_the_tier_held_and_no_other(name: str, life: Life, day: int) -> None:
    result = replayed(name, life, day)
    held = {asset.removeprefix("tier:"): sum_ for asset, sum_ in sums(result).items() if asset.startswith("tier:") and sum_}
    assert held == ({} if result.standing.tier in {"", "guest"} else {result.standing.tier: 1})


@every_program
@often
@given(life=lives, place=st.integers(0, 7))
def test_a_purchase_less_never_means_more_points_or_more_spend(name: str, life: Life, place: int) -> None:
    # Returns of purchases that are known: taking a purchase away takes away what came back of it.
    life = life.linked()
    less, more = replayed(name, life.without(place)), replayed(name, life)
    assert net_points(less.entries) <= net_points(more.entries)
    assert less.standing.qualifying <= more.standing.qualifying
    assert less.standing.spent <= more.standing.spent


@every_program
@often
@given(life=lives, place=st.integers(0, 7), article=st.sampled_from((BREAD, TEA)), amount=st.integers(1, 9000))
def test_a_return_more_never_means_more_points_or_more_spend(name: str, life: Life, place: int, article: int, amount: int) -> None:
    back = Back((DAYS, 80_000), article, amount, place)
    less, more = replayed(name, life._replace(backs=(*life.backs, back))), replayed(name, life)
    assert net_points(less.entries) <= net_points(more.entries)
    assert less.standing.qualifying <= more.standing.qualifying
    assert less.standing.spent <= more.standing.spent


@every_program
@often
@given(life=lives, points=st.integers(1, 80))
def test_points_are_used_soonest_lapsing_first(name: str, life: Life, points: int) -> None:
    before = replayed(name, life).member.lots.lots
    after = replayed(name, life._replace(used=(*life.used, Used((DAYS, 80_000), points)))).member.lots.lots
    assert [lot[LAST_DAY] for lot in before] == sorted(lot[LAST_DAY] for lot in before)
    kept, rest = [], points
    for lot in before:
        taken = min(rest, lot[LEFT])
        rest -= taken
        kept += [[*lot[:LEFT], lot[LEFT] - taken]] if lot[LEFT] > taken else []
    assert after == kept
