"""`costs:` in the program file: what it says, what is refused, and that it is no rule."""

from __future__ import annotations

import pytest

from loyalty_cli.model.costs import Cost
from loyalty_cli.model.costs import costs_from
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import Mistakes
from loyalty_cli.program.canonical import canonical
from loyalty_cli.program.load import program_of
from loyalty_cli.program.settings_list import is_no_rule
from loyalty_cli.program.settings_list import settings_of

HEAD = """
program: Case
currency: PLN
timezone: Europe/Warsaw
starts: 2026-02-15
points: {earn: {basic: {points: 1, for_every: 10.00}}}
"""
COSTS = """
costs:
  set_up: {cards: 1200.00, printing: {amount: 300.50, on: 2026-01-05, words: posters}}
  each_month: {tool: 49.00, messages: {amount: 20.00, since: 2026-03-01, until: 2026-06-30}}
  margin: 30%
  uplift: 5%
"""


def test_costs_in_words_of_the_shop() -> None:
    block = program_of(HEAD + COSTS, "program.yaml").costs
    assert block is not None
    starts = day_from_iso("2026-02-15")
    costs = block.costs(starts)
    assert costs.set_up == (Cost("cards", 1200_00, starts), Cost("printing", 300_50, day_from_iso("2026-01-05"), words="posters"))
    since, until = day_from_iso("2026-03-01"), day_from_iso("2026-06-30")
    assert costs.each_month == (Cost("tool", 49_00, starts), Cost("messages", 20_00, since, until))
    assert (costs.margin, costs.uplift) == (3000, 500)
    assert costs_from(costs.kept()) == costs
    assert costs_from("") == costs_from("{}")


def test_costs_are_no_rule_and_make_no_other_version() -> None:
    plain, with_costs = program_of(HEAD, "program.yaml"), program_of(HEAD + COSTS, "program.yaml")
    assert canonical(plain) == canonical(with_costs)
    said = {line.path: line.value for line in settings_of(with_costs) if line.written}
    assert said["costs / set_up / printing / amount"] == "300.50"
    assert said["costs / each_month / messages / until"] == "2026-06-30"
    assert said["costs / margin"] == "30%"
    assert all(is_no_rule(path) for path in said if path.startswith("costs"))


@pytest.mark.parametrize(
    ("written", "refused"),
    [
        ("{margin: 0%}", "A margin is a part of the sale"),
        ("{margin: 30}", "30"),
        ("{set_up: {cards: twelve}}", "twelve"),
        ("{set_up: {cards: {amount: 5.00, every: month}}}", "every"),
        ("{each_month: {tool: {amount: 5.00, since: 2026-06-01, until: 2026-05-01}}}", "ends before it begins"),
        ("{setup: {cards: 5.00}}", "setup"),
    ],
)
def test_what_makes_no_sense_is_refused(written: str, refused: str) -> None:
    with pytest.raises(Mistakes) as found:
        program_of(f"{HEAD}costs: {written}\n", "program.yaml")
    assert refused in " ".join(str(problem.what) for problem in found.value.problems)


def test_a_word_that_is_not_known_is_told_the_words_of_its_own_block() -> None:
    written = "{set_up: {cards: {amont: 5.00}}, each_month: {tool: {amount: 5.00, form: 2026-06-01}}}"
    with pytest.raises(Mistakes) as found:
        program_of(f"{HEAD}costs: {written}\n", "program.yaml")
    hints = [str(problem.hint) for problem in found.value.problems]
    assert hints == ["Did you mean amount?", "Known here: amount, since, until, words."]
