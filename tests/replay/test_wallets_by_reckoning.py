"""A wallet is what its rules would be as the only points of a program."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings

from tests.replay.any_member import lives
from tests.replay.any_program import replayer
from tests.replay.any_program import REPLAYERS

if TYPE_CHECKING:
    from loyalty_cli.replay.replayer import Replayed
    from tests.replay.any_member import Life

ALONE = {
    "bonus": """\
points:
  earn:
    hello: {points: 4, for_each: visit}
    tea bonus: {points: 2, for_quantity: 1, only: {categories: [tea]}}
  lapse_after: 25 days
""",
    "later": """\
points:
  earn:
    tea: {points: 1, for_every: 2.00, only: {categories: [tea]}}
  usable_after: 12 days
""",
}
REPLAYED = {name: replayer(text) for name, text in ALONE.items()}
UNTIL = 2_461_500


def by_day(result: Replayed, assets: dict[str, str]) -> Counter[tuple[str, int]]:
    """The changes of some assets by day, under the names they have here."""
    found: Counter[tuple[str, int]] = Counter()
    for entry in result.entries:
        if entry.asset in assets:
            found[assets[entry.asset], entry.day] += entry.quantity
    return Counter({key: quantity for key, quantity in found.items() if quantity})


@settings(max_examples=60)
@given(life=lives)
def test_each_wallet_moves_as_if_it_were_alone(life: Life) -> None:
    life = life._replace(used=(), by_hand=(), held=())
    together = REPLAYERS["wallets"]
    whole = together.replay(life.facts(together.plan), UNTIL)
    for name, alone in REPLAYED.items():
        expected = by_day(alone.replay(life.facts(alone.plan), UNTIL), {"points": "usable", "pending": "waits"})
        assert by_day(whole, {f"wallet:{name}": "usable", f"waiting:{name}": "waits"}) == expected
