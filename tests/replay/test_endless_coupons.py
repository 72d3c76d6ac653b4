"""A program in which every coupon brings the next one at once, so that a worked example would never end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.operations.worked_examples import check_examples
from loyalty_cli.program.load import load_program

if TYPE_CHECKING:
    from pathlib import Path

# Five days before its last day is the very day on which a coupon for five days comes.
PROGRAM = """\
program: Case
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
coupons: {next visit: {worth: 20.00, valid_for: 5 days}}
rewards:
  big basket: {when: {one_purchase: 100.00}, give: {coupon: next visit}}
  again: {when: {coupon_lapses: 5 days before}, give: {coupon: next visit}}
"""
# One for the purchase, and one for each of the hundred that are heard of: 1 + 100.
EXAMPLES = """\
- example: A coupon without end
  purchases: [{on: 2026-01-10, paid: 100.00}]
  until: 2026-01-12
  then: {coupons: {next visit: 101}}
"""


def test_an_example_ends_where_coupons_bring_coupons_for_ever(tmp_path: Path) -> None:
    for name, text in (("program.yaml", PROGRAM), ("examples.yaml", EXAMPLES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert check_examples(load_program(tmp_path / "program.yaml"), tmp_path / "examples.yaml") == 1
