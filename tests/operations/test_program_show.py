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
