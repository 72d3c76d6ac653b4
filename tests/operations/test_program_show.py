"""`loyalty program show` says each earn rule in the sentence that a poster would have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.operations.program.show import settings_table
from loyalty_cli.render.words import say
from tests.operations.imports.till_shop import PROGRAM
from tests.operations.imports.till_shop import shop_in

if TYPE_CHECKING:
    from pathlib import Path

RULES = """\
points:
  earn:
    basic: {points: 5, for_every: 1.00}
    half: {points: 0.5, for_every: 1.00}
    poster: {points: 10, for_every: 2.00, steps: full, basket_at_least: 20.00}
    hello: {points: 1, for_each: visit}
    double: {multiply: 2, only: {categories: [tea]}}
"""


def test_each_earn_rule_has_its_sentence_in_every_language(tmp_path: Path) -> None:
    notes = settings_table(shop_in(tmp_path / "shop", PROGRAM + RULES)).tables[0].notes
    assert [str(note) for note in notes] == [
        "basic: 5 points for every 1.00 PLN; a part of it gives its part.",
        "half: 1 point for every 2.00 PLN; a part of it gives its part.",
        "poster: 10 points for every full 2.00 PLN. On receipts from 20.00 PLN on.",
        "hello: 1 point for every visit.",
        "double: 2 times the points above.",
    ]
    assert say(notes[2], "pl") == "poster: 10 punktów za każde pełne 2,00\xa0zł. Na paragonach od 20,00\xa0zł."


KINDS = """\
tiers:
  by: points
  ladder:
    guest: {at_least: 0}
    patron: {at_least: 500, one_purchase: 200.00}
    circle: {best: 50, of_each: calendar quarter}
points:
  together: best
  at_most: {receipt: 1, month: 200}
  lapse_without_purchase: 12 months
  use_in_steps_of: 100
  gifts: {mug: 40}
  wallets: {bonus: {lapse_after: 30 days}}
  earn:
    small: {points: 1, for_every: 20.00, steps: full, basket_below: 555.00}
    fuel: {points: 1, for_quantity: 10, steps: full, counts_for_tier: no}
    cheese: {points: 0.5, for_quantity: 0.5}
    hello: {points: 5, for_each: visit, basket_at_least: 20.00, basket_below: 50.00, into: bonus}
"""


def test_caps_wallets_and_tiers_for_the_best_are_said_too(tmp_path: Path) -> None:
    notes = settings_table(shop_in(tmp_path / "shop", PROGRAM + KINDS)).tables[0].notes
    assert [str(note) for note in notes] == [
        "small: 1 point for every full 20.00 PLN. On receipts below 555.00 PLN.",
        "fuel: 1 point for every full 10 (pieces, litres or kilograms). These points do not count for the tier.",
        "cheese: 1 point for every 1 (pieces, litres or kilograms); a part of it gives its part.",
        "hello: 5 points for every visit. On receipts from 20.00 PLN on, below 50.00 PLN. They go into bonus.",
        "Where several of these fit the same goods, the one that gives most counts.",
        "At most 1 point for one receipt.",
        "At most 200 points for the purchases of one month.",
        "All points lapse after 12 months without a purchase.",
        "Points are used in steps of 100.",
        "mug for 40 points.",
        "Points of bonus can be used for 30 days.",
        "patron at once for one purchase of 200.00 PLN.",
        "circle for the 50 best of each calendar quarter, through the next one. Who is equal with the last of them is among them.",
    ]
    assert say(notes[9], "ru") == "mug за 40 баллов."
    assert say(notes[5], "pl") == "Najwyżej 1 punkt za jeden paragon."
